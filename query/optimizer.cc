#include "query/optimizer.h"

#include "query/rewrites/bind_ends.h"
#include "query/rewrites/count_paths.h"
#include "query/rewrites/count_steps.h"
#include "query/rewrites/expand_steps.h"
#include "query/rewrites/keep_time_order.h"
#include "query/rewrites/look_up_edges.h"
#include "query/rewrites/one_path_for_distinct.h"
#include "query/rewrites/push_down_filters.h"
#include "query/rewrites/top_rows.h"

namespace dossier {

void Optimize(const OptimizerOptions& options, bool sources, const Image& image, BoundQuery* query) {
  if (!sources) {  // else a row rests on all the paths that it stands for
    if (options.one_path_for_distinct) OnePathForDistinct(query->plan.get());
    if (options.count_paths) CountPaths(query->plan.get(), &query->slots);
  }
  OptimizeSubquery(options, image, &query->plan, &query->slots);
  if (!sources && options.count_steps) CountSteps(query->plan.get(), &query->slots);
}

void OptimizeSubquery(const OptimizerOptions& options, const Image& image, LogicalPlan* plan, Slot* next_slot) {
  if (options.expand_steps) ExpandSteps(image, plan, next_slot);
  if (options.bind_ends) BindEnds(image, plan, next_slot);
  if (options.keep_time_order) KeepTimeOrder(plan);
  if (options.push_down_filters) PushDownFilters(plan);
  if (options.look_up_edges) LookUpEdges(plan->get());
  if (options.top_rows) TopRows(plan->get());
}

}  // namespace dossier
