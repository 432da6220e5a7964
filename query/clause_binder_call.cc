// CALL: procedures, and subqueries that run for each row.
#include <algorithm>
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/clause_binder.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/expression_nodes.h"
#include "query/procedure.h"

namespace dossier {
namespace {

std::string DottedName(const std::vector<ast::Name>& parts) {
  std::string name;
  for (const ast::Name& part : parts) name += StrCat(name.empty() ? "" : ".", part.text);
  return name;
}

SourceSpan SpanOf(const std::vector<ast::Name>& parts) { return {parts.front().span.begin, parts.back().span.end}; }

std::string DidYouMean(std::string_view name, const std::vector<std::string>& candidates) {
  const std::string closest = ClosestName(name, candidates);
  return closest.empty() ? "" : StrCat("did you mean '", closest, "'?");
}

// WITH a, b and nothing else: what a subquery without a list of names brings in with its first clause.
bool IsImportingWith(const ast::Clause& clause) {
  const auto* with = clause.As<ast::ProjectionClause>();
  if (with == nullptr || with->kind != ast::ProjectionClause::Kind::kWith) return false;
  return std::all_of(with->items.begin(), with->items.end(), [](const ast::ProjectionItem& item) {
    return !item.alias.has_value() && item.expression->As<ast::Variable>() != nullptr;
  });
}

absl::Status Import(const ast::Name& name, const Scope& outside, Scope* scope) {
  const std::optional<VariableReference> reference = outside.Find(name.text);
  if (!reference.has_value()) {
    return QueryError(kUnknownVariable, name.span, StrCat("unknown variable '", name.text, "'"),
                      "a subquery brings in variables that are bound before it",
                      DidYouMean(name.text, outside.Names()));
  }
  scope->Declare(name.text, *reference);
  return absl::OkStatus();
}

}  // namespace

absl::Status ClauseBinder::BindCall(const ast::CallClause& clause, const SourceSpan& span, bool stands_alone,
                                    Partial* partial) {
  const std::string name = DottedName(clause.procedure);
  CallNode node;
  node.catalog = procedures_;
  node.procedure = procedures_->Find(name);
  node.place = span;
  node.optional = clause.optional;
  if (node.procedure == nullptr) {
    std::vector<std::string> names;
    for (const auto& procedure : procedures_->All()) names.push_back(procedure->name);
    const std::string hint = DidYouMean(name, names);
    return QueryError(kUnknownProcedure, SpanOf(clause.procedure), StrCat("there is no procedure '", name, "'"), "",
                      hint.empty() ? "CALL db.procedures() lists those that there are" : hint);
  }
  const Procedure& procedure = *node.procedure;
  RETURN_IF_ERROR(BindArguments(clause, stands_alone, *partial->scope, &node));

  // Which columns, under which names.
  std::vector<ast::YieldItem> items;
  if (clause.yield.has_value()) {
    items = *clause.yield;
  } else {
    for (const ProcedureColumn& column : procedure.columns) items.push_back({{column.name, span}, std::nullopt});
  }
  std::vector<std::string> columns;
  for (const ProcedureColumn& column : procedure.columns) columns.push_back(column.name);
  for (const ast::YieldItem& item : items) {
    const auto at = std::find(columns.begin(), columns.end(), item.column.text);
    if (at == columns.end()) {
      const std::string hint = DidYouMean(item.column.text, columns);
      return QueryError(kUnknownColumn, item.column.span,
                        StrCat(procedure.name, " has no column '", item.column.text, "'"), "",
                        !hint.empty()     ? hint
                        : columns.empty() ? "it has none: leave YIELD out"
                                          : StrCat("it has ", Join(columns, ", ")));
    }
    const ast::Name& bound = item.alias.has_value() ? *item.alias : item.column;
    if (partial->scope->Find(bound.text).has_value()) {
      return QueryError(kAlreadyBound, bound.span, StrCat("'", bound.text, "' is bound already"),
                        "YIELD gives new names",
                        StrCat("give the column another name: YIELD ", item.column.text, " AS ..."));
    }
    const auto column = static_cast<size_t>(at - columns.begin());
    const Slot slot = next_slot_++;
    node.yields.emplace_back(column, slot);
    partial->scope->Declare(bound.text, {VariableReference::Kind::kSlot, slot, procedure.columns[column].type});
    if (stands_alone) {
      partial->columns.push_back(bound.text);
      partial->column_slots.push_back(slot);
    }
  }
  partial->returned = stands_alone;
  partial->plan = MakeNode(std::move(node), std::move(partial->plan));
  if (clause.where != nullptr) {
    ASSIGN_OR_RETURN(BoundExpression predicate, expressions_.BindCondition(*clause.where, *partial->scope));
    partial->plan = MakeNode(FilterNode{std::move(predicate)}, std::move(partial->plan));
  }
  return absl::OkStatus();
}

absl::Status ClauseBinder::BindArguments(const ast::CallClause& clause, bool stands_alone, const Scope& scope,
                                         CallNode* node) {
  const Procedure& procedure = *node->procedure;
  const std::vector<ProcedureParameter>& parameters = procedure.parameters;
  const auto needed = static_cast<size_t>(
      std::find_if(parameters.begin(), parameters.end(), [](const ProcedureParameter& p) { return p.optional; }) -
      parameters.begin());
  if (!clause.has_arguments) {
    if (needed > 0 && !stands_alone) {
      return QueryError(kWrongArgumentCount, SpanOf(clause.procedure),
                        StrCat(procedure.name, " stands here without its arguments"),
                        "only a CALL that is the whole query takes its arguments from parameters of the same names",
                        StrCat("write ", procedure.Signature()));
    }
    for (size_t i = 0; i < needed; ++i) {
      node->arguments.push_back(MakeParameter(parameters[i].name, SpanOf(clause.procedure)));
    }
    return absl::OkStatus();
  }
  if (clause.arguments.size() < needed || clause.arguments.size() > parameters.size()) {
    return QueryError(
        kWrongArgumentCount, SpanOf(clause.procedure),
        StrCat(procedure.name, " takes ", needed == parameters.size() ? "" : StrCat(needed, " to "), parameters.size(),
               parameters.size() == 1 ? " argument, not " : " arguments, not ", clause.arguments.size()),
        "", StrCat("write ", procedure.Signature()));
  }
  for (size_t i = 0; i < clause.arguments.size(); ++i) {
    ASSIGN_OR_RETURN(BoundExpression argument, expressions_.Bind(*clause.arguments[i], scope));
    if (!MayBe(argument->type(), parameters[i].types)) {
      return QueryError(kWrongType, argument->span(),
                        StrCat("`", parameters[i].name, "` of ", procedure.name, " takes ",
                               WithArticles(parameters[i].types), ", not ", WithArticle(argument->type())),
                        "", StrCat("write ", procedure.Signature()));
    }
    node->arguments.push_back(std::move(argument));
  }
  return absl::OkStatus();
}

// What can be seen inside: with a list of names, these, all the way down; without one, what each part of the query
// brings in with a WITH in front, as in openCypher.
absl::Status ClauseBinder::BindSubqueryClause(const ast::SubqueryClause& clause, Partial* partial) {
  const Scope& outside = *partial->scope;
  Scope imported;
  if (clause.imports.has_value()) {
    for (const ast::Name& name : *clause.imports) RETURN_IF_ERROR(Import(name, outside, &imported));
  }
  for (const std::string& name : outside.Names()) {
    if (!imported.Find(name).has_value()) imported.Hide(name, Hidden::kOutside);
  }
  const Scope& seen = clause.import_all ? outside : imported;
  const bool by_with = !clause.import_all && !clause.imports.has_value();
  for (const ast::SingleQuery& part : clause.query->parts) {
    RETURN_IF_ERROR(CheckSubqueryColumns(part, outside));
  }
  ASSIGN_OR_RETURN(Partial body, BindQuery(*clause.query, &seen, /*needs_return=*/true, by_with ? &outside : nullptr));

  ApplyNode node;
  node.optional = clause.optional;
  node.from = body.column_slots;
  for (size_t i = 0; i < body.columns.size(); ++i) {
    node.to.push_back(next_slot_++);
    const std::optional<VariableReference> inside = body.scope->Find(body.columns[i]);
    partial->scope->Declare(body.columns[i], {VariableReference::Kind::kSlot, node.to.back(),
                                              inside.has_value() ? inside->type : StaticType::kAny});
  }
  node.body = std::move(body.plan);
  partial->plan = MakeNode(std::move(node), std::move(partial->plan));
  return absl::OkStatus();
}

absl::StatusOr<bool> ClauseBinder::BindImportingWith(const ast::Clause& clause, const Scope& importable,
                                                     Scope* scope) const {
  if (!IsImportingWith(clause)) return false;
  const auto* with = clause.As<ast::ProjectionClause>();
  if (with->distinct || !with->page.empty() || with->where != nullptr || with->group_by.has_value()) {
    return QueryError(kClauseOrder, clause.span, "this WITH brings variables into the subquery, and does more",
                      "the WITH that begins CALL { ... } only names variables",
                      "write CALL (a, b) { ... }, or a second WITH after the first");
  }
  if (with->star) {
    for (const std::string& name : importable.Names()) scope->Declare(name, *importable.Find(name));
  }
  for (const ast::ProjectionItem& item : with->items) {
    RETURN_IF_ERROR(Import({item.expression->As<ast::Variable>()->name, item.span}, importable, scope));
  }
  return true;
}

absl::Status ClauseBinder::CheckSubqueryColumns(const ast::SingleQuery& part, const Scope& outside) const {
  const auto* result = part.clauses.back().As<ast::ProjectionClause>();
  if (result == nullptr || result->kind != ast::ProjectionClause::Kind::kReturn) return absl::OkStatus();
  for (const ast::ProjectionItem& item : result->items) {
    const auto* variable = item.expression->As<ast::Variable>();
    if (variable == nullptr && !item.alias.has_value()) {
      return QueryError(kMissingAlias, item.span, "a column of the subquery has no name",
                        "what CALL { ... } returns is used by its name", "add AS and a name");
    }
    const std::string& name = item.alias.has_value() ? item.alias->text : variable->name;
    if (!outside.Find(name).has_value()) continue;
    return QueryError(kAlreadyBound, item.span, StrCat("'", name, "' is bound already outside the subquery"),
                      "what CALL { ... } returns has names of its own", StrCat("write AS and another name"));
  }
  return absl::OkStatus();
}

}  // namespace dossier
