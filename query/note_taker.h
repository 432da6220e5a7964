// Numbers the claims that rows rest on, in the order in which rows first do.
#ifndef DOSSIER_QUERY_NOTE_TAKER_H_
#define DOSSIER_QUERY_NOTE_TAKER_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "query/derivations.h"
#include "query/evaluation.h"
#include "query/session.h"
#include "query/witness_finder.h"

namespace dossier {

class NoteTaker {
 public:
  // Both must outlive it; notes are added to `notes`.
  NoteTaker(const View& view, std::vector<Note>* notes) : view_(view), notes_(notes) {}

  // The numbers of the claims behind the items, rising; of items that only the question why brings in, none.
  absl::StatusOr<std::vector<uint32_t>> NotesOf(const SourceItems& items, EvaluationContext* context);

  // What was found for a row, in notes.
  RowReasons ReasonsOf(const WitnessFinder::Found& found, WitnessFinder* finder);

 private:
  uint32_t NumberOf(ClaimId claim, bool disputed);

  const View& view_;
  std::vector<Note>* notes_;
  absl::flat_hash_map<uint32_t, uint32_t> numbers_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_NOTE_TAKER_H_
