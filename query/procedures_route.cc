// Between two nodes: the lightest route, how much can flow, and what cuts them apart.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/graph_algorithms.h"
#include "query/error_codes.h"
#include "query/graph_procedure.h"

namespace dossier {
namespace {

using Arguments = std::span<const Value>;
using Edge = ViewGraph::Edge;

// What an algorithm is stopped by that meets a weight below 0.
struct Negative {
  EdgeId edge;
};

// Edges without a weight are not there.
EdgeWeight UsableWeight(const ViewGraph& graph, const GraphOptions& options) {
  return [&](const Edge& edge) {
    const std::optional<double> weight = WeightOf(graph, edge, options);
    if (weight.has_value() && !(*weight >= 0)) throw Negative{edge.id};
    return weight;
  };
}

absl::Status NegativeWeight(const ProcedureCall& call, EdgeId edge) {
  const Image& image = call.context.image();
  return call.Error(kNumberOutOfRange,
                    StrCat("an edge ", image.relation_name(image.relation(edge)), " weighs less than nothing"),
                    "weights and capacities are numbers from 0");
}

absl::Status ShortestPath(const ProcedureCall& call, Arguments arguments) {
  ASSIGN_OR_RETURN(const GraphOptions options,
                   ReadGraphOptions(call, arguments[2], {"relations", "direction", "weight"}));
  ASSIGN_OR_RETURN(const uint32_t from, EntityArgument(call, arguments[0]));
  ASSIGN_OR_RETURN(const uint32_t to, EntityArgument(call, arguments[1]));
  return RunOnGraph(call, options, [&](const ViewGraph& graph) -> absl::Status {
    std::optional<Route> route;
    try {
      route = LightestRoute(graph, from, to, UsableWeight(graph, options));
    } catch (const Negative& negative) {
      return NegativeWeight(call, negative.edge);
    }
    if (!route.has_value()) return absl::OkStatus();
    Path path;
    std::vector<SourceItem> sources;
    path.vertices.emplace_back(from);
    for (const Edge& edge : route->edges) {
      path.vertices.emplace_back(edge.to);
      path.edges.push_back(edge.id);
      sources.push_back(SourceItem::Of(edge.id));
    }
    if (!graph.view().image().sourced()) sources.clear();
    return call.rows->Add({Value::OfPath(std::move(path)), Value::Float(route->cost)}, std::move(sources));
  });
}

absl::Status RunFlow(const ProcedureCall& call, Arguments arguments,
                     const std::function<absl::Status(const Flow&)>& give) {
  ASSIGN_OR_RETURN(const GraphOptions options,
                   ReadGraphOptions(call, arguments[2], {"relations", "direction", "weight"}));
  ASSIGN_OR_RETURN(const uint32_t from, EntityArgument(call, arguments[0]));
  ASSIGN_OR_RETURN(const uint32_t to, EntityArgument(call, arguments[1]));
  if (from == to) return call.Error(kWrongValueType, "a flow is from one node to another, and these are the same");
  return RunOnGraph(call, options, [&](const ViewGraph& graph) -> absl::Status {
    uint64_t edges = 0;
    const auto [begin, end] = graph.Edges();
    for (auto edge = begin; edge != end; ++edge) ++edges;
    constexpr uint64_t kBytesPerEdge = 2 * 96;
    HeldMemory memory(call.context.state());
    RETURN_IF_ERROR(memory.Add(edges * kBytesPerEdge));
    try {
      return give(LargestFlow(graph, from, to, UsableWeight(graph, options)));
    } catch (const Negative& negative) {
      return NegativeWeight(call, negative.edge);
    }
  });
}

absl::Status MaxFlow(const ProcedureCall& call, Arguments arguments) {
  return RunFlow(call, arguments, [&](const Flow& flow) { return call.rows->Add({Value::Float(flow.amount)}); });
}

absl::Status MinCut(const ProcedureCall& call, Arguments arguments) {
  return RunFlow(call, arguments, [&](const Flow& flow) -> absl::Status {
    for (const auto& [edge, capacity] : flow.cut) {
      std::vector<SourceItem> sources;
      if (call.context.image().sourced()) sources.push_back(SourceItem::Of(edge));
      RETURN_IF_ERROR(call.rows->Add({Value::Edge(edge), Value::Float(capacity)}, std::move(sources)));
    }
    return absl::OkStatus();
  });
}

}  // namespace

std::vector<Procedure> RouteProcedures() {
  const ProcedureParameter from{.name = "from", .types = kVertexMask}, to{.name = "to", .types = kVertexMask},
      options{.name = "options", .types = kMapMask, .optional = true, .nullable = true};
  return {
      {"graph.shortestPath",
       "The lightest route between two nodes; without a weight, one with the fewest edges. Options: relations, "
       "direction, "
       "weight.",
       {from, to, options},
       {{"path", StaticType::kPath}, {"cost", StaticType::kFloat}},
       ShortestPath},
      {"graph.maxFlow",
       "How much can pass between two nodes where each edge lets its weight pass. Options: relations, direction, "
       "weight.",
       {from, to, options},
       {{"flow", StaticType::kFloat}},
       MaxFlow},
      {"graph.minCut",
       "The edges without which nothing passes between two nodes, of the least weight together. Options: relations, "
       "direction, weight.",
       {from, to, options},
       {{"edge", StaticType::kEdge}, {"capacity", StaticType::kFloat}},
       MinCut},
  };
}

}  // namespace dossier
