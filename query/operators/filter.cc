// Rows for which the predicate is true; null is not true.
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
      std::vector<bool> keep(out->rows());
      SourceTracker tracker(context());
      for (uint32_t row = 0; row < out->rows(); ++row) {
        evaluation().SetRow(out, row);
        keep[row] = node_.predicate->Evaluate(evaluation()).is_true();
        if (!evaluation().Spend() || evaluation().failed()) return evaluation().status();
        if (keep[row]) {
          tracker.MoveTo(&out->sources(row));
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
  const FilterNode& node_;
};

}  // namespace

OperatorPtr MakeFilter(const OperatorContext& context, const FilterNode& node, OperatorPtr input) {
  return std::make_unique<FilterOperator>(context, node, std::move(input));
}

}  // namespace dossier
