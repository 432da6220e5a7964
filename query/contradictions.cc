#include "query/contradictions.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/contradiction_context.h"
#include "query/contradiction_filter.h"
#include "query/contradiction_words.h"
#include "query/entailment.h"
#include "query/error_codes.h"

namespace dossier {
namespace {

using contradiction::Context;
using contradiction::Draft;
using contradiction::FindingFilter;

constexpr Rule kRules[] = {Rule::kPolarity, Rule::kFunctional, Rule::kQuantity, Rule::kCount,
                           Rule::kOrder,    Rule::kChange,     Rule::kDocument};
constexpr Grade kGrades[] = {Grade::kHard, Grade::kSoft, Grade::kChanged};

template <typename Enum>
bool Wants(const std::vector<Enum>& wanted, Enum one) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), one) != wanted.end();
}

}  // namespace

std::string_view Name(Rule rule) {
  constexpr std::string_view kNames[] = {"R1", "R2", "R3", "R4", "R5", "R6", "R7", "rule"};
  return kNames[static_cast<size_t>(rule) - 1];
}
std::string_view Description(Rule rule) {
  constexpr std::string_view kNames[] = {"polarity", "functional", "quantity", "count",
                                         "order",    "change",     "document", "of a field"};
  return kNames[static_cast<size_t>(rule) - 1];
}
std::string_view Name(Grade grade) {
  constexpr std::string_view kNames[] = {"hard", "soft", "changed"};
  return kNames[static_cast<size_t>(grade)];
}

std::string RuleWords(const Finding& finding) {
  return finding.rule == Rule::kField ? finding.field_rule : StrCat(Name(finding.rule), " ", Description(finding.rule));
}

absl::StatusOr<Rule> ParseRule(std::string_view text) {
  std::vector<std::string> known;
  for (const Rule rule : kRules) {
    if (EqualsIgnoringAsciiCase(text, Name(rule)) || EqualsIgnoringAsciiCase(text, Description(rule))) return rule;
    known.push_back(StrCat(Name(rule), " (", Description(rule), ")"));
  }
  return ToStatus(absl::StatusCode::kInvalidArgument, {.number = kUnknownRule,
                                                       .cause = StrCat("there is no rule '", text, "'"),
                                                       .rule = "a rule is given by its number or its name",
                                                       .hint = StrCat("one of ", Join(known, ", "))});
}

absl::StatusOr<Grade> ParseGrade(std::string_view text) {
  for (const Grade grade : kGrades) {
    if (EqualsIgnoringAsciiCase(text, Name(grade))) return grade;
  }
  return ToStatus(absl::StatusCode::kInvalidArgument, {.number = kUnknownGrade,
                                                       .cause = StrCat("there is no grade '", text, "'"),
                                                       .rule = "findings are graded hard, soft or changed",
                                                       .hint = "one of hard, soft, changed"});
}

absl::StatusOr<std::vector<Finding>> FindContradictions(const Image& image, const Ontology& ontology,
                                                        const NameIndex& names, const ClaimReader& reader,
                                                        const Verification* verification,
                                                        const ContradictionOptions& options) {
  const Context context(image, ontology, options);
  ASSIGN_OR_RETURN(const FindingFilter filter, FindingFilter::Make(context, names));
  std::vector<Draft> drafts;
  const auto wants = [&](Rule rule) { return Wants(options.rules, rule); };
  // Changes come out of the rules that look for conflicts.
  const bool changes = wants(Rule::kChange);
  if (changes || wants(Rule::kPolarity) || wants(Rule::kFunctional) || wants(Rule::kOrder)) {
    const contradiction::Entailment entailment(&context);
    if (changes || wants(Rule::kPolarity)) FindPolarity(context, entailment, &drafts);
    if (changes || wants(Rule::kFunctional)) FindFunctional(context, entailment, &drafts);
    if (wants(Rule::kOrder)) FindOrder(context, entailment, &drafts);
  }
  if (changes || wants(Rule::kQuantity)) FindQuantity(context, &drafts);
  if (wants(Rule::kQuantity)) FindRate(context, &drafts);
  if (wants(Rule::kCount)) FindCount(context, &drafts);
  if (wants(Rule::kDocument)) RETURN_IF_ERROR(FindDocument(context, reader, verification, &drafts));

  using Order = std::tuple<Grade, Rule, std::string, std::string, std::string>;
  std::vector<std::pair<Order, Draft>> ordered;
  for (Draft& draft : drafts) {
    if (!wants(draft.rule) || !Wants(options.grades, draft.grade) || !filter.Admits(draft.sides)) continue;
    std::string first = contradiction::IdsOf(image, draft.sides[0]), second = contradiction::IdsOf(image, draft.sides[1]);
    // Which of two values stands first is nobody's choice but ours.
    const bool even = draft.rule == Rule::kFunctional || (draft.rule == Rule::kQuantity && draft.detail.empty());
    if (even && second < first) {
      std::swap(first, second);
      std::swap(draft.sides[0], draft.sides[1]);
      if (draft.times.has_value()) std::swap(draft.times->first, draft.times->second);
    }
    std::string about = draft.rule == Rule::kDocument ? draft.detail : "";
    ordered.emplace_back(Order(draft.grade, draft.rule, std::move(first), std::move(second), std::move(about)),
                         std::move(draft));
  }
  std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Finding> findings;
  const contradiction::Words words(&context, &names, &reader);
  for (size_t i = 0; i < ordered.size(); ++i) {
    if (i > 0 && ordered[i].first == ordered[i - 1].first) continue;  // found by two ways
    const auto& [grade, rule, first, second, about] = ordered[i].first;
    ASSIGN_OR_RETURN(Finding finding, words.Tell(ordered[i].second));
    finding.id = contradiction::FindingId(Name(rule), first, second, about);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace dossier
