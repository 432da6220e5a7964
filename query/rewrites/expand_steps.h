// A path that is a chain of single edges, or of repeated edges of which only the ends matter, is taken apart: where it
// begins, then one step after the other, each an operator over batches. What needs the whole path to be judged (path
// variables, selectors, modes, conditions across elements) stays a Match.
#ifndef DOSSIER_QUERY_REWRITES_EXPAND_STEPS_H_
#define DOSSIER_QUERY_REWRITES_EXPAND_STEPS_H_

#include "graph/image.h"
#include "query/logical_plan.h"

namespace dossier {

void ExpandSteps(const Image& image, LogicalPlan* plan, Slot* next_slot);

}  // namespace dossier

#endif  // DOSSIER_QUERY_REWRITES_EXPAND_STEPS_H_
