#include "graph/dominators.h"

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

}  // namespace

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
