// The smaller tools of the base that making an image rests on, each against the plain way of doing the same.
#include <algorithm>
#include <atomic>
#include <functional>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/long_list.h"
#include "graph/base/run_all.h"
#include "graph/base/text_order.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

std::vector<uint32_t> PlainOrder(const std::vector<std::string>& texts) {
  std::vector<uint32_t> order(texts.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return texts[a] < texts[b]; });
  return order;
}

// Few bytes, zeros and the highest one among them, and few beginnings, so that texts are often equal, or one is the
// beginning of the other.
std::string RandomText(std::mt19937* random) {
  static const std::string kBeginnings[] = {"", "entity/", "a beginning that is long/", std::string(8, '\0'), "\xFF"};
  std::string text = kBeginnings[(*random)() % std::size(kBeginnings)];
  for (size_t left = (*random)() % 20; left > 0; --left) text += "\0\0ab\xFF"[(*random)() % 5];
  return text;
}

TEST(TextOrderTest, IsThatOfTheirBytes) {
  for (uint32_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::vector<std::string> texts(random() % 400);
    for (std::string& text : texts) text = RandomText(&random);
    if (seed % 3 == 0) std::sort(texts.begin(), texts.end());
    if (seed % 6 == 0) std::reverse(texts.begin(), texts.end());
    EXPECT_EQ(OrderOfTexts(std::vector<std::string_view>(texts.begin(), texts.end())), PlainOrder(texts));
  }
  EXPECT_TRUE(OrderOfTexts({}).empty());
  EXPECT_EQ(OrderOfTexts(std::vector<std::string_view>(3)), (std::vector<uint32_t>{0, 1, 2}));
}

TEST(TextOrderTest, LongTextsThatAreAlikeTakeNoLongerThanTheyAreLong) {
  std::vector<std::string> texts(2000, std::string(4000, 'x'));
  for (size_t i = 0; i < texts.size(); i += 2) texts[i] += 'y';
  EXPECT_EQ(OrderOfTexts(std::vector<std::string_view>(texts.begin(), texts.end())), PlainOrder(texts));
}

TEST(LongListTest, KeepsWhatItIsGivenInOrder) {
  for (const size_t count : {0, 1, 127, 128, 129, 100000, 3000000}) {  // the last in pieces from the system
    SCOPED_TRACE(count);
    LongList<uint64_t> list;
    for (size_t i = 0; i < count; ++i) {
      ASSERT_EQ(list.size(), i);
      list.push_back(i);
    }
    EXPECT_EQ(list.empty(), count == 0);
    list.ForEach([](uint64_t& item) { item *= 3; });
    LongList<uint64_t> moved = std::move(list);
    list = LongList<uint64_t>();
    EXPECT_TRUE(list.empty());
    size_t visited = 0;
    std::as_const(moved).ForEach([&](uint64_t item) { visited += item == 3 * visited ? 1 : 0; });
    EXPECT_EQ(visited, count);
    const std::vector<uint64_t> all = moved.Take();
    ASSERT_EQ(all.size(), count);
    for (size_t i = 0; i < count; ++i) ASSERT_EQ(all[i], 3 * i);
    EXPECT_TRUE(moved.empty());
    moved.push_back(7);
    EXPECT_EQ(moved.Take(), std::vector<uint64_t>{7});
  }
}

TEST(RunAllTest, DoesEachThingOnce) {
  for (const size_t count : {0, 1, 2, 3, 1000}) {
    std::vector<std::atomic<int>> times(count);
    Tasks tasks;
    for (size_t i = 0; i < count; ++i) tasks.push_back([&times, i] { ++times[i]; });
    RunAll(std::move(tasks));
    for (const std::atomic<int>& one : times) EXPECT_EQ(one, 1);
  }
}

}  // namespace
}  // namespace dossier
