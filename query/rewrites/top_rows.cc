#include "query/rewrites/top_rows.h"

namespace dossier {

void TopRows(LogicalNode* plan) {
  const auto* page = std::get_if<PageNode>(&plan->node);
  if (page != nullptr && page->limit != nullptr) {
    if (auto* sort = std::get_if<SortNode>(&plan->inputs.front()->node)) {
      sort->skip = page->skip;
      sort->limit = page->limit;
    }
  }
  if (auto* apply = std::get_if<ApplyNode>(&plan->node)) TopRows(apply->body.get());
  for (LogicalPlan& input : plan->inputs) TopRows(input.get());
}

}  // namespace dossier
