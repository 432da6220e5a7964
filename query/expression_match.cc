// text =~ pattern: the whole text must match. RE2, because its time is linear in the text whatever the pattern, and
// patterns come from whoever asks; so there are no back-references and no look-around.
#include <memory>

#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/expression_nodes.h"
#include "re2/re2.h"

namespace dossier {
namespace {

constexpr std::string_view kPatternRule = "patterns are those of RE2: no back-references, no look-around";

std::unique_ptr<re2::RE2> Compile(const std::string& pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  return std::make_unique<re2::RE2>(pattern, options);
}

class MatchExpression : public OperandExpression {
 public:
  // `compiled` is null where the pattern is not constant.
  MatchExpression(BoundExpression text, BoundExpression pattern, std::unique_ptr<re2::RE2> compiled,
                  const SourceSpan& span)
      : OperandExpression(StaticType::kBoolean, span, Operands(std::move(text), std::move(pattern))),
        compiled_(std::move(compiled)) {}
  Value Evaluate(EvaluationContext& context) const override {
    const Value text = operand(0).Evaluate(context);
    const re2::RE2* pattern = compiled_.get();
    std::unique_ptr<re2::RE2> fresh;
    if (pattern == nullptr) {
      const Value written = operand(1).Evaluate(context);
      if (written.type() != Value::Type::kString) return Value();
      fresh = Compile(written.string());
      pattern = fresh.get();
      if (!pattern->ok()) {
        return Fail(context, kUnreadableText, operand(1).span(),
                    StrCat("'", written.string(), "' is no pattern: ", pattern->error()), kPatternRule);
      }
    }
    if (text.type() != Value::Type::kString) return Value();
    return Value::Boolean(re2::RE2::FullMatch(text.string(), *pattern));
  }
  std::string ToString() const override {
    return StrCat("(", operand(0).ToString(), " =~ ", operand(1).ToString(), ")");
  }

 private:
  std::unique_ptr<re2::RE2> compiled_;
};

}  // namespace

absl::StatusOr<BoundExpression> MakeMatch(BoundExpression text, BoundExpression pattern, const SourceSpan& span) {
  std::unique_ptr<re2::RE2> compiled;
  const Value* constant = ConstantOf(*pattern);
  if (constant != nullptr && constant->type() == Value::Type::kString) {
    compiled = Compile(constant->string());
    if (!compiled->ok()) {
      return QueryError(kInvalidConstant, pattern->span(),
                        StrCat("'", constant->string(), "' is no pattern: ", compiled->error()), kPatternRule);
    }
  }
  return std::make_unique<MatchExpression>(std::move(text), std::move(pattern), std::move(compiled), span);
}

}  // namespace dossier
