// MATCH ... RETURN DISTINCT a, b: where rows that differ in nothing but the inside of their paths become one, one path
// for each pair of ends will do.
#ifndef DOSSIER_QUERY_REWRITES_ONE_PATH_FOR_DISTINCT_H_
#define DOSSIER_QUERY_REWRITES_ONE_PATH_FOR_DISTINCT_H_

#include "query/logical_plan.h"

namespace dossier {

// For each Distinct over columns that hold nothing of a match's paths but their ends, and each Aggregate that sees no
// difference between one row and many equal ones (count(DISTINCT b), max(b.age)): ALL becomes ANY, so that what can be
// reached is searched for, and not the (maybe exponentially many) ways to get there.
void OnePathForDistinct(LogicalNode* plan);

}  // namespace dossier

#endif  // DOSSIER_QUERY_REWRITES_ONE_PATH_FOR_DISTINCT_H_
