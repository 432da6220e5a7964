#include "query/plan_mapper.h"

#include <algorithm>
#include <utility>

#include "query/expression_nodes.h"
#include "query/operators/operators.h"

namespace dossier {
namespace {

// Where no more than a few rows are asked for, no more than these are looked for at a time. What reads its input to the
// end anyhow asks for full batches.
uint32_t RowsAtATime(const LogicalNode& plan, uint32_t asked, uint32_t full) {
  if (const auto* page = std::get_if<PageNode>(&plan.node)) {
    const Value* limit = page->limit == nullptr ? nullptr : ConstantOf(*page->limit);
    const Value* skip = page->skip == nullptr ? nullptr : ConstantOf(*page->skip);
    const bool known = limit != nullptr && limit->type() == Value::Type::kInteger &&
                       (page->skip == nullptr || (skip != nullptr && skip->type() == Value::Type::kInteger));
    if (!known) return asked;
    const int64_t wanted = limit->integer() + (skip == nullptr ? 0 : std::min<int64_t>(skip->integer(), asked));
    return static_cast<uint32_t>(std::clamp<int64_t>(wanted, 1, asked));
  }
  const bool reads_all =
      std::holds_alternative<SortNode>(plan.node) || std::holds_alternative<AggregateNode>(plan.node);
  return reads_all ? full : asked;
}

}  // namespace

OperatorPtr MakeOperators(const LogicalNode& plan, const OperatorContext& context) {
  OperatorContext below = context;
  below.batch_rows = RowsAtATime(plan, context.batch_rows, context.full_batch_rows);
  std::vector<OperatorPtr> inputs;
  for (const LogicalPlan& input : plan.inputs) inputs.push_back(MakeOperators(*input, below));
  struct Mapper {
    const OperatorContext& context;
    std::vector<OperatorPtr>& inputs;
    OperatorPtr operator()(const ArgumentNode&) { return MakeArgument(context); }
    OperatorPtr operator()(const MatchNode& node) { return MakeMatch(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const ScanNode& node) { return MakeScan(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const ExpandNode& node) {
      if (node.counted.has_value()) return MakeCountSteps(context, node, std::move(inputs[0]));
      if (node.rounds.has_value()) return MakeReach(context, node, std::move(inputs[0]));
      return node.closing.has_value() ? MakeIntersect(context, node, std::move(inputs[0]))
                                      : MakeExpand(context, node, std::move(inputs[0]));
    }
    OperatorPtr operator()(const ApplyNode& node) {
      return MakeApply(context, node, std::move(inputs[0]), MakeOperators(*node.body, context));
    }
    OperatorPtr operator()(const FilterNode& node) { return MakeFilter(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const ExtendNode& node) { return MakeExtend(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const AggregateNode& node) { return MakeAggregate(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const DistinctNode& node) { return MakeDistinct(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const SortNode& node) { return MakeSort(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const PageNode& node) { return MakePage(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const UnwindNode& node) { return MakeUnwind(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const CallNode& node) { return MakeCall(context, node, std::move(inputs[0])); }
    OperatorPtr operator()(const UnionNode& node) { return MakeUnion(context, node, std::move(inputs)); }
  };
  OperatorPtr made = std::visit(Mapper{context, inputs}, plan.node);
  if (context.profile != nullptr) made->Observe(&context.profile->Of(plan));
  return made;
}

}  // namespace dossier
