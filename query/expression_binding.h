// One run of the expression binder over one expression. Private to expression_binder*.cc.
#ifndef DOSSIER_QUERY_EXPRESSION_BINDING_H_
#define DOSSIER_QUERY_EXPRESSION_BINDING_H_

#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "query/ast_expression.h"
#include "query/expression_binder.h"
#include "query/expression_nodes.h"
#include "query/expression_type.h"

namespace dossier {

class ExpressionBinding {
 public:
  ExpressionBinding(ExpressionBinder& binder, const ExpressionRules& rules) : binder_(binder), rules_(rules) {}

  absl::StatusOr<BoundExpression> Bind(const ast::Expression& expression, const Scope& scope);
  // The same where a boolean is asked for by `what`: "WHERE", "NOT".
  absl::StatusOr<BoundExpression> BindTruth(const ast::Expression& expression, const Scope& scope,
                                            std::string_view what);

 private:
  using Bound = absl::StatusOr<BoundExpression>;

  // expression_binder.cc: values, access, operators.
  Bound Of(const ast::Literal& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::TypedLiteral& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::Parameter& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::Variable& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::PropertyAccess& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::Subscript& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::Slice& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::ListLiteral& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::MapLiteral& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::MapProjection& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::Unary& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::Binary& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::Logical& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::Comparison& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::IsCheck& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::LabelPredicate& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::Case& node, const ast::Expression& at, const Scope& scope);
  // expression_binder_call.cc: functions, aggregates, what runs over lists, subqueries.
  Bound Of(const ast::FunctionCall& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::ListComprehension& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::PatternComprehension& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::Quantified& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::Reduce& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::PatternPredicate& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::ShortestPath& node, const ast::Expression& at, const Scope& scope);
  Bound Of(const ast::Subquery& node, const ast::Expression& at, const Scope& scope);

  Bound BindAggregate(const ast::FunctionCall& node, const ast::Expression& at, const Scope& scope);
  // The column that a property written again stands for, if any.
  std::optional<VariableReference> ProjectedColumn(const ast::Expression& expression, const Scope& scope) const;
  Bound BindVariable(const ast::Name& name, const Scope& scope);
  absl::StatusOr<std::vector<BoundExpression>> BindAll(const std::vector<ast::ExpressionPtr>& expressions,
                                                       const Scope& scope);
  // Binds the body of a comprehension, where no aggregate may stand.
  Bound BindBody(const ast::Expression& body, const Scope& scope, std::string_view condition_of);
  // A list to run over, and what is known of its elements.
  Bound BindInput(const ast::Expression& list, const Scope& scope, StaticType* element);
  uint32_t NewLocal() { return (*binder_.next_local_)++; }

  ExpressionBinder& binder_;
  const ExpressionRules& rules_;
  bool aggregates_allowed_ = true;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_EXPRESSION_BINDING_H_
