// Operators on calendar values and durations: date + duration, duration - duration, duration * number and the like
// (graph/temporal_arithmetic.h and graph/duration.h say what they give).
#ifndef DOSSIER_QUERY_CALENDAR_ARITHMETIC_H_
#define DOSSIER_QUERY_CALENDAR_ARITHMETIC_H_

#include <string_view>

#include "graph/base/source_span.h"
#include "graph/value.h"
#include "query/ast_expression.h"
#include "query/evaluation.h"
#include "query/expression.h"

namespace dossier {

inline bool IsCalendarValue(const Value& value) {
  return value.is_temporal() || value.type() == Value::Type::kDuration;
}

// For whoever takes a date from a date.
inline constexpr std::string_view kDifferenceHint =
    "what lies between two dates or times is duration.between(from, to)";

// Before the query runs: may the operator take values of these types, of which one is a calendar value?
bool MayCalculateCalendar(ast::BinaryOperator op, StaticType left, StaticType right);

// Precondition: one of the two is a calendar value or a duration, and neither is null. E7001, E7004, E7011.
Value CalculateCalendar(ast::BinaryOperator op, const Value& a, const Value& b, const SourceSpan& place,
                        EvaluationContext& context);
Value NegateDuration(const Duration& duration, const SourceSpan& place, EvaluationContext& context);

}  // namespace dossier

#endif  // DOSSIER_QUERY_CALENDAR_ARITHMETIC_H_
