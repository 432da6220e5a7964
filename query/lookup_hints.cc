#include "query/lookup_hints.h"

#include <algorithm>
#include <variant>

#include "query/expression_nodes.h"
#include "query/path_program.h"

namespace dossier {
namespace {

// Whether the expression is the same for every match of the pattern.
bool IsKnownBefore(const Expression& expression, const BoundGraphPattern& pattern) {
  if (expression.plan() != nullptr || !expression.never_fails()) return false;
  const std::optional<VariableReference> variable = VariableOf(expression);
  if (variable.has_value()) {
    return variable->kind == VariableReference::Kind::kSlot &&
           std::none_of(pattern.variables.begin(), pattern.variables.end(), [&](const PatternVariable& bound) {
             return !bound.bound_before && bound.slot == variable->index;
           });
  }
  bool known = true;
  expression.ForEachChild([&](const Expression& child) { known = known && IsKnownBefore(child, pattern); });
  return known;
}

// Where values of the property are plain, `=` in a WHERE means what it means in a pattern; beside a time, a text is
// read as one, and in a pattern it is not.
bool IsPlainProperty(PropertyId property, const Image& image) {
  if (!property.valid() || !image.EntityColumn(property).is_plain()) return false;
  const RelationId relation = image.LiteralRelation(property);
  return !relation.valid() || image.LiteralValues(relation).is_plain();
}

// The node of a single-row place in the path: outside of quantifiers and alternatives.
NodeTest* FindNode(BoundPathPattern* path, uint32_t local) {
  if (path->path.terms.size() != 1) return nullptr;
  auto& factors = path->path.terms.front().factors;
  // Behind a selector only the ends can be told beforehand.
  const bool ends_only = path->selector.kind != PathSelector::Kind::kAll;
  for (size_t i = 0; i < factors.size(); ++i) {
    auto* node = std::get_if<NodeTest>(&factors[i].element);
    if (node == nullptr || node->local != local) continue;
    return ends_only && i != 0 && i + 1 != factors.size() ? nullptr : node;
  }
  return nullptr;
}

void AddHint(const Expression& access, const Expression& value, const std::shared_ptr<const Expression>& where,
             const Image& image, BoundGraphPattern* pattern) {
  const std::optional<PropertyOf> read = PropertyAccessOf(access);
  if (!read.has_value() || !IsPlainProperty(read->property, image) || !IsKnownBefore(value, *pattern)) return;
  const std::optional<VariableReference> variable = VariableOf(*read->object);
  if (!variable.has_value() || variable->kind != VariableReference::Kind::kSlot) return;
  for (const PatternVariable& bound : pattern->variables) {
    if (bound.bound_before || bound.slot != variable->index || bound.type != StaticType::kVertex) continue;
    for (const auto& path : pattern->paths) {
      NodeTest* node = FindNode(path.get(), bound.local);
      if (node == nullptr || node->provenance) continue;
      node->properties.push_back({image.property_name(read->property), read->property,
                                  std::shared_ptr<const Expression>(where, &value), /*outer_only=*/true});
      return;
    }
  }
}

}  // namespace

void AddLookupHints(const std::shared_ptr<const Expression>& where, const Image& image, BoundGraphPattern* pattern) {
  for (const Expression* part : ConjunctsOf(*where)) {
    const auto [left, right] = EqualityOf(*part);
    if (left == nullptr) continue;
    AddHint(*left, *right, where, image, pattern);
    AddHint(*right, *left, where, image, pattern);
  }
}

}  // namespace dossier
