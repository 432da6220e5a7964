// What every engine has to do, and what the one on RocksDB says when it cannot.
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "gtest/gtest.h"
#include "store/batch_view.h"
#include "store/error_codes.h"
#include "store/memory_engine.h"
#include "store/rocks_engine.h"
#include "store/rocks_status.h"
#include "tests/support/temp_folder.h"

namespace dossier::store_internal {
namespace {

std::vector<std::string> KeysUnder(const KeyValueView& view, std::string_view prefix) {
  std::vector<std::string> keys;
  const auto cursor = view.Scan(prefix, true);
  for (; cursor->Valid(); cursor->Next()) keys.emplace_back(cursor->key());
  EXPECT_TRUE(cursor->status().ok());
  return keys;
}

class EngineTest : public testing::TestWithParam<bool> {
 protected:
  std::unique_ptr<KeyValueEngine> Open() {
    return GetParam() ? OpenRocksEngine(folder_.path("db"), true, {}).value() : MakeMemoryEngine();
  }
  TempFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(All, EngineTest, testing::Bool(),
                         [](const auto& one) { return one.param ? "Rocks" : "Memory"; });

TEST_P(EngineTest, ViewsDoNotChange) {
  const auto engine = Open();
  const auto before = engine->View().value();
  Batch batch;
  batch.Put("b", "1");
  batch.Put("a", "2");
  batch.Put("a", "3");
  ASSERT_TRUE(engine->Write(batch, true).ok());
  const auto after = engine->View().value();
  Batch remove;
  remove.Delete("a");
  ASSERT_TRUE(engine->Write(remove, false).ok());

  EXPECT_EQ(before->Get("a").value(), std::nullopt);
  EXPECT_EQ(after->Get("a").value(), "3");
  EXPECT_EQ(engine->View().value()->Get("a").value(), std::nullopt);
  const auto several = after->MultiGet({"b", "none", "a"}).value();
  EXPECT_EQ(several[0], "1");
  EXPECT_EQ(several[1], std::nullopt);
  EXPECT_EQ(several[2], "3");
  EXPECT_TRUE(after->MultiGet({}).value().empty());
}

TEST_P(EngineTest, ScansKeepToTheirPrefixInTheOrderOfBytes) {
  const auto engine = Open();
  Batch batch;
  for (const char* key : {"a", "b\x7F", "b\x80", "b", "c"}) batch.Put(key, "");
  batch.Put(std::string("b\0x", 3), "");
  ASSERT_TRUE(engine->Write(batch, true).ok());
  const auto view = engine->View().value();
  EXPECT_EQ(KeysUnder(*view, "b"), (std::vector<std::string>{"b", std::string("b\0x", 3), "b\x7F", "b\x80"}));
  EXPECT_EQ(KeysUnder(*view, "").size(), 6u);
  EXPECT_TRUE(KeysUnder(*view, "d").empty());
}

TEST_P(EngineTest, CursorsSeekWithinTheirPrefix) {
  const auto engine = Open();
  Batch batch;
  for (const char* key : {"a", "b1", "b3", "b5", "c"}) batch.Put(key, key);
  ASSERT_TRUE(engine->Write(batch, true).ok());
  const auto cursor = engine->View().value()->Scan("b", false);
  for (const auto& [sought, found] : {std::pair("b3", "b3"), {"b2", "b3"}, {"a", "b1"}, {"b4", "b5"}}) {
    cursor->Seek(sought);
    ASSERT_TRUE(cursor->Valid()) << sought;
    EXPECT_EQ(cursor->key(), found);
    EXPECT_EQ(cursor->value(), found);
  }
  for (const char* after : {"b6", "c", "d"}) {
    cursor->Seek(after);
    EXPECT_FALSE(cursor->Valid()) << after;
    EXPECT_TRUE(cursor->status().ok());
  }
}

// A batch that is too large for the log is one all the same: of two changes to a key the later holds, views made before
// do not see it, and what it deletes is gone.
TEST_P(EngineTest, LargeBatchesAreBatches) {
  const auto engine = Open();
  Batch before;
  before.Put("gone", "1");
  before.Put("kept", "1");
  ASSERT_TRUE(engine->Write(before, true).ok());
  const auto view = engine->View().value();
  Batch large;
  for (int i = 0; i < 100; ++i)
    large.Put(StrCat("many", 100 + i), std::string(100000, static_cast<char>('a' + i % 26)));
  large.Delete("gone");
  large.Put("twice", "1");
  large.Put("twice", "2");
  large.Put("put", "1");
  large.Delete("put");
  ASSERT_GT(large.bytes(), StoreOptions().write_buffer_bytes / 8);
  ASSERT_TRUE(engine->Write(large, true).ok());
  EXPECT_EQ(KeysUnder(*view, ""), (std::vector<std::string>{"gone", "kept"}));
  const auto after = engine->View().value();
  EXPECT_EQ(KeysUnder(*after, "many").size(), 100u);
  EXPECT_EQ(after->Get("gone").value(), std::nullopt);
  EXPECT_EQ(after->Get("kept").value(), "1");
  EXPECT_EQ(after->Get("twice").value(), "2");
  EXPECT_EQ(after->Get("put").value(), std::nullopt);
  Batch small;
  small.Put("twice", "3");
  ASSERT_TRUE(engine->Write(small, true).ok());
  EXPECT_EQ(engine->View().value()->Get("twice").value(), "3");
  EXPECT_EQ(after->Get("twice").value(), "2");
}

// What is seen of a batch before it is written is what is seen once it is.
TEST_P(EngineTest, ABatchIsSeenBeforeItIsWrittenAsItIsAfterwards) {
  const auto seed = static_cast<uint32_t>(std::random_device()());
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const auto key = [&random] { return StrCat(random() % 3, "/", random() % 20); };
  const auto engine = Open();
  for (int round = 0; round < 20; ++round) {
    Batch batch;
    for (int i = 0; i < 15; ++i) {
      if (random() % 3 == 0) {
        batch.Delete(key());
      } else {
        batch.Put(key(), StrCat(random()));
      }
    }
    batch.Sort();
    const auto ahead = ViewAfter(engine->View().value(), std::make_shared<const Batch>(batch));
    ASSERT_TRUE(engine->Write(batch, false).ok());
    const auto after = engine->View().value();
    for (const char* const prefix : {"", "0/", "1/1", "2", "3"}) {
      ASSERT_EQ(KeysUnder(*ahead, prefix), KeysUnder(*after, prefix)) << prefix;
      const auto seen = ahead->Scan(prefix, true), there = after->Scan(prefix, true);
      for (int i = 0; i < 10; ++i) {
        const std::string sought = key();
        seen->Seek(sought);
        there->Seek(sought);
        for (int steps = 0; steps < 3; ++steps) {
          ASSERT_EQ(seen->Valid(), there->Valid()) << prefix << ' ' << sought;
          if (!seen->Valid()) break;
          ASSERT_EQ(seen->key(), there->key()) << prefix << ' ' << sought;
          ASSERT_EQ(seen->value(), there->value()) << prefix << ' ' << sought;
          seen->Next();
          there->Next();
        }
      }
    }
    const std::vector<std::string> keys = {key(), key(), "none"};
    EXPECT_EQ(ahead->MultiGet(keys).value(), after->MultiGet(keys).value());
    for (const std::string& one : keys) EXPECT_EQ(ahead->Get(one).value(), after->Get(one).value()) << one;
  }
}

TEST(BatchTest, OfTwoChangesToAKeyTheLaterOneIsInItsOrder) {
  Batch batch;
  EXPECT_TRUE(batch.sorted());
  batch.Put("b", "1");
  batch.Put("a", "2");
  batch.Delete("b");
  EXPECT_FALSE(batch.sorted());
  batch.Sort();
  EXPECT_TRUE(batch.sorted());
  EXPECT_EQ(batch.order(), (std::vector<uint32_t>{1, 2}));
  batch.Put("c", "3");
  EXPECT_FALSE(batch.sorted());
}

TEST_P(EngineTest, ViewsOutliveTheEngine) {
  auto engine = Open();
  Batch batch;
  batch.Put("a", "1");
  ASSERT_TRUE(engine->Write(batch, true).ok());
  const auto view = engine->View().value();
  const auto cursor = view->Scan("a", false);
  engine.reset();
  EXPECT_EQ(view->Get("a").value(), "1");
  EXPECT_TRUE(cursor->Valid());
}

TEST(RocksEngineTest, KeepsWhatWasWritten) {
  const TempFolder folder;
  {
    const auto engine = OpenRocksEngine(folder.path("db"), true, {}).value();
    Batch batch;
    batch.Put("a", std::string(1 << 20, 'x'));  // large enough to leave the log
    ASSERT_TRUE(engine->Write(batch, true).ok());
    EXPECT_GT(engine->BytesOnDisk().value(), 0u);
    EXPECT_TRUE(engine->VerifyChecksums().ok());
  }
  const auto engine = OpenRocksEngine(folder.path("db"), false, {.read_only = true}).value();
  EXPECT_EQ(engine->View().value()->Get("a").value()->size(), size_t{1} << 20);
}

TEST(RocksEngineTest, ForgetsAFileThatWasNeverTakenOver) {
  const TempFolder folder;
  OpenRocksEngine(folder.path("db"), true, {}).value().reset();
  const std::string files[] = {folder.Write("db/load.sst.tmp", "half of a load that was killed"),
                               folder.Write("db/load-behind.sst.tmp", "its other half")};
  OpenRocksEngine(folder.path("db"), false, {.read_only = true}).value().reset();
  for (const std::string& file : files) EXPECT_TRUE(std::filesystem::exists(file)) << file;
  OpenRocksEngine(folder.path("db"), false, {}).value().reset();
  for (const std::string& file : files) EXPECT_FALSE(std::filesystem::exists(file)) << file;
}

TEST(RocksStatusTest, KeepsTheClassAndTheWords) {
  using rocksdb::Status;
  const auto number = [](const Status& status) {
    const absl::Status translated = FromRocks(status, "cannot open my.db");
    EXPECT_NE(ToStd(translated.message()).find("cannot open my.db"), std::string_view::npos);
    EXPECT_NE(ToStd(translated.message()).find(status.ToString()), std::string_view::npos);
    return ErrorNumber(translated);
  };
  EXPECT_TRUE(FromRocks(Status::OK(), "x").ok());
  EXPECT_EQ(number(Status::Corruption("block checksum mismatch", "in 000012.sst")), kStoreDamaged);
  EXPECT_EQ(number(Status::IOError("While lock file: my.db/LOCK", "Resource temporarily unavailable")), kStoreBusy);
  EXPECT_EQ(number(Status::IOError("lock hold by current process", "my.db/LOCK")), kStoreBusy);
  EXPECT_EQ(number(Status::IOError("While open a file for lock: my.db/LOCK", "Permission denied")), kStoreNotPermitted);
  EXPECT_EQ(number(Status::IOError("While appending to file", "No space left on device")), kDiskFull);
  EXPECT_EQ(number(Status::NoSpace("x")), kDiskFull);
  EXPECT_EQ(number(Status::IOError("While open a file", "Read-only file system")), kStoreNotPermitted);
  EXPECT_EQ(number(Status::IOError("While open a file: 000012.sst", "No such file or directory")), kStoreDamaged);
  EXPECT_EQ(number(Status::IOError("While reading", "Input/output error")), kStoreIo);
}

}  // namespace
}  // namespace dossier::store_internal
