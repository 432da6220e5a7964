// What there is: labels, relations, property names and procedures of the store that is asked.
#include <algorithm>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/procedure.h"

namespace dossier {
namespace {

using Arguments = std::span<const Value>;

absl::Status GiveSorted(std::vector<std::string> names, const ProcedureCall& call) {
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) RETURN_IF_ERROR(call.rows->Add({Value::String(name)}));
  return absl::OkStatus();
}

absl::Status Labels(const ProcedureCall& call, Arguments) {
  const Image& image = call.context.image();
  std::vector<bool> used(image.label_count());
  for (uint32_t signature = 0; signature < image.signature_count(); ++signature) {
    if (image.vertices_of(signature) == 0) continue;
    for (const LabelId label : image.signature_labels(signature)) used[label.value] = true;
  }
  std::vector<std::string> names;
  for (uint32_t i = 0; i < image.label_count(); ++i) {
    if (used[i]) names.push_back(image.label_name(LabelId(i)));
  }
  return GiveSorted(std::move(names), call);
}

absl::Status RelationshipTypes(const ProcedureCall& call, Arguments) {
  const Image& image = call.context.image();
  std::vector<std::string> names;
  for (uint32_t i = 0; i < image.relation_count(); ++i) {
    if (image.edges_of(RelationId(i)) > 0) names.push_back(image.relation_name(RelationId(i)));
  }
  return GiveSorted(std::move(names), call);
}

absl::Status PropertyKeys(const ProcedureCall& call, Arguments) {
  const Image& image = call.context.image();
  std::vector<std::string> names;
  for (uint32_t i = 0; i < image.property_count(); ++i) names.push_back(image.property_name(PropertyId(i)));
  return GiveSorted(std::move(names), call);
}

absl::Status Procedures(const ProcedureCall& call, Arguments) {
  for (const auto& procedure : call.catalog.All()) {
    RETURN_IF_ERROR(call.rows->Add({Value::String(procedure->name), Value::String(procedure->Signature()),
                                    Value::String(procedure->description)}));
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<Procedure> CatalogProcedures() {
  const std::vector<ProcedureColumn> procedure_columns = {
      {"name", StaticType::kString}, {"signature", StaticType::kString}, {"description", StaticType::kString}};
  return {
      {"db.labels", "The labels that nodes of the store bear.", {}, {{"label", StaticType::kString}}, Labels},
      {"db.relationshipTypes",
       "The relations that edges of the store have.",
       {},
       {{"relationshipType", StaticType::kString}},
       RelationshipTypes},
      {"db.propertyKeys",
       "The names of properties and qualifiers in the store.",
       {},
       {{"propertyKey", StaticType::kString}},
       PropertyKeys},
      {"db.procedures", "The procedures that there are.", {}, procedure_columns, Procedures},
      {"dbms.procedures", "The procedures that there are.", {}, procedure_columns, Procedures},
  };
}

}  // namespace dossier
