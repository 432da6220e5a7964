// What an index finds is what looking at every cell finds. Seeds are printed where that fails.
#include "graph/value_index.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "graph/image_builder.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

std::vector<uint32_t> LookedAt(const ValueColumn& column, ValueColumn::CodeRange codes) {
  std::vector<std::pair<uint64_t, uint32_t>> found;
  for (size_t place = 0; place < column.cells(); ++place) {
    const uint64_t code = column.CodeAt(place);
    if (code != ValueColumn::kNoCode && codes.Contains(code)) found.emplace_back(code, column.ItemAt(place));
  }
  std::sort(found.begin(), found.end());
  std::vector<uint32_t> items;
  for (const auto& [code, item] : found) items.push_back(item);
  return items;
}

TEST(ValueIndexTest, FindsWhatLookingFinds) {
  for (uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto below = [&](uint32_t n) { return static_cast<uint32_t>(random() % n); };
    // Close together or far apart, of few values (counted) or of many (sorted), texts among them.
    const uint32_t gap = below(2) == 0 ? 2 : 1000, values = below(2) == 0 ? 7 : 1'000'000;
    const auto value = [&] {
      const auto number = static_cast<int64_t>(below(values));
      return seed % 3 == 0 ? Value::String(std::to_string(number)) : Value::Integer(number);
    };
    ValueColumnBuilder builder;
    uint32_t item = 5;
    for (uint32_t i = below(150); i > 0; --i) builder.Add(item += 1 + below(gap), value());
    ValueColumn column = std::move(builder).Build();
    if (seed % 2 == 0) {
      ValueColumnBuilder more;
      for (uint32_t i = below(20); i > 0; --i) more.Add(below(item + 50), value());
      column.Extend(std::move(more));
    }
    const ValueIndex index(column);
    for (uint32_t i = 0; i < 30; ++i) {
      const uint64_t begin = below(static_cast<uint32_t>(std::min<uint64_t>(column.codes(), 2'000'000)) + 1);
      const ValueColumn::CodeRange codes{begin, std::min(column.codes(), begin + below(3))};
      const auto found = index.Items(codes);
      ASSERT_EQ(std::vector<uint32_t>(found.begin(), found.end()), LookedAt(column, codes));
    }
  }
}

TEST(NextEntityTest, PassesOverRunsOfOtherLabels) {
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    ImageBuilder builder(/*sourced=*/false);
    for (int runs = static_cast<int>(random() % 9); runs > 0; --runs) {
      const LabelId label = builder.Label(std::string(1, static_cast<char>('A' + random() % 4)));
      for (uint32_t i = static_cast<uint32_t>(random() % 12); i > 0; --i) builder.AddEntity("", {label});
    }
    const auto image = builder.Build();
    for (uint32_t mask = 0; mask < 16; ++mask) {
      std::vector<bool> wanted(image->signature_count());
      for (size_t i = 0; i < wanted.size(); ++i) wanted[i] = (mask >> (i % 4) & 1) != 0;
      for (uint32_t from = 0; from <= image->entity_count(); ++from) {
        uint32_t expected = from;
        while (expected < image->entity_count() && !wanted[image->signature(VertexId(expected))]) ++expected;
        ASSERT_EQ(image->NextEntity(from, wanted), expected) << mask << " from " << from;
      }
    }
  }
}

}  // namespace
}  // namespace dossier
