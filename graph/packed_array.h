// Whole numbers below 2^bits, side by side without gaps: a column of years takes six bits a cell. Reading one is a
// load, a shift and a mask, whatever the width.
//
// Array is memory that is either owned or lent: columns read both alike, whether they were just built or lie in a
// mapped file. Both are immutable once made and may be read from many threads.
#ifndef DOSSIER_GRAPH_PACKED_ARRAY_H_
#define DOSSIER_GRAPH_PACKED_ARRAY_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

namespace dossier {

template <typename T>
class Array {
 public:
  Array() = default;
  Array(std::vector<T> owned) : owned_(std::move(owned)), items_(owned_) {}  // NOLINT: a vector is an array
  // `lent` must outlive the array.
  static Array Lent(std::span<const T> lent) {
    Array array;
    array.items_ = lent;
    return array;
  }
  Array(Array&& other) noexcept { *this = std::move(other); }
  Array& operator=(Array&& other) noexcept {
    const bool owned = other.items_.data() == other.owned_.data();
    const std::span<const T> items = other.items_;
    owned_ = std::move(other.owned_);
    items_ = owned ? std::span<const T>(owned_) : items;
    other.items_ = {};
    return *this;
  }

  const T& operator[](size_t i) const { return items_[i]; }
  size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  const T* data() const { return items_.data(); }
  const T* begin() const { return items_.data(); }
  const T* end() const { return items_.data() + items_.size(); }
  std::span<const T> span() const { return items_; }

 private:
  std::vector<T> owned_;
  std::span<const T> items_;
};

class PackedArray {
 public:
  static constexpr unsigned kMaxBits = 56;  // so that an unaligned load of eight bytes holds any cell

  PackedArray() = default;
  // Values must be below 2^56.
  static PackedArray Of(std::span<const uint64_t> values) {
    uint64_t largest = 0;
    for (const uint64_t value : values) largest |= value;
    PackedArray packed;
    packed.size_ = values.size();
    packed.bits_ = static_cast<unsigned>(std::bit_width(largest));
    std::vector<uint8_t> bytes((values.size() * packed.bits_ + 7) / 8 + 8);
    for (size_t i = 0; i < values.size(); ++i) {
      const size_t bit = i * packed.bits_;
      uint64_t word;
      std::memcpy(&word, bytes.data() + bit / 8, sizeof word);
      word |= values[i] << (bit % 8);
      std::memcpy(bytes.data() + bit / 8, &word, sizeof word);
    }
    packed.bytes_ = std::move(bytes);
    return packed;
  }

  uint64_t operator[](size_t i) const {
    const size_t bit = i * bits_;
    uint64_t word;
    std::memcpy(&word, bytes_.data() + bit / 8, sizeof word);
    return word >> (bit % 8) & ((uint64_t{1} << bits_) - 1);
  }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // Calls visit for each field, for reading and writing files.
  template <typename Visitor>
  void Visit(Visitor& visit) {
    visit(size_);
    visit(bits_);
    visit(bytes_);
  }

 private:
  size_t size_ = 0;
  unsigned bits_ = 0;
  Array<uint8_t> bytes_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_PACKED_ARRAY_H_
