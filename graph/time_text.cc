#include "graph/time_text.h"

#include <array>
#include <optional>
#include <string_view>

#include "graph/base/text.h"
#include "graph/civil_time.h"

namespace dossier {
namespace {

std::string Padded(int64_t number, size_t width) {
  std::string digits = StrCat(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::string FormatYear(int64_t year) {
  if (year > 9999) return StrCat('Y', year);
  if (year < -9999) return StrCat("Y-", -year);
  return year < 0 ? StrCat('-', Padded(-year, 4)) : Padded(year, 4);
}
std::string FormatMonth(const CivilDate& date) { return StrCat(FormatYear(date.year), '-', Padded(date.month, 2)); }
std::string FormatDay(const CivilDate& date) { return StrCat(FormatMonth(date), '-', Padded(date.day, 2)); }

std::string LastDayBefore(int64_t end) { return FormatDay(CivilFromSeconds(end - 1)); }

int64_t SecondOfDay(int64_t instant) { return (instant % kSecondsPerDay + kSecondsPerDay) % kSecondsPerDay; }
bool IsMidnight(int64_t instant) { return instant == kMinTime || instant == kMaxTime || SecondOfDay(instant) == 0; }

std::string WithTimeOfDay(int64_t instant) {
  const int64_t second = SecondOfDay(instant);
  return StrCat(FormatDay(CivilFromSeconds(instant)), 'T', Padded(second / 3600, 2), ':', Padded(second / 60 % 60, 2),
                ':', Padded(second % 60, 2), 'Z');
}

// The names of the first and the last unit in [begin, end), the largest unit that fills it: years, months, days or
// seconds. Both limits are finite.
struct SpanNames {
  std::string first;
  std::string last;
  bool is_day = false;  // "on", not "in"
  bool is_instant = false;
};
SpanNames NameSpan(int64_t begin, int64_t end) {
  if (!IsMidnight(begin) || !IsMidnight(end)) {
    return {WithTimeOfDay(begin), WithTimeOfDay(end - 1), false, true};
  }
  const CivilDate first = CivilFromSeconds(begin), after = CivilFromSeconds(end), last = CivilFromSeconds(end - 1);
  if (first.day != 1 || after.day != 1) return {FormatDay(first), FormatDay(last), true, false};
  if (first.month != 1 || after.month != 1) return {FormatMonth(first), FormatMonth(last)};
  return {FormatYear(first.year), FormatYear(last.year)};
}

// "in 2015", "on 2015-12-23", "between 2014 and 2015".
std::string WithinWords(int64_t begin, int64_t end) {
  const SpanNames names = NameSpan(begin, end);
  if (names.first != names.last) return StrCat("between ", names.first, " and ", names.last);
  return StrCat(names.is_instant ? "at " : names.is_day ? "on " : "in ", names.first);
}

// The same as the border of a period: "2015", "between 2014 and 2015".
std::string BorderWords(int64_t begin, int64_t end) {
  const SpanNames names = NameSpan(begin, end);
  return names.first == names.last ? names.first : StrCat("between ", names.first, " and ", names.last);
}

std::string StartWords(const TimeBounds& t) {
  if (t.earliest_start == kMinTime) return "an unknown time";
  if (t.earliest_start == t.latest_start) return FormatInstant(t.earliest_start);
  return BorderWords(t.earliest_start, t.latest_start + 1);
}

std::string EndWords(const TimeBounds& t) {
  if (t.latest_end == kMaxTime) return "an unknown time";
  if (t.earliest_end != t.latest_end) return BorderWords(t.earliest_end - 1, t.latest_end);
  return IsMidnight(t.latest_end) ? LastDayBefore(t.latest_end) : WithTimeOfDay(t.latest_end - 1);
}

bool IsOnceWithin(const TimeBounds& t) {
  return t == TimeBounds::Within(t.earliest_start, t.latest_end) && !t.IsOpenEnded() && t.latest_start != kMinTime;
}

std::string Counted(int64_t count, std::string_view unit) {
  static constexpr std::array<std::string_view, 13> kWords = {
      "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};
  const std::string number = count < 13 ? std::string(kWords[static_cast<size_t>(count)]) : StrCat(count);
  return StrCat(number, ' ', unit, count == 1 ? "" : "s");
}

}  // namespace

std::string FormatInstant(int64_t instant) {
  if (instant == kMinTime || instant == kMaxTime) return "..";
  return SecondOfDay(instant) == 0 ? FormatDay(CivilFromSeconds(instant)) : WithTimeOfDay(instant);
}

std::string FormatSpan(int64_t begin, int64_t end) {
  if (begin >= end) return "never";
  if (begin == kMinTime || end == kMaxTime) {
    const std::string last = end == kMaxTime ? ".." : IsMidnight(end) ? LastDayBefore(end) : WithTimeOfDay(end - 1);
    return StrCat(FormatInstant(begin), " to ", last);
  }
  const SpanNames names = NameSpan(begin, end);
  return names.first == names.last ? names.first : StrCat(names.first, " to ", names.last);
}

std::string FormatBounds(const TimeBounds& t) {
  if (t.IsUndated()) return "undated";
  if (t == TimeBounds::Always()) return "always";
  if (IsOnceWithin(t)) {
    if (t.earliest_start == kMinTime) return "at some time before " + FormatInstant(t.latest_end);
    if (t.latest_end == kMaxTime) return StrCat("at some time from ", FormatInstant(t.earliest_start), " on");
    return WithinWords(t.earliest_start, t.latest_end);
  }
  if (t.latest_start == kMinTime) return t.latest_end == kMaxTime ? "until an unknown time" : "until " + EndWords(t);
  if (t.IsOpenEnded()) return "since " + StartWords(t);
  if (t == AsExtent(t)) {
    const SpanNames names = NameSpan(t.earliest_start, t.latest_end);
    if (names.first == names.last) return "throughout " + names.first;
    return StrCat("from ", names.first, " to ", names.last);
  }
  return StrCat("from ", StartWords(t), " to ", EndWords(t));
}

std::string FormatLength(int64_t from, int64_t to) {
  if (from == kMinTime || to == kMaxTime) return "an unknown time";
  if (to <= from) return "no time";
  int64_t days = FloorDivide(to, kSecondsPerDay) - FloorDivide(from, kSecondsPerDay);
  CivilDate last = CivilFromSeconds(to);
  if (SecondOfDay(to) < SecondOfDay(from)) {
    --days;
    last = CivilFromDays(FloorDivide(to, kSecondsPerDay) - 1);
  }
  if (days <= 0) return "less than a day";
  const CivilDate first = CivilFromSeconds(from);
  int64_t months = (last.year - first.year) * 12 + last.month - first.month;
  if (DaysFromCivil(AddMonths(first, months)) > DaysFromCivil(last)) --months;
  if (months == 0) return Counted(days, "day");
  if (months < 12) return Counted(months, "month");
  const std::string years = Counted(months / 12, "year");
  return months % 12 == 0 ? years : StrCat(years, " and ", Counted(months % 12, "month"));
}

std::string FormatOverlap(const TimeBounds& a, const TimeBounds& b) {
  const std::optional<TimeBounds> both = Intersection(a, b);
  if (!both.has_value()) return "never";
  const int64_t begin = both->earliest_start, end = both->latest_end;
  if (begin == kMinTime && end == kMaxTime) return "at any time";
  if (begin == kMinTime) return "before " + FormatInstant(end);
  if (end == kMaxTime) return StrCat("from ", FormatInstant(begin), " on");
  return WithinWords(begin, end);
}

}  // namespace dossier
