// A list of numbers that is a part of a packed array: the claims on an edge, the literals of a vertex.
#ifndef DOSSIER_GRAPH_PACKED_LIST_H_
#define DOSSIER_GRAPH_PACKED_LIST_H_

#include <cstddef>
#include <cstdint>
#include <iterator>

#include "graph/id.h"
#include "graph/packed_array.h"

namespace dossier {

// Looks into the array, which must outlive it.
template <typename Id>
class PackedList {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Id;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Id;
    Iterator() = default;
    Iterator(const PackedList* list, size_t place) : list_(list), place_(place) {}
    Id operator*() const { return (*list_)[place_]; }
    Iterator& operator++() {
      ++place_;
      return *this;
    }
    Iterator operator++(int) { return {list_, place_++}; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.place_ == b.place_; }
    friend difference_type operator-(const Iterator& a, const Iterator& b) {
      return static_cast<difference_type>(a.place_) - static_cast<difference_type>(b.place_);
    }

   private:
    const PackedList* list_ = nullptr;
    size_t place_ = 0;
  };

  PackedList() = default;
  // Items `begin` up to `end` of `items`, where numbers from `count` on do not occur.
  PackedList(const PackedArray* items, size_t begin, size_t end, uint32_t count)
      : items_(items), begin_(begin), end_(end), count_(count) {}

  size_t size() const { return end_ - begin_; }
  bool empty() const { return begin_ == end_; }
  Id operator[](size_t i) const {
    const uint64_t id = (*items_)[begin_ + i];
    return Id(id < count_ ? static_cast<uint32_t>(id) : 0);  // beyond: of a damaged part
  }
  Id front() const { return (*this)[0]; }
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

 private:
  const PackedArray* items_ = nullptr;
  size_t begin_ = 0, end_ = 0;
  uint32_t count_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_PACKED_LIST_H_
