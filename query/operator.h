// An operator: takes batches of rows from its input and gives batches of rows. A query runs as a tree of them, the
// root being asked for the next batch until there is none.
#ifndef DOSSIER_QUERY_OPERATOR_H_
#define DOSSIER_QUERY_OPERATOR_H_

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "query/batch.h"
#include "query/evaluation.h"
#include "query/execution.h"
#include "query/profile.h"

namespace dossier {

// What an operator is given to work with; one for each running query, shared by its operators.
struct OperatorContext {
  EvaluationContext* evaluation;
  ExecutionState* state;
  uint32_t slots;  // width of every batch of this query
  uint32_t batch_rows = 0;       // at most so many at a time
  uint32_t full_batch_rows = 0;  // where the rows are read to their end anyhow
  Profile* profile = nullptr;  // PROFILE: where operators write down what they did; else null
};

class Operator {
 public:
  explicit Operator(const OperatorContext& context) : context_(context), memory_(context.state) {}
  virtual ~Operator() = default;
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;

  // Fills `out` (cleared first) with at least one row, or leaves it empty when there are no more.
  absl::Status Next(Batch* out) {
    if (out->slots() != context_.slots) *out = Batch(context_.slots);
    out->Clear();
    return work_ == nullptr ? DoNext(out) : ObservedNext(out);
  }
  // From now on, what it does is added to `work`, which must outlive it.
  void Observe(OperatorWork* work) { work_ = work; }

  // Begins anew; for a subquery, with row `row` of `outer` as the row to start from (it must live until the next
  // Reset). `outer` may be null: an empty row.
  virtual void Reset(const Batch* outer, uint32_t row) = 0;

 protected:
  virtual absl::Status DoNext(Batch* out) = 0;

  EvaluationContext& evaluation() const { return *context_.evaluation; }
  ExecutionState& state() const { return *context_.state; }
  const OperatorContext& context() const { return context_; }
  // Whatever this operator keeps from one call to the next is accounted for here.
  HeldMemory& memory() { return memory_; }

 private:
  absl::Status ObservedNext(Batch* out) {
    const auto began = std::chrono::steady_clock::now();
    absl::Status status = DoNext(out);
    work_->time += std::chrono::steady_clock::now() - began;
    ++work_->calls;
    work_->rows += out->rows();
    work_->peak_bytes = std::max(work_->peak_bytes, memory_.peak_bytes());
    return status;
  }

  OperatorContext context_;
  HeldMemory memory_;
  OperatorWork* work_ = nullptr;
};

using OperatorPtr = std::unique_ptr<Operator>;

// An operator with one input.
class UnaryOperator : public Operator {
 public:
  UnaryOperator(const OperatorContext& context, OperatorPtr input) : Operator(context), input_(std::move(input)) {}
  void Reset(const Batch* outer, uint32_t row) override { input_->Reset(outer, row); }

 protected:
  Operator& input() { return *input_; }

 private:
  OperatorPtr input_;
};

// Keeps what the evaluation of expressions on one row touches, and adds it to the row's sources.
class SourceTracker {
 public:
  explicit SourceTracker(const OperatorContext& context) : context_(context) {
    if (context_.state->track_sources()) context_.evaluation->SetTouched(&touched_);
  }
  ~SourceTracker() { context_.evaluation->SetTouched(before_); }
  SourceTracker(const SourceTracker&) = delete;
  SourceTracker& operator=(const SourceTracker&) = delete;

  void MoveTo(Batch* batch, uint32_t row) {
    if (touched_.empty()) return;
    batch->sources(row).Add(std::move(touched_));
    touched_.clear();
  }
  void Drop() { touched_.clear(); }

 private:
  const OperatorContext& context_;
  std::vector<SourceItem> touched_;
  std::vector<SourceItem>* before_ = context_.evaluation->touched();
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_OPERATOR_H_
