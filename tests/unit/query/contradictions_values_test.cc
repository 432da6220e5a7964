// R2, R3 and R6 of positions: values and relations of which there is one at a time, and quantities.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/contradictions.h"
#include "tests/unit/query/contradictions_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(ContradictionsTest, ExcludingRelations) {
  world_.Say({.id = "p", .subject = "state/a", .relation = "PARTY_TO", .object = "treaty/ccm", .valid = "2017-08-04"});
  world_.Say(
      {.id = "n", .subject = "state/a", .relation = "OUTSIDER_OF", .object = "treaty/ccm", .valid = "2017-08-04"});
  world_.Say(
      {.id = "earlier", .subject = "state/a", .relation = "NOT_PARTY_TO", .object = "treaty/ccm", .valid = "2010"});
  world_.Say(
      {.id = "b", .subject = "state/b", .relation = "NOT_PARTY_TO", .object = "treaty/ccm", .valid = "2017-08-04"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R2 hard n | p"));
}

TEST_F(ContradictionsTest, FunctionalRelations) {
  world_.Say({.id = "a1", .subject = "state/a", .relation = "capital", .object = "'One City'", .valid = "2015"});
  world_.Say({.id = "a2", .subject = "state/a", .relation = "capital", .object = "'one city'", .valid = "2015"});
  world_.Say({.id = "a3", .subject = "state/a", .relation = "capital", .object = "'Two'", .valid = "2016"});
  world_.Say({.id = "b1", .subject = "state/b", .relation = "capital", .object = "'Three'", .valid = "2015"});
  world_.Say({.id = "b2", .subject = "state/b", .relation = "capital", .object = "'Four'", .valid = "2015"});
  world_.Say({.id = "b3", .subject = "state/b", .relation = "capital", .object = "'Five'", .valid = "2016"});
  world_.Say({.id = "c1", .subject = "thing/bomb", .relation = "piece_count", .object = "126"});
  world_.Say({.id = "c2", .subject = "thing/bomb", .relation = "piece_count", .object = "108"});
  world_.Say({.id = "c3", .subject = "thing/rocket", .relation = "piece_count", .object = "108"});
  world_.Say({.id = "h1",
              .subject = "state/a",
              .relation = "HEADED_BY",
              .object = "org/other",
              .qualifiers = {{"office", "office/president"}},
              .valid = "2015"});
  world_.Say({.id = "h2",
              .subject = "state/a",
              .relation = "HEADED_BY",
              .object = "org/commission",
              .qualifiers = {{"office", "thing/rocket"}},
              .valid = "2015"});
  world_.Say({.id = "h3",
              .subject = "state/a",
              .relation = "HEADED_BY",
              .object = "org/commission",
              .qualifiers = {{"office", "office/president"}}});
  EXPECT_THAT(world_.Summary(), ElementsAre("R2 hard b1 | b2", "R2 hard c1 | c2", "R2 soft h1 | h3"));
}

// Who may be one clashes softly; an analyst who says that they are one, or two, decides it.
TEST_F(ContradictionsTest, JudgementsOnTwoBeingOneCount) {
  const auto headed = [&](const std::string& id, const std::string& by) {
    world_.Say({.id = id,
                .subject = "state/a",
                .relation = "HEADED_BY",
                .object = by,
                .qualifiers = {{"office", "office/president"}},
                .valid = "2015"});
  };
  const auto joined = [&](const std::string& id, const std::string& relation, Act act, bool closed = false) {
    world_.Say({.id = id,
                .subject = "org/commission",
                .relation = relation,
                .object = "org/other",
                .act = act,
                .closed = closed});
  };
  headed("h1", "org/other");
  headed("h2", "org/commission");
  EXPECT_THAT(world_.Summary(), ElementsAre("R2 hard h1 | h2"));
  joined("q", "possible_same_as", Act::kAsserts);
  EXPECT_THAT(world_.Summary(), ElementsAre("R2 soft h1 | h2"));
  joined("j1", "same_as", Act::kDenies, /*closed=*/true);
  EXPECT_THAT(world_.Summary(), ElementsAre("R2 soft h1 | h2"));
  joined("j2", "same_as", Act::kAsserts);
  EXPECT_THAT(world_.Summary(), IsEmpty());
  world_.Clear();
  headed("h1", "org/other");
  headed("h2", "org/commission");
  joined("q", "possible_same_as", Act::kAsserts);
  joined("j1", "same_as", Act::kAsserts, /*closed=*/true);
  joined("j2", "same_as", Act::kDenies);
  EXPECT_THAT(world_.Summary(), ElementsAre("R2 hard h1 | h2"));
}

TEST_F(ContradictionsTest, SingleValuedQualifiersAndExclusiveValues) {
  auto vote = [&](std::string id, std::string how, std::string when) {
    world_.Say({.id = std::move(id),
                .subject = "state/a",
                .relation = "VOTED",
                .object = "treaty/ccm",
                .qualifiers = {{"vote", std::move(how)}},
                .valid = std::move(when)});
  };
  vote("v1", "'no'", "2015-11-04");
  vote("v2", "'no'", "2015-11-04");
  vote("v3", "'yes'", "2015-11-04");
  vote("v4", "'abstain'", "2015-12-07");
  world_.Say({.id = "s1", .subject = "state/b", .relation = "status", .object = "'party'", .valid = "2017"});
  world_.Say({.id = "s2", .subject = "state/b", .relation = "status", .object = "'non-signatory'", .valid = "2017-08"});
  world_.Say({.id = "s3", .subject = "state/b", .relation = "status", .object = "'observer'", .valid = "2017-08"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R2 hard s1 | s2", "R2 hard v1 v2 | v3"));
}

TEST_F(ContradictionsTest, ValuesThatExcludeEachOtherProbablyClashSoftly) {
  world_.Say({.id = "s1", .subject = "state/b", .relation = "status", .object = "'party'", .valid = "2017"});
  world_.Say({.id = "s2", .subject = "state/b", .relation = "status", .object = "'unknown'", .valid = "2017-08"});
  ASSERT_THAT(world_.Summary(), ElementsAre("R2 soft s1 | s2"));
  EXPECT_THAT(world_.Find().front().assumptions, ElementsAre("that the status was known to whoever calls it unknown"));
}

TEST_F(ContradictionsTest, OneSpeakerIsNamedOnce) {
  world_.Say({.id = "s1", .subject = "state/b", .relation = "status", .object = "'party'", .valid = "2017"});
  world_.Say({.id = "s2", .subject = "state/b", .relation = "status", .object = "'non-signatory'", .valid = "2017-08"});
  EXPECT_THAT(world_.Find().front().explanation,
              HasSubstr("Monitor says that b has status “party” in 2017, but also that b has status “non-signatory”"));
}

TEST_F(ContradictionsTest, PositionsChange) {
  auto position = [&](std::string id, std::string relation, std::string when) {
    world_.Say({.id = std::move(id),
                .subject = "state/a",
                .relation = std::move(relation),
                .object = "treaty/ccm",
                .valid = std::move(when)});
  };
  position("o", "OPPOSES", "../2011");
  position("s", "SUPPORTS", "2011");
  EXPECT_THAT(world_.Summary(), ElementsAre("R6 changed o | s"));
  // Who returns to the old position has not simply left it.
  position("o2", "OPPOSES", "2015");
  EXPECT_THAT(world_.Summary(), ElementsAre("R2 soft o o2 | s"));
}

TEST_F(ContradictionsTest, TwoTimelessPositionsConflict) {
  world_.Say({.id = "o", .subject = "state/a", .relation = "OPPOSES", .object = "treaty/ccm"});
  world_.Say({.id = "s", .subject = "state/a", .relation = "SUPPORTS", .object = "treaty/ccm"});
  world_.Say({.id = "b", .subject = "state/b", .relation = "SUPPORTS", .object = "treaty/ccm"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R2 soft o | s"));
}

TEST_F(ContradictionsTest, PercentagesAgainstTheNumbersOfBothEnds) {
  auto number = [&](std::string id, std::string event, std::string quantity) {
    world_.Say({.id = std::move(id),
                .subject = "state/a",
                .relation = "ACQUIRED",
                .object = "thing/bomb",
                .qualifiers = {{"deal", std::move(event)}},
                .quantity = std::move(quantity),
                .unit = "attack"});
  };
  auto grew = [&](std::string quantity) {
    world_.Clear();
    world_.Say({.id = "g",
                .subject = "event/war",
                .relation = "GREW_FROM",
                .object = "event/other-war",
                .quantity = std::move(quantity),
                .unit = "percent"});
  };
  grew("more than 250");
  number("n", "event/war", "at least 238");
  number("o", "event/other-war", "at least 76");
  ASSERT_THAT(world_.Summary(), ElementsAre("R3 soft g | n o"));
  const Finding finding = world_.Find().front();
  EXPECT_THAT(finding.explanation, HasSubstr("from 76 to 238 is an increase of 213.2 percent"));
  EXPECT_THAT(finding.assumptions, ElementsAre(HasSubstr("are the numbers themselves")));
  // Numbers that are no bounds leave no room.
  grew("more than 250");
  number("n", "event/war", "238");
  number("o", "event/other-war", "76");
  EXPECT_THAT(world_.Summary(), ElementsAre("R3 hard g | n o"));
  // Met, but for the rounding; or met in any case.
  for (const char* met : {"213", "more than 200", "at least 213", "about 200", "at most 214"}) {
    grew(met);
    number("n", "event/war", "238");
    number("o", "event/other-war", "76");
    EXPECT_THAT(world_.Summary(), IsEmpty()) << met;
  }
  // A number for one end alone, of another unit, or not known.
  grew("300");
  number("n", "event/war", "238");
  EXPECT_THAT(world_.Summary(), IsEmpty());
  number("o", "event/other-war", "unknown");
  EXPECT_THAT(world_.Summary(), IsEmpty());
}

TEST_F(ContradictionsTest, Quantities) {
  auto bought = [&](std::string id, std::string quantity, std::string unit, std::string when,
                    std::string deal = "event/war") {
    world_.Say({.id = std::move(id),
                .subject = "state/a",
                .relation = "ACQUIRED",
                .object = "thing/bomb",
                .qualifiers = {{"deal", std::move(deal)}},
                .valid = std::move(when),
                .quantity = std::move(quantity),
                .unit = std::move(unit)});
  };
  bought("q1", "42", "piece", "2006-02");
  bought("q2", "400", "piece", "2006");
  bought("met", "more than 40", "piece", "2006");
  bought("unit", "7", "crate", "2006");
  bought("time", "5", "piece", "2009");
  bought("about", "about 50", "piece", "2006");
  bought("unknown", "unknown", "piece", "2006");
  bought("elsewhere", "3", "piece", "2006", "event/other-war");
  EXPECT_THAT(world_.Summary(), ElementsAre("R3 hard about | q2", "R3 hard q1 | q2"));
}

}  // namespace
}  // namespace dossier
