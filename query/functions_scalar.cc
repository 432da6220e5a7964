// Functions on values of any type: conversions, null handling, the clock.
#include <charconv>
#include <chrono>
#include <cmath>

#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/expression_nodes.h"
#include "query/function.h"
#include "query/value_component.h"

namespace dossier {
namespace {

using Type = Value::Type;
using Arguments = std::span<const Value>;
using Nulls = Function::Nulls;

constexpr TypeMask kPlain = kStringMask | kBooleanMask | kNumberMask | kComponentMask;

Value IntegerOf(double number) {
  const double whole = std::trunc(number);
  if (!(whole >= -9223372036854775808.0 && whole < 9223372036854775808.0)) return Value();
  return Value::Integer(static_cast<int64_t>(whole));
}

// Null where the text, white space aside, is no number.
Value NumberOf(std::string_view text, bool integer) {
  text = Trim(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  if (integer) {
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) return Value::Integer(number);
  }
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return Value();
  return integer ? IntegerOf(number) : Value::Float(number);
}

Value ToInteger(const FunctionCall&, Arguments arguments) {
  const Value& value = arguments[0];
  switch (value.type()) {
    case Type::kInteger:
      return value;
    case Type::kFloat:
      return IntegerOf(value.floating());
    case Type::kBoolean:
      return Value::Integer(value.boolean() ? 1 : 0);
    case Type::kString:
      return NumberOf(value.string(), /*integer=*/true);
    case Type::kQuantity:
      return value.quantity().IsExact() ? IntegerOf(value.quantity().low) : Value();
    default:
      return Value();
  }
}

Value ToFloat(const FunctionCall&, Arguments arguments) {
  const Value& value = arguments[0];
  switch (value.type()) {
    case Type::kInteger:
    case Type::kFloat:
      return Value::Float(value.AsDouble());
    case Type::kString:
      return NumberOf(value.string(), /*integer=*/false);
    case Type::kQuantity:
      return value.quantity().IsExact() ? Value::Float(value.quantity().low) : Value();
    default:
      return Value();
  }
}

Value ToBoolean(const FunctionCall&, Arguments arguments) {
  const Value& value = arguments[0];
  switch (value.type()) {
    case Type::kBoolean:
      return value;
    case Type::kInteger:
      return Value::Boolean(value.integer() != 0);
    case Type::kString: {
      const std::string_view text = Trim(value.string());
      if (EqualsIgnoringAsciiCase(text, "true")) return Value::Boolean(true);
      if (EqualsIgnoringAsciiCase(text, "false")) return Value::Boolean(false);
      return Value();
    }
    default:
      return Value();
  }
}

Value ToText(const FunctionCall&, Arguments arguments) { return Value::String(ToString(arguments[0])); }

// The ...OrNull twins: null where the plain one would refuse the type.
template <FunctionBody kBody, TypeMask kAccepted>
Value OrNull(const FunctionCall& call, Arguments arguments) {
  return (MaskOf(arguments[0].type()) & kAccepted) == 0 ? Value() : kBody(call, arguments);
}

constexpr TypeMask kToIntegerMask = kNumberMask | kStringMask | kBooleanMask | kQuantityMask;
constexpr TypeMask kToFloatMask = kNumberMask | kStringMask | kQuantityMask;
constexpr TypeMask kToBooleanMask = kBooleanMask | kStringMask | kIntegerMask;

Value NullIf(const FunctionCall&, Arguments arguments) {
  return Equals(arguments[0], arguments[1]) == Ternary::kTrue ? Value() : arguments[0];
}

Value Timestamp(const FunctionCall&, Arguments) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return Value::Integer(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

Value ValueTypeName(const FunctionCall&, Arguments arguments) { return Value::String(TypeName(arguments[0].type())); }

// The first that is not null; the ones after it are not computed.
class Coalesce : public OperandExpression {
 public:
  Coalesce(StaticType type, std::vector<BoundExpression> operands, const SourceSpan& span)
      : OperandExpression(type, span, std::move(operands)) {}
  Value Evaluate(EvaluationContext& context) const override {
    for (size_t i = 0; i < operand_count(); ++i) {
      Value value = operand(i).Evaluate(context);
      if (!value.is_null() || context.failed()) return value;
    }
    return Value();
  }
  std::string ToString() const override {
    std::string out = "coalesce(";
    for (size_t i = 0; i < operand_count(); ++i) out += StrCat(i > 0 ? ", " : "", operand(i).ToString());
    return out + ")";
  }
};

absl::StatusOr<BoundExpression> MakeCoalesce(std::vector<BoundExpression> arguments, const FunctionSite& site) {
  StaticType type = StaticType::kNull;
  for (const BoundExpression& argument : arguments) type = Join(type, argument->type());
  return std::make_unique<Coalesce>(type, std::move(arguments), site.place);
}

// exists(n.name), openCypher's old way to say IS NOT NULL; of a pattern, whether there is such a path.
absl::StatusOr<BoundExpression> MakeExists(std::vector<BoundExpression> arguments, const FunctionSite& site) {
  if (arguments[0]->type() == StaticType::kBoolean) return std::move(arguments[0]);
  return MakeIsCheck(std::move(arguments[0]), ast::IsCheck::What::kNull, /*negated=*/true, site.place);
}

}  // namespace

std::span<const Function> ScalarFunctions() {
  static const auto* const kTable = new std::vector<Function>{
      {"toInteger(value)", {kToIntegerMask}, 0, StaticType::kInteger, ToInteger},
      {"toIntegerOrNull(value)", {kAnyMask}, 0, StaticType::kInteger, OrNull<ToInteger, kToIntegerMask>},
      {"toFloat(value)", {kToFloatMask}, 0, StaticType::kFloat, ToFloat},
      {"toFloatOrNull(value)", {kAnyMask}, 0, StaticType::kFloat, OrNull<ToFloat, kToFloatMask>},
      {"toBoolean(value)", {kToBooleanMask}, 0, StaticType::kBoolean, ToBoolean},
      {"toBooleanOrNull(value)", {kAnyMask}, 0, StaticType::kBoolean, OrNull<ToBoolean, kToBooleanMask>},
      {"toString(value)", {kPlain}, 0, StaticType::kString, ToText},
      {"toStringOrNull(value)", {kAnyMask}, 0, StaticType::kString, OrNull<ToText, kPlain>},
      {"nullIf(value, other)", {kAnyMask, kAnyMask}, 0, StaticType::kAny, NullIf, Nulls::kSeen},
      {"valueType(value)", {kAnyMask}, 0, StaticType::kString, ValueTypeName, Nulls::kSeen},
      {.signature = "timestamp()", .parameters = {}, .result = StaticType::kInteger, .body = Timestamp},
      {.signature = "coalesce(value, ...)",
       .parameters = {kAnyMask},
       .optional = Function::kVariadic,
       .make = MakeCoalesce},
      {.signature = "exists(value)", .parameters = {kAnyMask}, .result = StaticType::kBoolean, .make = MakeExists},
  };
  return *kTable;
}

}  // namespace dossier
