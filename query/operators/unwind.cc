// A row for each element of a list: FOR and UNWIND.
#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/expression_type.h"
#include "query/operators/operators.h"

namespace dossier {
namespace {

class UnwindOperator : public UnaryOperator {
 public:
  UnwindOperator(const OperatorContext& context, const UnwindNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)), node_(node) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    batch_.Clear();
    row_ = 0;
    element_ = 0;
    begun_ = false;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    while (out->rows() < context().batch_rows) {
      if (row_ >= batch_.rows()) {
        RETURN_IF_ERROR(input().Next(&batch_));
        row_ = 0;
        begun_ = false;
        if (batch_.empty()) return absl::OkStatus();
      }
      if (!begun_) {
        begun_ = true;
        element_ = 0;
        SourceTracker tracker(context());
        evaluation().SetRow(&batch_, row_);
        list_ = node_.list->Evaluate(evaluation());
        RETURN_IF_ERROR(evaluation().status());
        tracker.MoveTo(&batch_, row_);
        memory().Clear();
        RETURN_IF_ERROR(memory().Add(list_.SharedBytes()));
        if (list_.is_null()) {
          list_ = Value::OfList({});
        } else if (list_.type() != Value::Type::kList) {
          if (!node_.unwind_rules) return NotAList();
          list_ = Value::OfList({list_});
        }
      }
      if (element_ >= list_.list().size()) {
        ++row_;
        begun_ = false;
        continue;
      }
      const uint32_t row = out->AddRow(batch_, row_);
      out->Set(node_.element, row, list_.list()[element_]);
      if (node_.counter != kNoSlot) {
        out->Set(node_.counter, row, Value::Integer(node_.first + static_cast<int64_t>(element_)));
      }
      ++element_;
    }
    return state().Check();
  }

 private:
  absl::Status NotAList() const {
    return ToStatus(absl::StatusCode::kInvalidArgument,
                    {.number = kNotAList,
                     .place = node_.list->span(),
                     .cause = StrCat("FOR goes over a list, and this is ", WithArticle(list_.type())),
                     .hint = "put it in brackets: [x]"});
  }

  const UnwindNode& node_;
  Batch batch_;
  uint32_t row_ = 0;
  size_t element_ = 0;
  bool begun_ = false;
  Value list_;
};

}  // namespace

OperatorPtr MakeUnwind(const OperatorContext& context, const UnwindNode& node, OperatorPtr input) {
  return std::make_unique<UnwindOperator>(context, node, std::move(input));
}

}  // namespace dossier
