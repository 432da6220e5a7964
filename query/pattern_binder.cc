#include "query/pattern_binder.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/expression_nodes.h"
#include "query/path_program.h"
#include "query/pattern_variables.h"

namespace dossier {
namespace {

std::string TextOf(std::string_view text, const SourceSpan& span) {
  if (!span.known() || span.end.offset > text.size() || span.begin.offset > span.end.offset) return "";
  return std::string(text.substr(span.begin.offset, span.end.offset - span.begin.offset));
}

}  // namespace

// The binding of one MATCH.
class PatternBinder::Binding {
 public:
  Binding(PatternBinder* binder, const Scope& outer, std::string_view text)
      : binder_(*binder), outer_(outer), text_(text) {}

  absl::StatusOr<BoundGraphPattern> Run(const ast::GraphPattern& pattern) {
    keep_ = pattern.keep.has_value() ? &*pattern.keep : nullptr;
    std::vector<const ast::PathPattern*> paths;
    for (const ast::PathPattern& path : pattern.paths) paths.push_back(&path);
    RETURN_IF_ERROR(ChooseMatchMode(pattern.mode, paths));
    return BindPaths(paths);
  }

  absl::StatusOr<BoundGraphPattern> Run(const ast::PathPattern& path) {
    RETURN_IF_ERROR(ChooseMatchMode(std::nullopt, {&path}));
    return BindPaths({&path});
  }

 private:
  const ast::PathPrefix* PrefixOf(const ast::PathPattern& path) const {
    return path.prefix.has_value() ? &*path.prefix : keep_;
  }

  static bool Selects(const ast::PathPrefix* prefix) {
    return prefix != nullptr && prefix->selector != ast::PathPrefix::Selector::kAll;
  }

  absl::StatusOr<BoundGraphPattern> BindPaths(const std::vector<const ast::PathPattern*>& paths) {
    // First who is there, so that conditions may speak of elements to their right; then what they must be like.
    declared_ = PatternVariables(&outer_, result_.different_edges, binder_.next_local_, binder_.next_slot_);
    for (const ast::PathPattern* path : paths) RETURN_IF_ERROR(declared_.Declare(*path));
    Scope scope(&outer_);
    for (const auto& [name, declared] : declared_.all()) {
      scope.Declare(name, {VariableReference::Kind::kLocal, declared.variable.local, declared.variable.type});
    }
    for (const ast::PathPattern* path : paths) {
      ASSIGN_OR_RETURN(std::shared_ptr<BoundPathPattern> bound, BindPath(*path, scope));
      result_.paths.push_back(std::move(bound));
    }
    for (const auto& [name, declared] : declared_.all()) result_.variables.push_back(declared.variable);
    return std::move(result_);
  }

  // DESIGN.md, section 4: a MATCH in which no path has a mode or a selector means DIFFERENT EDGES, one in which some
  // path has means REPEATABLE ELEMENTS; an explicit match mode wins. shortestPath() keeps to its own edges.
  absl::Status ChooseMatchMode(std::optional<ast::MatchMode> written,
                               const std::vector<const ast::PathPattern*>& paths) {
    const auto has_prefix = [this](const ast::PathPattern* path) {
      return !path->function_form && PrefixOf(*path) != nullptr;
    };
    result_.different_edges = written.has_value() ? *written == ast::MatchMode::kDifferentEdges
                                                  : std::none_of(paths.begin(), paths.end(), has_prefix);
    if (!result_.different_edges || paths.size() < 2) return absl::OkStatus();
    for (const ast::PathPattern* path : paths) {
      if (path->function_form || !Selects(PrefixOf(*path))) continue;
      return QueryError(kSelectorAmongPaths, path->prefix.has_value() ? path->prefix->span : keep_->span,
                        "a selector in a MATCH of several paths under DIFFERENT EDGES",
                        "there the paths share their edges out among them, so that none can be chosen by itself",
                        "put it into a MATCH of its own, or write REPEATABLE ELEMENTS");
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::shared_ptr<BoundPathPattern>> BindPath(const ast::PathPattern& path, const Scope& scope) {
    auto bound = std::make_shared<BoundPathPattern>();
    bound->text = TextOf(text_, path.span);
    bound->function_form = path.function_form;
    RETURN_IF_ERROR(BindPrefix(path, bound.get()));
    if (path.variable.has_value()) bound->path_local = declared_.at(path.variable->text).variable.local;
    current_ = bound.get();
    held_ = bound->restrictor.restricts() || bound->selector.kind != PathSelector::Kind::kAll;
    if (path.variable.has_value()) Mention(path.variable->text);
    ASSIGN_OR_RETURN(bound->path, BindAlternatives(path.path, scope));
    NoteForeignReads();
    // A condition may read what is matched after it from one end, but not from both.
    if (!CompilePath(*bound, /*reversed=*/false).has_value() && !CompilePath(*bound, /*reversed=*/true).has_value()) {
      return QueryError(kReadTooEarly, path.span, "a condition in this path reads an element of another part of it",
                        "a condition inside a quantifier or an alternative reads what is matched there or before",
                        "move the condition to the WHERE of the clause");
    }
    return bound;
  }

  absl::Status BindPrefix(const ast::PathPattern& path, BoundPathPattern* bound) {
    const ast::PathPrefix* prefix = PrefixOf(path);
    PathRestrictor& restrictor = bound->restrictor;
    restrictor.edges_once = result_.different_edges || path.function_form;
    if (prefix == nullptr) return absl::OkStatus();
    switch (prefix->mode.value_or(ast::PathMode::kWalk)) {
      case ast::PathMode::kWalk:
        break;
      case ast::PathMode::kTrail:
        restrictor.edges_once = true;
        break;
      case ast::PathMode::kAcyclic:
        restrictor.vertices = PathRestrictor::Vertices::kOnce;
        break;
      case ast::PathMode::kSimple:
        restrictor.vertices = PathRestrictor::Vertices::kOnceOrClose;
        break;
    }
    PathSelector& selector = bound->selector;
    switch (prefix->selector) {
      case ast::PathPrefix::Selector::kAll:
        return absl::OkStatus();
      case ast::PathPrefix::Selector::kAny:
        selector.kind = PathSelector::Kind::kAny;
        break;
      case ast::PathPrefix::Selector::kAnyShortest:
      case ast::PathPrefix::Selector::kShortest:
        selector.kind = PathSelector::Kind::kShortest;
        break;
      case ast::PathPrefix::Selector::kAllShortest:
      case ast::PathPrefix::Selector::kShortestGroups:
        selector.kind = PathSelector::Kind::kGroups;
        break;
    }
    if (prefix->count != nullptr) {
      const Scope no_names;
      ASSIGN_OR_RETURN(selector.count, binder_.expressions_->Bind(*prefix->count, no_names));
    }
    return absl::OkStatus();
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
      // (A search walks from vertex to vertex, so an edge needs no node beside it to be walked.)
      NoteProvenance(&bound_term);
      bound.terms.push_back(std::move(bound_term));
    }
    return bound;
  }

  // Claims and documents have to be named: by a label, or by an edge beside them of a relation of theirs.
  void NoteProvenance(BoundTerm* term) const {
    for (size_t i = 0; i < term->factors.size(); ++i) {
      auto* node = std::get_if<NodeTest>(&term->factors[i].element);
      if (node == nullptr) continue;
      if (i > 0 && MayBeHidden(term->factors[i - 1])) node->provenance = true;
      if (i + 1 < term->factors.size() && MayBeHidden(term->factors[i + 1])) node->provenance = true;
    }
  }

  bool MayBeHidden(const BoundFactor& factor) const {
    if (const auto* edge = std::get_if<EdgeTest>(&factor.element)) {
      return std::any_of(edge->steps.begin(), edge->steps.end(),
                         [this](const RelationStep& step) { return binder_.image_->hidden(step.relation); });
    }
    const auto* group = std::get_if<BoundGroup>(&factor.element);
    if (group == nullptr) return false;
    return std::any_of(group->path->terms.begin(), group->path->terms.end(), [this](const BoundTerm& term) {
      return !term.factors.empty() && (MayBeHidden(term.factors.front()) || MayBeHidden(term.factors.back()));
    });
  }

  absl::StatusOr<BoundFactor> BindFactor(const ast::PathFactor& factor, const Scope& outer) {
    BoundFactor bound;
    bound.quantifier = factor.quantifier;
    if (factor.quantifier.has_value()) RETURN_IF_ERROR(CheckQuantifier(factor));
    Scope scope(&outer);
    std::map<std::string, uint32_t> outer_rounds;
    if (Repeats(factor)) {
      // Inside, names mean the element of the round; outside, the list of all rounds.
      outer_rounds = rounds_;
      for (const auto& [name, type] : NamesIn(factor)) {
        const PatternVariables::Declared& declared = declared_.at(name);
        const bool innermost = declared.quantified == &factor;
        const uint32_t local = (*binder_.next_local_)++;
        if (innermost) {
          bound.round_locals.push_back(local);
        } else {
          unreadable_.push_back(local);
        }
        rounds_[name] = local;
        scope.Declare(name, {VariableReference::Kind::kLocal, local, innermost ? type : declared.variable.type});
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
    if (Repeats(factor)) rounds_ = std::move(outer_rounds);
    return bound;
  }

  absl::Status CheckQuantifier(const ast::PathFactor& factor) const {
    if (!factor.quantifier->max.has_value() && !held_) {
      return QueryError(kUnboundedPath, factor.quantifier->span, "this quantifier has no end, and nothing holds it",
                        "an unbounded quantifier needs a mode, a selector or DIFFERENT EDGES, for walks can go round "
                        "in circles for ever",
                        "write TRAIL, ACYCLIC or SIMPLE in front of the path, or give a bound such as {1,6}");
    }
    if (factor.AsPath() != nullptr && ShortestLength(factor.AsPath()->path) == 0) {
      return QueryError(kInvalidQuantifier, factor.quantifier->span, "a quantifier on what may be no edge at all",
                        "each round of a quantifier goes over at least one edge (ISO 39075, 16.7)",
                        "quantify a part that has an edge, such as ((a)-[:R]->(b)){1,3}");
    }
    return absl::OkStatus();
  }

  // The fewest edges that a path of this pattern has.
  static int64_t ShortestLength(const ast::PathAlternatives& path) {
    int64_t shortest = std::numeric_limits<int64_t>::max();
    for (const ast::PathTerm& term : path.terms) {
      int64_t length = 0;
      for (const ast::PathFactor& factor : term.factors) {
        int64_t own = factor.AsEdge() != nullptr   ? 1
                      : factor.AsPath() != nullptr ? ShortestLength(factor.AsPath()->path)
                                                   : 0;
        if (factor.quantifier.has_value() && factor.quantifier->min == 0) own = 0;
        if (own > 0) length = 1;  // enough to know
      }
      shortest = std::min(shortest, length);
    }
    return shortest;
  }

  absl::StatusOr<BoundGroup> BindGroup(const ast::ParenthesizedPath& group, const Scope& scope) {
    BoundGroup bound;
    bound.mode = group.mode;
    if (group.variable.has_value()) {
      bound.local = LocalOf(group.variable->text);
      bound.variable = NewElement(group.variable->text, ElementVariable::Kind::kPath);
    }
    const bool held_before = held_;
    if (group.mode.has_value() && *group.mode != ast::PathMode::kWalk) held_ = true;
    ASSIGN_OR_RETURN(BoundPath path, BindAlternatives(group.path, scope));
    held_ = held_before;
    bound.path = std::make_unique<BoundPath>(std::move(path));
    if (group.where != nullptr) {
      ASSIGN_OR_RETURN(Condition condition, BindCondition(*group.where, scope));
      bound.conditions.push_back(std::move(condition));
    }
    return bound;
  }

  absl::StatusOr<NodeTest> BindNode(const ast::NodePattern& node, const SourceSpan& span, const Scope& scope) {
    NodeTest test;
    test.text = TextOf(text_, span);
    if (node.fill.variable.has_value()) {
      test.local = LocalOf(node.fill.variable->text);
      test.variable = NewElement(node.fill.variable->text, ElementVariable::Kind::kVertex);
    }
    if (node.fill.labels.has_value()) RETURN_IF_ERROR(binder_.names_->ResolveLabels(*node.fill.labels, &test));
    RETURN_IF_ERROR(BindFill(node.fill, StaticType::kVertex, scope, &test));
    return test;
  }

  absl::StatusOr<EdgeTest> BindEdge(const ast::EdgePattern& edge, const SourceSpan& span, const Scope& scope) {
    EdgeTest test;
    test.text = TextOf(text_, span);
    if (edge.fill.variable.has_value()) {
      test.local = LocalOf(edge.fill.variable->text);
      test.variable = NewElement(edge.fill.variable->text, ElementVariable::Kind::kEdge);
    }
    ASSIGN_OR_RETURN(test.steps, binder_.names_->ResolveRelations(
                                     edge.fill.labels.has_value() ? &*edge.fill.labels : nullptr, edge.direction));
    RETURN_IF_ERROR(BindFill(edge.fill, StaticType::kEdge, scope, &test));
    return test;
  }

  // The properties and the WHERE of an element.
  template <typename Test>
  absl::Status BindFill(const ast::ElementFill& fill, StaticType element, const Scope& scope, Test* test) {
    if (fill.properties.has_value()) {
      for (const ast::MapEntry& entry : fill.properties->entries) {
        RETURN_IF_ERROR(BindProperty(entry, element, scope, test));
      }
    }
    if (fill.where != nullptr) {
      ASSIGN_OR_RETURN(Condition condition, BindCondition(*fill.where, scope));
      test->conditions.push_back(std::move(condition));
    }
    return absl::OkStatus();
  }

  template <typename Test>
  absl::Status BindProperty(const ast::MapEntry& entry, StaticType element, const Scope& scope, Test* test) {
    RETURN_IF_ERROR(binder_.expressions_->CheckPropertyName(entry.key, element));
    Scope noting(&scope);
    std::vector<uint32_t> reads;
    noting.NoteReads(&reads);
    ASSIGN_OR_RETURN(BoundExpression value, binder_.expressions_->Bind(*entry.value, noting));
    ASSIGN_OR_RETURN(reads, OwnReads(reads, entry.value->span));
    const PropertyId property = binder_.image_->FindProperty(entry.key.text);
    if (reads.empty()) {
      test->properties.push_back({entry.key.text, property, std::move(value), ReadsOuterOnly(*entry.value)});
      return absl::OkStatus();
    }
    // {name: a.name} reads another element: the same as WHERE this.name = a.name.
    if (test->local == kNoLocal) test->local = (*binder_.next_local_)++;
    BoundExpression self = MakeVariable({VariableReference::Kind::kLocal, test->local, element}, "", entry.key.span);
    std::vector<BoundExpression> operands;
    operands.push_back(MakePropertyAccess(std::move(self), entry.key.text, property, entry.key.span));
    operands.push_back(std::move(value));
    reads.push_back(test->local);
    test->conditions.push_back(
        {MakeComparison(std::move(operands), {ast::ComparisonOperator::kEqual}, entry.value->span), std::move(reads)});
    return absl::OkStatus();
  }

  absl::StatusOr<Condition> BindCondition(const ast::Expression& where, const Scope& scope) {
    Scope noting(&scope);
    Condition condition;
    std::vector<uint32_t> reads;
    noting.NoteReads(&reads);
    ASSIGN_OR_RETURN(condition.expression, binder_.expressions_->BindCondition(where, noting));
    ASSIGN_OR_RETURN(condition.reads, OwnReads(reads, where.span));
    return condition;
  }

  // Of the locals that a condition reads, those of this pattern, each once.
  absl::StatusOr<std::vector<uint32_t>> OwnReads(std::vector<uint32_t> reads, const SourceSpan& place) {
    std::sort(reads.begin(), reads.end());
    reads.erase(std::unique(reads.begin(), reads.end()), reads.end());
    for (const uint32_t local : reads) {
      if (std::find(unreadable_.begin(), unreadable_.end(), local) != unreadable_.end()) {
        return QueryError(kReadTooEarly, place, "this condition reads the list of a quantifier inside its own round",
                          "inside a quantified part, the elements of a part quantified in turn cannot be read",
                          "name the outer path and test it in the WHERE of the clause");
      }
      if (local == current_->path_local) {
        return QueryError(kReadTooEarly, place, "this condition reads the path that it is part of",
                          "a path is there once it is complete", "move the condition to the WHERE of the clause");
      }
    }
    const auto is_own = [this](uint32_t local) {
      return std::any_of(declared_.all().begin(), declared_.all().end(),
                         [&](const auto& entry) { return entry.second.variable.local == local; }) ||
             std::any_of(rounds_.begin(), rounds_.end(), [&](const auto& entry) { return entry.second == local; });
    };
    reads.erase(std::remove_if(reads.begin(), reads.end(), [&](uint32_t local) { return !is_own(local); }),
                reads.end());
    return reads;
  }

  // What the path's conditions read of other paths of the clause.
  void NoteForeignReads() {
    const auto visit_conditions = [this](const auto& self, const BoundPath& path) -> void {
      const auto note = [this](const std::vector<Condition>& conditions) {
        for (const Condition& condition : conditions) {
          for (const uint32_t local : condition.reads) NoteRead(local);
        }
      };
      for (const BoundTerm& term : path.terms) {
        for (const BoundFactor& factor : term.factors) {
          if (const auto* node = std::get_if<NodeTest>(&factor.element)) {
            note(node->conditions);
          } else if (const auto* edge = std::get_if<EdgeTest>(&factor.element)) {
            note(edge->conditions);
          } else {
            const auto& group = std::get<BoundGroup>(factor.element);
            note(group.conditions);
            self(self, *group.path);
          }
        }
      }
    };
    visit_conditions(visit_conditions, current_->path);
  }

  void NoteRead(uint32_t local) {
    for (const auto& [name, declared] : declared_.all()) {
      if (declared.variable.local != local) continue;
      const bool own = std::any_of(current_->variables.begin(), current_->variables.end(),
                                   [&](const PatternVariable& variable) { return variable.local == local; });
      if (!own) current_->foreign_reads.push_back(local);
    }
  }

  // Whether a value is surely known before the match begins: a constant, a parameter, or a variable (or a property
  // of one) from outside. What is more involved is computed while matching, which is right as well.
  bool ReadsOuterOnly(const ast::Expression& value) const {
    if (value.As<ast::Literal>() != nullptr || value.As<ast::Parameter>() != nullptr) return true;
    if (const auto* access = value.As<ast::PropertyAccess>()) return ReadsOuterOnly(*access->object);
    const auto* variable = value.As<ast::Variable>();
    return variable != nullptr && outer_.Find(variable->name).has_value();
  }

  uint32_t LocalOf(const std::string& name) {
    Mention(name);
    const auto round = rounds_.find(name);
    return round != rounds_.end() ? round->second : declared_.at(name).variable.local;
  }

  // The number of the variable among the elements of the current path.
  uint32_t NewElement(const std::string& name, ElementVariable::Kind kind) {
    const PatternVariables::Declared& declared = declared_.at(name);
    const ElementVariable element{kind, declared.quantified != nullptr, declared.variable.local};
    auto& elements = current_->elements;
    const auto known = std::find_if(elements.begin(), elements.end(), [&](const ElementVariable& other) {
      return other.kind == kind && other.local == element.local;
    });
    if (known != elements.end()) return static_cast<uint32_t>(known - elements.begin());
    elements.push_back(element);
    return static_cast<uint32_t>(elements.size() - 1);
  }

  // The current path binds (or uses) this variable.
  void Mention(const std::string& name) {
    const PatternVariable& variable = declared_.at(name).variable;
    const bool known = std::any_of(current_->variables.begin(), current_->variables.end(),
                                   [&](const PatternVariable& v) { return v.name == name; });
    if (!known) current_->variables.push_back(variable);
  }

  PatternBinder& binder_;
  const Scope& outer_;
  std::string_view text_;
  const ast::PathPrefix* keep_ = nullptr;
  BoundGraphPattern result_;
  PatternVariables declared_;
  std::map<std::string, uint32_t> rounds_;  // by name, in the quantified part being bound: the local of the round
  std::vector<uint32_t> unreadable_;        // locals of lists that are complete only when a round ends
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
