#include "query/arithmetic.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "graph/base/text.h"
#include "query/calendar_arithmetic.h"
#include "query/error_codes.h"
#include "query/execution.h"
#include "query/expression_error.h"

namespace dossier {
namespace {

using ast::BinaryOperator;
using Type = Value::Type;

Value Overflow(std::string_view symbol, int64_t a, int64_t b, const SourceSpan& place, EvaluationContext& context) {
  return Fail(context, kArithmeticOverflow, place, StrCat(a, " ", symbol, " ", b, " does not fit into 64 bits"),
              "integers go from -9223372036854775808 to 9223372036854775807", "compute with floats: toFloat(...)");
}

Value OnIntegers(BinaryOperator op, int64_t a, int64_t b, const SourceSpan& place, EvaluationContext& context) {
  int64_t result = 0;
  bool overflow = false;
  switch (op) {
    case BinaryOperator::kAdd:
      overflow = __builtin_add_overflow(a, b, &result);
      break;
    case BinaryOperator::kSubtract:
      overflow = __builtin_sub_overflow(a, b, &result);
      break;
    case BinaryOperator::kMultiply:
      overflow = __builtin_mul_overflow(a, b, &result);
      break;
    case BinaryOperator::kDivide:
    case BinaryOperator::kModulo:
      if (b == 0) {
        return Fail(context, kDivisionByZero, place, StrCat(a, " ", Symbol(op), " 0"), "integers do not divide by zero",
                    "guard it: CASE WHEN b <> 0 THEN a / b END");
      }
      if (b == -1) {  // the one quotient that overflows, and the remainder that traps
        overflow = op == BinaryOperator::kDivide && __builtin_sub_overflow(int64_t{0}, a, &result);
        break;
      }
      result = op == BinaryOperator::kDivide ? a / b : a % b;
      break;
    default:
      return Value::Float(std::pow(static_cast<double>(a), static_cast<double>(b)));
  }
  return overflow ? Overflow(Symbol(op), a, b, place, context) : Value::Integer(result);
}

Value OnFloats(BinaryOperator op, double a, double b) {
  switch (op) {
    case BinaryOperator::kAdd:
      return Value::Float(a + b);
    case BinaryOperator::kSubtract:
      return Value::Float(a - b);
    case BinaryOperator::kMultiply:
      return Value::Float(a * b);
    case BinaryOperator::kDivide:
      return Value::Float(a / b);
    case BinaryOperator::kModulo:
      return Value::Float(std::fmod(a, b));
    default:
      return Value::Float(std::pow(a, b));
  }
}

Value JoinTexts(const std::string& a, const std::string& b, const SourceSpan& place, EvaluationContext& context) {
  if (a.size() + b.size() > kMaxTextLength) {
    return Fail(context, kListTooLong, place, "the text would be longer than 64 MB");
  }
  if (!context.Spend(1 + (a.size() + b.size()) / 64)) return Value();
  return Value::String(StrCat(a, b));
}

Value JoinLists(const Value& a, const Value& b, const SourceSpan& place, EvaluationContext& context) {
  const size_t length =
      (a.type() == Type::kList ? a.list().size() : 1) + (b.type() == Type::kList ? b.list().size() : 1);
  if (length > kMaxListLength)
    return Fail(context, kListTooLong, place, "the list would have over 10 million elements");
  if (!context.Spend(length)) return Value();
  List list;
  list.reserve(length);
  for (const Value* part : {&a, &b}) {
    if (part->type() == Type::kList) {
      list.insert(list.end(), part->list().begin(), part->list().end());
    } else {
      list.push_back(*part);
    }
  }
  Value joined = Value::OfList(std::move(list));
  HeldMemory memory(context.state());  // for a moment: whether there is room for it at all
  absl::Status status = memory.Add(joined.SharedBytes());
  if (!status.ok()) context.Fail(std::move(status));
  return joined;
}

Value JoinPaths(const Path& a, const Path& b, const SourceSpan& place, EvaluationContext& context) {
  if (a.vertices.back() != b.vertices.front()) {
    return Fail(context, kWrongValueType, place, "the second path does not begin where the first one ends");
  }
  Path joined = a;
  joined.vertices.insert(joined.vertices.end(), b.vertices.begin() + 1, b.vertices.end());
  joined.edges.insert(joined.edges.end(), b.edges.begin(), b.edges.end());
  return Value::OfPath(std::move(joined));
}

// What remains when `b` is taken from `a`. A quantity is never below zero, so neither is what remains.
absl::StatusOr<Quantity> Difference(const Quantity& a, const Quantity& b, const SourceSpan& place) {
  if (!SameKind(a, b) || a.IsRate() || b.IsRate()) {
    return QueryError(kMixedQuantities, place, StrCat(FormatQuantity(a), " - ", FormatQuantity(b)),
                      "quantities subtract within one unit and kind, and rates do not");
  }
  if (a.high < b.low) {
    return QueryError(kMixedQuantities, place,
                      StrCat(FormatQuantity(a), " - ", FormatQuantity(b), " would be below zero"),
                      "a quantity is never below zero");
  }
  Quantity result = a;
  result.low = std::max(0.0, a.low - b.high);
  result.low_open = result.low > 0 && (a.low_open || b.high_open);
  result.high = a.high - b.low;
  result.high_open = a.high_open || b.low_open;
  if (b.high_open && b.high == kInfinity) result.low_open = false;
  result.approximate |= b.approximate;
  result.vague |= b.vague;
  result.unknown |= b.unknown;
  result.derived = true;
  result.text.clear();
  return result;
}

// "submunition per carrier" times "carrier" gives "submunition"; a plain number gives no unit of its own.
std::optional<std::string> ProductUnit(const Quantity& a, const Quantity& b) {
  if (a.unit.empty()) return b.unit;
  if (b.unit.empty()) return a.unit;
  constexpr std::string_view kPer = " per ";
  const auto cancel = [&](const std::string& rate, const std::string& unit) -> std::optional<std::string> {
    const size_t per = rate.find(kPer);
    if (per == std::string::npos || rate.substr(per + kPer.size()) != unit) return std::nullopt;
    return rate.substr(0, per);
  };
  if (auto unit = cancel(a.unit, b.unit)) return unit;
  return cancel(b.unit, a.unit);
}

absl::StatusOr<Quantity> Times(const Quantity& a, const Quantity& b, const SourceSpan& place) {
  const std::optional<std::string> unit = ProductUnit(a, b);
  if (!unit.has_value()) {
    return QueryError(kMixedQuantities, place, StrCat(FormatQuantity(a), " * ", FormatQuantity(b)),
                      "a quantity multiplies by a number, or by how many there are of one per the other");
  }
  absl::StatusOr<Quantity> product = Product(a, b, *unit, a.basis.empty() ? b.basis : a.basis);
  if (!product.ok()) return Retell(kMixedQuantities, place, product.status());
  return product;
}

// Bounds divided by a number: measured from now on, because half of 5 munitions is no whole number of them.
Quantity Divided(const Quantity& a, double divisor) {
  Quantity result = a;
  result.low /= divisor;
  result.high /= divisor;
  result.countable = false;
  result.derived = true;
  result.text.clear();
  return result;
}

Value OfStatusOr(absl::StatusOr<Quantity> quantity, EvaluationContext& context) {
  if (quantity.ok()) return Value::OfQuantity(*std::move(quantity));
  context.Fail(quantity.status());
  return Value();
}

// Precondition: one of the two is a quantity, the other one too or a number.
Value OnQuantities(BinaryOperator op, const Value& a, const Value& b, const SourceSpan& place,
                   EvaluationContext& context) {
  const bool a_quantity = a.type() == Type::kQuantity;
  const bool b_quantity = b.type() == Type::kQuantity;
  if (a_quantity && b_quantity) {
    switch (op) {
      case BinaryOperator::kAdd: {
        absl::StatusOr<Quantity> sum = Sum({a.quantity(), b.quantity()});
        return OfStatusOr(sum.ok() ? std::move(sum) : Retell(kMixedQuantities, place, sum.status()), context);
      }
      case BinaryOperator::kSubtract:
        return OfStatusOr(Difference(a.quantity(), b.quantity(), place), context);
      case BinaryOperator::kMultiply:
        return OfStatusOr(Times(a.quantity(), b.quantity(), place), context);
      case BinaryOperator::kDivide:
        if (!SameKind(a.quantity(), b.quantity()) || !a.quantity().IsExact() || !b.quantity().IsExact()) {
          return Fail(context, kMixedQuantities, place,
                      StrCat(FormatQuantity(a.quantity()), " / ", FormatQuantity(b.quantity())),
                      "only exact quantities of one unit and kind divide", "divide their bounds: a.low / b.high");
        }
        return Value::Float(a.quantity().low / b.quantity().low);
      default:
        return WrongTypes(op, a, b, place, context);
    }
  }
  const Value& number = a_quantity ? b : a;
  const Quantity& quantity = a_quantity ? a.quantity() : b.quantity();
  const double factor = number.AsDouble();
  if (op == BinaryOperator::kMultiply || (op == BinaryOperator::kDivide && a_quantity)) {
    if (!std::isfinite(factor) || factor < 0 || (op == BinaryOperator::kDivide && factor == 0)) {
      return Fail(context, kNumberOutOfRange, place,
                  StrCat("a quantity does not go ", Symbol(op), " ", FloatToString(factor)),
                  "a quantity is finite and never below zero");
    }
    if (op == BinaryOperator::kDivide) return Value::OfQuantity(Divided(quantity, factor));
    const bool whole = std::trunc(factor) == factor;
    return OfStatusOr(Times(quantity, Quantity::Exactly(factor, "", quantity.countable && whole), place), context);
  }
  if (op == BinaryOperator::kAdd || op == BinaryOperator::kSubtract) {
    return Fail(context, kMixedQuantities, place,
                StrCat("a bare number has no unit to go ", Symbol(op), " with ", FormatQuantity(quantity)),
                "quantities add within one unit",
                StrCat("say of what: quantity('", ToString(number), "', '", quantity.unit, "')"));
  }
  return WrongTypes(op, a, b, place, context);
}

}  // namespace

Value WrongTypes(BinaryOperator op, const Value& a, const Value& b, const SourceSpan& place,
                 EvaluationContext& context) {
  return Fail(
      context, kWrongValueType, place,
      StrCat("the operator ", Symbol(op), " does not take ", WithArticle(a.type()), " and ", WithArticle(b.type())));
}

Value Calculate(BinaryOperator op, const Value& a, const Value& b, const SourceSpan& place,
                EvaluationContext& context) {
  if (a.type() == Type::kInteger && b.type() == Type::kInteger && op != BinaryOperator::kConcat) {
    return OnIntegers(op, a.integer(), b.integer(), place, context);
  }
  if (a.is_null() || b.is_null()) return Value();
  if (a.is_number() && b.is_number() && op != BinaryOperator::kConcat) return OnFloats(op, a.AsDouble(), b.AsDouble());
  const bool a_quantity = a.type() == Type::kQuantity;
  const bool b_quantity = b.type() == Type::kQuantity;
  if ((a_quantity && (b_quantity || b.is_number())) || (b_quantity && a.is_number())) {
    return OnQuantities(op, a, b, place, context);
  }
  if (IsCalendarValue(a) || IsCalendarValue(b)) {
    const bool joins = a.type() == Type::kList || b.type() == Type::kList;
    if (!joins) return CalculateCalendar(op, a, b, place, context);
  }
  if (op != BinaryOperator::kAdd && op != BinaryOperator::kConcat) return WrongTypes(op, a, b, place, context);
  if (a.type() == Type::kString && b.type() == Type::kString) return JoinTexts(a.string(), b.string(), place, context);
  const bool a_list = a.type() == Type::kList;
  const bool b_list = b.type() == Type::kList;
  if (op == BinaryOperator::kConcat) {
    if (a_list && b_list) return JoinLists(a, b, place, context);
    if (a.type() == Type::kPath && b.type() == Type::kPath) return JoinPaths(a.path(), b.path(), place, context);
    return WrongTypes(op, a, b, place, context);
  }
  if (a_list || b_list) return JoinLists(a, b, place, context);
  // openCypher: a text and a number make a text.
  if (a.type() == Type::kString && b.is_number()) return JoinTexts(a.string(), ToString(b), place, context);
  if (a.is_number() && b.type() == Type::kString) return JoinTexts(ToString(a), b.string(), place, context);
  return WrongTypes(op, a, b, place, context);
}

Value Negate(const Value& a, const SourceSpan& place, EvaluationContext& context) {
  switch (a.type()) {
    case Type::kNull:
      return a;
    case Type::kInteger:
      return OnIntegers(BinaryOperator::kSubtract, 0, a.integer(), place, context);
    case Type::kFloat:
      return Value::Float(-a.floating());
    case Type::kDuration:
      return NegateDuration(a.duration(), place, context);
    default:
      return FailType(context, place, "the sign -", kNumberMask | kDurationMask, a);
  }
}

std::optional<int64_t> CheckedAdd(int64_t a, int64_t b) {
  int64_t result = 0;
  if (__builtin_add_overflow(a, b, &result)) return std::nullopt;
  return result;
}

Ternary CompareValues(ast::ComparisonOperator op, const Value& a, const Value& b) {
  switch (op) {
    case ast::ComparisonOperator::kEqual:
      return Equals(a, b);
    case ast::ComparisonOperator::kNotEqual:
      return Not(Equals(a, b));
    case ast::ComparisonOperator::kLess:
      return Less(a, b);
    case ast::ComparisonOperator::kLessOrEqual:
      return LessOrEqual(a, b);
    case ast::ComparisonOperator::kGreater:
      return Less(b, a);
    case ast::ComparisonOperator::kGreaterOrEqual:
      return LessOrEqual(b, a);
  }
  return Ternary::kOpen;
}

Ternary IsElement(const Value& element, const List& list) {
  Ternary found = Ternary::kFalse;
  for (const Value& candidate : list) {
    found = Or(found, Equals(element, candidate));
    if (found == Ternary::kTrue) break;
  }
  return found;
}

std::string_view Symbol(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::kAdd:
      return "+";
    case BinaryOperator::kSubtract:
      return "-";
    case BinaryOperator::kMultiply:
      return "*";
    case BinaryOperator::kDivide:
      return "/";
    case BinaryOperator::kModulo:
      return "%";
    case BinaryOperator::kPower:
      return "^";
    case BinaryOperator::kConcat:
      return "||";
    case BinaryOperator::kIn:
      return "IN";
    case BinaryOperator::kStartsWith:
      return "STARTS WITH";
    case BinaryOperator::kEndsWith:
      return "ENDS WITH";
    case BinaryOperator::kContains:
      return "CONTAINS";
    case BinaryOperator::kMatches:
      return "=~";
  }
  return "?";
}

std::string_view Symbol(ast::ComparisonOperator op) {
  switch (op) {
    case ast::ComparisonOperator::kEqual:
      return "=";
    case ast::ComparisonOperator::kNotEqual:
      return "<>";
    case ast::ComparisonOperator::kLess:
      return "<";
    case ast::ComparisonOperator::kLessOrEqual:
      return "<=";
    case ast::ComparisonOperator::kGreater:
      return ">";
    case ast::ComparisonOperator::kGreaterOrEqual:
      return ">=";
  }
  return "?";
}

std::string_view Symbol(ast::LogicalOperator op) {
  switch (op) {
    case ast::LogicalOperator::kAnd:
      return "AND";
    case ast::LogicalOperator::kOr:
      return "OR";
    case ast::LogicalOperator::kXor:
      return "XOR";
  }
  return "?";
}

}  // namespace dossier
