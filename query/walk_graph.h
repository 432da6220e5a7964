// The shortest walks from one vertex, merged: each point is a vertex, a state of the automaton and a number of edges,
// and knows by which edges it is reached from which points one edge before. Exponentially many walks are held in a
// graph as large as what was searched (a path multiset representation: Martens et al., PVLDB 16(7), 2023); they are
// counted point by point, and read back from their ends one by one.
//
// For the k smallest lengths of walks to any end it is enough to know each vertex and state at its own k smallest: a
// walk to it that is longer than k others could be exchanged for those.
#ifndef DOSSIER_QUERY_WALK_GRAPH_H_
#define DOSSIER_QUERY_WALK_GRAPH_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "query/execution.h"
#include "query/path_search.h"

namespace dossier {

class WalkGraph {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  struct Point {
    VertexId vertex;
    uint32_t state = 0;
    uint32_t length = 0;
    uint32_t last_step = kNone;  // a list of the steps that lead here
    long double walks = 0;       // how many walks lead here
  };
  struct Step {
    uint32_t from = kNone;  // a point; none: the walk begins with this step
    uint32_t next = kNone;  // in the list
    EdgeId edge;
    uint32_t annotation = 0;
  };
  // Where walks end: points in rising order of length, and the number of walks to all of them.
  struct End {
    VertexId vertex;
    std::vector<uint32_t> points;
    uint32_t lengths = 0;  // different ones
    long double walks = 0;
  };

  // All must outlive the graph.
  WalkGraph(PathAutomaton* automaton, EvaluationContext* context);

  // Searches from `start` until each end is reached by walks of `lengths` different lengths, or `target` (where it is
  // valid) is, or, with `enough` > 0, by so many walks; or until there is nowhere left to go. `single`: one step into
  // each point will do. `restrictor` is a hint: walks that it surely forbids need not be followed. False: failed.
  struct Bounds {
    VertexId target;
    uint32_t lengths = 1;
    long double enough = 0;
    bool single = false;
    PathRestrictor restrictor;
  };
  bool Search(VertexId start, const Bounds& bounds);

  const std::vector<End>& ends() const { return ends_; }
  size_t point_count() const { return points_.size(); }
  const Point& point(uint32_t number) const { return points_[number]; }
  const Step& step(uint32_t number) const { return steps_[number]; }

 private:
  struct Visits {
    uint32_t last_point = kNone;
    uint32_t lengths = 0;
  };

  bool Expand(uint32_t number, const Bounds& bounds);
  void Reach(uint32_t from, const PathAutomaton::Transition& way, uint32_t length, const Bounds& bounds);
  bool FinishLevel(size_t from, size_t to, const Bounds& bounds);
  bool Satisfied(const Bounds& bounds) const;
  bool HoldMemory();

  PathAutomaton& automaton_;
  EvaluationContext& context_;
  SearchTicker ticker_;
  VertexId start_;
  std::vector<Point> points_;
  std::vector<Step> steps_;
  std::vector<End> ends_;
  absl::flat_hash_map<uint64_t, Visits> visits_;  // by vertex and state
  absl::flat_hash_map<VertexId, uint32_t> end_index_;
  std::vector<PathAutomaton::Transition> ways_;
  HeldMemory held_;
};

// Reads the walks of a graph back, one after the other.
class WalkReader {
 public:
  explicit WalkReader(const WalkGraph* graph) : graph_(*graph) {}

  // From now on: walks that end in point `number`, and keep the restrictor.
  void Begin(uint32_t number, const PathRestrictor& restrictor);
  // False when there is none left.
  bool Next(WalkedPath* walk);

 private:
  struct Turn {
    uint32_t point;
    uint32_t step;  // the next one to try
  };
  bool Allows(const WalkGraph::Step& step) const;
  void Write(WalkedPath* walk) const;

  const WalkGraph& graph_;
  PathRestrictor restrictor_;
  std::vector<Turn> turns_;      // from the end of the walk to its beginning
  std::vector<uint32_t> taken_;  // the steps taken, in the same order
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_WALK_GRAPH_H_
