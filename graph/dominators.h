// Who sits on every route: immediate dominators (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm",
// 2001), or those of one vertex alone. Boost.Graph's own function goes down by recursion as deep as the graph is long,
// which a chain of transfers may be.
#ifndef DOSSIER_GRAPH_DOMINATORS_H_
#define DOSSIER_GRAPH_DOMINATORS_H_

#include <cstdint>
#include <vector>

#include "graph/view_graph.h"

namespace dossier {

inline constexpr uint32_t kNoDominator = 0xFFFFFFFF;

// By vertex: the last vertex before it that every route from `from` to it passes through; kNoDominator for what cannot
// be reached. That of `from` is itself.
std::vector<uint32_t> ImmediateDominators(const ViewGraph& graph, uint32_t from);

// All that every route from `from` to `to` passes through, both left out, in the order of the route; empty where there
// is no route. In time proportional to what can be reached at most, and mostly much less: it ends once it has gone
// round all that is left.
std::vector<uint32_t> DominatorsBetween(const ViewGraph& graph, uint32_t from, uint32_t to);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_DOMINATORS_H_
