// From a value to the vertices that may have it, by the indexes of the image.
#ifndef DOSSIER_QUERY_VERTEX_LOOKUP_H_
#define DOSSIER_QUERY_VERTEX_LOOKUP_H_

#include <vector>

#include "graph/image.h"
#include "graph/value.h"

namespace dossier {

// Appends, in rising order and each once, the entities whose property may equal `wanted`; each has still to be judged,
// for which of several values counts is the view's affair. Equivalent values find the same. False where there is no
// index to tell them.
bool LookUpVertices(const Image& image, PropertyId property, const Value& wanted, std::vector<VertexId>* vertices);

}  // namespace dossier

#endif  // DOSSIER_QUERY_VERTEX_LOOKUP_H_
