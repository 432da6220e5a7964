#include "store/stats.h"

#include <vector>

#include "graph/base/status_macros.h"
#include "store/store_impl.h"

namespace dossier {

absl::StatusOr<StoreStats> CollectStats(const Store& store, const Snapshot& snapshot) {
  StoreStats stats;
  stats.format_version = kStoreFormatVersion;
  stats.sequence = snapshot.sequence();
  stats.counts = snapshot.counts();
  ASSIGN_OR_RETURN(stats.bytes_on_disk, store.impl().engine().BytesOnDisk());
  RETURN_IF_ERROR(snapshot.ScanEntities([&](const StoredEntity& stored) {
    for (const std::string& type : stored.entity.types) ++stats.entities_by_type[type];
    stats.aliases += stored.entity.aliases.size();
    return absl::OkStatus();
  }));
  RETURN_IF_ERROR(snapshot.ScanPropositions([&](const StoredProposition& stored) {
    ++stats.propositions_by_relation[stored.proposition.relation];
    return absl::OkStatus();
  }));
  std::vector<bool> superseded(snapshot.counts().claims);
  RETURN_IF_ERROR(snapshot.ScanClaims([&](const StoredClaim& stored) -> absl::Status {
    const Claim& claim = stored.claim;
    ++stats.claims_by_relation[claim.proposition.relation];
    ++stats.claims_by_act[std::string(Name(claim.act))];
    ++stats.claims_by_certainty[std::string(Name(claim.certainty))];
    ++stats.claims_by_document[claim.document];
    stats.claims_with_quote += claim.quote.empty() ? 0 : 1;
    for (const std::string& id : claim.supersedes) {
      ASSIGN_OR_RETURN(const auto old, snapshot.FindClaim(id));
      if (old.has_value()) superseded[old->number.value] = true;
    }
    return absl::OkStatus();
  }));
  for (const bool is : superseded) stats.claims_superseded += is ? 1 : 0;
  return stats;
}

}  // namespace dossier
