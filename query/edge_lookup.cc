#include "query/edge_lookup.h"

#include <algorithm>
#include <utility>

#include "graph/base/text.h"
#include "query/evaluation.h"
#include "query/expression_nodes.h"
#include "query/within.h"

namespace dossier {
namespace {

// Hierarchies below one node are small; one that is not would be looked up for too long.
constexpr size_t kMostWithin = 10'000;

// The property of the edge that the expression plainly is, where it is one.
PropertyId PropertyOfEdge(const Expression& expression, uint32_t edge) {
  const std::optional<PropertyOf> property = PropertyAccessOf(expression);
  if (!property.has_value()) return PropertyId();
  const std::optional<VariableReference> object = VariableOf(*property->object);
  const bool own = object.has_value() && object->kind == VariableReference::Kind::kLocal && object->index == edge;
  return own ? property->property : PropertyId();
}

// Known before the match begins, and without an error.
bool IsKnownBefore(const Expression& expression, const std::vector<uint32_t>& read_here) {
  if (!expression.never_fails() || expression.plan() != nullptr) return false;
  const std::optional<VariableReference> variable = VariableOf(expression);
  if (variable.has_value() && variable->kind == VariableReference::Kind::kLocal &&
      std::find(read_here.begin(), read_here.end(), variable->index) != read_here.end()) {
    return false;
  }
  bool known = true;
  expression.ForEachChild([&](const Expression& child) { known = known && IsKnownBefore(child, read_here); });
  return known;
}

std::optional<EdgeLookup> LookupOf(const EdgeTest& test, const Expression& conjunct,
                                   const std::vector<uint32_t>& read_here) {
  if (const std::optional<WithinCall> within = WithinOf(conjunct)) {
    const PropertyId property = PropertyOfEdge(*within->inner, test.local);
    if (!property.valid() || !IsKnownBefore(*within->outer, read_here)) return std::nullopt;
    return EdgeLookup{&test, property, within->outer, &conjunct, conjunct.ToString()};
  }
  const auto [left, right] = EqualityOf(conjunct);
  if (left == nullptr) return std::nullopt;
  for (const auto& [own, other] : {std::pair{left, right}, std::pair{right, left}}) {
    const PropertyId property = PropertyOfEdge(*own, test.local);
    if (property.valid() && IsKnownBefore(*other, read_here))
      return EdgeLookup{&test, property, other, nullptr, conjunct.ToString()};
  }
  return std::nullopt;
}

}  // namespace

std::optional<EdgeLookup> LookupOf(const EdgeTest& test) {
  for (const PropertyTest& property : test.properties) {
    if (property.outer_only && property.property.valid() && property.value->never_fails()) {
      return EdgeLookup{&test, property.property, property.value.get(), nullptr,
                        StrCat(property.name, ": ", property.value->ToString())};
    }
    if (!property.value->never_fails()) return std::nullopt;
  }
  if (test.local == kNoLocal) return std::nullopt;
  for (const Condition& condition : test.conditions) {
    // What reads other elements too is judged elsewhere.
    if (!std::all_of(condition.reads.begin(), condition.reads.end(),
                     [&](uint32_t local) { return local == test.local; })) {
      continue;
    }
    for (const Expression* conjunct : ConjunctsOf(*condition.expression)) {
      if (std::optional<EdgeLookup> lookup = LookupOf(test, *conjunct, condition.reads)) return lookup;
      if (!conjunct->never_fails()) return std::nullopt;
    }
  }
  return std::nullopt;
}

const EdgeTest* FirstEdgeOf(const PathProgram& program) {
  uint32_t pc = program.start;
  for (size_t i = 0; i < program.instructions.size(); ++i) {
    const PathInstruction& instruction = program.instructions[pc];
    switch (instruction.op) {
      case PathInstruction::Op::kEdge:
        return instruction.edge;
      case PathInstruction::Op::kNode:
      case PathInstruction::Op::kRoundBegin:
      case PathInstruction::Op::kGroupBegin:
      case PathInstruction::Op::kForget:
        pc = instruction.next;
        break;
      case PathInstruction::Op::kLoopTest:
        if (instruction.min < 1) return nullptr;
        pc = instruction.targets[0];
        break;
      default:
        return nullptr;
    }
  }
  return nullptr;
}

EdgeWays::EdgeWays(const EdgeTest& test, bool reversed, std::span<const EdgeId> edges, const View& view) {
  const Image& image = view.image();
  std::vector<std::pair<VertexId, Neighbor>> ways;
  for (const EdgeId edge : edges) {
    const RelationId relation = image.relation(edge);
    const auto step = std::find_if(test.steps.begin(), test.steps.end(),
                                   [&](const RelationStep& allowed) { return allowed.relation == relation; });
    if (step == test.steps.end() || !view.Walks(edge)) continue;
    const VertexId source = image.source(edge), target = image.target(edge);
    const bool out = reversed ? step->backward : step->forward;
    const bool in = reversed ? step->forward : step->backward;
    if (out) ways.push_back({source, {target, edge}});
    if (in && !(out && source == target)) ways.push_back({target, {source, edge}});
  }
  std::sort(ways.begin(), ways.end(), [](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    return a.second.vertex != b.second.vertex ? a.second.vertex < b.second.vertex : a.second.edge < b.second.edge;
  });
  steps_.reserve(ways.size());
  for (const auto& [from, step] : ways) {
    const auto [at, is_new] = places_.try_emplace(from, static_cast<uint32_t>(steps_.size()), 0);
    if (is_new) starts_.push_back(from);
    ++at->second.second;
    steps_.push_back(step);
  }
}

EdgeLookups::EdgeLookups(const std::vector<EdgeLookup>* lookups, const PathProgram* program)
    : reversed_(program->reversed) {
  for (const EdgeLookup& lookup : *lookups) prepared_.push_back({&lookup, std::nullopt, nullptr});
}

bool EdgeLookups::Prepare(EvaluationContext* context, size_t most) {
  const View& view = context->view();
  for (Prepared& prepared : prepared_) {
    const EdgeLookup& lookup = *prepared.lookup;
    Value wanted = lookup.value->Evaluate(*context);
    if (context->failed()) return false;
    if (prepared.tried.has_value() && Equivalent(*prepared.tried, wanted)) continue;
    prepared.ways = nullptr;
    prepared.tried = wanted;
    // Edges that were read off claims are in no index.
    const std::vector<RelationStep>& steps = lookup.edge->steps;
    if (std::any_of(steps.begin(), steps.end(),
                    [&](const RelationStep& step) { return view.image().hidden(step.relation); })) {
      continue;
    }
    std::vector<Value> values;
    if (lookup.within == nullptr) {
      values.push_back(wanted);
    } else {
      if (wanted.type() != Value::Type::kVertex) continue;  // which is an error where an edge is met
      const auto all = AllWithin(*lookup.within, wanted.vertex(), view, std::min(most, kMostWithin));
      if (!all.has_value()) continue;
      for (const VertexId vertex : *all) values.push_back(Value::Vertex(vertex));
    }
    const std::optional<std::vector<EdgeId>> edges = view.EdgesThatMayHave(lookup.property, values, most);
    if (!edges.has_value()) continue;
    if (!context->Spend(edges->size() + values.size())) return false;
    prepared.ways = std::make_unique<const EdgeWays>(*lookup.edge, reversed_, *edges, view);
  }
  return true;
}

}  // namespace dossier
