// Edges looked up by a value: the same rows as where all edges are tried, whatever the claims say and the view shows,
// on generated claims. A case that fails names its seed.
#include "query/edge_lookup.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "gtest/gtest.h"
#include "query/query_run.h"
#include "schema/judgement_names.h"
#include "schema/ontology_reader.h"

namespace dossier {
namespace {

constexpr std::string_view kOntology = R"([ontology]
name = "test"
version = "1"
[types.State]
[types.Kind]
[relations.R]
[relations.R.qualifiers.what]
range = ["Kind"]
[relations.S]
[relations.KIND_OF]
containment = "kind-of"
)";

constexpr uint32_t kStates = 8, kKinds = 6;

// States that send each other things of some kind (`what`: what the edge is known by, or what each claim says of it),
// kinds of kinds, some of which were judged one. Claims deny, or say that it is possible.
std::shared_ptr<const Image> Generate(uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](uint32_t n) { return static_cast<uint32_t>(random() % n); };
  ImageBuilder builder(/*sourced=*/true);
  const PropertyId what = builder.Property("what"), id = builder.Property("id"), year = builder.Property("year");
  std::vector<VertexId> states, kinds;
  for (uint32_t i = 0; i < kStates; ++i) states.push_back(builder.AddEntity(StrCat("s", i), {builder.Label("State")}));
  for (uint32_t i = 0; i < kKinds; ++i) kinds.push_back(builder.AddEntity(StrCat("k", i), {builder.Label("Kind")}));
  for (const auto& [vertices, first] : {std::pair{states, 0}, std::pair{kinds, 100}}) {
    for (size_t i = 0; i < vertices.size(); ++i) {
      builder.SetVertexProperty(vertices[i], id, Value::Integer(first + static_cast<int64_t>(i)));
    }
  }
  const VertexId document = builder.AddDocument("report");
  uint32_t claims = 0;
  const auto say = [&](EdgeId edge, const Value& kind) {
    ClaimColumns claim;
    claim.proposition = edge;
    claim.document = document;
    claim.asserters = {states[0]};
    if (below(8) == 0) claim.act = Act::kDenies;
    if (below(6) == 0) claim.certainty = Certainty::kPossible;
    if (!kind.is_null()) claim.qualifiers.emplace_back(what, kind);
    if (below(2) == 0) claim.qualifiers.emplace_back(year, Value::Integer(2000 + below(3)));
    builder.NameClaim(StrCat("claim-", claims++));
    builder.AddClaim(claim);
  };
  const auto kind = [&]() { return below(7) == 0 ? Value() : Value::Vertex(kinds[below(kKinds)]); };
  const bool identifies = below(2) == 0;
  for (uint32_t i = 0; i < 24; ++i) {
    const EdgeId edge =
        builder.AddEdge(states[below(kStates)], builder.Relation(below(3) == 0 ? "S" : "R"), states[below(kStates)]);
    if (identifies) {
      if (const Value is = kind(); !is.is_null()) builder.AddEdgeProperty(edge, what, is);
    }
    for (uint32_t times = 1 + below(2) * below(3); times > 0; --times) say(edge, identifies ? Value() : kind());
  }
  for (const char* relation : {"KIND_OF", "KIND_OF", "KIND_OF", "KIND_OF", "KIND_OF"}) {
    say(builder.AddEdge(kinds[below(kKinds)], builder.Relation(relation), kinds[below(kKinds)]), Value());
  }
  if (below(2) == 0) {
    say(builder.AddEdge(kinds[below(kKinds)], builder.Relation(kSameAs), kinds[below(kKinds)]), Value());
  }
  for (const char* relation : {"R", "S"}) builder.Relation(relation);
  return builder.Build();
}

constexpr const char* kQueries[] = {
    "MATCH (k:Kind {id: $k}) MATCH (a)-[t:R WHERE within(t.what, k)]->{1,3}(b) RETURN a.id, b.id",
    "MATCH (k:Kind {id: $k}) MATCH p = (a:State)-[t:R|S WHERE within(t.what, k)]-{2,3}(b) RETURN a.id, length(p)",
    "MATCH (k:Kind) MATCH (a {id: $i})-[t:R WHERE within(t.what, k)]->{1,4}(b) RETURN k.id, b.id",
    "MATCH (k:Kind {id: $k}) MATCH (a)-[t:R {what: k}]->{1,2}(b)-[:S]->*(c) RETURN a.id, c.id",
    "MATCH (k:Kind {id: $k}) MATCH (a)-[t:R WHERE t.what = k]->+(b {id: $i}) RETURN a.id, size(t)",
    "MATCH (k:Kind {id: $k}) MATCH ANY SHORTEST (a)-[t:R WHERE k = t.what]->+(b) RETURN a.id, b.id",
    "MATCH (k:Kind {id: $k}) MATCH p = ALL SHORTEST (a)-[t:R WHERE within(t.what, k)]-+(b) RETURN a.id, b.id, count(*)",
    "MATCH (k:Kind {id: $k}) MATCH (a)-[:S]->(c)-[t:R WHERE within(t.what, k)]->{1,2}(b) RETURN a.id, c.id, b.id",
    "MATCH (k:Kind {id: $k}) MATCH (a)-[t:R WHERE t.year >= 2001 AND within(t.what, k)]->{1,3}(b) RETURN a.id, b.id",
    "MATCH (k:Kind {id: $k}) MATCH TRAIL (a)-[t WHERE within(t.what, k)]->{1,3}(b) RETURN a.id, b.id, size(t)",
    "MATCH (a)-[t:R WHERE t.year = 2001]->{1,3}(b) RETURN a.id, b.id",
    "MATCH (a)-[t:R {year: 2000 + $i % 3}]-{1,2}(b) RETURN a.id, b.id",
    "MATCH (a)-[t:R WHERE t.what = null]->{1,2}(b) RETURN a.id, b.id",
};

class EdgeLookupTest : public testing::Test {
 protected:
  void Generate(uint32_t seed) {
    image_ = dossier::Generate(seed);
    view_ = std::make_shared<const View>(image_, ClaimFilter());
    ontology_ = std::make_unique<const Ontology>(*ReadOntology(kOntology, "ontology.toml"));
  }
  QuerySurroundings Surroundings() const {
    QuerySurroundings of;
    of.image = image_;
    of.view = view_;
    of.ontology = ontology_.get();
    of.names = [] { return nullptr; };
    return of;
  }
  std::vector<std::string> Rows(const std::string& query, const QueryOptions& options, bool notes) const {
    const QuerySurroundings of = Surroundings();
    const absl::StatusOr<PreparedText> text = PrepareText(query, of, options);
    EXPECT_TRUE(text.ok()) << text.status();
    const absl::StatusOr<Answer> answer = RunText(*text, of, options);
    EXPECT_TRUE(answer.ok()) << answer.status();
    std::vector<std::string> rows;
    for (const AnswerRow& row : answer->rows) {
      std::string line;
      for (const Value& value : row.values) line += ToString(value) + " ";
      std::vector<uint32_t> claims;
      for (const uint32_t note : row.notes) claims.push_back(answer->notes[note - 1].claim.value);
      std::sort(claims.begin(), claims.end());
      for (size_t i = 0; notes && i < claims.size(); ++i) line += StrCat("[", claims[i], "]");
      rows.push_back(std::move(line));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
  }

  std::shared_ptr<const Image> image_;
  std::shared_ptr<const View> view_;
  std::unique_ptr<const Ontology> ontology_;
};

TEST_F(EdgeLookupTest, TheSameRowsAsWhereAllEdgesAreTried) {
  size_t rows = 0;
  for (uint32_t seed = 1; seed <= 60; ++seed) {
    Generate(seed);
    std::mt19937 random(seed);
    for (const char* use : {"", "USE certainty('possible') ", "USE claims() "}) {
      for (const char* query : kQueries) {
        QueryOptions options;
        options.sources = random() % 2 == 0;
        options.parameters["i"] = Value::Integer(random() % kStates);
        options.parameters["k"] = Value::Integer(100 + random() % kKinds);
        // Of the shortest it may choose any, and rest on that.
        const bool notes = std::string(query).find("ANY") == std::string::npos;
        const std::string text = StrCat(use, query);
        const std::vector<std::string> found = Rows(text, options, notes);
        options.optimizer.look_up_edges = false;
        ASSERT_EQ(found, Rows(text, options, notes)) << text << "\nseed " << seed;
        rows += found.size();
      }
    }
  }
  EXPECT_GT(rows, 10'000u);
}

// As it was written, but for the brackets around it.
std::string WithoutNumbers(const std::string& text) {
  std::string written;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool number = text[i] == '@' || text[i] == '#';
    while (number && i + 1 < text.size() && std::isdigit(static_cast<unsigned char>(text[i + 1])) != 0) ++i;
    if (!number) written += text[i];
  }
  return written.starts_with('(') ? written.substr(1, written.size() - 2) : written;
}

std::vector<std::string> LookupsOf(const std::string& query, const QuerySurroundings& of) {
  const absl::StatusOr<PreparedText> text = PrepareText(query, of, {});
  EXPECT_TRUE(text.ok()) << text.status();
  std::vector<std::string> lookups;
  for (const LogicalNode* node = text->bound.plan.get(); node != nullptr;
       node = node->inputs.empty() ? nullptr : node->inputs.front().get()) {
    const auto* match = std::get_if<MatchNode>(&node->node);
    for (size_t i = 0; match != nullptr && i < match->lookups.size(); ++i) {
      lookups.push_back(WithoutNumbers(match->lookups[i].text));
    }
  }
  return lookups;
}

TEST_F(EdgeLookupTest, WhatMayBeLookedUp) {
  Generate(1);
  const auto lookups = [&](const std::string& edge) {
    return LookupsOf(StrCat("MATCH (k:Kind) MATCH (a)-", edge, "->{1,2}(b) RETURN a"), Surroundings());
  };
  using Texts = std::vector<std::string>;
  EXPECT_EQ(lookups("[t:R WHERE within(t.what, k)]"), Texts{"within(t.what, k)"});
  EXPECT_EQ(lookups("[t:R WHERE t.year > 2000 AND t.what = k]"), Texts{"t.what = k"});
  EXPECT_EQ(lookups("[:R {what: k}]"), Texts{"what: k"});
  // What is not known before, or is no single value, or would keep an error from coming up first.
  EXPECT_EQ(lookups("[t:R WHERE within(k, t.what)]"), Texts{});
  EXPECT_EQ(lookups("[t:R WHERE t.what = t.year]"), Texts{});
  EXPECT_EQ(lookups("[t:R WHERE t.what = k OR t.year = 2000]"), Texts{});
  EXPECT_EQ(lookups("[t:R WHERE NOT t.what = k]"), Texts{});
  EXPECT_EQ(lookups("[t:R WHERE 1 / t.year > 0 AND t.what = k]"), Texts{});
  EXPECT_EQ(lookups("[t:R]"), Texts{});
}

TEST_F(EdgeLookupTest, WaysLeadAsTheTestDoes) {
  ImageBuilder builder(/*sourced=*/false);
  const RelationId r = builder.Relation("R"), s = builder.Relation("S");
  std::vector<VertexId> v;
  for (int i = 0; i < 3; ++i) v.push_back(builder.AddEntity("", {}));
  const EdgeId there = builder.AddEdge(v[0], r, v[1]), loop = builder.AddEdge(v[1], r, v[1]),
               other = builder.AddEdge(v[0], s, v[2]);
  image_ = builder.Build();
  const View view(image_, ClaimFilter());
  EdgeTest test;
  const std::vector<EdgeId> edges = {there, loop, other};
  const auto from = [&](const EdgeWays& ways, VertexId vertex) {
    std::string text;
    for (const Neighbor& step : ways.From(vertex)) text += StrCat(step.vertex.value, "/", step.edge.value, " ");
    return text;
  };
  test.steps = {{r, true, false}};
  const EdgeWays out(test, /*reversed=*/false, edges, view), in(test, /*reversed=*/true, edges, view);
  EXPECT_EQ(out.starts(), (std::vector<VertexId>{v[0], v[1]}));
  EXPECT_EQ(from(out, v[0]), "1/0 ");
  EXPECT_EQ(from(out, v[1]), "1/1 ");
  EXPECT_EQ(from(in, v[1]), "0/0 1/1 ");
  EXPECT_EQ(from(in, v[0]), "");
  test.steps = {{r, true, true}, {s, false, true}};
  const EdgeWays both(test, /*reversed=*/false, edges, view);
  EXPECT_EQ(from(both, v[1]), "0/0 1/1 ");  // a loop once
  EXPECT_EQ(from(both, v[2]), "0/2 ");
  EXPECT_EQ(from(both, v[0]), "1/0 ");
}

}  // namespace
}  // namespace dossier
