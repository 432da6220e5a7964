// From hashes to numbers, in four bytes an entry: claims by id and propositions by content.
//
// Of a hash 32 bits are kept, so what comes back are candidates: whoever asks reads their records and compares. Entries
// that were written together are a run: 2^bits buckets by the highest bits of the hash, each some hundred entries under
// one key of its own. A load writes one run and takes in the runs before it that are not more than twice as large, so a
// store of n entries has no more than some log2(n) of them, and each entry is rewritten as seldom as that.
//
//   bucket ::= count column(rest of the hash, ascending) column(number)       count ::= varint, see store/column.h
#ifndef DOSSIER_STORE_HASH_INDEX_H_
#define DOSSIER_STORE_HASH_INDEX_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/claim.h"
#include "graph/content_hash.h"
#include "store/format.h"
#include "store/key_value_engine.h"
#include "store/record_codec.h"

namespace dossier::store_internal {

struct IndexEntry {
  uint32_t hash = 0;
  uint32_t number = 0;
  friend auto operator<=>(const IndexEntry&, const IndexEntry&) = default;
};

// What claims and propositions stand under. Never changes, as it decides what lies on disk.
uint32_t IndexHash(const ContentHash& hash);

// Ascending, by hash and then by number: in time proportional to the entries, where those of one hash are few.
void SortEntries(std::vector<IndexEntry>* entries);

// The entries of a bucket, ascending; kDataLoss if it does not belong to a run of so many bits.
absl::StatusOr<std::vector<IndexEntry>> DecodeBucket(std::string_view bytes, uint32_t bucket, uint32_t bits);

// Looks hashes up in a view. With `keep`, buckets stay decoded for the next question: for loads, at eight bytes an
// entry of the store. For one thread at a time.
class HashIndexReader {
 public:
  // All must outlive the reader.
  HashIndexReader(const KeyValueView* rows, Tag tag, const std::vector<IndexRun>* runs, bool keep)
      : rows_(rows), tag_(tag), runs_(runs), keep_(keep) {}

  // The numbers under `hash`.
  absl::StatusOr<std::vector<uint32_t>> Find(uint32_t hash);

 private:
  const KeyValueView* rows_;
  Tag tag_;
  const std::vector<IndexRun>* runs_;
  bool keep_;
  absl::flat_hash_map<uint64_t, std::vector<IndexEntry>> kept_;  // by run and bucket
};

// Puts `entries` into the index of `tag`: adds to `batch` what makes it so, and changes `runs` accordingly.
absl::Status AddToHashIndex(const KeyValueView& rows, Tag tag, std::vector<IndexEntry> entries,
                            std::vector<IndexRun>* runs, Batch* batch);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_HASH_INDEX_H_
