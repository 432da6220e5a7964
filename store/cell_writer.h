// Takes records apart: each of their fields is a cell of a column (store/record_block.h).
#ifndef DOSSIER_STORE_CELL_WRITER_H_
#define DOSSIER_STORE_CELL_WRITER_H_

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/base/text.h"
#include "graph/content_hash.h"
#include "store/column.h"
#include "store/record_fields.h"

namespace dossier::store_internal {

class TextWriter {
 public:
  uint64_t CodeOf(std::string_view text) {
    if (text.empty()) return 0;
    if (const auto number = AsDecimal(text)) return *number << 1 | 1;
    const auto known = codes_.find(ToAbsl(text));
    if (known != codes_.end()) return known->second;
    texts_.emplace_back(text);
    bytes_ += text.size();
    return codes_.emplace(ToAbsl(texts_.back()), 2 * texts_.size()).first->second;
  }
  // The same of a text of `texts`, which is looked for once a block.
  [[gnu::always_inline]] uint64_t CodeOf(const PlainTexts& texts, PlainText text) {
    return text.empty() || text.is_decimal() ? text.code : CodeOfWords(texts, text);
  }
  size_t bytes() const { return bytes_; }

  void WriteTo(ColumnWriter* out) {
    std::vector<uint64_t> lengths;
    for (const std::string& text : texts_) lengths.push_back(text.size());
    out->PutNumber(texts_.size());
    out->PutColumn(lengths);
    for (const std::string& text : texts_) out->PutBytes(text);
    codes_.clear();
    texts_.clear();
    bytes_ = 0;
    serial_ = 0;
  }

 private:
  uint64_t CodeOfWords(const PlainTexts& texts, PlainText text) {
    if (texts.serial() != serial_) {
      serial_ = texts.serial();
      known_codes_.assign(texts.size(), 0);
    }
    uint64_t& code = known_codes_[text.index()];
    if (code == 0) code = CodeOf(texts.at(text.index()));
    return code;
  }
  std::deque<std::string> texts_;      // does not move its texts
  uint64_t serial_ = 0;                // of the texts whose codes are known_codes_
  std::vector<uint64_t> known_codes_;  // 0: not known
  absl::flat_hash_map<absl::string_view, uint64_t> codes_;
  size_t bytes_ = 0;
};

class QuantityWriter {
 public:
  explicit QuantityWriter(TextWriter* texts) : texts_(texts) {}
  // Its place.
  uint64_t Add(const Quantity& quantity) {
    return AddWith(quantity, texts_->CodeOf(quantity.unit), texts_->CodeOf(quantity.basis),
                   texts_->CodeOf(quantity.text));
  }
  uint64_t Add(const PlainTexts& texts, const PlainQuantity& quantity) {
    return AddWith(quantity, texts_->CodeOf(texts, quantity.unit), texts_->CodeOf(texts, quantity.basis),
                   texts_->CodeOf(texts, quantity.text));
  }
  void WriteTo(ColumnWriter* out) {
    out->PutNumber(columns_[0].size());
    for (std::vector<uint64_t>& column : columns_) {
      out->PutColumn(column);
      column.clear();
    }
  }

 private:
  template <typename AnyQuantity>
  uint64_t AddWith(const AnyQuantity& quantity, uint64_t unit, uint64_t basis, uint64_t text) {
    const bool unbounded = std::isinf(quantity.high);
    const uint64_t marks = (unbounded ? kUnbounded : 0) | (quantity.low_open ? kLowOpen : 0) |
                           (quantity.high_open ? kHighOpen : 0) | (quantity.countable ? 0 : kMeasured) |
                           (quantity.approximate ? kApproximate : 0) | (quantity.vague ? kVague : 0) |
                           (quantity.unknown ? kUnknown : 0) | (quantity.derived ? kDerived : 0);
    const uint64_t cells[kQuantityColumns] = {std::bit_cast<uint64_t>(quantity.low),
                                              unbounded ? 0 : std::bit_cast<uint64_t>(quantity.high),
                                              marks,
                                              unit,
                                              basis,
                                              text};
    for (size_t i = 0; i < kQuantityColumns; ++i) columns_[i].push_back(cells[i]);
    return columns_[0].size() - 1;
  }

  TextWriter* texts_;
  std::vector<uint64_t> columns_[kQuantityColumns];
};

// Takes a record apart.
class CellWriter {
 public:
  CellWriter(TextWriter* texts, QuantityWriter* quantities) : texts_(texts), quantities_(quantities) {}

  // `plain`: whence the record is, if it is a plain one.
  void Begin(const PlainClaims* plain = nullptr) {
    column_ = list_ = 0;
    plain_ = plain;
    if (++records_ <= room_) return;
    room_ *= 2;  // more than a block should have
    for (Cells& column : columns_) column.values.resize(room_);
  }

  // Most cells are 0, and most columns hold nothing else.
  [[gnu::always_inline]] void Cell(uint64_t value) {
    const size_t place = column_++;
    if (value == 0) return;
    if (place >= columns_.size()) [[unlikely]]
      MakeColumns(place + 1);
    Cells& column = columns_[place];
    column.values[records_ - 1] = value;
    column.used = true;
  }
  void Number(const uint32_t* number) { Cell(*number); }
  void Number(const uint64_t* number) { Cell(*number); }
  void Signed(const int64_t* number) { Cell(ZigZag(*number)); }
  template <typename Enum>
  void Constant(const Enum* constant, Enum /*last*/) {
    Cell(static_cast<uint64_t>(*constant));
  }
  void Optional(const std::optional<uint32_t>* number) { Cell(number->has_value() ? uint64_t{**number} + 1 : 0); }
  void Text(const std::string* text) { Cell(texts_->CodeOf(*text)); }
  void Time(const EdtfTime* time) { Cell(texts_->CodeOf(time->text())); }
  void Quantity(const std::optional<dossier::Quantity>* quantity) {
    Cell(quantity->has_value() ? quantities_->Add(**quantity) + 1 : 0);
  }
  void Id(const std::string* id, const bool* by_content) {
    const auto hash = *by_content ? std::nullopt : HashOfHex(*id);
    Cell(*by_content ? kIdByContent : hash.has_value() ? kIdHash : kIdText);
    if (hash.has_value()) {
      Cell(texts_->CodeOf({reinterpret_cast<const char*>(hash->data()), hash->size()}));
    } else {
      Cell(*by_content ? 0 : texts_->CodeOf(*id));
    }
  }
  void Term(const TermRecord* term) {
    const auto [kind, value] = CellsOf(*term);
    Cell(kind);
    Cell(value);
  }
  void Qualifiers(const std::vector<QualifierRecord>* qualifiers) {
    ListCells& list = NextList(qualifiers->size(), 3);
    for (size_t i = 0; i < qualifiers->size(); ++i) {
      const auto [kind, value] = CellsOf((*qualifiers)[i].value);
      list[3 * i].push_back(texts_->CodeOf((*qualifiers)[i].name));
      list[3 * i + 1].push_back(kind);
      list[3 * i + 2].push_back(value);
    }
  }
  void Numbers(const std::vector<uint32_t>* numbers) {
    ListCells& list = NextList(numbers->size(), 1);
    for (size_t i = 0; i < numbers->size(); ++i) list[i].push_back((*numbers)[i]);
  }

  // --- The same of plain records. ---
  void Text(const PlainText* text) { Cell(CodeOf(*text)); }
  void Time(const PlainText* text) { Cell(CodeOf(*text)); }
  void Quantity(const PlainQuantity* const* quantity) {
    Cell(*quantity != nullptr ? quantities_->Add(plain_->texts(), **quantity) + 1 : 0);
  }
  void Id(const PlainText* id, const bool* by_content) {
    Cell(*by_content ? kIdByContent : kIdText);  // never the digits of a hash: those are not plain
    Cell(*by_content ? 0 : CodeOf(*id));
  }
  void Term(const PlainTerm* term) {
    const auto [kind, value] = CellsOf(*term);
    Cell(kind);
    Cell(value);
  }
  void Qualifiers(const std::span<const PlainQualifier>* qualifiers) {
    ListCells& list = NextList(qualifiers->size(), 3);
    for (size_t i = 0; i < qualifiers->size(); ++i) {
      const auto [kind, value] = CellsOf((*qualifiers)[i].value);
      list[3 * i].push_back(CodeOf((*qualifiers)[i].name));
      list[3 * i + 1].push_back(kind);
      list[3 * i + 2].push_back(value);
    }
  }
  void Numbers(const std::span<const uint32_t>* numbers) {
    ListCells& list = NextList(numbers->size(), 1);
    for (size_t i = 0; i < numbers->size(); ++i) list[i].push_back((*numbers)[i]);
  }

  // In the order in which CellReader reads: a list's columns stand where its lengths do.
  void WriteTo(ColumnWriter* out) {
    MakeColumns(std::max(columns_.size(), column_));
    size_t list = 0;
    for (size_t i = 0; i < columns_.size(); ++i) {
      Cells& column = columns_[i];
      out->PutColumn(std::span(column.values).first(column.used ? records_ : 0));
      if (column.used) std::fill_n(column.values.begin(), records_, 0);
      column.used = false;
      if (list == lists_.size() || lists_[list].first != i) continue;
      for (std::vector<uint64_t>& place : lists_[list].second) out->PutColumn(place);
      lists_[list++].second.clear();
    }
    records_ = 0;
  }

 private:
  std::pair<uint64_t, uint64_t> CellsOf(const TermRecord& term) {
    switch (term.kind) {
      case TermRecord::Kind::kEntity:
        return {kTermEntity, term.number};
      case TermRecord::Kind::kDocument:
        return {kTermDocument, term.number};
      case TermRecord::Kind::kClaim:
        return {kTermClaim, term.number};
      case TermRecord::Kind::kLiteral:
        break;
    }
    const Value& value = term.literal;
    switch (value.type()) {
      case Value::Type::kInteger:
        return {kTermInteger, ZigZag(value.integer())};
      case Value::Type::kFloat:
        return {kTermFloat, std::bit_cast<uint64_t>(value.floating())};
      case Value::Type::kBoolean:
        return {kTermBoolean, value.boolean() ? 1 : 0};
      case Value::Type::kTime:
        return {kTermTime, texts_->CodeOf(value.time().text())};
      case Value::Type::kQuantity:
        return {kTermQuantity, quantities_->Add(value.quantity())};
      case Value::Type::kString:
        return {kTermString, texts_->CodeOf(value.string())};
      default:
        return {kTermString, texts_->CodeOf(ToString(value))};  // the validator sees to it that none is another
    }
  }
  void MakeColumns(size_t count) {
    while (columns_.size() < count) columns_.push_back({std::vector<uint64_t>(room_)});
  }
  uint64_t CodeOf(PlainText text) { return texts_->CodeOf(plain_->texts(), text); }
  std::pair<uint64_t, uint64_t> CellsOf(const PlainTerm& term) {
    switch (term.kind) {
      case PlainTerm::Kind::kEntity:
        return {kTermEntity, term.value};
      case PlainTerm::Kind::kDocument:
        return {kTermDocument, term.value};
      case PlainTerm::Kind::kInteger:
        return {kTermInteger, ZigZag(static_cast<int64_t>(term.value))};
      case PlainTerm::Kind::kFloat:
        return {kTermFloat, term.value};
      case PlainTerm::Kind::kBoolean:
        return {kTermBoolean, term.value};
      case PlainTerm::Kind::kTime:
        return {kTermTime, CodeOf(PlainText{term.value})};
      case PlainTerm::Kind::kQuantity:
        return {kTermQuantity, quantities_->Add(plain_->texts(), plain_->quantity(term.value))};
      case PlainTerm::Kind::kString:
        break;
    }
    return {kTermString, CodeOf(PlainText{term.value})};
  }
  ListCells& NextList(size_t length, size_t width) {
    if (list_ == lists_.size()) lists_.emplace_back(column_, ListCells());
    Cell(length);
    ListCells& list = lists_[list_++].second;
    if (list.size() < length * width) list.resize(length * width);
    return list;
  }

  TextWriter* texts_;
  QuantityWriter* quantities_;
  const PlainClaims* plain_ = nullptr;
  // Of a column: room for a block, all 0 but what was written.
  struct Cells {
    std::vector<uint64_t> values;
    bool used = false;
  };
  size_t records_ = 0, room_ = kRecordsInBlock;
  std::vector<Cells> columns_;
  std::vector<std::pair<size_t, ListCells>> lists_;  // by the column of their lengths
  size_t column_ = 0, list_ = 0;
};

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_CELL_WRITER_H_
