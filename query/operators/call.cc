// CALL procedure(...) YIELD ...: each row with each row that the procedure gives for it. A procedure without columns
// lets rows pass as they are.
#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/operators/operators.h"

namespace dossier {
namespace {

class CallOperator : public UnaryOperator {
 public:
  CallOperator(const OperatorContext& context, const CallNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)), node_(node), found_(context.state) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    batch_.Clear();
    row_ = 0;
    called_ = false;
    found_.Clear();
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    while (out->rows() < context().batch_rows) {
      if (row_ >= batch_.rows()) {
        RETURN_IF_ERROR(input().Next(&batch_));
        row_ = 0;
        if (batch_.empty()) return absl::OkStatus();
      }
      if (!called_) {
        RETURN_IF_ERROR(Call());
        called_ = true;
        next_ = 0;
        if (node_.procedure->columns.empty()) {
          out->AddRow(batch_, row_);
        } else if (node_.optional && found_.rows().empty()) {
          out->AddRow(batch_, row_);  // new slots are null
        }
      }
      if (next_ >= found_.rows().size()) {
        ++row_;
        called_ = false;
        continue;
      }
      ProcedureRows::Row& found = found_.rows()[next_++];
      const uint32_t row = out->AddRow(batch_, row_);
      for (const auto& [column, slot] : node_.yields) out->Set(slot, row, found.values[column]);
      if (state().track_sources()) out->sources(row).Add(std::move(found.sources));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Call() {
    RETURN_IF_ERROR(state().Check());
    found_.Clear();
    SourceTracker tracker(context());
    evaluation().SetRow(&batch_, row_);
    const std::vector<ProcedureParameter>& parameters = node_.procedure->parameters;
    std::vector<Value> arguments;
    for (size_t i = 0; i < node_.arguments.size(); ++i) {
      arguments.push_back(node_.arguments[i]->Evaluate(evaluation()));
      RETURN_IF_ERROR(evaluation().status());
      const Value& value = arguments.back();
      const bool fits = value.is_null() ? parameters[i].nullable : (MaskOf(value.type()) & parameters[i].types) != 0;
      if (fits) continue;
      return QueryError(kWrongValueType, node_.arguments[i]->span(),
                        StrCat("`", parameters[i].name, "` of ", node_.procedure->name, " takes ",
                               WithArticles(parameters[i].types), ", not ", WithArticle(value.type())),
                        "", StrCat("write ", node_.procedure->Signature()));
    }
    arguments.resize(parameters.size());  // those left out are null
    RETURN_IF_ERROR(
        node_.procedure->body({*node_.procedure, node_.place, evaluation(), *node_.catalog, &found_}, arguments));
    tracker.MoveTo(&batch_, row_);
    return evaluation().status();
  }

  const CallNode& node_;
  Batch batch_;
  ProcedureRows found_;
  size_t next_ = 0;  // of what was found for this row
  uint32_t row_ = 0;
  bool called_ = false;
};

}  // namespace

OperatorPtr MakeCall(const OperatorContext& context, const CallNode& node, OperatorPtr input) {
  return std::make_unique<CallOperator>(context, node, std::move(input));
}

}  // namespace dossier
