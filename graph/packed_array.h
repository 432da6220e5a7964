// Whole numbers below 2^bits, side by side without gaps: a column of years takes six bits a cell. Reading one is a
// load, a shift and a mask, whatever the width.
//
// Immutable once made; may be read from many threads.
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

 private:
  size_t size_ = 0;
  unsigned bits_ = 0;
  std::vector<uint8_t> bytes_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_PACKED_ARRAY_H_
