#include "query/session.h"

#include <chrono>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "graph/base/status_macros.h"
#include "query/plan_printer.h"
#include "query/query_run.h"
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

}  // namespace

struct Session::State {
  std::shared_ptr<const Image> image;
  std::unique_ptr<const StoreCatalog> catalog;  // for names; null over a bare graph
  std::unique_ptr<const Ontology> ontology;
  std::unique_ptr<const ClaimReader> claims;
  std::shared_ptr<const View> view;

  const NameIndex* names() const { return catalog == nullptr ? nullptr : &catalog->names(); }
  QuerySurroundings Surroundings() const {
    return {.image = image, .view = view, .ontology = ontology.get(), .claims = claims.get(), .names = [this] {
              return names();
            }};
  }

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

struct PreparedQuery::State : PreparedText {};

const std::vector<std::string>& PreparedQuery::columns() const { return state_->bound.columns; }

absl::StatusOr<PreparedQuery> Session::Prepare(std::string_view query, const QueryOptions& options) const {
  const bool sources = options.sources && state_->image->sourced();
  // A catalogue of the program's own may be gone, or another, the next time.
  const bool keep = options.procedures == nullptr;
  std::string key(1, sources ? '1' : '0');
  for (const RewriteSwitch& rewrite : kRewriteSwitches) key += options.optimizer.*rewrite.on ? '1' : '0';
  key += query;
  if (keep) {
    const std::lock_guard<std::mutex> lock(state_->mutex);
    const auto known = state_->prepared.find(key);
    if (known != state_->prepared.end()) return known->second;
  }
  ASSIGN_OR_RETURN(PreparedText text, PrepareText(query, state_->Surroundings(), options));
  PreparedQuery prepared(std::make_shared<const PreparedQuery::State>(PreparedQuery::State{std::move(text)}));
  if (!keep) return prepared;
  const std::lock_guard<std::mutex> lock(state_->mutex);
  if (state_->prepared.size() >= State::kPreparedQueries) state_->prepared.clear();
  state_->prepared.emplace(std::move(key), prepared);
  return prepared;
}

absl::StatusOr<Answer> Session::Run(std::string_view query, const QueryOptions& options) const {
  const auto started = std::chrono::steady_clock::now();
  ASSIGN_OR_RETURN(const PreparedQuery prepared, Prepare(query, options));
  ASSIGN_OR_RETURN(Answer answer, Run(prepared, options));
  answer.elapsed_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  return answer;
}

absl::StatusOr<Answer> Session::Run(const PreparedQuery& query, const QueryOptions& options) const {
  const ClaimTexts* const texts = state_->image->claim_texts();
  const uint64_t failures = texts == nullptr ? 0 : texts->failures();
  ASSIGN_OR_RETURN(Answer answer, RunText(*query.state_, state_->Surroundings(), options));
  // What could not be read was null, and the rows mean nothing.
  if (texts != nullptr && texts->failures() != failures) return texts->last_failure();
  RETURN_IF_ERROR(status());
  return answer;
}

absl::StatusOr<std::string> Session::Explain(std::string_view query, const QueryOptions& options) const {
  ASSIGN_OR_RETURN(const PreparedQuery prepared, Prepare(query, options));
  RETURN_IF_ERROR(ViewOf(*prepared.state_, state_->Surroundings(), options).status());
  return QueryPlan{prepared.state_->view_text, DescribePlan(*prepared.state_->bound.plan, *state_->image, nullptr)}
      .ToText();
}

const Image& Session::image() const { return *state_->image; }
const std::shared_ptr<const Image>& Session::shared_image() const { return state_->image; }
const Ontology* Session::ontology() const { return state_->ontology.get(); }
const NameIndex* Session::names() const { return state_->names(); }
absl::Status Session::status() const {
  RETURN_IF_ERROR(state_->image->status());
  return state_->catalog == nullptr ? absl::OkStatus() : state_->catalog->names_status();
}
const ClaimReader* Session::claims() const { return state_->claims.get(); }
const std::shared_ptr<const View>& Session::default_view() const { return state_->view; }

}  // namespace dossier
