// What can be asked of a calendar value or a duration with a point: d.year, t.offset, p.days.
//
//   of dates and datetimes  year, quarter, month, week, weekYear, day, dayOfQuarter (quarterDay), ordinalDay
//                           (dayOfYear), weekDay (dayOfWeek)
//   of times and datetimes  hour, minute, second; millisecond, microsecond, nanosecond: each the whole part of a second
//   of zoned ones           timezone (the zone's name, else the offset), offset (text), offsetMinutes, offsetSeconds
//   of zoned datetimes      epochSeconds, epochMillis (null beyond 64 bits)
//   of durations            years, quarters, months; weeks, days; hours, minutes, seconds, milliseconds, microseconds,
//                           nanoseconds: each all of its group, in that unit, whole ones (null beyond 64 bits);
//                           quartersOfYear, monthsOfQuarter, monthsOfYear, daysOfWeek, minutesOfHour, secondsOfMinute,
//                           millisecondsOfSecond, microsecondsOfSecond, nanosecondsOfSecond: what the larger leaves
#ifndef DOSSIER_QUERY_CALENDAR_COMPONENT_H_
#define DOSSIER_QUERY_CALENDAR_COMPONENT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/value.h"
#include "query/expression_type.h"

namespace dossier {

// Precondition: a calendar value or a duration. Nothing where it has no such component.
std::optional<Value> CalendarComponent(const Value& value, std::string_view name);

// Those of the one type that `type` names, in the order above.
std::vector<std::string> CalendarComponentNames(TypeMask type);

}  // namespace dossier

#endif  // DOSSIER_QUERY_CALENDAR_COMPONENT_H_
