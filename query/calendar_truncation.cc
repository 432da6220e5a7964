#include "query/calendar_truncation.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/expression_type.h"

namespace dossier {
namespace {

using Type = Value::Type;

enum class Unit : uint8_t {
  kMillennium,
  kCentury,
  kDecade,
  kYear,
  kWeekYear,
  kQuarter,
  kMonth,
  kWeek,
  kDay,
  kHour,
  kMinute,
  kSecond,
  kMillisecond,
  kMicrosecond,
};
constexpr std::string_view kUnitNames[] = {"millennium", "century", "decade",      "year",       "weekYear",
                                           "quarter",    "month",   "week",        "day",        "hour",
                                           "minute",     "second",  "millisecond", "microsecond"};

absl::StatusOr<Unit> FindUnit(std::string_view name) {
  for (size_t i = 0; i < std::size(kUnitNames); ++i) {
    if (EqualsIgnoringAsciiCase(kUnitNames[i], name)) return static_cast<Unit>(i);
  }
  const std::vector<std::string> names(std::begin(kUnitNames), std::end(kUnitNames));
  const std::string closest = ClosestName(name, names);
  return FieldError(StrCat("there is no unit '", name, "'"), StrCat("units are ", Join(names, ", ")),
                    closest.empty() ? "" : StrCat("did you mean '", closest, "'?"));
}

Date Start(Unit unit, Date date) {
  const CivilDate civil = ToCivil(date);
  const auto first_year_of = [&](int64_t years) { return ToDate({FloorDivide(civil.year, years) * years, 1, 1}); };
  switch (unit) {
    case Unit::kMillennium:
      return first_year_of(1000);
    case Unit::kCentury:
      return first_year_of(100);
    case Unit::kDecade:
      return first_year_of(10);
    case Unit::kYear:
      return first_year_of(1);
    case Unit::kWeekYear:
      return FirstDayOfWeek(WeekOf(date).year, 1);
    case Unit::kQuarter:
      return {date.days - DayOfQuarter(date) + 1};
    case Unit::kMonth:
      return {date.days - civil.day + 1};
    case Unit::kWeek:
      return {date.days - DayOfWeek(date) + 1};
    default:
      return date;
  }
}

LocalTime Start(Unit unit, LocalTime time) {
  const auto whole = [&](int64_t length) { return LocalTime{time.nanoseconds / length * length}; };
  switch (unit) {
    case Unit::kHour:
      return whole(3600 * kNanosecondsPerSecond);
    case Unit::kMinute:
      return whole(60 * kNanosecondsPerSecond);
    case Unit::kSecond:
      return whole(kNanosecondsPerSecond);
    case Unit::kMillisecond:
      return whole(1'000'000);
    case Unit::kMicrosecond:
      return whole(1'000);
    default:
      return {};
  }
}

// Takes the parts of a second that are smaller than `unit` out of `fields` and adds them to `time`, which was cut to
// it: as fields they would replace all of it.
absl::Status AddSmallerParts(Unit unit, Map* fields, LocalTime* time) {
  if (unit != Unit::kMillisecond && unit != Unit::kMicrosecond) return absl::OkStatus();
  const auto is = [](std::string_view name) { return [name](const auto& field) { return field.first == name; }; };
  const bool both = unit == Unit::kMillisecond && std::any_of(fields->begin(), fields->end(), is("microsecond"));
  const struct {
    std::string_view name;
    bool smaller;
    int64_t nanoseconds;
    int64_t most;
  } parts[] = {{"microsecond", unit == Unit::kMillisecond, 1'000, 999},
               {"nanosecond", true, 1, unit == Unit::kMillisecond && !both ? 999'999 : 999}};
  for (const auto& part : parts) {
    const auto at = std::find_if(fields->begin(), fields->end(), is(part.name));
    if (!part.smaller || at == fields->end()) continue;
    if (at->second.type() != Type::kInteger || at->second.integer() < 0 || at->second.integer() > part.most) {
      return FieldError(StrCat("'", part.name, "' is ", ToString(at->second)),
                        StrCat("here it goes from 0 to ", part.most));
    }
    time->nanoseconds += at->second.integer() * part.nanoseconds;
    fields->erase(at);
  }
  return absl::OkStatus();
}

TimeZone ZoneOfAny(const Temporal& temporal) {
  if (const auto* time = std::get_if<ZonedTime>(&temporal)) return TimeZone::OfOffset(time->offset);
  if (const auto* time = std::get_if<ZonedDateTime>(&temporal)) return ZoneOf(*time);
  return {};
}

// The offset that a zone has for a time without a date.
int32_t OffsetNow(const TimeZone& zone, const Clock& clock) {
  if (zone.name.empty()) return zone.offset;
  return OffsetAt(zone, std::chrono::floor<std::chrono::seconds>(clock()).time_since_epoch().count());
}

}  // namespace

absl::StatusOr<Temporal> Truncate(Type type, std::string_view unit_name, const Temporal& from, const Map& fields,
                                  const Clock& clock) {
  ASSIGN_OR_RETURN(const Unit unit, FindUnit(unit_name));
  const bool dated = type != Type::kLocalTime && type != Type::kZonedTime;
  std::optional<Date> date = DateOf(from);
  std::optional<LocalTime> time = LocalTimeOf(from);
  if ((unit > Unit::kDay && type == Type::kDate) || (unit < Unit::kDay && !dated)) {
    return FieldError(StrCat(WithArticle(type), " does not begin with ", unit_name == "hour" ? "an " : "a ", unit_name),
                      dated ? "dates are cut to a day or more" : "times are cut to a day or less");
  }
  if (dated ? !date.has_value() : !time.has_value()) {
    return FieldError(dated ? "a time of day has no date" : "a date has no time of day", "");
  }
  if (unit > Unit::kDay && !time.has_value()) {
    return FieldError(StrCat("a date has no ", unit_name, " to be cut to"), "dates are cut to a day or more");
  }
  if (date.has_value()) date = Start(unit, *date);
  time = Start(unit, time.value_or(LocalTime()));
  if (dated && !IsInRange(*date)) {
    return FieldError("its start lies beyond the calendar", "years go from -999999999 to 999999999");
  }

  Map rest = fields;
  RETURN_IF_ERROR(AddSmallerParts(unit, &rest, &*time));
  TimeZone zone = ZoneOfAny(from);
  const auto named =
      std::find_if(rest.begin(), rest.end(), [](const auto& field) { return field.first == "timezone"; });
  const bool zoned = type == Type::kZonedTime || type == Type::kZonedDateTime;
  std::optional<TimeZone> other_zone;
  if (zoned && named != rest.end()) {
    ASSIGN_OR_RETURN(other_zone, ZoneFromValue(named->second));
    rest.erase(named);
  }
  Temporal start;
  std::string_view source;
  switch (type) {
    case Type::kDate:
      start = *date;
      source = "date";
      break;
    case Type::kLocalTime:
      start = *time;
      source = "time";
      break;
    case Type::kZonedTime: {
      const auto* datetime = std::get_if<ZonedDateTime>(&from);
      const int32_t offset = datetime != nullptr ? datetime->offset : zone.offset;
      start = ZonedTime{*time, other_zone.has_value() ? OffsetNow(*other_zone, clock) : offset};
      source = "time";
      break;
    }
    case Type::kLocalDateTime:
      start = LocalDateTime{*date, *time};
      source = "datetime";
      break;
    default: {
      const auto* datetime = std::get_if<ZonedDateTime>(&from);
      const bool keeps_offset = datetime != nullptr && !other_zone.has_value();
      start = FromLocal({*date, *time}, other_zone.value_or(zone),
                        keeps_offset ? std::optional(datetime->offset) : std::nullopt);
      source = "datetime";
      break;
    }
  }
  if (rest.empty()) return start;
  rest.emplace_back(std::string(source), Value::OfTemporal(std::move(start)));
  return TemporalFromFields(type, rest, clock);
}

}  // namespace dossier
