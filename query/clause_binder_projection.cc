// RETURN and WITH: which columns come out, what rows are grouped by, and which names can be used beside the columns, in
// ORDER BY and in WHERE.
//
// An item without an aggregate is a key: it is computed on the rows that come in. An item with one is computed on the
// groups, and reads only what the rows of a group have in common: variables that are returned as they are, and
// properties that are returned too. The same holds behind the projection, where grouping or DISTINCT have made one row
// of many; else ORDER BY and WHERE see the new names, and behind them the old ones.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/ast_printer.h"
#include "query/clause_binder.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/expression_nodes.h"

namespace dossier {

// A RETURN or WITH while it is being bound.
struct ClauseBinder::Projection {
  struct Column {
    std::string name;
    VariableReference reference{VariableReference::Kind::kSlot};
  };

  bool grouped = false;
  std::vector<Column> columns;            // those of *, then those of the items
  size_t star_columns = 0;                // how many of them are of *
  ExtendNode before, after;               // computed on rows before grouping (the keys), and on groups
  std::vector<Slot> keys;                 // what rows are grouped by
  std::vector<AggregateCall> aggregates;  // found in items and in ORDER BY
  std::vector<ProjectedProperty> properties;
  Scope common;     // what the rows of a group, or rows that DISTINCT makes one, have in common
  Scope arguments;  // the same for arguments of aggregates behind the projection: with the names of keys

  Column& item_column(size_t item) { return columns[star_columns + item]; }
};

namespace {

std::optional<VariableReference> SlotVariable(const ast::Expression& expression, const Scope& scope) {
  const auto* variable = expression.As<ast::Variable>();
  if (variable == nullptr) return std::nullopt;
  const std::optional<VariableReference> reference = scope.Find(variable->name);
  if (!reference.has_value() || reference->kind != VariableReference::Kind::kSlot) return std::nullopt;
  return reference;
}

bool Mentions(const std::vector<ast::Name>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [name](const ast::Name& n) { return n.text == name; });
}

// A subquery sees the names it was given all the way down: a WITH of its own must not hide them.
absl::Status CheckHiding(const ast::ProjectionClause& clause, const Scope* outer) {
  if (outer == nullptr || clause.kind != ast::ProjectionClause::Kind::kWith) return absl::OkStatus();
  for (const ast::ProjectionItem& item : clause.items) {
    if (!item.alias.has_value() || !outer->Find(item.alias->text).has_value()) continue;
    const auto* variable = item.expression->As<ast::Variable>();
    if (variable != nullptr && variable->name == item.alias->text) continue;
    return QueryError(kAlreadyBound, item.alias->span, StrCat("'", item.alias->text, "' is bound already"),
                      "a name from outside keeps its meaning inside a subquery", "use another name");
  }
  return absl::OkStatus();
}

}  // namespace

void ClauseBinder::AddStarColumns(const Scope& scope, Projection* projection) const {
  std::set<std::string> seen;
  for (const Scope::Entry& entry : scope.entries()) {
    if (entry.reference.kind != VariableReference::Kind::kSlot || !seen.insert(entry.name).second) continue;
    projection->columns.push_back({entry.name, *scope.Find(entry.name)});
  }
  std::sort(projection->columns.begin(), projection->columns.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  projection->star_columns = projection->columns.size();
  for (const Projection::Column& column : projection->columns) {
    projection->keys.push_back(column.reference.index);
    projection->common.Declare(column.name, column.reference);
  }
}

absl::Status ClauseBinder::AddItemNames(const ast::ProjectionClause& clause, Projection* projection) const {
  for (const ast::ProjectionItem& item : clause.items) {
    // A column is called as written; a variable by its name, also where that was written in backquotes.
    const auto* variable = item.expression->As<ast::Variable>();
    const std::string& name = item.alias.has_value() ? item.alias->text
                              : variable != nullptr  ? variable->name
                                                     : item.text;
    for (const Projection::Column& other : projection->columns) {
      if (other.name != name) continue;
      return QueryError(kDuplicateColumn, item.span, StrCat("two columns are named '", name, "'"),
                        "columns have different names", "give one another name with AS");
    }
    projection->columns.push_back({name});
  }
  return absl::OkStatus();
}

// Binds the items that rows are grouped by; without grouping, all items.
absl::Status ClauseBinder::BindKeys(const ast::ProjectionClause& clause, const Scope& scope, Projection* projection) {
  for (size_t i = 0; i < clause.items.size(); ++i) {
    const ast::ProjectionItem& item = clause.items[i];
    Projection::Column& column = projection->item_column(i);
    if (projection->grouped && ContainsAggregate(*item.expression)) continue;
    const std::optional<VariableReference> variable = SlotVariable(*item.expression, scope);
    if (clause.group_by.has_value() && !Mentions(*clause.group_by, column.name)) continue;
    if (variable.has_value()) {
      column.reference = *variable;  // nothing to compute
      projection->common.Declare(item.expression->As<ast::Variable>()->name, *variable);
    } else {
      ASSIGN_OR_RETURN(BoundExpression value, expressions_.Bind(*item.expression, scope));
      column.reference.type = value->type();
      column.reference.index = next_slot_++;
      projection->before.values.emplace_back(column.reference.index, std::move(value));
      if (item.expression->As<ast::PropertyAccess>() != nullptr) {
        projection->properties.push_back({ToText(*item.expression), column.reference});
      }
    }
    projection->keys.push_back(column.reference.index);
    projection->arguments.Declare(column.name, column.reference);
  }
  return absl::OkStatus();
}

// GROUP BY names what rows are grouped by: columns, or variables that need not be returned.
absl::Status ClauseBinder::BindGroupBy(const ast::ProjectionClause& clause, const Scope& scope,
                                       Projection* projection) {
  projection->keys.clear();
  for (const ast::Name& name : *clause.group_by) {
    std::optional<VariableReference> key = projection->arguments.Find(name.text);
    if (!key.has_value()) {
      key = scope.Find(name.text);
      if (!key.has_value() || key->kind != VariableReference::Kind::kSlot) return UnknownVariable(name, scope);
      projection->common.Declare(name.text, *key);
    }
    projection->keys.push_back(key->index);
  }
  return absl::OkStatus();
}

// Binds the items that are computed on groups.
absl::Status ClauseBinder::BindAggregates(const ast::ProjectionClause& clause, const Scope& scope,
                                          Projection* projection) {
  ExpressionRules rules{&projection->aggregates, &next_slot_, &scope, nullptr, &projection->properties};
  Scope beside(&projection->common);
  for (const Scope::Entry& entry : scope.entries()) {
    if (!projection->common.Find(entry.name).has_value()) beside.Hide(entry.name, Hidden::kUngrouped);
  }
  for (size_t i = 0; i < clause.items.size(); ++i) {
    Projection::Column& column = projection->item_column(i);
    const bool bound = projection->arguments.Find(column.name).has_value();
    if (bound) continue;
    ASSIGN_OR_RETURN(BoundExpression value, expressions_.Bind(*clause.items[i].expression, beside, rules));
    column.reference.type = value->type();
    column.reference.index = next_slot_++;
    projection->after.values.emplace_back(column.reference.index, std::move(value));
    projection->arguments.Hide(column.name, Hidden::kAggregated);
  }
  return absl::OkStatus();
}

absl::Status ClauseBinder::BindOrder(const std::vector<ast::SortItem>& order_by, const Scope& scope,
                                     const ExpressionRules& rules, const ProjectedItems& items,
                                     std::vector<SortKey>* keys) {
  for (const ast::SortItem& item : order_by) {
    SortKey key;
    key.descending = item.descending;
    // openCypher: null is the largest value, last when ascending and first when descending.
    key.nulls_first =
        item.nulls == ast::SortItem::Nulls::kDefault ? item.descending : item.nulls == ast::SortItem::Nulls::kFirst;
    // An expression that is also a column is that column, computed once.
    const std::string text = ToText(*item.expression);
    const auto column =
        std::find_if(items.begin(), items.end(), [&](const auto& known) { return ToText(*known.first) == text; });
    if (column != items.end()) {
      key.expression = MakeVariable(column->second, text, item.span);
    } else {
      ASSIGN_OR_RETURN(key.expression, expressions_.Bind(*item.expression, scope, rules));
    }
    keys->push_back(std::move(key));
  }
  return absl::OkStatus();
}

absl::Status ClauseBinder::BindPage(const ast::OrderAndPage& page, const Scope& scope, PageNode* node) {
  Scope no_row;
  for (const std::string& name : scope.Names()) no_row.Hide(name, Hidden::kPage);
  const auto bind = [&](const ast::Expression& expression, std::string_view word,
                        std::shared_ptr<const Expression>* bound) -> absl::Status {
    ASSIGN_OR_RETURN(*bound, expressions_.Bind(expression, no_row));
    const Value* constant = ConstantOf(**bound);
    const bool fits = constant == nullptr ? MayBe((*bound)->type(), kIntegerMask)
                                          : constant->type() == Value::Type::kInteger && constant->integer() >= 0;
    if (fits) return absl::OkStatus();
    return QueryError(kBadPage, (*bound)->span(), StrCat(word, " is ", (*bound)->ToString()),
                      StrCat(word, " takes a whole number from 0 up"), "give a number or a parameter");
  };
  if (page.skip != nullptr) RETURN_IF_ERROR(bind(*page.skip, "SKIP", &node->skip));
  if (page.limit != nullptr) RETURN_IF_ERROR(bind(*page.limit, "LIMIT", &node->limit));
  return absl::OkStatus();
}

absl::Status ClauseBinder::BindProjection(const ast::ProjectionClause& clause, const Scope* outer,
                                          const SourceSpan& span, Partial* partial) {
  const Scope& scope = *partial->scope;
  Projection projection;
  projection.common = Scope(outer);
  projection.grouped = clause.group_by.has_value() ||
                       std::any_of(clause.items.begin(), clause.items.end(),
                                   [](const ast::ProjectionItem& item) { return ContainsAggregate(*item.expression); });
  if (clause.star) {
    AddStarColumns(scope, &projection);
    if (projection.columns.empty() && clause.items.empty()) {
      return QueryError(kUnexpectedEnd, span, "there is nothing that * could stand for", "", "name what to return");
    }
  }
  RETURN_IF_ERROR(CheckHiding(clause, outer));
  RETURN_IF_ERROR(AddItemNames(clause, &projection));
  RETURN_IF_ERROR(BindKeys(clause, scope, &projection));
  if (clause.group_by.has_value()) RETURN_IF_ERROR(BindGroupBy(clause, scope, &projection));
  if (projection.grouped) RETURN_IF_ERROR(BindAggregates(clause, scope, &projection));

  // Behind the projection: the columns, and behind them what is left of the names before.
  const bool merged = projection.grouped || clause.distinct;
  Scope behind(merged ? &projection.common : partial->scope.get());
  ExpressionRules rules;
  if (merged) {
    const Hidden why = projection.grouped ? Hidden::kGrouped : Hidden::kDistinct;
    for (const Scope::Entry& entry : scope.entries()) {
      if (!projection.common.Find(entry.name).has_value()) behind.Hide(entry.name, why);
    }
    rules.properties = &projection.properties;
  }
  Scope aggregated(&behind);  // for new aggregates in ORDER BY
  for (const Projection::Column& column : projection.columns) {
    behind.Declare(column.name, column.reference);
    if (projection.arguments.WhyHidden(column.name)) aggregated.Hide(column.name, Hidden::kAggregated);
  }
  ProjectedItems items;
  for (size_t i = 0; i < clause.items.size(); ++i) {
    items.emplace_back(clause.items[i].expression.get(), projection.item_column(i).reference);
  }
  SortNode sort;
  PageNode page;
  ExpressionRules order_rules = rules;
  if (projection.grouped) {
    order_rules.aggregates = &projection.aggregates;
    order_rules.next_slot = &next_slot_;
    order_rules.aggregate_scope = &scope;
    order_rules.new_aggregate_scope = &aggregated;
  }
  RETURN_IF_ERROR(BindOrder(clause.page.order_by, behind, order_rules, items, &sort.keys));
  RETURN_IF_ERROR(BindPage(clause.page, behind, &page));

  LogicalPlan plan = std::move(partial->plan);
  if (!projection.before.values.empty()) plan = MakeNode(std::move(projection.before), std::move(plan));
  if (projection.grouped) {
    plan = MakeNode(AggregateNode{std::move(projection.keys), std::move(projection.aggregates)}, std::move(plan));
  }
  if (!projection.after.values.empty()) plan = MakeNode(std::move(projection.after), std::move(plan));
  std::vector<Slot> slots;
  for (const Projection::Column& column : projection.columns) slots.push_back(column.reference.index);
  if (clause.distinct) plan = MakeNode(DistinctNode{slots}, std::move(plan));
  if (!sort.keys.empty()) plan = MakeNode(std::move(sort), std::move(plan));
  if (page.skip || page.limit) plan = MakeNode(std::move(page), std::move(plan));
  if (clause.where != nullptr) {
    ASSIGN_OR_RETURN(BoundExpression predicate, expressions_.BindCondition(*clause.where, behind, rules));
    plan = MakeNode(FilterNode{std::move(predicate)}, std::move(plan));
  }

  auto after = std::make_unique<Scope>(outer);
  for (const Projection::Column& column : projection.columns) after->Declare(column.name, column.reference);
  partial->plan = std::move(plan);
  partial->scope = std::move(after);
  if (clause.kind == ast::ProjectionClause::Kind::kReturn) {
    partial->returned = true;
    for (const Projection::Column& column : projection.columns) partial->columns.push_back(column.name);
    partial->column_slots = std::move(slots);
  }
  return absl::OkStatus();
}

}  // namespace dossier
