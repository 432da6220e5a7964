// Items one behind the other, of which nobody knows beforehand how many there will be: maybe ten, maybe ten millions.
// A vector that grows moves what it has again and again, and leaves memory behind that the system has to clear anew;
// this keeps what it has where it is, in pieces that are given back one by one when all of it becomes a vector.
#ifndef DOSSIER_GRAPH_BASE_LONG_LIST_H_
#define DOSSIER_GRAPH_BASE_LONG_LIST_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#include "graph/base/huge_pages.h"

namespace dossier {

template <typename T>
class LongList {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  LongList() = default;
  LongList(LongList&& other) noexcept { Swap(other); }
  LongList& operator=(LongList&& other) noexcept {
    LongList(std::move(other)).Swap(*this);
    return *this;
  }

  void push_back(const T& item) {
    if (next_ == end_) Grow();
    new (next_++) T(item);
  }
  size_t size() const { return full_ + LastItems(); }
  bool empty() const { return size() == 0; }
  // Calls `visit` for each item, in order, which may change it.
  template <typename Visit>
  void ForEach(const Visit& visit) {
    for (size_t i = 0; i < pieces_.size(); ++i) {
      for (T *item = pieces_[i].get(), *end = item + ItemsOf(i); item != end; ++item) visit(*item);
    }
  }
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (size_t i = 0; i < pieces_.size(); ++i) {
      for (const T *item = pieces_[i].get(), *end = item + ItemsOf(i); item != end; ++item) visit(*item);
    }
  }
  // Leaves the list empty.
  std::vector<T> Take() {
    std::vector<T> all;
    ReserveHuge(size(), &all);
    for (size_t i = 0; i < pieces_.size(); ++i) {
      all.insert(all.end(), pieces_[i].get(), pieces_[i].get() + ItemsOf(i));
      pieces_[i].reset();
    }
    *this = LongList();
    return all;
  }

 private:
  static constexpr size_t kSmallest = size_t{1} << 10, kLargest = size_t{4} << 20;  // bytes

  struct Release {
    size_t bytes = 0;
    void operator()(T* items) const { ::operator delete(items); }
  };
  using Piece = std::unique_ptr<T[], Release>;

  static Piece MakePiece(size_t bytes) {
    Piece piece(static_cast<T*>(::operator new(bytes)), Release{bytes});
    UseHugePages(piece.get(), bytes);
    return piece;
  }
  void Grow() {
    const size_t bytes = pieces_.empty() ? kSmallest : std::min(2 * pieces_.back().get_deleter().bytes, kLargest);
    const size_t last = LastItems();
    pieces_.push_back(MakePiece(bytes));
    full_ += last;
    next_ = pieces_.back().get();
    end_ = next_ + bytes / sizeof(T);
  }
  size_t LastItems() const { return pieces_.empty() ? 0 : static_cast<size_t>(next_ - pieces_.back().get()); }
  size_t ItemsOf(size_t piece) const {
    return piece + 1 == pieces_.size() ? LastItems() : pieces_[piece].get_deleter().bytes / sizeof(T);
  }
  void Swap(LongList& other) noexcept {
    std::swap(pieces_, other.pieces_);
    std::swap(full_, other.full_);
    std::swap(next_, other.next_);
    std::swap(end_, other.end_);
  }

  std::vector<Piece> pieces_;  // all full but the last one
  size_t full_ = 0;            // items in those that are full
  T* next_ = nullptr;          // in the last one
  T* end_ = nullptr;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_BASE_LONG_LIST_H_
