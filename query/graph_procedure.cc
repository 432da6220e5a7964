#include "query/graph_procedure.h"

#include <algorithm>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"

namespace dossier {
namespace {

using Type = Value::Type;

class Reader {
 public:
  explicit Reader(const ProcedureCall& call) : call_(call), image_(call.context.image()) {}

  absl::Status Read(const std::string& name, const Value& value, GraphOptions* options) const {
    if (name == "relations") return ReadRelations(value, options);
    if (name == "direction") {
      if (value.type() == Type::kString && value.string() == "out") {
        options->direction = ViewGraph::Direction::kOut;
      } else if (value.type() == Type::kString && value.string() == "in") {
        options->direction = ViewGraph::Direction::kIn;
      } else if (value.type() == Type::kString && value.string() == "both") {
        options->direction = ViewGraph::Direction::kBoth;
      } else {
        return call_.Error(kWrongValueType, "`direction` is 'out', 'in' or 'both'");
      }
      return absl::OkStatus();
    }
    if (name == "weight") {
      if (value.type() != Type::kString) return Wrong(name, "the name of a property", value);
      options->weight = image_.FindProperty(value.string());
      return absl::OkStatus();
    }
    if (name == "to") {
      if (value.type() != Type::kVertex) return Wrong(name, "a node", value);
      options->to = value.vertex();
      return absl::OkStatus();
    }
    if (name == "damping") {
      if (!value.is_number() || !(value.AsDouble() >= 0 && value.AsDouble() < 1)) {
        return Wrong(name, "a number from 0 up to 1", value);
      }
      options->damping = value.AsDouble();
      return absl::OkStatus();
    }
    if (value.type() != Type::kInteger || value.integer() < 1) return Wrong(name, "a whole number from 1", value);
    options->iterations = value.integer();
    return absl::OkStatus();
  }

 private:
  absl::Status Wrong(std::string_view name, std::string_view wanted, const Value& value) const {
    return call_.Error(kWrongValueType, StrCat("`", name, "` takes ", wanted, ", not ", WithArticle(value.type())));
  }

  absl::Status ReadRelations(const Value& value, GraphOptions* options) const {
    const List one{value};
    const List& names = value.type() == Type::kList ? value.list() : one;
    options->relations.clear();
    for (const Value& name : names) {
      if (name.type() != Type::kString) return Wrong("relations", "names of relations", name);
      const RelationId relation = image_.FindRelation(name.string());
      if (!relation.valid()) {
        std::vector<std::string> known;
        for (uint32_t i = 0; i < image_.relation_count(); ++i) known.push_back(image_.relation_name(RelationId(i)));
        const std::string closest = ClosestName(name.string(), known);
        return call_.Error(kUnknownRelationName, StrCat("unknown relation '", name.string(), "'"),
                           closest.empty() ? "" : StrCat("did you mean '", closest, "'?"));
      }
      options->relations.push_back(relation);
    }
    std::sort(options->relations.begin(), options->relations.end());
    options->relations.erase(std::unique(options->relations.begin(), options->relations.end()),
                             options->relations.end());
    return absl::OkStatus();
  }

  const ProcedureCall& call_;
  const Image& image_;
};

}  // namespace

absl::StatusOr<GraphOptions> ReadGraphOptions(const ProcedureCall& call, const Value& map,
                                              const std::vector<std::string>& known) {
  const Image& image = call.context.image();
  GraphOptions options;
  for (uint32_t i = 0; i < image.relation_count(); ++i) {
    if (!image.hidden(RelationId(i)) && image.edges_of(RelationId(i)) > 0) options.relations.emplace_back(i);
  }
  if (map.is_null()) return options;
  const Reader reader(call);
  for (const auto& [name, value] : map.map()) {
    if (value.is_null()) continue;
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      const std::string closest = ClosestName(name, known);
      return call.Error(
          kWrongValueType, StrCat("there is no option '", name, "'"),
          closest.empty() ? StrCat("it has ", Join(known, ", ")) : StrCat("did you mean '", closest, "'?"));
    }
    RETURN_IF_ERROR(reader.Read(name, value, &options));
  }
  return options;
}

absl::Status RunOnGraph(const ProcedureCall& call, const GraphOptions& options,
                        const std::function<absl::Status(const ViewGraph&)>& algorithm) {
  EvaluationContext& context = call.context;
  const ViewGraph graph(&context.view(), options.relations, options.direction,
                        [&context](uint64_t steps) { return context.Spend(steps); });
  // Columns over all vertices, a few dozen bytes a vertex, are held while it runs.
  HeldMemory memory(context.state());
  RETURN_IF_ERROR(memory.Add(uint64_t{graph.size()} * 64));
  try {
    return algorithm(graph);
  } catch (const ViewGraph::Stopped&) {
    return context.status();
  }
}

absl::StatusOr<uint32_t> EntityArgument(const ProcedureCall& call, const Value& node) {
  if (KindOf(node.vertex()) == VertexKind::kEntity) return node.vertex().value;
  return call.Error(kWrongValueType, "the graph is that of entities, and this node is a document or a claim");
}

std::optional<double> WeightOf(const ViewGraph& graph, const ViewGraph::Edge& edge, const GraphOptions& options) {
  if (!options.weight.has_value()) return 1;
  const Value value = graph.view().EdgeProperty(edge.id, *options.weight);
  if (value.is_number()) return value.AsDouble();
  if (value.type() == Type::kQuantity) return value.quantity().low;
  return std::nullopt;
}

}  // namespace dossier
