// The operators, one a file beside this header. Each takes its part of the logical plan, which must outlive it.
#ifndef DOSSIER_QUERY_OPERATORS_OPERATORS_H_
#define DOSSIER_QUERY_OPERATORS_OPERATORS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "query/logical_plan.h"
#include "query/operator.h"

namespace dossier {

OperatorPtr MakeArgument(const OperatorContext& context);
OperatorPtr MakeMatch(const OperatorContext& context, const MatchNode& node, OperatorPtr input);
OperatorPtr MakeScan(const OperatorContext& context, const ScanNode& node, OperatorPtr input);
OperatorPtr MakeExpand(const OperatorContext& context, const ExpandNode& node, OperatorPtr input);
OperatorPtr MakeCountSteps(const OperatorContext& context, const ExpandNode& node, OperatorPtr input);  // with counted
OperatorPtr MakeIntersect(const OperatorContext& context, const ExpandNode& node, OperatorPtr input);   // with closing
OperatorPtr MakeReach(const OperatorContext& context, const ExpandNode& node, OperatorPtr input);       // with rounds
OperatorPtr MakeApply(const OperatorContext& context, const ApplyNode& node, OperatorPtr input, OperatorPtr body);
OperatorPtr MakeFilter(const OperatorContext& context, const FilterNode& node, OperatorPtr input);
OperatorPtr MakeExtend(const OperatorContext& context, const ExtendNode& node, OperatorPtr input);
OperatorPtr MakeAggregate(const OperatorContext& context, const AggregateNode& node, OperatorPtr input);
OperatorPtr MakeDistinct(const OperatorContext& context, const DistinctNode& node, OperatorPtr input);
OperatorPtr MakeSort(const OperatorContext& context, const SortNode& node, OperatorPtr input);
OperatorPtr MakePage(const OperatorContext& context, const PageNode& node, OperatorPtr input);
OperatorPtr MakeUnwind(const OperatorContext& context, const UnwindNode& node, OperatorPtr input);
OperatorPtr MakeCall(const OperatorContext& context, const CallNode& node, OperatorPtr input);
OperatorPtr MakeUnion(const OperatorContext& context, const UnionNode& node, std::vector<OperatorPtr> inputs);

// Puts variables of the row into the locals that expressions inside a pattern read.
void LoadContext(const std::vector<PatternVariable>& variables, const Batch& batch, uint32_t row,
                 EvaluationContext* evaluation);
// What SKIP or LIMIT (`word`) takes, judged with the row to start from (`outer` null: none). E7009 where it is no
// count.
absl::StatusOr<int64_t> PageCount(const Expression& expression, std::string_view word, const Batch* outer,
                                  uint32_t outer_row, EvaluationContext* evaluation);
// A row that met a claim as a node rests on the claim.
void AddClaimSource(VertexId vertex, const EvaluationContext& evaluation, const ExecutionState& state, Batch* batch,
                    uint32_t row);

}  // namespace dossier

#endif  // DOSSIER_QUERY_OPERATORS_OPERATORS_H_
