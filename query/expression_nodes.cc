#include "query/expression_nodes.h"

#include <algorithm>

#include "graph/base/text.h"
#include "query/arithmetic.h"
#include "query/ast_printer.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "graph/property_columns.h"
#include "query/property_read.h"

namespace dossier {

bool OperandExpression::operands_never_fail() const {
  return std::all_of(operands_.begin(), operands_.end(),
                     [](const BoundExpression& operand) { return operand == nullptr || operand->never_fails(); });
}

OperandExpression::OperandExpression(StaticType type, SourceSpan span, std::vector<BoundExpression> operands)
    : Expression(type, span), operands_(std::move(operands)) {}

void OperandExpression::ForEachChild(const std::function<void(const Expression&)>& visit) const {
  for (const BoundExpression& operand : operands_) {
    if (operand != nullptr) visit(*operand);
  }
}

namespace {

class Constant : public Expression {
 public:
  Constant(Value value, const SourceSpan& span) : Expression(StaticTypeOf(value), span), value_(std::move(value)) {}
  Value Evaluate(EvaluationContext&) const override { return value_; }
  std::string ToString() const override {
    return value_.type() == Value::Type::kString ? QuotedString(value_.string()) : dossier::ToString(value_);
  }
  void ForEachChild(const std::function<void(const Expression&)>&) const override {}
  bool never_fails() const override { return true; }
  const Value& value() const { return value_; }

 private:
  Value value_;
};

class ParameterReference : public Expression {
 public:
  ParameterReference(std::string name, const SourceSpan& span)
      : Expression(StaticType::kAny, span), name_(std::move(name)) {}
  Value Evaluate(EvaluationContext& context) const override {
    const auto at = context.parameters().find(name_);
    if (at != context.parameters().end()) return at->second;
    std::vector<std::string> given;
    for (const auto& [name, value] : context.parameters()) given.push_back(name);
    const std::string closest = ClosestName(name_, given);
    return Fail(context, kMissingParameter, span(), StrCat("the parameter $", name_, " was not given"),
                "each parameter of a query needs a value",
                closest.empty() ? "" : StrCat("$", closest, " was given: did you mean that?"));
  }
  std::string ToString() const override { return StrCat("$", name_); }
  void ForEachChild(const std::function<void(const Expression&)>&) const override {}
  // A parameter that is missing is missing for every row.
  bool never_fails() const override { return true; }

 private:
  std::string name_;
};

class VariableExpression : public Expression {
 public:
  VariableExpression(const VariableReference& reference, std::string name, const SourceSpan& span)
      : Expression(reference.type, span), reference_(reference), name_(std::move(name)) {}
  std::string ToString() const override {
    const bool slot = reference_.kind == VariableReference::Kind::kSlot;
    return StrCat(QuotedName(name_), slot ? "#" : "@", reference_.index);
  }
  void ForEachChild(const std::function<void(const Expression&)>&) const override {}
  bool never_fails() const override { return true; }
  const VariableReference& reference() const { return reference_; }

 private:
  VariableReference reference_;
  std::string name_;
};

class SlotReference : public VariableExpression {
 public:
  using VariableExpression::VariableExpression;
  Value Evaluate(EvaluationContext& context) const override { return context.slot(reference().index); }
};

class LocalReference : public VariableExpression {
 public:
  using VariableExpression::VariableExpression;
  Value Evaluate(EvaluationContext& context) const override { return context.local(reference().index); }
};

class PropertyAccess : public OperandExpression {
 public:
  PropertyAccess(BoundExpression object, std::string name, PropertyId property, const SourceSpan& span)
      : OperandExpression(StaticType::kAny, span, Operands(std::move(object))),
        name_(std::move(name)),
        property_(property) {}
  Value Evaluate(EvaluationContext& context) const override {
    return ReadProperty(operand(0).Evaluate(context), name_, property_, span(), context);
  }
  void EvaluateAll(EvaluationContext& context, const Batch& batch, std::vector<Value>* values) const override {
    const std::optional<VariableReference> variable = VariableOf(operand(0));
    const bool in_slot = variable.has_value() && variable->kind == VariableReference::Kind::kSlot;
    const BatchColumn::Kind kind = in_slot ? batch.column(variable->index).kind() : BatchColumn::Kind::kValues;
    if (!property_.valid() || (kind != BatchColumn::Kind::kVertices && kind != BatchColumn::Kind::kEdges)) {
      return Expression::EvaluateAll(context, batch, values);
    }
    const PropertyColumns columns(context.view(), property_,
                                  kind == BatchColumn::Kind::kVertices ? PropertyColumns::Kind::kVertices
                                                                  : PropertyColumns::Kind::kEdges);
    values->clear();
    values->reserve(batch.rows());
    for (const uint32_t number : batch.column(variable->index).numbers()) values->push_back(columns.Read(number));
  }
  std::string ToString() const override { return StrCat(operand(0).ToString(), ".", QuotedName(name_)); }
  bool never_fails() const override {
    const StaticType type = operand(0).type();
    return (type == StaticType::kVertex || type == StaticType::kEdge) && operands_never_fail();
  }
  const Expression& object() const { return operand(0); }
  PropertyId property() const { return property_; }

 private:
  std::string name_;
  PropertyId property_;
};

class Subscript : public OperandExpression {
 public:
  Subscript(BoundExpression object, BoundExpression index, const SourceSpan& span)
      : OperandExpression(StaticType::kAny, span, Operands(std::move(object), std::move(index))) {}
  Value Evaluate(EvaluationContext& context) const override {
    const Value object = operand(0).Evaluate(context);
    const Value index = operand(1).Evaluate(context);
    if (object.is_null() || context.failed()) return Value();
    if (object.type() == Value::Type::kList) {
      if (index.is_null()) return Value();
      if (index.type() != Value::Type::kInteger) {
        return FailType(context, operand(1).span(), "the index of a list", kIntegerMask, index);
      }
      const auto size = static_cast<int64_t>(object.list().size());
      const int64_t at = index.integer() < 0 ? index.integer() + size : index.integer();
      return at < 0 || at >= size ? Value() : object.list()[static_cast<size_t>(at)];
    }
    constexpr TypeMask kNamed = kMapMask | kVertexMask | kEdgeMask | kComponentMask;
    if ((MaskOf(object.type()) & kNamed) == 0) {
      return FailType(context, operand(0).span(), "the operator [...]", kListMask | kNamed, object);
    }
    if (index.is_null()) return Value();
    if (index.type() != Value::Type::kString) {
      return FailType(context, operand(1).span(), StrCat("[...] after ", WithArticle(object.type())), kStringMask,
                      index);
    }
    return ReadProperty(object, index.string(), context.image().FindProperty(index.string()), span(), context);
  }
  std::string ToString() const override { return StrCat(operand(0).ToString(), "[", operand(1).ToString(), "]"); }
};

class Slice : public OperandExpression {
 public:
  Slice(BoundExpression object, BoundExpression from, BoundExpression to, const SourceSpan& span)
      : OperandExpression(StaticType::kList, span, Operands(std::move(object), std::move(from), std::move(to))) {}
  Value Evaluate(EvaluationContext& context) const override {
    const Value object = operand(0).Evaluate(context);
    const Value from = has_operand(1) ? operand(1).Evaluate(context) : Value::Integer(0);
    const Value to = has_operand(2) ? operand(2).Evaluate(context) : Value::Integer(INT64_MAX);
    if (object.is_null() || from.is_null() || to.is_null() || context.failed()) return Value();
    if (object.type() != Value::Type::kList) {
      return FailType(context, operand(0).span(), "the operator [..]", kListMask, object);
    }
    for (const Value* bound : {&from, &to}) {
      if (bound->type() != Value::Type::kInteger) {
        return FailType(context, span(), "the index of a list", kIntegerMask, *bound);
      }
    }
    const List& list = object.list();
    const auto size = static_cast<int64_t>(list.size());
    const auto place = [size](int64_t index) { return std::clamp<int64_t>(index < 0 ? index + size : index, 0, size); };
    const int64_t begin = place(from.integer());
    const int64_t end = std::max(begin, place(to.integer()));
    return Value::OfList(List(list.begin() + begin, list.begin() + end));
  }
  std::string ToString() const override {
    return StrCat(operand(0).ToString(), "[", has_operand(1) ? operand(1).ToString() : "", "..",
                  has_operand(2) ? operand(2).ToString() : "", "]");
  }
};

class ListLiteral : public OperandExpression {
 public:
  ListLiteral(std::vector<BoundExpression> elements, const SourceSpan& span)
      : OperandExpression(StaticType::kList, span, std::move(elements)) {}
  Value Evaluate(EvaluationContext& context) const override {
    List list;
    list.reserve(operand_count());
    for (size_t i = 0; i < operand_count(); ++i) list.push_back(operand(i).Evaluate(context));
    return Value::OfList(std::move(list));
  }
  std::string ToString() const override {
    std::string out = "[";
    for (size_t i = 0; i < operand_count(); ++i) out += StrCat(i > 0 ? ", " : "", operand(i).ToString());
    return out + "]";
  }
};

class MapLiteral : public OperandExpression {
 public:
  MapLiteral(std::vector<std::string> keys, std::vector<BoundExpression> values, const SourceSpan& span)
      : OperandExpression(StaticType::kMap, span, std::move(values)), keys_(std::move(keys)) {}
  Value Evaluate(EvaluationContext& context) const override {
    Map map;
    map.reserve(keys_.size());
    for (size_t i = 0; i < keys_.size(); ++i) map.emplace_back(keys_[i], operand(i).Evaluate(context));
    return Value::OfMap(std::move(map));
  }
  std::string ToString() const override {
    std::string out = "{";
    for (size_t i = 0; i < keys_.size(); ++i) {
      out += StrCat(i > 0 ? ", " : "", QuotedName(keys_[i]), ": ", operand(i).ToString());
    }
    return out + "}";
  }

 private:
  std::vector<std::string> keys_;
};

// operand(0) is the object, the entries' values follow.
class MapProjection : public OperandExpression {
 public:
  MapProjection(std::vector<BoundExpression> operands, bool all, std::vector<std::string> keys, const SourceSpan& span)
      : OperandExpression(StaticType::kMap, span, std::move(operands)), all_(all), keys_(std::move(keys)) {}
  Value Evaluate(EvaluationContext& context) const override {
    const Value object = operand(0).Evaluate(context);
    if (object.is_null()) return Value();
    constexpr TypeMask kTaken = kMapMask | kVertexMask | kEdgeMask;
    if ((MaskOf(object.type()) & kTaken) == 0) {
      return FailType(context, operand(0).span(), "a map projection", kTaken, object);
    }
    Map map;
    if (all_) map = AllProperties(object, context);
    for (size_t i = 0; i < keys_.size(); ++i) map.emplace_back(keys_[i], operand(i + 1).Evaluate(context));
    return Value::OfMap(std::move(map));
  }
  std::string ToString() const override {
    std::string out = StrCat(operand(0).ToString(), "{", all_ ? ".*" : "");
    for (size_t i = 0; i < keys_.size(); ++i) {
      out += StrCat(i > 0 || all_ ? ", " : "", QuotedName(keys_[i]), ": ", operand(i + 1).ToString());
    }
    return out + "}";
  }

 private:
  bool all_;
  std::vector<std::string> keys_;
};

}  // namespace

BoundExpression MakeConstant(Value value, const SourceSpan& span) {
  return std::make_unique<Constant>(std::move(value), span);
}
BoundExpression MakeParameter(std::string name, const SourceSpan& span) {
  return std::make_unique<ParameterReference>(std::move(name), span);
}
BoundExpression MakeVariable(const VariableReference& reference, std::string name, const SourceSpan& span) {
  if (reference.kind == VariableReference::Kind::kSlot) {
    return std::make_unique<SlotReference>(reference, std::move(name), span);
  }
  return std::make_unique<LocalReference>(reference, std::move(name), span);
}
BoundExpression MakePropertyAccess(BoundExpression object, std::string name, PropertyId property,
                                   const SourceSpan& span) {
  return std::make_unique<PropertyAccess>(std::move(object), std::move(name), property, span);
}
BoundExpression MakeSubscript(BoundExpression object, BoundExpression index, const SourceSpan& span) {
  return std::make_unique<Subscript>(std::move(object), std::move(index), span);
}
BoundExpression MakeSlice(BoundExpression object, BoundExpression from, BoundExpression to, const SourceSpan& span) {
  return std::make_unique<Slice>(std::move(object), std::move(from), std::move(to), span);
}
bool AreConstant(const std::vector<BoundExpression>& operands) {
  return std::all_of(operands.begin(), operands.end(),
                     [](const BoundExpression& operand) { return ConstantOf(*operand) != nullptr; });
}
BoundExpression MakeList(std::vector<BoundExpression> elements, const SourceSpan& span) {
  if (!AreConstant(elements)) return std::make_unique<ListLiteral>(std::move(elements), span);
  List list;
  list.reserve(elements.size());
  for (const BoundExpression& element : elements) list.push_back(*ConstantOf(*element));
  return MakeConstant(Value::OfList(std::move(list)), span);
}
BoundExpression MakeMap(std::vector<std::string> keys, std::vector<BoundExpression> values, const SourceSpan& span) {
  if (!AreConstant(values)) return std::make_unique<MapLiteral>(std::move(keys), std::move(values), span);
  Map map;
  map.reserve(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) map.emplace_back(std::move(keys[i]), *ConstantOf(*values[i]));
  return MakeConstant(Value::OfMap(std::move(map)), span);
}
BoundExpression MakeMapProjection(BoundExpression object, bool all, std::vector<std::string> keys,
                                  std::vector<BoundExpression> values, const SourceSpan& span) {
  values.insert(values.begin(), std::move(object));
  return std::make_unique<MapProjection>(std::move(values), all, std::move(keys), span);
}

const Value* ConstantOf(const Expression& expression) {
  const auto* constant = dynamic_cast<const Constant*>(&expression);
  return constant == nullptr ? nullptr : &constant->value();
}
std::optional<VariableReference> VariableOf(const Expression& expression) {
  const auto* variable = dynamic_cast<const VariableExpression*>(&expression);
  return variable == nullptr ? std::nullopt : std::optional(variable->reference());
}

bool AddSlotsRead(const Expression& expression, std::set<Slot>* slots) {
  if (expression.plan() != nullptr) return false;
  const std::optional<VariableReference> variable = VariableOf(expression);
  if (variable.has_value() && variable->kind == VariableReference::Kind::kSlot) slots->insert(variable->index);
  bool known = true;
  expression.ForEachChild([&](const Expression& child) { known = known && AddSlotsRead(child, slots); });
  return known;
}

std::optional<PropertyOf> PropertyAccessOf(const Expression& expression) {
  const auto* access = dynamic_cast<const PropertyAccess*>(&expression);
  return access == nullptr ? std::nullopt : std::optional(PropertyOf{&access->object(), access->property()});
}

}  // namespace dossier
