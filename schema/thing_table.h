// What the rows of a load refer to, as the numbers that the store has given: keys are looked up here once a reference,
// from all threads. Not for use outside schema/.
#ifndef DOSSIER_SCHEMA_THING_TABLE_H_
#define DOSSIER_SCHEMA_THING_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// From keys to small values. A key lies beside its value, and the table of places is four bytes and four of hash a key,
// so that a look-up is two reads of memory. Some 50 bytes a key. Read by any number of threads while nobody adds.
template <typename Value>
class KeyTable {
 public:
  // Makes room for so many.
  void Reserve(size_t keys);
  // Precondition: `key` is not in it.
  void Add(std::string_view key, const Value& value);
  // Null if it is not in it. Until the next Add.
  const Value* Find(std::string_view key) const;
  size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Value value;
    uint32_t key = 0;  // where it begins in keys_
    uint32_t size = 0;
  };
  struct Slot {
    uint32_t tag = 0;
    uint32_t place = 0;  // 1 + that of the entry; 0: free
  };
  static uint64_t HashOf(std::string_view key);
  void Grow(size_t slots);

  std::vector<Slot> slots_;
  std::vector<Entry> entries_;
  std::string keys_;
};

// An entity, or a document where an entity may stand.
struct KnownThing {
  uint32_t number = 0;
  uint32_t types = 0;  // which of the lists of types that occur
  bool is_document = false;
};

struct KnownSource {
  uint32_t number = 0;
  std::string_view publisher;  // key; empty: none
};

extern template class KeyTable<KnownThing>;
extern template class KeyTable<KnownSource>;

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_THING_TABLE_H_
