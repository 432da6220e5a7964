// Operators, weakest first. All chains read from the left; so does ^, and a sign binds tighter than it: -2 ^ 2 is 4.
//
//   1 OR   2 XOR   3 AND   4 NOT   5 = <> < <= > >=   6 IN, STARTS WITH, ENDS WITH, CONTAINS, =~, IS
//   7 + - ||   8 * / %   9 ^   10 sign   then  .name  [index]  :Label
//
// NOT is taken wherever an operand is, so `a = NOT b` is read too.
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/parser_internal.h"

namespace dossier::ast {
namespace {

enum Level {
  kOrLevel = 1,
  kXorLevel,
  kAndLevel,
  kNotLevel,
  kComparisonLevel,
  kPredicateLevel,
  kSumLevel,
  kProductLevel,
  kPowerLevel,
  kNoOperator = 100
};

std::optional<ComparisonOperator> ComparisonOf(TokenKind kind) {
  switch (kind) {
    case TokenKind::kEqual:
      return ComparisonOperator::kEqual;
    case TokenKind::kNotEqual:
      return ComparisonOperator::kNotEqual;
    case TokenKind::kLess:
      return ComparisonOperator::kLess;
    case TokenKind::kLessOrEqual:
      return ComparisonOperator::kLessOrEqual;
    case TokenKind::kGreater:
      return ComparisonOperator::kGreater;
    case TokenKind::kGreaterOrEqual:
      return ComparisonOperator::kGreaterOrEqual;
    default:
      return std::nullopt;
  }
}

struct BinaryToken {
  BinaryOperator op = BinaryOperator::kAdd;
  int level = kNoOperator;
  bool with = false;  // two words: STARTS WITH
};

BinaryToken BinaryOf(const Token& token) {
  switch (token.kind) {
    case TokenKind::kPlus:
      return {BinaryOperator::kAdd, kSumLevel};
    case TokenKind::kMinus:
      return {BinaryOperator::kSubtract, kSumLevel};
    case TokenKind::kPipePipe:
      return {BinaryOperator::kConcat, kSumLevel};
    case TokenKind::kStar:
      return {BinaryOperator::kMultiply, kProductLevel};
    case TokenKind::kSlash:
      return {BinaryOperator::kDivide, kProductLevel};
    case TokenKind::kPercent:
      return {BinaryOperator::kModulo, kProductLevel};
    case TokenKind::kCaret:
      return {BinaryOperator::kPower, kPowerLevel};
    case TokenKind::kEqualTilde:
      return {BinaryOperator::kMatches, kPredicateLevel};
    default:
      break;
  }
  switch (token.keyword) {
    case Keyword::kIn:
      return {BinaryOperator::kIn, kPredicateLevel};
    case Keyword::kContains:
      return {BinaryOperator::kContains, kPredicateLevel};
    case Keyword::kStarts:
      return {BinaryOperator::kStartsWith, kPredicateLevel, true};
    case Keyword::kEnds:
      return {BinaryOperator::kEndsWith, kPredicateLevel, true};
    default:
      return {};
  }
}

int LevelOf(const Token& token) {
  switch (token.keyword) {
    case Keyword::kOr:
      return kOrLevel;
    case Keyword::kXor:
      return kXorLevel;
    case Keyword::kAnd:
      return kAndLevel;
    case Keyword::kIs:
      return kPredicateLevel;
    default:
      return ComparisonOf(token.kind).has_value() ? kComparisonLevel : BinaryOf(token).level;
  }
}

}  // namespace

absl::StatusOr<ExpressionPtr> Parser::ParseExpression(Context context) {
  const Context outer = std::exchange(context_, context);
  auto expression = ParseOperators(kOrLevel);
  context_ = outer;
  return expression;
}

// An operand and all operators after it that bind at least as tightly as `weakest`.
absl::StatusOr<ExpressionPtr> Parser::ParseOperators(int weakest) {
  const Nesting nesting(this);
  RETURN_IF_ERROR(CheckNesting());
  const SourcePosition begin = Here();
  ASSIGN_OR_RETURN(ExpressionPtr left, ParsePrefixed());
  for (;;) {
    const int level = LevelOf(Peek());
    if (level == kNoOperator || level < weakest) return left;
    if (level == kOrLevel) {
      ASSIGN_OR_RETURN(left, ParseLogical(std::move(left), LogicalOperator::kOr, Keyword::kOr, level));
    } else if (level == kXorLevel) {
      ASSIGN_OR_RETURN(left, ParseLogical(std::move(left), LogicalOperator::kXor, Keyword::kXor, level));
    } else if (level == kAndLevel) {
      ASSIGN_OR_RETURN(left, ParseLogical(std::move(left), LogicalOperator::kAnd, Keyword::kAnd, level));
    } else if (level == kComparisonLevel) {
      ASSIGN_OR_RETURN(left, ParseComparison(std::move(left)));
    } else if (At(Keyword::kIs)) {
      ASSIGN_OR_RETURN(left, ParseIs(std::move(left)));
    } else {
      const BinaryToken found = BinaryOf(Peek());
      Skip();
      if (found.with) RETURN_IF_ERROR(Expect(Keyword::kWith));
      ASSIGN_OR_RETURN(ExpressionPtr right, ParseOperators(level + 1));
      const int height = HeightOf(left, right);
      ASSIGN_OR_RETURN(left, Make(begin, height, Binary{found.op, std::move(left), std::move(right)}));
    }
  }
}

// A chain of one of AND, OR, XOR becomes one node.
absl::StatusOr<ExpressionPtr> Parser::ParseLogical(ExpressionPtr first, LogicalOperator op, Keyword word, int level) {
  const SourcePosition begin = first->span.begin;
  Logical logical;
  logical.op = op;
  int height = first->height;
  logical.operands.push_back(std::move(first));
  while (Accept(word)) {
    ASSIGN_OR_RETURN(ExpressionPtr operand, ParseOperators(level + 1));
    height = std::max(height, operand->height);
    logical.operands.push_back(std::move(operand));
  }
  return Make(begin, height, std::move(logical));
}

absl::StatusOr<ExpressionPtr> Parser::ParseComparison(ExpressionPtr first) {
  const SourcePosition begin = first->span.begin;
  Comparison comparison;
  int height = first->height;
  comparison.first = std::move(first);
  while (const std::optional<ComparisonOperator> op = ComparisonOf(Peek().kind)) {
    Skip();
    ASSIGN_OR_RETURN(ExpressionPtr operand, ParseOperators(kComparisonLevel + 1));
    height = std::max(height, operand->height);
    comparison.links.push_back({*op, std::move(operand)});
  }
  return Make(begin, height, std::move(comparison));
}

// IS [NOT] NULL | TRUE | FALSE | UNKNOWN | LABELED labels
absl::StatusOr<ExpressionPtr> Parser::ParseIs(ExpressionPtr operand) {
  Skip();
  const SourcePosition begin = operand->span.begin;
  const int height = operand->height;
  const bool negated = Accept(Keyword::kNot);
  if (Accept(Keyword::kLabeled)) {
    ASSIGN_OR_RETURN(LabelExpression labels, ParseLabels(/*edge=*/false, context_.bar_ends_labels));
    return Make(begin, height, LabelPredicate{std::move(operand), std::move(labels), negated});
  }
  IsCheck check;
  check.negated = negated;
  if (Accept(Keyword::kNull)) {
    check.what = IsCheck::What::kNull;
  } else if (Accept(Keyword::kTrue)) {
    check.what = IsCheck::What::kTrue;
  } else if (Accept(Keyword::kFalse)) {
    check.what = IsCheck::What::kFalse;
  } else if (Accept(Keyword::kUnknown)) {
    check.what = IsCheck::What::kUnknown;
  } else if (At(TokenKind::kColon)) {
    return Unsupported(Peek().span, "IS : is not supported", "write n:Label, or n IS LABELED Label");
  } else {
    return Unexpected(negated ? "NULL, TRUE, FALSE, UNKNOWN or LABELED" : "NOT, NULL, TRUE, FALSE, UNKNOWN or LABELED",
                      {"NOT", "NULL", "TRUE", "FALSE", "UNKNOWN", "LABELED"});
  }
  check.operand = std::move(operand);
  return Make(begin, height, std::move(check));
}

absl::StatusOr<ExpressionPtr> Parser::ParsePrefixed() {
  const SourcePosition begin = Here();
  Unary unary;
  if (At(Keyword::kNot)) {
    unary.op = UnaryOperator::kNot;
  } else if (At(TokenKind::kMinus)) {
    unary.op = UnaryOperator::kMinus;
  } else if (At(TokenKind::kPlus)) {
    unary.op = UnaryOperator::kPlus;
  } else {
    return ParsePostfixed();
  }
  const Nesting nesting(this);
  RETURN_IF_ERROR(CheckNesting());
  Skip();
  if (unary.op == UnaryOperator::kNot) {
    ASSIGN_OR_RETURN(unary.operand, ParseOperators(kComparisonLevel));
    const int height = unary.operand->height;
    return Make(begin, height, std::move(unary));
  }
  // A minus belongs to the number after it, or the smallest integer could not be written; but -1[0] is -(1[0]).
  const bool postfix = NextIs(TokenKind::kLeftBracket) || NextIs(TokenKind::kDot) || NextIs(TokenKind::kColon);
  if (unary.op == UnaryOperator::kMinus && !postfix) {
    if (At(TokenKind::kInteger)) return ParseInteger(/*negative=*/true, begin);
    if (At(TokenKind::kFloat)) {
      const double value = -Peek().real;
      Skip();
      return Make(begin, 0, Literal{value});
    }
  }
  ASSIGN_OR_RETURN(unary.operand, ParsePrefixed());
  const int height = unary.operand->height;
  return Make(begin, height, std::move(unary));
}

absl::StatusOr<ExpressionPtr> Parser::ParsePostfixed() {
  const SourcePosition begin = Here();
  ASSIGN_OR_RETURN(ExpressionPtr expression, ParseAtom());
  for (;;) {
    const int height = expression->height;
    if (Accept(TokenKind::kDot)) {
      ASSIGN_OR_RETURN(Name property, ParseWord("the name of a property"));
      ASSIGN_OR_RETURN(expression, Make(begin, height, PropertyAccess{std::move(expression), std::move(property)}));
    } else if (At(TokenKind::kLeftBracket)) {
      ASSIGN_OR_RETURN(expression, ParseSubscript(std::move(expression)));
    } else if (Accept(TokenKind::kColon)) {
      ASSIGN_OR_RETURN(LabelExpression labels, ParseLabels(/*edge=*/false, context_.bar_ends_labels));
      return Make(begin, height, LabelPredicate{std::move(expression), std::move(labels), /*negated=*/false});
    } else {
      return expression;
    }
  }
}

// list[i], list[i..j], list[..j], list[i..], list[..]
absl::StatusOr<ExpressionPtr> Parser::ParseSubscript(ExpressionPtr object) {
  const SourcePosition begin = object->span.begin;
  Skip();
  ExpressionPtr from;
  ExpressionPtr to;
  if (!At(TokenKind::kDotDot)) {
    ASSIGN_OR_RETURN(from, ParseValue());
    if (Accept(TokenKind::kRightBracket)) {
      const int height = HeightOf(object, from);
      return Make(begin, height, Subscript{std::move(object), std::move(from)});
    }
  }
  if (!Accept(TokenKind::kDotDot)) return Unexpected("']' or '..'");
  if (!At(TokenKind::kRightBracket)) {
    ASSIGN_OR_RETURN(to, ParseValue());
  }
  RETURN_IF_ERROR(Expect(TokenKind::kRightBracket));
  const int height = HeightOf(object, from, to);
  return Make(begin, height, Slice{std::move(object), std::move(from), std::move(to)});
}

}  // namespace dossier::ast
