// Every path that the pattern and its restrictor allow, depth first: what is kept is the path at hand, with the ways
// on from each of its vertices that are not tried yet. The way back is on the heap, so that a path may be as long as
// its limit allows on a thread with the smallest of stacks.
//
// The restrictor is tested while a path grows: what cannot become a trail, a simple or an acyclic path is not followed
// further. Walks are counted without being listed: many of them meet in the same vertex and state after the same
// number of edges, and from there on are as good as one.
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
      : automaton_(*automaton), context_(*context), restrictor_(automaton->pattern().restrictor), ticker_(context) {}

  bool Begin(VertexId start, VertexId) override {
    path_.Clear();
    used_.Clear();
    depth_ = 0;
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
      if (way.edge.valid() && !Allows(way)) continue;
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

  // Level by level, how many walks lead to each vertex and state.
  bool CountWalks(std::vector<PathCount>* counts) {
    absl::flat_hash_map<VertexId, long double> by_end;
    using Level = absl::flat_hash_map<std::pair<VertexId, uint32_t>, long double>;
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
};

}  // namespace

std::unique_ptr<PathSearch> MakePathEnumerator(PathAutomaton* automaton, EvaluationContext* context) {
  return std::make_unique<PathEnumerator>(automaton, context);
}

}  // namespace dossier
