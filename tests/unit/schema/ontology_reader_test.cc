#include "schema/ontology_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "schema/error_codes.h"

namespace dossier {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

constexpr char kHead[] = "[ontology]\nname = \"test\"\nversion = \"1\"\n";

Ontology Read(const std::string& text) {
  auto ontology = ReadOntology(StrCat(kHead, text));
  EXPECT_TRUE(ontology.ok()) << ontology.status();
  return ontology.ok() ? *std::move(ontology) : Ontology::Open();
}

// The errors of kHead + text, one line each.
std::vector<std::string> Errors(const std::string& text) {
  std::vector<std::string> lines;
  for (const Diagnostic& diagnostic : DiagnosticsOf(ReadOntology(StrCat(kHead, text)).status())) {
    lines.push_back(diagnostic.ToString());
  }
  return lines;
}

TEST(OntologyReader, ReadsTypesWithTheirSupertypes) {
  const Ontology ontology = Read(R"(
[types.Actor]
[types.Place]
[types.State]
extends = ["Actor", "Place"]
[types.Microstate]
extends = ["State"]
[types.Vote]
extends = ["Event"]
)");
  EXPECT_EQ(ontology.name(), "test");
  EXPECT_FALSE(ontology.is_open());
  ASSERT_NE(ontology.FindType("Microstate"), nullptr);
  EXPECT_THAT(ontology.FindType("Microstate")->supertypes, ElementsAre("Microstate", "State", "Actor", "Place"));
  EXPECT_THAT(ontology.FindType("Actor")->subtypes, UnorderedElementsAre("Actor", "State", "Microstate"));
  EXPECT_TRUE(ontology.IsSubtype("Microstate", "Place"));
  EXPECT_TRUE(ontology.IsSubtype("Vote", "Event"));
  EXPECT_FALSE(ontology.IsSubtype("Actor", "State"));
  EXPECT_TRUE(ontology.Admits({"Place"}, {"Vote", "State"}));
  EXPECT_TRUE(ontology.Admits({}, {"Vote"}));
  EXPECT_FALSE(ontology.Admits({"Place"}, {"Vote"}));
}

TEST(OntologyReader, ExclusionsAreSymmetricAndInherited) {
  const Ontology ontology = Read(R"(
[types.State]
excludes = ["Company"]
[types.Microstate]
extends = ["State"]
[types.Company]
[types.Bank]
extends = ["Company"]
)");
  EXPECT_THAT(ontology.FindType("Microstate")->excludes, ElementsAre("Bank", "Company"));
  EXPECT_THAT(ontology.FindType("Bank")->excludes, ElementsAre("Microstate", "State"));
}

TEST(OntologyReader, ReadsWhatARelationSays) {
  const Ontology ontology = Read(R"(
[types.Actor]
[types.Thing]
[relations.KIND_OF]
containment = "kind-of"
[relations.HANDLED]
subject = ["Actor"]
object = ["Thing"]
kind = "evidence"
countable = false
[relations.HANDLED.qualifiers.place]
range = ["Actor"]
[relations.HANDLED.entails_upward]
object = ["KIND_OF"]
[relations.USED]
extends = ["HANDLED"]
inverse = "USED_BY"
functional = true
functional_over = ["how"]
implies = [{ relation = "HANDLED", subject = "object", object = "place" }]
[relations.USED.qualifiers.how]
value = "string"
values = ["well", "badly"]
single_valued = true
[relations.REUSED]
extends = ["USED"]
order = [{ after = "USED", role = "object", as = "object", description = "first things first" }, { before = "weight" }]
[relations.GREW_FROM]
rate = "decrease"
[relations.weight]
value = "number"
functional_in_time = false
[[exclusive_values]]
attribute = "how"
values = ["well", "badly"]
[[exclusive_values]]
attribute = "how"
values = ["well", "somehow"]
certainty = "possible"
description = "that who did well would have said so"
)");
  const Relation* used = ontology.FindRelation("USED");
  ASSERT_NE(used, nullptr);
  EXPECT_EQ(used->kind, RelationKind::kEvidence);
  EXPECT_THAT(used->subject, ElementsAre("Actor"));
  EXPECT_THAT(used->object, ElementsAre("Thing"));
  EXPECT_FALSE(used->countable);
  EXPECT_TRUE(used->functional);
  EXPECT_THAT(used->functional_over, ElementsAre("how"));
  ASSERT_EQ(used->qualifiers.size(), 2u);
  EXPECT_FALSE(used->FindQualifier("how")->identifies);
  EXPECT_TRUE(used->FindQualifier("place")->identifies);
  EXPECT_THAT(used->EntailsUpward("object"), ElementsAre("KIND_OF"));
  EXPECT_THAT(used->EntailsUpward("subject"), IsEmpty());
  ASSERT_EQ(used->implies.size(), 1u);
  EXPECT_EQ(used->implies[0].subject, "object");
  EXPECT_EQ(ontology.FindByInverse("USED_BY"), used);
  EXPECT_THAT(used->order, IsEmpty());
  EXPECT_EQ(used->rate, RateKind::kNone);
  EXPECT_EQ(ontology.FindRelation("GREW_FROM")->rate, RateKind::kDecrease);
  const Relation* reused = ontology.FindRelation("REUSED");
  ASSERT_EQ(reused->order.size(), 2u);
  EXPECT_TRUE(reused->order[0].after);
  EXPECT_EQ(reused->order[0].role, "object");
  EXPECT_EQ(reused->order[0].as, "object");
  EXPECT_EQ(reused->order[0].description, "first things first");
  EXPECT_FALSE(reused->order[1].after);
  EXPECT_EQ(reused->order[1].as, "subject");
  EXPECT_EQ(ontology.FindRelation("USED_BY"), nullptr);
  EXPECT_TRUE(ontology.IsSubrelation("USED", "HANDLED"));
  EXPECT_EQ(ontology.FindRelation("weight")->value, ValueType::kNumber);
  EXPECT_FALSE(ontology.FindRelation("weight")->functional_in_time);
  ASSERT_EQ(ontology.exclusive_values().size(), 2u);
  EXPECT_EQ(ontology.exclusive_values()[0].certainty, Certainty::kCertain);
  EXPECT_EQ(ontology.exclusive_values()[1].certainty, Certainty::kPossible);
  EXPECT_EQ(ontology.exclusive_values()[1].description, "that who did well would have said so");
}

TEST(OntologyReader, ReadsItsOwnSourceAgain) {
  const Ontology ontology = Read("[types.Actor]\n");
  const auto again = ReadOntology(ontology.source_text());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->types().size(), ontology.types().size());
}

TEST(OntologyReader, KnowsWhatIsBuiltIn) {
  const Ontology open = Ontology::Open();
  EXPECT_TRUE(open.is_open());
  for (const std::string_view type : {"Event", "Statement", "Document", "Group", "Claim"}) {
    EXPECT_NE(open.FindType(type), nullptr) << type;
  }
  EXPECT_TRUE(open.FindRelation("SUBJECT")->from_fields);
  EXPECT_FALSE(open.FindRelation("HAS_MEMBER")->from_fields);
  EXPECT_TRUE(open.FindRelation("possible_same_as")->symmetric);
  EXPECT_EQ(open.FindRelation("stated_count")->value, ValueType::kQuantity);
  const Ontology described =
      Read("[types.Event]\ndescription = \"ours\"\n[relations.HAS_MEMBER]\nsubject = [\"Group\"]\n");
  EXPECT_EQ(described.FindType("Event")->description, "ours");
  EXPECT_TRUE(described.FindType("Event")->built_in);
  EXPECT_THAT(Errors("[relations.SUBJECT]\nsubject = [\"Event\"]\n"), Contains(HasSubstr("E2013")));
  EXPECT_THAT(Errors("[relations.list]\nvalue = \"number\"\n"), Contains(HasSubstr("E2013")));
}

TEST(OntologyReader, NamesThePlaceOfASlip) {
  EXPECT_THAT(Errors("[types.State]\nextends = [\"Actr\"]\n[types.Actor]\n"),
              ElementsAre("ontology.toml:5:12: E2006: unknown type 'Actr' (a type is declared as [types.NAME] or built "
                          "in); did you mean 'Actor'?"));
  EXPECT_THAT(
      Errors("[relations.USED]\nobjekt = [\"Event\"]\n"),
      ElementsAre("ontology.toml:5:1: E2002: unknown key 'objekt' in [relations.USED] (an ontology file is written "
                  "as docs/ontology.md says); did you mean 'object'?"));
}

TEST(OntologyReader, ReportsEveryErrorOfAFile) {
  const auto errors = Errors("[types.A]\nextends = [\"B\"]\n[relations.R]\nkind = \"fakt\"\nsubject = \"A\"\n");
  ASSERT_EQ(errors.size(), 3u);
  EXPECT_THAT(errors[0], HasSubstr("E2006"));
  EXPECT_THAT(errors[1], HasSubstr("did you mean 'fact'?"));
  EXPECT_THAT(errors[2], HasSubstr("write [\"A\"]"));
}

struct BadCase {
  const char* text;
  int number;
};
class BadOntology : public ::testing::TestWithParam<BadCase> {};

TEST_P(BadOntology, IsRefusedWithItsNumber) {
  const auto errors = DiagnosticsOf(ReadOntology(StrCat(kHead, GetParam().text)).status());
  ASSERT_FALSE(errors.empty()) << GetParam().text;
  EXPECT_EQ(errors[0].number, GetParam().number) << errors[0].ToString();
  EXPECT_TRUE(errors[0].place.known());
  EXPECT_GE(errors[0].place.begin.line, 4);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadOntology,
    ::testing::Values(
        BadCase{"[types.A\n", kOntologySyntax}, BadCase{"x = \"\xff\"\n", kOntologySyntax},
        BadCase{"[type.A]\n", kOntologyUnknownKey}, BadCase{"[types]\nA = 3\n", kOntologyWrongType},
        BadCase{"[relations.R]\nsymmetric = \"yes\"\n", kOntologyWrongType},
        BadCase{"[relations.R]\nimplies = [{ subject = \"object\" }]\n", kOntologyMissingKey},
        BadCase{"[relations.R]\norder = { after = \"R\" }\n", kOntologyWrongType},
        BadCase{"[relations.R]\norder = [{ role = \"object\" }]\n", kOntologyMissingKey},
        BadCase{"[relations.R]\norder = [{ after = \"R\", before = \"R\" }]\n", kOntologyKeysClash},
        BadCase{"[relations.R]\norder = [{ after = \"S\" }]\n", kOntologyUnknownRelation},
        BadCase{"[relations.R]\norder = [{ after = \"R\", role = \"place\" }]\n", kOntologyUnknownRole},
        BadCase{"[relations.R]\norder = [{ after = \"R\", as = \"place\" }]\n", kOntologyUnknownRole},
        BadCase{"[types.\"a b\"]\n", kOntologyBadName}, BadCase{"[relations.R.qualifiers.subject]\n", kOntologyBadName},
        BadCase{"[relations.R]\nobject = [\"Actor\"]\n", kOntologyUnknownType},
        BadCase{"[relations.R]\nextends = [\"S\"]\n", kOntologyUnknownRelation},
        BadCase{"[relations.R]\nfunctional_over = [\"treaty\"]\n", kOntologyUnknownRole},
        BadCase{"[relations.R.entails_upward]\nplace = []\n", kOntologyUnknownRole},
        BadCase{"[types.A]\nextends = [\"B\"]\n[types.B]\nextends = [\"A\"]\n", kOntologyCycle},
        BadCase{"[relations.A]\nextends = [\"A\"]\n", kOntologyCycle},
        BadCase{"[relations.A]\nvalue = \"text\"\n", kOntologyUnknownWord},
        BadCase{"[relations.A]\nrate = \"growth\"\n", kOntologyUnknownWord},
        BadCase{"[relations.A]\ninverse = \"B\"\n[relations.B]\n", kOntologyNameTaken},
        BadCase{"[relations.A]\nobject = [\"Event\"]\nvalue = \"string\"\n", kOntologyKeysClash},
        BadCase{"[relations.A]\nvalue = \"string\"\ninverse = \"B\"\n", kOntologyKeysClash},
        BadCase{"[types.A]\nexcludes = [\"A\"]\n", kOntologyExcludesItself},
        BadCase{"[relations.B]\n[relations.A]\nentails_upward = { object = [\"B\"] }\n", kOntologyNotContainment},
        BadCase{"[[exclusive_values]]\nattribute = \"x\"\nvalues = [\"a\", \"b\"]\n", kOntologyUnknownRelation}));

TEST(OntologyReader, NeedsAHead) {
  const auto errors = DiagnosticsOf(ReadOntology("[types.A]\n").status());
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].number, kOntologyMissingKey);
  EXPECT_EQ(DiagnosticsOf(ReadOntology("[ontology]\nname = \"x\"\n").status()).size(), 1u);
}

}  // namespace
}  // namespace dossier
