// From JSON to the values of the query language: for properties of scratch graphs and for parameters.
#ifndef DOSSIER_TOOLS_JSON_VALUE_H_
#define DOSSIER_TOOLS_JSON_VALUE_H_

#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "graph/value.h"

namespace dossier {

// An integer beyond 64 bits and lists nested deeper than 100 are refused (kInvalidArgument, a plain message).
absl::StatusOr<Value> ValueOfJson(const nlohmann::ordered_json& json);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_JSON_VALUE_H_
