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
    SourceTracker tracker(context());
    for (uint32_t row = 0; row < out->rows(); ++row) {
      evaluation().SetRow(out, row);
      for (const auto& [slot, expression] : node_.values) {
        Value value = expression->Evaluate(evaluation());
        RETURN_IF_ERROR(evaluation().status());
        out->at(slot, row) = std::move(value);
      }
      tracker.MoveTo(&out->sources(row));
    }
    return absl::OkStatus();
  }

 private:
  const ExtendNode& node_;
};

}  // namespace

OperatorPtr MakeExtend(const OperatorContext& context, const ExtendNode& node, OperatorPtr input) {
  return std::make_unique<ExtendOperator>(context, node, std::move(input));
}

}  // namespace dossier
