// Groups rows and aggregates each group. Groups come out in the order in which their first rows came in. Without
// keys there is one group, even of no rows.
#include <memory>

#include "absl/container/flat_hash_map.h"
#include "graph/base/status_macros.h"
#include "query/operators/operators.h"
#include "query/row_key.h"
#include "query/source_gatherer.h"

namespace dossier {
namespace {

class AggregateOperator : public UnaryOperator {
 public:
  AggregateOperator(const OperatorContext& context, const AggregateNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)), node_(node), groups_(context.slots) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    index_.clear();
    memory().Clear();
    accumulators_.clear();
    sources_.clear();
    groups_.Clear();
    next_ = 0;
    gathered_ = false;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    if (!gathered_) RETURN_IF_ERROR(Gather());
    for (; next_ < groups_.rows() && out->rows() < context().batch_rows; ++next_) {
      const uint32_t row = out->AddRow(groups_, next_);
      if (state().track_sources()) out->sources(row) = sources_[next_].Take();
      for (size_t i = 0; i < node_.aggregates.size(); ++i) {
        out->at(node_.aggregates[i].result, row) = accumulators_[next_][i]->Finish(evaluation());
        RETURN_IF_ERROR(evaluation().status());
      }
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Gather() {
    gathered_ = true;
    if (groups_.slots() != context().slots) groups_ = Batch(context().slots);
    Batch batch;
    std::vector<Value> arguments;
    for (;;) {
      RETURN_IF_ERROR(input().Next(&batch));
      if (batch.empty()) break;
      RETURN_IF_ERROR(state().Check());
      uint64_t bytes = 0;
      SourceTracker tracker(context());
      if (!evaluation().Spend(batch.rows())) return evaluation().status();
      for (uint32_t row = 0; row < batch.rows(); ++row) {
        const uint32_t group = GroupOf(batch, row, &bytes);
        evaluation().SetRow(&batch, row);
        for (size_t i = 0; i < node_.aggregates.size(); ++i) {
          arguments.clear();
          for (const BoundExpression& argument : node_.aggregates[i].aggregate.arguments) {
            arguments.push_back(argument->Evaluate(evaluation()));
          }
          RETURN_IF_ERROR(evaluation().status());
          bytes += accumulators_[group][i]->Add(arguments, evaluation());
          RETURN_IF_ERROR(evaluation().status());
        }
        if (state().track_sources()) {
          const size_t before = sources_[group].bytes();
          sources_[group].Add(batch.sources(row));
          if (evaluation().touched() != nullptr) sources_[group].Add(*evaluation().touched());
          tracker.Drop();
          bytes += sources_[group].bytes() - before;
        }
      }
      RETURN_IF_ERROR(memory().Add(bytes));
    }
    if (node_.keys.empty() && groups_.empty()) {
      groups_.AddRow();
      AddAccumulators();
    }
    return absl::OkStatus();
  }

  // Adds to `bytes` what a new group takes.
  uint32_t GroupOf(const Batch& batch, uint32_t row, uint64_t* bytes) {
    if (node_.keys.empty()) {
      if (groups_.empty()) AddGroup(batch, row, bytes);
      return 0;
    }
    const auto [at, is_new] = index_.try_emplace(KeyOf(batch, row, node_.keys), groups_.rows());
    if (is_new) {
      AddGroup(batch, row, bytes);
      *bytes += BytesOf(at->first);
    }
    return at->second;
  }

  void AddGroup(const Batch& batch, uint32_t row, uint64_t* bytes) {
    groups_.AddRow(batch, row);
    AddAccumulators();
    *bytes += groups_.BytesOf(groups_.rows() - 1) + node_.aggregates.size() * kAccumulatorBytes;
  }

  void AddAccumulators() {
    auto& made = accumulators_.emplace_back();
    sources_.emplace_back();
    for (const AggregateCall& call : node_.aggregates) made.push_back(call.aggregate.MakeAccumulator());
  }

  static constexpr uint64_t kAccumulatorBytes = 128;  // about, without what Add tells

  const AggregateNode& node_;
  absl::flat_hash_map<RowKey, uint32_t, RowKeyHash, RowKeyEqual> index_;
  Batch groups_;
  std::vector<std::vector<std::unique_ptr<Accumulator>>> accumulators_;
  std::vector<SourceGatherer> sources_;  // of each group, where they are tracked
  uint32_t next_ = 0;
  bool gathered_ = false;
};

}  // namespace

OperatorPtr MakeAggregate(const OperatorContext& context, const AggregateNode& node, OperatorPtr input) {
  return std::make_unique<AggregateOperator>(context, node, std::move(input));
}

}  // namespace dossier
