// What analysts decided about two entities being one.
//
// Such a judgement is a claim like any other, with the built-in relation `same_as` between the two: who asserts it
// holds them for one, who denies it for two. A later judgement supersedes the earlier, so the last one counts, all are
// kept, and any can be taken back. Where there is none, `possible_same_as` is a question that some source or reader
// raised.
#ifndef DOSSIER_QUERY_SAMENESS_H_
#define DOSSIER_QUERY_SAMENESS_H_

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/id.h"
#include "graph/image.h"

namespace dossier {

struct Sameness {
  bool same = false;  // else they are two
  ClaimId claim;      // that says so, the last one of those that stand
};

// The judgement on the two, in either order; nothing where there is none, or it was taken back.
std::optional<Sameness> SamenessOf(const Image& image, VertexId a, VertexId b);

// Calls `visit` with each step from `vertex` along `same_as`, whichever of the two the judgement names first.
template <typename Visit>
void ForEachSame(const Image& image, RelationId same, VertexId vertex, const Visit& visit) {
  if (!same.valid()) return;
  for (const Neighbor& step : image.Out(vertex, same)) visit(step);
  for (const Neighbor& step : image.In(vertex, same)) visit(step);
}

// The claims on the two being one, or two, that stand: what a new judgement supersedes.
std::vector<ClaimId> StandingJudgements(const Image& image, VertexId a, VertexId b);

// Pairs that some standing claim of the relation joins, each once, the smaller number first. Empty where nothing in the
// image bears the relation.
std::vector<std::pair<VertexId, VertexId>> PairsJoinedBy(const Image& image, std::string_view relation);

}  // namespace dossier

#endif  // DOSSIER_QUERY_SAMENESS_H_
