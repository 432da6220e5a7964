// date.truncate('month', d) and its like: the start of the millennium, century, decade, year, weekYear, quarter,
// month, week, day, hour, minute, second, millisecond or microsecond that a calendar value lies in.
#ifndef DOSSIER_QUERY_CALENDAR_TRUNCATION_H_
#define DOSSIER_QUERY_CALENDAR_TRUNCATION_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "query/calendar_fields.h"

namespace dossier {

// The start, as a value of `type`, with `fields` set to other values: {day: 5} is the fifth of the month. A timezone
// among them is whose clock shows the start, not another clock at the same instant; without one it is the zone of
// `from`, else UTC. After truncating to milliseconds or microseconds, smaller parts of the second are added to those.
// Errors as in calendar_fields.h: a unit that there is none of, or that `type` or `from` does not have.
absl::StatusOr<Temporal> Truncate(Value::Type type, std::string_view unit, const Temporal& from, const Map& fields,
                                  const Clock& clock);

}  // namespace dossier

#endif  // DOSSIER_QUERY_CALENDAR_TRUNCATION_H_
