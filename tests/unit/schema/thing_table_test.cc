#include "schema/thing_table.h"

#include <cstdint>
#include <optional>
#include <string>

#include "graph/base/text.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

TEST(ThingTableTest, OfEachKeyThereIsOneReadingAsAWordAndANumber) {
  const auto split = [](std::string_view key) {
    const auto numbered = SplitNumber(key);
    return numbered.has_value() ? StrCat(numbered->word, "|", numbered->number) : "none";
  };
  EXPECT_EQ(split("report/17"), "report/|17");
  EXPECT_EQ(split("17"), "|17");
  EXPECT_EQ(split("0"), "|0");
  EXPECT_EQ(split("a0"), "a|0");
  EXPECT_EQ(split("007"), "00|7");
  EXPECT_EQ(split("a100"), "a|100");
  EXPECT_EQ(split("a00"), "a0|0");
  EXPECT_EQ(split("a1234567890"), "a1|234567890");
  EXPECT_EQ(split("a1000000000"), "a100000000|0");
  EXPECT_EQ(split(""), "none");
  EXPECT_EQ(split("17a"), "none");
}

void ExpectThing(const ThingTable<KnownThing>& table, const std::string& key, std::optional<uint32_t> number) {
  const auto place = table.PlaceOf(key);
  table.Fetch(place);
  table.FetchEntry(place);
  const auto found = table.Find(key, place);
  ASSERT_EQ(found.has_value(), number.has_value()) << key;
  if (found.has_value()) {
    EXPECT_EQ(found->number, *number) << key;
  }
}

TEST(ThingTableTest, FindsKeysOfManyNumbersOfFewAndOfNone) {
  ThingTable<KnownThing> table;
  ExpectThing(table, "report/1", std::nullopt);
  uint32_t number = 0;
  for (uint32_t i = 0; i < 3000; ++i) {
    table.Add(StrCat("report/", 2 * i), {number++, 1, false});
    table.Add(StrCat("far/", 1000 * i), {number++, 2, false});
    table.Add(StrCat("word", i, "x"), {number++, 3, true});
  }
  table.Add("report/007", {number++, 0, false});
  table.Add("alone/5", {number++, 0, false});
  table.Add("", {number++, 0, false});
  table.Settle();
  number = 0;
  for (uint32_t i = 0; i < 3000; ++i) {
    ExpectThing(table, StrCat("report/", 2 * i), number++);
    ExpectThing(table, StrCat("report/", 2 * i + 1), std::nullopt);
    ExpectThing(table, StrCat("far/", 1000 * i), number++);
    ExpectThing(table, StrCat("far/", 1000 * i + 1), std::nullopt);
    ExpectThing(table, StrCat("word", i, "x"), number++);
    ExpectThing(table, StrCat("word", i, "y"), std::nullopt);
  }
  ExpectThing(table, "report/007", number++);
  ExpectThing(table, "report/7", std::nullopt);
  ExpectThing(table, "report/0007", std::nullopt);
  ExpectThing(table, "report/00", std::nullopt);
  ExpectThing(table, "report/999999999", std::nullopt);
  ExpectThing(table, "report/", std::nullopt);
  ExpectThing(table, "alone/5", number++);
  ExpectThing(table, "", number++);
  const auto thing = table.Find("word7x");
  ASSERT_TRUE(thing.has_value());
  EXPECT_EQ(thing->types, 3u);
  EXPECT_TRUE(thing->is_document);
}

}  // namespace
}  // namespace dossier
