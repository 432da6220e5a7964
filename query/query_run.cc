#include "query/query_run.h"

#include <chrono>
#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/clause_binder.h"
#include "query/error_codes.h"
#include "query/note_taker.h"
#include "query/operator.h"
#include "query/optimizer.h"
#include "query/parser.h"
#include "query/plan_mapper.h"
#include "query/plan_printer.h"
#include "query/procedure.h"
#include "query/view_binder.h"

namespace dossier {
namespace {

bool WithSources(const QuerySurroundings& of, const QueryOptions& options) {
  return options.sources && of.image->sourced();
}

// The rows of one running query, with their notes and reasons.
class RowTaker {
 public:
  RowTaker(const BoundQuery& bound, const QueryOptions& options, bool sources, EvaluationContext* evaluation,
           Answer* answer)
      : bound_(bound),
        sources_(sources),
        evaluation_(evaluation),
        answer_(answer),
        notes_(evaluation->view(), &answer->notes) {
    if (const Derivations* derivations = evaluation->state()->derivations()) {
      finder_.emplace(derivations, &evaluation->view(), options.reason_limits);
    }
  }

  // Tells about how many bytes it takes. `why`: whether reasons are wanted, where they are at all.
  absl::StatusOr<uint64_t> Take(const Batch& batch, uint32_t row, bool why) {
    AnswerRow& added = answer_->rows.emplace_back();
    added.values.reserve(bound_.column_slots.size());
    uint64_t bytes = sizeof(AnswerRow);
    for (const Slot slot : bound_.column_slots) {
      added.values.push_back(batch.at(slot, row));
      bytes += sizeof(Value) + added.values.back().SharedBytes();
    }
    if (!sources_) return bytes;
    const SourceItems& items = batch.sources(row).items();
    if (finder_.has_value()) {
      SourceItems shown;
      evaluation_->state()->derivations()->Flatten(items, &shown);
      ASSIGN_OR_RETURN(added.notes, notes_.NotesOf(shown, evaluation_));
      if (why) RETURN_IF_ERROR(AddReasons(items, &added, &bytes));
    } else {
      ASSIGN_OR_RETURN(added.notes, notes_.NotesOf(items, evaluation_));
    }
    return bytes + added.notes.capacity() * sizeof(uint32_t);
  }

 private:
  absl::Status AddReasons(const SourceItems& items, AnswerRow* row, uint64_t* bytes) {
    const WitnessFinder::Found found = finder_->Find(items);
    if (!evaluation_->Spend(finder_->spent())) return evaluation_->status();
    row->why = notes_.ReasonsOf(found, &*finder_);
    for (const Witness& witness : row->why->alternatives) {
      *bytes += sizeof(witness) + witness.capacity() * sizeof(WitnessMember);
      for (const WitnessMember& member : witness) *bytes += member.notes.capacity() * sizeof(uint32_t);
    }
    return absl::OkStatus();
  }

  const BoundQuery& bound_;
  bool sources_;
  EvaluationContext* evaluation_;
  Answer* answer_;
  NoteTaker notes_;
  std::optional<WitnessFinder> finder_;
};

}  // namespace

QuerySurroundings SurroundingsOf(EvaluationContext& context) {
  QuerySurroundings surroundings;
  surroundings.image = std::shared_ptr<const Image>(std::shared_ptr<const void>(), &context.image());
  surroundings.view = std::shared_ptr<const View>(std::shared_ptr<const void>(), &context.view());
  surroundings.view_chosen = context.view_chosen();
  surroundings.ontology = context.ontology();
  surroundings.claims = context.claims();
  surroundings.names = [&context] { return context.names(); };
  return surroundings;
}

absl::StatusOr<PreparedText> PrepareText(std::string_view query, const QuerySurroundings& of,
                                         const QueryOptions& options) {
  const ProcedureCatalog& procedures =
      options.procedures == nullptr ? ProcedureCatalog::BuiltIn() : *options.procedures;
  ASSIGN_OR_RETURN(ast::Query parsed, ParseQuery(query));
  PreparedText text;
  text.explain = parsed.explain;
  text.view_text = of.image->sourced() ? "default (affirmed, at least probable, current)" : "all edges";
  if (parsed.view.has_value()) {
    const SourceSpan& span = parsed.view->span;
    text.view_text = std::string(query.substr(span.begin.offset, span.end.offset - span.begin.offset));
  }
  ClauseBinder binder(of.ontology, of.image.get(), &procedures, options.optimizer, query);
  ASSIGN_OR_RETURN(text.bound, binder.Bind(parsed));
  Optimize(options.optimizer, WithSources(of, options), *of.image, &text.bound);
  text.use = std::move(parsed.view);
  return text;
}

absl::StatusOr<std::shared_ptr<const View>> ViewOf(const PreparedText& query, const QuerySurroundings& of,
                                                   const QueryOptions& options) {
  if (!query.use.has_value()) return of.view;
  ASSIGN_OR_RETURN(ClaimFilter filter, BindView(*query.use, *of.view, of.ontology, of.names, options.parameters));
  return std::make_shared<const View>(of.image, std::move(filter));
}

absl::StatusOr<Answer> RunText(const PreparedText& query, const QuerySurroundings& of, const QueryOptions& options,
                               const std::optional<AskedWhy>& asked) {
  const auto started = std::chrono::steady_clock::now();
  const BoundQuery& bound = query.bound;
  Answer answer;
  ASSIGN_OR_RETURN(answer.view, ViewOf(query, of, options));
  answer.columns = bound.columns;
  const auto elapsed_ms = [&] {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  };
  if (query.explain == ast::Query::Explain::kExplain) {
    answer.plan = {query.view_text, DescribePlan(*bound.plan, *of.image, nullptr)};
    answer.elapsed_ms = elapsed_ms();
    return answer;
  }

  const bool sources = WithSources(of, options);
  ExecutionState execution(options.limits, options.cancelled, sources);
  if (sources && options.why) execution.KeepDerivations();
  if (asked.has_value()) execution.SetAskedWhy();
  EvaluationContext evaluation(answer.view.get(), of.ontology, &options.parameters);
  evaluation.SetState(&execution);
  evaluation.SetClaimReader(of.claims);
  evaluation.SetNames(of.names);
  evaluation.SetViewChosen(of.view_chosen || answer.view != of.view);
  Profile profile;
  OperatorContext context{&evaluation, &execution, bound.slots, options.batch_rows, options.batch_rows};
  if (query.explain == ast::Query::Explain::kProfile) context.profile = &profile;
  execution.SetOperatorContext(&context);
  OperatorPtr root = MakeOperators(*bound.plan, context);
  root->Reset(nullptr, 0);
  HeldMemory memory(&execution);  // of the answer
  RowTaker rows(bound, options, sources, &evaluation, &answer);
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
      const bool why = !asked.has_value() || !asked->row.has_value() || *asked->row == answer.rows.size();
      ASSIGN_OR_RETURN(const uint64_t taken, rows.Take(batch, row, why));
      bytes += taken;
    }
    RETURN_IF_ERROR(memory.Add(bytes));
  }
  if (query.explain == ast::Query::Explain::kProfile) {
    answer.plan = {query.view_text, DescribePlan(*bound.plan, *of.image, &profile)};
  }
  answer.elapsed_ms = elapsed_ms();
  return answer;
}

}  // namespace dossier
