// What stands between operators. A name may begin many things; parser_lookahead.cc tells them apart.
#include <cstdint>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/parser_internal.h"

namespace dossier::ast {
namespace {

// Words that people write for an expression's start or its neighbours.
const std::vector<std::string>& AtomWords() {
  static const auto* const kWords =
      new std::vector<std::string>{"NOT", "CASE", "NULL", "TRUE", "FALSE", "DISTINCT", "EXISTS"};
  return *kWords;
}

}  // namespace

absl::StatusOr<ExpressionPtr> Parser::ParseAtom() {
  const SourcePosition begin = Here();
  const Token& token = Peek();
  switch (token.kind) {
    case TokenKind::kInteger:
      return ParseInteger(/*negative=*/false, begin);
    case TokenKind::kFloat:
      Skip();
      return Make(begin, 0, Literal{token.real});
    case TokenKind::kString:
      Skip();
      return Make(begin, 0, Literal{token.text});
    case TokenKind::kParameter:
      Skip();
      return Make(begin, 0, Parameter{token.text});
    case TokenKind::kLeftParen:
      return ParseParenthesized();
    case TokenKind::kLeftBracket:
      return ParseBracketed();
    case TokenKind::kLeftBrace:
      return ParseMapLiteral();
    case TokenKind::kName:
    case TokenKind::kQuotedName:
      return ParseNamedAtom();
    default:
      return Unexpected("an expression");
  }
}

absl::StatusOr<ExpressionPtr> Parser::ParseInteger(bool negative, SourcePosition begin) {
  const uint64_t magnitude = Peek().integer;
  if (!negative && magnitude > static_cast<uint64_t>(INT64_MAX)) {
    return Error(kIntegerOverflow, Peek().span, "this integer does not fit into 64 bits",
                 "integers go from -9223372036854775808 to 9223372036854775807", "write it as a float: 9.3e18");
  }
  Skip();
  // Negated as unsigned, for the smallest integer has no positive twin.
  return Make(begin, 0, Literal{static_cast<int64_t>(negative ? uint64_t{0} - magnitude : magnitude)});
}

absl::StatusOr<ExpressionPtr> Parser::ParseNamedAtom() {
  const SourcePosition begin = Here();
  const bool before_paren = NextIs(TokenKind::kLeftParen);
  const bool before_variable_in = before_paren && IsNameToken(Peek(2)) && Peek(3).keyword == Keyword::kIn;
  const bool before_string = NextIs(TokenKind::kString);
  switch (Peek().keyword) {
    case Keyword::kNull:
      Skip();
      return Make(begin, 0, Literal{});
    case Keyword::kTrue:
      Skip();
      return Make(begin, 0, Literal{true});
    case Keyword::kFalse:
      Skip();
      return Make(begin, 0, Literal{false});
    case Keyword::kCase:
      return ParseCase();
    case Keyword::kAll:
      if (before_variable_in) return ParseQuantified(Quantified::Kind::kAll);
      break;
    case Keyword::kAny:
      if (before_variable_in) return ParseQuantified(Quantified::Kind::kAny);
      break;
    case Keyword::kNone:
      if (before_variable_in) return ParseQuantified(Quantified::Kind::kNone);
      break;
    case Keyword::kSingle:
      if (before_variable_in) return ParseQuantified(Quantified::Kind::kSingle);
      break;
    case Keyword::kReduce:
      if (before_paren && IsNameToken(Peek(2)) && Peek(3).kind == TokenKind::kEqual) return ParseReduce();
      break;
    case Keyword::kExists:
      if (IsSubqueryAhead()) return ParseSubquery(Subquery::Kind::kExists);
      break;
    case Keyword::kCount:
      if (IsSubqueryAhead()) return ParseSubquery(Subquery::Kind::kCount);
      break;
    case Keyword::kCollect:
      if (IsSubqueryAhead()) return ParseSubquery(Subquery::Kind::kCollect);
      break;
    case Keyword::kShortestPath:
    case Keyword::kAllShortestPaths:
      if (before_paren) return ParseShortestPathValue();
      break;
    case Keyword::kDate:
      if (before_string) return ParseTypedLiteral(TypedLiteral::Type::kDate);
      break;
    case Keyword::kTime:
      if (before_string) return ParseTypedLiteral(TypedLiteral::Type::kTime);
      break;
    case Keyword::kDateTime:
    case Keyword::kTimestamp:
      if (before_string) return ParseTypedLiteral(TypedLiteral::Type::kDateTime);
      break;
    case Keyword::kDuration:
      if (before_string) return ParseTypedLiteral(TypedLiteral::Type::kDuration);
      break;
    default:
      break;
  }
  if (!IsNameToken(Peek())) return Unexpected("an expression", AtomWords());
  if (IsCallAhead()) return ParseFunctionCall();
  if (NextIs(TokenKind::kLeftBrace)) return ParseMapProjection();
  ASSIGN_OR_RETURN(Name name, ParseName("a name"));
  return Make(begin, 0, Variable{std::move(name.text)});
}

// '(' of an expression, or of a pattern that is a condition.
absl::StatusOr<ExpressionPtr> Parser::ParseParenthesized() {
  if (IsPathShape(position_, context_.condition)) {
    if (context_.condition) return ParsePatternPredicate();
    return Error(
        kMisplacedPattern, Peek().span, "a path pattern where a value is expected",
        "a pattern alone is a condition, and stands in WHERE, FILTER or EXISTS",
        "write EXISTS { (a)-->(b) } for true or false, COUNT { ... } for how many, [p = (a)-->(b) | p] for the paths");
  }
  const SourcePosition begin = Here();
  Skip();
  ASSIGN_OR_RETURN(ExpressionPtr expression, ParseExpression({.condition = context_.condition}));
  RETURN_IF_ERROR(Expect(TokenKind::kRightParen));
  // The place covers the parentheses, so that what contains this expression covers them as well.
  expression->span = Since(begin);
  return expression;
}

absl::StatusOr<ExpressionPtr> Parser::ParsePatternPredicate() {
  const SourcePosition begin = Here();
  PatternPredicate predicate;
  int height = 0;
  ASSIGN_OR_RETURN(PathPattern pattern, Measure(&height, [&] { return ParsePathPattern(/*alternatives=*/false); }));
  predicate.pattern = std::make_unique<PathPattern>(std::move(pattern));
  return Make(begin, height, std::move(predicate));
}

absl::StatusOr<ExpressionPtr> Parser::ParseShortestPathValue() {
  const SourcePosition begin = Here();
  ShortestPath shortest;
  int height = 0;
  ASSIGN_OR_RETURN(PathPattern pattern, Measure(&height, [&] { return ParseShortestPathFunction(); }));
  shortest.pattern = std::make_unique<PathPattern>(std::move(pattern));
  return Make(begin, height, std::move(shortest));
}

absl::StatusOr<ExpressionPtr> Parser::ParseFunctionCall() {
  const SourcePosition begin = Here();
  FunctionCall call;
  // exists((a)-->(b)) asks for a condition, like EXISTS { }.
  const bool condition = At(Keyword::kExists) && NextIs(TokenKind::kLeftParen);
  ASSIGN_OR_RETURN(call.name, ParseDottedName("the name of a function"));
  RETURN_IF_ERROR(Expect(TokenKind::kLeftParen));
  call.distinct = Accept(Keyword::kDistinct);
  int height = 0;
  if (!call.distinct && Accept(TokenKind::kStar)) {
    call.star = true;
  } else if (call.distinct || !At(TokenKind::kRightParen)) {
    do {
      ASSIGN_OR_RETURN(ExpressionPtr argument, ParseExpression({.condition = condition}));
      height = std::max(height, argument->height);
      call.arguments.push_back(std::move(argument));
    } while (Accept(TokenKind::kComma));
  }
  if (!Accept(TokenKind::kRightParen)) return Unexpected("',' or ')'");
  return Make(begin, height, std::move(call));
}

absl::StatusOr<ExpressionPtr> Parser::ParseTypedLiteral(TypedLiteral::Type type) {
  const SourcePosition begin = Here();
  Skip();
  TypedLiteral literal{type, Peek().text};
  Skip();
  return Make(begin, 0, std::move(literal));
}

absl::StatusOr<ExpressionPtr> Parser::ParseCase() {
  const SourcePosition begin = Here();
  Skip();
  Case expression;
  if (!At(Keyword::kWhen)) {
    ASSIGN_OR_RETURN(expression.operand, ParseValue());
  }
  const bool searched = expression.operand == nullptr;
  int height = HeightOf(expression.operand);
  if (!At(Keyword::kWhen)) return Unexpected("WHEN", {"WHEN"});
  while (Accept(Keyword::kWhen)) {
    Case::Branch branch;
    ASSIGN_OR_RETURN(branch.when, ParseExpression({.condition = searched}));
    RETURN_IF_ERROR(Expect(Keyword::kThen));
    ASSIGN_OR_RETURN(branch.then, ParseValue());
    height = std::max(height, HeightOf(branch.when, branch.then));
    expression.branches.push_back(std::move(branch));
  }
  if (Accept(Keyword::kElse)) {
    ASSIGN_OR_RETURN(expression.otherwise, ParseValue());
    height = std::max(height, expression.otherwise->height);
  }
  if (!Accept(Keyword::kEnd)) return Unexpected("WHEN, ELSE or END", {"WHEN", "ELSE", "END"});
  return Make(begin, height, std::move(expression));
}

// all(x IN list WHERE condition)
absl::StatusOr<ExpressionPtr> Parser::ParseQuantified(Quantified::Kind kind) {
  const SourcePosition begin = Here();
  Skip(2);
  Quantified quantified;
  quantified.kind = kind;
  ASSIGN_OR_RETURN(quantified.variable, ParseName("the name of a new variable"));
  RETURN_IF_ERROR(Expect(Keyword::kIn));
  ASSIGN_OR_RETURN(quantified.list, ParseValue());
  RETURN_IF_ERROR(Expect(Keyword::kWhere));
  ASSIGN_OR_RETURN(quantified.where, ParseCondition());
  RETURN_IF_ERROR(Expect(TokenKind::kRightParen));
  const int height = HeightOf(quantified.list, quantified.where);
  return Make(begin, height, std::move(quantified));
}

// reduce(total = 0, x IN list | total + x)
absl::StatusOr<ExpressionPtr> Parser::ParseReduce() {
  const SourcePosition begin = Here();
  Skip(2);
  Reduce reduce;
  ASSIGN_OR_RETURN(reduce.accumulator, ParseName("the name of a new variable"));
  RETURN_IF_ERROR(Expect(TokenKind::kEqual));
  ASSIGN_OR_RETURN(reduce.start, ParseValue());
  RETURN_IF_ERROR(Expect(TokenKind::kComma));
  ASSIGN_OR_RETURN(reduce.variable, ParseName("the name of a new variable"));
  RETURN_IF_ERROR(Expect(Keyword::kIn));
  ASSIGN_OR_RETURN(reduce.list, ParseExpression({.bar_ends_labels = true}));
  RETURN_IF_ERROR(Expect(TokenKind::kPipe));
  ASSIGN_OR_RETURN(reduce.step, ParseValue());
  RETURN_IF_ERROR(Expect(TokenKind::kRightParen));
  const int height = HeightOf(reduce.start, reduce.list, reduce.step);
  return Make(begin, height, std::move(reduce));
}

// EXISTS { ... }, COUNT { ... }, COLLECT { ... }
absl::StatusOr<ExpressionPtr> Parser::ParseSubquery(Subquery::Kind kind) {
  const SourcePosition begin = Here();
  Skip();
  const QueryPlace place =
      kind == Subquery::Kind::kCollect ? QueryPlace::kSubquery : QueryPlace::kSubqueryWithoutReturn;
  Subquery subquery;
  subquery.kind = kind;
  int height = 0;
  ASSIGN_OR_RETURN(subquery.query, Measure(&height, [&] { return ParseBracedQuery(place); }));
  return Make(begin, height, std::move(subquery));
}

}  // namespace dossier::ast
