// Makes a failing case as small as it gets, so that a person can read it.
#ifndef DOSSIER_TESTS_ORACLE_SHRINK_H_
#define DOSSIER_TESTS_ORACLE_SHRINK_H_

#include <functional>

#include "tests/oracle/query_case.h"

namespace dossier::oracle {

// Leaves out one thing after the other (a node, an edge, a label, a part of the pattern, a condition, a prefix, ...) as
// long as `still_fails`; ends where nothing can be left out. All cases asked about have no complaint (Analyse).
QueryCase Shrink(QueryCase failing, const std::function<bool(const QueryCase&)>& still_fails);

}  // namespace dossier::oracle

#endif  // DOSSIER_TESTS_ORACLE_SHRINK_H_
