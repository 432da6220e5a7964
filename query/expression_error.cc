#include "query/expression_error.h"

#include <string>

#include "graph/base/text.h"
#include "query/error_codes.h"

namespace dossier {

absl::Status QueryError(int number, const SourceSpan& place, std::string_view cause, std::string_view rule,
                        std::string_view hint) {
  return ToStatus(absl::StatusCode::kInvalidArgument, {.number = number,
                                                       .place = place,
                                                       .cause = std::string(cause),
                                                       .rule = std::string(rule),
                                                       .hint = std::string(hint)});
}

Value Fail(EvaluationContext& context, int number, const SourceSpan& place, std::string_view cause,
           std::string_view rule, std::string_view hint) {
  if (!context.failed()) context.Fail(QueryError(number, place, cause, rule, hint));
  return Value();
}

Value FailType(EvaluationContext& context, const SourceSpan& place, std::string_view what, TypeMask accepted,
               const Value& value) {
  return Fail(context, kWrongValueType, place,
              StrCat(what, " takes ", WithArticles(accepted), ", not ", WithArticle(value.type())));
}

absl::Status Retell(int number, const SourceSpan& place, const absl::Status& cause) {
  const std::vector<Diagnostic> told = DiagnosticsOf(cause);
  if (told.empty()) return QueryError(number, place, ToStd(cause.message()));
  return QueryError(number, place, told[0].cause, told[0].rule, told[0].hint);
}

}  // namespace dossier
