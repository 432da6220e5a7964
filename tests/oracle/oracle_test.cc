// The oracle itself: against a public suite where it lies beside the repository, and against answers worked out by
// hand, most of them from Deutsch et al. (arXiv:2112.06217).
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "nlohmann/json.hpp"
#include "tests/oracle/evaluate.h"
#include "tests/oracle/from_ast.h"
#include "tests/oracle/graph.h"
#include "tests/oracle/pattern.h"

namespace dossier::oracle {
namespace {

using Json = nlohmann::json;

// "a-R->b, b-S->c": edges e1, e2, ... in written order; nodes as they come. Properties k of nodes by `numbers`.
Graph GraphOf(const std::vector<std::string>& edges, const std::map<std::string, int64_t>& numbers = {},
              const std::map<std::string, std::vector<std::string>>& labels = {}) {
  Graph graph;
  const auto node = [&](const std::string& id) {
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
      if (graph.nodes[i].id == id) return static_cast<int>(i);
    }
    GraphNode made{.id = id};
    if (numbers.contains(id)) made.properties["k"] = numbers.at(id);
    if (labels.contains(id)) made.labels = labels.at(id);
    graph.nodes.push_back(made);
    return static_cast<int>(graph.nodes.size()) - 1;
  };
  for (const std::string& text : edges) {
    const size_t type = text.find('-'), arrow = text.find("->");
    const int source = node(text.substr(0, type)), target = node(text.substr(arrow + 2));
    graph.edges.push_back({.id = "e" + std::to_string(graph.edges.size() + 1),
                           .type = text.substr(type + 1, arrow - type - 1),
                           .source = source,
                           .target = target});
  }
  return graph;
}

Answer AnswerOf(const Graph& graph, const std::string& query) {
  const absl::StatusOr<Match> match = MatchOfText(query + " RETURN 1");
  EXPECT_TRUE(match.ok()) << match.status();
  if (!match.ok()) return {};
  EXPECT_EQ(Analyse(*match).complaint, "") << query;
  const std::optional<Answer> answer = Evaluate(graph, *match, Bounds());
  EXPECT_TRUE(answer.has_value()) << query;
  return answer.value_or(Answer());
}

// Each row as "p=(a)-e1-(b) e=[e1]", once a time it is there.
std::vector<std::string> Rows(const Answer& answer, const Bag& bag) {
  std::vector<std::string> rows;
  for (const auto& [row, count] : bag) {
    std::string text;
    for (size_t i = 0; i < row.size(); ++i) text += (i > 0 ? " " : "") + answer.columns[i] + "=" + row[i];
    rows.insert(rows.end(), count, text);
  }
  return rows;
}

std::vector<std::string> RowsOf(const Graph& graph, const std::string& query) {
  const Answer answer = AnswerOf(graph, query);
  EXPECT_FALSE(answer.refused) << query;
  EXPECT_LT(answer.choice, 0) << query;
  return Rows(answer, answer.rows);
}

int CountOf(const Graph& graph, const std::string& query) { return static_cast<int>(RowsOf(graph, query).size()); }

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(OracleTest, ModesOnATriangleWithALoop) {
  const Graph graph = GraphOf({"a-R->b", "b-R->c", "c-R->a", "a-R->a"});
  EXPECT_EQ(CountOf(graph, "MATCH p = ACYCLIC (x)->*(y)"), 9);
  EXPECT_THAT(RowsOf(graph, "MATCH p = SIMPLE (x)->+(x)"),
              UnorderedElementsAre("p=(a)-e4-(a) x=a", "p=(a)-e1-(b)-e2-(c)-e3-(a) x=a",
                                   "p=(b)-e2-(c)-e3-(a)-e1-(b) x=b", "p=(c)-e3-(a)-e1-(b)-e2-(c) x=c"));
  EXPECT_EQ(CountOf(graph, "MATCH TRAIL (x)->+(x)"), 8);
  EXPECT_EQ(CountOf(graph, "MATCH WALK (x)->{3}(x)"), 4);  // the triangle from each node, and the loop three times
}

TEST(OracleTest, WhatIsAnonymousLeavesNoMark) {
  const Graph graph = GraphOf({"a-R->b", "b-R->c", "c-R->d"});
  // Three edges split as 1 + 2 or 2 + 1: one match, but two where the place of the split has a name.
  EXPECT_EQ(CountOf(graph, "MATCH (x)->{1,2}()->{1,2}(y)"), 3);
  EXPECT_EQ(CountOf(graph, "MATCH p = WALK ()->{1,2}()->{1,2}()"), 3);
  EXPECT_EQ(CountOf(graph, "MATCH p = WALK ()->{1,2}(m)->{1,2}()"), 4);
  EXPECT_EQ(CountOf(graph, "MATCH p = WALK ()-[e]->{1,2}()-[f]->{1,2}()"), 4);
  EXPECT_EQ(CountOf(graph, "MATCH p = WALK (->){1,2} (->){1,2}"), 3);
}

TEST(OracleTest, AlternationIsASetUnlessToldOtherwise) {
  const Graph graph = GraphOf({"a-R->b"});
  EXPECT_EQ(CountOf(graph, "MATCH p = (x)->(y) | (x)-[:R]->(y)"), 1);
  EXPECT_EQ(CountOf(graph, "MATCH p = (x)->(y) |+| (x)-[:R]->(y)"), 2);
  EXPECT_EQ(CountOf(graph, "MATCH p = (x)->(y) | (y)-[:R]->(x)"), 2);  // x and y change places
  EXPECT_THAT(RowsOf(graph, "MATCH (x)-[e]->(y) | (x)<-[f]-(y)"),
              UnorderedElementsAre("x=a e=e1 y=b f=null", "x=b e=null y=a f=e1"));
  const Graph chain = GraphOf({"a-R->b", "b-R->c"});
  EXPECT_EQ(CountOf(chain, "MATCH ALL WALK (-[:R]-> |+| ->){2}"), 4);
}

TEST(OracleTest, SelectorsPartitionByEnds) {
  const Graph graph = GraphOf({"a-R->b", "a-R->b", "b-R->c", "a-R->c"});
  EXPECT_THAT(RowsOf(graph, "MATCH p = ALL SHORTEST ()->+()"),
              UnorderedElementsAre("p=(a)-e1-(b)", "p=(a)-e2-(b)", "p=(b)-e3-(c)", "p=(a)-e4-(c)"));
  EXPECT_EQ(CountOf(graph, "MATCH p = SHORTEST 2 GROUPS ()->+()"), 6);
  const Answer any = AnswerOf(graph, "MATCH p = ANY SHORTEST ()->+()");
  ASSERT_EQ(any.choice, 0);
  ASSERT_EQ(any.partitions.size(), 3u);
  EXPECT_EQ(any.partitions[0].due, 1);
  EXPECT_EQ(any.partitions[0].candidates.size(), 2u);
  const Answer two = AnswerOf(graph, "MATCH p = SHORTEST 2 (x)->+(y) WHERE y.k IS NULL");
  ASSERT_EQ(two.choice, 0);
  const Partition& a_to_c = two.partitions[1];
  EXPECT_EQ(a_to_c.due, 2);
  ASSERT_EQ(a_to_c.candidates.size(), 3u);
  EXPECT_TRUE(a_to_c.candidates[0].must);
  EXPECT_THAT(Rows(two, a_to_c.candidates[0].rows), ElementsAre("p=(a)-e4-(c) x=a y=c"));
  EXPECT_FALSE(a_to_c.candidates[1].must);
}

TEST(OracleTest, TheRestrictorComesBeforeTheSelector) {
  // The only way from a to a of at least two edges that is simple is the long one.
  const Graph graph = GraphOf({"a-R->a", "a-R->b", "b-R->c", "c-R->a"});
  EXPECT_THAT(RowsOf(graph, "MATCH p = ALL SHORTEST SIMPLE (x)->{2,}(x)"),
              UnorderedElementsAre("p=(a)-e2-(b)-e3-(c)-e4-(a) x=a", "p=(b)-e3-(c)-e4-(a)-e2-(b) x=b",
                                   "p=(c)-e4-(a)-e2-(b)-e3-(c) x=c"));
  EXPECT_THAT(RowsOf(graph, "MATCH p = ALL SHORTEST (x)->{2,}(x) WHERE length(p) = 2"),
              ElementsAre("p=(a)-e1-(a)-e1-(a) x=a"));
}

TEST(OracleTest, TheFinalConditionComesAfterTheSelector) {
  const Graph graph = GraphOf({"a-R->b", "a-R->c", "c-R->b"}, {{"a", 1}, {"b", 2}, {"c", 3}});
  EXPECT_THAT(RowsOf(graph, "MATCH p = ALL SHORTEST (x)->+(y) WHERE length(p) = 2"), IsEmpty());
  EXPECT_THAT(RowsOf(graph, "MATCH p = ALL SHORTEST ((x)-[e]->+(y) WHERE size(e) = 2)"),
              ElementsAre("p=(a)-e2-(c)-e3-(b) x=a e=[e2, e3] y=b"));
}

TEST(OracleTest, GroupVariablesAndConditionsOfAnIteration) {
  const Graph graph = GraphOf({"a-R->b", "b-R->c", "c-R->a"}, {{"a", 1}, {"b", 2}, {"c", 3}});
  EXPECT_THAT(RowsOf(graph, "MATCH ALL WALK (s) ((x)-[e]->(y) WHERE x.k < y.k){2} (t)"),
              ElementsAre("s=a x=[a, b] e=[e1, e2] y=[b, c] t=c"));
  EXPECT_THAT(RowsOf(graph, "MATCH ALL WALK (s) ((x)-[e WHERE e.k IS NULL]->(y WHERE y.k > x.k AND y.k > s.k)){2} (t)"),
              ElementsAre("s=a x=[a, b] e=[e1, e2] y=[b, c] t=c"));
  EXPECT_THAT(RowsOf(graph, "MATCH ALL WALK (s) ((x)->(y WHERE y.k < s.k)){2} (t)"),
              ElementsAre("s=c x=[c, a] y=[a, b] t=b"));
}

TEST(OracleTest, ZeroLengthAndOptional) {
  const Graph graph = GraphOf({"a-R->b"});
  EXPECT_THAT(RowsOf(graph, "MATCH p = ALL WALK (x)-[e]->{0,1}(y)"),
              UnorderedElementsAre("p=(a) x=a e=[] y=a", "p=(b) x=b e=[] y=b", "p=(a)-e1-(b) x=a e=[e1] y=b"));
  EXPECT_THAT(RowsOf(graph, "MATCH p = ALL WALK (x)-[e]->?(y)"),
              UnorderedElementsAre("p=(a) x=a e=null y=a", "p=(b) x=b e=null y=b", "p=(a)-e1-(b) x=a e=e1 y=b"));
}

TEST(OracleTest, TheListOfAGroupVariableHasAnElementAnIteration) {
  const Graph graph = GraphOf({"a-R->b", "b-R->c"});
  // The first iteration may bind the node after its edge and the second the one before: the same node, twice.
  EXPECT_THAT(RowsOf(graph, "MATCH ALL WALK (->(n) | (n)->){2}"),
              UnorderedElementsAre("n=[a, b]", "n=[a, c]", "n=[b, b]", "n=[b, c]"));
}

TEST(OracleTest, ModesWithinParentheses) {
  const Graph graph = GraphOf({"a-R->b", "b-R->a"});
  EXPECT_EQ(CountOf(graph, "MATCH ALL WALK (x) (TRAIL ()->*()) (y)"), 6);
  EXPECT_EQ(CountOf(graph, "MATCH ALL WALK (x) (ACYCLIC ()->()){4} (y)"), 2);  // each step by itself
  EXPECT_EQ(CountOf(graph, "MATCH ALL WALK (x) (ACYCLIC ()->{4}()) (y)"), 0);
}

TEST(OracleTest, DifferentEdgesOverTheWholeMatch) {
  const Graph graph = GraphOf({"a-R->b", "b-S->c"});
  EXPECT_EQ(CountOf(graph, "MATCH (a)-->(b), (c)-->(d)"), 2);
  EXPECT_EQ(CountOf(graph, "MATCH REPEATABLE ELEMENTS (a)-->(b), (c)-->(d)"), 4);
  EXPECT_EQ(CountOf(graph, "MATCH (a)-[*]-(b)"), 6);
  EXPECT_EQ(CountOf(graph, "MATCH (a)-[*..2]->(b)-[:S]->(c)"), 1);
  EXPECT_EQ(CountOf(graph, "MATCH (a)-[:R|S]->(b), (b)-[:!R]->(c)"), 1);
  EXPECT_EQ(CountOf(graph, "MATCH DIFFERENT EDGES (x)-{2}(y)"), 2);
}

TEST(OracleTest, DifferentEdgesHoldBeforeTheSelectorChooses) {
  const Graph graph = GraphOf({"a-R->b", "b-R->c", "c-R->a"});
  EXPECT_EQ(CountOf(graph, "MATCH DIFFERENT EDGES ALL SHORTEST (x)-{2,}(x)"), 6);      // round, both ways
  EXPECT_EQ(CountOf(graph, "MATCH REPEATABLE ELEMENTS ALL SHORTEST (x)-{2,}(x)"), 6);  // there and back
  EXPECT_EQ(CountOf(graph, "MATCH DIFFERENT EDGES SIMPLE (x)-{2}(x)"), 0);
}

TEST(OracleTest, PathsAreJoinedOnTheVariablesTheyShare) {
  const Graph graph = GraphOf({"a-R->a", "a-R->b", "b-R->c"});
  EXPECT_THAT(RowsOf(graph, "MATCH REPEATABLE ELEMENTS (x)->(x), (x)->(y)"),
              UnorderedElementsAre("x=a y=a", "x=a y=b"));
  EXPECT_THAT(RowsOf(graph, "MATCH (x)->(y), (y)->(z), (z)<-(y)"), IsEmpty());
  EXPECT_EQ(CountOf(graph, "MATCH (x)->(y), (z)"), 9);
}

TEST(OracleTest, UndirectedEdgesMatchASelfLoopOnce) {
  const Graph graph = GraphOf({"a-R->a", "a-R->b"});
  EXPECT_EQ(CountOf(graph, "MATCH (x)-[e]-(y)"), 3);
  EXPECT_EQ(CountOf(graph, "MATCH (x)<-[e]->(y)"), 3);
  EXPECT_EQ(CountOf(graph, "MATCH (x)<-[e]-(y)"), 2);
}

TEST(OracleTest, WhatHasNoMeaningIsRefused) {
  const Graph graph = GraphOf({"a-R->b"});
  for (const char* query :
       {"MATCH ALL WALK (x)->*(y)", "MATCH REPEATABLE ELEMENTS (x)->+(y)", "MATCH WALK (x) (TRAIL ->) ->+ (y)",
        "MATCH ALL (x) ((TRAIL ->))+ (y)", "MATCH ((a)){2,3}", "MATCH TRAIL ((a)->*(b))+", "MATCH ((a)->(b) | (a))?",
        "MATCH DIFFERENT EDGES ANY (a)->(b), (b)->(c)"}) {
    EXPECT_TRUE(AnswerOf(graph, query).refused) << query;
  }
  for (const char* query : {"MATCH (x)->*(y)", "MATCH ANY (x)->*(y)", "MATCH DIFFERENT EDGES ALL WALK (x)->+(y)",
                            "MATCH WALK (x) (TRAIL ->*) (y)", "MATCH SHORTEST 2 GROUPS (x)->*(y)"}) {
    EXPECT_FALSE(AnswerOf(graph, query).refused) << query;
  }
}

TEST(OracleTest, LengthsOfWalksThatAreEnough) {
  // A cycle of two and one of three: four lengths of walks home from each node, one walk of each.
  const Graph graph = GraphOf({"a-R->b", "b-R->a", "a-R->c", "c-R->d", "d-R->a"});
  EXPECT_THAT(RowsOf(graph, "MATCH p = SHORTEST 3 GROUPS (x {k: 1})->*(x)"), IsEmpty());
  EXPECT_EQ(CountOf(graph, "MATCH SHORTEST 4 GROUPS (x)->*(y) WHERE x = y"), 16);
  // The condition can never hold twice in a row, so the quantifier ends by itself.
  const Graph ring = GraphOf({"a-R->b", "b-R->c", "c-R->a"}, {{"a", 1}, {"b", 2}, {"c", 3}});
  EXPECT_EQ(CountOf(ring, "MATCH ALL SHORTEST () ((x)->(y) WHERE x.k < y.k){2,} ()"), 1);
}

// A case of the public suite: whether the oracle's answer is the one that is accepted there.
std::string Complaint(const Json& accept, const Json& expected, const Graph& graph, const Answer& answer) {
  const std::string kind = accept["kind"];
  if (kind == "error") return answer.refused ? "" : "should be refused";
  if (answer.refused) return "refused";
  const auto path_text = [&](const Json& row) {
    Walk walk;
    const auto number = [](const auto& list, const std::string& id) {
      return static_cast<int>(std::find_if(list.begin(), list.end(), [&](const auto& e) { return e.id == id; }) -
                              list.begin());
    };
    for (const Json& id : row[0]) walk.nodes.push_back(number(graph.nodes, id));
    for (const Json& id : row[1]) walk.edges.push_back(number(graph.edges, id));
    return ToText(graph, walk);
  };
  const size_t column = std::find(answer.columns.begin(), answer.columns.end(), "p") - answer.columns.begin();
  const auto paths = [&](const Bag& bag) {
    std::multiset<std::string> texts;
    for (const auto& [row, count] : bag) {
      for (int i = 0; i < count; ++i) texts.insert(row[column]);
    }
    return texts;
  };
  if (kind == "bag") {
    std::multiset<std::string> texts;
    for (const Json& row : accept.contains("rows") ? accept["rows"] : expected) texts.insert(path_text(row));
    return answer.choice < 0 && paths(answer.rows) == texts ? "" : "other rows";
  }
  // What may be chosen of each pair of ends that the final condition lets pass.
  std::map<std::pair<std::string, std::string>, std::pair<std::multiset<std::string>, std::multiset<std::string>>>
      parts;
  std::map<std::pair<std::string, std::string>, int> due;
  const auto add = [&](const Partition& partition) {
    for (const Candidate& candidate : partition.candidates) {
      for (const std::string& path : paths(candidate.rows)) {
        const std::pair ends(path.substr(1, path.find(')') - 1), path.substr(path.rfind('(') + 1));
        (candidate.must ? parts[ends].first : parts[ends].second).insert(path);
        due[ends] = partition.due;
      }
    }
  };
  for (const Partition& partition : answer.partitions) add(partition);
  if (answer.choice < 0) {
    for (const auto& [row, count] : answer.rows) {
      add({.due = 1, .candidates = {{.must = true, .rows = {{row, count}}}}});
    }
  }
  if (due.size() != accept["parts"].size()) return "other ends";
  for (const Json& part : accept["parts"]) {
    const std::pair ends(part["key"][0].get<std::string>(), part["key"][1].get<std::string>() + ")");
    if (!due.contains(ends)) return "no path for " + part["key"].dump();
    if (kind == "walks") {
      if (due[ends] != part["r"]) return "another number for " + part["key"].dump();
      continue;
    }
    std::multiset<std::string> must, from;
    for (const Json& row : part["must"]) must.insert(path_text(row));
    for (const Json& row : part["from"]) from.insert(path_text(row));
    if (parts[ends] != std::pair(must, from)) return "another choice for " + part["key"].dump();
    if (due[ends] != static_cast<int>(must.size()) + part["r"].get<int>())
      return "another number for " + part["key"].dump();
  }
  return "";
}

TEST(OracleTest, PublicSuiteOfPathPatterns) {
  const char* root = std::getenv("DOSSIER_SUITES");
  const std::string file = std::string(root != nullptr ? root : DOSSIER_SUITES_DIR) + "/gpml/cases.jsonl";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not here";
  int cases = 0;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line); ++cases) {
    const Json json = Json::parse(line);
    const Graph graph = GraphOfJson(json["graph"]);
    EXPECT_EQ(Complaint(json["accept"], json["expected"], graph, AnswerOf(graph, json["match"])), "") << json["gql"];
  }
  std::cout << cases << " cases\n";
}

}  // namespace
}  // namespace dossier::oracle
