#include "store/number_table.h"

#include <bit>
#include <cstring>

#include "graph/base/huge_pages.h"

namespace dossier::store_internal {

// Ids that were given may be numbers in disguise, so their bits are mixed.
uint64_t NumberTable::Mixed(const ContentHash& hash) {
  uint64_t halves[2];
  static_assert(sizeof(halves) == sizeof(hash));
  std::memcpy(halves, hash.data(), sizeof(halves));
  uint64_t word = (halves[0] ^ halves[0] >> 32) * 0x9E3779B97F4A7C15 ^ halves[1];
  word = (word ^ word >> 33) * 0xFF51AFD7ED558CCD;
  return word ^ word >> 33;
}

void NumberTable::Reserve(size_t hashes) {
  hashes_.reserve(hashes);
  UseHugePages(hashes_.data(), hashes * sizeof(ContentHash));
  const size_t slots = std::bit_ceil(hashes + hashes / 3);
  if (hashes > 0 && slots > slots_.size()) Grow(slots);
}

void NumberTable::Grow(size_t slots) {
  slots_.clear();
  slots_.reserve(slots);
  UseHugePages(slots_.data(), slots * sizeof(Slot));
  slots_.assign(slots, Slot());
  for (size_t i = 0; i < hashes_.size(); ++i) Put(hashes_[i], i);
}

void NumberTable::Put(const ContentHash& hash, size_t place) {
  const uint64_t mixed = Mixed(hash);
  size_t at = mixed & (slots_.size() - 1);
  while (slots_[at].place != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = {static_cast<uint32_t>(mixed >> 32), static_cast<uint32_t>(place + 1)};
}

std::optional<uint32_t> NumberTable::Find(const ContentHash& hash) const {
  if (slots_.empty()) return std::nullopt;
  const uint64_t mixed = Mixed(hash);
  const auto tag = static_cast<uint32_t>(mixed >> 32);
  for (size_t at = mixed & (slots_.size() - 1); slots_[at].place != 0; at = (at + 1) & (slots_.size() - 1)) {
    const size_t place = slots_[at].place - 1;
    if (slots_[at].tag == tag && hashes_[place] == hash) return first_ + static_cast<uint32_t>(place);
  }
  return std::nullopt;
}

void NumberTable::Add(const ContentHash& hash) {
  hashes_.push_back(hash);
  if (hashes_.size() + hashes_.size() / 3 >= slots_.size()) return Grow(std::bit_ceil(2 * hashes_.size() + 2));
  Put(hash, hashes_.size() - 1);
}

}  // namespace dossier::store_internal
