#include "graph/temporal.h"

#include <algorithm>

#include "graph/base/text.h"

namespace dossier {
namespace {

void AppendTwo(std::string* out, int number) {
  out->push_back(static_cast<char>('0' + number / 10));
  out->push_back(static_cast<char>('0' + number % 10));
}

// The last three, six or nine of nine digits may be left out where they are 0.
void AppendNanosecond(std::string* out, int64_t nanosecond) {
  std::string digits = StrCat(nanosecond);
  digits.insert(0, 9 - digits.size(), '0');
  while (digits.ends_with("000")) digits.resize(digits.size() - 3);
  if (!digits.empty()) *out += StrCat(".", digits);
}

}  // namespace

std::strong_ordering operator<=>(const ZonedTime& a, const ZonedTime& b) {
  if (const auto order = a.utc_nanoseconds() <=> b.utc_nanoseconds(); order != 0) return order;
  return a.offset <=> b.offset;
}

std::strong_ordering operator<=>(const ZonedDateTime& a, const ZonedDateTime& b) {
  if (const auto order = a.epoch_seconds() <=> b.epoch_seconds(); order != 0) return order;
  if (const auto order = a.local.time.nanosecond() <=> b.local.time.nanosecond(); order != 0) return order;
  if (const auto order = a.offset <=> b.offset; order != 0) return order;
  return a.zone <=> b.zone;
}

bool IsInRange(Date date) {
  static const Date kFirst = ToDate({kMinYear, 1, 1});
  static const Date kLast = ToDate({kMaxYear, 12, 31});
  return kFirst <= date && date <= kLast;
}

LocalDateTime FromSeconds(int64_t seconds, int64_t nanosecond) {
  const int64_t days = FloorDivide(seconds, kSecondsPerDay);
  return {{days}, {(seconds - days * kSecondsPerDay) * kNanosecondsPerSecond + nanosecond}};
}

std::optional<Date> DateOf(const Temporal& temporal) {
  if (const auto* date = std::get_if<Date>(&temporal)) return *date;
  if (const auto* time = std::get_if<LocalDateTime>(&temporal)) return time->date;
  if (const auto* time = std::get_if<ZonedDateTime>(&temporal)) return time->local.date;
  return std::nullopt;
}

std::optional<LocalTime> LocalTimeOf(const Temporal& temporal) {
  if (const auto* time = std::get_if<LocalTime>(&temporal)) return *time;
  if (const auto* time = std::get_if<ZonedTime>(&temporal)) return time->time;
  if (const auto* time = std::get_if<LocalDateTime>(&temporal)) return time->time;
  if (const auto* time = std::get_if<ZonedDateTime>(&temporal)) return time->local.time;
  return std::nullopt;
}

// 1970-01-01 was a Thursday.
int DayOfWeek(Date date) { return static_cast<int>(date.days + 3 - FloorDivide(date.days + 3, 7) * 7) + 1; }

int DayOfYear(Date date) {
  return static_cast<int>(date.days - DaysFromCivil({.year = ToCivil(date).year, .month = 1, .day = 1})) + 1;
}

int Quarter(Date date) { return (ToCivil(date).month - 1) / 3 + 1; }

int DayOfQuarter(Date date) {
  const CivilDate civil = ToCivil(date);
  const int first_month = (civil.month - 1) / 3 * 3 + 1;
  return static_cast<int>(date.days - DaysFromCivil({.year = civil.year, .month = first_month, .day = 1})) + 1;
}

// A week belongs to the year that its Thursday lies in.
WeekDate WeekOf(Date date) {
  const Date thursday = {date.days + 4 - DayOfWeek(date)};
  return {ToCivil(thursday).year, (DayOfYear(thursday) - 1) / 7 + 1};
}

int WeeksInYear(int64_t week_year) { return WeekOf(ToDate({week_year, 12, 28})).week; }

Date FirstDayOfWeek(int64_t week_year, int week) {
  const Date in_first_week = ToDate({week_year, 1, 4});
  return {in_first_week.days + 1 - DayOfWeek(in_first_week) + (week - 1) * int64_t{7}};
}

int DaysInQuarter(int64_t year, int quarter) {
  int days = 0;
  for (int month = quarter * 3 - 2; month <= quarter * 3; ++month) days += DaysInMonth(year, month);
  return days;
}

std::string ToString(Date date) {
  const CivilDate civil = ToCivil(date);
  std::string out = civil.year < 0 ? "-" : civil.year > 9999 ? "+" : "";
  const std::string year = StrCat(civil.year < 0 ? -civil.year : civil.year);
  out.append(year.size() < 4 ? 4 - year.size() : 0, '0');
  out += year;
  out += '-';
  AppendTwo(&out, civil.month);
  out += '-';
  AppendTwo(&out, civil.day);
  return out;
}

std::string ToString(LocalTime time) {
  std::string out;
  AppendTwo(&out, time.hour());
  out += ':';
  AppendTwo(&out, time.minute());
  if (time.second() == 0 && time.nanosecond() == 0) return out;
  out += ':';
  AppendTwo(&out, time.second());
  AppendNanosecond(&out, time.nanosecond());
  return out;
}

std::string ToString(const ZonedTime& time) { return StrCat(ToString(time.time), OffsetToString(time.offset)); }

std::string ToString(const LocalDateTime& time) { return StrCat(ToString(time.date), "T", ToString(time.time)); }

std::string ToString(const ZonedDateTime& time) {
  std::string out = StrCat(ToString(time.local), OffsetToString(time.offset));
  if (!time.zone.empty()) out += StrCat("[", time.zone, "]");
  return out;
}

std::string ToString(const Temporal& temporal) {
  return std::visit([](const auto& value) { return ToString(value); }, temporal);
}

std::string OffsetToString(int32_t offset) {
  if (offset == 0) return "Z";
  std::string out = offset < 0 ? "-" : "+";
  const int32_t seconds = offset < 0 ? -offset : offset;
  AppendTwo(&out, seconds / 3600);
  out += ':';
  AppendTwo(&out, seconds / 60 % 60);
  if (seconds % 60 == 0) return out;
  out += ':';
  AppendTwo(&out, seconds % 60);
  return out;
}

}  // namespace dossier
