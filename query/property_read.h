// Properties of whatever may have some, through the query's view.
#ifndef DOSSIER_QUERY_PROPERTY_READ_H_
#define DOSSIER_QUERY_PROPERTY_READ_H_

#include <string_view>

#include "graph/base/source_span.h"
#include "graph/value.h"
#include "query/evaluation.h"

namespace dossier {

// object.name: of a node or an edge the best supported value in the view (the literal proposition that a node's value
// comes from is added to context.touched()), of a map the entry, of a time or a quantity a component; null of null and
// where there is none. Anything else is E7001. `property` is the number of `name` in the image, or invalid.
Value ReadProperty(const Value& object, std::string_view name, PropertyId property, const SourceSpan& place,
                   EvaluationContext& context);

// The value of an edge's property in the view. What it rests on beyond the edge is noted where it is asked why.
Value ReadEdgeProperty(EdgeId edge, PropertyId property, EvaluationContext& context);

// All properties of a node or an edge in the view, or a map's entries. Precondition: it is one of these.
Map AllProperties(const Value& object, EvaluationContext& context);

}  // namespace dossier

#endif  // DOSSIER_QUERY_PROPERTY_READ_H_
