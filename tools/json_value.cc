#include "tools/json_value.h"

#include <cstdint>
#include <limits>
#include <utility>

#include "graph/base/status_macros.h"

namespace dossier {
namespace {

constexpr int kDeepest = 100;

absl::StatusOr<Value> Convert(const nlohmann::ordered_json& json, int depth) {
  using Type = nlohmann::ordered_json::value_t;
  if (depth > kDeepest) return absl::InvalidArgumentError("lists are nested too deep");
  switch (json.type()) {
    case Type::boolean:
      return Value::Boolean(json.get<bool>());
    case Type::number_integer:
      return Value::Integer(json.get<int64_t>());
    case Type::number_unsigned:
      if (json.get<uint64_t>() > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
        return absl::InvalidArgumentError("an integer does not fit into 64 bits");
      }
      return Value::Integer(json.get<int64_t>());
    case Type::number_float:
      return Value::Float(json.get<double>());
    case Type::string:
      return Value::String(json.get_ref<const std::string&>());
    case Type::array: {
      List list;
      for (const auto& member : json) {
        ASSIGN_OR_RETURN(Value value, Convert(member, depth + 1));
        list.push_back(std::move(value));
      }
      return Value::OfList(std::move(list));
    }
    case Type::object: {
      Map map;
      for (const auto& [name, member] : json.items()) {
        ASSIGN_OR_RETURN(Value value, Convert(member, depth + 1));
        map.emplace_back(name, std::move(value));
      }
      return Value::OfMap(std::move(map));
    }
    default:
      return Value::Null();
  }
}

}  // namespace

absl::StatusOr<Value> ValueOfJson(const nlohmann::ordered_json& json) { return Convert(json, 0); }

}  // namespace dossier
