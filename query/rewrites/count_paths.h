// MATCH ... RETURN count(*): where nothing of a path is read but its ends, its paths are counted, not listed.
#ifndef DOSSIER_QUERY_REWRITES_COUNT_PATHS_H_
#define DOSSIER_QUERY_REWRITES_COUNT_PATHS_H_

#include "query/logical_plan.h"

namespace dossier {

// For each Aggregate whose calls all count rows (or paths), right above a Match or above filters and computations that
// read of its path nothing but the ends: the match gives one row for each pair of ends, with the number of paths in a
// new slot (from `*next_slot`), and the aggregate adds those up.
void CountPaths(LogicalNode* plan, Slot* next_slot);

}  // namespace dossier

#endif  // DOSSIER_QUERY_REWRITES_COUNT_PATHS_H_
