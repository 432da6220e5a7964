#include "query/rewrites/count_paths.h"

#include <algorithm>

#include "query/expression_nodes.h"
#include "query/rewrites/ends_only.h"

namespace dossier {
namespace {

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

// A few single edges are counted fastest as rows.
bool IsShortChain(const MatchNode& match) {
  constexpr size_t kMostFactors = 7;
  return !HasQuantifier(*match.pattern) && match.pattern->path.terms.size() == 1 &&
         match.pattern->path.terms.front().factors.size() <= kMostFactors;
}

void Rewrite(LogicalNode* plan, AggregateNode* aggregate, Slot* next_slot) {
  MatchNode* match = FindMatchReadByItsEnds(plan->inputs.front().get());
  if (match == nullptr || IsShortChain(*match)) return;
  const std::set<Slot> inner = InnerSlots(*match);
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
  if (auto* apply = std::get_if<ApplyNode>(&plan->node)) CountPaths(apply->body.get(), next_slot);
  for (LogicalPlan& input : plan->inputs) CountPaths(input.get(), next_slot);
}

}  // namespace dossier
