// Conditions are judged as soon as all that they read is known: each part of a WHERE that cannot fail goes down to the
// scan or the step that gives the last variable it reads, so that what does not hold is not followed further.
#ifndef DOSSIER_QUERY_REWRITES_PUSH_DOWN_FILTERS_H_
#define DOSSIER_QUERY_REWRITES_PUSH_DOWN_FILTERS_H_

#include "query/logical_plan.h"

namespace dossier {

void PushDownFilters(LogicalPlan* plan);

}  // namespace dossier

#endif  // DOSSIER_QUERY_REWRITES_PUSH_DOWN_FILTERS_H_
