// The naive evaluator: what a MATCH means, straight from the definitions (Deutsch et al., "Graph Pattern Matching in
// GQL and SQL/PGQ", section 6; DESIGN.md, section 4), for graphs so small that all walks can be listed.
//
//   1. All walks that the mode of the path allows are listed, as far as the pattern can follow them. DIFFERENT EDGES
//      lets no walk repeat an edge, and does so before the selector chooses: else ANY SHORTEST would find nothing where
//      the shortest walk repeats one. (So ISO 39075, and Neo4j; there, too, no other path may stand beside a selector.)
//   2. A match is a walk with, at each position, the named variables bound there (by each iteration of a quantifier),
//      and the operand of each |+| taken. Several derivations of the same are one match; what is anonymous leaves no
//      mark.
//   3. The selector partitions the matches by their end nodes and says how many of each partition are kept.
//   4. The paths of the MATCH are joined on the single variables that they share; under DIFFERENT EDGES no edge is
//      used by two; the final WHERE filters; each way of choosing one match a path is a row.
//
// Where the selector leaves a choice (ANY, SHORTEST k on a tie) the answer says what may be chosen, not what is.
#ifndef DOSSIER_TESTS_ORACLE_EVALUATE_H_
#define DOSSIER_TESTS_ORACLE_EVALUATE_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/oracle/graph.h"
#include "tests/oracle/pattern.h"

namespace dossier::oracle {

// A cell a column, as text: "(n0)-e1-(n2)" for a path, ids, "[e1, e2]" for a list, "null".
using Row = std::vector<std::string>;
using Bag = std::map<Row, int>;

// A match of the one path whose selector leaves a choice.
struct Candidate {
  bool must = false;  // kept whatever is chosen
  Row signature;      // its own columns, the only trace of it in the rows
  Bag rows;           // that it gives if it is kept; empty where the join or a condition drops it
};

struct Partition {
  int due = 0;  // how many candidates are kept
  std::vector<Candidate> candidates;
};

struct Answer {
  bool refused = false;  // the query has to be refused (Analysis::refusal)
  std::vector<std::string> columns;
  Bag rows;  // where nothing is left to choose
  // Otherwise `choice` is the path with the choice.
  int choice = -1;
  std::vector<int> choice_columns;  // those of its variables
  std::vector<Partition> partitions;
};

struct Bounds {
  int steps = 30000;  // of derivations (Deriver::steps), for each path
  int rows = 20000;   // of the answer, choices included
};

// None where the bounds are too small for this one, or where two paths leave a choice. `found` holds walks of each
// path that somebody claims to be matches, for under ANY a match of any length may be chosen: they are listed as well.
// Precondition: the pattern has no complaint (Analyse).
std::optional<Answer> Evaluate(const Graph& graph, const Match& match, const Bounds& bounds,
                               const std::map<int, std::vector<Walk>>& found = {});

}  // namespace dossier::oracle

#endif  // DOSSIER_TESTS_ORACLE_EVALUATE_H_
