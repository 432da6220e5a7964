// EXISTS { }, COUNT { }, COLLECT { } and patterns as values: an expression that runs a plan of its own, with the
// present row as the row to start from.
#ifndef DOSSIER_QUERY_SUBQUERY_EXPRESSION_H_
#define DOSSIER_QUERY_SUBQUERY_EXPRESSION_H_

#include "query/expression.h"
#include "query/logical_plan.h"

namespace dossier {

enum class SubqueryKind : uint8_t { kExists, kCount, kCollect };

// `result` (kCollect only): what each row of the plan contributes; null: the value in `column`.
BoundExpression MakeSubqueryExpression(SubqueryKind kind, LogicalPlan plan, BoundExpression result, Slot column,
                                       const SourceSpan& span);

}  // namespace dossier

#endif  // DOSSIER_QUERY_SUBQUERY_EXPRESSION_H_
