#include "tests/oracle/graph.h"

#include <nlohmann/json.hpp>

namespace dossier::oracle {
namespace {

using Json = nlohmann::json;

Json PropertiesJson(const std::map<std::string, Scalar>& properties) {
  Json json = Json::object();
  for (const auto& [name, value] : properties) {
    if (const auto* number = std::get_if<int64_t>(&value)) json[name] = *number;
    if (const auto* text = std::get_if<std::string>(&value)) json[name] = *text;
  }
  return json;
}

std::map<std::string, Scalar> PropertiesOfJson(const Json& json) {
  std::map<std::string, Scalar> properties;
  if (!json.contains("props")) return properties;
  for (const auto& [name, value] : json.at("props").items()) {
    if (value.is_number_integer()) properties[name] = value.get<int64_t>();
    if (value.is_string()) properties[name] = value.get<std::string>();
  }
  return properties;
}

}  // namespace

Json ToJson(const Graph& graph) {
  Json nodes = Json::array(), rels = Json::array();
  for (const GraphNode& node : graph.nodes) {
    nodes.push_back({{"id", node.id}, {"labels", node.labels}, {"props", PropertiesJson(node.properties)}});
  }
  for (const GraphEdge& edge : graph.edges) {
    rels.push_back({{"id", edge.id},
                    {"type", edge.type},
                    {"src", graph.nodes[edge.source].id},
                    {"dst", graph.nodes[edge.target].id},
                    {"props", PropertiesJson(edge.properties)}});
  }
  return {{"nodes", nodes}, {"rels", rels}};
}

Graph GraphOfJson(const Json& json) {
  Graph graph;
  std::map<std::string, int> numbers;
  for (const Json& node : json.at("nodes")) {
    numbers[node.at("id")] = static_cast<int>(graph.nodes.size());
    graph.nodes.push_back({node.at("id"), node.at("labels"), PropertiesOfJson(node)});
  }
  for (const Json& rel : json.at("rels")) {
    graph.edges.push_back(
        {rel.at("id"), rel.at("type"), numbers.at(rel.at("src")), numbers.at(rel.at("dst")), PropertiesOfJson(rel)});
  }
  return graph;
}

std::string ToText(const Graph& graph, const Walk& walk) {
  std::string text = "(" + graph.nodes[walk.nodes[0]].id + ")";
  for (int i = 0; i < walk.length(); ++i) {
    text += "-" + graph.edges[walk.edges[i]].id + "-(" + graph.nodes[walk.nodes[i + 1]].id + ")";
  }
  return text;
}

}  // namespace dossier::oracle
