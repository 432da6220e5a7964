// MATCH (a)-[v:VOTED]->(r) RETURN r.id, v.value, count(*): steps that are only counted are not made rows. (Eager
// aggregation: Yan and Larson, "Eager Aggregation and Lazy Aggregation", VLDB 1995.)
#ifndef DOSSIER_QUERY_REWRITES_COUNT_STEPS_H_
#define DOSSIER_QUERY_REWRITES_COUNT_STEPS_H_

#include "query/logical_plan.h"

namespace dossier {

// For each Aggregate whose calls all count rows, right above an Expand without conditions, or above a computation that
// reads of its edge and of where it leads nothing but properties: the step gives, for each row, one row for each of
// their values and the number of steps in a new slot (from `*next_slot`), and the aggregate adds those up. Comes after
// the rewrite that makes steps.
void CountSteps(LogicalNode* plan, Slot* next_slot);

}  // namespace dossier

#endif  // DOSSIER_QUERY_REWRITES_COUNT_STEPS_H_
