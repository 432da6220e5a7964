// R1, and R6 where facts are denied and affirmed by one mind: what denies what, and when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/contradictions.h"
#include "tests/unit/query/contradictions_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(ContradictionsTest, DenyingTheGeneralDeniesTheSpecific) {
  DenyUse();
  world_.Say({.id = "u",
              .subject = "organ/army",
              .relation = "USED",
              .object = "thing/sub",
              .qualifiers = {{"place", "place/town"}, {"event", "event/strike"}, {"carrier", "thing/rocket"}},
              .valid = "2008-08"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d | u"));
  const Finding finding = world_.Find().front();
  EXPECT_THAT(finding.explanation, HasSubstr("a denies that it used cluster"));
  EXPECT_THAT(finding.explanation, HasSubstr("Monitor says that army used sub"));
  EXPECT_THAT(finding.explanation, HasSubstr("August 2008"));
  EXPECT_THAT(finding.explanation, HasSubstr("bomb is a kind of cluster"));
  EXPECT_EQ(finding.chain.size(), 5);
  EXPECT_FALSE(finding.chain.front().claims.empty());
  EXPECT_THAT(finding.assumptions, IsEmpty());
  EXPECT_EQ(finding.id.size(), 16);
  EXPECT_FALSE(finding.resolution.empty());
}

TEST_F(ContradictionsTest, AffirmingTheGeneralDoesNotAffirmTheSpecific) {
  world_.Say({.id = "d",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/bomb",
              .qualifiers = {{"event", "event/strike"}},
              .act = Act::kDenies});
  world_.Say({.id = "u1",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/cluster",
              .qualifiers = {{"event", "event/strike"}}});
  world_.Say({.id = "u2",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/bomb",
              .qualifiers = {{"event", "event/war"}}});
  world_.Say({.id = "u3", .subject = "state/a", .relation = "USED", .object = "thing/bomb"});
  world_.Say({.id = "u4", .subject = "state/a", .relation = "HANDLED", .object = "thing/bomb"});
  EXPECT_THAT(world_.Summary(), IsEmpty());
}

TEST_F(ContradictionsTest, NearMissesOfADenial) {
  DenyUse({.qualifiers = {{"place", "state/g"}, {"event", "event/war"}, {"carrier", "thing/rocket"}}});
  const std::map<std::string, std::string> in_g = {{"place", "state/g"}, {"event", "event/war"}};
  auto use = [&](std::string id, std::string who, std::map<std::string, std::string> where) {
    world_.Say({.id = std::move(id),
                .subject = std::move(who),
                .relation = "USED",
                .object = "thing/cluster",
                .qualifiers = std::move(where)});
  };
  use("no-carrier", "state/a", in_g);
  use("other-carrier", "state/a", {{"place", "state/g"}, {"event", "event/war"}, {"carrier", "thing/bomb"}});
  use("other-place", "state/a", {{"place", "state/b"}, {"event", "event/war"}, {"carrier", "thing/rocket"}});
  use("other-event", "state/a", {{"place", "state/g"}, {"event", "event/other-war"}, {"carrier", "thing/rocket"}});
  use("other-state", "state/b", {{"place", "state/g"}, {"event", "event/war"}, {"carrier", "thing/rocket"}});
  use("predecessor", "state/old-a", {{"place", "state/g"}, {"event", "event/war"}, {"carrier", "thing/rocket"}});
  use("collective", "coalition/ab", {{"place", "state/g"}, {"event", "event/war"}, {"carrier", "thing/rocket"}});
  EXPECT_THAT(world_.Summary(), IsEmpty());
}

TEST_F(ContradictionsTest, OnlyCommittedAndCurrentFactsClash) {
  DenyUse();
  const std::map<std::string, std::string> in_g = {{"place", "state/g"}, {"event", "event/war"}};
  for (const Act act : {Act::kNotAdmits, Act::kNoComment, Act::kNoReply, Act::kRefuses}) {
    world_.Say({.subject = "state/a", .relation = "USED", .object = "thing/cluster", .qualifiers = in_g, .act = act});
  }
  world_.Say({.id = "u",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/cluster",
              .qualifiers = in_g,
              .certainty = Certainty::kUncommitted});
  world_.Say({.id = "s",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/cluster",
              .qualifiers = in_g,
              .closed = true});
  world_.Say({.id = "r",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/cluster",
              .qualifiers = in_g,
              .rank = Rank::kDeprecated});
  world_.Say({.id = "z",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/cluster",
              .qualifiers = in_g,
              .quantity = "none",
              .unit = "bomb"});
  world_.Say({.id = "p", .subject = "state/a", .relation = "CONDEMNS", .object = "event/war"});
  world_.Say({.id = "q", .subject = "state/a", .relation = "CONDEMNS", .object = "event/war", .act = Act::kDenies});
  EXPECT_THAT(world_.Summary(), IsEmpty());
}

TEST_F(ContradictionsTest, ProbableAndPossibleClashSoftly) {
  DenyUse();
  world_.Say({.id = "u",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/cluster",
              .qualifiers = {{"place", "state/g"}, {"event", "event/war"}},
              .certainty = Certainty::kProbable,
              .hedge = "strong evidence"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 soft d | u"));
  EXPECT_THAT(world_.Find().front().assumptions, ElementsAre(HasSubstr("probable: “strong evidence”")));
}

TEST_F(ContradictionsTest, TimesDecide) {
  const std::map<std::string, std::string> in_g = {{"place", "state/g"}};
  DenyUse({.qualifiers = in_g, .valid = "2008"});
  auto use = [&](std::string id, std::string when, std::string place = "state/g") {
    world_.Say({.id = std::move(id),
                .subject = "state/a",
                .relation = "USED",
                .object = "thing/cluster",
                .qualifiers = {{"place", std::move(place)}},
                .valid = std::move(when),
                .by = "org/other"});
  };
  use("in", "2008-08");
  use("later", "2009-01");
  use("before", "1994/1996");
  use("maybe", "[2008-06..2009-06]");
  use("undated", "");
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d | in", "R1 soft d | maybe undated"));
}

TEST_F(ContradictionsTest, AnUndatedClaimTakesTheTimeOfItsEvent) {
  world_.Say({.id = "t", .subject = "event/war", .relation = "occurred", .object = "@2008-08"});
  DenyUse();
  world_.Say({.id = "in",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/cluster",
              .qualifiers = {{"place", "state/g"}, {"event", "event/war"}},
              .valid = "2008-08-12"});
  world_.Say({.id = "not",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/cluster",
              .qualifiers = {{"place", "state/g"}, {"event", "event/war"}},
              .valid = "1999"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d | in"));
}

TEST_F(ContradictionsTest, APresentTenseDenialPersistsSoftly) {
  const std::map<std::string, std::string> in_g = {{"place", "state/g"}};
  DenyUse({.qualifiers = in_g, .valid = "2015-12-23", .said = "2015-12-23"});
  auto use = [&](std::string id, std::string when) {
    world_.Say({.id = std::move(id),
                .subject = "state/a",
                .relation = "USED",
                .object = "thing/cluster",
                .qualifiers = in_g,
                .valid = std::move(when)});
  };
  use("before", "2015-10");
  use("after", "2016-06");
  use("long-after", "2024");
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 soft d | after"));
  EXPECT_THAT(world_.Find().front().assumptions,
              ElementsAre("that what the a denied on 23 December 2015 still held in June 2016, six months later"));
}

TEST_F(ContradictionsTest, ImpliedRelations) {
  world_.Say({.id = "d1",
              .subject = "thing/cluster",
              .relation = "USED_IN",
              .object = "state/g",
              .valid = "2008",
              .act = Act::kDenies});
  world_.Say({.id = "d2",
              .subject = "state/a",
              .relation = "POSSESSES",
              .object = "thing/cluster",
              .valid = "2008",
              .act = Act::kDenies});
  world_.Say({.id = "d3",
              .subject = "state/a",
              .relation = "HANDLED",
              .object = "thing/bomb",
              .valid = "2008",
              .act = Act::kDenies});
  world_.Say({.id = "u",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/bomb",
              .qualifiers = {{"place", "place/town"}},
              .valid = "2008-08"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d1 | u", "R1 hard d3 | u", "R1 soft d2 | u"));
}

TEST_F(ContradictionsTest, WhatIsOnlySuggestedNamesNoUser) {
  world_.Say({.id = "d",
              .subject = "state/g",
              .relation = "STOCKPILES",
              .object = "thing/cluster",
              .act = Act::kDenies,
              .by = "state/g"});
  world_.Say({.id = "u", .subject = "thing/bomb", .relation = "USED_IN", .object = "state/g"});
  // Somebody else's use there suggests nothing.
  world_.Say({.id = "v",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/bomb",
              .qualifiers = {{"place", "state/g"}}});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 soft d | u"));
  EXPECT_THAT(world_.Find().front().explanation, HasSubstr("that what was used there was the state's own"));
  EXPECT_THAT(world_.Find().front().explanation, Not(HasSubstr("g used")));
}

TEST_F(ContradictionsTest, EvidenceImpliesSoftly) {
  world_.Say({.id = "d",
              .subject = "thing/cluster",
              .relation = "PRESENT_AT",
              .object = "state/g",
              .valid = "2016",
              .act = Act::kDenies});
  world_.Say({.id = "d2",
              .subject = "thing/cluster",
              .relation = "SEEN_AT",
              .object = "state/g",
              .valid = "2016",
              .act = Act::kDenies});
  world_.Say({.id = "e", .subject = "thing/bomb", .relation = "SEEN_AT", .object = "place/town", .valid = "2016-06"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 soft d | e"));
}

TEST_F(ContradictionsTest, AnUncertainContainmentIsAnAssumption) {
  world_.Say({.id = "k",
              .subject = "thing/rocket",
              .relation = "KIND_OF",
              .object = "thing/cluster",
              .certainty = Certainty::kProbable});
  DenyUse();
  world_.Say({.id = "u",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/rocket",
              .qualifiers = {{"place", "state/g"}, {"event", "event/war"}}});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 soft d | u"));
}

TEST_F(ContradictionsTest, OneMindAtTwoTimesIsAChange) {
  DenyUse({.said = "2009"});
  const std::map<std::string, std::string> in_g = {{"place", "state/g"}, {"event", "event/war"}};
  world_.Say({.id = "u",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/cluster",
              .qualifiers = in_g,
              .act = Act::kAdmits,
              .by = "state/a",
              .said = "2012"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R6 changed d | u"));
  // A denial again: nothing was given up.
  world_.Say({.id = "d2",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/cluster",
              .qualifiers = in_g,
              .act = Act::kDenies,
              .by = "state/a",
              .said = "2015"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d d2 | u"));
}

TEST_F(ContradictionsTest, OneDocumentMayContradictItself) {
  const std::map<std::string, std::string> in_g = {{"event", "event/war"}};
  world_.Say({.id = "d",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/bomb",
              .qualifiers = in_g,
              .act = Act::kDenies});
  world_.Say({.id = "u", .subject = "state/a", .relation = "USED", .object = "thing/bomb", .qualifiers = in_g});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d | u"));
}

TEST_F(ContradictionsTest, SymmetricRelationsMeetBothWays) {
  world_.Say({.id = "d",
              .subject = "state/b",
              .relation = "ALLIED_WITH",
              .object = "state/a",
              .valid = "2015",
              .act = Act::kDenies});
  world_.Say({.id = "u", .subject = "state/a", .relation = "ALLIED_WITH", .object = "state/b", .valid = "2015"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d | u"));
}

TEST_F(ContradictionsTest, ADenialOfWhatFollowsByTransitivity) {
  world_.Say({.id = "d",
              .subject = "thing/x",
              .relation = "KIND_OF",
              .object = "thing/z",
              .valid = "2015",
              .act = Act::kDenies});
  world_.Entities("Thing", {"thing/x", "thing/y", "thing/z"});
  world_.Say({.id = "u1", .subject = "thing/x", .relation = "KIND_OF", .object = "thing/y", .valid = "2015"});
  world_.Say({.id = "u2", .subject = "thing/y", .relation = "KIND_OF", .object = "thing/z", .valid = "2015"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d | u1 u2"));
}

TEST_F(ContradictionsTest, GroupedByWhoAffirms) {
  DenyUse();
  const std::map<std::string, std::string> in_g = {{"place", "state/g"}, {"event", "event/war"}};
  for (const char* id : {"m1", "m2"}) {
    world_.Say({.id = id,
                .subject = "state/a",
                .relation = "USED",
                .object = id[1] == '1' ? "thing/bomb" : "thing/sub",
                .qualifiers = in_g});
  }
  world_.Say({.id = "c",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/cluster",
              .qualifiers = {{"place", "state/g"}, {"event", "event/strike"}},
              .by = "org/commission"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d | c", "R1 hard d | m1 m2"));
}

}  // namespace
}  // namespace dossier
