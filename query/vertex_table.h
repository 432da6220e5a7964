// From vertices to what a search knows of each, for searches that look at few of many: open addressing in one array,
// which costs a query that meets a hundred vertices as little as it should.
#ifndef DOSSIER_QUERY_VERTEX_TABLE_H_
#define DOSSIER_QUERY_VERTEX_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/id.h"

namespace dossier {

// `Entry` is a small struct whose member `vertex` is the key; it is valid in every entry that is in the table.
template <typename Entry>
class VertexTable {
 public:
  void Clear() {
    if (entries_.size() > kMostKept) {
      entries_ = {};
      shift_ = kFirstShift;
    } else if (size_ > 0) {
      entries_.assign(entries_.size(), Entry());
    }
    size_ = 0;
  }
  size_t size() const { return size_; }
  uint64_t bytes() const { return entries_.size() * sizeof(Entry); }

  // Null where the vertex is not there. Good until the next Insert.
  const Entry* Find(VertexId vertex) const {
    if (size_ == 0) return nullptr;
    const Entry& entry = entries_[PlaceOf(vertex)];
    return entry.vertex.valid() ? &entry : nullptr;
  }
  // The entry of the vertex, and whether it is new: then nothing but its vertex is set.
  std::pair<Entry*, bool> Insert(VertexId vertex) {
    if (2 * (size_ + 1) > entries_.size()) Grow();
    Entry& entry = entries_[PlaceOf(vertex)];
    if (entry.vertex.valid()) return {&entry, false};
    entry.vertex = vertex;
    ++size_;
    return {&entry, true};
  }

 private:
  static constexpr size_t kFirst = 256, kMostKept = 16 * kFirst;
  size_t PlaceOf(VertexId vertex) const {
    size_t place = (vertex.value * uint64_t{0x9E3779B97F4A7C15}) >> shift_;
    while (entries_[place].vertex.valid() && entries_[place].vertex != vertex)
      place = (place + 1) & (entries_.size() - 1);
    return place;
  }
  void Grow() {
    std::vector<Entry> old(entries_.empty() ? kFirst : 2 * entries_.size());
    old.swap(entries_);
    shift_ = old.empty() ? kFirstShift : shift_ - 1;
    for (const Entry& entry : old) {
      if (entry.vertex.valid()) entries_[PlaceOf(entry.vertex)] = entry;
    }
  }

  static constexpr unsigned kFirstShift = 64 - 8;
  static_assert(size_t{1} << (64 - kFirstShift) == kFirst);
  std::vector<Entry> entries_;  // as many as a power of two; those without a vertex are free
  unsigned shift_ = kFirstShift;
  size_t size_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_VERTEX_TABLE_H_
