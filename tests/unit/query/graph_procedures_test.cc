// The procedures on the graph as a whole, against naive ones that follow the definitions, on generated graphs.
#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "gtest/gtest.h"
#include "query/session.h"

namespace dossier {
namespace {

struct Arc {
  int from, to;
  int64_t weight;
};

// Nodes 0 to size - 1, bearing their numbers as ids, edges R with weights, and edges S that no test asks for.
struct World {
  int size = 0;
  std::vector<Arc> arcs;
  std::unique_ptr<Session> session;

  World(uint32_t seed, bool sourced) {
    std::mt19937 random(seed);
    size = 2 + static_cast<int>(random() % 9);
    ImageBuilder builder(sourced);
    const PropertyId id = builder.Property("id"), weight = builder.Property("weight");
    std::vector<VertexId> nodes;
    for (int i = 0; i < size; ++i) {
      nodes.push_back(builder.AddEntity(StrCat("n", i), {builder.Label("N")}));
      builder.SetVertexProperty(nodes.back(), id, Value::Integer(i));
    }
    const VertexId document = sourced ? builder.AddDocument("report") : VertexId();
    const RelationId r = builder.Relation("R"), s = builder.Relation("S");
    for (uint32_t i = random() % 24; i > 0; --i) {
      const Arc arc{static_cast<int>(random() % static_cast<uint32_t>(size)),
                    static_cast<int>(random() % static_cast<uint32_t>(size)), static_cast<int64_t>(random() % 6)};
      const bool other = random() % 5 == 0, denied = sourced && random() % 5 == 0;
      const EdgeId edge =
          builder.AddEdge(nodes[static_cast<size_t>(arc.from)], other ? s : r, nodes[static_cast<size_t>(arc.to)]);
      builder.AddEdgeProperty(edge, weight, Value::Integer(arc.weight));
      if (sourced) {
        ClaimColumns claim;
        claim.proposition = edge;
        claim.document = document;
        if (denied) claim.act = Act::kDenies;
        builder.AddClaim(claim);
      }
      if (!other && !denied) arcs.push_back(arc);
    }
    // So that there is an R; of a store, it is not walked.
    const EdgeId loop = builder.AddEdge(nodes[0], r, nodes[0]);
    if (!sourced) {
      builder.AddEdgeProperty(loop, weight, Value::Integer(-1));
      arcs.push_back({0, 0, -1});
    }
    session = Session::OverGraph(builder.Build());
  }

  std::vector<std::string> Ask(const std::string& query) const {
    const absl::StatusOr<Answer> answer = session->Run(query, {});
    if (!answer.ok()) return {std::string(answer.status().message())};
    std::vector<std::string> rows;
    for (const AnswerRow& row : answer->rows) {
      std::string text;
      for (const Value& value : row.values) text += (text.empty() ? "" : " ") + ToString(value);
      rows.push_back(std::move(text));
    }
    return rows;
  }
  // One number a node.
  std::map<int, double> Numbers(const std::string& query) const {
    const absl::StatusOr<Answer> answer = session->Run(query, {});
    EXPECT_TRUE(answer.ok()) << answer.status();
    std::map<int, double> numbers;
    if (!answer.ok()) return numbers;
    for (const AnswerRow& row : answer->rows) {
      numbers[static_cast<int>(row.values[0].integer())] = row.values[1].AsDouble();
    }
    return numbers;
  }

  bool Touched(int node) const {
    return std::any_of(arcs.begin(), arcs.end(), [&](const Arc& arc) { return arc.from == node || arc.to == node; });
  }
  // What can be reached from `from` without `without`.
  std::set<int> Reach(int from, int without = -1, bool both = false) const {
    std::set<int> seen;
    if (from == without) return seen;
    std::vector<int> open{from};
    seen.insert(from);
    while (!open.empty()) {
      const int at = open.back();
      open.pop_back();
      for (const Arc& arc : arcs) {
        for (const auto& [a, b] : {std::pair(arc.from, arc.to), std::pair(arc.to, arc.from)}) {
          if (a == at && b != without && seen.insert(b).second) open.push_back(b);
          if (!both) break;
        }
      }
    }
    return seen;
  }
};

class GraphProcedures : public testing::TestWithParam<bool> {
 protected:
  void ForEachWorld(const std::function<void(const World&)>& check) {
    for (uint32_t seed = 1; seed <= 60; ++seed) {
      SCOPED_TRACE(StrCat("seed ", seed));
      check(World(seed, GetParam()));
      if (HasFailure()) return;
    }
  }
};

TEST_P(GraphProcedures, Components) {
  ForEachWorld([](const World& world) {
    const auto found =
        world.Numbers("CALL graph.components({relations: 'R'}) YIELD node, component RETURN node.id, component");
    const auto strong = world.Numbers(
        "CALL graph.strongComponents({relations: ['R']}) YIELD node, component RETURN node.id, component");
    for (int a = 0; a < world.size; ++a) {
      ASSERT_EQ(found.contains(a), world.Touched(a));
      ASSERT_EQ(strong.contains(a), world.Touched(a));
      if (!world.Touched(a)) continue;
      const std::set<int> near = world.Reach(a, -1, true), ahead = world.Reach(a);
      for (int b = 0; b < world.size; ++b) {
        if (!world.Touched(b)) continue;
        EXPECT_EQ(found.at(a) == found.at(b), near.contains(b)) << a << " " << b;
        EXPECT_EQ(strong.at(a) == strong.at(b), ahead.contains(b) && world.Reach(b).contains(a)) << a << " " << b;
      }
    }
  });
}

TEST_P(GraphProcedures, DominatorsAreOnEveryRoute) {
  ForEachWorld([](const World& world) {
    const auto found = world.Numbers(
        "MATCH (a {id: 0}) CALL graph.dominators(a, {relations: 'R'}) YIELD node, dominator RETURN node.id, "
        "dominator.id");
    const std::set<int> reached = world.Reach(0);
    for (int node = 1; node < world.size; ++node) {
      ASSERT_EQ(found.contains(node), reached.contains(node)) << node;
      if (!reached.contains(node)) continue;
      std::vector<std::string> all;
      for (int other = 1; other < world.size; ++other) {
        if (other != node && reached.contains(other) && !world.Reach(0, other).contains(node)) {
          all.push_back(StrCat(other));
        }
      }
      auto chain = world.Ask(StrCat("MATCH (a {id: 0}), (b {id: ", node,
                                    "}) CALL graph.dominators(a, {relations: 'R', to: b}) YIELD node RETURN node.id"));
      // The nearest dominator is the last of them, which all others dominate.
      EXPECT_EQ(found.at(node), chain.empty() ? 0 : std::stoi(chain.back()));
      std::sort(chain.begin(), chain.end());
      EXPECT_EQ(chain, all) << node;
    }
  });
}

TEST_P(GraphProcedures, BetweennessAddsUpShares) {
  ForEachWorld([](const World& world) {
    // Shortest walks between all pairs, by length: how many, and how many through each node.
    const auto n = static_cast<size_t>(world.size);
    std::vector<std::vector<int>> distance(n, std::vector<int>(n, -1));
    std::vector<std::vector<double>> ways(n, std::vector<double>(n, 0));
    for (int from = 0; from < world.size; ++from) {
      auto& d = distance[static_cast<size_t>(from)];
      auto& w = ways[static_cast<size_t>(from)];
      std::queue<int> open;
      d[static_cast<size_t>(from)] = 0;
      w[static_cast<size_t>(from)] = 1;
      open.push(from);
      while (!open.empty()) {
        const auto at = static_cast<size_t>(open.front());
        open.pop();
        for (const Arc& arc : world.arcs) {
          if (static_cast<size_t>(arc.from) != at) continue;
          const auto to = static_cast<size_t>(arc.to);
          if (d[to] < 0) {
            d[to] = d[at] + 1;
            open.push(arc.to);
          }
          if (d[to] == d[at] + 1) w[to] += w[at];
        }
      }
    }
    const auto found =
        world.Numbers("CALL graph.betweenness({relations: 'R'}) YIELD node, score RETURN node.id, score");
    for (size_t v = 0; v < n; ++v) {
      if (!world.Touched(static_cast<int>(v))) continue;
      double expected = 0;
      for (size_t s = 0; s < n; ++s) {
        for (size_t t = 0; t < n; ++t) {
          if (s == t || s == v || t == v || distance[s][t] < 0 || distance[s][v] < 0 || distance[v][t] < 0) continue;
          if (distance[s][v] + distance[v][t] == distance[s][t]) expected += ways[s][v] * ways[v][t] / ways[s][t];
        }
      }
      EXPECT_NEAR(found.at(static_cast<int>(v)), expected, 1e-9) << v;
    }
  });
}

TEST_P(GraphProcedures, PageRanksAreAFixpointAndAddUpToOne) {
  ForEachWorld([](const World& world) {
    const auto ranks = world.Numbers(
        "CALL graph.pageRank({relations: 'R', damping: 0.8, iterations: 200}) YIELD node, score RETURN node.id, score");
    if (ranks.empty()) return;
    double sum = 0, nowhere = 0;
    std::map<int, int> ways;
    for (const Arc& arc : world.arcs) ++ways[arc.from];
    for (const auto& [node, rank] : ranks) {
      sum += rank;
      if (ways[node] == 0) nowhere += rank;
    }
    EXPECT_NEAR(sum, 1, 1e-9);
    for (const auto& [node, rank] : ranks) {
      double expected = (0.2 + 0.8 * nowhere) / static_cast<double>(ranks.size());
      for (const Arc& arc : world.arcs) {
        if (arc.to == node) expected += 0.8 * ranks.at(arc.from) / ways[arc.from];
      }
      EXPECT_NEAR(rank, expected, 1e-9) << node;
    }
  });
}

TEST_P(GraphProcedures, CoresAreWhatIsLeftWhenTheLooseAreTakenAway) {
  ForEachWorld([](const World& world) {
    const auto found = world.Numbers("CALL graph.kCore({relations: 'R'}) YIELD node, core RETURN node.id, core");
    for (int k = 1; k < 30; ++k) {
      std::set<int> left;
      for (int node = 0; node < world.size; ++node) left.insert(node);
      for (bool changed = true; changed;) {
        changed = false;
        for (const int node : std::set<int>(left)) {
          int64_t edges = 0;
          for (const Arc& arc : world.arcs) {
            if (arc.from != node && arc.to != node) continue;
            edges += left.contains(arc.from) && left.contains(arc.to);
          }
          if (edges < k) changed = left.erase(node) > 0 || changed;
        }
      }
      for (const auto& [node, core] : found)
        EXPECT_EQ(core >= k, left.contains(node)) << node << " in the core of " << k;
    }
  });
}

TEST_P(GraphProcedures, LightestRoutes) {
  ForEachWorld([](const World& world) {
    if (!GetParam()) return;  // of a scratch graph one edge weighs less than nothing
    std::vector<double> cost(static_cast<size_t>(world.size), 1e9);
    cost[0] = 0;
    for (int round = 0; round < world.size; ++round) {
      for (const Arc& arc : world.arcs) {
        double& to = cost[static_cast<size_t>(arc.to)];
        to = std::min(to, cost[static_cast<size_t>(arc.from)] + static_cast<double>(arc.weight));
      }
    }
    for (int node = 0; node < world.size; ++node) {
      const auto found =
          world.Ask(StrCat("MATCH (a {id: 0}), (b {id: ", node,
                           "}) CALL graph.shortestPath(a, b, {relations: 'R', weight: 'weight'}) "
                           "YIELD path, cost RETURN cost, reduce(c = 0, e IN relationships(path) | c + e.weight)"));
      const double expected = cost[static_cast<size_t>(node)];
      if (expected >= 1e9) {
        EXPECT_TRUE(found.empty()) << node;
      } else {
        EXPECT_EQ(found, std::vector<std::string>{StrCat(FloatToString(expected), " ", static_cast<int64_t>(expected))})
            << node;
      }
    }
  });
}

// The least weight of edges whose going parts the ends, over all ways to part the nodes.
TEST_P(GraphProcedures, TheLargestFlowIsTheSmallestCut) {
  ForEachWorld([](const World& world) {
    if (!GetParam()) return;
    const int target = world.size - 1;
    double expected = 1e9;
    for (int side = 0; side < (1 << world.size); ++side) {
      if ((side & 1) == 0 || (side >> target & 1) != 0) continue;
      double weight = 0;
      for (const Arc& arc : world.arcs) {
        if ((side >> arc.from & 1) != 0 && (side >> arc.to & 1) == 0) weight += static_cast<double>(arc.weight);
      }
      expected = std::min(expected, weight);
    }
    const std::string ends = StrCat("MATCH (a {id: 0}), (b {id: ", target, "}) ");
    EXPECT_EQ(world.Ask(ends + "CALL graph.maxFlow(a, b, {relations: 'R', weight: 'weight'}) YIELD flow RETURN flow"),
              std::vector<std::string>{FloatToString(expected)});
    EXPECT_EQ(world.Ask(ends + "CALL graph.minCut(a, b, {relations: 'R', weight: 'weight'}) YIELD edge, capacity "
                               "RETURN sum(edge.weight), sum(capacity)"),
              std::vector<std::string>{
                  expected == 0 ? "0 0" : StrCat(static_cast<int64_t>(expected), " ", FloatToString(expected))});
  });
}

INSTANTIATE_TEST_SUITE_P(GraphsAndStores, GraphProcedures, testing::Bool(),
                         [](const auto& graph) { return graph.param ? "Sourced" : "Scratch"; });

TEST(GraphProcedureErrors, SayWhatWouldBeRight) {
  const World world(3, false);
  const auto error = [&](const std::string& call) { return Join(world.Ask("MATCH (a {id: 0}) " + call), ""); };
  EXPECT_NE(error("CALL graph.components({relation: 'R'}) YIELD node RETURN node").find("did you mean 'relations'"),
            std::string::npos);
  EXPECT_NE(error("CALL graph.components({relations: 'RR'}) YIELD node RETURN node").find("did you mean 'R'"),
            std::string::npos);
  EXPECT_NE(error("CALL graph.betweenness({direction: 'up'}) YIELD node RETURN node").find("'out', 'in' or 'both'"),
            std::string::npos);
  EXPECT_NE(error("CALL graph.maxFlow(a, a) YIELD flow RETURN flow").find("the same"), std::string::npos);
  EXPECT_NE(error("MATCH (b {id: 1}) CALL graph.shortestPath(a, b, {weight: 'weight'}) YIELD cost RETURN cost")
                .find("less than nothing"),
            std::string::npos);
}

// A chain as long as a stack is deep, and longer.
TEST(GraphProcedureLimits, LongChainsTakeHeapAndNotStack) {
  ImageBuilder builder(/*sourced=*/false);
  const RelationId r = builder.Relation("R");
  VertexId last = builder.AddEntity("", {builder.Label("N")});
  builder.SetVertexProperty(last, builder.Property("id"), Value::Integer(0));
  for (int i = 0; i < 200'000; ++i) {
    const VertexId next = builder.AddEntity("", {builder.Label("N")});
    builder.AddEdge(last, r, next);
    last = next;
  }
  const auto session = Session::OverGraph(builder.Build());
  for (const char* query : {"MATCH (a {id: 0}) CALL graph.dominators(a) YIELD node RETURN count(*)",
                            "CALL graph.strongComponents() YIELD component RETURN max(component)",
                            "CALL graph.components() YIELD size RETURN max(size) - 1"}) {
    const absl::StatusOr<Answer> answer = session->Run(query, {});
    ASSERT_TRUE(answer.ok()) << query << answer.status();
    EXPECT_EQ(answer->rows[0].values[0].integer(), 200'000) << query;
  }
  QueryOptions options;
  options.limits.time = std::chrono::milliseconds(50);
  EXPECT_EQ(ErrorNumber(session->Run("CALL graph.betweenness() YIELD node RETURN count(*)", options).status()), 7091);
}

}  // namespace
}  // namespace dossier
