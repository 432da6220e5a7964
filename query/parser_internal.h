// The parser itself, for the parser_*.cc files alone. One pass from left to right by recursive descent; operators
// by precedence climbing. It never backs up: where two readings begin alike, a look ahead of bounded cost decides,
// helped by the lexer having tied each bracket to its partner (parser_lookahead.cc lists those places). So the work is
// in proportion to the text.
//
//   parser.cc             whole queries: EXPLAIN, USE, UNION, what may follow what
//   parser_clause.cc      one clause
//   parser_pattern.cc     paths: prefixes, alternatives, nodes, edges, quantifiers; labels
//   parser_expression.cc  operators
//   parser_atom.cc        what operators stand between: literals, calls, CASE, subqueries
//   parser_bracket.cc     lists, maps and comprehensions
//   parser_lookahead.cc   which of two readings it is
//   parser_cursor.cc      the token list and the words of errors
#ifndef DOSSIER_QUERY_PARSER_INTERNAL_H_
#define DOSSIER_QUERY_PARSER_INTERNAL_H_

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "query/ast.h"
#include "query/parser.h"
#include "query/token.h"

namespace dossier::ast {

// What to write instead of a word that other languages have here; empty for other words.
std::string_view HintForForeignWord(std::string_view word);

class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens) : text_(text), tokens_(std::move(tokens)) {}

  absl::StatusOr<Query> ParseWholeQuery();
  absl::StatusOr<ExpressionPtr> ParseWholeExpression();

 private:
  // What an expression inherits from where it stands.
  struct Context {
    bool condition = false;        // may a path pattern stand here as a condition?
    bool bar_ends_labels = false;  // does `|` after a label belong to the comprehension around it?
  };

  // Counts a level of nesting for as long as it lives; ask CheckNesting() after making one.
  class Nesting {
   public:
    explicit Nesting(Parser* parser) : parser_(parser) { ++parser_->nesting_; }
    ~Nesting() { --parser_->nesting_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Parser* parser_;
  };

  // What a subquery may leave out.
  enum class QueryPlace { kWhole, kSubquery, kSubqueryWithoutReturn };

  // --- parser_cursor.cc ---
  const Token& Peek(size_t ahead = 0) const { return tokens_[std::min(position_ + ahead, tokens_.size() - 1)]; }
  bool At(TokenKind kind) const { return Peek().kind == kind; }
  bool At(Keyword keyword) const { return Peek().keyword == keyword; }
  bool NextIs(TokenKind kind) const { return Peek(1).kind == kind; }
  bool NextIs(Keyword keyword) const { return Peek(1).keyword == keyword; }
  void Skip(size_t count = 1) { position_ = std::min(position_ + count, tokens_.size() - 1); }
  template <typename KindOrKeyword>
  bool Accept(KindOrKeyword wanted) {
    if (!At(wanted)) return false;
    Skip();
    return true;
  }
  absl::Status Expect(TokenKind kind);
  absl::Status Expect(Keyword keyword);

  SourcePosition Here() const { return Peek().span.begin; }
  // From `begin` to the end of the last token taken.
  SourceSpan Since(SourcePosition begin) const;
  std::string_view TextOf(const SourceSpan& span) const;

  // "found X, expected Y"; a word close to one of `words` brings "did you mean ...?".
  absl::Status Unexpected(std::string_view expected, const std::vector<std::string>& words = {}) const;
  static absl::Status Error(int number, const SourceSpan& place, std::string cause, std::string rule = "",
                            std::string hint = "");
  absl::Status Unsupported(const SourceSpan& place, std::string what, std::string hint) const;
  absl::Status CheckNesting() const;

  static bool IsNameToken(const Token& token);  // may be a variable
  static bool IsWordToken(const Token& token);  // any word: may be a label or a property
  absl::StatusOr<Name> ParseName(std::string_view what);
  absl::StatusOr<Name> ParseWord(std::string_view what);
  absl::StatusOr<std::vector<Name>> ParseDottedName(std::string_view what);
  absl::StatusOr<std::vector<Name>> ParseNamesUntil(TokenKind close);

  // --- parser_lookahead.cc ---
  bool IsNodeShape(size_t at) const;
  bool IsPathShape(size_t at, bool condition) const;
  bool HasAtThisLevel(size_t open, TokenKind kind) const;
  bool IsParenthesizedPathAhead() const;
  bool IsPatternComprehensionAhead() const;
  bool IsListComprehensionAhead() const;
  bool IsSubqueryAhead() const;
  bool IsBarePatternAhead() const;
  bool IsPathPrefixAhead() const;
  bool IsAllQuantifierAhead() const;
  bool IsCallAhead() const;

  // --- parser.cc ---
  absl::StatusOr<Query> ParseQueryBody(QueryPlace place);
  absl::StatusOr<SingleQuery> ParseSingleQuery(QueryPlace place);
  absl::Status CheckOrder(const SingleQuery& query, QueryPlace place) const;
  absl::StatusOr<View> ParseView();
  absl::StatusOr<std::unique_ptr<Query>> ParseBracedQuery(QueryPlace place);

  // --- parser_clause.cc ---
  bool AtClauseStart() const;
  bool AtClauseEnd() const;
  std::string OpenBracket() const;
  bool IsParenthesisAfterIn() const;
  absl::StatusOr<Clause> ParseClause();
  absl::Status RefuseClause() const;
  absl::StatusOr<MatchClause> ParseMatch(bool optional);
  absl::StatusOr<ProjectionClause> ParseProjection(ProjectionClause::Kind kind);
  absl::StatusOr<ProjectionItem> ParseProjectionItem();
  absl::StatusOr<OrderAndPage> ParseOrderAndPage();
  absl::StatusOr<SortItem> ParseSortItem();
  absl::StatusOr<LetClause> ParseLet();
  absl::StatusOr<FilterClause> ParseFilter();
  absl::StatusOr<ForClause> ParseFor();
  absl::StatusOr<ForClause> ParseUnwind();
  absl::StatusOr<Clause> ParseCall(bool optional);
  absl::StatusOr<SubqueryClause> ParseCallSubquery(bool optional);
  absl::Status ParseYield(CallClause* call);

  // --- parser_pattern.cc ---
  absl::StatusOr<GraphPattern> ParseGraphPattern();
  absl::Status ParseMatchMode(GraphPattern* pattern);
  absl::StatusOr<PathPattern> ParsePathPattern(bool alternatives);
  absl::StatusOr<PathPattern> ParseShortestPathFunction();
  absl::StatusOr<PathPrefix> ParsePathPrefix();
  bool AcceptPathMode(std::optional<PathMode>* mode);
  absl::StatusOr<ExpressionPtr> ParsePathCount();
  absl::StatusOr<PathAlternatives> ParsePathAlternatives(bool alternatives);
  absl::StatusOr<PathTerm> ParsePathTerm();
  absl::StatusOr<PathFactor> ParsePathFactor();
  absl::StatusOr<std::unique_ptr<ParenthesizedPath>> ParseParenthesizedPath();
  absl::StatusOr<PathFactor> ParseNode();
  absl::StatusOr<PathFactor> ParseEdge();
  absl::Status ParseElementFill(ElementFill* fill, std::optional<Quantifier>* var_length);
  absl::StatusOr<Quantifier> ParseVarLength();
  absl::Status ParseQuantifier(PathFactor* factor);
  absl::StatusOr<int64_t> ParseBound();
  absl::StatusOr<LabelExpression> ParseLabels(bool edge, bool bar_ends);
  absl::StatusOr<LabelExpression> ParseLabelConjunction(bool edge);
  absl::StatusOr<LabelExpression> ParseLabelFactor(bool edge);

  // --- parser_expression.cc ---
  absl::StatusOr<ExpressionPtr> ParseExpression(Context context);
  absl::StatusOr<ExpressionPtr> ParseValue() { return ParseExpression({}); }
  absl::StatusOr<ExpressionPtr> ParseCondition() { return ParseExpression({.condition = true}); }
  absl::StatusOr<ExpressionPtr> ParseOperators(int weakest);
  absl::StatusOr<ExpressionPtr> ParseLogical(ExpressionPtr first, LogicalOperator op, Keyword word, int level);
  absl::StatusOr<ExpressionPtr> ParseComparison(ExpressionPtr first);
  absl::StatusOr<ExpressionPtr> ParseIs(ExpressionPtr operand);
  absl::StatusOr<ExpressionPtr> ParsePrefixed();
  absl::StatusOr<ExpressionPtr> ParsePostfixed();
  absl::StatusOr<ExpressionPtr> ParseSubscript(ExpressionPtr object);

  // --- parser_atom.cc ---
  absl::StatusOr<ExpressionPtr> ParseAtom();
  absl::StatusOr<ExpressionPtr> ParseNamedAtom();
  absl::StatusOr<ExpressionPtr> ParseInteger(bool negative, SourcePosition begin);
  absl::StatusOr<ExpressionPtr> ParseParenthesized();
  absl::StatusOr<ExpressionPtr> ParseFunctionCall();
  absl::StatusOr<ExpressionPtr> ParseTypedLiteral(TypedLiteral::Type type);
  absl::StatusOr<ExpressionPtr> ParseCase();
  absl::StatusOr<ExpressionPtr> ParseQuantified(Quantified::Kind kind);
  absl::StatusOr<ExpressionPtr> ParseReduce();
  absl::StatusOr<ExpressionPtr> ParseSubquery(Subquery::Kind kind);
  absl::StatusOr<ExpressionPtr> ParsePatternPredicate();
  absl::StatusOr<ExpressionPtr> ParseShortestPathValue();

  // --- parser_bracket.cc ---
  absl::StatusOr<ExpressionPtr> ParseBracketed();
  absl::StatusOr<ExpressionPtr> ParseListLiteral();
  absl::StatusOr<ExpressionPtr> ParseListComprehension();
  absl::StatusOr<ExpressionPtr> ParsePatternComprehension();
  absl::StatusOr<MapLiteral> ParseMap(int* height);
  absl::StatusOr<ExpressionPtr> ParseMapLiteral();
  absl::StatusOr<ExpressionPtr> ParseMapProjection();

  // Every expression is made here: it gets its place and its height, and too high a tree ends here.
  absl::StatusOr<ExpressionPtr> Make(SourcePosition begin, int children_height, Expression::Node node);
  static int HeightOf(const ExpressionPtr& expression) { return expression == nullptr ? 0 : expression->height; }
  template <typename... More>
  static int HeightOf(const ExpressionPtr& first, const More&... more) {
    return std::max(HeightOf(first), HeightOf(more...));
  }

  // Runs `parse` and sets `height` to that of the highest expression in it: for what holds expressions without being
  // one.
  template <typename Parse>
  auto Measure(int* height, Parse parse) {
    const int outer = std::exchange(highest_, 0);
    auto result = parse();
    *height = highest_;
    highest_ = std::max(outer, highest_);
    return result;
  }

  const std::string_view text_;
  const std::vector<Token> tokens_;
  size_t position_ = 0;
  int nesting_ = 0;
  std::string_view may_follow_;  // what may stand after the clause just read, for messages; empty before the first
  int highest_ = 0;              // the greatest height made since the innermost Measure began
  Context context_;              // of the innermost expression
};

}  // namespace dossier::ast

#endif  // DOSSIER_QUERY_PARSER_INTERNAL_H_
