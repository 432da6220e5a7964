// CALL: subqueries that run for each row, and procedures.
#include <string>
#include <string_view>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "gtest/gtest.h"
#include "query/procedure.h"
#include "query/session.h"

namespace dossier {
namespace {

// (ann {age: 30})-[:KNOWS]->(bob {age: 40}), (ann)-[:KNOWS]->(cid {age: 50}), (dot)
class CallTest : public testing::Test {
 protected:
  CallTest() {
    ImageBuilder builder(/*sourced=*/false);
    const PropertyId name = builder.Property("name"), age = builder.Property("age");
    std::vector<VertexId> people;
    int years = 30;
    for (const char* person : {"ann", "bob", "cid", "dot"}) {
      people.push_back(builder.AddEntity("", {builder.Label("Person")}));
      builder.SetVertexProperty(people.back(), name, Value::String(person));
      builder.SetVertexProperty(people.back(), age, Value::Integer(years));
      years += 10;
    }
    builder.AddEdge(people[0], builder.Relation("KNOWS"), people[1]);
    builder.AddEdge(people[0], builder.Relation("KNOWS"), people[2]);
    session_ = Session::OverGraph(builder.Build());
  }

  // Rows as "a | b\n", or the error's number.
  std::string Ask(std::string_view query, Parameters parameters = {}) const {
    QueryOptions options;
    options.parameters = std::move(parameters);
    const absl::StatusOr<Answer> answer = session_->Run(query, options);
    if (!answer.ok()) {
      const std::vector<Diagnostic> told = DiagnosticsOf(answer.status());
      return told.empty() ? std::string(answer.status().message()) : StrCat("E", told[0].number);
    }
    std::string out;
    for (const AnswerRow& row : answer->rows) {
      for (size_t i = 0; i < row.values.size(); ++i) out += StrCat(i > 0 ? " | " : "", ToString(row.values[i]));
      out += "\n";
    }
    return out;
  }

  std::unique_ptr<Session> session_;
};

TEST_F(CallTest, SubqueryRunsForEachRow) {
  EXPECT_EQ(Ask("MATCH (a) CALL (a) { MATCH (a)-[:KNOWS]->(b) RETURN b.name AS friend } "
                "RETURN a.name, friend ORDER BY friend"),
            "ann | bob\nann | cid\n");
  EXPECT_EQ(Ask("MATCH (a) CALL (a) { MATCH (a)-[:KNOWS]->(b) RETURN count(b) AS n } RETURN a.name, n ORDER BY a.name"),
            "ann | 2\nbob | 0\ncid | 0\ndot | 0\n");
  EXPECT_EQ(Ask("UNWIND [1, 2] AS x CALL (x) { UNWIND range(1, x) AS y RETURN y ORDER BY y DESC LIMIT 1 } "
                "RETURN x, y"),
            "1 | 1\n2 | 2\n");
  EXPECT_EQ(Ask("MATCH (a) OPTIONAL CALL (a) { MATCH (a)-[:KNOWS]->(b) RETURN b.name AS friend } "
                "RETURN a.name, friend ORDER BY a.name, friend"),
            "ann | bob\nann | cid\nbob | null\ncid | null\ndot | null\n");
}

TEST_F(CallTest, WhatASubqueryBringsIn) {
  EXPECT_EQ(Ask("WITH 1 AS a, 2 AS b CALL (*) { RETURN a + b AS c } RETURN c"), "3\n");
  EXPECT_EQ(Ask("WITH 1 AS a CALL () { RETURN 5 AS c } RETURN a, c"), "1 | 5\n");
  EXPECT_EQ(Ask("WITH 1 AS a CALL { WITH a RETURN a + 1 AS c } RETURN a, c"), "1 | 2\n");
  EXPECT_EQ(Ask("WITH 1 AS a, 2 AS b CALL { WITH * RETURN a + b AS c } RETURN c"), "3\n");
  EXPECT_EQ(Ask("WITH 1 AS a CALL { RETURN 7 AS c } RETURN a, c"), "1 | 7\n");
  // An imported name is seen all the way down, one of a WITH only as far as it is named.
  EXPECT_EQ(Ask("WITH 1 AS a CALL (a) { WITH 2 AS b RETURN a + b AS c } RETURN c"), "3\n");
  EXPECT_EQ(Ask("WITH 1 AS a CALL { WITH a WITH 2 AS b RETURN a + b AS c } RETURN c"), "E6001");
  EXPECT_EQ(Ask("WITH 1 AS a CALL { RETURN a AS c } RETURN c"), "E6001");
  EXPECT_EQ(Ask("WITH 1 AS a CALL () { RETURN a AS c } RETURN c"), "E6001");
  EXPECT_EQ(Ask("CALL (a) { RETURN 1 AS c } RETURN c"), "E6001");
  EXPECT_EQ(Ask("WITH 1 AS a CALL { WITH a WHERE a > 0 RETURN a AS c } RETURN c"), "E5022");
}

TEST_F(CallTest, SubqueriesNestAndUnite) {
  EXPECT_EQ(Ask("WITH 1 AS a CALL (a) { CALL (a) { RETURN a + 1 AS b } RETURN b + 1 AS c } RETURN a, c"), "1 | 3\n");
  EXPECT_EQ(Ask("WITH 1 AS a CALL (a) { RETURN a AS c UNION RETURN 2 AS c UNION RETURN a AS c } RETURN c"), "1\n2\n");
  EXPECT_EQ(Ask("WITH 1 AS a CALL { WITH a RETURN a AS c UNION ALL WITH a RETURN a AS c } RETURN c"), "1\n1\n");
  EXPECT_EQ(
      Ask("MATCH (a {name: 'ann'}) WHERE EXISTS { CALL (a) { MATCH (a)-->(b) RETURN b } RETURN b } RETURN a.name"),
      "ann\n");
}

TEST_F(CallTest, ASubqueryReturns) {
  EXPECT_EQ(Ask("UNWIND [1, 2] AS x CALL (x) { UNWIND [x] AS y WITH y } RETURN x"), "E5022");
  EXPECT_EQ(Ask("UNWIND [1, 2] AS x CALL { CALL db.labels() } RETURN x, label"), "1 | Person\n2 | Person\n");
  EXPECT_EQ(Ask("UNWIND [1, 0] AS x CALL (x) { RETURN 1 / x AS y } RETURN y"), "E7004");
}

TEST_F(CallTest, NamesOfASubqueryAreItsOwn) {
  EXPECT_EQ(Ask("WITH 1 AS a CALL (a) { RETURN 2 AS a } RETURN a"), "E6104");
  EXPECT_EQ(Ask("WITH 1 AS a CALL (a) { RETURN a } RETURN a"), "E6104");
  EXPECT_EQ(Ask("WITH 1 AS a CALL (a) { UNWIND [1] AS a RETURN 3 AS c } RETURN c"), "E6104");
  EXPECT_EQ(Ask("WITH 1 AS a CALL (a) { WITH 2 AS a RETURN a AS c } RETURN c"), "E6104");
  EXPECT_EQ(Ask("MATCH (a) CALL (a) { RETURN a.name } RETURN 1"), "E5024");
}

TEST_F(CallTest, ProceduresGiveRows) {
  EXPECT_EQ(Ask("CALL db.labels()"), "Person\n");
  EXPECT_EQ(Ask("CALL db.labels"), "Person\n");
  EXPECT_EQ(Ask("CALL db.labels() YIELD label AS l RETURN toUpper(l)"), "PERSON\n");
  EXPECT_EQ(Ask("CALL DB.relationshiptypes() YIELD *"), "KNOWS\n");
  EXPECT_EQ(Ask("CALL db.propertyKeys() YIELD propertyKey WHERE propertyKey STARTS WITH 'n'"), "name\n");
  EXPECT_EQ(Ask("UNWIND [1, 2] AS x CALL db.labels() YIELD label RETURN x, label"), "1 | Person\n2 | Person\n");
  EXPECT_EQ(Ask("CALL db.procedures() YIELD name, signature WHERE name = 'db.labels' RETURN signature"),
            "db.labels() YIELD label\n");
  // A scratch graph has no claims: nothing comes out, and OPTIONAL makes that a row.
  EXPECT_EQ(Ask("CALL contradictions({}) YIELD a RETURN a"), "");
  EXPECT_EQ(Ask("OPTIONAL CALL contradictions() YIELD a, rule RETURN a, rule"), "null | null\n");
  EXPECT_EQ(Ask("MATCH ()-[e]->() CALL sources(e) YIELD quote RETURN count(*)"), "0\n");
}

TEST_F(CallTest, WhatIsWrongWithACall) {
  EXPECT_EQ(Ask("CALL db.label()"), "E6113");
  EXPECT_EQ(Ask("CALL db.labels(1)"), "E6003");
  EXPECT_EQ(Ask("CALL db.labels() YIELD lable"), "E6118");
  EXPECT_EQ(Ask("WITH 1 AS label CALL db.labels() YIELD label RETURN label"), "E6104");
  EXPECT_EQ(Ask("CALL sources(1) YIELD quote RETURN quote"), "E6010");
  EXPECT_EQ(Ask("CALL sources($x) YIELD quote RETURN quote", {{"x", Value::Integer(1)}}), "E7001");
  EXPECT_EQ(Ask("MATCH (n) CALL sources YIELD quote RETURN quote"), "E6003");
  EXPECT_EQ(Ask("CALL sources YIELD quote"), "E7002");
  EXPECT_EQ(Ask("CALL sources(count(*)) YIELD quote RETURN quote"), "E6020");
}

// Procedures that a program brings along.
TEST_F(CallTest, AProgramAddsProceduresOfItsOwn) {
  ProcedureCatalog catalog = ProcedureCatalog::BuiltIn();
  catalog.Add({"my.numbers",
               "Numbers up to a limit.",
               {{.name = "limit", .types = kIntegerMask}},
               {{"number", StaticType::kInteger}},
               [](const ProcedureCall& call, std::span<const Value> arguments) -> absl::Status {
                 for (int64_t i = 1; i <= arguments[0].integer(); ++i) {
                   const absl::Status status = call.rows->Add({Value::Integer(i)});
                   if (!status.ok()) return status;
                 }
                 return absl::OkStatus();
               }});
  QueryOptions options;
  options.procedures = &catalog;
  const auto answer = session_->Run("CALL my.numbers(3) YIELD number RETURN sum(number)", options);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->rows[0].values[0].integer(), 6);
  options.limits.memory_bytes = 1 << 20;
  EXPECT_EQ(DiagnosticsOf(session_->Run("CALL my.numbers(1000000)", options).status())[0].number, 7092);
}

}  // namespace
}  // namespace dossier
