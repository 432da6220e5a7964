#include "query/planner.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/start_choice.h"

namespace dossier {
namespace {

struct PathPlan {
  StartChoice start;
  PathProgram program;
};

// The better end to begin at, among those from which the path's conditions can be judged. Nothing where a condition
// reads what another path has yet to bind.
std::optional<PathPlan> Choose(const BoundPathPattern& path, const std::set<uint32_t>& bound, const Image& image) {
  if (!std::all_of(path.foreign_reads.begin(), path.foreign_reads.end(),
                   [&](uint32_t local) { return bound.contains(local); })) {
    return std::nullopt;
  }
  std::optional<PathPlan> best;
  for (const bool reversed : {false, true}) {
    std::optional<PathProgram> program = CompilePath(path, reversed);
    if (!program.has_value()) continue;
    const NodeTest* end = EndNode(path.path, reversed);
    StartChoice start = ChooseStart(end, end != nullptr && bound.contains(end->local), image);
    if (!best.has_value() || start.estimate < best->start.estimate) {
      best = PathPlan{std::move(start), *std::move(program)};
    }
  }
  return best;
}

bool IsEnd(const BoundPathPattern& path, uint32_t local) {
  for (const bool last : {false, true}) {
    const NodeTest* node = EndNode(path.path, last);
    if (node != nullptr && node->local == local) return true;
  }
  return false;
}

// A selector chooses among paths before they are joined with what was bound before; only the ends, by which it tells
// the paths apart, may be fixed from the beginning. Lists are compared once they are complete.
bool IsJoined(const BoundPathPattern& path, const PatternVariable& variable) {
  const bool group = variable.type == StaticType::kEdgeList || variable.type == StaticType::kVertexList;
  return group || (path.selector.kind != PathSelector::Kind::kAll && !IsEnd(path, variable.local));
}

}  // namespace

absl::StatusOr<LogicalPlan> PlanMatches(const BoundGraphPattern& pattern, const Image& image, Slot* next_slot,
                                        LogicalPlan input) {
  std::set<uint32_t> bound;
  for (const PatternVariable& variable : pattern.variables) {
    if (variable.bound_before) bound.insert(variable.local);
  }
  if (pattern.different_edges && pattern.paths.size() > 1) {
    for (const auto& path : pattern.paths) {
      if (!path->function_form) path->trace = (*next_slot)++;
    }
  }
  std::vector<std::shared_ptr<BoundPathPattern>> left = pattern.paths;
  std::vector<Slot> traces;
  while (!left.empty()) {
    size_t best = 0;
    std::optional<PathPlan> plan;
    for (size_t i = 0; i < left.size(); ++i) {
      std::optional<PathPlan> other = Choose(*left[i], bound, image);
      if (!other.has_value() || (plan.has_value() && plan->start.estimate <= other->start.estimate)) continue;
      best = i;
      plan = std::move(other);
    }
    if (!plan.has_value()) {
      return QueryError(kReadTooEarly, SourceSpan(),
                        "conditions inside the paths of a MATCH read each other's elements",
                        "a condition inside a path reads that path, or paths that can be matched before it",
                        "move the conditions to the WHERE of the clause");
    }
    const std::shared_ptr<BoundPathPattern> path = left[best];
    left.erase(left.begin() + static_cast<ptrdiff_t>(best));
    MatchNode node;
    node.pattern = path;
    node.program = std::move(plan->program);
    node.different_edges = pattern.different_edges;
    if (!path->function_form) node.taken = traces;
    if (plan->start.kind == StartChoice::Kind::kBound) {
      node.start = MatchNode::Start::kBound;
      node.start_local = node.program.first->local;
    } else if (plan->start.kind == StartChoice::Kind::kKey) {
      node.start = MatchNode::Start::kKey;
      node.key = plan->start.key;
    } else if (plan->start.kind == StartChoice::Kind::kProperty) {
      node.start = MatchNode::Start::kProperty;
      node.property = plan->start.property;
    }
    node.estimate = plan->start.estimate;
    for (const PatternVariable& variable : path->variables) {
      if (!bound.contains(variable.local)) {
        node.stores.push_back(variable);
      } else {
        (IsJoined(*path, variable) ? node.joins : node.loads).push_back(variable);
      }
    }
    const NodeTest* const last = node.program.last;
    if (last != nullptr && last->local != kNoLocal && bound.contains(last->local)) node.target_local = last->local;
    for (const PatternVariable& variable : path->variables) bound.insert(variable.local);
    // Conditions inside the pattern may speak of what other paths have bound.
    for (const PatternVariable& variable : pattern.variables) {
      const auto& reads = path->foreign_reads;
      if (std::find(reads.begin(), reads.end(), variable.local) != reads.end()) node.context.push_back(variable);
    }
    if (path->trace != kNoSlot) traces.push_back(path->trace);
    input = MakeNode(std::move(node), std::move(input));
  }
  return input;
}

}  // namespace dossier
