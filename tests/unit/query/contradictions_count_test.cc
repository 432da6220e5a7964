// R4 and R7: counts against lists, totals against parts, notes that are not there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/contradictions.h"
#include "tests/unit/query/contradictions_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(ContradictionsTest, CountsAndLists) {
  world_.Entities("State", {"state/1", "state/2", "state/3"});
  auto count = [&](std::string quantity) {
    world_.Say({.id = "n", .subject = "group/x", .relation = "stated_count", .object = "#" + quantity});
  };
  auto list = [&](std::string kind) {
    world_.Say({.id = "l", .subject = "group/x", .relation = "list", .object = "'" + kind + "'"});
    for (const char* member : {"1", "2", "3"}) {
      world_.Say({.id = StrCat("m", member),
                  .subject = "group/x",
                  .relation = "HAS_MEMBER",
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
  world_.Say({.id = "m3",
              .subject = "group/x",
              .relation = "HAS_MEMBER",
              .object = "state/3",
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
      world_.Say(
          {.id = StrCat("h-", part), .subject = "group/x", .relation = "HAS_PART", .object = StrCat("group/", part)});
    }
    return world_.Summary();
  };
  EXPECT_THAT(parts("143", "93", "51"), ElementsAre("R4 hard n-x | n-part1 n-part2"));
  EXPECT_THAT(world_.Find().front().explanation,
              HasSubstr("143 states, but the parts that it is made of come to 93 + 51 = 144"));
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
    world_.Say({.id = std::move(id),
                .subject = "state/a",
                .relation = "HANDLED",
                .object = "thing/bomb",
                .quote = "as quoted",
                .note = std::move(note),
                .note_state = state});
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

}  // namespace
}  // namespace dossier
