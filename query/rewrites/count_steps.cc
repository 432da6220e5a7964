#include "query/rewrites/count_steps.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "query/element_test.h"
#include "query/expression_nodes.h"
#include "query/rewrites/ends_only.h"

namespace dossier {
namespace {

bool MayBeCounted(const ExpandNode& step) {
  return !step.into && !step.rounds.has_value() && !step.closing.has_value() && !step.counted.has_value() &&
         step.other_edges.empty() && IsPlain(*step.edge) && (step.node == nullptr || IsPlain(*step.node));
}

std::optional<Slot> SlotOf(const Expression& expression) {
  const std::optional<VariableReference> variable = VariableOf(expression);
  if (!variable.has_value() || variable->kind != VariableReference::Kind::kSlot) return std::nullopt;
  return variable->index;
}

// count(*), or a count of what every step has.
bool CountsSteps(const Aggregate& aggregate, const ExpandNode& step) {
  if (aggregate.name != "count" || aggregate.distinct || aggregate.weighted) return false;
  if (aggregate.star) return true;
  const std::optional<Slot> slot = SlotOf(*aggregate.arguments.front());
  return slot.has_value() && (*slot == step.to || *slot == step.edge_slot);
}

// A value that is a property of the step's edge, or of where it leads.
std::optional<ExpandNode::Counted::By> PropertyOfStep(Slot slot, const Expression& value, const ExpandNode& step) {
  const std::optional<PropertyOf> property = PropertyAccessOf(value);
  if (!property.has_value() || !property->property.valid()) return std::nullopt;
  const std::optional<Slot> object = SlotOf(*property->object);
  if (!object.has_value() || (*object != step.to && *object != step.edge_slot)) return std::nullopt;
  return ExpandNode::Counted::By{slot, *object == step.edge_slot, property->property, value.ToString()};
}

void Rewrite(AggregateNode* aggregate, LogicalNode* below, Slot* next_slot) {
  auto* extend = std::get_if<ExtendNode>(&below->node);
  LogicalNode* const at = extend == nullptr ? below : below->inputs.front().get();
  auto* step = std::get_if<ExpandNode>(&at->node);
  if (step == nullptr || !MayBeCounted(*step)) return;
  for (const Slot key : aggregate->keys) {
    if (key == step->to || key == step->edge_slot) return;
  }
  for (const AggregateCall& call : aggregate->aggregates) {
    if (!CountsSteps(call.aggregate, *step)) return;
  }
  if (aggregate->aggregates.empty()) return;
  ExpandNode::Counted counted;
  std::vector<std::pair<Slot, std::shared_ptr<const Expression>>> others;
  if (extend != nullptr) {
    for (const auto& [slot, value] : extend->values) {
      if (std::optional<ExpandNode::Counted::By> by = PropertyOfStep(slot, *value, *step)) {
        counted.by.push_back(*std::move(by));
      } else if (Avoids(*value, {step->to, step->edge_slot})) {
        others.emplace_back(slot, value);
      } else {
        return;
      }
    }
  }
  if (counted.by.size() > ExpandNode::Counted::kMostValues) return;
  counted.count = (*next_slot)++;
  for (AggregateCall& call : aggregate->aggregates) {
    call.aggregate.weighted = true;
    call.aggregate.star = false;
    call.aggregate.arguments.clear();
    call.aggregate.arguments.push_back(MakeVariable(
        {VariableReference::Kind::kSlot, counted.count, StaticType::kNumber}, "steps", call.aggregate.span));
  }
  step->counted = std::move(counted);
  if (extend == nullptr) return;
  if (!others.empty()) {
    extend->values = std::move(others);
    return;
  }
  LogicalPlan only = std::move(below->inputs.front());
  *below = std::move(*only);
}

}  // namespace

void CountSteps(LogicalNode* plan, Slot* next_slot) {
  if (auto* aggregate = std::get_if<AggregateNode>(&plan->node)) {
    Rewrite(aggregate, plan->inputs.front().get(), next_slot);
  }
  if (auto* apply = std::get_if<ApplyNode>(&plan->node)) CountSteps(apply->body.get(), next_slot);
  for (LogicalPlan& input : plan->inputs) CountSteps(input.get(), next_slot);
}

}  // namespace dossier
