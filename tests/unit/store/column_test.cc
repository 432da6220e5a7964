#include "store/column.h"

#include <algorithm>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace dossier::store_internal {
namespace {

using Values = std::vector<uint64_t>;

std::string Written(const Values& values) {
  ColumnWriter out;
  out.PutColumn(values);
  return out.Take();
}

void ExpectBack(const Values& values) {
  const std::string bytes = Written(values);
  ColumnReader in(bytes);
  Column column;
  ASSERT_TRUE(in.GetColumn(values.size(), &column));
  EXPECT_TRUE(in.AtEnd());
  for (size_t i = 0; i < values.size(); ++i) ASSERT_EQ(column.At(i), values[i]) << i << " of " << values.size();
}

TEST(ColumnTest, NumbersComeBack) {
  constexpr uint64_t kMost = std::numeric_limits<uint64_t>::max();
  for (const Values& values : {Values{},
                               {0},
                               {7},
                               {kMost},
                               {0, kMost},
                               {kMost, 0},
                               {kMost, kMost - 1, 1},
                               {1, 2, 3},
                               {9, 7, 5, 3},
                               {5, 5, 5, 6},
                               {kMost - 1, kMost, 0, 1}}) {
    ExpectBack(values);
  }
  std::mt19937_64 random(20261126);
  for (int width = 1; width <= 64; ++width) {
    for (const size_t size : {1, 2, 3, 8, 255, 256}) {
      Values values(size);
      for (uint64_t& value : values) value = (random() >> (64 - width)) + (width % 3 == 0 ? random() : 1000);
      ExpectBack(values);
      std::sort(values.begin(), values.end());
      ExpectBack(values);
    }
  }
}

TEST(ColumnTest, TakesAsLittleRoomAsItsNumbersHaveToTell) {
  EXPECT_LE(Written(Values(256, 1000000)).size(), 5u);
  Values rising(256);
  for (size_t i = 0; i < rising.size(); ++i) rising[i] = 1000000 + 3 * i;
  EXPECT_LE(Written(rising).size(), 6u);
  for (size_t i = 0; i < rising.size(); ++i) rising[i] = 1000000 + (i * 7919) % 1024;
  EXPECT_LE(Written(rising).size(), 256u * 10 / 8 + 5);
  ColumnWriter out;
  for (int i = 0; i < 300; ++i) out.PutColumn(Values(256, 0));
  EXPECT_EQ(out.Take().size(), 4u);
}

TEST(ColumnTest, ReadsWhatWasWrittenInBetween) {
  ColumnWriter out;
  out.PutColumn(Values{0, 0});
  out.PutColumn(Values{});
  out.PutNumber(300);
  out.PutColumn(Values{0});
  out.PutBytes("text");
  out.PutColumn(Values{1, 5});
  const std::string bytes = out.Take();
  ColumnReader in(bytes);
  Column column;
  uint64_t number = 0;
  std::string_view text;
  ASSERT_TRUE(in.GetColumn(2, &column) && in.GetColumn(0, &column));
  ASSERT_TRUE(in.GetNumber(&number) && in.GetColumn(1, &column) && in.GetBytes(4, &text));
  EXPECT_EQ(number, 300u);
  EXPECT_EQ(text, "text");
  ASSERT_TRUE(in.GetColumn(2, &column));
  EXPECT_EQ(column.At(1), 5u);
  EXPECT_TRUE(in.AtEnd());
  EXPECT_FALSE(in.GetColumn(1, &column) || in.GetNumber(&number) || in.GetBytes(1, &text));
}

TEST(ColumnTest, EveryEndThatComesTooSoonIsSeen) {
  const std::string bytes = Written({1, 500, 3, 70000});
  for (size_t cut = 0; cut < bytes.size(); ++cut) {
    ColumnReader in(std::string_view(bytes).substr(0, cut));
    Column column;
    EXPECT_FALSE(in.GetColumn(4, &column)) << cut;
  }
  Column column;
  EXPECT_FALSE(ColumnReader("\x7F").GetColumn(1, &column));
  EXPECT_FALSE(ColumnReader(std::string_view("\x7F\0", 2)).GetColumn(1, &column));
  EXPECT_FALSE(ColumnReader("\x39xxxxxxxxxxxxxxx").GetColumn(1, &column));  // 57 bits
  uint64_t number = 0;
  EXPECT_FALSE(ColumnReader("\xFF\xFF").GetNumber(&number));
  EXPECT_FALSE(ColumnReader("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01").GetNumber(&number));
}

// The bytes on disk.
TEST(ColumnTest, BytesNeverChange) {
  EXPECT_EQ(Written({0, 0}), std::string("\x7F\x01"));
  EXPECT_EQ(Written({5, 5}), std::string("\x00\x0A", 2));
  EXPECT_EQ(Written({5, 7, 9}), std::string("\x80\x0A\x04"));
  EXPECT_EQ(Written({4, 7, 4, 5}), std::string("\x02\x08\x4C"));
}

}  // namespace
}  // namespace dossier::store_internal
