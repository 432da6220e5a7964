// Labels, relations and properties of a query, looked up in the image and the ontology.
#ifndef DOSSIER_QUERY_NAME_RESOLVER_H_
#define DOSSIER_QUERY_NAME_RESOLVER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/image.h"
#include "query/ast_expression.h"
#include "query/pattern.h"
#include "schema/ontology.h"

namespace dossier {

// Answers for one image; `ontology` is null for a scratch graph, where any name is allowed. Both must outlive it.
class NameResolver {
 public:
  NameResolver(const Ontology* ontology, const Image* image) : ontology_(ontology), image_(image) {}

  // Fills the label part of a node test: a label matches its subtypes. E6101 for a label that a closed ontology does
  // not have (did you mean ...?).
  absl::Status ResolveLabels(const ast::LabelExpression& labels, NodeTest* test) const;

  // The relations that an edge pattern allows, each with its ways: a relation matches its subtypes, an inverse name
  // the other way round, a symmetric relation both ways. Without `labels`, all but hidden ones and literals. E6102
  // for a name that a closed ontology does not have.
  absl::StatusOr<std::vector<RelationStep>> ResolveRelations(const ast::LabelExpression* labels,
                                                             ast::EdgeDirection direction) const;

 private:
  absl::Status CheckLabels(const ast::LabelExpression& labels) const;
  absl::Status CheckRelations(const ast::LabelExpression& labels, bool* names_inverse) const;

  const Ontology* ontology_;
  const Image* image_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_NAME_RESOLVER_H_
