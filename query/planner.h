// Chooses the order of a clause's paths, and for each the end to begin at.
#ifndef DOSSIER_QUERY_PLANNER_H_
#define DOSSIER_QUERY_PLANNER_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/image.h"
#include "query/ast.h"
#include "query/logical_plan.h"
#include "query/pattern_binder.h"

namespace dossier {

// Puts a MatchNode for each path of `pattern` on top of `input`. `different_edges` traces get slots from
// `*next_slot`. Greedy: of the paths left, the one with the fewest vertices to begin at goes first, for what it
// binds is where the next may begin.
// E6117 where conditions of two paths read each other's elements.
absl::StatusOr<LogicalPlan> PlanMatches(const BoundGraphPattern& pattern, const Image& image, Slot* next_slot,
                                        LogicalPlan input);

}  // namespace dossier

#endif  // DOSSIER_QUERY_PLANNER_H_
