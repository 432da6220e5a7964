// From a value to the vertices that may have it, by the indexes of the image.
#ifndef DOSSIER_QUERY_VERTEX_LOOKUP_H_
#define DOSSIER_QUERY_VERTEX_LOOKUP_H_

#include <vector>

#include "query/evaluation.h"
#include "query/pattern.h"

namespace dossier {

// Appends, in rising order and each once, the entities that the test may be true of; each has still to be judged, for
// which of several values counts is the view's affair. False where there is no index to tell them, or where the value
// could not be computed (see the context's status). The test reads nothing of its own pattern.
bool LookUpVertices(const PropertyTest& test, EvaluationContext& context, std::vector<VertexId>* vertices);

}  // namespace dossier

#endif  // DOSSIER_QUERY_VERTEX_LOOKUP_H_
