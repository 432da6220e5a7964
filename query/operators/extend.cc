// Computes new values beside the old ones: RETURN, WITH and LET.
#include "graph/base/status_macros.h"
#include "query/operators/operators.h"

namespace dossier {
namespace {

class ExtendOperator : public UnaryOperator {
 public:
  ExtendOperator(const OperatorContext& context, const ExtendNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)), node_(node) {}

 protected:
  absl::Status DoNext(Batch* out) override {
    RETURN_IF_ERROR(input().Next(out));
    memory().Clear();
    uint64_t bytes = 0;
    SourceTracker tracker(context());
    for (uint32_t row = 0; row < out->rows(); ++row) {
      evaluation().SetRow(out, row);
      for (const auto& [slot, expression] : node_.values) {
        Value value = expression->Evaluate(evaluation());
        if (!evaluation().Spend() || evaluation().failed()) return evaluation().status();
        bytes += value.SharedBytes();
        out->at(slot, row) = std::move(value);
      }
      // A row may make a list of a hundred megabytes: account for it before the next one does.
      if (bytes > kWorthCounting) {
        RETURN_IF_ERROR(memory().Add(bytes));
        bytes = 0;
      }
      tracker.MoveTo(&out->sources(row));
    }
    return absl::OkStatus();
  }

 private:
  static constexpr uint64_t kWorthCounting = 16384;
  const ExtendNode& node_;
};

}  // namespace

OperatorPtr MakeExtend(const OperatorContext& context, const ExtendNode& node, OperatorPtr input) {
  return std::make_unique<ExtendOperator>(context, node, std::move(input));
}

}  // namespace dossier
