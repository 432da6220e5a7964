// Whole queries: clauses, their order, what is refused and how it is said.
#include "query/parser.h"

#include <string>

#include "gmock/gmock.h"
#include "query/error_codes.h"
#include "tests/unit/query/parser_testing.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

TEST(ParserTest, Clauses) {
  EXPECT_EQ(Canonical("match (n) optional match (n)-->(m) where m.x return n, m as other;"),
            "MATCH (n) OPTIONAL MATCH (n)-[]->(m) WHERE m.x RETURN n, m AS other");
  EXPECT_EQ(Canonical("MATCH (n) WITH n.x AS x, count(*) AS n ORDER BY n DESC SKIP 1 LIMIT 2 WHERE x > 1 RETURN *"),
            "MATCH (n) WITH n.x AS x, count(*) AS n ORDER BY n DESC SKIP 1 LIMIT 2 WHERE (x > 1) RETURN *");
  EXPECT_EQ(Canonical("MATCH (n) RETURN DISTINCT *, n.x ORDER BY a ASCENDING NULLS LAST, b DESCENDING NULLS FIRST "
                      "OFFSET $s LIMIT 3"),
            "MATCH (n) RETURN DISTINCT *, n.x ORDER BY a NULLS LAST, b DESC NULLS FIRST SKIP $s LIMIT 3");
  EXPECT_EQ(
      Canonical(
          "MATCH (o) LET who = o.name, x = 1 FILTER WHERE x = 1 RETURN who, COUNT(*) AS n GROUP BY who ORDER BY n"),
      "MATCH (o) LET who = o.name, x = 1 FILTER (x = 1) RETURN who, COUNT(*) AS n GROUP BY who ORDER BY n");
  EXPECT_EQ(Canonical("RETURN count(*) GROUP BY ()"), "RETURN count(*) GROUP BY ()");
  EXPECT_EQ(Canonical("MATCH (n) ORDER BY n.x LIMIT 3 RETURN n"), "MATCH (n) ORDER BY n.x LIMIT 3 RETURN n");
  EXPECT_EQ(Canonical("FILTER 1 = 1 RETURN 1"), "FILTER (1 = 1) RETURN 1");
}

TEST(ParserTest, Loops) {
  EXPECT_EQ(Canonical("UNWIND [1, 2] AS x RETURN x"), "UNWIND [1, 2] AS x RETURN x");
  EXPECT_EQ(Canonical("FOR x IN [1, 2] RETURN x"), "FOR x IN [1, 2] RETURN x");
  EXPECT_EQ(Canonical("FOR x IN l WITH ORDINALITY i RETURN x"), "FOR x IN l WITH ORDINALITY i RETURN x");
  EXPECT_EQ(Canonical("FOR x IN l WITH OFFSET i RETURN x"), "FOR x IN l WITH OFFSET i RETURN x");
  EXPECT_EQ(Canonical("FOR x IN l WITH offset AS y RETURN x"), "FOR x IN l WITH `offset` AS y RETURN x");
}

TEST(ParserTest, Calls) {
  EXPECT_EQ(Canonical("CALL contradictions({relation: 'T'}) YIELD a, b AS c WHERE a.x RETURN a"),
            "CALL contradictions({relation: 'T'}) YIELD a, b AS c WHERE a.x RETURN a");
  EXPECT_EQ(Canonical("CALL graph.dominators()"), "CALL graph.dominators()");
  EXPECT_EQ(Canonical("CALL test.my.proc"), "CALL test.my.proc");
  EXPECT_EQ(Canonical("CALL p YIELD *"), "CALL p YIELD *");
  EXPECT_EQ(Canonical("MATCH (n) OPTIONAL CALL p(n) YIELD x RETURN x"),
            "MATCH (n) OPTIONAL CALL p(n) YIELD x RETURN x");
  EXPECT_EQ(Canonical("MATCH (n) CALL (n) { MATCH (n)-->(m) RETURN m } RETURN m"),
            "MATCH (n) CALL (n) { MATCH (n)-[]->(m) RETURN m } RETURN m");
  EXPECT_EQ(Canonical("CALL { RETURN 1 AS x UNION ALL RETURN 2 AS x } RETURN x"),
            "CALL { RETURN 1 AS x UNION ALL RETURN 2 AS x } RETURN x");
  EXPECT_EQ(Canonical("CALL () { RETURN 1 AS x } RETURN x"), "CALL () { RETURN 1 AS x } RETURN x");
  EXPECT_EQ(Canonical("OPTIONAL CALL (*) { RETURN 1 AS x } RETURN x"), "OPTIONAL CALL (*) { RETURN 1 AS x } RETURN x");
  EXPECT_EQ(ErrorOf("CALL { MATCH (n) } RETURN 1"), kClauseOrder);
}

TEST(ParserTest, UnionsDoNotMix) {
  EXPECT_EQ(Canonical("RETURN 1 AS x UNION DISTINCT RETURN 2 AS x"), "RETURN 1 AS x UNION RETURN 2 AS x");
  EXPECT_EQ(Canonical("RETURN 1 UNION ALL RETURN 2 UNION ALL RETURN 3"),
            "RETURN 1 UNION ALL RETURN 2 UNION ALL RETURN 3");
  EXPECT_EQ(ErrorOf("RETURN 1 UNION ALL RETURN 2 UNION RETURN 3"), kMixedUnion);
  EXPECT_EQ(ErrorOf("RETURN 1 UNION RETURN 2 UNION ALL RETURN 3"), kMixedUnion);
  EXPECT_EQ(ErrorOf("RETURN 1 UNION"), kUnexpectedEnd);
}

TEST(ParserTest, ViewsStandInFront) {
  EXPECT_EQ(
      Canonical("EXPLAIN USE certainty('possible'), valid_at('2015-12', 'certainly') AND claims() MATCH (n) RETURN n"),
      "EXPLAIN USE certainty('possible'), valid_at('2015-12', 'certainly'), claims() MATCH (n) RETURN n");
  EXPECT_EQ(Canonical("PROFILE RETURN 1"), "PROFILE RETURN 1");
  EXPECT_EQ(ErrorOf("USE mygraph MATCH (n) RETURN n"), kUnexpectedToken);
  EXPECT_EQ(ErrorOf("MATCH (n) USE claims() RETURN n"), kClauseOrder);
  EXPECT_EQ(ErrorOf("USE claims() EXPLAIN RETURN 1"), kClauseOrder);
}

TEST(ParserTest, ColumnsKeepTheirText) {
  const auto query = ParseQuery("RETURN  n.x  +1 , count( * ) AS c");
  ASSERT_TRUE(query.ok());
  const auto* projection = query->parts[0].clauses[0].As<ast::ProjectionClause>();
  EXPECT_EQ(projection->items[0].text, "n.x  +1");
  EXPECT_EQ(projection->items[1].text, "count( * )");
  EXPECT_EQ(projection->items[1].alias->text, "c");
  EXPECT_EQ(projection->items[1].alias->span.begin.column, 33);
}

TEST(ParserTest, AllMayBeAWordOrAName) {
  EXPECT_EQ(Canonical("RETURN ALL x"), "RETURN x");
  EXPECT_EQ(Canonical("RETURN ALL * ORDER BY x"), "RETURN * ORDER BY x");
  EXPECT_EQ(Canonical("RETURN ALL * GROUP BY x"), "RETURN * GROUP BY x");
  EXPECT_EQ(Canonical("RETURN all"), "RETURN `all`");
  EXPECT_EQ(Canonical("RETURN all * 2, all * x"), "RETURN (`all` * 2), (`all` * x)");
  EXPECT_EQ(Canonical("RETURN all.x, all + 1"), "RETURN `all`.x, (`all` + 1)");
  EXPECT_EQ(Canonical("RETURN all(x IN l WHERE x)"), "RETURN all(x IN l WHERE x)");
  EXPECT_EQ(Canonical("RETURN 1 AS type, 2 AS count, 3 AS path"), "RETURN 1 AS type, 2 AS `count`, 3 AS `path`");
}

TEST(ParserTest, WritingIsRefusedByName) {
  for (const char* clause :
       {"CREATE (n)", "MERGE (n)", "SET n.x = 1", "DELETE n", "DETACH DELETE n", "REMOVE n.x",
        "FOREACH (x IN l | CREATE (n))", "INSERT (n)", "LOAD CSV FROM 'x' AS row", "DROP GRAPH g"}) {
    EXPECT_EQ(ErrorOf(clause), kReadOnlyLanguage) << clause;
    const Diagnostic refusal = RefusalOf("MATCH (n) " + std::string(clause));
    EXPECT_EQ(refusal.number, kReadOnlyLanguage) << clause;
    EXPECT_EQ(refusal.place.begin.column, 11) << clause;
    EXPECT_THAT(refusal.rule, HasSubstr("only reads"));
    EXPECT_THAT(refusal.hint, HasSubstr("load claims"));
  }
}

TEST(ParserTest, WhatIsLeftOutIsSaidAloud) {
  for (const char* query :
       {"RETURN 1 NEXT RETURN 2", "RETURN 1 EXCEPT RETURN 2", "MATCH (n) USING INDEX n:A(x) RETURN n", "SELECT 1",
        "OPTIONAL { MATCH (n) } RETURN n", "CALL { RETURN 1 AS x } IN TRANSACTIONS"}) {
    const auto parsed = ParseQuery(query);
    EXPECT_FALSE(parsed.ok()) << query;
  }
  EXPECT_EQ(ErrorOf("MATCH (n) USING INDEX n:A(x) RETURN n"), kUnsupportedSyntax);
  EXPECT_EQ(ErrorOf("MATCH (n) WITH n NEXT RETURN n"), kUnsupportedSyntax);
  EXPECT_EQ(ErrorOf("RETURN 1 NEXT RETURN 2"), kUnsupportedSyntax);
  EXPECT_EQ(ErrorOf("RETURN 1 EXCEPT RETURN 2"), kUnsupportedSyntax);
}

TEST(ParserTest, OrderOfClauses) {
  EXPECT_EQ(ErrorOf("MATCH (n)"), kClauseOrder);
  EXPECT_EQ(ErrorOf("RETURN 1 MATCH (n) RETURN n"), kClauseOrder);
  EXPECT_EQ(ErrorOf("MATCH (n) CALL p(n) YIELD x"), kClauseOrder);
  EXPECT_EQ(ErrorOf("MATCH (n) RETURN n LIMIT 1 SKIP 2"), kClauseOrder);
  EXPECT_EQ(ErrorOf("MATCH (a) WITH a, count(*) RETURN a"), kMissingAlias);
  EXPECT_EQ(ErrorOf("WHERE 1 = 1 RETURN 1"), kClauseOrder);
  EXPECT_EQ(ErrorOf(""), kEmptyQuery);
  EXPECT_EQ(ErrorOf(" // nothing\n;"), kEmptyQuery);
  EXPECT_EQ(ErrorOf("RETURN 1; RETURN 2"), kUnexpectedToken);
}

TEST(ParserTest, SlipsAreRecognised) {
  EXPECT_THAT(RefusalOf("MATCH (n) RETRUN n").hint, HasSubstr("RETURN"));
  EXPECT_THAT(RefusalOf("METCH (n) RETURN n").hint, HasSubstr("MATCH"));
  EXPECT_THAT(RefusalOf("MATCH (n) WEHRE n.x RETURN n").hint, HasSubstr("WHERE"));
  EXPECT_THAT(RefusalOf("MATCH (n) RETURN n ODER BY n").hint, HasSubstr("ORDER"));
  EXPECT_THAT(RefusalOf("RETURN n ORDER BU n").hint, HasSubstr("BY"));
  EXPECT_THAT(RefusalOf("RETURN a != b").hint, HasSubstr("<>"));
  EXPECT_THAT(RefusalOf("RETURN a == b").hint, HasSubstr("one ="));
  EXPECT_THAT(RefusalOf("RETURN 1 AS order").hint, HasSubstr("`order`"));
  EXPECT_THAT(RefusalOf("MATCH (n) WHERE n.x LIKE 'a%' RETURN n").hint, HasSubstr("STARTS WITH"));
  EXPECT_THAT(RefusalOf("MATCH (n) WHERE a && b RETURN n").hint, HasSubstr("AND"));
  EXPECT_THAT(RefusalOf("MATCH (n)) RETURN n").hint, HasSubstr("no bracket is open"));
  EXPECT_THAT(RefusalOf("MATCH (a)-->{1..3}(b) RETURN a").hint, HasSubstr("{1,3}"));
  EXPECT_THAT(RefusalOf("RETURN count(*) GROUP BY n.x").hint, HasSubstr("LET"));
  EXPECT_THAT(RefusalOf("MATCH (n WEHRE n.x) RETURN n").hint, HasSubstr("WHERE"));
  EXPECT_THAT(RefusalOf("MATCH (n WHERE f(n.x RETURN n").ToString(), HasSubstr("','"));
  EXPECT_THAT(RefusalOf("MATCH (n) RETURN (n.x + f(1)").hint, HasSubstr("1:18"));
}

TEST(ParserTest, ErrorsNameThePlaceTheFoundAndTheExpected) {
  EXPECT_EQ(RefusalOf("MATCH (n RETURN n").ToString(),
            "1:10: E5001: unexpected 'RETURN' (expected here: ':', '{', WHERE or ')')");
  EXPECT_EQ(RefusalOf("MATCH (n)\nWHERE n.x =\nRETURN n").ToString(),
            "3:1: E5001: unexpected 'RETURN' (expected here: an expression)");
  EXPECT_EQ(RefusalOf("MATCH (n) RETURN").ToString(), "1:17: E5002: the query ends where an expression is expected");
}

// The examples of the survey of GQL engines; each must parse.
TEST(ParserTest, QueriesOfAnalysts) {
  for (const char* query :
       {"MATCH p = ALL SHORTEST ACYCLIC (s:State {id:'su'})-[:TRANSFERRED]->{1,6}(x:State {id:'sy'}) RETURN p",
        "MATCH p = SHORTEST 3 ACYCLIC PATHS (m:Munition "
        "{id:'RBK-500'})-[:PRODUCED_BY|TRANSFERRED|USED_BY]->{1,8}(e:Event) RETURN p",
        "MATCH p = SHORTEST 2 TRAIL GROUPS (a:State)-[:TRANSFERRED]->+(b:State {id:'ye'}) RETURN p",
        "MATCH TRAIL (a:State {id:'su'}) ((x)-[t:TRANSFERRED WHERE t.polarity = '+']->(y:State)){1,5} (b:State) RETURN "
        "b.name",
        "MATCH (a)-[t:T WHERE t.valid_lo <= DATE '1989-06-01' AND t.valid_hi >= DATE '1989-06-01']->{1,4}(b) RETURN b",
        "MATCH DIFFERENT EDGES p = (a)-[:TRANSFERRED]-{1,3}(b), (b)-[:MEMBER_OF]->(t:Treaty) RETURN p",
        "CALL contradictions('TRANSFERRED') YIELD c1, c2, rule RETURN c1, c2, rule"}) {
    EXPECT_TRUE(ParseQuery(query).ok()) << Canonical(query);
    Canonical(query);
  }
}

}  // namespace
}  // namespace dossier
