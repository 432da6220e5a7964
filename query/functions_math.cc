// Functions on numbers.
#include <cmath>
#include <numbers>
#include <random>

#include "query/arithmetic.h"
#include "query/error_codes.h"
#include "query/function.h"

namespace dossier {
namespace {

using Type = Value::Type;
using Arguments = std::span<const Value>;

template <double (*kFunction)(double)>
Value OfFloat(const FunctionCall&, Arguments arguments) {
  return Value::Float(kFunction(arguments[0].AsDouble()));
}

Value Abs(const FunctionCall& call, Arguments arguments) {
  const Value& value = arguments[0];
  if (value.type() == Type::kFloat) return Value::Float(std::abs(value.floating()));
  return value.integer() < 0 ? Negate(value, call.place, call.context) : value;
}

Value SignOf(const FunctionCall&, Arguments arguments) {
  const double number = arguments[0].AsDouble();
  return Value::Integer(number > 0 ? 1 : number < 0 ? -1 : 0);
}

// Halves go up, as openCypher has it; with a precision, away from zero.
Value Round(const FunctionCall& call, Arguments arguments) {
  const double number = arguments[0].AsDouble();
  if (arguments.size() == 1) {
    // Not floor(x + 0.5): that rounds 0.49999999999999994 up.
    const double down = std::floor(number);
    return Value::Float(number - down >= 0.5 ? down + 1 : down);
  }
  const int64_t digits = arguments[1].integer();
  if (digits < 0 || digits > 300) return call.Fail(kNumberOutOfRange, "the precision lies between 0 and 300");
  const double scale = std::pow(10.0, static_cast<double>(digits));
  const double scaled = number * scale;
  if (!std::isfinite(scaled)) return Value::Float(number);
  return Value::Float(std::round(scaled) / scale);
}

double Degrees(double radians) { return radians * 180 / std::numbers::pi; }
double Radians(double degrees) { return degrees * std::numbers::pi / 180; }
double Cotangent(double x) { return 1 / std::tan(x); }
double Haversine(double x) { return (1 - std::cos(x)) / 2; }

Value Atan2(const FunctionCall&, Arguments arguments) {
  return Value::Float(std::atan2(arguments[0].AsDouble(), arguments[1].AsDouble()));
}
Value Power(const FunctionCall&, Arguments arguments) {
  return Value::Float(std::pow(arguments[0].AsDouble(), arguments[1].AsDouble()));
}
Value Modulo(const FunctionCall& call, Arguments arguments) {
  return Calculate(ast::BinaryOperator::kModulo, arguments[0], arguments[1], call.place, call.context);
}
Value LogToBase(const FunctionCall&, Arguments arguments) {
  if (arguments.size() == 1) return Value::Float(std::log(arguments[0].AsDouble()));
  return Value::Float(std::log(arguments[1].AsDouble()) / std::log(arguments[0].AsDouble()));
}
Value E(const FunctionCall&, Arguments) { return Value::Float(std::numbers::e); }
Value Pi(const FunctionCall&, Arguments) { return Value::Float(std::numbers::pi); }
Value IsNan(const FunctionCall&, Arguments arguments) { return Value::Boolean(std::isnan(arguments[0].AsDouble())); }

Value Rand(const FunctionCall&, Arguments) {
  thread_local std::mt19937_64 generator(std::random_device{}());
  return Value::Float(std::uniform_real_distribution<double>(0.0, 1.0)(generator));
}

Function OnNumber(std::string_view signature, FunctionBody body) {
  return {signature, {kNumberMask}, 0, StaticType::kFloat, body};
}

}  // namespace

std::span<const Function> MathFunctions() {
  static const auto* const kTable = new std::vector<Function>{
      {"abs(number)", {kNumberMask}, 0, StaticType::kNumber, Abs},
      {"sign(number)", {kNumberMask}, 0, StaticType::kInteger, SignOf},
      {"round(number[, precision])", {kNumberMask, kIntegerMask}, 1, StaticType::kFloat, Round},
      OnNumber("ceil(number)", OfFloat<std::ceil>),
      OnNumber("ceiling(number)", OfFloat<std::ceil>),
      OnNumber("floor(number)", OfFloat<std::floor>),
      OnNumber("sqrt(number)", OfFloat<std::sqrt>),
      OnNumber("exp(number)", OfFloat<std::exp>),
      OnNumber("ln(number)", OfFloat<std::log>),
      OnNumber("log10(number)", OfFloat<std::log10>),
      // openCypher's log(x) is natural; GQL's has the base first.
      {"log([base, ]number)", {kNumberMask, kNumberMask}, 1, StaticType::kFloat, LogToBase},
      {"power(base, exponent)", {kNumberMask, kNumberMask}, 0, StaticType::kFloat, Power},
      {"mod(number, divisor)", {kNumberMask, kNumberMask}, 0, StaticType::kNumber, Modulo},
      OnNumber("sin(angle)", OfFloat<std::sin>),
      OnNumber("cos(angle)", OfFloat<std::cos>),
      OnNumber("tan(angle)", OfFloat<std::tan>),
      OnNumber("cot(angle)", OfFloat<Cotangent>),
      OnNumber("sinh(number)", OfFloat<std::sinh>),
      OnNumber("cosh(number)", OfFloat<std::cosh>),
      OnNumber("tanh(number)", OfFloat<std::tanh>),
      OnNumber("asin(number)", OfFloat<std::asin>),
      OnNumber("acos(number)", OfFloat<std::acos>),
      OnNumber("atan(number)", OfFloat<std::atan>),
      OnNumber("haversin(angle)", OfFloat<Haversine>),
      OnNumber("degrees(angle)", OfFloat<Degrees>),
      OnNumber("radians(degrees)", OfFloat<Radians>),
      {"atan2(y, x)", {kNumberMask, kNumberMask}, 0, StaticType::kFloat, Atan2},
      {"isNaN(number)", {kNumberMask}, 0, StaticType::kBoolean, IsNan},
      {.signature = "e()", .parameters = {}, .result = StaticType::kFloat, .body = E},
      {.signature = "pi()", .parameters = {}, .result = StaticType::kFloat, .body = Pi},
      {.signature = "rand()", .parameters = {}, .result = StaticType::kFloat, .body = Rand, .unsteady = true},
  };
  return *kTable;
}

}  // namespace dossier
