// EXPLAIN and PROFILE: what they tell of a plan.
#include <memory>
#include <string>
#include <string_view>

#include "graph/image.h"
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
    people.push_back(builder.AddVertex(VertexKind::kEntity, "", labels));
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
  const PlanStep* match = Find(answer->plan->root, "Match");
  ASSERT_NE(match, nullptr);
  EXPECT_NE(match->details.find("different edges"), std::string::npos) << match->details;
  EXPECT_EQ(match->estimated_rows, 6);  // two admirals, three edges each
  EXPECT_FALSE(match->work.has_value());
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
  const auto answer = session->Run(
      "PROFILE MATCH (a) WITH a ORDER BY a CALL (a) { MATCH (a)-[:KNOWS]->(b) RETURN b } RETURN a, b", {});
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

}  // namespace
}  // namespace dossier
