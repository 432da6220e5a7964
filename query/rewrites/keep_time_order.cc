#include "query/rewrites/keep_time_order.h"

#include <algorithm>
#include <optional>

#include "query/expression_nodes.h"
#include "query/time_order.h"

namespace dossier {
namespace {

// Rows that it lets pass are input rows with more beside them, so that a condition on these may be judged below.
bool KeepsRows(const LogicalNode& step) {
  return std::holds_alternative<FilterNode>(step.node) || std::holds_alternative<MatchNode>(step.node) ||
         std::holds_alternative<ScanNode>(step.node) || std::holds_alternative<ExpandNode>(step.node);
}

// The step below the condition that finds the path which stands in the slot; null where that is none of ours.
MatchNode* FindMatchOf(Slot path, LogicalNode* below) {
  while (KeepsRows(*below)) {
    if (auto* match = std::get_if<MatchNode>(&below->node)) {
      const bool here = std::any_of(match->stores.begin(), match->stores.end(), [&](const PatternVariable& stored) {
        return stored.slot == path && stored.local == match->pattern->path_local;
      });
      if (here) return match;
    }
    if (below->inputs.size() != 1) return nullptr;
    below = below->inputs.front().get();
  }
  return nullptr;
}

}  // namespace

void KeepTimeOrder(LogicalPlan* plan) {
  if (auto* apply = std::get_if<ApplyNode>(&(*plan)->node)) KeepTimeOrder(&apply->body);
  for (LogicalPlan& input : (*plan)->inputs) KeepTimeOrder(&input);
  const auto* filter = std::get_if<FilterNode>(&(*plan)->node);
  if (filter == nullptr) return;
  for (const Expression* condition : ConjunctsOf(*filter->predicate)) {
    const std::optional<TimeOrderTest> test = TimeOrderOf(*condition);
    if (!test.has_value()) continue;
    const std::optional<VariableReference> path = VariableOf(*test->path);
    if (!path.has_value() || path->kind != VariableReference::Kind::kSlot) continue;
    MatchNode* const match = FindMatchOf(path->index, (*plan)->inputs.front().get());
    if (match == nullptr || match->any_path || match->count != kNoSlot ||
        match->pattern->selector.kind != PathSelector::Kind::kAll) {
      continue;
    }
    // Of two conditions the stricter: what is certainly in order is possibly so.
    if (match->time_order != TimeOrder::Mode::kCertain) match->time_order = test->mode;
  }
}

}  // namespace dossier
