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
double CountOf(const NodeTest& test, const std::vector<double>& by_signature, double all) {
  if (test.any_label) return all;
  double count = 0;
  for (size_t i = 0; i < test.signatures.size(); ++i) count += test.signatures[i] ? by_signature[i] : 0;
  return count;
}

StartChoice ChooseFor(const NodeTest* node, const std::set<uint32_t>& bound, const std::vector<double>& by_signature,
                      double all) {
  StartChoice choice;
  if (node == nullptr) {
    choice.estimate = all;
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
  choice.estimate = CountOf(*node, by_signature, all);
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

StartChoice Choose(const BoundPathPattern& path, const std::set<uint32_t>& bound,
                   const std::vector<double>& by_signature, double all) {
  StartChoice forward = ChooseFor(EndNode(path.path, false), bound, by_signature, all);
  StartChoice backward = ChooseFor(EndNode(path.path, true), bound, by_signature, all);
  backward.reversed = true;
  return backward.estimate < forward.estimate ? backward : forward;
}

}  // namespace

LogicalPlan PlanMatches(const BoundGraphPattern& pattern, const Image& image, Slot* next_slot, LogicalPlan input) {
  std::vector<double> by_signature(image.signature_count());
  for (uint32_t v = 0; v < image.vertex_count(); ++v) ++by_signature[image.signature(VertexId(v))];
  const double all = image.vertex_count();

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
    StartChoice best_choice = Choose(*left[0], bound, by_signature, all);
    for (size_t i = 1; i < left.size(); ++i) {
      StartChoice choice = Choose(*left[i], bound, by_signature, all);
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
