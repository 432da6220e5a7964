// Functions on nodes, edges and paths.
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/function.h"
#include "query/property_read.h"

namespace dossier {
namespace {

using Type = Value::Type;
using Arguments = std::span<const Value>;

Value Id(const FunctionCall&, Arguments arguments) {
  const Value& value = arguments[0];
  return Value::Integer(value.type() == Type::kVertex ? value.vertex().value : value.edge().value);
}

// What names it for ever: a node's key, a claim's id; else its number in this store.
Value ElementId(const FunctionCall& call, Arguments arguments) {
  const Value& value = arguments[0];
  if (value.type() == Type::kEdge) return Value::String(StrCat(value.edge().value));
  const std::string key = call.context.image().key(value.vertex());
  return Value::String(key.empty() ? StrCat(value.vertex().value) : key);
}

Value Labels(const FunctionCall& call, Arguments arguments) {
  const Image& image = call.context.image();
  List labels;
  for (const LabelId label : image.labels(arguments[0].vertex())) {
    labels.push_back(Value::String(image.label_name(label)));
  }
  return Value::OfList(std::move(labels));
}

Value TypeOfEdge(const FunctionCall& call, Arguments arguments) {
  const Image& image = call.context.image();
  return Value::String(image.relation_name(image.relation(arguments[0].edge())));
}

Value Keys(const FunctionCall& call, Arguments arguments) {
  List keys;
  for (const auto& [name, value] : AllProperties(arguments[0], call.context)) keys.push_back(Value::String(name));
  return Value::OfList(std::move(keys));
}

Value Properties(const FunctionCall& call, Arguments arguments) {
  return Value::OfMap(AllProperties(arguments[0], call.context));
}

Value Nodes(const FunctionCall&, Arguments arguments) {
  List nodes;
  for (const VertexId vertex : arguments[0].path().vertices) nodes.push_back(Value::Vertex(vertex));
  return Value::OfList(std::move(nodes));
}

Value Edges(const FunctionCall&, Arguments arguments) {
  List edges;
  for (const EdgeId edge : arguments[0].path().edges) edges.push_back(Value::Edge(edge));
  return Value::OfList(std::move(edges));
}

// Nodes and edges in turn.
Value Elements(const FunctionCall&, Arguments arguments) {
  const Path& path = arguments[0].path();
  List elements;
  for (size_t i = 0; i < path.vertices.size(); ++i) {
    if (i > 0) elements.push_back(Value::Edge(path.edges[i - 1]));
    elements.push_back(Value::Vertex(path.vertices[i]));
  }
  return Value::OfList(std::move(elements));
}

Value PathLength(const FunctionCall&, Arguments arguments) {
  return Value::Integer(static_cast<int64_t>(arguments[0].path().edges.size()));
}

Value StartNode(const FunctionCall& call, Arguments arguments) {
  return Value::Vertex(call.context.image().source(arguments[0].edge()));
}

// The object of a proposition: a node, or for one with a literal object its value.
Value EndNode(const FunctionCall& call, Arguments arguments) {
  const Image& image = call.context.image();
  const EdgeId edge = arguments[0].edge();
  return image.is_literal(edge) ? image.literal(edge) : Value::Vertex(image.target(edge));
}

}  // namespace

std::span<const Function> GraphFunctions() {
  constexpr TypeMask kElement = kVertexMask | kEdgeMask;
  static const auto* const kTable = new std::vector<Function>{
      {"id(element)", {kElement}, 0, StaticType::kInteger, Id},
      {"elementId(element)", {kElement}, 0, StaticType::kString, ElementId},
      {"element_id(element)", {kElement}, 0, StaticType::kString, ElementId},
      {"labels(node)", {kVertexMask}, 0, StaticType::kList, Labels},
      {"type(edge)", {kEdgeMask}, 0, StaticType::kString, TypeOfEdge},
      {"keys(value)", {kElement | kMapMask}, 0, StaticType::kList, Keys},
      {"properties(value)", {kElement | kMapMask}, 0, StaticType::kMap, Properties},
      {"nodes(path)", {kPathMask}, 0, StaticType::kVertexList, Nodes},
      {"relationships(path)", {kPathMask}, 0, StaticType::kEdgeList, Edges},
      {"rels(path)", {kPathMask}, 0, StaticType::kEdgeList, Edges},
      {"edges(path)", {kPathMask}, 0, StaticType::kEdgeList, Edges},
      {"elements(path)", {kPathMask}, 0, StaticType::kList, Elements},
      {"length(path)", {kPathMask}, 0, StaticType::kInteger, PathLength},
      {"path_length(path)", {kPathMask}, 0, StaticType::kInteger, PathLength},
      {"startNode(edge)", {kEdgeMask}, 0, StaticType::kVertex, StartNode},
      {"endNode(edge)", {kEdgeMask}, 0, StaticType::kAny, EndNode},
  };
  return *kTable;
}

}  // namespace dossier
