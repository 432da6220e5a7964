#include "graph/temporal_arithmetic.h"

#include <variant>

#include "graph/time_zone.h"

namespace dossier {
namespace {

// More than there are between the first year and the last.
constexpr int64_t kMostMonths = 12 * 2 * (kMaxYear + 1);
constexpr int64_t kMostDays = 366 * 2 * (kMaxYear + 1);
constexpr int64_t kMostSeconds = kMostDays * kSecondsPerDay;

bool IsWithin(int64_t number, int64_t most) { return -most <= number && number <= most; }

std::optional<Date> PlusMonthsAndDays(Date date, int64_t months, int64_t days) {
  if (!IsWithin(months, kMostMonths) || !IsWithin(days, kMostDays)) return std::nullopt;
  const Date moved = ToDate(AddMonths(ToCivil(date), months));
  const Date result = {moved.days + days};
  if (!IsInRange(moved) || !IsInRange(result)) return std::nullopt;
  return result;
}

// Whole days towards zero.
int64_t WholeDays(const Duration& duration) {
  const bool rounded_down = duration.seconds < 0 && duration.nanoseconds > 0;
  return (duration.seconds + (rounded_down ? 1 : 0)) / kSecondsPerDay;
}

LocalTime PlusSeconds(LocalTime time, const Duration& duration) {
  const int64_t moved =
      time.nanoseconds + duration.seconds % kSecondsPerDay * kNanosecondsPerSecond + duration.nanoseconds;
  return {moved - FloorDivide(moved, kNanosecondsPerDay) * kNanosecondsPerDay};
}

struct Instant {
  int64_t seconds = 0;
  int64_t nanosecond = 0;
};

std::optional<Instant> PlusSeconds(Instant from, const Duration& duration) {
  if (!IsWithin(duration.seconds, kMostSeconds)) return std::nullopt;
  const int64_t nanoseconds = from.nanosecond + duration.nanoseconds;
  return Instant{from.seconds + duration.seconds + nanoseconds / kNanosecondsPerSecond,
                 nanoseconds % kNanosecondsPerSecond};
}

struct Adder {
  const Duration& duration;

  std::optional<Temporal> operator()(Date date) const {
    int64_t days = 0;
    if (__builtin_add_overflow(duration.days, WholeDays(duration), &days)) return std::nullopt;
    const std::optional<Date> moved = PlusMonthsAndDays(date, duration.months, days);
    if (!moved.has_value()) return std::nullopt;
    return *moved;
  }
  std::optional<Temporal> operator()(LocalTime time) const { return PlusSeconds(time, duration); }
  std::optional<Temporal> operator()(const ZonedTime& time) const {
    return ZonedTime{PlusSeconds(time.time, duration), time.offset};
  }
  std::optional<Temporal> operator()(const LocalDateTime& time) const {
    const std::optional<Date> date = PlusMonthsAndDays(time.date, duration.months, duration.days);
    if (!date.has_value()) return std::nullopt;
    const LocalDateTime moved = {*date, time.time};
    const std::optional<Instant> instant = PlusSeconds({moved.seconds(), moved.time.nanosecond()}, duration);
    if (!instant.has_value()) return std::nullopt;
    const LocalDateTime result = FromSeconds(instant->seconds, instant->nanosecond);
    if (!IsInRange(result.date)) return std::nullopt;
    return result;
  }
  std::optional<Temporal> operator()(const ZonedDateTime& time) const {
    const std::optional<Date> date = PlusMonthsAndDays(time.local.date, duration.months, duration.days);
    if (!date.has_value()) return std::nullopt;
    const TimeZone zone = ZoneOf(time);
    const ZonedDateTime moved = FromLocal({*date, time.local.time}, zone, time.offset);
    const std::optional<Instant> instant =
        PlusSeconds({moved.epoch_seconds(), moved.local.time.nanosecond()}, duration);
    if (!instant.has_value()) return std::nullopt;
    ZonedDateTime result = FromInstant(instant->seconds, instant->nanosecond, zone);
    if (!IsInRange(result.local.date)) return std::nullopt;
    return result;
  }
};

// Two values made alike: dates with times in a zone, local ones as if in UTC. `dated` is false for two times of day.
struct Span {
  ZonedDateTime from;
  ZonedDateTime to;
  bool dated = false;
};

std::optional<TimeZone> ZoneOf(const Temporal& temporal) {
  if (const auto* time = std::get_if<ZonedTime>(&temporal)) return TimeZone::OfOffset(time->offset);
  if (const auto* time = std::get_if<ZonedDateTime>(&temporal)) return dossier::ZoneOf(*time);
  return std::nullopt;
}

ZonedDateTime Completed(const Temporal& temporal, std::optional<Date> date, const TimeZone& zone) {
  if (const auto* time = std::get_if<ZonedDateTime>(&temporal)) return *time;
  return FromLocal({date.value_or(Date()), LocalTimeOf(temporal).value_or(LocalTime())}, zone);
}

Span Align(const Temporal& from, const Temporal& to) {
  const std::optional<Date> from_date = DateOf(from);
  const std::optional<Date> to_date = DateOf(to);
  const std::optional<TimeZone> from_zone = ZoneOf(from);
  const std::optional<TimeZone> to_zone = ZoneOf(to);
  const TimeZone utc;
  Span span;
  span.dated = from_date.has_value() || to_date.has_value();
  span.from = Completed(from, from_date.has_value() ? from_date : to_date, from_zone.value_or(to_zone.value_or(utc)));
  span.to = Completed(to, to_date.has_value() ? to_date : from_date, to_zone.value_or(from_zone.value_or(utc)));
  return span;
}

// The clock of `from`'s zone at `to`.
LocalDateTime ToInZoneOfFrom(const Span& span) {
  return FromInstant(span.to.epoch_seconds(), span.to.local.time.nanosecond(), ZoneOf(span.from)).local;
}

// The last day that is a whole number of days from `from`.
Date LastWholeDay(const LocalDateTime& from, const LocalDateTime& to) {
  if (to.date > from.date && to.time < from.time) return {to.date.days - 1};
  if (to.date < from.date && to.time > from.time) return {to.date.days + 1};
  return to.date;
}

int64_t WholeMonths(const LocalDateTime& from, const LocalDateTime& to) {
  const CivilDate a = ToCivil(from.date);
  const CivilDate b = ToCivil(LastWholeDay(from, to));
  // No month has 32 days, so these count months with days as their parts.
  const int64_t a_parts = (a.year * 12 + a.month) * 32 + a.day;
  const int64_t b_parts = (b.year * 12 + b.month) * 32 + b.day;
  return (b_parts - a_parts) / 32;
}

int64_t WholeDays(const LocalDateTime& from, const LocalDateTime& to) {
  return LastWholeDay(from, to).days - from.date.days;
}

Duration Seconds(const ZonedDateTime& from, const ZonedDateTime& to) {
  Duration result;
  result.seconds = to.epoch_seconds() - from.epoch_seconds();
  result.nanoseconds = to.local.time.nanosecond() - from.local.time.nanosecond();
  if (result.nanoseconds < 0) {
    result.nanoseconds += kNanosecondsPerSecond;
    result.seconds -= 1;
  }
  return result;
}

}  // namespace

std::optional<Temporal> Plus(const Temporal& temporal, const Duration& duration) {
  return std::visit(Adder{duration}, temporal);
}

Duration MonthsBetween(const Temporal& from, const Temporal& to) {
  const Span span = Align(from, to);
  if (!span.dated) return {};
  return {.months = WholeMonths(span.from.local, ToInZoneOfFrom(span))};
}

Duration DaysBetween(const Temporal& from, const Temporal& to) {
  const Span span = Align(from, to);
  if (!span.dated) return {};
  return {.days = WholeDays(span.from.local, ToInZoneOfFrom(span))};
}

Duration SecondsBetween(const Temporal& from, const Temporal& to) {
  const Span span = Align(from, to);
  return Seconds(span.from, span.to);
}

Duration Between(const Temporal& from, const Temporal& to) {
  const Span span = Align(from, to);
  if (!span.dated) return Seconds(span.from, span.to);
  const TimeZone zone = ZoneOf(span.from);
  const LocalDateTime end = ToInZoneOfFrom(span);
  // Neither step leads past `end`, so both stay within the calendar.
  LocalDateTime at = span.from.local;
  const int64_t months = WholeMonths(at, end);
  at.date = ToDate(AddMonths(ToCivil(at.date), months));
  const int64_t days = WholeDays(at, end);
  at.date.days += days;
  Duration result = Seconds(FromLocal(at, zone, span.from.offset), span.to);
  result.months = months;
  result.days = days;
  return result;
}

}  // namespace dossier
