#include "graph/civil_time.h"

#include <algorithm>

namespace dossier {
namespace {

constexpr int64_t kDaysPerEra = 146097;   // 400 years, after which the calendar repeats
constexpr int64_t kDaysToEpoch = 719468;  // from 0000-03-01 to 1970-01-01

}  // namespace

bool IsLeapYear(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysInMonth(int64_t year, int month) {
  if (month == 2) return IsLeapYear(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Years begin in March here, so that the leap day is the last of its year.
int64_t DaysFromCivil(const CivilDate& date) {
  const int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const int64_t era = FloorDivide(year, 400);
  const int64_t year_of_era = year - era * 400;
  const int64_t month_from_march = (date.month + 9) % 12;
  const int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * kDaysPerEra + day_of_era - kDaysToEpoch;
}

CivilDate CivilFromDays(int64_t days) {
  days += kDaysToEpoch;
  const int64_t era = FloorDivide(days, kDaysPerEra);
  const int64_t day_of_era = days - era * kDaysPerEra;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t month_from_march = (5 * day_of_year + 2) / 153;
  CivilDate date;
  date.day = static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
  date.month = static_cast<int>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
  return date;
}

int64_t SecondsFromCivil(const CivilDate& date) { return DaysFromCivil(date) * kSecondsPerDay; }

CivilDate CivilFromSeconds(int64_t seconds) { return CivilFromDays(FloorDivide(seconds, kSecondsPerDay)); }

CivilDate AddMonths(const CivilDate& date, int64_t months) {
  const int64_t month_index = date.month - 1 + months;
  CivilDate moved;
  moved.year = date.year + FloorDivide(month_index, 12);
  moved.month = static_cast<int>(month_index - FloorDivide(month_index, 12) * 12) + 1;
  moved.day = std::min(date.day, DaysInMonth(moved.year, moved.month));
  return moved;
}

}  // namespace dossier
