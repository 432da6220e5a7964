// Preparing and running the text of a query: what a Session does for whoever asks it, and CALL why(...) for a query
// inside another one.
#ifndef DOSSIER_QUERY_QUERY_RUN_H_
#define DOSSIER_QUERY_QUERY_RUN_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "query/ast.h"
#include "query/logical_plan.h"
#include "query/session.h"

namespace dossier {

// What a query is asked of. Whatever is pointed to must outlive it.
struct QuerySurroundings {
  std::shared_ptr<const Image> image;
  std::shared_ptr<const View> view;  // of a query without USE
  bool view_chosen = false;          // it is that of an outer query's USE
  const Ontology* ontology = nullptr;
  const ClaimReader* claims = nullptr;
  std::function<const NameIndex*()> names;
};

// Of a query inside another one: all that this one sees, its view included. Lives as long as the outer query.
QuerySurroundings SurroundingsOf(EvaluationContext& context);

struct PreparedText {
  std::optional<ast::View> use;  // binds anew for each run: it may read parameters
  std::string view_text;         // for EXPLAIN
  BoundQuery bound;
  ast::Query::Explain explain = ast::Query::Explain::kNone;
};

// Errors: those of Session::Prepare.
absl::StatusOr<PreparedText> PrepareText(std::string_view query, const QuerySurroundings& of,
                                         const QueryOptions& options);

// The view that the query asks through.
absl::StatusOr<std::shared_ptr<const View>> ViewOf(const PreparedText& query, const QuerySurroundings& of,
                                                   const QueryOptions& options);

// What CALL why(...) asks for.
struct AskedWhy {
  std::optional<size_t> row;  // reasons are found for this one alone
};

// Errors: those of Session::Run.
absl::StatusOr<Answer> RunText(const PreparedText& query, const QuerySurroundings& of, const QueryOptions& options,
                               const std::optional<AskedWhy>& asked = std::nullopt);

}  // namespace dossier

#endif  // DOSSIER_QUERY_QUERY_RUN_H_
