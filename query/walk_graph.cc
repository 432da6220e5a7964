#include "query/walk_graph.h"

#include <algorithm>
#include <utility>

namespace dossier {
namespace {

uint64_t Place(VertexId vertex, uint32_t state) { return static_cast<uint64_t>(vertex.value) << 32 | state; }

}  // namespace

WalkGraph::WalkGraph(PathAutomaton* automaton, EvaluationContext* context)
    : automaton_(*automaton), context_(*context), ticker_(context), held_(context->state()) {}

bool WalkGraph::Search(VertexId start, const Bounds& bounds) {
  start_ = start;
  held_.Clear();
  points_.clear();
  steps_.clear();
  ends_.clear();
  visits_.clear();
  end_index_.clear();
  ways_.clear();
  if (!automaton_.Start(start, &ways_)) return false;
  for (const PathAutomaton::Transition& way : ways_) Reach(kNone, way, 0, bounds);
  for (size_t from = 0, length = 0; from < points_.size(); ++length) {
    const size_t to = points_.size();
    if (!FinishLevel(from, to, bounds) || !CheckPathLength(length, &context_)) return false;
    if (Satisfied(bounds)) break;
    for (; from < to; ++from) {
      if (!ticker_.Tick() || !Expand(static_cast<uint32_t>(from), bounds)) return false;
    }
  }
  return true;
}

bool WalkGraph::Expand(uint32_t number, const Bounds& bounds) {
  const Point point = points_[number];
  if (!automaton_.goes_on(point.state)) return true;
  // A simple path ends where it comes back to its beginning.
  if (bounds.restrictor.vertices == PathRestrictor::Vertices::kOnceOrClose && point.length > 0 &&
      point.vertex == start_) {
    return true;
  }
  ways_.clear();
  if (!automaton_.Step(point.vertex, point.state, nullptr, &ways_)) return false;
  for (const PathAutomaton::Transition& way : ways_) {
    if (bounds.restrictor.vertices == PathRestrictor::Vertices::kOnce && way.vertex == start_) continue;
    Reach(number, way, point.length + 1, bounds);
  }
  return true;
}

void WalkGraph::Reach(uint32_t from, const PathAutomaton::Transition& way, uint32_t length, const Bounds& bounds) {
  Visits& visits = visits_[Place(way.vertex, way.state)];
  const bool known = visits.last_point != kNone && points_[visits.last_point].length == length;
  if (!known) {
    if (visits.lengths == bounds.lengths) return;
    ++visits.lengths;
    visits.last_point = static_cast<uint32_t>(points_.size());
    points_.push_back({.vertex = way.vertex, .state = way.state, .length = length});
  } else if (bounds.single) {
    return;
  }
  Point& point = points_[visits.last_point];
  steps_.push_back({.from = from, .next = point.last_step, .edge = way.edge, .annotation = way.annotation});
  point.last_step = static_cast<uint32_t>(steps_.size() - 1);
  point.walks += from == kNone ? 1 : points_[from].walks;
}

// Notes which of the points of one length are ends. (Their walks are all counted by now.)
bool WalkGraph::FinishLevel(size_t from, size_t to, const Bounds& bounds) {
  for (size_t i = from; i < to; ++i) {
    const Point& point = points_[i];
    if (!automaton_.accepts(point.state)) continue;
    const auto [at, is_new] = end_index_.try_emplace(point.vertex, static_cast<uint32_t>(ends_.size()));
    if (is_new) ends_.push_back({.vertex = point.vertex, .points = {}});
    End& end = ends_[at->second];
    const bool new_length = end.points.empty() || points_[end.points.back()].length != point.length;
    if (new_length && end.lengths == bounds.lengths) continue;
    if (bounds.enough > 0 && new_length && end.walks >= bounds.enough) continue;
    end.lengths += new_length ? 1 : 0;
    end.points.push_back(static_cast<uint32_t>(i));
    end.walks += point.walks;
  }
  return HoldMemory();
}

bool WalkGraph::Satisfied(const Bounds& bounds) const {
  if (!bounds.target.valid()) return false;
  const auto at = end_index_.find(bounds.target);
  if (at == end_index_.end()) return false;
  const End& end = ends_[at->second];
  return end.lengths == bounds.lengths || (bounds.enough > 0 && end.walks >= bounds.enough);
}

// Accounts for what has been added since the last call.
bool WalkGraph::HoldMemory() {
  const uint64_t now =
      points_.size() * (sizeof(Point) + sizeof(uint64_t) + sizeof(Visits)) + steps_.size() * sizeof(Step);
  if (now <= held_.bytes()) return true;
  absl::Status status = held_.Add(now - held_.bytes());
  if (status.ok()) return true;
  context_.Fail(std::move(status));
  return false;
}

// --- Reading walks back. ---

void WalkReader::Begin(uint32_t number, const PathRestrictor& restrictor) {
  restrictor_ = restrictor;
  turns_.assign(1, {number, graph_.point(number).last_step});
  taken_.clear();
}

bool WalkReader::Next(WalkedPath* walk) {
  while (!turns_.empty()) {
    Turn& turn = turns_.back();
    if (taken_.size() == turns_.size()) taken_.pop_back();  // this point's step before is done with
    if (turn.step == WalkGraph::kNone) {
      turns_.pop_back();
      continue;
    }
    const uint32_t number = turn.step;
    const WalkGraph::Step& step = graph_.step(number);
    turn.step = step.next;
    if (!Allows(step)) continue;
    taken_.push_back(number);
    if (step.from == WalkGraph::kNone) {
      Write(walk);
      return true;
    }
    turns_.push_back({step.from, graph_.point(step.from).last_step});
  }
  return false;
}

// Would the walk, from where `step` begins to its end, keep the restrictor?
bool WalkReader::Allows(const WalkGraph::Step& step) const {
  if (!restrictor_.restricts() || step.from == WalkGraph::kNone) return true;
  if (restrictor_.edges_once &&
      std::any_of(taken_.begin(), taken_.end(), [&](uint32_t other) { return graph_.step(other).edge == step.edge; })) {
    return false;
  }
  if (restrictor_.vertices == PathRestrictor::Vertices::kFree) return true;
  const WalkGraph::Point& before = graph_.point(step.from);
  const bool may_close = restrictor_.vertices == PathRestrictor::Vertices::kOnceOrClose && before.length == 0;
  for (size_t i = may_close ? 1 : 0; i < turns_.size(); ++i) {
    if (graph_.point(turns_[i].point).vertex == before.vertex) return false;
  }
  return true;
}

void WalkReader::Write(WalkedPath* walk) const {
  walk->Clear();
  for (size_t i = taken_.size(); i-- > 0;) {
    const WalkGraph::Step& step = graph_.step(taken_[i]);
    walk->Push(step.edge, graph_.point(turns_[i].point).vertex, step.annotation);
  }
}

}  // namespace dossier
