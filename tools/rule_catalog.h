// The rules of a store's field: *.gql files in the folder `rules` beside what was loaded (docs/contradictions.md).
#ifndef DOSSIER_TOOLS_RULE_CATALOG_H_
#define DOSSIER_TOOLS_RULE_CATALOG_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "query/field_rule.h"
#include "store/snapshot.h"

namespace dossier {

// Of `text`, a rule's file: its name, sentence and query. E9009 where it does not begin with its sentence.
absl::StatusOr<FieldRule> ReadFieldRule(std::string_view text, std::string_view file);

// All of them, by name: of `given` (--rules), else of $DOSSIER_RULES, else of the folder `rules` beside what was loaded
// last. None where there is no such folder, unless it was named: then E9003.
absl::StatusOr<std::vector<FieldRule>> FindFieldRules(const std::string& given, const Snapshot& snapshot);

// The same when a query asks for them: CALL contradictions(...).
RuleSource FieldRulesOf(const Snapshot& snapshot);

// What `contradictions` and `judge` look for.
struct FindingRequest {
  std::vector<std::string> rules;  // of all fields, as ParseRule reads them, and of this one by name; none: all
  std::string folder;              // of rules, where it is named
  ContradictionOptions options;    // `rules` of it is set here
};

// Findings of both kinds, in the order of FindContradictions. `session` is over `snapshot`.
absl::StatusOr<std::vector<Finding>> FindAll(const Session& session, const Snapshot& snapshot, FindingRequest request);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_RULE_CATALOG_H_
