#include "store/loader.h"

#include <filesystem>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "graph/base/diagnostic.h"
#include "graph/base/sha256.h"
#include "graph/base/text.h"
#include "gtest/gtest.h"
#include "store/error_codes.h"
#include "store/image_loader.h"
#include "store/stats.h"
#include "store/text_file.h"
#include "store/verify.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

using testing::HasSubstr;

constexpr char kOntology[] = R"([ontology]
name = "tiny"
version = "1"

[types.State]
[types.Organisation]

[relations.ARMED]
subject = ["State"]
object = ["State"]
)";

constexpr char kDocumentText[] = "Policy\n\nAland armed   Beland.\nBeland denies it. Aland, too.\n";

class LoaderTest : public testing::Test {
 protected:
  LoaderTest() {
    folder_.Write("set/ontology.toml", kOntology);
    folder_.Write("docs/one.txt", kDocumentText);
    WriteDocuments(Sha256Hex(kDocumentText));
    folder_.Write("set/entities.csv",
                  "key,type,name\norg/monitor,Organisation,Monitor\nstate/a,State,Aland\nstate/b,State,Beland\n");
    folder_.Write("set/claims.csv",
                  StrCat(kHeader, "c1,state/a,ARMED,Beland,asserts,doc/one,section=Policy,Aland armed Beland\n",
                         "c2,state/a,ARMED,state/b,denies,doc/one,section=Policy,Beland denies it\n",
                         ",state/b,ARMED,state/a,asserts,doc/one,section=Policy,\n"));
    folder_.Write("set/notes.txt", "not a claim file");
  }

  static constexpr char kHeader[] = "id,subject,relation,object,act,document,locator,quote\n";
  void WriteDocuments(const std::string& sha256) {
    folder_.Write("set/documents.csv",
                  StrCat("key,title,publisher,file,sha256\ndoc/one,One,org/monitor,one.txt,", sha256, "\n"));
  }
  std::string set() const { return folder_.path("set"); }
  std::unique_ptr<Store> Open() {
    auto store = OpenOrCreateForLoad(folder_.path("db"), {set()});
    EXPECT_TRUE(store.ok()) << store.status();
    return *std::move(store);
  }

  const TempFolder folder_;
};

TEST_F(LoaderTest, AFolderMakesAStoreAndFillsItOnce) {
  {
    const auto store = Open();
    EXPECT_EQ(store->ontology().name(), "tiny");
    int calls = 0;
    const auto report = LoadFiles(store.get(), {set()}, {.progress = [&](const LoadProgress&) { ++calls; }});
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(report->files, 3u);
    EXPECT_EQ(report->commit.claims_added, 3u);
    EXPECT_EQ(report->commit.propositions_added, 2u);
    EXPECT_GT(calls, 3);
  }
  const auto store = Open();
  const auto again = LoadFiles(store.get(), {set()});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->commit.nothing_new());
  EXPECT_EQ(again->commit.unchanged, 7u);
  EXPECT_EQ(store->snapshot()->sequence(), 1u);
  EXPECT_TRUE(Verify(store.get())->sound());

  const StoreStats stats = CollectStats(*store, *store->snapshot()).value();
  EXPECT_EQ(stats.claims_by_act.at("denies"), 1u);
  EXPECT_EQ(stats.claims_by_relation.at("ARMED"), 3u);
  EXPECT_EQ(stats.propositions_by_relation.at("ARMED"), 2u);
  EXPECT_EQ(stats.entities_by_type.at("State"), 2u);
  EXPECT_EQ(stats.claims_by_document.at("doc/one"), 3u);
  EXPECT_EQ(stats.claims_with_quote, 2u);
  EXPECT_GT(stats.bytes_on_disk, 0u);
}

TEST_F(LoaderTest, BadRowsLoadNothingAndAreAllListed) {
  folder_.Write("set/claims-bad.csv", StrCat(kHeader, "c7,state/a,ARMED,state/b,asserts,doc/one,section=Policy,\n",
                                             "c8,state/a,TRADED,state/b,asserts,doc/one,section=Policy,\n",
                                             "c9,state/nowhere,ARMED,state/b,asserts,doc/one,section=Policy,\n"));
  const auto store = Open();
  const auto refused = LoadFiles(store.get(), {set()});
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  const auto why = DiagnosticsOf(refused.status());
  ASSERT_EQ(why.size(), 2u) << refused.status();
  EXPECT_THAT(why[0].file, HasSubstr("claims-bad.csv"));
  EXPECT_EQ(why[0].place.begin.line, 3);
  EXPECT_EQ(why[1].place.begin.line, 4);
  EXPECT_EQ(store->snapshot()->counts(), StoreCounts{});

  const std::string rejects = folder_.path("rejects.csv");
  const auto report = LoadFiles(store.get(), {set()}, {.skip_bad_rows = true, .rejects_path = rejects});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->rows_rejected, 2u);
  EXPECT_EQ(report->rejected.size(), 2u);
  EXPECT_EQ(report->commit.claims_added, 4u);
  const std::string written = TempFolder::Read(rejects);
  EXPECT_THAT(written, HasSubstr("TRADED"));
  EXPECT_THAT(written, HasSubstr("state/nowhere"));
  EXPECT_TRUE(Verify(store.get())->sound());

  const auto unwritten = LoadFiles(store.get(), {set()}, {.skip_bad_rows = true, .rejects_path = "/no/such/folder/x"});
  EXPECT_EQ(ErrorNumber(unwritten.status()), kRejectsNotWritten);
}

TEST_F(LoaderTest, AStoreKeepsItsOntologyOnceItIsFilled) {
  Open();
  folder_.Write("set/ontology.toml", StrCat(kOntology, "\n[types.Place]\n"));
  auto store = Open();  // nothing was loaded yet, so the mended ontology counts
  EXPECT_NE(store->ontology().FindType("Place"), nullptr);
  ASSERT_TRUE(LoadFiles(store.get(), {set()}).ok());
  folder_.Write("set/ontology.toml", kOntology);
  EXPECT_EQ(ErrorNumber(LoadFiles(store.get(), {set()}).status()), kOtherOntology);
  EXPECT_TRUE(LoadFiles(store.get(), {folder_.path("set/claims.csv")}).ok());
}

TEST_F(LoaderTest, PathsThatLeadNowhereAreNamed) {
  const auto store = Open();
  EXPECT_EQ(ErrorNumber(LoadFiles(store.get(), {folder_.path("none")}).status()), kNoSuchPath);
  EXPECT_EQ(ErrorNumber(LoadFiles(store.get(), {folder_.path("docs")}).status()), kNothingToLoad);
  EXPECT_EQ(ErrorNumber(OpenOrCreateForLoad(folder_.path("new"), {folder_.path("set/claims.csv")}).status()),
            kNoOntology);
  EXPECT_FALSE(std::filesystem::exists(folder_.path("new")));
}

TEST_F(LoaderTest, VerifyFindsQuotesAndRemembersTheOutcome) {
  const auto store = Open();
  ASSERT_TRUE(LoadFiles(store.get(), {set()}).ok());
  EXPECT_FALSE(store->snapshot()->LastVerification()->has_value());
  VerifyReport report = Verify(store.get(), {.documents = folder_.path("docs")}).value();
  ASSERT_TRUE(report.quotes.has_value());
  EXPECT_TRUE(report.all_quotes_found());
  EXPECT_EQ(report.quotes->quotes_found, 2u);
  EXPECT_EQ(report.quotes->without_quote, 1u);
  EXPECT_EQ(report.quotes->documents[0].state, DocumentState::kMatches);
  EXPECT_EQ(store->snapshot()->LastVerification().value(), report.quotes);

  folder_.Write("set/claims-more.csv",
                StrCat(kHeader, "m1,state/a,ARMED,state/b,asserts,doc/one,section=Policy,Cland\n",
                       "m2,state/a,ARMED,state/b,asserts,doc/one,section=Policy,Aland\n"));
  ASSERT_TRUE(LoadFiles(store.get(), {folder_.path("set/claims-more.csv")}).ok());
  report = Verify(store.get(), {.documents = folder_.path("docs")}).value();
  ASSERT_EQ(report.quotes->not_found.size(), 2u);
  EXPECT_EQ(report.quotes->not_found[0].state, QuoteState::kMissing);
  EXPECT_EQ(report.quotes->not_found[1].state, QuoteState::kAmbiguous);
  EXPECT_TRUE(report.sound());

  // Another text under the same name: its quotes are not looked for, because they would prove nothing.
  folder_.Write("docs/one.txt", "Other");
  report = Verify(store.get(), {.documents = folder_.path("docs"), .record = false}).value();
  EXPECT_EQ(report.quotes->documents[0].state, DocumentState::kDiffers);
  EXPECT_EQ(report.quotes->not_found.size(), 4u);
  EXPECT_EQ(report.quotes->not_found[0].state, QuoteState::kUnreadable);
  std::filesystem::remove(folder_.path("docs/one.txt"));
  report = Verify(store.get(), {.documents = folder_.path("docs"), .record = false}).value();
  EXPECT_EQ(report.quotes->documents[0].state, DocumentState::kFileMissing);
  EXPECT_EQ(ErrorNumber(Verify(store.get(), {.documents = folder_.path("none")}).status()), kNoSuchPath);
}

TEST_F(LoaderTest, ALargeFileIsReadInPartsAsLongAsItStaysAsItIs) {
  const std::string text(3 << 20, 'x');
  const std::string path = folder_.Write("large", text);
  const auto file = store_internal::OpenTextFile(path);
  ASSERT_TRUE(file.ok() && *file != nullptr) << file.status();
  EXPECT_EQ((*file)->size(), text.size());
  std::string part;
  EXPECT_EQ((*file)->Read(10, 20, &part), absl::OkStatus());
  EXPECT_EQ(part, "xxxxxxxxxx");
  EXPECT_EQ((*file)->CheckUnchanged(), absl::OkStatus());
  folder_.Write("large", "less");
  EXPECT_EQ(ErrorNumber((*file)->Read(10, 20, &part)), kFileChanged);
  EXPECT_EQ(ErrorNumber((*file)->CheckUnchanged()), kFileChanged);
  EXPECT_EQ(*store_internal::OpenTextFile(path), nullptr);  // so small that it is read whole
  EXPECT_EQ(ErrorNumber(store_internal::OpenTextFile(folder_.path("nowhere")).status()), kNoSuchPath);
}

// The image of a large load is made while its records are written, and is the one that is made of them later.
TEST_F(LoaderTest, TheImageThatIsMadeBesideTheWritingIsThatOfTheRecords) {
  for (const int loads : {1, 2}) {
    std::string claims = kHeader;
    for (int i = 0; i < 4000 * loads; ++i) {
      claims += StrCat(i % 3 == 0 ? StrCat("n", i) : "", ",state/", i % 2 == 0 ? 'a' : 'b',
                       ",ARMED,state/b,asserts,doc/one,", "section=Policy;row=", i, ",\n");
    }
    folder_.Write("set/claims-many.csv", claims);
    const auto store = Open();
    std::vector<LoadProgress::Stage> stages;
    const auto report = LoadFiles(store.get(), {set()}, {.progress = [&](const LoadProgress& progress) {
                                    if (stages.empty() || stages.back() != progress.stage)
                                      stages.push_back(progress.stage);
                                  }});
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(report->image, absl::OkStatus());
    using enum LoadProgress::Stage;
    EXPECT_THAT(stages, testing::ElementsAre(kReading, kValidating, kCommitting, kImage, kDone));
    std::vector<std::string> files;
    for (const auto& file : std::filesystem::directory_iterator(folder_.path("db/image"))) {
      files.push_back(file.path().filename().string());
    }
    const std::string name = StrCat(loads, ".image");
    EXPECT_THAT(files, testing::ElementsAre(name));
    const std::string ahead = TempFolder::Read(folder_.path("db/image/" + name));
    std::filesystem::remove(folder_.path("db/image/" + name));
    ASSERT_EQ(WriteImage(*store), absl::OkStatus());
    EXPECT_EQ(TempFolder::Read(folder_.path("db/image/" + name)) == ahead, true);
    EXPECT_THAT(Verify(store.get()).value().problems, testing::IsEmpty());
  }
}

}  // namespace
}  // namespace dossier
