// The claims on one edge: a part of a packed array that has each edge's claims side by side.
#ifndef DOSSIER_GRAPH_CLAIM_LIST_H_
#define DOSSIER_GRAPH_CLAIM_LIST_H_

#include <cstddef>
#include <cstdint>
#include <iterator>

#include "graph/id.h"
#include "graph/packed_array.h"

namespace dossier {

// In the order recorded. Looks into the image, which must outlive it.
class ClaimList {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = ClaimId;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = ClaimId;
    Iterator() = default;
    Iterator(const ClaimList* list, size_t place) : list_(list), place_(place) {}
    ClaimId operator*() const { return (*list_)[place_]; }
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
    const ClaimList* list_ = nullptr;
    size_t place_ = 0;
  };

  ClaimList() = default;
  // Items `begin` up to `end` of `claims`, where numbers from `count` on do not occur.
  ClaimList(const PackedArray* claims, size_t begin, size_t end, uint32_t count)
      : claims_(claims), begin_(begin), end_(end), count_(count) {}

  size_t size() const { return end_ - begin_; }
  bool empty() const { return begin_ == end_; }
  ClaimId operator[](size_t i) const {
    const uint64_t claim = (*claims_)[begin_ + i];
    return ClaimId(claim < count_ ? static_cast<uint32_t>(claim) : 0);  // beyond: of a damaged part
  }
  ClaimId front() const { return (*this)[0]; }
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

 private:
  const PackedArray* claims_ = nullptr;
  size_t begin_ = 0, end_ = 0;
  uint32_t count_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_CLAIM_LIST_H_
