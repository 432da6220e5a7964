// ORDER BY. Stable: rows that compare equal stay in the order in which they came. Where a page follows that shows few
// of them, rows are dropped as soon as enough are known that come before them.
#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "query/operators/operators.h"
#include "query/stable_sort.h"

namespace dossier {
namespace {

class SortOperator : public UnaryOperator {
 public:
  SortOperator(const OperatorContext& context, const SortNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)), node_(node), keys_(node.keys.size()) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    outer_ = outer;
    outer_row_ = row;
    rows_ = Batch(context().slots);
    for (std::vector<Value>& keys : keys_) keys.clear();
    memory().Clear();
    order_.clear();
    next_ = 0;
    sorted_ = false;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    if (!sorted_) {
      sorted_ = true;
      RETURN_IF_ERROR(Gather());
      RETURN_IF_ERROR(Sort());
    }
    for (; next_ < order_.size() && out->rows() < context().batch_rows; ++next_) out->AddRow(rows_, order_[next_]);
    return absl::OkStatus();
  }

 private:
  static constexpr uint64_t kAll = std::numeric_limits<uint64_t>::max();
  // So that few rows are not cut back again and again.
  static constexpr uint64_t kLeastSpare = 256;

  // Leaves all rows in rows_, and their keys in keys_; or, where no more than some are asked for, those and a few more.
  absl::Status Gather() {
    ASSIGN_OR_RETURN(const uint64_t most, MostRows());
    bool full = false;  // the row that is the last of the best, of which enough are known, is worst_
    Batch batch;
    std::vector<Value> keys(keys_.size());
    for (;;) {
      RETURN_IF_ERROR(input().Next(&batch));
      if (batch.empty()) return absl::OkStatus();
      RETURN_IF_ERROR(state().Check());
      uint64_t bytes = 0;
      for (uint32_t row = 0; row < batch.rows(); ++row) {
        evaluation().SetRow(&batch, row);
        SourceTracker tracker(context());
        for (size_t k = 0; k < keys.size(); ++k) {
          keys[k] = node_.keys[k].expression->Evaluate(evaluation());
          if (!evaluation().Spend() || evaluation().failed()) return evaluation().status();
        }
        tracker.Drop();  // the order of rows is no statement that needs a source
        if (full && !ComesBefore(keys, worst_)) continue;
        bytes += sizeof(uint32_t);
        for (size_t k = 0; k < keys.size(); ++k) {
          bytes += sizeof(Value) + keys[k].SharedBytes();
          keys_[k].push_back(std::move(keys[k]));
        }
        rows_.AddRow(batch, row);
        bytes += rows_.BytesOf(rows_.rows() - 1);
        if (most == kAll || rows_.rows() < 2 * most + kLeastSpare) continue;
        RETURN_IF_ERROR(KeepBest(most));
        full = true;
        bytes = BytesHeld();
        memory().Clear();
      }
      RETURN_IF_ERROR(memory().Add(bytes));
    }
  }

  absl::StatusOr<uint64_t> MostRows() {
    if (node_.limit == nullptr) return kAll;
    uint64_t skip = 0;
    if (node_.skip != nullptr) {
      ASSIGN_OR_RETURN(skip, PageCount(*node_.skip, "SKIP", outer_, outer_row_, &evaluation()));
    }
    ASSIGN_OR_RETURN(const uint64_t limit, PageCount(*node_.limit, "LIMIT", outer_, outer_row_, &evaluation()));
    // Of so many rows none would be dropped in any case.
    constexpr uint64_t kMost = uint64_t{1} << 30;
    return skip < kMost && limit > 0 && limit < kMost ? skip + limit : kAll;
  }

  absl::Status Sort() {
    order_.resize(rows_.rows());
    std::iota(order_.begin(), order_.end(), 0);
    const auto less = [&](uint32_t a, uint32_t b) {
      for (size_t k = 0; k < keys_.size(); ++k) {
        const int order = Compare(node_.keys[k], keys_[k][a], keys_[k][b]);
        if (order != 0) return order < 0;
      }
      return false;
    };
    StableSort(&order_, less, [&](uint64_t steps) { return evaluation().Spend(steps); });
    return evaluation().status();
  }

  // Drops all rows but the best ones. Those stay in the order in which they came, as equal ones have to.
  absl::Status KeepBest(uint64_t most) {
    RETURN_IF_ERROR(Sort());
    std::vector<bool> keep(rows_.rows());
    for (uint64_t i = 0; i < most; ++i) keep[order_[i]] = true;
    const uint32_t last = order_[most - 1];
    worst_ = static_cast<uint32_t>(std::count(keep.begin(), keep.begin() + last, true));
    rows_.Filter(keep);
    for (std::vector<Value>& keys : keys_) {
      size_t kept = 0;
      for (size_t row = 0; row < keep.size(); ++row) {
        if (!keep[row]) continue;
        if (kept != row) keys[kept] = std::move(keys[row]);
        ++kept;
      }
      keys.resize(kept);
    }
    return absl::OkStatus();
  }

  uint64_t BytesHeld() const {
    uint64_t bytes = 0;
    for (uint32_t row = 0; row < rows_.rows(); ++row) {
      bytes += sizeof(uint32_t) + rows_.BytesOf(row);
      for (const std::vector<Value>& keys : keys_) bytes += sizeof(Value) + keys[row].SharedBytes();
    }
    return bytes;
  }

  bool ComesBefore(const std::vector<Value>& keys, uint32_t row) const {
    for (size_t k = 0; k < keys.size(); ++k) {
      const int order = Compare(node_.keys[k], keys[k], keys_[k][row]);
      if (order != 0) return order < 0;
    }
    return false;
  }

  static int Compare(const SortKey& key, const Value& a, const Value& b) {
    if (a.is_null() != b.is_null()) return a.is_null() == key.nulls_first ? -1 : 1;
    const int order = Order(a, b);
    return key.descending ? -order : order;
  }

  const SortNode& node_;
  const Batch* outer_ = nullptr;
  uint32_t outer_row_ = 0;
  Batch rows_;
  std::vector<std::vector<Value>> keys_;  // by key, then by row
  uint32_t worst_ = 0;
  std::vector<uint32_t> order_;
  size_t next_ = 0;
  bool sorted_ = false;
};

}  // namespace

OperatorPtr MakeSort(const OperatorContext& context, const SortNode& node, OperatorPtr input) {
  return std::make_unique<SortOperator>(context, node, std::move(input));
}

}  // namespace dossier
