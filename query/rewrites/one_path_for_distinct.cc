#include "query/rewrites/one_path_for_distinct.h"

#include <algorithm>

#include "query/rewrites/ends_only.h"

namespace dossier {
namespace {

void Rewrite(LogicalNode* plan, const std::vector<Slot>& slots, std::vector<const Expression*> read_above) {
  MatchNode* match = FindMatchReadByItsEnds(plan->inputs.front().get(), std::move(read_above));
  // A path of single edges is found fastest as it stands.
  // Whatever a selector chooses, there is a path for each pair of ends that has one.
  if (match == nullptr || match->pattern->selector.count != nullptr || !HasQuantifier(*match->pattern)) return;
  // Edges taken by other paths of the clause are not shared out between ends.
  if (!match->taken.empty()) return;
  const std::set<Slot> inner = InnerSlots(*match);
  if (std::any_of(slots.begin(), slots.end(), [&](Slot slot) { return inner.contains(slot); })) return;
  match->any_path = true;
}

bool SeesNoRepeats(const AggregateCall& call) {
  return call.aggregate.distinct || call.aggregate.name == "min" || call.aggregate.name == "max";
}

void Rewrite(LogicalNode* plan, const AggregateNode& aggregate) {
  if (!std::all_of(aggregate.aggregates.begin(), aggregate.aggregates.end(), SeesNoRepeats)) return;
  std::vector<const Expression*> arguments;
  for (const AggregateCall& call : aggregate.aggregates) {
    for (const BoundExpression& argument : call.aggregate.arguments) arguments.push_back(argument.get());
  }
  Rewrite(plan, aggregate.keys, std::move(arguments));
}

}  // namespace

void OnePathForDistinct(LogicalNode* plan) {
  if (const auto* distinct = std::get_if<DistinctNode>(&plan->node)) Rewrite(plan, distinct->slots, {});
  if (const auto* aggregate = std::get_if<AggregateNode>(&plan->node)) Rewrite(plan, *aggregate);
  if (auto* apply = std::get_if<ApplyNode>(&plan->node)) OnePathForDistinct(apply->body.get());
  for (LogicalPlan& input : plan->inputs) OnePathForDistinct(input.get());
}

}  // namespace dossier
