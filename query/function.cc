#include "query/function.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/aggregate.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/expression_nodes.h"

namespace dossier {
namespace {

constexpr size_t kMostArgumentsInPlace = 4;

// About how many steps it takes to look at all of it.
uint64_t Length(const Value& value) {
  if (value.type() == Value::Type::kList) return value.list().size();
  return value.type() == Value::Type::kString ? value.string().size() / 64 : 0;
}

class FunctionExpression : public OperandExpression {
 public:
  FunctionExpression(const Function& function, std::vector<BoundExpression> arguments, const SourceSpan& span)
      : OperandExpression(function.result, span, std::move(arguments)), function_(function) {}

  Value Evaluate(EvaluationContext& context) const override {
    if (operand_count() > kMostArgumentsInPlace) {
      std::vector<Value> arguments(operand_count());
      return Call(arguments, context);
    }
    std::array<Value, kMostArgumentsInPlace> arguments;
    return Call(std::span(arguments).first(operand_count()), context);
  }
  std::string ToString() const override {
    std::string out = StrCat(function_.name(), "(");
    for (size_t i = 0; i < operand_count(); ++i) out += StrCat(i > 0 ? ", " : "", operand(i).ToString());
    return out + ")";
  }
  const Function& function() const { return function_; }
  std::vector<const Expression*> arguments() const {
    std::vector<const Expression*> arguments;
    for (size_t i = 0; i < operand_count(); ++i) arguments.push_back(&operand(i));
    return arguments;
  }

 private:
  Value Call(std::span<Value> arguments, EvaluationContext& context) const {
    const bool propagates = function_.nulls == Function::Nulls::kPropagate;
    bool null = false;
    for (size_t i = 0; i < arguments.size(); ++i) {
      arguments[i] = operand(i).Evaluate(context);
      if (arguments[i].is_null()) {
        null = true;
        continue;
      }
      const TypeMask accepted = function_.parameters[std::min(i, function_.parameters.size() - 1)];
      if ((MaskOf(arguments[i].type()) & accepted) == 0) {
        return FailType(context, operand(i).span(), function_.signature, accepted, arguments[i]);
      }
    }
    if ((null && propagates) || context.failed()) return Value();
    Value value = function_.body({function_, span(), context}, arguments);
    uint64_t steps = 1 + Length(value);
    for (const Value& argument : arguments) steps += Length(argument);
    return context.Spend(steps) ? value : Value();
  }

  const Function& function_;
};

using Index = absl::flat_hash_map<std::string, const Function*>;

const Index& Functions() {
  static const auto* const kIndex = [] {
    auto* index = new Index;
    for (const auto table : {ScalarFunctions(), MathFunctions(), StringFunctions(), ListFunctions(), GraphFunctions(),
                             ClaimFunctions(), UncertaintyFunctions(), CalendarFunctions(), DurationFunctions()}) {
      for (const Function& function : table) index->emplace(AsciiLower(function.name()), &function);
    }
    return index;
  }();
  return *kIndex;
}

// The value of a steady function of constants; nothing where it depends on the clock. E6011.
absl::StatusOr<std::optional<Value>> Fold(const FunctionSite& site, const std::vector<BoundExpression>& arguments) {
  std::vector<Value> constants;
  for (const BoundExpression& argument : arguments) {
    constants.push_back(*ConstantOf(*argument));
    if (constants.back().is_null() && site.function.nulls == Function::Nulls::kPropagate) return Value();
  }
  const Parameters no_parameters;
  EvaluationContext context(nullptr, nullptr, &no_parameters);
  Value value = site.function.body({site.function, site.place, context}, constants);
  if (context.failed()) return Retell(kInvalidConstant, site.place, context.status());
  if (context.clock_read()) return std::nullopt;
  return value;
}

absl::Status WrongCount(const FunctionSite& site, size_t given) {
  const Function& function = site.function;
  const size_t most = function.parameters.size();
  const size_t least = function.optional == Function::kVariadic ? most : most - static_cast<size_t>(function.optional);
  const std::string wanted = function.optional == Function::kVariadic ? StrCat("at least ", least)
                             : least == most                          ? StrCat(least)
                                                                      : StrCat(least, " to ", most);
  return QueryError(
      kWrongArgumentCount, site.place,
      StrCat(function.name(), " takes ", wanted, most == 1 && least == 1 ? " argument" : " arguments", ", not ", given),
      "", StrCat("write ", function.signature));
}

}  // namespace

Value FunctionCall::Fail(int number, std::string_view cause, std::string_view hint) const {
  return dossier::Fail(context, number, place, StrCat(function.signature, ": ", cause), "", hint);
}

const Function* FindFunction(std::string_view name) {
  const auto at = Functions().find(AsciiLower(name));
  return at == Functions().end() ? nullptr : at->second;
}

const Function* FindBareFunction(std::string_view name) {
  constexpr std::string_view kBare[] = {"current_date", "current_time", "current_timestamp", "local_time",
                                        "local_timestamp"};
  const std::string lower = AsciiLower(name);
  const bool bare = std::find(std::begin(kBare), std::end(kBare), lower) != std::end(kBare);
  return bare ? FindFunction(lower) : nullptr;
}

const std::vector<std::string>& FunctionNames() {
  static const auto* const kNames = [] {
    auto* names = new std::vector<std::string>;
    for (const auto& [lower, function] : Functions()) names->emplace_back(function->name());
    for (const std::string_view name : AggregateNames()) names->emplace_back(name);
    std::sort(names->begin(), names->end());
    return names;
  }();
  return *kNames;
}

absl::StatusOr<BoundExpression> MakeFunctionCall(const FunctionSite& site, std::vector<BoundExpression> arguments) {
  const Function& function = site.function;
  const size_t most = function.parameters.size();
  const bool variadic = function.optional == Function::kVariadic;
  const size_t least = variadic ? most : most - static_cast<size_t>(function.optional);
  if (arguments.size() < least || (arguments.size() > most && !variadic)) return WrongCount(site, arguments.size());
  for (size_t i = 0; i < arguments.size(); ++i) {
    const TypeMask accepted = function.parameters[std::min(i, most - 1)];
    if (!MayBe(arguments[i]->type(), accepted)) {
      return QueryError(
          kWrongType, arguments[i]->span(),
          StrCat(function.signature, " takes ", WithArticles(accepted), ", not ", WithArticle(arguments[i]->type())));
    }
  }
  if (function.make != nullptr) return function.make(std::move(arguments), site);
  if (function.steady && AreConstant(arguments)) {
    ASSIGN_OR_RETURN(std::optional<Value> value, Fold(site, arguments));
    if (value.has_value()) return MakeConstant(*std::move(value), site.place);
  }
  return std::make_unique<FunctionExpression>(function, std::move(arguments), site.place);
}

std::optional<CalledFunction> CallOf(const Expression& expression) {
  const auto* call = dynamic_cast<const FunctionExpression*>(&expression);
  if (call == nullptr) return std::nullopt;
  return CalledFunction{&call->function(), call->arguments()};
}

bool IsUnsteady(const Expression& expression) {
  const auto* call = dynamic_cast<const FunctionExpression*>(&expression);
  if (call != nullptr && call->function().unsteady) return true;
  bool unsteady = false;
  expression.ForEachChild([&](const Expression& child) { unsteady = unsteady || IsUnsteady(child); });
  return unsteady;
}

}  // namespace dossier
