// From expressions as written to bound ones: looks names up, finds functions, checks types as far as known.
#ifndef DOSSIER_QUERY_EXPRESSION_BINDER_H_
#define DOSSIER_QUERY_EXPRESSION_BINDER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "query/aggregate.h"
#include "query/ast.h"
#include "query/expression.h"
#include "query/scope.h"

namespace dossier {

class Ontology;

// Binds what holds a pattern or a query inside an expression; the clause binder implements it.
class SubqueryBinder {
 public:
  virtual ~SubqueryBinder() = default;
  // EXISTS {...} (a boolean), COUNT {...} (an integer), COLLECT {...} (a list).
  virtual absl::StatusOr<BoundExpression> BindSubquery(const ast::Subquery& subquery, const SourceSpan& span,
                                                       const Scope& scope) = 0;
  // (a)-->(b) as a condition.
  virtual absl::StatusOr<BoundExpression> BindPatternPredicate(const ast::PatternPredicate& predicate,
                                                               const SourceSpan& span, const Scope& scope) = 0;
  // [p = (a)-->(b) WHERE c | e].
  virtual absl::StatusOr<BoundExpression> BindPatternComprehension(const ast::PatternComprehension& comprehension,
                                                                   const SourceSpan& span, const Scope& scope) = 0;
  // shortestPath(...) as a value: a path or null, or (allShortestPaths) a list of paths.
  virtual absl::StatusOr<BoundExpression> BindShortestPath(const ast::ShortestPath& path, const SourceSpan& span,
                                                           const Scope& scope) = 0;
};

// One call of an aggregate function found in a projection; its result will stand in `result` of each group's row.
struct AggregateCall {
  Aggregate aggregate;  // which function, DISTINCT, bound arguments (query/aggregate.h)
  Slot result = 0;
};

// A property that a projection has computed, `n.name`: written again, it is the column.
struct ProjectedProperty {
  std::string text;  // as the printer of the tree writes it
  VariableReference column;
};

// What the binder may do at a place.
struct ExpressionRules {
  // Where set, aggregate calls are allowed: each is taken out, appended here with a slot from `*next_slot`, and
  // replaced by a reference to that slot. Unset: an aggregate is error 6020.
  std::vector<AggregateCall>* aggregates = nullptr;
  Slot* next_slot = nullptr;
  // The scope that aggregates' arguments are bound in (the rows before grouping); null: the same scope.
  const Scope* aggregate_scope = nullptr;
  // Where set, an aggregate that is not among `aggregates` yet takes its arguments from here: behind a projection, only
  // what it made can be aggregated anew.
  const Scope* new_aggregate_scope = nullptr;
  // Where set, properties that stand for columns.
  const std::vector<ProjectedProperty>* properties = nullptr;
};

class ExpressionBinder {
 public:
  // `ontology` may be null (a scratch graph: no property name is checked). `next_local` numbers locals across the
  // query. All pointers must outlive the binder; `ontology` and `image` must outlive the bound expressions.
  ExpressionBinder(const Ontology* ontology, const Image* image, SubqueryBinder* subqueries, uint32_t* next_local);

  // Errors: kInvalidArgument with a Diagnostic numbered 6000-6999 and its place: unknown variable (did you mean),
  // unknown function, wrong number of arguments, wrong type where it is certain to fail, aggregate in a wrong place.
  absl::StatusOr<BoundExpression> Bind(const ast::Expression& expression, const Scope& scope,
                                       const ExpressionRules& rules = {});
  // The same for a condition (WHERE, FILTER): what can be neither a boolean nor null is E6010, and what turns
  // out to be neither while it runs is E7001.
  absl::StatusOr<BoundExpression> BindCondition(const ast::Expression& expression, const Scope& scope,
                                                const ExpressionRules& rules = {});

  // E6004 for a property of a value of this type that neither the ontology nor the data know.
  absl::Status CheckPropertyName(const ast::Name& property, StaticType object) const;

 private:
  friend class ExpressionBinding;

  const Ontology* ontology_;
  const Image* image_;
  SubqueryBinder* subqueries_;
  uint32_t* next_local_;
};

// What is said of a variable that `scope` does not have: E6023 where rows are not grouped by it, else E6001.
absl::Status UnknownVariable(const ast::Name& name, const Scope& scope);

// Whether an aggregate call stands somewhere in it (not counting subqueries).
bool ContainsAggregate(const ast::Expression& expression);

}  // namespace dossier

#endif  // DOSSIER_QUERY_EXPRESSION_BINDER_H_
