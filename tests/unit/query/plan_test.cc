// EXPLAIN and PROFILE: what they tell of a plan.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "graph/base/diagnostic.h"
#include "graph/image_builder.h"
#include "gtest/gtest.h"
#include "query/session.h"

namespace dossier {
namespace {

// Ten people, each of whom knows the next three; two of them are also admirals.
std::unique_ptr<Session> People() {
  ImageBuilder builder(/*sourced=*/false);
  std::vector<VertexId> people;
  for (int i = 0; i < 10; ++i) {
    std::vector<LabelId> labels = {builder.Label("Person")};
    if (i < 2) labels.push_back(builder.Label("Admiral"));
    people.push_back(builder.AddEntity("", labels));
  }
  for (size_t i = 0; i < people.size(); ++i) {
    for (size_t step = 1; step <= 3; ++step) {
      builder.AddEdge(people[i], builder.Relation("KNOWS"), people[(i + step) % people.size()]);
    }
  }
  return Session::OverGraph(builder.Build());
}

const PlanStep* Find(const PlanStep& step, std::string_view name) {
  if (step.name == name) return &step;
  for (const auto* parts : {&step.inputs, &step.subqueries}) {
    for (const PlanStep& part : *parts) {
      if (const PlanStep* found = Find(part, name); found != nullptr) return found;
    }
  }
  return nullptr;
}

TEST(ExplainTest, TellsOfViewModesAndEstimates) {
  const auto session = People();
  const auto answer = session->Run("EXPLAIN MATCH (a:Admiral)-[:KNOWS]->(b) RETURN b LIMIT 3", {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->rows.empty());
  ASSERT_TRUE(answer->plan.has_value());
  const PlanStep* scan = Find(answer->plan->root, "Scan");
  ASSERT_NE(scan, nullptr);
  EXPECT_NE(scan->details.find("different edges"), std::string::npos) << scan->details;
  EXPECT_EQ(scan->estimated_rows, 2);
  const PlanStep* expand = Find(answer->plan->root, "Expand");
  ASSERT_NE(expand, nullptr);
  EXPECT_EQ(expand->estimated_rows, 6);  // two admirals, three edges each
  EXPECT_FALSE(expand->work.has_value());
  EXPECT_EQ(Find(answer->plan->root, "Page")->estimated_rows, 3);
  const std::string text = answer->plan->ToText();
  EXPECT_EQ(text.substr(0, text.find('\n')), "view: all edges");
}

TEST(ExplainTest, ShowsWhatIsRunForEachRow) {
  const auto session = People();
  const auto answer = session->Run(
      "EXPLAIN MATCH (a) WHERE EXISTS { (a)-[:KNOWS]->(:Admiral) } OPTIONAL MATCH (a)-[:KNOWS]->(b) RETURN b", {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(Find(answer->plan->root, "Filter")->subqueries.size(), 1u);
  ASSERT_EQ(Find(answer->plan->root, "Optional")->subqueries.size(), 1u);
}

TEST(ProfileTest, TellsWhatEachStepDid) {
  const auto session = People();
  const auto answer =
      session->Run("PROFILE MATCH (a) WITH a ORDER BY a CALL (a) { MATCH (a)-[:KNOWS]->(b) RETURN b } RETURN a, b", {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->rows.size(), 30u);
  const PlanStep& root = answer->plan->root;
  const PlanStep* apply = Find(root, "Apply");
  EXPECT_EQ(apply->work->rows, 30u);
  EXPECT_EQ(apply->subqueries.front().work->rows, 30u);
  EXPECT_EQ(Find(root, "Sort")->work->rows, 10u);
  EXPECT_GT(Find(root, "Sort")->work->peak_bytes, 0u);
  EXPECT_GE(apply->work->total_ms, apply->work->self_ms);
  EXPECT_NE(answer->plan->ToText().find("self ms"), std::string::npos);
}

// A plan is judged by the work it makes, and not by the clock.
TEST(ProfileTest, ALimitLetsTheStepsBelowDoNoMore) {
  const auto session = People();
  const auto answer = session->Run("PROFILE MATCH (a), (b), (c) RETURN a, b, c LIMIT 2", {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(Find(answer->plan->root, "Match")->work->rows, 2u);
}

// What a query's steps are, from the last to the first: "Expand", "Scan", ...
std::vector<std::string> Steps(const Session& session, const std::string& query) {
  QueryOptions options;
  options.parameters["i"] = Value::Integer(3);
  const auto answer = session.Run("EXPLAIN " + query, options);
  EXPECT_TRUE(answer.ok()) << answer.status();
  std::vector<std::string> steps;
  if (!answer.ok()) return steps;
  for (const PlanStep* step = &answer->plan->root;; step = &step->inputs.front()) {
    steps.push_back(step->name);
    if (step->inputs.empty()) return steps;
  }
}

// So many numbered people that an index is worth it, each knowing the next two.
std::unique_ptr<Session> Numbered() {
  ImageBuilder builder(/*sourced=*/false);
  std::vector<VertexId> people;
  for (int i = 0; i < 40; ++i) {
    people.push_back(builder.AddEntity("", {builder.Label("Person")}));
    builder.SetVertexProperty(people.back(), builder.Property("id"), Value::Integer(i));
    builder.SetVertexProperty(people.back(), builder.Property("kind"), Value::String(i % 2 == 0 ? "even" : "odd"));
  }
  for (size_t i = 0; i < people.size(); ++i) {
    for (const size_t step : {1U, 2U}) {
      builder.AddEdge(people[i], builder.Relation("KNOWS"), people[(i + step) % people.size()]);
    }
  }
  return Session::OverGraph(builder.Build());
}

TEST(StepsTest, StepsThatAreOnlyCountedAreNoRows) {
  const auto session = Numbered();
  using testing::ElementsAre;
  const std::string query = "MATCH (a:Person)-[:KNOWS]->(b) RETURN a.id, b.kind, count(*)";
  EXPECT_THAT(Steps(*session, query), ElementsAre("Compute", "Aggregate", "Compute", "CountSteps", "Scan", "Argument"));
  const auto answer = session->Run("PROFILE MATCH (a)-[:KNOWS]->(b) RETURN count(*) AS n", {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->rows.front().values.front().integer(), 80);
  EXPECT_EQ(Find(answer->plan->root, "CountSteps")->work->rows, 40u);  // a row for each node, not for each edge
  // Whatever else is read of them makes them rows.
  EXPECT_EQ(Steps(*session, "MATCH (a)-[:KNOWS]->(b) RETURN b, count(*)")[2], "Expand");
  EXPECT_EQ(Steps(*session, "MATCH (a)-[:KNOWS]->(b) RETURN b.id + 1, count(*)")[3], "Expand");
  EXPECT_EQ(Steps(*session, "MATCH (a)-[:KNOWS]->(b) RETURN a.id, max(b.id)")[3], "Expand");
}

TEST(StepsTest, RowsThatNoPageShowsAreNotKept) {
  const auto session = Numbered();
  const auto answer =
      session->Run("PROFILE UNWIND range(1, 50000) AS i RETURN i ORDER BY i % 1000 DESC, i LIMIT 3", {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->rows.size(), 3u);
  EXPECT_EQ(answer->rows.back().values.front().integer(), 2999);
  const PlanStep* top = Find(answer->plan->root, "TopRows");
  ASSERT_NE(top, nullptr);
  EXPECT_LT(top->work->peak_bytes, 500'000u);
}

TEST(StepsTest, ChainsAreFollowedFromWhereLeastIsToTry) {
  const auto session = Numbered();
  using testing::ElementsAre;
  const std::string chain = "MATCH (a)-[:KNOWS]->(b)-[:KNOWS]->(c) ";
  EXPECT_THAT(Steps(*session, chain + "WHERE b.id = $i RETURN a, c"),
              ElementsAre("Expand", "Expand", "Filter", "Scan", "Argument"));
  const auto answer = session->Run("PROFILE " + chain + "WHERE b.id = 3 RETURN a.id, c.id", {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->rows.size(), 4u);
  const PlanStep* scan = Find(answer->plan->root, "Scan");
  ASSERT_NE(scan, nullptr);
  EXPECT_NE(scan->details.find("by id"), std::string::npos) << scan->details;
  EXPECT_EQ(scan->work->rows, 1u);  // no other node is looked at
}

TEST(StepsTest, ConditionsAreJudgedAsSoonAsTheyCanBe) {
  const auto session = Numbered();
  using testing::ElementsAre;
  EXPECT_THAT(Steps(*session, "MATCH (a {id: $i})-->(b)-->(c) WHERE b.kind = 'odd' AND c.id > a.id RETURN c"),
              ElementsAre("Filter", "Expand", "Filter", "Expand", "Scan", "Argument"));
  // What may fail stays where it was written.
  EXPECT_THAT(Steps(*session, "MATCH (a {id: $i})-->(b)-->(c) WHERE b.id / 0 > 1 RETURN c"),
              ElementsAre("Filter", "Expand", "Expand", "Scan", "Argument"));
}

TEST(StepsTest, CyclesAreIntersected) {
  const auto session = Numbered();
  const auto answer = session->Run("PROFILE MATCH (a)-[:KNOWS]->(b)-[:KNOWS]->(c)<-[:KNOWS]-(a) RETURN count(*)", {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->rows[0].values[0].integer(), 40);
  const PlanStep* step = Find(answer->plan->root, "Intersect");
  ASSERT_NE(step, nullptr);
  EXPECT_EQ(step->work->rows, 40u);  // of 160 ways on, none that does not close is made a row
}

TEST(StepsTest, WhatCanBeReachedIsFollowedOnce) {
  const auto session = Numbered();
  const auto answer =
      session->Run("PROFILE MATCH REPEATABLE ELEMENTS (a {id: 3})-[:KNOWS]->{1,30}(b) RETURN count(DISTINCT b)", {});
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->rows[0].values[0].integer(), 40);
  const PlanStep* step = Find(answer->plan->root, "Reach");
  ASSERT_NE(step, nullptr);
  EXPECT_EQ(step->work->rows, 40u);
}

TEST(StepsTest, WhatNeedsTheWholePathStaysAMatchBetweenBoundEnds) {
  const auto session = Numbered();
  using testing::ElementsAre;
  EXPECT_THAT(Steps(*session, "MATCH p = ANY SHORTEST (a {id: $i})-[:KNOWS]->+(b {id: 9}) RETURN p"),
              ElementsAre("Match", "Scan", "Scan", "Argument"));
  EXPECT_THAT(Steps(*session, "MATCH TRAIL (a {id: $i})-[:KNOWS]->{1,4}(b) RETURN b"),
              ElementsAre("Match", "Scan", "Argument"));
}

TEST(SessionPlansTest, AQueryIsPreparedOnceAndRunWithManyParameters) {
  const auto session = Numbered();
  QueryOptions options;
  const auto prepared = session->Prepare("MATCH (a {id: $i}) RETURN a.kind AS kind", options);
  ASSERT_TRUE(prepared.ok()) << prepared.status();
  EXPECT_THAT(prepared->columns(), testing::ElementsAre("kind"));
  for (const int i : {0, 1, 39}) {
    options.parameters["i"] = Value::Integer(i);
    const auto answer = session->Run(*prepared, options);
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(answer->rows[0].values[0].string(), i % 2 == 0 ? "even" : "odd");
  }
  options.parameters["i"] = Value::Integer(77);
  EXPECT_TRUE(session->Run(*prepared, options)->rows.empty());
  options.parameters.clear();
  EXPECT_EQ(ErrorNumber(session->Run(*prepared, options).status()), 7002);
}

}  // namespace
}  // namespace dossier
