// Who sits on every route: immediate dominators (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm",
// 2001). Boost.Graph's own function goes down by recursion as deep as the graph is long, which a chain of transfers may
// be.
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

}  // namespace dossier

#endif  // DOSSIER_GRAPH_DOMINATORS_H_
