#include <cmath>
#include <cstdint>

#include "graph/base/text.h"
#include "query/ast_printer.h"
#include "query/ast_printer_internal.h"

namespace dossier::ast {
namespace {

std::string_view TextOf(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::kAdd:
      return " + ";
    case BinaryOperator::kSubtract:
      return " - ";
    case BinaryOperator::kMultiply:
      return " * ";
    case BinaryOperator::kDivide:
      return " / ";
    case BinaryOperator::kModulo:
      return " % ";
    case BinaryOperator::kPower:
      return " ^ ";
    case BinaryOperator::kConcat:
      return " || ";
    case BinaryOperator::kIn:
      return " IN ";
    case BinaryOperator::kStartsWith:
      return " STARTS WITH ";
    case BinaryOperator::kEndsWith:
      return " ENDS WITH ";
    case BinaryOperator::kContains:
      return " CONTAINS ";
    case BinaryOperator::kMatches:
      return " =~ ";
  }
  return " ? ";
}

std::string_view TextOf(ComparisonOperator op) {
  switch (op) {
    case ComparisonOperator::kEqual:
      return " = ";
    case ComparisonOperator::kNotEqual:
      return " <> ";
    case ComparisonOperator::kLess:
      return " < ";
    case ComparisonOperator::kLessOrEqual:
      return " <= ";
    case ComparisonOperator::kGreater:
      return " > ";
    case ComparisonOperator::kGreaterOrEqual:
      return " >= ";
  }
  return " ? ";
}

std::string_view TextOf(LogicalOperator op) {
  switch (op) {
    case LogicalOperator::kAnd:
      return " AND ";
    case LogicalOperator::kOr:
      return " OR ";
    case LogicalOperator::kXor:
      return " XOR ";
  }
  return " ? ";
}

// Always with a dot or an exponent, so that it stays a float.
std::string FloatText(double value) {
  std::string text = StrCat(value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

// Whether the literal is a number, and would be written without parentheses.
bool IsBareNumber(const Expression& expression) {
  const auto* literal = expression.As<Literal>();
  if (literal == nullptr) return false;
  if (const auto* integer = std::get_if<int64_t>(&literal->value)) return *integer >= 0;
  const auto* real = std::get_if<double>(&literal->value);
  return real != nullptr && !std::signbit(*real);
}

}  // namespace

void Printer::Print(const Expression& expression) {
  std::visit([this](const auto& node) { Print(node); }, expression.node);
}

void Printer::PrintApart(const Expression& expression, bool parentheses) {
  if (parentheses) Add("(");
  Print(expression);
  if (parentheses) Add(")");
}

void Printer::Print(const Literal& literal) {
  if (const auto* boolean = std::get_if<bool>(&literal.value)) {
    Add(*boolean ? "true" : "false");
  } else if (const auto* integer = std::get_if<int64_t>(&literal.value)) {
    // In parentheses, or the sign could be read as belonging to more than the number.
    Add(*integer < 0 ? StrCat("(", *integer, ")") : StrCat(*integer));
  } else if (const auto* real = std::get_if<double>(&literal.value)) {
    Add(std::signbit(*real) ? StrCat("(", FloatText(*real), ")") : FloatText(*real));
  } else if (const auto* text = std::get_if<std::string>(&literal.value)) {
    Add(QuotedString(*text));
  } else {
    Add("null");
  }
}

void Printer::Print(const TypedLiteral& literal) {
  switch (literal.type) {
    case TypedLiteral::Type::kDate:
      Add("DATE ");
      break;
    case TypedLiteral::Type::kTime:
      Add("TIME ");
      break;
    case TypedLiteral::Type::kDateTime:
      Add("DATETIME ");
      break;
    case TypedLiteral::Type::kDuration:
      Add("DURATION ");
      break;
  }
  Add(QuotedString(literal.text));
}

void Printer::Print(const Parameter& parameter) {
  Add("$");
  const bool digits = parameter.name.find_first_not_of("0123456789") == std::string::npos && !parameter.name.empty();
  Add(digits ? parameter.name : QuotedName(parameter.name));
}

void Printer::Print(const Variable& variable) { Add(QuotedName(variable.name)); }

void Printer::Print(const PropertyAccess& access) {
  // `1.x` would be a broken number.
  PrintApart(*access.object, IsBareNumber(*access.object));
  Add(".");
  AddWord(access.property);
}

void Printer::Print(const Subscript& subscript) {
  Print(*subscript.object);
  Add("[");
  Print(*subscript.index);
  Add("]");
}

void Printer::Print(const Slice& slice) {
  Print(*slice.object);
  Add("[");
  if (slice.from != nullptr) Print(*slice.from);
  Add(" .. ");
  if (slice.to != nullptr) Print(*slice.to);
  Add("]");
}

void Printer::Print(const ListLiteral& list) {
  // `[x IN l]` would be a comprehension; the parentheses of operators keep that from happening.
  Add("[");
  AddList(list.elements);
  Add("]");
}

void Printer::Print(const MapLiteral& map) {
  Add("{");
  for (size_t i = 0; i < map.entries.size(); ++i) {
    if (i > 0) Add(", ");
    AddWord(map.entries[i].key);
    Add(": ");
    Print(*map.entries[i].value);
  }
  Add("}");
}

void Printer::Print(const MapProjection& projection) {
  AddName(projection.variable);
  Add("{");
  for (size_t i = 0; i < projection.items.size(); ++i) {
    const MapProjection::Item& item = projection.items[i];
    if (i > 0) Add(", ");
    switch (item.kind) {
      case MapProjection::Item::Kind::kProperty:
        Add(".");
        AddWord(item.name);
        break;
      case MapProjection::Item::Kind::kAll:
        Add(".*");
        break;
      case MapProjection::Item::Kind::kEntry:
        AddWord(item.name);
        Add(": ");
        Print(*item.value);
        break;
      case MapProjection::Item::Kind::kVariable:
        AddName(item.name);
        break;
    }
  }
  Add("}");
}

void Printer::Print(const Unary& unary) {
  Add(unary.op == UnaryOperator::kNot ? "(NOT " : unary.op == UnaryOperator::kMinus ? "(-" : "(+");
  // A minus directly before a number would become part of it.
  PrintApart(*unary.operand, unary.op == UnaryOperator::kMinus && IsBareNumber(*unary.operand));
  Add(")");
}

void Printer::Print(const Binary& binary) {
  Add("(");
  // A path would go on with a minus, and repeat by a plus.
  PrintApart(*binary.left, binary.left->As<PatternPredicate>() != nullptr);
  Add(TextOf(binary.op));
  Print(*binary.right);
  Add(")");
}

void Printer::Print(const Logical& logical) {
  Add("(");
  for (size_t i = 0; i < logical.operands.size(); ++i) {
    if (i > 0) Add(TextOf(logical.op));
    Print(*logical.operands[i]);
  }
  Add(")");
}

void Printer::Print(const Comparison& comparison) {
  Add("(");
  // A path that ends with an edge would take a > behind it for its arrow.
  PrintApart(*comparison.first, comparison.first->As<PatternPredicate>() != nullptr);
  for (const Comparison::Link& link : comparison.links) {
    Add(TextOf(link.op));
    PrintApart(*link.operand, link.operand->As<PatternPredicate>() != nullptr);
  }
  Add(")");
}

void Printer::Print(const IsCheck& check) {
  Add("(");
  Print(*check.operand);
  Add(check.negated ? " IS NOT " : " IS ");
  switch (check.what) {
    case IsCheck::What::kNull:
      Add("NULL)");
      break;
    case IsCheck::What::kTrue:
      Add("TRUE)");
      break;
    case IsCheck::What::kFalse:
      Add("FALSE)");
      break;
    case IsCheck::What::kUnknown:
      Add("UNKNOWN)");
      break;
  }
}

void Printer::Print(const LabelPredicate& predicate) {
  Add("(");
  Print(*predicate.operand);
  Add(predicate.negated ? " IS NOT LABELED " : ":");
  Print(predicate.labels);
  Add(")");
}

void Printer::Print(const FunctionCall& call) {
  AddNames(call.name);
  Add("(");
  if (call.distinct) Add("DISTINCT ");
  if (call.star) Add("*");
  AddList(call.arguments);
  Add(")");
}

void Printer::Print(const Case& expression) {
  Add("CASE");
  if (expression.operand != nullptr) {
    Add(" ");
    Print(*expression.operand);
  }
  for (const Case::Branch& branch : expression.branches) {
    Add(" WHEN ");
    Print(*branch.when);
    Add(" THEN ");
    Print(*branch.then);
  }
  if (expression.otherwise != nullptr) {
    Add(" ELSE ");
    Print(*expression.otherwise);
  }
  Add(" END");
}

void Printer::Print(const ListComprehension& list) {
  Add("[");
  AddName(list.variable);
  Add(" IN ");
  Print(*list.list);
  AddWhere(list.where);
  if (list.result != nullptr) {
    Add(" | ");
    Print(*list.result);
  }
  Add("]");
}

void Printer::Print(const PatternComprehension& list) {
  Add("[");
  Print(*list.pattern);
  AddWhere(list.where);
  Add(" | ");
  Print(*list.result);
  Add("]");
}

void Printer::Print(const Quantified& quantified) {
  switch (quantified.kind) {
    case Quantified::Kind::kAll:
      Add("all(");
      break;
    case Quantified::Kind::kAny:
      Add("any(");
      break;
    case Quantified::Kind::kNone:
      Add("none(");
      break;
    case Quantified::Kind::kSingle:
      Add("single(");
      break;
  }
  AddName(quantified.variable);
  Add(" IN ");
  Print(*quantified.list);
  AddWhere(quantified.where);
  Add(")");
}

void Printer::Print(const Reduce& reduce) {
  Add("reduce(");
  AddName(reduce.accumulator);
  Add(" = ");
  Print(*reduce.start);
  Add(", ");
  AddName(reduce.variable);
  Add(" IN ");
  Print(*reduce.list);
  Add(" | ");
  Print(*reduce.step);
  Add(")");
}

void Printer::Print(const PatternPredicate& predicate) { Print(*predicate.pattern); }

void Printer::Print(const ShortestPath& shortest) { Print(*shortest.pattern); }

void Printer::Print(const Subquery& subquery) {
  switch (subquery.kind) {
    case Subquery::Kind::kExists:
      Add("EXISTS { ");
      break;
    case Subquery::Kind::kCount:
      Add("COUNT { ");
      break;
    case Subquery::Kind::kCollect:
      Add("COLLECT { ");
      break;
  }
  Print(*subquery.query);
  Add(" }");
}

}  // namespace dossier::ast
