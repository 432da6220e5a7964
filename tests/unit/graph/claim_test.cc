#include "graph/claim.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace dossier {
namespace {

std::string Hex(const ContentHash& hash) {
  std::string text;
  for (const uint8_t byte : hash) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

Quantity Count(double number, std::string_view unit) {
  Quantity quantity;
  quantity.low = quantity.high = number;
  quantity.high_open = false;
  quantity.unit = unit;
  return quantity;
}

Proposition Used() {
  Proposition proposition;
  proposition.subject = Term::Entity("state/a");
  proposition.relation = "USED";
  proposition.object = Term::Entity("munition/b");
  proposition.identifying = {{"place", Term::Entity("place/c")}};
  return proposition;
}

TEST(Claim, PolarityFollowsTheAct) {
  EXPECT_EQ(PolarityOf(Act::kAsserts), Polarity::kAffirms);
  EXPECT_EQ(PolarityOf(Act::kReports), Polarity::kAffirms);
  EXPECT_EQ(PolarityOf(Act::kAdmits), Polarity::kAffirms);
  EXPECT_EQ(PolarityOf(Act::kDenies), Polarity::kDenies);
  for (const Act act : {Act::kRetracts, Act::kNotAdmits, Act::kNoComment, Act::kNoReply, Act::kRefuses}) {
    EXPECT_EQ(PolarityOf(act), Polarity::kUncommitted) << Name(act);
  }
}

TEST(Claim, NamesReadBack) {
  for (int i = 0; i < 9; ++i) EXPECT_EQ(ParseAct(Name(static_cast<Act>(i))), static_cast<Act>(i));
  for (int i = 0; i < 4; ++i) EXPECT_EQ(ParseCertainty(Name(static_cast<Certainty>(i))), static_cast<Certainty>(i));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ParseRank(Name(static_cast<Rank>(i))), static_cast<Rank>(i));
  for (int i = 0; i < 4; ++i) EXPECT_EQ(ParseNoteState(Name(static_cast<NoteState>(i))), static_cast<NoteState>(i));
  EXPECT_EQ(ParseAct("Asserts"), std::nullopt);
  EXPECT_EQ(ParseCertainty(""), std::nullopt);
}

// These hashes stand in stores and in citations. If this test fails, the code is wrong, not the test.
TEST(Claim, IdentitiesNeverChange) {
  EXPECT_EQ(Hex(Used().Hash()), "19d0efb076c4ec40de8d589124b6b678");
  Claim claim;
  claim.proposition = Used();
  claim.document = "doc/d";
  claim.locator.section = "Use";
  claim.quote = "used";
  EXPECT_EQ(ContentIdOf(claim), "812d9f1682b05172e5df1653a31bcd0f");
}

TEST(Claim, DifferentPropositionsHaveDifferentHashes) {
  std::set<std::string> hashes;
  const auto add = [&hashes](const Proposition& proposition) {
    EXPECT_TRUE(hashes.insert(Hex(proposition.Hash())).second) << ToString(proposition);
  };
  add(Used());
  Proposition other = Used();
  other.relation = "USE";
  other.object = Term::Entity("Dmunition/b");  // the same bytes in a row
  add(other);
  other = Used();
  other.subject = Term::Claim("state/a");
  add(other);
  other = Used();
  other.identifying.clear();
  add(other);
  for (const Value& value : {Value::Integer(1), Value::Float(1), Value::String("1"), Value::Boolean(true),
                             Value::OfQuantity(Count(1, "")), Value::OfQuantity(Count(1, "state"))}) {
    other.object = Term::Literal(value);
    add(other);
  }
}

TEST(Claim, TheContentOfAClaimIsAllButItsIdAndItsRecording) {
  Claim claim;
  claim.proposition = Used();
  const std::string id = ContentIdOf(claim);
  Claim same = claim;
  same.id = "x";
  same.recorded = 5;
  same.load = 7;
  EXPECT_EQ(ContentIdOf(same), id);
  std::set<std::string> ids = {id};
  const auto differs = [&](auto change) {
    Claim changed = claim;
    change(&changed);
    EXPECT_TRUE(ids.insert(ContentIdOf(changed)).second);
  };
  differs([](Claim* c) { c->qualifiers = {{"vote", Term::Literal(Value::String("no"))}}; });
  differs([](Claim* c) { c->valid = *EdtfTime::Parse("2015"); });
  differs([](Claim* c) { c->said = *EdtfTime::Parse("2015"); });
  differs([](Claim* c) { c->quantity = Count(4, ""); });
  differs([](Claim* c) { c->act = Act::kDenies; });
  differs([](Claim* c) { c->certainty = Certainty::kPossible; });
  differs([](Claim* c) { c->hedge = "x"; });
  differs([](Claim* c) { c->asserters = {"x"}; });
  differs([](Claim* c) { c->statement = "x"; });
  differs([](Claim* c) { c->document = "x"; });
  differs([](Claim* c) { c->locator.page = "x"; });
  differs([](Claim* c) { c->locator.note = "x"; });
  differs([](Claim* c) { c->quote = "x"; });
  differs([](Claim* c) { c->quote_before = "x"; });
  differs([](Claim* c) { c->quote_after = "x"; });
  differs([](Claim* c) { c->cites.note = "x"; });
  differs([](Claim* c) { c->cites.documents = {"x"}; });
  differs([](Claim* c) { c->cites.state = NoteState::kMissing; });
  differs([](Claim* c) { c->rank = Rank::kDeprecated; });
  differs([](Claim* c) { c->supersedes = {"x"}; });
  differs([](Claim* c) { c->note = "x"; });
}

TEST(Claim, EqualTermsAreThoseWithEqualHashes) {
  EXPECT_EQ(Term::Entity("a"), Term::Entity("a"));
  EXPECT_FALSE(Term::Entity("a") == Term::Claim("a"));
  EXPECT_FALSE(Term::Literal(Value::Integer(1)) == Term::Literal(Value::Float(1)));
  EXPECT_EQ(Term::Literal(Value::String("a")), Term::Literal(Value::String("a")));
}

TEST(Locator, IsWrittenForPeopleAndForFiles) {
  Locator locator;
  EXPECT_TRUE(locator.empty());
  EXPECT_EQ(locator.ToText(), "");
  locator.note = "40";
  locator.section = "Use; or not";
  locator.row = "a\\b";
  EXPECT_EQ(locator.ToText(), "section Use; or not, note 40, row a\\b");
  EXPECT_EQ(locator.ToCell(), "section=Use\\; or not; note=40; row=a\\\\b");
}

TEST(Proposition, InWords) { EXPECT_EQ(ToString(Used()), "state/a USED munition/b (place: place/c)"); }

}  // namespace
}  // namespace dossier
