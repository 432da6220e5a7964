#include "query/rewrites/one_path_for_distinct.h"

#include <algorithm>

#include "query/rewrites/ends_only.h"

namespace dossier {
namespace {

void Rewrite(LogicalNode* plan, const DistinctNode& distinct) {
  MatchNode* match = FindMatchReadByItsEnds(plan->inputs.front().get());
  // A path of single edges is found fastest as it stands.
  if (match == nullptr || match->pattern->selector.kind != PathSelector::Kind::kAll ||
      !HasQuantifier(*match->pattern)) {
    return;
  }
  // Edges taken by other paths of the clause are not shared out between ends.
  if (!match->taken.empty()) return;
  const std::set<Slot> inner = InnerSlots(*match);
  if (std::any_of(distinct.slots.begin(), distinct.slots.end(), [&](Slot slot) { return inner.contains(slot); }))
    return;
  match->any_path = true;
}

}  // namespace

void OnePathForDistinct(LogicalNode* plan) {
  if (const auto* distinct = std::get_if<DistinctNode>(&plan->node)) Rewrite(plan, *distinct);
  if (auto* optional = std::get_if<OptionalNode>(&plan->node)) OnePathForDistinct(optional->body.get());
  for (LogicalPlan& input : plan->inputs) OnePathForDistinct(input.get());
}

}  // namespace dossier
