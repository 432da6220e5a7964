#include "query/subquery_expression.h"

#include <utility>

#include "graph/base/text.h"
#include "query/plan_mapper.h"

namespace dossier {
namespace {

class SubqueryExpression : public Expression {
 public:
  SubqueryExpression(SubqueryKind kind, LogicalPlan plan, BoundExpression result, Slot column, const SourceSpan& span)
      : Expression(kind == SubqueryKind::kExists  ? StaticType::kBoolean
                   : kind == SubqueryKind::kCount ? StaticType::kInteger
                                                  : StaticType::kList,
                   span),
        kind_(kind),
        plan_(std::move(plan)),
        result_(std::move(result)),
        column_(column) {}

  Value Evaluate(EvaluationContext& context) const override {
    const Batch* const outer = context.batch();
    const uint32_t row = context.row();
    Value value = Run(context, outer, row);
    context.SetRow(outer, row);
    return value;
  }

  std::string ToString() const override {
    constexpr const char* kWords[] = {"EXISTS", "COUNT", "COLLECT"};
    return StrCat(kWords[static_cast<size_t>(kind_)], " { ... }");
  }

  void ForEachChild(const std::function<void(const Expression&)>& visit) const override {
    if (result_ != nullptr) visit(*result_);
  }
  const LogicalNode* plan() const override { return plan_.get(); }

 private:
  Value Run(EvaluationContext& context, const Batch* outer, uint32_t row) const {
    OperatorPtr& plan = context.state()->Subquery(this);
    if (plan == nullptr) {
      OperatorContext operators = *context.state()->operator_context();
      if (kind_ == SubqueryKind::kExists) operators.batch_rows = 1;  // the first row decides
      plan = MakeOperators(*plan_, operators);
    }
    std::vector<SourceItem>* const touched = context.touched();
    plan->Reset(outer, row);
    Batch batch;
    List collected;
    HeldMemory memory(context.state());
    int64_t count = 0;
    for (;;) {
      absl::Status status = plan->Next(&batch);
      if (!status.ok()) {
        context.Fail(std::move(status));
        return Value::Null();
      }
      if (batch.empty()) break;
      count += batch.rows();
      // What exists is shown by its first witness; what is counted or collected rests on all of it.
      const uint32_t witnesses = kind_ == SubqueryKind::kExists ? 1 : batch.rows();
      if (touched != nullptr) {
        for (uint32_t i = 0; i < witnesses; ++i) {
          const auto& items = batch.sources(i).items();
          touched->insert(touched->end(), items.begin(), items.end());
        }
      }
      if (kind_ == SubqueryKind::kExists) return Value::Boolean(true);
      if (kind_ != SubqueryKind::kCollect) continue;
      uint64_t bytes = 0;
      for (uint32_t i = 0; i < batch.rows(); ++i) {
        context.SetRow(&batch, i);
        collected.push_back(result_ == nullptr ? batch.at(column_, i) : result_->Evaluate(context));
        if (context.failed()) return Value::Null();
        bytes += sizeof(Value) + collected.back().SharedBytes();
      }
      status = memory.Add(bytes);
      if (!status.ok()) {
        context.Fail(std::move(status));
        return Value::Null();
      }
    }
    switch (kind_) {
      case SubqueryKind::kExists:
        return Value::Boolean(false);
      case SubqueryKind::kCount:
        return Value::Integer(count);
      case SubqueryKind::kCollect:
        return Value::OfList(std::move(collected));
    }
    return Value::Null();
  }

  SubqueryKind kind_;
  LogicalPlan plan_;
  BoundExpression result_;
  Slot column_;
};

}  // namespace

BoundExpression MakeSubqueryExpression(SubqueryKind kind, LogicalPlan plan, BoundExpression result, Slot column,
                                       const SourceSpan& span) {
  return std::make_unique<SubqueryExpression>(kind, std::move(plan), std::move(result), column, span);
}

}  // namespace dossier
