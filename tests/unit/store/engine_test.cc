// What every engine has to do, and what the one on RocksDB says when it cannot.
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "gtest/gtest.h"
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
