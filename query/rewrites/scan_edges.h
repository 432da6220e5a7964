// Steps that are taken from nearly everywhere become a pass over the relation's edges.
#ifndef DOSSIER_QUERY_REWRITES_SCAN_EDGES_H_
#define DOSSIER_QUERY_REWRITES_SCAN_EDGES_H_

#include "graph/image.h"
#include "query/logical_plan.h"

namespace dossier {

// Where all nodes of a label are scanned and one edge of a relation is followed from each, and that is most of the
// relation's edges, the edges are gone through by their numbers: so lie their properties, their claims and their ends.
// Only where sources are not tracked.
void ScanEdges(const Image& image, LogicalPlan* plan);

}  // namespace dossier

#endif  // DOSSIER_QUERY_REWRITES_SCAN_EDGES_H_
