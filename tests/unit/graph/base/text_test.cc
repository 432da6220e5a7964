#include "graph/base/text.h"

#include "gtest/gtest.h"

namespace dossier {
namespace {

TEST(TextTest, StrCatJoinsStringsAndNumbers) { EXPECT_EQ(StrCat("a", 1, 'b', 2.5), "a1b2.5"); }

TEST(TextTest, SplitKeepsEmptyPieces) {
  EXPECT_EQ(Split("a||b", '|'), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(Split("", '|').size(), 1u);
}

TEST(TextTest, EditDistanceCountsASwapOnceAndStopsAtTheLimit) {
  EXPECT_EQ(EditDistance("abc", "acb", 5), 1u);
  EXPECT_EQ(EditDistance("kitten", "sitting", 5), 3u);
  EXPECT_EQ(EditDistance("kitten", "sitting", 2), 3u);
}

TEST(TextTest, ClosestNameSuggestsOnlyWhatIsClose) {
  EXPECT_EQ(ClosestName("TRANSFERED", {"PRODUCED", "TRANSFERRED"}), "TRANSFERRED");
  EXPECT_EQ(ClosestName("XYZ", {"PRODUCED", "TRANSFERRED"}), "");
}

TEST(TextTest, InvalidUtf8IsFoundAtItsOffset) {
  EXPECT_EQ(FindInvalidUtf8("Côte d’Ivoire"), std::string_view::npos);
  EXPECT_EQ(FindInvalidUtf8("ab\xff"), 2u);
  EXPECT_EQ(FindInvalidUtf8("\xC0\xAF"), 0u);      // overlong
  EXPECT_EQ(FindInvalidUtf8("a\xED\xA0\x80"), 1u);  // surrogate
  EXPECT_EQ(FindInvalidUtf8("a\xE2\x82"), 1u);      // cut short
}

}  // namespace
}  // namespace dossier
