// What paths a MATCH keeps: modes, selectors and quantifiers, on graphs small enough to count by hand. Whether the
// engine agrees with the standard's definitions on any graph is for tests/oracle to say.
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "gtest/gtest.h"
#include "query/session.h"

namespace dossier {
namespace {

// Edges as words: "a->b c->d"; vertices come of themselves, with the property `name`. Edges are named by their order.
std::shared_ptr<const Image> Graph(std::string_view edges) {
  ImageBuilder builder(/*sourced=*/false);
  const auto vertex = [&](std::string_view name) {
    if (const VertexId known = builder.FindKey(name); known.valid()) return known;
    const VertexId made = builder.AddEntity(name, {builder.Label("N")});
    builder.SetVertexProperty(made, builder.Property("name"), Value::String(name));
    return made;
  };
  int64_t number = 0;
  for (const std::string_view edge : Split(edges, ' ')) {
    const size_t arrow = edge.find("->");
    const VertexId source = vertex(edge.substr(0, arrow));
    const EdgeId made = builder.AddEdge(source, builder.Relation("R"), vertex(edge.substr(arrow + 2)));
    builder.AddEdgeProperty(made, builder.Property("number"), Value::Integer(number++));
  }
  return builder.Build();
}

// `diamonds` of them in a row, from s0 to s<diamonds>: 2^diamonds paths.
std::shared_ptr<const Image> Diamonds(int diamonds) {
  std::string edges;
  for (int i = 0; i < diamonds; ++i) {
    for (const char side : {'x', 'y'}) {
      edges += StrCat(edges.empty() ? "" : " ", "s", i, "->", std::string(1, side), i);
      edges += StrCat(" ", std::string(1, side), i, "->s", i + 1);
    }
  }
  return Graph(edges);
}

// The rows as text, a line each; or the error's number.
std::string Ask(const std::shared_ptr<const Image>& graph, std::string_view query, QueryOptions options = {}) {
  const absl::StatusOr<Answer> answer = Session::OverGraph(graph)->Run(query, options);
  if (!answer.ok()) return StrCat("E", ErrorNumber(answer.status()));
  std::string out;
  for (const AnswerRow& row : answer->rows) {
    for (size_t i = 0; i < row.values.size(); ++i) out += StrCat(i > 0 ? " | " : "", ToString(row.values[i]));
    out += '\n';
  }
  return out;
}

constexpr std::string_view kNames = " RETURN [n IN nodes(p) | n.name] AS names ORDER BY size(names), names";

TEST(PathSearch, SelectorsChooseForEachPairOfEnds) {
  const auto graph = Graph("a->b b->c a->c a->d d->c c->e");
  EXPECT_EQ(Ask(graph, StrCat("MATCH p = ALL SHORTEST ({name: 'a'})-[:R]->+({name: 'e'})", kNames)),
            "['a', 'c', 'e']\n");
  EXPECT_EQ(Ask(graph, StrCat("MATCH p = ANY SHORTEST ({name: 'a'})-[:R]->+(x)", kNames)),
            "['a', 'b']\n['a', 'c']\n['a', 'd']\n['a', 'c', 'e']\n");
  EXPECT_EQ(Ask(graph, StrCat("MATCH p = SHORTEST 2 GROUPS ({name: 'a'})-[:R]->+({name: 'c'})", kNames)),
            "['a', 'c']\n['a', 'b', 'c']\n['a', 'd', 'c']\n");
  EXPECT_EQ(Ask(graph, "MATCH p = SHORTEST 2 ({name: 'a'})-[:R]->+({name: 'c'}) RETURN length(p) ORDER BY length(p)"),
            "1\n2\n");
  EXPECT_EQ(Ask(graph, "MATCH p = ANY 2 ({name: 'a'})-[:R]->+(x) RETURN x.name, count(*) ORDER BY x.name"),
            "b | 1\nc | 2\nd | 1\ne | 2\n");
  QueryOptions two;
  two.parameters["k"] = Value::Integer(2);
  EXPECT_EQ(Ask(graph, "MATCH p = SHORTEST $k ({name: 'a'})-[:R]->+({name: 'c'}) RETURN count(*)", two), "2\n");
  two.parameters["k"] = Value::Integer(0);
  EXPECT_EQ(Ask(graph, "MATCH p = SHORTEST $k ({name: 'a'})-[:R]->+({name: 'c'}) RETURN count(*)", two), "E7005");
}

// The shortest walk from a to b that goes on to c uses the edge a->b twice; the shortest trail may not.
TEST(PathSearch, RestrictorsComeBeforeSelectors) {
  const auto graph = Graph("a->b b->a b->c");
  constexpr std::string_view kTwiceThrough = " ({name: 'a'})-[:R]->{3,}({name: 'c'})";
  EXPECT_EQ(Ask(graph, StrCat("MATCH p = ANY SHORTEST WALK", kTwiceThrough, kNames)), "['a', 'b', 'a', 'b', 'c']\n");
  EXPECT_EQ(Ask(graph, StrCat("MATCH p = ANY SHORTEST TRAIL", kTwiceThrough, kNames)), "");
  const auto longer = Graph("a->b b->a b->c a->d d->e e->f f->b");
  EXPECT_EQ(Ask(longer, StrCat("MATCH p = ANY SHORTEST TRAIL", kTwiceThrough, kNames)),
            "['a', 'd', 'e', 'f', 'b', 'c']\n");
  EXPECT_EQ(Ask(longer, StrCat("MATCH p = ALL SHORTEST ACYCLIC", kTwiceThrough, kNames)),
            "['a', 'd', 'e', 'f', 'b', 'c']\n");
}

TEST(PathSearch, SimplePathsMayClose) {
  const auto ring = Graph("a->b b->c c->a b->b");
  EXPECT_EQ(Ask(ring, StrCat("MATCH p = SIMPLE ({name: 'a'})-[:R]->+({name: 'a'})", kNames)), "['a', 'b', 'c', 'a']\n");
  EXPECT_EQ(Ask(ring, StrCat("MATCH p = ANY SHORTEST SIMPLE ({name: 'a'})-[:R]->+({name: 'a'})", kNames)),
            "['a', 'b', 'c', 'a']\n");
  EXPECT_EQ(Ask(ring, StrCat("MATCH p = ACYCLIC ({name: 'a'})-[:R]->+({name: 'a'})", kNames)), "");
}

TEST(PathSearch, ModesInParenthesesHoldForThatPart) {
  const auto graph = Graph("a->b b->a");
  EXPECT_EQ(Ask(graph, StrCat("MATCH p = WALK ({name: 'a'})(ACYCLIC (x)-[:R]->+(y)){2}(z)", kNames)),
            "['a', 'b', 'a']\n");
  EXPECT_EQ(Ask(graph, StrCat("MATCH p = ANY SHORTEST ({name: 'a'})(TRAIL (x)-[:R]->{2}(y)){2}(z)", kNames)),
            "['a', 'b', 'a', 'b', 'a']\n");
}

TEST(PathSearch, AMatchIsAPathWithItsVariables) {
  const auto graph = Graph("a->b b->c");
  // One path, two places for m: two matches where it has a name, one where it has none.
  EXPECT_EQ(Ask(graph, "MATCH ({name: 'a'})-[:R]->*(m)-[:R]->*({name: 'c'}) RETURN m.name ORDER BY m.name"),
            "a\nb\nc\n");
  EXPECT_EQ(Ask(graph, "MATCH p = ({name: 'a'})-[:R]->*()-[:R]->*({name: 'c'}) RETURN length(p)"), "2\n");
  EXPECT_EQ(Ask(graph, "MATCH ({name: 'a'})(-[:R]->|-[:R]->(:N))(x) RETURN x.name"), "b\n");
  EXPECT_EQ(Ask(graph, "MATCH ({name: 'a'})(-[:R]->|+|-[:R]->(:N))(x) RETURN x.name"), "b\nb\n");
}

TEST(PathSearch, AVariableMayStandInSeveralPlaces) {
  const auto graph = Graph("a->b b->b");
  // Twice at one place is once; another operand leaves it as it was.
  EXPECT_EQ(Ask(graph, "MATCH (n {name: 'a'})((n) | -[:R]->{,1}) RETURN count(*)"), "2\n");
  EXPECT_EQ(Ask(graph, "MATCH (n {name: 'a'})-[:R]-> | (n {name: 'a'})(n)-[:R]-> RETURN n.name"), "a\n");
  EXPECT_EQ(
      Ask(graph, "MATCH (n {name: 'a'})(() | (n)-[:R]->)(m WHERE m.name >= n.name) RETURN m.name ORDER BY m.name"),
      "a\nb\n");
  EXPECT_EQ(Ask(graph, "MATCH (n {name: 'a'})(-[e:R]->|(n)-[e:R]->)? RETURN e IS NULL AS none ORDER BY none"),
            "false\ntrue\n");
  // A round that comes back to its element lists it once.
  EXPECT_EQ(Ask(graph, "MATCH TRAIL (a)((x)-[:R]->(x)){1}(b) RETURN size(x), x[0].name"), "1 | b\n");
}

TEST(PathSearch, QuantifiersNest) {
  const auto graph = Graph("a->b b->c c->d d->e");
  EXPECT_EQ(Ask(graph,
                "MATCH ({name: 'a'})((x)((y)-[e:R]->(z)){2}){1,2}(w) "
                "RETURN w.name, [n IN x | n.name], [n IN y | n.name], size(e) ORDER BY w.name"),
            "c | ['a'] | ['a', 'b'] | 2\ne | ['a', 'c'] | ['a', 'b', 'c', 'd'] | 4\n");
  // Read from the far end, lists are the same.
  EXPECT_EQ(Ask(graph, "MATCH (w)((x)((y)-[e:R]->(z)){2}){2}({name: 'e'}) RETURN [n IN x | n.name], [n IN y | n.name]"),
            "['a', 'c'] | ['a', 'b', 'c', 'd']\n");
  EXPECT_EQ(Ask(graph, "MATCH ({name: 'a'})((x)){1,2}(w) RETURN w"), "E5032");
}

TEST(PathSearch, AnOptionalPartBindsOneOrNull) {
  const auto graph = Graph("a->b b->c");
  EXPECT_EQ(Ask(graph, "MATCH ({name: 'a'})-[:R]->(x)((x)-[:R]->(y))?(z) RETURN y.name, z.name ORDER BY z.name"),
            "null | b\nc | c\n");
}

TEST(PathSearch, ConditionsReadOtherElements) {
  const auto graph = Graph("a->b b->c c->d a->d");
  EXPECT_EQ(Ask(graph, "MATCH (x WHERE x.name < y.name)-[:R]->(y) RETURN count(*)"), "4\n");
  EXPECT_EQ(Ask(graph, "MATCH (x)-[:R]->(y WHERE y.name > x.name)-[:R]->(z {name: x.name}) RETURN count(*)"), "0\n");
  EXPECT_EQ(Ask(graph,
                "MATCH p = ANY SHORTEST ({name: 'a'})((x)-[e:R]->(y) WHERE e.number < 3)+({name: 'd'}) "
                "RETURN length(p)"),
            "3\n");
  EXPECT_EQ(Ask(graph, "MATCH ({name: 'a'})-[e:R]->+(z WHERE size(e) = 3) RETURN z.name"), "d\n");
  EXPECT_EQ(Ask(graph, "MATCH ({name: 'a'})(q = (x)-[:R]->+(y) WHERE length(q) = 2)(z) RETURN z.name, length(q)"),
            "c | 2\n");
  EXPECT_EQ(Ask(graph, "MATCH p = (x WHERE length(p) > 1)-[:R]->(y) RETURN p"), "E6117");
}

TEST(PathSearch, ASelectorChoosesBeforeWhatWasBoundIsJoined) {
  const auto graph = Graph("a->b b->c a->m m->n n->c");
  // m lies on no shortest path from a to c; fixing it before the choice would find one.
  EXPECT_EQ(Ask(graph,
                "MATCH (m {name: 'm'}) MATCH p = ANY SHORTEST ({name: 'a'})-[:R]->*(m)-[:R]->*({name: 'c'}) "
                "RETURN length(p)"),
            "");
  EXPECT_EQ(Ask(graph,
                "MATCH (b {name: 'b'}) MATCH p = ALL SHORTEST ({name: 'a'})-[:R]->*(b)-[:R]->*({name: 'c'}) "
                "RETURN length(p)"),
            "2\n");
}

TEST(PathSearch, MatchModes) {
  const auto graph = Graph("a->b b->c");
  EXPECT_EQ(Ask(graph, "MATCH DIFFERENT EDGES p = ANY SHORTEST (x)-[:R]->+(y), (z) RETURN p"), "E6116");
  EXPECT_EQ(Ask(graph, "MATCH (x)-[e:R]->(y)-[e:R]->(z) RETURN e"), "E6103");
  EXPECT_EQ(Ask(graph, "MATCH REPEATABLE ELEMENTS (x)-[e:R]->(y)<-[e:R]-(z) RETURN x.name, z.name ORDER BY x.name"),
            "a | a\nb | b\n");
  EXPECT_EQ(
      Ask(graph, "MATCH (x {name: 'a'})-[:R]->+(y), (z)-[:R]->(y) KEEP ANY SHORTEST RETURN y.name ORDER BY y.name"),
      "b\nc\n");
}

TEST(PathSearch, ShortestPathIsAPathOrAValue) {
  const auto graph = Graph("a->b b->c a->c");
  EXPECT_EQ(Ask(graph, "MATCH (x {name: 'a'}), (y {name: 'c'}), p = shortestPath((x)-[:R*]->(y)) RETURN length(p)"),
            "1\n");
  EXPECT_EQ(Ask(graph,
                "MATCH (x {name: 'a'}), (y {name: 'c'}) RETURN length(shortestPath((x)-[:R*]->(y))), "
                "size(allShortestPaths((x)-[:R*]->(y))), shortestPath((y)-[:R*]->(x))"),
            "1 | 1 | null\n");
}

TEST(PathSearch, AThousandDiamonds) {
  const auto graph = Diamonds(1000);
  EXPECT_EQ(Ask(graph, "MATCH ALL SHORTEST ({name: 's0'})-[:R]->+({name: 's62'}) RETURN count(*)"),
            "4611686018427387904\n");
  EXPECT_EQ(Ask(graph, "MATCH p = ALL SHORTEST ({name: 's0'})-[:R]->+({name: 's1000'}) RETURN count(p)"),
            "1.0715086071862673e+301\n");
  EXPECT_EQ(Ask(graph, "MATCH p = allShortestPaths(({name: 's0'})-[:R*]->({name: 's1000'})) RETURN count(*)"),
            "1.0715086071862673e+301\n");
  EXPECT_EQ(Ask(graph, "MATCH p = ALL SHORTEST ({name: 's0'})-[:R]->+({name: 's1000'}) RETURN length(p) LIMIT 2"),
            "2000\n2000\n");
  EXPECT_EQ(Ask(graph, "MATCH p = ({name: 's0'})-[:R]->+({name: 's1000'}) RETURN length(p) LIMIT 2"), "2000\n2000\n");
  QueryOptions little;
  little.limits.memory_bytes = 10'000'000;
  EXPECT_EQ(Ask(graph, "MATCH p = TRAIL ({name: 's0'})-[:R]->+(x) RETURN p", little), "E7092");
}

// Trails from a thousand diamonds to a vertex that none of them leads to: found out, and not tried one by one.
TEST(PathSearch, WaysThatLeadNowhereAreNotFollowed) {
  const auto graph = Diamonds(1000);
  EXPECT_EQ(Ask(graph, "MATCH ({name: 's500'})-[:R]->+({name: 's0'}) RETURN count(*)"), "0\n");
  EXPECT_EQ(Ask(graph, "MATCH (b {name: 's0'}) MATCH p = TRAIL ({name: 's500'})-[:R]->+(b) RETURN p"), "");
  EXPECT_EQ(Ask(graph, "MATCH (a {name: 's0'})-[:R]->+(b {name: 's1000'}) RETURN DISTINCT b.name"), "s1000\n");
  EXPECT_EQ(Ask(graph, "MATCH (a {name: 's990'})-[:R]->+(b) WITH DISTINCT b RETURN count(*)"), "30\n");
  EXPECT_EQ(Ask(graph, "MATCH (a {name: 's0'})-[:R]->+(b) RETURN a.name, count(DISTINCT b), max(b.name)"),
            "s0 | 3000 | y999\n");
}

// A walk may go round for ever; what a mode in parentheses or a list asks of it does not change that it comes to an
// end.
TEST(PathSearch, WalksThatAreLookedBackAtEnd) {
  const auto loop = Graph("a->a");
  EXPECT_EQ(Ask(loop, "MATCH p = SHORTEST 1 GROUP -[:R]->*(TRAIL ()) RETURN length(p)"), "0\n");
  EXPECT_EQ(Ask(loop, "MATCH p = SHORTEST 3 GROUPS (SIMPLE -[:R]->)-[:R]->* RETURN length(p) ORDER BY length(p)"),
            "1\n2\n3\n");
  EXPECT_EQ(Ask(loop, "MATCH p = ALL SHORTEST (SIMPLE -[:R]->)* RETURN length(p)"), "0\n");
  EXPECT_EQ(Ask(loop, "MATCH p = SHORTEST 3 (TRAIL -[:R]->)* RETURN length(p) ORDER BY length(p)"), "0\n1\n2\n");
  EXPECT_EQ(Ask(loop, "MATCH p = SHORTEST 1 GROUP -[e:R]->{,1}(-[:R]->* WHERE size(e) <> 1) RETURN length(p)"), "0\n");
  EXPECT_EQ(Ask(loop,
                "MATCH p = SHORTEST 2 (q = (x)-[:R]->(y) WHERE length(q) = 1)-[:R]->*(z) RETURN length(p) "
                "ORDER BY length(p)"),
            "1\n2\n");
}

TEST(PathSearch, DistinctEndsAreThoseOfAllPaths) {
  const auto graph = Graph("a->b b->c c->a a->c b->b c->d d->d");
  for (const std::string_view pattern : {"(x)-[:R]->+(y)", "(x)-[:R]->{3,}(y)", "ACYCLIC (x)-[:R]-{2,4}(y)",
                                         "SIMPLE (x)-[:R]->{2,}(y)", "(x)(TRAIL ()-[:R]->{2}()){2}(y)"}) {
    QueryOptions all;
    all.optimizer.one_path_for_distinct = false;
    const std::string query = StrCat("MATCH ", pattern, " RETURN DISTINCT x.name, y.name ORDER BY x.name, y.name");
    EXPECT_EQ(Ask(graph, query), Ask(graph, query, all)) << query;
  }
}

TEST(PathSearch, CountsAreThoseOfLists) {
  const auto graph = Graph("a->b b->c c->a a->c b->b c->d");
  for (const std::string_view pattern :
       {"REPEATABLE ELEMENTS (x)-[:R]->{1,5}(y)", "(x)-[:R]->{1,5}(y)", "ALL SHORTEST (x)-[:R]-*(y)",
        "ALL SHORTEST TRAIL (x)-[:R]->{2,4}(y)", "SHORTEST 3 GROUPS (x)-[:R]->+(y)", "ANY 4 (x)-[:R]->+(y)",
        "SHORTEST 2 ACYCLIC (x)-[:R]-+(y)"}) {
    for (const std::string_view result : {" RETURN count(*)", " RETURN x.name, count(*) ORDER BY x.name",
                                          " RETURN x.name, y.name, count(*) ORDER BY x.name, y.name"}) {
      QueryOptions listing;
      listing.optimizer.count_paths = false;
      const std::string query = StrCat("MATCH ", pattern, result);
      EXPECT_EQ(Ask(graph, query), Ask(graph, query, listing)) << query;
    }
  }
}

}  // namespace
}  // namespace dossier
