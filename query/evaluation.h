// What an expression sees while it is computed: the graph through the query's view, the row, the parameters, the
// locals of comprehensions and patterns, and where to say that something went wrong.
//
// Errors: a failing expression calls Fail() and returns null; whoever drives the evaluation looks at status() once
// a row. Not thread-safe: one context a thread of execution.
#ifndef DOSSIER_QUERY_EVALUATION_H_
#define DOSSIER_QUERY_EVALUATION_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "graph/base/diagnostic.h"
#include "graph/view.h"
#include "query/batch.h"

namespace dossier {

class ClaimReader;
class Derivations;
class NameIndex;
class Ontology;

// Values of $name, without the dollar.
using Parameters = absl::flat_hash_map<std::string, Value>;

// The part of a query's state that all of its operators and expressions share: limits and cancellation.
class ExecutionState;

class EvaluationContext {
 public:
  EvaluationContext(const View* view, const Ontology* ontology, const Parameters* parameters)
      : view_(view), ontology_(ontology), parameters_(parameters) {}

  const View& view() const { return *view_; }
  const Image& image() const { return view_->image(); }
  const Ontology* ontology() const { return ontology_; }  // null for a scratch graph
  const Parameters& parameters() const { return *parameters_; }

  // The row whose slots are read.
  void SetRow(const Batch* batch, uint32_t row) {
    batch_ = batch;
    row_ = row;
  }
  const Batch* batch() const { return batch_; }
  uint32_t row() const { return row_; }
  Value slot(Slot slot) const { return batch_->at(slot, row_); }

  // Locals: variables of comprehensions, reduce, and elements of the pattern being matched. The binder numbers them.
  Value& local(uint32_t index) {
    if (index >= locals_.size()) locals_.resize(index + size_t{1});
    return locals_[index];
  }

  // Propositions and claims that property reads rest on are added here while it is not null.
  void SetTouched(std::vector<SourceItem>* touched) { touched_ = touched; }
  std::vector<SourceItem>* touched() const { return touched_; }

  // The clock as the query began, the same for all of it, and whether anybody asked.
  std::chrono::system_clock::time_point now() {
    clock_read_ = true;
    return now_;
  }
  bool clock_read() const { return clock_read_; }

  // Where the words of claims are read from; null for a scratch graph.
  void SetClaimReader(const ClaimReader* claims) { claims_ = claims; }
  const ClaimReader* claims() const { return claims_; }

  // What entities are called, read at the first question; null for a scratch graph.
  void SetNames(std::function<const NameIndex*()> names) { names_ = std::move(names); }
  const NameIndex* names() const { return names_ ? names_() : nullptr; }

  // Whether the query chose its view with USE.
  void SetViewChosen(bool chosen) { view_chosen_ = chosen; }
  bool view_chosen() const { return view_chosen_; }

  // Limits and cancellation; null in tests of bare expressions.
  void SetState(ExecutionState* state) { state_ = state; }
  ExecutionState* state() const { return state_; }

  // Counts work, in steps of about an element of a list or a row, and looks at limits and cancellation once in some
  // thousand steps. False once the query has to stop: the context has failed then.
  bool Spend(uint64_t steps = 1) {
    spent_ += steps;
    return spent_ < kStepsPerLook || Look();
  }

  // The first failure wins. Runtime errors are numbered 7000-7999 in query/error_codes.h.
  void Fail(absl::Status status) {
    if (status_.ok()) status_ = std::move(status);
  }
  const absl::Status& status() const { return status_; }
  bool failed() const { return !status_.ok(); }
  // Forgets a failure that came of a row's values, for whoever computed more than was asked for; one that came of the
  // query's limits stays.
  void ForgiveValues();

  // How rows came about, where it is asked why they are there and what is read is noted; else null.
  Derivations* derivations() const { return touched_ == nullptr ? nullptr : KeptDerivations(); }

 private:
  static constexpr uint64_t kStepsPerLook = 4096;
  bool Look();
  Derivations* KeptDerivations() const;

  const View* view_;
  const Ontology* ontology_;
  const Parameters* parameters_;
  const Batch* batch_ = nullptr;
  uint32_t row_ = 0;
  std::vector<Value> locals_;
  std::vector<SourceItem>* touched_ = nullptr;
  const ClaimReader* claims_ = nullptr;
  std::function<const NameIndex*()> names_;
  bool view_chosen_ = false;
  ExecutionState* state_ = nullptr;
  std::chrono::system_clock::time_point now_ = std::chrono::system_clock::now();
  bool clock_read_ = false;
  uint64_t spent_ = 0;
  absl::Status status_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_EVALUATION_H_
