#include "query/rewrites/count_paths.h"

#include <algorithm>
#include <set>

#include "query/expression_nodes.h"

namespace dossier {
namespace {

using Slots = std::set<Slot>;

// Whether an expression surely reads none of the slots.
bool Avoids(const Expression& expression, const Slots& slots) {
  if (expression.RunsPlan()) return false;
  const std::optional<VariableReference> variable = VariableOf(expression);
  if (variable.has_value()) return variable->kind != VariableReference::Kind::kSlot || !slots.contains(variable->index);
  bool avoids = true;
  expression.ForEachChild([&](const Expression& child) { avoids = avoids && Avoids(child, slots); });
  return avoids;
}

bool IsEnd(const MatchNode& match, const PatternVariable& variable) {
  const auto is = [&](const NodeTest* node) { return node != nullptr && node->local == variable.local; };
  return variable.type == StaticType::kVertex && (is(match.program.first) || is(match.program.last));
}

// What a counted match does not fill.
Slots InnerSlots(const MatchNode& match) {
  Slots inner;
  for (const PatternVariable& variable : match.stores) {
    if (variable.slot != kNoSlot && !IsEnd(match, variable)) inner.insert(variable.slot);
  }
  return inner;
}

bool CountsRows(const Aggregate& aggregate, const MatchNode& match) {
  if (aggregate.name != "count" || aggregate.distinct || aggregate.weighted) return false;
  if (aggregate.star) return true;
  // count(p): a path that is matched is never null.
  const std::optional<VariableReference> variable = VariableOf(*aggregate.arguments.front());
  return variable.has_value() && variable->kind == VariableReference::Kind::kSlot &&
         std::any_of(match.stores.begin(), match.stores.end(), [&](const PatternVariable& stored) {
           return stored.local == match.pattern->path_local && stored.slot == variable->index;
         });
}

// The match below, where nothing in between reads the inside of its paths.
MatchNode* MatchBelow(LogicalNode* plan) {
  std::vector<const Expression*> between;
  while (plan != nullptr) {
    if (auto* match = std::get_if<MatchNode>(&plan->node)) {
      const Slots inner = InnerSlots(*match);
      const bool counts = match->joins.empty() && match->count == kNoSlot &&
                          std::all_of(between.begin(), between.end(),
                                      [&](const Expression* expression) { return Avoids(*expression, inner); });
      return counts ? match : nullptr;
    }
    if (const auto* filter = std::get_if<FilterNode>(&plan->node)) {
      between.push_back(filter->predicate.get());
    } else if (const auto* extend = std::get_if<ExtendNode>(&plan->node)) {
      for (const auto& [slot, value] : extend->values) between.push_back(value.get());
    } else {
      return nullptr;
    }
    plan = plan->inputs.empty() ? nullptr : plan->inputs.front().get();
  }
  return nullptr;
}

void Rewrite(LogicalNode* plan, AggregateNode* aggregate, Slot* next_slot) {
  MatchNode* match = MatchBelow(plan->inputs.front().get());
  if (match == nullptr) return;
  const Slots inner = InnerSlots(*match);
  const bool counts =
      !aggregate->aggregates.empty() &&
      std::none_of(aggregate->keys.begin(), aggregate->keys.end(), [&](Slot key) { return inner.contains(key); }) &&
      std::all_of(aggregate->aggregates.begin(), aggregate->aggregates.end(),
                  [&](const AggregateCall& call) { return CountsRows(call.aggregate, *match); });
  if (!counts) return;
  match->count = (*next_slot)++;
  for (AggregateCall& call : aggregate->aggregates) {
    call.aggregate.weighted = true;
    call.aggregate.star = false;
    call.aggregate.arguments.clear();
    call.aggregate.arguments.push_back(MakeVariable({VariableReference::Kind::kSlot, match->count, StaticType::kNumber},
                                                    "paths", call.aggregate.span));
  }
}

}  // namespace

void CountPaths(LogicalNode* plan, Slot* next_slot) {
  if (auto* aggregate = std::get_if<AggregateNode>(&plan->node)) Rewrite(plan, aggregate, next_slot);
  if (auto* optional = std::get_if<OptionalNode>(&plan->node)) CountPaths(optional->body.get(), next_slot);
  for (LogicalPlan& input : plan->inputs) CountPaths(input.get(), next_slot);
}

}  // namespace dossier
