// What is in a store, counted.
#ifndef DOSSIER_STORE_STATS_H_
#define DOSSIER_STORE_STATS_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "store/store.h"

namespace dossier {

struct StoreStats {
  uint32_t format_version = 0;
  uint64_t sequence = 0;
  StoreCounts counts;
  uint64_t aliases = 0;
  uint64_t claims_with_quote = 0;
  uint64_t claims_superseded = 0;
  uint64_t bytes_on_disk = 0;
  // By name as files spell it. An entity of several types counts under each.
  std::map<std::string, uint64_t> entities_by_type;
  std::map<std::string, uint64_t> propositions_by_relation;
  std::map<std::string, uint64_t> claims_by_relation;
  std::map<std::string, uint64_t> claims_by_act;
  std::map<std::string, uint64_t> claims_by_certainty;
  std::map<std::string, uint64_t> claims_by_document;  // by key
};

// Reads every record of the snapshot; seconds for some million claims.
absl::StatusOr<StoreStats> CollectStats(const Store& store, const Snapshot& snapshot);

}  // namespace dossier

#endif  // DOSSIER_STORE_STATS_H_
