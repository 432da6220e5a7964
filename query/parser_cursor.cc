#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/parser_internal.h"

namespace dossier::ast {
namespace {

// How an error names what it found: the word itself where there is one.
std::string Describe(const Token& token, std::string_view written) {
  constexpr size_t kLongest = 40;
  switch (token.kind) {
    case TokenKind::kName:
    case TokenKind::kQuotedName:
    case TokenKind::kParameter:
    case TokenKind::kInteger:
    case TokenKind::kFloat:
      if (written.size() <= kLongest) return StrCat("'", written, "'");
      return std::string(TokenKindText(token.kind));
    case TokenKind::kString:
      if (written.size() <= kLongest) return StrCat("string ", written);
      return "string";
    default:
      return std::string(TokenKindText(token.kind));
  }
}

struct ForeignWord {
  std::string_view word;
  std::string_view hint;
};

constexpr ForeignWord kForeignWords[] = {
    {"LIKE", "compare texts with STARTS WITH, ENDS WITH, CONTAINS or =~"},
    {"ILIKE", "compare texts with STARTS WITH, ENDS WITH, CONTAINS or =~"},
    {"BETWEEN", "write a <= x <= b"},
    {"FROM", "the pattern after MATCH says where rows come from"},
    {"HAVING", "pass rows on with WITH ... WHERE ..."},
    {"JOIN", "paths that share a name are joined: MATCH (a)-->(b), (b)-->(c)"},
    {"DIV", "the operator / divides integers without a remainder"},
    {"MOD", "the remainder is written %"},
    {"TOP", "write LIMIT at the end"},
    {"IF", "write CASE WHEN ... THEN ... ELSE ... END"},
    {"ELSE", "write CASE WHEN ... THEN ... ELSE ... END"},
    {"SHOW", "CALL db.labels(), db.relationshipTypes(), db.propertyKeys() and db.procedures() list what there is"},
    {"DESCRIBE", "CALL db.labels(), db.relationshipTypes(), db.propertyKeys() and db.procedures() list what there is"},
    {"START", "a query begins with MATCH"},
    {"CYPHER", "leave it out: there is one language"},
};

}  // namespace

std::string_view HintForForeignWord(std::string_view word) {
  for (const ForeignWord& foreign : kForeignWords) {
    if (EqualsIgnoringAsciiCase(foreign.word, word)) return foreign.hint;
  }
  return "";
}

absl::Status Parser::Expect(TokenKind kind) {
  if (Accept(kind)) return absl::OkStatus();
  return Unexpected(TokenKindText(kind));
}

absl::Status Parser::Expect(Keyword keyword) {
  if (Accept(keyword)) return absl::OkStatus();
  return Unexpected(KeywordText(keyword), {std::string(KeywordText(keyword))});
}

SourceSpan Parser::Since(SourcePosition begin) const {
  return {begin, position_ == 0 ? begin : tokens_[position_ - 1].span.end};
}

std::string_view Parser::TextOf(const SourceSpan& span) const {
  return text_.substr(span.begin.offset, span.end.offset - span.begin.offset);
}

absl::Status Parser::Error(int number, const SourceSpan& place, std::string cause, std::string rule, std::string hint) {
  Diagnostic diagnostic;
  diagnostic.number = number;
  diagnostic.place = place;
  diagnostic.cause = std::move(cause);
  diagnostic.rule = std::move(rule);
  diagnostic.hint = std::move(hint);
  return ToStatus(absl::StatusCode::kInvalidArgument, diagnostic);
}

absl::Status Parser::Unsupported(const SourceSpan& place, std::string what, std::string hint) const {
  return Error(kUnsupportedSyntax, place, std::move(what), "the language is a read subset of GQL", std::move(hint));
}

absl::Status Parser::Unexpected(std::string_view expected, const std::vector<std::string>& words) const {
  const Token& token = Peek();
  std::string hint;
  if (token.kind == TokenKind::kName) {
    hint = HintForForeignWord(token.text);
    const std::string closest = ClosestName(token.text, words);
    if (hint.empty() && !closest.empty() && !EqualsIgnoringAsciiCase(closest, token.text))
      hint = StrCat("did you mean ", closest, "?");
    if (hint.empty() && expected.find("name") != std::string_view::npos && IsReserved(token.keyword)) {
      hint = StrCat("a name that is also a word of the language needs backquotes: `", token.text, "`");
    }
  } else if (token.kind == TokenKind::kExclamation && NextIs(TokenKind::kEqual)) {
    hint = "'is not equal' is written <>";
  } else if (token.kind == TokenKind::kExclamation && NextIs(TokenKind::kLeftParen)) {
    hint = "'not' is written NOT";
  } else if (position_ > 0 && tokens_[position_ - 1].kind == TokenKind::kEqual && token.kind == TokenKind::kGreater) {
    hint = "'greater or equal' is written >=";
  } else if (position_ > 0 && tokens_[position_ - 1].kind == TokenKind::kEqual && token.kind == TokenKind::kLess) {
    hint = "'less or equal' is written <=";
  } else if (token.kind == TokenKind::kQuestion) {
    hint = "a choice is written CASE WHEN ... THEN ... ELSE ... END, the first value that is not null coalesce(a, b)";
  } else if (token.kind == TokenKind::kRightBrace && position_ > 1 && IsNameToken(tokens_[position_ - 1]) &&
             tokens_[position_ - 2].kind == TokenKind::kLeftBrace) {
    hint = StrCat("a parameter is written $", tokens_[position_ - 1].text);
  } else if (token.kind == TokenKind::kComma && IsParenthesisAfterIn()) {
    hint = "a list stands in brackets: IN ['a', 'b']";
  } else if (token.kind == TokenKind::kLeftBrace && position_ > 0 &&
             (tokens_[position_ - 1].kind == TokenKind::kGreater || tokens_[position_ - 1].kind == TokenKind::kMinus)) {
    hint = "a quantifier is {2}, {1,3}, {1,} or {,3}";
  } else if (token.kind == TokenKind::kColon && position_ == 0) {
    hint = "commands of a shell are none of the language; the value of $name is given with --param name=value";
  } else if (token.kind == TokenKind::kEqual && position_ > 0 && tokens_[position_ - 1].kind == TokenKind::kEqual) {
    hint = "'is equal' is written with one =";
  } else if (token.kind == TokenKind::kAmpersand && NextIs(TokenKind::kAmpersand)) {
    hint = "'and' is written AND";
  } else if ((token.kind == TokenKind::kRightParen || token.kind == TokenKind::kRightBracket ||
              token.kind == TokenKind::kRightBrace) &&
             token.partner < 0) {
    hint = OpenBracket();
    if (hint.empty()) hint = StrCat("no bracket is open that ", TokenKindText(token.kind), " could close");
  } else if (token.kind == TokenKind::kTilde) {
    hint = "undirected edges are not part of the language; write -[...]- for either direction";
  } else if (token.kind == TokenKind::kEnd) {
    hint = OpenBracket();
    return Error(kUnexpectedEnd, token.span, StrCat("the query ends where ", expected, " is expected"), "", hint);
  }
  return Error(kUnexpectedToken, token.span, StrCat("unexpected ", Describe(token, TextOf(token.span))),
               StrCat("expected here: ", expected), hint);
}

// The innermost bracket that is open here and never closed: the likeliest reason where something is missing.
std::string Parser::OpenBracket() const {
  for (size_t i = position_; i-- > 0;) {
    const Token& open = tokens_[i];
    const bool opens = open.kind == TokenKind::kLeftParen || open.kind == TokenKind::kLeftBracket ||
                       open.kind == TokenKind::kLeftBrace;
    if (!opens || open.partner >= 0) continue;
    return StrCat(TokenKindText(open.kind), " at ", open.span.begin.line, ":", open.span.begin.column,
                  " is never closed");
  }
  return "";
}

// Whether the innermost parenthesis that is open here stands right after IN.
bool Parser::IsParenthesisAfterIn() const {
  int depth = 0;
  for (size_t i = position_; i-- > 0;) {
    if (tokens_[i].kind == TokenKind::kRightParen) ++depth;
    if (tokens_[i].kind == TokenKind::kLeftParen && depth-- == 0)
      return i > 0 && tokens_[i - 1].keyword == Keyword::kIn;
  }
  return false;
}

absl::Status Parser::CheckNesting() const {
  if (nesting_ <= kMaxNesting) return absl::OkStatus();
  return Error(kNestedTooDeep, Peek().span, StrCat("nested more than ", kMaxNesting, " levels deep"),
               "the parser follows no deeper nesting", "take the query apart with LET or WITH");
}

bool Parser::IsNameToken(const Token& token) {
  return token.kind == TokenKind::kQuotedName || (token.kind == TokenKind::kName && !IsReserved(token.keyword));
}

bool Parser::IsWordToken(const Token& token) {
  return token.kind == TokenKind::kQuotedName || token.kind == TokenKind::kName;
}

absl::StatusOr<Name> Parser::ParseName(std::string_view what) {
  if (!IsNameToken(Peek())) return Unexpected(what);
  Name name{Peek().text, Peek().span};
  Skip();
  return name;
}

absl::StatusOr<Name> Parser::ParseWord(std::string_view what) {
  if (!IsWordToken(Peek())) return Unexpected(what);
  Name name{Peek().text, Peek().span};
  Skip();
  return name;
}

absl::StatusOr<std::vector<Name>> Parser::ParseDottedName(std::string_view what) {
  std::vector<Name> parts;
  ASSIGN_OR_RETURN(Name first, ParseName(what));
  parts.push_back(std::move(first));
  while (Accept(TokenKind::kDot)) {
    ASSIGN_OR_RETURN(Name part, ParseWord("a name after '.'"));
    parts.push_back(std::move(part));
  }
  return parts;
}

absl::StatusOr<std::vector<Name>> Parser::ParseNamesUntil(TokenKind close) {
  std::vector<Name> names;
  if (Accept(close)) return names;
  do {
    ASSIGN_OR_RETURN(Name name, ParseName("the name of a variable"));
    names.push_back(std::move(name));
  } while (Accept(TokenKind::kComma));
  RETURN_IF_ERROR(Expect(close));
  return names;
}

absl::StatusOr<ExpressionPtr> Parser::Make(SourcePosition begin, int children_height, Expression::Node node) {
  const SourceSpan span = Since(begin);
  const int height = children_height + 1;
  if (height > kMaxTreeHeight) {
    return Error(kExpressionTooLarge, span, StrCat("this expression is more than ", kMaxTreeHeight, " levels high"),
                 "a chain of operators counts a level for each",
                 "take it apart with LET or WITH, or make a list of it: 'x IN [...]'");
  }
  highest_ = std::max(highest_, height);
  auto expression = std::make_unique<Expression>();
  expression->node = std::move(node);
  expression->span = span;
  expression->height = height;
  return expression;
}

}  // namespace dossier::ast
