// Groups rows and aggregates each group. Groups come out in the order in which their first rows came in. Without
// keys there is one group, even of no rows. A group rests on all of its rows; where nothing is aggregated and it is
// asked why, on any one of them.
#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "graph/base/status_macros.h"
#include "query/derivations.h"
#include "query/expression_nodes.h"
#include "query/group_index.h"
#include "query/operators/operators.h"
#include "query/source_gatherer.h"

namespace dossier {
namespace {

class AggregateOperator : public UnaryOperator {
 public:
  AggregateOperator(const OperatorContext& context, const AggregateNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)), node_(node), index_(&node.keys), groups_(context.slots) {
    for (const AggregateCall& call : node.aggregates) {
      if (call.aggregate.weighted) weight_ = VariableOf(*call.aggregate.arguments.front())->index;
      needs_accumulators_ = needs_accumulators_ || !OnlyCounts(call);
    }
  }

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    index_.Clear();
    memory().Clear();
    accumulators_.clear();
    rows_.clear();
    weights_.clear();
    sources_.clear();
    ways_.clear();
    groups_.Clear();
    next_ = 0;
    gathered_ = false;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    if (!gathered_) RETURN_IF_ERROR(Gather());
    for (; next_ < groups_.rows() && out->rows() < context().batch_rows; ++next_) {
      const uint32_t row = out->AddRow(groups_, next_);
      if (state().track_sources()) out->sources(row) = TakeSources();
      for (size_t i = 0; i < node_.aggregates.size(); ++i) {
        const AggregateCall& call = node_.aggregates[i];
        out->Set(call.result, row,
                 call.aggregate.weighted ? CountOf(weights_[next_])
                 : OnlyCounts(call)      ? Value::Integer(rows_[next_])
                                         : accumulators_[next_][i]->Finish(evaluation()));
        RETURN_IF_ERROR(evaluation().status());
      }
    }
    return absl::OkStatus();
  }

 private:
  // Of the next group.
  SourceSet TakeSources() {
    SourceSet sources = sources_[next_].Take();
    Derivations* const derivations = state().derivations();
    if (derivations == nullptr) return sources;
    SourceSet why;
    if (node_.aggregates.empty() && next_ < ways_.size()) {
      why.Add(ways_[next_].Take(sources.items(), derivations));
    } else {
      why = std::move(sources);
      why.Add({Derivations::Aggregated()});
    }
    return why;
  }

  absl::Status Gather() {
    gathered_ = true;
    if (groups_.slots() != context().slots) groups_ = Batch(context().slots);
    Batch batch;
    std::vector<uint32_t> groups;
    uint64_t index_bytes = 0;
    for (;;) {
      RETURN_IF_ERROR(input().Next(&batch));
      if (batch.empty()) break;
      RETURN_IF_ERROR(state().Check());
      uint64_t bytes = 0;
      if (!evaluation().Spend(batch.rows())) return evaluation().status();
      index_.GroupsOf(batch, groups_, &groups, [&](uint32_t row) { AddGroup(batch, row, &bytes); });
      for (const uint32_t group : groups) ++rows_[group];
      if (weight_ != kNoSlot) AddWeights(batch.column(weight_), groups);
      RETURN_IF_ERROR(state().track_sources() ? AddRows(batch, groups, &bytes) : AddColumns(batch, groups, &bytes));
      if (index_.bytes() > index_bytes) bytes += index_.bytes() - index_bytes;
      index_bytes = std::max(index_bytes, index_.bytes());
      RETURN_IF_ERROR(memory().Add(bytes));
    }
    if (node_.keys.empty() && groups_.empty()) {
      groups_.AddRow();
      AddAccumulators();
    }
    return absl::OkStatus();
  }

  // count(*), for which no accumulator need be asked row by row.
  static bool OnlyCounts(const AggregateCall& call) { return call.aggregate.star || call.aggregate.weighted; }

  void AddWeights(const BatchColumn& weights, const std::vector<uint32_t>& groups) {
    for (uint32_t row = 0; row < groups.size(); ++row) {
      const Value weight = weights.At(row);
      weights_[groups[row]] += weight.type() == Value::Type::kInteger ? static_cast<long double>(weight.integer())
                                                                      : static_cast<long double>(weight.floating());
    }
  }

  // Row after row, each with what it rests on.
  absl::Status AddRows(const Batch& batch, const std::vector<uint32_t>& groups, uint64_t* bytes) {
    SourceTracker tracker(context());
    Derivations* const derivations = state().derivations();
    std::vector<Value> arguments;
    for (uint32_t row = 0; row < batch.rows(); ++row) {
      const uint32_t group = groups[row];
      evaluation().SetRow(&batch, row);
      for (size_t i = 0; i < node_.aggregates.size(); ++i) {
        if (OnlyCounts(node_.aggregates[i])) continue;
        arguments.clear();
        for (const BoundExpression& argument : node_.aggregates[i].aggregate.arguments) {
          arguments.push_back(argument->Evaluate(evaluation()));
        }
        RETURN_IF_ERROR(evaluation().status());
        *bytes += accumulators_[group][i]->Add(arguments, evaluation());
        RETURN_IF_ERROR(evaluation().status());
      }
      const size_t before = sources_[group].bytes();
      if (derivations == nullptr) {
        sources_[group].Add(batch.sources(row));
        if (evaluation().touched() != nullptr) sources_[group].Add(*evaluation().touched());
      } else {
        SourceItems flat;
        derivations->Flatten(batch.sources(row).items(), &flat);
        derivations->Flatten(*evaluation().touched(), &flat);
        sources_[group].Add(flat);
        if (node_.aggregates.empty()) {
          ways_.resize(sources_.size());
          *bytes += ways_[group].Add(batch.sources(row).items());
        }
      }
      tracker.Drop();
      *bytes += sources_[group].bytes() - before;
    }
    return absl::OkStatus();
  }

  // Aggregate after aggregate, its arguments computed for all rows at once.
  absl::Status AddColumns(const Batch& batch, const std::vector<uint32_t>& groups, uint64_t* bytes) {
    std::vector<std::vector<Value>> columns;
    std::vector<Value> arguments;
    for (size_t i = 0; i < node_.aggregates.size(); ++i) {
      const std::vector<BoundExpression>& wanted = node_.aggregates[i].aggregate.arguments;
      if (OnlyCounts(node_.aggregates[i])) continue;
      if (node_.keys.empty() && wanted.size() == 1) {  // one group
        const std::optional<std::span<const uint32_t>> vertices = VerticesOf(*wanted.front(), batch);
        if (vertices.has_value() && accumulators_[0][i]->AddVertices(*vertices, bytes)) continue;
      }
      columns.resize(wanted.size());
      for (size_t k = 0; k < wanted.size(); ++k) {
        wanted[k]->EvaluateAll(evaluation(), batch, &columns[k]);
        RETURN_IF_ERROR(evaluation().status());
      }
      arguments.resize(wanted.size());
      for (uint32_t row = 0; row < batch.rows(); ++row) {
        for (size_t k = 0; k < wanted.size(); ++k) arguments[k] = std::move(columns[k][row]);
        *bytes += accumulators_[groups[row]][i]->Add(arguments, evaluation());
      }
      RETURN_IF_ERROR(evaluation().status());
    }
    return absl::OkStatus();
  }

  // The vertices that a variable stands for, row by row, where it is one and stands for vertices alone.
  static std::optional<std::span<const uint32_t>> VerticesOf(const Expression& expression, const Batch& batch) {
    const std::optional<VariableReference> variable = VariableOf(expression);
    if (!variable.has_value() || variable->kind != VariableReference::Kind::kSlot) return std::nullopt;
    const BatchColumn& column = batch.column(variable->index);
    if (column.kind() != BatchColumn::Kind::kVertices) return std::nullopt;
    return column.numbers();
  }

  void AddGroup(const Batch& batch, uint32_t row, uint64_t* bytes) {
    groups_.AddRow(batch, row);
    AddAccumulators();
    *bytes += groups_.BytesOf(groups_.rows() - 1) + node_.aggregates.size() * kAccumulatorBytes;
  }

  void AddAccumulators() {
    if (state().track_sources()) sources_.emplace_back();
    rows_.push_back(0);
    if (weight_ != kNoSlot) weights_.push_back(0);
    if (!needs_accumulators_) return;
    auto& made = accumulators_.emplace_back();
    for (const AggregateCall& call : node_.aggregates) {
      made.push_back(OnlyCounts(call) ? nullptr : call.aggregate.MakeAccumulator());
    }
  }

  static constexpr uint64_t kAccumulatorBytes = 128;  // about, without what Add tells

  const AggregateNode& node_;
  GroupIndex index_;
  Batch groups_;
  // Of each group, one a call, where any call needs one.
  bool needs_accumulators_ = false;
  std::vector<std::vector<std::unique_ptr<Accumulator>>> accumulators_;
  std::vector<int64_t> rows_;              // of each group
  Slot weight_ = kNoSlot;                  // where rows say how many they stand for
  std::vector<long double> weights_;       // of each group: exact up to 2^64
  std::vector<SourceGatherer> sources_;    // of each group, where they are tracked
  std::vector<AlternativeGatherer> ways_;  // likewise, where it is asked why and nothing is aggregated
  uint32_t next_ = 0;
  bool gathered_ = false;
};

}  // namespace

OperatorPtr MakeAggregate(const OperatorContext& context, const AggregateNode& node, OperatorPtr input) {
  return std::make_unique<AggregateOperator>(context, node, std::move(input));
}

}  // namespace dossier
