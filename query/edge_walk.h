// The edges that an edge test lets one follow from a vertex, as far as relations, directions and the view go.
#ifndef DOSSIER_QUERY_EDGE_WALK_H_
#define DOSSIER_QUERY_EDGE_WALK_H_

#include "graph/view.h"
#include "query/pattern.h"

namespace dossier {

// Calls visit(neighbours, all, skip_loops) for each list in which they are, until it gives false; then gives false
// itself. `all`: the view walks all of them, so that none has to be asked for. `skip_loops`: its loops were in a list
// before. `reversed`: the pattern is read from its end to its beginning.
template <typename Visit>
bool ForEachList(const EdgeTest& test, bool reversed, VertexId vertex, const View& view, const Visit& visit) {
  const Image& image = view.image();
  for (const RelationStep& step : test.steps) {
    const bool out = reversed ? step.backward : step.forward;
    const bool in = reversed ? step.forward : step.backward;
    const bool all = view.WalksAll(step.relation);
    if (out && !visit(image.Out(vertex, step.relation), all, false)) return false;
    // A loop at a vertex stands in both lists and is one edge.
    if (in && !visit(image.In(vertex, step.relation), all, out)) return false;
  }
  return true;
}

// Calls visit(neighbour) for each of them, a loop once, until it gives false; then gives false itself.
template <typename Visit>
bool ForEachEdge(const EdgeTest& test, bool reversed, VertexId vertex, const View& view, const Visit& visit) {
  return ForEachList(test, reversed, vertex, view, [&](const Neighbors& neighbors, bool all, bool skip_loops) {
    if (all && !skip_loops) {
      for (const Neighbor neighbor : neighbors) {
        if (!visit(neighbor)) return false;
      }
      return true;
    }
    for (const Neighbor neighbor : neighbors) {
      if (skip_loops && neighbor.vertex == vertex) continue;
      if (!all && !view.Walks(neighbor.edge)) continue;
      if (!visit(neighbor)) return false;
    }
    return true;
  });
}

// The same where only the vertices across are asked for: some may be told more than once.
template <typename Visit>
void ForEachNeighbor(const EdgeTest& test, bool reversed, VertexId vertex, const View& view, const Visit& visit) {
  const Image& image = view.image();
  for (const RelationStep& step : test.steps) {
    for (const bool outward : {true, false}) {
      if (!((outward != reversed) ? step.forward : step.backward)) continue;
      const Neighbors neighbors = outward ? image.Out(vertex, step.relation) : image.In(vertex, step.relation);
      if (view.WalksAll(step.relation)) {
        for (const VertexId neighbor : neighbors.vertices()) visit(neighbor);
      } else {
        for (const Neighbor neighbor : neighbors) {
          if (view.Walks(neighbor.edge)) visit(neighbor.vertex);
        }
      }
    }
  }
}

}  // namespace dossier

#endif  // DOSSIER_QUERY_EDGE_WALK_H_
