// Selectors over walks: the graph of all shortest walks from a vertex (walk_graph.h), then for each end as many of them
// as are asked for.
#include <algorithm>

#include "query/walk_graph.h"

namespace dossier {
namespace {

class ShortestWalks : public PathSearch {
 public:
  ShortestWalks(PathAutomaton* automaton, EvaluationContext* context, PathChoice choice)
      : choice_(choice), graph_(automaton, context), reader_(&graph_) {}

  bool Begin(VertexId start, VertexId target) override {
    end_ = point_ = 0;
    given_ = 0;
    reading_ = false;
    const bool groups = choice_.kind == PathSelector::Kind::kGroups;
    constexpr int64_t kMostLengths = std::numeric_limits<uint32_t>::max() - 1;
    WalkGraph::Bounds bounds{.target = target,
                             .lengths = static_cast<uint32_t>(std::min(choice_.count, kMostLengths)),
                             .enough = groups ? 0 : static_cast<long double>(choice_.count),
                             .single = !groups && choice_.count == 1,
                             .restrictor = {}};
    return graph_.Search(start, bounds);
  }

  const WalkedPath* Next() override {
    for (; end_ < graph_.ends().size(); ++end_, point_ = 0, given_ = 0) {
      const WalkGraph::End& end = graph_.ends()[end_];
      while (point_ < end.points.size() && !IsEnough(given_)) {
        if (!reading_) reader_.Begin(end.points[point_], {});
        reading_ = reader_.Next(&found_);
        if (reading_) {
          ++given_;
          return &found_;
        }
        ++point_;
      }
      reading_ = false;
    }
    return nullptr;
  }

  bool Count(std::vector<PathCount>* counts) override {
    for (const WalkGraph::End& end : graph_.ends()) {
      const bool all = choice_.kind == PathSelector::Kind::kGroups;
      counts->push_back({end.vertex, all ? end.walks : std::min(end.walks, static_cast<long double>(choice_.count))});
    }
    return true;
  }

 private:
  bool IsEnough(int64_t given) const { return choice_.kind != PathSelector::Kind::kGroups && given >= choice_.count; }

  const PathChoice choice_;
  WalkGraph graph_;
  WalkReader reader_;
  WalkedPath found_;
  size_t end_ = 0, point_ = 0;
  int64_t given_ = 0;  // for the present end
  bool reading_ = false;
};

}  // namespace

std::unique_ptr<PathSearch> MakeShortestWalks(PathAutomaton* automaton, EvaluationContext* context, PathChoice choice) {
  return std::make_unique<ShortestWalks>(automaton, context, choice);
}

}  // namespace dossier
