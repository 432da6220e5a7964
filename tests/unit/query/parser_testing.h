// Shared by the parser's tests: what a text prints as once parsed, and why it is refused.
#ifndef DOSSIER_TESTS_UNIT_QUERY_PARSER_TESTING_H_
#define DOSSIER_TESTS_UNIT_QUERY_PARSER_TESTING_H_

#include <string>

#include "graph/base/diagnostic.h"
#include "gtest/gtest.h"
#include "query/ast_printer.h"
#include "query/parser.h"

namespace dossier {

// The canonical text of a query, after checking that it parses to itself.
inline std::string Canonical(const std::string& text) {
  const auto query = ParseQuery(text);
  if (!query.ok()) return std::string(query.status().message());
  std::string printed = ToText(*query);
  const auto again = ParseQuery(printed);
  EXPECT_TRUE(again.ok()) << printed << "\n" << again.status();
  if (again.ok()) {
    EXPECT_EQ(ToText(*again), printed);
  }
  return printed;
}

// The same for an expression.
inline std::string CanonicalExpression(const std::string& text) {
  const auto expression = ParseExpression(text);
  if (!expression.ok()) return std::string(expression.status().message());
  std::string printed = ToText(**expression);
  const auto again = ParseExpression(printed);
  EXPECT_TRUE(again.ok()) << printed << "\n" << again.status();
  if (again.ok()) {
    EXPECT_EQ(ToText(**again), printed);
  }
  return printed;
}

// The canonical text of what follows MATCH.
inline std::string CanonicalPattern(const std::string& text) {
  const std::string printed = Canonical("MATCH " + text + " RETURN 1");
  if (printed.rfind("MATCH ", 0) != 0) return printed;
  return printed.substr(6, printed.size() - 6 - 9);
}

inline Diagnostic RefusalOf(const std::string& text) {
  const auto query = ParseQuery(text);
  EXPECT_FALSE(query.ok()) << text;
  const auto diagnostics = DiagnosticsOf(query.status());
  return diagnostics.empty() ? Diagnostic() : diagnostics.front();
}

inline int ErrorOf(const std::string& text) { return RefusalOf(text).number; }

}  // namespace dossier

#endif  // DOSSIER_TESTS_UNIT_QUERY_PARSER_TESTING_H_
