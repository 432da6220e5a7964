// Random graphs and patterns: small, and rich in what is easily got wrong. The same seed gives the same case.
#ifndef DOSSIER_TESTS_ORACLE_GENERATOR_H_
#define DOSSIER_TESTS_ORACLE_GENERATOR_H_

#include <cstdint>

#include "tests/oracle/query_case.h"

namespace dossier::oracle {

// One to six nodes, up to nine edges, loops and parallel edges among them.
Graph GenerateGraph(uint64_t seed);

// What the engine is known to get wrong, or to stop at its limits for. Off in the tests that run by themselves, until
// it is mended.
struct Features {
  // A variable of a path that stands again within | or ? or beside them.
  bool repeated_in_choices = false;
  // Under WALK and a selector, an unbounded quantifier beside a parenthesis with a mode or a condition on a list's
  // size.
  bool endless_beside_modes = false;
};

// A MATCH that has no complaint (Analyse), and a RETURN.
QueryCase GenerateCase(const Graph& graph, uint64_t seed, const Features& features);

}  // namespace dossier::oracle

#endif  // DOSSIER_TESTS_ORACLE_GENERATOR_H_
