// Functions on claims and their sources, and on containment; extensions of ours.
#include "graph/base/text.h"
#include "query/claim_reader.h"
#include "query/claim_sources.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/function.h"
#include "query/within.h"

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
    claims.push_back(Value::Vertex(image.claim(claim).vertex()));
  }
  return Value::OfList(std::move(claims));
}

Value Disputed(const FunctionCall& call, Arguments arguments) {
  const Image& image = call.context.image();
  const EdgeId edge = arguments[0].edge();
  const bool disputed = call.context.view().Disputed(edge);
  if (disputed) {
    for (const ClaimId claim : image.ClaimsOf(edge)) {
      if (image.claim(claim).polarity() == Polarity::kDenies && call.context.view().Admits(claim)) {
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

Value Sources(const FunctionCall& call, Arguments arguments) {
  List passages;
  const ClaimReader* const reader = call.context.claims();
  if (reader == nullptr) return Value::OfList({});
  const Image& image = call.context.image();
  for (const ClaimId number : ClaimsBehind(arguments[0], call.context.view())) {
    const absl::StatusOr<Claim> claim = reader->ReadClaim(number);
    if (!claim.ok()) {
      call.context.Fail(claim.status());
      return Value::Null();
    }
    Touch(number, call.context);
    const absl::StatusOr<Document> document = reader->ReadDocument(image.claim(number).document());
    if (!document.ok()) {
      call.context.Fail(document.status());
      return Value::Null();
    }
    const PropertyId name = image.FindProperty("name");
    List asserters;
    for (const VertexId asserter : image.claim(number).asserters()) {
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

}  // namespace

std::span<const Function> ClaimFunctions() {
  static const auto* const kTable = new std::vector<Function>{
      {"claims(edge)", {kEdgeMask}, 0, StaticType::kVertexList, Claims},
      {"sources(value)", {kEdgeMask | kVertexMask | kPathMask | kListMask}, 0, StaticType::kList, Sources},
      {"disputed(edge)", {kEdgeMask}, 0, StaticType::kBoolean, Disputed},
      {"values(element, name)", {kVertexMask | kEdgeMask, kStringMask}, 0, StaticType::kList, Values},
      {.signature = "within(inner, outer)",
       .parameters = {kVertexMask, kVertexMask},
       .result = StaticType::kBoolean,
       .make = MakeWithin},
  };
  return *kTable;
}

}  // namespace dossier
