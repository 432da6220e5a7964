// What the rows of a load refer to, as the numbers that the store has given: keys are looked up here once a reference,
// from all threads. Not for use outside schema/.
#ifndef DOSSIER_SCHEMA_THING_TABLE_H_
#define DOSSIER_SCHEMA_THING_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace dossier {

// From keys to small values. A key lies beside its value, and the table that leads there takes eight bytes a place, so
// that a look-up is two reads of memory. Some 50 bytes a key. Read by any number of threads while nobody adds.
template <typename Value>
class KeyTable {
  static_assert(std::is_trivially_copyable_v<Value>);

 public:
  // Precondition: `key` is not in it.
  void Add(std::string_view key, const Value& value);
  std::optional<Value> Find(std::string_view key) const { return Find(key, HashOf(key)); }

  // A look-up in steps, between which the memory that the next one reads is fetched.
  static uint64_t HashOf(std::string_view key);
  void FetchSlot(uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }
  void FetchEntry(uint64_t hash) const {
    if (slots_.empty()) return;
    const Slot& slot = slots_[hash & (slots_.size() - 1)];
    if (slot.place != 0) __builtin_prefetch(bytes_.data() + slot.place - 1);
  }
  std::optional<Value> Find(std::string_view key, uint64_t hash) const;

 private:
  struct Slot {
    uint32_t tag = 0;
    uint32_t place = 0;  // 1 + where in bytes_ its value begins, then the key's length and the key; 0: free
  };
  struct Head {
    Value value;
    uint32_t size = 0;
  };
  void Put(uint64_t hash, uint32_t place);
  void Grow(size_t slots);

  std::vector<Slot> slots_;  // a power of two
  size_t size_ = 0;
  std::string bytes_;
};

// An entity, or a document where an entity may stand.
struct KnownThing {
  uint32_t number = 0;
  uint32_t types = 0;  // which of the lists of types that occur
  bool is_document = false;
};

struct KnownSource {
  uint32_t number = 0;
  uint32_t publisher_number = 0;
  bool publisher_known = false;  // and an entity
  std::string_view publisher;    // key; empty: none
};

extern template class KeyTable<KnownThing>;
extern template class KeyTable<KnownSource>;

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_THING_TABLE_H_
