#include "query/contradictions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph/base/diagnostic.h"
#include "query/error_codes.h"
#include "tests/unit/query/contradiction_world.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view kOntology = R"(
[ontology]
name = "test"
version = "1"
[types.Actor]
[types.Place]
[types.State]
extends = ["Actor", "Place"]
[types.Thing]
[types.Conflict]
extends = ["Event"]
[types.Treaty]

[relations.KIND_OF]
containment = "kind-of"
transitive = true
phrase = "is a kind of"
[relations.PART_OF]
containment = "part-of"
transitive = true
[relations.LOCATED_IN]
containment = "located-in"
transitive = true
[relations.ORGAN_OF]
containment = "organ-of"
transitive = true
[relations.MEMBER_OF]
containment = "member-of"

[relations.HANDLED]
subject = ["Actor"]
object = ["Thing"]
[relations.POSSESSES]
object = ["Thing"]
entails_upward = { subject = ["ORGAN_OF"], object = ["KIND_OF"] }
[relations.USED]
extends = ["HANDLED"]
subject = ["Actor"]
object = ["Thing"]
implies = [
  { relation = "USED_IN", subject = "object", object = "place" },
  { relation = "POSSESSES" },
]
[relations.USED.qualifiers.place]
range = ["Place"]
[relations.USED.qualifiers.event]
range = ["Event"]
[relations.USED.qualifiers.carrier]
range = ["Thing"]
[relations.USED.qualifiers.manner]
value = "string"
[relations.USED.entails_upward]
subject = ["ORGAN_OF"]
object = ["KIND_OF", "PART_OF"]
place = ["LOCATED_IN"]
event = ["PART_OF"]
carrier = ["KIND_OF"]
[relations.USED_IN]
object = ["Place"]
implies = [{ relation = "STOCKPILES", subject = "object", object = "subject", certainty = "possible", description = "what was used there was the state's own" }]
[relations.USED_IN.entails_upward]
subject = ["KIND_OF"]
object = ["LOCATED_IN"]
[relations.STOCKPILES]
extends = ["POSSESSES"]
[relations.PRESENT_AT]
object = ["Place"]
entails_upward = { subject = ["KIND_OF"], object = ["LOCATED_IN"] }
[relations.SEEN_AT]
kind = "evidence"
object = ["Place"]
implies = [{ relation = "PRESENT_AT" }]
[relations.ALLIED_WITH]
symmetric = true
[relations.occurred]
subject = ["Event"]
value = "time"

[relations.PARTY_TO]
[relations.NOT_PARTY_TO]
excludes = ["PARTY_TO"]
[relations.OUTSIDER_OF]
extends = ["NOT_PARTY_TO"]
[relations.capital]
value = "string"
functional = true
[relations.founded]
value = "time"
functional = true
functional_in_time = false
phrase = "was founded"
[relations.dissolved]
value = "time"
functional = true
functional_in_time = false
[relations.PRODUCED]
object = ["Thing"]
entails_upward = { object = ["KIND_OF"] }
[relations.EXPORTED]
order = [
  { after = "founded", description = "a state cannot act before it exists" },
  { before = "dissolved" },
  { after = "PRODUCED", role = "object", as = "object", description = "nothing is exported before it is made" },
]
entails_upward = { subject = ["ORGAN_OF"], object = ["KIND_OF"] }
[relations.SHIPPED]
extends = ["EXPORTED"]
[relations.piece_count]
value = "integer"
functional = true
functional_in_time = false
[relations.HEADED_BY]
functional = true
functional_over = ["office"]
[relations.HEADED_BY.qualifiers.office]
range = ["Thing"]
[relations.status]
value = "string"
[relations.VOTED]
[relations.VOTED.qualifiers.vote]
value = "string"
single_valued = true
[relations.ACQUIRED]
[relations.ACQUIRED.qualifiers.deal]
range = ["Event"]
[relations.SUPPORTS]
kind = "position"
excludes = ["OPPOSES"]
[relations.OPPOSES]
kind = "position"
[relations.CONDEMNS]
kind = "position"
[relations.GREW_FROM]
kind = "comparison"
countable = false
rate = "increase"
[relations.COMPARABLE]
kind = "comparison"

[[exclusive_values]]
attribute = "status"
values = ["party", "non-signatory"]
[[exclusive_values]]
attribute = "status"
values = ["party", "non-signatory", "unknown"]
certainty = "probable"
description = "that the status was known to whoever calls it unknown"
)";

class ContradictionsTest : public ::testing::Test {
 protected:
  ContradictionsTest() : world_(kOntology) {
    world_.Entities("State", {"state/a", "state/b", "state/old-a", "state/g"});
    world_.Entities("Actor", {"org/commission", "org/other", "organ/army", "coalition/ab"});
    world_.Entities("Place", {"place/town"});
    world_.Entities("Thing", {"thing/cluster", "thing/bomb", "thing/sub", "thing/rocket", "office/president"});
    world_.Entities("Conflict", {"event/war", "event/strike", "event/other-war"});
    world_.Entities("Treaty", {"treaty/ccm"});
    world_.Entities("Group", {"group/x", "group/part1", "group/part2"});
    Structure("k1", "thing/bomb", "KIND_OF", "thing/cluster");
    Structure("k2", "thing/sub", "PART_OF", "thing/bomb");
    Structure("k3", "place/town", "LOCATED_IN", "state/g");
    Structure("k4", "organ/army", "ORGAN_OF", "state/a");
    Structure("k5", "event/strike", "PART_OF", "event/war");
    Structure("k6", "state/a", "MEMBER_OF", "coalition/ab");
    Structure("k7", "state/a", "SUCCEEDS", "state/old-a");
  }
  void Structure(const std::string& id, const std::string& from, const std::string& relation, const std::string& to) {
    if (relation == "SUCCEEDS") return;
    world_.Say({.id = id, .subject = from, .relation = relation, .object = to});
  }
  // The denial of most tests: a did not use cluster bombs in g, in the war.
  void DenyUse(Said said = {}) {
    said.id = "d";
    said.subject = "state/a";
    said.relation = "USED";
    said.object = "thing/cluster";
    if (said.qualifiers.empty()) said.qualifiers = {{"place", "state/g"}, {"event", "event/war"}};
    said.act = Act::kDenies;
    said.by = "state/a";
    world_.Say(said);
  }

  World world_;
};

TEST_F(ContradictionsTest, DenyingTheGeneralDeniesTheSpecific) {
  DenyUse();
  world_.Say({.id = "u", .subject = "organ/army", .relation = "USED", .object = "thing/sub",
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
  world_.Say({.id = "d", .subject = "state/a", .relation = "USED", .object = "thing/bomb",
              .qualifiers = {{"event", "event/strike"}}, .act = Act::kDenies});
  world_.Say({.id = "u1", .subject = "state/a", .relation = "USED", .object = "thing/cluster",
              .qualifiers = {{"event", "event/strike"}}});
  world_.Say({.id = "u2", .subject = "state/a", .relation = "USED", .object = "thing/bomb",
              .qualifiers = {{"event", "event/war"}}});
  world_.Say({.id = "u3", .subject = "state/a", .relation = "USED", .object = "thing/bomb"});
  world_.Say({.id = "u4", .subject = "state/a", .relation = "HANDLED", .object = "thing/bomb"});
  EXPECT_THAT(world_.Summary(), IsEmpty());
}

TEST_F(ContradictionsTest, NearMissesOfADenial) {
  DenyUse({.qualifiers = {{"place", "state/g"}, {"event", "event/war"}, {"carrier", "thing/rocket"}}});
  const std::map<std::string, std::string> in_g = {{"place", "state/g"}, {"event", "event/war"}};
  auto use = [&](std::string id, std::string who, std::map<std::string, std::string> where) {
    world_.Say({.id = std::move(id), .subject = std::move(who), .relation = "USED", .object = "thing/cluster",
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
  world_.Say({.id = "u", .subject = "state/a", .relation = "USED", .object = "thing/cluster", .qualifiers = in_g,
              .certainty = Certainty::kUncommitted});
  world_.Say({.id = "s", .subject = "state/a", .relation = "USED", .object = "thing/cluster", .qualifiers = in_g,
              .closed = true});
  world_.Say({.id = "r", .subject = "state/a", .relation = "USED", .object = "thing/cluster", .qualifiers = in_g,
              .rank = Rank::kDeprecated});
  world_.Say({.id = "z", .subject = "state/a", .relation = "USED", .object = "thing/cluster", .qualifiers = in_g,
              .quantity = "none", .unit = "bomb"});
  world_.Say({.id = "p", .subject = "state/a", .relation = "CONDEMNS", .object = "event/war"});
  world_.Say({.id = "q", .subject = "state/a", .relation = "CONDEMNS", .object = "event/war", .act = Act::kDenies});
  EXPECT_THAT(world_.Summary(), IsEmpty());
}

TEST_F(ContradictionsTest, ProbableAndPossibleClashSoftly) {
  DenyUse();
  world_.Say({.id = "u", .subject = "state/a", .relation = "USED", .object = "thing/cluster",
              .qualifiers = {{"place", "state/g"}, {"event", "event/war"}}, .certainty = Certainty::kProbable,
              .hedge = "strong evidence"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 soft d | u"));
  EXPECT_THAT(world_.Find().front().assumptions, ElementsAre(HasSubstr("probable: “strong evidence”")));
}

TEST_F(ContradictionsTest, TimesDecide) {
  const std::map<std::string, std::string> in_g = {{"place", "state/g"}};
  DenyUse({.qualifiers = in_g, .valid = "2008"});
  auto use = [&](std::string id, std::string when, std::string place = "state/g") {
    world_.Say({.id = std::move(id), .subject = "state/a", .relation = "USED", .object = "thing/cluster",
                .qualifiers = {{"place", std::move(place)}}, .valid = std::move(when), .by = "org/other"});
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
  world_.Say({.id = "in", .subject = "state/a", .relation = "USED", .object = "thing/cluster",
              .qualifiers = {{"place", "state/g"}, {"event", "event/war"}}, .valid = "2008-08-12"});
  world_.Say({.id = "not", .subject = "state/a", .relation = "USED", .object = "thing/cluster",
              .qualifiers = {{"place", "state/g"}, {"event", "event/war"}}, .valid = "1999"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d | in"));
}

TEST_F(ContradictionsTest, APresentTenseDenialPersistsSoftly) {
  const std::map<std::string, std::string> in_g = {{"place", "state/g"}};
  DenyUse({.qualifiers = in_g, .valid = "2015-12-23", .said = "2015-12-23"});
  auto use = [&](std::string id, std::string when) {
    world_.Say({.id = std::move(id), .subject = "state/a", .relation = "USED", .object = "thing/cluster",
                .qualifiers = in_g, .valid = std::move(when)});
  };
  use("before", "2015-10");
  use("after", "2016-06");
  use("long-after", "2024");
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 soft d | after"));
  EXPECT_THAT(world_.Find().front().assumptions,
              ElementsAre("that what the a denied on 23 December 2015 still held in June 2016, six months later"));
}

TEST_F(ContradictionsTest, ImpliedRelations) {
  world_.Say({.id = "d1", .subject = "thing/cluster", .relation = "USED_IN", .object = "state/g", .valid = "2008",
              .act = Act::kDenies});
  world_.Say({.id = "d2", .subject = "state/a", .relation = "POSSESSES", .object = "thing/cluster", .valid = "2008",
              .act = Act::kDenies});
  world_.Say({.id = "d3", .subject = "state/a", .relation = "HANDLED", .object = "thing/bomb", .valid = "2008",
              .act = Act::kDenies});
  world_.Say({.id = "u", .subject = "state/a", .relation = "USED", .object = "thing/bomb",
              .qualifiers = {{"place", "place/town"}}, .valid = "2008-08"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d1 | u", "R1 hard d3 | u", "R1 soft d2 | u"));
}

TEST_F(ContradictionsTest, WhatIsOnlySuggestedNamesNoUser) {
  world_.Say({.id = "d", .subject = "state/g", .relation = "STOCKPILES", .object = "thing/cluster",
              .act = Act::kDenies, .by = "state/g"});
  world_.Say({.id = "u", .subject = "thing/bomb", .relation = "USED_IN", .object = "state/g"});
  // Somebody else's use there suggests nothing.
  world_.Say({.id = "v", .subject = "state/a", .relation = "USED", .object = "thing/bomb",
              .qualifiers = {{"place", "state/g"}}});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 soft d | u"));
  EXPECT_THAT(world_.Find().front().explanation, HasSubstr("that what was used there was the state's own"));
  EXPECT_THAT(world_.Find().front().explanation, Not(HasSubstr("g used")));
}

TEST_F(ContradictionsTest, EvidenceImpliesSoftly) {
  world_.Say({.id = "d", .subject = "thing/cluster", .relation = "PRESENT_AT", .object = "state/g", .valid = "2016",
              .act = Act::kDenies});
  world_.Say({.id = "d2", .subject = "thing/cluster", .relation = "SEEN_AT", .object = "state/g", .valid = "2016",
              .act = Act::kDenies});
  world_.Say({.id = "e", .subject = "thing/bomb", .relation = "SEEN_AT", .object = "place/town", .valid = "2016-06"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 soft d | e"));
}

TEST_F(ContradictionsTest, AnUncertainContainmentIsAnAssumption) {
  world_.Say({.id = "k", .subject = "thing/rocket", .relation = "KIND_OF", .object = "thing/cluster",
              .certainty = Certainty::kProbable});
  DenyUse();
  world_.Say({.id = "u", .subject = "state/a", .relation = "USED", .object = "thing/rocket",
              .qualifiers = {{"place", "state/g"}, {"event", "event/war"}}});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 soft d | u"));
}

TEST_F(ContradictionsTest, OneMindAtTwoTimesIsAChange) {
  DenyUse({.said = "2009"});
  const std::map<std::string, std::string> in_g = {{"place", "state/g"}, {"event", "event/war"}};
  world_.Say({.id = "u", .subject = "state/a", .relation = "USED", .object = "thing/cluster", .qualifiers = in_g,
              .act = Act::kAdmits, .by = "state/a", .said = "2012"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R6 changed d | u"));
  // A denial again: nothing was given up.
  world_.Say({.id = "d2", .subject = "state/a", .relation = "USED", .object = "thing/cluster", .qualifiers = in_g,
              .act = Act::kDenies, .by = "state/a", .said = "2015"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d d2 | u"));
}

TEST_F(ContradictionsTest, OneDocumentMayContradictItself) {
  const std::map<std::string, std::string> in_g = {{"event", "event/war"}};
  world_.Say({.id = "d", .subject = "state/a", .relation = "USED", .object = "thing/bomb", .qualifiers = in_g,
              .act = Act::kDenies});
  world_.Say({.id = "u", .subject = "state/a", .relation = "USED", .object = "thing/bomb", .qualifiers = in_g});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d | u"));
}

TEST_F(ContradictionsTest, SymmetricRelationsMeetBothWays) {
  world_.Say({.id = "d", .subject = "state/b", .relation = "ALLIED_WITH", .object = "state/a", .valid = "2015",
              .act = Act::kDenies});
  world_.Say({.id = "u", .subject = "state/a", .relation = "ALLIED_WITH", .object = "state/b", .valid = "2015"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d | u"));
}

TEST_F(ContradictionsTest, ADenialOfWhatFollowsByTransitivity) {
  world_.Say({.id = "d", .subject = "thing/x", .relation = "KIND_OF", .object = "thing/z", .valid = "2015",
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
    world_.Say({.id = id, .subject = "state/a", .relation = "USED", .object = id[1] == '1' ? "thing/bomb" : "thing/sub",
                .qualifiers = in_g});
  }
  world_.Say({.id = "c", .subject = "state/a", .relation = "USED", .object = "thing/cluster",
              .qualifiers = {{"place", "state/g"}, {"event", "event/strike"}}, .by = "org/commission"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R1 hard d | c", "R1 hard d | m1 m2"));
}

TEST_F(ContradictionsTest, ExcludingRelations) {
  world_.Say({.id = "p", .subject = "state/a", .relation = "PARTY_TO", .object = "treaty/ccm", .valid = "2017-08-04"});
  world_.Say({.id = "n", .subject = "state/a", .relation = "OUTSIDER_OF", .object = "treaty/ccm",
              .valid = "2017-08-04"});
  world_.Say({.id = "earlier", .subject = "state/a", .relation = "NOT_PARTY_TO", .object = "treaty/ccm",
              .valid = "2010"});
  world_.Say({.id = "b", .subject = "state/b", .relation = "NOT_PARTY_TO", .object = "treaty/ccm",
              .valid = "2017-08-04"});
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
  world_.Say({.id = "h1", .subject = "state/a", .relation = "HEADED_BY", .object = "org/other",
              .qualifiers = {{"office", "office/president"}}, .valid = "2015"});
  world_.Say({.id = "h2", .subject = "state/a", .relation = "HEADED_BY", .object = "org/commission",
              .qualifiers = {{"office", "thing/rocket"}}, .valid = "2015"});
  world_.Say({.id = "h3", .subject = "state/a", .relation = "HEADED_BY", .object = "org/commission",
              .qualifiers = {{"office", "office/president"}}});
  EXPECT_THAT(world_.Summary(), ElementsAre("R2 hard b1 | b2", "R2 hard c1 | c2", "R2 soft h1 | h3"));
}

// Who may be one clashes softly; an analyst who says that they are one, or two, decides it.
TEST_F(ContradictionsTest, JudgementsOnTwoBeingOneCount) {
  const auto headed = [&](const std::string& id, const std::string& by) {
    world_.Say({.id = id, .subject = "state/a", .relation = "HEADED_BY", .object = by,
                .qualifiers = {{"office", "office/president"}}, .valid = "2015"});
  };
  const auto joined = [&](const std::string& id, const std::string& relation, Act act, bool closed = false) {
    world_.Say({.id = id, .subject = "org/commission", .relation = relation, .object = "org/other", .act = act,
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
    world_.Say({.id = std::move(id), .subject = "state/a", .relation = "VOTED", .object = "treaty/ccm",
                .qualifiers = {{"vote", std::move(how)}}, .valid = std::move(when)});
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
  EXPECT_THAT(world_.Find().front().assumptions,
              ElementsAre("that the status was known to whoever calls it unknown"));
}

TEST_F(ContradictionsTest, OneSpeakerIsNamedOnce) {
  world_.Say({.id = "s1", .subject = "state/b", .relation = "status", .object = "'party'", .valid = "2017"});
  world_.Say({.id = "s2", .subject = "state/b", .relation = "status", .object = "'non-signatory'", .valid = "2017-08"});
  EXPECT_THAT(world_.Find().front().explanation,
              HasSubstr("Monitor says that b has status “party” in 2017, but also that b has status “non-signatory”"));
}

TEST_F(ContradictionsTest, NothingComesBeforeWhatItNeeds) {
  auto say = [&](std::string id, std::string subject, std::string relation, std::string object, std::string valid = "",
                 Certainty certainty = Certainty::kCertain) {
    world_.Say({.id = std::move(id), .subject = std::move(subject), .relation = std::move(relation),
                .object = std::move(object), .valid = std::move(valid), .certainty = certainty});
  };
  say("f", "state/a", "founded", "@1991-12-26");
  say("e0", "state/a", "EXPORTED", "thing/rocket", "1990");
  say("e1", "organ/army", "SHIPPED", "thing/rocket", "1985/1995");  // by the state through its organ, from 1985 on
  say("e2", "state/a", "EXPORTED", "thing/bomb", "1991");           // in its last days, perhaps
  say("e3", "state/a", "EXPORTED", "thing/sub", "[1985..1995]");    // in one of these years
  say("e4", "state/a", "EXPORTED", "thing/cluster");                // undated
  say("e5", "state/b", "EXPORTED", "thing/rocket", "1980");         // another state
  say("e6", "state/a", "EXPORTED", "office/president", "1990", Certainty::kProbable);
  EXPECT_THAT(world_.Summary(), ElementsAre("R5 hard e0 | f", "R5 hard e1 | f", "R5 soft e6 | f"));
  const Finding finding = world_.Find().front();
  EXPECT_EQ(finding.explanation,
            "Monitor says that a exported rocket in 1990, but also that a was founded on 26 December 1991; a state cannot "
            "act before it exists.");
  EXPECT_THAT(finding.overlap, HasSubstr("at no time"));
}

TEST_F(ContradictionsTest, NothingGoesOnAfterItsEnd) {
  world_.Say({.id = "x", .subject = "state/old-a", .relation = "dissolved", .object = "@1991-12-26"});
  world_.Say({.id = "e0", .subject = "state/old-a", .relation = "EXPORTED", .object = "thing/bomb", .valid = "1992"});
  world_.Say({.id = "e1", .subject = "state/old-a", .relation = "EXPORTED", .object = "thing/sub", .valid = "1991"});
  world_.Say({.id = "e2", .subject = "state/old-a", .relation = "EXPORTED", .object = "thing/rocket",
              .valid = "1980/1993"});
  world_.Say({.id = "e3", .subject = "state/old-a", .relation = "EXPORTED", .object = "office/president", .valid = "1992",
              .act = Act::kDenies});
  EXPECT_THAT(world_.Summary(), ElementsAre("R5 hard e0 | x", "R5 hard e2 | x"));
}

TEST_F(ContradictionsTest, WhatMayHaveBeenMadeEarlierClashesSoftly) {
  world_.Say({.id = "e", .subject = "state/a", .relation = "EXPORTED", .object = "thing/bomb", .valid = "1970"});
  world_.Say({.id = "p1", .subject = "state/b", .relation = "PRODUCED", .object = "thing/bomb", .valid = "1980"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R5 soft e | p1"));
  // That another cluster munition was made early says nothing of the bomb.
  world_.Say({.id = "k", .subject = "thing/rocket", .relation = "KIND_OF", .object = "thing/cluster"});
  world_.Say({.id = "p2", .subject = "state/b", .relation = "PRODUCED", .object = "thing/rocket", .valid = "1960"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R5 soft e | p1"));
  // Nor is there anything to say where one of the dates is not known.
  world_.Say({.id = "p3", .subject = "state/a", .relation = "PRODUCED", .object = "thing/bomb"});
  EXPECT_THAT(world_.Summary(), IsEmpty());
}

TEST_F(ContradictionsTest, PositionsChange) {
  auto position = [&](std::string id, std::string relation, std::string when) {
    world_.Say({.id = std::move(id), .subject = "state/a", .relation = std::move(relation), .object = "treaty/ccm",
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
    world_.Say({.id = std::move(id), .subject = "state/a", .relation = "ACQUIRED", .object = "thing/bomb",
                .qualifiers = {{"deal", std::move(event)}}, .quantity = std::move(quantity), .unit = "attack"});
  };
  auto grew = [&](std::string quantity) {
    world_.Clear();
    world_.Say({.id = "g", .subject = "event/war", .relation = "GREW_FROM", .object = "event/other-war",
                .quantity = std::move(quantity), .unit = "percent"});
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
    world_.Say({.id = std::move(id), .subject = "state/a", .relation = "ACQUIRED", .object = "thing/bomb",
                .qualifiers = {{"deal", std::move(deal)}}, .valid = std::move(when), .quantity = std::move(quantity),
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

TEST_F(ContradictionsTest, CountsAndLists) {
  world_.Entities("State", {"state/1", "state/2", "state/3"});
  auto count = [&](std::string quantity) {
    world_.Say({.id = "n", .subject = "group/x", .relation = "stated_count", .object = "#" + quantity});
  };
  auto list = [&](std::string kind) {
    world_.Say({.id = "l", .subject = "group/x", .relation = "list", .object = "'" + kind + "'"});
    for (const char* member : {"1", "2", "3"}) {
      world_.Say({.id = StrCat("m", member), .subject = "group/x", .relation = "HAS_MEMBER",
                  .object = StrCat("state/", member)});
    }
  };
  struct Case {
    std::string count, list;
    bool clashes;
  };
  for (const Case& c : std::vector<Case>{{"4", "closed", true},
                                         {"3", "closed", false},
                                         {"2", "closed", true},
                                         {"4", "open", false},
                                         {"2", "open", true},
                                         {"more than 2", "closed", false},
                                         {"more than 2", "open", false},
                                         {"more than 3", "closed", true},
                                         {"more than 3", "open", false},
                                         {"at most 2", "open", true},
                                         {"about 4", "closed", false},
                                         {"unknown", "closed", false}}) {
    world_.Clear();
    count(c.count);
    list(c.list);
    const auto summary = world_.Summary();
    EXPECT_EQ(summary.size(), c.clashes ? 1U : 0U) << c.count << " " << c.list;
    EXPECT_TRUE(summary.empty() || summary.front() == "R4 hard n | l m1 m2 m3");
  }
  // A member that is only probable is one too many softly.
  world_.Clear();
  count("2");
  world_.Say({.id = "m1", .subject = "group/x", .relation = "HAS_MEMBER", .object = "state/1"});
  world_.Say({.id = "m2", .subject = "group/x", .relation = "HAS_MEMBER", .object = "state/2"});
  world_.Say({.id = "m3", .subject = "group/x", .relation = "HAS_MEMBER", .object = "state/3",
              .certainty = Certainty::kProbable});
  EXPECT_THAT(world_.Summary(), ElementsAre("R4 soft n | m1 m2 m3"));
}

TEST_F(ContradictionsTest, TotalsAndParts) {
  auto group = [&](std::string key, std::string quantity) {
    world_.Say({.id = "n-" + key, .subject = "group/" + key, .relation = "stated_count", .object = "#" + quantity});
  };
  auto parts = [&](std::string total, std::string first, std::string second) {
    world_.Clear();
    group("x", total);
    group("part1", first);
    group("part2", second);
    for (const char* part : {"part1", "part2"}) {
      world_.Say({.id = StrCat("h-", part), .subject = "group/x", .relation = "HAS_PART",
                  .object = StrCat("group/", part)});
    }
    return world_.Summary();
  };
  EXPECT_THAT(parts("143", "93", "51"), ElementsAre("R4 hard n-x | n-part1 n-part2"));
  EXPECT_THAT(world_.Find().front().explanation, HasSubstr("143 states, but the parts that it is made of come to 93 + 51 = 144"));
  EXPECT_THAT(parts("144", "93", "51"), IsEmpty());
  EXPECT_THAT(parts("more than 140", "93", "51"), IsEmpty());
  EXPECT_THAT(parts("143", "at least 93", "51"), ElementsAre("R4 hard n-x | n-part1 n-part2"));
  EXPECT_THAT(parts("145", "at least 93", "51"), IsEmpty());
}

TEST_F(ContradictionsTest, AGroupIsNoLargerThanItsWhole) {
  world_.Say({.id = "n1", .subject = "group/part1", .relation = "stated_count", .object = "#20"});
  world_.Say({.id = "n2", .subject = "group/x", .relation = "stated_count", .object = "#12"});
  world_.Say({.id = "n3", .subject = "group/part2", .relation = "stated_count", .object = "#at least 10"});
  world_.Say({.id = "p1", .subject = "group/part1", .relation = "PART_OF", .object = "group/x"});
  world_.Say({.id = "p2", .subject = "group/part2", .relation = "PART_OF", .object = "group/x"});
  EXPECT_THAT(world_.Summary(), ElementsAre("R4 hard n2 | n1"));
}

TEST_F(ContradictionsTest, MissingNotesAndQuotes) {
  auto claim = [&](std::string id, std::string note, NoteState state) {
    world_.Say({.id = std::move(id), .subject = "state/a", .relation = "HANDLED", .object = "thing/bomb",
                .quote = "as quoted", .note = std::move(note), .note_state = state});
  };
  claim("a", "44", NoteState::kMissing);
  claim("b", "44", NoteState::kMissing);
  claim("c", "45", NoteState::kIbid);
  claim("d", "46", NoteState::kPresent);
  claim("e", "48", NoteState::kIbid);
  Verification verification;
  verification.not_found = {{ClaimId(static_cast<uint32_t>(world_.said().size() - 2)), QuoteState::kMissing},
                            {ClaimId(0), QuoteState::kMoved}};
  EXPECT_THAT(world_.Summary({}, &verification), ElementsAre("R7 hard a b |", "R7 hard c |", "R7 hard d |"));
  const auto findings = world_.Find({}, &verification);
  EXPECT_THAT(findings[0].explanation, HasSubstr("refers to note 44 for 2 claims, but has no such note"));
  EXPECT_THAT(findings[1].explanation, HasSubstr("Note 45"));
  EXPECT_THAT(findings[2].explanation, HasSubstr("“as quoted”"));
}

TEST_F(ContradictionsTest, Options) {
  DenyUse();
  const std::map<std::string, std::string> in_g = {{"place", "state/g"}, {"event", "event/war"}};
  world_.Say({.id = "c", .subject = "state/a", .relation = "USED", .object = "thing/bomb", .qualifiers = in_g,
              .by = "org/commission"});
  world_.Say({.id = "n", .subject = "state/a", .relation = "HANDLED", .object = "thing/bomb", .note = "1",
              .note_state = NoteState::kMissing});
  ContradictionOptions options;
  options.rules = {Rule::kDocument};
  EXPECT_THAT(world_.Summary(options), ElementsAre("R7 hard n |"));
  options = {};
  options.about = "g";
  EXPECT_THAT(world_.Summary(options), ElementsAre("R1 hard d | c"));
  options.about = "state/b";
  EXPECT_THAT(world_.Summary(options), IsEmpty());
  options = {};
  options.between = {"commission", "a"};
  EXPECT_THAT(world_.Summary(options), ElementsAre("R1 hard d | c"));
  options.between = {"commission", "Monitor"};
  EXPECT_THAT(world_.Summary(options), IsEmpty());
  options = {};
  options.grades = {Grade::kSoft};
  EXPECT_THAT(world_.Summary(options), IsEmpty());
  options = {};
  options.about = "nobody at all";
  const auto refused = FindContradictions(world_.image(), world_.ontology(), world_.names(), world_, nullptr, options);
  EXPECT_EQ(ErrorNumber(refused.status()), kUnknownParticipant);
  EXPECT_EQ(*ParseRule("r4"), Rule::kCount);
  EXPECT_EQ(*ParseRule("polarity"), Rule::kPolarity);
  EXPECT_EQ(ErrorNumber(ParseRule("R9").status()), kUnknownRule);
  EXPECT_EQ(ErrorNumber(ParseGrade("firm").status()), kUnknownGrade);
}

TEST_F(ContradictionsTest, AViewLeavesClaimsOut) {
  DenyUse();
  world_.Say({.id = "u", .subject = "state/a", .relation = "USED", .object = "thing/bomb",
              .qualifiers = {{"place", "state/g"}, {"event", "event/war"}}, .certainty = Certainty::kPossible});
  EXPECT_EQ(world_.Find().size(), 1);
  const View view(std::shared_ptr<const Image>(&world_.image(), [](const Image*) {}), ClaimFilter());
  ContradictionOptions options;
  options.view = &view;
  const auto findings = FindContradictions(world_.image(), world_.ontology(), world_.names(), world_, nullptr, options);
  ASSERT_TRUE(findings.ok());
  EXPECT_THAT(*findings, IsEmpty());
}

}  // namespace
}  // namespace dossier
