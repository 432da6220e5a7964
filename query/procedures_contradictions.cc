// CALL contradictions(...): claims that cannot all be true, by the rules of all fields and, where the program has told
// of any, by those of this one.
#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/claim_reader.h"
#include "query/contradictions.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/field_rule.h"
#include "query/judgement.h"
#include "query/procedure.h"
#include "query/query_run.h"

namespace dossier {
namespace {

using Type = Value::Type;
using Arguments = std::span<const Value>;

struct Wanted {
  ContradictionOptions options;
  std::vector<std::string> rules;  // by name; none: all
  bool judged = false;
};

// The options of contradictions(...), read from its map.
class OptionReader {
 public:
  explicit OptionReader(const ProcedureCall& call) : call_(call) {}

  absl::StatusOr<Wanted> Read(const Map& map) const {
    const std::vector<std::string> known = {"rule", "grade", "about", "between", "judged"};
    Wanted wanted;
    ContradictionOptions& options = wanted.options;
    for (const auto& [name, value] : map) {
      if (value.is_null()) continue;
      if (name == "rule") {
        ASSIGN_OR_RETURN(wanted.rules, Texts(name, value));
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
        wanted.judged = value.boolean();
      } else {
        const std::string closest = ClosestName(name, known);
        return call_.Error(
            kWrongValueType, StrCat("there is no option '", name, "'"),
            closest.empty() ? StrCat("it has ", Join(known, ", ")) : StrCat("did you mean '", closest, "'?"));
      }
    }
    return wanted;
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

// What the field's own rules find, asked through the view of the query that calls, and within what is left of its
// limits.
absl::StatusOr<std::vector<Finding>> FindByOwnRules(const ProcedureCall& call, const std::vector<FieldRule>& rules,
                                                    const ContradictionOptions& options) {
  EvaluationContext& context = call.context;
  const QuerySurroundings surroundings = SurroundingsOf(context);
  std::string asked;  // the rule, for an error
  const RuleRunner run = [&](const FieldRule& rule, QueryOptions of) -> absl::StatusOr<Answer> {
    asked = rule.name;
    of.limits = context.state()->LimitsLeft();
    of.limits.rows = 0;  // those are of the answer of the query that calls
    of.cancelled = context.state()->cancelled();
    ASSIGN_OR_RETURN(const PreparedText text, PrepareText(rule.query, surroundings, of));
    return RunText(text, surroundings, of);
  };
  absl::StatusOr<std::vector<Finding>> findings =
      FindByRules(context.image(), *context.ontology(), *context.names(), run, rules, options);
  const std::vector<Diagnostic> told = DiagnosticsOf(findings.status());
  if (findings.ok() || told.empty() || told[0].number >= kCancelled) return findings;
  return call.Error(told[0].number, StrCat("in the rule '", asked, "': ", told[0].cause), told[0].hint);
}

absl::Status Contradictions(const RuleSource& source, const ProcedureCall& call, Arguments arguments) {
  EvaluationContext& context = call.context;
  if (context.ontology() == nullptr || context.names() == nullptr || context.claims() == nullptr) {
    return absl::OkStatus();  // a scratch graph has no claims
  }
  const OptionReader reader(call);
  Wanted wanted;
  if (!arguments[0].is_null()) {
    ASSIGN_OR_RETURN(wanted, reader.Read(arguments[0].map()));
  }
  ContradictionOptions& options = wanted.options;
  // Without USE all that is current takes part, as for `dossier contradictions`: what is merely possible clashes
  // softly.
  if (context.view_chosen()) options.view = &context.view();
  std::vector<FieldRule> known;
  if (source != nullptr) {
    ASSIGN_OR_RETURN(known, reader.AtCall(source()));
  }
  ASSIGN_OR_RETURN(const ChosenRules rules, reader.AtCall(ChooseRules(wanted.rules, std::move(known))));
  const Image& image = context.image();
  std::vector<Finding> findings;
  if (rules.any_common) {
    options.rules = rules.common;
    ASSIGN_OR_RETURN(const std::optional<Verification> verification, context.claims()->LastVerification());
    ASSIGN_OR_RETURN(findings,
                     reader.AtCall(FindContradictions(image, *context.ontology(), *context.names(), *context.claims(),
                                                      verification.has_value() ? &*verification : nullptr, options)));
  }
  if (!rules.own.empty()) {
    ASSIGN_OR_RETURN(std::vector<Finding> own, FindByOwnRules(call, rules.own, options));
    std::move(own.begin(), own.end(), std::back_inserter(findings));
    SortFindings(&findings);
  }
  const Judgements judgements(image);
  for (const Finding& finding : findings) {
    if (!wanted.judged && judgements.Settles(finding)) continue;
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
        {Value::OfList(std::move(sides[0])), Value::OfList(std::move(sides[1])),
         Value::String(finding.rule == Rule::kField ? std::string_view(finding.field_rule) : Name(finding.rule)),
         Value::String(Name(finding.grade)), Value::String(finding.explanation), Value::String(finding.overlap),
         Value::OfList(std::move(assumptions)), Value::String(finding.resolution), Value::String(finding.id),
         judgement == nullptr || lapsed ? Value::Null() : Value::String(Name(judgement->verdict))},
        std::move(sources)));
  }
  return absl::OkStatus();
}

}  // namespace

Procedure ContradictionsProcedure(RuleSource rules) {
  return {"contradictions",
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
          [rules = std::move(rules)](const ProcedureCall& call, Arguments arguments) {
            return Contradictions(rules, call, arguments);
          }};
}

}  // namespace dossier
