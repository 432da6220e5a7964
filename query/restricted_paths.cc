// Selectors over trails, acyclic and simple paths, and over patterns that have to look back at the whole path.
//
// Restrictor first, then selector: the shortest trail between two vertices may be longer than the shortest walk, and
// to know it one may have to try very many paths (the problem is NP-hard). Mostly one has not: where the shortest walks
// between two vertices contain trails, those are the shortest trails. So where one length is asked for, the graph of
// shortest walks is read first, and only ends that it leaves without a path are searched for further, breadth first
// over a tree of paths. The limits of time and memory hold for both.
//
// Walks that only have to be looked back at in part (a mode in parentheses, a condition on a list) could go round for
// ever. Outside of such parts, what a path may do next depends on where it is and on the lists that are read: a place
// that as many paths, or lengths of paths, have come to as are asked for needs no more of them. Inside of a part whose
// path a condition reads, all of the way matters; but where that condition is in_time_order() and no more, one instant.
#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "query/execution.h"
#include "query/walk_graph.h"

namespace dossier {
namespace {

using Transition = PathAutomaton::Transition;

class RestrictedPaths : public PathSearch {
 public:
  RestrictedPaths(PathAutomaton* automaton, EvaluationContext* context, PathChoice choice)
      : automaton_(*automaton),
        context_(*context),
        restrictor_(automaton->pattern().restrictor),
        choice_(choice),
        ticker_(context),
        graph_(automaton, context),
        reader_(&graph_),
        held_(context->state()) {}

  bool Begin(VertexId start, VertexId target) override {
    start_ = start;
    target_ = target;
    tree_.clear();
    held_.Clear();
    ends_.clear();
    visits_.clear();
    wanted_.clear();
    end_ = point_ = next_ = 0;
    given_ = 0;
    reading_ = false;
    in_tree_ = true;
    knows_wanted_ = target.valid();
    if (target.valid()) wanted_.insert(target);
    if (!automaton_.program().needs_history) {
      // Ends that no walk reaches need not be looked for. The graph itself answers where one length is asked for.
      in_tree_ = choice_.count != 1;
      knows_wanted_ = true;
      wanted_.clear();
      if (!graph_.Search(start, {.target = target, .restrictor = restrictor_})) return false;
      for (const WalkGraph::End& end : graph_.ends()) {
        if (!target.valid() || end.vertex == target) wanted_.insert(end.vertex);
      }
      // Where no walk of the graph can break the restrictor, they need not be looked at one by one.
      to_test_ = GraphKeepsRestrictor() ? PathRestrictor() : restrictor_;
    }
    return !in_tree_ || PlantTree();
  }

  const WalkedPath* Next() override {
    if (!in_tree_) {
      if (NextOfGraph()) return &found_;
      in_tree_ = true;
      if (context_.failed() || wanted_.empty() || !PlantTree()) return nullptr;
    }
    return NextOfTree() ? &found_ : nullptr;
  }

  bool Count(std::vector<PathCount>* counts) override {
    absl::flat_hash_map<VertexId, long double> by_end;
    if (!in_tree_ && choice_.kind == PathSelector::Kind::kGroups && !to_test_.restricts()) {
      for (const WalkGraph::End& end : graph_.ends()) counts->push_back({end.vertex, end.walks});
      return true;
    }
    while (const WalkedPath* found = Next()) ++by_end[found->vertices.back()];
    for (const auto& [end, paths] : by_end) counts->push_back({end, paths});
    return !context_.failed();
  }

 private:
  static constexpr uint32_t kNone = WalkGraph::kNone;

  struct TreePath {
    uint32_t parent = kNone;
    uint32_t length = 0;
    Transition last;
  };
  struct End {
    int64_t given = 0;    // paths, or different lengths
    uint32_t length = 0;  // of the last one
  };

  // --- From the graph of shortest walks. ---

  bool NextOfGraph() {
    for (; end_ < graph_.ends().size(); ++end_, point_ = 0, given_ = 0) {
      const WalkGraph::End& end = graph_.ends()[end_];
      while (point_ < end.points.size() && (choice_.kind == PathSelector::Kind::kGroups || given_ == 0)) {
        if (!ticker_.Tick()) return false;
        if (!reading_) reader_.Begin(end.points[point_], to_test_);
        reading_ = reader_.Next(&found_);
        if (reading_) {
          ++given_;
          wanted_.erase(end.vertex);
          return true;
        }
        ++point_;
      }
      reading_ = false;
    }
    return false;
  }

  // Does no walk of the graph use an edge (or a vertex) twice? Surely where each occurs at one length only.
  bool GraphKeepsRestrictor() const {
    absl::flat_hash_map<uint32_t, uint32_t> length_of;
    const bool edges = restrictor_.vertices == PathRestrictor::Vertices::kFree;
    for (size_t i = 0; i < graph_.point_count(); ++i) {
      const WalkGraph::Point& point = graph_.point(static_cast<uint32_t>(i));
      if (!edges) {
        if (length_of.try_emplace(point.vertex.value, point.length).first->second != point.length) return false;
        continue;
      }
      for (uint32_t step = point.last_step; step != kNone; step = graph_.step(step).next) {
        const EdgeId edge = graph_.step(step).edge;
        if (edge.valid() && length_of.try_emplace(edge.value, point.length).first->second != point.length) return false;
      }
    }
    return true;
  }

  // --- From the tree of paths. ---

  bool PlantTree() {
    std::vector<Transition> starts;
    if (!automaton_.Start(start_, &starts)) return false;
    for (const Transition& start : starts) tree_.push_back({kNone, 0, start});
    return true;
  }

  bool NextOfTree() {
    for (; next_ < tree_.size(); ++next_) {
      const auto number = static_cast<uint32_t>(next_);
      const TreePath path = tree_[number];
      if (knows_wanted_ && wanted_.empty()) return false;
      if (!ticker_.Tick()) return false;
      Write(number, &path_);
      const bool matches = automaton_.accepts(path.last.state) && Keeps(path);
      if (!Grow(number, path)) return false;
      if (!matches) continue;
      found_ = path_;
      ++next_;
      return true;
    }
    return false;
  }

  // Takes a match in, unless its end has enough of them.
  bool Keeps(const TreePath& path) {
    const VertexId vertex = path.last.vertex;
    if (knows_wanted_ && !wanted_.contains(vertex)) return false;
    End& end = ends_[vertex];
    const bool kept = Take(&end, path.length);
    const bool groups = choice_.kind == PathSelector::Kind::kGroups;
    if (groups ? !kept : end.given == choice_.count) wanted_.erase(vertex);
    return kept;
  }

  bool Grow(uint32_t number, const TreePath& path) {
    if (!automaton_.goes_on(path.last.state)) return true;
    if (restrictor_.vertices == PathRestrictor::Vertices::kOnceOrClose && path.length > 0 &&
        path.last.vertex == start_) {
      return true;
    }
    ways_.clear();
    if (!automaton_.Step(path.last.vertex, path.last.state, &path_, &ways_)) return false;
    for (const Transition& way : ways_) {
      if (Allows(way) && IsWorthwhile(way, path.length + 1)) tree_.push_back({number, path.length + 1, way});
    }
    if (ways_.empty()) return true;
    absl::Status status = held_.Add(ways_.size() * sizeof(TreePath));
    if (status.ok()) return CheckPathLength(path.length + 1, &context_);
    context_.Fail(std::move(status));
    return false;
  }

  // Takes a visit in, unless the place has enough of them.
  bool IsWorthwhile(const Transition& way, uint32_t length) {
    if (restrictor_.restricts()) return true;
    std::vector<uint32_t> place = {way.vertex.value};
    if (!automaton_.DescribeFuture(way, path_, &place)) return true;
    place.push_back(kNone);
    for (const uint32_t list : automaton_.program().read_lists) {
      const uint32_t mark = PathMark::Of(PathMark::Kind::kElement, list);
      const bool edges = automaton_.pattern().elements[list].kind == ElementVariable::Kind::kEdge;
      const auto add = [&](uint32_t annotation, VertexId vertex, EdgeId edge) {
        const std::vector<uint32_t>& marks = automaton_.marks(annotation);
        const auto times = std::count(marks.begin(), marks.end(), mark);
        place.insert(place.end(), static_cast<size_t>(times), edges ? edge.value : vertex.value);
      };
      for (size_t i = 0; i < path_.vertices.size(); ++i) {
        add(path_.annotations[i], path_.vertices[i], i == 0 ? EdgeId() : path_.edges[i - 1]);
      }
      add(way.annotation, way.vertex, way.edge);
      place.push_back(kNone);
    }
    return Take(&visits_[std::move(place)], length);
  }

  // One more path of this length, unless there are enough.
  bool Take(End* end, uint32_t length) const {
    if (choice_.kind != PathSelector::Kind::kGroups) return end->given < choice_.count && ++end->given > 0;
    if (end->given > 0 && end->length == length) return true;
    if (end->given == choice_.count) return false;
    ++end->given;
    end->length = length;
    return true;
  }

  bool Allows(const Transition& way) const {
    if (restrictor_.edges_once && std::find(path_.edges.begin(), path_.edges.end(), way.edge) != path_.edges.end()) {
      return false;
    }
    if (restrictor_.vertices == PathRestrictor::Vertices::kFree) return true;
    if (restrictor_.vertices == PathRestrictor::Vertices::kOnceOrClose && way.vertex == start_) return true;
    return std::find(path_.vertices.begin(), path_.vertices.end(), way.vertex) == path_.vertices.end();
  }

  void Write(uint32_t number, WalkedPath* path) const {
    const size_t length = tree_[number].length;
    path->vertices.resize(length + 1);
    path->annotations.resize(length + 1);
    path->edges.resize(length);
    for (; number != kNone; number = tree_[number].parent) {
      const TreePath& at = tree_[number];
      path->vertices[at.length] = at.last.vertex;
      path->annotations[at.length] = at.last.annotation;
      if (at.length > 0) path->edges[at.length - 1] = at.last.edge;
    }
  }

  PathAutomaton& automaton_;
  EvaluationContext& context_;
  const PathRestrictor restrictor_;
  const PathChoice choice_;
  SearchTicker ticker_;
  VertexId start_, target_;

  WalkGraph graph_;
  WalkReader reader_;
  WalkedPath found_;
  size_t end_ = 0, point_ = 0;
  int64_t given_ = 0;
  bool reading_ = false;
  PathRestrictor to_test_;  // what walks of the graph may still break

  bool in_tree_ = false;
  std::vector<TreePath> tree_;
  HeldMemory held_;
  size_t next_ = 0;
  WalkedPath path_;
  std::vector<Transition> ways_;
  absl::flat_hash_map<VertexId, End> ends_;
  absl::flat_hash_map<std::vector<uint32_t>, End> visits_;  // by vertex, state and lists
  // Ends that may still get a path, where they are known.
  bool knows_wanted_ = false;
  absl::flat_hash_set<VertexId> wanted_;
};

}  // namespace

std::unique_ptr<PathSearch> MakeRestrictedPaths(PathAutomaton* automaton, EvaluationContext* context,
                                                PathChoice choice) {
  return std::make_unique<RestrictedPaths>(automaton, context, choice);
}

}  // namespace dossier
