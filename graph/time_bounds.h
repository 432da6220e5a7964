// When something was so, as far as it is known: four instants, and comparisons that say certainly or possibly.
//
// Something real has one start and one end: it fills the seconds [start, end), at least one of them. What a
// source says leaves both unknown within limits, and those four limits are all that is kept:
//
//      earliest_start <= start <= latest_start          earliest_end <= end <= latest_end
//
//      |<---- may have begun ---->|                 |<----- may have ended ----->|
//      earliest_start    latest_start              earliest_end          latest_end
//      ........possibly........... ===certainly===== ..........possibly..........
//
// A comparison is *certain* if it holds for every start and end within the limits, *possible* if for some.
// Certain therefore implies possible, and what is impossible one way is certain the other way. The middle part,
// where it certainly held, is empty when latest_start >= earliest_end ("some time in 2015").
//
// Units: whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted, proleptic Gregorian calendar.
// kMinTime and kMaxTime stand for "no limit". Calendar dates are read as UTC.
//
// Invariants (IsValid): earliest_start <= latest_start < latest_end, earliest_start < earliest_end <= latest_end.
// So each of the four is reached by some real start and end. Comparisons assume them and never overflow.
#ifndef DOSSIER_GRAPH_TIME_BOUNDS_H_
#define DOSSIER_GRAPH_TIME_BOUNDS_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

#include "graph/ternary.h"

namespace dossier {

inline constexpr int64_t kMinTime = std::numeric_limits<int64_t>::min();
inline constexpr int64_t kMaxTime = std::numeric_limits<int64_t>::max();

// Trivially copyable, 32 bytes: the image holds columns of it. The default is Undated().
struct TimeBounds {
  int64_t earliest_start = kMinTime;
  int64_t latest_start = kMaxTime - 1;
  int64_t earliest_end = kMinTime + 1;
  int64_t latest_end = kMaxTime;

  // Nothing is known: every comparison with it is possible (unless nothing could satisfy it), none is certain.
  static constexpr TimeBounds Undated() { return {}; }
  // From the beginning of time to its end: overlaps everything, certainly.
  static constexpr TimeBounds Always() { return {kMinTime, kMinTime, kMaxTime, kMaxTime}; }
  // At some time in [begin, end), for as long or as short as may be. Needs begin < end.
  static constexpr TimeBounds Within(int64_t begin, int64_t end) { return {begin, end - 1, begin + 1, end}; }
  // All of [begin, end), from its first second to its last. Needs begin < end.
  static constexpr TimeBounds Throughout(int64_t begin, int64_t end) { return {begin, begin, end, end}; }
  // The one second that begins at `instant`.
  static constexpr TimeBounds At(int64_t instant) { return Throughout(instant, instant + 1); }

  constexpr bool IsValid() const {
    return earliest_start <= latest_start && latest_start < latest_end && earliest_start < earliest_end &&
           earliest_end <= latest_end;
  }
  constexpr bool IsUndated() const { return *this == Undated(); }
  constexpr bool IsOpenEnded() const { return earliest_end == kMaxTime; }  // said to have no end
  // The key to sort by in time: undated and open starts first.
  constexpr int64_t SortKey() const { return earliest_start; }

  friend constexpr bool operator==(const TimeBounds&, const TimeBounds&) = default;
};

// --- Comparisons. Each has a certain and a possible form, and one that gives both as a Ternary. ---

// a is over before b begins; touching counts ([1,2) is before [2,3)).
constexpr bool CertainlyBefore(const TimeBounds& a, const TimeBounds& b) { return a.latest_end <= b.earliest_start; }
constexpr bool PossiblyBefore(const TimeBounds& a, const TimeBounds& b) { return a.earliest_end <= b.latest_start; }

// a begins when b is over.
constexpr bool CertainlyAfter(const TimeBounds& a, const TimeBounds& b) { return CertainlyBefore(b, a); }
constexpr bool PossiblyAfter(const TimeBounds& a, const TimeBounds& b) { return PossiblyBefore(b, a); }

// They share at least one second. Symmetric. "At some time in 2015" does not certainly overlap itself: two such
// things may have missed each other. Use AsExtent() where a date means the whole of it.
constexpr bool CertainlyOverlaps(const TimeBounds& a, const TimeBounds& b) {
  return a.latest_start < b.earliest_end && b.latest_start < a.earliest_end;
}
constexpr bool PossiblyOverlaps(const TimeBounds& a, const TimeBounds& b) {
  return a.earliest_start < b.latest_end && b.earliest_start < a.latest_end;
}

// The whole of a lies in b; they may share a border.
constexpr bool CertainlyDuring(const TimeBounds& a, const TimeBounds& b) {
  return b.latest_start <= a.earliest_start && a.latest_end <= b.earliest_end;
}
constexpr bool PossiblyDuring(const TimeBounds& a, const TimeBounds& b) {
  return b.earliest_start <= a.latest_start && a.earliest_end <= b.latest_end && PossiblyOverlaps(a, b);
}

// b is in a.
constexpr bool CertainlyContains(const TimeBounds& a, const TimeBounds& b) { return CertainlyDuring(b, a); }
constexpr bool PossiblyContains(const TimeBounds& a, const TimeBounds& b) { return PossiblyDuring(b, a); }

// `later` starts no earlier than `earlier` does: what in_time_order() asks of each step. Only starts count, so
// a transfer may still go on while what was transferred is used.
constexpr bool CertainlyStartsNoEarlier(const TimeBounds& later, const TimeBounds& earlier) {
  return later.earliest_start >= earlier.latest_start;
}
constexpr bool PossiblyStartsNoEarlier(const TimeBounds& later, const TimeBounds& earlier) {
  return later.latest_start >= earlier.earliest_start;
}
// `earlier` starts no later than `later` does; the same fact from the other side.
constexpr bool CertainlyNotAfter(const TimeBounds& earlier, const TimeBounds& later) {
  return CertainlyStartsNoEarlier(later, earlier);
}
constexpr bool PossiblyNotAfter(const TimeBounds& earlier, const TimeBounds& later) {
  return PossiblyStartsNoEarlier(later, earlier);
}

constexpr Ternary Before(const TimeBounds& a, const TimeBounds& b) {
  return ToTernary(CertainlyBefore(a, b), PossiblyBefore(a, b));
}
constexpr Ternary After(const TimeBounds& a, const TimeBounds& b) { return Before(b, a); }
constexpr Ternary Overlaps(const TimeBounds& a, const TimeBounds& b) {
  return ToTernary(CertainlyOverlaps(a, b), PossiblyOverlaps(a, b));
}
constexpr Ternary During(const TimeBounds& a, const TimeBounds& b) {
  return ToTernary(CertainlyDuring(a, b), PossiblyDuring(a, b));
}
constexpr Ternary StartsNoEarlier(const TimeBounds& later, const TimeBounds& earlier) {
  return ToTernary(CertainlyStartsNoEarlier(later, earlier), PossiblyStartsNoEarlier(later, earlier));
}

// Checks a path step by step for in_time_order(). In `kCertain` every step must certainly start no earlier than
// the one before; in `kPossible` some dating of all steps must put them in order (a running maximum of the
// earliest starts: three steps that fit two by two may still not fit together).
class TimeOrder {
 public:
  enum class Mode : uint8_t { kCertain, kPossible };
  explicit constexpr TimeOrder(Mode mode) : mode_(mode) {}
  // Takes the next step; false if it is out of order. After false, later answers mean nothing.
  constexpr bool Add(const TimeBounds& step) {
    const bool fits = mode_ == Mode::kCertain ? first_ || step.earliest_start >= floor_ : step.latest_start >= floor_;
    floor_ = mode_ == Mode::kCertain ? step.latest_start : std::max(floor_, step.earliest_start);
    first_ = false;
    return fits;
  }

 private:
  Mode mode_;
  bool first_ = true;
  int64_t floor_ = kMinTime;
};

// --- Readings and derivations. ---

// The same dates read as an extent, "all through it": from the earliest start to the latest end. For a state of
// affairs ("State Party in 2015") and for a denial ("was not used in 2015"), where a lone date means all of it.
// Undated() becomes Always(); ask IsUndated() first where that is not meant.
constexpr TimeBounds AsExtent(const TimeBounds& t) { return TimeBounds::Throughout(t.earliest_start, t.latest_end); }

// An open end as its source could know it: "since 30 September 2015", said on `said`, holds certainly up to then
// and possibly for ever. Bounds without an open end come back unchanged.
TimeBounds KnownUntil(const TimeBounds& t, int64_t said);

// What a and b share, provided that they overlap; nothing if they cannot.
std::optional<TimeBounds> Intersection(const TimeBounds& a, const TimeBounds& b);

// The least bounds that allow whatever a or b allow.
TimeBounds Hull(const TimeBounds& a, const TimeBounds& b);

// The bounds of something that starts as `start` does and ends as `end` does, start before end taken into
// account; nothing if its end cannot follow its start. Makes `2014/2015` of `2014` and `2015`.
std::optional<TimeBounds> FromStartToEnd(const TimeBounds& start, const TimeBounds& end);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_TIME_BOUNDS_H_
