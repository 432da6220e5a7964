// OPTIONAL MATCH and CALL { }: runs a body for each row.
#include "graph/base/status_macros.h"
#include "query/derivations.h"
#include "query/operators/operators.h"
#include "query/pattern_text.h"

namespace dossier {
namespace {

class ApplyOperator : public UnaryOperator {
 public:
  ApplyOperator(const OperatorContext& context, const ApplyNode& node, OperatorPtr input, OperatorPtr body)
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
        RETURN_IF_ERROR(state().Check());
        body_->Reset(&batch_, row_);
        in_body_ = true;
        found_ = false;
      }
      RETURN_IF_ERROR(body_->Next(&body_rows_));
      if (!body_rows_.empty()) {
        found_ = true;
        for (uint32_t i = 0; i < body_rows_.rows(); ++i) AddRow(i, out);
        continue;
      }
      if (!found_ && node_.optional) {
        const uint32_t row = out->AddRow(batch_, row_);
        for (const Slot slot : node_.to) out->Set(slot, row, Value::Null());
        if (state().derivations() != nullptr) {
          out->sources(row).Add({state().derivations()->Absence(PatternText(*node_.body))});
        }
      }
      in_body_ = false;
      ++row_;
    }
    return absl::OkStatus();
  }

 private:
  void AddRow(uint32_t body_row, Batch* out) {
    const uint32_t row = out->AddRow(batch_, row_);
    for (size_t i = 0; i < node_.from.size(); ++i) out->Set(node_.to[i], row, body_rows_.at(node_.from[i], body_row));
    out->sources(row).Add(body_rows_.sources(body_row));
  }

  const ApplyNode& node_;
  OperatorPtr body_;
  Batch batch_, body_rows_;
  uint32_t row_ = 0;
  bool in_body_ = false, found_ = false;
};

}  // namespace

OperatorPtr MakeApply(const OperatorContext& context, const ApplyNode& node, OperatorPtr input, OperatorPtr body) {
  return std::make_unique<ApplyOperator>(context, node, std::move(input), std::move(body));
}

}  // namespace dossier
