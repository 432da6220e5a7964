#include "query/path_binding.h"

#include <algorithm>

namespace dossier {
namespace {

constexpr size_t kNowhere = static_cast<size_t>(-1);

// What the marks of a path say, gathered by variable while the path is read from its first vertex.
class Binder {
 public:
  Binder(const PathAutomaton& automaton, const WalkedPath& walked)
      : elements_(automaton.pattern().elements),
        walked_(walked),
        reversed_(automaton.program().reversed),
        found_(elements_.size()) {}

  void Read(size_t position, const Neighbor& here, std::span<const uint32_t> marks) {
    for (const uint32_t mark : marks) {
      const PathMark::Kind kind = PathMark::KindOf(mark);
      if (kind == PathMark::Kind::kBranch || kind == PathMark::Kind::kRepeat) continue;
      const uint32_t number = PathMark::NumberOf(mark);
      Found& found = found_[number];
      switch (elements_[number].kind) {
        case ElementVariable::Kind::kVertex:
          found.values.push_back(Value::Vertex(here.vertex));
          break;
        case ElementVariable::Kind::kEdge:
          found.values.push_back(Value::Edge(here.edge));
          break;
        case ElementVariable::Kind::kPath:
          // The end of one round and the beginning of the next share a vertex. Beginnings are marked before ends, so
          // one that comes while a path is open waits for its end.
          if (kind == PathMark::Kind::kPathBegins) {
            (found.open == kNowhere ? found.open : found.waiting) = position;
          } else {
            found.values.push_back(Part(found.open, position, here));
            found.open = std::exchange(found.waiting, kNowhere);
          }
          break;
      }
    }
  }

  void Finish(bool lists_only, EvaluationContext* context) {
    for (size_t i = 0; i < elements_.size(); ++i) {
      List& values = found_[i].values;
      Value& local = context->local(elements_[i].local);
      if (elements_[i].group) {
        if (reversed_) std::reverse(values.begin(), values.end());
        local = Value::OfList(std::move(values));
      } else if (!lists_only) {
        local = values.empty() ? Value::Null() : std::move(values.back());
      }
    }
  }

 private:
  struct Found {
    List values;
    size_t open = kNowhere, waiting = kNowhere;  // where a parenthesised path began
  };

  Value Part(size_t from, size_t to, const Neighbor& last) const {
    WalkedPath part;
    const size_t walked_to = std::min(to + 1, walked_.vertices.size());
    part.vertices.assign(walked_.vertices.begin() + static_cast<ptrdiff_t>(from),
                         walked_.vertices.begin() + static_cast<ptrdiff_t>(walked_to));
    const size_t edges_to = std::min(to, walked_.edges.size());
    if (from < edges_to) {
      part.edges.assign(walked_.edges.begin() + static_cast<ptrdiff_t>(from),
                        walked_.edges.begin() + static_cast<ptrdiff_t>(edges_to));
    }
    if (to == walked_.vertices.size()) {
      part.vertices.push_back(last.vertex);
      if (last.edge.valid() && to > from) part.edges.push_back(last.edge);
    }
    return Value::OfPath(WrittenPath(part, reversed_));
  }

  const std::vector<ElementVariable>& elements_;
  const WalkedPath& walked_;
  const bool reversed_;
  std::vector<Found> found_;
};

}  // namespace

Path WrittenPath(const WalkedPath& walked, bool reversed) {
  if (!reversed) return {walked.vertices, walked.edges};
  return {{walked.vertices.rbegin(), walked.vertices.rend()}, {walked.edges.rbegin(), walked.edges.rend()}};
}

void BindElements(const PathAutomaton& automaton, const WalkedPath& walked, const Neighbor& next,
                  std::span<const uint32_t> marks, bool lists_only, EvaluationContext* context) {
  Binder binder(automaton, walked);
  for (size_t i = 0; i < walked.vertices.size(); ++i) {
    const EdgeId edge = i == 0 ? EdgeId() : walked.edges[i - 1];
    binder.Read(i, {walked.vertices[i], edge}, automaton.marks(walked.annotations[i]));
  }
  if (next.vertex.valid()) binder.Read(walked.vertices.size(), next, marks);
  binder.Finish(lists_only, context);
}

}  // namespace dossier
