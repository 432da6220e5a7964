// Functions that make durations.
#include <algorithm>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "graph/temporal_arithmetic.h"
#include "graph/temporal_text.h"
#include "query/calendar_fields.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/function.h"

namespace dossier {
namespace {

using Type = Value::Type;
using Arguments = std::span<const Value>;

Value MakeDuration(const FunctionCall& call, Arguments arguments) {
  const Value& from = arguments[0];
  if (from.type() == Type::kDuration) return from;
  const bool text = from.type() == Type::kString;
  if (!text && std::any_of(from.map().begin(), from.map().end(), [](const auto& f) { return f.second.is_null(); })) {
    return Value();
  }
  const absl::StatusOr<Duration> duration = text ? ParseDuration(from.string()) : DurationFromFields(from.map());
  if (duration.ok()) return Value::OfDuration(*duration);
  const std::vector<Diagnostic> told = DiagnosticsOf(duration.status());
  return Fail(call.context, text ? kUnreadableText : kBadTemporalFields, call.place,
              StrCat(call.function.signature, ": ", told.front().cause), told.front().rule, told.front().hint);
}

template <Duration (*kMeasure)(const Temporal&, const Temporal&)>
Value Measure(const FunctionCall&, Arguments arguments) {
  return Value::OfDuration(kMeasure(arguments[0].temporal(), arguments[1].temporal()));
}

Function Measurer(std::string_view signature, FunctionBody body) {
  return {.signature = signature,
          .parameters = {kTemporalMask, kTemporalMask},
          .result = StaticType::kDuration,
          .body = body,
          .steady = true};
}

}  // namespace

std::span<const Function> DurationFunctions() {
  static const auto* const kTable = new std::vector<Function>{
      {.signature = "duration(value)",
       .parameters = {kStringMask | kMapMask | kDurationMask},
       .result = StaticType::kDuration,
       .body = MakeDuration,
       .steady = true},
      Measurer("duration.between(from, to)", Measure<Between>),
      Measurer("duration.inMonths(from, to)", Measure<MonthsBetween>),
      Measurer("duration.inDays(from, to)", Measure<DaysBetween>),
      Measurer("duration.inSeconds(from, to)", Measure<SecondsBetween>),
      Measurer("duration_between(from, to)", Measure<Between>),
  };
  return *kTable;
}

}  // namespace dossier
