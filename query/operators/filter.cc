// Rows for which the predicate is true; null is not true.
#include <algorithm>
#include <vector>

#include "graph/base/status_macros.h"
#include "query/operators/operators.h"

namespace dossier {
namespace {

class FilterOperator : public UnaryOperator {
 public:
  FilterOperator(const OperatorContext& context, const FilterNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)), node_(node) {}

 protected:
  absl::Status DoNext(Batch* out) override {
    do {
      RETURN_IF_ERROR(input().Next(out));
      if (out->empty()) return absl::OkStatus();
      RETURN_IF_ERROR(state().track_sources() ? FilterRows(out) : FilterAll(out));
      RETURN_IF_ERROR(state().Check());
    } while (out->empty());
    return absl::OkStatus();
  }

 private:
  // Row after row, each with what it rests on.
  absl::Status FilterRows(Batch* out) {
    std::vector<bool> keep(out->rows());
    SourceTracker tracker(context());
    for (uint32_t row = 0; row < out->rows(); ++row) {
      evaluation().SetRow(out, row);
      keep[row] = node_.predicate->Evaluate(evaluation()).is_true();
      if (!evaluation().Spend() || evaluation().failed()) return evaluation().status();
      if (keep[row]) {
        tracker.MoveTo(out, row);
      } else {
        tracker.Drop();
      }
    }
    out->Filter(keep);
    return absl::OkStatus();
  }

  // Without sources to be kept apart, the predicate is computed for all rows at once.
  absl::Status FilterAll(Batch* out) {
    if (!evaluation().Spend(out->rows())) return evaluation().status();
    node_.predicate->EvaluateAll(evaluation(), *out, &values_);
    RETURN_IF_ERROR(evaluation().status());
    std::vector<bool> keep(out->rows());
    for (uint32_t row = 0; row < out->rows(); ++row) keep[row] = values_[row].is_true();
    if (std::find(keep.begin(), keep.end(), false) != keep.end()) out->Filter(keep);
    return absl::OkStatus();
  }

  const FilterNode& node_;
  std::vector<Value> values_;
};

}  // namespace

OperatorPtr MakeFilter(const OperatorContext& context, const FilterNode& node, OperatorPtr input) {
  return std::make_unique<FilterOperator>(context, node, std::move(input));
}

}  // namespace dossier
