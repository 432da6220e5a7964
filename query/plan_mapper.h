// From the logical plan to operators that run.
#ifndef DOSSIER_QUERY_PLAN_MAPPER_H_
#define DOSSIER_QUERY_PLAN_MAPPER_H_

#include "query/logical_plan.h"
#include "query/operator.h"

namespace dossier {

// Operators for one run of `plan`, which must outlive them. Call Reset before the first Next.
OperatorPtr MakeOperators(const LogicalNode& plan, const OperatorContext& context);

}  // namespace dossier

#endif  // DOSSIER_QUERY_PLAN_MAPPER_H_
