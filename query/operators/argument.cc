// One row to start from: empty, or in a subquery the outer row.
#include "query/operators/operators.h"

namespace dossier {
namespace {

class ArgumentOperator : public Operator {
 public:
  using Operator::Operator;
  void Reset(const Batch* outer, uint32_t row) override {
    outer_ = outer;
    row_ = row;
    done_ = false;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    if (done_) return absl::OkStatus();
    done_ = true;
    if (outer_ == nullptr) {
      out->AddRow();
    } else {
      out->AddRow(*outer_, row_);
    }
    return absl::OkStatus();
  }

 private:
  const Batch* outer_ = nullptr;
  uint32_t row_ = 0;
  bool done_ = false;
};

}  // namespace

OperatorPtr MakeArgument(const OperatorContext& context) { return std::make_unique<ArgumentOperator>(context); }

}  // namespace dossier
