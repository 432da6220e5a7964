#include "query/subquery_expression.h"

#include <utility>

#include "graph/base/text.h"
#include "query/derivations.h"
#include "query/pattern_text.h"
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
    Operator* plan = context.state()->Subquery(this).get();
    if (plan == nullptr) {
      OperatorContext operators = *context.state()->operator_context();
      // The first row decides; where it is asked why, the others are other reasons.
      if (kind_ == SubqueryKind::kExists && context.state()->derivations() == nullptr) operators.batch_rows = 1;
      // A pointer and no reference to where it is kept, which moves when a subquery inside this one is first run.
      OperatorPtr made = MakeOperators(*plan_, operators);
      plan = made.get();
      context.state()->Subquery(this) = std::move(made);
    }
    std::vector<SourceItem>* const touched = context.touched();
    Derivations* const derivations = context.derivations();
    AlternativeGatherer ways;
    SourceItems shown;
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
      if (derivations != nullptr && kind_ == SubqueryKind::kExists) {
        if (count == batch.rows()) shown = batch.sources(0).items();
        if (!AddWays(batch, context, &ways)) break;
        continue;
      }
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
    if (derivations != nullptr && count == 0) touched->push_back(derivations->Absence(PatternText(*plan_)));
    switch (kind_) {
      case SubqueryKind::kExists:
        if (count > 0 && derivations != nullptr) {
          const SourceItems items = ways.Take(shown, derivations);
          touched->insert(touched->end(), items.begin(), items.end());
        }
        return Value::Boolean(count > 0);
      case SubqueryKind::kCount:
        return Value::Integer(count);
      case SubqueryKind::kCollect:
        return Value::OfList(std::move(collected));
    }
    return Value::Null();
  }

  // False once enough is known.
  static bool AddWays(const Batch& batch, EvaluationContext& context, AlternativeGatherer* ways) {
    for (uint32_t i = 0; i < batch.rows() && !ways->full(); ++i) ways->Add(batch.sources(i).items());
    if (batch.sources(0).empty()) return false;  // it holds whatever is said
    return context.Spend(batch.rows()) && !ways->full();
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
