// Rewrites of the logical plan: each gives the same rows with less work, has a file of its own under rewrites/, and can
// be switched off, so that tests run every query both ways.
#ifndef DOSSIER_QUERY_OPTIMIZER_H_
#define DOSSIER_QUERY_OPTIMIZER_H_

#include "graph/image.h"
#include "query/logical_plan.h"
#include "query/optimizer_options.h"

namespace dossier {

// Rewrites the query's plan. `sources`: whether rows have to say what they rest on, which some rewrites cannot.
void Optimize(const OptimizerOptions& options, bool sources, const Image& image, BoundQuery* query);
// The same for the plan of an expression (EXISTS { }, a pattern comprehension), which has to give all its rows.
void OptimizeSubquery(const OptimizerOptions& options, const Image& image, LogicalPlan* plan, Slot* next_slot);

}  // namespace dossier

#endif  // DOSSIER_QUERY_OPTIMIZER_H_
