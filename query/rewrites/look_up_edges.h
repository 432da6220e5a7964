// MATCH (a)-[t:TRANSFERRED WHERE within(t.munition, m)]->{2,5}(b): where edges have to have a value, those that have it
// are looked up, and the others never met.
#ifndef DOSSIER_QUERY_REWRITES_LOOK_UP_EDGES_H_
#define DOSSIER_QUERY_REWRITES_LOOK_UP_EDGES_H_

#include "query/logical_plan.h"

namespace dossier {

// Writes down in each Match which of its edges may be looked up (query/edge_lookup.h), where the paths that begin at
// all vertices, or repeat an edge, make that worth while. Comes last, on what other rewrites have left of matches.
void LookUpEdges(LogicalNode* plan);

}  // namespace dossier

#endif  // DOSSIER_QUERY_REWRITES_LOOK_UP_EDGES_H_
