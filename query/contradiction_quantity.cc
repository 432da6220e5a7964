// R3: disjoint quantities on one proposition, of one unit, basis and time.
//
// Within a proposition, claims are grouped by the bounds they give, so that a thousand sources for 42 are compared
// once with each other number and not with each other.
#include <algorithm>
#include <optional>

#include "query/contradiction_context.h"

namespace dossier::contradiction {
namespace {

struct Amount {
  std::optional<Quantity> quantity;
  std::vector<ClaimId> claims;
};

}  // namespace

void FindQuantity(const Context& context, std::vector<Draft>* drafts) {
  const Image& image = context.image();
  for (uint32_t i = 0; i < image.edge_count(); ++i) {
    const EdgeId edge(i);
    const auto claims = image.ClaimsOf(edge);
    if (claims.size() < 2 || context.hidden(edge)) continue;
    const Relation& relation = context.relation_of(edge);
    if (relation.kind != RelationKind::kFact) continue;
    std::vector<Amount> amounts;
    for (const ClaimId claim : claims) {
      const std::optional<Quantity>& quantity = image.claim(claim).quantity();
      if (!quantity.has_value() || context.stance(claim) != Stance::kAffirms) continue;
      const auto at = std::find_if(amounts.begin(), amounts.end(), [&](const Amount& amount) {
        return SameBounds(*amount.quantity, *quantity) && SameKind(*amount.quantity, *quantity);
      });
      if (at == amounts.end()) {
        amounts.push_back({quantity, {claim}});
      } else {
        at->claims.push_back(claim);
      }
    }
    bool in_event =
        context.IsEvent(image.source(edge)) || (image.target(edge).valid() && context.IsEvent(image.target(edge)));
    for (const auto& [name, value] : context.IdentifyingQualifiers(edge)) {
      in_event = in_event || (value.type() == Value::Type::kVertex && context.IsEvent(value.vertex()));
    }
    for (size_t a = 0; a < amounts.size(); ++a) {
      for (size_t b = a + 1; b < amounts.size(); ++b) {
        if (!Disjoint(*amounts[a].quantity, *amounts[b].quantity)) continue;
        ClashGroup group(Rule::kQuantity);
        for (const ClaimId first : amounts[a].claims) {
          for (const ClaimId second : amounts[b].claims) {
            if (!context.SameScope(first, second)) continue;
            const auto clash = context.Meet(first, second,
                                            {.first = Reading::kThroughout,
                                             .second = Reading::kThroughout,
                                             .timeless = relation.functional && !relation.functional_in_time,
                                             .same_event = in_event,
                                             .persists = false,
                                             .position = false});
            if (clash.has_value()) group.Add(first, second, *clash);
          }
        }
        for (Draft& draft : group.TakeDrafts("")) drafts->push_back(std::move(draft));
      }
    }
  }
}

}  // namespace dossier::contradiction
