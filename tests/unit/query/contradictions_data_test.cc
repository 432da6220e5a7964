// Every finding on data/russia-2017, held against contradictions_russia-2017.txt, where each stands with the reason
// why it is right and why it has its grade.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "graph/base/text.h"
#include "query/contradictions.h"
#include "query/session.h"
#include "store/loader.h"
#include "store/store.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

constexpr size_t kMostIds = 8;

std::string Side(const Image& image, const std::vector<ClaimId>& claims) {
  std::vector<std::string> ids;
  for (const ClaimId claim : claims) ids.emplace_back(image.key(image.claim(claim).vertex()));
  std::sort(ids.begin(), ids.end());
  const size_t count = ids.size();
  if (count > kMostIds) {
    ids.resize(kMostIds);
    ids.push_back(StrCat("and ", count - kMostIds, " more"));
  }
  return Join(ids, ", ");
}

class RussiaDataSet : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::vector<std::string> paths = {DOSSIER_DATA_DIR "/russia-2017"};
    folder_ = new TempFolder();
    auto store = OpenOrCreateForLoad(folder_->path("store"), paths);
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = store->release();
    const auto report = LoadFiles(store_, paths);
    ASSERT_TRUE(report.ok()) << report.status();
    auto session = Session::Open(*store_);
    ASSERT_TRUE(session.ok()) << session.status();
    session_ = session->release();
  }
  static void TearDownTestSuite() {
    delete session_;
    delete store_;
    delete folder_;
  }

  static std::vector<Finding> Find(const ContradictionOptions& options = {}) {
    auto findings = FindContradictions(session_->image(), *session_->ontology(), *session_->names(),
                                       *session_->claims(), nullptr, options);
    EXPECT_TRUE(findings.ok()) << findings.status();
    return findings.ok() ? *std::move(findings) : std::vector<Finding>();
  }

  static TempFolder* folder_;
  static Store* store_;
  static Session* session_;
};
TempFolder* RussiaDataSet::folder_ = nullptr;
Store* RussiaDataSet::store_ = nullptr;
Session* RussiaDataSet::session_ = nullptr;

TEST_F(RussiaDataSet, EachFindingWithItsGrade) {
  std::string found;
  for (const Finding& finding : Find()) {
    found += StrCat(Name(finding.rule), " ", Name(finding.grade), "\n");
    for (const auto& side : finding.sides) {
      if (!side.empty()) found += StrCat("  ", &side == &finding.sides[0] ? "a: " : "b: ", Side(session_->image(), side), "\n");
    }
  }
  std::string expected;
  const std::string file = TempFolder::Read(DOSSIER_TEST_DIR "/contradictions_russia-2017.txt");
  for (const std::string_view line : Split(file, '\n')) {
    if (!line.empty() && line.front() != '#') expected += StrCat(line, "\n");
  }
  EXPECT_EQ(found, expected) << "where this is right, add it to the file, with the reason";
}

// Whatever else is asked for, nobody is named as user whom no source names.
TEST_F(RussiaDataSet, SudanIsNoUser) {
  ContradictionOptions options;
  options.about = "state/sudan";
  const std::vector<Finding> findings = Find(options);
  ASSERT_EQ(findings.size(), 4);  // against the use there, the evidence of use in Darfur, and what was found, as two say
  for (const Finding& finding : findings) {
    EXPECT_EQ(finding.grade, Grade::kSoft);
    EXPECT_EQ(finding.explanation.find("Sudan used"), std::string::npos);
  }
}

TEST_F(RussiaDataSet, TheSixMonthsAreNamed) {
  const std::vector<Finding> findings = Find();
  EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.explanation.find("still held in June 2016, six months later") != std::string::npos;
  }));
}

TEST_F(RussiaDataSet, EachFindingIsComplete) {
  std::vector<std::string> ids;
  for (const Finding& finding : Find()) {
    ids.push_back(finding.id);
    EXPECT_FALSE(finding.explanation.empty());
    EXPECT_FALSE(finding.resolution.empty());
    EXPECT_EQ(finding.grade == Grade::kHard, finding.assumptions.empty() && finding.grade != Grade::kChanged);
    EXPECT_EQ(finding.explanation.find("state/"), std::string::npos) << "a key for a name: " << finding.explanation;
  }
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
}

}  // namespace
}  // namespace dossier
