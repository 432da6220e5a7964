#include "graph/graph_algorithms.h"

#include <algorithm>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/pending/disjoint_sets.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <limits>

#include "graph/view_graph_bgl.h"

namespace dossier {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

template <typename T>
auto ByVertex(std::vector<T>& values) {
  return boost::make_iterator_property_map(values.begin(), boost::typed_identity_property_map<uint32_t>());
}

struct Arrived {};

// Remembers by which edge each vertex is reached, and ends the search at the target.
class RouteVisitor : public boost::dijkstra_visitor<> {
 public:
  RouteVisitor(uint32_t target, std::vector<ViewGraph::Edge>* reached_by) : target_(target), reached_by_(reached_by) {}
  void edge_relaxed(const ViewGraph::Edge& edge, const ViewGraph&) { (*reached_by_)[edge.to] = edge; }
  void examine_vertex(uint32_t vertex, const ViewGraph&) const {
    if (vertex == target_) throw Arrived();
  }

 private:
  uint32_t target_;
  std::vector<ViewGraph::Edge>* reached_by_;
};

}  // namespace

std::vector<bool> TouchedVertices(const ViewGraph& graph) {
  std::vector<bool> touched(graph.size());
  const auto [begin, end] = graph.Edges();
  for (auto edge = begin; edge != end; ++edge) touched[edge->from] = touched[edge->to] = true;
  return touched;
}

std::vector<uint32_t> WeakComponents(const ViewGraph& graph) {
  std::vector<uint32_t> rank(graph.size()), parent(graph.size()), component(graph.size());
  const auto ranks = ByVertex(rank), parents = ByVertex(parent);
  boost::disjoint_sets sets(ranks, parents);
  for (uint32_t i = 0; i < graph.size(); ++i) sets.make_set(i);
  const auto [begin, end] = graph.Edges();
  for (auto edge = begin; edge != end; ++edge) sets.union_set(edge->from, edge->to);
  for (uint32_t i = 0; i < graph.size(); ++i) component[i] = sets.find_set(i);
  return component;
}

std::vector<uint32_t> StrongComponents(const ViewGraph& graph) {
  std::vector<uint32_t> component(graph.size());
  boost::strong_components(graph, ByVertex(component));
  return component;
}

std::vector<double> Betweenness(const ViewGraph& graph) {
  std::vector<double> scores(graph.size());
  boost::brandes_betweenness_centrality(graph, ByVertex(scores));
  return scores;
}

std::vector<double> PageRanks(const ViewGraph& graph, double damping, int64_t rounds) {
  const std::vector<bool> touched = TouchedVertices(graph);
  const auto count = static_cast<double>(std::count(touched.begin(), touched.end(), true));
  std::vector<double> ranks(graph.size()), next(graph.size());
  for (uint32_t i = 0; i < graph.size(); ++i) ranks[i] = touched[i] ? 1 / count : 0;
  for (int64_t round = 0; round < rounds; ++round) {
    double nowhere = 0;  // held where no edge leads on
    std::fill(next.begin(), next.end(), 0);
    for (uint32_t i = 0; i < graph.size(); ++i) {
      if (!touched[i]) continue;
      const size_t ways = out_degree(i, graph);
      if (ways == 0) nowhere += ranks[i];
      const auto [begin, end] = graph.OutEdges(i);
      for (auto edge = begin; edge != end; ++edge) next[edge->to] += ranks[i] / static_cast<double>(ways);
    }
    for (uint32_t i = 0; i < graph.size(); ++i) {
      if (touched[i]) ranks[i] = (1 - damping + damping * nowhere) / count + damping * next[i];
    }
  }
  return ranks;
}

std::vector<uint32_t> CoreNumbers(const ViewGraph& graph) {
  std::vector<uint32_t> cores(graph.size());
  boost::core_numbers(graph, ByVertex(cores));
  return cores;
}

std::optional<Route> LightestRoute(const ViewGraph& graph, uint32_t from, uint32_t to, const EdgeWeight& weight) {
  std::vector<ViewGraph::Edge> reached_by(graph.size());
  std::vector<double> costs(graph.size(), kInfinite);
  const auto weights = boost::make_function_property_map<ViewGraph::Edge, double>(
      [&](const ViewGraph::Edge& edge) { return weight(edge).value_or(kInfinite); });
  try {
    boost::dijkstra_shortest_paths(graph, from,
                                   boost::weight_map(weights)
                                       .distance_map(ByVertex(costs))
                                       .distance_inf(kInfinite)
                                       .visitor(RouteVisitor(to, &reached_by)));
  } catch (const Arrived&) {
  }
  if (costs[to] == kInfinite) return std::nullopt;
  Route route{.cost = costs[to], .edges = {}};
  for (uint32_t at = to; at != from; at = reached_by[at].from) route.edges.push_back(reached_by[at]);
  std::reverse(route.edges.begin(), route.edges.end());
  return route;
}

}  // namespace dossier
