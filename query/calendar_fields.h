// Calendar values and durations from other values: a map of fields, a text, another calendar value. The rules are
// openCypher's:
//
// - A day is named by year and month and day, by year and week and dayOfWeek, by year and quarter and dayOfQuarter, or
//   by year and ordinalDay; these do not mix. Fields left out at the small end are the first (day 1, hour 0); one left
//   out before a smaller one that is there is an error.
// - `date`, `time` and `datetime` take their fields from another calendar value; other fields override them. An
//   inherited day that the new month, quarter or year does not have is its last.
// - millisecond, microsecond and nanosecond add up where more than one is there, and then each is below a thousand of
//   the next; alone it is the whole part of the second.
// - timezone: where the time was taken from a value with a zone, the instant stays and its clock changes; else it says
//   whose clock the fields are. Without it the zone is that of the time taken, else UTC. A map of a timezone alone is
//   now, there. A zoned time in a named zone has the offset of now.
//
// Errors carry a Diagnostic without a place: E7010 fields that make no value, or what graph/temporal_text.h gives.
#ifndef DOSSIER_QUERY_CALENDAR_FIELDS_H_
#define DOSSIER_QUERY_CALENDAR_FIELDS_H_

#include <chrono>
#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/time_zone.h"
#include "graph/value.h"
#include "query/ast_expression.h"

namespace dossier {

// Asked at most once a value; steady functions see by it whether their value depends on the clock.
using Clock = std::function<std::chrono::system_clock::time_point()>;

// `type` is that of the result, one of the five calendar types, in all of these.
absl::StatusOr<Temporal> TemporalFromFields(Value::Type type, const Map& fields, const Clock& clock);
absl::StatusOr<Temporal> TemporalFromText(Value::Type type, std::string_view text);
// What `from` has of it: of a datetime its date, its time. A missing zone is UTC, a missing time in a datetime
// midnight.
absl::StatusOr<Temporal> TemporalFromTemporal(Value::Type type, const Temporal& from);
// What the clocks of `zone` show.
Temporal TemporalNow(Value::Type type, std::chrono::system_clock::time_point now, const TimeZone& zone);

// {years: 1, days: 1.5}: whole numbers or broken ones, which carry downwards.
absl::StatusOr<Duration> DurationFromFields(const Map& fields);

// DATE '2015-07-21' and its like: TIME is zoned where it has an offset, DATETIME and TIMESTAMP where they have an
// offset or a zone, and local else.
absl::StatusOr<Value> ReadCalendarLiteral(const ast::TypedLiteral& literal);

// E7010 with this cause and hint.
absl::Status FieldError(std::string_view cause, std::string_view rule, std::string_view hint = "");
// The text of a timezone field or argument; E7010 where it is none.
absl::StatusOr<TimeZone> ZoneFromValue(const Value& value);

}  // namespace dossier

#endif  // DOSSIER_QUERY_CALENDAR_FIELDS_H_
