#include "query/parser.h"

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/lexer.h"
#include "query/parser_internal.h"

namespace dossier {

absl::StatusOr<ast::Query> ParseQuery(std::string_view text) {
  ASSIGN_OR_RETURN(std::vector<Token> tokens, Tokenize(text));
  return ast::Parser(text, std::move(tokens)).ParseWholeQuery();
}

absl::StatusOr<ast::ExpressionPtr> ParseExpression(std::string_view text) {
  ASSIGN_OR_RETURN(std::vector<Token> tokens, Tokenize(text));
  return ast::Parser(text, std::move(tokens)).ParseWholeExpression();
}

namespace ast {
namespace {

bool IsReturn(const Clause& clause) {
  const auto* projection = clause.As<ProjectionClause>();
  return projection != nullptr && projection->kind == ProjectionClause::Kind::kReturn;
}

}  // namespace

absl::StatusOr<Query> Parser::ParseWholeQuery() {
  if (At(TokenKind::kEnd) || (At(TokenKind::kSemicolon) && NextIs(TokenKind::kEnd))) {
    return Error(kEmptyQuery, Peek().span, "the query is empty", "", "for example: MATCH (n) RETURN n LIMIT 10");
  }
  const SourcePosition begin = Here();
  Query::Explain explain = Query::Explain::kNone;
  if (Accept(Keyword::kExplain)) {
    explain = Query::Explain::kExplain;
  } else if (Accept(Keyword::kProfile)) {
    explain = Query::Explain::kProfile;
  }
  std::optional<View> view;
  if (At(Keyword::kUse)) {
    ASSIGN_OR_RETURN(view, ParseView());
  }
  ASSIGN_OR_RETURN(Query query, ParseQueryBody(QueryPlace::kWhole));
  query.explain = explain;
  query.view = std::move(view);
  query.span = Since(begin);
  if (Accept(TokenKind::kSemicolon) && !At(TokenKind::kEnd)) {
    return Error(kUnexpectedToken, Peek().span, "there is more text after the ';'", "one query at a time", "");
  }
  if (!At(TokenKind::kEnd)) return RefuseClause();
  return query;
}

absl::StatusOr<ExpressionPtr> Parser::ParseWholeExpression() {
  ASSIGN_OR_RETURN(ExpressionPtr expression, ParseCondition());
  if (!At(TokenKind::kEnd)) return Unexpected("an operator, or the end of the expression");
  return expression;
}

// USE certainty('possible'), valid_at('2015-12') AND without_asserter('x')
absl::StatusOr<View> Parser::ParseView() {
  const SourcePosition begin = Here();
  Skip();
  View view;
  do {
    if (!IsNameToken(Peek()) || !IsCallAhead()) {
      return Unexpected("a term of a view such as certainty('possible') or valid_at('2015-12')");
    }
    ASSIGN_OR_RETURN(ExpressionPtr term, ParseFunctionCall());
    view.terms.push_back(std::move(term));
  } while (Accept(TokenKind::kComma) || Accept(Keyword::kAnd));
  view.span = Since(begin);
  return view;
}

absl::StatusOr<Query> Parser::ParseQueryBody(QueryPlace place) {
  const SourcePosition begin = Here();
  Query query;
  for (;;) {
    ASSIGN_OR_RETURN(SingleQuery part, ParseSingleQuery(place));
    query.parts.push_back(std::move(part));
    const SourceSpan word = Peek().span;
    if (!Accept(Keyword::kUnion)) break;
    bool all = false;
    if (Accept(Keyword::kAll)) {
      all = true;
    } else {
      Accept(Keyword::kDistinct);
    }
    if (query.parts.size() > 1 && all != query.union_all) {
      return Error(kMixedUnion, word, "UNION and UNION ALL in one query",
                   "the parts of a query are joined in one way, as the order of mixed joins would matter",
                   "join some of them in a subquery: CALL { ... }");
    }
    query.union_all = all;
  }
  query.span = Since(begin);
  return query;
}

absl::StatusOr<SingleQuery> Parser::ParseSingleQuery(QueryPlace place) {
  const SourcePosition begin = Here();
  SingleQuery query;
  may_follow_ = "";
  do {
    if (!query.clauses.empty() && IsReturn(query.clauses.back())) {
      if (!AtClauseStart()) return RefuseClause();
      return Error(kClauseOrder, Peek().span, "another clause after RETURN", "RETURN ends a query",
                   "pass rows on with WITH, or join two queries with UNION");
    }
    ASSIGN_OR_RETURN(Clause clause, ParseClause());
    query.clauses.push_back(std::move(clause));
  } while (!AtClauseEnd());
  query.span = Since(begin);
  RETURN_IF_ERROR(CheckOrder(query, place));
  return query;
}

absl::Status Parser::CheckOrder(const SingleQuery& query, QueryPlace place) const {
  const Clause& last = query.clauses.back();
  if (IsReturn(last) || place == QueryPlace::kSubqueryWithoutReturn) return absl::OkStatus();
  // A procedure alone gives back all its columns.
  if (query.clauses.size() == 1 && last.As<CallClause>() != nullptr) return absl::OkStatus();
  return Error(kClauseOrder, last.span, "the query has no RETURN at its end", "a query says what it gives back",
               "add RETURN ..., for example RETURN *");
}

// { query } or, after EXISTS, ( query ); or { pattern [WHERE condition] } where a RETURN is not needed.
absl::StatusOr<std::unique_ptr<Query>> Parser::ParseBracedQuery(QueryPlace place) {
  const Nesting nesting(this);
  RETURN_IF_ERROR(CheckNesting());
  const bool parentheses = place == QueryPlace::kSubqueryWithoutReturn && At(TokenKind::kLeftParen);
  RETURN_IF_ERROR(Expect(parentheses ? TokenKind::kLeftParen : TokenKind::kLeftBrace));
  auto query = std::make_unique<Query>();
  if (place == QueryPlace::kSubqueryWithoutReturn && IsBarePatternAhead()) {
    ASSIGN_OR_RETURN(GraphPattern pattern, ParseGraphPattern());
    const SourceSpan span = pattern.span;
    Clause clause;
    clause.node = MatchClause{.optional = false, .pattern = std::move(pattern)};
    clause.span = span;
    query->parts.emplace_back();
    query->parts.back().clauses.push_back(std::move(clause));
    query->parts.back().span = span;
    query->span = span;
  } else {
    ASSIGN_OR_RETURN(*query, ParseQueryBody(place));
  }
  RETURN_IF_ERROR(Expect(parentheses ? TokenKind::kRightParen : TokenKind::kRightBrace));
  return query;
}

}  // namespace ast
}  // namespace dossier
