// What is said: where a thing was read; and which claims contradict each other (procedures_contradictions.cc).
#include <string>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/claim_reader.h"
#include "query/claim_sources.h"
#include "query/field_rule.h"
#include "query/procedure.h"

namespace dossier {
namespace {

using Arguments = std::span<const Value>;

absl::Status Sources(const ProcedureCall& call, Arguments arguments) {
  const ClaimReader* const reader = call.context.claims();
  if (reader == nullptr) return absl::OkStatus();
  const Image& image = call.context.image();
  for (const ClaimId number : ClaimsBehind(arguments[0], call.context.view())) {
    RETURN_IF_ERROR(call.context.state()->Check());
    ASSIGN_OR_RETURN(const Claim claim, reader->ReadClaim(number));
    const ImageClaim columns = image.claim(number);
    ASSIGN_OR_RETURN(const Document document, reader->ReadDocument(columns.document()));
    List asserters;
    for (const VertexId asserter : columns.asserters()) asserters.push_back(Value::Vertex(asserter));
    RETURN_IF_ERROR(call.rows->Add(
        {Value::Vertex(columns.vertex()), Value::Vertex(columns.document()), Value::OfList(std::move(asserters)),
         Value::String(Name(claim.act)), document.date.is_undated() ? Value() : Value::Time(document.date),
         Value::String(claim.locator.ToText()), Value::String(claim.quote)},
        {SourceItem::Of(number)}));
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<Procedure> ClaimProcedures() {
  return {
      ContradictionsProcedure(nullptr),
      {"sources",
       "The claims that an edge, a path or a claim rests on, and where each was read.",
       {{.name = "of", .types = kEdgeMask | kVertexMask | kPathMask | kListMask, .nullable = true}},
       {{"claim", StaticType::kVertex},
        {"document", StaticType::kVertex},
        {"asserters", StaticType::kVertexList},
        {"act", StaticType::kString},
        {"date", StaticType::kTime},
        {"locator", StaticType::kString},
        {"quote", StaticType::kString}},
       Sources},
  };
}

}  // namespace dossier
