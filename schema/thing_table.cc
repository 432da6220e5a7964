#include "schema/thing_table.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "absl/hash/hash.h"
#include "graph/base/huge_pages.h"
#include "graph/base/text.h"

namespace dossier {
namespace {

constexpr size_t kMostDigits = 9;
constexpr size_t kMostWords = 4096;  // beyond, words are no better than keys
// A family is worth it where it has so many keys, and no more numbers without one than so many for each.
constexpr size_t kFewestKeys = 16, kMostNumbersPerKey = 4;

uint64_t HashOfThing(std::string_view key) { return absl::Hash<absl::string_view>()(ToAbsl(key)); }

// Reads `key` as SplitNumber does if it is `word`, which ends in no digit, and a number as one writes it.
std::optional<uint32_t> NumberAfter(std::string_view word, std::string_view key) {
  if (key.size() <= word.size() || key.size() > word.size() + kMostDigits || !key.starts_with(word)) {
    return std::nullopt;
  }
  const char* at = key.data() + word.size();
  const char* const end = key.data() + key.size();
  if (*at == '0' && at + 1 != end) return std::nullopt;
  uint32_t number = 0;
  for (; at != end; ++at) {
    if (!IsDigit(*at)) return std::nullopt;
    number = number * 10 + static_cast<uint32_t>(*at - '0');
  }
  return number;
}

}  // namespace

std::optional<NumberedKey> SplitNumber(std::string_view key) {
  size_t begin = key.size();
  const size_t least = key.size() - std::min(key.size(), kMostDigits);
  while (begin > least && IsDigit(key[begin - 1])) --begin;
  while (begin + 1 < key.size() && key[begin] == '0') ++begin;  // a number as one writes it
  if (begin == key.size()) return std::nullopt;
  NumberedKey numbered{key.substr(0, begin), 0};
  for (const char digit : key.substr(begin))
    numbered.number = numbered.number * 10 + static_cast<uint32_t>(digit - '0');
  return numbered;
}

template <typename Value>
void ThingTable<Value>::Append(std::string_view key, const Value& value, std::string* bytes) {
  const Head head = {value, static_cast<uint32_t>(key.size())};
  bytes->append(reinterpret_cast<const char*>(&head), sizeof(head));
  *bytes += key;
}

template <typename Value>
template <typename Visit>
void ThingTable<Value>::ForEach(const std::string& bytes, const Visit& visit) {
  for (size_t at = 0; at < bytes.size();) {
    Head head;
    std::memcpy(&head, bytes.data() + at, sizeof(head));
    visit(at, std::string_view(bytes).substr(at + sizeof(head), head.size), head.value);
    at += sizeof(head) + head.size;
  }
}

template <typename Value>
void ThingTable<Value>::Add(std::string_view key, const Value& value) {
  Append(key, value, &bytes_);
}

template <typename Value>
void ThingTable<Value>::FindFamilies() {
  // Keys mostly come with the others of their word.
  std::string_view last_word;
  Family* last = nullptr;
  ForEach(bytes_, [&, this](size_t, std::string_view key, const Value&) {
    const auto numbered = SplitNumber(key);
    if (!numbered.has_value()) return;
    if (last == nullptr || numbered->word != last_word) {
      auto at = families_.find(ToAbsl(numbered->word));
      if (at == families_.end()) {
        if (families_.size() == kMostWords) return;
        at = families_.try_emplace(std::string(numbered->word)).first;
      }
      last_word = numbered->word;
      last = &at->second;
    }
    ++last->keys;
    last->largest = std::max(last->largest, numbered->number);
  });
  for (auto at = families_.begin(); at != families_.end();) {
    Family& family = at->second;
    const size_t numbers = family.largest + size_t{1};
    if (family.keys < kFewestKeys || numbers / kMostNumbersPerKey > family.keys) {
      families_.erase(at++);
      continue;
    }
    family.values = HugeVector<Value>(numbers);
    family.given.resize(numbers);
    ++at;
  }
}

template <typename Value>
void ThingTable<Value>::Settle() {
  FindFamilies();
  for (auto& [word, family] : families_) family.full = family.keys == family.values.size();
  std::string others;
  size_t keys = 0;
  std::string_view last_word;
  Family* last = nullptr;
  ForEach(bytes_, [&](size_t, std::string_view key, const Value& value) {
    if (const auto numbered = SplitNumber(key)) {
      if (last == nullptr || numbered->word != last_word) {
        const auto at = families_.find(ToAbsl(numbered->word));
        last_word = numbered->word;
        last = at == families_.end() ? nullptr : &at->second;
      }
      if (last != nullptr) {
        last->values[numbered->number] = value;
        last->given[numbered->number] = true;
        return;
      }
    }
    // Places are of 32 bits; what does not fit is not known here, and is looked up elsewhere.
    if (others.size() + sizeof(Head) + key.size() >= UINT32_MAX) return;
    Append(key, value, &others);
    ++keys;
  });
  bytes_ = std::move(others);
  if (keys == 0) return;
  slots_ = HugeVector<Slot>(std::bit_ceil(2 * keys));
  ForEach(bytes_, [this](size_t place, std::string_view key, const Value&) {
    const uint64_t hash = HashOfThing(key);
    size_t at = hash & (slots_.size() - 1);
    while (slots_[at].place != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {static_cast<uint32_t>(hash >> 32), static_cast<uint32_t>(place + 1)};
  });
}

template <typename Value>
typename ThingTable<Value>::Place ThingTable<Value>::PlaceOf(std::string_view key) const {
  Place place;
  if (!families_.empty()) {
    if (const auto numbered = SplitNumber(key)) {
      const auto at = families_.find(ToAbsl(numbered->word));
      if (at != families_.end()) {
        place.family = &at->second;
        place.at = numbered->number;
        return place;
      }
    }
  }
  if (!slots_.empty()) place.at = HashOfThing(key);
  return place;
}

template <typename Value>
typename ThingTable<Value>::Place ThingTable<Value>::PlaceOf(std::string_view key, LastWord* last) const {
  Place place;
  if (last->family != nullptr) {
    if (const auto number = NumberAfter(last->word, key)) {
      place.family = last->family;
      place.at = *number;
      return place;
    }
  }
  place = PlaceOf(key);
  if (place.family == nullptr) return place;
  const std::string_view word = SplitNumber(key)->word;
  if (!word.empty() && !IsDigit(word.back())) {
    last->word = families_.find(ToAbsl(word))->first;
    last->family = place.family;
  }
  return place;
}

template <typename Value>
std::optional<Value> ThingTable<Value>::Find(std::string_view key, const Place& place) const {
  if (const Family* const family = place.family) {
    if (place.at >= family->values.size() || !(family->full || family->given[place.at])) return std::nullopt;
    return family->values[place.at];
  }
  if (slots_.empty()) return std::nullopt;
  const auto tag = static_cast<uint32_t>(place.at >> 32);
  for (size_t at = place.at & (slots_.size() - 1); slots_[at].place != 0; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].tag != tag) continue;
    const char* const entry = bytes_.data() + slots_[at].place - 1;
    Head head;
    std::memcpy(&head, entry, sizeof(head));
    if (std::string_view(entry + sizeof(head), head.size) == key) return head.value;
  }
  return std::nullopt;
}

template class ThingTable<KnownThing>;
template class ThingTable<KnownSource>;

}  // namespace dossier
