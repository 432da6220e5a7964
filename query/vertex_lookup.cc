#include "query/vertex_lookup.h"

#include <algorithm>

namespace dossier {

bool LookUpVertices(const Image& image, PropertyId property, const Value& wanted, std::vector<VertexId>* vertices) {
  if (!property.valid() || wanted.is_null()) return true;
  if (image.is_key(property)) {
    const VertexId vertex = wanted.type() == Value::Type::kString ? image.FindKey(wanted.string()) : VertexId();
    if (vertex.valid() && KindOf(vertex) == VertexKind::kEntity) vertices->push_back(vertex);
    return true;
  }
  const ValueColumn& column = image.EntityColumn(property);
  const RelationId relation = image.LiteralRelation(property);
  if (!column.is_plain() || (relation.valid() && !image.LiteralValues(relation).is_plain())) return false;
  for (const uint32_t entity : image.EntitiesWith(property, column.CodesOf(wanted))) {
    vertices->emplace_back(entity);
  }
  if (relation.valid()) {
    for (const uint32_t edge : image.LiteralsWith(relation, image.LiteralValues(relation).CodesOf(wanted))) {
      const VertexId vertex = image.source(EdgeId(edge));
      if (KindOf(vertex) == VertexKind::kEntity) vertices->push_back(vertex);
    }
  }
  if (vertices->size() > 1) {
    std::sort(vertices->begin(), vertices->end());
    vertices->erase(std::unique(vertices->begin(), vertices->end()), vertices->end());
  }
  return true;
}

}  // namespace dossier
