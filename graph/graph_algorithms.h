// Algorithms on the graph as a whole, most of them Boost.Graph's (boost.org/doc/libs/1_74_0/libs/graph/doc). Each takes
// time and memory in proportion to what it says; all are stopped as view_graph.h says, but for the flow itself, which
// runs on a copy.
#ifndef DOSSIER_GRAPH_GRAPH_ALGORITHMS_H_
#define DOSSIER_GRAPH_GRAPH_ALGORITHMS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "graph/view_graph.h"

namespace dossier {

// What an edge weighs, from 0 on; nothing where it is to be taken as not there.
using EdgeWeight = std::function<std::optional<double>(const ViewGraph::Edge&)>;

// Which vertices have an edge.
std::vector<bool> TouchedVertices(const ViewGraph& graph);

// By vertex, the number of its component: the same for all that hang together, whichever way edges lead; for all that
// can reach one another. Linear.
std::vector<uint32_t> WeakComponents(const ViewGraph& graph);
std::vector<uint32_t> StrongComponents(const ViewGraph& graph);

// By vertex: over all pairs of other vertices, which share of the shortest routes between them passes through it (U.
// Brandes, "A Faster Algorithm for Betweenness Centrality", 2001). Vertices times edges.
std::vector<double> Betweenness(const ViewGraph& graph);

// By vertex: how likely a reader is there who follows edges at random, and with chance 1 - `damping`, or where none
// leads on, begins anew anywhere (Page et al., 1998). Vertices that no edge touches take no part.
std::vector<double> PageRanks(const ViewGraph& graph, double damping, int64_t rounds);

// By vertex: the largest k such that it stands in a part of the graph where each has k edges. The graph is one whose
// edges lead both ways. Linear.
std::vector<uint32_t> CoreNumbers(const ViewGraph& graph);

// The lightest route (Dijkstra); nothing where there is none.
struct Route {
  double cost = 0;
  std::vector<ViewGraph::Edge> edges;
};
std::optional<Route> LightestRoute(const ViewGraph& graph, uint32_t from, uint32_t to, const EdgeWeight& weight);

// The largest flow from one vertex to another, where each edge lets its weight pass (Boykov and Kolmogorov, 2004), and
// the edges of a smallest cut with their weights: those that are full, and part what `from` can still send to from the
// rest. `from` and `to` differ.
struct Flow {
  double amount = 0;
  std::vector<std::pair<EdgeId, double>> cut;  // by edge
};
Flow LargestFlow(const ViewGraph& graph, uint32_t from, uint32_t to, const EdgeWeight& capacity);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_GRAPH_ALGORITHMS_H_
