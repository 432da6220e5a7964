// UNION ALL: the rows of one part after those of the other (UNION puts a Distinct above it).
#include "graph/base/status_macros.h"
#include "query/operators/operators.h"

namespace dossier {
namespace {

class UnionOperator : public Operator {
 public:
  UnionOperator(const OperatorContext& context, const UnionNode& node, std::vector<OperatorPtr> inputs)
      : Operator(context), node_(node), inputs_(std::move(inputs)) {}

  void Reset(const Batch* outer, uint32_t row) override {
    for (const OperatorPtr& input : inputs_) input->Reset(outer, row);
    part_ = 0;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    for (; part_ < inputs_.size(); ++part_) {
      RETURN_IF_ERROR(inputs_[part_]->Next(&batch_));
      if (batch_.empty()) continue;
      for (uint32_t i = 0; i < batch_.rows(); ++i) {
        const uint32_t row = out->AddRow(batch_, i);
        for (size_t c = 0; c < node_.columns.size(); ++c) {
          out->Set(node_.columns[c], row, batch_.at(node_.parts[part_][c], i));
        }
      }
      return absl::OkStatus();
    }
    return absl::OkStatus();
  }

 private:
  const UnionNode& node_;
  std::vector<OperatorPtr> inputs_;
  Batch batch_;
  size_t part_ = 0;
};

}  // namespace

OperatorPtr MakeUnion(const OperatorContext& context, const UnionNode& node, std::vector<OperatorPtr> inputs) {
  return std::make_unique<UnionOperator>(context, node, std::move(inputs));
}

}  // namespace dossier
