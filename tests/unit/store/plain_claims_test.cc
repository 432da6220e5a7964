// Rows that go into the store as plain claims, against the same rows that go as Claims: what comes out is the same.
#include "schema/plain_claims.h"

#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "graph/base/text.h"
#include "gtest/gtest.h"
#include "schema/ontology_reader.h"
#include "schema/validator.h"
#include "store/loader.h"
#include "store/store.h"
#include "store/verify.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

constexpr char kOntology[] = R"([ontology]
name = "all kinds"
version = "1"
[types.Actor]
[types.State]
extends = ["Actor"]
[types.Thing]
[types.Publisher]
[relations.TRADED]
subject = ["Actor"]
object = ["Actor"]
inverse = "TRADED_BY"
[relations.TRADED.qualifiers.thing]
range = ["Thing"]
[relations.TRADED.qualifiers.row]
value = "integer"
identifies = true
[relations.TRADED.qualifiers.stance]
value = "string"
values = ["for", "against"]
[relations.TRADED.qualifiers.price]
value = "number"
[relations.TRADED.qualifiers.when]
value = "time"
identifies = true
[relations.BORDERS]
subject = ["State"]
object = ["State"]
symmetric = true
[relations.READ]
subject = ["Actor"]
[relations.READ.qualifiers.page]
value = "integer"
required = true
[relations.size]
value = "quantity"
countable = false
[relations.name_given]
value = "string"
[relations.born]
value = "time"
[relations.alive]
value = "boolean"
[relations.weight]
value = "number"
[relations.home]
value = "url"
)";

using Random = std::mt19937;

std::string_view OneOfThese(Random& random, std::initializer_list<std::string_view> choices) {
  return choices.begin()[random() % choices.size()];
}

std::string Cell(std::string_view text) {
  if (text.find_first_of(",\"\n") == std::string_view::npos) return std::string(text);
  std::string cell = "\"";
  for (const char c : text) cell += c == '"' ? "\"\"" : std::string(1, c);
  return cell + '"';
}

constexpr char kHeader[] =
    "id,subject,relation,object,qualifiers,valid,quantity,unit,counting,act,certainty,hedge,asserters,said,document,"
    "locator,quote,cites_note,cites_document,cites_state,rank,supersedes,note\n";

// A row that may be wrong in no way, but out of the ordinary in many.
std::string Row(Random& random, int i) {
  const auto some = [&random](int one_in) { return random() % one_in == 0; };
  const auto state = [&random] { return StrCat("state/", random() % 9); };
  std::string subject = some(9) ? StrCat("State ", random() % 9) : state(), object = state(), qualifiers;
  std::string_view relation = OneOfThese(random, {"TRADED", "TRADED", "TRADED", "TRADED_BY", "BORDERS", "READ", "size",
                                                  "name_given", "born", "alive", "weight", "home"});
  if (relation.starts_with("TRADED")) {
    if (some(2)) qualifiers += StrCat("thing=thing/", random() % 4, "; ");
    if (some(2)) qualifiers += StrCat("row=", some(5) ? "+" : "", some(9) ? "-" : "", random() % 1000, ";");
    if (some(4)) qualifiers += StrCat(" stance = ", OneOfThese(random, {"for", "against"}), " ;");
    if (some(4)) qualifiers += StrCat("price=", OneOfThese(random, {"2.50", "1e6", "100000", "-0.1"}), ";");
    if (some(4)) qualifiers += StrCat("when=", OneOfThese(random, {"2003", "2003-04~", "[2001,2002]"}));
  } else if (relation == "READ") {
    object = StrCat("doc/", random() % 3);
    qualifiers = StrCat("page=", random() % 20);
  } else if (relation == "size") {
    object = OneOfThese(random, {"about 20", "5.5 million", "17", "at least 3", "5%"});
  } else if (relation == "name_given") {
    object = OneOfThese(random, {"Aland, or \"A\"", "0017", "17", "two\nlines", "Ålan\xC3\xB0"});
  } else if (relation == "born") {
    object = OneOfThese(random, {"1917", "1917-11?", "1917/1918"});
  } else if (relation == "alive") {
    object = OneOfThese(random, {"true", "false"});
  } else if (relation == "weight") {
    object = OneOfThese(random, {"1", "1.0", "2.5", "+3", "1e300"});
  } else if (relation == "home") {
    object = "https://example.org/a";
  }
  const bool is_size = relation == "size";
  const std::string quantity =
      some(3) ? OneOfThese(random, {"12", "12", "100000", "about 12", "dozens", "0", "1,200"}).data() : "";
  const bool has_unit = (!quantity.empty() || is_size) && object != "5%" && some(2);
  const std::string_view unit = quantity == "12" ? OneOfThese(random, {"truck", "%", "Per cent"}) : "truck";
  const bool noted = some(5);
  return StrCat(
      some(7)    ? StrCat("id-", i)
      : some(50) ? StrCat("claim:own-", i)
                 : "",
      ',', Cell(subject), ',', relation, ',', Cell(object), ',', Cell(qualifiers), ',',
      Cell(some(2) ? OneOfThese(random, {"2003", "2003-04", "[2001,2002]"}) : ""), ',', Cell(quantity), ',',
      has_unit ? unit : "", ',', has_unit && some(2) ? "those sold" : "", ',',
      OneOfThese(random, {"asserts", "reports", "denies"}), ',', some(4) ? "probable" : "", ',',
      some(9) ? "it seems" : "", ',', OneOfThese(random, {"", "", "state/1", "state/1; state/2", "A \\; B", "Org A"}),
      ',', some(4) ? "2010" : "", ',', StrCat("doc/", random() % 3), ',',
      OneOfThese(random, {"row=1", "row=x; page=12", "section=A\\;B", "note = 7"}), ',',
      Cell(some(3) ? OneOfThese(random, {"so it is", "he said \"no\"", "a\nb"}) : ""), ',', noted ? "40" : "", ',',
      noted && some(2) ? "doc/0;doc/2" : "", ',', noted ? "present" : "", ',', some(9) ? "preferred" : "", ',',
      i > 3000 && some(40) ? "id-first" : "", ',', some(9) ? "a note" : "", '\n');
}

class PlainClaimsTest : public testing::Test {
 protected:
  PlainClaimsTest() {
    Random random(7);
    std::string entities = "key,type,name,aliases\norg/a,Publisher,Org A,A \\; B\n";
    for (int i = 0; i < 9; ++i) entities += StrCat("state/", i, ",State,State ", i, ",\n");
    for (int i = 0; i < 4; ++i) entities += StrCat("thing/", i, ",Thing,Thing ", i, ",\n");
    folder_.Write("set/ontology.toml", kOntology);
    folder_.Write("set/entities.csv", entities);
    folder_.Write("set/documents.csv", "key,title,publisher\ndoc/0,Zero,org/a\ndoc/1,One,\ndoc/2,Two,state/3\n");
    std::string rows = StrCat(kHeader, "id-first,state/0,TRADED,state/1,,,,,,asserts,,,,,doc/0,row=1,,,,,,,\n");
    for (int i = 0; i < 6000; ++i) rows += Row(random, i);
    folder_.Write("set/claims.csv", rows);
  }

  // Numbers, ids and contents of all claims, in their order.
  using Said = std::vector<std::tuple<uint32_t, uint32_t, uint32_t, std::string, std::string, std::string>>;
  static Said ClaimsOf(const Store& store) {
    Said said;
    const auto scanned = store.snapshot()->ScanClaims([&said](const StoredClaim& stored) {
      said.emplace_back(stored.number.value, stored.proposition.value, stored.document.value, stored.claim.id,
                        ContentIdOf(stored.claim), ToString(stored.claim.proposition));
      return absl::OkStatus();
    });
    EXPECT_TRUE(scanned.ok()) << scanned;
    return said;
  }
  std::unique_ptr<Store> Empty(std::string_view name) {
    return Store::Create(folder_.path(name), ReadOntology(kOntology).value()).value();
  }
  // Through Claims alone.
  std::unique_ptr<Store> AsClaims(std::vector<std::string> files, std::unique_ptr<Store> store) {
    std::vector<ClaimFile> texts;
    for (const std::string& file : files) texts.push_back({file, TempFolder::Read(file)});
    const StoreCatalog catalog(*store->snapshot());
    auto result = Validator(&store->ontology(), &catalog).ValidateFiles(texts);
    EXPECT_TRUE(result.ok() && result->status().ok())
        << result.status() << (result.ok() ? result->status() : absl::OkStatus());
    Transaction transaction = store->Begin();
    transaction.Add(std::move(result->load));
    const auto committed = transaction.Commit();
    EXPECT_TRUE(committed.ok()) << committed.status();
    return store;
  }

  const TempFolder folder_;
};

TEST_F(PlainClaimsTest, AreTheClaimsThatTheRowsMake) {
  const auto plain = Empty("plain.db");
  const auto report = LoadFiles(plain.get(), {folder_.path("set")});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(Verify(plain.get())->sound());
  const auto claims =
      AsClaims({folder_.path("set/claims.csv"), folder_.path("set/documents.csv"), folder_.path("set/entities.csv")},
               Empty("claims.db"));
  const Said said = ClaimsOf(*plain);
  EXPECT_GT(said.size(), 4000u);
  EXPECT_EQ(said, ClaimsOf(*claims));
}

TEST_F(PlainClaimsTest, OnTopOfWhatIsThereAddNothingTwice) {
  const auto store = Empty("twice.db");
  ASSERT_TRUE(LoadFiles(store.get(), {folder_.path("set")}).ok());
  const Said before = ClaimsOf(*store);
  auto again = LoadFiles(store.get(), {folder_.path("set")});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->commit.nothing_new());
  // Other claims, on the entities and in part on the propositions that are there.
  Random random(8);
  std::string rows = kHeader;
  for (int i = 10000; i < 13000; ++i) rows += Row(random, i);
  const std::string more = folder_.Write("more/claims-more.csv", rows);
  const auto added = LoadFiles(store.get(), {more});
  ASSERT_TRUE(added.ok()) << added.status();
  EXPECT_GT(added->commit.claims_added, 2000u);
  EXPECT_LT(added->commit.propositions_added, added->commit.claims_added);
  EXPECT_TRUE(Verify(store.get())->sound());

  const auto other = AsClaims({more}, AsClaims({folder_.path("set/claims.csv"), folder_.path("set/documents.csv"),
                                                folder_.path("set/entities.csv")},
                                               Empty("other.db")));
  EXPECT_EQ(ClaimsOf(*store), ClaimsOf(*other));
}

TEST(PlainTextsTest, HoldEachTextOnceAndNumbersAsWhatTheyAre) {
  const std::string file = "one,two,one";
  PlainTexts texts;
  const PlainText one = texts.Add(std::string_view(file).substr(0, 3), file);
  EXPECT_EQ(texts.Add(std::string_view(file).substr(8), file).code, one.code);
  EXPECT_EQ(texts.Add(std::string("one"), file).code, one.code);
  EXPECT_NE(texts.Add(std::string("two"), file).code, one.code);
  EXPECT_EQ(texts.size(), 2u);
  EXPECT_EQ(texts.at(1), "two");
  EXPECT_TRUE(texts.Add("", file).empty());
  EXPECT_EQ(texts.Add("17", file).decimal(), 17u);
  EXPECT_FALSE(texts.Add("017", file).is_decimal());
  const uint64_t before = texts.serial();
  texts.Clear();
  EXPECT_NE(texts.serial(), before);
}

}  // namespace
}  // namespace dossier
