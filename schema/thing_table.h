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

#include "absl/container/flat_hash_map.h"

namespace dossier {

// A key as a word and the number that it ends with: "report/17" is "report/" and 17, "007" is "00" and 7. One key has
// one such reading, and two keys never have the same.
struct NumberedKey {
  std::string_view word;
  uint32_t number = 0;
};
// nullopt for a key that does not end in a digit.
std::optional<NumberedKey> SplitNumber(std::string_view key);

// From keys to small values. Rows refer to things in no order, so that a look-up is mostly waiting for memory, and what
// counts is how little of it is looked at:
//   - Keys that are one word with many numbers, as whatever comes from a table of another database has them, need only
//     a value for each number up to the largest: one read, of memory that mostly lies in a cache.
//   - Any other key lies beside its value, and the table that leads there takes eight bytes a place: two reads, and
//     some 50 bytes a key.
// Read by any number of threads once it is settled.
template <typename Value>
class ThingTable {
  static_assert(std::is_trivially_copyable_v<Value>);
  struct Family;

 public:
  // Precondition: `key` is not in it, and it is not settled.
  void Add(std::string_view key, const Value& value);
  // Between the last Add and the first question.
  void Settle();

  // A look-up in steps, between which the memory that the next one reads is fetched. A place lives as long as the
  // table.
  class Place {
    friend class ThingTable;
    const Family* family = nullptr;
    uint64_t at = 0;  // the number in the family, or the hash of the key
  };
  Place PlaceOf(std::string_view key) const;
  // The same for whoever mostly asks for keys of one word: it is remembered in `last`, one for each kind of reference
  // and for each thread, of this table alone.
  class LastWord {
    friend class ThingTable;
    std::string_view word;
    const Family* family = nullptr;
  };
  Place PlaceOf(std::string_view key, LastWord* last) const;
  // Inlined, as the compiler drops calls of what does nothing but fetch.
  [[gnu::always_inline]] void Fetch(const Place& place) const {
    if (place.family != nullptr) {
      if (place.at < place.family->values.size()) __builtin_prefetch(&place.family->values[place.at]);
    } else if (!slots_.empty()) {
      __builtin_prefetch(&slots_[place.at & (slots_.size() - 1)]);
    }
  }
  [[gnu::always_inline]] void FetchEntry(const Place& place) const {
    if (place.family != nullptr || slots_.empty()) return;
    const Slot& slot = slots_[place.at & (slots_.size() - 1)];
    if (slot.place != 0) __builtin_prefetch(bytes_.data() + slot.place - 1);
  }
  std::optional<Value> Find(std::string_view key, const Place& place) const;
  std::optional<Value> Find(std::string_view key) const { return Find(key, PlaceOf(key)); }

 private:
  // The keys of one word.
  struct Family {
    size_t keys = 0;
    uint32_t largest = 0;
    bool full = false;          // each number up to the largest has a key
    std::vector<Value> values;  // by number
    std::vector<bool> given;
  };
  struct Slot {
    uint32_t tag = 0;
    uint32_t place = 0;  // 1 + where in bytes_ its value begins, then the key's length and the key; 0: free
  };
  struct Head {
    Value value;
    uint32_t size = 0;
  };
  static void Append(std::string_view key, const Value& value, std::string* bytes);
  // Calls `visit(place, key, value)` for all that lie in `bytes`.
  template <typename Visit>
  static void ForEach(const std::string& bytes, const Visit& visit);
  void FindFamilies();

  std::string bytes_;        // until it is settled of all keys, then of those that are in no family
  std::vector<Slot> slots_;  // a power of two, or none
  absl::flat_hash_map<std::string, Family> families_;  // by their word
};

// An entity, or a document where an entity may stand.
struct KnownThing {
  uint32_t number = 0;
  uint32_t types : 31 = 0;  // which of the lists of types that occur
  bool is_document : 1 = false;
};

struct KnownSource {
  uint32_t number = 0;
  uint32_t publisher_number = 0;
  bool publisher_known = false;  // and an entity
  std::string_view publisher;    // key; empty: none
};

extern template class ThingTable<KnownThing>;
extern template class ThingTable<KnownSource>;

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_THING_TABLE_H_
