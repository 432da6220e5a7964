// MATCH p = ... WHERE in_time_order(p): the search gives a path up at its first step out of order, and does not list it
// for the condition to reject. Where a selector has chosen p among others, the condition is about what was chosen, and
// has to wait for it.
#ifndef DOSSIER_QUERY_REWRITES_KEEP_TIME_ORDER_H_
#define DOSSIER_QUERY_REWRITES_KEEP_TIME_ORDER_H_

#include "query/logical_plan.h"

namespace dossier {

void KeepTimeOrder(LogicalPlan* plan);

}  // namespace dossier

#endif  // DOSSIER_QUERY_REWRITES_KEEP_TIME_ORDER_H_
