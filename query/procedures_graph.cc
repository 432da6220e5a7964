// The graph as a whole: what hangs together, what every route passes through, what is central.
#include <algorithm>
#include <string>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/dominators.h"
#include "graph/graph_algorithms.h"
#include "query/graph_procedure.h"

namespace dossier {
namespace {

using Arguments = std::span<const Value>;

Value Node(uint32_t number) { return Value::Vertex(VertexId(number)); }

// Rows of node, component and size; components are numbered in the order of their first nodes.
absl::Status GiveComponents(const ProcedureCall& call, const ViewGraph& graph, const std::vector<uint32_t>& component) {
  const std::vector<bool> touched = TouchedVertices(graph);
  constexpr uint32_t kUnnumbered = 0xFFFFFFFF;
  std::vector<uint32_t> numbers(graph.size(), kUnnumbered), sizes(graph.size());
  uint32_t next = 0;
  for (uint32_t i = 0; i < graph.size(); ++i) {
    if (!touched[i]) continue;
    if (numbers[component[i]] == kUnnumbered) numbers[component[i]] = next++;
    ++sizes[component[i]];
  }
  for (uint32_t i = 0; i < graph.size(); ++i) {
    if (!touched[i]) continue;
    RETURN_IF_ERROR(
        call.rows->Add({Node(i), Value::Integer(numbers[component[i]]), Value::Integer(sizes[component[i]])}));
  }
  return absl::OkStatus();
}

absl::Status CallComponents(const ProcedureCall& call, Arguments arguments) {
  ASSIGN_OR_RETURN(const GraphOptions options, ReadGraphOptions(call, arguments[0], {"relations"}));
  return RunOnGraph(call, options,
                    [&](const ViewGraph& graph) { return GiveComponents(call, graph, WeakComponents(graph)); });
}

absl::Status CallStrongComponents(const ProcedureCall& call, Arguments arguments) {
  ASSIGN_OR_RETURN(const GraphOptions options, ReadGraphOptions(call, arguments[0], {"relations"}));
  return RunOnGraph(call, options,
                    [&](const ViewGraph& graph) { return GiveComponents(call, graph, StrongComponents(graph)); });
}

absl::Status CallDominators(const ProcedureCall& call, Arguments arguments) {
  ASSIGN_OR_RETURN(const GraphOptions options, ReadGraphOptions(call, arguments[1], {"relations", "direction", "to"}));
  ASSIGN_OR_RETURN(const uint32_t from, EntityArgument(call, arguments[0]));
  uint32_t to = kNoDominator;
  if (options.to.has_value()) {
    ASSIGN_OR_RETURN(to, EntityArgument(call, Value::Vertex(*options.to)));
  }
  return RunOnGraph(call, options, [&](const ViewGraph& graph) -> absl::Status {
    if (to != kNoDominator) {
      uint32_t before = from;
      for (const uint32_t dominator : DominatorsBetween(graph, from, to)) {
        RETURN_IF_ERROR(call.rows->Add({Node(dominator), Node(before)}));
        before = dominator;
      }
      return absl::OkStatus();
    }
    const std::vector<uint32_t> dominators = ImmediateDominators(graph, from);
    for (uint32_t i = 0; i < graph.size(); ++i) {
      if (i == from || dominators[i] == kNoDominator) continue;
      RETURN_IF_ERROR(call.rows->Add({Node(i), Node(dominators[i])}));
    }
    return absl::OkStatus();
  });
}

// Highest first, of equal ones the node that was recorded first.
absl::Status GiveScores(const ProcedureCall& call, const ViewGraph& graph, const std::vector<double>& scores) {
  const std::vector<bool> touched = TouchedVertices(graph);
  std::vector<uint32_t> order;
  for (uint32_t i = 0; i < graph.size(); ++i) {
    if (touched[i]) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return scores[a] > scores[b]; });
  for (const uint32_t i : order) RETURN_IF_ERROR(call.rows->Add({Node(i), Value::Float(scores[i])}));
  return absl::OkStatus();
}

absl::Status CallBetweenness(const ProcedureCall& call, Arguments arguments) {
  ASSIGN_OR_RETURN(const GraphOptions options, ReadGraphOptions(call, arguments[0], {"relations", "direction"}));
  return RunOnGraph(call, options, [&](const ViewGraph& graph) {
    std::vector<double> scores = Betweenness(graph);
    // Each pair of ends is met from both of them where edges lead both ways.
    if (options.direction == ViewGraph::Direction::kBoth) {
      for (double& score : scores) score /= 2;
    }
    return GiveScores(call, graph, scores);
  });
}

absl::Status CallPageRank(const ProcedureCall& call, Arguments arguments) {
  ASSIGN_OR_RETURN(const GraphOptions options,
                   ReadGraphOptions(call, arguments[0], {"relations", "direction", "damping", "iterations"}));
  return RunOnGraph(call, options, [&](const ViewGraph& graph) {
    return GiveScores(call, graph, PageRanks(graph, options.damping, options.iterations));
  });
}

absl::Status CallKCore(const ProcedureCall& call, Arguments arguments) {
  ASSIGN_OR_RETURN(GraphOptions options, ReadGraphOptions(call, arguments[0], {"relations"}));
  options.direction = ViewGraph::Direction::kBoth;
  return RunOnGraph(call, options, [&](const ViewGraph& graph) -> absl::Status {
    const std::vector<uint32_t> cores = CoreNumbers(graph);
    const std::vector<bool> touched = TouchedVertices(graph);
    for (uint32_t i = 0; i < graph.size(); ++i) {
      if (touched[i]) RETURN_IF_ERROR(call.rows->Add({Node(i), Value::Integer(cores[i])}));
    }
    return absl::OkStatus();
  });
}

ProcedureParameter Options() { return {.name = "options", .types = kMapMask, .optional = true, .nullable = true}; }

}  // namespace

std::vector<Procedure> GraphProcedures() {
  const ProcedureColumn node{"node", StaticType::kVertex};
  const std::vector<ProcedureColumn> components = {
      node, {"component", StaticType::kInteger}, {"size", StaticType::kInteger}};
  const std::vector<ProcedureColumn> scores = {node, {"score", StaticType::kFloat}};
  return {
      {"graph.components",
       "Which nodes hang together, whichever way edges lead. Options: relations.",
       {Options()},
       components,
       CallComponents},
      {"graph.strongComponents",
       "Which nodes can all reach one another. Options: relations.",
       {Options()},
       components,
       CallStrongComponents},
      {"graph.dominators",
       "For each node that can be reached, the last one that every route to it passes through; with `to`, all that "
       "every route to that node passes through, in order. Options: relations, direction, to.",
       {{.name = "from", .types = kVertexMask}, Options()},
       {node, {"dominator", StaticType::kVertex}},
       CallDominators},
      {"graph.betweenness",
       "How many shortest routes between other nodes pass through each, shares added up. Options: relations, "
       "direction.",
       {Options()},
       scores,
       CallBetweenness},
      {"graph.pageRank",
       "How likely a reader who follows edges at random is at each node. Options: relations, direction, damping, "
       "iterations.",
       {Options()},
       scores,
       CallPageRank},
      {"graph.kCore",
       "The largest k for which the node stands in a part where each has k edges. Options: relations.",
       {Options()},
       {node, {"core", StaticType::kInteger}},
       CallKCore},
  };
}

}  // namespace dossier
