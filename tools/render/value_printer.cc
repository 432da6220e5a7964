#include "tools/render/value_printer.h"

#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

#include "graph/base/text.h"
#include "graph/quantity.h"

namespace dossier {
namespace {

// A bound that is whole, and nearly all are, reads better as an integer.
Json BoundJson(double bound) {
  if (!std::isfinite(bound)) return nullptr;
  constexpr double kExact = 9007199254740992.0;  // 2^53
  if (bound == std::floor(bound) && std::fabs(bound) <= kExact) return static_cast<int64_t>(bound);
  return bound;
}

}  // namespace

Json QuantityJson(const Quantity& quantity) {
  Json json = {{"text", quantity.text.empty() ? FormatBounds(quantity) : quantity.text},
               {"low", BoundJson(quantity.low)},
               {"high", BoundJson(quantity.high)},
               {"unit", quantity.unit}};
  if (!quantity.basis.empty()) json["counting"] = quantity.basis;
  if (quantity.low_open) json["low_open"] = true;
  if (quantity.high_open && std::isfinite(quantity.high)) json["high_open"] = true;
  if (quantity.approximate) json["approximate"] = true;
  if (quantity.vague) json["vague"] = true;
  if (quantity.unknown) json["unknown"] = true;
  if (quantity.derived) json["derived"] = true;
  return json;
}

std::string ToText(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

ValuePrinter::ValuePrinter(const View* view, const std::vector<std::string>* edge_ids)
    : view_(view), edge_ids_(edge_ids), name_(view->image().FindProperty("name")) {}

std::string ValuePrinter::NameOf(VertexId vertex) const {
  if (name_.valid()) {
    const Value name = view_->VertexProperty(vertex, name_);
    if (name.type() == Value::Type::kString && !name.string().empty()) return name.string();
  }
  const std::string key = view_->image().key(vertex);
  return key.empty() ? StrCat("(#", vertex.value, ")") : key;
}

std::string ValuePrinter::EdgeText(EdgeId edge) const {
  const Image& image = view_->image();
  const std::string target = image.is_literal(edge) ? Nested(image.literal(edge)) : NameOf(image.target(edge));
  return StrCat(NameOf(image.source(edge)), " -[", image.relation_name(image.relation(edge)), "]-> ", target);
}

std::string ValuePrinter::PathText(const Path& path) const {
  const Image& image = view_->image();
  std::string text = path.vertices.empty() ? std::string() : NameOf(path.vertices.front());
  for (size_t i = 0; i < path.edges.size(); ++i) {
    const EdgeId edge = path.edges[i];
    const std::string& relation = image.relation_name(image.relation(edge));
    const bool forward = image.source(edge) == path.vertices[i] && image.target(edge) == path.vertices[i + 1];
    text += forward ? StrCat(" -[", relation, "]-> ") : StrCat(" <-[", relation, "]- ");
    text += NameOf(path.vertices[i + 1]);
  }
  return text;
}

std::string ValuePrinter::Nested(const Value& value) const {
  if (value.is_null()) return "null";
  if (value.type() != Value::Type::kList) return Text(value);
  std::string text = "[";
  for (const Value& member : value.list()) text += StrCat(text.size() == 1 ? "" : ", ", Nested(member));
  return text + "]";
}

std::string ValuePrinter::Text(const Value& value) const {
  switch (value.type()) {
    case Value::Type::kNull:
      return "";
    case Value::Type::kVertex:
      return NameOf(value.vertex());
    case Value::Type::kEdge:
      return EdgeText(value.edge());
    case Value::Type::kPath:
      return PathText(value.path());
    case Value::Type::kQuantity:
      return FormatQuantity(value.quantity());
    case Value::Type::kList: {
      std::string text;
      for (const Value& member : value.list()) text += StrCat(text.empty() ? "" : "; ", Nested(member));
      return text;
    }
    case Value::Type::kMap: {
      std::string text = "{";
      for (const auto& [name, member] : value.map()) {
        text += StrCat(text.size() == 1 ? "" : ", ", name, ": ", Nested(member));
      }
      return text + "}";
    }
    default:
      return ToString(value);
  }
}

Json ValuePrinter::NodeJson(VertexId vertex) const {
  const Image& image = view_->image();
  Json json = Json::object();
  const std::string key = image.key(vertex);
  if (!image.sourced()) json["id"] = key;
  json["key"] = key;
  Json labels = Json::array();
  for (const LabelId label : image.labels(vertex)) labels.push_back(image.label_name(label));
  json["labels"] = std::move(labels);
  json["name"] = NameOf(vertex);
  Json properties = Json::object();
  for (const auto& [property, value] : view_->VertexProperties(vertex)) {
    properties[image.property_name(property)] = ToJson(value);
  }
  json["properties"] = std::move(properties);
  return json;
}

Json ValuePrinter::EdgeJson(EdgeId edge) const {
  const Image& image = view_->image();
  Json json = Json::object();
  if (edge_ids_ != nullptr && edge.value < edge_ids_->size()) json["id"] = (*edge_ids_)[edge.value];
  json["type"] = image.relation_name(image.relation(edge));
  json["from"] = image.key(image.source(edge));
  if (image.is_literal(edge)) {
    json["to"] = ToJson(image.literal(edge));
  } else {
    json["to"] = image.key(image.target(edge));
  }
  Json properties = Json::object();
  for (const auto& [property, value] : view_->EdgeProperties(edge)) {
    properties[image.property_name(property)] = ToJson(value);
  }
  json["properties"] = std::move(properties);
  return json;
}

Json ValuePrinter::ToJson(const Value& value) const {
  switch (value.type()) {
    case Value::Type::kNull:
      return nullptr;
    case Value::Type::kBoolean:
      return value.boolean();
    case Value::Type::kInteger:
      return value.integer();
    case Value::Type::kFloat:
      if (!std::isfinite(value.floating())) return nullptr;
      return value.floating();
    case Value::Type::kString:
      return value.string();
    case Value::Type::kZonedDateTime:
    case Value::Type::kLocalDateTime:
    case Value::Type::kDate:
    case Value::Type::kZonedTime:
    case Value::Type::kLocalTime:
    case Value::Type::kDuration:
      return ToString(value);
    case Value::Type::kTime:
      return value.time().text();
    case Value::Type::kQuantity:
      return QuantityJson(value.quantity());
    case Value::Type::kVertex:
      return NodeJson(value.vertex());
    case Value::Type::kEdge:
      return EdgeJson(value.edge());
    case Value::Type::kPath: {
      Json nodes = Json::array();
      for (const VertexId vertex : value.path().vertices) nodes.push_back(NodeJson(vertex));
      Json edges = Json::array();
      for (const EdgeId edge : value.path().edges) edges.push_back(EdgeJson(edge));
      return Json{{"nodes", std::move(nodes)}, {"edges", std::move(edges)}};
    }
    case Value::Type::kList: {
      Json list = Json::array();
      for (const Value& member : value.list()) list.push_back(ToJson(member));
      return list;
    }
    case Value::Type::kMap: {
      Json map = Json::object();
      for (const auto& [name, member] : value.map()) map[name] = ToJson(member);
      return map;
    }
  }
  return nullptr;
}

}  // namespace dossier
