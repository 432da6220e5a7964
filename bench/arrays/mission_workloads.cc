// The mission-shaped workloads on the tables of the others; m1 has its own (chains.h).
#include <algorithm>

#include "bench/arrays/workloads.h"

namespace dossier::bench {

// Whoever sits on every route sits on a shortest one. So one shortest route is walked from its beginning: a node on it
// is on every route where all that can be reached beside it, from what lies before it, leads no further than to it.
// That takes time in proportion to the graph, without the dominators of all the other nodes.
void Workloads::OnEveryRoute(uint32_t from, uint32_t to) {
  rows_.columns = 1;
  rows_.cells.clear();
  FindRoute(from, to);
  marked_.Clear();
  uint32_t furthest = 0;
  for (uint32_t i = 0; i + 1 < route_.size(); ++i) {
    if (i > 0 && furthest == i) rows_.cells.push_back(route_[i]);
    queue_.assign(1, route_[i]);
    while (!queue_.empty()) {
      const uint32_t node = queue_.back();
      queue_.pop_back();
      for (uint32_t j = transfers_.begin[node]; j < transfers_.begin[node + 1]; ++j) {
        const uint32_t next = transfers_.to[j];
        if (marked_too_.Contains(next)) {
          furthest = std::max(furthest, level_[next]);
        } else if (marked_.Add(next)) {
          queue_.push_back(next);
        }
      }
    }
  }
}

// A shortest route in route_, empty where there is none; its nodes are marked in marked_too_, with their places in
// level_.
void Workloads::FindRoute(uint32_t from, uint32_t to) {
  route_.clear();
  parent_.resize(level_.size());
  marked_.Clear();
  marked_.Add(from);
  queue_.assign(1, from);
  for (size_t next = 0; next < queue_.size() && !marked_.Contains(to); ++next) {
    const uint32_t node = queue_[next];
    for (uint32_t i = transfers_.begin[node]; i < transfers_.begin[node + 1]; ++i) {
      if (!marked_.Add(transfers_.to[i])) continue;
      parent_[transfers_.to[i]] = node;
      queue_.push_back(transfers_.to[i]);
    }
  }
  if (!marked_.Contains(to)) return;
  for (uint32_t node = to; node != from; node = parent_[node]) route_.push_back(node);
  route_.push_back(from);
  std::reverse(route_.begin(), route_.end());
  marked_too_.Clear();
  for (uint32_t i = 0; i < route_.size(); ++i) {
    marked_too_.Add(route_[i]);
    level_[route_[i]] = i;
  }
}

void Workloads::WhoCondemnedHoldsWhat(uint32_t event, uint32_t munition) {
  MarkKinds(munition);
  rows_.columns = 2;
  rows_.cells.clear();
  marked_.Clear();
  for (uint32_t i = about_.begin[event]; i < about_.begin[event + 1]; ++i) {
    const uint32_t actor = maker_[about_.to[i]];
    if (stance_[i] != kCondemn || is_state_[actor] == 0 || !marked_.Add(actor)) continue;
    held_.Clear();
    for (uint32_t j = holds_.begin[actor]; j < holds_.begin[actor + 1]; ++j) {
      const uint32_t type = holds_.to[j];
      if (kinds_.Contains(type) && held_.Add(type)) rows_.cells.insert(rows_.cells.end(), {actor, type});
    }
  }
}

}  // namespace dossier::bench
