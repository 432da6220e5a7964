#include "query/plan_mapper.h"

#include <utility>

#include "query/operators/operators.h"

namespace dossier {

OperatorPtr MakeOperators(const LogicalNode& plan, const OperatorContext& context) {
  std::vector<OperatorPtr> inputs;
  for (const LogicalPlan& input : plan.inputs) inputs.push_back(MakeOperators(*input, context));
  struct Mapper {
    const OperatorContext& context;
    std::vector<OperatorPtr>& inputs;
    OperatorPtr operator()(const ArgumentNode&) { return MakeArgument(context); }
    OperatorPtr operator()(const MatchNode& node) { return MakeMatch(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const OptionalNode& node) {
      return MakeOptional(context, node, std::move(inputs[0]), MakeOperators(*node.body, context));
    }
    OperatorPtr operator()(const FilterNode& node) { return MakeFilter(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const ExtendNode& node) { return MakeExtend(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const AggregateNode& node) { return MakeAggregate(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const DistinctNode& node) { return MakeDistinct(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const SortNode& node) { return MakeSort(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const PageNode& node) { return MakePage(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const UnwindNode& node) { return MakeUnwind(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const UnionNode& node) { return MakeUnion(context, node, std::move(inputs)); }
  };
  return std::visit(Mapper{context, inputs}, plan.node);
}

}  // namespace dossier
