// The inner side of a Snapshot: one view of the engine, what it counts, and how records become values with keys.
// Everything here may be called from many threads.
#ifndef DOSSIER_STORE_VIEW_H_
#define DOSSIER_STORE_VIEW_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "store/format.h"
#include "store/hash_index.h"
#include "store/key_value_engine.h"
#include "store/record_codec.h"
#include "store/records.h"

namespace dossier::store_internal {

// Keys by number, found out once for all views of a store: a number keeps its key for ever.
class KnownKeys {
 public:
  std::optional<std::string> Find(uint32_t number) const;
  void Set(uint32_t number, std::string key);

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> keys_;  // empty: not known yet; no key is empty
};

struct SharedKeys {
  KnownKeys entities, documents;
};

// Numbers from `begin` up to `end`.
struct NumberRange {
  uint32_t begin = 0, end = std::numeric_limits<uint32_t>::max();
};

class View {
 public:
  static absl::StatusOr<std::shared_ptr<const View>> Make(std::shared_ptr<const KeyValueView> rows,
                                                          std::shared_ptr<SharedKeys> keys);

  const KeyValueView& rows() const { return *rows_; }
  const std::shared_ptr<const KeyValueView>& shared_rows() const { return rows_; }
  const StoreCounts& counts() const { return counts_; }

  // The number that a key's index entry holds; nullopt if there is no such entry.
  absl::StatusOr<std::optional<uint32_t>> NumberAt(const std::string& index_key) const;
  // One answer a key.
  absl::StatusOr<std::vector<std::optional<uint32_t>>> NumbersAt(const std::vector<std::string>& index_keys) const;

  // The record's bytes; kDataLoss if it is not there, because whoever asks has its number from another record.
  absl::StatusOr<std::string> RecordAt(const std::string& key, std::string_view what) const;

  absl::StatusOr<std::string> EntityKeyOf(uint32_t number) const;
  absl::StatusOr<std::string> DocumentKeyOf(uint32_t number) const;
  absl::StatusOr<std::string> ClaimIdOf(uint32_t number) const;

  // Which runs the indexes of hashes are made of. Read when first asked for.
  absl::StatusOr<const IndexRuns*> index_runs() const;
  // By id or by content; nullopt if there is none. `index` remembers what it read: see store/hash_index.h.
  absl::StatusOr<std::optional<ClaimId>> FindClaim(std::string_view id) const;
  absl::StatusOr<std::optional<PropositionNumber>> FindProposition(const Proposition& proposition) const;
  absl::StatusOr<std::optional<ClaimId>> FindClaim(std::string_view id, HashIndexReader* index) const;
  absl::StatusOr<std::optional<PropositionNumber>> FindProposition(const Proposition& proposition,
                                                                   const ContentHash& hash,
                                                                   HashIndexReader* index) const;

  absl::StatusOr<PropositionRecord> PropositionAt(PropositionNumber number) const;
  // The records of a range in the order of their numbers, as far as there are any; a damaged block, or one that does
  // not follow the one before it, ends it. The record is `visit`'s to keep by moving it, and is overwritten with the
  // next one.
  absl::Status ScanPropositionRecords(
      NumberRange range, absl::FunctionRef<absl::Status(PropositionNumber, PropositionRecord&)> visit) const;
  absl::Status ScanClaimRecords(NumberRange range, absl::FunctionRef<absl::Status(ClaimId, ClaimRecord&)> visit) const;
  // The same without the words of the claims: BlockReader::ReadWithoutWords.
  absl::Status ScanClaimsWithoutWords(NumberRange range,
                                      absl::FunctionRef<absl::Status(ClaimId, ClaimRecord&)> visit) const;

  // Ascending.
  absl::StatusOr<std::vector<ClaimId>> ClaimsOfProposition(PropositionNumber number) const;
  absl::StatusOr<std::vector<ClaimId>> ClaimsOfDocument(DocumentNumber number) const;

  absl::StatusOr<Proposition> Compose(PropositionRecord record) const;
  // Reads the propositions of all of them at once.
  absl::StatusOr<std::vector<StoredClaim>> Compose(std::vector<std::pair<ClaimId, ClaimRecord>> records) const;
  absl::StatusOr<std::vector<StoredClaim>> ReadClaims(const std::vector<ClaimId>& numbers) const;

  // Every record of a tag, key and value.
  absl::Status Scan(std::string_view prefix, bool sweep,
                    absl::FunctionRef<absl::Status(std::string_view key, std::string_view value)> visit) const;

 private:
  View() = default;
  absl::StatusOr<Term> Compose(TermRecord record) const;
  absl::StatusOr<std::vector<Qualifier>> Compose(std::vector<QualifierRecord> records) const;
  absl::StatusOr<std::vector<std::string>> EntityKeysOf(const std::vector<uint32_t>& numbers) const;

  std::shared_ptr<const KeyValueView> rows_;
  std::shared_ptr<SharedKeys> keys_;
  StoreCounts counts_;
  mutable std::once_flag runs_once_;
  mutable absl::Status runs_status_;
  mutable IndexRuns runs_;
};

// The claims in an entry of Tag::kClaimsOfDocument.
absl::StatusOr<std::vector<uint32_t>> ClaimsInEntry(std::string_view key, std::string_view rises);

// "entity 17", "claim 3": how errors name a record.
std::string What(std::string_view kind, uint64_t number);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_VIEW_H_
