#include "query/start_choice.h"

#include <algorithm>
#include <limits>

namespace dossier {
namespace {

double PerValue(const ValueColumn& column) {
  const auto cells = static_cast<double>(column.cells());
  return cells / std::max(1.0, std::min(cells, static_cast<double>(column.codes())));
}

// How many entities share a value of the property, on average; infinite where there is no index to look them up by.
double EntitiesPerValue(PropertyId property, const Image& image) {
  constexpr double kNoIndex = std::numeric_limits<double>::infinity();
  if (!property.valid()) return 0;
  const ValueColumn& column = image.EntityColumn(property);
  const RelationId relation = image.LiteralRelation(property);
  if (!column.is_plain()) return kNoIndex;
  if (!relation.valid()) return column.empty() ? kNoIndex : PerValue(column);
  const ValueColumn& literals = image.LiteralValues(relation);
  return literals.is_plain() ? PerValue(column) + PerValue(literals) : kNoIndex;
}

}  // namespace

double CountLabelled(const NodeTest* node, const Image& image) {
  if (node == nullptr) return image.entity_count();
  if (node->any_label) return image.vertex_count();
  double count = 0;
  for (uint32_t i = 0; i < node->signatures.size(); ++i) count += node->signatures[i] ? image.vertices_of(i) : 0;
  return count;
}

StartChoice ChooseStart(const NodeTest* node, bool bound, const Image& image) {
  StartChoice choice;
  choice.estimate = image.vertex_count();
  if (bound) {
    choice.kind = StartChoice::Kind::kBound;
    choice.estimate = 0.5;
    return choice;
  }
  if (node == nullptr) return choice;
  const double labelled = CountLabelled(node, image);
  choice.estimate = labelled;
  double kept = 1;
  for (const PropertyTest& property : node->properties) {
    kept = 0.1;
    if (!property.outer_only) continue;
    // In a scratch graph, `key` is a property like any other.
    if (property.name == "key" && image.sourced()) {
      choice.kind = StartChoice::Kind::kKey;
      choice.key = property.value;
      choice.estimate = 1;
      return choice;
    }
    // Of those that share a value, so many have the labels as of all entities.
    const double share = std::min(1.0, labelled / std::max(1.0, static_cast<double>(image.entity_count())));
    const double entities = node->provenance ? labelled : EntitiesPerValue(property.property, image) * share;
    if (entities >= choice.estimate) continue;
    choice.kind = StartChoice::Kind::kProperty;
    choice.property = &property;
    choice.estimate = entities;
  }
  // A condition on the node keeps some of them; how many is not known before statistics are kept.
  if (choice.kind == StartChoice::Kind::kScan) choice.estimate *= node->conditions.empty() ? kept : 0.1;
  return choice;
}

}  // namespace dossier
