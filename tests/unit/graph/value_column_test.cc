#include "graph/value_column.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "graph/base/text.h"
#include "graph/cell_list.h"
#include "graph/packed_array.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

TEST(CellListTest, GivesBackWhatWentInHoweverFarApart) {
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min(), kMost = std::numeric_limits<int64_t>::max();
  constexpr int64_t kReach = int64_t{1} << 31;
  const std::vector<std::vector<int64_t>> lists = {{},
                                                   {7},
                                                   {0, kReach - 1, -kReach},
                                                   {0, kReach},
                                                   {0, 5, -kReach - 1, 6},
                                                   {kLeast, kLeast + 1, kMost},
                                                   {kMost, kMost - 3, kLeast},
                                                   {1764000000000000, 1764000000000007}};
  for (const std::vector<int64_t>& list : lists) {
    for (const bool replaced : {false, true}) {
      CellList cells;
      for (size_t i = 0; i < list.size(); ++i) cells.push_back({static_cast<uint32_t>(10 + i), list[i]});
      EXPECT_EQ(cells.size(), list.size());
      EXPECT_EQ(cells.empty(), list.empty());
      std::vector<int64_t> expected = list;
      if (replaced) {
        int64_t next = 0xFFFFFFFF;
        for (int64_t& content : expected) content = next--;
        size_t i = 0;
        cells.Replace([&](int64_t content) {
          EXPECT_EQ(content, list[i]);
          return expected[i++];
        });
        cells.push_back({99, 3});
        expected.push_back(3);
      }
      std::vector<int64_t> visited;
      cells.ForEach([&](const CellList::Cell& cell) { visited.push_back(cell.content); });
      EXPECT_EQ(visited, expected);
      const std::vector<CellList::Cell> taken = cells.Take();
      ASSERT_EQ(taken.size(), expected.size());
      for (size_t i = 0; i < taken.size(); ++i) {
        EXPECT_EQ(taken[i].content, expected[i]);
        EXPECT_EQ(taken[i].item, i < list.size() ? 10 + i : 99);
      }
      EXPECT_TRUE(cells.empty());
    }
  }
}

TEST(PackedArrayTest, GivesBackWhatWentIn) {
  std::mt19937_64 random(1);
  for (const unsigned bits : {0U, 1U, 3U, 8U, 13U, 31U, 33U, 55U, 56U}) {
    std::vector<uint64_t> values(1000);
    for (uint64_t& value : values) value = bits == 0 ? 0 : random() >> (64 - bits);
    const PackedArray packed = PackedArray::Flat(values);
    ASSERT_EQ(packed.size(), values.size());
    for (size_t i = 0; i < values.size(); ++i) ASSERT_EQ(packed[i], values[i]) << bits << " bits, cell " << i;
  }
  EXPECT_TRUE(PackedArray::Flat({}).empty());
}

TEST(PackedArrayTest, LinesGiveBackWhatWentIn) {
  for (uint32_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    std::vector<uint64_t> values(random() % 50);
    const uint64_t step = random() % 100, noise = 1 + random() % 1000;
    uint64_t next = random() % 1000;
    for (uint64_t& value : values) {
      value = next + random() % noise;
      next += step;
    }
    if (seed % 3 == 0) std::reverse(values.begin(), values.end());
    if (seed % 5 == 0) std::sort(values.begin(), values.end());
    const PackedArray packed = PackedArray::Line(values);
    for (size_t i = 0; i < values.size(); ++i) ASSERT_EQ(packed[i], values[i]);
    if (seed % 5 != 0) continue;
    for (const uint64_t wanted : {uint64_t{0}, uint64_t{500}, next, next + noise}) {
      EXPECT_EQ(packed.LowerBound(wanted),
                static_cast<size_t>(std::lower_bound(values.begin(), values.end(), wanted) - values.begin()));
    }
  }
}

TEST(ItemIndexTest, FarItemsAreListed) {
  for (const std::vector<uint32_t>& items :
       {std::vector<uint32_t>{}, {7}, {0, 1, 2}, {5, 9, 11}, {3, 4000, 4000000000}, {0xFFFFFFFF}}) {
    const ItemIndex index = ItemIndex::Of(items);
    for (const uint32_t item : items) {
      ASSERT_NE(index.Find(item), ItemIndex::kNone) << item;
      EXPECT_EQ(index.ItemAt(index.Find(item)), item);
    }
    for (const uint32_t other : {6U, 100U, 3999U, 0xFFFFFFFEU}) {
      const size_t place = index.Find(other);
      EXPECT_TRUE(place == ItemIndex::kNone || place < index.size());
    }
  }
}

Value ValueOf(std::mt19937& random, int kind) {
  const auto small = static_cast<int64_t>(random() % 9) - 4;
  switch (kind) {
    case 0:
      return Value::Integer(small);
    case 1:
      return random() % 2 == 0 ? Value::Integer(small) : Value::Float(static_cast<double>(small) / 2);
    case 2:
      return Value::String(std::string(random() % 3, static_cast<char>('a' + random() % 3)));
    case 3:
      return Value::Integer(random() % 2 == 0 ? std::numeric_limits<int64_t>::max() - (small + 4)
                                              : std::numeric_limits<int64_t>::min() + small + 4);
    default:
      return random() % 2 == 0 ? ValueOf(random, 2) : ValueOf(random, 1);
  }
}

// A column against a map, with cells near one another and far apart, in order and out of it.
TEST(ValueColumnTest, AgreesWithAMap) {
  for (uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const int kind = static_cast<int>(seed % 5);
    const uint32_t reach = seed % 2 == 0 ? 40 : 4000000;
    std::map<uint32_t, Value> expected;
    ValueColumnBuilder builder;
    for (int i = 0; i < 60; ++i) {
      const auto item = static_cast<uint32_t>(random() % reach);
      const Value value = ValueOf(random, kind);
      builder.Add(item, value);
      expected[item] = value;
    }
    builder.Add(3, Value());
    const ValueColumn column = std::move(builder).Build();
    for (const auto& [item, value] : expected) {
      ASSERT_EQ(column.Get(item).type(), value.type());
      ASSERT_TRUE(Equivalent(column.Get(item), value)) << item;
    }
    size_t cells = 0;
    for (size_t place = 0; place < column.cells(); ++place) {
      if (column.CodeAt(place) == ValueColumn::kNoCode) continue;
      ++cells;
      ASSERT_TRUE(expected.contains(column.ItemAt(place)));
    }
    EXPECT_EQ(cells, expected.size());
    EXPECT_TRUE(column.Get(4000001).is_null());
    for (int i = 0; i < 20; ++i) {
      const Value wanted = ValueOf(random, i % 5);
      const ValueColumn::CodeRange same = column.CodesOf(wanted), less = column.CodesBefore(wanted, false);
      for (const auto& [item, value] : expected) {
        EXPECT_EQ(same.Contains(column.CodeOf(item)), Equivalent(value, wanted));
        EXPECT_EQ(less.Contains(column.CodeOf(item)), Order(value, wanted) < 0);
      }
    }
  }
}

// A column that was extended against a map of what is then in it.
TEST(ValueColumnTest, ExtendedAgreesWithAMap) {
  for (uint32_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const int kind = static_cast<int>(seed % 5), late_kind = static_cast<int>(random() % 5);
    const uint32_t reach = seed % 2 == 0 ? 40 : 4000000;
    std::map<uint32_t, Value> expected;
    ValueColumnBuilder early, late;
    const auto add = [&](uint32_t item, int kind_of_value, ValueColumnBuilder* builder) {
      const Value value = ValueOf(random, kind_of_value);
      builder->Add(item, value);
      expected[item] = value;
    };
    for (int i = 0; i < 30; ++i) add(static_cast<uint32_t>(random() % reach), kind, &early);
    ValueColumn column = std::move(early).Build();
    for (uint64_t i = random() % 20; i > 0; --i) {
      // Of an item that has a cell, of one in between, or of one beyond.
      const auto some = std::next(expected.begin(), static_cast<ptrdiff_t>(random() % expected.size()));
      const uint32_t item = random() % 2 == 0 ? some->first : static_cast<uint32_t>(random() % (2 * reach));
      add(item, late_kind, &late);
    }
    column.Extend(std::move(late));
    std::map<uint32_t, uint64_t> codes;
    for (const auto& [item, value] : expected) {
      ASSERT_EQ(column.Get(item).type(), value.type());
      ASSERT_TRUE(Equivalent(column.Get(item), value)) << item;
      codes[item] = column.CodeOf(item);
      ASSERT_LT(codes[item], column.codes());
    }
    std::map<uint32_t, uint64_t> cells;
    for (size_t place = 0; place < column.cells(); ++place) {
      if (column.CodeAt(place) == ValueColumn::kNoCode) continue;
      ASSERT_TRUE(cells.emplace(column.ItemAt(place), column.CodeAt(place)).second);
    }
    EXPECT_EQ(cells, codes);
    EXPECT_TRUE(column.Get(8000001).is_null());
    bool distinct = true;
    for (uint64_t code = 1; code < column.codes() && column.codes() < 1000; ++code) {
      EXPECT_LE(Order(column.Decode(code - 1), column.Decode(code)), 0);
      distinct = distinct && !Equivalent(column.Decode(code - 1), column.Decode(code));
    }
    EXPECT_TRUE(distinct || !column.codes_are_distinct());
    for (int i = 0; i < 20; ++i) {
      const Value wanted = ValueOf(random, i % 5);
      const ValueColumn::CodeRange same = column.CodesOf(wanted), less = column.CodesBefore(wanted, false);
      for (const auto& [item, value] : expected) {
        EXPECT_EQ(same.Contains(column.CodeOf(item)), Equivalent(value, wanted));
        EXPECT_EQ(less.Contains(column.CodeOf(item)), Order(value, wanted) < 0);
      }
    }
  }
}

TEST(ValueColumnTest, TwoValuesOfAnItemMayBeAList) {
  ValueColumnBuilder builder(ValueColumnBuilder::Twice::kListOfBoth);
  builder.Add(1, Value::Integer(4));
  builder.Add(2, Value::Integer(5));
  builder.Add(1, Value::Integer(3));
  const ValueColumn column = std::move(builder).Build();
  EXPECT_EQ(ToString(column.Get(1)), "[4, 3]");
  EXPECT_EQ(ToString(column.Get(2)), "5");
}

// Columns of many names are not looked through for each new one. What comes again, or is no text, has its one code all
// the same, however late it comes.
TEST(ValueColumnTest, ManyTextsHaveOneCodeEach) {
  constexpr uint32_t kTexts = 100000;
  for (const bool mixed : {false, true}) {
    ValueColumnBuilder builder;
    std::map<uint32_t, Value> expected;
    const auto add = [&](const Value& value) {
      const auto item = static_cast<uint32_t>(expected.size());
      builder.Add(item, value);
      expected.emplace(item, value);
    };
    for (uint32_t i = 0; i < kTexts; ++i) add(Value::String(StrCat("name ", i * 7919 % kTexts)));
    for (uint32_t i = 0; i < 1000; ++i) add(Value::String(StrCat("name ", i * i % kTexts)));
    for (uint32_t i = 0; i < 1000; ++i) add(Value::String("name 7"));
    if (mixed) {
      for (int i = 0; i < 10; ++i) add(Value::Integer(i % 3));
      add(Value::Time(EdtfTime::Parse("2015").value()));
    }
    for (uint32_t i = 0; i < 1000; ++i) add(Value::String(StrCat(i % 2 == 0 ? "name " : "other ", i % 500)));
    const ValueColumn column = std::move(builder).Build();
    EXPECT_EQ(column.codes(), kTexts + 250 + (mixed ? 4 : 0));
    for (const auto& [item, value] : expected) {
      ASSERT_EQ(column.Get(item).type(), value.type());
      ASSERT_TRUE(Equivalent(column.Get(item), value)) << item;
    }
  }
}

TEST(ValueColumnTest, QuantitiesThatPrintAlikeStayApart) {
  ValueColumnBuilder builder;
  Quantity attacks = Quantity::Exactly(42, "attack"), others = attacks;
  others.basis = "separate attacks";
  builder.Add(0, Value::OfQuantity(attacks));
  builder.Add(1, Value::OfQuantity(others));
  const ValueColumn column = std::move(builder).Build();
  EXPECT_EQ(column.Get(0).quantity().basis, "");
  EXPECT_EQ(column.Get(1).quantity().basis, "separate attacks");
}

}  // namespace
}  // namespace dossier
