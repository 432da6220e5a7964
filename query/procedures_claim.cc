// What is said: which claims contradict each other, and where a thing was read.
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/claim_reader.h"
#include "query/claim_sources.h"
#include "query/contradictions.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/judgement.h"
#include "query/procedure.h"

namespace dossier {
namespace {

using Type = Value::Type;
using Arguments = std::span<const Value>;

// The options of contradictions(...), read from its map.
class OptionReader {
 public:
  explicit OptionReader(const ProcedureCall& call) : call_(call) {}

  absl::StatusOr<ContradictionOptions> Read(const Map& map, bool* judged) const {
    const std::vector<std::string> known = {"rule", "grade", "about", "between", "judged"};
    ContradictionOptions options;
    for (const auto& [name, value] : map) {
      if (value.is_null()) continue;
      if (name == "rule") {
        ASSIGN_OR_RETURN(const std::vector<std::string> texts, Texts(name, value));
        for (const std::string& text : texts) {
          ASSIGN_OR_RETURN(const Rule rule, AtCall(ParseRule(text)));
          options.rules.push_back(rule);
        }
      } else if (name == "grade") {
        ASSIGN_OR_RETURN(const std::vector<std::string> texts, Texts(name, value));
        for (const std::string& text : texts) {
          ASSIGN_OR_RETURN(const Grade grade, AtCall(ParseGrade(text)));
          options.grades.push_back(grade);
        }
      } else if (name == "about") {
        ASSIGN_OR_RETURN(options.about, Text(name, value));
      } else if (name == "between") {
        ASSIGN_OR_RETURN(std::vector<std::string> two, Texts(name, value));
        if (two.size() != 2) {
          return call_.Error(kWrongValueType, "`between` takes two names or nodes", "between: ['Russia', 'Georgia']");
        }
        options.between.emplace(std::move(two[0]), std::move(two[1]));
      } else if (name == "judged") {
        if (value.type() != Type::kBoolean) return call_.Error(kWrongValueType, "`judged` takes true or false", "");
        *judged = value.boolean();
      } else {
        const std::string closest = ClosestName(name, known);
        return call_.Error(
            kWrongValueType, StrCat("there is no option '", name, "'"),
            closest.empty() ? StrCat("it has ", Join(known, ", ")) : StrCat("did you mean '", closest, "'?"));
      }
    }
    return options;
  }

  // An error of the search, told at the call.
  template <typename T>
  absl::StatusOr<T> AtCall(absl::StatusOr<T> result) const {
    const std::vector<Diagnostic> told = DiagnosticsOf(result.status());
    if (result.ok() || told.empty()) return result;
    return Retell(told[0].number, call_.place, result.status());
  }

 private:
  // A name or key; of a node its key.
  absl::StatusOr<std::string> Text(const std::string& option, const Value& value) const {
    if (value.type() == Type::kString) return value.string();
    if (value.type() == Type::kVertex) return call_.context.image().key(value.vertex());
    return call_.Error(kWrongValueType, StrCat("`", option, "` takes a text, not ", WithArticle(value.type())));
  }
  absl::StatusOr<std::vector<std::string>> Texts(const std::string& option, const Value& value) const {
    std::vector<std::string> texts;
    if (value.type() != Type::kList) {
      ASSIGN_OR_RETURN(texts.emplace_back(), Text(option, value));
      return texts;
    }
    for (const Value& element : value.list()) {
      ASSIGN_OR_RETURN(texts.emplace_back(), Text(option, element));
    }
    return texts;
  }

  const ProcedureCall& call_;
};

absl::Status Contradictions(const ProcedureCall& call, Arguments arguments) {
  EvaluationContext& context = call.context;
  if (context.ontology() == nullptr || context.names() == nullptr || context.claims() == nullptr) {
    return absl::OkStatus();  // a scratch graph has no claims
  }
  const OptionReader reader(call);
  ContradictionOptions options;
  bool judged = false;
  if (!arguments[0].is_null()) {
    ASSIGN_OR_RETURN(options, reader.Read(arguments[0].map(), &judged));
  }
  // Without USE all that is current takes part, as for `dossier contradictions`: what is merely possible clashes
  // softly.
  if (context.view_chosen()) options.view = &context.view();
  ASSIGN_OR_RETURN(const std::optional<Verification> verification, context.claims()->LastVerification());
  const Image& image = context.image();
  ASSIGN_OR_RETURN(const std::vector<Finding> findings,
                   reader.AtCall(FindContradictions(image, *context.ontology(), *context.names(), *context.claims(),
                                                    verification.has_value() ? &*verification : nullptr, options)));
  const Judgements judgements(image);
  for (const Finding& finding : findings) {
    if (!judged && judgements.Settles(finding)) continue;
    bool lapsed = false;
    const Judgement* judgement = judgements.Of(finding, &lapsed);
    std::vector<SourceItem> sources;
    std::array<List, 2> sides;
    for (size_t side = 0; side < 2; ++side) {
      for (const ClaimId claim : finding.sides[side]) {
        sides[side].push_back(Value::Vertex(image.claim(claim).vertex()));
        sources.push_back(SourceItem::Of(claim));
      }
    }
    for (const InferenceStep& step : finding.chain) {
      for (const ClaimId claim : step.claims) sources.push_back(SourceItem::Of(claim));
    }
    List assumptions;
    for (const std::string& assumption : finding.assumptions) assumptions.push_back(Value::String(assumption));
    RETURN_IF_ERROR(call.rows->Add(
        {Value::OfList(std::move(sides[0])), Value::OfList(std::move(sides[1])), Value::String(Name(finding.rule)),
         Value::String(Name(finding.grade)), Value::String(finding.explanation), Value::String(finding.overlap),
         Value::OfList(std::move(assumptions)), Value::String(finding.resolution), Value::String(finding.id),
         judgement == nullptr || lapsed ? Value::Null() : Value::String(Name(judgement->verdict))},
        std::move(sources)));
  }
  return absl::OkStatus();
}

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
      {"contradictions",
       "Claims that cannot both be true, those of one side and those of the other. Options: rule, grade, about, "
       "between, judged.",
       {{.name = "options", .types = kMapMask, .optional = true, .nullable = true}},
       {{"a", StaticType::kVertexList},
        {"b", StaticType::kVertexList},
        {"rule", StaticType::kString},
        {"grade", StaticType::kString},
        {"explanation", StaticType::kString},
        {"overlap", StaticType::kString},
        {"assumptions", StaticType::kList},
        {"resolution", StaticType::kString},
        {"id", StaticType::kString},
        {"verdict", StaticType::kString}},
       Contradictions},
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
