// What is asked for of findings: rules, grades, who takes part, a view.
#include "query/contradictions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph/base/diagnostic.h"
#include "query/error_codes.h"
#include "tests/unit/query/contradictions_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(ContradictionsTest, Options) {
  DenyUse();
  const std::map<std::string, std::string> in_g = {{"place", "state/g"}, {"event", "event/war"}};
  world_.Say({.id = "c",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/bomb",
              .qualifiers = in_g,
              .by = "org/commission"});
  world_.Say({.id = "n",
              .subject = "state/a",
              .relation = "HANDLED",
              .object = "thing/bomb",
              .note = "1",
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
  world_.Say({.id = "u",
              .subject = "state/a",
              .relation = "USED",
              .object = "thing/bomb",
              .qualifiers = {{"place", "state/g"}, {"event", "event/war"}},
              .certainty = Certainty::kPossible});
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
