// Rows for which the predicate is true; null is not true.
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
      if (!state().track_sources()) {
        RETURN_IF_ERROR(FilterAll(out));
        if (out->empty() && at_end_) return absl::OkStatus();
        continue;
      }
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
      if (out->empty()) return absl::OkStatus();
      out->Filter(keep);
      RETURN_IF_ERROR(state().Check());
    } while (out->empty());
    return absl::OkStatus();
  }

 private:
  // Without sources to be kept apart, the predicate is computed for all rows at once.
  absl::Status FilterAll(Batch* out) {
    at_end_ = out->empty();
    if (at_end_) return absl::OkStatus();
    if (!evaluation().Spend(out->rows())) return evaluation().status();
    node_.predicate->EvaluateAll(evaluation(), *out, &values_);
    RETURN_IF_ERROR(evaluation().status());
    std::vector<bool> keep(out->rows());
    bool all = true;
    for (uint32_t row = 0; row < out->rows(); ++row) {
      keep[row] = values_[row].is_true();
      all = all && keep[row];
    }
    if (!all) out->Filter(keep);
    return state().Check();
  }

  const FilterNode& node_;
  std::vector<Value> values_;
  bool at_end_ = false;
};

}  // namespace

OperatorPtr MakeFilter(const OperatorContext& context, const FilterNode& node, OperatorPtr input) {
  return std::make_unique<FilterOperator>(context, node, std::move(input));
}

}  // namespace dossier
