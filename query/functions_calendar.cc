// Functions that make dates, times and datetimes: from the clock, texts, maps and each other. Names are openCypher's
// (localdatetime), with GQL's beside them (LOCAL_DATETIME, CURRENT_DATE).
#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "query/calendar_fields.h"
#include "query/calendar_truncation.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/function.h"

namespace dossier {
namespace {

using Type = Value::Type;
using Arguments = std::span<const Value>;
using std::chrono::system_clock;

// What was wrong, told with the function's signature.
Value FailWith(const FunctionCall& call, const absl::Status& status) {
  const std::vector<Diagnostic> told = DiagnosticsOf(status);
  const Diagnostic& first = told.front();
  // A text that graph/ could not read keeps its words and gets the number that such texts have here.
  const int number = first.number == kBadTemporalFields ? first.number : kUnreadableText;
  return Fail(call.context, number, call.place, StrCat(call.function.signature, ": ", first.cause), first.rule,
              first.hint);
}

Value ToValue(const FunctionCall& call, absl::StatusOr<Temporal> temporal) {
  if (!temporal.ok()) return FailWith(call, temporal.status());
  return Value::OfTemporal(*std::move(temporal));
}

Clock ClockOf(const FunctionCall& call) {
  return [&context = call.context] { return context.now(); };
}

bool HasNull(const Map& fields) {
  return std::any_of(fields.begin(), fields.end(), [](const auto& field) { return field.second.is_null(); });
}

template <Type kType>
Value Make(const FunctionCall& call, Arguments arguments) {
  if (arguments.empty()) return Value::OfTemporal(TemporalNow(kType, call.context.now(), TimeZone()));
  const Value& from = arguments[0];
  if (from.type() == Type::kString) return ToValue(call, TemporalFromText(kType, from.string()));
  if (from.is_temporal()) return ToValue(call, TemporalFromTemporal(kType, from.temporal()));
  if (HasNull(from.map())) return Value();
  return ToValue(call, TemporalFromFields(kType, from.map(), ClockOf(call)));
}

Value NowIn(const FunctionCall& call, Type type, system_clock::time_point now, Arguments arguments) {
  if (arguments.empty()) return Value::OfTemporal(TemporalNow(type, now, TimeZone()));
  const absl::StatusOr<TimeZone> zone = ZoneFromValue(arguments[0]);
  if (!zone.ok()) return FailWith(call, zone.status());
  return Value::OfTemporal(TemporalNow(type, now, *zone));
}

// A query is one statement and one transaction, so both have begun when it did.
template <Type kType>
Value AtStart(const FunctionCall& call, Arguments arguments) {
  return NowIn(call, kType, call.context.now(), arguments);
}
template <Type kType>
Value RealTime(const FunctionCall& call, Arguments arguments) {
  return NowIn(call, kType, system_clock::now(), arguments);
}

template <Type kType>
Value TruncateTo(const FunctionCall& call, Arguments arguments) {
  const bool has_fields = arguments.size() > 2;
  if (has_fields && HasNull(arguments[2].map())) return Value();
  const Temporal from = arguments.size() > 1 ? arguments[1].temporal()
                                             : TemporalNow(Type::kZonedDateTime, call.context.now(), TimeZone());
  return ToValue(call,
                 Truncate(kType, arguments[0].string(), from, has_fields ? arguments[2].map() : Map(), ClockOf(call)));
}

Value FromEpoch(const FunctionCall& call, Arguments arguments) {
  const int64_t nanosecond = arguments[1].integer();
  if (nanosecond < 0 || nanosecond >= kNanosecondsPerSecond) {
    return call.Fail(kBadTemporalFields, StrCat("'nanoseconds' is ", nanosecond), "it goes from 0 to 999999999");
  }
  return ToValue(
      call, TemporalFromFields(Type::kZonedDateTime, {{"epochSeconds", arguments[0]}, {"nanosecond", arguments[1]}},
                               ClockOf(call)));
}
Value FromEpochMillis(const FunctionCall& call, Arguments arguments) {
  return ToValue(call, TemporalFromFields(Type::kZonedDateTime, {{"epochMillis", arguments[0]}}, ClockOf(call)));
}

constexpr TypeMask kSources = kStringMask | kMapMask | kTemporalMask;

Function Maker(std::string_view signature, StaticType result, FunctionBody body) {
  return {
      .signature = signature, .parameters = {kSources}, .optional = 1, .result = result, .body = body, .steady = true};
}
Function OfClock(std::string_view signature, StaticType result, FunctionBody body, bool unsteady) {
  return {.signature = signature,
          .parameters = {kStringMask},
          .optional = 1,
          .result = result,
          .body = body,
          .unsteady = unsteady};
}

template <Type kType, StaticType kResult>
void AddAll(const std::array<std::string_view, 5>& signatures, std::vector<Function>* table) {
  table->push_back(Maker(signatures[0], kResult, Make<kType>));
  table->push_back(OfClock(signatures[1], kResult, AtStart<kType>, false));
  table->push_back(OfClock(signatures[2], kResult, AtStart<kType>, false));
  table->push_back(OfClock(signatures[3], kResult, RealTime<kType>, true));
  table->push_back({.signature = signatures[4],
                    .parameters = {kStringMask, kTemporalMask, kMapMask},
                    .optional = 2,
                    .result = kResult,
                    .body = TruncateTo<kType>,
                    .steady = true});
}

}  // namespace

std::span<const Function> CalendarFunctions() {
  static const auto* const kTable = [] {
    auto* table = new std::vector<Function>;
    AddAll<Type::kDate, StaticType::kDate>(
        {"date([value])", "date.transaction([timezone])", "date.statement([timezone])", "date.realtime([timezone])",
         "date.truncate(unit[, value[, fields]])"},
        table);
    AddAll<Type::kLocalTime, StaticType::kLocalTime>(
        {"localtime([value])", "localtime.transaction([timezone])", "localtime.statement([timezone])",
         "localtime.realtime([timezone])", "localtime.truncate(unit[, value[, fields]])"},
        table);
    AddAll<Type::kZonedTime, StaticType::kZonedTime>(
        {"time([value])", "time.transaction([timezone])", "time.statement([timezone])", "time.realtime([timezone])",
         "time.truncate(unit[, value[, fields]])"},
        table);
    AddAll<Type::kLocalDateTime, StaticType::kLocalDateTime>(
        {"localdatetime([value])", "localdatetime.transaction([timezone])", "localdatetime.statement([timezone])",
         "localdatetime.realtime([timezone])", "localdatetime.truncate(unit[, value[, fields]])"},
        table);
    AddAll<Type::kZonedDateTime, StaticType::kZonedDateTime>(
        {"datetime([value])", "datetime.transaction([timezone])", "datetime.statement([timezone])",
         "datetime.realtime([timezone])", "datetime.truncate(unit[, value[, fields]])"},
        table);
    table->push_back({.signature = "datetime.fromEpoch(seconds, nanoseconds)",
                      .parameters = {kIntegerMask, kIntegerMask},
                      .result = StaticType::kZonedDateTime,
                      .body = FromEpoch,
                      .steady = true});
    table->push_back({.signature = "datetime.fromEpochMillis(milliseconds)",
                      .parameters = {kIntegerMask},
                      .result = StaticType::kZonedDateTime,
                      .body = FromEpochMillis,
                      .steady = true});
    table->push_back(Maker("local_time([value])", StaticType::kLocalTime, Make<Type::kLocalTime>));
    table->push_back(Maker("zoned_time([value])", StaticType::kZonedTime, Make<Type::kZonedTime>));
    table->push_back(Maker("local_datetime([value])", StaticType::kLocalDateTime, Make<Type::kLocalDateTime>));
    table->push_back(Maker("zoned_datetime([value])", StaticType::kZonedDateTime, Make<Type::kZonedDateTime>));
    const auto add_now = [table](std::string_view signature, StaticType type, FunctionBody body) {
      table->push_back({.signature = signature, .parameters = {}, .result = type, .body = body});
    };
    add_now("current_date()", StaticType::kDate, Make<Type::kDate>);
    add_now("current_time()", StaticType::kZonedTime, Make<Type::kZonedTime>);
    add_now("current_timestamp()", StaticType::kZonedDateTime, Make<Type::kZonedDateTime>);
    add_now("local_timestamp()", StaticType::kLocalDateTime, Make<Type::kLocalDateTime>);
    return table;
  }();
  return *kTable;
}

}  // namespace dossier
