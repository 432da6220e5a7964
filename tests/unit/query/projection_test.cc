// Which names RETURN and WITH leave behind, what stands beside an aggregate, and what SKIP and LIMIT take.
#include "gmock/gmock.h"
#include "graph/image_builder.h"
#include "gtest/gtest.h"
#include "tests/unit/query/query_bench.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

// Ann (30, Bern), Bob (40, Bern), Cid (50, Chur); Ann knows Bob and Cid.
std::shared_ptr<const Image> People() {
  ImageBuilder builder(/*sourced=*/false);
  const auto person = [&](const char* name, int64_t age, const char* town) {
    const VertexId vertex = builder.AddEntity(name, {builder.Label("Person")});
    builder.SetVertexProperty(vertex, builder.Property("name"), Value::String(name));
    builder.SetVertexProperty(vertex, builder.Property("age"), Value::Integer(age));
    builder.SetVertexProperty(vertex, builder.Property("town"), Value::String(town));
    return vertex;
  };
  const VertexId ann = person("Ann", 30, "Bern"), bob = person("Bob", 40, "Bern"), cid = person("Cid", 50, "Chur");
  builder.AddEdge(ann, builder.Relation("KNOWS"), bob);
  builder.AddEdge(ann, builder.Relation("KNOWS"), cid);
  return builder.Build();
}

class ProjectionTest : public testing::Test {
 protected:
  QueryBench bench_{People()};
};

TEST_F(ProjectionTest, ConditionsSeeNewNamesAndBehindThemTheOldOnes) {
  EXPECT_EQ(bench_.Ask("MATCH (p) WITH p.name AS name WHERE p.age > 35 RETURN name"), "Bob\nCid\n");
  EXPECT_EQ(bench_.Ask("MATCH (p) WITH p.age AS p WHERE p > 35 RETURN p"), "40\n50\n");
  EXPECT_EQ(bench_.Ask("MATCH (p) WITH p.name AS name RETURN p"), "E6001");
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN p.name AS name ORDER BY p.age DESC"), "Cid\nBob\nAnn\n");
}

TEST_F(ProjectionTest, BehindDistinctOnlyColumnsAreLeft) {
  EXPECT_EQ(bench_.Ask("MATCH (p) WITH DISTINCT p.town AS town WHERE p.town = 'Bern' RETURN town"), "Bern\n");
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN DISTINCT p.town ORDER BY p.town DESC"), "Chur\nBern\n");
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN DISTINCT p.town + '!' AS t ORDER BY p.town + '!' DESC"), "Chur!\nBern!\n");
  EXPECT_EQ(bench_.Ask("MATCH (p) WITH DISTINCT p AS q ORDER BY p.age DESC LIMIT 1 RETURN q.name"), "Cid\n");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN DISTINCT p.town ORDER BY p.age"), "E6001");
  EXPECT_EQ(bench_.Prepare("MATCH (p) WITH DISTINCT p.town AS t WHERE p.age > 1 RETURN t"), "E6001");
  EXPECT_THAT(bench_.Complaint("MATCH (p) RETURN DISTINCT p.town ORDER BY p.age"), HasSubstr("DISTINCT kept only"));
}

TEST_F(ProjectionTest, BesideAnAggregateStandsWhatRowsAreGroupedBy) {
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN p.town, p.town + count(*) AS n ORDER BY n"), "Bern | Bern2\nChur | Chur1\n");
  EXPECT_EQ(bench_.Ask("MATCH (p)-->(q) RETURN p, p.age + count(q) AS n"), "(#0) | 32\n");
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN [x IN collect(p.age) WHERE x > 30 | x + 1] AS l"), "[41, 51]\n");
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN count(*) + $n AS n", {{"n", Value::Integer(1)}}), "4\n");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.age + count(*)"), "E6023");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.age + 1, p.age + 1 + count(*)"), "E6023");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.town, p.age + count(*)"), "E6023");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN count(*) + size([x IN [1] WHERE x = p.age])"), "E6023");
  // A pattern beside an aggregate does not take the name anew.
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN count(*) + COUNT { MATCH (p)-->() }"), "E6023");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN count(*) + size([(p)-->() | 1])"), "E6023");
  EXPECT_EQ(bench_.Ask("MATCH (p)-->() RETURN p, count(*) + COUNT { MATCH (p)-->() } AS n"), "(#0) | 4\n");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.age, [p IN collect(p) | p.age]"), "");
}

TEST_F(ProjectionTest, BehindGroupingOnlyColumnsAreLeft) {
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN p.town AS t, count(*) AS n ORDER BY count(*), p.town"),
            "Chur | 1\nBern | 2\n");
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN p.town AS t, max(p.age) AS a ORDER BY t + max(p.age) DESC"),
            "Chur | 50\nBern | 40\n");
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN p.town AS t, max(p.age) AS a ORDER BY count(*)"), "Chur | 50\nBern | 40\n");
  EXPECT_EQ(bench_.Ask("MATCH (p) WITH p.town AS t, count(*) AS n WHERE p.town = 'Bern' RETURN n"), "2\n");
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN p.town AS t, count(*) AS n ORDER BY max(t) DESC"), "Chur | 1\nBern | 2\n");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.town AS t, count(*) AS n ORDER BY p.age"), "E6001");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.town AS t, count(*) AS n ORDER BY max(p.age)"), "E6001");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.town AS t, count(*) AS n ORDER BY max(n)"), "E6021");
  EXPECT_EQ(bench_.Prepare("MATCH (p) WITH p.town AS t, count(*) AS n WHERE p.age > 1 RETURN n"), "E6001");
}

TEST_F(ProjectionTest, WithoutGroupingThereIsNothingToAggregateInOrderBy) {
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.town ORDER BY count(*)"), "E6020");
  EXPECT_EQ(bench_.Prepare("MATCH (p) WITH p.town AS t WHERE count(*) > 1 RETURN t"), "E6020");
}

TEST_F(ProjectionTest, GroupByNamesTheKeys) {
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN p.town AS t, count(*) AS n GROUP BY t ORDER BY t"), "Bern | 2\nChur | 1\n");
  EXPECT_EQ(bench_.Ask("MATCH (p)-->(q) RETURN p.name AS who, count(*) AS n GROUP BY p"), "Ann | 2\n");
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN count(*) AS n GROUP BY ()"), "3\n");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.name, count(*) AS n GROUP BY ()"), "E6023");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN count(*) AS n GROUP BY x"), "E6001");
}

TEST_F(ProjectionTest, ColumnsAreCalledAsWritten) {
  EXPECT_EQ(bench_.Columns("MATCH (p) RETURN cOuNt( * ), p .name, p.age  +  1 AS x"), "cOuNt( * ), p .name, x");
  EXPECT_EQ(bench_.Columns("WITH 1 AS `a b`, 2 AS c RETURN `a b`, `c`, `a b` + 1"), "a b, c, `a b` + 1");
  EXPECT_EQ(bench_.Columns("MATCH (p) RETURN p, p.name AS p"), "E6109");
}

TEST_F(ProjectionTest, SkipAndLimitAreTheSameForAllRows) {
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN p.name ORDER BY p.name SKIP 1 LIMIT toInteger(1.7)"), "Bob\n");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.name LIMIT -1"), "E6108");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.name LIMIT 1.7"), "E6108");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.name SKIP 'a'"), "E6108");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.name SKIP p.age"), "E6108");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN p.name AS n LIMIT n"), "E6108");
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN p.name LIMIT $n", {{"n", Value::Integer(-1)}}), "E7009");
  EXPECT_EQ(bench_.Ask("MATCH (p) RETURN p.name SKIP $n", {{"n", Value::Float(1.5)}}), "E7009");
}

TEST_F(ProjectionTest, MessagesCallAnAggregateAsDocumented) {
  EXPECT_THAT(bench_.Complaint("RETURN PERCENTILEDISC(1, 2)"), HasSubstr("percentileDisc: the part is 2"));
}

TEST_F(ProjectionTest, PatternConditionsIntroduceNobody) {
  EXPECT_EQ(bench_.Ask("MATCH (p) WHERE (p)-[:KNOWS]->() RETURN p.name"), "Ann\n");
  EXPECT_EQ(bench_.Prepare("MATCH (p) WHERE (p)-[r]->() RETURN p"), "E6001");
  EXPECT_EQ(bench_.Prepare("MATCH (p) WHERE NOT (p)-->(q) RETURN p"), "E6001");
  EXPECT_EQ(bench_.Prepare("MATCH (p) WHERE EXISTS { (p)-->(q) } RETURN p"), "");
  EXPECT_EQ(bench_.Prepare("MATCH (p) RETURN [(p)-[r]->(q) | q.name]"), "");
}

}  // namespace
}  // namespace dossier
