// within(inner, outer): whether the first node is the second, or lies under it by edges of containment (part of, kind
// of, located in, organ of: what the ontology says of its relations) and by judgements of sameness that the view walks.
#ifndef DOSSIER_QUERY_WITHIN_H_
#define DOSSIER_QUERY_WITHIN_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "query/expression.h"
#include "query/function.h"

namespace dossier {

// For the table of functions.
absl::StatusOr<BoundExpression> MakeWithin(std::vector<BoundExpression> arguments, const FunctionSite& site);

// Of a call of it: both operands, which live as long as the call.
struct WithinCall {
  const Expression* inner = nullptr;
  const Expression* outer = nullptr;
};
std::optional<WithinCall> WithinOf(const Expression& expression);
// All nodes that are within `outer`, itself first, in time proportional to them and their edges; nullopt where there
// are more than `most`. `call`: an expression that WithinOf knows.
std::optional<std::vector<VertexId>> AllWithin(const Expression& call, VertexId outer, const View& view, size_t most);

}  // namespace dossier

#endif  // DOSSIER_QUERY_WITHIN_H_
