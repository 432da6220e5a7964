#include <algorithm>
#include <string_view>

#include "graph/base/text.h"
#include "query/arithmetic.h"
#include "query/derivations.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/expression_nodes.h"

namespace dossier {
namespace {

using ast::BinaryOperator;
using ast::LogicalOperator;
using ast::UnaryOperator;

// The truth of a value in a condition; anything but a boolean and null is a failure.
Ternary Truth(const Value& value, const Expression& from, std::string_view what, EvaluationContext& context) {
  if (value.type() == Value::Type::kBoolean) return value.boolean() ? Ternary::kTrue : Ternary::kFalse;
  if (!value.is_null()) FailType(context, from.span(), what, kBooleanMask, value);
  return Ternary::kOpen;
}

class NotExpression : public OperandExpression {
 public:
  NotExpression(BoundExpression operand, const SourceSpan& span)
      : OperandExpression(StaticType::kBoolean, span, Operands(std::move(operand))) {}
  Value Evaluate(EvaluationContext& context) const override {
    return ToValue(Not(Truth(operand(0).Evaluate(context), operand(0), "NOT", context)));
  }
  bool never_fails() const override { return operand(0).type() == StaticType::kBoolean && operands_never_fail(); }
  std::string ToString() const override { return StrCat("NOT (", operand(0).ToString(), ")"); }
};

class Sign : public OperandExpression {
 public:
  // The type comes beside the operand, which has been moved away by the time its base is made.
  Sign(UnaryOperator op, StaticType type, BoundExpression operand, const SourceSpan& span)
      : OperandExpression(type, span, Operands(std::move(operand))), op_(op) {}
  Value Evaluate(EvaluationContext& context) const override {
    const Value value = operand(0).Evaluate(context);
    if (op_ == UnaryOperator::kMinus) return Negate(value, span(), context);
    if (value.is_null() || value.is_number()) return value;
    return FailType(context, span(), "the sign +", kNumberMask, value);
  }
  std::string ToString() const override {
    return StrCat(op_ == UnaryOperator::kMinus ? "-(" : "+(", operand(0).ToString(), ")");
  }

 private:
  UnaryOperator op_;
};

class BinaryExpression : public OperandExpression {
 public:
  BinaryExpression(StaticType type, BinaryOperator op, BoundExpression left, BoundExpression right,
                   const SourceSpan& span)
      : OperandExpression(type, span, Operands(std::move(left), std::move(right))), op_(op) {}
  std::string ToString() const override {
    return StrCat("(", operand(0).ToString(), " ", Symbol(op_), " ", operand(1).ToString(), ")");
  }

 protected:
  BinaryOperator op() const { return op_; }

 private:
  BinaryOperator op_;
};

class ArithmeticExpression : public BinaryExpression {
 public:
  using BinaryExpression::BinaryExpression;
  Value Evaluate(EvaluationContext& context) const override {
    const Value left = operand(0).Evaluate(context);
    const Value right = operand(1).Evaluate(context);
    return Calculate(op(), left, right, span(), context);
  }
};

class InExpression : public BinaryExpression {
 public:
  using BinaryExpression::BinaryExpression;
  Value Evaluate(EvaluationContext& context) const override {
    const Value element = operand(0).Evaluate(context);
    const Value list = operand(1).Evaluate(context);
    if (list.is_null()) return Value();
    if (list.type() != Value::Type::kList) return FailType(context, operand(1).span(), "IN", kListMask, list);
    return context.Spend(list.list().size()) ? ToValue(IsElement(element, list.list())) : Value();
  }
};

// Null, and not a failure, where one of the two is no string (openCypher).
class TextPredicate : public BinaryExpression {
 public:
  using BinaryExpression::BinaryExpression;
  Value Evaluate(EvaluationContext& context) const override {
    const Value text = operand(0).Evaluate(context);
    const Value piece = operand(1).Evaluate(context);
    if (text.type() != Value::Type::kString || piece.type() != Value::Type::kString) return Value();
    switch (op()) {
      case BinaryOperator::kStartsWith:
        return Value::Boolean(text.string().starts_with(piece.string()));
      case BinaryOperator::kEndsWith:
        return Value::Boolean(text.string().ends_with(piece.string()));
      default:
        return Value::Boolean(text.string().find(piece.string()) != std::string::npos);
    }
  }
};

class LogicalExpression : public OperandExpression {
 public:
  LogicalExpression(LogicalOperator op, std::vector<BoundExpression> operands, const SourceSpan& span)
      : OperandExpression(StaticType::kBoolean, span, std::move(operands)), op_(op) {}
  Value Evaluate(EvaluationContext& context) const override {
    Derivations* const derivations = op_ == LogicalOperator::kXor ? nullptr : context.derivations();
    const size_t before = derivations == nullptr ? 0 : context.touched()->size();
    size_t begin = before, last = 0;  // where what the last operand read begins
    Ternary truth = Truth(operand(0).Evaluate(context), operand(0), Symbol(op_), context);
    while (++last < operand_count() && !Decided(truth)) {
      if (derivations != nullptr) begin = context.touched()->size();
      const Ternary next = Truth(operand(last).Evaluate(context), operand(last), Symbol(op_), context);
      truth = Combined(truth, next);
    }
    if (derivations != nullptr && Decided(truth) && !context.failed()) {
      AddWays(truth, before, begin, last, context, derivations);
    }
    return ToValue(truth);
  }
  std::string ToString() const override {
    std::string out = "(";
    for (size_t i = 0; i < operand_count(); ++i) {
      if (i > 0) out += StrCat(" ", Symbol(op_), " ");
      out += operand(i).ToString();
    }
    return out + ")";
  }
  bool never_fails() const override {
    for (size_t i = 0; i < operand_count(); ++i) {
      if (operand(i).type() != StaticType::kBoolean) return false;
    }
    return operands_never_fail();
  }
  void AddConjuncts(std::vector<const Expression*>* conjuncts) const {
    if (op_ != LogicalOperator::kAnd) return conjuncts->push_back(this);
    for (size_t i = 0; i < operand_count(); ++i) {
      const auto* logical = dynamic_cast<const LogicalExpression*>(&operand(i));
      logical == nullptr ? conjuncts->push_back(&operand(i)) : logical->AddConjuncts(conjuncts);
    }
  }

 private:
  // One operand was enough to decide, and each of those from `next` on that says the same would be, too. What the
  // operands have read stands in touched() from `before` on, what the deciding one has from `begin` on.
  void AddWays(Ternary truth, size_t before, size_t begin, size_t next, EvaluationContext& context,
               Derivations* derivations) const {
    SourceItems* const touched = context.touched();
    const SourceItems shown(touched->begin() + static_cast<ptrdiff_t>(before), touched->end());
    AlternativeGatherer ways;
    ways.Add({touched->begin() + static_cast<ptrdiff_t>(begin), touched->end()});
    for (size_t i = next; i < operand_count() && !context.failed(); ++i) {
      touched->resize(before);
      const Ternary other = Truth(operand(i).Evaluate(context), operand(i), Symbol(op_), context);
      // It was not asked for, so that it may fail where a division by zero, say, was guarded against before it.
      if (!context.failed() && other == truth) {
        ways.Add({touched->begin() + static_cast<ptrdiff_t>(before), touched->end()});
      }
      context.ForgiveValues();
    }
    touched->resize(before);
    const SourceItems items = ways.Take(shown, derivations);
    touched->insert(touched->end(), items.begin(), items.end());
  }

  // Nothing that follows changes it.
  bool Decided(Ternary truth) const {
    return (op_ == LogicalOperator::kAnd && truth == Ternary::kFalse) ||
           (op_ == LogicalOperator::kOr && truth == Ternary::kTrue) ||
           (op_ == LogicalOperator::kXor && truth == Ternary::kOpen);
  }
  Ternary Combined(Ternary a, Ternary b) const {
    switch (op_) {
      case LogicalOperator::kAnd:
        return And(a, b);
      case LogicalOperator::kOr:
        return Or(a, b);
      case LogicalOperator::kXor:
        return Or(And(a, Not(b)), And(Not(a), b));
    }
    return Ternary::kOpen;
  }

  LogicalOperator op_;
};

// a < b <= c: true if each link is; an operand in the middle is computed once.
class ComparisonExpression : public OperandExpression {
 public:
  ComparisonExpression(std::vector<BoundExpression> operands, std::vector<ast::ComparisonOperator> operators,
                       const SourceSpan& span)
      : OperandExpression(StaticType::kBoolean, span, std::move(operands)), operators_(std::move(operators)) {
    for (size_t i = 0; i < operand_count(); ++i) {
      Value time;
      const Value* constant = ConstantOf(operand(i));
      if (constant != nullptr && constant->type() == Value::Type::kString) {
        absl::StatusOr<EdtfTime> parsed = EdtfTime::Parse(constant->string());
        if (parsed.ok()) time = Value::Time(*std::move(parsed));
      }
      times_.push_back(std::move(time));
    }
  }
  Value Evaluate(EvaluationContext& context) const override {
    Value left = operand(0).Evaluate(context);
    Ternary truth = Ternary::kTrue;
    for (size_t i = 0; i < operators_.size() && truth != Ternary::kFalse; ++i) {
      Value right = operand(i + 1).Evaluate(context);
      truth = And(truth, Compared(i, left, right, context));
      left = std::move(right);
    }
    return ToValue(truth);
  }
  void EvaluateAll(EvaluationContext& context, const Batch& batch, std::vector<Value>* values) const override {
    if (operators_.size() != 1 || !operands_never_fail()) return Expression::EvaluateAll(context, batch, values);
    operand(0).EvaluateAll(context, batch, values);
    std::vector<Value> rights;
    const Value* const constant = ConstantOf(operand(1));
    if (constant == nullptr) operand(1).EvaluateAll(context, batch, &rights);
    for (uint32_t row = 0; row < batch.rows() && !context.failed(); ++row) {
      Value& value = (*values)[row];
      value = ToValue(Compared(0, value, constant == nullptr ? rights[row] : *constant, context));
    }
  }
  std::string ToString() const override {
    std::string out = StrCat("(", operand(0).ToString());
    for (size_t i = 0; i < operators_.size(); ++i) {
      out += StrCat(" ", Symbol(operators_[i]), " ", operand(i + 1).ToString());
    }
    return out + ")";
  }
  std::pair<const Expression*, const Expression*> Equality() const {
    if (operators_.size() != 1 || operators_.front() != ast::ComparisonOperator::kEqual) return {nullptr, nullptr};
    return {&operand(0), &operand(1)};
  }
  // A text that is no time fails beside a time, and only there.
  bool never_fails() const override { return operands_never_fail(); }

 private:
  Ternary Compared(size_t link, const Value& left, const Value& right, EvaluationContext& context) const {
    if (left.type() == Value::Type::kTime && right.type() == Value::Type::kString) {
      return CompareValues(operators_[link], left, AsTime(link + 1, right, context));
    }
    if (left.type() == Value::Type::kString && right.type() == Value::Type::kTime) {
      return CompareValues(operators_[link], AsTime(link, left, context), right);
    }
    return CompareValues(operators_[link], left, right);
  }
  // A text beside an uncertain time is read as one: t.valid < '2015'.
  Value AsTime(size_t index, const Value& text, EvaluationContext& context) const {
    if (!times_[index].is_null()) return times_[index];
    absl::StatusOr<EdtfTime> time = EdtfTime::Parse(text.string());
    if (time.ok()) return Value::Time(*std::move(time));
    context.Fail(Retell(kUnreadableText, operand(index).span(), time.status()));
    return Value();
  }

  std::vector<ast::ComparisonOperator> operators_;
  std::vector<Value> times_;  // by operand: a constant text read as a time, or null
};

class ConditionExpression : public OperandExpression {
 public:
  ConditionExpression(BoundExpression operand, const SourceSpan& span)
      : OperandExpression(StaticType::kBoolean, span, Operands(std::move(operand))) {}
  Value Evaluate(EvaluationContext& context) const override {
    return ToValue(Truth(operand(0).Evaluate(context), operand(0), "a condition", context));
  }
  std::string ToString() const override { return operand(0).ToString(); }
};

class IsCheckExpression : public OperandExpression {
 public:
  IsCheckExpression(BoundExpression operand, ast::IsCheck::What what, bool negated, const SourceSpan& span)
      : OperandExpression(StaticType::kBoolean, span, Operands(std::move(operand))), what_(what), negated_(negated) {}
  Value Evaluate(EvaluationContext& context) const override {
    const Value value = operand(0).Evaluate(context);
    return Value::Boolean(Holds(value, context) != negated_);
  }
  std::string ToString() const override {
    constexpr std::string_view kWords[] = {"NULL", "TRUE", "FALSE", "UNKNOWN"};
    return StrCat("(", operand(0).ToString(), " IS ", negated_ ? "NOT " : "", kWords[static_cast<size_t>(what_)], ")");
  }

 private:
  bool Holds(const Value& value, EvaluationContext& context) const {
    if (what_ == ast::IsCheck::What::kNull) return value.is_null();
    const Ternary truth = Truth(value, operand(0), "IS TRUE, FALSE or UNKNOWN", context);
    switch (what_) {
      case ast::IsCheck::What::kTrue:
        return truth == Ternary::kTrue;
      case ast::IsCheck::What::kFalse:
        return truth == Ternary::kFalse;
      default:
        return truth == Ternary::kOpen;
    }
  }

  ast::IsCheck::What what_;
  bool negated_;
};

class LabelPredicate : public OperandExpression {
 public:
  LabelPredicate(BoundExpression operand, LabelTest test, bool negated, const SourceSpan& span)
      : OperandExpression(StaticType::kBoolean, span, Operands(std::move(operand))),
        test_(std::move(test)),
        negated_(negated) {}
  Value Evaluate(EvaluationContext& context) const override {
    const Value value = operand(0).Evaluate(context);
    switch (value.type()) {
      case Value::Type::kVertex:
        return Value::Boolean(test_.Matches(value.vertex()) != negated_);
      case Value::Type::kEdge:
        return Value::Boolean(test_.Matches(value.edge()) != negated_);
      case Value::Type::kNull:
        return Value();
      default:
        return FailType(context, span(), "a test of labels", kVertexMask | kEdgeMask, value);
    }
  }
  std::string ToString() const override {
    return StrCat(operand(0).ToString(), negated_ ? " IS NOT LABELED " : ":", test_.text());
  }

 private:
  LabelTest test_;
  bool negated_;
};

// operand(0) may be null; then pairs of when and then; the last one is ELSE and may be null.
class CaseExpression : public OperandExpression {
 public:
  CaseExpression(StaticType type, std::vector<BoundExpression> operands, const SourceSpan& span)
      : OperandExpression(type, span, std::move(operands)) {}
  Value Evaluate(EvaluationContext& context) const override {
    const bool simple = has_operand(0);
    const Value subject = simple ? operand(0).Evaluate(context) : Value();
    for (size_t i = 1; i + 1 < operand_count(); i += 2) {
      const Value when = operand(i).Evaluate(context);
      const Ternary holds = simple ? Equals(subject, when) : Truth(when, operand(i), "WHEN", context);
      if (context.failed()) return Value();
      if (holds == Ternary::kTrue) return operand(i + 1).Evaluate(context);
    }
    return has_operand(operand_count() - 1) ? operand(operand_count() - 1).Evaluate(context) : Value();
  }
  std::string ToString() const override {
    std::string out = "CASE";
    if (has_operand(0)) out += StrCat(" ", operand(0).ToString());
    for (size_t i = 1; i + 1 < operand_count(); i += 2) {
      out += StrCat(" WHEN ", operand(i).ToString(), " THEN ", operand(i + 1).ToString());
    }
    if (has_operand(operand_count() - 1)) out += StrCat(" ELSE ", operand(operand_count() - 1).ToString());
    return out + " END";
  }
};

StaticType ArithmeticType(BinaryOperator op, StaticType left, StaticType right) {
  const auto number = [](StaticType type) {
    return type == StaticType::kInteger || type == StaticType::kFloat || type == StaticType::kNumber;
  };
  if (number(left) && number(right)) return op == BinaryOperator::kPower ? StaticType::kFloat : Join(left, right);
  if (left == StaticType::kNull || right == StaticType::kNull) return StaticType::kNull;
  // What may be a list joins one; everything else that is certain of a calendar value stays of its type.
  const bool dated = (MaskOf(left) & ~kTemporalMask) == 0;
  if (right == StaticType::kDuration && (dated || left == StaticType::kDuration)) return left;
  if (left == StaticType::kDuration && (MaskOf(right) & ~kTemporalMask) == 0) return right;
  if (op != BinaryOperator::kAdd && op != BinaryOperator::kConcat) return StaticType::kAny;
  if (left == StaticType::kString && right == StaticType::kString) return StaticType::kString;
  if (MaskOf(left) == kListMask || MaskOf(right) == kListMask) return StaticType::kList;
  return StaticType::kAny;
}

}  // namespace

BoundExpression MakeUnary(UnaryOperator op, BoundExpression operand, const SourceSpan& span) {
  if (op == UnaryOperator::kNot) return std::make_unique<NotExpression>(std::move(operand), span);
  const StaticType type = operand->type();
  return std::make_unique<Sign>(op, type, std::move(operand), span);
}

BoundExpression MakeBinary(BinaryOperator op, BoundExpression left, BoundExpression right, const SourceSpan& span) {
  switch (op) {
    case BinaryOperator::kIn:
      return std::make_unique<InExpression>(StaticType::kBoolean, op, std::move(left), std::move(right), span);
    case BinaryOperator::kStartsWith:
    case BinaryOperator::kEndsWith:
    case BinaryOperator::kContains:
      return std::make_unique<TextPredicate>(StaticType::kBoolean, op, std::move(left), std::move(right), span);
    default: {
      const StaticType type = ArithmeticType(op, left->type(), right->type());
      return std::make_unique<ArithmeticExpression>(type, op, std::move(left), std::move(right), span);
    }
  }
}

BoundExpression MakeLogical(LogicalOperator op, std::vector<BoundExpression> operands, const SourceSpan& span) {
  return std::make_unique<LogicalExpression>(op, std::move(operands), span);
}

BoundExpression MakeComparison(std::vector<BoundExpression> operands, std::vector<ast::ComparisonOperator> operators,
                               const SourceSpan& span) {
  return std::make_unique<ComparisonExpression>(std::move(operands), std::move(operators), span);
}

BoundExpression MakeCondition(BoundExpression operand) {
  if (operand->type() == StaticType::kBoolean || operand->type() == StaticType::kNull) return operand;
  const SourceSpan span = operand->span();
  return std::make_unique<ConditionExpression>(std::move(operand), span);
}

BoundExpression MakeIsCheck(BoundExpression operand, ast::IsCheck::What what, bool negated, const SourceSpan& span) {
  return std::make_unique<IsCheckExpression>(std::move(operand), what, negated, span);
}

BoundExpression MakeLabelPredicate(BoundExpression operand, LabelTest test, bool negated, const SourceSpan& span) {
  return std::make_unique<LabelPredicate>(std::move(operand), std::move(test), negated, span);
}

BoundExpression MakeCase(BoundExpression operand, std::vector<BoundExpression> branches, BoundExpression otherwise,
                         const SourceSpan& span) {
  StaticType type = otherwise == nullptr ? StaticType::kNull : otherwise->type();
  for (size_t i = 1; i < branches.size(); i += 2) type = Join(type, branches[i]->type());
  std::vector<BoundExpression> operands = Operands(std::move(operand));
  for (BoundExpression& branch : branches) operands.push_back(std::move(branch));
  operands.push_back(std::move(otherwise));
  return std::make_unique<CaseExpression>(type, std::move(operands), span);
}

std::vector<const Expression*> ConjunctsOf(const Expression& expression) {
  std::vector<const Expression*> conjuncts;
  const auto* logical = dynamic_cast<const LogicalExpression*>(&expression);
  if (logical == nullptr) return {&expression};
  logical->AddConjuncts(&conjuncts);
  return conjuncts;
}

std::pair<const Expression*, const Expression*> EqualityOf(const Expression& expression) {
  const auto* comparison = dynamic_cast<const ComparisonExpression*>(&expression);
  return comparison == nullptr ? std::pair<const Expression*, const Expression*>() : comparison->Equality();
}

}  // namespace dossier
