#include "graph/time_bounds.h"

namespace dossier {
namespace {

// Makes each limit one that some start before its end reaches; nothing if there is none.
std::optional<TimeBounds> Tightened(TimeBounds t) {
  if (t.earliest_start >= t.latest_end) return std::nullopt;
  t.latest_start = std::min(t.latest_start, t.latest_end - 1);
  t.earliest_end = std::max(t.earliest_end, t.earliest_start + 1);
  return t;
}

}  // namespace

TimeBounds KnownUntil(const TimeBounds& t, int64_t said) {
  if (!t.IsOpenEnded()) return t;
  TimeBounds known = t;
  known.earliest_end = std::max(said, t.earliest_start + 1);
  return known;
}

std::optional<TimeBounds> Intersection(const TimeBounds& a, const TimeBounds& b) {
  return Tightened({std::max(a.earliest_start, b.earliest_start), std::max(a.latest_start, b.latest_start),
                    std::min(a.earliest_end, b.earliest_end), std::min(a.latest_end, b.latest_end)});
}

TimeBounds Hull(const TimeBounds& a, const TimeBounds& b) {
  return {std::min(a.earliest_start, b.earliest_start), std::max(a.latest_start, b.latest_start),
          std::min(a.earliest_end, b.earliest_end), std::max(a.latest_end, b.latest_end)};
}

std::optional<TimeBounds> FromStartToEnd(const TimeBounds& start, const TimeBounds& end) {
  return Tightened({start.earliest_start, start.latest_start, end.earliest_end, end.latest_end});
}

}  // namespace dossier
