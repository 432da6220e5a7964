// What the procedures on the graph as a whole have in common: which part of the graph they look at, and how they are
// stopped.
#ifndef DOSSIER_QUERY_GRAPH_PROCEDURE_H_
#define DOSSIER_QUERY_GRAPH_PROCEDURE_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/view_graph.h"
#include "query/procedure.h"

namespace dossier {

// From the map that these procedures take last: {relations: ['SENT'], direction: 'out', weight: 'quantity', ...}
struct GraphOptions {
  std::vector<RelationId> relations;  // all but those read off claims, unless said otherwise
  ViewGraph::Direction direction = ViewGraph::Direction::kOut;
  std::optional<PropertyId> weight;  // of edges; unset: each weighs 1
  std::optional<VertexId> to;
  double damping = 0.85;
  int64_t iterations = 50;
};

// `known`: the options that this procedure has. E7001 for one it has not, or of the wrong type; E6102 for a relation
// that there is none of.
absl::StatusOr<GraphOptions> ReadGraphOptions(const ProcedureCall& call, const Value& map,
                                              const std::vector<std::string>& known);

// Runs an algorithm on the part of the graph that the options choose, until it is done, a limit is reached or the query
// is cancelled.
absl::Status RunOnGraph(const ProcedureCall& call, const GraphOptions& options,
                        const std::function<absl::Status(const ViewGraph&)>& algorithm);

// The number of a node argument; E7001 for a document or a claim.
absl::StatusOr<uint32_t> EntityArgument(const ProcedureCall& call, const Value& node);

// What an edge weighs; nothing where it has no number under that name. A quantity counts as its lower bound.
std::optional<double> WeightOf(const ViewGraph& graph, const ViewGraph::Edge& edge, const GraphOptions& options);

}  // namespace dossier

#endif  // DOSSIER_QUERY_GRAPH_PROCEDURE_H_
