#include "query/planner.h"

#include <algorithm>
#include <set>
#include <string>

namespace dossier {
namespace {

struct StartChoice {
  MatchNode::Start start = MatchNode::Start::kScan;
  uint32_t local = kNoLocal;
  std::shared_ptr<const Expression> key;
  double estimate = 0;
  bool reversed = false;
};

// Vertices that carry one of the labels.
double CountOf(const NodeTest& test, const Image& image) {
  if (test.any_label) return image.vertex_count();
  double count = 0;
  for (uint32_t i = 0; i < test.signatures.size(); ++i) count += test.signatures[i] ? image.vertices_of(i) : 0;
  return count;
}

StartChoice ChooseFor(const NodeTest* node, const std::set<uint32_t>& bound, const Image& image) {
  StartChoice choice;
  if (node == nullptr) {
    choice.estimate = image.vertex_count();
    return choice;
  }
  if (node->local != kNoLocal && bound.contains(node->local)) {
    choice.start = MatchNode::Start::kBound;
    choice.local = node->local;
    choice.estimate = 0.5;
    return choice;
  }
  for (const PropertyTest& property : node->properties) {
    if (property.name != "key" || !property.outer_only) continue;
    choice.start = MatchNode::Start::kKey;
    choice.key = property.value;
    choice.estimate = 1;
    return choice;
  }
  choice.estimate = CountOf(*node, image);
  // A condition on the first node keeps some of them; how many is not known before statistics are kept.
  if (!node->properties.empty() || node->where != nullptr) choice.estimate /= 10;
  return choice;
}

const NodeTest* EndNode(const BoundPath& path, bool last) {
  if (path.terms.size() != 1 || path.terms.front().factors.empty()) return nullptr;
  const auto& factors = path.terms.front().factors;
  const BoundFactor& factor = last ? factors.back() : factors.front();
  if (factor.quantifier.has_value()) return nullptr;
  if (const auto* group = std::get_if<BoundGroup>(&factor.element)) return EndNode(*group->path, last);
  return std::get_if<NodeTest>(&factor.element);
}

StartChoice Choose(const BoundPathPattern& path, const std::set<uint32_t>& bound, const Image& image) {
  StartChoice forward = ChooseFor(EndNode(path.path, false), bound, image);
  StartChoice backward = ChooseFor(EndNode(path.path, true), bound, image);
  backward.reversed = true;
  return backward.estimate < forward.estimate ? backward : forward;
}

}  // namespace

LogicalPlan PlanMatches(const BoundGraphPattern& pattern, const Image& image, Slot* next_slot, LogicalPlan input) {
  std::set<uint32_t> bound;
  for (const PatternVariable& variable : pattern.variables) {
    if (variable.bound_before) bound.insert(variable.local);
  }
  if (pattern.different_edges && pattern.paths.size() > 1) {
    for (const auto& path : pattern.paths) path->trace = (*next_slot)++;
  }
  std::vector<std::shared_ptr<BoundPathPattern>> left = pattern.paths;
  std::vector<Slot> traces;
  while (!left.empty()) {
    size_t best = 0;
    StartChoice best_choice = Choose(*left[0], bound, image);
    for (size_t i = 1; i < left.size(); ++i) {
      StartChoice choice = Choose(*left[i], bound, image);
      if (choice.estimate < best_choice.estimate) {
        best = i;
        best_choice = std::move(choice);
      }
    }
    const std::shared_ptr<BoundPathPattern> path = left[best];
    left.erase(left.begin() + static_cast<ptrdiff_t>(best));
    MatchNode node;
    node.pattern = path;
    node.program = CompilePath(*path, best_choice.reversed);
    node.different_edges = pattern.different_edges;
    node.taken = traces;
    node.start = best_choice.start;
    node.start_local = best_choice.local;
    node.key = best_choice.key;
    node.estimate = best_choice.estimate;
    for (const PatternVariable& variable : path->variables) {
      (bound.contains(variable.local) ? node.loads : node.stores).push_back(variable);
    }
    for (const PatternVariable& variable : path->variables) bound.insert(variable.local);
    // Conditions inside the pattern may speak of anything that is bound by now, named in this path or not.
    for (const PatternVariable& variable : pattern.variables) {
      const bool loaded = std::any_of(path->variables.begin(), path->variables.end(),
                                      [&](const PatternVariable& v) { return v.local == variable.local; });
      if (!loaded && bound.contains(variable.local)) node.context.push_back(variable);
    }
    if (path->trace != kNoSlot) traces.push_back(path->trace);
    input = MakeNode(std::move(node), std::move(input));
  }
  return input;
}

}  // namespace dossier
