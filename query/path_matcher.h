// Runs a path program over the graph: depth first, with everything undone on the way back. Finds every path that
// the pattern and its modes allow (the selectors, which keep some of them, come after).
//
// The way back is kept in frames on the heap, one for each instruction under way, and not on the stack of whoever
// asks: a path may be as long as its limit allows on a thread with the smallest of stacks.
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

 private:
  // An instruction that has been entered and not yet left: what it has done, and what it may do next.
  struct Frame {
    uint32_t pc = 0;
    uint32_t turn = 0;            // how often it has gone on (splits, loop tests)
    bool done_something = false;  // there is something to undo
    bool was_hidden = false;      // edges: last_edge_hidden_ before
    bool mode_closed = false;     // ends of groups: a mode to open again
    ast::PathMode closed_mode = ast::PathMode::kWalk;
    uint32_t step = 0;         // edges: which relation ...
    uint32_t way = 0;          // ... which of its two ways ...
    uint32_t neighbor = 0;     // ... and which neighbour comes next
    size_t touched = 0;        // size of the context's touched() when it was entered
    int64_t number = 0;        // a counter or a start before, or where a closed mode began
    std::vector<Value> saved;  // locals before
  };
  // What comes of giving a frame its turn.
  enum class Move : uint8_t {
    kGoOn,   // to the instruction `next_`
    kLeave,  // nothing more to try here
    kStop,   // the whole search ends
  };

  // Undoes what the frame's last turn did, if anything, and makes the next one.
  Move Advance(Frame& frame);
  void Undo(Frame& frame);
  Move EnterNode(const PathInstruction& instruction, Frame& frame);
  Move NextEdge(const PathInstruction& instruction, Frame& frame);
  // kGoOn: the edge is taken. kLeave: it does not fit.
  Move TakeEdge(const PathInstruction& instruction, const Neighbor& neighbor, Frame& frame);
  Move NextRound(const PathInstruction& instruction, Frame& frame);
  Move EndRound(const PathInstruction& instruction, Frame& frame);
  Move EndGroup(const PathInstruction& instruction, Frame& frame);
  Move Accept();
  Move GoOn(Frame& frame, uint32_t pc);

  bool Passes(const NodeTest& test, VertexId vertex, bool named_edge) const;
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
  std::vector<Frame> frames_;
  uint32_t next_ = 0;
  Path path_;
  bool last_edge_hidden_ = false;
  std::vector<int64_t> counters_;
  std::vector<int64_t> round_starts_;  // by loop: path length when the round began
  std::vector<int64_t> group_starts_;  // by group: first vertex
  // By loop, by its group variables: the values of the rounds done, in the order of the search.
  std::vector<std::vector<std::vector<Value>>> round_values_;
  struct OpenMode {
    ast::PathMode mode;
    size_t from;
  };
  std::vector<OpenMode> open_modes_;
  absl::flat_hash_set<std::string> seen_;  // matches of set alternatives, to tell repeats
  uint64_t edges_tried_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_PATH_MATCHER_H_
