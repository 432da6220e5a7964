// Asking: prepare a query, run it, read rows with what they rest on.
//
//   auto store = Store::Open("my.db", {.read_only = true});
//   auto session = Session::Open(**store);
//   auto answer = session->Run("MATCH (a)-[:TRANSFERRED]->(b) RETURN a.name, b.name LIMIT 5", {});
//   for (const AnswerRow& row : answer->rows) Print(row.values, row.notes);
//
// A session holds one state of the store: what is committed later is seen by a session that is opened later. It may
// be used from many threads at once; an Answer belongs to whoever asked for it.
#ifndef DOSSIER_QUERY_SESSION_H_
#define DOSSIER_QUERY_SESSION_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/claim.h"
#include "graph/image.h"
#include "graph/view.h"
#include "query/claim_reader.h"
#include "query/evaluation.h"
#include "query/execution.h"
#include "query/query_defaults.h"
#include "query/query_plan.h"
#include "query/witness.h"

namespace dossier {

class NameIndex;
class Ontology;
class ProcedureCatalog;
class Store;

struct QueryOptions {
  Parameters parameters;  // values of $name
  QueryLimits limits;
  OptimizerOptions optimizer = DefaultsOfQueries().optimizer;
  uint32_t batch_rows = DefaultsOfQueries().batch_rows;
  bool sources = true;  // gather what each row rests on, and the notes
  // Find why each row is there, too: AnswerRow::why. Costs nothing where it is not asked for. Needs `sources`.
  bool why = false;
  ReasonLimits reason_limits;
  // Set to true from any thread, or a signal handler, to stop the query within a tenth of a second.
  const std::atomic<bool>* cancelled = nullptr;
  // What CALL can call; null: ProcedureCatalog::BuiltIn(). A program may add procedures of its own to a copy of that.
  const ProcedureCatalog* procedures = nullptr;
};

// A note under an answer: one claim that rows rest on.
struct Note {
  uint32_t number = 0;  // from 1
  ClaimId claim;
  bool disputed = false;  // what it affirms, another admitted claim denies
};

struct AnswerRow {
  std::vector<Value> values;    // one a column
  std::vector<uint32_t> notes;  // numbers of notes, rising; empty where sources were not asked for
  // Where it was asked for. It may rest on notes that are not in `notes`, which show one witness of what exists.
  std::optional<RowReasons> why;
};

struct Answer {
  std::vector<std::string> columns;
  std::vector<AnswerRow> rows;
  std::vector<Note> notes;        // by number
  std::optional<QueryPlan> plan;  // of EXPLAIN, which gives no rows, and PROFILE
  double elapsed_ms = 0;
  std::shared_ptr<const View> view;  // the view that was asked through: what nodes and edges in `rows` belong to
};

// A query that is ready to run, any number of times and by several threads at once, while its session lives.
class PreparedQuery {
 public:
  const std::vector<std::string>& columns() const;

 private:
  friend class Session;
  struct State;
  explicit PreparedQuery(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

class Session {
 public:
  // Over a store's present state. Maps its image, or builds it where there is none (store/image_loader.h):
  // milliseconds, or time in proportion to the store.
  static absl::StatusOr<std::unique_ptr<Session>> Open(const Store& store);
  // Over a graph without a store: no ontology, no claims, no notes.
  static std::unique_ptr<Session> OverGraph(std::shared_ptr<const Image> graph);
  ~Session();

  // Runs one query. Errors, each with a Diagnostic: kInvalidArgument 5xxx and 6xxx the query's text, with the place in
  // it (CaretExcerpt shows it); 7xxx at run time; kCancelled, kDeadlineExceeded, kResourceExhausted the limit named.
  // A query that was run before with the same options, parameters and limits apart, need not be prepared again.
  absl::StatusOr<Answer> Run(std::string_view query, const QueryOptions& options) const;

  // Of `options`, what the query is prepared with: optimizer, sources, procedures. When it is run they must be the
  // same.
  absl::StatusOr<PreparedQuery> Prepare(std::string_view query, const QueryOptions& options) const;
  absl::StatusOr<Answer> Run(const PreparedQuery& query, const QueryOptions& options) const;

  // As printed by EXPLAIN, without running.
  absl::StatusOr<std::string> Explain(std::string_view query, const QueryOptions& options) const;

  const Image& image() const;
  const std::shared_ptr<const Image>& shared_image() const;
  // Of a store; null over a bare graph. Names are read at the first call, in time proportional to the entities.
  const Ontology* ontology() const;
  const NameIndex* names() const;
  const ClaimReader* claims() const;
  // Not OK where the image or the names turned out to be damaged beyond repair, and read as empty. Run looks at it; who
  // reads image() or names() does, too, before believing what they say.
  absl::Status status() const;
  // The view of a query without USE.
  const std::shared_ptr<const View>& default_view() const;

 private:
  struct State;
  explicit Session(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_SESSION_H_
