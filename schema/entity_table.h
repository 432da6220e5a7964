// The entities that a load gives, by their keys. Not for use outside schema/.
#ifndef DOSSIER_SCHEMA_ENTITY_TABLE_H_
#define DOSSIER_SCHEMA_ENTITY_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "graph/base/text.h"

namespace dossier {

// A row of a load: which file, and where it begins and ends there.
struct RowId {
  uint32_t file = 0;
  size_t offset = 0;
  int line = 0;
  size_t end = 0;
  friend bool operator==(const RowId&, const RowId&) = default;
};

// Numbers the violations of a load in the order in which they are found.
using ViolationId = size_t;

struct KnownEntity {
  const std::vector<std::string>* types = nullptr;  // {"Document"} for a document; lives as long as the known things
  std::optional<RowId> row;                         // the first that gives it, if the load does
  bool accepted = false;            // a row of the load that gives it has nothing wrong, or it stands in the store
  ViolationId reason = 0;           // what is wrong with it, if not accepted
  std::optional<uint32_t> to_load;  // its place among the entities that the load adds or changes
};

// There are millions of them in a large load, so nothing of one is allocated, or given back, by itself. May be read by
// many threads while nobody adds.
class EntityTable {
 public:
  struct Entry {
    std::string_view key;
    KnownEntity entity;
  };

  EntityTable() : places_(0, Hash{this}, Same{this}) {}
  // Its parts know where they are.
  EntityTable(const EntityTable&) = delete;
  EntityTable& operator=(const EntityTable&) = delete;

  void Reserve(size_t entities) { places_.reserve(entities); }
  // The one of this key, made if it is not there yet. Stays where it is.
  Entry* Add(std::string_view key, bool* is_new) {
    const auto known = places_.find(key);
    *is_new = known == places_.end();
    if (!*is_new) return &at(*known);
    if (size_ % kInPiece == 0) pieces_.push_back(std::make_unique<Entry[]>(kInPiece));
    Entry* const entry = &at(size_);
    entry->key = Keep(key);
    places_.insert(static_cast<uint32_t>(size_++));
    return entry;
  }
  Entry* Find(std::string_view key) {
    const auto known = places_.find(key);
    return known == places_.end() ? nullptr : &at(*known);
  }
  size_t size() const { return size_; }
  // By the order in which they were added.
  Entry& at(size_t place) { return pieces_[place / kInPiece][place % kInPiece]; }

 private:
  struct Hash {
    using is_transparent = void;
    EntityTable* table;
    size_t operator()(std::string_view key) const { return absl::HashOf(ToAbsl(key)); }
    size_t operator()(uint32_t place) const { return (*this)(table->at(place).key); }
  };
  struct Same {
    using is_transparent = void;
    EntityTable* table;
    bool operator()(uint32_t place, std::string_view key) const { return table->at(place).key == key; }
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
  };

  std::string_view Keep(std::string_view key) {
    if (key.size() > room_) {
      room_ = key.size() > kKeyBytes / 8 ? key.size() : kKeyBytes;
      keys_.push_back(std::make_unique_for_overwrite<char[]>(room_));
      next_ = keys_.back().get();
    }
    char* const kept = next_;
    key.copy(kept, key.size());
    next_ += key.size();
    room_ -= key.size();
    return {kept, key.size()};
  }

  static constexpr size_t kKeyBytes = size_t{64} << 10, kInPiece = 1024;
  std::vector<std::unique_ptr<char[]>> keys_;
  char* next_ = nullptr;  // in the last of them
  size_t room_ = 0;       // there
  std::vector<std::unique_ptr<Entry[]>> pieces_;
  size_t size_ = 0;
  absl::flat_hash_set<uint32_t, Hash, Same> places_;
};

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_ENTITY_TABLE_H_
