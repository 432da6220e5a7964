#include "graph/base/text.h"
#include "query/arithmetic.h"
#include "query/derivations.h"
#include "query/error_codes.h"
#include "query/execution.h"
#include "query/expression_error.h"
#include "query/expression_nodes.h"

namespace dossier {
namespace {

// Puts a local back as it was: an outer run of the same expression may be using it.
class SavedLocal {
 public:
  SavedLocal(EvaluationContext& context, uint32_t local)
      : context_(context), local_(local), before_(std::move(context.local(local))) {}
  ~SavedLocal() { context_.local(local_) = std::move(before_); }
  SavedLocal(const SavedLocal&) = delete;
  SavedLocal& operator=(const SavedLocal&) = delete;

 private:
  EvaluationContext& context_;
  uint32_t local_;
  Value before_;
};

// The list that `list` gives; false for null, and after a failure where it is something else.
bool ComputeList(const Expression& list, EvaluationContext& context, Value* value) {
  *value = list.Evaluate(context);
  if (value->is_null() || context.failed()) return false;
  if (value->type() == Value::Type::kList) return true;
  FailType(context, list.span(), "IN", kListMask, *value);
  return false;
}

Ternary ConditionOf(const Expression& condition, EvaluationContext& context) {
  const Value value = condition.Evaluate(context);
  if (value.type() == Value::Type::kBoolean) return value.boolean() ? Ternary::kTrue : Ternary::kFalse;
  if (!value.is_null()) FailType(context, condition.span(), "WHERE", kBooleanMask, value);
  return Ternary::kOpen;
}

std::string LocalName(uint32_t local) { return StrCat("@", local); }

// operands: list, where or null, result or null
class ListComprehension : public OperandExpression {
 public:
  ListComprehension(uint32_t local, std::vector<BoundExpression> operands, const SourceSpan& span)
      : OperandExpression(StaticType::kList, span, std::move(operands)), local_(local) {}
  Value Evaluate(EvaluationContext& context) const override {
    Value input;
    if (!ComputeList(operand(0), context, &input)) return Value();
    const SavedLocal saved(context, local_);
    List result;
    HeldMemory memory(context.state());
    for (const Value& element : input.list()) {
      if (!context.Spend()) return Value();
      context.local(local_) = element;
      if (!has_operand(1) || ConditionOf(operand(1), context) == Ternary::kTrue) {
        result.push_back(has_operand(2) ? operand(2).Evaluate(context) : element);
        absl::Status status = memory.Add(sizeof(Value) + result.back().SharedBytes());
        if (!status.ok()) context.Fail(std::move(status));
      }
      if (context.failed()) return Value();
    }
    return Value::OfList(std::move(result));
  }
  std::string ToString() const override {
    return StrCat("[", LocalName(local_), " IN ", operand(0).ToString(),
                  has_operand(1) ? StrCat(" WHERE ", operand(1).ToString()) : "",
                  has_operand(2) ? StrCat(" | ", operand(2).ToString()) : "", "]");
  }

 private:
  uint32_t local_;
};

// Three-valued: an open condition leaves the answer open unless another element decides it.
class Quantified : public OperandExpression {
 public:
  using Kind = ast::Quantified::Kind;
  Quantified(Kind kind, uint32_t local, std::vector<BoundExpression> operands, const SourceSpan& span)
      : OperandExpression(StaticType::kBoolean, span, std::move(operands)), kind_(kind), local_(local) {}
  Value Evaluate(EvaluationContext& context) const override {
    Value input;
    if (!ComputeList(operand(0), context, &input)) return Value();
    const SavedLocal saved(context, local_);
    Derivations* const derivations = kind_ == Kind::kSingle ? nullptr : context.derivations();
    const size_t before = derivations == nullptr ? 0 : context.touched()->size();
    size_t holding = 0;
    bool open = false;
    for (size_t i = 0; i < input.list().size(); ++i) {
      if (!context.Spend()) return Value();
      context.local(local_) = input.list()[i];
      const size_t begin = derivations == nullptr ? 0 : context.touched()->size();
      const Ternary holds = ConditionOf(operand(1), context);
      if (context.failed()) return Value();
      holding += holds == Ternary::kTrue ? 1 : 0;
      open |= holds == Ternary::kOpen;
      if (kind_ == Kind::kSingle && holding > 1) return Value::Boolean(false);
      if (kind_ == Kind::kSingle || holds != Deciding()) continue;
      if (derivations != nullptr) AddWays(input.list(), before, begin, i + 1, context, derivations);
      return Value::Boolean(kind_ == Kind::kAny);
    }
    if (open) return Value();
    return Value::Boolean(kind_ == Kind::kSingle ? holding == 1 : kind_ != Kind::kAny);
  }
  std::string ToString() const override {
    constexpr std::string_view kWords[] = {"all", "any", "none", "single"};
    return StrCat(kWords[static_cast<size_t>(kind_)], "(", LocalName(local_), " IN ", operand(0).ToString(), " WHERE ",
                  operand(1).ToString(), ")");
  }

 private:
  // What one element has to say to decide for all.
  Ternary Deciding() const { return kind_ == Kind::kAll ? Ternary::kFalse : Ternary::kTrue; }

  // One element has decided, and each of those from `next` on that says the same would do, too. What the elements have
  // read stands in touched() from `before` on, what the deciding one has from `begin` on.
  void AddWays(const List& list, size_t before, size_t begin, size_t next, EvaluationContext& context,
               Derivations* derivations) const {
    SourceItems* const touched = context.touched();
    const SourceItems shown(touched->begin() + static_cast<ptrdiff_t>(before), touched->end());
    AlternativeGatherer ways;
    ways.Add({touched->begin() + static_cast<ptrdiff_t>(begin), touched->end()});
    for (size_t i = next; i < list.size() && !context.failed() && !ways.full() && context.Spend(); ++i) {
      touched->resize(before);
      context.local(local_) = list[i];
      const Ternary other = ConditionOf(operand(1), context);
      if (!context.failed() && other == Deciding()) {
        ways.Add({touched->begin() + static_cast<ptrdiff_t>(before), touched->end()});
      }
      context.ForgiveValues();  // it was not asked for, so that it may fail
    }
    touched->resize(before);
    const SourceItems items = ways.Take(shown, derivations);
    touched->insert(touched->end(), items.begin(), items.end());
  }

  Kind kind_;
  uint32_t local_;
};

// operands: start, list, step
class Reduce : public OperandExpression {
 public:
  Reduce(uint32_t accumulator, uint32_t local, std::vector<BoundExpression> operands, const SourceSpan& span)
      : OperandExpression(StaticType::kAny, span, std::move(operands)), accumulator_(accumulator), local_(local) {}
  Value Evaluate(EvaluationContext& context) const override {
    Value accumulated = operand(0).Evaluate(context);
    Value input;
    if (!ComputeList(operand(1), context, &input)) return Value();
    const SavedLocal saved_accumulator(context, accumulator_);
    const SavedLocal saved_element(context, local_);
    for (const Value& element : input.list()) {
      if (!context.Spend()) return Value();
      context.local(accumulator_) = std::move(accumulated);
      context.local(local_) = element;
      accumulated = operand(2).Evaluate(context);
      if (context.failed()) return Value();
      // The one place where a query nests values in a loop.
      if (accumulated.Depth() > Value::kMaxDepth) {
        return Fail(context, kListTooLong, span(), StrCat("the list would be nested over ", Value::kMaxDepth, " deep"));
      }
    }
    return accumulated;
  }
  std::string ToString() const override {
    return StrCat("reduce(", LocalName(accumulator_), " = ", operand(0).ToString(), ", ", LocalName(local_), " IN ",
                  operand(1).ToString(), " | ", operand(2).ToString(), ")");
  }

 private:
  uint32_t accumulator_;
  uint32_t local_;
};

}  // namespace

BoundExpression MakeListComprehension(uint32_t local, BoundExpression list, BoundExpression where,
                                      BoundExpression result, const SourceSpan& span) {
  return std::make_unique<ListComprehension>(local, Operands(std::move(list), std::move(where), std::move(result)),
                                             span);
}

BoundExpression MakeQuantified(ast::Quantified::Kind kind, uint32_t local, BoundExpression list, BoundExpression where,
                               const SourceSpan& span) {
  return std::make_unique<Quantified>(kind, local, Operands(std::move(list), std::move(where)), span);
}

BoundExpression MakeReduce(uint32_t accumulator, BoundExpression start, uint32_t local, BoundExpression list,
                           BoundExpression step, const SourceSpan& span) {
  return std::make_unique<Reduce>(accumulator, local, Operands(std::move(start), std::move(list), std::move(step)),
                                  span);
}

}  // namespace dossier
