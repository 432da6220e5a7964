#include "query/expression_binder.h"

#include <algorithm>
#include <array>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/arithmetic.h"
#include "query/ast_printer.h"
#include "query/calendar_arithmetic.h"
#include "query/calendar_component.h"
#include "query/calendar_fields.h"
#include "query/error_codes.h"
#include "query/expression_binding.h"
#include "query/expression_error.h"
#include "query/function.h"
#include "query/value_component.h"
#include "schema/ontology.h"

namespace dossier {
namespace {

using ast::BinaryOperator;

absl::Status CheckType(const Expression& expression, TypeMask accepted, std::string_view what) {
  if (MayBe(expression.type(), accepted)) return absl::OkStatus();
  return QueryError(kWrongType, expression.span(),
                    StrCat(what, " takes ", WithArticles(accepted), ", not ", WithArticle(expression.type())));
}

// Which pairs an arithmetic operator takes: refused only where both types are known and no pair of theirs works.
bool MayCalculate(BinaryOperator op, StaticType left, StaticType right) {
  constexpr TypeMask kCountable = kNumberMask | kQuantityMask;
  const auto both = [&](TypeMask accepted) { return MayBe(left, accepted) && MayBe(right, accepted); };
  if (left == StaticType::kNull || right == StaticType::kNull) return true;
  if (op == BinaryOperator::kConcat) return both(kStringMask) || both(kListMask) || both(kPathMask);
  if (op == BinaryOperator::kPower || op == BinaryOperator::kModulo) return both(kNumberMask);
  if (both(kCountable)) return true;
  if (MayCalculateCalendar(op, left, right)) return true;
  if (op != BinaryOperator::kAdd) return false;
  return both(kStringMask | kNumberMask) || MayBe(left, kListMask) || MayBe(right, kListMask);
}

// Names that the program itself gives meaning to, beside what an ontology declares: the fields of entities, edges,
// claims, documents and groups.
constexpr std::string_view kBuiltInProperties[] = {
    "key",   "name",     "description", "aliases",     "quantity", "valid",  "position", "id",
    "act",   "polarity", "certainty",   "hedge",       "said",     "rank",   "recorded", "locator",
    "quote", "note",     "cites_note",  "cites_state", "title",    "kind",   "language", "url",
    "file",  "sha256",   "authors",     "publisher",   "date",     "part_of"};

bool OntologyKnows(const Ontology& ontology, std::string_view property) {
  if (std::find(std::begin(kBuiltInProperties), std::end(kBuiltInProperties), property) != std::end(kBuiltInProperties))
    return true;
  for (const Relation& relation : ontology.relations()) {
    if ((relation.is_attribute() && relation.name == property) || relation.FindQualifier(property) != nullptr) {
      return true;
    }
  }
  return false;
}

std::vector<std::string> KnownProperties(const Ontology& ontology, const Image& image) {
  std::vector<std::string> names(std::begin(kBuiltInProperties), std::end(kBuiltInProperties));
  for (const Relation& relation : ontology.relations()) {
    if (relation.is_attribute()) names.push_back(relation.name);
    for (const QualifierRule& qualifier : relation.qualifiers) names.push_back(qualifier.name);
  }
  for (uint32_t i = 0; i < image.property_count(); ++i) names.push_back(image.property_name(PropertyId(i)));
  return names;
}

absl::Status CheckComponent(const ast::Name& name, StaticType object, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), name.text) != known.end()) return absl::OkStatus();
  const std::string closest = ClosestName(name.text, known);
  return QueryError(kUnknownProperty, name.span, StrCat(WithArticle(object), " has no component '", name.text, "'"),
                    StrCat("it has ", Join(known, ", ")),
                    closest.empty() ? "" : StrCat("did you mean '", closest, "'?"));
}

}  // namespace

ExpressionBinder::ExpressionBinder(const Ontology* ontology, const Image* image, SubqueryBinder* subqueries,
                                   uint32_t* next_local)
    : ontology_(ontology), image_(image), subqueries_(subqueries), next_local_(next_local) {}

absl::StatusOr<BoundExpression> ExpressionBinder::Bind(const ast::Expression& expression, const Scope& scope,
                                                       const ExpressionRules& rules) {
  return ExpressionBinding(*this, rules).Bind(expression, scope);
}

absl::StatusOr<BoundExpression> ExpressionBinder::BindCondition(const ast::Expression& expression, const Scope& scope,
                                                                const ExpressionRules& rules) {
  ASSIGN_OR_RETURN(BoundExpression bound, ExpressionBinding(*this, rules).BindTruth(expression, scope, "a condition"));
  return MakeCondition(std::move(bound));
}

absl::StatusOr<BoundExpression> ExpressionBinding::Bind(const ast::Expression& expression, const Scope& scope) {
  if (rules_.properties != nullptr) {
    const std::optional<VariableReference> column = ProjectedColumn(expression, scope);
    if (column.has_value()) return MakeVariable(*column, ToText(expression), expression.span);
  }
  return std::visit([&](const auto& node) { return Of(node, expression, scope); }, expression.node);
}

std::optional<VariableReference> ExpressionBinding::ProjectedColumn(const ast::Expression& expression,
                                                                    const Scope& scope) const {
  const ast::Expression* root = &expression;
  while (const auto* access = root->As<ast::PropertyAccess>()) root = access->object.get();
  const auto* variable = root->As<ast::Variable>();
  if (root == &expression || variable == nullptr) return std::nullopt;
  // The variable of a comprehension may have the same name.
  const std::optional<VariableReference> owner = scope.Find(variable->name);
  if (owner.has_value() && owner->kind == VariableReference::Kind::kLocal) return std::nullopt;
  const std::string text = ToText(expression);
  for (const ProjectedProperty& property : *rules_.properties) {
    if (property.text == text) return property.column;
  }
  return std::nullopt;
}

absl::StatusOr<BoundExpression> ExpressionBinding::BindTruth(const ast::Expression& expression, const Scope& scope,
                                                             std::string_view what) {
  ASSIGN_OR_RETURN(BoundExpression bound, Bind(expression, scope));
  RETURN_IF_ERROR(CheckType(*bound, kBooleanMask, what));
  return bound;
}

absl::StatusOr<std::vector<BoundExpression>> ExpressionBinding::BindAll(
    const std::vector<ast::ExpressionPtr>& expressions, const Scope& scope) {
  std::vector<BoundExpression> all;
  all.reserve(expressions.size());
  for (const ast::ExpressionPtr& expression : expressions) {
    ASSIGN_OR_RETURN(BoundExpression bound, Bind(*expression, scope));
    all.push_back(std::move(bound));
  }
  return all;
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::Literal& node, const ast::Expression& at, const Scope&) {
  struct ToValue {
    Value operator()(std::monostate) const { return Value(); }
    Value operator()(bool value) const { return Value::Boolean(value); }
    Value operator()(int64_t value) const { return Value::Integer(value); }
    Value operator()(double value) const { return Value::Float(value); }
    Value operator()(const std::string& value) const { return Value::String(value); }
  };
  return MakeConstant(std::visit(ToValue(), node.value), at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::TypedLiteral& node, const ast::Expression& at, const Scope&) {
  const absl::StatusOr<Value> value = ReadCalendarLiteral(node);
  if (!value.ok()) return Retell(kInvalidConstant, at.span, value.status());
  return MakeConstant(*value, at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::Parameter& node, const ast::Expression& at, const Scope&) {
  return MakeParameter(node.name, at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::Variable& node, const ast::Expression& at,
                                               const Scope& scope) {
  return BindVariable({node.name, at.span}, scope);
}

ExpressionBinding::Bound ExpressionBinding::BindVariable(const ast::Name& name, const Scope& scope) {
  const std::optional<VariableReference> reference = scope.Find(name.text);
  if (reference.has_value()) return MakeVariable(*reference, name.text, name.span);
  if (const Function* function = FindBareFunction(name.text); function != nullptr) {
    return MakeFunctionCall({*function, name.span, binder_.ontology_, binder_.image_}, {});
  }
  return UnknownVariable(name, scope);
}

absl::Status UnknownVariable(const ast::Name& name, const Scope& scope) {
  switch (scope.WhyHidden(name.text).value_or(Hidden::kNever)) {
    case Hidden::kNever:
      break;
    case Hidden::kUngrouped:
      return QueryError(kUngroupedVariable, name.span, StrCat("rows are not grouped by '", name.text, "'"),
                        "beside an aggregate stands only what the rows of a group have in common: a variable or a "
                        "property that is returned as well",
                        "return it as well, or give what is computed a name in a WITH before");
    case Hidden::kDistinct:
      return QueryError(kUnknownVariable, name.span,
                        StrCat("'", name.text, "' is gone: DISTINCT kept only its columns"),
                        "behind DISTINCT only what is returned can be used", "return it as well");
    case Hidden::kGrouped:
      return QueryError(kUnknownVariable, name.span,
                        StrCat("'", name.text, "' is gone: grouping kept only its columns"),
                        "behind an aggregate only what is returned can be used", "return it as well");
    case Hidden::kAggregated:
      return QueryError(kNestedAggregate, name.span, StrCat("'", name.text, "' is itself made by an aggregate"),
                        "aggregates do not nest", "compute the inner one in a WITH before");
    case Hidden::kPage:
      return QueryError(kBadPage, name.span, StrCat("'", name.text, "' is known for a row only"),
                        "SKIP and LIMIT are the same for all rows", "give a number or a parameter");
    case Hidden::kOutside:
      return QueryError(kUnknownVariable, name.span, StrCat("'", name.text, "' cannot be seen in this subquery"),
                        "CALL { ... } sees only what is brought in",
                        StrCat("bring it in: CALL (", name.text, ") { ... }"));
  }
  const std::string closest = ClosestName(name.text, scope.Names());
  return QueryError(kUnknownVariable, name.span, StrCat("unknown variable '", name.text, "'"),
                    "a variable is introduced by a clause before, and WITH keeps only what it names",
                    closest.empty() ? StrCat("if a text is meant, quote it: '", name.text, "'")
                                    : StrCat("did you mean '", closest, "'?"));
}

absl::Status ExpressionBinder::CheckPropertyName(const ast::Name& property, StaticType object) const {
  if (object == StaticType::kTime) return CheckComponent(property, object, TimeComponentNames());
  if (object == StaticType::kQuantity) return CheckComponent(property, object, QuantityComponentNames());
  if (object == StaticType::kTemporal) return absl::OkStatus();  // which of the five is not known yet
  if (MayBe(object, kTemporalMask | kDurationMask) && object != StaticType::kAny && object != StaticType::kNull) {
    return CheckComponent(property, object, CalendarComponentNames(MaskOf(object)));
  }
  if (object != StaticType::kVertex && object != StaticType::kEdge) return absl::OkStatus();
  if (ontology_ == nullptr || ontology_->is_open()) return absl::OkStatus();
  if (image_->FindProperty(property.text).valid() || OntologyKnows(*ontology_, property.text)) {
    return absl::OkStatus();
  }
  const std::string closest = ClosestName(property.text, KnownProperties(*ontology_, *image_));
  return QueryError(kUnknownProperty, property.span, StrCat("unknown property '", property.text, "'"),
                    "a property or qualifier must be declared in the ontology",
                    closest.empty() ? "" : StrCat("did you mean '", closest, "'?"));
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::PropertyAccess& node, const ast::Expression& at,
                                               const Scope& scope) {
  ASSIGN_OR_RETURN(BoundExpression object, Bind(*node.object, scope));
  constexpr TypeMask kHasProperties = kMapMask | kVertexMask | kEdgeMask | kComponentMask;
  if (!MayBe(object->type(), kHasProperties)) {
    const bool list = MaskOf(object->type()) == kListMask;
    return QueryError(
        kWrongType, at.span, StrCat(WithArticle(object->type()), " has no properties"),
        "nodes, edges, maps, times, durations and quantities have properties",
        list ? StrCat("take each element's: [x IN ", ToText(*node.object), " | x.", node.property.text, "]") : "");
  }
  RETURN_IF_ERROR(binder_.CheckPropertyName(node.property, object->type()));
  const PropertyId property = binder_.image_->FindProperty(node.property.text);
  return MakePropertyAccess(std::move(object), node.property.text, property, at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::Subscript& node, const ast::Expression& at,
                                               const Scope& scope) {
  ASSIGN_OR_RETURN(BoundExpression object, Bind(*node.object, scope));
  ASSIGN_OR_RETURN(BoundExpression index, Bind(*node.index, scope));
  RETURN_IF_ERROR(
      CheckType(*object, kListMask | kMapMask | kVertexMask | kEdgeMask | kComponentMask, "the operator [...]"));
  RETURN_IF_ERROR(CheckType(*index, MaskOf(object->type()) == kListMask ? kIntegerMask : kIntegerMask | kStringMask,
                            "the index in [...]"));
  return MakeSubscript(std::move(object), std::move(index), at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::Slice& node, const ast::Expression& at, const Scope& scope) {
  ASSIGN_OR_RETURN(BoundExpression object, Bind(*node.object, scope));
  RETURN_IF_ERROR(CheckType(*object, kListMask, "the operator [..]"));
  std::array<BoundExpression, 2> ends;
  for (size_t i = 0; i < ends.size(); ++i) {
    const ast::ExpressionPtr& end = i == 0 ? node.from : node.to;
    if (end == nullptr) continue;
    ASSIGN_OR_RETURN(ends[i], Bind(*end, scope));
    RETURN_IF_ERROR(CheckType(*ends[i], kIntegerMask, "the index in [..]"));
  }
  return MakeSlice(std::move(object), std::move(ends[0]), std::move(ends[1]), at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::ListLiteral& node, const ast::Expression& at,
                                               const Scope& scope) {
  ASSIGN_OR_RETURN(std::vector<BoundExpression> elements, BindAll(node.elements, scope));
  return MakeList(std::move(elements), at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::MapLiteral& node, const ast::Expression& at,
                                               const Scope& scope) {
  std::vector<std::string> keys;
  std::vector<BoundExpression> values;
  for (const ast::MapEntry& entry : node.entries) {
    if (std::find(keys.begin(), keys.end(), entry.key.text) != keys.end()) {
      return QueryError(kRepeatedKey, entry.key.span, StrCat("the key '", entry.key.text, "' is there already"),
                        "a map has each key once");
    }
    ASSIGN_OR_RETURN(BoundExpression value, Bind(*entry.value, scope));
    keys.push_back(entry.key.text);
    values.push_back(std::move(value));
  }
  return MakeMap(std::move(keys), std::move(values), at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::MapProjection& node, const ast::Expression& at,
                                               const Scope& scope) {
  using Kind = ast::MapProjection::Item::Kind;
  ASSIGN_OR_RETURN(BoundExpression object, BindVariable(node.variable, scope));
  RETURN_IF_ERROR(CheckType(*object, kMapMask | kVertexMask | kEdgeMask, "a map projection"));
  bool all = false;
  std::vector<std::string> keys;
  std::vector<BoundExpression> values;
  for (const ast::MapProjection::Item& item : node.items) {
    if (item.kind == Kind::kAll) {
      all = true;
      continue;
    }
    BoundExpression value;
    if (item.kind == Kind::kProperty) {
      RETURN_IF_ERROR(binder_.CheckPropertyName(item.name, object->type()));
      ASSIGN_OR_RETURN(BoundExpression owner, BindVariable(node.variable, scope));
      value = MakePropertyAccess(std::move(owner), item.name.text, binder_.image_->FindProperty(item.name.text),
                                 item.name.span);
    } else if (item.kind == Kind::kEntry) {
      ASSIGN_OR_RETURN(value, Bind(*item.value, scope));
    } else {
      ASSIGN_OR_RETURN(value, BindVariable(item.name, scope));
    }
    keys.push_back(item.name.text);
    values.push_back(std::move(value));
  }
  return MakeMapProjection(std::move(object), all, std::move(keys), std::move(values), at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::Unary& node, const ast::Expression& at, const Scope& scope) {
  ASSIGN_OR_RETURN(BoundExpression operand, Bind(*node.operand, scope));
  if (node.op == ast::UnaryOperator::kNot) {
    RETURN_IF_ERROR(CheckType(*operand, kBooleanMask, "NOT"));
  } else {
    const bool minus = node.op == ast::UnaryOperator::kMinus;
    RETURN_IF_ERROR(CheckType(*operand, minus ? kNumberMask | kDurationMask : kNumberMask, "a sign"));
  }
  return MakeUnary(node.op, std::move(operand), at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::Binary& node, const ast::Expression& at, const Scope& scope) {
  ASSIGN_OR_RETURN(BoundExpression left, Bind(*node.left, scope));
  ASSIGN_OR_RETURN(BoundExpression right, Bind(*node.right, scope));
  switch (node.op) {
    case BinaryOperator::kIn:
      RETURN_IF_ERROR(CheckType(*right, kListMask, "IN"));
      break;
    case BinaryOperator::kMatches:
      return MakeMatch(std::move(left), std::move(right), at.span);
    case BinaryOperator::kStartsWith:
    case BinaryOperator::kEndsWith:
    case BinaryOperator::kContains:
      break;
    default:
      if (!MayCalculate(node.op, left->type(), right->type())) {
        const bool dates = node.op == BinaryOperator::kSubtract && (MaskOf(right->type()) & ~kTemporalMask) == 0;
        return QueryError(kWrongType, at.span,
                          StrCat("the operator ", Symbol(node.op), " does not take ", WithArticle(left->type()),
                                 " and ", WithArticle(right->type())),
                          "", dates ? kDifferenceHint : "");
      }
  }
  return MakeBinary(node.op, std::move(left), std::move(right), at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::Logical& node, const ast::Expression& at,
                                               const Scope& scope) {
  std::vector<BoundExpression> operands;
  for (const ast::ExpressionPtr& operand : node.operands) {
    ASSIGN_OR_RETURN(BoundExpression bound, BindTruth(*operand, scope, Symbol(node.op)));
    operands.push_back(std::move(bound));
  }
  return MakeLogical(node.op, std::move(operands), at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::Comparison& node, const ast::Expression& at,
                                               const Scope& scope) {
  std::vector<BoundExpression> operands(1);
  std::vector<ast::ComparisonOperator> operators;
  ASSIGN_OR_RETURN(operands[0], Bind(*node.first, scope));
  for (const ast::Comparison::Link& link : node.links) {
    ASSIGN_OR_RETURN(BoundExpression operand, Bind(*link.operand, scope));
    operands.push_back(std::move(operand));
    operators.push_back(link.op);
  }
  return MakeComparison(std::move(operands), std::move(operators), at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::IsCheck& node, const ast::Expression& at,
                                               const Scope& scope) {
  ASSIGN_OR_RETURN(BoundExpression operand, Bind(*node.operand, scope));
  if (node.what != ast::IsCheck::What::kNull) {
    RETURN_IF_ERROR(CheckType(*operand, kBooleanMask, "IS TRUE, FALSE or UNKNOWN"));
  }
  return MakeIsCheck(std::move(operand), node.what, node.negated, at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::LabelPredicate& node, const ast::Expression& at,
                                               const Scope& scope) {
  ASSIGN_OR_RETURN(BoundExpression operand, Bind(*node.operand, scope));
  RETURN_IF_ERROR(CheckType(*operand, kVertexMask | kEdgeMask, "a test of labels"));
  const LabelTest::Target target = operand->type() == StaticType::kVertex ? LabelTest::Target::kVertex
                                   : operand->type() == StaticType::kEdge ? LabelTest::Target::kEdge
                                                                          : LabelTest::Target::kEither;
  ASSIGN_OR_RETURN(LabelTest test, LabelTest::Bind(node.labels, binder_.ontology_, binder_.image_, target));
  return MakeLabelPredicate(std::move(operand), std::move(test), node.negated, at.span);
}

ExpressionBinding::Bound ExpressionBinding::Of(const ast::Case& node, const ast::Expression& at, const Scope& scope) {
  BoundExpression operand;
  BoundExpression otherwise;
  if (node.operand != nullptr) {
    ASSIGN_OR_RETURN(operand, Bind(*node.operand, scope));
  }
  std::vector<BoundExpression> branches;
  for (const ast::Case::Branch& branch : node.branches) {
    ASSIGN_OR_RETURN(BoundExpression when,
                     operand == nullptr ? BindTruth(*branch.when, scope, "WHEN") : Bind(*branch.when, scope));
    ASSIGN_OR_RETURN(BoundExpression then, Bind(*branch.then, scope));
    branches.push_back(std::move(when));
    branches.push_back(std::move(then));
  }
  if (node.otherwise != nullptr) {
    ASSIGN_OR_RETURN(otherwise, Bind(*node.otherwise, scope));
  }
  return MakeCase(std::move(operand), std::move(branches), std::move(otherwise), at.span);
}

}  // namespace dossier
