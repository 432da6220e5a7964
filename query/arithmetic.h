// Operators on values: what +, -, *, /, %, ^ and || give, and how uncertain times and quantities compare.
//
// Integers never wrap round: a result beyond 64 bits is an error, as is an integer divided by zero. Floats follow
// IEEE 754. Null with anything is null. A quantity adds with its own kind alone and multiplies by numbers; its bounds
// do the arithmetic, and the result is marked as derived (graph/quantity.h).
#ifndef DOSSIER_QUERY_ARITHMETIC_H_
#define DOSSIER_QUERY_ARITHMETIC_H_

#include <optional>
#include <string_view>

#include "graph/base/source_span.h"
#include "graph/ternary.h"
#include "graph/value.h"
#include "query/ast_expression.h"
#include "query/evaluation.h"

namespace dossier {

// Longest list, and longest text in bytes, that an expression may make.
inline constexpr size_t kMaxListLength = 10'000'000;
inline constexpr size_t kMaxTextLength = size_t{64} << 20;

// `op` is one of kAdd to kConcat. `place` is where a failure is shown.
Value Calculate(ast::BinaryOperator op, const Value& a, const Value& b, const SourceSpan& place,
                EvaluationContext& context);
Value Negate(const Value& a, const SourceSpan& place, EvaluationContext& context);

// E7001: the operator does not take these two.
Value WrongTypes(ast::BinaryOperator op, const Value& a, const Value& b, const SourceSpan& place,
                 EvaluationContext& context);

// a + b for integers; nothing where it overflows.
std::optional<int64_t> CheckedAdd(int64_t a, int64_t b);

// Three-valued comparison, by Equals and Less of graph/value.h.
Ternary CompareValues(ast::ComparisonOperator op, const Value& a, const Value& b);

// Three-valued `element IN list`.
Ternary IsElement(const Value& element, const List& list);

inline Value ToValue(Ternary truth) {
  return truth == Ternary::kOpen ? Value() : Value::Boolean(truth == Ternary::kTrue);
}

// "+", "<=", "STARTS WITH", as written.
std::string_view Symbol(ast::BinaryOperator op);
std::string_view Symbol(ast::ComparisonOperator op);
std::string_view Symbol(ast::LogicalOperator op);

}  // namespace dossier

#endif  // DOSSIER_QUERY_ARITHMETIC_H_
