// ORDER BY. Stable: rows that compare equal stay in the order in which they came.
#include <numeric>

#include "graph/base/status_macros.h"
#include "query/operators/operators.h"
#include "query/stable_sort.h"

namespace dossier {
namespace {

class SortOperator : public UnaryOperator {
 public:
  SortOperator(const OperatorContext& context, const SortNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)), node_(node) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    rows_ = Batch(context().slots);
    memory().Clear();
    order_.clear();
    next_ = 0;
    sorted_ = false;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    if (!sorted_) RETURN_IF_ERROR(Sort());
    for (; next_ < order_.size() && out->rows() < context().batch_rows; ++next_) out->AddRow(rows_, order_[next_]);
    return absl::OkStatus();
  }

 private:
  absl::Status Sort() {
    sorted_ = true;
    Batch batch;
    std::vector<std::vector<Value>> keys(node_.keys.size());
    for (;;) {
      RETURN_IF_ERROR(input().Next(&batch));
      if (batch.empty()) break;
      RETURN_IF_ERROR(state().Check());
      uint64_t bytes = 0;
      for (uint32_t row = 0; row < batch.rows(); ++row) {
        evaluation().SetRow(&batch, row);
        SourceTracker tracker(context());
        for (size_t k = 0; k < keys.size(); ++k) {
          keys[k].push_back(node_.keys[k].expression->Evaluate(evaluation()));
          if (!evaluation().Spend() || evaluation().failed()) return evaluation().status();
          bytes += sizeof(Value) + keys[k].back().SharedBytes();
        }
        tracker.Drop();  // the order of rows is no statement that needs a source
        rows_.AddRow(batch, row);
        bytes += sizeof(uint32_t) + rows_.BytesOf(rows_.rows() - 1);
      }
      RETURN_IF_ERROR(memory().Add(bytes));
    }
    order_.resize(rows_.rows());
    std::iota(order_.begin(), order_.end(), 0);
    const auto less = [&](uint32_t a, uint32_t b) {
      for (size_t k = 0; k < keys.size(); ++k) {
        const int order = Compare(node_.keys[k], keys[k][a], keys[k][b]);
        if (order != 0) return order < 0;
      }
      return false;
    };
    StableSort(&order_, less, [&](uint64_t steps) { return evaluation().Spend(steps); });
    return evaluation().status();
  }

  static int Compare(const SortKey& key, const Value& a, const Value& b) {
    if (a.is_null() != b.is_null()) return a.is_null() == key.nulls_first ? -1 : 1;
    const int order = Order(a, b);
    return key.descending ? -order : order;
  }

  const SortNode& node_;
  Batch rows_;
  std::vector<uint32_t> order_;
  size_t next_ = 0;
  bool sorted_ = false;
};

}  // namespace

OperatorPtr MakeSort(const OperatorContext& context, const SortNode& node, OperatorPtr input) {
  return std::make_unique<SortOperator>(context, node, std::move(input));
}

}  // namespace dossier
