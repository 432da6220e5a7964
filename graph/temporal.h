// Exact points of the calendar and the clock, as ISO GQL and openCypher have them: date, local and zoned time, local
// and zoned datetime. What a source says of a time is seldom that exact; that is an EdtfTime (graph/edtf.h).
//
// Plain values over the proleptic Gregorian calendar, years -999,999,999 to 999,999,999, to the nanosecond. None of
// them knows of the database of time zones: a zoned datetime carries the offset that its zone had there and then
// (graph/time_zone.h finds it), so values compare, print and are read from many threads without it.
//
// Order: first by the point of time; what is the same point in two zones goes from west to east, then by the zone's
// name. Two values are equal where all of it is the same: 12:00Z is not 13:00+01:00, but neither later nor earlier.
#ifndef DOSSIER_GRAPH_TEMPORAL_H_
#define DOSSIER_GRAPH_TEMPORAL_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "graph/civil_time.h"

namespace dossier {

inline constexpr int64_t kMaxYear = 999'999'999;
inline constexpr int64_t kMinYear = -kMaxYear;
inline constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;
inline constexpr int64_t kNanosecondsPerDay = kSecondsPerDay * kNanosecondsPerSecond;
// Offsets from UTC go from -18:00 to +18:00.
inline constexpr int32_t kMaxOffset = 18 * 3600;

struct Date {
  int64_t days = 0;  // since 1970-01-01
  friend auto operator<=>(const Date&, const Date&) = default;
};

struct LocalTime {
  int64_t nanoseconds = 0;  // since midnight, below kNanosecondsPerDay

  int hour() const { return static_cast<int>(nanoseconds / (3600 * kNanosecondsPerSecond)); }
  int minute() const { return static_cast<int>(nanoseconds / (60 * kNanosecondsPerSecond) % 60); }
  int second() const { return static_cast<int>(nanoseconds / kNanosecondsPerSecond % 60); }
  int64_t nanosecond() const { return nanoseconds % kNanosecondsPerSecond; }
  friend auto operator<=>(const LocalTime&, const LocalTime&) = default;
};

// Offsets are seconds east of UTC.
struct ZonedTime {
  LocalTime time;
  int32_t offset = 0;

  // Since midnight in UTC; below zero and beyond a day where the zone's day is another.
  int64_t utc_nanoseconds() const { return time.nanoseconds - offset * kNanosecondsPerSecond; }
  friend bool operator==(const ZonedTime&, const ZonedTime&) = default;
  friend std::strong_ordering operator<=>(const ZonedTime& a, const ZonedTime& b);
};

struct LocalDateTime {
  Date date;
  LocalTime time;

  // Since 1970-01-01T00:00, whole ones downwards.
  int64_t seconds() const { return date.days * kSecondsPerDay + time.nanoseconds / kNanosecondsPerSecond; }
  friend auto operator<=>(const LocalDateTime&, const LocalDateTime&) = default;
};

struct ZonedDateTime {
  LocalDateTime local;
  int32_t offset = 0;
  std::string zone;  // "Europe/Stockholm"; empty where the offset is all there is

  // Since 1970-01-01T00:00Z, whole ones downwards.
  int64_t epoch_seconds() const { return local.seconds() - offset; }
  friend bool operator==(const ZonedDateTime&, const ZonedDateTime&) = default;
  friend std::strong_ordering operator<=>(const ZonedDateTime& a, const ZonedDateTime& b);
};

// Any of them.
using Temporal = std::variant<Date, LocalTime, ZonedTime, LocalDateTime, ZonedDateTime>;

std::optional<Date> DateOf(const Temporal& temporal);            // of all but times
std::optional<LocalTime> LocalTimeOf(const Temporal& temporal);  // of all but dates

// Whether the year of `date` is one that there is.
bool IsInRange(Date date);
inline Date ToDate(const CivilDate& date) { return {DaysFromCivil(date)}; }
inline CivilDate ToCivil(Date date) { return CivilFromDays(date.days); }

// `seconds` and `nanosecond` since 1970-01-01T00:00. Precondition: nanosecond is from 0 to 999,999,999.
LocalDateTime FromSeconds(int64_t seconds, int64_t nanosecond);

// --- The other ways to name a day. Weeks are those of ISO 8601: from Monday, the first is the one with 4 January. ---

int DayOfWeek(Date date);  // 1 is Monday
int DayOfYear(Date date);
int Quarter(Date date);
int DayOfQuarter(Date date);
struct WeekDate {
  int64_t year = 0;  // that the week belongs to: 2021-01-01 lies in week 53 of 2020
  int week = 1;
};
WeekDate WeekOf(Date date);
int WeeksInYear(int64_t week_year);
// The Monday of a week. Precondition: 1 <= week <= WeeksInYear(week_year).
Date FirstDayOfWeek(int64_t week_year, int week);
// 90 to 92.
int DaysInQuarter(int64_t year, int quarter);

// --- Text, which graph/temporal_text.h reads again to an equal value. ---

// "1984-10-11"; "-0001-01-01", "+10000-01-01".
std::string ToString(Date date);
// "12:31", "12:31:14", "12:31:14.645": seconds only where they or their parts are not 0, parts by threes of digits.
std::string ToString(LocalTime time);
// "12:31+01:00", "12:31Z".
std::string ToString(const ZonedTime& time);
// "1984-10-11T12:31".
std::string ToString(const LocalDateTime& time);
// "1984-10-11T12:31+01:00[Europe/Stockholm]".
std::string ToString(const ZonedDateTime& time);
std::string ToString(const Temporal& temporal);
// "+01:00", "-02:05:07", "Z".
std::string OffsetToString(int32_t offset);

template <typename Hash>
Hash AbslHashValue(Hash state, Date date) {
  return Hash::combine(std::move(state), date.days);
}
template <typename Hash>
Hash AbslHashValue(Hash state, LocalTime time) {
  return Hash::combine(std::move(state), time.nanoseconds);
}
template <typename Hash>
Hash AbslHashValue(Hash state, const ZonedTime& time) {
  return Hash::combine(std::move(state), time.time, time.offset);
}
template <typename Hash>
Hash AbslHashValue(Hash state, const LocalDateTime& time) {
  return Hash::combine(std::move(state), time.date, time.time);
}
template <typename Hash>
Hash AbslHashValue(Hash state, const ZonedDateTime& time) {
  return Hash::combine(std::move(state), time.local, time.offset, time.zone);
}

}  // namespace dossier

#endif  // DOSSIER_GRAPH_TEMPORAL_H_
