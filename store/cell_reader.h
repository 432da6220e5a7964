// Puts records together again from the columns of a block (store/record_block.h).
#ifndef DOSSIER_STORE_CELL_READER_H_
#define DOSSIER_STORE_CELL_READER_H_

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

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/content_hash.h"
#include "store/column.h"
#include "store/record_fields.h"

namespace dossier::store_internal {

class TextReader {
 public:
  bool Read(ColumnReader* in, size_t bytes_in_all) {
    uint64_t count = 0;
    Column lengths;
    if (!in->GetNumber(&count) || count > bytes_in_all || !in->GetColumn(count, &lengths)) return false;
    texts_.resize(count);
    for (size_t i = 0; i < count; ++i) {
      if (!in->GetBytes(lengths.At(i), &texts_[i])) return false;
    }
    return true;
  }
  bool Take(uint64_t code, std::string* text) const {
    if (code == 0) {
      text->clear();
      return true;
    }
    if ((code & 1) != 0) {
      char digits[24];
      text->assign(digits, std::to_chars(digits, digits + sizeof(digits), code >> 1).ptr);
      return true;
    }
    if (code / 2 > texts_.size()) return false;
    *text = texts_[code / 2 - 1];
    return true;
  }
  // The same as a value, which all that ask for a text of the block share.
  bool TakeValue(uint64_t code, Value* value) const {
    if (code == 0 || (code & 1) != 0) {
      std::string text;
      Take(code, &text);
      *value = Value::String(text);
      return true;
    }
    const size_t place = code / 2 - 1;
    if (place >= texts_.size()) return false;
    if (values_.empty()) values_.resize(texts_.size());
    if (values_[place].is_null()) values_[place] = Value::String(texts_[place]);
    *value = values_[place];
    return true;
  }

 private:
  std::vector<std::string_view> texts_;
  mutable std::vector<Value> values_;  // as far as asked for
};

// Times of a block that were read already: few different ones, as a rule.
class TimeReader {
 public:
  explicit TimeReader(const TextReader* texts) : texts_(texts) {}
  bool Take(uint64_t code, EdtfTime* time) const {
    if (known_.empty()) known_.resize(kKnown);
    Known& known = known_[code / 2 % kKnown];
    if (known.code != code) {
      std::string text;
      if (!texts_->Take(code, &text)) return false;
      auto parsed = EdtfTime::Parse(text);
      if (!parsed.ok()) return false;
      known = {code, *std::move(parsed)};
    }
    *time = known.time;
    return true;
  }

 private:
  static constexpr size_t kKnown = 64;
  struct Known {
    uint64_t code = ~uint64_t{0};
    EdtfTime time;
  };
  const TextReader* texts_;
  mutable std::vector<Known> known_;
};

class QuantityReader {
 public:
  explicit QuantityReader(const TextReader* texts) : texts_(texts) {}
  bool Read(ColumnReader* in) {
    if (!in->GetNumber(&count_)) return false;
    for (Column& column : columns_) {
      if (!in->GetColumn(count_, &column)) return false;
    }
    return true;
  }
  bool Take(uint64_t place, Quantity* quantity) const {
    if (place >= count_) return false;
    const uint64_t marks = columns_[2].At(place);
    quantity->low = std::bit_cast<double>(columns_[0].At(place));
    quantity->high = (marks & kUnbounded) != 0 ? kInfinity : std::bit_cast<double>(columns_[1].At(place));
    quantity->low_open = (marks & kLowOpen) != 0;
    quantity->high_open = (marks & kHighOpen) != 0;
    quantity->countable = (marks & kMeasured) == 0;
    quantity->approximate = (marks & kApproximate) != 0;
    quantity->vague = (marks & kVague) != 0;
    quantity->unknown = (marks & kUnknown) != 0;
    quantity->derived = (marks & kDerived) != 0;
    return marks < 2 * kDerived && quantity->low >= 0 && quantity->low <= quantity->high &&
           texts_->Take(columns_[3].At(place), &quantity->unit) &&
           texts_->Take(columns_[4].At(place), &quantity->basis) &&
           texts_->Take(columns_[5].At(place), &quantity->text);
  }

 private:
  const TextReader* texts_;
  uint64_t count_ = 0;
  Column columns_[kQuantityColumns];
};

// The columns of a block, found once; then any record is put together.
struct ListColumns {
  Column lengths;
  std::vector<Column> places;
  std::vector<uint32_t> ranks;  // place * records + record: how many before it reach the place; unless all are as long

  uint32_t Rank(size_t place, uint32_t record, uint32_t records) const {
    return ranks.empty() ? record : ranks[place * records + record];
  }
};

struct BlockColumns {
  uint32_t records = 0;
  TextReader texts;
  QuantityReader quantities{&texts};
  TimeReader times{&texts};
  std::vector<Column> columns;
  std::vector<ListColumns> lists;
};

class ColumnFinder {
 public:
  ColumnFinder(ColumnReader* in, BlockColumns* block) : in_(in), block_(block) {}
  bool good() const { return good_; }

  template <typename T>
  void Number(T*) {
    Plain(1);
  }
  void Signed(int64_t*) { Plain(1); }
  template <typename Enum>
  void Constant(Enum*, Enum) {
    Plain(1);
  }
  void Optional(std::optional<uint32_t>*) { Plain(1); }
  void Text(std::string*) { Plain(1); }
  void Time(EdtfTime*) { Plain(1); }
  void Quantity(std::optional<dossier::Quantity>*) { Plain(1); }
  void Id(std::string*, bool*) { Plain(2); }
  void Term(TermRecord*) { Plain(2); }
  void Qualifiers(std::vector<QualifierRecord>*) { List(3); }
  void Numbers(std::vector<uint32_t>*) { List(1); }

 private:
  void Plain(int count) {
    for (; good_ && count > 0; --count) good_ = in_->GetColumn(block_->records, &block_->columns.emplace_back());
  }
  void List(size_t width) {
    if (!good_) return;
    ListColumns& list = block_->lists.emplace_back();
    good_ = in_->GetColumn(block_->records, &list.lengths);
    if (!good_) return;
    const uint32_t records = block_->records;
    uint64_t longest = 0;
    for (uint32_t i = 0; i < (list.lengths.constant() ? 1 : records); ++i) {
      longest = std::max(longest, list.lengths.At(i));
    }
    good_ = longest <= kMostInList;
    if (!good_) return;
    const bool alike = list.lengths.constant();
    if (!alike) list.ranks.reserve(std::min<size_t>(longest * records, size_t{1} << 20));
    for (uint64_t place = 0; good_ && place < longest; ++place) {
      uint32_t reach = 0;
      if (alike) {
        reach = records;
      } else {
        // A block in which one list is long must not make ranks for all records at each of its places.
        good_ = list.ranks.size() < kMostRanks;
        for (uint32_t i = 0; i < records; ++i) {
          list.ranks.push_back(reach);
          reach += list.lengths.At(i) > place ? 1 : 0;
        }
      }
      for (size_t i = 0; good_ && i < width; ++i) good_ = in_->GetColumn(reach, &list.places.emplace_back());
    }
  }

  static constexpr size_t kMostRanks = kMostInList * kRecordsInBlock;
  ColumnReader* in_;
  BlockColumns* block_;
  bool good_ = true;
};

// Puts a record together, if asked for without texts that stand for nothing else.
class CellReader {
 public:
  CellReader(const BlockColumns& block, uint32_t record, bool words = true)
      : block_(block), record_(record), words_(words) {}
  bool good() const { return good_; }

  void Number(uint32_t* number) {
    const uint64_t cell = Cell();
    good_ &= cell <= 0xFFFFFFFF;
    *number = static_cast<uint32_t>(cell);
  }
  void Number(uint64_t* number) { *number = Cell(); }
  void Signed(int64_t* number) { *number = UnZigZag(Cell()); }
  template <typename Enum>
  void Constant(Enum* constant, Enum last) {
    const uint64_t cell = Cell();
    good_ &= cell <= static_cast<uint64_t>(last);
    *constant = static_cast<Enum>(cell);
  }
  void Optional(std::optional<uint32_t>* number) {
    const uint64_t cell = Cell();
    good_ &= cell <= uint64_t{0xFFFFFFFF} + 1;
    if (cell > 0) {
      *number = static_cast<uint32_t>(cell - 1);
    } else {
      number->reset();
    }
  }
  void Text(std::string* text) {
    if (words_) {
      TakeText(Cell(), text);
    } else {
      ++column_;
    }
  }
  void Time(EdtfTime* time) {
    const uint64_t code = Cell();
    if (code != 0) {
      TakeTime(code, time);
    } else if (!time->is_undated()) {
      *time = EdtfTime();
    }
  }
  void Quantity(std::optional<dossier::Quantity>* quantity) {
    const uint64_t cell = Cell();
    quantity->reset();
    if (cell > 0) good_ &= block_.quantities.Take(cell - 1, &quantity->emplace());
  }
  void Id(std::string* id, bool* by_content) {
    if (!words_) {
      column_ += 2;
      return;
    }
    const uint64_t kind = Cell();
    TakeText(Cell(), id);
    *by_content = kind == kIdByContent;
    if (kind == kIdText) return;
    if (kind == kIdByContent) {
      good_ &= id->empty();
      return;
    }
    ContentHash hash;
    good_ &= kind == kIdHash && id->size() == hash.size();
    if (!good_) return;
    std::copy(id->begin(), id->end(), hash.begin());
    *id = HexOfHash(hash);
  }
  void Term(TermRecord* term) {
    const uint64_t kind = Cell();
    TakeTerm(kind, Cell(), term);
  }
  void Qualifiers(std::vector<QualifierRecord>* qualifiers) {
    const ListColumns& list = block_.lists[list_++];
    qualifiers->resize(list.lengths.At(record_));
    for (size_t i = 0; i < qualifiers->size(); ++i) {
      const uint32_t rank = list.Rank(i, record_, block_.records);
      TakeText(list.places[3 * i].At(rank), &(*qualifiers)[i].name);
      TakeTerm(list.places[3 * i + 1].At(rank), list.places[3 * i + 2].At(rank), &(*qualifiers)[i].value);
    }
  }
  void Numbers(std::vector<uint32_t>* numbers) {
    const ListColumns& list = block_.lists[list_++];
    numbers->resize(list.lengths.At(record_));
    for (size_t i = 0; i < numbers->size(); ++i) {
      const uint64_t cell = list.places[i].At(list.Rank(i, record_, block_.records));
      good_ &= cell <= 0xFFFFFFFF;
      (*numbers)[i] = static_cast<uint32_t>(cell);
    }
  }

 private:
  uint64_t Cell() { return block_.columns[column_++].At(record_); }
  void TakeText(uint64_t code, std::string* text) { good_ &= block_.texts.Take(code, text); }
  void TakeTime(uint64_t code, EdtfTime* time) { good_ &= block_.times.Take(code, time); }
  void TakeTerm(uint64_t kind, uint64_t value, TermRecord* term) {
    term->kind = TermRecord::Kind::kLiteral;
    term->number = 0;
    switch (kind) {
      case kTermEntity:
      case kTermDocument:
      case kTermClaim:
        term->kind = kind == kTermEntity     ? TermRecord::Kind::kEntity
                     : kind == kTermDocument ? TermRecord::Kind::kDocument
                                             : TermRecord::Kind::kClaim;
        good_ &= value <= 0xFFFFFFFF;
        term->number = static_cast<uint32_t>(value);
        term->literal = Value();
        return;
      case kTermInteger:
        term->literal = Value::Integer(UnZigZag(value));
        return;
      case kTermFloat:
        term->literal = Value::Float(std::bit_cast<double>(value));
        return;
      case kTermBoolean:
        good_ &= value <= 1;
        term->literal = Value::Boolean(value != 0);
        return;
      case kTermTime: {
        EdtfTime time;
        TakeTime(value, &time);
        term->literal = Value::Time(std::move(time));
        return;
      }
      case kTermQuantity: {
        dossier::Quantity quantity;
        good_ &= block_.quantities.Take(value, &quantity);
        term->literal = Value::OfQuantity(std::move(quantity));
        return;
      }
      case kTermString:
        good_ &= block_.texts.TakeValue(value, &term->literal);
        return;
      default:
        good_ = false;
    }
  }

  const BlockColumns& block_;
  uint32_t record_;
  bool words_;
  size_t column_ = 0, list_ = 0;
  bool good_ = true;
};

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_CELL_READER_H_
