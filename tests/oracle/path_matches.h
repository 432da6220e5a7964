// The matches of one path pattern: steps 1 to 3 of evaluate.h.
#ifndef DOSSIER_TESTS_ORACLE_PATH_MATCHES_H_
#define DOSSIER_TESTS_ORACLE_PATH_MATCHES_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/oracle/evaluate.h"
#include "tests/oracle/graph.h"
#include "tests/oracle/pattern.h"

namespace dossier::oracle {

struct PathMatch {
  Walk walk;
  std::map<std::string, std::vector<int>> elements;  // of each variable that is bound, in the order of the path
};

// All matches, or at least as many of each pair of ends as its selector can ask for; none where `bounds` are too small.
// With `trails`, no edge is walked twice, whatever the mode. `found` as in Evaluate.
std::optional<std::vector<PathMatch>> ListMatches(const Graph& graph, const PathPattern& path, bool trails,
                                                  const Bounds& bounds, const std::vector<Walk>& found);

// What the selector makes of one pair of ends: which matches are kept in any case, which may be, and how many in all.
struct Selection {
  int due = 0;
  std::vector<int> must;
  std::vector<int> may;
};
std::map<std::pair<int, int>, Selection> Select(const PathPattern& path, const std::vector<PathMatch>& matches);

}  // namespace dossier::oracle

#endif  // DOSSIER_TESTS_ORACLE_PATH_MATCHES_H_
