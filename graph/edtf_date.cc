// A date is read in two steps: its components, each with digits, masks (X) and marks (~ ? %), then the seconds
// that the components span. A mark widens the span by one unit of its component; see graph/edtf.h.
#include "graph/edtf_date.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/civil_time.h"
#include "graph/edtf_hint.h"
#include "graph/error_codes.h"
#include "graph/value_error.h"

namespace dossier {
namespace {

constexpr int64_t kFarthestYear = 50'000'000'000;

bool IsMark(char c) { return c == '~' || c == '?' || c == '%'; }

// How far a mark reaches: calendar months, or seconds for what is shorter than a month.
struct Unit {
  int64_t months = 0;
  int64_t seconds = 0;
};
Unit Years(int64_t count) { return {count * 12, 0}; }
bool IsCoarser(const Unit& a, const Unit& b) {
  return a.months != b.months ? a.months > b.months : a.seconds > b.seconds;
}

// Digits of a component, X where one is not specified: "15", "1X", "XXXX".
struct Pattern {
  std::string_view digits;

  bool IsMasked() const { return digits.find('X') != std::string_view::npos; }
  bool Matches(int64_t value) const {
    for (size_t i = digits.size(); i > 0; --i, value /= 10) {
      if (digits[i - 1] != 'X' && digits[i - 1] - '0' != value % 10) return false;
    }
    return value == 0;
  }
  // The value with `filling` for each X; of an unmasked one whatever that is.
  int64_t Value(int filling = 0) const {
    int64_t value = 0;
    for (const char c : digits) value = value * 10 + (c == 'X' ? filling : c - '0');
    return value;
  }
  // The first number that fits on the way from `from` to `to`, both included, up or down.
  std::optional<int64_t> First(int64_t from, int64_t to) const {
    const int64_t least = Value(0), greatest = Value(9);
    if (from <= to) {
      for (int64_t value = std::max(from, least); value <= std::min(to, greatest); ++value) {
        if (Matches(value)) return value;
      }
    } else {
      for (int64_t value = std::min(from, greatest); value >= std::max(to, least); --value) {
        if (Matches(value)) return value;
      }
    }
    return std::nullopt;
  }
};

// a * 10^exponent + digit, or nothing beyond the farthest year.
std::optional<int64_t> TimesTenPlus(int64_t a, int digit) {
  if (a > (kFarthestYear - digit) / 10) return std::nullopt;
  return a * 10 + digit;
}

struct SeasonMonths {
  int first;  // may run into the next year: winter is 12, 1, 2
  int count;
};
// Of the codes 21 to 41 (ISO 8601-2, 4.8).
SeasonMonths MonthsOfSeason(int code) {
  static constexpr std::array<int, 4> kNorthern = {3, 6, 9, 12};
  static constexpr std::array<int, 4> kSouthern = {9, 12, 3, 6};
  if (code <= 28) return {kNorthern[(code - 21) % 4], 3};
  if (code <= 32) return {kSouthern[code - 29], 3};
  if (code <= 36) return {(code - 33) * 3 + 1, 3};
  if (code <= 39) return {(code - 37) * 4 + 1, 4};
  return {(code - 40) * 6 + 1, 6};
}

class DateParser {
 public:
  DateParser(std::string_view text, size_t begin, size_t end) : text_(text), begin_(begin), at_(begin), end_(end) {}

  absl::StatusOr<EdtfDate> Parse() {
    RETURN_IF_ERROR(ParseComponents());
    if (at_ != end_) return Malformed();
    Widen();
    return date_;
  }

 private:
  bool AtEnd() const { return at_ >= end_; }
  char Peek() const { return AtEnd() ? '\0' : text_[at_]; }
  bool Take(char c) {
    if (Peek() != c) return false;
    ++at_;
    return true;
  }
  std::string_view Whole() const { return text_.substr(begin_, end_ - begin_); }

  absl::Status Malformed() const {
    const std::string hint = EdtfHint(Whole());
    if (begin_ == end_) {
      return ValueError(kBadEdtf, text_, begin_, end_, "a date is missing", "times are written in EDTF, ISO 8601-2",
                        hint);
    }
    const std::string cause =
        AtEnd() ? StrCat(Quoted(Whole()), " is not a whole date")
                : StrCat(Quoted(Whole()), " is not a date: unexpected ", Quoted(text_.substr(at_, end_ - at_)));
    return ValueError(kBadEdtf, text_, at_, end_, cause, "times are written in EDTF, ISO 8601-2", hint);
  }
  absl::Status NoSuchDate(std::string_view cause, std::string_view hint = "") const {
    return ValueError(kEdtfNoSuchDate, text_, begin_, end_, StrCat(Quoted(Whole()), ": ", cause),
                      "a date must exist in the Gregorian calendar", hint);
  }
  absl::Status YearTooFar() const {
    return ValueError(kEdtfYearTooFar, text_, begin_, end_, StrCat(Quoted(Whole()), " lies out of reach"),
                      "years reach to 50 thousand million before and after now", "");
  }

  std::string_view TakeMarks() {
    const size_t from = at_;
    while (IsMark(Peek())) ++at_;
    return text_.substr(from, at_ - from);
  }
  // Marks before or after a component that has `unit`.
  void Apply(std::string_view marks, const Unit& unit) {
    for (const char mark : marks) {
      date_.approximate |= mark != '?';
      date_.uncertain |= mark != '~';
      if (IsCoarser(unit, reach_)) reach_ = unit;
    }
  }

  std::optional<Pattern> TakePattern(size_t size) {
    if (end_ - at_ < size) return std::nullopt;
    const std::string_view digits = text_.substr(at_, size);
    for (const char c : digits) {
      if (!IsDigit(c) && c != 'X') return std::nullopt;
    }
    at_ += size;
    return Pattern{digits};
  }
  std::optional<int> TakeTwoDigits() {
    const size_t before = at_;
    const std::optional<Pattern> pattern = TakePattern(2);
    if (pattern.has_value() && !pattern->IsMasked()) return static_cast<int>(pattern->Value());
    at_ = before;
    return std::nullopt;
  }

  absl::Status ParseComponents() {
    const std::string_view year_marks = TakeMarks();
    if (Take('Y')) return ParseLongYear(year_marks);
    const bool negative = Take('-');
    const std::optional<Pattern> year = TakePattern(4);
    if (!year.has_value() || IsDigit(Peek())) return Malformed();
    if (Peek() == 'S' && !year->IsMasked()) {
      return ParseSignificantDigits(negative ? -year->Value() : year->Value(), year_marks);
    }
    if (negative && year->digits == "0000") return NoSuchDate("there is no year -0000", "write 0000 for 1 BC");

    Unit unit = Years(1);
    const size_t first_mask = year->digits.find('X');
    for (size_t i = first_mask; i < year->digits.size(); ++i) unit.months *= 10;
    Apply(year_marks, unit);
    Apply(TakeMarks(), unit);
    std::optional<Pattern> month, day;
    if (Take('-')) {
      const std::string_view marks = TakeMarks();
      month = TakePattern(2);
      if (!month.has_value() || IsDigit(Peek())) return Malformed();
      if (!month->IsMasked() && month->Value() > 20) return ParseSeason(negative, *year, *month, marks);
      unit = month->IsMasked() ? Years(1) : Unit{1, 0};
      Apply(marks, unit);
      Apply(TakeMarks(), unit);
    }
    if (month.has_value() && Take('-')) {
      const std::string_view marks = TakeMarks();
      day = TakePattern(2);
      if (!day.has_value() || IsDigit(Peek())) return Malformed();
      unit = day->IsMasked() ? Unit{1, 0} : Unit{0, kSecondsPerDay};
      Apply(marks, unit);
      Apply(TakeMarks(), unit);
    }
    RETURN_IF_ERROR(SpanPatterns(negative, *year, month, day));
    if (Peek() != 'T') return absl::OkStatus();
    if (!day.has_value() || !date_.IsPlain()) return Malformed();
    return ParseTimeOfDay();
  }

  // Y, a sign, digits, an exponent, significant digits: Y170000002, Y-17E7, Y3388E2S3.
  absl::Status ParseLongYear(std::string_view marks) {
    const bool negative = Take('-');
    if (!IsDigit(Peek())) return Malformed();
    std::optional<int64_t> year = 0;
    size_t digits = 0;
    for (; IsDigit(Peek()); ++at_, ++digits) {
      if (year.has_value()) year = TimesTenPlus(*year, text_[at_] - '0');
    }
    if (Take('E')) {
      if (!IsDigit(Peek())) return Malformed();
      int exponent = 0;
      for (; IsDigit(Peek()); ++at_) exponent = std::min(100, exponent * 10 + (text_[at_] - '0'));
      for (; exponent > 0 && year.has_value(); --exponent) year = TimesTenPlus(*year, 0);
    } else if (digits <= 4) {
      return Malformed();  // Y is for years that four digits cannot hold
    }
    if (!year.has_value()) return YearTooFar();
    return ParseSignificantDigits(negative ? -*year : *year, marks);
  }

  // An optional S and number: of 1950S2 the first two digits are known, so it lies in 1900 to 1999.
  absl::Status ParseSignificantDigits(int64_t year, std::string_view marks) {
    int64_t block = 1;
    if (Take('S')) {
      if (!IsDigit(Peek())) return Malformed();
      int significant = 0;
      for (; IsDigit(Peek()); ++at_) significant = std::min(100, significant * 10 + (text_[at_] - '0'));
      if (significant == 0) return Malformed();
      int digits = 0;
      for (int64_t rest = std::abs(year); rest != 0; rest /= 10) ++digits;
      for (; digits > significant; --digits) block *= 10;
      date_.unspecified = true;
    }
    Apply(marks, Years(block));
    Apply(TakeMarks(), Years(block));
    const int64_t nearest = std::abs(year) / block * block;  // to zero
    const int64_t first = year < 0 ? -(nearest + block - 1) : nearest;
    SetSpan({first, 1, 1}, {first + block, 1, 1});
    return absl::OkStatus();
  }

  absl::Status ParseSeason(bool negative, const Pattern& year, const Pattern& season, std::string_view marks) {
    const auto code = static_cast<int>(season.Value());
    if (code > 41)
      return NoSuchDate(StrCat("there is no month or season ", code), "months are 01 to 12, seasons 21 to 41");
    if (Peek() == '-') return NoSuchDate("a season has no days");
    const SeasonMonths months = MonthsOfSeason(code);
    Apply(marks, {months.count, 0});
    Apply(TakeMarks(), {months.count, 0});
    const std::optional<int64_t> first = BorderYear(negative, year, false);
    const std::optional<int64_t> last = BorderYear(negative, year, true);
    if (!first.has_value() || !last.has_value()) return NoSuchDate("no year fits");
    date_.unspecified |= year.IsMasked();
    SetSpan({*first, months.first, 1}, AddMonths({*last, months.first, 1}, months.count));
    return absl::OkStatus();
  }

  // The first or last year that fits, from `from` on in the direction of the search.
  static std::optional<int64_t> BorderYear(bool negative, const Pattern& year, bool last,
                                           std::optional<int64_t> from = std::nullopt) {
    // Of negative years the greatest number comes first; there is no year -0000.
    const bool descending = negative != last;
    const int64_t least = negative ? 1 : 0;
    const int64_t start = from.has_value() ? std::abs(*from) : descending ? 9999 : least;
    const std::optional<int64_t> value = year.First(start, descending ? least : 9999);
    if (!value.has_value()) return std::nullopt;
    return negative ? -*value : *value;
  }

  // The first or last day of `year` that fits the masks of month and day.
  static std::optional<CivilDate> BorderDay(int64_t year, const Pattern& month, const Pattern& day, bool last) {
    for (int i = 1; i <= 12; ++i) {
      const int m = last ? 13 - i : i;
      if (!month.Matches(m)) continue;
      const int days = DaysInMonth(year, m);
      const std::optional<int64_t> d = last ? day.First(days, 1) : day.First(1, days);
      if (d.has_value()) return CivilDate{year, m, static_cast<int>(*d)};
    }
    return std::nullopt;
  }

  // The first or last day that fits all masks. Only the leap day makes it look at more than one year.
  static std::optional<CivilDate> BorderDate(bool negative, const Pattern& year, const Pattern& month,
                                             const Pattern& day, bool last) {
    std::optional<int64_t> y = BorderYear(negative, year, last);
    while (y.has_value()) {
      const std::optional<CivilDate> date = BorderDay(*y, month, day, last);
      if (date.has_value()) return date;
      const int64_t next = last ? *y - 1 : *y + 1;
      if (negative ? next >= 0 || next < -9999 : next < 0 || next > 9999) return std::nullopt;
      y = BorderYear(negative, year, last, next);
    }
    return std::nullopt;
  }

  absl::Status SpanPatterns(bool negative, const Pattern& year, const std::optional<Pattern>& month,
                            const std::optional<Pattern>& day) {
    constexpr Pattern kAny{"XX"};
    const Pattern any_month = month.value_or(kAny);
    const std::optional<CivilDate> first = BorderDate(negative, year, any_month, day.value_or(kAny), false);
    const std::optional<CivilDate> last = BorderDate(negative, year, any_month, day.value_or(kAny), true);
    if (!first.has_value() || !last.has_value()) {
      if (month.has_value() && !BorderDate(negative, year, *month, kAny, false).has_value()) {
        return NoSuchDate(StrCat("there is no month ", month->digits), "months are 01 to 12, seasons 21 to 41");
      }
      return NoSuchDate(day.has_value() ? "there is no such day in that month" : "no year fits");
    }
    date_.unspecified |=
        year.IsMasked() || (month.has_value() && month->IsMasked()) || (day.has_value() && day->IsMasked());
    date_.begin = SecondsFromCivil(*first);
    date_.end = SecondsFromCivil(*last) + kSecondsPerDay;
    return absl::OkStatus();
  }

  // T, hours, minutes, seconds if any, Z or an offset if any; date_.begin is the start of the day.
  absl::Status ParseTimeOfDay() {
    ++at_;
    const std::optional<int> hour = TakeTwoDigits();
    if (!hour.has_value() || !Take(':')) return Malformed();
    const std::optional<int> minute = TakeTwoDigits();
    if (!minute.has_value()) return Malformed();
    std::optional<int> second;
    if (Take(':')) {
      second = TakeTwoDigits();
      if (!second.has_value()) return Malformed();
    }
    int64_t offset = 0;
    if (const char sign = Peek(); sign == '+' || sign == '-') {
      ++at_;
      const std::optional<int> hours = TakeTwoDigits();
      const std::optional<int> minutes = hours.has_value() && Take(':') ? TakeTwoDigits() : 0;
      if (!hours.has_value() || !minutes.has_value()) return Malformed();
      if (*hours > 23 || *minutes > 59) return NoSuchDate("there is no such time zone");
      offset = (*hours * 3600 + *minutes * 60) * (sign == '-' ? -1 : 1);
    } else {
      Take('Z');
    }
    if (*hour > 23 || *minute > 59 || second.value_or(0) > 60) {
      return NoSuchDate("there is no such time of day", "times of day run from 00:00:00 to 23:59:59");
    }
    date_.begin += *hour * 3600 + *minute * 60 + second.value_or(0) - offset;
    if (second == 60) {
      if (FloorDivide(date_.begin, kSecondsPerDay) * kSecondsPerDay != date_.begin) {
        return NoSuchDate("a leap second stands at the end of a day of UTC only");
      }
      --date_.begin;
    }
    date_.end = date_.begin + (second.has_value() ? 1 : 60);
    date_.has_time_of_day = true;
    return absl::OkStatus();
  }

  void SetSpan(const CivilDate& begin, const CivilDate& end) {
    date_.begin = SecondsFromCivil(begin);
    date_.end = SecondsFromCivil(end);
  }

  void Widen() {
    if (reach_.months > 0) {
      date_.begin = SecondsFromCivil(AddMonths(CivilFromSeconds(date_.begin), -reach_.months));
      const CivilDate end = CivilFromSeconds(date_.end);
      CivilDate moved = AddMonths(end, reach_.months);
      // Too short a month must not make the span shorter: take its last day in.
      if (moved.day != end.day) moved = AddMonths({moved.year, moved.month, 1}, 1);
      date_.end = SecondsFromCivil(moved);
    }
    date_.begin -= reach_.seconds;
    date_.end += reach_.seconds;
  }

  std::string_view text_;
  size_t begin_;
  size_t at_;
  size_t end_;
  EdtfDate date_;
  Unit reach_;  // of the coarsest mark
};

}  // namespace

absl::StatusOr<EdtfDate> ParseEdtfDate(std::string_view text, size_t begin, size_t end) {
  return DateParser(text, begin, end).Parse();
}

}  // namespace dossier
