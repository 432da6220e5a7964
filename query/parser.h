// Text to syntax tree. Names are not looked up and types are not known here; what is refused is what no meaning
// could be given to, what the language leaves out on purpose (writing, undirected edges), and what is too deep.
#ifndef DOSSIER_QUERY_PARSER_H_
#define DOSSIER_QUERY_PARSER_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "query/ast.h"

namespace dossier {

// How deep brackets, operators on the right of weaker ones, clauses in subqueries and the like may nest; deeper is
// error 5040. It keeps the parser within 700 kB of stack (optimised), as many threads have one megabyte.
inline constexpr int kMaxNesting = 200;
// How high an expression tree may grow, by nesting or by chains such as a + b + c + ...; higher is error 5041.
// Chains of AND, OR and XOR, lists and arguments are flat and cost one level whatever their length.
inline constexpr int kMaxTreeHeight = 500;

// Parses one query, with or without a semicolon at its end. On failure the status is kInvalidArgument and carries one
// Diagnostic (graph/base/diagnostic.h) numbered 5000 to 5999 with the place; CaretExcerpt(text, place) shows it.
// Takes time and memory in proportion to the text. The tree owns all it needs: `text` may go away afterwards.
// Thread-safe.
absl::StatusOr<ast::Query> ParseQuery(std::string_view text);

// Parses one expression alone, such as a condition that is kept apart from its query.
absl::StatusOr<ast::ExpressionPtr> ParseExpression(std::string_view text);

}  // namespace dossier

#endif  // DOSSIER_QUERY_PARSER_H_
