// Some values of a row as a key of hash tables: equal where all values are equivalent.
#ifndef DOSSIER_QUERY_ROW_KEY_H_
#define DOSSIER_QUERY_ROW_KEY_H_

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/hash/hash.h"
#include "query/batch.h"

namespace dossier {

using RowKey = absl::InlinedVector<Value, 4>;

inline RowKey KeyOf(const Batch& batch, uint32_t row, const std::vector<Slot>& slots) {
  RowKey key;
  key.reserve(slots.size());
  for (const Slot slot : slots) key.push_back(batch.at(slot, row));
  return key;
}

// About how many bytes the key takes as an entry of a hash table.
inline size_t BytesOf(const RowKey& key) {
  size_t bytes = 64 + key.size() * sizeof(Value);
  for (const Value& value : key) bytes += value.SharedBytes();
  return bytes;
}

struct RowKeyHash {
  size_t operator()(const RowKey& key) const {
    size_t hash = key.size();
    for (const Value& value : key) hash = absl::HashOf(hash, HashOf(value));
    return hash;
  }
};

struct RowKeyEqual {
  bool operator()(const RowKey& a, const RowKey& b) const {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), Equivalent);
  }
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_ROW_KEY_H_
