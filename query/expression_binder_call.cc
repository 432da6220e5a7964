// Calls, and what brings names of its own: functions, aggregates, comprehensions, subqueries.
#include <algorithm>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/expression_binding.h"
#include "query/expression_error.h"
#include "query/function.h"

namespace dossier {
namespace {

bool IsAggregateCall(const ast::FunctionCall& call) {
  return call.name.size() == 1 && IsAggregateFunction(call.name.front().text);
}

struct AggregateFinder {
  bool operator()(const ast::ExpressionPtr& expression) const {
    return expression != nullptr && ContainsAggregate(*expression);
  }
  bool operator()(const std::vector<ast::ExpressionPtr>& expressions) const {
    return std::any_of(expressions.begin(), expressions.end(), *this);
  }

  bool operator()(const ast::Literal&) const { return false; }
  bool operator()(const ast::TypedLiteral&) const { return false; }
  bool operator()(const ast::Parameter&) const { return false; }
  bool operator()(const ast::Variable&) const { return false; }
  bool operator()(const ast::PatternComprehension&) const { return false; }
  bool operator()(const ast::PatternPredicate&) const { return false; }
  bool operator()(const ast::ShortestPath&) const { return false; }
  bool operator()(const ast::Subquery&) const { return false; }
  bool operator()(const ast::PropertyAccess& node) const { return (*this)(node.object); }
  bool operator()(const ast::Subscript& node) const { return (*this)(node.object) || (*this)(node.index); }
  bool operator()(const ast::Slice& node) const {
    return (*this)(node.object) || (*this)(node.from) || (*this)(node.to);
  }
  bool operator()(const ast::ListLiteral& node) const { return (*this)(node.elements); }
  bool operator()(const ast::MapLiteral& node) const {
    return std::any_of(node.entries.begin(), node.entries.end(), [this](const auto& e) { return (*this)(e.value); });
  }
  bool operator()(const ast::MapProjection& node) const {
    return std::any_of(node.items.begin(), node.items.end(), [this](const auto& item) { return (*this)(item.value); });
  }
  bool operator()(const ast::Unary& node) const { return (*this)(node.operand); }
  bool operator()(const ast::Binary& node) const { return (*this)(node.left) || (*this)(node.right); }
  bool operator()(const ast::Logical& node) const { return (*this)(node.operands); }
  bool operator()(const ast::Comparison& node) const {
    return (*this)(node.first) ||
           std::any_of(node.links.begin(), node.links.end(), [this](const auto& l) { return (*this)(l.operand); });
  }
  bool operator()(const ast::IsCheck& node) const { return (*this)(node.operand); }
  bool operator()(const ast::LabelPredicate& node) const { return (*this)(node.operand); }
  bool operator()(const ast::FunctionCall& node) const { return IsAggregateCall(node) || (*this)(node.arguments); }
  bool operator()(const ast::Case& node) const {
    return (*this)(node.operand) || (*this)(node.otherwise) ||
           std::any_of(node.branches.begin(), node.branches.end(),
                       [this](const auto& branch) { return (*this)(branch.when) || (*this)(branch.then); });
  }
  bool operator()(const ast::ListComprehension& node) const {
    return (*this)(node.list) || (*this)(node.where) || (*this)(node.result);
  }
  bool operator()(const ast::Quantified& node) const { return (*this)(node.list) || (*this)(node.where); }
  bool operator()(const ast::Reduce& node) const {
    return (*this)(node.start) || (*this)(node.list) || (*this)(node.step);
  }
};

}  // namespace

bool ContainsAggregate(const ast::Expression& expression) { return std::visit(AggregateFinder(), expression.node); }

ExpressionBinding::Bound ExpressionBinding::Of(const ast::FunctionCall& node, const ast::Expression& at,
                                               const Scope& scope) {
  if (IsAggregateCall(node)) return BindAggregate(node, at, scope);
  const std::string name = node.FullName();
  const Function* function = FindFunction(name);
  if (function == nullptr) {
    const std::string closest = ClosestName(name, FunctionNames());
    return QueryError(kUnknownFunction, node.name.front().span, StrCat("unknown function '", name, "'"), "",
                      closest.empty() ? "" : StrCat("did you mean '", closest, "'?"));
  }
  if (node.star || node.distinct) {
    return QueryError(kWrongArgumentCount, at.span,
                      StrCat(node.star ? "*" : "DISTINCT", " does not go with ", function->name()),
                      "only aggregates take it", StrCat("write ", function->signature));
  }
  ASSIGN_OR_RETURN(std::vector<BoundExpression> arguments, BindAll(node.arguments, scope));
  return MakeFunctionCall({*function, at.span, binder_.ontology_, binder_.image_}, std::move(arguments));
}

ExpressionBinding::Bound ExpressionBinding::BindAggregate(const ast::FunctionCall& node, const ast::Expression& at,
                                                          const Scope& scope) {
  const std::string& name = node.name.front().text;
  if (rules_.aggregates == nullptr || !aggregates_allowed_) {
    return QueryError(kAggregateNotAllowed, at.span, StrCat(name, " cannot stand here"),
                      "aggregates look at many rows and stand in RETURN and WITH",
                      "compute it in a WITH before, and use its name here");
  }
  for (const ast::ExpressionPtr& argument : node.arguments) {
    if (!ContainsAggregate(*argument)) continue;
    return QueryError(kNestedAggregate, argument->span, StrCat("an aggregate inside ", name), "aggregates do not nest",
                      "compute the inner one in a WITH before");
  }
  const ExpressionRules no_rules;
  const auto bind = [&](const Scope& rows) -> absl::StatusOr<Aggregate> {
    ASSIGN_OR_RETURN(std::vector<BoundExpression> arguments,
                     ExpressionBinding(binder_, no_rules).BindAll(node.arguments, rows));
    return MakeAggregate(name, node.distinct, node.star, std::move(arguments), at.span);
  };
  absl::StatusOr<Aggregate> aggregate = bind(rules_.aggregate_scope == nullptr ? scope : *rules_.aggregate_scope);
  const auto reference = [&](const AggregateCall& call) {
    return MakeVariable({VariableReference::Kind::kSlot, call.result, TypeOf(call.aggregate)},
                        call.aggregate.ToString(), at.span);
  };
  if (aggregate.ok()) {
    const std::string text = aggregate->ToString();
    for (const AggregateCall& call : *rules_.aggregates) {  // the same one twice is computed once
      if (call.aggregate.ToString() == text) return reference(call);
    }
  }
  if (rules_.new_aggregate_scope != nullptr) aggregate = bind(*rules_.new_aggregate_scope);
  RETURN_IF_ERROR(aggregate.status());
  rules_.aggregates->push_back({*std::move(aggregate), (*rules_.next_slot)++});
  return reference(rules_.aggregates->back());
}

ExpressionBinding::Bound ExpressionBinding::BindInput(const ast::Expression& list, const Scope& scope,
                                                      StaticType* element) {
  ASSIGN_OR_RETURN(BoundExpression bound, Bind(list, scope));
  if (!MayBe(bound->type(), kListMask)) {
    return QueryError(kWrongType, bound->span(), StrCat("IN takes a list, not ", WithArticle(bound->type())));
  }
  *element = StaticType::kAny;
  if (bound->type() == StaticType::kVertexList) *element = StaticType::kVertex;
  if (bound->type() == StaticType::kEdgeList) *element = StaticType::kEdge;
  const Value* constant = ConstantOf(*bound);
  if (constant != nullptr && constant->type() == Value::Type::kList && !constant->list().empty()) {
    *element = StaticType::kNull;
    for (const Value& value : constant->list()) *element = Join(*element, StaticTypeOf(value));
    if (*element == StaticType::kNull) *element = StaticType::kAny;
  }
  return bound;
}

ExpressionBinding::Bound ExpressionBinding::BindBody(const ast::Expression& body, const Scope& scope,
                                                     std::string_view condition_of) {
  const bool allowed = std::exchange(aggregates_allowed_, false);
  Bound bound = condition_of.empty() ? Bind(body, scope) : BindTruth(body, scope, condition_of);
  aggregates_allowed_ = allowed;
  return bound;
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::ListComprehension& node, const ast::Expression& at,
                                               const Scope& scope) {
  VariableReference element{VariableReference::Kind::kLocal};
  ASSIGN_OR_RETURN(BoundExpression list, BindInput(*node.list, scope, &element.type));
  element.index = NewLocal();
  Scope inner(&scope);
  inner.Declare(node.variable.text, element);
  BoundExpression where;
  BoundExpression result;
  if (node.where != nullptr) {
    ASSIGN_OR_RETURN(where, BindBody(*node.where, inner, "WHERE"));
  }
  if (node.result != nullptr) {
    ASSIGN_OR_RETURN(result, BindBody(*node.result, inner, ""));
  }
  return MakeListComprehension(element.index, std::move(list), std::move(where), std::move(result), at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::Quantified& node, const ast::Expression& at,
                                               const Scope& scope) {
  VariableReference element{VariableReference::Kind::kLocal};
  ASSIGN_OR_RETURN(BoundExpression list, BindInput(*node.list, scope, &element.type));
  element.index = NewLocal();
  Scope inner(&scope);
  inner.Declare(node.variable.text, element);
  ASSIGN_OR_RETURN(BoundExpression where, BindBody(*node.where, inner, "WHERE"));
  return MakeQuantified(node.kind, element.index, std::move(list), std::move(where), at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::Reduce& node, const ast::Expression& at, const Scope& scope) {
  VariableReference element{VariableReference::Kind::kLocal};
  ASSIGN_OR_RETURN(BoundExpression start, Bind(*node.start, scope));
  ASSIGN_OR_RETURN(BoundExpression list, BindInput(*node.list, scope, &element.type));
  const VariableReference accumulator{VariableReference::Kind::kLocal, NewLocal()};
  element.index = NewLocal();
  Scope inner(&scope);
  inner.Declare(node.accumulator.text, accumulator);
  inner.Declare(node.variable.text, element);
  ASSIGN_OR_RETURN(BoundExpression step, BindBody(*node.step, inner, ""));
  return MakeReduce(accumulator.index, std::move(start), element.index, std::move(list), std::move(step), at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::PatternComprehension& node, const ast::Expression& at,
                                               const Scope& scope) {
  return binder_.subqueries_->BindPatternComprehension(node, at.span, scope);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::PatternPredicate& node, const ast::Expression& at,
                                               const Scope& scope) {
  return binder_.subqueries_->BindPatternPredicate(node, at.span, scope);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::ShortestPath& node, const ast::Expression& at,
                                               const Scope& scope) {
  return binder_.subqueries_->BindShortestPath(node, at.span, scope);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::Subquery& node, const ast::Expression& at,
                                               const Scope& scope) {
  return binder_.subqueries_->BindSubquery(node, at.span, scope);
}

}  // namespace dossier
