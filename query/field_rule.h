// Rules of a field's own: queries that give pairs of statements which cannot both be true.
//
// What every field has in common (polarity, quantities, order, ...) is in contradictions.h and in the ontology. A rule
// that only one field knows is a query in a file (docs/contradictions.md). Each of its rows is a finding:
//
//   a, b          an edge, a claim, a path, or a list of these: the two sides, with the claims that they rest on
//   grade         'hard', 'soft' or 'changed'
//   explanation   a sentence or two for a reader
//   assumptions   a text or a list of texts; a soft finding has some
//   overlap, resolution   texts; these three columns may be left out, and may be null
//
// $persistence_months is how long a denial in the present tense is taken to persist (contradictions.h).
#ifndef DOSSIER_QUERY_FIELD_RULE_H_
#define DOSSIER_QUERY_FIELD_RULE_H_

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "query/contradictions.h"
#include "query/procedure.h"
#include "query/session.h"

namespace dossier {

struct FieldRule {
  std::string name;  // of its file: "sole-operator"
  std::string file;
  std::string sentence;  // what it finds
  std::string query;
};

// The findings of all rules that `options` asks for by grade, `about` and `between`; `rules` and `view` of it play no
// part, as a query has a view of its own. A hard finding of which one side is claimed by nobody as certain is made
// soft. Errors: those of the queries, E6206 with the rule's name where one gives rows that are no findings, and E6203,
// E6204.
absl::StatusOr<std::vector<Finding>> FindByRules(const Session& session, std::span<const FieldRule> rules,
                                                 const ContradictionOptions& options);

// The same of queries that somebody else runs, for a program that asks in another way than a session does: `run` is
// given what a rule may ask for as parameters, and answers with the view that was asked through.
using RuleRunner = std::function<absl::StatusOr<Answer>(const FieldRule& rule, QueryOptions options)>;
absl::StatusOr<std::vector<Finding>> FindByRules(const Image& image, const Ontology& ontology, const NameIndex& names,
                                                 const RuleRunner& run, std::span<const FieldRule> rules,
                                                 const ContradictionOptions& options);

// What to look for, where rules are named: those of all fields as ParseRule reads them, those of this one by name.
struct ChosenRules {
  bool any_common = true;
  std::vector<Rule> common;  // none, where there are any: all
  std::vector<FieldRule> own;
};
// All there are, where `named` is empty. E6201 where a name is that of no rule.
absl::StatusOr<ChosenRules> ChooseRules(std::span<const std::string> named, std::vector<FieldRule> known);

// Gives the rules of a field when they are first needed.
using RuleSource = std::function<absl::StatusOr<std::vector<FieldRule>>()>;
// CALL contradictions(...) by these rules too, for a copy of ProcedureCatalog::BuiltIn(), whose own knows of none:
//   ProcedureCatalog procedures = ProcedureCatalog::BuiltIn();
//   procedures.Add(ContradictionsProcedure([&] { return rules; }));
//   options.procedures = &procedures;  // of QueryOptions
// A rule sees what the query that calls sees, and has its limits; rules call the built-in procedures alone.
Procedure ContradictionsProcedure(RuleSource rules);

// In the order of FindContradictions: by grade, then by rule.
void SortFindings(std::vector<Finding>* findings);

}  // namespace dossier

#endif  // DOSSIER_QUERY_FIELD_RULE_H_
