// Calendar values from ISO 8601 text, in the forms that openCypher takes:
//
//   date       2015-07-21 20150721   2015-07 201507   2015-W30-2 2015W302 2015-W30 2015W30
//              2015-Q2-60 2015Q260 2015-Q2 2015Q2     2015-202 2015202   2015   (what is left out is the first)
//              +12345-01-01 -0001-01-01: years of up to nine digits have a sign, and dashes after them
//   time       21:40:32.142 214032.142   21:40:32 214032   21:40 2140   21   (a comma for the point will do)
//   offset     Z   +01:00 +0100 +01   +01:00:30 +010030
//   zone       [Europe/Stockholm], after an offset that must then be the zone's, or without one
//   datetime   a date, or a date, T and a time;  zoned ones with offset and zone behind, else UTC
//   duration   P12Y5M14DT16H12M70.5S  P2W  P1.5D  PT-3H  -P1D: each part with a sign, each may be broken;
//              P2012-02-02T14:37:21.545 P20120202T143721.545
//
// Errors, all kInvalidArgument with a Diagnostic whose place is within the text:
//   E1041 in none of these forms   E1042 no such month, day, hour, or offset   E1043 no such time zone, or another
//   offset there   E1044 beyond the years and lengths there are
#ifndef DOSSIER_GRAPH_TEMPORAL_TEXT_H_
#define DOSSIER_GRAPH_TEMPORAL_TEXT_H_

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "graph/duration.h"
#include "graph/temporal.h"

namespace dossier {

absl::StatusOr<Date> ParseDate(std::string_view text);
absl::StatusOr<LocalTime> ParseLocalTime(std::string_view text);
absl::StatusOr<ZonedTime> ParseZonedTime(std::string_view text);  // of a named zone there is no time without a date
absl::StatusOr<LocalDateTime> ParseLocalDateTime(std::string_view text);
absl::StatusOr<ZonedDateTime> ParseZonedDateTime(std::string_view text);
absl::StatusOr<Duration> ParseDuration(std::string_view text);
// An offset alone.
absl::StatusOr<int32_t> ParseOffset(std::string_view text);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_TEMPORAL_TEXT_H_
