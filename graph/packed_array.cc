#include "graph/packed_array.h"

#include <algorithm>

#include "graph/base/huge_pages.h"

namespace dossier {

// The line of this slope below all values, and how far above it they lie.
template <typename Number>
PackedArray::Shape PackedArray::ShapeOf(std::span<const Number> values, uint64_t slope) {
  auto least = static_cast<int64_t>(values[0]), most = least;
  for (size_t i = 1; i < values.size(); ++i) {
    const auto above = static_cast<int64_t>(values[i] - slope * i);
    least = std::min(least, above);
    most = std::max(most, above);
  }
  const uint64_t range = static_cast<uint64_t>(most) - static_cast<uint64_t>(least);
  return {static_cast<uint64_t>(least), slope, static_cast<unsigned>(std::bit_width(range))};
}

template <typename Number>
PackedArray PackedArray::Pack(std::span<const Number> values, const Shape& shape) {
  PackedArray packed;
  packed.size_ = values.size();
  packed.base_ = shape.base;
  packed.slope_ = shape.slope;
  packed.bits_ = shape.bits;
  if (shape.bits == 0) return packed;
  auto bytes = HugeVector<uint8_t>(BytesFor(values.size(), shape.bits));
  uint8_t* out = bytes.data();
  uint64_t word = 0;  // bits that are not written yet, less than eight of them between two cells
  unsigned filled = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    word |= (values[i] - shape.base - shape.slope * i) << filled;
    filled += shape.bits;
    std::memcpy(out, &word, sizeof word);  // there are eight bytes more than the cells take
    out += filled / 8;
    word >>= filled / 8 * 8;
    filled %= 8;
  }
  packed.bytes_ = std::move(bytes);
  return packed;
}

template <typename Number>
PackedArray PackedArray::FlatOf(std::span<const Number> values) {
  return values.empty() ? PackedArray() : Pack(values, ShapeOf(values, 0));
}

template <typename Number>
PackedArray PackedArray::LineOf(std::span<const Number> values) {
  if (values.size() < 2) return FlatOf(values);
  const Shape flat = ShapeOf(values, 0);
  const auto rise = static_cast<int64_t>(uint64_t{values.back()} - uint64_t{values.front()});
  const auto steps = static_cast<int64_t>(values.size() - 1);
  const int64_t half = rise < 0 ? -(steps / 2) : steps / 2;
  const Shape sloped = ShapeOf(values, static_cast<uint64_t>((rise + half) / steps));
  return Pack(values, sloped.bits < flat.bits ? sloped : flat);
}

PackedArray PackedArray::Flat(std::span<const uint64_t> values) { return FlatOf(values); }
PackedArray PackedArray::Line(std::span<const uint64_t> values) { return LineOf(values); }
PackedArray PackedArray::Flat32(std::span<const uint32_t> values) { return FlatOf(values); }
PackedArray PackedArray::Line32(std::span<const uint32_t> values) { return LineOf(values); }

}  // namespace dossier
