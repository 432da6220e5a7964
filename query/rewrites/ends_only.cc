#include "query/rewrites/ends_only.h"

#include <algorithm>
#include <utility>

#include "query/expression_nodes.h"

namespace dossier {
namespace {

// Whether an expression surely reads none of the slots.
bool Avoids(const Expression& expression, const std::set<Slot>& slots) {
  if (expression.plan() != nullptr) return false;
  const std::optional<VariableReference> variable = VariableOf(expression);
  if (variable.has_value()) return variable->kind != VariableReference::Kind::kSlot || !slots.contains(variable->index);
  bool avoids = true;
  expression.ForEachChild([&](const Expression& child) { avoids = avoids && Avoids(child, slots); });
  return avoids;
}

bool IsEnd(const MatchNode& match, const PatternVariable& variable) {
  const auto is = [&](const NodeTest* node) { return node != nullptr && node->local == variable.local; };
  return variable.type == StaticType::kVertex && (is(match.program.first) || is(match.program.last));
}

}  // namespace

std::set<Slot> InnerSlots(const MatchNode& match) {
  std::set<Slot> inner;
  for (const PatternVariable& variable : match.stores) {
    if (variable.slot != kNoSlot && !IsEnd(match, variable)) inner.insert(variable.slot);
  }
  return inner;
}

MatchNode* FindMatchReadByItsEnds(LogicalNode* plan, std::vector<const Expression*> read_above) {
  std::vector<const Expression*> between = std::move(read_above);
  while (plan != nullptr) {
    if (auto* match = std::get_if<MatchNode>(&plan->node)) {
      const std::set<Slot> inner = InnerSlots(*match);
      const bool ends_only = match->joins.empty() && match->count == kNoSlot &&
                             std::all_of(between.begin(), between.end(),
                                         [&](const Expression* expression) { return Avoids(*expression, inner); });
      return ends_only ? match : nullptr;
    }
    if (const auto* filter = std::get_if<FilterNode>(&plan->node)) {
      between.push_back(filter->predicate.get());
    } else if (const auto* extend = std::get_if<ExtendNode>(&plan->node)) {
      for (const auto& [slot, value] : extend->values) between.push_back(value.get());
    } else {
      return nullptr;
    }
    plan = plan->inputs.empty() ? nullptr : plan->inputs.front().get();
  }
  return nullptr;
}

}  // namespace dossier
