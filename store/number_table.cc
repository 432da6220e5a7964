#include "store/number_table.h"

#include <algorithm>

#include "graph/base/huge_pages.h"

namespace dossier::store_internal {
namespace {

constexpr size_t kPlacedAhead = 16;  // so many hashes ahead the table is fetched into the caches

}  // namespace

void NumberTable::Reserve(size_t hashes) { ReserveHuge(hashes, &hashes_); }

void NumberTable::PlaceRest() {
  if (hashes_.size() + hashes_.size() / 3 >= slots_.size()) {
    // For all that there is room for, if it is not too little for more than these.
    const size_t hashes = std::max(2 * placed_ + 16, hashes_.capacity());
    slots_ = {};
    slots_ = HugeVector<Slot>(hashes + hashes / 2);
    placed_ = 0;
  }
  for (; placed_ < hashes_.size(); ++placed_) {
    if (placed_ + kPlacedAhead < hashes_.size()) Prefetch(hashes_[placed_ + kPlacedAhead]);
    const uint64_t mixed = Mixed(hashes_[placed_]);
    size_t at = PlaceOf(mixed);
    while (slots_[at].place != 0) at = at + 1 == slots_.size() ? 0 : at + 1;
    slots_[at] = {static_cast<uint32_t>(mixed), static_cast<uint32_t>(placed_ + 1)};
  }
}

std::optional<uint32_t> NumberTable::Find(const ContentHash& hash) {
  if (placed_ < hashes_.size()) PlaceRest();
  if (slots_.empty()) return std::nullopt;
  const uint64_t mixed = Mixed(hash);
  const auto tag = static_cast<uint32_t>(mixed);
  for (size_t at = PlaceOf(mixed); slots_[at].place != 0; at = at + 1 == slots_.size() ? 0 : at + 1) {
    const size_t place = slots_[at].place - 1;
    if (slots_[at].tag == tag && hashes_[place] == hash) return first_ + static_cast<uint32_t>(place);
  }
  return std::nullopt;
}

}  // namespace dossier::store_internal
