// Which variables a pattern has, of what kind, and whether its meaning is beyond dispute.
#include <algorithm>
#include <map>
#include <set>

#include "tests/oracle/pattern.h"

namespace dossier::oracle {
namespace {

using Kind = Pattern::Kind;

class Analyser {
 public:
  explicit Analyser(const Match& match) : match_(match) {}

  Analysis Run() {
    for (const PathPattern& path : match_.paths) {
      if (path.variable.empty()) continue;
      Add(path.variable, VariableInfo::Kind::kPath);
    }
    Environment all;
    for (size_t i = 0; i < match_.paths.size(); ++i) {
      path_ = static_cast<int>(i);
      const PathPattern& path = match_.paths[i];
      Environment environment;
      if (path.selector != Selector::kAll && match_.paths.size() > 1 &&
          EffectiveMode(match_) == MatchMode::kDifferentEdges) {
        Refuse("a selector beside other paths under DIFFERENT EDGES");
      }
      const bool held = EffectiveMode(path) != Mode::kWalk || path.selector != Selector::kAll ||
                        EffectiveMode(match_) == MatchMode::kDifferentEdges;
      scope_ = 0;
      Visit(path.pattern, environment, {.held = held});
      for (const auto& [name, seen] : environment) {
        const auto [at, fresh] = all.emplace(name, seen);
        if (!fresh && (seen.group || seen.conditional || at->second.group || at->second.conditional)) {
          Complain(name + " is shared by two paths but not single in both");
        }
      }
    }
    if (match_.where.has_value()) {
      for (const PathPattern& path : match_.paths) paths_.insert(path.variable);
      CheckCondition(*match_.where, all);
    }
    for (VariableInfo& variable : analysis_.variables) {
      if (variable.kind == VariableInfo::Kind::kPath) continue;
      variable.group = all.at(variable.name).group;
      variable.conditional = all.at(variable.name).conditional;
      if (!variable.group) variable.returnable = true;
    }
    return std::move(analysis_);
  }

 private:
  // What is known of a variable at some place of the pattern.
  struct Seen {
    bool node = true;
    bool group = false;
    bool conditional = false;
  };
  using Environment = std::map<std::string, Seen>;

  struct Context {
    bool held = false;            // an unbounded quantifier is harmless here
    bool in_alternation = false;  // under |, where |+| would have to say what a duplicate is
    bool pinned = true;           // a name before it, or the start of the path, says where this part begins
  };

  void Refuse(const std::string& refusal) {
    if (analysis_.refusal.empty()) analysis_.refusal = refusal;
  }

  void Complain(const std::string& complaint) {
    if (analysis_.complaint.empty()) analysis_.complaint = complaint;
  }

  VariableInfo& Add(const std::string& name, VariableInfo::Kind kind) {
    for (VariableInfo& variable : analysis_.variables) {
      if (variable.name != name) continue;
      if (variable.kind != kind) Complain(name + " is of two kinds");
      return variable;
    }
    analysis_.variables.push_back({.name = name, .kind = kind});
    return analysis_.variables.back();
  }

  void Declare(const Pattern& element, Environment& environment) {
    const std::string& name = element.variable;
    if (name.empty()) return;
    const bool node = element.kind == Kind::kNode;
    VariableInfo& info = Add(name, node ? VariableInfo::Kind::kNode : VariableInfo::Kind::kEdge);
    if (std::find(info.paths.begin(), info.paths.end(), path_) == info.paths.end()) info.paths.push_back(path_);
    const auto [scope, fresh_scope] = scopes_.emplace(std::pair(path_, name), scope_);
    if (!fresh_scope && scope->second != scope_) Complain(name + " stands inside and outside of a quantifier");
    const auto [at, fresh] = environment.emplace(name, Seen{.node = node});
    if (!fresh && (at->second.group || at->second.conditional)) Complain(name + " stands twice but may be null");
    if (fresh) return;
    info.returnable = false;  // matters for group variables alone: see Run()
    repeated_in_.insert(scope_);
  }

  void CheckOperand(const Operand& operand, const Environment& environment) {
    if (operand.kind == Operand::Kind::kConstant) return;
    if (operand.kind == Operand::Kind::kLength) {
      if (!paths_.contains(operand.variable)) Complain("no path " + operand.variable + " here");
      return;
    }
    const auto at = environment.find(operand.variable);
    if (at == environment.end()) return Complain("no variable " + operand.variable + " here");
    if (at->second.group != (operand.kind == Operand::Kind::kSize)) Complain(operand.variable + " is a group, or none");
    if (operand.kind == Operand::Kind::kSize && !analysis_.Find(operand.variable)->returnable) {
      Complain("the size of " + operand.variable + " is in doubt");
    }
  }

  void CheckCondition(const Condition& condition, const Environment& environment) {
    for (const Condition& operand : condition.operands) CheckCondition(operand, environment);
    if (!condition.operands.empty()) return;
    CheckOperand(condition.left, environment);
    if (condition.kind != Condition::Kind::kCompare) return;
    CheckOperand(condition.right, environment);
    const bool left_element = condition.left.kind == Operand::Kind::kElement;
    if (left_element != (condition.right.kind == Operand::Kind::kElement)) Complain("an element beside a value");
    if (left_element && analysis_.complaint.empty() &&
        environment.at(condition.left.variable).node != environment.at(condition.right.variable).node) {
      Complain("a node beside an edge");
    }
  }

  void Visit(const Pattern& pattern, Environment& environment, Context context) {
    switch (pattern.kind) {
      case Kind::kNode:
      case Kind::kEdge:
        Declare(pattern, environment);
        if (pattern.where.has_value()) CheckCondition(*pattern.where, environment);
        break;
      case Kind::kSequence:
        for (size_t i = 0; i < pattern.children.size(); ++i) {
          if (i > 0)
            context.pinned = pattern.children[i - 1].kind == Kind::kNode && !pattern.children[i - 1].variable.empty();
          Visit(pattern.children[i], environment, context);
        }
        break;
      case Kind::kAlternation:
        VisitAlternation(pattern, environment, context);
        break;
      case Kind::kQuantified:
        VisitQuantified(pattern, environment, context);
        break;
      case Kind::kParenthesized:
        if (pattern.mode.has_value() && *pattern.mode != Mode::kWalk) context.held = true;
        Visit(pattern.children[0], environment, context);
        if (pattern.where.has_value()) CheckCondition(*pattern.where, environment);
        break;
    }
  }

  void VisitAlternation(const Pattern& pattern, Environment& environment, Context context) {
    if (pattern.multiset && (context.in_alternation || !context.pinned)) Complain("|+| within |, or at no fixed place");
    if (!pattern.multiset) context.in_alternation = true;
    std::map<std::string, size_t> operands_with;
    Environment merged = environment;
    for (const Pattern& child : pattern.children) {
      Environment inner = environment;
      Visit(child, inner, context);
      for (const auto& [name, seen] : inner) {
        if (environment.contains(name)) continue;
        ++operands_with[name];
        const auto [at, fresh] = merged.emplace(name, seen);
        if (!fresh && at->second.group != seen.group)
          Complain(name + " is single in one operand and a group in another");
        if (seen.conditional) at->second.conditional = true;
      }
    }
    for (const auto& [name, count] : operands_with) {
      if (count < pattern.children.size() && !merged.at(name).group) merged.at(name).conditional = true;
    }
    environment = std::move(merged);
  }

  void VisitQuantified(const Pattern& pattern, Environment& environment, Context context) {
    if (!pattern.max.has_value() && !context.held) Refuse("an unbounded quantifier that nothing holds");
    if (MinLength(pattern.children[0]) == 0) Refuse("a quantifier on what may be no edge");
    const int outer_scope = scope_;
    if (!pattern.optional) scope_ = ++last_scope_;
    const bool fixed_length = MinLength(pattern.children[0]) == MaxLength(pattern.children[0]);
    if (!fixed_length) context.pinned = false;
    Environment inner = environment;
    Visit(pattern.children[0], inner, context);
    for (auto& [name, seen] : inner) {
      if (environment.contains(name)) continue;
      if (pattern.optional) {
        if (!seen.group) seen.conditional = true;
      } else {
        seen.group = true;
        seen.conditional = false;
      }
    }
    if (!pattern.optional && !fixed_length && repeated_in_.contains(scope_)) {
      Complain("a variable that stands twice in iterations of no fixed length");
    }
    environment = std::move(inner);
    scope_ = outer_scope;
  }

  const Match& match_;
  Analysis analysis_;
  std::map<std::pair<int, std::string>, int> scopes_;  // where each name of each path was first declared
  std::set<std::string> paths_;                        // path variables that can be seen
  std::set<int> repeated_in_;                          // scopes with a variable that stands twice
  int path_ = 0;
  int scope_ = 0;
  int last_scope_ = 0;
};

}  // namespace

const VariableInfo* Analysis::Find(const std::string& name) const {
  for (const VariableInfo& variable : variables) {
    if (variable.name == name) return &variable;
  }
  return nullptr;
}

Analysis Analyse(const Match& match) { return Analyser(match).Run(); }

MatchMode EffectiveMode(const Match& match) {
  if (match.mode.has_value()) return *match.mode;
  for (const PathPattern& path : match.paths) {
    if (path.has_selector || path.mode.has_value()) return MatchMode::kRepeatableElements;
  }
  return MatchMode::kDifferentEdges;
}

Mode EffectiveMode(const PathPattern& path) {
  if (path.function_form) return Mode::kTrail;
  return path.mode.value_or(Mode::kWalk);
}

int MinLength(const Pattern& pattern) {
  switch (pattern.kind) {
    case Kind::kNode:
      return 0;
    case Kind::kEdge:
      return 1;
    case Kind::kSequence: {
      int length = 0;
      for (const Pattern& child : pattern.children) length += MinLength(child);
      return length;
    }
    case Kind::kAlternation: {
      int length = MinLength(pattern.children[0]);
      for (const Pattern& child : pattern.children) length = std::min(length, MinLength(child));
      return length;
    }
    case Kind::kQuantified:
      return pattern.min * MinLength(pattern.children[0]);
    case Kind::kParenthesized:
      return MinLength(pattern.children[0]);
  }
  return 0;
}

std::optional<int> MaxLength(const Pattern& pattern) {
  switch (pattern.kind) {
    case Kind::kNode:
      return 0;
    case Kind::kEdge:
      return 1;
    case Kind::kSequence:
    case Kind::kAlternation:
    case Kind::kParenthesized: {
      int length = 0;
      for (const Pattern& child : pattern.children) {
        const std::optional<int> inner = MaxLength(child);
        if (!inner.has_value()) return std::nullopt;
        length = pattern.kind == Kind::kAlternation ? std::max(length, *inner) : length + *inner;
      }
      return length;
    }
    case Kind::kQuantified: {
      const std::optional<int> inner = MaxLength(pattern.children[0]);
      if (inner == 0) return 0;
      if (!inner.has_value() || !pattern.max.has_value()) return std::nullopt;
      return *inner * *pattern.max;
    }
  }
  return 0;
}

}  // namespace dossier::oracle
