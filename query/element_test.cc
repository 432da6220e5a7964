#include "query/element_test.h"

#include <algorithm>
#include <span>

#include "query/condition_placement.h"
#include "query/property_read.h"

namespace dossier {
namespace {

template <typename Test, typename Read>
bool Holds(const Test& test, const Value& self, EvaluationContext& context, const Read& read) {
  for (const PropertyTest& property : test.properties) {
    if (!property.property.valid()) return false;
    const Value wanted = property.value->Evaluate(context);
    if (context.failed() || Equals(read(property.property), wanted) != Ternary::kTrue) return false;
  }
  for (const Condition& condition : test.conditions) {
    if (!ReadsOnly(condition, test.local)) continue;  // judged where it was placed
    if (test.local != kNoLocal) context.local(test.local) = self;
    if (!condition.expression->Evaluate(context).is_true() || context.failed()) return false;
  }
  return true;
}

}  // namespace

bool AllHaveLabels(const NodeTest* node, const EdgeTest& edge, bool reversed, const Image& image) {
  const auto passes = [&](uint32_t signature) {
    if ((node == nullptr || !node->provenance) && image.is_of_provenance(signature)) return false;
    return node == nullptr || node->any_label || node->signatures[signature];
  };
  const auto all_pass = [&](RelationId relation, bool targets) {
    const std::span<const uint32_t> signatures = image.EndSignatures(relation, targets);
    return std::all_of(signatures.begin(), signatures.end(), passes);
  };
  return std::all_of(edge.steps.begin(), edge.steps.end(), [&](const RelationStep& step) {
    return !image.hidden(step.relation) && (!step.forward || all_pass(step.relation, !reversed)) &&
           (!step.backward || all_pass(step.relation, reversed));
  });
}

bool HoldsFor(const NodeTest& test, VertexId vertex, EvaluationContext& context) {
  return Holds(test, Value::Vertex(vertex), context, [&](PropertyId property) {
    EdgeId source;
    Value value = context.view().VertexProperty(vertex, property, &source);
    if (source.valid() && context.touched() != nullptr) context.touched()->push_back(SourceItem::Of(source));
    return value;
  });
}

bool HoldsFor(const EdgeTest& test, EdgeId edge, EvaluationContext& context) {
  return Holds(test, Value::Edge(edge), context,
               [&](PropertyId property) { return ReadEdgeProperty(edge, property, context); });
}

}  // namespace dossier
