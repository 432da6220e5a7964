// How the expression binder and bound expressions say what is wrong. For use inside query/.
#ifndef DOSSIER_QUERY_EXPRESSION_ERROR_H_
#define DOSSIER_QUERY_EXPRESSION_ERROR_H_

#include <string_view>

#include "absl/status/status.h"
#include "graph/base/source_span.h"
#include "query/evaluation.h"
#include "query/expression_type.h"

namespace dossier {

// kInvalidArgument with one Diagnostic at `place` of the query's text.
absl::Status QueryError(int number, const SourceSpan& place, std::string_view cause, std::string_view rule = "",
                        std::string_view hint = "");

// The same as the context's failure; gives null, for `return Fail(...)`.
Value Fail(EvaluationContext& context, int number, const SourceSpan& place, std::string_view cause,
           std::string_view rule = "", std::string_view hint = "");

// E7001: `what` ("toUpper(text)", "the operator +") takes `accepted`, not a value of this type.
Value FailType(EvaluationContext& context, const SourceSpan& place, std::string_view what, TypeMask accepted,
               const Value& value);

// The cause and the hint of a lower layer's error (a time, a quantity), told as error `number` at `place`.
absl::Status Retell(int number, const SourceSpan& place, const absl::Status& cause);

}  // namespace dossier

#endif  // DOSSIER_QUERY_EXPRESSION_ERROR_H_
