// The claims behind a value, and where each was read: what sources() gives, as a function and as a procedure.
#ifndef DOSSIER_QUERY_CLAIM_SOURCES_H_
#define DOSSIER_QUERY_CLAIM_SOURCES_H_

#include <vector>

#include "graph/value.h"
#include "graph/view.h"

namespace dossier {

// The claims that an edge, a path, a claim's node or a list of these rests on in the view, each once, in order.
std::vector<ClaimId> ClaimsBehind(const Value& value, const View& view);

}  // namespace dossier

#endif  // DOSSIER_QUERY_CLAIM_SOURCES_H_
