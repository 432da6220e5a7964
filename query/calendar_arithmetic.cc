#include "query/calendar_arithmetic.h"

#include <optional>

#include "graph/base/text.h"
#include "graph/temporal_arithmetic.h"
#include "query/arithmetic.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/expression_type.h"

namespace dossier {
namespace {

using ast::BinaryOperator;
using Type = Value::Type;

// Fails where the result does not exist.
Value OfDuration(const std::optional<Duration>& duration, std::string_view what, const SourceSpan& place,
                 EvaluationContext& context) {
  if (duration.has_value()) return Value::OfDuration(*duration);
  return Fail(context, kTemporalOverflow, place, StrCat(what, " is too long"),
              "the months, days and seconds of a duration fit into 64 bits each");
}

Value Move(const Value& temporal, const std::optional<Duration>& duration, std::string_view what,
           const SourceSpan& place, EvaluationContext& context) {
  if (duration.has_value()) {
    std::optional<Temporal> moved = Plus(temporal.temporal(), *duration);
    if (moved.has_value()) return Value::OfTemporal(*std::move(moved));
  }
  return Fail(context, kTemporalOverflow, place, StrCat(what, " lies beyond the calendar"),
              "years go from -999999999 to 999999999");
}

std::optional<Duration> Scaled(BinaryOperator op, const Duration& duration, const Value& number) {
  const bool whole = number.type() == Type::kInteger;
  if (op == BinaryOperator::kMultiply) {
    return whole ? Multiply(duration, number.integer()) : Multiply(duration, number.floating());
  }
  return whole ? Divide(duration, number.integer()) : Divide(duration, number.floating());
}

Value OnDurations(BinaryOperator op, const Value& a, const Value& b, std::string_view what, const SourceSpan& place,
                  EvaluationContext& context) {
  const bool a_duration = a.type() == Type::kDuration;
  const bool b_duration = b.type() == Type::kDuration;
  if (a_duration && b_duration) {
    if (op == BinaryOperator::kAdd) return OfDuration(Add(a.duration(), b.duration()), what, place, context);
    if (op == BinaryOperator::kSubtract) return OfDuration(Subtract(a.duration(), b.duration()), what, place, context);
    return WrongTypes(op, a, b, place, context);
  }
  const bool by_number = (a_duration && b.is_number()) || (b_duration && a.is_number());
  const bool scales = op == BinaryOperator::kMultiply || (op == BinaryOperator::kDivide && a_duration);
  if (!by_number || !scales) return WrongTypes(op, a, b, place, context);
  const Value& number = a_duration ? b : a;
  if (op == BinaryOperator::kDivide && number.AsDouble() == 0) {
    return Fail(context, kDivisionByZero, place, what, "durations do not divide by zero",
                "guard it: CASE WHEN n <> 0 THEN d / n END");
  }
  return OfDuration(Scaled(op, a_duration ? a.duration() : b.duration(), number), what, place, context);
}

}  // namespace

bool MayCalculateCalendar(BinaryOperator op, StaticType left, StaticType right) {
  const auto pair = [&](TypeMask a, TypeMask b) { return MayBe(left, a) && MayBe(right, b); };
  switch (op) {
    case BinaryOperator::kAdd:
      return pair(kTemporalMask | kDurationMask, kDurationMask) || pair(kDurationMask, kTemporalMask);
    case BinaryOperator::kSubtract:
      return pair(kTemporalMask | kDurationMask, kDurationMask);
    case BinaryOperator::kMultiply:
      return pair(kDurationMask, kNumberMask) || pair(kNumberMask, kDurationMask);
    case BinaryOperator::kDivide:
      return pair(kDurationMask, kNumberMask);
    default:
      return false;
  }
}

Value CalculateCalendar(BinaryOperator op, const Value& a, const Value& b, const SourceSpan& place,
                        EvaluationContext& context) {
  const std::string what = StrCat(ToString(a), " ", Symbol(op), " ", ToString(b));
  const bool adds = op == BinaryOperator::kAdd;
  if (a.is_temporal() && b.type() == Type::kDuration && (adds || op == BinaryOperator::kSubtract)) {
    return Move(a, adds ? b.duration() : Negate(b.duration()), what, place, context);
  }
  if (a.type() == Type::kDuration && b.is_temporal() && adds) return Move(b, a.duration(), what, place, context);
  if (a.is_temporal() && b.is_temporal() && op == BinaryOperator::kSubtract) {
    return Fail(context, kWrongValueType, place,
                StrCat("the operator - does not take ", WithArticle(a.type()), " and ", WithArticle(b.type())), "",
                kDifferenceHint);
  }
  return OnDurations(op, a, b, what, place, context);
}

Value NegateDuration(const Duration& duration, const SourceSpan& place, EvaluationContext& context) {
  return OfDuration(Negate(duration), StrCat("-(", ToString(duration), ")"), place, context);
}

}  // namespace dossier
