// How many rows a step of the plan is likely to give: from the sizes of labels and relations, and rules of thumb where
// nothing is known. For people who read EXPLAIN; no answer depends on it.
#ifndef DOSSIER_QUERY_ROW_ESTIMATE_H_
#define DOSSIER_QUERY_ROW_ESTIMATE_H_

#include "graph/image.h"
#include "query/logical_plan.h"

namespace dossier {

// `inputs`: what all its inputs give together. `body`: what the body of an ApplyNode gives for one row.
double EstimateRows(const LogicalNode& step, double inputs, double body, const Image& image);

}  // namespace dossier

#endif  // DOSSIER_QUERY_ROW_ESTIMATE_H_
