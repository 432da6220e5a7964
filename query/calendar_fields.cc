#include "query/calendar_fields.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/temporal_text.h"
#include "query/error_codes.h"
#include "query/expression_type.h"

namespace dossier {
namespace {

using Type = Value::Type;

constexpr std::string_view kDateFields[] = {"year", "quarter",   "month",        "week",
                                            "day",  "dayOfWeek", "dayOfQuarter", "ordinalDay"};
constexpr std::string_view kTimeFields[] = {"hour", "minute", "second", "millisecond", "microsecond", "nanosecond"};

bool HasDate(Type type) { return type != Type::kLocalTime && type != Type::kZonedTime; }
bool HasTime(Type type) { return type != Type::kDate; }
bool HasZone(Type type) { return type == Type::kZonedTime || type == Type::kZonedDateTime; }

absl::Status Missing(std::string_view field, std::string_view smaller) {
  return FieldError(StrCat("'", smaller, "' without '", field, "'"),
                    "a field stands only where those before it do: year, month, day, hour, minute, second",
                    StrCat("add '", field, "'"));
}

// The parts of a value while they are put together.
class FieldReader {
 public:
  FieldReader(Type type, const Map& fields, const Clock& clock) : type_(type), fields_(fields), clock_(clock) {}

  absl::StatusOr<Temporal> Read();

 private:
  absl::Status CheckNames() const;
  absl::Status ReadSources();
  absl::StatusOr<Date> ReadDate();
  absl::StatusOr<Date> ReadWeekDate();
  absl::StatusOr<Date> ReadQuarterDate();
  absl::StatusOr<Date> ReadOrdinalDate();
  absl::StatusOr<Date> ReadCalendarDate();
  absl::StatusOr<LocalTime> ReadTime();
  absl::StatusOr<int64_t> ReadNanosecond();
  absl::StatusOr<Temporal> Assemble(std::optional<Date> date, std::optional<LocalTime> time);

  const Value* Find(std::string_view name) const {
    const auto at =
        std::find_if(fields_.begin(), fields_.end(), [&](const auto& field) { return field.first == name; });
    return at == fields_.end() ? nullptr : &at->second;
  }
  bool Has(std::string_view name) const { return Find(name) != nullptr; }
  template <size_t kCount>
  bool HasAny(const std::string_view (&names)[kCount]) const {
    return std::any_of(std::begin(names), std::end(names), [this](std::string_view name) { return Has(name); });
  }
  // The integer of a field between two bounds; `otherwise` where it is not there.
  absl::StatusOr<int64_t> Number(std::string_view name, int64_t otherwise, int64_t least, int64_t most) const;
  // The calendar value of a field, or null.
  absl::StatusOr<const Temporal*> Source(std::string_view name) const;

  Type type_;
  const Map& fields_;
  const Clock& clock_;
  std::optional<Date> base_date_;
  std::optional<LocalTime> base_time_;
  std::optional<TimeZone> base_zone_;
  int32_t base_offset_ = 0;  // of base_zone_, as the value had it
};

absl::StatusOr<int64_t> FieldReader::Number(std::string_view name, int64_t otherwise, int64_t least,
                                            int64_t most) const {
  const Value* value = Find(name);
  if (value == nullptr) return otherwise;
  if (value->type() != Type::kInteger) {
    return FieldError(StrCat("'", name, "' is ", WithArticle(value->type())), "fields are whole numbers");
  }
  if (value->integer() < least || value->integer() > most) {
    return FieldError(StrCat("'", name, "' is ", value->integer()), StrCat("here it goes from ", least, " to ", most));
  }
  return value->integer();
}

absl::StatusOr<const Temporal*> FieldReader::Source(std::string_view name) const {
  const Value* value = Find(name);
  if (value == nullptr) return static_cast<const Temporal*>(nullptr);
  if (!value->is_temporal()) {
    return FieldError(StrCat("'", name, "' is ", WithArticle(value->type())),
                      "fields are taken from a date, a time or a datetime",
                      value->type() == Type::kString ? StrCat("read it first: ", name, "('...')") : "");
  }
  return &value->temporal();
}

absl::Status FieldReader::CheckNames() const {
  std::vector<std::string> known;
  if (HasDate(type_)) known.insert(known.end(), std::begin(kDateFields), std::end(kDateFields));
  if (HasTime(type_)) known.insert(known.end(), std::begin(kTimeFields), std::end(kTimeFields));
  if (HasDate(type_)) known.emplace_back("date");
  if (HasTime(type_)) known.emplace_back("time");
  known.emplace_back("datetime");
  // A date and a local time take a time zone for what is now there.
  if (HasZone(type_) || fields_.size() == 1) known.emplace_back("timezone");
  if (type_ == Type::kZonedDateTime) known.insert(known.end(), {"epochSeconds", "epochMillis"});
  for (const auto& [name, value] : fields_) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string closest = ClosestName(name, known);
    return FieldError(StrCat(WithArticle(type_), " has no field '", name, "'"),
                      StrCat("its fields are ", Join(known, ", ")),
                      closest.empty() ? "" : StrCat("did you mean '", closest, "'?"));
  }
  if (fields_.empty()) {
    return FieldError("no field at all", StrCat("the fields are ", Join(known, ", ")),
                      "for the current one leave the argument out");
  }
  return absl::OkStatus();
}

absl::Status FieldReader::ReadSources() {
  ASSIGN_OR_RETURN(const Temporal* date, Source("date"));
  ASSIGN_OR_RETURN(const Temporal* time, Source("time"));
  ASSIGN_OR_RETURN(const Temporal* both, Source("datetime"));
  std::optional<Temporal> of_epoch;
  if (Has("epochSeconds") || Has("epochMillis")) {
    if (Has("epochSeconds") && Has("epochMillis")) {
      return FieldError("both 'epochSeconds' and 'epochMillis'", "one of them names the instant");
    }
    constexpr int64_t kMostSeconds = 366 * (kMaxYear + 1) * kSecondsPerDay;
    const bool millis = Has("epochMillis");
    const int64_t per_second = millis ? 1000 : 1;
    const int64_t most = millis ? std::numeric_limits<int64_t>::max() : kMostSeconds;
    ASSIGN_OR_RETURN(const int64_t epoch, Number(millis ? "epochMillis" : "epochSeconds", 0, -most, most));
    const int64_t seconds = FloorDivide(epoch, per_second);
    of_epoch = FromInstant(seconds, (epoch - seconds * per_second) * 1'000'000, TimeZone());
  }
  const int sources = (both != nullptr ? 1 : 0) + (of_epoch.has_value() ? 1 : 0);
  if (sources > 1 || (sources == 1 && (date != nullptr || time != nullptr))) {
    return FieldError("more than one value to take the fields from",
                      "it is 'datetime', or 'date' and 'time', or one of 'epochSeconds' and 'epochMillis'");
  }
  if (of_epoch.has_value()) both = &*of_epoch;
  if (both != nullptr) date = time = both;
  if (date != nullptr && HasDate(type_)) {
    base_date_ = DateOf(*date);
    if (!base_date_.has_value()) return FieldError("a time of day has no date to take", "");
  }
  if (time != nullptr && HasTime(type_)) {
    base_time_ = LocalTimeOf(*time);
    if (!base_time_.has_value()) return FieldError("a date has no time of day to take", "");
    if (const auto* of_day = std::get_if<ZonedTime>(time)) {
      base_offset_ = of_day->offset;
      base_zone_ = TimeZone::OfOffset(base_offset_);
    } else if (const auto* of_date = std::get_if<ZonedDateTime>(time)) {
      base_offset_ = of_date->offset;
      base_zone_ = ZoneOf(*of_date);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Date> FieldReader::ReadWeekDate() {
  const WeekDate base = base_date_.has_value() ? WeekOf(*base_date_) : WeekDate();
  if (!base_date_.has_value() && !Has("week")) return Missing("week", "dayOfWeek");
  ASSIGN_OR_RETURN(const int64_t year, Number("year", base.year, kMinYear, kMaxYear));
  const int last = WeeksInYear(year);
  ASSIGN_OR_RETURN(const int64_t week, Number("week", std::min(base.week, last), 1, last));
  ASSIGN_OR_RETURN(const int64_t day, Number("dayOfWeek", base_date_.has_value() ? DayOfWeek(*base_date_) : 1, 1, 7));
  return Date{FirstDayOfWeek(year, static_cast<int>(week)).days + day - 1};
}

absl::StatusOr<Date> FieldReader::ReadQuarterDate() {
  const Date base = base_date_.value_or(Date());
  if (!base_date_.has_value() && !Has("quarter")) return Missing("quarter", "dayOfQuarter");
  ASSIGN_OR_RETURN(const int64_t year, Number("year", ToCivil(base).year, kMinYear, kMaxYear));
  ASSIGN_OR_RETURN(const int64_t quarter, Number("quarter", Quarter(base), 1, 4));
  const int last = DaysInQuarter(year, static_cast<int>(quarter));
  ASSIGN_OR_RETURN(const int64_t day, Number("dayOfQuarter", std::min(DayOfQuarter(base), last), 1, last));
  return Date{ToDate({year, static_cast<int>(quarter) * 3 - 2, 1}).days + day - 1};
}

absl::StatusOr<Date> FieldReader::ReadOrdinalDate() {
  ASSIGN_OR_RETURN(const int64_t year, Number("year", ToCivil(base_date_.value_or(Date())).year, kMinYear, kMaxYear));
  ASSIGN_OR_RETURN(const int64_t day, Number("ordinalDay", 1, 1, IsLeapYear(year) ? 366 : 365));
  return Date{ToDate({year, 1, 1}).days + day - 1};
}

absl::StatusOr<Date> FieldReader::ReadCalendarDate() {
  const CivilDate base = base_date_.has_value() ? ToCivil(*base_date_) : CivilDate{1970, 1, 1};
  if (!base_date_.has_value() && Has("day") && !Has("month")) return Missing("month", "day");
  ASSIGN_OR_RETURN(const int64_t year, Number("year", base.year, kMinYear, kMaxYear));
  ASSIGN_OR_RETURN(const int64_t month, Number("month", base.month, 1, 12));
  const int last = DaysInMonth(year, static_cast<int>(month));
  ASSIGN_OR_RETURN(const int64_t day, Number("day", std::min(base.day, last), 1, last));
  return ToDate({year, static_cast<int>(month), static_cast<int>(day)});
}

absl::StatusOr<Date> FieldReader::ReadDate() {
  // The ways to name a day, and for each its last field, which a time of day asks for.
  const bool week = Has("week") || Has("dayOfWeek");
  const bool quarter = Has("quarter") || Has("dayOfQuarter");
  const bool ordinal = Has("ordinalDay");
  const bool calendar = Has("month") || Has("day");
  if (week + quarter + ordinal + calendar > 1) {
    return FieldError("fields that name a day in more than one way",
                      "a day is named by month and day, by week and dayOfWeek, by quarter and dayOfQuarter, or by "
                      "ordinalDay");
  }
  if (!base_date_.has_value()) {
    if (!Has("year")) {
      const auto given =
          std::find_if(fields_.begin(), fields_.end(), [](const auto& field) { return field.first != "timezone"; });
      return Missing("year", given == fields_.end() ? fields_.front().first : given->first);
    }
    const std::string_view last = week ? "dayOfWeek" : quarter ? "dayOfQuarter" : ordinal ? "ordinalDay" : "day";
    if (!Has(last) && Has("hour")) return Missing(last, "hour");
  }
  if (week) return ReadWeekDate();
  if (quarter) return ReadQuarterDate();
  return ordinal ? ReadOrdinalDate() : ReadCalendarDate();
}

absl::StatusOr<int64_t> FieldReader::ReadNanosecond() {
  const bool milli = Has("millisecond");
  const bool micro = Has("microsecond");
  if (!milli && !micro && !Has("nanosecond")) {
    return base_time_.has_value() ? base_time_->nanosecond() : 0;
  }
  ASSIGN_OR_RETURN(const int64_t millisecond, Number("millisecond", 0, 0, 999));
  ASSIGN_OR_RETURN(const int64_t microsecond, Number("microsecond", 0, 0, milli ? 999 : 999'999));
  ASSIGN_OR_RETURN(const int64_t nanosecond, Number("nanosecond", 0, 0,
                                                    micro   ? 999
                                                    : milli ? 999'999
                                                            : kNanosecondsPerSecond - 1));
  return millisecond * 1'000'000 + microsecond * 1'000 + nanosecond;
}

absl::StatusOr<LocalTime> FieldReader::ReadTime() {
  if (!base_time_.has_value()) {
    std::string_view before;
    for (const std::string_view name : {"hour", "minute", "second"}) {
      if (before.empty() && !Has(name)) before = name;
      if (!before.empty() && before != name && Has(name)) return Missing(before, name);
    }
    for (const std::string_view name : {"millisecond", "microsecond", "nanosecond"}) {
      if (!before.empty() && Has(name)) return Missing(before, name);
    }
    if (!HasDate(type_) && before == "hour") return Missing("hour", fields_.front().first);
  }
  const LocalTime base = base_time_.value_or(LocalTime());
  ASSIGN_OR_RETURN(const int64_t hour, Number("hour", base.hour(), 0, 23));
  ASSIGN_OR_RETURN(const int64_t minute, Number("minute", base.minute(), 0, 59));
  ASSIGN_OR_RETURN(const int64_t second, Number("second", base.second(), 0, 59));
  ASSIGN_OR_RETURN(const int64_t nanosecond, ReadNanosecond());
  return LocalTime{((hour * 60 + minute) * 60 + second) * kNanosecondsPerSecond + nanosecond};
}

absl::StatusOr<Temporal> FieldReader::Assemble(std::optional<Date> date, std::optional<LocalTime> time) {
  if (type_ == Type::kDate) return *date;
  if (type_ == Type::kLocalTime) return *time;
  if (type_ == Type::kLocalDateTime) return LocalDateTime{*date, *time};
  std::optional<TimeZone> zone;
  if (const Value* named = Find("timezone"); named != nullptr) {
    ASSIGN_OR_RETURN(zone, ZoneFromValue(*named));
  }
  if (type_ == Type::kZonedTime) {
    const ZonedTime in_base = {*time, base_offset_};
    if (!zone.has_value()) return in_base;
    int32_t offset = zone->offset;
    if (!zone->name.empty()) {
      offset = OffsetAt(*zone, std::chrono::floor<std::chrono::seconds>(clock_()).time_since_epoch().count());
    }
    if (!base_zone_.has_value()) return ZonedTime{*time, offset};
    const int64_t moved = in_base.utc_nanoseconds() + offset * kNanosecondsPerSecond;
    return ZonedTime{{moved - FloorDivide(moved, kNanosecondsPerDay) * kNanosecondsPerDay}, offset};
  }
  const LocalDateTime local = {*date, *time};
  if (!base_zone_.has_value()) return FromLocal(local, zone.value_or(TimeZone()));
  const ZonedDateTime in_base = FromLocal(local, *base_zone_, base_offset_);
  if (!zone.has_value()) return in_base;
  return FromInstant(in_base.epoch_seconds(), in_base.local.time.nanosecond(), *zone);
}

absl::StatusOr<Temporal> FieldReader::Read() {
  RETURN_IF_ERROR(CheckNames());
  if (fields_.size() == 1 && fields_.front().first == "timezone") {
    ASSIGN_OR_RETURN(const TimeZone zone, ZoneFromValue(fields_.front().second));
    return TemporalNow(type_, clock_(), zone);
  }
  RETURN_IF_ERROR(ReadSources());
  std::optional<Date> date;
  std::optional<LocalTime> time;
  if (HasDate(type_)) {
    ASSIGN_OR_RETURN(date, ReadDate());
  }
  if (HasTime(type_)) {
    ASSIGN_OR_RETURN(time, ReadTime());
  }
  ASSIGN_OR_RETURN(Temporal result, Assemble(date, time));
  const std::optional<Date> day = DateOf(result);
  if (day.has_value() && !IsInRange(*day)) {
    return FieldError("a day beyond the calendar", "years go from -999999999 to 999999999");
  }
  return result;
}

struct UnitName {
  std::string_view name;
  DurationUnit unit;
};
constexpr UnitName kDurationFields[] = {
    {"years", DurationUnit::kYear},
    {"quarters", DurationUnit::kQuarter},
    {"months", DurationUnit::kMonth},
    {"weeks", DurationUnit::kWeek},
    {"days", DurationUnit::kDay},
    {"hours", DurationUnit::kHour},
    {"minutes", DurationUnit::kMinute},
    {"seconds", DurationUnit::kSecond},
    {"milliseconds", DurationUnit::kMillisecond},
    {"microseconds", DurationUnit::kMicrosecond},
    {"nanoseconds", DurationUnit::kNanosecond},
};

template <typename T>
absl::StatusOr<Temporal> Widened(absl::StatusOr<T> value) {
  if (!value.ok()) return value.status();
  return Temporal(*std::move(value));
}

}  // namespace

absl::Status FieldError(std::string_view cause, std::string_view rule, std::string_view hint) {
  return ToStatus(absl::StatusCode::kInvalidArgument, {.number = kBadTemporalFields,
                                                       .cause = std::string(cause),
                                                       .rule = std::string(rule),
                                                       .hint = std::string(hint)});
}

absl::StatusOr<TimeZone> ZoneFromValue(const Value& value) {
  if (value.type() == Type::kString) return ParseTimeZone(value.string());
  return FieldError(StrCat("'timezone' is ", WithArticle(value.type())), "a time zone is named by a text",
                    "write one such as 'Europe/Stockholm' or '+01:00'");
}

absl::StatusOr<Temporal> TemporalFromFields(Type type, const Map& fields, const Clock& clock) {
  return FieldReader(type, fields, clock).Read();
}

absl::StatusOr<Temporal> TemporalFromText(Type type, std::string_view text) {
  switch (type) {
    case Type::kDate:
      return Widened(ParseDate(text));
    case Type::kLocalTime:
      return Widened(ParseLocalTime(text));
    case Type::kZonedTime:
      return Widened(ParseZonedTime(text));
    case Type::kLocalDateTime:
      return Widened(ParseLocalDateTime(text));
    default:
      return Widened(ParseZonedDateTime(text));
  }
}

absl::StatusOr<Temporal> TemporalFromTemporal(Type type, const Temporal& from) {
  const std::optional<Date> date = DateOf(from);
  const std::optional<LocalTime> time = LocalTimeOf(from);
  if (HasDate(type) && !date.has_value()) return FieldError("a time of day has no date", "");
  if (!HasDate(type) && !time.has_value()) return FieldError("a date has no time of day", "");
  switch (type) {
    case Type::kDate:
      return *date;
    case Type::kLocalTime:
      return *time;
    case Type::kLocalDateTime:
      return LocalDateTime{*date, time.value_or(LocalTime())};
    case Type::kZonedTime: {
      if (const auto* zoned = std::get_if<ZonedTime>(&from)) return *zoned;
      const auto* zoned = std::get_if<ZonedDateTime>(&from);
      return ZonedTime{*time, zoned == nullptr ? 0 : zoned->offset};
    }
    default: {
      if (const auto* zoned = std::get_if<ZonedDateTime>(&from)) return *zoned;
      return ZonedDateTime{{*date, time.value_or(LocalTime())}, 0, ""};
    }
  }
}

Temporal TemporalNow(Type type, std::chrono::system_clock::time_point now, const TimeZone& zone) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  const auto nanosecond = std::chrono::duration_cast<std::chrono::nanoseconds>(now - seconds).count();
  const ZonedDateTime there = FromInstant(seconds.time_since_epoch().count(), nanosecond, zone);
  switch (type) {
    case Type::kDate:
      return there.local.date;
    case Type::kLocalTime:
      return there.local.time;
    case Type::kZonedTime:
      return ZonedTime{there.local.time, there.offset};
    case Type::kLocalDateTime:
      return there.local;
    default:
      return there;
  }
}

absl::StatusOr<Duration> DurationFromFields(const Map& fields) {
  DurationBuilder builder;
  for (const auto& [name, value] : fields) {
    const auto* const at = std::find_if(std::begin(kDurationFields), std::end(kDurationFields),
                                        [&name = name](const UnitName& field) { return field.name == name; });
    if (at == std::end(kDurationFields)) {
      std::vector<std::string> known;
      for (const UnitName& field : kDurationFields) known.emplace_back(field.name);
      const std::string closest = ClosestName(name, known);
      return FieldError(StrCat("a duration has no field '", name, "'"), StrCat("its fields are ", Join(known, ", ")),
                        closest.empty() ? "" : StrCat("did you mean '", closest, "'?"));
    }
    if (!value.is_number()) {
      return FieldError(StrCat("'", name, "' is ", WithArticle(value.type())), "the fields of a duration are numbers");
    }
    const std::optional<DecimalAmount> amount =
        value.type() == Type::kInteger ? DecimalAmount{value.integer(), 0} : ToDecimal(value.floating());
    if (!amount.has_value()) {
      return FieldError(StrCat("'", name, "' is ", ToString(value)), "amounts fit into 64 bits");
    }
    builder.Add(at->unit, *amount);
  }
  if (fields.empty()) return FieldError("no field at all", "a duration has years, months, days, hours and so on");
  const std::optional<Duration> duration = builder.Build();
  if (!duration.has_value()) {
    return FieldError("the duration is too long", "the months, days and seconds of a duration fit into 64 bits each");
  }
  return *duration;
}

absl::StatusOr<Value> ReadCalendarLiteral(const ast::TypedLiteral& literal) {
  // The offset or zone of a time stands behind its digits; the dashes of a date do not count.
  const std::string_view text = literal.text;
  const size_t clock_begin = literal.type == ast::TypedLiteral::Type::kTime ? 0 : text.find_first_of("Tt");
  const bool zoned = clock_begin != std::string_view::npos && text.find_first_of("Zz+-[", clock_begin) != text.npos;
  Type type = Type::kDate;
  switch (literal.type) {
    case ast::TypedLiteral::Type::kDate:
      break;
    case ast::TypedLiteral::Type::kTime:
      type = zoned ? Type::kZonedTime : Type::kLocalTime;
      break;
    case ast::TypedLiteral::Type::kDateTime:
      type = zoned || text.ends_with(']') ? Type::kZonedDateTime : Type::kLocalDateTime;
      break;
    case ast::TypedLiteral::Type::kDuration: {
      ASSIGN_OR_RETURN(const Duration duration, ParseDuration(text));
      return Value::OfDuration(duration);
    }
  }
  ASSIGN_OR_RETURN(Temporal temporal, TemporalFromText(type, text));
  return Value::OfTemporal(std::move(temporal));
}

}  // namespace dossier
