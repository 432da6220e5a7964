#include "store/hash_index.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "graph/base/huge_pages.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "store/column.h"
#include "store/key_codec.h"
#include "store/store_error.h"

namespace dossier::store_internal {
namespace {

constexpr uint32_t kEntriesInBucket = 256;  // on average
constexpr uint64_t kMostInBucket = 1 << 20;
constexpr uint32_t kHashBits = 32;

uint32_t BucketOf(uint32_t hash, uint32_t bits) { return bits == 0 ? 0 : hash >> (kHashBits - bits); }

uint32_t BitsFor(size_t entries) {
  uint32_t bits = 0;
  while (bits < kMostBucketBits && entries >> bits > kEntriesInBucket) ++bits;
  return bits;
}

// Mixes all bits of a word into each other (MurmurHash3's finalizer): ids may be numbers in disguise.
uint64_t Mix(uint64_t word) {
  word = (word ^ word >> 33) * 0xFF51AFD7ED558CCD;
  word = (word ^ word >> 33) * 0xC4CEB9FE1A85EC53;
  return word ^ word >> 33;
}

// Makes buckets, in memory that serves for all of them.
class BucketWriter {
 public:
  std::string Encode(const IndexEntry* begin, const IndexEntry* end, uint32_t bits) {
    hashes_.clear();
    numbers_.clear();
    const uint32_t rest = bits == 0 ? 0xFFFFFFFF : (uint32_t{1} << (kHashBits - bits)) - 1;
    for (const IndexEntry* entry = begin; entry != end; ++entry) {
      hashes_.push_back(entry->hash & rest);
      numbers_.push_back(entry->number);
    }
    ColumnWriter out;
    out.PutNumber(hashes_.size());
    out.PutColumn(hashes_);
    out.PutColumn(numbers_);
    return out.Take();
  }

 private:
  std::vector<uint64_t> hashes_, numbers_;
};

// Three rounds over the hash, the lowest bits first.
constexpr uint32_t kDigitBits = 11, kDigits = 3;
constexpr size_t kWorthDigits = 4096;  // entries; fewer are compared
static_assert(kDigitBits * kDigits >= kHashBits);

uint32_t DigitOf(uint32_t hash, uint32_t digit) { return hash >> digit * kDigitBits & ((1U << kDigitBits) - 1); }

// Where the entries with each value of a digit begin, once they are sorted by it.
using Beginnings = std::array<size_t, size_t{1} << kDigitBits>;

}  // namespace

void SortEntries(std::vector<IndexEntry>* entries) {
  if (entries->size() < kWorthDigits) return std::sort(entries->begin(), entries->end());
  std::array<Beginnings, kDigits> next = {};
  for (const IndexEntry& entry : *entries) {
    for (uint32_t digit = 0; digit < kDigits; ++digit) ++next[digit][DigitOf(entry.hash, digit)];
  }
  std::vector<IndexEntry> sorted = HugeVector<IndexEntry>(entries->size());
  for (uint32_t digit = 0; digit < kDigits; ++digit) {
    size_t begin = 0;
    for (size_t& count : next[digit]) begin += std::exchange(count, begin);
    for (const IndexEntry& entry : *entries) sorted[next[digit][DigitOf(entry.hash, digit)]++] = entry;
    std::swap(*entries, sorted);
  }
  // Those of one hash are now as they came, which is by number, but for what comes from runs that are there.
  for (auto begin = entries->begin(); begin != entries->end();) {
    auto end = begin + 1;
    while (end != entries->end() && end->hash == begin->hash) ++end;
    if (!std::is_sorted(begin, end)) std::sort(begin, end);
    begin = end;
  }
}

uint32_t IndexHash(const ContentHash& hash) {
  uint64_t high = 0, low = 0;
  for (size_t i = 0; i < 8; ++i) {
    high = high << 8 | hash[i];
    low = low << 8 | hash[i + 8];
  }
  return static_cast<uint32_t>(Mix(high ^ Mix(low)) >> 32);
}

namespace {

// A bucket as it lies there, of which one entry can be read without the others.
struct PackedBucket {
  uint64_t count = 0;
  Column hashes, numbers;

  bool Open(std::string_view bytes) {
    ColumnReader in(bytes);
    return in.GetNumber(&count) && count <= kMostInBucket && in.GetColumn(count, &hashes) &&
           in.GetColumn(count, &numbers) && in.AtEnd();
  }
};

absl::Status BucketDamaged() { return Damaged("a bucket of an index of hashes is damaged"); }

// Adds the numbers under `hash` in one bucket to `found`.
absl::Status FindInBucket(std::string_view bytes, uint32_t hash, uint32_t bits, std::vector<uint32_t>* found) {
  PackedBucket bucket;
  if (!bucket.Open(bytes)) return BucketDamaged();
  const uint64_t rest = bits == 0 ? hash : hash & ((uint32_t{1} << (kHashBits - bits)) - 1);
  size_t low = 0;
  for (size_t high = bucket.count; low < high;) {
    const size_t middle = low + (high - low) / 2;
    if (bucket.hashes.At(middle) < rest) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (; low < bucket.count && bucket.hashes.At(low) == rest; ++low) {
    const uint64_t number = bucket.numbers.At(low);
    if (number >> 32 != 0) return BucketDamaged();
    found->push_back(static_cast<uint32_t>(number));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<IndexEntry>> DecodeBucket(std::string_view bytes, uint32_t bucket, uint32_t bits) {
  PackedBucket packed;
  if (!packed.Open(bytes)) return BucketDamaged();
  std::vector<IndexEntry> entries(packed.count);
  const uint64_t first = bits == 0 ? 0 : uint64_t{bucket} << (kHashBits - bits);
  for (size_t i = 0; i < packed.count; ++i) {
    const uint64_t hash = first | packed.hashes.At(i), number = packed.numbers.At(i);
    if (hash >> kHashBits != 0 || number >> 32 != 0 || BucketOf(static_cast<uint32_t>(hash), bits) != bucket) {
      return BucketDamaged();
    }
    entries[i] = {static_cast<uint32_t>(hash), static_cast<uint32_t>(number)};
    if (i > 0 && entries[i].hash < entries[i - 1].hash) return BucketDamaged();
  }
  return entries;
}

absl::StatusOr<std::vector<uint32_t>> HashIndexReader::Find(uint32_t hash) {
  std::vector<uint32_t> numbers;
  const auto by_hash = [](const IndexEntry& entry, uint32_t wanted) { return entry.hash < wanted; };
  for (const IndexRun& run : *runs_) {
    const uint32_t bucket = BucketOf(hash, run.bits);
    const uint64_t place = uint64_t{run.number} << 32 | bucket;
    const auto known = kept_.find(place);
    const std::vector<IndexEntry>* entries = known == kept_.end() ? nullptr : &known->second;
    if (entries == nullptr) {
      ASSIGN_OR_RETURN(const auto bytes, rows_->Get(BucketKey(tag_, run.number, bucket)));
      if (!keep_) {
        if (bytes.has_value()) RETURN_IF_ERROR(FindInBucket(*bytes, hash, run.bits, &numbers));
        continue;
      }
      std::vector<IndexEntry> read;
      if (bytes.has_value()) {
        ASSIGN_OR_RETURN(read, DecodeBucket(*bytes, bucket, run.bits));
      }
      entries = &kept_.emplace(place, std::move(read)).first->second;
    }
    for (auto at = std::lower_bound(entries->begin(), entries->end(), hash, by_hash);
         at != entries->end() && at->hash == hash; ++at) {
      numbers.push_back(at->number);
    }
  }
  return numbers;
}

absl::Status AddToHashIndex(const KeyValueView& rows, Tag tag, std::vector<IndexEntry> entries,
                            std::vector<IndexRun>* runs, Batch* batch) {
  if (entries.empty()) return absl::OkStatus();
  uint32_t next = 0;
  for (const IndexRun& run : *runs) next = std::max(next, run.number + 1);
  while (!runs->empty() && runs->back().entries / 2 <= entries.size()) {
    const IndexRun old = runs->back();
    const auto cursor = rows.Scan(RunPrefix(tag, old.number), true);
    for (; cursor->Valid(); cursor->Next()) {
      const auto key = PairInKey(tag, cursor->key());
      if (!key.has_value()) return Damaged("a key in an index of hashes is malformed");
      ASSIGN_OR_RETURN(const auto bucket, DecodeBucket(cursor->value(), key->second, old.bits));
      entries.insert(entries.end(), bucket.begin(), bucket.end());
      batch->Delete(std::string(cursor->key()));
    }
    RETURN_IF_ERROR(cursor->status());
    runs->pop_back();
  }
  SortEntries(&entries);
  BucketWriter writer;
  const IndexRun run{next, BitsFor(entries.size()), static_cast<uint32_t>(entries.size())};
  const IndexEntry* const end = entries.data() + entries.size();
  for (const IndexEntry* begin = entries.data(); begin != end;) {
    const uint32_t bucket = BucketOf(begin->hash, run.bits);
    const IndexEntry* stop = begin;
    while (stop != end && BucketOf(stop->hash, run.bits) == bucket) ++stop;
    batch->Put(BucketKey(tag, run.number, bucket), writer.Encode(begin, stop, run.bits));
    begin = stop;
  }
  runs->push_back(run);
  return absl::OkStatus();
}

}  // namespace dossier::store_internal
