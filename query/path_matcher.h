// Runs a path program over the graph: depth first, with everything undone on the way back. Finds every path that
// the pattern and its modes allow (the selectors, which keep some of them, come after).
//
// Restrictors are tested while a path grows, so that what cannot become a trail, a simple or an acyclic path is
// never followed further. In a clause under DIFFERENT EDGES, no edge is used twice, in this path or by another path
// of the clause.
#ifndef DOSSIER_QUERY_PATH_MATCHER_H_
#define DOSSIER_QUERY_PATH_MATCHER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "query/evaluation.h"
#include "query/path_program.h"

namespace dossier {

class PathMatcher {
 public:
  // Called for each path found, with the variables' values in the context's locals and the path turned the way it
  // was written. False stops the search.
  using Found = std::function<bool(const Path&)>;

  // All pointers must outlive the matcher. `different_edges`: no edge twice in the path.
  PathMatcher(const BoundPathPattern* pattern, const PathProgram* program, bool different_edges);

  // Matches from one vertex. Locals of variables bound before must be set in the context, all others null.
  // `taken`: edges that other paths of the clause have used. False if `found` stopped the search, or it failed
  // (see context.status()).
  bool Match(VertexId start, const std::vector<EdgeId>& taken, EvaluationContext& context, const Found& found);

  // Whether a vertex passes a node test (its variable apart).
  static bool Passes(const NodeTest& test, VertexId vertex, bool named_edge, EvaluationContext& context);

  uint64_t edges_touched() const { return edges_touched_; }

 private:
  bool Run(uint32_t pc);
  bool RunNode(const PathInstruction& instruction);
  bool RunEdge(const PathInstruction& instruction);
  bool TakeEdge(const PathInstruction& instruction, const Neighbor& neighbor);
  bool RunLoopTest(const PathInstruction& instruction);
  bool RunRoundBegin(const PathInstruction& instruction);
  bool RunRoundEnd(const PathInstruction& instruction);
  bool RunGroupEnd(const PathInstruction& instruction);
  bool Accept();

  bool EdgeUsed(EdgeId edge, size_t from) const;
  // Whether the vertices from `from` on obey the mode, the newest one (just reached) being the one to test.
  bool ModeAllows(ast::PathMode mode, size_t from, EdgeId edge, VertexId vertex) const;
  bool Stop();  // limits and cancellation, looked at now and then

  const BoundPathPattern* pattern_;
  const PathProgram* program_;
  bool different_edges_;

  EvaluationContext* context_ = nullptr;
  const Found* found_ = nullptr;
  const std::vector<EdgeId>* taken_ = nullptr;
  Path path_;
  bool last_edge_hidden_ = false;
  std::vector<int64_t> counters_;
  std::vector<size_t> round_starts_;  // by loop: path length when the round began
  std::vector<size_t> group_starts_;  // by group: first vertex
  struct OpenMode {
    ast::PathMode mode;
    size_t from;
  };
  std::vector<OpenMode> open_modes_;
  absl::flat_hash_set<std::string> seen_;  // matches of set alternatives, to tell repeats
  uint64_t edges_touched_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_PATH_MATCHER_H_
