#include "query/rewrites/ends_only.h"

#include <algorithm>
#include <utility>

#include "query/expression_nodes.h"

namespace dossier {
namespace {

bool IsEnd(const MatchNode& match, const PatternVariable& variable) {
  const auto is = [&](const NodeTest* node) { return node != nullptr && node->local == variable.local; };
  return variable.type == StaticType::kVertex && (is(match.program.first) || is(match.program.last));
}

}  // namespace

bool Avoids(const Expression& expression, const std::set<Slot>& slots) {
  std::set<Slot> read;
  if (!AddSlotsRead(expression, &read)) return false;
  return std::none_of(slots.begin(), slots.end(), [&](Slot slot) { return read.contains(slot); });
}

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
