// Asks queries of a small scratch graph and gives the rows as text.
#ifndef DOSSIER_TESTS_UNIT_QUERY_QUERY_BENCH_H_
#define DOSSIER_TESTS_UNIT_QUERY_QUERY_BENCH_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "query/session.h"

namespace dossier {

class QueryBench {
 public:
  explicit QueryBench(std::shared_ptr<const Image> graph) : session_(Session::OverGraph(std::move(graph))) {}

  // The rows, a line each; or the error's number.
  std::string Ask(std::string_view query, Parameters parameters = {}) const {
    const absl::StatusOr<Answer> answer = Run(query, std::move(parameters));
    if (!answer.ok()) return StrCat("E", ErrorNumber(answer.status()));
    std::string out;
    for (const AnswerRow& row : answer->rows) {
      for (size_t i = 0; i < row.values.size(); ++i) out += StrCat(i > 0 ? " | " : "", ToString(row.values[i]));
      out += '\n';
    }
    return out;
  }
  // The names of the columns, with commas between them; or the error's number.
  std::string Columns(std::string_view query) const {
    const absl::StatusOr<Answer> answer = Run(query, {});
    return answer.ok() ? Join(answer->columns, ", ") : StrCat("E", ErrorNumber(answer.status()));
  }
  // What preparing the query says, without running it: "" or the error's number.
  std::string Prepare(std::string_view query) const {
    const absl::StatusOr<std::string> plan = session_->Explain(query, {});
    return plan.ok() ? "" : StrCat("E", ErrorNumber(plan.status()));
  }
  // The whole message of the error; "" if there is none.
  std::string Complaint(std::string_view query) const { return std::string(ToStd(Run(query, {}).status().message())); }

 private:
  absl::StatusOr<Answer> Run(std::string_view query, Parameters parameters) const {
    QueryOptions options;
    options.parameters = std::move(parameters);
    return session_->Run(query, options);
  }

  std::unique_ptr<Session> session_;
};

}  // namespace dossier

#endif  // DOSSIER_TESTS_UNIT_QUERY_QUERY_BENCH_H_
