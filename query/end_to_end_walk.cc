// The shortest walks over one repeated edge between two vertices that are both known: breadth first from both ends,
// level after level, always on the side with less to look at, until the two meet. Each side sees a small part of what a
// search from one end would. How many such walks there are comes out of the same search: each vertex of a level knows
// how many walks lead to it.
//
// After a levels from one end and b from the other without a meeting there is no walk of a + b edges or fewer; so where
// they first meet, they meet in walks that are shortest, and on the last level of the other side. Where one walk is
// enough the search ends there, in the middle of a level: the last is the largest.
#include <algorithm>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "query/edge_walk.h"
#include "query/element_test.h"
#include "query/execution.h"
#include "query/path_search.h"
#include "query/vertex_table.h"

namespace dossier {
namespace {

// The one edge of a path that is nothing but that edge, repeated; null for any other.
const BoundFactor* RepeatedEdge(const BoundPathPattern& pattern) {
  if (pattern.path.terms.size() != 1) return nullptr;
  const BoundFactor* found = nullptr;
  for (const BoundFactor& factor : pattern.path.terms.front().factors) {
    if (std::holds_alternative<BoundGroup>(factor.element)) return nullptr;
    if (std::holds_alternative<NodeTest>(factor.element)) continue;
    if (found != nullptr || !factor.quantifier.has_value()) return nullptr;
    found = &factor;
  }
  return found;
}

class EndToEndWalk : public PathSearch {
 public:
  EndToEndWalk(PathAutomaton* automaton, EvaluationContext* context, PathChoice choice, const BoundFactor& factor)
      : automaton_(*automaton),
        context_(*context),
        choice_(choice),
        counts_(choice.kind == PathSelector::Kind::kGroups),
        edge_(std::get<EdgeTest>(factor.element)),
        plain_(IsPlain(edge_)),
        least_(factor.quantifier->min),
        most_(factor.quantifier->max.value_or(std::numeric_limits<int64_t>::max())),
        held_(context->state()) {}

  bool Begin(VertexId start, VertexId target) override {
    given_ = false;
    held_.Clear();
    // Round and back again: the two sides would begin where they have to meet.
    closes_ = start == target && least_ > 0;
    if (closes_) {
      if (from_one_end_ == nullptr) from_one_end_ = MakeShortestWalks(&automaton_, &context_, choice_);
      return from_one_end_->Begin(start, target);
    }
    sides_[0].Begin(start, counts_);
    sides_[1].Begin(target, counts_);
    length_ = -1;
    meetings_.clear();
    return Search(start, target);
  }

  const WalkedPath* Next() override {
    if (closes_) return from_one_end_->Next();
    if (given_ || length_ < 0) return nullptr;
    given_ = true;
    return Retell() ? &found_ : nullptr;
  }

  bool Count(std::vector<PathCount>* counts) override {
    if (closes_) return from_one_end_->Count(counts);
    if (length_ < 0 || !Retell()) return !context_.failed();
    long double paths = 0;
    for (const VertexId vertex : meetings_) {
      if (counts_) paths += sides_[0].walks.Find(vertex)->walks * sides_[1].walks.Find(vertex)->walks;
    }
    counts->push_back({found_.vertices.back(), counts_ ? paths : 1});
    return true;
  }

 private:
  // Which edge led there is looked up again for the walk that is told: what is not read need not come from memory.
  struct Reached {
    VertexId vertex;
    uint32_t depth = 0;
    VertexId before;  // the vertex nearer to the end where this side began
  };
  struct Walks {
    VertexId vertex;
    long double walks = 0;  // that are shortest to there
  };
  struct Side {
    VertexTable<Reached> reached;
    VertexTable<Walks> walks;     // where they are counted
    std::vector<VertexId> level;  // the last
    int64_t depth = 0;
    uint64_t held = 0;  // bytes that were accounted for

    void Begin(VertexId vertex, bool counts) {
      reached.Clear();
      reached.Insert(vertex);
      walks.Clear();
      if (counts) walks.Insert(vertex).first->walks = 1;
      level.assign(1, vertex);
      depth = 0;
      held = 0;
    }
  };

  bool Search(VertexId start, VertexId target) {
    if (start == target) {
      length_ = 0;
      meetings_.assign(1, start);
      return true;
    }
    while (length_ < 0 && !sides_[0].level.empty() && !sides_[1].level.empty() &&
           sides_[0].depth + sides_[1].depth < most_) {
      const size_t side = sides_[0].level.size() <= sides_[1].level.size() ? 0 : 1;
      if (!Advance(side)) return false;
      if (!CheckPathLength(static_cast<size_t>(sides_[0].depth + sides_[1].depth), &context_)) return false;
      if (counts_) {
        for (const VertexId vertex : sides_[side].level) {
          if (sides_[1 - side].reached.Find(vertex) != nullptr) meetings_.push_back(vertex);
        }
      }
      if (!meetings_.empty()) length_ = sides_[0].depth + sides_[1].depth;
    }
    return true;
  }

  // One level further, or to the first meeting where that is enough.
  bool Advance(size_t which) {
    Side& side = sides_[which];
    const Side& other = sides_[1 - which];
    std::vector<VertexId> next;
    uint64_t steps = 1;
    ++side.depth;
    const auto depth = static_cast<uint32_t>(side.depth);
    for (const VertexId vertex : side.level) {
      const long double walks = counts_ ? side.walks.Find(vertex)->walks : 0;
      ForEachVertex(which, vertex, &steps, [&](VertexId reached) {
        const auto [at, is_new] = side.reached.Insert(reached);
        if (is_new) {
          at->depth = depth;
          at->before = vertex;
          next.push_back(reached);
          if (!counts_ && other.reached.Find(reached) != nullptr) meetings_.push_back(reached);
        }
        if (counts_ && at->depth == depth) side.walks.Insert(reached).first->walks += walks;
        return meetings_.empty();
      });
      if (context_.failed()) return false;
      if (!meetings_.empty()) break;
    }
    side.level = std::move(next);
    const uint64_t bytes = side.reached.bytes() + side.walks.bytes();
    absl::Status status = held_.Add(bytes - side.held);
    side.held = bytes;
    if (!status.ok()) context_.Fail(std::move(status));
    return !context_.failed() && context_.Spend(steps);
  }

  bool Reversed(size_t which) const { return automaton_.program().reversed != (which == 1); }

  // Calls visit(vertex) for each vertex that an edge leads to from there, until it gives false; of a loop maybe twice.
  template <typename Visit>
  void ForEachVertex(size_t which, VertexId from, uint64_t* steps, const Visit& visit) {
    const View& view = context_.view();
    if (!plain_) {
      ForEachEdge(edge_, Reversed(which), from, view, [&](const Neighbor& step) {
        ++*steps;
        return HoldsFor(edge_, step.edge, context_) ? visit(step.vertex) : !context_.failed();
      });
      return;
    }
    ForEachList(edge_, Reversed(which), from, view, [&](const Neighbors& neighbors, bool all, bool) {
      *steps += neighbors.size();
      if (all) {
        const std::span<const VertexId> vertices = neighbors.vertices();
        return std::all_of(vertices.begin(), vertices.end(), visit);
      }
      return std::all_of(neighbors.begin(), neighbors.end(),
                         [&](const Neighbor& step) { return !view.Walks(step.edge) || visit(step.vertex); });
    });
  }

  // The first edge over which one is reached from the other.
  EdgeId EdgeBetween(size_t which, VertexId from, VertexId to) {
    EdgeId found;
    ForEachEdge(edge_, Reversed(which), from, context_.view(), [&](const Neighbor& step) {
      if (step.vertex != to || (!plain_ && !HoldsFor(edge_, step.edge, context_))) return !context_.failed();
      found = step.edge;
      return false;
    });
    return found;
  }

  // Reads one walk back, through the automaton, which says what its variables are bound to. False: the ends do not pass
  // the tests of their nodes (or the evaluation failed).
  bool Retell() {
    std::vector<Neighbor> steps;  // of the walk, from its beginning
    VertexId at = meetings_.front();
    while (sides_[0].reached.Find(at)->depth > 0) {
      const VertexId before = sides_[0].reached.Find(at)->before;
      steps.push_back({at, EdgeBetween(0, before, at)});
      at = before;
    }
    std::reverse(steps.begin(), steps.end());
    const VertexId start = at;
    at = meetings_.front();
    while (sides_[1].reached.Find(at)->depth > 0) {
      const VertexId before = sides_[1].reached.Find(at)->before;
      steps.push_back({before, EdgeBetween(1, before, at)});
      at = before;
    }
    if (context_.failed()) return false;
    found_.Clear();
    std::vector<PathAutomaton::Transition> ways;
    if (!automaton_.Start(start, &ways) || ways.empty()) return false;
    PathAutomaton::Transition way = ways.front();
    found_.Push(EdgeId(), start, way.annotation);
    for (const Neighbor& step : steps) {
      ways.clear();
      if (!automaton_.StepOver(found_.vertices.back(), way.state, step, &found_, &ways) || ways.empty()) return false;
      // Over the last edge, of the ways to read it one that ends there.
      const bool last = &step == &steps.back();
      const auto chosen = std::find_if(ways.begin(), ways.end(), [&](const PathAutomaton::Transition& other) {
        return last ? automaton_.accepts(other.state) : automaton_.goes_on(other.state);
      });
      if (chosen == ways.end()) return false;
      way = *chosen;
      found_.Push(step.edge, step.vertex, way.annotation);
    }
    return automaton_.accepts(way.state);
  }

  PathAutomaton& automaton_;
  EvaluationContext& context_;
  const PathChoice choice_;
  const bool counts_;  // how many shortest walks there are
  const EdgeTest& edge_;
  const bool plain_;
  const int64_t least_, most_;
  Side sides_[2];  // from the start, from the target
  int64_t length_ = -1;
  std::vector<VertexId> meetings_;  // where shortest walks are half done; none twice
  WalkedPath found_;
  bool given_ = false;
  bool closes_ = false;
  std::unique_ptr<PathSearch> from_one_end_;
  HeldMemory held_;
};

}  // namespace

std::unique_ptr<PathSearch> MakeEndToEndWalk(PathAutomaton* automaton, EvaluationContext* context, PathChoice choice,
                                             bool counted) {
  const BoundPathPattern& pattern = automaton->pattern();
  const PathProgram& program = automaton->program();
  const BoundFactor* factor = RepeatedEdge(pattern);
  if (factor == nullptr || factor->quantifier->min > 1 || pattern.restrictor.restricts()) return nullptr;
  if (choice.count != 1 || choice.kind == PathSelector::Kind::kAll) return nullptr;
  if (choice.kind == PathSelector::Kind::kGroups && !counted) return nullptr;
  // What is judged of more than one element.
  const bool checks =
      std::any_of(program.instructions.begin(), program.instructions.end(),
                  [](const auto& instruction) { return instruction.op == PathInstruction::Op::kCheck; });
  if (checks || program.needs_history || !program.registers.empty()) return nullptr;
  return std::make_unique<EndToEndWalk>(automaton, context, choice, *factor);
}

}  // namespace dossier
