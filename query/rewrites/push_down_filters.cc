#include "query/rewrites/push_down_filters.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "query/expression_nodes.h"

namespace dossier {
namespace {

// Whether a condition on these slots can be judged below the step as well as above it.
bool PassesBy(const LogicalNode& step, const std::set<Slot>& read) {
  if (std::holds_alternative<FilterNode>(step.node)) return true;
  if (const auto* scan = std::get_if<ScanNode>(&step.node)) return scan->bound || !read.contains(scan->slot);
  if (const auto* expand = std::get_if<ExpandNode>(&step.node)) {
    return (expand->into || !read.contains(expand->to)) && !read.contains(expand->edge_slot) &&
           (!expand->closing.has_value() || !read.contains(expand->closing->edge_slot));
  }
  return false;
}

// Puts the condition in as low as it may go; false where that is below nothing but other conditions.
bool Sink(std::shared_ptr<const Expression> condition, const std::set<Slot>& read, LogicalPlan* plan) {
  LogicalPlan* at = plan;
  bool passed = false;
  while ((*at)->inputs.size() == 1 && PassesBy(**at, read)) {
    passed = passed || !std::holds_alternative<FilterNode>((*at)->node);
    at = &(*at)->inputs.front();
  }
  if (!passed) return false;
  *at = MakeNode(FilterNode{std::move(condition)}, std::move(*at));
  return true;
}

}  // namespace

void PushDownFilters(LogicalPlan* plan) {
  if (auto* apply = std::get_if<ApplyNode>(&(*plan)->node)) PushDownFilters(&apply->body);
  if (auto* filter = std::get_if<FilterNode>(&(*plan)->node)) {
    const std::shared_ptr<const Expression> whole = filter->predicate;
    const std::vector<const Expression*> parts = ConjunctsOf(*whole);
    std::vector<std::shared_ptr<const Expression>> stay;
    for (const Expression* part : parts) {
      std::shared_ptr<const Expression> condition(whole, part);
      std::set<Slot> read;
      const bool may_sink = part->never_fails() && AddSlotsRead(*part, &read);
      if (!may_sink || !Sink(condition, read, &(*plan)->inputs.front())) stay.push_back(std::move(condition));
    }
    // What stays is one filter after the other, in the order written: the second sees only rows that pass the first.
    if (stay.size() < parts.size()) {
      LogicalPlan input = std::move((*plan)->inputs.front());
      for (auto& condition : stay) input = MakeNode(FilterNode{std::move(condition)}, std::move(input));
      *plan = std::move(input);
      return PushDownFilters(plan);
    }
  }
  for (LogicalPlan& input : (*plan)->inputs) PushDownFilters(&input);
}

}  // namespace dossier
