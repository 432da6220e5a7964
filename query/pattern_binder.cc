#include "query/pattern_binder.h"

#include <algorithm>
#include <map>
#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"

namespace dossier {
namespace {

absl::Status PatternError(int number, const SourceSpan& place, std::string cause, std::string rule, std::string hint) {
  return ToStatus(
      absl::StatusCode::kInvalidArgument,
      {.number = number, .place = place, .cause = std::move(cause), .rule = std::move(rule), .hint = std::move(hint)});
}

std::string TextOf(std::string_view text, const SourceSpan& span) {
  if (!span.known() || span.end.offset > text.size() || span.begin.offset > span.end.offset) return "";
  return std::string(text.substr(span.begin.offset, span.end.offset - span.begin.offset));
}

std::string_view KindName(StaticType type) {
  switch (type) {
    case StaticType::kVertex:
      return "a node";
    case StaticType::kEdge:
      return "an edge";
    case StaticType::kPath:
      return "a path";
    case StaticType::kVertexList:
      return "a list of nodes";
    case StaticType::kEdgeList:
      return "a list of edges";
    default:
      return "a value";
  }
}

}  // namespace

// The binding of one MATCH.
class PatternBinder::Binding {
 public:
  Binding(PatternBinder* binder, const Scope& outer, std::string_view text)
      : binder_(*binder), outer_(outer), text_(text) {}

  absl::StatusOr<BoundGraphPattern> Run(const ast::GraphPattern& pattern) {
    RETURN_IF_ERROR(ChooseMatchMode(pattern));
    std::vector<const ast::PathPattern*> paths;
    for (const ast::PathPattern& path : pattern.paths) paths.push_back(&path);
    return BindPaths(paths);
  }

  absl::StatusOr<BoundGraphPattern> Run(const ast::PathPattern& path) {
    result_.different_edges = !path.prefix.has_value();
    return BindPaths({&path});
  }

 private:
  absl::StatusOr<BoundGraphPattern> BindPaths(const std::vector<const ast::PathPattern*>& paths) {
    // First who is there, so that conditions may speak of elements to their right; then what they must be like.
    for (const ast::PathPattern* path : paths) {
      if (path->variable.has_value()) RETURN_IF_ERROR(Declare(*path->variable, StaticType::kPath, /*depth=*/0));
      RETURN_IF_ERROR(DeclareIn(path->path, 0));
    }
    Scope scope(&outer_);
    for (const auto& [name, variable] : variables_) {
      scope.Declare(name, {VariableReference::Kind::kLocal, variable.local, variable.type});
    }
    for (const ast::PathPattern* path : paths) {
      ASSIGN_OR_RETURN(std::shared_ptr<BoundPathPattern> bound, BindPath(*path, scope));
      result_.paths.push_back(std::move(bound));
    }
    for (const auto& [name, variable] : variables_) result_.variables.push_back(variable);
    return std::move(result_);
  }

  absl::Status ChooseMatchMode(const ast::GraphPattern& pattern) {
    if (pattern.keep.has_value()) {
      return PatternError(kNotSupportedYet, pattern.keep->span, "KEEP is not supported", "",
                          "write the words in front of each path");
    }
    bool any_prefix = false;
    for (const ast::PathPattern& path : pattern.paths) {
      if (path.function_form) continue;
      any_prefix |= path.prefix.has_value();
    }
    result_.different_edges = pattern.mode.has_value() ? *pattern.mode == ast::MatchMode::kDifferentEdges : !any_prefix;
    return absl::OkStatus();
  }

  // Depth: how many quantifiers (`?` apart) stand around the variable.
  absl::Status Declare(const ast::Name& name, StaticType type, int depth) {
    if (depth > 0)
      type = type == StaticType::kVertex ? StaticType::kVertexList
             : type == StaticType::kEdge ? StaticType::kEdgeList
                                         : StaticType::kList;
    const auto [at, is_new] = variables_.try_emplace(name.text);
    PatternVariable& variable = at->second;
    if (!is_new) {
      const bool repeated_node = type == StaticType::kVertex && variable.type == StaticType::kVertex;
      const bool repeated_edge = type == StaticType::kEdge && variable.type == StaticType::kEdge;
      if (repeated_node || repeated_edge) return absl::OkStatus();
      return PatternError(
          kVariableClash, name.span,
          StrCat("'", name.text, "' is ", KindName(variable.type), " and cannot be ", KindName(type), " as well"),
          "a name stands for one thing in a pattern", "use another name");
    }
    variable.name = name.text;
    variable.type = type;
    const std::optional<VariableReference> outer = outer_.Find(name.text);
    if (!outer.has_value()) {
      variable.local = (*binder_.next_local_)++;
      variable.slot = (*binder_.next_slot_)++;
      return absl::OkStatus();
    }
    variable.bound_before = true;
    if (type == StaticType::kPath) {
      return PatternError(kAlreadyBound, name.span, StrCat("'", name.text, "' is bound already"),
                          "a path variable must be new", "use another name");
    }
    if (outer->type != StaticType::kAny && outer->type != StaticType::kNull && outer->type != type &&
        !(depth > 0 && outer->type == StaticType::kList)) {
      return PatternError(
          kVariableClash, name.span,
          StrCat("'", name.text, "' is ", KindName(outer->type), " and cannot be ", KindName(type), " as well"),
          "a name stands for one thing", "use another name");
    }
    if (outer->kind == VariableReference::Kind::kLocal) {
      variable.local = outer->index;
    } else {
      variable.local = (*binder_.next_local_)++;
      variable.slot = outer->index;
    }
    return absl::OkStatus();
  }

  absl::Status DeclareIn(const ast::PathAlternatives& path, int depth) {
    for (const ast::PathTerm& term : path.terms) {
      for (const ast::PathFactor& factor : term.factors) {
        const bool repeats = factor.quantifier.has_value() && !factor.quantifier->optional;
        const int inner = depth + (repeats ? 1 : 0);
        if (inner > 1) {
          return PatternError(kNotSupportedYet, factor.span, "a quantifier inside a quantified part is not supported",
                              "", "unfold one of the two");
        }
        if (const ast::NodePattern* node = factor.AsNode()) {
          if (node->fill.variable) RETURN_IF_ERROR(Declare(*node->fill.variable, StaticType::kVertex, inner));
        } else if (const ast::EdgePattern* edge = factor.AsEdge()) {
          if (edge->fill.variable) RETURN_IF_ERROR(Declare(*edge->fill.variable, StaticType::kEdge, inner));
        } else {
          const ast::ParenthesizedPath& group = *factor.AsPath();
          if (group.variable) RETURN_IF_ERROR(Declare(*group.variable, StaticType::kPath, inner));
          RETURN_IF_ERROR(DeclareIn(group.path, inner));
        }
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::shared_ptr<BoundPathPattern>> BindPath(const ast::PathPattern& path, const Scope& scope) {
    auto bound = std::make_shared<BoundPathPattern>();
    bound->text = TextOf(text_, path.span);
    if (path.function_form || (path.prefix.has_value() && path.prefix->selector != ast::PathPrefix::Selector::kAll)) {
      return PatternError(kNotSupportedYet, path.prefix.has_value() ? path.prefix->span : path.span,
                          "ANY and SHORTEST are not supported by this version", "",
                          "use a mode such as ACYCLIC with a bounded quantifier, and ORDER BY length(p)");
    }
    if (path.prefix.has_value()) bound->mode = path.prefix->mode;
    if (path.variable.has_value()) bound->path_local = variables_.at(path.variable->text).local;
    current_ = bound.get();
    held_ = result_.different_edges || (bound->mode.has_value() && *bound->mode != ast::PathMode::kWalk);
    if (path.variable.has_value()) Mention(path.variable->text);
    ASSIGN_OR_RETURN(bound->path, BindAlternatives(path.path, scope));
    return bound;
  }

  absl::StatusOr<BoundPath> BindAlternatives(const ast::PathAlternatives& path, const Scope& scope) {
    BoundPath bound;
    bound.multiset = path.kind == ast::PathAlternatives::Kind::kMultiset;
    for (const ast::PathTerm& term : path.terms) {
      BoundTerm bound_term;
      for (const ast::PathFactor& factor : term.factors) {
        ASSIGN_OR_RETURN(BoundFactor bound_factor, BindFactor(factor, scope));
        bound_term.factors.push_back(std::move(bound_factor));
      }
      // A path begins and ends with a node, and nodes stand between edges: where none is written, any will do.
      // (The matcher walks from vertex to vertex, so an edge needs no node beside it to be walked.)
      bound.terms.push_back(std::move(bound_term));
    }
    return bound;
  }

  absl::StatusOr<BoundFactor> BindFactor(const ast::PathFactor& factor, const Scope& outer) {
    BoundFactor bound;
    bound.quantifier = factor.quantifier;
    Scope scope(&outer);
    const bool repeats = factor.quantifier.has_value() && !factor.quantifier->optional;
    if (factor.quantifier.has_value() && !factor.quantifier->max.has_value() && !held_) {
      return PatternError(kUnboundedPath, factor.quantifier->span, "this quantifier has no end, and nothing holds it",
                          "an unbounded quantifier needs a mode, a selector or DIFFERENT EDGES, for walks can go round "
                          "in circles for ever",
                          "write TRAIL, ACYCLIC or SIMPLE in front of the path, or give a bound such as {1,6}");
    }
    if (repeats) {
      // Inside, names mean the element of the round; outside, the list of all rounds.
      std::vector<std::pair<std::string, StaticType>> names;
      CollectNames(factor, &names);
      for (const auto& [name, type] : names) {
        const uint32_t single = (*binder_.next_local_)++;
        bound.groups.emplace_back(single, variables_.at(name).local);
        singles_[name] = single;
        scope.Declare(name, {VariableReference::Kind::kLocal, single, type});
        Mention(name);
      }
    }
    if (const ast::NodePattern* node = factor.AsNode()) {
      ASSIGN_OR_RETURN(NodeTest test, BindNode(*node, factor.span, scope));
      bound.element = std::move(test);
    } else if (const ast::EdgePattern* edge = factor.AsEdge()) {
      ASSIGN_OR_RETURN(EdgeTest test, BindEdge(*edge, factor.span, scope));
      bound.element = std::move(test);
    } else {
      ASSIGN_OR_RETURN(BoundGroup group, BindGroup(*factor.AsPath(), scope));
      bound.element = std::move(group);
    }
    if (repeats) {
      std::vector<std::pair<std::string, StaticType>> names;
      CollectNames(factor, &names);
      for (const auto& [name, type] : names) singles_.erase(name);
    }
    return bound;
  }

  absl::StatusOr<BoundGroup> BindGroup(const ast::ParenthesizedPath& group, const Scope& scope) {
    BoundGroup bound;
    bound.mode = group.mode;
    if (group.variable.has_value()) bound.path_local = LocalOf(group.variable->text);
    const bool held_before = held_;
    if (group.mode.has_value() && *group.mode != ast::PathMode::kWalk) held_ = true;
    ASSIGN_OR_RETURN(BoundPath path, BindAlternatives(group.path, scope));
    held_ = held_before;
    bound.path = std::make_unique<BoundPath>(std::move(path));
    if (group.where != nullptr) {
      ASSIGN_OR_RETURN(bound.where, binder_.expressions_->BindCondition(*group.where, scope));
    }
    return bound;
  }

  absl::StatusOr<NodeTest> BindNode(const ast::NodePattern& node, const SourceSpan& span, const Scope& scope) {
    NodeTest test;
    test.text = TextOf(text_, span);
    if (node.fill.variable.has_value()) test.local = LocalOf(node.fill.variable->text);
    if (node.fill.labels.has_value()) RETURN_IF_ERROR(binder_.names_->ResolveLabels(*node.fill.labels, &test));
    RETURN_IF_ERROR(BindFill(node.fill, scope, &test.properties, &test.where));
    return test;
  }

  absl::StatusOr<EdgeTest> BindEdge(const ast::EdgePattern& edge, const SourceSpan& span, const Scope& scope) {
    EdgeTest test;
    test.text = TextOf(text_, span);
    if (edge.fill.variable.has_value()) test.local = LocalOf(edge.fill.variable->text);
    ASSIGN_OR_RETURN(test.steps, binder_.names_->ResolveRelations(
                                     edge.fill.labels.has_value() ? &*edge.fill.labels : nullptr, edge.direction));
    RETURN_IF_ERROR(BindFill(edge.fill, scope, &test.properties, &test.where));
    return test;
  }

  absl::Status BindFill(const ast::ElementFill& fill, const Scope& scope, std::vector<PropertyTest>* properties,
                        std::shared_ptr<const Expression>* where) {
    if (fill.properties.has_value()) {
      for (const ast::MapEntry& entry : fill.properties->entries) {
        ASSIGN_OR_RETURN(BoundExpression value, binder_.expressions_->Bind(*entry.value, scope));
        const bool outer_only = ReadsOuterOnly(*entry.value);
        properties->push_back(
            {entry.key.text, binder_.image_->FindProperty(entry.key.text), std::move(value), outer_only});
      }
    }
    if (fill.where != nullptr) {
      ASSIGN_OR_RETURN(*where, binder_.expressions_->BindCondition(*fill.where, scope));
    }
    return absl::OkStatus();
  }

  // Whether a value is surely known before the match begins: a constant, a parameter, or a variable (or a property
  // of one) from outside. What is more involved is computed while matching, which is right as well.
  bool ReadsOuterOnly(const ast::Expression& value) const {
    if (value.As<ast::Literal>() != nullptr || value.As<ast::Parameter>() != nullptr) return true;
    if (const auto* access = value.As<ast::PropertyAccess>()) return ReadsOuterOnly(*access->object);
    const auto* variable = value.As<ast::Variable>();
    return variable != nullptr && outer_.Find(variable->name).has_value();
  }

  static void CollectNames(const ast::PathFactor& factor, std::vector<std::pair<std::string, StaticType>>* names) {
    const auto add = [names](const std::optional<ast::Name>& name, StaticType type) {
      if (!name.has_value()) return;
      for (const auto& [known, unused] : *names) {
        if (known == name->text) return;
      }
      names->emplace_back(name->text, type);
    };
    if (const ast::NodePattern* node = factor.AsNode()) {
      add(node->fill.variable, StaticType::kVertex);
    } else if (const ast::EdgePattern* edge = factor.AsEdge()) {
      add(edge->fill.variable, StaticType::kEdge);
    } else {
      add(factor.AsPath()->variable, StaticType::kPath);
      for (const ast::PathTerm& term : factor.AsPath()->path.terms) {
        for (const ast::PathFactor& inner : term.factors) CollectNames(inner, names);
      }
    }
  }

  uint32_t LocalOf(const std::string& name) {
    if (const auto single = singles_.find(name); single != singles_.end()) return single->second;
    Mention(name);
    return variables_.at(name).local;
  }

  // The current path binds (or uses) this variable.
  void Mention(const std::string& name) {
    const PatternVariable& variable = variables_.at(name);
    const bool known = std::any_of(current_->variables.begin(), current_->variables.end(),
                                   [&](const PatternVariable& v) { return v.name == name; });
    if (!known) current_->variables.push_back(variable);
  }

  PatternBinder& binder_;
  const Scope& outer_;
  std::string_view text_;
  BoundGraphPattern result_;
  std::map<std::string, PatternVariable> variables_;
  std::map<std::string, uint32_t> singles_;  // of the quantified part being bound
  BoundPathPattern* current_ = nullptr;
  bool held_ = false;
};

PatternBinder::PatternBinder(const NameResolver* names, const Image* image, ExpressionBinder* expressions,
                             uint32_t* next_local, Slot* next_slot)
    : names_(names), image_(image), expressions_(expressions), next_local_(next_local), next_slot_(next_slot) {}

absl::StatusOr<BoundGraphPattern> PatternBinder::Bind(const ast::GraphPattern& pattern, const Scope& scope,
                                                      std::string_view text) {
  return Binding(this, scope, text).Run(pattern);
}

absl::StatusOr<BoundGraphPattern> PatternBinder::BindPath(const ast::PathPattern& path, const Scope& scope,
                                                          std::string_view text) {
  return Binding(this, scope, text).Run(path);
}

}  // namespace dossier
