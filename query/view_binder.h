// USE certainty('possible'), according_to('Russia'), ...: from the terms of a view to a claim filter.
#ifndef DOSSIER_QUERY_VIEW_BINDER_H_
#define DOSSIER_QUERY_VIEW_BINDER_H_

#include <functional>

#include "absl/status/statusor.h"
#include "graph/view.h"
#include "query/ast.h"
#include "query/evaluation.h"
#include "schema/names.h"
#include "schema/ontology.h"

namespace dossier {

// The arguments of view terms are literals or parameters. `base` is the view without USE: an actor's organs are found
// through it, or, under known_at(), as it stood then. Errors: E6110 unknown term (did you mean ...?), E6111 wrong
// arguments, E6112 a name that nobody or more than one bears, with the candidates.
absl::StatusOr<ClaimFilter> BindView(const ast::View& view, const View& base, const Ontology* ontology,
                                     const std::function<const NameIndex*()>& names, const Parameters& parameters);

// `actor`, whoever was judged one with it, and all that is an organ of them, however deep, in this view.
absl::flat_hash_set<VertexId> WithOrgans(VertexId actor, const View& view, const Ontology* ontology);

}  // namespace dossier

#endif  // DOSSIER_QUERY_VIEW_BINDER_H_
