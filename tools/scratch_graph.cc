#include "tools/scratch_graph.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "tools/error_codes.h"
#include "tools/json_value.h"

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kFormat =
    R"({"nodes": [{"id", "labels": [], "props": {}}], "rels": [{"id", "type", "src", "dst", "props": {}}]})";

class Reader {
 public:
  Reader(std::string_view file, const PropertyReader& read_value)
      : file_(file), read_value_(read_value), builder_(/*sourced=*/false) {}

  absl::StatusOr<ScratchGraph> Read(const Json& json) {
    if (!json.is_object() || !json.contains("nodes")) return Error("", "this is no graph");
    RETURN_IF_ERROR(ForEach(json, "nodes", [this](const Json& node, const std::string& at) { return Node(node, at); }));
    if (json.contains("rels")) {
      RETURN_IF_ERROR(ForEach(json, "rels", [this](const Json& rel, const std::string& at) { return Edge(rel, at); }));
    }
    graph_.image = builder_.Build();
    return std::move(graph_);
  }

 private:
  absl::Status Error(std::string_view at, std::string_view cause) const {
    return ToStatus(absl::StatusCode::kInvalidArgument,
                    Diagnostic{.number = kBadGraphFile,
                               .file = std::string(file_),
                               .cause = at.empty() ? std::string(cause) : StrCat(at, ": ", cause),
                               .rule = StrCat("a graph is ", kFormat)});
  }

  template <typename Visit>
  absl::Status ForEach(const Json& json, const std::string& list, Visit visit) {
    if (!json.at(list).is_array()) return Error(list, "is no list");
    size_t number = 0;
    for (const Json& member : json.at(list)) {
      const std::string at = StrCat(list, "[", number++, "]");
      if (!member.is_object()) return Error(at, "is no object");
      RETURN_IF_ERROR(visit(member, at));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::string> Id(const Json& json, const std::string& at, const char* member) const {
    const auto found = json.find(member);
    if (found != json.end() && found->is_string()) return found->get<std::string>();
    if (found != json.end() && found->is_number_integer()) return found->dump();
    return Error(at, StrCat("\"", member, "\" is to be a string or an integer"));
  }

  template <typename Set>
  absl::Status Properties(const Json& json, const std::string& at, Set set) {
    const auto properties = json.find("props");
    if (properties == json.end()) return absl::OkStatus();
    if (!properties->is_object()) return Error(at, "\"props\" is no object");
    for (const auto& [name, member] : properties->items()) {
      const absl::StatusOr<Value> value = read_value_(member);
      if (!value.ok()) return Error(StrCat(at, ".props.", name), ToStd(value.status().message()));
      if (!value->is_null()) set(builder_.Property(name), *value);
    }
    return absl::OkStatus();
  }

  absl::Status Node(const Json& json, const std::string& at) {
    ASSIGN_OR_RETURN(const std::string id, Id(json, at, "id"));
    if (id.empty()) return Error(at, "an id is not empty");
    if (builder_.FindKey(id).valid()) return Error(at, StrCat("a second node with the id '", id, "'"));
    std::vector<LabelId> labels;
    if (const auto given = json.find("labels"); given != json.end()) {
      if (!given->is_array()) return Error(at, "\"labels\" is no list");
      for (const Json& label : *given) {
        if (!label.is_string()) return Error(at, "a label is a string");
        labels.push_back(builder_.Label(label.get<std::string>()));
      }
    }
    const VertexId vertex = builder_.AddEntity(id, std::move(labels));
    return Properties(json, at, [&](PropertyId property, const Value& value) {
      builder_.SetVertexProperty(vertex, property, value);
    });
  }

  absl::Status Edge(const Json& json, const std::string& at) {
    std::string id = StrCat("#", graph_.edge_ids.size());
    if (json.contains("id")) {
      ASSIGN_OR_RETURN(id, Id(json, at, "id"));
    }
    if (!edge_ids_.insert(id).second) return Error(at, StrCat("a second edge with the id '", id, "'"));
    const auto type = json.find("type");
    if (type == json.end() || !type->is_string()) return Error(at, "\"type\" is to be a string");
    ASSIGN_OR_RETURN(const VertexId source, End(json, at, "src"));
    ASSIGN_OR_RETURN(const VertexId target, End(json, at, "dst"));
    const EdgeId edge = builder_.AddEdge(source, builder_.Relation(type->get<std::string>()), target);
    graph_.edge_ids.resize(edge.value + size_t{1});
    graph_.edge_ids[edge.value] = std::move(id);
    return Properties(
        json, at, [&](PropertyId property, const Value& value) { builder_.AddEdgeProperty(edge, property, value); });
  }

  absl::StatusOr<VertexId> End(const Json& json, const std::string& at, const char* member) {
    ASSIGN_OR_RETURN(const std::string id, Id(json, at, member));
    const VertexId vertex = builder_.FindKey(id);
    if (!vertex.valid()) return Error(at, StrCat("\"", member, "\": there is no node '", id, "'"));
    return vertex;
  }

  std::string_view file_;
  const PropertyReader& read_value_;
  ImageBuilder builder_;
  ScratchGraph graph_;
  absl::flat_hash_set<std::string> edge_ids_;
};

// The place of byte `offset` of `text`.
SourceSpan PlaceAt(std::string_view text, size_t offset) {
  SourcePosition at{.offset = std::min(offset, text.size()), .line = 1, .column = 1};
  for (const char c : text.substr(0, at.offset)) {
    if (c == '\n') {
      ++at.line;
      at.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++at.column;
    }
  }
  return {at, at};
}

}  // namespace

absl::StatusOr<ScratchGraph> ReadScratchGraph(std::string_view text, std::string_view file) {
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::exception& error) {
    const auto* parse = dynamic_cast<const Json::parse_error*>(&error);
    return ToStatus(
        absl::StatusCode::kInvalidArgument,
        Diagnostic{.number = kBadGraphFile,
                   .file = std::string(file),
                   .place = parse == nullptr ? SourceSpan() : PlaceAt(text, std::max<size_t>(parse->byte, 1) - 1),
                   .cause = "this is not JSON",
                   .rule = StrCat("a graph is ", kFormat)});
  }
  return MakeScratchGraph(json, file, ValueOfJson);
}

absl::StatusOr<ScratchGraph> MakeScratchGraph(const nlohmann::ordered_json& json, std::string_view file,
                                              const PropertyReader& read_value) {
  return Reader(file, read_value).Read(json);
}

}  // namespace dossier
