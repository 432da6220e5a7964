// Whole queries over a small graph, text in and rows out.
#include "query/session.h"

#include <string>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

// Alice knows Bob, Bob knows Carol, Carol knows Alice (a ring), Carol knows Dan; Dan likes Dan.
std::shared_ptr<const Image> Friends() {
  ImageBuilder builder(/*sourced=*/false);
  const auto person = [&](const char* key, int64_t age) {
    const VertexId vertex = builder.AddEntity(key, {builder.Label("Person")});
    builder.SetVertexProperty(vertex, builder.Property("name"), Value::String(key));
    if (age > 0) builder.SetVertexProperty(vertex, builder.Property("age"), Value::Integer(age));
    return vertex;
  };
  const VertexId alice = person("alice", 30), bob = person("bob", 40), carol = person("carol", 50),
                 dan = person("dan", 0);
  const auto knows = [&](VertexId a, VertexId b, int64_t since) {
    builder.AddEdgeProperty(builder.AddEdge(a, builder.Relation("KNOWS"), b), builder.Property("since"),
                            Value::Integer(since));
  };
  knows(alice, bob, 2001);
  knows(bob, carol, 2002);
  knows(carol, alice, 2003);
  knows(carol, dan, 2004);
  builder.AddEdge(dan, builder.Relation("LIKES"), dan);
  return builder.Build();
}

class SessionTest : public testing::Test {
 protected:
  // The rows as text, a line each; or the error's number.
  std::string Ask(std::string_view query, Parameters parameters = {}) {
    QueryOptions options;
    options.parameters = std::move(parameters);
    const absl::StatusOr<Answer> answer = session_->Run(query, options);
    if (!answer.ok()) return StrCat("E", ErrorNumber(answer.status()));
    std::string out;
    for (const AnswerRow& row : answer->rows) {
      for (size_t i = 0; i < row.values.size(); ++i) out += StrCat(i > 0 ? " | " : "", ToString(row.values[i]));
      out += '\n';
    }
    return out;
  }

  std::unique_ptr<Session> session_ = Session::OverGraph(Friends());
};

TEST_F(SessionTest, MatchesFollowDirection) {
  EXPECT_EQ(Ask("MATCH (a)-[:KNOWS]->(b) RETURN a.name, b.name ORDER BY a.name, b.name"),
            "alice | bob\nbob | carol\ncarol | alice\ncarol | dan\n");
  EXPECT_EQ(Ask("MATCH (a {name: 'dan'})<-[:KNOWS]-(b) RETURN b.name"), "carol\n");
  EXPECT_EQ(Ask("MATCH (a {name: 'alice'})-[:KNOWS]-(b) RETURN b.name ORDER BY b.name"), "bob\ncarol\n");
  EXPECT_EQ(Ask("MATCH (a)-[:LIKES]-(b) RETURN a.name, b.name"), "dan | dan\n");
}

TEST_F(SessionTest, QuantifiersUseNoEdgeTwice) {
  EXPECT_EQ(Ask("MATCH (a {name: 'alice'})-[k:KNOWS]->{1,9}(b) RETURN b.name, size(k) ORDER BY size(k), b.name"),
            "bob | 1\ncarol | 2\nalice | 3\ndan | 3\n");
  EXPECT_EQ(Ask("MATCH (a {name: 'alice'})-[k:KNOWS*1..2]->(b) RETURN b.name ORDER BY b.name"), "bob\ncarol\n");
  EXPECT_EQ(Ask("MATCH (a {name: 'alice'})-[:KNOWS]->*(b) RETURN count(*)"), "5\n");
}

TEST_F(SessionTest, ModesRestrictPaths) {
  EXPECT_EQ(Ask("MATCH ACYCLIC (a {name: 'alice'})-[:KNOWS]->+(b) RETURN b.name ORDER BY b.name"), "bob\ncarol\ndan\n");
  EXPECT_EQ(Ask("MATCH p = SIMPLE (a {name: 'alice'})-[:KNOWS]->+(a) RETURN length(p)"), "3\n");
  EXPECT_EQ(Ask("MATCH WALK (a {name: 'alice'})-[:KNOWS]->{4}(b) RETURN b.name"), "bob\n");
  EXPECT_EQ(Ask("MATCH WALK (a)-[:KNOWS]->*(b) RETURN b"), "E6105");
  EXPECT_EQ(Ask("MATCH REPEATABLE ELEMENTS (a)-[:KNOWS]->*(b) RETURN b"), "E6105");
}

TEST_F(SessionTest, GroupVariablesAreLists) {
  EXPECT_EQ(Ask("MATCH (a {name: 'alice'})((x)-[k:KNOWS WHERE k.since < 2003]->(y)){2}(b) "
                "RETURN [n IN x | n.name], [e IN k | e.since]"),
            "['alice', 'bob'] | [2001, 2002]\n");
  // Matched from the far end, the lists still read from left to right.
  EXPECT_EQ(Ask("MATCH (a)((x)-[k:KNOWS]->(y)){2}(b {name: 'dan'}) RETURN [n IN x | n.name]"), "['bob', 'carol']\n");
}

TEST_F(SessionTest, SeveralPatternsJoin) {
  EXPECT_EQ(Ask("MATCH (a)-[:KNOWS]->(b), (b)-[:KNOWS]->(c), (c)-[:KNOWS]->(a) RETURN count(*)"), "3\n");
  EXPECT_EQ(Ask("MATCH (a)-[e:KNOWS]->(b), (c)-[f:KNOWS]->(d) WHERE a = c AND b = d RETURN count(*)"), "0\n");
  EXPECT_EQ(Ask("MATCH REPEATABLE ELEMENTS (a)-[e:KNOWS]->(b), (a)-[f:KNOWS]->(b) RETURN count(*)"), "4\n");
}

TEST_F(SessionTest, AnEdgeIsNamedOnceOnEachWayThroughAPattern) {
  EXPECT_EQ(Ask("MATCH (a)-[r]->()-[r]->(b) RETURN a"), "E6103");
  EXPECT_EQ(Ask("MATCH (a)-[r]->(), ()-[r]->(b) RETURN a"), "E6103");
  EXPECT_EQ(Ask("MATCH (a)(-[r]->()-[r]->|<-[r]-)(b) RETURN a"), "E6103");
  EXPECT_EQ(Ask("MATCH (a {name: 'dan'})(-[r:LIKES]->|<-[r:KNOWS]-)(b) RETURN b.name ORDER BY b.name"), "carol\ndan\n");
}

TEST_F(SessionTest, OptionalMatchGivesNulls) {
  EXPECT_EQ(Ask("MATCH (a) OPTIONAL MATCH (a)-[:LIKES]->(b) RETURN a.name, b.name ORDER BY a.name"),
            "alice | null\nbob | null\ncarol | null\ndan | dan\n");
}

TEST_F(SessionTest, AggregatesGroup) {
  EXPECT_EQ(Ask("MATCH (a)-[:KNOWS]->(b) RETURN a.name AS who, count(*) AS n ORDER BY n DESC, who LIMIT 2"),
            "carol | 2\nalice | 1\n");
  EXPECT_EQ(Ask("MATCH (a) RETURN sum(a.age), avg(a.age), min(a.name), count(a.age)"), "120 | 40.0 | alice | 3\n");
  EXPECT_EQ(Ask("MATCH (a:Nobody) RETURN count(*)"), "0\n");
  EXPECT_EQ(Ask("MATCH (a)-[:KNOWS]->(b) WITH a, count(*) AS n WHERE n > 1 RETURN a.name"), "carol\n");
}

TEST_F(SessionTest, SubqueriesAndPatternsAsConditions) {
  EXPECT_EQ(Ask("MATCH (a) WHERE EXISTS { (a)-[:LIKES]->() } RETURN a.name"), "dan\n");
  EXPECT_EQ(Ask("MATCH (a) WHERE NOT (a)-[:KNOWS]->() RETURN a.name"), "dan\n");
  EXPECT_EQ(Ask("MATCH (a {name: 'carol'}) RETURN COUNT { (a)-[:KNOWS]->() }"), "2\n");
  EXPECT_EQ(Ask("MATCH (a {name: 'bob'}) RETURN [(a)-[:KNOWS]->(b) | b.name]"), "['carol']\n");
}

// What a subquery runs on must not move while those inside it are first made.
TEST_F(SessionTest, SubqueriesNest) {
  std::string inside = "true";
  for (int i = 0; i < 9; ++i) inside = StrCat("EXISTS { (c)-[:KNOWS]->() WHERE ", inside, " }");
  EXPECT_EQ(Ask(StrCat("MATCH (a {name: 'alice'}) RETURN COUNT { (b)-[:KNOWS]->(c) WHERE ", inside, " }")), "3\n");
}

TEST_F(SessionTest, AConditionIsABoolean) {
  EXPECT_EQ(Ask("MATCH (n) WHERE (n) RETURN n"), "E6010");
  EXPECT_EQ(Ask("MATCH (n WHERE 'yes') RETURN n"), "E6010");
  EXPECT_EQ(Ask("MATCH (n) WITH count(*) AS n WHERE n RETURN n"), "E6010");
  EXPECT_EQ(Ask("MATCH (n) WHERE n.name RETURN n"), "E7001");
  EXPECT_EQ(Ask("MATCH (n) WHERE null RETURN n"), "");
}

TEST_F(SessionTest, UnwindUnionDistinctAndParameters) {
  EXPECT_EQ(Ask("UNWIND [3, 1, 2] AS x RETURN x ORDER BY x DESC SKIP 1"), "2\n1\n");
  EXPECT_EQ(Ask("RETURN 1 AS x UNION RETURN 1 AS x UNION RETURN 2 AS x"), "1\n2\n");
  EXPECT_EQ(Ask("RETURN 1 AS x UNION ALL RETURN 1 AS x"), "1\n1\n");
  EXPECT_EQ(Ask("MATCH (a)-[:KNOWS]-() RETURN DISTINCT a.name ORDER BY a.name LIMIT $n", {{"n", Value::Integer(2)}}),
            "alice\nbob\n");
  EXPECT_EQ(Ask("RETURN 1 AS x UNION RETURN 2 AS y"), "E6107");
  EXPECT_EQ(Ask("MATCH (a) RETURN a.name LIMIT -1"), "E6108");
}

TEST_F(SessionTest, LimitsNameThemselves) {
  QueryOptions options;
  options.limits.rows = 2;
  EXPECT_EQ(ErrorNumber(session_->Run("MATCH (a) RETURN a", options).status()), 7093);
  std::atomic<bool> cancelled = true;
  options.cancelled = &cancelled;
  EXPECT_EQ(ErrorNumber(session_->Run("MATCH (a) RETURN a", options).status()), 7090);
}

TEST_F(SessionTest, ExplainShowsThePlanAndItsModes) {
  const auto plan = session_->Explain("MATCH (a)-[:KNOWS]->(b) RETURN b", {});
  ASSERT_TRUE(plan.ok());
  EXPECT_NE(plan->find("different edges"), std::string::npos) << *plan;
}

// A path as long as the limit allows must neither use up the stack of whoever asks nor be cut short silently.
TEST(SessionLimitsTest, LongPathsTakeHeapAndNotStack) {
  ImageBuilder builder(/*sourced=*/false);
  const auto add = [&builder] { return builder.AddEntity("", {builder.Label("N")}); };
  constexpr int kEdges = 6000;
  VertexId last = add();
  builder.SetVertexProperty(last, builder.Property("first"), Value::Boolean(true));
  for (int i = 0; i < kEdges; ++i) {
    const VertexId next = add();
    builder.AddEdge(last, builder.Relation("R"), next);
    last = next;
  }
  const std::unique_ptr<Session> session = Session::OverGraph(builder.Build());
  QueryOptions options;
  const char* const kQuery = "MATCH ACYCLIC (a {first: true})((x)-[r:R]->(y)){6000}(b) RETURN size(r)";
  const absl::StatusOr<Answer> answer = session->Run(kQuery, options);
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->rows.size(), 1u);
  EXPECT_EQ(answer->rows.front().values.front().integer(), kEdges);
  options.limits.path_length = 100;
  EXPECT_EQ(ErrorNumber(session->Run(kQuery, options).status()), 7094);
}

// Binding looks at each part of a query a fixed number of times, however deep patterns nest in conditions.
TEST_F(SessionTest, NestedPatternsBindInLinearTime) {
  std::string query = "1";
  for (int i = 0; i < 25; ++i) query = StrCat("EXISTS { MATCH ({age: ", query, "}) }");
  EXPECT_TRUE(session_->Explain(StrCat("RETURN ", query), {}).ok());
}

// Two actors and a thing: a watchdog says that A sent it to B (twice, in two documents), A denies it; the watchdog says
// that B possibly sent it on to C, and nobody affirms that C used it.
class SourcedSessionTest : public testing::Test {
 protected:
  SourcedSessionTest() {
    ImageBuilder builder(/*sourced=*/true);
    for (const char* field : {"act", "polarity", "certainty", "valid", "quantity", "relation"}) builder.Property(field);
    const auto vertex = [&](VertexKind kind, const char* key, const char* label) {
      const VertexId made = kind == VertexKind::kEntity     ? builder.AddEntity(key, {builder.Label(label)})
                            : kind == VertexKind::kDocument ? builder.AddDocument(key)
                                                            : builder.NameClaim(key);
      builder.SetVertexProperty(made, builder.Property("name"), Value::String(key));
      return made;
    };
    const VertexId a = vertex(VertexKind::kEntity, "a", "State"), b = vertex(VertexKind::kEntity, "b", "State"),
                   c = vertex(VertexKind::kEntity, "c", "State"), watch = vertex(VertexKind::kEntity, "watch", "Org");
    const VertexId first = vertex(VertexKind::kDocument, "doc/1", "Document"),
                   second = vertex(VertexKind::kDocument, "doc/2", "Document");
    std::vector<VertexId> nodes;
    for (const char* id : {"c1", "c2", "c3", "c4", "c5"}) nodes.push_back(vertex(VertexKind::kClaim, id, "Claim"));
    const RelationId sent = builder.Relation("SENT"), used = builder.Relation("USED");
    const EdgeId ab = builder.AddEdge(a, sent, b), bc = builder.AddEdge(b, sent, c), cc = builder.AddEdge(c, used, c);
    uint32_t claims = 0;
    const auto claim = [&](EdgeId edge, size_t node, VertexId document, Act act, Certainty certainty, VertexId asserter,
                           const char* valid, double quantity) {
      ClaimColumns columns;
      columns.proposition = edge;
      ASSERT_EQ(nodes[node], MakeVertex(VertexKind::kClaim, claims++));
      columns.document = document;
      columns.act = act;
      columns.certainty = certainty;
      columns.asserters = {asserter};
      if (*valid != '\0') columns.valid = *EdtfTime::Parse(valid);
      if (quantity > 0) columns.quantity = Quantity::Exactly(quantity, "rocket");
      builder.AddClaim(columns);
    };
    claim(ab, 0, first, Act::kAsserts, Certainty::kCertain, watch, "2014", 42);
    claim(ab, 1, second, Act::kAsserts, Certainty::kCertain, watch, "2014", 42);
    claim(ab, 2, second, Act::kDenies, Certainty::kCertain, a, "", 0);
    claim(bc, 3, second, Act::kAsserts, Certainty::kPossible, watch, "2016", 7);
    claim(cc, 4, second, Act::kNoComment, Certainty::kUncommitted, c, "", 0);
    session_ = Session::OverGraph(builder.Build());
  }

  std::string Ask(std::string_view query) {
    const absl::StatusOr<Answer> answer = session_->Run(query, {});
    if (!answer.ok()) return StrCat("E", ErrorNumber(answer.status()));
    std::string out;
    for (const AnswerRow& row : answer->rows) {
      for (const Value& value : row.values) out += ToString(value) + " ";
      out += StrCat("[", row.notes.size(), "]\n");
    }
    return out;
  }

  std::unique_ptr<Session> session_;
};

TEST_F(SourcedSessionTest, OnlyWhatIsAffirmedAndProbableIsWalked) {
  EXPECT_EQ(Ask("MATCH (x)-[s]->(y) RETURN x.name, y.name"), "a b [2]\n");
  EXPECT_EQ(Ask("USE certainty('possible') MATCH (x)-[s]->(y) RETURN x.name, y.name ORDER BY x.name"),
            "a b [2]\nb c [1]\n");
  EXPECT_EQ(Ask("USE claims() MATCH (x)-[s]->(y) RETURN x.name, type(s) ORDER BY x.name"),
            "a SENT [3]\nb SENT [1]\nc USED [1]\n");
}

TEST_F(SourcedSessionTest, ADenialMarksAndNeverRemoves) {
  EXPECT_EQ(Ask("MATCH (x)-[s:SENT]->(y) RETURN disputed(s), size(claims(s))"), "true 3 [3]\n");
  EXPECT_EQ(Ask("MATCH (c:Claim {act: 'denies'})-[:ASSERTED_BY]->(who) RETURN c.polarity, who.name"), "- a [1]\n");
}

TEST_F(SourcedSessionTest, ViewsAreConjunctions) {
  EXPECT_EQ(Ask("USE without_document('doc/1') MATCH ()-[s]->() RETURN count(*)"), "1 [1]\n");
  EXPECT_EQ(Ask("USE valid_at('2015') MATCH ()-[s]->() RETURN count(*)"), "0 [0]\n");
  EXPECT_EQ(Ask("USE valid_at('2014') MATCH ()-[s]->() RETURN s.quantity"), "42 rockets [2]\n");
  EXPECT_EQ(Ask("USE certainty('probably') MATCH ()-[s]->() RETURN s"), "E6111");
  EXPECT_EQ(Ask("USE certain('possible') MATCH ()-[s]->() RETURN s"), "E6110");
}

TEST_F(SourcedSessionTest, ClaimsAndDocumentsHaveToBeNamed) {
  EXPECT_EQ(Ask("MATCH (n) RETURN count(*)"), "4 [0]\n");
  EXPECT_EQ(Ask("MATCH (n:Claim) RETURN count(*)"), "5 [5]\n");
  EXPECT_EQ(Ask("MATCH (n:Document) RETURN count(*)"), "2 [0]\n");
  EXPECT_EQ(Ask("MATCH (n {key: 'c1'}) RETURN n"), "");
}

}  // namespace
}  // namespace dossier
