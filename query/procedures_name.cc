// Who is meant: nodes by names that are spelt about right.
#include <string>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/procedure.h"
#include "schema/name_search.h"
#include "schema/ontology.h"

namespace dossier {
namespace {

using Type = Value::Type;
using Arguments = std::span<const Value>;

// The options of find(...), read from its map.
absl::StatusOr<NameSearchOptions> ReadOptions(const ProcedureCall& call, const Map& map, std::string* label) {
  NameSearchOptions options;
  for (const auto& [name, value] : map) {
    if (value.is_null()) continue;
    if (name == "limit") {
      if (value.type() != Type::kInteger || value.integer() < 1) {
        return call.Error(kWrongValueType, "`limit` takes a whole number from 1", "limit: 10");
      }
      options.limit = static_cast<size_t>(value.integer());
    } else if (name == "least") {
      if (!value.is_number() || !(value.AsDouble() >= 0 && value.AsDouble() <= 1)) {
        return call.Error(kWrongValueType, "`least` takes a score from 0 to 1", "least: 0.5");
      }
      options.least = value.AsDouble();
    } else if (name == "label") {
      if (value.type() != Type::kString) return call.Error(kWrongValueType, "`label` takes a text", "label: 'State'");
      *label = value.string();
    } else {
      return call.Error(kWrongValueType, StrCat("there is no option '", name, "'"), "it has label, least, limit");
    }
  }
  return options;
}

absl::Status Find(const ProcedureCall& call, Arguments arguments) {
  EvaluationContext& context = call.context;
  if (context.names() == nullptr || arguments[0].is_null()) return absl::OkStatus();
  const Image& image = context.image();
  NameSearchOptions options;
  std::string label;
  if (!arguments[1].is_null()) {
    ASSIGN_OR_RETURN(options, ReadOptions(call, arguments[1].map(), &label));
  }
  options.is_meant = [&](std::string_view key) {
    const VertexId vertex = image.FindKey(key);
    if (!vertex.valid() || label.empty()) return vertex.valid();
    for (const LabelId own : image.labels(vertex)) {
      const std::string& name = image.label_name(own);
      if (name == label || (context.ontology() != nullptr && context.ontology()->IsSubtype(name, label))) return true;
    }
    return false;
  };
  for (const FoundEntity& found : SearchNames(*context.names(), arguments[0].string(), options)) {
    RETURN_IF_ERROR(context.state()->Check());
    RETURN_IF_ERROR(call.rows->Add({Value::Vertex(image.FindKey(found.key)), Value::Float(found.score)}));
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<Procedure> NameProcedures() {
  return {
      {"find",
       "The nodes whose key, name or alias is the text or is spelt much like it, the most alike first. Options: label, "
       "least (0.5), limit (10).",
       {{.name = "text", .types = kStringMask, .nullable = true},
        {.name = "options", .types = kMapMask, .optional = true, .nullable = true}},
       {{"node", StaticType::kVertex}, {"score", StaticType::kFloat}},
       Find},
  };
}

}  // namespace dossier
