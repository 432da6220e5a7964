#include "store/column.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace dossier::store_internal {
namespace {

constexpr uint8_t kZeros = 0x7F;
constexpr uint8_t kSloping = 0x80;
// Eight bytes from any bit on hold this many bits; what is wider is written whole.
constexpr uint8_t kMaxPackedWidth = 56;
constexpr uint8_t kWhole = 64;

// The line through the values with the least above it.
struct Line {
  uint64_t base = 0, slope = 0;
  uint8_t width = 0;
};

Line LineUnder(std::span<const uint64_t> values, uint64_t slope) {
  Line line{values[0], slope, 0};
  // Of numbers that wrap round the smallest is sought as of signed ones.
  int64_t least = 0, most = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    const auto above = static_cast<int64_t>(values[i] - slope * i - values[0]);
    least = std::min(least, above);
    most = std::max(most, above);
  }
  line.base += static_cast<uint64_t>(least);
  const auto width = static_cast<uint8_t>(std::bit_width(static_cast<uint64_t>(most) - static_cast<uint64_t>(least)));
  line.width = width > kMaxPackedWidth ? kWhole : width;
  return line;
}

}  // namespace

void PutVarint(uint64_t number, std::string* out) {
  for (; number >= 0x80; number >>= 7) out->push_back(static_cast<char>(number | 0x80));
  out->push_back(static_cast<char>(number));
}

void ColumnWriter::EndZeros() {
  if (zeros_ == 0) return;
  out_ += static_cast<char>(kZeros);
  out_ += static_cast<char>(zeros_);
  zeros_ = 0;
}

void ColumnWriter::PutNumber(uint64_t number) {
  EndZeros();
  PutVarint(number, &out_);
}

void ColumnWriter::PutBytes(std::string_view bytes) {
  EndZeros();
  out_ += bytes;
}

void ColumnWriter::PutColumn(std::span<const uint64_t> values) {
  if (std::all_of(values.begin(), values.end(), [](uint64_t value) { return value == 0; })) {
    if (++zeros_ == 0xFF) EndZeros();
    return;
  }
  EndZeros();
  Line line = LineUnder(values, 0);
  if (line.width > 0 && values.size() > 1) {
    const auto rise = static_cast<int64_t>(values.back() - values.front()) / static_cast<int64_t>(values.size() - 1);
    const Line sloping = LineUnder(values, static_cast<uint64_t>(rise));
    if (sloping.width < line.width) line = sloping;
  }
  out_ += static_cast<char>(line.width | (line.slope != 0 ? kSloping : 0));
  PutVarint(ZigZag(static_cast<int64_t>(line.base)), &out_);
  if (line.slope != 0) PutVarint(ZigZag(static_cast<int64_t>(line.slope)), &out_);
  if (line.width == 0) return;
  const size_t begin = out_.size();
  out_.resize(begin + (values.size() * line.width + 7) / 8 + 8);  // with room to write eight bytes at the last one
  char* const bits = out_.data() + begin;
  for (size_t i = 0; i < values.size(); ++i) {
    const uint64_t above = values[i] - line.base - line.slope * i;
    const size_t bit = i * line.width;
    uint64_t word = 0;
    std::memcpy(&word, bits + bit / 8, sizeof(word));
    word |= above << (bit % 8);
    std::memcpy(bits + bit / 8, &word, sizeof(word));
  }
  out_.resize(out_.size() - 8);
}

std::string ColumnWriter::Take() {
  EndZeros();
  return std::exchange(out_, std::string());
}

uint64_t Column::At(size_t i) const {
  const uint64_t line = base_ + slope_ * i;
  if (width_ == 0) return line;
  const size_t bit = i * width_;
  uint64_t word = 0;
  if (bit / 8 + sizeof(word) <= bytes_) {
    std::memcpy(&word, bits_ + bit / 8, sizeof(word));
  } else {
    std::memcpy(&word, bits_ + bit / 8, bytes_ - bit / 8);
  }
  word >>= bit % 8;
  return line + (width_ == kWhole ? word : word & ((uint64_t{1} << width_) - 1));
}

bool ColumnReader::GetNumber(uint64_t* number) {
  if (zeros_ > 0) return false;
  *number = 0;
  for (int shift = 0; shift < 64 && at_ < bytes_.size(); shift += 7) {
    const auto byte = static_cast<uint8_t>(bytes_[at_++]);
    *number |= uint64_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool ColumnReader::GetBytes(size_t count, std::string_view* bytes) {
  if (zeros_ > 0 || count > bytes_.size() - at_) return false;
  *bytes = bytes_.substr(at_, count);
  at_ += count;
  return true;
}

bool ColumnReader::GetColumn(size_t values, Column* column) {
  *column = Column();
  if (zeros_ > 0) {
    --zeros_;
    return true;
  }
  if (at_ >= bytes_.size()) return false;
  const auto head = static_cast<uint8_t>(bytes_[at_++]);
  if (head == kZeros) {
    if (at_ >= bytes_.size() || bytes_[at_] == 0) return false;
    zeros_ = static_cast<uint8_t>(static_cast<uint8_t>(bytes_[at_++]) - 1);
    return true;
  }
  column->width_ = head & static_cast<uint8_t>(~kSloping);
  if (column->width_ > kMaxPackedWidth && column->width_ != kWhole) return false;
  uint64_t code = 0;
  if (!GetNumber(&code)) return false;
  column->base_ = static_cast<uint64_t>(UnZigZag(code));
  if ((head & kSloping) != 0) {
    if (!GetNumber(&code)) return false;
    column->slope_ = static_cast<uint64_t>(UnZigZag(code));
  }
  if (column->width_ == 0) return true;
  if (values > (bytes_.size() - at_) * 8 / column->width_) return false;
  column->bytes_ = (values * column->width_ + 7) / 8;
  column->bits_ = reinterpret_cast<const uint8_t*>(bytes_.data()) + at_;
  at_ += column->bytes_;
  return true;
}

}  // namespace dossier::store_internal
