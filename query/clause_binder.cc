#include "query/clause_binder.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <span>
#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/ast_printer.h"
#include "query/error_codes.h"
#include "query/expression_nodes.h"
#include "query/lookup_hints.h"
#include "query/optimizer.h"
#include "query/planner.h"
#include "query/subquery_expression.h"

namespace dossier {
namespace {

absl::Status ClauseError(int number, const SourceSpan& place, std::string cause, std::string rule, std::string hint) {
  return ToStatus(
      absl::StatusCode::kInvalidArgument,
      {.number = number, .place = place, .cause = std::move(cause), .rule = std::move(rule), .hint = std::move(hint)});
}

// What a pattern names, with the places; the names of patterns inside its conditions are not among them.
void CollectNames(const ast::PathAlternatives& path, std::vector<ast::Name>* names) {
  const auto add = [names](const std::optional<ast::Name>& name) {
    if (name.has_value()) names->push_back(*name);
  };
  for (const ast::PathTerm& term : path.terms) {
    for (const ast::PathFactor& factor : term.factors) {
      if (const ast::NodePattern* node = factor.AsNode()) {
        add(node->fill.variable);
      } else if (const ast::EdgePattern* edge = factor.AsEdge()) {
        add(edge->fill.variable);
      } else {
        add(factor.AsPath()->variable);
        CollectNames(factor.AsPath()->path, names);
      }
    }
  }
}

}  // namespace

ClauseBinder::ClauseBinder(const Ontology* ontology, const Image* image, const ProcedureCatalog* procedures,
                           const OptimizerOptions& options, std::string_view text)
    : ontology_(ontology),
      image_(image),
      procedures_(procedures),
      options_(options),
      text_(text),
      names_(ontology, image),
      expressions_(ontology, image, this, &next_local_),
      patterns_(&names_, image, &expressions_, &next_local_, &next_slot_) {}

ClauseBinder::~ClauseBinder() = default;

absl::StatusOr<BoundQuery> ClauseBinder::Bind(const ast::Query& query) {
  ASSIGN_OR_RETURN(Partial partial, BindQuery(query, nullptr, /*needs_return=*/true));
  BoundQuery bound;
  bound.plan = std::move(partial.plan);
  bound.columns = std::move(partial.columns);
  bound.column_slots = std::move(partial.column_slots);
  bound.slots = next_slot_;
  return bound;
}

absl::StatusOr<ClauseBinder::Partial> ClauseBinder::BindQuery(const ast::Query& query, const Scope* outer,
                                                              bool needs_return, const Scope* importable) {
  if (query.parts.size() == 1) return BindSingle(query.parts.front(), outer, needs_return, importable);
  Partial whole;
  UnionNode node;
  std::vector<LogicalPlan> inputs;
  for (const ast::SingleQuery& part : query.parts) {
    ASSIGN_OR_RETURN(Partial partial, BindSingle(part, outer, /*needs_return=*/true, importable));
    if (inputs.empty()) {
      whole.columns = partial.columns;
    } else if (whole.columns != partial.columns) {
      return ClauseError(kUnionColumns, part.span, "the parts of the UNION have different columns",
                         "all parts must return the same columns in the same order", "name them with AS");
    }
    node.parts.push_back(std::move(partial.column_slots));
    inputs.push_back(std::move(partial.plan));
  }
  for (size_t i = 0; i < whole.columns.size(); ++i) node.columns.push_back(next_slot_++);
  whole.column_slots = node.columns;
  whole.plan = MakeNode(std::move(node), nullptr);
  whole.plan->inputs = std::move(inputs);
  if (!query.union_all) whole.plan = MakeNode(DistinctNode{whole.column_slots}, std::move(whole.plan));
  whole.scope = std::make_unique<Scope>(outer);
  whole.returned = true;
  return whole;
}

absl::StatusOr<ClauseBinder::Partial> ClauseBinder::BindSingle(const ast::SingleQuery& query, const Scope* outer,
                                                               bool needs_return, const Scope* importable) {
  Partial partial;
  partial.plan = MakeNode(ArgumentNode{}, nullptr);
  partial.scope = std::make_unique<Scope>(outer);
  const auto* call = query.clauses.front().As<ast::CallClause>();
  if (needs_return && query.clauses.size() == 1 && call != nullptr) {
    RETURN_IF_ERROR(BindCall(*call, query.span, /*stands_alone=*/true, &partial));
    return partial;
  }
  size_t next = 0;
  if (importable != nullptr) {
    ASSIGN_OR_RETURN(const bool imports, BindImportingWith(query.clauses.front(), *importable, partial.scope.get()));
    next = imports ? 1 : 0;
  }
  while (next < query.clauses.size()) {
    size_t bound = 0;
    RETURN_IF_ERROR(BindMatches(std::span(query.clauses).subspan(next), outer, &partial, &bound));
    if (bound == 0) RETURN_IF_ERROR(BindClause(query.clauses[next], outer, &partial));
    next += std::max(bound, size_t{1});
  }
  if (needs_return && !partial.returned) {
    return ClauseError(kClauseOrder, query.span, "the query returns nothing", "a query ends with RETURN", "");
  }
  return partial;
}

absl::Status ClauseBinder::BindClause(const ast::Clause& clause, const Scope* outer, Partial* partial) {
  if (const auto* match = clause.As<ast::MatchClause>()) return BindOptionalMatch(*match, outer, partial);
  if (const auto* projection = clause.As<ast::ProjectionClause>()) {
    return BindProjection(*projection, outer, clause.span, partial);
  }
  if (const auto* let = clause.As<ast::LetClause>()) return BindLet(*let, partial);
  if (const auto* unwind = clause.As<ast::ForClause>()) return BindFor(*unwind, partial);
  if (const auto* filter = clause.As<ast::FilterClause>()) {
    ASSIGN_OR_RETURN(BoundExpression predicate, expressions_.BindCondition(*filter->condition, *partial->scope));
    partial->plan = MakeNode(FilterNode{std::move(predicate)}, std::move(partial->plan));
    return absl::OkStatus();
  }
  if (const auto* page = clause.As<ast::PageClause>()) {
    SortNode sort;
    PageNode page_node;
    RETURN_IF_ERROR(BindOrder(page->page.order_by, *partial->scope, {}, {}, &sort.keys));
    RETURN_IF_ERROR(BindPage(page->page, *partial->scope, &page_node));
    if (!sort.keys.empty()) partial->plan = MakeNode(std::move(sort), std::move(partial->plan));
    if (page_node.skip || page_node.limit) partial->plan = MakeNode(std::move(page_node), std::move(partial->plan));
    return absl::OkStatus();
  }
  if (const auto* call = clause.As<ast::CallClause>()) {
    return BindCall(*call, clause.span, /*stands_alone=*/false, partial);
  }
  return BindSubqueryClause(*clause.As<ast::SubqueryClause>(), partial);
}

absl::StatusOr<BoundClause> ClauseBinder::BindMatch(const ast::MatchClause& clause, const Scope* outer,
                                                    Partial* partial) {
  BoundClause bound;
  ASSIGN_OR_RETURN(bound.pattern, patterns_.Bind(clause.pattern, *partial->scope, text_));
  auto after = std::make_unique<Scope>(outer);
  for (const Scope::Entry& entry : partial->scope->entries()) after->Declare(entry.name, entry.reference);
  for (const PatternVariable& variable : bound.pattern.variables) {
    if (variable.bound_before || variable.slot == kNoSlot) continue;
    after->Declare(variable.name, {VariableReference::Kind::kSlot, variable.slot, variable.type});
  }
  if (clause.pattern.where != nullptr) {
    ASSIGN_OR_RETURN(bound.where, expressions_.BindCondition(*clause.pattern.where, *after));
    AddLookupHints(bound.where, *image_, &bound.pattern);
  }
  partial->scope = std::move(after);
  return bound;
}

absl::Status ClauseBinder::BindMatches(std::span<const ast::Clause> clauses, const Scope* outer, Partial* partial,
                                       size_t* bound) {
  std::vector<BoundClause> matches;
  for (const ast::Clause& clause : clauses) {
    const auto* match = clause.As<ast::MatchClause>();
    if (match == nullptr || match->optional) break;
    ASSIGN_OR_RETURN(matches.emplace_back(), BindMatch(*match, outer, partial));
  }
  *bound = matches.size();
  std::vector<size_t> order(matches.size());
  std::iota(order.begin(), order.end(), size_t{0});
  if (options_.order_clauses) order = OrderOfClauses(matches, *image_);
  BindInOrder(order, &matches);
  for (const size_t place : order) {
    BoundClause& match = matches[place];
    ASSIGN_OR_RETURN(partial->plan, PlanMatches(match.pattern, *image_, &next_slot_, std::move(partial->plan)));
    if (match.where != nullptr) partial->plan = MakeNode(FilterNode{match.where}, std::move(partial->plan));
  }
  return absl::OkStatus();
}

absl::Status ClauseBinder::BindOptionalMatch(const ast::MatchClause& clause, const Scope* outer, Partial* partial) {
  ASSIGN_OR_RETURN(BoundClause match, BindMatch(clause, outer, partial));
  std::vector<Slot> nulls;
  for (const PatternVariable& variable : match.pattern.variables) {
    if (!variable.bound_before && variable.slot != kNoSlot) nulls.push_back(variable.slot);
  }
  ASSIGN_OR_RETURN(LogicalPlan matched,
                   PlanMatches(match.pattern, *image_, &next_slot_, MakeNode(ArgumentNode{}, nullptr)));
  if (match.where != nullptr) matched = MakeNode(FilterNode{std::move(match.where)}, std::move(matched));
  ApplyNode node{/*optional=*/true, std::move(matched), nulls, nulls};
  partial->plan = MakeNode(std::move(node), std::move(partial->plan));
  return absl::OkStatus();
}

absl::Status ClauseBinder::BindLet(const ast::LetClause& clause, Partial* partial) {
  for (const ast::LetClause::Binding& binding : clause.bindings) {
    if (partial->scope->Find(binding.variable.text).has_value()) {
      return ClauseError(kAlreadyBound, binding.variable.span, StrCat("'", binding.variable.text, "' is bound already"),
                         "LET gives a new name", "use another name");
    }
    ASSIGN_OR_RETURN(BoundExpression value, expressions_.Bind(*binding.value, *partial->scope));
    const Slot slot = next_slot_++;
    const StaticType type = value->type();
    ExtendNode node;
    node.values.emplace_back(slot, std::move(value));
    partial->plan = MakeNode(std::move(node), std::move(partial->plan));
    partial->scope->Declare(binding.variable.text, {VariableReference::Kind::kSlot, slot, type});
  }
  return absl::OkStatus();
}

absl::Status ClauseBinder::BindFor(const ast::ForClause& clause, Partial* partial) {
  for (const ast::Name* name : {&clause.variable, clause.counter_variable ? &*clause.counter_variable : nullptr}) {
    if (name == nullptr || !partial->scope->Find(name->text).has_value()) continue;
    return ClauseError(kAlreadyBound, name->span, StrCat("'", name->text, "' is bound already"), "",
                       "use another name");
  }
  UnwindNode node;
  ASSIGN_OR_RETURN(node.list, expressions_.Bind(*clause.list, *partial->scope));
  node.element = next_slot_++;
  node.unwind_rules = clause.unwind;
  partial->scope->Declare(clause.variable.text, {VariableReference::Kind::kSlot, node.element, StaticType::kAny});
  if (clause.counter != ast::ForClause::Counter::kNone && clause.counter_variable.has_value()) {
    node.counter = next_slot_++;
    node.first = clause.counter == ast::ForClause::Counter::kOrdinality ? 1 : 0;
    partial->scope->Declare(clause.counter_variable->text,
                            {VariableReference::Kind::kSlot, node.counter, StaticType::kInteger});
  }
  partial->plan = MakeNode(std::move(node), std::move(partial->plan));
  return absl::OkStatus();
}

absl::StatusOr<BoundExpression> ClauseBinder::BindSubquery(const ast::Subquery& subquery, const SourceSpan& span,
                                                           const Scope& scope) {
  const bool collects = subquery.kind == ast::Subquery::Kind::kCollect;
  ASSIGN_OR_RETURN(Partial body, BindQuery(*subquery.query, &scope, collects));
  OptimizeSubquery(options_, *image_, &body.plan, &next_slot_);
  SubqueryKind kind = SubqueryKind::kExists;
  if (subquery.kind == ast::Subquery::Kind::kCount) kind = SubqueryKind::kCount;
  if (collects) {
    kind = SubqueryKind::kCollect;
    if (body.column_slots.size() != 1) {
      return ClauseError(kUnionColumns, span, "COLLECT { } takes a query with one column", "", "return one value");
    }
  }
  return MakeSubqueryExpression(kind, std::move(body.plan), nullptr, collects ? body.column_slots.front() : 0, span);
}

absl::StatusOr<ClauseBinder::Partial> ClauseBinder::BindPatternBody(const ast::PathPattern& pattern,
                                                                    const ast::Expression* where, const Scope& scope) {
  Partial body;
  ASSIGN_OR_RETURN(BoundGraphPattern bound, patterns_.BindPath(pattern, scope, text_));
  body.scope = std::make_unique<Scope>(&scope);
  for (const PatternVariable& variable : bound.variables) {
    if (variable.bound_before || variable.slot == kNoSlot) continue;
    body.scope->Declare(variable.name, {VariableReference::Kind::kSlot, variable.slot, variable.type});
  }
  std::shared_ptr<const Expression> predicate;
  if (where != nullptr) {
    ASSIGN_OR_RETURN(predicate, expressions_.BindCondition(*where, *body.scope));
    AddLookupHints(predicate, *image_, &bound);
  }
  ASSIGN_OR_RETURN(body.plan, PlanMatches(bound, *image_, &next_slot_, MakeNode(ArgumentNode{}, nullptr)));
  if (predicate != nullptr) body.plan = MakeNode(FilterNode{std::move(predicate)}, std::move(body.plan));
  OptimizeSubquery(options_, *image_, &body.plan, &next_slot_);
  return body;
}

absl::StatusOr<BoundExpression> ClauseBinder::BindPatternPredicate(const ast::PatternPredicate& predicate,
                                                                   const SourceSpan& span, const Scope& scope) {
  std::vector<ast::Name> names;
  CollectNames(predicate.pattern->path, &names);
  for (const ast::Name& name : names) {
    if (scope.Find(name.text).has_value()) continue;
    if (scope.WhyHidden(name.text).has_value()) return UnknownVariable(name, scope);
    return ClauseError(kUnknownVariable, name.span, StrCat("unknown variable '", name.text, "'"),
                       "a pattern that is a condition introduces no variables",
                       StrCat("leave '", name.text, "' out, or write EXISTS { ... } around the pattern"));
  }
  ASSIGN_OR_RETURN(Partial body, BindPatternBody(*predicate.pattern, nullptr, scope));
  return MakeSubqueryExpression(SubqueryKind::kExists, std::move(body.plan), nullptr, 0, span);
}

absl::StatusOr<BoundExpression> ClauseBinder::BindPatternComprehension(const ast::PatternComprehension& comprehension,
                                                                       const SourceSpan& span, const Scope& scope) {
  ASSIGN_OR_RETURN(Partial body, BindPatternBody(*comprehension.pattern, comprehension.where.get(), scope));
  ASSIGN_OR_RETURN(BoundExpression result, expressions_.Bind(*comprehension.result, *body.scope));
  return MakeSubqueryExpression(SubqueryKind::kCollect, std::move(body.plan), std::move(result), 0, span);
}

absl::StatusOr<BoundExpression> ClauseBinder::BindShortestPath(const ast::ShortestPath& path, const SourceSpan& span,
                                                               const Scope& scope) {
  const bool all = path.pattern->prefix->selector == ast::PathPrefix::Selector::kAllShortest;
  Partial body;
  ASSIGN_OR_RETURN(BoundGraphPattern bound, patterns_.BindPath(*path.pattern, scope, text_));
  const std::shared_ptr<BoundPathPattern>& only = bound.paths.front();
  // The path is the value: it needs a place even where it has no name.
  PatternVariable value{.name = {}, .local = next_local_++, .slot = next_slot_++, .type = StaticType::kPath};
  only->path_local = value.local;
  only->variables.push_back(value);
  bound.variables.push_back(value);
  ASSIGN_OR_RETURN(body.plan, PlanMatches(bound, *image_, &next_slot_, MakeNode(ArgumentNode{}, nullptr)));
  BoundExpression paths =
      MakeSubqueryExpression(SubqueryKind::kCollect, std::move(body.plan), nullptr, value.slot, span);
  if (all) return paths;
  return MakeSubscript(std::move(paths), MakeConstant(Value::Integer(0), span), span);
}

}  // namespace dossier
