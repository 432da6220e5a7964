// Functions of the language: one table a topic (functions_*.cc), one line a function, found by name in function.cc.
// To add one: write its body, add its line to the table, a row to the test, a line to the reference.
#ifndef DOSSIER_QUERY_FUNCTION_H_
#define DOSSIER_QUERY_FUNCTION_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/base/source_span.h"
#include "query/evaluation.h"
#include "query/expression.h"
#include "query/expression_type.h"

namespace dossier {

class Image;
class Ontology;
struct Function;

// What a body sees of its call, beside the arguments.
struct FunctionCall {
  const Function& function;
  const SourceSpan& place;
  EvaluationContext& context;

  // Fails with the function's signature in front; gives null, for `return call.Fail(...)`.
  Value Fail(int number, std::string_view cause, std::string_view hint = "") const;
};

// What a function that binds itself sees.
struct FunctionSite {
  const Function& function;
  const SourceSpan& place;
  const Ontology* ontology;  // may be null
  const Image* image;
};

using FunctionBody = Value (*)(const FunctionCall& call, std::span<const Value> arguments);
using FunctionMaker = absl::StatusOr<BoundExpression> (*)(std::vector<BoundExpression> arguments,
                                                          const FunctionSite& site);

struct Function {
  enum class Nulls : uint8_t {
    kPropagate,  // null if any argument is: the body never sees one
    kSeen,       // the body deals with nulls itself
  };
  static constexpr int kVariadic = -1;  // as `optional`: the last parameter, once or more

  std::string_view signature;        // as documented: "left(text, length)"; the name is what stands before "("
  std::vector<TypeMask> parameters;  // what each may be, null aside
  int optional = 0;                  // how many of the last parameters may be missing
  StaticType result = StaticType::kAny;
  FunctionBody body = nullptr;
  Nulls nulls = Nulls::kPropagate;
  bool unsteady = false;  // gives another value at each call
  bool steady = false;    // of constants it is a constant, unless it reads the clock: computed once, at bind time
  FunctionMaker make = nullptr;  // instead of a body: binds itself (lazy arguments, things computed once)

  std::string_view name() const { return signature.substr(0, signature.find('(')); }
};

// The function of this name, letter case ignored; null if there is none. Aggregates are not among them.
const Function* FindFunction(std::string_view name);
// The one that is called without parentheses, as GQL has CURRENT_DATE and its like; null if there is none.
const Function* FindBareFunction(std::string_view name);
// As documented, for "did you mean", aggregates included.
const std::vector<std::string>& FunctionNames();

// Checks number and types of the arguments and makes the call. E6003, E6010.
absl::StatusOr<BoundExpression> MakeFunctionCall(const FunctionSite& site, std::vector<BoundExpression> arguments);
// Of a call of a function with a body: which, and of what.
struct CalledFunction {
  const Function* function = nullptr;
  std::vector<const Expression*> arguments;
};
std::optional<CalledFunction> CallOf(const Expression& expression);
// Whether a function that gives another value at each call stands somewhere in it.
bool IsUnsteady(const Expression& expression);

// The tables.
std::span<const Function> ScalarFunctions();
std::span<const Function> MathFunctions();
std::span<const Function> StringFunctions();
std::span<const Function> ListFunctions();
std::span<const Function> GraphFunctions();
std::span<const Function> ClaimFunctions();
std::span<const Function> UncertaintyFunctions();
std::span<const Function> CalendarFunctions();
std::span<const Function> DurationFunctions();

}  // namespace dossier

#endif  // DOSSIER_QUERY_FUNCTION_H_
