#include "store/hash_index.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "graph/base/diagnostic.h"
#include "gtest/gtest.h"
#include "store/error_codes.h"
#include "store/key_codec.h"
#include "store/memory_engine.h"

namespace dossier::store_internal {
namespace {

class HashIndexTest : public testing::Test {
 protected:
  void Add(std::vector<IndexEntry> entries) {
    for (const IndexEntry& entry : entries) model_.emplace(entry.hash, entry.number);
    Batch batch;
    ASSERT_TRUE(AddToHashIndex(*engine_->View().value(), Tag::kClaimsById, std::move(entries), &runs_, &batch).ok());
    ASSERT_TRUE(engine_->Write(batch, false).ok());
  }
  void ExpectModel() {
    const auto view = engine_->View().value();
    for (const bool keep : {false, true}) {
      HashIndexReader reader(view.get(), Tag::kClaimsById, &runs_, keep);
      for (const auto& [hash, number] : model_) {
        const auto [begin, end] = model_.equal_range(hash);
        const std::vector<uint32_t> found = reader.Find(hash).value();
        ASSERT_EQ(found.size(), static_cast<size_t>(std::distance(begin, end)));
        ASSERT_THAT(found, testing::Contains(number));
        ASSERT_TRUE(model_.contains(hash ^ 1) || reader.Find(hash ^ 1).value().empty());
      }
    }
    size_t entries = 0;
    for (const IndexRun& run : runs_) entries += run.entries;
    EXPECT_EQ(entries, model_.size());
  }

  std::unique_ptr<KeyValueEngine> engine_ = MakeMemoryEngine();
  std::vector<IndexRun> runs_;
  std::multimap<uint32_t, uint32_t> model_;
};

TEST(SortEntriesTest, SortsAsComparingDoes) {
  const auto seed = static_cast<uint32_t>(std::random_device()());
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::function<uint32_t(uint32_t)> kHashes[] = {
      [&](uint32_t) { return static_cast<uint32_t>(random()); },               // as they are
      [](uint32_t) { return 77U; },                                            // all the same
      [](uint32_t i) { return i; },                                            // rising
      [](uint32_t i) { return 0xFFFFFFFF - i; },                               // falling
      [&](uint32_t) { return static_cast<uint32_t>(random()) & 0x7FF; },       // the lowest digit alone
      [&](uint32_t) { return static_cast<uint32_t>(random()) << 22; },         // the highest digit alone
      [&](uint32_t i) { return i % 2 == 0 ? 0 : 0xFFFFFFFF; },                 // the ends
      [&](uint32_t) { return static_cast<uint32_t>(random() % 3) << 10 | 5; }  // across two digits, few
  };
  const std::function<uint32_t(uint32_t)> kNumbers[] = {
      [](uint32_t i) { return i; },                                     // rising, as a load gives them
      [](uint32_t i) { return 1000000 - i; },                           // falling
      [](uint32_t i) { return i < 5000 ? i + 20000 : i; },              // new ones, then those of a run
      [&](uint32_t) { return static_cast<uint32_t>(random() % 100); },  // anything
  };
  for (const uint32_t size : {0, 1, 2, 4095, 4096, 20000}) {
    for (const auto& hash : kHashes) {
      for (const auto& number : kNumbers) {
        std::vector<IndexEntry> entries;
        for (uint32_t i = 0; i < size; ++i) entries.push_back({hash(i), number(i)});
        std::vector<IndexEntry> expected = entries;
        std::sort(expected.begin(), expected.end());
        SortEntries(&entries);
        ASSERT_EQ(entries, expected);
      }
    }
  }
}

TEST_F(HashIndexTest, FindsWhatWasAddedInFewRuns) {
  std::mt19937 random(11);
  uint32_t number = 0;
  for (const size_t size : {1, 1, 1, 5, 900, 3, 40, 2000, 1, 7, 7, 7}) {
    std::vector<IndexEntry> entries;
    for (size_t i = 0; i < size; ++i) entries.push_back({i % 50 == 7 ? 77 : uint32_t(random()), number++});
    Add(std::move(entries));
    ExpectModel();
    EXPECT_LE(runs_.size(), 12u);
    for (size_t i = 1; i < runs_.size(); ++i) EXPECT_GT(runs_[i - 1].entries, runs_[i].entries);
  }
  EXPECT_LE(runs_.size(), 4u);
}

TEST_F(HashIndexTest, ManyHashesTakeSomeFourBytesEach) {
  std::mt19937 random(12);
  std::vector<IndexEntry> entries;
  for (uint32_t i = 0; i < 100000; ++i) entries.push_back({uint32_t(random()), i});
  Batch batch;
  ASSERT_TRUE(AddToHashIndex(*engine_->View().value(), Tag::kClaimsById, entries, &runs_, &batch).ok());
  EXPECT_LT(batch.bytes(), 100000u * 5);
}

TEST_F(HashIndexTest, ABucketKnowsItsPlace) {
  Add({{0x80000001, 3}, {0x80000002, 4}, {0x10000000, 5}});
  const std::string bytes =
      engine_->View().value()->Get(BucketKey(Tag::kClaimsById, runs_[0].number, 0)).value().value();
  EXPECT_EQ(DecodeBucket(bytes, 0, 0)->size(), 3u);
  EXPECT_EQ(ErrorNumber(DecodeBucket(bytes, 1, 8).status()), kStoreDamaged);
  EXPECT_EQ(ErrorNumber(DecodeBucket(bytes + "x", 0, 0).status()), kStoreDamaged);
  for (size_t cut = 0; cut < bytes.size(); ++cut) EXPECT_FALSE(DecodeBucket(bytes.substr(0, cut), 0, 0).ok());
}

// What claims stand under on disk.
TEST(IndexHashTest, NeverChanges) {
  EXPECT_EQ(IndexHash(ContentHash{}), 0u);
  EXPECT_EQ(IndexHash(HashOfId("000102030405060708090a0b0c0d0e0f")), 0x680897E1u);
  EXPECT_EQ(IndexHash(HashOfId("monitor-declared-9m27k")), 0x0347B6EAu);
}

TEST(IndexHashTest, IdsThatAreDigitsStandForThemselves) {
  const std::string digits = "000102030405060708090a0b0c0d0eff";
  EXPECT_EQ(HexOfHash(HashOfHex(digits).value()), digits);
  EXPECT_EQ(HashOfId(digits), HashOfHex(digits).value());
  for (const std::string id : {"x", "", "000102030405060708090A0B0C0D0E0F"}) EXPECT_EQ(HashOfHex(id), std::nullopt);
}

// Ids that are numbers in disguise are spread like any others.
TEST(IndexHashTest, SpreadsWhatIsAlike) {
  std::set<uint32_t> high;
  for (int i = 0; i < 1000; ++i) {
    ContentHash hash{};
    hash[15] = static_cast<uint8_t>(i);
    hash[14] = static_cast<uint8_t>(i >> 8);
    high.insert(IndexHash(hash) >> 16);
  }
  EXPECT_GT(high.size(), 950u);
}

}  // namespace
}  // namespace dossier::store_internal
