// A graph small enough to list its walks: what the oracle walks, and what it hands to the engine as a scratch graph.
#ifndef DOSSIER_TESTS_ORACLE_GRAPH_H_
#define DOSSIER_TESTS_ORACLE_GRAPH_H_

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "nlohmann/json_fwd.hpp"

namespace dossier::oracle {

// A property or a constant: null, an integer or a string.
using Scalar = std::variant<std::monostate, int64_t, std::string>;

struct GraphNode {
  std::string id;
  std::vector<std::string> labels;
  std::map<std::string, Scalar> properties;
};

struct GraphEdge {
  std::string id;
  std::string type;
  int source = 0;
  int target = 0;
  std::map<std::string, Scalar> properties;
};

struct Graph {
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
};

// In the scratch-graph format (tools/scratch_graph.h).
nlohmann::json ToJson(const Graph& graph);
// The same back. Precondition: as ToJson writes it, or a case of ../shared/gpml.
Graph GraphOfJson(const nlohmann::json& json);

// Nodes by number, and edges by number between each two: nodes.size() == edges.size() + 1.
struct Walk {
  std::vector<int> nodes;
  std::vector<int> edges;

  int length() const { return static_cast<int>(edges.size()); }
  friend bool operator==(const Walk&, const Walk&) = default;
  friend auto operator<=>(const Walk&, const Walk&) = default;
};

// "(n0)-e3-(n1)": the ids along the walk.
std::string ToText(const Graph& graph, const Walk& walk);

}  // namespace dossier::oracle

#endif  // DOSSIER_TESTS_ORACLE_GRAPH_H_
