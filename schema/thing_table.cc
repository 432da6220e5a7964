#include "schema/thing_table.h"

#include <algorithm>
#include <bit>

#include "absl/hash/hash.h"
#include "graph/base/text.h"

namespace dossier {

template <typename Value>
uint64_t KeyTable<Value>::HashOf(std::string_view key) {
  return absl::Hash<absl::string_view>()(ToAbsl(key));
}

template <typename Value>
void KeyTable<Value>::Reserve(size_t keys) {
  entries_.reserve(keys);
  const size_t slots = std::bit_ceil(2 * keys + 2);
  if (slots > slots_.size()) Grow(slots);
}

template <typename Value>
void KeyTable<Value>::Grow(size_t slots) {
  slots_.assign(slots, Slot());
  for (size_t i = 0; i < entries_.size(); ++i) {
    const uint64_t hash = HashOf(std::string_view(keys_).substr(entries_[i].key, entries_[i].size));
    size_t at = hash & (slots - 1);
    while (slots_[at].place != 0) at = (at + 1) & (slots - 1);
    slots_[at] = {static_cast<uint32_t>(hash >> 32), static_cast<uint32_t>(i + 1)};
  }
}

template <typename Value>
void KeyTable<Value>::Add(std::string_view key, const Value& value) {
  // Places are of 32 bits; what does not fit is not known here, and is looked up elsewhere.
  if (keys_.size() + key.size() > UINT32_MAX || entries_.size() + 1 >= UINT32_MAX) return;
  entries_.push_back({value, static_cast<uint32_t>(keys_.size()), static_cast<uint32_t>(key.size())});
  keys_ += key;
  if (2 * entries_.size() > slots_.size()) return Grow(std::bit_ceil(2 * entries_.size() + 2));
  const uint64_t hash = HashOf(key);
  size_t at = hash & (slots_.size() - 1);
  while (slots_[at].place != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = {static_cast<uint32_t>(hash >> 32), static_cast<uint32_t>(entries_.size())};
}

template <typename Value>
const Value* KeyTable<Value>::Find(std::string_view key) const {
  if (slots_.empty()) return nullptr;
  const uint64_t hash = HashOf(key);
  const auto tag = static_cast<uint32_t>(hash >> 32);
  for (size_t at = hash & (slots_.size() - 1); slots_[at].place != 0; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].tag != tag) continue;
    const Entry& entry = entries_[slots_[at].place - 1];
    if (std::string_view(keys_).substr(entry.key, entry.size) == key) return &entry.value;
  }
  return nullptr;
}

template class KeyTable<KnownThing>;
template class KeyTable<KnownSource>;

}  // namespace dossier
