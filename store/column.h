// Columns of numbers as bytes: what the values of a packed block (store/record_block.h, store/hash_index.h) are made
// of.
//
// A column is a straight line and what each number is above it: value[i] = base + slope * i + bits[i], modulo 2^64. So
// a constant costs a few bytes, consecutive numbers no more, and all others as many bits each as their range asks for;
// and any one of them is read without reading those before it.
//
//   column ::= %x7F run                    one of the next `run` columns, all of whose values are 0; they share this
//            | width base bits             width %x00-%x38, or %x40: bits of each value
//            | %x80+width base slope bits
//   run ::= OCTET      base, slope ::= varint      bits ::= *OCTET, the lowest bit first, ended with 0 bits
//   varint ::= *%x80-FF %x00-7F            seven bits a byte, the lowest first
//
// How many values a column has is not written: whoever reads it knows.
#ifndef DOSSIER_STORE_COLUMN_H_
#define DOSSIER_STORE_COLUMN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::store_internal {

inline uint64_t ZigZag(int64_t value) { return static_cast<uint64_t>(value) << 1 ^ static_cast<uint64_t>(value >> 63); }
inline int64_t UnZigZag(uint64_t code) { return static_cast<int64_t>(code >> 1 ^ (0 - (code & 1))); }

void PutVarint(uint64_t number, std::string* out);

class ColumnWriter {
 public:
  void PutNumber(uint64_t number);  // a varint
  void PutBytes(std::string_view bytes);
  void PutColumn(std::span<const uint64_t> values);  // none: all are 0
  // All that was put. Leaves the writer empty.
  std::string Take();

 private:
  void EndZeros();
  std::string out_;
  uint8_t zeros_ = 0;
};

// Looks into the bytes that it was read from.
class Column {
 public:
  uint64_t At(size_t i) const;
  // Every value is At(0).
  bool constant() const { return width_ == 0 && slope_ == 0; }

 private:
  friend class ColumnReader;
  uint64_t base_ = 0, slope_ = 0;
  const uint8_t* bits_ = nullptr;
  size_t bytes_ = 0;
  uint8_t width_ = 0;
};

// Reads in the order of writing. Each method is false where the bytes end too soon or mean nothing.
class ColumnReader {
 public:
  explicit ColumnReader(std::string_view bytes) : bytes_(bytes) {}
  bool GetNumber(uint64_t* number);
  bool GetBytes(size_t count, std::string_view* bytes);
  bool GetColumn(size_t values, Column* column);
  bool AtEnd() const { return zeros_ == 0 && at_ == bytes_.size(); }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
  uint8_t zeros_ = 0;
};

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_COLUMN_H_
