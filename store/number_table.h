// Hashes and the numbers they have: for the writer of a load, which meets millions of them in no order.
//
// The hashes themselves lie one behind the other in the order of their numbers, as the index wants them; the table
// that finds them takes eight bytes a place, so what is read at random is small. It is made when something is first
// looked for: some 16 bytes a hash, and another 12 from then on.
#ifndef DOSSIER_STORE_NUMBER_TABLE_H_
#define DOSSIER_STORE_NUMBER_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

#include "graph/base/fetch_pages.h"
#include "graph/claim.h"

namespace dossier::store_internal {

class NumberTable {
 public:
  // The first that is added gets the number `first`.
  explicit NumberTable(uint32_t first) : first_(first) {}

  // Makes room for so many.
  void Reserve(size_t hashes);
  // Has the system give the memory for so many, as far as there is room made for them. Nobody may add any meanwhile.
  void FetchMemory(size_t hashes) const { FetchPages(hashes_, hashes); }
  std::optional<uint32_t> Find(const ContentHash& hash);
  // Whoever will soon ask for `hash` spares itself waiting for memory.
  [[gnu::always_inline]] void Prefetch(const ContentHash& hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[PlaceOf(Mixed(hash))]);
  }
  // Gives `hash` the next number. Precondition: it has none.
  void Add(const ContentHash& hash) { hashes_.push_back(hash); }

  // Gives back what it finds hashes by. From then on there is nothing but hashes().
  void ForgetPlaces() { slots_ = {}; }

  // By number, the first one's first.
  std::span<const ContentHash> hashes() const { return hashes_; }
  uint32_t first() const { return first_; }

 private:
  struct Slot {
    uint32_t tag = 0;
    uint32_t place = 0;  // 1 + that in hashes_; 0: free
  };
  // Ids that were given may be numbers in disguise, so their bits are mixed.
  static uint64_t Mixed(const ContentHash& hash) {
    uint64_t halves[2];
    static_assert(sizeof(halves) == sizeof(hash));
    std::memcpy(halves, hash.data(), sizeof(halves));
    uint64_t word = (halves[0] ^ halves[0] >> 32) * 0x9E3779B97F4A7C15 ^ halves[1];
    word = (word ^ word >> 33) * 0xFF51AFD7ED558CCD;
    return word ^ word >> 33;
  }
  size_t PlaceOf(uint64_t mixed) const {
    return static_cast<size_t>(static_cast<unsigned __int128>(mixed) * slots_.size() >> 64);
  }
  void PlaceRest();

  uint32_t first_;
  std::vector<ContentHash> hashes_;
  size_t placed_ = 0;        // so many of them can be found
  std::vector<Slot> slots_;  // a third more than hashes at least
};

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_NUMBER_TABLE_H_
