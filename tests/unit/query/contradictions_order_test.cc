// R5: what comes before what it needs, or after what ended it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/contradictions.h"
#include "tests/unit/query/contradictions_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(ContradictionsTest, NothingComesBeforeWhatItNeeds) {
  auto say = [&](std::string id, std::string subject, std::string relation, std::string object, std::string valid = "",
                 Certainty certainty = Certainty::kCertain) {
    world_.Say({.id = std::move(id),
                .subject = std::move(subject),
                .relation = std::move(relation),
                .object = std::move(object),
                .valid = std::move(valid),
                .certainty = certainty});
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
  EXPECT_EQ(
      finding.explanation,
      "Monitor says that a exported rocket in 1990, but also that a was founded on 26 December 1991; a state cannot "
      "act before it exists.");
  EXPECT_THAT(finding.overlap, HasSubstr("at no time"));
}

TEST_F(ContradictionsTest, NothingGoesOnAfterItsEnd) {
  world_.Say({.id = "x", .subject = "state/old-a", .relation = "dissolved", .object = "@1991-12-26"});
  world_.Say({.id = "e0", .subject = "state/old-a", .relation = "EXPORTED", .object = "thing/bomb", .valid = "1992"});
  world_.Say({.id = "e1", .subject = "state/old-a", .relation = "EXPORTED", .object = "thing/sub", .valid = "1991"});
  world_.Say(
      {.id = "e2", .subject = "state/old-a", .relation = "EXPORTED", .object = "thing/rocket", .valid = "1980/1993"});
  world_.Say({.id = "e3",
              .subject = "state/old-a",
              .relation = "EXPORTED",
              .object = "office/president",
              .valid = "1992",
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

}  // namespace
}  // namespace dossier
