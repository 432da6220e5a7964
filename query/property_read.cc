#include "query/property_read.h"

#include "graph/base/text.h"
#include "query/calendar_component.h"
#include "query/derivations.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/value_component.h"

namespace dossier {
namespace {

Value VertexProperty(VertexId vertex, PropertyId property, EvaluationContext& context) {
  if (context.touched() == nullptr) return context.view().VertexProperty(vertex, property);
  EdgeId source;
  Value value = context.view().VertexProperty(vertex, property, &source);
  if (source.valid()) context.touched()->push_back(SourceItem::Of(source));
  return value;
}

Value NoComponent(const Value& object, std::string_view name, const std::vector<std::string>& known,
                  const SourceSpan& place, EvaluationContext& context) {
  const std::string closest = ClosestName(name, known);
  return Fail(context, kWrongValueType, place, StrCat(WithArticle(object.type()), " has no component '", name, "'"),
              StrCat("it has ", Join(known, ", ")), closest.empty() ? "" : StrCat("did you mean '", closest, "'?"));
}

}  // namespace

Value ReadProperty(const Value& object, std::string_view name, PropertyId property, const SourceSpan& place,
                   EvaluationContext& context) {
  switch (object.type()) {
    case Value::Type::kVertex:
      return property.valid() ? VertexProperty(object.vertex(), property, context) : Value();
    case Value::Type::kEdge:
      return property.valid() ? ReadEdgeProperty(object.edge(), property, context) : Value();
    case Value::Type::kMap:
      return object.Lookup(name);
    case Value::Type::kNull:
      return Value();
    case Value::Type::kTime: {
      const std::optional<Value> component = TimeComponent(object.time(), name);
      return component.has_value() ? *component : NoComponent(object, name, TimeComponentNames(), place, context);
    }
    case Value::Type::kQuantity: {
      const std::optional<Value> component = QuantityComponent(object.quantity(), name);
      return component.has_value() ? *component : NoComponent(object, name, QuantityComponentNames(), place, context);
    }
    default:
      if ((MaskOf(object.type()) & (kTemporalMask | kDurationMask)) != 0) {
        const std::optional<Value> component = CalendarComponent(object, name);
        if (component.has_value()) return *component;
        return NoComponent(object, name, CalendarComponentNames(MaskOf(object.type())), place, context);
      }
      return Fail(context, kWrongValueType, place, StrCat(WithArticle(object.type()), " has no properties"),
                  "nodes, edges, maps, times, durations and quantities have properties",
                  object.type() == Value::Type::kList ? "take each element's: [x IN list | x.name]" : "");
  }
}

Value ReadEdgeProperty(EdgeId edge, PropertyId property, EvaluationContext& context) {
  if (Derivations* const derivations = context.derivations()) {
    const std::optional<SourceItem> value = derivations->ValueOf(edge, property, context.view());
    if (value.has_value()) context.touched()->push_back(*value);
  }
  return context.view().EdgeProperty(edge, property);
}

Map AllProperties(const Value& object, EvaluationContext& context) {
  if (object.type() == Value::Type::kMap) return object.map();
  const bool vertex = object.type() == Value::Type::kVertex;
  const auto properties =
      vertex ? context.view().VertexProperties(object.vertex()) : context.view().EdgeProperties(object.edge());
  if (vertex && context.touched() != nullptr) {
    // Only the reader of one property tells where its value comes from.
    for (const auto& [property, value] : properties) VertexProperty(object.vertex(), property, context);
  } else if (context.derivations() != nullptr) {
    for (const auto& [property, value] : properties) ReadEdgeProperty(object.edge(), property, context);
  }
  Map map;
  map.reserve(properties.size());
  for (const auto& [property, value] : properties) map.emplace_back(context.image().property_name(property), value);
  return map;
}

}  // namespace dossier
