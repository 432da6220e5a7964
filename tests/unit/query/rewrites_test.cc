// Every rewrite gives the same rows as no rewrite: queries over generated graphs, with each rewrite switched off in
// turn, with all of them off, and with and without sources. Seeds are printed where answers differ.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "gtest/gtest.h"
#include "query/session.h"

namespace dossier {
namespace {

constexpr int kVertices = 14;

// Vertices with labels A, B or both, ids, kinds; edges R, S and T with weights, parallel ones and loops among them. Of
// a store: ids and kinds are claims, one in five edges is not walked, and some are claimed twice.
std::unique_ptr<Session> GenerateSession(uint32_t seed, bool sourced) {
  std::mt19937 random(seed);
  const auto below = [&](uint32_t n) { return static_cast<uint32_t>(random() % n); };
  ImageBuilder builder(sourced);
  const PropertyId id = builder.Property("id"), kind = builder.Property("kind"), weight = builder.Property("weight");
  std::vector<VertexId> vertices;
  for (int i = 0; i < kVertices; ++i) {
    std::vector<LabelId> labels;
    if (below(3) != 0) labels.push_back(builder.Label("A"));
    if (labels.empty() || below(3) == 0) labels.push_back(builder.Label("B"));
    vertices.push_back(builder.AddEntity(sourced ? StrCat("v", i) : "", labels));
  }
  VertexId document;
  if (sourced) document = builder.AddDocument("report");
  const auto claim = [&](EdgeId edge, bool walked, const Value& heavy) {
    if (!sourced) return;
    ClaimColumns columns;
    columns.proposition = edge;
    columns.document = document;
    columns.asserters = {vertices[0]};
    if (!walked && below(2) == 0) {
      columns.act = Act::kDenies;
    } else if (!walked) {
      columns.certainty = Certainty::kPossible;
    }
    if (!heavy.is_null()) columns.qualifiers.emplace_back(weight, heavy);
    builder.AddClaim(columns);
  };
  const auto describe = [&](VertexId vertex, PropertyId property, const char* name, const Value& value) {
    if (!sourced) {
      builder.SetVertexProperty(vertex, property, value);
    } else {
      claim(builder.AddLiteral(vertex, builder.Relation(name), value), true, Value());
    }
  };
  for (int i = 0; i < kVertices; ++i) {
    describe(vertices[i], id, "id", Value::Integer(i));
    if (below(4) != 0) describe(vertices[i], kind, "kind", Value::String(below(2) == 0 ? "x" : "y"));
    if (sourced && below(6) == 0) describe(vertices[i], kind, "kind", Value::String("z"));
  }
  for (uint32_t i = 0; i < 10 + below(30); ++i) {
    constexpr const char* kRelations[] = {"R", "R", "S", "T"};
    const EdgeId edge =
        builder.AddEdge(vertices[below(kVertices)], builder.Relation(kRelations[below(4)]), vertices[below(kVertices)]);
    const Value heavy = below(5) == 0 ? Value() : Value::Integer(below(4));
    if (!sourced) builder.AddEdgeProperty(edge, weight, heavy);
    claim(edge, below(5) != 0, heavy);
    if (below(6) == 0) claim(edge, below(2) == 0, Value::Integer(below(4)));
  }
  for (const char* name : {"R", "S", "T"}) builder.Relation(name);
  return Session::OverGraph(builder.Build());
}

// $i and $j are ids.
constexpr const char* kQueries[] = {
    "MATCH (a {id: $i}) RETURN a.id, a.kind",
    "MATCH (a) WHERE a.id = $i RETURN a.kind",
    "MATCH (a:A) WHERE a.kind = 'x' AND a.id > 3 RETURN a.id",
    "MATCH (a:A {id: $i})-[t:R]->(b) RETURN b.id, t.weight",
    "MATCH (a:A)-[t:R]->(b:B) WHERE t.weight >= 2 RETURN a.id, b.id",
    "MATCH (a)-[t:R|S]-(b {id: $i}) RETURN a.id, type(t)",
    "MATCH (a)-[t:R {weight: 1}]->(b WHERE b.id < 7) RETURN a.id, b.id",
    "MATCH (a)-[:R]->(b)-[:S]->(c) WHERE b.kind = 'y' RETURN a.id, b.id, c.id",
    "MATCH (a)-[:R]->(b)-[:R]->(c) RETURN a.id, b.id, c.id",
    "MATCH REPEATABLE ELEMENTS (a)-[:R]->(b)-[:R]->(c) RETURN a.id, b.id, c.id",
    "MATCH REPEATABLE ELEMENTS (a)-[:R]-(b)-[:R]-(c {id: $j}) RETURN a.id, b.id",
    "MATCH (a)-[:R]->(b)-[:R]->(c)-[:R]->(a) RETURN a.id, b.id, c.id",
    "MATCH REPEATABLE ELEMENTS (a)-[:R]->(b)-[:R]->(c)-[:R]->(a) WHERE a.kind = 'x' RETURN count(*)",
    "MATCH (a)-[r:R]-(b)-[s:R|S]-(c)-[t:R]-(a) RETURN a.id, b.id, c.id, r.weight, s.weight, t.weight",
    "MATCH (a)-[:R]->(b)-[:R]->(a) RETURN a.id, b.id",
    "MATCH (a)-[:R]->(b)<-[:R]-(a) RETURN a.id, b.id",
    "MATCH (a)-[:R]->(a) RETURN a.id",
    "MATCH (a)-[:R]->(b)-[:S]->(b) RETURN a.id, b.id",
    "MATCH (a:A), (b:B {id: $j}) RETURN a.id, b.id",
    "MATCH (a {id: $i}), (b {id: $j}) MATCH (a)-[:R]->(c)<-[:R]-(b) RETURN c.id",
    "MATCH (a {id: $i})-->(b) MATCH (b)-->(c:A) WHERE c.id <> a.id RETURN b.id, c.id",
    "MATCH (a)-[:R]->(b:A), (b)-[:S]->(c) RETURN a.id, b.id, c.id",
    "MATCH (a:A)-[t:R]->(b) WHERE t.weight > 0 MATCH (b)-[:S]->(c {id: $j}) RETURN a.id, b.id",
    "MATCH (a)-[:R]->(b) MATCH (b)-[:S]->(c:B) MATCH (c)-[:T]->(d {id: $i}) RETURN a.id, b.id, c.id",
    "MATCH (a) MATCH (b:B) MATCH (a)-[:R]->(b) WHERE a.id < b.id MATCH (a {id: $i}) RETURN a.id, b.id",
    "MATCH (a:A) MATCH (b {id: $j}) WHERE b.kind = a.kind MATCH (b)-[:R]->(c WHERE c.id > a.id) RETURN a.id, c.id",
    "MATCH (a)-[t:R]->(b) MATCH (c {id: $j})-[s:R]->(a) WHERE s.weight = t.weight RETURN a.id, b.id",
    "MATCH REPEATABLE ELEMENTS (a)-[:R]->{1,2}(b) MATCH (b {id: $i}) RETURN a.id",
    "WITH $i AS i MATCH (a)-[:R]->(b) MATCH (b)-[:S]->(c) WHERE c.id = i RETURN a.id, b.id",
    "MATCH (a {id: $i}) RETURN a.id, [(a)-[:R]->(b) | b.id] AS l, COUNT { MATCH (a)-[:R]->(b) MATCH (b)-[:S]->(a) }",
    "MATCH (a:A) OPTIONAL MATCH (a)-[:S]->(b:B) WHERE b.id > 2 RETURN a.id, b.id",
    "MATCH (a:A) WHERE EXISTS { (a)-[:R]->(b)-[:S]->(c {kind: 'y'}) } RETURN a.id",
    "MATCH (a:A) WHERE NOT EXISTS { (a)-[t:R]->(b) WHERE t.weight = 1 } RETURN a.id",
    "MATCH (a:A) WHERE (a)-[:R]->(:B) RETURN a.id, COUNT { (a)-[:R]->() }",
    "MATCH (a:A) RETURN a.id, [(a)-[:R]->(b) WHERE b.id > $i | b.id] AS l",
    "MATCH (a {id: $i})-[:R]->{1,3}(b) RETURN count(DISTINCT b)",
    "MATCH (a {id: $i})-[:R]->{0,2}(b:A) RETURN DISTINCT b.id",
    "MATCH (a {id: $i})-[:R*]->(b) RETURN DISTINCT b.id",
    "MATCH (a {id: $i})-[:R]-{1,3}(b) RETURN DISTINCT b.id",
    "MATCH REPEATABLE ELEMENTS (a {id: $i})-[:R|S]->{2,4}(b) RETURN DISTINCT b.id",
    "MATCH REPEATABLE ELEMENTS (a {id: $i})-[:R]-{3,5}(b) RETURN count(DISTINCT b.id)",
    "MATCH REPEATABLE ELEMENTS (a)-[:R]->{2,3}(b {id: $j}) RETURN DISTINCT a.id",
    "MATCH REPEATABLE ELEMENTS (a {id: $i})-[r:R WHERE r.weight > 0]->{1,4}(b) RETURN DISTINCT b.id",
    "MATCH ANY (a {id: $i})-[:R]->*(b)-[:S]->(c) RETURN count(DISTINCT c)",
    "MATCH ANY (a:A)-[:R]->+(b)-[:T]->(c:B) RETURN DISTINCT a.id, c.id",
    "MATCH ANY SHORTEST (a {id: $i})-[:R]->*(b)<-[:S]-(c) RETURN DISTINCT c.id",
    "MATCH p = ANY SHORTEST (a {id: $i})-[:R]->+(b {id: $j}) RETURN length(p)",
    "MATCH p = ANY SHORTEST (a {id: $i})-[:R|S]-*(b {id: $j}) RETURN length(p)",
    "MATCH p = ANY (a {id: $i})-[e:R]->{1,4}(b {id: $j}) RETURN count(p)",
    "MATCH p = ANY SHORTEST (a {id: $i})-[e:R|S|T]->{0,5}(b:A {id: $j}) RETURN length(p), size(e)",
    "MATCH ALL SHORTEST (a {id: $i})-[:R]->+(b {id: $j}) RETURN count(*)",
    "MATCH ALL SHORTEST (a {id: $i})-[:R|S|T]-+(b {id: $j}) RETURN count(*)",
    "MATCH p = ALL SHORTEST (a {id: $i})-[:R|S|T]-+(b {id: $j}) RETURN length(p), count(*)",
    "MATCH ALL SHORTEST (a {id: $i})-[:R|S|T]->{1,3}(b {id: $j}) RETURN count(*)",
    "MATCH p = SHORTEST 2 (a {id: $i})-[:R|S]->+(b {id: $j}) RETURN count(*)",
    "MATCH p = TRAIL (a {id: $i})-[:R]->+(b {id: $j}) RETURN length(p), count(*)",
    "MATCH p = ANY SHORTEST TRAIL (a {id: $i})-[:R]-+(b {id: $j}) RETURN length(p)",
    "MATCH p = shortestPath((a {id: $i})-[:R*]->(b {id: $j})) RETURN length(p)",
    "MATCH (a {id: $i}) MATCH (b {id: $j}) RETURN size(allShortestPaths((a)-[:R|S*]-(b))) AS n",
    "MATCH p = (a {id: $i})-[:R|S]->{1,3}(b) WHERE in_time_order(p, 'possible') RETURN b.id, length(p)",
    "MATCH (a:A)-[:R]->(b) RETURN a.id, count(*), max(b.id)",
    "MATCH (a)-[v:R]->(b) RETURN b.id, v.weight, count(*)",
    "MATCH (a:A)-[:R]->(b) RETURN a.id, count(*)",
    "MATCH (a)-[:R]->(b) RETURN a.id, b.id ORDER BY b.id DESC, a.id LIMIT 3",
    "MATCH (a)-[t:R|S]-(b) RETURN a.id AS a, b.id AS b, t.weight AS w ORDER BY w DESC, a, b SKIP 2 LIMIT $i",
    "MATCH (a)-[t:R]->(b) WITH a, t ORDER BY a.kind, a.id, t.weight LIMIT 4 RETURN a.id, t.weight",
    "UNWIND range(0, 5) AS i CALL { WITH i MATCH (a) WHERE a.id > i RETURN a.id AS id ORDER BY id DESC LIMIT 2 } "
    "RETURN i, id",
    "MATCH (a)-[t:R {weight: 1}]->{1,3}(b) RETURN a.id, b.id",
    "MATCH (a:A)-[t:R|S WHERE t.weight = 2]-{1,2}(b) RETURN a.id, b.id, size(t)",
    "MATCH (a {id: $i}) MATCH p = (b)-[t:R {weight: a.id % 4}]->(c)-[:S]->*(d:B) RETURN b.id, d.id, length(p)",
    "MATCH ANY SHORTEST (a {id: $i})-[t:R|S|T WHERE t.weight = 1]->+(b) RETURN b.id",
    "MATCH p = ACYCLIC (a)-[t:R {weight: 0}]-{1,4}(b {id: $j}) RETURN a.id, length(p)",
    "WITH 1 AS w MATCH (a)-[t:R WHERE t.weight = w AND a.id < 9]->{1,2}(b)<-[:S]-(c) RETURN a.id, b.id, c.id",
    "MATCH (a)-[v:R]->(b:B) RETURN a.kind, v.weight, b.kind, count(*), count(v), count(b)",
    "MATCH (a)-[v:R|S]-(b) RETURN a.id, v.weight, v.weight AS again, b.id, count(*)",
    "MATCH (a)-[v:R|S]-(b) WITH a, v.weight AS weight, count(*) AS n RETURN a.id, weight, n",
    "MATCH (a:A)-[:R]->() RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[t:S]->(c:A) RETURN b.kind, t.weight, t.weight + 1, count(*)",
    "MATCH (a)-[v:R]->(b)<-[t:R]-(c) RETURN b.id, t.weight, count(*)",
    "UNWIND [$i, $j] AS i MATCH (a {id: i})-[:R]->(b {id: $j}) RETURN i, b.id",
    "MATCH (a {id: $i})-[e:R]->(b) WITH b, e MATCH (c)-[e]->(d) RETURN c.id, d.id",
    "MATCH (a)-[:R|S|T]->(b) WHERE a.kind = b.kind AND (a.id < 5 OR b.id > 8) RETURN a.id, b.id",
};

// Of paths that are as good as one another it may choose any, and rest on that.
bool ChoosesPaths(std::string_view query) {
  return query.find("ANY") != std::string_view::npos || query.find("SHORTEST") != std::string_view::npos ||
         query.find("shortest") != std::string_view::npos;
}

std::vector<std::string> Rows(const Session& session, const char* query, QueryOptions options, std::mt19937 random) {
  options.parameters["i"] = Value::Integer(random() % kVertices);
  options.parameters["j"] = Value::Integer(random() % kVertices);
  const absl::StatusOr<Answer> answer = session.Run(query, options);
  EXPECT_TRUE(answer.ok()) << query << "\n" << answer.status();
  if (!answer.ok()) return {};
  std::vector<std::string> rows;
  for (const AnswerRow& row : answer->rows) {
    std::string text;
    for (const Value& value : row.values) text += ToString(value) + " ";
    if (options.sources && !ChoosesPaths(query)) {
      std::vector<uint32_t> claims;
      for (const uint32_t note : row.notes) claims.push_back(answer->notes[note - 1].claim.value);
      std::sort(claims.begin(), claims.end());
      for (const uint32_t claim : claims) text += StrCat("[", claim, "]");
    }
    rows.push_back(std::move(text));
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

constexpr int kRewrites = std::ssize(kRewriteSwitches);

OptimizerOptions Off(int which) {
  OptimizerOptions options;
  for (int i = 0; i < kRewrites; ++i) {
    if (which == i || which == kRewrites) options.*kRewriteSwitches[i].on = false;
  }
  return options;
}

class RewritesTest : public testing::TestWithParam<bool> {};

TEST_P(RewritesTest, GiveTheSameRows) {
  const bool sourced = GetParam();
  for (uint32_t seed = 1; seed <= 40; ++seed) {
    const std::unique_ptr<Session> session = GenerateSession(seed, sourced);
    for (const char* query : kQueries) {
      for (const bool sources : {false, true}) {
        if (sources && !sourced) continue;
        QueryOptions options;
        options.sources = sources;
        options.optimizer = Off(kRewrites);
        const std::vector<std::string> expected = Rows(*session, query, options, std::mt19937(seed));
        for (int which = -1; which < kRewrites; ++which) {
          options.optimizer = Off(which);
          ASSERT_EQ(Rows(*session, query, options, std::mt19937(seed)), expected)
              << query << "\nseed " << seed << (sourced ? ", sourced" : "") << (sources ? ", with sources" : "")
              << ", switched off: " << which << "\n"
              << *session->Explain(query, options);
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(GraphsAndStores, RewritesTest, testing::Bool(),
                         [](const auto& graph) { return graph.param ? "Sourced" : "Scratch"; });

}  // namespace
}  // namespace dossier
