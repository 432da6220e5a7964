#include "store/number_table.h"

#include <cstdint>
#include <optional>

#include "graph/base/text.h"
#include "graph/content_hash.h"
#include "gtest/gtest.h"

namespace dossier::store_internal {
namespace {

TEST(NumberTableTest, GivesNumbersInOrderAndFindsThemAgain) {
  for (const bool reserved : {false, true}) {
    NumberTable table(7);
    EXPECT_EQ(table.Find(HashOfId("x")), std::nullopt);
    table.Prefetch(HashOfId("x"));
    if (reserved) table.Reserve(1000);
    constexpr uint32_t kCount = 5000;
    for (uint32_t i = 0; i < kCount; ++i) table.Add(HashOfId(StrCat("claim-", i)));
    for (uint32_t i = 0; i < kCount; ++i) EXPECT_EQ(table.Find(HashOfId(StrCat("claim-", i))), 7 + i);
    EXPECT_EQ(table.Find(HashOfId("claim-5000")), std::nullopt);
    ASSERT_EQ(table.hashes().size(), kCount);
    EXPECT_EQ(table.hashes()[3], HashOfId("claim-3"));
  }
}

TEST(NumberTableTest, HashesThatAreNumbersInDisguiseDoNotMeet) {
  NumberTable table(0);
  for (uint32_t i = 0; i < 100000; ++i) {
    ContentHash hash{};
    hash[0] = static_cast<uint8_t>(i);
    hash[8] = static_cast<uint8_t>(i >> 8);
    hash[15] = static_cast<uint8_t>(i >> 16);
    ASSERT_EQ(table.Find(hash), std::nullopt) << i;
    table.Add(hash);
  }
}

}  // namespace
}  // namespace dossier::store_internal
