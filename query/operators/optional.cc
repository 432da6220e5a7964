// OPTIONAL MATCH: each row with what the body finds for it, or with nulls where it finds nothing.
#include "graph/base/status_macros.h"
#include "query/operators/operators.h"

namespace dossier {
namespace {

class OptionalOperator : public UnaryOperator {
 public:
  OptionalOperator(const OperatorContext& context, const OptionalNode& node, OperatorPtr input, OperatorPtr body)
      : UnaryOperator(context, std::move(input)), node_(node), body_(std::move(body)) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    batch_.Clear();
    row_ = 0;
    in_body_ = false;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    while (out->rows() < context().batch_rows) {
      if (!in_body_) {
        if (row_ >= batch_.rows()) {
          RETURN_IF_ERROR(input().Next(&batch_));
          row_ = 0;
          if (batch_.empty()) return absl::OkStatus();
        }
        body_->Reset(&batch_, row_);
        in_body_ = true;
        found_ = false;
      }
      RETURN_IF_ERROR(body_->Next(&found_rows_));
      if (!found_rows_.empty()) {
        found_ = true;
        for (uint32_t i = 0; i < found_rows_.rows(); ++i) out->AddRow(found_rows_, i);
        continue;
      }
      if (!found_) {
        const uint32_t row = out->AddRow(batch_, row_);
        for (const Slot slot : node_.nulls) out->at(slot, row) = Value::Null();
      }
      in_body_ = false;
      ++row_;
    }
    return absl::OkStatus();
  }

 private:
  const OptionalNode& node_;
  OperatorPtr body_;
  Batch batch_, found_rows_;
  uint32_t row_ = 0;
  bool in_body_ = false, found_ = false;
};

}  // namespace

OperatorPtr MakeOptional(const OperatorContext& context, const OptionalNode& node, OperatorPtr input,
                         OperatorPtr body) {
  return std::make_unique<OptionalOperator>(context, node, std::move(input), std::move(body));
}

}  // namespace dossier
