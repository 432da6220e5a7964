#include "graph/dominators.h"

#include <algorithm>
#include <utility>

namespace dossier {
namespace {

// Vertices in the order in which a depth-first search leaves them.
std::vector<uint32_t> PostOrder(const ViewGraph& graph, uint32_t from) {
  std::vector<uint32_t> order;
  std::vector<bool> seen(graph.size());
  std::vector<std::pair<uint32_t, std::pair<ViewGraph::EdgeIterator, ViewGraph::EdgeIterator>>> open;
  seen[from] = true;
  open.emplace_back(from, graph.OutEdges(from));
  while (!open.empty()) {
    auto& [vertex, left] = open.back();
    if (left.first == left.second) {
      order.push_back(vertex);
      open.pop_back();
      continue;
    }
    const uint32_t next = (*left.first).to;
    ++left.first;
    if (seen[next]) continue;
    seen[next] = true;
    open.emplace_back(next, graph.OutEdges(next));
  }
  return order;
}

// A route with the fewest edges, both ends with it; empty where there is none.
std::vector<uint32_t> ShortestRoute(const ViewGraph& graph, uint32_t from, uint32_t to) {
  std::vector<uint32_t> before(graph.size(), kNoDominator), queue = {from};
  before[from] = from;
  for (size_t next = 0; next < queue.size() && before[to] == kNoDominator; ++next) {
    const uint32_t vertex = queue[next];
    const auto [begin, end] = graph.OutEdges(vertex);
    for (auto edge = begin; edge != end; ++edge) {
      const uint32_t reached = (*edge).to;
      if (before[reached] != kNoDominator) continue;
      before[reached] = vertex;
      queue.push_back(reached);
    }
  }
  std::vector<uint32_t> route;
  if (before[to] == kNoDominator) return route;
  for (uint32_t at = to; at != from; at = before[at]) route.push_back(at);
  route.push_back(from);
  std::reverse(route.begin(), route.end());
  return route;
}

}  // namespace

// Who sits on every route sits on this one. From each vertex of it in turn, all is looked at that can be reached beside
// it: the next vertex is passed by every route if nothing so far has come back to the route beyond it.
std::vector<uint32_t> DominatorsBetween(const ViewGraph& graph, uint32_t from, uint32_t to) {
  std::vector<uint32_t> dominators;
  const std::vector<uint32_t> route = ShortestRoute(graph, from, to);
  std::vector<uint32_t> place(graph.size(), kNoDominator);  // on the route
  for (uint32_t i = 0; i < route.size(); ++i) place[route[i]] = i;
  std::vector<bool> seen(graph.size());  // beside it
  uint32_t furthest = 0;
  std::vector<uint32_t> open;
  for (uint32_t i = 0; i + 1 < route.size() && furthest + 1 < route.size(); ++i) {
    if (i > 0 && furthest == i) dominators.push_back(route[i]);
    open.assign(1, route[i]);
    while (!open.empty() && furthest + 1 < route.size()) {
      const uint32_t vertex = open.back();
      open.pop_back();
      const auto [begin, end] = graph.OutEdges(vertex);
      for (auto edge = begin; edge != end; ++edge) {
        const uint32_t reached = (*edge).to;
        if (place[reached] != kNoDominator) {
          furthest = std::max(furthest, place[reached]);
        } else if (!seen[reached]) {
          seen[reached] = true;
          open.push_back(reached);
        }
      }
    }
  }
  return dominators;
}

std::vector<uint32_t> ImmediateDominators(const ViewGraph& graph, uint32_t from) {
  const std::vector<uint32_t> order = PostOrder(graph, from);
  std::vector<uint32_t> place(graph.size(), kNoDominator), dominators(graph.size(), kNoDominator);
  for (uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  dominators[from] = from;
  const auto meet = [&](uint32_t a, uint32_t b) {
    while (a != b) {
      while (place[a] < place[b]) a = dominators[a];
      while (place[b] < place[a]) b = dominators[b];
    }
    return a;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = order.size() - 1; i-- > 0;) {
      const uint32_t vertex = order[i];
      uint32_t best = kNoDominator;
      const auto [begin, end] = graph.InEdges(vertex);
      for (auto edge = begin; edge != end; ++edge) {
        const uint32_t before = edge->from;
        if (dominators[before] == kNoDominator) continue;
        best = best == kNoDominator ? before : meet(before, best);
      }
      if (dominators[vertex] == best) continue;
      dominators[vertex] = best;
      changed = true;
    }
  }
  return dominators;
}

}  // namespace dossier
