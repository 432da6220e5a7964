// What the runner of scenarios itself promises: cells are read and compared as their notation says, lines that are no
// scenario are refused with a reason, and a wrong answer does not pass.
#include "tests/scenarios/scenario.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/scenarios/cell.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

std::string Canonical(std::string_view text, bool bags = false) {
  const absl::StatusOr<Cell> cell = ReadCell(text);
  return cell.ok() ? ToText(*cell, bags) : std::string(cell.status().message());
}

TEST(CellTest, EachKindPrintsAsItIsRead) {
  for (const std::string text : {"null", "true", "-12", "1.0", "NaN", "1e+300", "'it\\'s \\\\ \n'", "[]", "[1, [null]]",
                                 "{}", "{a: 1, b: {c: 'x'}}", "()", "(:A:B {k: 1})", "({k: 1})", "[:T]",
                                 "[:T {k: [1]}]", "<()>", "<(:A)-[:T]->(:B)<-[:U {k: 1}]-()>"}) {
    EXPECT_EQ(Canonical(text), text);
  }
}

TEST(CellTest, SamenessIgnoresOrderOfKeysAndLabelsOnly) {
  EXPECT_EQ(Canonical("{b: 1, a: 2}"), Canonical("{a: 2, b: 1}"));
  EXPECT_EQ(Canonical("(:B:A {y: 1, x: 2})"), Canonical("(:A:B {x: 2, y: 1})"));
  EXPECT_EQ(Canonical(".5"), Canonical("0.5"));
  EXPECT_NE(Canonical("1"), Canonical("1.0"));
  EXPECT_NE(Canonical("[1, 2]"), Canonical("[2, 1]"));
  EXPECT_EQ(Canonical("{a: [[2, 1]]}", true), Canonical("{a: [[1, 2]]}", true));
  EXPECT_NE(Canonical("<()-[:T]->()>"), Canonical("<()<-[:T]-()>"));
}

TEST(CellTest, WhatIsNoCellIsRefusedWithItsPlace) {
  for (const std::string text :
       {"", "[1", "'open", "{a 1}", "(:)", "1 2", "99999999999999999999", "date()", "-", "1.e"}) {
    EXPECT_THAT(Canonical(text), HasSubstr("not a cell")) << text;
  }
  EXPECT_THAT(Canonical(std::string(100'000, '[')), HasSubstr("fewer levels"));
}

TEST(ScenarioTest, LinesThatAreNoneSayWhatIsWrong) {
  const auto complaint = [](const std::string& line) { return std::string(ReadScenario(line).status().message()); };
  EXPECT_THAT(complaint("{"), HasSubstr("no JSON object"));
  EXPECT_THAT(complaint("[]"), HasSubstr("no JSON object"));
  EXPECT_THAT(complaint(R"({"id": "a"})"), HasSubstr("\"query\""));
  EXPECT_THAT(complaint(R"({"id": "a", "query": "RETURN 1"})"), HasSubstr("\"expect\""));
  EXPECT_THAT(complaint(R"({"id": "a", "query": "RETURN 1", "expect": {"kind": "rows"}})"), HasSubstr("\"rows\""));
  EXPECT_THAT(complaint(R"({"id": "a", "query": "RETURN 1", "expect": {"kind": "error", "error": {"phase": "soon"}}})"),
              HasSubstr("soon"));
  EXPECT_THAT(complaint(R"({"id": "a", "query": "RETURN 1", "parameters": {"x": 1}, "expect": {"kind": "empty"}})"),
              HasSubstr("parameter x"));
}

Outcome RunQuery(std::string query, Scenario expected) {
  expected.query = std::move(query);
  expected.graph = {{"nodes", nlohmann::ordered_json::array()}};
  return RunScenario(expected);
}

TEST(ScenarioTest, WrongAnswersDoNotPass) {
  const Scenario one{.columns = {"x"}, .rows = {{"1"}}};
  EXPECT_EQ(RunQuery("RETURN 1 AS x", one).kind, Outcome::Kind::kPassed);
  EXPECT_THAT(RunQuery("RETURN 2 AS x", one).why, HasSubstr("expected 1"));
  EXPECT_THAT(RunQuery("RETURN 1 AS y", one).why, HasSubstr("columns y"));
  EXPECT_THAT(RunQuery("UNWIND [1, 1] AS x RETURN x", one).why, HasSubstr("2 found"));
  EXPECT_THAT(RunQuery("RETURN", one).why, HasSubstr("E500"));
}

TEST(ScenarioTest, ErrorsHaveToComeInTheirPhase) {
  Scenario error{.error = true, .phase = Scenario::Phase::kCompileTime};
  EXPECT_EQ(RunQuery("RETURN x", error).kind, Outcome::Kind::kPassed);
  EXPECT_THAT(RunQuery("UNWIND ['a'] AS x RETURN abs(x)", error).why, HasSubstr("while running"));
  EXPECT_THAT(RunQuery("RETURN 1", error).why, HasSubstr("no error"));
  error.phase = Scenario::Phase::kRuntime;
  EXPECT_THAT(RunQuery("RETURN x", error).why, HasSubstr("before running"));
}

TEST(ScenarioTest, SkipsSayWhy) {
  Scenario scenario{.read_only = false};
  EXPECT_EQ(RunScenario(scenario).kind, Outcome::Kind::kSkipped);
  scenario.read_only = true;
  EXPECT_THAT(RunScenario(scenario).why, HasSubstr("not given as data"));
}

}  // namespace
}  // namespace dossier
