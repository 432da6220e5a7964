#include "tools/rule_catalog.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "tools/error_codes.h"
#include "tools/files.h"
#include "tools/interrupt.h"
#include "tools/query_folder.h"

namespace dossier {
namespace {

// An error in a rule's query, which knows its place in the text but not the file.
absl::Status InFile(const absl::Status& status, const FieldRule& rule) {
  std::vector<Diagnostic> diagnostics = DiagnosticsOf(status);
  if (diagnostics.empty()) return status;
  for (Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.file.empty()) diagnostic.file = rule.file;
  }
  return ToStatus(status.code(), diagnostics);
}

}  // namespace

absl::StatusOr<FieldRule> ReadFieldRule(std::string_view text, std::string_view file) {
  FieldRule rule{.name = std::filesystem::path(file).stem().string(),
                 .file = std::string(file),
                 .sentence = "",
                 .query = std::string(text)};
  const auto bad = [&](std::string cause) {
    return ToStatus(absl::StatusCode::kInvalidArgument,
                    Diagnostic{.number = kBadRuleFile,
                               .file = rule.file,
                               .place = {},
                               .cause = std::move(cause),
                               .rule = "a rule's file begins with its sentence, see docs/contradictions.md",
                               .hint = "// rule: What cannot both be true"});
  };
  if (FindInvalidUtf8(text) != std::string_view::npos) return bad("the file is not UTF-8");
  for (std::string_view line : Split(text, '\n')) {
    line = Trim(line);
    if (line.empty()) continue;
    if (!line.starts_with("//")) break;
    line = Trim(line.substr(2));
    if (line.starts_with("rule:")) rule.sentence = std::string(Trim(line.substr(5)));
  }
  if (rule.sentence.empty()) return bad("there is no sentence");
  return rule;
}

absl::StatusOr<std::vector<FieldRule>> FindFieldRules(const std::string& given, const Snapshot& snapshot) {
  ASSIGN_OR_RETURN(const std::vector<std::string> places, PlacesOfFolder("rules", given, "DOSSIER_RULES", snapshot));
  std::vector<FieldRule> rules;
  const auto folder = std::find_if(places.begin(), places.end(), IsFolder);
  if (folder == places.end() && given.empty()) return rules;
  ASSIGN_OR_RETURN(const std::vector<std::string> files, QueryFiles(folder == places.end() ? given : *folder));
  for (const std::string& file : files) {
    ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(file));
    ASSIGN_OR_RETURN(rules.emplace_back(), ReadFieldRule(text, file));
  }
  return rules;
}

RuleSource FieldRulesOf(const Snapshot& snapshot) {
  return [snapshot] { return FindFieldRules("", snapshot); };
}

absl::StatusOr<std::vector<Finding>> FindAll(const Session& session, const Snapshot& snapshot, FindingRequest request) {
  ASSIGN_OR_RETURN(std::vector<FieldRule> rules, FindFieldRules(request.folder, snapshot));
  ContradictionOptions& options = request.options;
  ASSIGN_OR_RETURN(const ChosenRules chosen, ChooseRules(request.rules, std::move(rules)));
  options.rules = chosen.common;
  std::vector<Finding> findings;
  if (chosen.any_common) {
    ASSIGN_OR_RETURN(const std::optional<Verification> verification, snapshot.LastVerification());
    ASSIGN_OR_RETURN(findings,
                     FindContradictions(session.image(), *session.ontology(), *session.names(), *session.claims(),
                                        verification.has_value() ? &*verification : nullptr, options));
  }
  if (!chosen.own.empty()) options.cancelled = WatchForInterrupt();
  for (const FieldRule& rule : chosen.own) {
    absl::StatusOr<std::vector<Finding>> more = FindByRules(session, {&rule, 1}, options);
    if (!more.ok()) return InFile(more.status(), rule);
    std::move(more->begin(), more->end(), std::back_inserter(findings));
  }
  SortFindings(&findings);
  return findings;
}

}  // namespace dossier
