// From the logical plan to what EXPLAIN and PROFILE show.
#ifndef DOSSIER_QUERY_PLAN_PRINTER_H_
#define DOSSIER_QUERY_PLAN_PRINTER_H_

#include "graph/image.h"
#include "query/logical_plan.h"
#include "query/profile.h"
#include "query/query_plan.h"

namespace dossier {

// `profile`: null where the query did not run.
PlanStep DescribePlan(const LogicalNode& plan, const Image& image, const Profile* profile);

}  // namespace dossier

#endif  // DOSSIER_QUERY_PLAN_PRINTER_H_
