// From clauses as written to the logical plan: scopes, slots, grouping, subqueries.
#ifndef DOSSIER_QUERY_CLAUSE_BINDER_H_
#define DOSSIER_QUERY_CLAUSE_BINDER_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "query/ast.h"
#include "query/clause_order.h"
#include "query/expression_binder.h"
#include "query/logical_plan.h"
#include "query/name_resolver.h"
#include "query/optimizer_options.h"
#include "query/pattern_binder.h"
#include "query/scope.h"

namespace dossier {

class ClauseBinder : public SubqueryBinder {
 public:
  // `ontology` is null for a scratch graph. `text` is the query's text, for messages and EXPLAIN. All must outlive
  // the binder, and `ontology`, `image` and `procedures` what it binds.
  ClauseBinder(const Ontology* ontology, const Image* image, const ProcedureCatalog* procedures,
               const OptimizerOptions& options, std::string_view text);
  ~ClauseBinder() override;

  // Errors: kInvalidArgument, 6000-6999.
  absl::StatusOr<BoundQuery> Bind(const ast::Query& query);

  absl::StatusOr<BoundExpression> BindSubquery(const ast::Subquery& subquery, const SourceSpan& span,
                                               const Scope& scope) override;
  absl::StatusOr<BoundExpression> BindPatternPredicate(const ast::PatternPredicate& predicate, const SourceSpan& span,
                                                       const Scope& scope) override;
  absl::StatusOr<BoundExpression> BindPatternComprehension(const ast::PatternComprehension& comprehension,
                                                           const SourceSpan& span, const Scope& scope) override;
  absl::StatusOr<BoundExpression> BindShortestPath(const ast::ShortestPath& path, const SourceSpan& span,
                                                   const Scope& scope) override;

 private:
  // A query, or what has been bound of it so far: the plan and which names its rows have.
  struct Partial {
    LogicalPlan plan;
    std::unique_ptr<Scope> scope;  // names that can be used from here on
    std::vector<std::string> columns;
    std::vector<Slot> column_slots;
    bool returned = false;
  };

  // `importable`: what a WITH in front of each part may bring in, where that is how names come in; else null.
  absl::StatusOr<Partial> BindQuery(const ast::Query& query, const Scope* outer, bool needs_return,
                                    const Scope* importable = nullptr);
  absl::StatusOr<Partial> BindSingle(const ast::SingleQuery& query, const Scope* outer, bool needs_return,
                                     const Scope* importable);
  absl::Status BindClause(const ast::Clause& clause, const Scope* outer, Partial* partial);
  // A MATCH, and what stands behind it, up to something else than one.
  absl::Status BindMatches(std::span<const ast::Clause> clauses, const Scope* outer, Partial* partial, size_t* bound);
  absl::Status BindOptionalMatch(const ast::MatchClause& clause, const Scope* outer, Partial* partial);
  // Declares in `partial` what the clause binds.
  absl::StatusOr<BoundClause> BindMatch(const ast::MatchClause& clause, const Scope* outer, Partial* partial);
  absl::Status BindProjection(const ast::ProjectionClause& clause, const Scope* outer, const SourceSpan& span,
                              Partial* partial);
  absl::Status BindLet(const ast::LetClause& clause, Partial* partial);
  absl::Status BindFor(const ast::ForClause& clause, Partial* partial);

  // clause_binder_projection.cc: RETURN and WITH with all that hangs on them, ORDER BY, SKIP and LIMIT.
  struct Projection;
  void AddStarColumns(const Scope& scope, Projection* projection) const;
  absl::Status AddItemNames(const ast::ProjectionClause& clause, Projection* projection) const;
  absl::Status BindKeys(const ast::ProjectionClause& clause, const Scope& scope, Projection* projection);
  absl::Status BindAggregates(const ast::ProjectionClause& clause, const Scope& scope, Projection* projection);
  absl::Status BindGroupBy(const ast::ProjectionClause& clause, const Scope& scope, Projection* projection);
  // `items`: expressions that are columns already, and the slots they stand in.
  using ProjectedItems = std::vector<std::pair<const ast::Expression*, VariableReference>>;
  absl::Status BindOrder(const std::vector<ast::SortItem>& order_by, const Scope& scope, const ExpressionRules& rules,
                         const ProjectedItems& items, std::vector<SortKey>* keys);
  absl::Status BindPage(const ast::OrderAndPage& page, const Scope& scope, PageNode* node);

  // clause_binder_call.cc
  // `stands_alone`: the call is the whole query, and its columns are the answer's.
  absl::Status BindCall(const ast::CallClause& clause, const SourceSpan& span, bool stands_alone, Partial* partial);
  absl::Status BindArguments(const ast::CallClause& clause, bool stands_alone, const Scope& scope, CallNode* node);
  absl::Status BindSubqueryClause(const ast::SubqueryClause& clause, Partial* partial);
  // Whether the clause brought names in, and so is dealt with.
  absl::StatusOr<bool> BindImportingWith(const ast::Clause& clause, const Scope& importable, Scope* scope) const;
  absl::Status CheckSubqueryColumns(const ast::SingleQuery& part, const Scope& outside) const;

  // MATCH pattern WHERE condition on top of an argument: the body of a subquery.
  absl::StatusOr<Partial> BindPatternBody(const ast::PathPattern& pattern, const ast::Expression* where,
                                          const Scope& scope);

  const Ontology* ontology_;
  const Image* image_;
  const ProcedureCatalog* procedures_;
  const OptimizerOptions options_;  // of the plans that expressions run
  std::string_view text_;
  uint32_t next_local_ = 0;
  Slot next_slot_ = 0;
  NameResolver names_;
  ExpressionBinder expressions_;
  PatternBinder patterns_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_CLAUSE_BINDER_H_
