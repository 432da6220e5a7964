// A case of the comparison: a graph, a MATCH, and what to return of it.
#ifndef DOSSIER_TESTS_ORACLE_QUERY_CASE_H_
#define DOSSIER_TESTS_ORACLE_QUERY_CASE_H_

#include <string>
#include <vector>

#include "tests/oracle/graph.h"
#include "tests/oracle/pattern.h"

namespace dossier::oracle {

// What the engine need not hand out it need not list, so each way of asking may go another way through it.
struct Return {
  enum class Kind {
    kRows,      // the columns, row by row
    kDistinct,  // RETURN DISTINCT the columns
    kCount,     // count(*)
    kGroups,    // the columns and count(*)
    kLimit,     // the columns, with a LIMIT
  };
  Kind kind = Kind::kRows;
  std::vector<std::string> columns;  // some of the returnable variables; all of them for kRows where a choice is left
  int limit = 0;
};

struct QueryCase {
  Graph graph;
  Match match;
  Return result;
};

std::string QueryText(const QueryCase& query_case);

}  // namespace dossier::oracle

#endif  // DOSSIER_TESTS_ORACLE_QUERY_CASE_H_
