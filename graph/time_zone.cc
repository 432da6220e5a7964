#include "graph/time_zone.h"

#include <algorithm>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/error_codes.h"
#include "graph/temporal_text.h"
#include "graph/value_error.h"

namespace dossier {
namespace {

constexpr size_t kLongestName = 64;  // the longest of the database has 38

// Only such names get to the loader, which would take them for paths and prefixes of its own.
bool IsZoneName(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  if (name.empty() || name.size() > kLongestName || !is_letter(name.front()) || name == "localtime") return false;
  return !name.starts_with("Fixed/") && std::all_of(name.begin(), name.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '/' || c == '_' || c == '-' || c == '+';
  });
}

// UTC where the database has lost the zone since its name was read.
absl::TimeZone Rules(const std::string& name) {
  absl::TimeZone rules;
  absl::LoadTimeZone(name, &rules);
  return rules;
}

}  // namespace

absl::StatusOr<TimeZone> ParseTimeZone(std::string_view text) {
  if (text == "Z" || text == "z" || text.starts_with('+') || text.starts_with('-')) {
    ASSIGN_OR_RETURN(const int32_t offset, ParseOffset(text));
    return TimeZone::OfOffset(offset);
  }
  TimeZone zone{std::string(text)};
  std::replace(zone.name.begin(), zone.name.end(), ' ', '_');
  absl::TimeZone rules;
  if (!IsZoneName(zone.name) || !absl::LoadTimeZone(zone.name, &rules)) {
    return ValueError(kUnknownTimeZone, text, 0, text.size(), StrCat("there is no time zone ", Quoted(text)),
                      "names are those of the IANA time zone database, letter case included",
                      "write one such as 'Europe/Stockholm', or an offset such as '+01:00'");
  }
  return zone;
}

TimeZone ZoneOf(const ZonedDateTime& time) { return {time.zone, time.zone.empty() ? time.offset : 0}; }

int32_t OffsetAt(const TimeZone& zone, int64_t epoch_seconds) {
  if (zone.name.empty()) return zone.offset;
  return static_cast<int32_t>(Rules(zone.name).At(absl::FromUnixSeconds(epoch_seconds)).offset);
}

ZonedDateTime FromInstant(int64_t epoch_seconds, int64_t nanosecond, const TimeZone& zone) {
  const int32_t offset = OffsetAt(zone, epoch_seconds);
  return {FromSeconds(epoch_seconds + offset, nanosecond), offset, zone.name};
}

ZonedDateTime FromLocal(const LocalDateTime& local, const TimeZone& zone, std::optional<int32_t> preferred_offset) {
  if (zone.name.empty()) return {local, zone.offset, ""};
  if (preferred_offset.has_value() && OffsetAt(zone, local.seconds() - *preferred_offset) == *preferred_offset) {
    return {local, *preferred_offset, zone.name};
  }
  const CivilDate date = ToCivil(local.date);
  const absl::CivilSecond civil(date.year, date.month, date.day, local.time.hour(), local.time.minute(),
                                local.time.second());
  // `pre` reads the clock as if it had not been changed yet: the first of two, and past a gap.
  const absl::Time instant = Rules(zone.name).At(civil).pre;
  return FromInstant(absl::ToUnixSeconds(instant), local.time.nanosecond(), zone);
}

}  // namespace dossier
