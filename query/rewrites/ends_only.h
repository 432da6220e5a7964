// For rewrites: what is read of a match or a step, and which matches are read by their ends alone.
#ifndef DOSSIER_QUERY_REWRITES_ENDS_ONLY_H_
#define DOSSIER_QUERY_REWRITES_ENDS_ONLY_H_

#include <set>
#include <vector>

#include "query/logical_plan.h"

namespace dossier {

// The match that gives the rows of `plan`, through filters and computations that read of its paths nothing but their
// ends; null where there is none. `read_above`: expressions that are computed on those rows. A match that is compared
// with elements bound before needs the whole path.
MatchNode* FindMatchReadByItsEnds(LogicalNode* plan, std::vector<const Expression*> read_above = {});

// Whether an expression surely reads none of the columns.
bool Avoids(const Expression& expression, const std::set<Slot>& slots);

// The columns of a match that hold more of its paths than their ends.
std::set<Slot> InnerSlots(const MatchNode& match);

}  // namespace dossier

#endif  // DOSSIER_QUERY_REWRITES_ENDS_ONLY_H_
