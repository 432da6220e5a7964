// ORDER BY ... LIMIT k: rows that the page will not show are dropped as soon as k better ones are known.
#ifndef DOSSIER_QUERY_REWRITES_TOP_ROWS_H_
#define DOSSIER_QUERY_REWRITES_TOP_ROWS_H_

#include "query/logical_plan.h"

namespace dossier {

// Tells each Sort right below a Page with a limit how many rows that will take.
void TopRows(LogicalNode* plan);

}  // namespace dossier

#endif  // DOSSIER_QUERY_REWRITES_TOP_ROWS_H_
