// Reads a parsed query into the oracle's own tree, so that queries written by people can be put to the oracle too.
#ifndef DOSSIER_TESTS_ORACLE_FROM_AST_H_
#define DOSSIER_TESTS_ORACLE_FROM_AST_H_

#include <string>

#include "absl/status/statusor.h"
#include "tests/oracle/pattern.h"

namespace dossier::oracle {

// Of a query whose first clause is MATCH; what comes after that clause is passed over. kUnimplemented for what the
// oracle does not have: path variables within parentheses, functions but size and length, parameters.
absl::StatusOr<Match> MatchOfText(const std::string& query);

}  // namespace dossier::oracle

#endif  // DOSSIER_TESTS_ORACLE_FROM_AST_H_
