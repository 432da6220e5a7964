#include "graph/temporal_text.h"

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/error_codes.h"
#include "graph/time_zone.h"
#include "graph/value_error.h"

namespace dossier {
namespace {

constexpr size_t kYearDigits = 4;
constexpr size_t kLongYearDigits = 9;

// Reads one text from left to right.
class Reader {
 public:
  // `kind` and `example` are for messages: "date", "2015-07-21".
  Reader(std::string_view text, std::string_view kind, std::string_view example)
      : text_(text), kind_(kind), example_(example) {}

  absl::StatusOr<Date> ReadDate();
  absl::StatusOr<LocalTime> ReadTime();
  absl::StatusOr<int32_t> ReadOffset();
  // "[Europe/Stockholm]"; an empty name where there is none.
  absl::StatusOr<std::string> ReadZone();
  // A date, and midnight or the time after T.
  absl::StatusOr<LocalDateTime> ReadDateTime();
  absl::Status ExpectEnd() const { return at_ == text_.size() ? absl::OkStatus() : Malformed(); }

  bool AtOffset() const { return At('Z') || At('z') || At('+') || At('-'); }
  bool AtEnd() const { return at_ == text_.size(); }
  absl::Status Malformed() const;
  absl::Status NoSuch(size_t begin, std::string_view what) const;
  size_t position() const { return at_; }

 private:
  bool At(char c) const { return at_ < text_.size() && text_[at_] == c; }
  bool Accept(char c) {
    if (!At(c)) return false;
    ++at_;
    return true;
  }
  bool AcceptLetter(char upper) { return Accept(upper) || Accept(static_cast<char>(upper - 'A' + 'a')); }
  size_t DigitsAhead() const {
    size_t count = 0;
    while (at_ + count < text_.size() && text_[at_ + count] >= '0' && text_[at_ + count] <= '9') ++count;
    return count;
  }
  // Precondition: there are so many digits, no more than 18.
  int64_t Number(size_t digits) {
    int64_t number = 0;
    for (const size_t end = at_ + digits; at_ < end; ++at_) number = number * 10 + (text_[at_] - '0');
    return number;
  }
  // One or two digits.
  std::optional<int> ShortNumber() {
    const size_t digits = DigitsAhead();
    if (digits != 1 && digits != 2) return std::nullopt;
    return static_cast<int>(Number(digits));
  }

  absl::StatusOr<Date> Calendar(size_t begin, int64_t year, int64_t month, int64_t day) const;
  absl::StatusOr<Date> Week(size_t begin, int64_t year, int64_t week, int64_t day) const;
  absl::StatusOr<Date> QuarterDay(size_t begin, int64_t year, int64_t quarter, int64_t day) const;
  absl::StatusOr<Date> Ordinal(size_t begin, int64_t year, int64_t day) const;
  // What follows a year and a dash, or, where it was written without dashes, a year.
  absl::StatusOr<Date> ReadExtendedDay(size_t begin, int64_t year);
  absl::StatusOr<Date> ReadBasicDay(size_t begin, int64_t year);

  std::string_view text_;
  std::string_view kind_;
  std::string_view example_;
  size_t at_ = 0;
};

absl::Status Reader::Malformed() const {
  return ValueError(kBadTemporal, text_, at_, text_.size(), StrCat(Quoted(text_), " is no ", kind_),
                    "calendar values are written as in ISO 8601", StrCat("write one such as '", example_, "'"));
}

absl::Status Reader::NoSuch(size_t begin, std::string_view what) const {
  return ValueError(kNoSuchTemporal, text_, begin, at_, StrCat("no such ", kind_, ": ", Quoted(text_)), what, "");
}

absl::StatusOr<Date> Reader::Calendar(size_t begin, int64_t year, int64_t month, int64_t day) const {
  if (month < 1 || month > 12) return NoSuch(begin, "months go from 1 to 12");
  const int last = DaysInMonth(year, static_cast<int>(month));
  if (day < 1 || day > last) return NoSuch(begin, StrCat("that month has the days 1 to ", last));
  return ToDate({year, static_cast<int>(month), static_cast<int>(day)});
}

absl::StatusOr<Date> Reader::Week(size_t begin, int64_t year, int64_t week, int64_t day) const {
  const int last = WeeksInYear(year);
  if (week < 1 || week > last) return NoSuch(begin, StrCat("that year has the weeks 1 to ", last));
  if (day < 1 || day > 7) return NoSuch(begin, "days of the week go from 1, Monday, to 7");
  const Date date = {FirstDayOfWeek(year, static_cast<int>(week)).days + day - 1};
  if (!IsInRange(date)) {
    return ValueError(kTemporalOutOfRange, text_, begin, at_, StrCat(Quoted(text_), " lies beyond the calendar"),
                      "years go from -999999999 to 999999999", "");
  }
  return date;
}

absl::StatusOr<Date> Reader::QuarterDay(size_t begin, int64_t year, int64_t quarter, int64_t day) const {
  if (quarter < 1 || quarter > 4) return NoSuch(begin, "quarters go from 1 to 4");
  const int last = DaysInQuarter(year, static_cast<int>(quarter));
  if (day < 1 || day > last) return NoSuch(begin, StrCat("that quarter has the days 1 to ", last));
  return Date{ToDate({year, static_cast<int>(quarter) * 3 - 2, 1}).days + day - 1};
}

absl::StatusOr<Date> Reader::Ordinal(size_t begin, int64_t year, int64_t day) const {
  const int last = IsLeapYear(year) ? 366 : 365;
  if (day < 1 || day > last) return NoSuch(begin, StrCat("that year has the days 1 to ", last));
  return Date{ToDate({year, 1, 1}).days + day - 1};
}

absl::StatusOr<Date> Reader::ReadExtendedDay(size_t begin, int64_t year) {
  if (AcceptLetter('W')) {
    const std::optional<int> week = ShortNumber();
    if (!week.has_value()) return Malformed();
    if (!Accept('-')) return Week(begin, year, *week, 1);
    if (DigitsAhead() != 1) return Malformed();
    const int64_t day = Number(1);
    return Week(begin, year, *week, day);
  }
  if (AcceptLetter('Q')) {
    if (DigitsAhead() != 1) return Malformed();
    const int64_t quarter = Number(1);
    if (!Accept('-')) return QuarterDay(begin, year, quarter, 1);
    const std::optional<int> day = ShortNumber();
    if (!day.has_value()) return Malformed();
    return QuarterDay(begin, year, quarter, *day);
  }
  if (DigitsAhead() == 3) {
    const int64_t day = Number(3);
    return Ordinal(begin, year, day);
  }
  const std::optional<int> month = ShortNumber();
  if (!month.has_value()) return Malformed();
  if (!Accept('-')) return Calendar(begin, year, *month, 1);
  const std::optional<int> day = ShortNumber();
  if (!day.has_value()) return Malformed();
  return Calendar(begin, year, *month, *day);
}

absl::StatusOr<Date> Reader::ReadBasicDay(size_t begin, int64_t year) {
  const bool week = AcceptLetter('W');
  const bool quarter = !week && AcceptLetter('Q');
  const size_t digits = DigitsAhead();
  if (week) {
    if (digits != 2 && digits != 3) return Malformed();
    const int64_t number = Number(2);
    const int64_t day = digits == 3 ? Number(1) : 1;
    return Week(begin, year, number, day);
  }
  if (quarter) {
    if (digits != 1 && digits != 3) return Malformed();
    const int64_t number = Number(1);
    const int64_t day = digits == 3 ? Number(2) : 1;
    return QuarterDay(begin, year, number, day);
  }
  switch (digits) {
    case 0:
      return Calendar(begin, year, 1, 1);
    case 3: {
      const int64_t day = Number(3);
      return Ordinal(begin, year, day);
    }
    case 2:
    case 4: {
      const int64_t month = Number(2);
      const int64_t day = digits == 4 ? Number(2) : 1;
      return Calendar(begin, year, month, day);
    }
    default:
      return Malformed();
  }
}

absl::StatusOr<Date> Reader::ReadDate() {
  const size_t begin = at_;
  const bool negative = Accept('-');
  if (negative || Accept('+')) {
    const size_t digits = DigitsAhead();
    if (digits == 0) return Malformed();
    if (digits > kLongYearDigits) {
      return ValueError(kTemporalOutOfRange, text_, begin, at_ + digits,
                        StrCat("the year of ", Quoted(text_), " lies beyond the calendar"),
                        "years go from -999999999 to 999999999", "");
    }
    const int64_t year = negative ? -Number(digits) : Number(digits);
    return Accept('-') ? ReadExtendedDay(begin, year) : Calendar(begin, year, 1, 1);
  }
  if (DigitsAhead() < kYearDigits) return Malformed();
  const int64_t year = Number(kYearDigits);
  return Accept('-') ? ReadExtendedDay(begin, year) : ReadBasicDay(begin, year);
}

absl::StatusOr<LocalTime> Reader::ReadTime() {
  const size_t begin = at_;
  const size_t digits = DigitsAhead();
  if (digits != 1 && digits != 2 && digits != 4 && digits != 6) return Malformed();
  const int64_t hour = Number(digits == 1 ? 1 : 2);
  int64_t minute = 0;
  int64_t second = 0;
  bool has_second = false;
  if (digits > 2) {
    minute = Number(2);
    has_second = digits == 6;
    if (has_second) second = Number(2);
  } else if (Accept(':')) {
    const std::optional<int> minutes = ShortNumber();
    if (!minutes.has_value()) return Malformed();
    minute = *minutes;
    if (Accept(':')) {
      const std::optional<int> seconds = ShortNumber();
      if (!seconds.has_value()) return Malformed();
      second = *seconds;
      has_second = true;
    }
  } else if (digits == 1) {
    return Malformed();
  }
  int64_t nanosecond = 0;
  if (has_second && (Accept('.') || Accept(','))) {
    const size_t places = DigitsAhead();
    if (places < 1 || places > 9) return Malformed();
    nanosecond = Number(places);
    for (size_t i = places; i < 9; ++i) nanosecond *= 10;
  }
  if (hour > 23 || minute > 59 || second > 59) {
    return NoSuch(begin, "times of day go from 00:00:00 to 23:59:59.999999999");
  }
  return LocalTime{((hour * 60 + minute) * 60 + second) * kNanosecondsPerSecond + nanosecond};
}

absl::StatusOr<int32_t> Reader::ReadOffset() {
  const size_t begin = at_;
  if (AcceptLetter('Z')) return 0;
  const bool negative = Accept('-');
  if (!negative && !Accept('+')) return Malformed();
  const size_t digits = DigitsAhead();
  int64_t hour = 0;
  int64_t minute = 0;
  int64_t second = 0;
  if (digits == 4 || digits == 6) {
    hour = Number(2);
    minute = Number(2);
    if (digits == 6) second = Number(2);
  } else {
    const std::optional<int> hours = ShortNumber();
    if (!hours.has_value()) return Malformed();
    hour = *hours;
    for (int64_t* part : {&minute, &second}) {
      if (!Accept(':')) break;
      if (DigitsAhead() != 2) return Malformed();
      *part = Number(2);
    }
  }
  const int64_t offset = (hour * 60 + minute) * 60 + second;
  if (minute > 59 || second > 59 || offset > kMaxOffset) {
    return NoSuch(begin, "offsets from UTC go from -18:00 to +18:00");
  }
  return static_cast<int32_t>(negative ? -offset : offset);
}

absl::StatusOr<std::string> Reader::ReadZone() {
  if (!Accept('[')) return std::string();
  const size_t end = text_.find(']', at_);
  if (end == std::string_view::npos) return Malformed();
  const absl::StatusOr<TimeZone> zone = ParseTimeZone(text_.substr(at_, end - at_));
  if (!zone.ok() || zone->name.empty()) {
    return ValueError(
        kUnknownTimeZone, text_, at_, end, StrCat("there is no time zone ", Quoted(text_.substr(at_, end - at_))),
        "names are those of the IANA time zone database, letter case included", "write one such as [Europe/Stockholm]");
  }
  at_ = end + 1;
  return zone->name;
}

absl::StatusOr<LocalDateTime> Reader::ReadDateTime() {
  LocalDateTime result;
  ASSIGN_OR_RETURN(result.date, ReadDate());
  if (AcceptLetter('T')) {
    ASSIGN_OR_RETURN(result.time, ReadTime());
  }
  return result;
}

}  // namespace

absl::StatusOr<Date> ParseDate(std::string_view text) {
  Reader reader(text, "date", "2015-07-21");
  ASSIGN_OR_RETURN(const Date date, reader.ReadDate());
  RETURN_IF_ERROR(reader.ExpectEnd());
  return date;
}

absl::StatusOr<LocalTime> ParseLocalTime(std::string_view text) {
  Reader reader(text, "local time", "21:40:32.142");
  ASSIGN_OR_RETURN(const LocalTime time, reader.ReadTime());
  RETURN_IF_ERROR(reader.ExpectEnd());
  return time;
}

absl::StatusOr<ZonedTime> ParseZonedTime(std::string_view text) {
  Reader reader(text, "zoned time", "21:40:32.142+01:00");
  ZonedTime time;
  ASSIGN_OR_RETURN(time.time, reader.ReadTime());
  if (!reader.AtEnd()) {
    ASSIGN_OR_RETURN(time.offset, reader.ReadOffset());
  }
  RETURN_IF_ERROR(reader.ExpectEnd());
  return time;
}

absl::StatusOr<LocalDateTime> ParseLocalDateTime(std::string_view text) {
  Reader reader(text, "local datetime", "2015-07-21T21:40:32.142");
  ASSIGN_OR_RETURN(const LocalDateTime time, reader.ReadDateTime());
  RETURN_IF_ERROR(reader.ExpectEnd());
  return time;
}

absl::StatusOr<ZonedDateTime> ParseZonedDateTime(std::string_view text) {
  Reader reader(text, "zoned datetime", "2015-07-21T21:40:32.142+01:00");
  ASSIGN_OR_RETURN(const LocalDateTime local, reader.ReadDateTime());
  std::optional<int32_t> offset;
  const size_t begin = reader.position();
  if (reader.AtOffset()) {
    ASSIGN_OR_RETURN(offset, reader.ReadOffset());
  }
  ASSIGN_OR_RETURN(std::string name, reader.ReadZone());
  RETURN_IF_ERROR(reader.ExpectEnd());
  if (name.empty()) return ZonedDateTime{local, offset.value_or(0), ""};
  ZonedDateTime time = FromLocal(local, {std::move(name), 0}, offset);
  if (offset.has_value() && time.offset != *offset) {
    return ValueError(kUnknownTimeZone, text, begin, text.size(),
                      StrCat("the offset of ", time.zone, " was another then: ", OffsetToString(time.offset)),
                      "an offset beside a time zone is the one that the zone had there and then",
                      "leave the offset out, or correct it");
  }
  return time;
}

absl::StatusOr<int32_t> ParseOffset(std::string_view text) {
  Reader reader(text, "offset from UTC", "+01:00");
  ASSIGN_OR_RETURN(const int32_t offset, reader.ReadOffset());
  RETURN_IF_ERROR(reader.ExpectEnd());
  return offset;
}

}  // namespace dossier
