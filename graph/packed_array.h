// Whole numbers as a straight line and what each is above it, in as many bits as that takes:
// item[i] = base + slope * i + bits[i]. A constant or a row of neighbours takes no memory at all, a column of years six
// bits a cell. Reading one is a load, a shift, a mask and a multiplication, whatever the width.
//
// Immutable once made; may be read from many threads. (store/column.h lays the same thing down in bytes of its own.)
#ifndef DOSSIER_GRAPH_PACKED_ARRAY_H_
#define DOSSIER_GRAPH_PACKED_ARRAY_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "graph/array.h"
#include "graph/image_archive.h"

namespace dossier {

class PackedArray {
 public:
  static constexpr unsigned kMaxBits = 56;  // so that an unaligned load of eight bytes holds any cell

  PackedArray() = default;
  // Values must be below 2^56. Flat: with a slope of 0, so that every value that bits can make lies between the least
  // value and the next power of two above the largest; of a damaged part (graph/image_archive.h) all are the least one.
  // A line is for numbers that rise; whoever reads them from a lent part must expect any number there.
  static PackedArray Flat(std::span<const uint64_t> values);
  static PackedArray Line(std::span<const uint64_t> values);
  static PackedArray Flat32(std::span<const uint32_t> values);
  static PackedArray Line32(std::span<const uint32_t> values);

  [[gnu::always_inline]] uint64_t operator[](size_t i) const { return reader()[i]; }
  // For loops that write numbers as they read: what the array is made of, where the compiler need not fear that it was
  // written to. The array must outlive it.
  class Reader {
   public:
    [[gnu::always_inline]] uint64_t operator[](size_t i) const {
      if (bits_ == 0) return base_ + slope_ * i;
      const size_t bit = i * bits_;
      uint64_t word;
      std::memcpy(&word, bytes_ + bit / 8, sizeof word);
      return base_ + slope_ * i + (word >> (bit % 8) & ((uint64_t{1} << bits_) - 1));
    }

   private:
    friend class PackedArray;
    [[gnu::always_inline]] explicit Reader(const PackedArray& array)
        : base_(array.base_), slope_(array.slope_), bits_(array.bits_), bytes_(array.bytes_.data()) {}
    uint64_t base_, slope_;
    unsigned bits_;
    const uint8_t* bytes_;
  };
  [[gnu::always_inline]] Reader reader() const { return Reader(*this); }
  // Place of the first item that is not below `value`; items must rise.
  size_t LowerBound(uint64_t value) const {
    size_t begin = 0, end = size_;
    while (begin < end) {
      const size_t middle = begin + (end - begin) / 2;
      if ((*this)[middle] < value) {
        begin = middle + 1;
      } else {
        end = middle;
      }
    }
    return begin;
  }
  // The memory in which the items from `begin` up to `end` lie, as far as it has them.
  std::span<const std::byte> bytes(size_t begin, size_t end) const {
    return bytes_.bytes(begin * bits_ / 8, bits_ == 0 || begin >= end ? 0 : end * bits_ / 8 + 8);
  }
  std::span<const std::byte> bytes() const { return bytes_.bytes(); }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  // Whether item i is i.
  bool counts_up() const { return bits_ == 0 && base_ == 0 && slope_ == 1; }

  void Archive(ImageArchive* archive) {
    archive->Number(&size_);
    archive->Number(&base_);
    archive->Number(&slope_);
    archive->Number(&bits_);
    archive->Items(&bytes_);
    if (archive->reading() && (bits_ > kMaxBits || bytes_.size() < BytesFor(size_, bits_))) {
      *this = PackedArray();
      archive->Fail();
    }
  }

 private:
  struct Shape {
    uint64_t base = 0, slope = 0;
    unsigned bits = 0;
  };
  template <typename Number>
  static Shape ShapeOf(std::span<const Number> values, uint64_t slope);
  template <typename Number>
  static PackedArray Pack(std::span<const Number> values, const Shape& shape);
  template <typename Number>
  static PackedArray FlatOf(std::span<const Number> values);
  template <typename Number>
  static PackedArray LineOf(std::span<const Number> values);
  static size_t BytesFor(size_t size, unsigned bits) { return bits == 0 ? 0 : (size * bits + 7) / 8 + 8; }

  size_t size_ = 0;
  uint64_t base_ = 0, slope_ = 0;  // modulo 2^64
  unsigned bits_ = 0;
  Array<uint8_t> bytes_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_PACKED_ARRAY_H_
