// A path pattern as a chain: nodes and edges by turns, each edge by itself or repeated. Most patterns are chains, and
// of a chain it can be told what following it costs, from any of its nodes.
#ifndef DOSSIER_QUERY_PATH_CHAIN_H_
#define DOSSIER_QUERY_PATH_CHAIN_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "graph/image.h"
#include "query/pattern.h"

namespace dossier {

// Points into the path.
struct PathChain {
  std::vector<const NodeTest*> nodes;  // one more than edges; null where an end has none
  std::vector<const BoundFactor*> edges;
};

// Nothing where the pattern is none: it has two edges or two nodes side by side, alternatives, or a part in brackets.
std::optional<PathChain> ChainOf(const BoundPath& path);

struct ChainCost {
  double steps = 0;  // that are taken
  double rows = 0;   // that are left at the end, of those that conditions on the way do not drop
};

// About how many steps are taken from `starts` vertices at node `first` on to the chain's end, and then from there to
// its beginning. `known` tells which nodes are bound before. What holds of the elements on the way is not counted.
ChainCost CostFrom(size_t first, double starts, const PathChain& chain,
                   const std::function<bool(const NodeTest*)>& known, const Image& image);

}  // namespace dossier

#endif  // DOSSIER_QUERY_PATH_CHAIN_H_
