// Does a vertex or an edge pass the test of a pattern's element? Judged with the row and the locals that the context
// has at hand; what the test reads is noted there (EvaluationContext::touched).
#ifndef DOSSIER_QUERY_ELEMENT_TEST_H_
#define DOSSIER_QUERY_ELEMENT_TEST_H_

#include "query/evaluation.h"
#include "query/pattern.h"

namespace dossier {

// Labels, and whether it may be a document or a claim.
[[gnu::always_inline]] inline bool HasLabels(const NodeTest& test, VertexId vertex, const Image& image) {
  if (!test.any_label && !test.signatures[image.signature(vertex)]) return false;
  return test.provenance || KindOf(vertex) == VertexKind::kEntity;
}
// The same; `test` null: is an entity.
[[gnu::always_inline]] inline bool HasLabels(const NodeTest* test, VertexId vertex, const Image& image) {
  return test == nullptr ? KindOf(vertex) == VertexKind::kEntity : HasLabels(*test, vertex, image);
}

// Whether every vertex at the far end of such edges passes that, whichever vertex they are followed from (`node` null:
// is an entity): by what the graph holds, so that nobody need look at each. `reversed` as in query/edge_walk.h.
bool AllHaveLabels(const NodeTest* node, const EdgeTest& edge, bool reversed, const Image& image);

// Properties, and those conditions that read the element alone. False where it fails, too: see the context's status.
bool HoldsFor(const NodeTest& test, VertexId vertex, EvaluationContext& context);
bool HoldsFor(const EdgeTest& test, EdgeId edge, EvaluationContext& context);

// Whether nothing but labels and relations is asked.
inline bool IsPlain(const NodeTest& test) { return test.properties.empty() && test.conditions.empty(); }
inline bool IsPlain(const EdgeTest& test) { return test.properties.empty() && test.conditions.empty(); }

}  // namespace dossier

#endif  // DOSSIER_QUERY_ELEMENT_TEST_H_
