// Functions on claims and their sources, and on containment; extensions of ours.
#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "graph/base/text.h"
#include "query/claim_reader.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/function.h"
#include "schema/ontology.h"

namespace dossier {
namespace {

using Type = Value::Type;
using Arguments = std::span<const Value>;

void Touch(ClaimId claim, EvaluationContext& context) {
  if (context.touched() != nullptr) context.touched()->push_back(SourceItem::Of(claim));
}

// All claims of the view on an edge, denials and silences too: what is said of it, not what it rests on.
Value Claims(const FunctionCall& call, Arguments arguments) {
  const Image& image = call.context.image();
  List claims;
  for (const ClaimId claim : image.ClaimsOf(arguments[0].edge())) {
    if (!call.context.view().Admits(claim)) continue;
    Touch(claim, call.context);
    claims.push_back(Value::Vertex(image.claim(claim).vertex));
  }
  return Value::OfList(std::move(claims));
}

Value Disputed(const FunctionCall& call, Arguments arguments) {
  const Image& image = call.context.image();
  const EdgeId edge = arguments[0].edge();
  const bool disputed = call.context.view().Disputed(edge);
  if (disputed) {
    for (const ClaimId claim : image.ClaimsOf(edge)) {
      if (PolarityOf(image.claim(claim).act) == Polarity::kDenies && call.context.view().Admits(claim)) {
        Touch(claim, call.context);
      }
    }
  }
  return Value::Boolean(disputed);
}

Value Values(const FunctionCall& call, Arguments arguments) {
  const View& view = call.context.view();
  const PropertyId property = view.image().FindProperty(arguments[1].string());
  if (arguments[0].type() == Type::kEdge) return Value::OfList(view.EdgeValues(arguments[0].edge(), property));
  std::vector<EdgeId> sources;
  List values = view.VertexValues(arguments[0].vertex(), property, &sources);
  if (call.context.touched() != nullptr) {
    for (const EdgeId source : sources) call.context.touched()->push_back(SourceItem::Of(source));
  }
  return Value::OfList(std::move(values));
}

// The claims that an edge, a path, a claim or a list of these rests on, each once, in order.
void GatherClaims(const Value& value, const View& view, std::vector<ClaimId>* claims) {
  const auto add = [claims](ClaimId claim) {
    if (claim.valid() && std::find(claims->begin(), claims->end(), claim) == claims->end()) claims->push_back(claim);
  };
  switch (value.type()) {
    case Type::kEdge: {
      add(view.image().ClaimOfHiddenEdge(value.edge()));
      for (const ClaimId claim : view.Support(value.edge())) add(claim);
      return;
    }
    case Type::kVertex:
      add(view.image().ClaimOfVertex(value.vertex()));
      return;
    case Type::kPath:
      for (const EdgeId edge : value.path().edges) GatherClaims(Value::Edge(edge), view, claims);
      return;
    case Type::kList:
      for (const Value& element : value.list()) GatherClaims(element, view, claims);
      return;
    default:
      return;
  }
}

Value Sources(const FunctionCall& call, Arguments arguments) {
  List passages;
  const ClaimReader* const reader = call.context.claims();
  if (reader == nullptr) return Value::OfList({});
  const Image& image = call.context.image();
  std::vector<ClaimId> claims;
  GatherClaims(arguments[0], call.context.view(), &claims);
  for (const ClaimId number : claims) {
    const absl::StatusOr<Claim> claim = reader->ReadClaim(number);
    if (!claim.ok()) {
      call.context.Fail(claim.status());
      return Value::Null();
    }
    Touch(number, call.context);
    const absl::StatusOr<Document> document = reader->ReadDocument(image.claim(number).document);
    if (!document.ok()) {
      call.context.Fail(document.status());
      return Value::Null();
    }
    const PropertyId name = image.FindProperty("name");
    List asserters;
    for (const VertexId asserter : image.claim(number).asserters) {
      asserters.push_back(image.VertexProperty(asserter, name));
    }
    Map passage = {{"asserters", Value::OfList(std::move(asserters))},
                   {"act", Value::String(Name(claim->act))},
                   {"document", Value::String(document->title)},
                   {"locator", Value::String(claim->locator.ToText())},
                   {"quote", Value::String(claim->quote)}};
    if (!document->date.is_undated()) passage.emplace_back("date", Value::Time(document->date));
    passages.push_back(Value::OfMap(std::move(passage)));
  }
  return Value::OfList(std::move(passages));
}

bool IsContainment(Containment containment) {
  return containment != Containment::kNone && containment != Containment::kMemberOf;
}

// Whether `inner` is `outer`, or lies under it by edges of containment that the view walks. Breadth-first upward; each
// vertex remembers the edge that led to it, so that the answer rests on one chain and no more.
Value Within(const FunctionCall& call, Arguments arguments) {
  const VertexId inner = arguments[0].vertex();
  const VertexId outer = arguments[1].vertex();
  if (inner == outer) return Value::Boolean(true);
  const Ontology* const ontology = call.context.ontology();
  if (ontology == nullptr) return Value::Boolean(false);
  const View& view = call.context.view();
  std::vector<RelationId> relations;
  for (const Relation& relation : ontology->relations()) {
    const RelationId id = view.image().FindRelation(relation.name);
    if (id.valid() && IsContainment(relation.containment)) relations.push_back(id);
  }
  struct Step {
    VertexId vertex;
    EdgeId edge;
    size_t from;
  };
  std::vector<Step> steps = {{inner, EdgeId(), 0}};
  absl::flat_hash_set<VertexId> seen = {inner};
  for (size_t at = 0; at < steps.size(); ++at) {
    const VertexId here = steps[at].vertex;
    for (const RelationId relation : relations) {
      for (const Neighbor& neighbor : view.image().Out(here, relation)) {
        if (!view.Walks(neighbor.edge) || !seen.insert(neighbor.vertex).second) continue;
        steps.push_back({neighbor.vertex, neighbor.edge, at});
        if (neighbor.vertex != outer) continue;
        if (call.context.touched() != nullptr) {
          for (size_t back = steps.size() - 1; back != 0; back = steps[back].from) {
            call.context.touched()->push_back(SourceItem::Of(steps[back].edge));
          }
        }
        return Value::Boolean(true);
      }
    }
  }
  return Value::Boolean(false);
}

}  // namespace

std::span<const Function> ClaimFunctions() {
  static const auto* const kTable = new std::vector<Function>{
      {"claims(edge)", {kEdgeMask}, 0, StaticType::kVertexList, Claims},
      {"sources(value)", {kEdgeMask | kVertexMask | kPathMask | kListMask}, 0, StaticType::kList, Sources},
      {"disputed(edge)", {kEdgeMask}, 0, StaticType::kBoolean, Disputed},
      {"values(element, name)", {kVertexMask | kEdgeMask, kStringMask}, 0, StaticType::kList, Values},
      {"within(inner, outer)", {kVertexMask, kVertexMask}, 0, StaticType::kBoolean, Within},
  };
  return *kTable;
}

}  // namespace dossier
