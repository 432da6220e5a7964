// `MATCH (a) WHERE a.id = $x` asks the same of a as `MATCH (a {id: $x})`: equalities of a WHERE that could be looked up
// are told to the pattern too, so that the planner can begin there. The WHERE stays as it is.
#ifndef DOSSIER_QUERY_LOOKUP_HINTS_H_
#define DOSSIER_QUERY_LOOKUP_HINTS_H_

#include <memory>

#include "graph/image.h"
#include "query/expression.h"
#include "query/pattern_binder.h"

namespace dossier {

// `where` is the condition behind the pattern.
void AddLookupHints(const std::shared_ptr<const Expression>& where, const Image& image, BoundGraphPattern* pattern);

}  // namespace dossier

#endif  // DOSSIER_QUERY_LOOKUP_HINTS_H_
