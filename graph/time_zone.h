// Time zones: what the clocks of a place showed at an instant. The names and rules are those of the IANA database as
// the system has it (Debian: tzdata), read through abseil; a zone's rules before standard time are its mean solar time.
//
// May be called from many threads. A zone is read from its file once a process.
#ifndef DOSSIER_GRAPH_TIME_ZONE_H_
#define DOSSIER_GRAPH_TIME_ZONE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "graph/temporal.h"

namespace dossier {

// Made by ParseTimeZone or OfOffset; the default is UTC.
struct TimeZone {
  std::string name;    // "Europe/Stockholm"; empty where it is an offset alone
  int32_t offset = 0;  // seconds east of UTC, where there is no name

  static TimeZone OfOffset(int32_t offset) { return {"", offset}; }
  friend bool operator==(const TimeZone&, const TimeZone&) = default;
};

// "Z", "+01:00", "-0130", "+02:05:59", or the name of a zone ("America/Los_Angeles"; spaces for the underscores will
// do). E1041 not an offset, E1042 an offset beyond 18 hours, E1043 no such zone.
absl::StatusOr<TimeZone> ParseTimeZone(std::string_view text);

// The zone that a value is in.
TimeZone ZoneOf(const ZonedDateTime& time);

// Seconds east of UTC at an instant (since 1970-01-01T00:00Z).
int32_t OffsetAt(const TimeZone& zone, int64_t epoch_seconds);

// What the clocks of a zone show at an instant.
ZonedDateTime FromInstant(int64_t epoch_seconds, int64_t nanosecond, const TimeZone& zone);

// The instant at which the clocks of a zone show `local`. Where they were put forward past it, it is that much later;
// where they were put back and showed it twice, it is the first time, or the one with `preferred_offset`.
ZonedDateTime FromLocal(const LocalDateTime& local, const TimeZone& zone,
                        std::optional<int32_t> preferred_offset = std::nullopt);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_TIME_ZONE_H_
