#include "schema/validator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "graph/base/text.h"
#include "schema/error_codes.h"
#include "schema/ontology_reader.h"

namespace dossier {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Only the validator makes one: no default, no public way from a Claim.
static_assert(!std::is_default_constructible_v<ValidatedClaim>);
static_assert(!std::is_constructible_v<ValidatedClaim, Claim>);
static_assert(!std::is_aggregate_v<ValidatedClaim>);
static_assert(!std::is_default_constructible_v<ValidatedClaim::Passed>);

constexpr char kOntology[] = R"(
[ontology]
name = "test"
version = "1"
[types.Actor]
[types.Place]
[types.State]
extends = ["Actor", "Place"]
[types.Company]
extends = ["Actor"]
excludes = ["State"]
[types.Munition]
[types.Resolution]
[relations.USED]
subject = ["Actor"]
object = ["Munition"]
inverse = "USED_BY"
[relations.USED.qualifiers.place]
range = ["Place"]
[relations.USED.qualifiers.setting]
value = "string"
[relations.VOTED]
subject = ["State"]
object = ["Resolution"]
[relations.VOTED.qualifiers.vote]
value = "string"
values = ["yes", "no"]
single_valued = true
required = true
[relations.DOUBTS]
subject = ["Actor"]
object = ["Claim"]
kind = "position"
[relations.ALLIED_WITH]
symmetric = true
[relations.count]
value = "integer"
[relations.weight]
value = "number"
[relations.secret]
value = "boolean"
[relations.founded]
value = "time"
[relations.stock]
value = "quantity"
[relations.mass]
value = "quantity"
countable = false
[relations.page]
value = "url"
)";

constexpr char kDocuments[] =
    "key,title,publisher,date\n"
    "doc/a,A report,company/press,2017\n"
    "doc/b,B report,,\n";
constexpr char kEntities[] =
    "key,type,name,aliases\n"
    "state/russia,State,Russia,Russian Federation; Россия@ru\n"
    "state/north-korea,State,North Korea,Korea\n"
    "state/south-korea,State,South Korea,Korea\n"
    "company/press,Company,Press,\n"
    "munition/rbk-500,Munition,RBK-500,\n"
    "resolution/1,Resolution,Resolution 1,the resolution^doc/a\n"
    "statement/1,Statement,Statement 1,\n";
constexpr char kClaimHeader[] =
    "id,subject,relation,object,qualifiers,valid,quantity,unit,act,asserters,said,statement,document,locator,quote,"
    "cites_note,cites_state,supersedes\n";

const Ontology& TestOntology() {
  static const Ontology ontology = *ReadOntology(kOntology);
  return ontology;
}

LoadResult Load(const std::vector<ClaimFile>& files, const Catalog& catalog = EmptyCatalog(),
                const Ontology& ontology = TestOntology()) {
  auto result = Validator(&ontology, &catalog).ValidateFiles(files);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : LoadResult();
}

// The world above with these rows of claims, each written as the columns that are not empty.
using Row = std::map<std::string, std::string>;
std::string ClaimRow(Row cells) {
  const Row defaults = {{"subject", "state/russia"}, {"relation", "USED"},  {"object", "munition/rbk-500"},
                        {"act", "asserts"},          {"document", "doc/a"}, {"locator", "page=1"}};
  cells.insert(defaults.begin(), defaults.end());
  std::string line;
  for (const std::string_view column : Split(Trim(kClaimHeader), ',')) {
    line += StrCat(line.empty() && column == "id" ? "" : ",", "\"", cells[std::string(column)], "\"");
  }
  return line + "\n";
}
LoadResult LoadClaims(const std::vector<Row>& rows) {
  std::string text = kClaimHeader;
  for (const Row& row : rows) text += ClaimRow(row);
  return Load({{"claims.csv", text}, {"documents.csv", kDocuments}, {"entities.csv", kEntities}});
}
Claim LoadClaim(const Row& row) {
  LoadResult result = LoadClaims({row});
  for (const Diagnostic& violation : result.violations) ADD_FAILURE() << violation.ToString();
  EXPECT_EQ(result.load.claims.size(), 1u);
  return result.load.claims.size() == 1 ? std::move(result.load.claims[0]).claim() : Claim();
}
std::vector<std::string> Texts(const LoadResult& result) {
  std::vector<std::string> texts;
  for (const Diagnostic& violation : result.violations) texts.push_back(violation.ToString());
  return texts;
}
std::vector<std::string> Errors(const Row& row) {
  const LoadResult result = LoadClaims({row});
  EXPECT_THAT(result.load.claims, IsEmpty());
  EXPECT_THAT(result.rejected, SizeIs(1));
  return Texts(result);
}

// What rows say of other rows is said the same whoever read them first: here two at a time, by three threads.
TEST(Validator, ReadsAgainWhatItHasToComplainOf) {
  std::string text = kClaimHeader;
  std::string lines;
  const auto json = [&lines](std::string_view id, std::string_view object) {
    lines +=
        StrCat(R"({"record": "claim", "id": ")", id, R"(", "subject": "state/russia", "relation": "DOUBTS", )",
               R"("object": ")", object, R"(", "act": "asserts", "document": "doc/a", "locator": "page=1"})", "\n");
  };
  for (int i = 0; i < 20; ++i) {
    text += ClaimRow({{"id", StrCat("c", i)}, {"relation", "DOUBTS"}, {"object", StrCat("claim:c", i * 3 % 25)}});
    text +=
        ClaimRow({{"id", StrCat("d", i)}, {"supersedes", i % 5 == 0 ? "nowhere" : StrCat("c", i)}, {"quote", "a\nb"}});
    text += ClaimRow({{"subject", "munition/rbk-500"}, {"relation", "USED_BY"}, {"object", i == 7 ? "x" : "Russia"}});
    json(StrCat("j", i), i % 6 == 0 ? "claim:none" : StrCat("claim:d", i));
    lines += "\n";
  }
  const std::vector<ClaimFile> files = {
      {"claims.csv", text}, {"claims.jsonl", lines}, {"documents.csv", kDocuments}, {"entities.csv", kEntities}};
  const EmptyCatalog empty;
  const auto outcome = [&](size_t rows) {
    Validator::Options options;
    options.threads = 3;
    options.rows_at_once = rows;
    const LoadResult result = Validator(&TestOntology(), &empty, options).ValidateFiles(files).value();
    std::vector<std::string> said = Texts(result);
    for (const RejectedRow& row : result.rejected) said.push_back(StrCat(row.place.begin.line, row.text));
    for (const ValidatedClaim& claim : result.load.claims) said.push_back(claim.claim().id);
    return said;
  };
  const std::vector<std::string> alone = outcome(1000);
  EXPECT_THAT(alone, ::testing::Contains(HasSubstr("claims.jsonl:1:")));
  for (const size_t rows : {1, 2, 9}) EXPECT_EQ(outcome(rows), alone) << rows;
}

// A file whose lines are its rows is not read twice; what is said of it is the same. A quotation mark in the header
// makes it one that is.
TEST(Validator, ReadsPlainClaimFilesOnce) {
  std::string rows;
  for (int i = 0; i < 60; ++i) {
    rows += StrCat("state/russia,USED,munition/rbk-500,", i % 17 == 3 ? "perhaps" : "asserts", ",doc/a,page=", i,
                   i % 13 == 5 ? ",one,too,many\n" : "\n");
    if (i % 7 == 0) rows += "\n# a remark\n";
  }
  rows += "state/russia,USED,munition/rbk-501,asserts,doc/a,page=1";  // no line break at the end
  const EmptyCatalog empty;
  const auto outcome = [&](std::string_view header, size_t rows_at_once) {
    Validator::Options options;
    options.rows_at_once = rows_at_once;
    const std::vector<ClaimFile> files = {
        {"claims.csv", StrCat(header, rows)}, {"documents.csv", kDocuments}, {"entities.csv", kEntities}};
    const LoadResult result = Validator(&TestOntology(), &empty, options).ValidateFiles(files).value();
    std::vector<std::string> said = Texts(result);
    for (const RejectedRow& row : result.rejected) said.push_back(StrCat(row.place.begin.line, row.text));
    for (const ValidatedClaim& claim : result.load.claims) said.push_back(claim.claim().id);
    return said;
  };
  const std::vector<std::string> twice = outcome("\"subject\",relation,object,act,document,locator\n", 1000);
  EXPECT_EQ(twice.size(), 2 * 10 + 51u);
  for (const size_t rows_at_once : {1, 4, 1000}) {
    EXPECT_EQ(outcome("subject,relation,object,act,document,locator\n", rows_at_once), twice) << rows_at_once;
  }
}

// A text that is not in memory; `good_reads` of it succeed.
class TextElsewhere : public TextSource {
 public:
  explicit TextElsewhere(std::string text, int good_reads = 1 << 30) : text_(std::move(text)), good_(good_reads) {}
  size_t size() const override { return text_.size(); }
  absl::Status Read(size_t begin, size_t end, std::string* text) const override {
    if (good_-- <= 0) return absl::InternalError("cannot be read");
    *text = text_.substr(begin, end - begin);
    return absl::OkStatus();
  }
  absl::Status CheckUnchanged() const override { return changed ? absl::InternalError("changed") : absl::OkStatus(); }

  bool changed = false;

 private:
  const std::string text_;
  mutable std::atomic<int> good_;
};

// A file that is read in parts says the same as one that is read whole, whatever is wrong in it, and whether or not it
// can be read in parts.
TEST(Validator, ReadsFilesInParts) {
  std::string rows;
  for (int i = 0; i < 60; ++i) {
    rows += StrCat("state/russia,USED,munition/rbk-500,", i % 17 == 3 ? "perhaps" : "asserts", ",doc/a,page=", i,
                   i % 13 == 5 ? ",one,too,many\n" : "\n");
    if (i % 7 == 0) rows += "\n# a remark\n";
  }
  constexpr char kHeader[] = "# first of all\nsubject,relation,object,act,document,locator\n";
  const std::string bad_byte = "state/russia,USED,munition/rbk-500,asserts,doc/a,page=7\xFF\n";
  const std::string texts[] = {
      StrCat(kHeader, rows),
      StrCat(kHeader, rows, "state/russia,USED,munition/rbk-501,asserts,doc/a,page=1"),
      StrCat("\xEF\xBB\xBF", kHeader, rows, bad_byte, rows),
      StrCat(kHeader, rows, "state/russia,USED,munition/rbk-500,asserts,doc/a,\"page=61\"\n"),
      StrCat(kHeader, rows, "state/russia,USED,munition/rbk-500,asserts,doc/a,page=61\r\n"),
      kHeader,
      "subject,relation,object,act,document\n",
      "",
  };
  const EmptyCatalog empty;
  for (const std::string& text : texts) {
    SCOPED_TRACE(text.substr(0, 80));
    const auto outcome = [&](bool in_parts, size_t rows_at_once, size_t bytes_at_once) {
      Validator::Options options;
      options.rows_at_once = rows_at_once;
      options.bytes_at_once = bytes_at_once;
      std::vector<ClaimFile> files = {{"claims.csv", text}, {"documents.csv", kDocuments}, {"entities.csv", kEntities}};
      if (in_parts) files[0] = {"claims.csv", "", std::make_shared<TextElsewhere>(text)};
      const LoadResult result = Validator(&TestOntology(), &empty, options).ValidateFiles(files).value();
      std::vector<std::string> said = Texts(result);
      for (const RejectedRow& row : result.rejected) said.push_back(StrCat(row.place.begin.line, row.text));
      for (const ValidatedClaim& claim : result.load.claims) said.push_back(claim.claim().id);
      return said;
    };
    const std::vector<std::string> whole = outcome(false, 1000, 1000);
    for (const size_t rows_at_once : {1, 4, 1000}) {
      for (const size_t bytes_at_once : {10, 80, 200, 100000}) {
        EXPECT_EQ(outcome(true, rows_at_once, bytes_at_once), whole) << rows_at_once << ' ' << bytes_at_once;
      }
    }
  }
}

TEST(Validator, AFileThatCannotBeReadEndsTheLoad) {
  std::string text = "subject,relation,object,act,document,locator\n";
  for (int i = 0; i < 60; ++i) text += StrCat("state/russia,USED,munition/rbk-500,asserts,doc/a,page=", i, "\n");
  const EmptyCatalog empty;
  Validator::Options options;
  options.rows_at_once = 4;
  options.bytes_at_once = 200;
  const auto load = [&](std::shared_ptr<const TextSource> source) {
    const std::vector<ClaimFile> files = {
        {"claims.csv", "", std::move(source)}, {"documents.csv", kDocuments}, {"entities.csv", kEntities}};
    return Validator(&TestOntology(), &empty, options).ValidateFiles(files).status();
  };
  EXPECT_EQ(load(std::make_shared<TextElsewhere>(text)), absl::OkStatus());
  for (const int good_reads : {0, 1, 7, 20, 30}) {
    EXPECT_EQ(load(std::make_shared<TextElsewhere>(text, good_reads)).message(), "cannot be read") << good_reads;
  }
  const auto changing = std::make_shared<TextElsewhere>(text);
  changing->changed = true;
  EXPECT_EQ(load(changing).message(), "changed");
}

// --- Good claims. ---

TEST(Validator, MakesAClaimOfARow) {
  const Claim claim = LoadClaim({{"id", "c1"},
                                 {"qualifiers", "place=state/russia; setting=towns\\; villages"},
                                 {"valid", "2015"},
                                 {"quantity", "at least 3"},
                                 {"unit", "attack"},
                                 {"act", "denies"},
                                 {"quote", "x"},
                                 {"cites_note", "4"},
                                 {"cites_state", "missing"}});
  EXPECT_EQ(claim.id, "c1");
  EXPECT_EQ(ToString(claim.proposition), "state/russia USED munition/rbk-500 (place: state/russia)");
  ASSERT_EQ(claim.qualifiers.size(), 1u);
  EXPECT_EQ(claim.qualifiers[0].value.literal.string(), "towns; villages");
  EXPECT_EQ(claim.valid.text(), "2015");
  EXPECT_EQ(claim.quantity->low, 3);
  EXPECT_EQ(claim.quantity->unit, "attack");
  EXPECT_EQ(claim.act, Act::kDenies);
  EXPECT_THAT(claim.asserters, ElementsAre("company/press"));
  EXPECT_EQ(claim.cites.state, NoteState::kMissing);
}

TEST(Validator, FindsEntitiesByName) {
  const Claim claim =
      LoadClaim({{"subject", "russian federation"}, {"object", "РБК-500"}, {"asserters", "Россия; press"}});
  EXPECT_EQ(ToString(claim.proposition), "state/russia USED munition/rbk-500");
  EXPECT_THAT(claim.asserters, ElementsAre("state/russia", "company/press"));
}

TEST(Validator, AliasesOfADocumentCountInIt) {
  const Row row = {{"relation", "VOTED"}, {"object", "the resolution"}, {"qualifiers", "vote=no"}};
  EXPECT_EQ(LoadClaim(row).proposition.object.key, "resolution/1");
  Row elsewhere = row;
  elsewhere["document"] = "doc/b";
  EXPECT_THAT(Errors(elsewhere), ElementsAre(HasSubstr("E3020: unknown entity 'the resolution'")));
}

TEST(Validator, TurnsInverseRelationsRound) {
  const Row row = {{"subject", "munition/rbk-500"}, {"relation", "USED_BY"}, {"object", "state/russia"}};
  EXPECT_EQ(ToString(LoadClaim(row).proposition), "state/russia USED munition/rbk-500");
  const auto errors = Errors({{"subject", "state/russia"}, {"relation", "USED_BY"}, {"object", "munition/rbk-500"}});
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_THAT(errors[0], AllOf(HasSubstr("claims.csv:2:4: E3024: 'state/russia'"), HasSubstr("the object of USED")));
  EXPECT_THAT(errors[1], HasSubstr("E3024: 'munition/rbk-500'"));
}

TEST(Validator, PutsSymmetricRelationsInOrder) {
  const LoadResult result =
      LoadClaims({{{"relation", "ALLIED_WITH"}, {"object", "state/north-korea"}},
                  {{"relation", "ALLIED_WITH"}, {"subject", "state/north-korea"}, {"object", "Russia"}}});
  ASSERT_EQ(result.load.claims.size(), 1u) << "the two rows say the same";
  EXPECT_EQ(result.load.unchanged, 1u);
  EXPECT_EQ(result.load.claims[0].claim().proposition.subject.key, "state/north-korea");
}

TEST(Validator, ReadsLiteralsByTheirType) {
  EXPECT_EQ(LoadClaim({{"relation", "count"}, {"object", "-12"}}).proposition.object.literal.integer(), -12);
  EXPECT_EQ(LoadClaim({{"relation", "weight"}, {"object", "2.5"}}).proposition.object.literal.floating(), 2.5);
  EXPECT_TRUE(LoadClaim({{"relation", "secret"}, {"object", "true"}}).proposition.object.literal.is_true());
  EXPECT_EQ(LoadClaim({{"relation", "founded"}, {"object", "1996~"}}).proposition.object.literal.time().text(),
            "1996~");
  const Claim stock = LoadClaim({{"relation", "stock"}, {"object", "more than 40"}, {"unit", "munition"}});
  EXPECT_EQ(stock.proposition.object.literal.quantity().low, 41);
  EXPECT_EQ(stock.proposition.object.literal.quantity().unit, "munition");
  EXPECT_FALSE(LoadClaim({{"relation", "mass"}, {"object", "2.5"}}).proposition.object.literal.quantity().countable);
  for (const auto& [relation, object] :
       std::vector<std::pair<std::string, std::string>>{{"count", "12.5"},
                                                        {"count", "99999999999999999999"},
                                                        {"weight", "2,5"},
                                                        {"weight", "nan"},
                                                        {"secret", "yes"},
                                                        {"page", "not an address"}}) {
    EXPECT_THAT(Errors({{"relation", relation}, {"object", object}}), ElementsAre(HasSubstr("E3027"))) << object;
  }
}

TEST(Validator, AClaimWithoutIdIsItsContent) {
  const Claim claim = LoadClaim({});
  EXPECT_EQ(claim.id, ContentIdOf(claim));
  EXPECT_EQ(LoadClaims({{}, {}, {{"quote", "other"}}}).load.claims.size(), 2u);
}

TEST(Validator, ClaimsReferToClaimsBeforeAndAfter) {
  const LoadResult result = LoadClaims({{{"id", "a"}, {"relation", "DOUBTS"}, {"object", "claim:b"}},
                                        {{"id", "b"}, {"quote", "x"}},
                                        {{"id", "c"}, {"supersedes", "a; claim:b"}}});
  EXPECT_THAT(Texts(result), IsEmpty());
  EXPECT_EQ(result.load.claims.size(), 3u);
  EXPECT_THAT(Errors({{"relation", "DOUBTS"}, {"object", "claim:nowhere"}}),
              ElementsAre(AllOf(HasSubstr("claims.csv:2:28: E3023: unknown claim 'nowhere'"))));
  EXPECT_THAT(Errors({{"id", "a"}, {"relation", "DOUBTS"}, {"object", "claim:a"}}), ElementsAre(HasSubstr("E3043")));
}

// --- The ten kinds of bad row, and others: each its own number, place and fix. ---

TEST(Validator, UnknownRelation) {
  EXPECT_THAT(
      Errors({{"relation", "USD"}}),
      ElementsAre("claims.csv:2:19: E3004: unknown relation 'USD' (a relation must be declared in the ontology); "
                  "did you mean 'USED'?"));
}

TEST(Validator, WrongType) {
  EXPECT_THAT(Errors({{"object", "state/north-korea"}}),
              ElementsAre(AllOf(HasSubstr("claims.csv:2:26: E3024: 'state/north-korea', of type State, cannot be the "
                                          "object of USED"),
                                HasSubstr("the ontology takes there Munition"))));
  EXPECT_THAT(Errors({{"qualifiers", "place=company/press"}}), ElementsAre(HasSubstr("the qualifier place of USED")));
  EXPECT_THAT(Errors({{"object", "claim:x"}, {"id", "x2"}}), ElementsAre(HasSubstr("E3024")));
}

TEST(Validator, MissingSource) {
  EXPECT_THAT(Errors({{"document", ""}}),
              ElementsAre(AllOf(HasSubstr("E3012: a claim without a source"), HasSubstr("fill in 'document'"))));
  EXPECT_THAT(Errors({{"document", "doc/c"}}), ElementsAre(HasSubstr("E3022: unknown document 'doc/c'")));
  EXPECT_THAT(Errors({{"locator", ""}}), ElementsAre(HasSubstr("E3011: 'locator' is empty")));
}

TEST(Validator, BadDate) {
  EXPECT_THAT(Errors({{"valid", "30/09/2015"}}),
              ElementsAre(AllOf(HasSubstr("claims.csv:2:"), HasSubstr("E3028"), HasSubstr("2015-09-30"))));
  EXPECT_THAT(Errors({{"said", "2015-02-29"}}), ElementsAre(HasSubstr("E3028")));
}

TEST(Validator, AmbiguousName) {
  EXPECT_THAT(
      Errors({{"subject", "Korea"}}),
      ElementsAre(AllOf(HasSubstr("claims.csv:2:5: E3021: ambiguous name 'Korea': state/north-korea (North Korea), "
                                  "state/south-korea (South Korea)"),
                        HasSubstr("give the key"))));
}

TEST(Validator, UnknownName) {
  EXPECT_THAT(Errors({{"subject", "state/rusia"}}), ElementsAre(AllOf(HasSubstr("E3020: unknown entity 'state/rusia'"),
                                                                      HasSubstr("did you mean 'state/russia"))));
  EXPECT_THAT(Errors({{"asserters", "press; Nobody"}}), ElementsAre(HasSubstr("E3020: unknown entity 'Nobody'")));
}

TEST(Validator, BadQuantity) {
  EXPECT_THAT(Errors({{"quantity", "fourty"}}), ElementsAre(AllOf(HasSubstr("claims.csv:2:"), HasSubstr("E3029"))));
  EXPECT_THAT(Errors({{"quantity", "2.5"}}), ElementsAre(HasSubstr("E3029")));
  EXPECT_THAT(Errors({{"unit", "attack"}}), ElementsAre(HasSubstr("E3041")));
}

TEST(Validator, BrokenQuoting) {
  const LoadResult result = Load({{"entities.csv", "key,type,name\na/b,State,\"A\nc/d,State,C\n"}});
  EXPECT_THAT(Texts(result), ElementsAre(HasSubstr("entities.csv:2:11: E3002")));
  EXPECT_THAT(result.load.entities, SizeIs(1));
  ASSERT_THAT(result.rejected, SizeIs(1));
  EXPECT_EQ(result.rejected[0].text, "a/b,State,\"A");
}

TEST(Validator, NotUtf8) {
  EXPECT_THAT(Texts(Load({{"entities.csv", "key,type,name\na/b,State,\xC5land\n"}})),
              ElementsAre(AllOf(HasSubstr("entities.csv:2:11: E3001"), HasSubstr("save the file as UTF-8"))));
}

TEST(Validator, DuplicateKeyWithAnotherType) {
  EXPECT_THAT(Texts(Load({{"entities.csv", "key,type,name\na/b,State,A\na/b,Munition,A\n"}})),
              ElementsAre(AllOf(HasSubstr("entities.csv:3:5: E3016: 'a/b' as Munition, and as State at entities.csv:2"),
                                HasSubstr("choose another key"))));
}

TEST(Validator, OverLongField) {
  Validator::Options options;
  options.limits.max_cell_bytes = 20;
  const EmptyCatalog empty;
  const std::vector<ClaimFile> files = {{"entities.csv", "key,type,name\na/b,State,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"}};
  const auto result = Validator(&TestOntology(), &empty, options).ValidateFiles(files);
  ASSERT_TRUE(result.ok());
  EXPECT_THAT(Texts(*result), ElementsAre(HasSubstr("entities.csv:2:11: E3005: a cell of 31 bytes")));
  EXPECT_THAT(Texts(Load({{"entities.csv", StrCat("key,type,name\n", std::string(1500, 'k'), ",State,A\n")}})),
              ElementsAre(HasSubstr("E3005: a key of 1500 bytes")));
}

struct BadClaim {
  Row row;
  int number;
};
class BadClaimRow : public ::testing::TestWithParam<BadClaim> {};
TEST_P(BadClaimRow, IsRefusedWithItsNumber) {
  const LoadResult result = LoadClaims({GetParam().row});
  ASSERT_THAT(result.violations, SizeIs(1)) << ::testing::PrintToString(Texts(result));
  EXPECT_EQ(result.violations[0].number, GetParam().number) << result.violations[0].ToString();
  EXPECT_EQ(result.violations[0].place.begin.line, 2);
  EXPECT_EQ(result.violations[0].file, "claims.csv");
}
INSTANTIATE_TEST_SUITE_P(
    All, BadClaimRow,
    ::testing::Values(
        BadClaim{{{"subject", ""}}, kEmptyCell}, BadClaim{{{"object", ""}}, kEmptyCell},
        BadClaim{{{"relation", ""}}, kEmptyCell}, BadClaim{{{"act", ""}}, kEmptyCell},
        BadClaim{{{"act", "says"}}, kUnknownWord}, BadClaim{{{"id", "a b"}}, kBadKey},
        BadClaim{{{"qualifiers", "plaice=state/russia"}}, kUnknownQualifier},
        BadClaim{{{"qualifiers", "place"}}, kBadQualifier},
        BadClaim{{{"relation", "VOTED"}, {"object", "resolution/1"}}, kMissingQualifier},
        BadClaim{{{"relation", "VOTED"}, {"object", "resolution/1"}, {"qualifiers", "vote=maybe"}}, kBadQualifier},
        BadClaim{{{"relation", "VOTED"}, {"object", "resolution/1"}, {"qualifiers", "vote=yes; vote=no"}},
                 kBadQualifier},
        BadClaim{{{"statement", "state/russia"}}, kNotAStatement},
        BadClaim{{{"statement", "statement/2"}}, kUnknownEntity}, BadClaim{{{"cites_note", "4"}}, kCitationClash},
        BadClaim{{{"cites_state", "ibid"}}, kCitationClash},
        BadClaim{{{"cites_note", "4"}, {"cites_state", "gone"}}, kUnknownWord},
        BadClaim{{{"locator", "3"}}, kBadLocator}, BadClaim{{{"locator", "chapter=3"}}, kBadLocator},
        BadClaim{{{"locator", "page=3; page=4"}}, kBadLocator}, BadClaim{{{"supersedes", "x"}}, kUnknownClaim},
        BadClaim{{{"relation", "SAYS"}}, kNotToBeClaimed}));

TEST(Validator, ListsEveryFaultOfEveryRowInTheOrderOfTheFiles) {
  const LoadResult result = Load({{"claims.csv", StrCat(kClaimHeader, ClaimRow({{"valid", "x"}, {"quantity", "y"}}),
                                                        ClaimRow({}), "\"broken\n", ClaimRow({{"act", "z"}}))},
                                  {"documents.csv", StrCat(kDocuments, "doc/C,,nobody,\n")},
                                  {"entities.csv", StrCat(kEntities, "a b,Sate,,x^doc/z\n")}});
  std::vector<std::string> found;
  for (const Diagnostic& violation : result.violations) {
    found.push_back(StrCat(violation.file, ":", violation.place.begin.line, " ", violation.number));
  }
  EXPECT_THAT(found,
              ElementsAre("claims.csv:2 3028", "claims.csv:2 3029", "claims.csv:4 3002", "claims.csv:5 3033",
                          "documents.csv:4 3013", "documents.csv:4 3011", "documents.csv:4 3020", "entities.csv:9 3013",
                          "entities.csv:9 3014", "entities.csv:9 3011", "entities.csv:9 3036"));
  EXPECT_THAT(result.rejected, SizeIs(5));
  EXPECT_EQ(result.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(DiagnosticsOf(result.status()).size(), 11u);
}

TEST(Validator, WhatRestsOnARefusedRowIsRefusedWithoutNoise) {
  const LoadResult result = Load(
      {{"documents.csv", kDocuments},
       {"entities.csv", StrCat(kEntities, "state/x,Sate,X,\n")},
       {"claims.csv", StrCat(kClaimHeader, ClaimRow({{"id", "a"}, {"subject", "state/x"}}),
                             ClaimRow({{"id", "b"}, {"relation", "DOUBTS"}, {"object", "claim:a"}}),
                             ClaimRow({{"id", "c"}, {"relation", "DOUBTS"}, {"object", "claim:b"}}), ClaimRow({}))}});
  EXPECT_THAT(Texts(result), ElementsAre(HasSubstr("E3014: unknown type 'Sate'")));
  EXPECT_THAT(result.rejected, SizeIs(4));
  for (const RejectedRow& row : result.rejected) EXPECT_THAT(row.reasons, ElementsAre(0u));
  EXPECT_THAT(result.load.claims, SizeIs(1));
}

TEST(Validator, EntitiesAndDocumentsRestOnEachOther) {
  const LoadResult result =
      Load({{"documents.csv", "key,title,publisher,part_of\ndoc/a,A,a/b,\ndoc/b,B,,doc/a\ndoc/c,C,,\n"},
            {"entities.csv", "key,type,name,aliases\na/b,Sate,A,\nc/d,State,C,x^doc/b\n"}});
  EXPECT_THAT(Texts(result), ElementsAre(HasSubstr("E3014")));
  EXPECT_THAT(result.rejected, SizeIs(4));
  EXPECT_THAT(result.load.entities, IsEmpty());
  EXPECT_THAT(result.load.documents, SizeIs(1));
}

// --- Documents and entities. ---

TEST(Validator, TheSameKeyAgainAddsNames) {
  const LoadResult result =
      Load({{"entities.csv", "key,type,name,aliases,description\na/b,State,A,x,\na/b,State,B,x;y@en,what\n"}});
  EXPECT_THAT(Texts(result), IsEmpty());
  ASSERT_THAT(result.load.entities, SizeIs(1));
  const Entity& entity = result.load.entities[0];
  EXPECT_EQ(entity.name, "A");
  EXPECT_EQ(entity.description, "what");
  ASSERT_THAT(entity.aliases, SizeIs(3));
  EXPECT_EQ(entity.aliases[2].language, "en");
}

TEST(Validator, ReadsAliases) {
  const LoadResult result =
      Load({{"documents.csv", "key,title\ndoc/a,A\ndoc/b,B\n"},
            {"entities.csv",
             "key,type,name,aliases\na/b,State,A,\"Swaziland@en^doc/a[../2018]; Foo [bar]; me@home.example; "
             "x[[2014..2015]]; the Convention^doc/b\"\n"}});
  EXPECT_THAT(Texts(result), IsEmpty());
  ASSERT_THAT(result.load.entities, SizeIs(1));
  const std::vector<Alias>& aliases = result.load.entities[0].aliases;
  ASSERT_THAT(aliases, SizeIs(5));
  EXPECT_EQ(aliases[0], (Alias{"Swaziland", "en", "doc/a", *EdtfTime::Parse("../2018")}));
  EXPECT_EQ(aliases[1].text, "Foo [bar]");
  EXPECT_EQ(aliases[2].text, "me@home.example");
  EXPECT_EQ(aliases[3].valid.text(), "[2014..2015]");
  EXPECT_EQ(aliases[4].document, "doc/b");
}

TEST(Validator, TypesMayExcludeEachOther) {
  EXPECT_THAT(Texts(Load({{"entities.csv", "key,type,name\na/b,Company; State,A\n"}})),
              ElementsAre(HasSubstr("E3015: 'a/b' cannot be both Company and State")));
  EXPECT_THAT(Texts(Load({{"entities.csv", "key,type,name\na/b,Document,A\n"}})), ElementsAre(HasSubstr("E3014")));
}

TEST(Validator, ChecksTheFieldsOfADocument) {
  const auto errors = [](const std::string& row) {
    return Texts(Load({{"documents.csv", "key,title,language,url,file,sha256,part_of\n" + row + "\n"}}));
  };
  EXPECT_THAT(errors("doc/x,X,en-GB,https://a.example/b,f.txt," + std::string(64, 'A') + ","), IsEmpty());
  EXPECT_THAT(errors("doc/x,X,English language,,,,"), ElementsAre(HasSubstr("E3037")));
  EXPECT_THAT(errors("doc/x,X,,a.example,,,"), ElementsAre(HasSubstr("E3037")));
  EXPECT_THAT(errors("doc/x,X,,,,12,"), ElementsAre(HasSubstr("E3037")));
  EXPECT_THAT(errors("doc/x,X,,,f.txt,,"), ElementsAre(HasSubstr("E3011")));
  EXPECT_THAT(errors("doc/x,X,,,,,doc/x"), ElementsAre(HasSubstr("E3043")));
  EXPECT_THAT(errors("doc/x,X,,,,,doc/y"), ElementsAre(HasSubstr("E3022")));
  EXPECT_THAT(errors("doc/x,X,,,,,\ndoc/x,Y,,,,,"), ElementsAre(HasSubstr("documents.csv:3:1: E3017")));
  EXPECT_THAT(errors("doc/x,X,,,,,\ndoc/x,X,,,,,"), IsEmpty());
}

// --- Groups. ---

constexpr char kGroupHeader[] =
    "key,name,count,unit,list,members,parts,says,says_object,says_qualifiers,heading_valid,document,locator,quote\n";

LoadResult LoadGroups(const std::string& rows) {
  return Load({{"documents.csv", kDocuments}, {"entities.csv", kEntities}, {"groups.csv", kGroupHeader + rows}});
}

TEST(Validator, ExpandsGroups) {
  LoadResult result = LoadGroups(
      "group/g,The group,more than 1,state,closed,state/russia; North "
      "Korea=DPRK,group/h,VOTED,resolution/1,vote=yes,2015,"
      "doc/a,page=1,more than one\n"
      "group/h,The part,,,,,,,,,,doc/a,page=1,\n");
  EXPECT_THAT(Texts(result), IsEmpty());
  std::vector<std::string> claims;
  for (const ValidatedClaim& validated : result.load.claims) {
    const Claim& claim = validated.claim();
    claims.push_back(
        StrCat(claim.id, " | ", ToString(claim.proposition), " | ", claim.quote, " | ", claim.valid.text()));
  }
  EXPECT_THAT(claims,
              ElementsAre(HasSubstr("group/g#count | group/g stated_count "),
                          "group/g#list | group/g list closed | more than one | ",
                          "group/g#member/state/russia | group/g HAS_MEMBER state/russia | Russia | ",
                          "group/g#member/state/north-korea | group/g HAS_MEMBER state/north-korea | DPRK | ",
                          "group/g#part/group/h | group/g HAS_PART group/h | more than one | ",
                          "group/g#says/state/russia | state/russia VOTED resolution/1 | Russia | 2015",
                          "group/g#says/state/north-korea | state/north-korea VOTED resolution/1 | DPRK | 2015"));
  EXPECT_EQ(result.load.claims[0].claim().proposition.object.literal.quantity().low, 2);
  EXPECT_EQ(result.load.claims[5].claim().qualifiers[0].value.literal.string(), "yes");
  EXPECT_EQ(result.load.entities.back().types, std::vector<std::string>{"Group"});
}

TEST(Validator, SaysWhereAGroupIsWrong) {
  const auto errors = [](const std::string& row) { return Texts(LoadGroups(row + "\n")); };
  EXPECT_THAT(errors("group/g,G,lots,,,,,,,,,doc/a,page=1,"), ElementsAre(HasSubstr("groups.csv:2:11: E3029")));
  EXPECT_THAT(errors("group/g,G,,state,,,,,,,,doc/a,page=1,"), ElementsAre(HasSubstr("E3041")));
  EXPECT_THAT(errors("group/g,G,,,shut,,,,,,,doc/a,page=1,"), ElementsAre(HasSubstr("E3033")));
  EXPECT_THAT(errors("group/g,G,,,,Korea,,,,,,doc/a,page=1,"), ElementsAre(HasSubstr("groups.csv:2:14: E3021")));
  EXPECT_THAT(errors("group/g,G,,,,Russia;state/russia,,,,,,doc/a,page=1,"), ElementsAre(HasSubstr("E3038")));
  EXPECT_THAT(errors("group/g,G,,,,,state/russia,,,,,doc/a,page=1,"), ElementsAre(HasSubstr("groups.csv:2:15: E3024")));
  EXPECT_THAT(errors("group/g,G,,,,company/press,,VOTED,resolution/1,vote=yes,,doc/a,page=1,"),
              ElementsAre(HasSubstr("groups.csv:2:14: E3024")));
  EXPECT_THAT(errors("group/g,G,,,,state/russia,,VOTED,resolution/1,vote=eh,,doc/a,page=1,"),
              ElementsAre(HasSubstr("groups.csv:2:47: E3031")));
  EXPECT_THAT(errors("group/g,G,,,,,,VOTED,resolution/1,,,doc/a,page=1,"), ElementsAre(HasSubstr("E3038")));
  EXPECT_THAT(errors("group/g,G,3,,,,,,,,,,,"), ElementsAre(HasSubstr("E3012")));
  EXPECT_THAT(errors("group/g,G,,,,,,,,,,,,"), ElementsAre(HasSubstr("E3012")));
  EXPECT_THAT(errors("group/g,G,3,,,,,,,,,doc/a,page=1,\ngroup/g,G,3,,,,,,,,,doc/b,page=1,"),
              ElementsAre(HasSubstr("groups.csv:3:1: E3019")));
}

// --- Against a store. ---

class SmallCatalog : public Catalog {
 public:
  explicit SmallCatalog(const LoadResult& result) {
    for (const Entity& entity : result.load.entities) {
      entities_[entity.key] = entity;
      names_.Add(entity);
    }
    for (const Document& document : result.load.documents) documents_[document.key] = document;
    for (const ValidatedClaim& claim : result.load.claims) claims_[claim.claim().id] = ContentIdOf(claim.claim());
  }
  bool empty() const override { return false; }
  absl::StatusOr<std::optional<Entity>> FindEntity(std::string_view key) const override { return Find(entities_, key); }
  absl::StatusOr<std::optional<Document>> FindDocument(std::string_view key) const override {
    return Find(documents_, key);
  }
  absl::StatusOr<std::optional<std::string>> FindClaim(std::string_view id) const override { return Find(claims_, id); }
  const NameIndex& names() const override { return names_; }

  absl::Status failure;

 private:
  template <typename T>
  absl::StatusOr<std::optional<T>> Find(const std::map<std::string, T, std::less<>>& map, std::string_view key) const {
    if (!failure.ok()) return failure;
    const auto found = map.find(key);
    if (found == map.end()) return std::optional<T>();
    return std::optional<T>(found->second);
  }
  std::map<std::string, Entity, std::less<>> entities_;
  std::map<std::string, Document, std::less<>> documents_;
  std::map<std::string, std::string, std::less<>> claims_;
  NameIndex names_;
};

TEST(ValidatorAgainstAStore, TheSameFilesAddNothing) {
  const std::vector<ClaimFile> files = {
      {"documents.csv", kDocuments},
      {"entities.csv", kEntities},
      {"claims.csv", StrCat(kClaimHeader, ClaimRow({{"id", "a"}}), ClaimRow({{"quote", "x"}}))},
      {"groups.csv", StrCat(kGroupHeader, "group/g,G,3,state,,,,,,,,doc/a,page=1,three\n")}};
  const LoadResult first = Load(files);
  EXPECT_THAT(Texts(first), IsEmpty());
  const LoadResult again = Load(files, SmallCatalog(first));
  EXPECT_THAT(Texts(again), IsEmpty());
  EXPECT_THAT(again.load.documents, IsEmpty());
  EXPECT_THAT(again.load.entities, IsEmpty());
  EXPECT_THAT(again.load.claims, IsEmpty());
  EXPECT_EQ(again.load.unchanged, 2u + 8u + 3u);
}

TEST(ValidatorAgainstAStore, RefersToWhatStandsThere) {
  const SmallCatalog catalog(Load({{"documents.csv", kDocuments},
                                   {"entities.csv", kEntities},
                                   {"claims.csv", StrCat(kClaimHeader, ClaimRow({{"id", "a"}}))}}));
  const LoadResult result = Load({{"claims.csv", StrCat(kClaimHeader, ClaimRow({{"subject", "Russia"}, {"quote", "x"}}),
                                                        ClaimRow({{"relation", "DOUBTS"}, {"object", "claim:a"}}))}},
                                 catalog);
  EXPECT_THAT(Texts(result), IsEmpty());
  ASSERT_THAT(result.load.claims, SizeIs(2));
  EXPECT_THAT(result.load.claims[0].claim().asserters, ElementsAre("company/press"));
}

TEST(ValidatorAgainstAStore, NothingIsOverwritten) {
  const SmallCatalog catalog(Load({{"documents.csv", StrCat("key,title,sha256\ndoc/a,A,", std::string(64, '1'), "\n")},
                                   {"entities.csv", kEntities},
                                   {"claims.csv", StrCat(kClaimHeader, ClaimRow({{"id", "a"}}))}}));
  const auto errors = [&catalog](const ClaimFile& file) { return Texts(Load({file}, catalog)); };
  EXPECT_THAT(errors({"claims.csv", StrCat(kClaimHeader, ClaimRow({{"id", "a"}, {"quote", "new"}}))}),
              ElementsAre(HasSubstr("claims.csv:2:1: E3039")));
  EXPECT_THAT(errors({"documents.csv", StrCat("key,title,sha256\ndoc/a,A,", std::string(64, '2'), "\n")}),
              ElementsAre(HasSubstr("documents.csv:2:9: E3040")));
  EXPECT_THAT(errors({"entities.csv", "key,type,name\nstate/russia,Company,Russia\n"}),
              ElementsAre(HasSubstr("entities.csv:2:14: E3016")));
}

TEST(ValidatorAgainstAStore, EntitiesKeepTheirNames) {
  const SmallCatalog catalog(Load({{"entities.csv", kEntities}, {"documents.csv", kDocuments}}));
  const LoadResult result = Load({{"entities.csv", "key,type,name\nstate/russia,State,Russia (new)\n"}}, catalog);
  ASSERT_THAT(result.load.entities, SizeIs(1));
  EXPECT_EQ(result.load.entities[0].name, "Russia (new)");
  EXPECT_THAT(result.load.entities[0].aliases, SizeIs(3));
}

TEST(ValidatorAgainstAStore, AFailingStoreEndsIt) {
  SmallCatalog catalog(LoadResult{});
  catalog.failure = absl::DataLossError("damaged");
  const std::vector<ClaimFile> files = {{"entities.csv", kEntities}};
  EXPECT_EQ(Validator(&TestOntology(), &catalog).ValidateFiles(files).status().code(), absl::StatusCode::kDataLoss);
}

// --- Other ways in. ---

TEST(Validator, ReadsJsonLinesAlike) {
  const LoadResult result = Load(
      {{"all.jsonl",
        R"({"record": "claim", "subject": "Russia", "relation": "USED", "object": "RBK-500", "act": "asserts", "asserters": ["Press", "Russia"], "document": "doc/a", "locator": "page=1", "quantity": 42}
{"record": "claim", "subject": "Russia", "relation": "USD", "object": "RBK-500", "act": "asserts", "document": "doc/a", "locator": "page=1"}
{"record": "document", "key": "doc/a", "title": "A"}
{"record": "entity", "key": "state/russia", "type": "State", "name": "Russia"}
{"record": "entity", "key": "company/press", "type": ["Company"], "name": "Press"}
{"record": "entity", "key": "munition/rbk-500", "type": "Munition", "name": "RBK-500"}
)"}});
  EXPECT_THAT(Texts(result), ElementsAre(HasSubstr("all.jsonl:2:54: E3004")));
  ASSERT_THAT(result.load.claims, SizeIs(1));
  EXPECT_THAT(result.load.claims[0].claim().asserters, ElementsAre("company/press", "state/russia"));
}

TEST(Validator, AnOpenOntologyTakesWhatComes) {
  const LoadResult result = Load({{"documents.csv", "key,title\ndoc/a,A\n"},
                                  {"entities.csv", "key,type,name\na/b,Whatever,A\nc/d,Else,C\n"},
                                  {"claims.csv",
                                   "subject,relation,object,qualifiers,act,document,locator\n"
                                   "a/b,KNOWS,c/d,how=well; where=C,asserts,doc/a,page=1\n"
                                   "a/b,size,12,,asserts,doc/a,page=1\na/b,motto,Go on,,asserts,doc/a,page=1\n"
                                   "a/b,KNOWS,nobody,,asserts,doc/a,page=1\na/b,knows,c/e,,asserts,doc/a,page=1\n"}},
                                 EmptyCatalog(), Ontology::Open());
  EXPECT_THAT(Texts(result), ElementsAre(HasSubstr("claims.csv:5:11: E3020"), HasSubstr("claims.csv:6:11: E3020")));
  ASSERT_THAT(result.load.claims, SizeIs(3));
  EXPECT_EQ(ToString(result.load.claims[0].claim().proposition), "a/b KNOWS c/d (where: c/d)");
  EXPECT_EQ(result.load.claims[1].claim().proposition.object.literal.integer(), 12);
  EXPECT_EQ(result.load.claims[2].claim().proposition.object.literal.string(), "Go on");
}

TEST(Validator, GivesClaimsToASink) {
  std::vector<std::string> ids;
  size_t last = 0;
  Validator::Options options;
  options.sink = [&ids](ValidatedClaim claim) {
    ids.push_back(claim.claim().id);
    return absl::OkStatus();
  };
  options.progress = [&last](size_t done, size_t all) {
    EXPECT_LE(last, done);
    EXPECT_LE(done, all);
    last = done;
  };
  const EmptyCatalog empty;
  const std::vector<ClaimFile> files = {
      {"claims.csv", StrCat(kClaimHeader, ClaimRow({{"id", "a"}, {"supersedes", "b"}}), ClaimRow({{"id", "b"}}))},
      {"documents.csv", kDocuments},
      {"entities.csv", kEntities}};
  const auto result = Validator(&TestOntology(), &empty, options).ValidateFiles(files);
  ASSERT_TRUE(result.ok());
  EXPECT_THAT(ids, ElementsAre("b", "a"));
  EXPECT_THAT(result->load.claims, IsEmpty());
  EXPECT_GT(last, 0u);
  last = 0;
  options.sink = [](ValidatedClaim) { return absl::ResourceExhaustedError("full"); };
  EXPECT_EQ(Validator(&TestOntology(), &empty, options).ValidateFiles(files).status().code(),
            absl::StatusCode::kResourceExhausted);
}

Claim Built() {
  Claim claim;
  claim.proposition.subject = Term::Entity("state/russia");
  claim.proposition.relation = "USED";
  claim.proposition.object = Term::Entity("munition/rbk-500");
  claim.document = "doc/a";
  claim.locator.page = "1";
  return claim;
}

TEST(Validator, ChecksWhatIsBuiltInCode) {
  const SmallCatalog catalog(Load({{"documents.csv", kDocuments}, {"entities.csv", kEntities}}));
  const Validator validator(&TestOntology(), &catalog);
  Claim claim = Built();
  claim.qualifiers = {{"place", Term::Entity("state/russia")}};
  const auto good = validator.ValidateClaim(claim);
  ASSERT_TRUE(good.ok()) << good.status();
  EXPECT_EQ(good->claim().proposition.identifying.size(), 1u);
  EXPECT_THAT(good->claim().asserters, ElementsAre("company/press"));

  const auto error = [&validator](auto change) {
    Claim changed = Built();
    change(&changed);
    const auto result = validator.ValidateClaim(changed);
    return result.ok() ? 0 : ErrorNumber(result.status());
  };
  EXPECT_EQ(error([](Claim*) {}), 0);
  EXPECT_EQ(error([](Claim* c) { c->proposition.relation = "USD"; }), kUnknownRelation);
  EXPECT_EQ(error([](Claim* c) { c->proposition.relation = ""; }), kEmptyCell);
  EXPECT_EQ(error([](Claim* c) { c->proposition.object = Term::Literal(Value::Integer(1)); }), kWrongTermKind);
  EXPECT_EQ(error([](Claim* c) { c->proposition.object = Term::Literal(Value()); }), kBadLiteral);
  EXPECT_EQ(error([](Claim* c) { c->proposition.subject = Term::Literal(Value::Integer(1)); }), kWrongTermKind);
  EXPECT_EQ(error([](Claim* c) { c->proposition.subject = Term::Entity("x/y"); }), kUnknownEntity);
  EXPECT_EQ(error([](Claim* c) { c->proposition.relation = "count"; }), kWrongTermKind);
  EXPECT_EQ(error([](Claim* c) { c->document = ""; }), kNoSource);
  EXPECT_EQ(error([](Claim* c) { c->locator = {}; }), kEmptyCell);
  EXPECT_EQ(error([](Claim* c) { c->asserters = {"x/y"}; }), kUnknownEntity);
  EXPECT_EQ(error([](Claim* c) { c->supersedes = {"x"}; }), kUnknownClaim);
  EXPECT_EQ(error([](Claim* c) { c->quote = "\xFF"; }), kNotUtf8);
  EXPECT_EQ(error([](Claim* c) { c->quote = std::string(2 << 20, 'x'); }), kCellTooLong);
  EXPECT_THAT(std::string(validator
                              .ValidateClaim([] {
                                Claim c = Built();
                                c.id = "c1";
                                c.document = "doc/z";
                                return c;
                              }())
                              .status()
                              .message()),
              HasSubstr("claim 'c1', document: unknown document 'doc/z'"));
}

TEST(Validator, RecordsBuiltInCodeReferToEachOther) {
  Document document;
  document.key = "doc/a";
  document.title = "A";
  Entity russia;
  russia.key = "state/russia";
  russia.types = {"State"};
  russia.name = "Russia";
  Entity munition = russia;
  munition.key = "munition/rbk-500";
  munition.types = {"Munition"};
  Claim doubt = Built();
  doubt.proposition.relation = "DOUBTS";
  doubt.proposition.object = Term::Claim("b");
  Claim claim = Built();
  claim.id = "b";
  const EmptyCatalog empty;
  const Validator validator(&TestOntology(), &empty);
  const auto result = validator.ValidateRecords({document}, {russia, munition}, {doubt, claim});
  ASSERT_TRUE(result.ok());
  EXPECT_THAT(Texts(*result), IsEmpty());
  EXPECT_THAT(result->load.claims, SizeIs(2));
  EXPECT_THAT(result->load.entities, SizeIs(2));
  const auto twice = validator.ValidateRecords({document}, {russia, munition}, {claim, claim});
  ASSERT_TRUE(twice.ok());
  EXPECT_THAT(Texts(*twice), ElementsAre(HasSubstr("E3018: claim 'b', id")));
}

}  // namespace
}  // namespace dossier
