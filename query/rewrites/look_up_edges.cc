#include "query/rewrites/look_up_edges.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace dossier {
namespace {

void Rewrite(MatchNode* match) {
  if (match->start != MatchNode::Start::kScan && !HasQuantifier(*match->pattern)) return;
  for (const PathInstruction& instruction : match->program.instructions) {
    if (instruction.op != PathInstruction::Op::kEdge) continue;
    const bool known = std::any_of(match->lookups.begin(), match->lookups.end(),
                                   [&](const EdgeLookup& lookup) { return lookup.edge == instruction.edge; });
    if (known) continue;
    if (std::optional<EdgeLookup> lookup = LookupOf(*instruction.edge)) match->lookups.push_back(*std::move(lookup));
  }
}

}  // namespace

void LookUpEdges(LogicalNode* plan) {
  if (auto* match = std::get_if<MatchNode>(&plan->node)) Rewrite(match);
  if (auto* apply = std::get_if<ApplyNode>(&plan->node)) LookUpEdges(apply->body.get());
  for (LogicalPlan& input : plan->inputs) LookUpEdges(input.get());
}

}  // namespace dossier
