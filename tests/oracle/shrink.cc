#include "tests/oracle/shrink.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace dossier::oracle {
namespace {

using Kind = Pattern::Kind;

// A copy of `whole` with `change` done to it.
template <typename T>
T With(const T& whole, auto change) {
  T copy = whole;
  change(copy);
  return copy;
}

std::vector<Condition> Smaller(const Condition& condition) {
  std::vector<Condition> smaller = condition.operands;
  for (size_t i = 0; i < condition.operands.size(); ++i) {
    for (Condition& inner : Smaller(condition.operands[i])) {
      smaller.push_back(With(condition, [&](Condition& c) { c.operands[i] = std::move(inner); }));
    }
  }
  return smaller;
}

// Without the condition, or with less of it.
template <typename T>
void AddWithLessWhere(const T& whole, std::vector<T>& smaller) {
  if (!whole.where.has_value()) return;
  smaller.push_back(With(whole, [](T& w) { w.where.reset(); }));
  for (Condition& inner : Smaller(*whole.where)) {
    smaller.push_back(With(whole, [&](T& w) { w.where = std::move(inner); }));
  }
}

// Whether `child` may stand directly in `parent`.
bool MayStandIn(Kind parent, Kind child) {
  switch (parent) {
    case Kind::kSequence:
      return child != Kind::kAlternation && child != Kind::kSequence;
    case Kind::kAlternation:
      return child != Kind::kAlternation;
    case Kind::kQuantified:
      return child == Kind::kEdge || child == Kind::kParenthesized;
    default:
      return true;
  }
}

std::vector<Pattern> Smaller(const Pattern& pattern) {
  std::vector<Pattern> smaller;
  if (!pattern.variable.empty()) smaller.push_back(With(pattern, [](Pattern& p) { p.variable.clear(); }));
  if (!pattern.properties.empty()) smaller.push_back(With(pattern, [](Pattern& p) { p.properties.pop_back(); }));
  if (pattern.labels.has_value()) {
    smaller.push_back(With(pattern, [](Pattern& p) { p.labels.reset(); }));
    for (const LabelTest& operand : pattern.labels->operands) {
      smaller.push_back(With(pattern, [&](Pattern& p) { p.labels = operand; }));
    }
  }
  if (pattern.mode.has_value()) smaller.push_back(With(pattern, [](Pattern& p) { p.mode.reset(); }));
  if (pattern.kind == Kind::kEdge && pattern.direction != Direction::kRight) {
    smaller.push_back(With(pattern, [](Pattern& p) { p.direction = Direction::kRight; }));
  }
  if (pattern.multiset) smaller.push_back(With(pattern, [](Pattern& p) { p.multiset = false; }));
  AddWithLessWhere(pattern, smaller);
  if (pattern.kind == Kind::kQuantified) {
    if (pattern.min > 0 && !pattern.optional) smaller.push_back(With(pattern, [](Pattern& p) { --p.min; }));
    if (pattern.max.has_value() && *pattern.max > std::max(1, pattern.min)) {
      smaller.push_back(With(pattern, [](Pattern& p) { --*p.max; }));
    }
    if (!pattern.max.has_value()) smaller.push_back(With(pattern, [](Pattern& p) { p.max = p.min + 2; }));
    if (pattern.var_length) smaller.push_back(With(pattern, [](Pattern& p) { p.var_length = false; }));
  }
  for (size_t i = 0; i < pattern.children.size(); ++i) {
    const Pattern& child = pattern.children[i];
    smaller.push_back(child);  // instead of the whole
    if (pattern.children.size() > 1) {
      smaller.push_back(
          With(pattern, [&](Pattern& p) { p.children.erase(p.children.begin() + static_cast<long>(i)); }));
    }
    for (Pattern& inner : Smaller(child)) {
      if (pattern.kind == Kind::kSequence && inner.kind == Kind::kSequence) {
        // A parenthesis without its brackets: its parts join the row.
        smaller.push_back(With(pattern, [&](Pattern& p) {
          p.children.erase(p.children.begin() + static_cast<long>(i));
          p.children.insert(p.children.begin() + static_cast<long>(i), inner.children.begin(), inner.children.end());
        }));
      } else if (MayStandIn(pattern.kind, inner.kind)) {
        smaller.push_back(With(pattern, [&](Pattern& p) { p.children[i] = std::move(inner); }));
      }
    }
  }
  // Rows and alternatives of one are that one.
  for (Pattern& p : smaller) {
    while ((p.kind == Kind::kSequence || p.kind == Kind::kAlternation) && p.children.size() == 1) {
      Pattern only = std::move(p.children[0]);
      p = std::move(only);
    }
  }
  return smaller;
}

std::vector<PathPattern> Smaller(const PathPattern& path) {
  std::vector<PathPattern> smaller;
  if (path.function_form) return {With(path, [](PathPattern& p) { p.function_form = false; })};
  if (path.has_selector) {
    smaller.push_back(With(path, [](PathPattern& p) {
      p.has_selector = false;
      p.selector = Selector::kAll;
    }));
    if (path.count > 1) smaller.push_back(With(path, [](PathPattern& p) { --p.count; }));
  }
  if (path.mode.has_value()) smaller.push_back(With(path, [](PathPattern& p) { p.mode.reset(); }));
  for (Pattern& inner : Smaller(path.pattern)) {
    smaller.push_back(With(path, [&](PathPattern& p) { p.pattern = std::move(inner); }));
  }
  return smaller;
}

std::vector<Match> Smaller(const Match& match) {
  std::vector<Match> smaller;
  if (match.mode.has_value()) smaller.push_back(With(match, [](Match& m) { m.mode.reset(); }));
  if (match.keep) return {With(match, [](Match& m) { m.keep = false; })};
  AddWithLessWhere(match, smaller);
  for (size_t i = 0; i < match.paths.size(); ++i) {
    if (match.paths.size() > 1) {
      smaller.push_back(With(match, [&](Match& m) { m.paths.erase(m.paths.begin() + static_cast<long>(i)); }));
    }
    for (PathPattern& inner : Smaller(match.paths[i])) {
      smaller.push_back(With(match, [&](Match& m) { m.paths[i] = std::move(inner); }));
    }
  }
  return smaller;
}

std::vector<Graph> Smaller(const Graph& graph) {
  std::vector<Graph> smaller;
  for (size_t i = 0; i < graph.nodes.size() && graph.nodes.size() > 1; ++i) {
    const int gone = static_cast<int>(i);
    Graph less = graph;
    std::erase_if(less.edges, [&](const GraphEdge& edge) { return edge.source == gone || edge.target == gone; });
    less.nodes.erase(less.nodes.begin() + gone);
    for (GraphEdge& edge : less.edges) {
      if (edge.source > gone) --edge.source;
      if (edge.target > gone) --edge.target;
    }
    smaller.push_back(std::move(less));
  }
  for (size_t i = 0; i < graph.edges.size(); ++i) {
    smaller.push_back(With(graph, [&](Graph& g) { g.edges.erase(g.edges.begin() + static_cast<long>(i)); }));
  }
  for (size_t i = 0; i < graph.nodes.size(); ++i) {
    if (!graph.nodes[i].labels.empty()) {
      smaller.push_back(With(graph, [&](Graph& g) { g.nodes[i].labels.pop_back(); }));
      smaller.push_back(With(graph, [&](Graph& g) { g.nodes[i].labels.erase(g.nodes[i].labels.begin()); }));
    }
    if (!graph.nodes[i].properties.empty()) {
      smaller.push_back(With(graph, [&](Graph& g) { g.nodes[i].properties.clear(); }));
    }
  }
  for (size_t i = 0; i < graph.edges.size(); ++i) {
    if (graph.edges[i].properties.empty()) continue;
    smaller.push_back(With(graph, [&](Graph& g) { g.edges[i].properties.clear(); }));
  }
  return smaller;
}

// Asks for what there is. Where a selector may leave a choice, that is everything.
void FitReturn(QueryCase& query_case) {
  const Analysis analysis = Analyse(query_case.match);
  std::vector<std::string>& columns = query_case.result.columns;
  bool choice = false;
  for (const PathPattern& path : query_case.match.paths) {
    choice = choice || (path.selector != Selector::kAll && path.selector != Selector::kAllShortest &&
                        path.selector != Selector::kShortestGroups);
  }
  if (choice) {
    columns.clear();
    for (const VariableInfo& variable : analysis.variables) {
      if (variable.returnable) columns.push_back(variable.name);
    }
  }
  std::erase_if(columns, [&](const std::string& name) {
    const VariableInfo* variable = analysis.Find(name);
    return variable == nullptr || !variable->returnable;
  });
  if (columns.empty()) query_case.result.kind = Return::Kind::kCount;
}

std::vector<QueryCase> Smaller(const QueryCase& whole) {
  std::vector<QueryCase> smaller;
  for (Match& match : Smaller(whole.match)) {
    smaller.push_back(With(whole, [&](QueryCase& c) { c.match = std::move(match); }));
  }
  for (Graph& graph : Smaller(whole.graph)) {
    smaller.push_back(With(whole, [&](QueryCase& c) { c.graph = std::move(graph); }));
  }
  for (size_t i = 0; whole.result.columns.size() > 1 && i < whole.result.columns.size(); ++i) {
    smaller.push_back(
        With(whole, [&](QueryCase& c) { c.result.columns.erase(c.result.columns.begin() + static_cast<long>(i)); }));
  }
  return smaller;
}

}  // namespace

QueryCase Shrink(QueryCase failing, const std::function<bool(const QueryCase&)>& still_fails) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);  // slow failures stay larger
  std::set<std::string> tried;
  for (bool found = true; found;) {
    found = false;
    for (QueryCase& candidate : Smaller(failing)) {
      FitReturn(candidate);
      if (std::chrono::steady_clock::now() > end) return failing;
      if (!Analyse(candidate.match).complaint.empty()) continue;
      if (!tried.insert(QueryText(candidate) + ToJson(candidate.graph).dump()).second || !still_fails(candidate))
        continue;
      failing = std::move(candidate);
      found = true;
      break;
    }
  }
  return failing;
}

}  // namespace dossier::oracle
