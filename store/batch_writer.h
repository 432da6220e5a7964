// What a transaction has gathered, and how it becomes one batch over all indexes.
#ifndef DOSSIER_STORE_BATCH_WRITER_H_
#define DOSSIER_STORE_BATCH_WRITER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "schema/validator.h"
#include "store/key_value_engine.h"
#include "store/store.h"
#include "store/view.h"

namespace dossier::store_internal {

class PendingLoad {
 public:
  // Not validated yet.
  std::vector<Document> documents;
  std::vector<Entity> entities;
  std::vector<Claim> claims;
  ValidatedLoad validated;
  std::vector<std::string> sources;
};

// Adds what `more` holds to `load`.
void Append(ValidatedLoad more, ValidatedLoad* load);

struct LoadBatch {
  Batch batch;  // empty where the load brings nothing new
  CommitReport report;
};

// The batch that takes a store from `view` to one that holds `load` too. `now`: microseconds since 1970.
// kInvalidArgument with every offender: E4020 to E4024.
absl::StatusOr<LoadBatch> MakeBatch(const View& view, ValidatedLoad load, std::vector<std::string> sources,
                                    int64_t now);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_BATCH_WRITER_H_
