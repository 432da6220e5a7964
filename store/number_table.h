// Which hash has which number, of what a load brings: numbers are given in order. The hashes lie in that order, and the
// table that finds them takes eight bytes a place, so what is read at random is small. Some 32 bytes a hash in all.
#ifndef DOSSIER_STORE_NUMBER_TABLE_H_
#define DOSSIER_STORE_NUMBER_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "graph/claim.h"

namespace dossier::store_internal {

class NumberTable {
 public:
  // The first that is added gets the number `first`.
  explicit NumberTable(uint32_t first) : first_(first) {}

  // Makes room for so many.
  void Reserve(size_t hashes);
  std::optional<uint32_t> Find(const ContentHash& hash) const;
  // Whoever will soon ask for `hash` spares itself waiting for memory.
  void Prefetch(const ContentHash& hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[PlaceOf(hash)]);
  }
  // Gives `hash` the next number. Precondition: it has none.
  void Add(const ContentHash& hash);

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
  static uint64_t Mixed(const ContentHash& hash);
  size_t PlaceOf(const ContentHash& hash) const { return Mixed(hash) & (slots_.size() - 1); }
  void Grow(size_t slots);
  void Put(const ContentHash& hash, size_t place);

  uint32_t first_;
  std::vector<ContentHash> hashes_;
  std::vector<Slot> slots_;  // a power of two, a third more than hashes at least
};

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_NUMBER_TABLE_H_
