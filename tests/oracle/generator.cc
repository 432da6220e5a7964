#include "tests/oracle/generator.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace dossier::oracle {
namespace {

using Kind = Pattern::Kind;

class Dice {
 public:
  explicit Dice(uint64_t seed) : engine_(seed) {}
  // From `low` to `high`, both included. Not std::uniform_int_distribution, whose numbers differ between libraries.
  int Between(int low, int high) { return low + static_cast<int>(engine_() % static_cast<uint64_t>(high - low + 1)); }
  bool Chance(int percent) { return Between(1, 100) <= percent; }
  // A number of `weights`, the more likely the heavier.
  int Weighted(const std::vector<int>& weights) {
    int total = 0;
    for (const int weight : weights) total += weight;
    int at = Between(1, total);
    for (size_t i = 0; i < weights.size(); ++i) {
      at -= weights[i];
      if (at <= 0) return static_cast<int>(i);
    }
    return 0;
  }
  template <typename T>
  const T& Of(const std::vector<T>& list) {
    return list[Between(0, static_cast<int>(list.size()) - 1)];
  }

 private:
  std::mt19937_64 engine_;
};

bool AsksForSize(const Condition& condition) {
  return condition.left.kind == Operand::Kind::kSize ||
         std::any_of(condition.operands.begin(), condition.operands.end(), AsksForSize);
}

// Puts an edge into each part that is repeated but could be none.
void AddEdgeTo(Pattern& pattern) {
  if (pattern.kind == Kind::kAlternation) {
    for (Pattern& operand : pattern.children) {
      if (MinLength(operand) == 0) AddEdgeTo(operand);
    }
    return;
  }
  Pattern sequence{.kind = Kind::kSequence};
  sequence.children.push_back({.kind = Kind::kEdge});
  if (pattern.kind == Kind::kSequence) {
    sequence.children.insert(sequence.children.end(), pattern.children.begin(), pattern.children.end());
  } else {
    sequence.children.push_back(std::move(pattern));
  }
  pattern = std::move(sequence);
}

void FillEmptyLoops(Pattern& pattern) {
  for (Pattern& child : pattern.children) FillEmptyLoops(child);
  if (pattern.kind == Kind::kQuantified && MinLength(pattern.children[0]) == 0) {
    AddEdgeTo(pattern.children[0].children[0]);
  }
}

// Whether a part of the path has a mode of its own, or a condition on the size of a list: beside an unbounded
// quantifier the engine goes on until it meets its limits then.
bool HasInnerMode(const Pattern& pattern) {
  if (pattern.mode.has_value() ||
      (pattern.kind == Kind::kParenthesized && pattern.where.has_value() && AsksForSize(*pattern.where)))
    return true;
  return std::any_of(pattern.children.begin(), pattern.children.end(), HasInnerMode);
}

bool HasChoice(const Pattern& pattern) {
  return pattern.kind == Kind::kAlternation || pattern.optional ||
         std::any_of(pattern.children.begin(), pattern.children.end(), HasChoice);
}

// Whether some variable stands twice; names in `seen` have been met before.
bool RepeatsName(const Pattern& pattern, std::set<std::string>& seen) {
  if (!pattern.variable.empty() && !seen.insert(pattern.variable).second) return true;
  return std::any_of(pattern.children.begin(), pattern.children.end(),
                     [&](const Pattern& child) { return RepeatsName(child, seen); });
}

class Generator {
 public:
  Generator(const Graph& graph, uint64_t seed, const Features& features)
      : dice_(seed), graph_(graph), features_(features) {}

  QueryCase Run() {
    QueryCase made{.graph = graph_};
    do {
      made.match = MakeMatch();
    } while (!Analyse(made.match).complaint.empty() || IsSwitchedOff(made.match));
    made.result = MakeReturn(made.match);
    return made;
  }

 private:
  bool IsSwitchedOff(const Match& match) const {
    return !features_.repeated_in_choices &&
           std::any_of(match.paths.begin(), match.paths.end(), [](const PathPattern& path) {
             std::set<std::string> names;
             return HasChoice(path.pattern) && RepeatsName(path.pattern, names);
           });
  }

  // What stands to the left and may be spoken of in a condition.
  struct Scope {
    std::vector<std::string> nodes;   // single here
    std::vector<std::string> edges;   // single here
    std::vector<std::string> groups;  // lists here
    bool in_alternation = false;
    bool in_quantifier = false;  // where the engine refuses to read lists of quantifiers further in (E6117)
    int depth = 0;
  };

  Match MakeMatch() {
    next_variable_ = 0;
    shared_.clear();
    Match match;
    const int mode = dice_.Weighted({6, 3, 2});
    if (mode == 1) match.mode = MatchMode::kRepeatableElements;
    if (mode == 2) match.mode = MatchMode::kDifferentEdges;
    const int paths = dice_.Weighted({0, 75, 20, 5});
    plain_ = dice_.Chance(20);  // as openCypher has it: no prefix, and quantifiers as stars
    match.keep = !plain_ && dice_.Chance(5);
    Scope all;
    for (int i = 0; i < paths; ++i) {
      PathPattern path;
      if (!plain_ && (i == 0 || !match.keep)) MakePrefix(path);
      if (match.keep && i > 0) {
        path = match.paths[0];
        path.pattern = Pattern();
      }
      path.variable = dice_.Chance(85) || path.selector != Selector::kAll ? "p" + std::to_string(i) : "";
      Scope scope;
      budget_ = paths > 1 ? 3 : 5;
      path.pattern = MakePath(scope, true);
      if (!dice_.Chance(2)) FillEmptyLoops(path.pattern);
      if (!features_.endless_beside_modes && path.selector != Selector::kAll && EffectiveMode(path) == Mode::kWalk &&
          !MaxLength(path.pattern).has_value() && HasInnerMode(path.pattern)) {
        if (match.keep) return MakeMatch();
        path.mode = RestrictiveMode();
      }
      if (plain_ && paths == 1 && dice_.Chance(12)) MakeShortestPath(path);
      shared_.insert(shared_.end(), scope.nodes.begin(), scope.nodes.end());
      match.paths.push_back(std::move(path));
    }
    if (match.keep && !match.paths[0].has_selector && !match.paths[0].mode.has_value()) match.keep = false;
    HoldMost(match);
    if (dice_.Chance(20)) {
      // Of all that the whole MATCH binds; what may not be spoken of is sorted out by Analyse.
      Scope final;
      for (const VariableInfo& variable : Analyse(match).variables) {
        if (variable.kind == VariableInfo::Kind::kPath) continue;
        (variable.group                               ? final.groups
         : variable.kind == VariableInfo::Kind::kNode ? final.nodes
                                                      : final.edges)
            .push_back(variable.name);
      }
      match.where = MakeCondition(final, "", match.paths[0].variable);
    }
    return match;
  }

  // Queries that have no end are to be refused, and a few of them are enough.
  void HoldMost(Match& match) {
    if (match.keep || dice_.Chance(20) || Analyse(match).refusal.empty()) return;
    if (match.mode == MatchMode::kDifferentEdges) {
      match.mode.reset();
      if (Analyse(match).refusal.empty()) return;
    }
    for (PathPattern& path : match.paths) {
      if (path.selector == Selector::kAll && EffectiveMode(path) == Mode::kWalk) path.mode = RestrictiveMode();
    }
  }

  Mode RestrictiveMode() { return static_cast<Mode>(dice_.Between(1, 3)); }

  void MakePrefix(PathPattern& path) {
    const int selector = dice_.Weighted({35, 10, 12, 10, 15, 10, 14});
    path.has_selector = selector > 0;
    if (selector > 0) path.selector = static_cast<Selector>(selector - 1);
    path.count = dice_.Between(1, 3);
    path.count_written = path.selector == Selector::kShortest || path.count > 1 || dice_.Chance(50);
    const int mode = dice_.Weighted({25, 15, 25, 15, 20});
    if (mode > 0) path.mode = static_cast<Mode>(mode - 1);
  }

  // shortestPath((x)-[*]->(y))
  void MakeShortestPath(PathPattern& path) {
    path.function_form = true;
    path.has_selector = true;
    path.selector = dice_.Chance(50) ? Selector::kAnyShortest : Selector::kAllShortest;
    Pattern edge = MakeEdge();
    edge.variable.clear();
    edge.where.reset();
    Pattern loop{.kind = Kind::kQuantified, .min = dice_.Between(0, 1), .var_length = true};
    if (dice_.Chance(50)) loop.max = dice_.Between(1, 3);
    loop.children.push_back(std::move(edge));
    Scope scope;
    next_variable_ = 0;
    path.pattern = Pattern{.kind = Kind::kSequence};
    path.pattern.children.push_back(MakeNode(scope, 100));
    path.pattern.children.push_back(std::move(loop));
    path.pattern.children.push_back(MakeNode(scope, 100));
    if (path.pattern.children[0].variable == path.pattern.children[2].variable) path.pattern.children[2].variable = "z";
  }

  Pattern MakePath(Scope& scope, bool top) {
    if (!top || !dice_.Chance(6)) return MakeSequence(scope);
    return MakeAlternation(scope);
  }

  Pattern MakeAlternation(Scope& scope) {
    Pattern alternation{.kind = Kind::kAlternation};
    alternation.multiset = !scope.in_alternation && dice_.Chance(35);
    const int operands = dice_.Weighted({0, 0, 80, 20});
    const int budget = budget_;
    int spent = 0;
    Scope inside = scope;
    inside.in_alternation = scope.in_alternation || !alternation.multiset;
    ++inside.depth;
    for (int i = 0; i < operands; ++i) {
      Scope operand = inside;
      budget_ = budget;
      // The same names again, now and then, so that operands give the same matches.
      const int before = next_variable_;
      if (i > 0 && dice_.Chance(60)) next_variable_ = alternation_start_;
      if (i == 0) alternation_start_ = before;
      alternation.children.push_back(MakeSequence(operand));
      next_variable_ = std::max(next_variable_, before);
      spent = std::max(spent, budget - budget_);
    }
    budget_ = budget - spent;
    return alternation;
  }

  // Node, step, node, step, ..., now and then without the node at an end or between.
  Pattern MakeSequence(Scope& scope) {
    Pattern sequence{.kind = Kind::kSequence};
    const bool inner = scope.depth > 0;
    if (!dice_.Chance(inner ? 35 : 4)) sequence.children.push_back(MakeNode(scope, inner ? 45 : 60));
    const int steps = dice_.Weighted(inner ? std::vector<int>{4, 70, 26} : std::vector<int>{3, 52, 33, 12});
    for (int i = 0; i < steps && budget_ > 0; ++i) {
      sequence.children.push_back(MakeStep(scope));
      if (!dice_.Chance(i + 1 == steps ? (inner ? 35 : 4) : 12))
        sequence.children.push_back(MakeNode(scope, inner ? 45 : 60));
      if (dice_.Chance(3)) sequence.children.push_back(MakeNode(scope, 50));
    }
    if (sequence.children.empty()) sequence.children.push_back(MakeNode(scope, 50));
    if (sequence.children.size() == 1) return std::move(sequence.children[0]);
    return sequence;
  }

  Pattern MakeStep(Scope& scope) {
    const int kind = plain_ ? dice_.Weighted({60, 40, 0, 0}) : dice_.Weighted({38, 30, 24, scope.depth < 2 ? 8 : 0});
    if (kind == 0 || (kind == 2 && scope.depth >= 2)) {
      --budget_;
      Pattern edge = MakeEdge();
      NameEdge(edge, scope);
      return edge;
    }
    if (kind == 1) {
      Pattern edge = MakeEdge();
      Scope inside = scope;
      const size_t before = inside.edges.size();
      NameEdge(edge, inside);
      if (inside.edges.size() > before) scope.groups.push_back(edge.variable);
      return Quantify(std::move(edge), 1, scope);
    }
    if (kind == 2) {
      Scope inside = scope;
      ++inside.depth;
      inside.in_quantifier = true;
      const Scope outside = scope;
      Pattern parenthesis = MakeParenthesis(inside, dice_.Chance(15));
      const auto fresh = [](const std::vector<std::string>& after, const std::vector<std::string>& before) {
        return std::vector<std::string>(after.begin() + static_cast<long>(before.size()), after.end());
      };
      Pattern quantified = Quantify(std::move(parenthesis), 0, scope);
      for (const auto& names : {fresh(inside.nodes, outside.nodes), fresh(inside.edges, outside.edges),
                                fresh(inside.groups, outside.groups)}) {
        scope.groups.insert(scope.groups.end(), names.begin(), names.end());
      }
      return quantified;
    }
    Scope inside = scope;
    ++inside.depth;
    Pattern parenthesis = MakeParenthesis(inside, dice_.Chance(60));
    inside.depth = scope.depth;
    inside.in_alternation = scope.in_alternation;
    scope = std::move(inside);
    return parenthesis;
  }

  Pattern MakeParenthesis(Scope& inside, bool alternation) {
    Pattern parenthesis{.kind = Kind::kParenthesized};
    if (dice_.Chance(25)) parenthesis.mode = static_cast<Mode>(dice_.Between(0, 3));
    parenthesis.children.push_back(alternation ? MakeAlternation(inside) : MakeSequence(inside));
    if (dice_.Chance(16)) parenthesis.where = MakeCondition(inside, "", "");
    return parenthesis;
  }

  // `cost`: what one iteration takes of the budget, where the body has not taken it already.
  Pattern Quantify(Pattern body, int cost, const Scope&) {
    Pattern quantified{.kind = Kind::kQuantified};
    if (plain_) quantified.var_length = body.kind == Kind::kEdge && !body.where.has_value();
    switch (dice_.Weighted({20, 18, 12, plain_ ? 0 : 12, 22, 10, 6})) {
      case 0:
        quantified.min = 0;
        break;
      case 1:
        break;
      case 2:
        quantified.min = 0;
        quantified.max = 2;
        break;
      case 3:
        quantified.min = 0;
        quantified.max = 1;
        quantified.optional = true;
        break;
      case 4:
        quantified.min = dice_.Between(0, 2);
        quantified.max = quantified.min + dice_.Between(0, 1);
        if (quantified.max == 0) quantified.max = 1;
        break;
      case 5:
        quantified.min = 2;
        break;
      case 6:
        quantified.min = quantified.var_length ? 1 : 0;
        quantified.max = dice_.Chance(30) && !quantified.var_length ? 0 : 3;
        break;
    }
    const int times = quantified.max.value_or(quantified.min + 1);
    budget_ -= cost > 0 ? std::max(1, times) : std::max(0, times - 1);
    quantified.children.push_back(std::move(body));
    return quantified;
  }

  std::string NewVariable(char kind) { return std::string(1, kind) + std::to_string(next_variable_++); }

  Pattern MakeNode(Scope& scope, int named) {
    Pattern node;
    if (dice_.Chance(18)) node.labels = MakeLabels({"A", "B"}, 0);
    if (dice_.Chance(named)) {
      const std::vector<std::string>& others = scope.depth == 0 && dice_.Chance(50) ? shared_ : scope.nodes;
      if (!others.empty() && dice_.Chance(22)) {
        node.variable = dice_.Of(others);
      } else {
        node.variable = NewVariable('n');
      }
    }
    Fill(node, scope);
    if (!node.variable.empty() &&
        std::find(scope.nodes.begin(), scope.nodes.end(), node.variable) == scope.nodes.end()) {
      scope.nodes.push_back(node.variable);
    }
    return node;
  }

  Pattern MakeEdge() {
    Pattern edge{.kind = Kind::kEdge};
    edge.direction = static_cast<Direction>(dice_.Weighted({60, 15, 25}));
    if (dice_.Chance(25)) edge.labels = MakeLabels({"R", "S"}, 0);
    return edge;
  }

  void NameEdge(Pattern& edge, Scope& scope) {
    if (dice_.Chance(45)) edge.variable = NewVariable('e');
    Fill(edge, scope);
    if (!edge.variable.empty()) scope.edges.push_back(edge.variable);
  }

  void Fill(Pattern& element, const Scope& scope) {
    if (dice_.Chance(4)) element.properties.emplace_back("k", int64_t{dice_.Between(0, 2)});
    if (!element.variable.empty() && element.properties.empty() && dice_.Chance(9)) {
      element.where = MakeCondition(scope, element.variable, "");
    }
  }

  LabelTest MakeLabels(const std::vector<std::string>& names, int depth) {
    LabelTest test;
    switch (dice_.Weighted({60, 8, 12, depth < 2 ? 8 : 0, depth < 2 ? 12 : 0})) {
      case 0:
        test.name = dice_.Of(names);
        return test;
      case 1:
        test.kind = LabelTest::Kind::kWildcard;
        return test;
      case 2:
        test.kind = LabelTest::Kind::kNot;
        test.operands = {MakeLabels(names, depth + 1)};
        return test;
      default:
        test.kind = dice_.Chance(40) ? LabelTest::Kind::kAnd : LabelTest::Kind::kOr;
        test.operands = {MakeLabels(names, depth + 1), MakeLabels(names, depth + 1)};
        return test;
    }
  }

  // On `self` where it is given, else on what the scope has; `path` may be empty.
  Condition MakeCondition(const Scope& scope, const std::string& self, const std::string& path) {
    Condition condition;
    const int shape = dice_.Weighted({80, 7, 7, 6});
    if (shape > 0) {
      condition.kind = shape == 1 ? Condition::Kind::kNot : shape == 2 ? Condition::Kind::kAnd : Condition::Kind::kOr;
      condition.operands.push_back(MakeCondition(scope, self, path));
      if (shape > 1) condition.operands.push_back(MakeCondition(scope, self, path));
      return condition;
    }
    std::vector<std::string> singles = scope.nodes;
    singles.insert(singles.end(), scope.edges.begin(), scope.edges.end());
    condition.comparison = static_cast<Condition::Comparison>(dice_.Between(0, 5));
    condition.right = {.constant = int64_t{dice_.Between(0, 2)}};
    if (!path.empty() && dice_.Chance(15)) {
      condition.left = {.kind = Operand::Kind::kLength, .variable = path};
    } else if (self.empty() && !scope.in_quantifier && !scope.groups.empty() && dice_.Chance(35)) {
      condition.left = {.kind = Operand::Kind::kSize, .variable = dice_.Of(scope.groups)};
    } else if (self.empty() && scope.nodes.size() > 1 && dice_.Chance(25)) {
      condition.left = {.kind = Operand::Kind::kElement, .variable = dice_.Of(scope.nodes)};
      condition.right = {.kind = Operand::Kind::kElement, .variable = dice_.Of(scope.nodes)};
      condition.comparison = dice_.Chance(50) ? Condition::Comparison::kEqual : Condition::Comparison::kNotEqual;
    } else if (!self.empty() || !singles.empty()) {
      condition.left = {
          .kind = Operand::Kind::kProperty, .variable = self.empty() ? dice_.Of(singles) : self, .property = "k"};
      if (dice_.Chance(15)) {
        condition.kind = dice_.Chance(50) ? Condition::Kind::kIsNull : Condition::Kind::kIsNotNull;
      } else if (!singles.empty() && dice_.Chance(50)) {
        condition.right = {.kind = Operand::Kind::kProperty, .variable = dice_.Of(singles), .property = "k"};
      }
    } else {
      condition.left = {.constant = int64_t{dice_.Between(0, 2)}};
    }
    return condition;
  }

  Return MakeReturn(const Match& match) {
    Return result;
    bool choice = false;
    for (const PathPattern& path : match.paths) {
      choice = choice || path.selector == Selector::kAny || path.selector == Selector::kAnyShortest ||
               path.selector == Selector::kShortest;
    }
    result.kind = static_cast<Return::Kind>(choice ? dice_.Weighted({75, 0, 25}) : dice_.Weighted({58, 10, 16, 10, 6}));
    result.limit = dice_.Between(0, 4);
    for (const VariableInfo& variable : Analyse(match).variables) {
      const bool whole = choice || (result.kind == Return::Kind::kRows && dice_.Chance(80));
      if (variable.returnable && (whole || dice_.Chance(60))) result.columns.push_back(variable.name);
    }
    if (result.columns.empty()) result.kind = Return::Kind::kCount;
    return result;
  }

  Dice dice_;
  const Graph& graph_;
  const Features& features_;
  int next_variable_ = 0;
  int alternation_start_ = 0;
  int budget_ = 0;  // edges that a walk of plain mode may still take, about
  bool plain_ = false;
  std::vector<std::string> shared_;  // single nodes of the paths before
};

}  // namespace

Graph GenerateGraph(uint64_t seed) {
  Dice dice(seed);
  Graph graph;
  const int nodes = 1 + dice.Weighted({6, 16, 26, 24, 16, 12});
  const auto properties = [&] {
    std::map<std::string, Scalar> made;
    if (dice.Chance(80)) made["k"] = int64_t{dice.Between(0, 2)};
    return made;
  };
  for (int i = 0; i < nodes; ++i) {
    GraphNode node{.id = "n" + std::to_string(i), .properties = properties()};
    if (dice.Chance(65)) node.labels.push_back("A");
    if (dice.Chance(40)) node.labels.push_back("B");
    graph.nodes.push_back(std::move(node));
  }
  const int edges = dice.Weighted({2, 4, 7, 11, 14, 15, 15, 13, 10, 9});
  for (int i = 0; i < edges; ++i) {
    GraphEdge edge{.id = "e" + std::to_string(i), .type = dice.Chance(65) ? "R" : "S", .properties = properties()};
    edge.source = dice.Between(0, nodes - 1);
    edge.target = dice.Between(0, nodes - 1);
    if (i > 0 && dice.Chance(12)) {
      edge.source = graph.edges.back().source;
      edge.target = graph.edges.back().target;
    }
    graph.edges.push_back(std::move(edge));
  }
  return graph;
}

QueryCase GenerateCase(const Graph& graph, uint64_t seed, const Features& features) {
  return Generator(graph, seed, features).Run();
}

std::string QueryText(const QueryCase& query_case) {
  std::string columns;
  for (const std::string& column : query_case.result.columns) columns += (columns.empty() ? "" : ", ") + column;
  const std::string match = ToText(query_case.match);
  switch (query_case.result.kind) {
    case Return::Kind::kRows:
      return match + " RETURN " + columns;
    case Return::Kind::kDistinct:
      return match + " RETURN DISTINCT " + columns;
    case Return::Kind::kCount:
      return match + " RETURN count(*) AS number";
    case Return::Kind::kGroups:
      return match + " RETURN " + columns + ", count(*) AS number";
    case Return::Kind::kLimit:
      return match + " RETURN " + columns + " LIMIT " + std::to_string(query_case.result.limit);
  }
  return match;
}

}  // namespace dossier::oracle
