// Every path that the pattern and its restrictor allow, depth first: what is kept is the path at hand, with the ways
// on from each of its vertices that are not tried yet. The way back is on the heap, so that a path may be as long as
// its limit allows on a thread with the smallest of stacks.
//
// The restrictor is tested while a path grows: what cannot become a trail, a simple or an acyclic path is not followed
// further. A search that takes long looks once at all vertices and states that it can ever come to, and from then on
// goes only where some walk still leads to a match. Walks are counted without being listed: many of them meet in the
// same vertex and state after the same number of edges, and from there on are as good as one.
#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "query/execution.h"
#include "query/path_search.h"

namespace dossier {
namespace {

using Transition = PathAutomaton::Transition;

// The edges and vertices of the path at hand: searched while it is short, hashed once it is long.
class UsedElements {
 public:
  void Clear() {
    hashed_ = false;
    edges_.clear();
    vertices_.clear();
  }
  bool HasEdge(const WalkedPath& path, EdgeId edge) {
    Hash(path);
    return hashed_ ? edges_.contains(edge) : std::find(path.edges.begin(), path.edges.end(), edge) != path.edges.end();
  }
  bool HasVertex(const WalkedPath& path, VertexId vertex) {
    Hash(path);
    return hashed_ ? vertices_.contains(vertex)
                   : std::find(path.vertices.begin(), path.vertices.end(), vertex) != path.vertices.end();
  }
  void Push(EdgeId edge, VertexId vertex) {
    if (!hashed_) return;
    edges_.insert(edge);
    vertices_.insert(vertex);
  }
  void Pop(EdgeId edge, VertexId vertex) {
    if (!hashed_) return;
    edges_.erase(edge);
    vertices_.erase(vertex);
  }

 private:
  static constexpr size_t kShort = 32;
  void Hash(const WalkedPath& path) {
    if (hashed_ || path.edges.size() < kShort) return;
    hashed_ = true;
    edges_.insert(path.edges.begin(), path.edges.end());
    vertices_.insert(path.vertices.begin(), path.vertices.end());
  }

  bool hashed_ = false;
  absl::flat_hash_set<EdgeId> edges_;
  absl::flat_hash_set<VertexId> vertices_;  // exact only where no vertex comes twice, and asked for only then
};

class PathEnumerator : public PathSearch {
 public:
  PathEnumerator(PathAutomaton* automaton, EvaluationContext* context)
      : automaton_(*automaton),
        context_(*context),
        restrictor_(automaton->pattern().restrictor),
        ticker_(context),
        held_(context->state()) {}

  bool Begin(VertexId start, VertexId) override {
    path_.Clear();
    used_.Clear();
    depth_ = 0;
    steps_ = 0;
    knows_useful_ = false;
    useful_.clear();
    held_.Clear();
    start_ = start;
    Frame& first = PushFrame();
    return automaton_.Start(start, &first.ways);
  }

  const WalkedPath* Next() override {
    while (depth_ > 0) {
      Frame& frame = frames_[depth_ - 1];
      if (frame.next == frame.ways.size()) {
        --depth_;
        if (depth_ > 0) {
          if (depth_ > 1) used_.Pop(path_.edges.back(), path_.vertices.back());
          path_.Pop();
        }
        continue;
      }
      const Transition way = frame.ways[frame.next++];
      if (!ticker_.Tick()) return nullptr;
      if (++steps_ == kPatience && !automaton_.program().needs_history && !FindUseful()) return nullptr;
      if (way.edge.valid() && !Allows(way)) continue;
      if (knows_useful_ && !useful_.contains({way.vertex, way.state})) continue;
      path_.Push(way.edge, way.vertex, way.annotation);
      if (way.edge.valid()) used_.Push(way.edge, way.vertex);
      Frame& next = PushFrame();
      if (automaton_.goes_on(way.state) && !Closed()) {
        if (!automaton_.Step(way.vertex, way.state, &path_, &next.ways)) return nullptr;
        if (!next.ways.empty() && !CheckPathLength(path_.edges.size() + 1, &context_)) return nullptr;
      }
      if (!automaton_.accepts(way.state)) continue;
      return &path_;
    }
    return nullptr;
  }

  bool Count(std::vector<PathCount>* counts) override {
    if (!restrictor_.restricts() && !automaton_.program().needs_history) return CountWalks(counts);
    absl::flat_hash_map<VertexId, long double> by_end;
    while (const WalkedPath* found = Next()) ++by_end[found->vertices.back()];
    for (const auto& [end, paths] : by_end) counts->push_back({end, paths});
    return !context_.failed();
  }

 private:
  using Place = std::pair<VertexId, uint32_t>;   // with a state
  static constexpr uint64_t kPatience = 10'000;  // steps
  struct Frame {
    std::vector<Transition> ways;
    size_t next = 0;
  };

  Frame& PushFrame() {
    if (frames_.size() == depth_) frames_.emplace_back();
    Frame& frame = frames_[depth_++];
    frame.ways.clear();
    frame.next = 0;
    return frame;
  }

  bool Allows(const Transition& way) {
    if (restrictor_.edges_once && used_.HasEdge(path_, way.edge)) return false;
    switch (restrictor_.vertices) {
      case PathRestrictor::Vertices::kFree:
        return true;
      case PathRestrictor::Vertices::kOnce:
        return !used_.HasVertex(path_, way.vertex);
      case PathRestrictor::Vertices::kOnceOrClose:
        return way.vertex == path_.vertices.front() || !used_.HasVertex(path_, way.vertex);
    }
    return true;
  }

  // A simple path that has come back to its beginning ends there.
  bool Closed() const {
    return restrictor_.vertices == PathRestrictor::Vertices::kOnceOrClose && path_.vertices.size() > 1 &&
           path_.vertices.front() == path_.vertices.back();
  }

  // From which vertices and states a walk leads to a match, among those that can be reached from the start.
  bool FindUseful() {
    std::vector<Place> places;
    std::vector<std::pair<uint32_t, uint32_t>> steps;  // from place, to place
    absl::flat_hash_map<Place, uint32_t> numbers;
    std::vector<Transition> ways;
    const auto reach = [&](const Transition& way) {
      const Place place{way.vertex, way.state};
      const auto [at, is_new] = numbers.try_emplace(place, static_cast<uint32_t>(places.size()));
      if (is_new) places.push_back(place);
      return at->second;
    };
    if (!automaton_.Start(start_, &ways)) return false;
    for (const Transition& way : ways) reach(way);
    for (uint32_t from = 0; from < places.size(); ++from) {
      const auto [vertex, state] = places[from];
      if (!automaton_.goes_on(state)) continue;
      ways.clear();
      if (!ticker_.Tick() || !automaton_.Step(vertex, state, nullptr, &ways)) return false;
      for (const Transition& way : ways) steps.emplace_back(reach(way), from);
    }
    absl::Status held = held_.Add(places.size() * 3 * sizeof(Place));
    if (!held.ok()) {
      context_.Fail(std::move(held));
      return false;
    }
    std::sort(steps.begin(), steps.end());
    std::vector<uint32_t> open;
    for (uint32_t i = 0; i < places.size(); ++i) {
      if (automaton_.accepts(places[i].second) && useful_.insert(places[i]).second) open.push_back(i);
    }
    while (!open.empty()) {
      const uint32_t to = open.back();
      open.pop_back();
      for (auto step = std::lower_bound(steps.begin(), steps.end(), std::pair{to, uint32_t{0}});
           step != steps.end() && step->first == to; ++step) {
        if (useful_.insert(places[step->second]).second) open.push_back(step->second);
      }
    }
    knows_useful_ = true;
    return true;
  }

  // Level by level, how many walks lead to each vertex and state.
  bool CountWalks(std::vector<PathCount>* counts) {
    absl::flat_hash_map<VertexId, long double> by_end;
    using Level = absl::flat_hash_map<Place, long double>;
    Level level;
    std::vector<Transition> ways;
    std::swap(ways, frames_.front().ways);
    for (const Transition& way : ways) level[{way.vertex, way.state}] += 1;
    for (size_t edges = 0; !level.empty(); ++edges) {
      Level next;
      if (!CheckPathLength(edges, &context_)) return false;
      for (const auto& [at, paths] : level) {
        if (automaton_.accepts(at.second)) by_end[at.first] += paths;
        if (!automaton_.goes_on(at.second)) continue;
        ways.clear();
        if (!ticker_.Tick() || !automaton_.Step(at.first, at.second, nullptr, &ways)) return false;
        for (const Transition& way : ways) next[{way.vertex, way.state}] += paths;
      }
      level = std::move(next);
    }
    for (const auto& [end, paths] : by_end) counts->push_back({end, paths});
    return true;
  }

  PathAutomaton& automaton_;
  EvaluationContext& context_;
  const PathRestrictor restrictor_;
  SearchTicker ticker_;
  WalkedPath path_;
  UsedElements used_;
  std::vector<Frame> frames_;  // kept for their memory; `depth_` are in use
  size_t depth_ = 0;
  VertexId start_;
  uint64_t steps_ = 0;
  bool knows_useful_ = false;
  absl::flat_hash_set<Place> useful_;
  HeldMemory held_;
};

}  // namespace

std::unique_ptr<PathSearch> MakePathEnumerator(PathAutomaton* automaton, EvaluationContext* context) {
  return std::make_unique<PathEnumerator>(automaton, context);
}

}  // namespace dossier
