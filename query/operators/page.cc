// SKIP and LIMIT.
#include <algorithm>
#include <limits>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/operators/operators.h"

namespace dossier {
namespace {

class PageOperator : public UnaryOperator {
 public:
  PageOperator(const OperatorContext& context, const PageNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)), node_(node) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    read_ = false;
    outer_ = outer;
    outer_row_ = row;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    if (!read_) {
      read_ = true;
      skip_ = 0;
      left_ = std::numeric_limits<int64_t>::max();
      if (node_.skip != nullptr) {
        ASSIGN_OR_RETURN(skip_, PageCount(*node_.skip, "SKIP", outer_, outer_row_, &evaluation()));
      }
      if (node_.limit != nullptr) {
        ASSIGN_OR_RETURN(left_, PageCount(*node_.limit, "LIMIT", outer_, outer_row_, &evaluation()));
      }
    }
    while (left_ > 0) {
      RETURN_IF_ERROR(input().Next(out));
      if (out->empty()) return absl::OkStatus();
      if (skip_ > 0) {
        const auto drop = static_cast<uint32_t>(std::min<int64_t>(skip_, out->rows()));
        skip_ -= drop;
        std::vector<bool> keep(out->rows(), true);
        std::fill(keep.begin(), keep.begin() + drop, false);
        out->Filter(keep);
        if (out->empty()) continue;
      }
      if (out->rows() > left_) out->Truncate(static_cast<uint32_t>(left_));
      left_ -= out->rows();
      return absl::OkStatus();
    }
    out->Clear();
    return absl::OkStatus();
  }

 private:
  const PageNode& node_;
  const Batch* outer_ = nullptr;
  uint32_t outer_row_ = 0;
  bool read_ = false;
  int64_t skip_ = 0, left_ = 0;
};

}  // namespace

absl::StatusOr<int64_t> PageCount(const Expression& expression, std::string_view word, const Batch* outer,
                                  uint32_t outer_row, EvaluationContext* evaluation) {
  static const Batch* const kOneRow = [] {
    auto* batch = new Batch(0);
    batch->AddRow();
    return batch;
  }();
  evaluation->SetRow(outer == nullptr ? kOneRow : outer, outer == nullptr ? 0 : outer_row);
  const Value value = expression.Evaluate(*evaluation);
  RETURN_IF_ERROR(evaluation->status());
  if (value.type() == Value::Type::kInteger && value.integer() >= 0) return value.integer();
  return ToStatus(absl::StatusCode::kInvalidArgument, {.number = kBadPageValue,
                                                       .place = expression.span(),
                                                       .cause = StrCat(word, " is ", ToString(value)),
                                                       .rule = StrCat(word, " takes a whole number from 0 up"),
                                                       .hint = "give a number or a parameter"});
}

OperatorPtr MakePage(const OperatorContext& context, const PageNode& node, OperatorPtr input) {
  return std::make_unique<PageOperator>(context, node, std::move(input));
}

}  // namespace dossier
