// The ends of a path that are named by a value (`(a {id: 7})-->+(b {id: 9})`) are looked up before the path is searched
// for: then the search begins at one vertex, and knows where it is to end.
#ifndef DOSSIER_QUERY_REWRITES_BIND_ENDS_H_
#define DOSSIER_QUERY_REWRITES_BIND_ENDS_H_

#include "graph/image.h"
#include "query/logical_plan.h"

namespace dossier {

void BindEnds(const Image& image, LogicalPlan* plan, Slot* next_slot);

}  // namespace dossier

#endif  // DOSSIER_QUERY_REWRITES_BIND_ENDS_H_
