#include "graph/property_columns.h"

namespace dossier {
namespace {

const ValueColumn& SecondOf(const View& view, PropertyId property, PropertyColumns::Kind kind) {
  static const ValueColumn kNothing;
  if (kind == PropertyColumns::Kind::kEdges) return view.ClaimColumn(property);
  const RelationId relation = view.image().LiteralRelation(property);
  return relation.valid() ? view.image().LiteralValues(relation) : kNothing;
}

}  // namespace

PropertyColumns::PropertyColumns(const View& view, PropertyId property, Kind kind)
    : view_(view),
      property_(property),
      kind_(kind),
      first_(kind == Kind::kVertices ? &view.image().EntityColumn(property) : &view.image().EdgeColumn(property)),
      second_(&SecondOf(view, property, kind)),
      has_first_(!first_->empty()),
      has_second_(!second_->empty()),
      elsewhere_(kind == Kind::kVertices && view.image().is_key(property)) {}

}  // namespace dossier
