// The kinds of bound expression, made by functions: who binds says what it wants, how it is computed stays inside
// (expression_nodes.cc: values and access to them; expression_operators.cc: operators and CASE;
// expression_comprehensions.cc: what runs over a list). Operands are never null unless a comment says so.
#ifndef DOSSIER_QUERY_EXPRESSION_NODES_H_
#define DOSSIER_QUERY_EXPRESSION_NODES_H_

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/id.h"
#include "query/ast_expression.h"
#include "query/expression.h"
#include "query/label_test.h"
#include "query/scope.h"

namespace dossier {

// An expression whose operands stand in a list; null ones are skipped by ForEachChild.
class OperandExpression : public Expression {
 public:
  void ForEachChild(const std::function<void(const Expression&)>& visit) const override;

 protected:
  OperandExpression(StaticType type, SourceSpan span, std::vector<BoundExpression> operands);
  const Expression& operand(size_t index) const { return *operands_[index]; }
  bool operands_never_fail() const;
  bool has_operand(size_t index) const { return operands_[index] != nullptr; }
  size_t operand_count() const { return operands_.size(); }

 private:
  std::vector<BoundExpression> operands_;
};

// Operands as a vector: Operands(std::move(a), std::move(b)).
template <typename... Expressions>
std::vector<BoundExpression> Operands(Expressions... expressions) {
  std::vector<BoundExpression> operands;
  operands.reserve(sizeof...(expressions));
  (operands.push_back(std::move(expressions)), ...);
  return operands;
}

// --- Values, and access to them. ---

BoundExpression MakeConstant(Value value, const SourceSpan& span);
BoundExpression MakeParameter(std::string name, const SourceSpan& span);
// `name` is for ToString alone.
BoundExpression MakeVariable(const VariableReference& reference, std::string name, const SourceSpan& span);
// object.name; `property` is the name's number in the image, invalid where nothing there bears it.
BoundExpression MakePropertyAccess(BoundExpression object, std::string name, PropertyId property,
                                   const SourceSpan& span);
BoundExpression MakeSubscript(BoundExpression object, BoundExpression index, const SourceSpan& span);
// Either end may be null.
BoundExpression MakeSlice(BoundExpression object, BoundExpression from, BoundExpression to, const SourceSpan& span);
BoundExpression MakeList(std::vector<BoundExpression> elements, const SourceSpan& span);
// One value a key.
BoundExpression MakeMap(std::vector<std::string> keys, std::vector<BoundExpression> values, const SourceSpan& span);
// object{.*, key: value}: all properties of a node, edge or map if `all`, then the entries; null for a null object.
BoundExpression MakeMapProjection(BoundExpression object, bool all, std::vector<std::string> keys,
                                  std::vector<BoundExpression> values, const SourceSpan& span);

// --- Operators. ---

BoundExpression MakeUnary(ast::UnaryOperator op, BoundExpression operand, const SourceSpan& span);
// Arithmetic, ||, IN and the operators on strings but =~.
BoundExpression MakeBinary(ast::BinaryOperator op, BoundExpression left, BoundExpression right, const SourceSpan& span);
// text =~ pattern. E6011 where the pattern is constant and wrong.
absl::StatusOr<BoundExpression> MakeMatch(BoundExpression text, BoundExpression pattern, const SourceSpan& span);
BoundExpression MakeLogical(ast::LogicalOperator op, std::vector<BoundExpression> operands, const SourceSpan& span);
// operands[0] operators[0] operands[1] operators[1] ...; a constant text beside a time is read as a time.
BoundExpression MakeComparison(std::vector<BoundExpression> operands, std::vector<ast::ComparisonOperator> operators,
                               const SourceSpan& span);
// The same value, but E7001 where it is neither a boolean nor null; `operand` itself where it cannot be anything else.
BoundExpression MakeCondition(BoundExpression operand);
BoundExpression MakeIsCheck(BoundExpression operand, ast::IsCheck::What what, bool negated, const SourceSpan& span);
BoundExpression MakeLabelPredicate(BoundExpression operand, LabelTest test, bool negated, const SourceSpan& span);
// `operand` and `otherwise` may be null; branches are when, then, when, then...
BoundExpression MakeCase(BoundExpression operand, std::vector<BoundExpression> branches, BoundExpression otherwise,
                         const SourceSpan& span);

// --- Over lists. `local` is the number of the variable that each element is put in. ---

// `where` and `result` may be null.
BoundExpression MakeListComprehension(uint32_t local, BoundExpression list, BoundExpression where,
                                      BoundExpression result, const SourceSpan& span);
BoundExpression MakeQuantified(ast::Quantified::Kind kind, uint32_t local, BoundExpression list, BoundExpression where,
                               const SourceSpan& span);
BoundExpression MakeReduce(uint32_t accumulator, BoundExpression start, uint32_t local, BoundExpression list,
                           BoundExpression step, const SourceSpan& span);

// --- For the planner: what an expression plainly is. ---

// The value of a constant, or null.
const Value* ConstantOf(const Expression& expression);
bool AreConstant(const std::vector<BoundExpression>& operands);
// The column or local that a variable stands for.
std::optional<VariableReference> VariableOf(const Expression& expression);
// Adds the columns that the expression reads. False where some part runs a plan of its own, which may read any.
bool AddSlotsRead(const Expression& expression, std::set<Slot>* slots);
// What has to be true for the expression to be: the parts of a chain of ANDs, or the expression itself.
std::vector<const Expression*> ConjunctsOf(const Expression& expression);
// The sides of `left = right`, or nulls.
std::pair<const Expression*, const Expression*> EqualityOf(const Expression& expression);
// Of a property access: the object and the property's number in the image.
struct PropertyOf {
  const Expression* object = nullptr;
  PropertyId property;
};
std::optional<PropertyOf> PropertyAccessOf(const Expression& expression);

}  // namespace dossier

#endif  // DOSSIER_QUERY_EXPRESSION_NODES_H_
