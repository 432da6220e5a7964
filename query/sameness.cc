#include "query/sameness.h"

#include <algorithm>
#include <limits>

#include "schema/judgement_names.h"

namespace dossier {
namespace {

bool Stands(const ImageClaim& claim) {
  return claim.closed() == std::numeric_limits<int64_t>::max() && claim.polarity() != Polarity::kUncommitted &&
         claim.rank() != Rank::kDeprecated;
}

}  // namespace

std::vector<ClaimId> StandingJudgements(const Image& image, VertexId a, VertexId b) {
  std::vector<ClaimId> claims;
  const RelationId relation = image.FindRelation(kSameAs);
  if (!relation.valid()) return claims;
  for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)}) {
    for (const Neighbor& step : image.Out(from, relation)) {
      if (step.vertex != to) continue;
      for (const ClaimId claim : image.ClaimsOf(step.edge)) {
        if (Stands(image.claim(claim))) claims.push_back(claim);
      }
    }
  }
  std::sort(claims.begin(), claims.end());
  return claims;
}

std::optional<Sameness> SamenessOf(const Image& image, VertexId a, VertexId b) {
  const std::vector<ClaimId> claims = StandingJudgements(image, a, b);
  if (claims.empty()) return std::nullopt;
  // Of two that stand (one came by a claim file), the one that this store learnt last.
  return Sameness{image.claim(claims.back()).polarity() == Polarity::kAffirms, claims.back()};
}

std::vector<std::pair<VertexId, VertexId>> PairsJoinedBy(const Image& image, std::string_view name) {
  std::vector<std::pair<VertexId, VertexId>> pairs;
  const RelationId relation = image.FindRelation(name);
  if (!relation.valid()) return pairs;
  for (uint32_t i = 0; i < image.edge_count(); ++i) {
    const EdgeId edge(i);
    if (image.relation(edge) != relation || image.is_literal(edge)) continue;
    const auto claims = image.ClaimsOf(edge);
    const bool stands = std::any_of(claims.begin(), claims.end(), [&](ClaimId claim) {
      return Stands(image.claim(claim)) && image.claim(claim).polarity() == Polarity::kAffirms;
    });
    if (stands) pairs.push_back(std::minmax(image.source(edge), image.target(edge)));
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace dossier
