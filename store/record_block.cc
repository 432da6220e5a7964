#include "store/record_block.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <deque>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/content_hash.h"
#include "store/column.h"
#include "store/error_codes.h"
#include "store/format.h"
#include "store/store_error.h"

namespace dossier::store_internal {
namespace {

constexpr uint64_t kLayout = 1;

// --- Texts. ---

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

// --- Quantities. ---

constexpr uint64_t kUnbounded = 1, kLowOpen = 2, kHighOpen = 4, kMeasured = 8, kApproximate = 16, kVague = 32,
                   kUnknown = 64, kDerived = 128;

constexpr size_t kQuantityColumns = 6;

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

// --- Records, field by field. ---
//
// Transfer(record, fields) names the fields of a record in their order on disk. Three things stand behind `fields`:
// one that takes the cells of a record apart, one that reads the columns of a block, one that puts a record together.

enum TermKind : uint64_t {
  kTermEntity = 0,
  kTermDocument = 1,
  kTermClaim = 2,
  kTermString = 3,
  kTermInteger = 4,
  kTermFloat = 5,
  kTermBoolean = 6,
  kTermTime = 7,
  kTermQuantity = 8,
};
enum IdKind : uint64_t { kIdByContent = 0, kIdText = 1, kIdHash = 2 };

template <typename Fields, typename Record>
void TransferProposition(Fields* fields, Record* record) {
  fields->Term(&record->subject);
  fields->Text(&record->relation);
  fields->Term(&record->object);
  fields->Qualifiers(&record->identifying);
  fields->Number(&record->first_claim);
}
template <typename Fields>
void Transfer(Fields* fields, PropositionRecord* record) {
  TransferProposition(fields, record);
}

template <typename AnyLocator>
requires std::same_as<std::remove_const_t<AnyLocator>, Locator>
auto PartsOf(AnyLocator* locator) {
  return std::array{&locator->section, &locator->paragraph, &locator->page, &locator->note,       &locator->table,
                    &locator->row,     &locator->column,    &locator->line, &locator->characters, &locator->timecode};
}

// The fields of a plain claim by the names that the records have for them.
struct PlainPropositionRecord {
  PlainTerm subject;
  PlainText relation;
  PlainTerm object;
  std::span<const PlainQualifier> identifying;
  uint32_t first_claim = 0;
};
struct PlainClaimRecord {
  PropositionNumber proposition{0};
  DocumentNumber document{0};
  std::span<const PlainQualifier> qualifiers;
  std::span<const uint32_t> asserters;
  std::optional<uint32_t> statement;
  std::span<const uint32_t> cites, supersedes;
  bool id_by_content = false;
};
using PlainLocator = std::array<PlainText, 10>;
struct PlainRestRecord {
  uint64_t load = 0;
  int64_t recorded = 0;
  Act act = Act::kAsserts;
  Certainty certainty = Certainty::kCertain;
  Rank rank = Rank::kNormal;
  PlainText id, valid, said;
  const PlainQuantity* quantity = nullptr;
  PlainText hedge;
  PlainLocator locator;
  PlainText quote, quote_before, quote_after;
  struct {
    PlainText note;
    NoteState state = NoteState::kNone;
  } cites;
  PlainText note;
};

std::array<const PlainText*, 10> PartsOf(const PlainLocator* locator) {
  std::array<const PlainText*, 10> parts;
  for (size_t i = 0; i < parts.size(); ++i) parts[i] = &(*locator)[i];
  return parts;
}

template <typename Fields, typename Record, typename Rest>
void TransferClaim(Fields* fields, Record* record, Rest* rest) {
  fields->Number(&record->proposition.value);
  fields->Number(&record->document.value);
  fields->Number(&rest->load);
  fields->Signed(&rest->recorded);
  fields->Constant(&rest->act, Act::kRefuses);
  fields->Constant(&rest->certainty, Certainty::kUncommitted);
  fields->Constant(&rest->rank, Rank::kDeprecated);
  fields->Optional(&record->statement);
  fields->Id(&rest->id, &record->id_by_content);
  fields->Qualifiers(&record->qualifiers);
  fields->Time(&rest->valid);
  fields->Time(&rest->said);
  fields->Quantity(&rest->quantity);
  fields->Text(&rest->hedge);
  fields->Numbers(&record->asserters);
  for (auto* part : PartsOf(&rest->locator)) fields->Text(part);
  fields->Text(&rest->quote);
  fields->Text(&rest->quote_before);
  fields->Text(&rest->quote_after);
  fields->Text(&rest->cites.note);
  fields->Constant(&rest->cites.state, NoteState::kIbid);
  fields->Numbers(&record->cites);
  fields->Numbers(&record->supersedes);
  fields->Text(&rest->note);
}
template <typename Fields>
void Transfer(Fields* fields, ClaimRecord* record) {
  TransferClaim(fields, record, &record->rest);
}

// Cells of many records: plain columns in the order of the fields, and beside each list those of its places.
using ListCells = std::vector<std::vector<uint64_t>>;  // so many columns a place

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

// --- How large a record is. ---

size_t SizeOf(const TermRecord& term) {
  switch (term.literal.type()) {
    case Value::Type::kString:
      return term.literal.string().size();
    case Value::Type::kQuantity:
      return term.literal.quantity().text.size() + term.literal.quantity().unit.size();
    default:
      return 0;
  }
}
size_t SizeOf(const std::vector<QualifierRecord>& qualifiers) {
  size_t size = 0;
  for (const QualifierRecord& qualifier : qualifiers) size += qualifier.name.size() + SizeOf(qualifier.value);
  return size;
}
size_t SizeOf(const PropositionRecord& record) {
  return record.relation.size() + SizeOf(record.subject) + SizeOf(record.object) + SizeOf(record.identifying);
}
size_t SizeOf(const ClaimRecord& record, const Claim& rest) {
  const Locator& locator = rest.locator;
  size_t size = SizeOf(record.qualifiers);
  for (const std::string* text :
       {&rest.id, &rest.hedge, &rest.quote, &rest.quote_before, &rest.quote_after, &rest.cites.note, &rest.note,
        &locator.section, &locator.paragraph, &locator.page, &locator.note, &locator.table, &locator.row,
        &locator.column, &locator.line, &locator.characters, &locator.timecode}) {
    size += text->size();
  }
  if (rest.quantity.has_value()) size += rest.quantity->text.size() + rest.quantity->unit.size();
  return size;
}
size_t SizeOf(const ClaimRecord& record) { return SizeOf(record, record.rest); }
size_t LongestList(const PropositionRecord& record) { return record.identifying.size(); }
size_t LongestList(const ClaimRecord& record) {
  return std::max({record.qualifiers.size(), record.asserters.size(), record.cites.size(), record.supersedes.size()});
}

}  // namespace

template <typename Record>
struct BlockWriter<Record>::Parts {
  uint32_t count = 0;
  TextWriter texts;
  QuantityWriter quantities{&texts};
  CellWriter cells{&texts, &quantities};
};

template <typename Record>
BlockWriter<Record>::BlockWriter() : parts_(std::make_unique<Parts>()) {}
template <typename Record>
BlockWriter<Record>::~BlockWriter() = default;

template <typename Record>
absl::Status BlockWriter<Record>::CheckSize(size_t bytes, size_t longest_list, std::string_view what) const {
  if (bytes > kMaxRecordBytes) {
    return StoreError(kRecordTooLarge, StrCat(what, " takes ", bytes, " bytes"),
                      StrCat("a record takes at most ", kMaxRecordBytes), "shorten its texts");
  }
  if (longest_list > kMostInList) {
    return StoreError(kRecordTooLarge, StrCat(what, " has a list of ", longest_list),
                      StrCat("a list holds at most ", kMostInList), "make several claims of it");
  }
  return absl::OkStatus();
}

// CellWriter's methods take pointers to const, so nothing is changed by what the cast lets through to Transfer.
template <typename Record>
absl::Status BlockWriter<Record>::Add(const Record& record, std::string_view what) {
  RETURN_IF_ERROR(CheckSize(SizeOf(record), LongestList(record), what));
  parts_->cells.Begin();
  Transfer(&parts_->cells, const_cast<Record*>(&record));
  ++parts_->count;
  return absl::OkStatus();
}

template <typename Record>
absl::Status BlockWriter<Record>::Add(const Record& record, const Claim& rest,
                                      std::string_view what) requires std::same_as<Record, ClaimRecord> {
  RETURN_IF_ERROR(CheckSize(SizeOf(record, rest), LongestList(record), what));
  parts_->cells.Begin();
  TransferClaim(&parts_->cells, &record, &rest);
  ++parts_->count;
  return absl::OkStatus();
}

template <typename Record>
void BlockWriter<Record>::AddPlain(const PlainClaims& claims, const PlainClaim& claim,
                                   uint32_t first_claim) requires std::same_as<Record, PropositionRecord> {
  const PlainPropositionRecord record = {claim.subject, claim.relation, claim.object,
                                         claims.qualifiers(claim.identifying), first_claim};
  parts_->cells.Begin(&claims);
  TransferProposition(&parts_->cells, &record);
  ++parts_->count;
}

template <typename Record>
void BlockWriter<Record>::AddPlain(const PlainClaims& claims, const PlainClaim& claim, PropositionNumber proposition,
                                   uint64_t load, int64_t recorded) requires std::same_as<Record, ClaimRecord> {
  const PlainClaimRecord record = {
      .proposition = proposition,
      .document = DocumentNumber(claim.document),
      .qualifiers = claims.qualifiers(claim.qualifiers),
      .asserters = claims.numbers(claim.asserters),
      .statement = claim.statement == 0 ? std::nullopt : std::optional<uint32_t>(claim.statement - 1),
      .cites = claims.numbers(claim.cited),
      .id_by_content = claim.id_by_content};
  const PlainRest& more = claims.rest(claim);
  PlainRestRecord rest = {.load = load,
                          .recorded = recorded,
                          .act = claim.act,
                          .certainty = claim.certainty,
                          .rank = claim.rank,
                          .id = more.id,
                          .valid = claim.valid,
                          .said = claim.said,
                          .quantity = claim.quantity == 0 ? nullptr : &claims.quantity(claim.quantity - 1),
                          .hedge = more.hedge,
                          .quote = more.quote,
                          .quote_before = more.quote_before,
                          .quote_after = more.quote_after,
                          .cites = {more.cites_note, more.cites_state},
                          .note = more.note};
  for (const PlainLocatorPart& part : claims.locator(claim)) rest.locator[part.part] = part.text;
  parts_->cells.Begin(&claims);
  TransferClaim(&parts_->cells, &record, &rest);
  ++parts_->count;
}

template <typename Record>
uint32_t BlockWriter<Record>::count() const {
  return parts_->count;
}

template <typename Record>
bool BlockWriter<Record>::full() const {
  return parts_->count >= kRecordsInBlock || parts_->texts.bytes() >= kTextBytesInBlock;
}

template <typename Record>
std::string BlockWriter<Record>::Take() {
  ColumnWriter out;
  out.PutNumber(kLayout);
  out.PutNumber(parts_->count);
  parts_->texts.WriteTo(&out);
  parts_->quantities.WriteTo(&out);
  parts_->cells.WriteTo(&out);
  parts_->count = 0;
  return out.Take();
}

template <typename Record>
struct BlockReader<Record>::Parts {
  std::string bytes, what;
  BlockColumns block;

  bool Find() {
    ColumnReader in(bytes);
    uint64_t layout = 0, records = 0;
    if (!in.GetNumber(&layout) || layout != kLayout || !in.GetNumber(&records) || records > kRecordsInBlock) {
      return false;
    }
    block.records = static_cast<uint32_t>(records);
    if (!block.texts.Read(&in, bytes.size()) || !block.quantities.Read(&in)) return false;
    Record record;
    ColumnFinder finder(&in, &block);
    Transfer(&finder, &record);
    return finder.good() && in.AtEnd();
  }
};

template <typename Record>
BlockReader<Record>::BlockReader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
template <typename Record>
BlockReader<Record>::BlockReader(BlockReader&&) noexcept = default;
template <typename Record>
BlockReader<Record>& BlockReader<Record>::operator=(BlockReader&&) noexcept = default;
template <typename Record>
BlockReader<Record>::~BlockReader() = default;

template <typename Record>
absl::StatusOr<BlockReader<Record>> BlockReader<Record>::Open(std::string bytes, std::string_view what) {
  auto parts = std::make_unique<Parts>();
  parts->bytes = std::move(bytes);
  parts->what = what;
  if (!parts->Find()) return Damaged(StrCat(what, " is damaged"));
  return BlockReader(std::move(parts));
}

template <typename Record>
uint32_t BlockReader<Record>::count() const {
  return parts_->block.records;
}

template <typename Record>
absl::StatusOr<Record> BlockReader<Record>::At(uint32_t i) const {
  Record record;
  RETURN_IF_ERROR(Read(i, &record));
  return record;
}

template <typename Record>
absl::Status BlockReader<Record>::Read(uint32_t i, Record* record) const {
  CellReader reader(parts_->block, i);
  Transfer(&reader, record);
  if (!reader.good()) return Damaged(StrCat(parts_->what, " is damaged: its record ", i, " cannot be read"));
  return absl::OkStatus();
}

template <typename Record>
absl::Status BlockReader<Record>::ReadWithoutWords(uint32_t i,
                                                   Record* record) const requires std::same_as<Record, ClaimRecord> {
  CellReader reader(parts_->block, i, /*words=*/false);
  Transfer(&reader, record);
  if (!reader.good()) return Damaged(StrCat(parts_->what, " is damaged: its record ", i, " cannot be read"));
  return absl::OkStatus();
}

template class BlockWriter<PropositionRecord>;
template class BlockWriter<ClaimRecord>;
template class BlockReader<PropositionRecord>;
template class BlockReader<ClaimRecord>;

}  // namespace dossier::store_internal
