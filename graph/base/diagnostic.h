// What is said when something is wrong: a number, the place, the cause, the rule that said no, and what would
// be right. Errors travel as absl::Status; a Diagnostic rides in the status as a payload, so that a caller at
// any distance can still tell a typing slip from a full disk without reading prose.
//
// Numbers are stable once released and are grouped by the folder that gives them:
//   1000-1999 graph (values, times, quantities, paths)   2000-2999 schema: ontology and names
//   3000-3999 schema: claim files and validation         4000-4999 store
//   5000-5999 query: syntax                               6000-6999 query: names, types, meaning
//   7000-7999 query: at run time, limits included         9000-9999 tools
// Each folder lists its own in <folder>/error_codes.h; docs/errors.md explains them, and a test compares both.
#ifndef DOSSIER_GRAPH_BASE_DIAGNOSTIC_H_
#define DOSSIER_GRAPH_BASE_DIAGNOSTIC_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "graph/base/source_span.h"

namespace dossier {

struct Diagnostic {
  int number = 0;     // from an error_codes.h
  std::string file;   // path of the text at fault, or empty (a query, a value made in code)
  SourceSpan place;   // where in that text, if known
  std::string cause;  // what is wrong: "unknown relation 'TRANSFERED'"
  std::string rule;   // the rule that said no: "a relation must be declared in the ontology"; may be empty
  std::string hint;   // what would be right: "did you mean 'TRANSFERRED'?"; may be empty

  // One line: "claims.csv:12:5: E3004: unknown relation 'TRANSFERED' (a relation must ...); did you mean ...?"
  std::string ToString() const;
};

// A status of class `code` whose message is the diagnostic's text and which carries the diagnostic itself.
absl::Status ToStatus(absl::StatusCode code, const Diagnostic& diagnostic);

// The same for many at once, as a load with many bad rows needs; the message lists them a line each.
// `diagnostics` must not be empty.
absl::Status ToStatus(absl::StatusCode code, const std::vector<Diagnostic>& diagnostics);

// The diagnostics that a status carries, first one first; empty for an OK status and for foreign ones.
std::vector<Diagnostic> DiagnosticsOf(const absl::Status& status);

// The number of the first diagnostic carried, or 0.
int ErrorNumber(const absl::Status& status);

// The line of `text` that `place` begins on with a caret line below it, for a terminal; empty if unknown.
// Long lines are cut around the place to at most `width` columns.
std::string CaretExcerpt(std::string_view text, const SourceSpan& place, int width = 100);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_BASE_DIAGNOSTIC_H_
