// Ways to look for the paths that a pattern matches, from one vertex at a time. All of them run the same automaton
// (path_automaton.h) and apply the restrictor before the selector, as ISO 39075 has it; they differ in what they keep:
//
//   every path, one after the other      path_enumerator.cc   depth first; keeps one path
//   the shortest, walks                  shortest_walks.cc    breadth first; keeps a graph of all of them, merged
//   ... between two known ends           end_to_end_walk.cc   breadth first from both
//   the shortest, restricted             restricted_paths.cc  breadth first; keeps a tree of paths
//
// A search stops with a failed context where a limit is reached or the query is cancelled. Not thread-safe.
#ifndef DOSSIER_QUERY_PATH_SEARCH_H_
#define DOSSIER_QUERY_PATH_SEARCH_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "query/path_automaton.h"

namespace dossier {

// How many paths to keep for each pair of ends; `count` is at least 1.
struct PathChoice {
  PathSelector::Kind kind = PathSelector::Kind::kAll;
  int64_t count = 1;
};

// How many paths lead to `end`. Counts grow beyond any integer (a thousand diamonds in a row make 2^1000 paths); up to
// 2^63 they are exact.
struct PathCount {
  VertexId end;
  long double paths = 0;
};

class PathSearch {
 public:
  virtual ~PathSearch() = default;

  // Begins anew at `start`; `target` (may be invalid) is the only vertex where paths can end, where that is known.
  // False: failed.
  virtual bool Begin(VertexId start, VertexId target) = 0;
  // The next match, valid until the next call; null when there is none left, or the evaluation failed.
  virtual const WalkedPath* Next() = 0;
  // In place of Next: how many matches there are, by end, without listing them where that can be helped; false where
  // the evaluation failed.
  virtual bool Count(std::vector<PathCount>* counts) = 0;
};

// For ALL.
std::unique_ptr<PathSearch> MakePathEnumerator(PathAutomaton* automaton, EvaluationContext* context);
// For selectors, over walks. The pattern has no restrictor and its program needs no history.
std::unique_ptr<PathSearch> MakeShortestWalks(PathAutomaton* automaton, EvaluationContext* context, PathChoice choice);
// For selectors, whatever the pattern.
std::unique_ptr<PathSearch> MakeRestrictedPaths(PathAutomaton* automaton, EvaluationContext* context,
                                                PathChoice choice);

// The same for the shortest between two ends that are both known, over one repeated edge: it asks for a target at each
// Begin. `counted`: Count will be called, and not Next. Null where the pattern or the choice are others.
std::unique_ptr<PathSearch> MakeEndToEndWalk(PathAutomaton* automaton, EvaluationContext* context, PathChoice choice,
                                             bool counted);

// Looks at limits and cancellation about once a thousand calls; false if they say stop.
class SearchTicker {
 public:
  explicit SearchTicker(EvaluationContext* context) : context_(context) {}
  bool Tick();

 private:
  EvaluationContext* context_;
  uint32_t ticks_ = 0;
};

// E7094: fails the context and gives false where a path of `edges` edges is longer than the limit.
bool CheckPathLength(size_t edges, EvaluationContext* context);

}  // namespace dossier

#endif  // DOSSIER_QUERY_PATH_SEARCH_H_
