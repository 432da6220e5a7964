// A store asked through its image file, in whatever state that is, answers as if there were none.
#include "store/image_file.h"

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "gtest/gtest.h"
#include "query/session.h"
#include "schema/ontology_reader.h"
#include "store/image_loader.h"
#include "store/loader.h"
#include "store/verify.h"
#include "tests/support/image_for_tests.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_world.h"
#include "tests/unit/query/image_questions.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

class ImageFileTest : public testing::Test {
 protected:
  void SetUp() override {
    auto store = OpenOrCreateForLoad(path_, {DOSSIER_DATA_DIR "/russia-2017"});
    ASSERT_TRUE(store.ok()) << store.status();
    const auto report = LoadFiles(store->get(), {DOSSIER_DATA_DIR "/russia-2017"});
    ASSERT_TRUE(report.ok()) << report.status();
    ASSERT_TRUE(report->image.ok()) << report->image;
    without_ = Asked(/*use_image=*/false);
    ASSERT_GT(without_.size(), 10000u);
  }
  std::string Asked(bool use_image = true) const {
    const auto store = Store::Open(path_, {.read_only = true, .use_image = use_image});
    EXPECT_TRUE(store.ok());
    const auto session = Session::Open(**store);
    EXPECT_TRUE(session.ok());
    EXPECT_EQ(Mapped(), use_image && expect_mapped_);
    return Printed(**session);
  }
  bool Mapped() const {
    std::ifstream maps("/proc/self/maps");
    const std::string text(std::istreambuf_iterator<char>(maps), {});
    return text.find(path_ + "/image/") != std::string::npos;
  }
  std::string ImagePath() const {
    std::string found;
    for (const auto& entry : fs::directory_iterator(fs::path(path_) / "image")) {
      EXPECT_TRUE(found.empty()) << "two files";
      found = entry.path().string();
    }
    return found;
  }

  TempFolder folder_;
  std::string path_ = folder_.path() + "db";
  std::string without_;
  bool expect_mapped_ = true;
};

TEST_F(ImageFileTest, AnswersTheSame) {
  EXPECT_EQ(Asked(), without_);
  EXPECT_EQ(store_internal::VerifyImageFile(ImagePath()), absl::OkStatus());
  EXPECT_EQ(store_internal::MapImageFile(ImagePath(), 0, nullptr, nullptr).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(ImageFileTest, IsTheSameFileWhoeverWritesIt) {
  const auto bytes = [&] {
    std::ifstream file(ImagePath(), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const std::string before = bytes();
  fs::remove(ImagePath());
  const auto store = Store::Open(path_, {.read_only = true});
  ASSERT_TRUE(WriteImage(**store).ok());
  EXPECT_EQ(bytes(), before);
}

TEST_F(ImageFileTest, Missing) {
  fs::remove(ImagePath());
  expect_mapped_ = false;
  EXPECT_EQ(Asked(), without_);
}

TEST_F(ImageFileTest, EverySectionDamaged) {
  const auto store = Store::Open(path_, {.read_only = true});
  EXPECT_TRUE(Verify(store->get())->sound());
  DamageImageFile(ImagePath());
  EXPECT_EQ(Asked(), without_);
  const auto report = Verify(store->get());
  ASSERT_EQ(report->problems.size(), 1u);
  EXPECT_NE(report->problems[0].find(ImagePath()), std::string::npos);
}

// What one session has found sound no other checks again, until the file is another one.
TEST_F(ImageFileTest, DamagedBetweenTwoSessionsOfOneStore) {
  const auto store = Store::Open(path_, {.read_only = true});
  const auto asked = [&]() -> std::string {
    const auto session = Session::Open(**store);
    return session.ok() ? Printed(**session) : std::string(session.status().message());
  };
  EXPECT_EQ(asked(), without_);
  EXPECT_EQ(asked(), without_);
  DamageImageFile(ImagePath());
  EXPECT_EQ(asked(), without_);
}

TEST_F(ImageFileTest, OneSectionDamaged) {
  const std::string path = ImagePath(), whole = path_ + "/whole";
  fs::copy_file(path, whole);
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(StrCat("seed ", seed));
  std::mt19937 random(seed);
  size_t sections = 1;
  for (int i = 0; i < 12; ++i) {
    fs::copy_file(whole, path, fs::copy_options::overwrite_existing);
    sections = DamageImageFile(path, random() % sections);
    EXPECT_EQ(Asked(), without_);
  }
}

TEST_F(ImageFileTest, CutShortOrOverwritten) {
  const std::string path = ImagePath(), whole = path_ + "/whole";
  fs::copy_file(path, whole);
  expect_mapped_ = false;
  const uintmax_t size = fs::file_size(path);
  for (const uintmax_t length : {uintmax_t{0}, uintmax_t{17}, uintmax_t{40}, size / 2, size - 1}) {
    fs::resize_file(path, length);
    EXPECT_EQ(Asked(), without_);
    fs::copy_file(whole, path, fs::copy_options::overwrite_existing);
  }
  for (const uintmax_t place : {uintmax_t{0}, uintmax_t{7}, uintmax_t{9}, uintmax_t{20}, uintmax_t{35}, size - 9}) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    // Another byte than was there: some of the places hold what is drawn anew for each store.
    file.seekg(static_cast<std::streamoff>(place));
    const char other = static_cast<char>(~file.get());
    file.seekp(static_cast<std::streamoff>(place));
    file.put(other);
    file.close();
    EXPECT_EQ(Asked(), without_) << place;
    fs::copy_file(whole, path, fs::copy_options::overwrite_existing);
  }
}

TEST_F(ImageFileTest, OfAnEarlierState) {
  {
    const auto store = Store::Open(path_);
    Transaction transaction = (*store)->Begin();
    Entity entity = MakeEntity("state/atlantis", "Atlantis");
    transaction.AddEntity(entity);
    ASSERT_TRUE(transaction.Commit().ok());
  }
  const std::string stale = Asked();
  EXPECT_NE(stale, without_);
  EXPECT_EQ(stale, Asked(/*use_image=*/false));
  // It does not pass for the present state.
  const std::string old = ImagePath();
  fs::rename(old, fs::path(old).parent_path() / "2.image");
  expect_mapped_ = false;
  EXPECT_EQ(Asked(), stale);
  const auto store = Store::Open(path_, {.read_only = true});
  ASSERT_TRUE(WriteImage(**store).ok());
  expect_mapped_ = true;
  EXPECT_EQ(Asked(), stale);
  EXPECT_TRUE(store_internal::VerifyImageFile(ImagePath()).ok());
}

TEST_F(ImageFileTest, RefreshedWhenThereIsMuchToAdd) {
  const std::string old = ImagePath();
  const auto store = Store::Open(path_);
  const auto add = [&](int entities) {
    Transaction transaction = (*store)->Begin();
    for (int i = 0; i < entities; ++i) {
      transaction.AddEntity(MakeEntity(StrCat("state/one-of-", entities, "-", i), "Atlantis"));
    }
    ASSERT_TRUE(transaction.Commit().ok());
    ASSERT_EQ(RefreshImage(**store), absl::OkStatus());
  };
  add(1);
  EXPECT_EQ(ImagePath(), old);
  add(2500);
  EXPECT_NE(ImagePath(), old);
}

TEST_F(ImageFileTest, NowhereToWriteIsAnErrorAndNothingElse) {
  fs::remove_all(fs::path(path_) / "image");
  std::ofstream(path_ + "/image") << "a file where the folder should be";
  const auto store = Store::Open(path_, {.read_only = true});
  EXPECT_FALSE(WriteImage(**store).ok());
  expect_mapped_ = false;
  EXPECT_EQ(Asked(), without_);
}

}  // namespace
}  // namespace dossier
