#include "graph/value_column.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

#include "absl/hash/hash.h"
#include "graph/base/huge_pages.h"
#include "graph/base/text.h"
#include "graph/base/text_order.h"

namespace dossier {
namespace {

// Listed one by one, an item costs 32 bits; in a range, a hole costs as much as a cell.
constexpr size_t kMostHolesPerItem = 7;

// The same text for the same value and no other; empty where values of the type are not looked for.
std::string IdentityOf(const Value& value) {
  switch (value.type()) {
    case Value::Type::kString:
      return StrCat("s", value.string());
    case Value::Type::kInteger:
      return StrCat("i", value.integer());
    case Value::Type::kFloat:
      return StrCat("f", FloatToString(value.floating()));
    case Value::Type::kBoolean:
      return value.boolean() ? "true" : "false";
    case Value::Type::kVertex:
      return StrCat("v", value.vertex().value);
    case Value::Type::kTime:
      return StrCat("t", value.time().text());
    case Value::Type::kQuantity: {
      const Quantity& quantity = value.quantity();
      return StrCat("q", quantity.text, "\n", quantity.unit, "\n", quantity.basis, "\n", FormatBounds(quantity),
                    quantity.derived ? "d" : "", quantity.countable ? "c" : "", quantity.low_open ? "o" : "",
                    quantity.high_open ? "o" : "c");
    }
    default:
      return "";
  }
}

// Whether values of the type may have one identity and different contents: all NaNs are one, and of a quantity the
// identity has what is said of its bounds.
bool HasManyContents(Value::Type type) { return type == Value::Type::kFloat || type == Value::Type::kQuantity; }

// Whether values of the type are looked for at all.
bool IsLookedFor(Value::Type type) {
  switch (type) {
    case Value::Type::kString:
    case Value::Type::kInteger:
    case Value::Type::kFloat:
    case Value::Type::kBoolean:
    case Value::Type::kVertex:
    case Value::Type::kTime:
    case Value::Type::kQuantity:
      return true;
    default:
      return false;
  }
}

bool IsPlain(const Value& value) {
  switch (value.type()) {
    case Value::Type::kInteger:
    case Value::Type::kFloat:
    case Value::Type::kString:
    case Value::Type::kBoolean:
    case Value::Type::kVertex:
      return true;
    default:
      return false;
  }
}

}  // namespace

ItemIndex ItemIndex::Range(uint32_t first, size_t count) {
  ItemIndex index;
  index.first_ = first;
  index.count_ = count;
  return index;
}

std::optional<ItemIndex> ItemIndex::OfClose(uint32_t first, uint32_t last, size_t count) {
  const size_t reach = last - size_t{first} + 1;
  return reach <= count * (1 + kMostHolesPerItem) ? std::optional(Range(first, reach)) : std::nullopt;
}

ItemIndex ItemIndex::Of(std::vector<uint32_t> items) {
  if (items.empty()) return ItemIndex();
  if (auto close = OfClose(items.front(), items.back(), items.size())) return *std::move(close);
  ItemIndex index;
  index.listed_ = std::move(items);
  return index;
}

size_t ItemIndex::FindListed(uint32_t item) const {
  const auto at = std::lower_bound(listed_.begin(), listed_.end(), item);
  return at == listed_.end() || *at != item ? kNone : static_cast<size_t>(at - listed_.begin());
}

void ValueColumn::CodesOf(std::span<const uint32_t> items, std::span<uint32_t> codes) const {
  if (late_ != nullptr || !items_.is_range() || !part_.ready()) {
    for (size_t i = 0; i < items.size(); ++i) codes[i] = static_cast<uint32_t>(CodeOf(items[i]) + 1);
    return;
  }
  const uint64_t first = items_.first(), count = items_.size();
  const uint32_t more = has_holes_ ? 0 : 1;
  const PackedArray::Reader cells = codes_.reader();
  for (size_t i = 0; i < items.size(); ++i) {
    const uint64_t place = items[i] - first;  // wraps below the first
    codes[i] = place < count ? static_cast<uint32_t>(cells[place]) + more : 0;
  }
}

ValueColumn::CodeRange ValueColumn::CodesOf(const Value& value) const {
  const CodeRange before = CodesBefore(value, /*or_equal=*/false);
  return {before.end, CodesBefore(value, /*or_equal=*/true).end};
}

ValueColumn::CodeRange ValueColumn::CodesBefore(const Value& value, bool or_equal) const {
  uint64_t end = EarlyCodesBefore(value, or_equal);
  if (late_ != nullptr) {
    const std::vector<Value>& values = late().values;
    const auto late = std::partition_point(values.begin(), values.end(), [&](const Value& known) {
      const int order = Order(known, value);
      return order < 0 || (or_equal && order == 0);
    });
    end += static_cast<uint64_t>(late - values.begin());
  }
  return {0, end};
}

uint64_t ValueColumn::EarlyCodesBefore(const Value& value, bool or_equal) const {
  uint64_t begin = 0, end = early_codes();
  while (begin < end) {
    const uint64_t middle = begin + (end - begin) / 2;
    const int order =
        coding_ == Coding::kInteger ? Order(EarlyDecode(middle), value) : dictionary_.OrderOf(middle, value);
    if (order < 0 || (or_equal && order == 0)) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

void ValueColumn::Archive(ImageArchive* archive) {
  archive->Number(&has_holes_);
  archive->Number(&coding_);
  archive->Number(&smallest_);
  archive->Number(&range_);
  archive->Number(&plain_);
  archive->Number(&distinct_);
  archive->BeginPart();
  items_.Archive(archive);
  codes_.Archive(archive);
  archive->EndPart(&part_);
  dictionary_.Archive(archive);
}

// --- What came later. The value with place i among the late ones has code before[i] + i; a code of old moves up by as
// many as come before it. ---

void ValueColumn::Extend(ValueColumnBuilder more) {
  if (more.empty()) return;
  if (empty()) {
    *this = std::move(more).Build();
    return;
  }
  auto extension = std::make_unique<Extension>();
  extension->cells = std::move(more).Cells();
  late_ = std::move(extension);
}

void ValueColumn::Place(const std::vector<std::pair<uint32_t, Value>>& cells, Late* late) const {
  // A cell's code of old, or the place of its value among those that are new.
  std::vector<uint64_t> known(cells.size(), kNoCode), fresh(cells.size());
  absl::flat_hash_map<std::string, uint64_t> met;
  std::vector<Value> values;
  for (size_t i = 0; i < cells.size(); ++i) {
    const Value& value = cells[i].second;
    const std::string identity = IdentityOf(value);
    const uint64_t end = EarlyCodesBefore(value, /*or_equal=*/true);
    for (uint64_t code = EarlyCodesBefore(value, /*or_equal=*/false); code < end && !identity.empty(); ++code) {
      if (IdentityOf(EarlyDecode(code)) == identity) known[i] = code;
    }
    if (known[i] != kNoCode) continue;
    const auto [at, is_new] = met.try_emplace(identity, values.size());
    fresh[i] = is_new || identity.empty() ? values.size() : at->second;
    if (fresh[i] == values.size()) values.push_back(value);
  }
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return Order(values[a], values[b]) < 0; });
  std::vector<uint64_t> code_of(values.size());
  for (const size_t place : order) {
    Value& value = values[place];
    const uint64_t before = EarlyCodesBefore(value, /*or_equal=*/true);
    late->plain = late->plain && IsPlain(value);
    late->distinct = late->distinct && before == EarlyCodesBefore(value, /*or_equal=*/false) &&
                     (late->values.empty() || !Equivalent(late->values.back(), value));
    code_of[place] = before + late->values.size();
    late->before.push_back(before);
    late->values.push_back(std::move(value));
  }
  for (size_t i = 0; i < cells.size(); ++i) {
    const uint32_t item = cells[i].first;
    const auto moved = std::upper_bound(late->before.begin(), late->before.end(), known[i]);
    late->code_of[item] =
        known[i] == kNoCode ? code_of[fresh[i]] : known[i] + static_cast<uint64_t>(moved - late->before.begin());
    if (items_.Find(item) == ItemIndex::kNone) late->appended.push_back(item);
  }
}

size_t ValueColumn::LateValuesBelow(uint64_t code) const {
  size_t begin = 0, end = late().before.size();
  while (begin < end) {
    const size_t middle = begin + (end - begin) / 2;
    if (late().before[middle] + middle < code) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

ValueColumn::CodeRange ValueColumn::EarlyCodes(CodeRange codes) const {
  return {codes.begin - LateValuesBelow(codes.begin), codes.end - LateValuesBelow(codes.end)};
}

uint64_t ValueColumn::LateCodeOf(uint32_t item) const {
  const auto found = late().code_of.find(item);
  if (found != late().code_of.end()) return found->second;
  const uint64_t code = EarlyCodeOf(item);
  if (code == kNoCode) return kNoCode;
  const auto moved = std::upper_bound(late().before.begin(), late().before.end(), code);
  return code + static_cast<uint64_t>(moved - late().before.begin());
}

Value ValueColumn::LateDecode(uint64_t code) const {
  const size_t below = LateValuesBelow(code);
  if (below < late().values.size() && late().before[below] + below == code) return late().values[below];
  return EarlyDecode(code - below);
}

size_t ValueColumnBuilder::HashOfContent::operator()(const EdtfTime& time) const { return absl::HashOf(time.text()); }
size_t ValueColumnBuilder::HashOfContent::operator()(const Quantity& quantity) const {
  return absl::HashOf(quantity.low, quantity.high, quantity.unit, quantity.text);
}
size_t ValueColumnBuilder::HashOfContent::operator()(const Value& value) const {
  switch (value.type()) {
    case Value::Type::kString:
      return absl::HashOf(value.string());
    case Value::Type::kInteger:
      return absl::HashOf(value.integer());
    case Value::Type::kFloat:
      return absl::HashOf(std::bit_cast<uint64_t>(value.floating()));
    case Value::Type::kBoolean:
      return absl::HashOf(value.boolean());
    case Value::Type::kVertex:
      return absl::HashOf(value.vertex().value);
    case Value::Type::kTime:
      return (*this)(value.time());
    case Value::Type::kQuantity:
      return (*this)(value.quantity());
    default:
      return 0;  // never looked for
  }
}

bool ValueColumnBuilder::SameContent::operator()(const Value& a, const EdtfTime& b) const {
  return a.type() == Value::Type::kTime && a.time().text() == b.text();
}
bool ValueColumnBuilder::SameContent::operator()(const Value& a, const Quantity& b) const {
  if (a.type() != Value::Type::kQuantity) return false;
  const auto bits = [](double number) { return std::bit_cast<uint64_t>(number); };  // 0 and -0 are told apart
  const Quantity& quantity = a.quantity();
  return quantity == b && bits(quantity.low) == bits(b.low) && bits(quantity.high) == bits(b.high);
}
bool ValueColumnBuilder::SameContent::operator()(const Value& a, const Value& b) const {
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case Value::Type::kString:
      return a.string() == b.string();
    case Value::Type::kInteger:
      return a.integer() == b.integer();
    case Value::Type::kFloat:
      return std::bit_cast<uint64_t>(a.floating()) == std::bit_cast<uint64_t>(b.floating());
    case Value::Type::kBoolean:
      return a.boolean() == b.boolean();
    case Value::Type::kVertex:
      return a.vertex() == b.vertex();
    case Value::Type::kTime:
      return (*this)(a, b.time());
    case Value::Type::kQuantity:
      return (*this)(a, b.quantity());
    default:
      return false;
  }
}

// A column of so many texts, nearly all of them new, as names are, does without looking for them: those that are alike
// are found when they are sorted. Until then no value is known, though there are some.
namespace {

constexpr size_t kTextsLookedFor = 1 << 16;

bool HasGivenUpLooking(size_t known, size_t values) { return known == 0 && values >= kTextsLookedFor; }

template <typename Known>
void LookAgain(const std::vector<Value>& values, Known* known) {
  for (size_t i = 0; i < values.size(); ++i) {
    if (IsLookedFor(values[i].type())) known->try_emplace(values[i], static_cast<int64_t>(i));
  }
}

}  // namespace

int64_t ValueColumnBuilder::Intern(const Value& value) {
  if (HasGivenUpLooking(known_.size(), values_.size())) {
    if (value.type() == Value::Type::kString) {
      // One that comes again and again does so at once.
      if (!SameContent()(values_.back(), value)) values_.push_back(value);
      return static_cast<int64_t>(values_.size() - 1);
    }
    LookAgain(values_, &known_);
  }
  if (IsLookedFor(value.type())) {
    if (const auto known = known_.find(value); known != known_.end()) return known->second;
  }
  return InternNew(value);
}

// A value whose content was not met.
int64_t ValueColumnBuilder::InternNew(const Value& value) {
  auto place = static_cast<int64_t>(values_.size());
  if (HasManyContents(value.type())) place = interned_.try_emplace(IdentityOf(value), place).first->second;
  if (IsLookedFor(value.type())) known_.emplace(value, place);
  if (place == static_cast<int64_t>(values_.size())) values_.push_back(value);
  if (known_.size() == kTextsLookedFor && value.type() == Value::Type::kString &&
      added_.size() - added_.size() / 8 < values_.size()) {
    known_ = {};
  }
  return place;
}

template <typename PlaceOf>
void ValueColumnBuilder::ReplaceContents(const PlaceOf& place_of) {
  added_.Replace(place_of);
  for (Cell& cell : cells_) cell.content = place_of(cell.content);
}

void ValueColumnBuilder::GiveUpIntegers() {
  all_integers_ = false;
  ReplaceContents([this](int64_t content) { return Intern(Value::Integer(content)); });
}

void ValueColumnBuilder::Add(uint32_t item, const Value& value) {
  if (value.is_null()) return;
  if (all_integers_ && value.type() != Value::Type::kInteger) GiveUpIntegers();
  AddCell(item, all_integers_ ? value.integer() : Intern(value));
}

namespace {

Value ToValue(const EdtfTime& time) { return Value::Time(time); }
Value ToValue(const Quantity& quantity) { return Value::OfQuantity(quantity); }

}  // namespace

template <typename Content>
void ValueColumnBuilder::AddKnown(uint32_t item, const Content& content) {
  if (all_integers_) GiveUpIntegers();
  if (HasGivenUpLooking(known_.size(), values_.size())) LookAgain(values_, &known_);
  const auto known = known_.find(content);
  AddCell(item, known != known_.end() ? known->second : InternNew(ToValue(content)));
}
template void ValueColumnBuilder::AddKnown(uint32_t, const EdtfTime&);

// The number that says all of this quantity, in the unit of the first one of which that was so.
std::optional<uint64_t> ValueColumnBuilder::PlainNumber(const Quantity& quantity) {
  constexpr size_t kMostDigits = 15;  // of which a double holds each
  const std::string& text = quantity.text;
  if (text.empty() || text.size() > kMostDigits || (text[0] == '0' && text.size() > 1)) return std::nullopt;
  if (!quantity.basis.empty() || quantity.low != quantity.high || quantity.low_open || quantity.high_open ||
      !quantity.countable || quantity.approximate || quantity.vague || quantity.unknown || quantity.derived) {
    return std::nullopt;
  }
  uint64_t number = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + static_cast<uint64_t>(digit - '0');
  }
  if (static_cast<double>(number) != quantity.low) return std::nullopt;
  if (plain_quantities_.empty()) plain_unit_ = quantity.unit;
  return quantity.unit == plain_unit_ ? std::optional(number) : std::nullopt;
}

void ValueColumnBuilder::AddQuantity(uint32_t item, const Quantity& quantity) {
  const std::optional<uint64_t> number = PlainNumber(quantity);
  if (!number.has_value()) return AddKnown(item, quantity);
  if (all_integers_) GiveUpIntegers();
  const auto [at, is_new] = plain_quantities_.try_emplace(*number, 0);
  if (is_new) at->second = Intern(Value::OfQuantity(quantity));
  AddCell(item, at->second);
}

// Of cells with one item (they are neighbours, in the order in which they came), one remains.
void ValueColumnBuilder::JoinRepeats() {
  const auto repeats = [](const Cell& a, const Cell& b) { return a.item == b.item; };
  if (std::adjacent_find(cells_.begin(), cells_.end(), repeats) == cells_.end()) return;
  if (twice_ == Twice::kListOfBoth && all_integers_) GiveUpIntegers();
  std::vector<Cell> kept;
  for (size_t i = 0; i < cells_.size();) {
    size_t end = i + 1;
    while (end < cells_.size() && repeats(cells_[i], cells_[end])) ++end;
    Cell cell = cells_[end - 1];
    if (twice_ == Twice::kListOfBoth && end - i > 1) {
      List both;
      for (; i < end; ++i) both.push_back(values_[static_cast<size_t>(cells_[i].content)]);
      cell.content = Intern(Value::OfList(std::move(both)));
    }
    kept.push_back(cell);
    i = end;
  }
  cells_ = std::move(kept);
}

void ValueColumnBuilder::SortCells() {
  if (rises_) return;
  cells_ = added_.Take();
  // Stable: those of one item stay in the order in which they came.
  const auto before = [](const Cell& a, const Cell& b) { return a.item < b.item; };
  if (!std::is_sorted(cells_.begin(), cells_.end(), before)) std::stable_sort(cells_.begin(), cells_.end(), before);
  JoinRepeats();
}

// By item, once they are sorted.
template <typename Visit>
void ValueColumnBuilder::ForEachCell(const Visit& visit) const {
  if (rises_) return added_.ForEach(visit);
  std::for_each(cells_.begin(), cells_.end(), visit);
}

std::vector<std::pair<uint32_t, Value>> ValueColumnBuilder::Cells() && {
  SortCells();
  std::vector<std::pair<uint32_t, Value>> cells;
  ForEachCell([&](const Cell& cell) {
    cells.emplace_back(cell.item,
                       all_integers_ ? Value::Integer(cell.content) : values_[static_cast<size_t>(cell.content)]);
  });
  return cells;
}

ValueColumn ValueColumnBuilder::Build() && {
  ValueColumn column;
  if (added_.empty()) return column;
  SortCells();
  const size_t count = rises_ ? added_.size() : cells_.size();
  uint32_t first = last_item_, last = 0;
  ForEachCell([&](const Cell& cell) {
    first = std::min(first, cell.item);
    last = std::max(last, cell.item);
  });
  if (auto close = ItemIndex::OfClose(first, last, count)) {
    column.items_ = *std::move(close);
  } else {
    std::vector<uint32_t> items;
    ReserveHuge(count, &items);
    ForEachCell([&](const Cell& cell) { items.push_back(cell.item); });
    column.items_ = ItemIndex::Of(std::move(items));
  }
  column.has_holes_ = column.items_.size() != count;
  if (all_integers_) {
    BuildIntegers(&column);
  } else {
    BuildDictionary(&column);
  }
  const bool narrow = column.codes() < std::numeric_limits<uint32_t>::max();
  column.codes_ = narrow ? CodesOf<uint32_t>(column) : CodesOf<uint64_t>(column);
  return column;
}

// The cells' codes, in their places.
template <typename Code>
PackedArray ValueColumnBuilder::CodesOf(const ValueColumn& column) {
  std::vector<Code> codes = HugeVector<Code>(column.items_.size());
  const bool integers = all_integers_ && column.coding_ == ValueColumn::Coding::kInteger;
  const uint64_t smallest = integers ? static_cast<uint64_t>(column.smallest_) : 0;
  ForEachCell([&](const Cell& cell) {
    const uint64_t code = static_cast<uint64_t>(cell.content) - smallest;
    codes[column.items_.Find(cell.item)] = static_cast<Code>(code + (column.has_holes_ ? 1 : 0));
  });
  added_ = CellList();
  cells_ = std::vector<Cell>();
  if constexpr (sizeof(Code) == sizeof(uint32_t)) {
    return PackedArray::Flat32(codes);
  } else {
    return PackedArray::Flat(codes);
  }
}

void ValueColumnBuilder::BuildIntegers(ValueColumn* column) {
  int64_t least = std::numeric_limits<int64_t>::max(), most = std::numeric_limits<int64_t>::min();
  ForEachCell([&](const Cell& cell) {
    least = std::min(least, cell.content);
    most = std::max(most, cell.content);
  });
  const uint64_t range = static_cast<uint64_t>(most) - static_cast<uint64_t>(least);
  if (range >= (uint64_t{1} << PackedArray::kMaxBits) - 2) {
    GiveUpIntegers();
    BuildDictionary(column);
    return;
  }
  column->coding_ = ValueColumn::Coding::kInteger;
  column->smallest_ = least;
  column->range_ = range + 1;
}

// The places of values in their order, those that Order alike as they stand.
std::vector<uint32_t> ValueColumnBuilder::OrderOfValues() const {
  const auto is_text = [](const Value& value) { return value.type() == Value::Type::kString; };
  if (std::all_of(values_.begin(), values_.end(), is_text)) {
    std::vector<std::string_view> texts;
    texts.reserve(values_.size());
    for (const Value& value : values_) texts.emplace_back(value.string());
    return OrderOfTexts(texts);
  }
  std::vector<uint32_t> order(values_.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return Order(values_[a], values_[b]) < 0; });
  return order;
}

void ValueColumnBuilder::BuildDictionary(ValueColumn* column) {
  known_ = {};
  interned_ = {};
  plain_quantities_ = {};
  const std::vector<uint32_t> order = OrderOfValues();
  std::vector<int64_t> code(values_.size());
  column->coding_ = ValueColumn::Coding::kDictionary;
  std::vector<Value> sorted;
  sorted.reserve(values_.size());
  const auto is_last_again = [&sorted](const Value& value) {
    return value.type() == Value::Type::kString && !sorted.empty() && sorted.back().type() == value.type() &&
           sorted.back().string() == value.string();
  };
  for (const uint32_t place : order) {
    const bool again = is_last_again(values_[place]);  // of texts that were not looked for
    code[place] = static_cast<int64_t>(sorted.size()) - (again ? 1 : 0);
    if (again) continue;
    sorted.push_back(std::move(values_[place]));
    column->plain_ = column->plain_ && IsPlain(sorted.back());
  }
  column->distinct_ = std::adjacent_find(sorted.begin(), sorted.end(), Equivalent) == sorted.end();
  column->dictionary_ = Dictionary(std::move(sorted));
  ReplaceContents([&](int64_t content) { return code[static_cast<size_t>(content)]; });
}

}  // namespace dossier
