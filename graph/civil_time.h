// The proleptic Gregorian calendar in 64 bits, for years that std::chrono's (-32767 to 32767) does not reach.
// Year 0 is 1 BC, as in ISO 8601. Days count from 1970-01-01. Nothing here overflows for years up to 10^14.
#ifndef DOSSIER_GRAPH_CIVIL_TIME_H_
#define DOSSIER_GRAPH_CIVIL_TIME_H_

#include <cstdint>

namespace dossier {

inline constexpr int64_t kSecondsPerDay = 86400;

struct CivilDate {
  int64_t year = 1970;
  int month = 1;  // 1 to 12
  int day = 1;    // 1 to 31
  friend bool operator==(const CivilDate&, const CivilDate&) = default;
};

bool IsLeapYear(int64_t year);
int DaysInMonth(int64_t year, int month);

// Days from 1970-01-01 to `date`, which must exist, and back (H. Hinnant, "chrono-compatible date algorithms").
int64_t DaysFromCivil(const CivilDate& date);
CivilDate CivilFromDays(int64_t days);

// The first second of `date`.
int64_t SecondsFromCivil(const CivilDate& date);
// The date that `seconds` falls on.
CivilDate CivilFromSeconds(int64_t seconds);

// The same day of the month `months` later (earlier if negative). Where that month is too short: its last day.
CivilDate AddMonths(const CivilDate& date, int64_t months);

// Integer division towards minus infinity, as calendars need.
constexpr int64_t FloorDivide(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0); }

}  // namespace dossier

#endif  // DOSSIER_GRAPH_CIVIL_TIME_H_
