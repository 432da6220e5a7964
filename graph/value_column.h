// A column of values: a property of vertices, edges or claims, by their numbers. Most have none or one of few values,
// so a cell is a small number, its code: an integer as its distance from the smallest, anything else as its place in
// the column's dictionary, which is sorted (Order of graph/value.h). Equal values have neighbouring codes, and of
// comparable values the smaller has the smaller code, so that a condition can be judged on codes alone.
//
// A column of a mapped image can be extended by what came after it: a few cells beside, which hide those of the same
// items, and values that it did not have, which take their codes between the others. Then nothing changes any more; may
// be read from many threads.
#ifndef DOSSIER_GRAPH_VALUE_COLUMN_H_
#define DOSSIER_GRAPH_VALUE_COLUMN_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/array.h"
#include "graph/cell_list.h"
#include "graph/dictionary.h"
#include "graph/image_archive.h"
#include "graph/made_once.h"
#include "graph/packed_array.h"
#include "graph/value.h"

namespace dossier {

// Which items have cells: all of a range of numbers, or a sorted list of numbers where they lie far apart.
class ItemIndex {
 public:
  static constexpr size_t kNone = ~size_t{0};

  ItemIndex() = default;
  // `items` rise, without repeats.
  static ItemIndex Of(std::vector<uint32_t> items);
  // The same of `count` items that rise from `first` to `last`, as far as that is enough to know.
  static std::optional<ItemIndex> OfClose(uint32_t first, uint32_t last, size_t count);
  // All of `count` items from `first` on.
  static ItemIndex Range(uint32_t first, size_t count);

  // The place of the item's cell, or kNone.
  size_t Find(uint32_t item) const {
    if (listed_.empty()) {
      const size_t place = item - size_t{first_};  // wraps below the first
      return place < count_ ? place : kNone;
    }
    return FindListed(item);
  }
  uint32_t ItemAt(size_t place) const {
    return listed_.empty() ? first_ + static_cast<uint32_t>(place) : listed_[place];
  }
  size_t size() const { return listed_.empty() ? count_ : listed_.size(); }
  // Whether they are all of a range of numbers, and the first of these.
  bool is_range() const { return listed_.empty(); }
  // The memory that Find reads.
  std::span<const std::byte> bytes() const { return listed_.bytes(); }
  uint32_t first() const { return first_; }

  void Archive(ImageArchive* archive) {
    archive->Number(&first_);
    archive->Number(&count_);
    archive->Items(&listed_);
  }

 private:
  size_t FindListed(uint32_t item) const;

  uint32_t first_ = 0;
  size_t count_ = 0;
  Array<uint32_t> listed_;
};

class ValueColumnBuilder;

class ValueColumn {
 public:
  static constexpr uint64_t kNoCode = ~uint64_t{0};
  // Codes from `begin` up to `end`.
  struct CodeRange {
    uint64_t begin = 0, end = 0;
    bool Contains(uint64_t code) const { return code - begin < end - begin; }
    bool empty() const { return begin == end; }
  };

  bool empty() const { return items_.size() == 0 && late_ == nullptr; }
  // Null where the item has none.
  Value Get(uint32_t item) const {
    const uint64_t code = CodeOf(item);
    return code == kNoCode ? Value() : Decode(code);
  }
  uint64_t CodeOf(uint32_t item) const {
    if (late_ != nullptr) [[unlikely]] {
      return LateCodeOf(item);
    }
    return EarlyCodeOf(item);
  }
  // Of many: 1 + the code of each, 0 where it has none. Precondition: codes() is below 2^32 - 1.
  void CodesOf(std::span<const uint32_t> items, std::span<uint32_t> codes) const;
  // Codes run from 0 up to this.
  uint64_t codes() const { return early_codes() + (late_ == nullptr ? 0 : late().values.size()); }
  Value Decode(uint64_t code) const {
    if (late_ != nullptr) [[unlikely]] {
      return LateDecode(code);
    }
    return EarlyDecode(code);
  }
  // The codes of values that are Equivalent to this one, or that Order before it (at most, with `or_equal`).
  CodeRange CodesOf(const Value& value) const;
  CodeRange CodesBefore(const Value& value, bool or_equal) const;
  // Whether all values are numbers, strings, booleans or vertices, of which two are equal exactly where they are
  // Equivalent (of NaN this does not hold: nothing equals it).
  bool is_plain() const { return plain_ && (late_ == nullptr || late().plain); }
  // Whether no two codes stand for values that are Equivalent, as 1 and 1.0 are.
  bool codes_are_distinct() const { return distinct_ && (late_ == nullptr || late().distinct); }

  // All cells: the item of cell `place`, and its code or kNoCode.
  size_t cells() const { return items_.size() + (late_ == nullptr ? 0 : late().appended.size()); }
  uint32_t ItemAt(size_t place) const {
    if (!part_.ready()) [[unlikely]] {
      part_.Check(items_.bytes());
    }
    return place < items_.size() ? items_.ItemAt(place) : late().appended[place - items_.size()];
  }
  uint64_t CodeAt(size_t place) const {
    if (late_ != nullptr) [[unlikely]] {
      return LateCodeOf(ItemAt(place));
    }
    return EarlyCodeAt(place);
  }

  // Adds the cells of `more`, in time proportional to them; an item's own cell makes way. Once at most. Does not look
  // at what is there.
  void Extend(ValueColumnBuilder more);
  bool extended() const { return late_ != nullptr; }
  // Does now what an extension left for the first question.
  void Settle() const {
    if (late_ != nullptr) late();
  }
  // Of a column that was extended: what `codes` were called before it was, as far as they were there.
  CodeRange EarlyCodes(CodeRange codes) const;
  const absl::flat_hash_map<uint32_t, uint64_t>& late_cells() const { return late().code_of; }

  // Of a column that was not extended.
  void Archive(ImageArchive* archive);

 private:
  friend class ValueColumnBuilder;
  enum class Coding : uint8_t { kInteger, kDictionary };
  // What a column was extended by.
  struct Late {
    absl::flat_hash_map<uint32_t, uint64_t> code_of;  // by item
    std::vector<uint32_t> appended;                   // those of the items that had no place
    std::vector<Value> values;                        // that were not there; in order
    std::vector<uint64_t> before;                     // by value: how many codes of old come before it
    bool plain = true, distinct = true;               // that nothing came which is not
  };
  // Where it stands among what was there is found out at the first question, as it takes looking at that.
  struct Extension {
    std::vector<std::pair<uint32_t, Value>> cells;  // by item
    MadeOnce<Late> late;
  };
  const Late& late() const {
    return late_->late.Get([this](Late* late) { Place(late_->cells, late); });
  }
  void Place(const std::vector<std::pair<uint32_t, Value>>& cells, Late* late) const;

  uint64_t early_codes() const { return coding_ == Coding::kInteger ? range_ : dictionary_.size(); }
  uint64_t EarlyCodeAt(size_t place) const {
    if (!part_.ready()) [[unlikely]] {
      part_.Check(codes_.bytes(place, place + 1));
    }
    return has_holes_ ? codes_[place] - 1 : codes_[place];
  }
  uint64_t EarlyCodeOf(uint32_t item) const {
    if (!part_.ready()) [[unlikely]] {
      part_.Check(items_.bytes());
    }
    const size_t place = items_.Find(item);
    return place == ItemIndex::kNone ? kNoCode : EarlyCodeAt(place);
  }
  Value EarlyDecode(uint64_t code) const {
    return coding_ == Coding::kInteger ? Value::Integer(smallest_ + static_cast<int64_t>(code)) : dictionary_[code];
  }
  uint64_t EarlyCodesBefore(const Value& value, bool or_equal) const;
  uint64_t LateCodeOf(uint32_t item) const;
  Value LateDecode(uint64_t code) const;
  // How many late values have codes below this one.
  size_t LateValuesBelow(uint64_t code) const;

  ItemIndex items_;
  bool has_holes_ = false;  // then cells hold 1 more than their code, and 0 where there is none
  Coding coding_ = Coding::kDictionary;
  int64_t smallest_ = 0;
  uint64_t range_ = 0;
  PackedArray codes_;
  Dictionary dictionary_;
  bool plain_ = true, distinct_ = true;
  LentPart part_;
  std::unique_ptr<const Extension> late_;
};

// Gathers cells in any order and makes the column.
class ValueColumnBuilder {
 public:
  // What becomes of an item that is given two values.
  enum class Twice : uint8_t { kLastStays, kListOfBoth };
  explicit ValueColumnBuilder(Twice twice = Twice::kLastStays) : twice_(twice) {}

  void Add(uint32_t item, const Value& value);  // null adds nothing
  // The same as Value::Time(time) and Value::OfQuantity(quantity), which are made where the column has none like them.
  void AddTime(uint32_t item, const EdtfTime& time) { AddKnown(item, time); }
  void AddQuantity(uint32_t item, const Quantity& quantity);
  bool empty() const { return added_.empty(); }
  ValueColumn Build() &&;
  // The cells, in the order of their items.
  std::vector<std::pair<uint32_t, Value>> Cells() &&;

 private:
  // The content is the integer itself while all are integers, else the value's place in values_.
  using Cell = CellList::Cell;
  // How values are found again: by all that they are made of, which two that are the same to a reader may not share.
  struct HashOfContent {
    using is_transparent = void;
    size_t operator()(const Value& value) const;
    size_t operator()(const EdtfTime& time) const;
    size_t operator()(const Quantity& quantity) const;
  };
  struct SameContent {
    using is_transparent = void;
    bool operator()(const Value& a, const Value& b) const;
    bool operator()(const Value& a, const EdtfTime& b) const;
    bool operator()(const Value& a, const Quantity& b) const;
  };

  template <typename Content>
  void AddKnown(uint32_t item, const Content& content);
  std::optional<uint64_t> PlainNumber(const Quantity& quantity);
  void AddCell(uint32_t item, int64_t content) {
    rises_ = rises_ && (added_.empty() || item > last_item_);
    last_item_ = item;
    added_.push_back({item, content});
  }
  int64_t Intern(const Value& value);
  int64_t InternNew(const Value& value);
  void GiveUpIntegers();
  void SortCells();
  template <typename Visit>
  void ForEachCell(const Visit& visit) const;
  template <typename PlaceOf>
  void ReplaceContents(const PlaceOf& place_of);
  template <typename Code>
  PackedArray CodesOf(const ValueColumn& column);
  void JoinRepeats();
  void BuildIntegers(ValueColumn* column);
  std::vector<uint32_t> OrderOfValues() const;
  void BuildDictionary(ValueColumn* column);

  Twice twice_;
  bool all_integers_ = true;
  CellList added_;
  bool rises_ = true;  // each item is beyond the one before
  uint32_t last_item_ = 0;
  std::vector<Cell> cells_;  // in the end, by item, where added_ does not rise
  std::vector<Value> values_;
  absl::flat_hash_map<Value, int64_t, HashOfContent, SameContent> known_;
  absl::flat_hash_map<std::string, int64_t> interned_;  // of values that may be the same with other contents
  // Quantities that are nothing but a number of one unit, as most are: by that number.
  absl::flat_hash_map<uint64_t, int64_t> plain_quantities_;
  std::string plain_unit_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_VALUE_COLUMN_H_
