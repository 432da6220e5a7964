// What a transaction has gathered, and how it becomes one batch over all indexes.
#ifndef DOSSIER_STORE_BATCH_WRITER_H_
#define DOSSIER_STORE_BATCH_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "schema/plain_claims.h"
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

// Takes a load piece by piece, documents and entities before the first claim, and makes the batch that takes a store
// from `view` to one that holds the load too. What it keeps of a claim is its row on disk and some hundred bytes, so a
// load need never be in memory as claims; most never are, see schema/plain_claims.h.
//
// A claim may refer to a later one. From the first that does, claims are kept as they are until Finish: the validator
// hands those over last.
class LoadWriter {
 public:
  // `view` must outlive the writer. `now`: microseconds since 1970, when the load is recorded unless the clock ran
  // back.
  static absl::StatusOr<std::unique_ptr<LoadWriter>> Make(const View* view, int64_t now);
  ~LoadWriter();

  // Makes room for about so many new claims.
  void Expect(size_t claims);

  // An error of these is the store's, not the load's: offenders are listed by Finish.
  absl::Status AddDocuments(std::vector<Document> documents);
  absl::Status AddEntities(std::vector<Entity> entities);
  // The same of entities each of which comes once, for whoever knows where they stand: spares a table of them.
  absl::Status AddEntities(std::vector<Entity> entities, PlaceOfEntity place_of);
  absl::Status AddClaim(ValidatedClaim&& claim);

  // For the plain claims of the load, in one order with the others. Lives as long as the writer.
  PlainSink* plain_sink();

  // Whether it was given a claim, and a new one, whose id_hash() this is.
  bool Holds(const ContentHash& id_hash) const;

  // kInvalidArgument with every offender: E4020 to E4024. `unchanged`: records that the validator found there already.
  absl::StatusOr<LoadBatch> Finish(std::vector<std::string> sources, uint64_t unchanged);

 private:
  class Impl;
  explicit LoadWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_BATCH_WRITER_H_
