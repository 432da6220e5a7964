#include "query/session.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/clause_binder.h"
#include "query/error_codes.h"
#include "query/operator.h"
#include "query/optimizer.h"
#include "query/parser.h"
#include "query/plan_mapper.h"
#include "query/plan_printer.h"
#include "query/procedure.h"
#include "query/view_binder.h"
#include "store/image_loader.h"
#include "store/store.h"

namespace dossier {
namespace {

// Reads words from the snapshot that the image was made of.
class SnapshotReader : public ClaimReader {
 public:
  explicit SnapshotReader(Snapshot snapshot) : snapshot_(std::move(snapshot)) {}
  absl::StatusOr<Claim> ReadClaim(ClaimId claim) const override {
    ASSIGN_OR_RETURN(StoredClaim stored, snapshot_.GetClaim(claim));
    return std::move(stored.claim);
  }
  absl::StatusOr<Document> ReadDocument(VertexId document) const override {
    ASSIGN_OR_RETURN(StoredDocument stored, snapshot_.GetDocument(DocumentNumber(NumberOf(document))));
    return std::move(stored.document);
  }
  absl::StatusOr<std::optional<Verification>> LastVerification() const override { return snapshot_.LastVerification(); }

 private:
  Snapshot snapshot_;
};

// Numbers notes in the order in which rows first rest on them.
class NoteTaker {
 public:
  NoteTaker(const View& view, std::vector<Note>* notes) : view_(view), notes_(notes) {}

  absl::StatusOr<std::vector<uint32_t>> NotesOf(const SourceSet& sources, EvaluationContext* context) {
    std::vector<uint32_t> numbers;
    for (const SourceItem& item : sources.items()) {
      if (!context->Spend()) return context->status();
      if (item.kind == SourceItem::Kind::kClaim) {
        numbers.push_back(NumberOf(ClaimId(item.number), false));
        continue;
      }
      const EdgeId edge(item.number);
      const bool disputed = view_.Disputed(edge);
      for (const ClaimId claim : view_.Support(edge)) numbers.push_back(NumberOf(claim, disputed));
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
  }

 private:
  uint32_t NumberOf(ClaimId claim, bool disputed) {
    const auto [at, is_new] = numbers_.try_emplace(claim.value, static_cast<uint32_t>(notes_->size() + 1));
    if (is_new) notes_->push_back({at->second, claim, disputed});
    return at->second;
  }

  const View& view_;
  std::vector<Note>* notes_;
  absl::flat_hash_map<uint32_t, uint32_t> numbers_;
};

}  // namespace

struct Session::State {
  std::shared_ptr<const Image> image;
  std::unique_ptr<const StoreCatalog> catalog;  // for names; null over a bare graph
  std::unique_ptr<const Ontology> ontology;
  std::unique_ptr<const ClaimReader> claims;
  std::shared_ptr<const View> view;

  // Queries that were run before, by text and options; all are forgotten once there are too many.
  static constexpr size_t kPreparedQueries = 256;
  std::mutex mutex;
  absl::flat_hash_map<std::string, PreparedQuery> prepared;
};

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::~Session() = default;

absl::StatusOr<std::unique_ptr<Session>> Session::Open(const Store& store) {
  ASSIGN_OR_RETURN(Snapshot snapshot, store.snapshot());
  auto state = std::make_unique<State>();
  ASSIGN_OR_RETURN(state->image, OpenImage(store, snapshot));
  state->catalog = std::make_unique<const StoreCatalog>(snapshot);
  state->ontology = std::make_unique<const Ontology>(store.ontology());
  state->claims = std::make_unique<SnapshotReader>(std::move(snapshot));
  state->view = std::make_shared<const View>(state->image, ClaimFilter());
  return std::unique_ptr<Session>(new Session(std::move(state)));
}

std::unique_ptr<Session> Session::OverGraph(std::shared_ptr<const Image> graph) {
  auto state = std::make_unique<State>();
  state->image = std::move(graph);
  state->view = std::make_shared<const View>(state->image, ClaimFilter());
  return std::unique_ptr<Session>(new Session(std::move(state)));
}

struct PreparedQuery::State {
  std::optional<ast::View> use;  // binds anew for each run: it may read parameters
  std::string view_text;         // for EXPLAIN
  BoundQuery bound;
  ast::Query::Explain explain = ast::Query::Explain::kNone;
};

const std::vector<std::string>& PreparedQuery::columns() const { return state_->bound.columns; }

absl::StatusOr<PreparedQuery> Session::Prepare(std::string_view query, const QueryOptions& options) const {
  const ProcedureCatalog& procedures =
      options.procedures == nullptr ? ProcedureCatalog::BuiltIn() : *options.procedures;
  const bool sources = options.sources && state_->image->sourced();
  const OptimizerOptions& optimizer = options.optimizer;
  // A catalogue of the program's own may be gone, or another, the next time.
  const bool keep = options.procedures == nullptr;
  std::string key;
  for (const bool chosen : {sources, optimizer.count_paths, optimizer.one_path_for_distinct, optimizer.bind_ends,
                            optimizer.expand_steps, optimizer.scan_edges, optimizer.push_down_filters}) {
    key += chosen ? '1' : '0';
  }
  key += query;
  if (keep) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    const auto known = state_->prepared.find(key);
    if (known != state_->prepared.end()) return known->second;
  }
  ASSIGN_OR_RETURN(ast::Query parsed, ParseQuery(query));
  auto state = std::make_shared<PreparedQuery::State>();
  state->explain = parsed.explain;
  state->view_text = state_->image->sourced() ? "default (affirmed, at least probable, current)" : "all edges";
  if (parsed.view.has_value()) {
    const SourceSpan& span = parsed.view->span;
    state->view_text = std::string(query.substr(span.begin.offset, span.end.offset - span.begin.offset));
  }
  ClauseBinder binder(state_->ontology.get(), state_->image.get(), &procedures, optimizer, query);
  ASSIGN_OR_RETURN(state->bound, binder.Bind(parsed));
  Optimize(optimizer, sources, *state_->image, &state->bound);
  state->use = std::move(parsed.view);
  PreparedQuery prepared(std::move(state));
  if (!keep) return prepared;
  const std::lock_guard<std::mutex> lock(state_->mutex);
  if (state_->prepared.size() >= State::kPreparedQueries) state_->prepared.clear();
  state_->prepared.emplace(std::move(key), prepared);
  return prepared;
}

absl::StatusOr<std::shared_ptr<const View>> Session::ViewOf(const PreparedQuery& query,
                                                            const QueryOptions& options) const {
  if (!query.state_->use.has_value()) return state_->view;
  ASSIGN_OR_RETURN(ClaimFilter filter, BindView(
                                           *query.state_->use, *state_->view, state_->ontology.get(),
                                           [this] { return names(); }, options.parameters));
  return std::make_shared<const View>(state_->image, std::move(filter));
}

absl::StatusOr<Answer> Session::Run(std::string_view query, const QueryOptions& options) const {
  const auto started = std::chrono::steady_clock::now();
  ASSIGN_OR_RETURN(const PreparedQuery prepared, Prepare(query, options));
  ASSIGN_OR_RETURN(Answer answer, Run(prepared, options));
  answer.elapsed_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  return answer;
}

absl::StatusOr<Answer> Session::Run(const PreparedQuery& query, const QueryOptions& options) const {
  const auto started = std::chrono::steady_clock::now();
  const PreparedQuery::State& prepared = *query.state_;
  const BoundQuery& bound = prepared.bound;
  Answer answer;
  const ClaimTexts* const texts = state_->image->claim_texts();
  const uint64_t failures = texts == nullptr ? 0 : texts->failures();
  ASSIGN_OR_RETURN(answer.view, ViewOf(query, options));
  answer.columns = bound.columns;
  const auto elapsed_ms = [&] {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  };
  if (prepared.explain == ast::Query::Explain::kExplain) {
    answer.plan = {prepared.view_text, DescribePlan(*bound.plan, *state_->image, nullptr)};
    answer.elapsed_ms = elapsed_ms();
    return answer;
  }

  const bool sources = options.sources && state_->image->sourced();
  ExecutionState execution(options.limits, options.cancelled, sources);
  EvaluationContext evaluation(answer.view.get(), state_->ontology.get(), &options.parameters);
  evaluation.SetState(&execution);
  evaluation.SetClaimReader(state_->claims.get());
  evaluation.SetNames([this] { return names(); });
  evaluation.SetViewChosen(answer.view != state_->view);
  Profile profile;
  OperatorContext context{&evaluation, &execution, bound.slots, options.batch_rows, options.batch_rows};
  if (prepared.explain == ast::Query::Explain::kProfile) context.profile = &profile;
  execution.SetOperatorContext(&context);
  OperatorPtr root = MakeOperators(*bound.plan, context);
  root->Reset(nullptr, 0);
  NoteTaker notes(*answer.view, &answer.notes);
  HeldMemory memory(&execution);  // of the answer
  Batch batch;
  for (;;) {
    RETURN_IF_ERROR(root->Next(&batch));
    if (batch.empty()) break;
    RETURN_IF_ERROR(execution.Check());
    if (options.limits.rows != 0 && answer.rows.size() + batch.rows() > options.limits.rows) {
      return ToStatus(absl::StatusCode::kResourceExhausted,
                      {.number = kTooManyRows,
                       .cause = StrCat("the answer has more than ", options.limits.rows, " rows"),
                       .rule = "the limit of rows",
                       .hint = "add LIMIT to the query, or raise the limit"});
    }
    uint64_t bytes = 0;
    for (uint32_t row = 0; row < batch.rows(); ++row) {
      AnswerRow& added = answer.rows.emplace_back();
      added.values.reserve(bound.column_slots.size());
      bytes += sizeof(AnswerRow);
      for (const Slot slot : bound.column_slots) {
        added.values.push_back(batch.at(slot, row));
        bytes += sizeof(Value) + added.values.back().SharedBytes();
      }
      if (sources) {
        ASSIGN_OR_RETURN(added.notes, notes.NotesOf(batch.sources(row), &evaluation));
      }
      bytes += added.notes.capacity() * sizeof(uint32_t);
    }
    RETURN_IF_ERROR(memory.Add(bytes));
  }
  // What could not be read was null, and the rows mean nothing.
  if (texts != nullptr && texts->failures() != failures) return texts->last_failure();
  RETURN_IF_ERROR(status());
  if (prepared.explain == ast::Query::Explain::kProfile) {
    answer.plan = {prepared.view_text, DescribePlan(*bound.plan, *state_->image, &profile)};
  }
  answer.elapsed_ms = elapsed_ms();
  return answer;
}

absl::StatusOr<std::string> Session::Explain(std::string_view query, const QueryOptions& options) const {
  ASSIGN_OR_RETURN(const PreparedQuery prepared, Prepare(query, options));
  RETURN_IF_ERROR(ViewOf(prepared, options).status());
  const PreparedQuery::State& state = *prepared.state_;
  return QueryPlan{state.view_text, DescribePlan(*state.bound.plan, *state_->image, nullptr)}.ToText();
}

const Image& Session::image() const { return *state_->image; }
const std::shared_ptr<const Image>& Session::shared_image() const { return state_->image; }
const Ontology* Session::ontology() const { return state_->ontology.get(); }
const NameIndex* Session::names() const { return state_->catalog == nullptr ? nullptr : &state_->catalog->names(); }
absl::Status Session::status() const {
  RETURN_IF_ERROR(state_->image->status());
  return state_->catalog == nullptr ? absl::OkStatus() : state_->catalog->names_status();
}
const ClaimReader* Session::claims() const { return state_->claims.get(); }
const std::shared_ptr<const View>& Session::default_view() const { return state_->view; }

}  // namespace dossier
