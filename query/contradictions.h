// Which claims cannot both be true, why, and who made each.
//
//   ContradictionOptions options;
//   options.grades = {Grade::kHard};
//   auto findings = FindContradictions(image, ontology, names, reader, verification, options);
//
// Seven rules, each in a file of its own (docs/contradictions.md tells them to users):
//   R1 polarity    one claim affirms what another denies, or something more specific than it
//   R2 functional  two values where there is one at a time, or two things that exclude each other
//   R3 quantity    disjoint quantities of one thing, unit and time
//   R4 count       a stated count against the list, or a total against its parts
//   R5 order       something that comes before what it needs
//   R6 change      one asserter, two times: reported apart, as a change
//   R7 document    a note that is not there, a quote that is not in its document
// Rules that only one field knows are queries in files: field_rule.h.
//
// Only facts meet in R1, R2 and R3; positions are compared with positions of the same holder alone, evidence counts
// for what the ontology says that it implies (softly), comparisons never. Uncommitted claims, and those that were
// superseded or retracted, take no part.
//
// One finding is one tension as a reader would put it: in R1 all claims that deny one proposition stand on side 0, and
// on side 1 all that affirm it or something more specific, of one subject and one grade; in R2 and R3 the claims for
// the one value stand against those for the other. Time is linear in claims, but for what is found.
#ifndef DOSSIER_QUERY_CONTRADICTIONS_H_
#define DOSSIER_QUERY_CONTRADICTIONS_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/id.h"
#include "graph/image.h"
#include "graph/view.h"
#include "query/claim_reader.h"
#include "schema/names.h"
#include "schema/ontology.h"
#include "store/verification.h"

namespace dossier {

enum class Rule : uint8_t {
  kPolarity = 1,
  kFunctional = 2,
  kQuantity = 3,
  kCount = 4,
  kOrder = 5,
  kChange = 6,
  kDocument = 7,
  kField = 8,  // one of a field's own, from a file: field_rule.h
};
enum class Grade : uint8_t {
  kHard,     // cannot both hold as stated
  kSoft,     // conflict only under the assumptions listed
  kChanged,  // one asserter, two times
};

std::string_view Name(Rule rule);  // "R1" .. "R7"; "rule" for one of a field's own, which its finding names
std::string_view Description(
    Rule rule);                      // "polarity", "functional", "quantity", "count", "order", "change", "document"
std::string_view Name(Grade grade);  // "hard", "soft", "changed"
// By name or, for rules, by description, letter case ignored; E6201 or E6202 for any other text, with the known ones.
absl::StatusOr<Rule> ParseRule(std::string_view text);
absl::StatusOr<Grade> ParseGrade(std::string_view text);

struct ContradictionOptions {
  std::vector<Rule> rules;    // empty: all
  std::vector<Grade> grades;  // empty: all
  // Keys or names. Only findings in which this entity, or what lies under it by containment, takes part: as subject,
  // object, qualifier or asserter of a claim on either side.
  std::string about;
  // Keys or names. Only findings with claims by the one (or an organ of it) on one side and by the other on the other.
  std::optional<std::pair<std::string, std::string>> between;
  // Claims that it does not admit take no part. Null: all that are current, whatever their certainty.
  const View* view = nullptr;
  // A denial in the present tense (said at the time that it speaks of) is taken to persist for this long, softly.
  int persistence_years = 5;
  // Set to true from any thread, or a signal handler, to stop the rules of a field, which are queries.
  const std::atomic<bool>* cancelled = nullptr;
};

// Something that the conflict rests on beside the two sides: a containment, an implication of the ontology, the date
// of an event.
struct InferenceStep {
  std::string text;             // "AO-2.5RTM is a kind of submunition", "USED implies POSSESSES (ontology)"
  std::vector<ClaimId> claims;  // that say so; empty for what the ontology says
};

struct Finding {
  std::string id;  // 16 hex digits: of the rule and the ids of the claims on both sides, the same in every store
  Rule rule = Rule::kPolarity;
  std::string field_rule;  // of kField: its name
  Grade grade = Grade::kHard;
  std::string explanation;                    // a sentence or two, with names and dates in words
  std::array<std::vector<ClaimId>, 2> sides;  // numbers rising; the second is empty where a document is at fault (R7)
  std::vector<InferenceStep> chain;
  std::string overlap;                   // when both may hold: "in 2008-08"; empty where time plays no part
  std::vector<std::string> assumptions;  // what has to be assumed for a conflict; empty for hard ones
  std::string resolution;                // what would resolve it
};

// "R2 functional", or the name of a field's own rule.
std::string RuleWords(const Finding& finding);

// All findings that `options` asks for: hard ones first, then soft, then changed; within a grade by rule, then by the
// claims of the sides. The same for the same store, however it was loaded.
// `verification`: the store's last, for the quotes of R7; null if there was none. The words of notes are read from
// `reader`, and only for findings.
// Errors: kInvalidArgument E6203, E6204 `about` or `between` names nobody, or more than one; and those of `reader`.
absl::StatusOr<std::vector<Finding>> FindContradictions(const Image& image, const Ontology& ontology,
                                                        const NameIndex& names, const ClaimReader& reader,
                                                        const Verification* verification,
                                                        const ContradictionOptions& options = {});

}  // namespace dossier

#endif  // DOSSIER_QUERY_CONTRADICTIONS_H_
