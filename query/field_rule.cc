#include "query/field_rule.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/claim_sources.h"
#include "query/contradiction_filter.h"
#include "query/error_codes.h"

namespace dossier {
namespace {

constexpr int64_t kMonthsInYear = 12;

// Where the columns of a finding stand in the rows of a rule's query.
struct RuleColumns {
  size_t a, b, grade, explanation;
  std::optional<size_t> assumptions, overlap, resolution;
};

class RuleReader {
 public:
  RuleReader(const FieldRule& rule, const Image& image) : rule_(rule), image_(image) {}

  absl::StatusOr<std::vector<Finding>> Read(const Answer& answer) const {
    ASSIGN_OR_RETURN(const RuleColumns columns, FindColumns(answer));
    std::vector<Finding> findings;
    for (const AnswerRow& row : answer.rows) {
      ASSIGN_OR_RETURN(Finding finding, ReadRow(row, columns, *answer.view));
      findings.push_back(std::move(finding));
    }
    return findings;
  }

 private:
  absl::Status Bad(std::string_view cause) const {
    return ToStatus(
        absl::StatusCode::kInvalidArgument,
        {.number = kBadRule,
         .file = rule_.file,
         .place = {},
         .cause = StrCat("the rule ", rule_.name, ": ", cause),
         .rule = "a rule's query gives findings: a, b, grade, explanation, and assumptions where it is soft",
         .hint = "docs/contradictions.md shows one"});
  }

  absl::StatusOr<RuleColumns> FindColumns(const Answer& answer) const {
    const auto find = [&](std::string_view name) -> std::optional<size_t> {
      const auto at = std::find(answer.columns.begin(), answer.columns.end(), name);
      if (at == answer.columns.end()) return std::nullopt;
      return static_cast<size_t>(at - answer.columns.begin());
    };
    for (const std::string_view name : {"a", "b", "grade", "explanation"}) {
      if (!find(name).has_value()) return Bad(StrCat("it has no column `", name, "`"));
    }
    return RuleColumns{*find("a"),          *find("b"),      *find("grade"),    *find("explanation"),
                       find("assumptions"), find("overlap"), find("resolution")};
  }

  absl::StatusOr<Finding> ReadRow(const AnswerRow& row, const RuleColumns& columns, const View& view) const {
    Finding finding;
    finding.rule = Rule::kField;
    finding.field_rule = rule_.name;
    for (const size_t side : {0, 1}) {
      finding.sides[side] = ClaimsBehind(row.values[side == 0 ? columns.a : columns.b], view);
      std::sort(finding.sides[side].begin(), finding.sides[side].end());
      if (finding.sides[side].empty()) return Bad(StrCat("a row has no claims as `", side == 0 ? "a" : "b", "`"));
    }
    ASSIGN_OR_RETURN(const std::string grade, Text(row.values[columns.grade], "grade"));
    const absl::StatusOr<Grade> parsed = ParseGrade(grade);
    if (!parsed.ok()) return Bad(StrCat("`grade` is '", grade, "'"));
    finding.grade = *parsed;
    ASSIGN_OR_RETURN(finding.explanation, Text(row.values[columns.explanation], "explanation"));
    if (Trim(finding.explanation).empty()) return Bad("`explanation` says nothing");
    if (columns.overlap.has_value()) {
      ASSIGN_OR_RETURN(finding.overlap, TextOrNull(row.values[*columns.overlap], "overlap"));
    }
    if (columns.resolution.has_value()) {
      ASSIGN_OR_RETURN(finding.resolution, TextOrNull(row.values[*columns.resolution], "resolution"));
    }
    if (columns.assumptions.has_value()) RETURN_IF_ERROR(AddAssumptions(row.values[*columns.assumptions], &finding));
    for (const size_t side : {0, 1}) SoftenWhereUncertain(side, &finding);
    if (finding.grade == Grade::kSoft && finding.assumptions.empty()) {
      return Bad("a soft finding has to say in `assumptions` what it takes for granted");
    }
    finding.id = contradiction::FindingId(StrCat("rule ", rule_.name), contradiction::IdsOf(image_, finding.sides[0]),
                                          contradiction::IdsOf(image_, finding.sides[1]), "");
    return finding;
  }

  absl::StatusOr<std::string> Text(const Value& value, std::string_view column) const {
    if (value.type() == Value::Type::kString) return std::string(value.string());
    return Bad(StrCat("`", column, "` is ", value.is_null() ? "null" : ToString(value), " and no text"));
  }
  absl::StatusOr<std::string> TextOrNull(const Value& value, std::string_view column) const {
    return value.is_null() ? absl::StatusOr<std::string>(std::string()) : Text(value, column);
  }
  absl::Status AddAssumptions(const Value& value, Finding* finding) const {
    if (value.type() != Value::Type::kList) {
      ASSIGN_OR_RETURN(std::string text, TextOrNull(value, "assumptions"));
      if (!text.empty()) finding->assumptions.push_back(std::move(text));
      return absl::OkStatus();
    }
    for (const Value& element : value.list()) {
      ASSIGN_OR_RETURN(finding->assumptions.emplace_back(), Text(element, "assumptions"));
    }
    return absl::OkStatus();
  }

  // What nobody says for certain clashes with nothing for certain, whatever the rule makes of it.
  void SoftenWhereUncertain(size_t side, Finding* finding) const {
    const std::vector<ClaimId>& claims = finding->sides[side];
    const bool certain = std::any_of(claims.begin(), claims.end(), [&](ClaimId claim) {
      return image_.claim(claim).certainty() == Certainty::kCertain;
    });
    if (certain || finding->grade == Grade::kChanged) return;
    finding->grade = Grade::kSoft;
    finding->assumptions.push_back(
        StrCat("that it is so as is claimed with less than certainty on side (", side == 0 ? "a" : "b", ")"));
  }

  const FieldRule& rule_;
  const Image& image_;
};

}  // namespace

absl::StatusOr<std::vector<Finding>> FindByRules(const Session& session, std::span<const FieldRule> rules,
                                                 const ContradictionOptions& options) {
  if (rules.empty() || session.ontology() == nullptr || session.names() == nullptr) return std::vector<Finding>();
  const RuleRunner run = [&](const FieldRule& rule, const QueryOptions& of) { return session.Run(rule.query, of); };
  return FindByRules(session.image(), *session.ontology(), *session.names(), run, rules, options);
}

absl::StatusOr<std::vector<Finding>> FindByRules(const Image& image, const Ontology& ontology, const NameIndex& names,
                                                 const RuleRunner& run, std::span<const FieldRule> rules,
                                                 const ContradictionOptions& options) {
  std::vector<Finding> all;
  const contradiction::Context context(image, ontology, options);
  ASSIGN_OR_RETURN(const auto filter, contradiction::FindingFilter::Make(context, names));
  std::set<std::string> known;
  for (const FieldRule& rule : rules) {
    QueryOptions of;
    of.sources = false;
    of.parameters["persistence_months"] = Value::Integer(kMonthsInYear * options.persistence_years);
    of.cancelled = options.cancelled;
    ASSIGN_OR_RETURN(const Answer answer, run(rule, of));
    ASSIGN_OR_RETURN(std::vector<Finding> findings, RuleReader(rule, image).Read(answer));
    for (Finding& finding : findings) {
      const bool wanted = options.grades.empty() || std::find(options.grades.begin(), options.grades.end(),
                                                              finding.grade) != options.grades.end();
      if (wanted && filter.Admits(finding.sides) && known.insert(finding.id).second) all.push_back(std::move(finding));
    }
  }
  return all;
}

absl::StatusOr<ChosenRules> ChooseRules(std::span<const std::string> named, std::vector<FieldRule> known) {
  ChosenRules chosen;
  if (named.empty()) {
    chosen.own = std::move(known);
    return chosen;
  }
  for (const std::string& name : named) {
    const auto own = std::find_if(known.begin(), known.end(), [&](const FieldRule& rule) { return rule.name == name; });
    if (own != known.end()) {
      chosen.own.push_back(*own);
    } else {
      ASSIGN_OR_RETURN(chosen.common.emplace_back(), ParseRule(name));
    }
  }
  chosen.any_common = !chosen.common.empty();
  return chosen;
}

void SortFindings(std::vector<Finding>* findings) {
  std::stable_sort(findings->begin(), findings->end(), [](const Finding& x, const Finding& y) {
    return std::tie(x.grade, x.rule, x.field_rule) < std::tie(y.grade, y.rule, y.field_rule);
  });
}

}  // namespace dossier
