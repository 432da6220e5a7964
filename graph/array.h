// Items side by side that never change: memory of its own, or memory that somebody lent, such as a mapped file.
#ifndef DOSSIER_GRAPH_ARRAY_H_
#define DOSSIER_GRAPH_ARRAY_H_

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace dossier {

// Lent memory must outlive the array.
template <typename T>
class Array {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Array() = default;
  Array(std::vector<T> items) : own_(std::move(items)), items_(own_) {}  // NOLINT: a vector is one
  static Array Lent(std::span<const T> items) {
    Array array;
    array.items_ = items;
    return array;
  }
  Array(Array&& other) noexcept : own_(std::move(other.own_)), items_(std::exchange(other.items_, {})) {}
  Array& operator=(Array&& other) noexcept {
    own_ = std::move(other.own_);
    items_ = std::exchange(other.items_, {});
    return *this;
  }

  const T& operator[](size_t i) const { return items_[i]; }
  const T* data() const { return items_.data(); }
  size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  const T* begin() const { return items_.data(); }
  const T* end() const { return items_.data() + items_.size(); }
  std::span<const T> span() const { return items_; }
  // The memory of all items, or of those from `begin` up to `end`, as far as it has them.
  std::span<const std::byte> bytes() const { return std::as_bytes(items_); }
  std::span<const std::byte> bytes(size_t begin, size_t end) const {
    end = std::min(end, items_.size());
    return begin < end ? std::as_bytes(items_.subspan(begin, end - begin)) : std::span<const std::byte>();
  }

 private:
  std::vector<T> own_;
  std::span<const T> items_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_ARRAY_H_
