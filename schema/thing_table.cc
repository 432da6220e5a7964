#include "schema/thing_table.h"

#include <bit>
#include <cstring>

#include "absl/hash/hash.h"
#include "graph/base/text.h"

namespace dossier {

template <typename Value>
uint64_t KeyTable<Value>::HashOf(std::string_view key) {
  return absl::Hash<absl::string_view>()(ToAbsl(key));
}

template <typename Value>
void KeyTable<Value>::Put(uint64_t hash, uint32_t place) {
  size_t at = hash & (slots_.size() - 1);
  while (slots_[at].place != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = {static_cast<uint32_t>(hash >> 32), place};
}

template <typename Value>
void KeyTable<Value>::Grow(size_t slots) {
  slots_.assign(slots, Slot());
  for (size_t at = 0; at < bytes_.size();) {
    Head head;
    std::memcpy(&head, bytes_.data() + at, sizeof(head));
    Put(HashOf(std::string_view(bytes_).substr(at + sizeof(head), head.size)), static_cast<uint32_t>(at + 1));
    at += sizeof(head) + head.size;
  }
}

template <typename Value>
void KeyTable<Value>::Add(std::string_view key, const Value& value) {
  // Places are of 32 bits; what does not fit is not known here, and is looked up elsewhere.
  if (bytes_.size() + sizeof(Head) + key.size() >= UINT32_MAX) return;
  const auto place = static_cast<uint32_t>(bytes_.size() + 1);
  const Head head = {value, static_cast<uint32_t>(key.size())};
  bytes_.append(reinterpret_cast<const char*>(&head), sizeof(head));
  bytes_ += key;
  if (2 * ++size_ > slots_.size()) return Grow(std::bit_ceil(4 * size_));
  Put(HashOf(key), place);
}

template <typename Value>
std::optional<Value> KeyTable<Value>::Find(std::string_view key, uint64_t hash) const {
  if (slots_.empty()) return std::nullopt;
  const auto tag = static_cast<uint32_t>(hash >> 32);
  for (size_t at = hash & (slots_.size() - 1); slots_[at].place != 0; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].tag != tag) continue;
    const char* const entry = bytes_.data() + slots_[at].place - 1;
    Head head;
    std::memcpy(&head, entry, sizeof(head));
    if (std::string_view(entry + sizeof(head), head.size) == key) return head.value;
  }
  return std::nullopt;
}

template class KeyTable<KnownThing>;
template class KeyTable<KnownSource>;

}  // namespace dossier
