#include "query/rewrites/expand_steps.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "query/condition_placement.h"
#include "query/element_test.h"
#include "query/path_chain.h"
#include "query/start_choice.h"

namespace dossier {
namespace {

// Each step goes along the edge, one way or the other, but not either way.
bool IsDirected(const EdgeTest& edge) {
  return std::none_of(edge.steps.begin(), edge.steps.end(),
                      [](const RelationStep& step) { return step.forward && step.backward; }) &&
         std::all_of(edge.steps.begin(), edge.steps.end(),
                     [&](const RelationStep& step) { return step.forward == edge.steps.front().forward; });
}

// Could one edge stand in both places?
bool MayBeOne(const EdgeTest& a, const EdgeTest& b) {
  return std::any_of(a.steps.begin(), a.steps.end(), [&](const RelationStep& step) {
    return std::any_of(b.steps.begin(), b.steps.end(),
                       [&](const RelationStep& other) { return step.relation == other.relation; });
  });
}

class Splitter {
 public:
  Splitter(const Image& image, const MatchNode& match, Slot* next_slot)
      : image_(image), match_(match), next_slot_(next_slot) {}

  // The steps instead of the match; false where it has to stay.
  bool Split(LogicalPlan* input) {
    std::optional<PathChain> chain = ChainOf(match_.pattern->path);
    if (!chain.has_value() || !MaySplit(*chain)) return false;
    for (const auto* variables : {&match_.loads, &match_.context}) {
      context_.insert(context_.end(), variables->begin(), variables->end());
    }
    for (const PatternVariable& variable : match_.loads) slots_[variable.local] = variable.slot;
    size_t first = 0;
    StartChoice start = ChooseStart(chain->nodes[0], IsKnown(chain->nodes[0]), image_);
    double cost = CostFrom(0, start, *chain);
    for (size_t i = 1; i < chain->nodes.size(); ++i) {
      StartChoice other = ChooseStart(chain->nodes[i], IsKnown(chain->nodes[i]), image_);
      const double other_cost = CostFrom(i, other, *chain);
      if (other_cost >= cost) continue;
      first = i;
      start = std::move(other);
      cost = other_cost;
    }
    LogicalPlan plan = std::move(*input);
    for (const size_t end : {size_t{0}, chain->edges.size()}) {
      if (end != first) FindEnd(*chain, end, &plan);
    }
    plan = MakeNode(Beginning(chain->nodes[first], start), std::move(plan));
    const Slot begun = at_;
    std::vector<ExpandNode> steps;
    for (size_t i = first; i < chain->edges.size(); ++i) {
      Add(Step(*chain->edges[i], chain->nodes[i + 1], /*reversed=*/false), &steps);
    }
    at_ = begun;
    for (size_t i = first; i > 0; --i) {
      Add(Step(*chain->edges[i - 1], chain->nodes[i - 1], /*reversed=*/true), &steps);
    }
    for (ExpandNode& step : steps) plan = MakeNode(std::move(step), std::move(plan));
    *input = std::move(plan);
    return true;
  }

 private:
  double CostFrom(size_t first, const StartChoice& start, const PathChain& chain) const {
    const auto known = [this](const NodeTest* node) { return IsKnown(node); };
    return dossier::CostFrom(first, start.estimate, chain, known, image_).steps;
  }

  // An end that a repeated edge leads to is looked up first, where it is known by a value: the step then asks whether
  // it leads to that vertex, which for many rows costs one search, and not whether each vertex that it leads to is
  // meant.
  void FindEnd(const PathChain& chain, size_t end, LogicalPlan* plan) {
    constexpr double kOneOrTwo = 2;
    const NodeTest* node = chain.nodes[end];
    if (node == nullptr || IsKnown(node) || (node->local != kNoLocal && slots_.contains(node->local))) return;
    const BoundFactor& edge = *chain.edges[end == 0 ? 0 : end - 1];
    const StartChoice choice = ChooseStart(node, false, image_);
    const bool by_value = choice.kind == StartChoice::Kind::kKey || choice.kind == StartChoice::Kind::kProperty;
    if (!edge.quantifier.has_value() || !by_value || choice.estimate > kOneOrTwo) return;
    ScanNode scan{.pattern = match_.pattern, .test = node, .slot = SlotOf(node), .key = choice.key};
    scan.property = choice.property;
    scan.context = context_;
    scan.estimate = choice.estimate;
    found_[node] = scan.slot;
    *plan = MakeNode(std::move(scan), std::move(*plan));
  }

  bool MaySplit(const PathChain& chain) const {
    const BoundPathPattern& pattern = *match_.pattern;
    const PathRestrictor& restrictor = pattern.restrictor;
    const bool plain = (match_.any_path || pattern.selector.kind == PathSelector::Kind::kAll) &&
                       !pattern.function_form && pattern.path_local == kNoLocal && pattern.trace == kNoSlot &&
                       pattern.foreign_reads.empty() && match_.taken.empty() && match_.joins.empty() &&
                       match_.count == kNoSlot && restrictor.vertices == PathRestrictor::Vertices::kFree;
    if (!plain) return false;
    const auto in_row = [](const PatternVariable& variable) { return variable.slot != kNoSlot; };
    if (!std::all_of(match_.loads.begin(), match_.loads.end(), in_row) ||
        !std::all_of(match_.context.begin(), match_.context.end(), in_row)) {
      return false;
    }
    for (const NodeTest* node : chain.nodes) {
      if (node != nullptr && !ReadOnly(node->conditions, node->local)) return false;
    }
    for (const BoundFactor* factor : chain.edges) {
      const EdgeTest& edge = std::get<EdgeTest>(factor->element);
      if (edge.steps.empty() || !ReadOnly(edge.conditions, edge.local) || IsLoaded(edge.local)) return false;
      // A variable that stands for two edges of the path.
      if (edge.local != kNoLocal &&
          std::count_if(chain.edges.begin(), chain.edges.end(), [&](const BoundFactor* other) {
            return std::get<EdgeTest>(other->element).local == edge.local;
          }) > 1) {
        return false;
      }
      if (!factor->quantifier.has_value()) continue;
      // Only where one path for each pair of ends will do; of walks, or where a shortest walk is a trail by nature: it
      // uses no edge twice, or it could be shorter.
      const bool shortest_are_trails = chain.edges.size() == 1 && IsDirected(edge) && factor->quantifier->min <= 1;
      if (!match_.any_path || (restrictor.edges_once && !shortest_are_trails)) return false;
    }
    return true;
  }

  bool IsLoaded(uint32_t local) const {
    return local != kNoLocal && std::any_of(match_.loads.begin(), match_.loads.end(),
                                            [&](const PatternVariable& variable) { return variable.local == local; });
  }

  bool IsKnown(const NodeTest* node) const { return node != nullptr && IsLoaded(node->local); }

  ScanNode Beginning(const NodeTest* test, const StartChoice& start) {
    ScanNode scan{.pattern = match_.pattern, .test = test, .slot = SlotOf(test), .context = context_};
    scan.bound = start.kind == StartChoice::Kind::kBound;
    scan.key = start.key;
    scan.property = start.property;
    scan.estimate = start.estimate;
    scan.begins_path = true;
    scan.different_edges = match_.different_edges;
    scan.any_path = match_.any_path;
    at_ = scan.slot;
    return scan;
  }

  ExpandNode Step(const BoundFactor& factor, const NodeTest* node, bool reversed) {
    const EdgeTest& edge = std::get<EdgeTest>(factor.element);
    ExpandNode step{.pattern = match_.pattern, .edge = &edge, .reversed = reversed, .node = node};
    step.context = context_;
    step.from = at_;
    const bool known = node != nullptr && node->local != kNoLocal && slots_.contains(node->local);
    step.into = known && (IsLoaded(node->local) || visited_.contains(node->local));
    if (const auto found = found_.find(node); found != found_.end()) {
      step.into = true;
      step.node = nullptr;  // it was judged there
      step.to = found->second;
    } else {
      step.to = SlotOf(node);
    }
    at_ = step.to;
    if (factor.quantifier.has_value()) {
      step.rounds = {factor.quantifier->min, factor.quantifier->max.value_or(std::numeric_limits<int64_t>::max())};
      return step;
    }
    const PatternVariable* stored = StoredAt(edge.local);
    if (stored != nullptr) step.edge_slot = stored->slot;
    if (match_.pattern->restrictor.edges_once) {
      if (step.edge_slot == kNoSlot) step.edge_slot = (*next_slot_)++;
      for (const auto& [other, slot] : edges_) {
        if (MayBeOne(edge, *other)) step.other_edges.push_back(slot);
      }
      edges_.emplace_back(&edge, step.edge_slot);
    }
    return step;
  }

  // A step that leads back to a vertex that is bound is taken together with the one before it.
  static void Add(ExpandNode step, std::vector<ExpandNode>* steps) {
    ExpandNode* before = steps->empty() ? nullptr : &steps->back();
    const bool closes = before != nullptr && step.into && !before->into && step.from == before->to &&
                        step.to != before->to && !step.rounds.has_value() && !before->rounds.has_value() &&
                        !before->closing.has_value() && IsPlain(*step.edge) && IsPlain(*before->edge) &&
                        (step.node == nullptr || (step.node->any_label && IsPlain(*step.node)));
    if (!closes) {
      steps->push_back(std::move(step));
      return;
    }
    before->closing = ExpandNode::Closing{step.edge, step.reversed, step.to, step.edge_slot};
    for (const Slot other : step.other_edges) {
      if (other == before->edge_slot) {
        before->closing->not_the_same = true;
      } else if (std::find(before->other_edges.begin(), before->other_edges.end(), other) ==
                 before->other_edges.end()) {
        before->other_edges.push_back(other);
      }
    }
  }

  const PatternVariable* StoredAt(uint32_t local) const {
    if (local == kNoLocal) return nullptr;
    for (const PatternVariable& variable : match_.stores) {
      if (variable.local == local && variable.slot != kNoSlot) return &variable;
    }
    return nullptr;
  }

  // Where the vertex stands in the row; a place of its own for one that nobody names.
  Slot SlotOf(const NodeTest* node) {
    if (node == nullptr || node->local == kNoLocal) return (*next_slot_)++;
    visited_.insert(node->local);
    if (const auto at = slots_.find(node->local); at != slots_.end()) return at->second;
    const PatternVariable* stored = StoredAt(node->local);
    return slots_[node->local] = stored != nullptr ? stored->slot : (*next_slot_)++;
  }

  const Image& image_;
  const MatchNode& match_;
  Slot* next_slot_;
  std::vector<PatternVariable> context_;
  absl::flat_hash_map<uint32_t, Slot> slots_;  // by local
  absl::flat_hash_set<uint32_t> visited_;
  std::vector<std::pair<const EdgeTest*, Slot>> edges_;
  absl::flat_hash_map<const NodeTest*, Slot> found_;  // ends that were looked up first
  Slot at_ = 0;
};

}  // namespace

void ExpandSteps(const Image& image, LogicalPlan* plan, Slot* next_slot) {
  LogicalNode& node = **plan;
  if (auto* apply = std::get_if<ApplyNode>(&node.node)) ExpandSteps(image, &apply->body, next_slot);
  for (LogicalPlan& input : node.inputs) ExpandSteps(image, &input, next_slot);
  const auto* match = std::get_if<MatchNode>(&node.node);
  if (match == nullptr || node.inputs.empty()) return;
  LogicalPlan input = std::move(node.inputs.front());
  const bool split = Splitter(image, *match, next_slot).Split(&input);
  if (split) {
    *plan = std::move(input);
  } else {
    node.inputs.front() = std::move(input);
  }
}

}  // namespace dossier
