// Rows that differ in some slots. Where sources are tracked, a row rests on what all its equals rest on, so the
// input is read to its end first; else rows pass as they come. Where it is asked why, each of the equals is one way for
// the row to be there.
#include "absl/container/flat_hash_map.h"
#include "graph/base/status_macros.h"
#include "query/derivations.h"
#include "query/operators/operators.h"
#include "query/row_key.h"
#include "query/source_gatherer.h"

namespace dossier {
namespace {

class DistinctOperator : public UnaryOperator {
 public:
  DistinctOperator(const OperatorContext& context, const DistinctNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)), node_(node) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    index_.clear();
    memory().Clear();
    kept_ = Batch(context().slots);
    sources_.clear();
    ways_.clear();
    next_ = 0;
    gathered_ = false;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    if (!state().track_sources()) return Stream(out);
    if (!gathered_) RETURN_IF_ERROR(Gather());
    for (; next_ < kept_.rows() && out->rows() < context().batch_rows; ++next_) {
      const uint32_t row = out->AddRow(kept_, next_);
      out->sources(row) = sources_[next_].Take();
      if (ways_.empty()) continue;
      SourceSet why;
      why.Add(ways_[next_].Take(out->sources(row).items(), state().derivations()));
      out->sources(row) = std::move(why);
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Stream(Batch* out) {
    do {
      RETURN_IF_ERROR(input().Next(out));
      if (out->empty()) return absl::OkStatus();
      std::vector<bool> keep(out->rows());
      uint64_t bytes = 0;
      for (uint32_t row = 0; row < out->rows(); ++row) {
        const auto [at, is_new] = index_.try_emplace(KeyOf(*out, row, node_.slots), 0);
        keep[row] = is_new;
        if (is_new) bytes += BytesOf(at->first);
      }
      out->Filter(keep);
      RETURN_IF_ERROR(memory().Add(bytes));
      RETURN_IF_ERROR(state().Check());
    } while (out->empty());
    return absl::OkStatus();
  }

  absl::Status Gather() {
    gathered_ = true;
    Derivations* const derivations = state().derivations();
    Batch batch;
    for (;;) {
      RETURN_IF_ERROR(input().Next(&batch));
      if (batch.empty()) return absl::OkStatus();
      uint64_t bytes = 0;
      for (uint32_t row = 0; row < batch.rows(); ++row) {
        const auto [at, is_new] = index_.try_emplace(KeyOf(batch, row, node_.slots), kept_.rows());
        if (is_new) {
          kept_.AddRow(batch, row);
          sources_.emplace_back();
          if (derivations != nullptr) ways_.emplace_back();
          bytes += BytesOf(at->first) + kept_.BytesOf(kept_.rows() - 1);
        }
        const size_t before = sources_[at->second].bytes();
        if (derivations == nullptr) {
          sources_[at->second].Add(batch.sources(row));
        } else {
          SourceItems flat;
          derivations->Flatten(batch.sources(row).items(), &flat);
          sources_[at->second].Add(flat);
          bytes += ways_[at->second].Add(batch.sources(row).items());
        }
        bytes += sources_[at->second].bytes() - before;
      }
      RETURN_IF_ERROR(memory().Add(bytes));
      RETURN_IF_ERROR(state().Check());
    }
  }

  const DistinctNode& node_;
  absl::flat_hash_map<RowKey, uint32_t, RowKeyHash, RowKeyEqual> index_;
  Batch kept_;
  std::vector<SourceGatherer> sources_;    // of each row that is kept
  std::vector<AlternativeGatherer> ways_;  // likewise, where it is asked why
  uint32_t next_ = 0;
  bool gathered_ = false;
};

}  // namespace

OperatorPtr MakeDistinct(const OperatorContext& context, const DistinctNode& node, OperatorPtr input) {
  return std::make_unique<DistinctOperator>(context, node, std::move(input));
}

}  // namespace dossier
