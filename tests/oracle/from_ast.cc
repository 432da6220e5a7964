#include "tests/oracle/from_ast.h"

#include "graph/base/status_macros.h"
#include "query/parser.h"

namespace dossier::oracle {
namespace {

absl::Status NotHere(const char* what) { return absl::UnimplementedError(std::string("the oracle has no ") + what); }

absl::StatusOr<Scalar> ScalarOf(const ast::Expression& expression) {
  const auto* literal = expression.As<ast::Literal>();
  if (literal == nullptr) return NotHere("constant of this kind");
  if (const auto* number = std::get_if<int64_t>(&literal->value)) return Scalar(*number);
  if (const auto* text = std::get_if<std::string>(&literal->value)) return Scalar(*text);
  if (std::holds_alternative<std::monostate>(literal->value)) return Scalar();
  return NotHere("constant of this kind");
}

absl::StatusOr<Operand> OperandOf(const ast::Expression& expression) {
  if (const auto* variable = expression.As<ast::Variable>()) {
    return Operand{.kind = Operand::Kind::kElement, .variable = variable->name};
  }
  if (const auto* access = expression.As<ast::PropertyAccess>()) {
    const auto* variable = access->object->As<ast::Variable>();
    if (variable == nullptr) return NotHere("property of an expression");
    return Operand{.kind = Operand::Kind::kProperty, .variable = variable->name, .property = access->property.text};
  }
  if (const auto* call = expression.As<ast::FunctionCall>()) {
    const bool size = call->FullName() == "size";
    const auto* variable = call->arguments.size() == 1 ? call->arguments[0]->As<ast::Variable>() : nullptr;
    if (variable == nullptr || (!size && call->FullName() != "length")) return NotHere("such function");
    return Operand{.kind = size ? Operand::Kind::kSize : Operand::Kind::kLength, .variable = variable->name};
  }
  ASSIGN_OR_RETURN(Scalar constant, ScalarOf(expression));
  return Operand{.constant = std::move(constant)};
}

absl::StatusOr<Condition> ConditionOf(const ast::Expression& expression) {
  Condition condition;
  if (const auto* logical = expression.As<ast::Logical>()) {
    if (logical->op == ast::LogicalOperator::kXor) return NotHere("XOR");
    condition.kind = logical->op == ast::LogicalOperator::kAnd ? Condition::Kind::kAnd : Condition::Kind::kOr;
    for (const ast::ExpressionPtr& operand : logical->operands) {
      ASSIGN_OR_RETURN(Condition inner, ConditionOf(*operand));
      condition.operands.push_back(std::move(inner));
    }
    return condition;
  }
  if (const auto* unary = expression.As<ast::Unary>(); unary != nullptr && unary->op == ast::UnaryOperator::kNot) {
    condition.kind = Condition::Kind::kNot;
    ASSIGN_OR_RETURN(Condition inner, ConditionOf(*unary->operand));
    condition.operands.push_back(std::move(inner));
    return condition;
  }
  if (const auto* check = expression.As<ast::IsCheck>(); check != nullptr && check->what == ast::IsCheck::What::kNull) {
    condition.kind = check->negated ? Condition::Kind::kIsNotNull : Condition::Kind::kIsNull;
    ASSIGN_OR_RETURN(condition.left, OperandOf(*check->operand));
    return condition;
  }
  const auto* comparison = expression.As<ast::Comparison>();
  if (comparison == nullptr || comparison->links.size() != 1) return NotHere("such condition");
  condition.comparison = static_cast<Condition::Comparison>(comparison->links[0].op);
  ASSIGN_OR_RETURN(condition.left, OperandOf(*comparison->first));
  ASSIGN_OR_RETURN(condition.right, OperandOf(*comparison->links[0].operand));
  return condition;
}

LabelTest LabelsOf(const ast::LabelExpression& expression) {
  LabelTest test{.kind = static_cast<LabelTest::Kind>(expression.kind), .name = expression.name.text};
  for (const ast::LabelExpression& operand : expression.operands) test.operands.push_back(LabelsOf(operand));
  return test;
}

Mode ModeOf(ast::PathMode mode) {
  switch (mode) {
    case ast::PathMode::kWalk:
      return Mode::kWalk;
    case ast::PathMode::kTrail:
      return Mode::kTrail;
    case ast::PathMode::kSimple:
      return Mode::kSimple;
    case ast::PathMode::kAcyclic:
      return Mode::kAcyclic;
  }
  return Mode::kWalk;
}

absl::Status SetFill(const ast::ElementFill& fill, Pattern& pattern) {
  if (fill.variable.has_value()) pattern.variable = fill.variable->text;
  if (fill.labels.has_value()) pattern.labels = LabelsOf(*fill.labels);
  if (fill.properties.has_value()) {
    for (const ast::MapEntry& entry : fill.properties->entries) {
      ASSIGN_OR_RETURN(Scalar value, ScalarOf(*entry.value));
      pattern.properties.emplace_back(entry.key.text, std::move(value));
    }
  }
  if (fill.where != nullptr) {
    ASSIGN_OR_RETURN(pattern.where, ConditionOf(*fill.where));
  }
  return absl::OkStatus();
}

absl::StatusOr<Pattern> AlternativesOf(const ast::PathAlternatives& alternatives);

absl::StatusOr<Pattern> FactorOf(const ast::PathFactor& factor) {
  Pattern pattern;
  if (const ast::NodePattern* node = factor.AsNode()) {
    RETURN_IF_ERROR(SetFill(node->fill, pattern));
    return pattern;
  }
  if (const ast::EdgePattern* edge = factor.AsEdge()) {
    pattern.kind = Pattern::Kind::kEdge;
    pattern.direction = static_cast<Direction>(edge->direction);
    RETURN_IF_ERROR(SetFill(edge->fill, pattern));
  } else {
    const ast::ParenthesizedPath& path = *factor.AsPath();
    if (path.variable.has_value()) return NotHere("path variable within parentheses");
    pattern.kind = Pattern::Kind::kParenthesized;
    if (path.mode.has_value()) pattern.mode = ModeOf(*path.mode);
    ASSIGN_OR_RETURN(Pattern inner, AlternativesOf(path.path));
    pattern.children.push_back(std::move(inner));
    if (path.where != nullptr) {
      ASSIGN_OR_RETURN(pattern.where, ConditionOf(*path.where));
    }
  }
  if (!factor.quantifier.has_value()) return pattern;
  Pattern quantified{.kind = Pattern::Kind::kQuantified};
  quantified.min = static_cast<int>(factor.quantifier->min);
  if (factor.quantifier->max.has_value()) quantified.max = static_cast<int>(*factor.quantifier->max);
  quantified.optional = factor.quantifier->optional;
  quantified.var_length = factor.quantifier->var_length;
  quantified.children.push_back(std::move(pattern));
  return quantified;
}

absl::StatusOr<Pattern> TermOf(const ast::PathTerm& term) {
  Pattern sequence{.kind = Pattern::Kind::kSequence};
  for (const ast::PathFactor& factor : term.factors) {
    ASSIGN_OR_RETURN(Pattern child, FactorOf(factor));
    sequence.children.push_back(std::move(child));
  }
  return sequence.children.size() == 1 ? std::move(sequence.children[0]) : std::move(sequence);
}

absl::StatusOr<Pattern> AlternativesOf(const ast::PathAlternatives& alternatives) {
  if (alternatives.terms.size() == 1) return TermOf(alternatives.terms[0]);
  Pattern alternation{.kind = Pattern::Kind::kAlternation,
                      .multiset = alternatives.kind == ast::PathAlternatives::Kind::kMultiset};
  for (const ast::PathTerm& term : alternatives.terms) {
    ASSIGN_OR_RETURN(Pattern operand, TermOf(term));
    alternation.children.push_back(std::move(operand));
  }
  return alternation;
}

absl::Status SetPrefix(const ast::PathPrefix& prefix, PathPattern& path) {
  path.selector = static_cast<Selector>(prefix.selector);
  path.has_selector = prefix.has_selector;
  if (prefix.mode.has_value()) path.mode = ModeOf(*prefix.mode);
  path.count_written = prefix.count != nullptr;
  if (prefix.count == nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Scalar count, ScalarOf(*prefix.count));
  if (!std::holds_alternative<int64_t>(count)) return NotHere("such count");
  path.count = static_cast<int>(std::get<int64_t>(count));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Match> MatchOfText(const std::string& query) {
  ASSIGN_OR_RETURN(const ast::Query parsed, ParseQuery(query));
  const auto* clause = parsed.parts[0].clauses[0].As<ast::MatchClause>();
  if (clause == nullptr) return NotHere("query without MATCH");
  const ast::GraphPattern& pattern = clause->pattern;
  Match match;
  if (pattern.mode.has_value()) match.mode = static_cast<MatchMode>(*pattern.mode);
  match.keep = pattern.keep.has_value();
  for (const ast::PathPattern& written : pattern.paths) {
    PathPattern path;
    if (written.variable.has_value()) path.variable = written.variable->text;
    if (written.prefix.has_value()) RETURN_IF_ERROR(SetPrefix(*written.prefix, path));
    if (pattern.keep.has_value()) RETURN_IF_ERROR(SetPrefix(*pattern.keep, path));
    path.function_form = written.function_form;
    ASSIGN_OR_RETURN(path.pattern, AlternativesOf(written.path));
    match.paths.push_back(std::move(path));
  }
  if (pattern.where != nullptr) {
    ASSIGN_OR_RETURN(match.where, ConditionOf(*pattern.where));
  }
  return match;
}

}  // namespace dossier::oracle
