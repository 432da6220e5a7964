// Where two readings begin alike. Each function looks at tokens ahead without taking any; brackets are jumped over by
// way of their partners, so a look costs as much as its own level is long, and each level is looked at a fixed number
// of times.
//
//   (a)-[x]-(b)      a path and not a subtraction; so are (a)-->(b), (a)->(b), (a)<--(b) and (a)<-[x]-(b)
//   (a)-(b), (a)<-(b), (a)<-1  arithmetic, as in openCypher; inside MATCH the first two are paths
//   (a)--(b), (a)--+(b)  paths where a condition is asked for, else `a - -b`, `a - -+b`; ()--(b) is always a path
//   [x IN l]         a comprehension; [x IN l, y] a list with a condition in it
//   [(a)-->(b) | e]  a pattern comprehension; [(a)-->(b)] a list
//   EXISTS (MATCH    a subquery in parentheses, as GQL allows; EXISTS (x) a call
//   count{.a}        a map projection; COUNT {(a)-->(b)} a subquery
#include "query/parser_internal.h"

namespace dossier::ast {
namespace {

bool Adjoin(const Token& left, const Token& right) { return left.span.end.offset == right.span.begin.offset; }

}  // namespace

// Whether the '(' at `at` opens what reads as a node: (), (n), (n:..., (n {..., (n WHERE ..., (:..., ({...
bool Parser::IsNodeShape(size_t at) const {
  const auto token = [&](size_t i) -> const Token& { return tokens_[std::min(i, tokens_.size() - 1)]; };
  const auto continues_node = [](const Token& t) {
    return t.kind == TokenKind::kRightParen || t.kind == TokenKind::kColon || t.kind == TokenKind::kLeftBrace ||
           t.keyword == Keyword::kWhere;
  };
  if (token(at).kind != TokenKind::kLeftParen) return false;
  if (continues_node(token(at + 1))) return true;
  return IsNameToken(token(at + 1)) && continues_node(token(at + 2));
}

// Whether a node followed by an edge begins at `at`, in an expression.
bool Parser::IsPathShape(size_t at, bool condition) const {
  if (!IsNodeShape(at) || tokens_[at].partner < 0) return false;
  const auto token = [&](size_t i) -> const Token& { return tokens_[std::min(i, tokens_.size() - 1)]; };
  const auto kind = [&](size_t i) { return token(i).kind; };
  size_t i = static_cast<size_t>(tokens_[at].partner) + 1;
  const bool left = kind(i) == TokenKind::kLess && kind(i + 1) == TokenKind::kMinus;
  if (left) ++i;
  if (kind(i) != TokenKind::kMinus) return false;
  // Of an edge without direction nothing but what follows tells that it is one.
  const auto goes_on = [&](size_t after) {
    switch (kind(after)) {
      case TokenKind::kLeftParen:
      case TokenKind::kLeftBrace:
      case TokenKind::kPlus:
      case TokenKind::kStar:
      case TokenKind::kQuestion:
        return true;
      default:
        return false;
    }
  };
  switch (kind(i + 1)) {
    case TokenKind::kGreater:
      return !left || goes_on(i + 2);
    case TokenKind::kMinus:
      if (kind(i + 2) == TokenKind::kGreater) return !left || goes_on(i + 3);
      if (!Adjoin(token(i), token(i + 1))) return false;
      // `()` is no expression. Of the others only a node may follow `<--` in arithmetic's place.
      if (condition || kind(at + 1) == TokenKind::kRightParen) return goes_on(i + 2);
      return left && kind(i + 2) == TokenKind::kLeftParen;
    case TokenKind::kLeftBracket: {
      if (token(i + 1).partner < 0) return false;
      const size_t after = static_cast<size_t>(token(i + 1).partner) + 1;
      if (kind(after) != TokenKind::kMinus) return false;
      if (kind(after + 1) == TokenKind::kGreater) return !left || goes_on(after + 2);
      return goes_on(after + 1);
    }
    default:
      return false;
  }
}

// Whether `kind` stands between the bracket at `open` and its partner, not inside further brackets.
bool Parser::HasAtThisLevel(size_t open, TokenKind kind) const {
  if (tokens_[open].partner < 0) return false;
  const auto close = static_cast<size_t>(tokens_[open].partner);
  for (size_t i = open + 1; i < close; ++i) {
    if (tokens_[i].kind == kind) return true;
    if (tokens_[i].partner > static_cast<int32_t>(i)) i = static_cast<size_t>(tokens_[i].partner);
  }
  return false;
}

// At '(' where a path factor is asked for: is it a parenthesised path rather than a node?
bool Parser::IsParenthesizedPathAhead() const {
  if (IsNodeShape(position_)) return false;
  const Token& first = Peek(1);
  const Token& second = Peek(2);
  const auto begins_path = [](const Token& t) {
    return t.kind == TokenKind::kLeftParen || t.kind == TokenKind::kMinus || t.kind == TokenKind::kLess ||
           t.kind == TokenKind::kTilde;
  };
  if (begins_path(first)) return true;
  if (!IsNameToken(first)) return false;
  // (TRAIL PATHS (a)-->(b)): two words in a row are no node.
  if (second.keyword == Keyword::kPath || second.keyword == Keyword::kPaths) return true;
  return second.kind == TokenKind::kEqual || begins_path(second) || first.keyword == Keyword::kShortest ||
         ((first.keyword == Keyword::kAny || first.keyword == Keyword::kAll) && IsWordToken(second));
}

// At '['.
bool Parser::IsPatternComprehensionAhead() const {
  const bool named = IsNameToken(Peek(1)) && Peek(2).kind == TokenKind::kEqual;
  return IsPathShape(position_ + (named ? 3 : 1), /*condition=*/true) && HasAtThisLevel(position_, TokenKind::kPipe);
}

// At '['.
bool Parser::IsListComprehensionAhead() const {
  return IsNameToken(Peek(1)) && Peek(2).keyword == Keyword::kIn && !HasAtThisLevel(position_, TokenKind::kComma);
}

// At EXISTS, COUNT or COLLECT.
bool Parser::IsSubqueryAhead() const {
  const bool is_exists = At(Keyword::kExists) && NextIs(TokenKind::kLeftParen);
  if (is_exists && (Peek(2).keyword == Keyword::kMatch || Peek(2).keyword == Keyword::kOptional)) return true;
  if (!NextIs(TokenKind::kLeftBrace)) return false;
  const Token& first = Peek(2);
  if (first.kind == TokenKind::kDot || first.kind == TokenKind::kRightBrace) return false;
  const TokenKind second = Peek(3).kind;
  return !(IsWordToken(first) &&
           (second == TokenKind::kColon || second == TokenKind::kComma || second == TokenKind::kRightBrace));
}

// Inside the braces of a subquery: a pattern without MATCH?
bool Parser::IsBarePatternAhead() const {
  if (At(TokenKind::kLeftParen) || At(TokenKind::kMinus) || At(TokenKind::kLess)) return true;
  if (IsNameToken(Peek()) && NextIs(TokenKind::kEqual)) return true;
  switch (Peek().keyword) {
    case Keyword::kRepeatable:
    case Keyword::kDifferent:
    case Keyword::kShortestPath:
    case Keyword::kAllShortestPaths:
      return true;
    default:
      return IsPathPrefixAhead();
  }
}

bool Parser::IsPathPrefixAhead() const {
  switch (Peek().keyword) {
    case Keyword::kWalk:
    case Keyword::kTrail:
    case Keyword::kSimple:
    case Keyword::kAcyclic:
    case Keyword::kAll:
    case Keyword::kAny:
    case Keyword::kShortest:
      return true;
    default:
      return false;
  }
}

// At ALL after RETURN or WITH: the opposite of DISTINCT, or a variable of that name?
bool Parser::IsAllQuantifierAhead() const {
  const Token& next = Peek(1);
  switch (next.kind) {
    case TokenKind::kQuotedName:
    case TokenKind::kParameter:
    case TokenKind::kString:
    case TokenKind::kInteger:
    case TokenKind::kFloat:
      return true;
    case TokenKind::kStar:  // RETURN ALL *, but not ALL * 2 or ALL * x
      switch (Peek(2).keyword) {
        case Keyword::kFilter:
        case Keyword::kFor:
        case Keyword::kGroup:
        case Keyword::kLet:
        case Keyword::kOffset:
          return true;
        default:
          break;
      }
      switch (Peek(2).kind) {
        case TokenKind::kEnd:
        case TokenKind::kComma:
        case TokenKind::kSemicolon:
        case TokenKind::kRightBrace:
        case TokenKind::kRightParen:
          return true;
        default:
          return IsReserved(Peek(2).keyword);
      }
    case TokenKind::kName:
      return !IsReserved(next.keyword) || next.keyword == Keyword::kCase || next.keyword == Keyword::kNot ||
             next.keyword == Keyword::kNull || next.keyword == Keyword::kTrue || next.keyword == Keyword::kFalse;
    default:
      return false;
  }
}

// At a name: does `a.b.c(` follow?
bool Parser::IsCallAhead() const {
  size_t ahead = 1;
  while (Peek(ahead).kind == TokenKind::kDot && IsWordToken(Peek(ahead + 1))) ahead += 2;
  return Peek(ahead).kind == TokenKind::kLeftParen;
}

}  // namespace dossier::ast
