#include "query/calendar_component.h"

#include <cstdint>
#include <variant>

namespace dossier {
namespace {

struct Component {
  std::string_view name;
  TypeMask types;  // that have it
  Value (*read)(const Value& value);
};

constexpr TypeMask kDated = kDateMask | kLocalDateTimeMask | kZonedDateTimeMask;
constexpr TypeMask kClocked = kTemporalMask & ~kDateMask;
constexpr TypeMask kZoned = kZonedTimeMask | kZonedDateTimeMask;

// Preconditions: the types above.
Date DateIn(const Value& value) { return *DateOf(value.temporal()); }
LocalTime TimeIn(const Value& value) { return *LocalTimeOf(value.temporal()); }
int32_t OffsetIn(const Value& value) {
  const auto* time = std::get_if<ZonedTime>(&value.temporal());
  return time != nullptr ? time->offset : std::get<ZonedDateTime>(value.temporal()).offset;
}
int64_t EpochSeconds(const Value& value) { return std::get<ZonedDateTime>(value.temporal()).epoch_seconds(); }

Value Zone(const Value& value) {
  const auto* time = std::get_if<ZonedDateTime>(&value.temporal());
  return Value::String(time != nullptr && !time->zone.empty() ? time->zone : OffsetToString(OffsetIn(value)));
}

Value EpochMillis(const Value& value) {
  int64_t millis = 0;
  if (__builtin_mul_overflow(EpochSeconds(value), int64_t{1000}, &millis) ||
      __builtin_add_overflow(millis, TimeIn(value).nanosecond() / 1'000'000, &millis)) {
    return Value();
  }
  return Value::Integer(millis);
}

// The seconds of a duration in a smaller unit.
template <int64_t kPerSecond>
Value Parts(const Value& value) {
  const Duration& duration = value.duration();
  int64_t parts = 0;
  if (__builtin_mul_overflow(duration.seconds, kPerSecond, &parts) ||
      __builtin_add_overflow(parts, duration.nanoseconds / (kNanosecondsPerSecond / kPerSecond), &parts)) {
    return Value();
  }
  return Value::Integer(parts);
}

template <int64_t kPerUnit>
Value Nanoseconds(const Value& value) {
  return Value::Integer(value.duration().nanoseconds / kPerUnit);
}
template <int64_t kPerUnit>
Value Nanosecond(const Value& value) {
  return Value::Integer(TimeIn(value).nanosecond() / kPerUnit);
}

Value DayOfQuarterIn(const Value& v) { return Value::Integer(DayOfQuarter(DateIn(v))); }
Value DayOfYearIn(const Value& v) { return Value::Integer(DayOfYear(DateIn(v))); }
Value DayOfWeekIn(const Value& v) { return Value::Integer(DayOfWeek(DateIn(v))); }

constexpr Component kComponents[] = {
    {"year", kDated, [](const Value& v) { return Value::Integer(ToCivil(DateIn(v)).year); }},
    {"quarter", kDated, [](const Value& v) { return Value::Integer(Quarter(DateIn(v))); }},
    {"month", kDated, [](const Value& v) { return Value::Integer(ToCivil(DateIn(v)).month); }},
    {"week", kDated, [](const Value& v) { return Value::Integer(WeekOf(DateIn(v)).week); }},
    {"weekYear", kDated, [](const Value& v) { return Value::Integer(WeekOf(DateIn(v)).year); }},
    {"day", kDated, [](const Value& v) { return Value::Integer(ToCivil(DateIn(v)).day); }},
    {"dayOfQuarter", kDated, DayOfQuarterIn},
    {"quarterDay", kDated, DayOfQuarterIn},
    {"ordinalDay", kDated, DayOfYearIn},
    {"dayOfYear", kDated, DayOfYearIn},
    {"weekDay", kDated, DayOfWeekIn},
    {"dayOfWeek", kDated, DayOfWeekIn},
    {"hour", kClocked, [](const Value& v) { return Value::Integer(TimeIn(v).hour()); }},
    {"minute", kClocked, [](const Value& v) { return Value::Integer(TimeIn(v).minute()); }},
    {"second", kClocked, [](const Value& v) { return Value::Integer(TimeIn(v).second()); }},
    {"millisecond", kClocked, Nanosecond<1'000'000>},
    {"microsecond", kClocked, Nanosecond<1'000>},
    {"nanosecond", kClocked, Nanosecond<1>},
    {"timezone", kZoned, Zone},
    {"offset", kZoned, [](const Value& v) { return Value::String(OffsetToString(OffsetIn(v))); }},
    {"offsetMinutes", kZoned, [](const Value& v) { return Value::Integer(OffsetIn(v) / 60); }},
    {"offsetSeconds", kZoned, [](const Value& v) { return Value::Integer(OffsetIn(v)); }},
    {"epochSeconds", kZonedDateTimeMask, [](const Value& v) { return Value::Integer(EpochSeconds(v)); }},
    {"epochMillis", kZonedDateTimeMask, EpochMillis},

    {"years", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().months / 12); }},
    {"quarters", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().months / 3); }},
    {"months", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().months); }},
    {"weeks", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().days / 7); }},
    {"days", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().days); }},
    {"hours", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().seconds / 3600); }},
    {"minutes", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().seconds / 60); }},
    {"seconds", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().seconds); }},
    {"milliseconds", kDurationMask, Parts<1'000>},
    {"microseconds", kDurationMask, Parts<1'000'000>},
    {"nanoseconds", kDurationMask, Parts<kNanosecondsPerSecond>},
    {"quartersOfYear", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().months / 3 % 4); }},
    {"monthsOfQuarter", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().months % 3); }},
    {"monthsOfYear", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().months % 12); }},
    {"daysOfWeek", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().days % 7); }},
    {"minutesOfHour", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().seconds / 60 % 60); }},
    {"secondsOfMinute", kDurationMask, [](const Value& v) { return Value::Integer(v.duration().seconds % 60); }},
    {"millisecondsOfSecond", kDurationMask, Nanoseconds<1'000'000>},
    {"microsecondsOfSecond", kDurationMask, Nanoseconds<1'000>},
    {"nanosecondsOfSecond", kDurationMask, Nanoseconds<1>},
};

}  // namespace

std::optional<Value> CalendarComponent(const Value& value, std::string_view name) {
  for (const Component& component : kComponents) {
    if (component.name == name && (component.types & MaskOf(value.type())) != 0) return component.read(value);
  }
  return std::nullopt;
}

std::vector<std::string> CalendarComponentNames(TypeMask type) {
  std::vector<std::string> names;
  for (const Component& component : kComponents) {
    if ((component.types & type) != 0) names.emplace_back(component.name);
  }
  return names;
}

}  // namespace dossier
