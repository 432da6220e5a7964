// Why rows are there, on a world small enough to read. How it compares with leaving claims out: why_generated_test.cc.
#include <string>

#include "graph/base/diagnostic.h"
#include "query/error_codes.h"
#include "query/session.h"
#include "tests/unit/query/why_world.h"

namespace dossier {
namespace {

// a R b by 0 and 1, b R c by 2, a S c by 3, c S a by 4 (denied by 5), a size 3 by 6; p in q in r by 7 and 8, p in r by
// 9; c R b at p by 10, who gives a quantity, and 11, who does not.
class WhyTest : public testing::Test {
 protected:
  WhyTest() {
    for (const char* key : {"a", "b", "c"}) world_.Entity(key, "State");
    for (const char* key : {"p", "q", "r"}) world_.Entity(key, "Place");
    world_.Say({"a", "R", "b"});
    world_.Say({"a", "R", "b"});
    world_.Say({"b", "R", "c"});
    world_.Say({"a", "S", "c"});
    world_.Say({"c", "S", "a"});
    world_.Say({.subject = "c", .relation = "S", .object = "a", .act = Act::kDenies});
    world_.Say({"a", "size", "3"});
    world_.Say({"p", "LOCATED_IN", "q"});
    world_.Say({"q", "LOCATED_IN", "r"});
    world_.Say({"p", "LOCATED_IN", "r"});
    world_.Say({"c", "R", "b", "p", 7});
    world_.Say({"c", "R", "b", "p"});
  }

  // A line a row: alternatives with "or" between them, of each member the claims.
  std::string Why(std::string_view query, const ReasonLimits& limits = {}) {
    QueryOptions options;
    options.why = true;
    options.reason_limits = limits;
    const WhyWorld::Told told = world_.Ask(query, options);
    if (!told.status.ok()) return StrCat("E", ErrorNumber(told.status));
    std::string text;
    for (size_t i = 0; i < told.answer.rows.size(); ++i) {
      const RowReasons& why = *told.answer.rows[i].why;
      std::string line = StrCat(told.RowText(i), ":");
      for (const Witness& witness : why.alternatives) {
        line += &witness == &why.alternatives.front() ? " " : " or ";
        for (const WitnessMember& member : witness) {
          line += "[";
          for (const uint32_t note : member.notes) line += StrCat(line.back() == '[' ? "" : "|", told.ClaimOf(note));
          line += "]";
        }
      }
      if (!why.complete) line += " ...";
      if (why.aggregated) line += " aggregated";
      for (const std::string& pattern : why.nothing_recorded) line += StrCat(" nothing for ", pattern);
      text += line + "\n";
    }
    return text;
  }
  std::string Rows(std::string_view query, Parameters parameters = {}) {
    QueryOptions options;
    options.parameters = std::move(parameters);
    const WhyWorld::Told told = world_.Ask(query, options);
    if (!told.status.ok()) return StrCat("E", ErrorNumber(told.status));
    std::string text;
    for (size_t i = 0; i < told.answer.rows.size(); ++i) {
      text += StrCat(told.RowText(i), " (", told.answer.rows[i].notes.size(), ")\n");
    }
    return text;
  }

  WhyWorld world_;
};

TEST_F(WhyTest, AJoinNeedsAllOfItsParts) {
  EXPECT_EQ(Why("MATCH ({name: 'a'})-[:R]->(x)-[:R]->(y) RETURN x.name, y.name"), "b c: [0|1][2]\n");
}

TEST_F(WhyTest, EqualRowsAreAlternatives) {
  EXPECT_EQ(Why("MATCH ({name: 'a'})-[:R|S]->+({name: 'c'}) RETURN DISTINCT 1"), "1: [3] or [0|1][2]\n");
  EXPECT_EQ(Why("MATCH ({name: 'a'})-[:S]->(x) RETURN x.name UNION MATCH ({name: 'b'})-[:R]->(x) RETURN x.name"),
            "c: [2] or [3]\n");
}

TEST_F(WhyTest, AnAlternativeThatNeedsMoreThanAnotherIsNone) {
  EXPECT_EQ(Why("MATCH (x {name: 'a'})-[:R]->() OPTIONAL MATCH (x)-[:S]->(y) RETURN DISTINCT x.name"), "a: [0|1][3]\n");
  EXPECT_EQ(
      Why("MATCH (x {name: 'a'})-[:R]->() RETURN x.name UNION MATCH (x {name: 'a'})-[:R]->()-[:R]->() RETURN x.name"),
      "a: [0|1]\n");
}

TEST_F(WhyTest, WhatHoldsInSeveralWaysHasAlternatives) {
  EXPECT_EQ(Why("MATCH (x:State) WHERE EXISTS { (x)-[:R]->() } OR x.size = 3 RETURN x.name ORDER BY x.name"),
            "a: [0|1] or [6]\nb: [2]\nc: [10|11]\n");
  EXPECT_EQ(Why("MATCH (p {name: 'p'}), (r {name: 'r'}) WHERE within(p, r) RETURN p.name"), "p: [9] or [7][8]\n");
}

TEST_F(WhyTest, AConditionThatIsNotAskedForMayFail) {
  EXPECT_EQ(Why("MATCH (x {name: 'a'}) WHERE x.size = 3 OR 1 / (x.size - 3) = 1 RETURN x.name"), "a: [6]\n");
}

TEST_F(WhyTest, AValueRestsOnTheClaimsThatGiveIt) {
  EXPECT_EQ(Why("MATCH (x)-[r:R]->() WHERE r.quantity > 1 RETURN x.name"), "c: [10]\n");
  EXPECT_EQ(Why("MATCH (x)-[r:R]->() WHERE r.place IS NOT NULL RETURN x.name"), "c: [10|11]\n");
}

TEST_F(WhyTest, AnAggregateRestsOnAllThatItWasComputedFrom) {
  EXPECT_EQ(Why("MATCH (x {name: 'a'})-[e]->(y) RETURN x.name, count(*)"), "a 2: [0|1][3] aggregated\n");
  EXPECT_EQ(Why("MATCH ()-[:R]->(y) WITH DISTINCT y RETURN count(*)"), "2: [0|1][2][10|11] aggregated\n");
}

TEST_F(WhyTest, AbsenceIsNothingRecorded) {
  EXPECT_EQ(Why("MATCH (x:State) WHERE NOT EXISTS { (x)-[:S]->() } RETURN x.name"), "b:  nothing for (x)-[:S]->()\n");
  EXPECT_EQ(Why("MATCH (x {name: 'b'})-[:R]->(y) OPTIONAL MATCH (x)-[s:S]->() RETURN y.name, s"),
            "c null: [2] nothing for (x)-[s:S]->()\n");
}

TEST_F(WhyTest, ALimitIsSaid) {
  EXPECT_EQ(Why("MATCH ()-[:R|S]->() RETURN DISTINCT 1", {.alternatives = 2}), "1: [0|1] or [2] ...\n");
}

TEST_F(WhyTest, IsFoundOnlyWhereItIsAskedFor) {
  EXPECT_FALSE(world_.Ask("MATCH ()-[:R]->() RETURN 1", {}).answer.rows.front().why.has_value());
  QueryOptions options;
  options.why = true;
  ImageBuilder builder(/*sourced=*/false);
  const std::unique_ptr<Session> scratch = Session::OverGraph(builder.Build());
  EXPECT_FALSE(scratch->Run("RETURN 1", options)->rows.front().why.has_value());
}

TEST_F(WhyTest, CanBeCalled) {
  EXPECT_EQ(
      Rows(
          "CALL why({query: \"MATCH ({name: 'a'})-[:R|S]->+({name: $to}) RETURN DISTINCT 1\", parameters: {to: 'c'}}) "
          "YIELD row, alternative, edge, claims, complete RETURN row, alternative, type(edge), size(claims), complete"),
      "1 1 S 1 true (1)\n1 2 R 2 true (2)\n1 2 R 1 true (1)\n");
  EXPECT_EQ(Rows("CALL why({query: 'MATCH (x)-[:R]->(y) RETURN x.name ORDER BY x.name', row: 2}) YIELD row, edge "
                 "RETURN row, startNode(edge).name"),
            "2 b (1)\n");
  EXPECT_EQ(Rows("USE certainty('certain') CALL why({query: 'MATCH (x)-[:S]->(y) RETURN count(*)'}) YIELD edge RETURN "
                 "count(*)"),
            "2 (2)\n");
  EXPECT_EQ(
      Rows("CALL why({query: 'MATCH (x)-[:R]->(y {name: \"c\"}) WHERE NOT EXISTS { (x)-[:S]->() } RETURN x.name'}) "
           "YIELD alternative, edge, claims, nothing_recorded "
           "RETURN alternative, type(edge), size(claims), nothing_recorded"),
      "1 R 1 null (1)\nnull null 0 (x)-[:S]->() (0)\n");
}

TEST_F(WhyTest, ACallThatCannotBeAnsweredSaysSo) {
  EXPECT_EQ(Rows("CALL why({query: 'MATCH (x)-[:R]->() RETURN x', row: 9})"), "E7005");
  EXPECT_EQ(Rows("CALL why({query: 'MATCH (x)-[:R]->() RETURN x', row: 0})"), "E7001");
  EXPECT_EQ(Rows("CALL why({row: 1})"), "E7001");
  EXPECT_EQ(Rows("CALL why({question: 'RETURN 1'})"), "E7001");
  EXPECT_EQ(Rows("CALL why({query: 'MATCH (x'})"), "E5002");
  EXPECT_EQ(Rows("CALL why({query: 'RETURN $x'})"), "E7002");
  // It may hand itself on as a parameter, and would never come to an end.
  EXPECT_EQ(Rows("CALL why({query: $q, parameters: {q: $q}}) YIELD row RETURN row",
                 {{"q", Value::String("CALL why({query: $q, parameters: {q: $q}}) YIELD row RETURN row")}}),
            "E7012");
}

TEST_F(WhyTest, ManyWaysAreCutShort) {
  WhyWorld world;
  for (int i = 0; i < 40; ++i) world.Entity(StrCat("e", i), "State");
  // Twelve stages of three, each leading to each of the next: 3^11 ways from the first to the last.
  for (int stage = 0; stage < 11; ++stage) {
    for (int from = 0; from < 3; ++from) {
      for (int to = 0; to < 3; ++to) {
        world.Say({StrCat("e", stage * 3 + from), "LOCATED_IN", StrCat("e", stage * 3 + 3 + to)});
      }
    }
  }
  QueryOptions options;
  options.why = true;
  const WhyWorld::Told told =
      world.Ask("MATCH (a {name: 'e0'}), (b {name: 'e35'}) WHERE within(a, b) RETURN 1", options);
  ASSERT_TRUE(told.status.ok()) << told.status;
  const RowReasons& why = *told.answer.rows.front().why;
  EXPECT_FALSE(why.complete);
  ASSERT_EQ(why.alternatives.size(), 16u);
  for (const Witness& witness : why.alternatives) EXPECT_EQ(witness.size(), 11u);
  EXPECT_EQ(told.answer.rows.front().notes.size(), 11u);
}

}  // namespace
}  // namespace dossier
