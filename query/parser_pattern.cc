// Paths, as in DESIGN.md section 4. Arrows are put together from single signs here:
//
//   edge ::= "<-[" fill "]-" [">"]  |  "-[" fill "]-" [">"]  |  "<--" [">"]  |  "--" [">"]  |  "<->"  |  "<-"  |  "->"
//   |  "-"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/parser_internal.h"

namespace dossier::ast {

absl::StatusOr<GraphPattern> Parser::ParseGraphPattern() {
  const SourcePosition begin = Here();
  GraphPattern pattern;
  RETURN_IF_ERROR(ParseMatchMode(&pattern));
  do {
    ASSIGN_OR_RETURN(PathPattern path, ParsePathPattern(/*alternatives=*/true));
    pattern.paths.push_back(std::move(path));
  } while (Accept(TokenKind::kComma));
  if (Accept(Keyword::kKeep)) {
    if (!IsPathPrefixAhead()) return Unexpected("ALL, ANY, SHORTEST or a path mode");
    ASSIGN_OR_RETURN(pattern.keep, ParsePathPrefix());
    for (const PathPattern& path : pattern.paths) {
      if (!path.prefix.has_value() || !path.prefix->has_selector) continue;
      return Error(kInvalidPattern, path.prefix->span, "a selector on a path and KEEP as well",
                   "KEEP gives every path of the clause its selector", "leave one of them out");
    }
  }
  if (Accept(Keyword::kWhere)) {
    ASSIGN_OR_RETURN(pattern.where, ParseCondition());
  }
  pattern.span = Since(begin);
  return pattern;
}

absl::Status Parser::ParseMatchMode(GraphPattern* pattern) {
  if (At(Keyword::kRepeatable) && (NextIs(Keyword::kElements) || NextIs(Keyword::kElement))) {
    Skip();
    if (Accept(Keyword::kElement)) {
      Accept(Keyword::kBindings);
    } else {
      Skip();
    }
    pattern->mode = MatchMode::kRepeatableElements;
  } else if (At(Keyword::kDifferent) && (NextIs(Keyword::kEdges) || NextIs(Keyword::kEdge) ||
                                         NextIs(Keyword::kRelationships) || NextIs(Keyword::kRelationship))) {
    Skip();
    const bool singular = At(Keyword::kEdge) || At(Keyword::kRelationship);
    Skip();
    if (singular) Accept(Keyword::kBindings);
    pattern->mode = MatchMode::kDifferentEdges;
  } else if ((At(Keyword::kRepeatable) || At(Keyword::kDifferent)) && !NextIs(TokenKind::kEqual)) {
    const bool repeatable = At(Keyword::kRepeatable);
    Skip();
    return repeatable ? Unexpected("ELEMENTS", {"ELEMENTS"}) : Unexpected("EDGES", {"EDGES"});
  }
  return absl::OkStatus();
}

// `alternatives`: may `|` part several paths here? (Not in an expression, where it may belong to a comprehension.)
absl::StatusOr<PathPattern> Parser::ParsePathPattern(bool alternatives) {
  const Nesting nesting(this);
  RETURN_IF_ERROR(CheckNesting());
  const SourcePosition begin = Here();
  PathPattern pattern;
  if (IsNameToken(Peek()) && NextIs(TokenKind::kEqual)) {
    ASSIGN_OR_RETURN(pattern.variable, ParseName("the name of a path"));
    Skip();
  }
  const bool function = At(Keyword::kShortestPath) || At(Keyword::kAllShortestPaths);
  if (function && NextIs(TokenKind::kLeftParen)) {
    std::optional<Name> variable = std::move(pattern.variable);
    ASSIGN_OR_RETURN(pattern, ParseShortestPathFunction());
    pattern.variable = std::move(variable);
  } else {
    if (IsPathPrefixAhead()) {
      ASSIGN_OR_RETURN(pattern.prefix, ParsePathPrefix());
    }
    ASSIGN_OR_RETURN(pattern.path, ParsePathAlternatives(alternatives));
  }
  pattern.span = Since(begin);
  return pattern;
}

// shortestPath((a)-[*]-(b)), allShortestPaths(...)
absl::StatusOr<PathPattern> Parser::ParseShortestPathFunction() {
  const Nesting nesting(this);
  RETURN_IF_ERROR(CheckNesting());
  const SourcePosition begin = Here();
  PathPattern pattern;
  pattern.function_form = true;
  pattern.prefix.emplace();
  pattern.prefix->has_selector = true;
  pattern.prefix->selector =
      At(Keyword::kShortestPath) ? PathPrefix::Selector::kAnyShortest : PathPrefix::Selector::kAllShortest;
  Skip();
  pattern.prefix->span = Since(begin);
  RETURN_IF_ERROR(Expect(TokenKind::kLeftParen));
  ASSIGN_OR_RETURN(pattern.path, ParsePathAlternatives(/*alternatives=*/false));
  RETURN_IF_ERROR(Expect(TokenKind::kRightParen));
  pattern.span = Since(begin);
  return pattern;
}

bool Parser::AcceptPathMode(std::optional<PathMode>* mode) {
  if (Accept(Keyword::kWalk)) {
    *mode = PathMode::kWalk;
  } else if (Accept(Keyword::kTrail)) {
    *mode = PathMode::kTrail;
  } else if (Accept(Keyword::kSimple)) {
    *mode = PathMode::kSimple;
  } else if (Accept(Keyword::kAcyclic)) {
    *mode = PathMode::kAcyclic;
  } else {
    return false;
  }
  return true;
}

// An integer or a parameter, or null where neither stands here.
absl::StatusOr<ExpressionPtr> Parser::ParsePathCount() {
  if (At(TokenKind::kParameter)) return ParseAtom();
  if (!At(TokenKind::kInteger)) return nullptr;
  if (Peek().integer == 0) {
    return Error(kInvalidPattern, Peek().span, "zero paths are asked for", "a selector keeps at least one path", "");
  }
  return ParseAtom();
}

absl::StatusOr<PathPrefix> Parser::ParsePathPrefix() {
  const SourcePosition begin = Here();
  PathPrefix prefix;
  bool bare_shortest = false;
  if (Accept(Keyword::kAll)) {
    prefix.has_selector = true;
    if (Accept(Keyword::kShortest)) prefix.selector = PathPrefix::Selector::kAllShortest;
  } else if (Accept(Keyword::kAny)) {
    prefix.has_selector = true;
    if (Accept(Keyword::kShortest)) {
      prefix.selector = PathPrefix::Selector::kAnyShortest;
    } else {
      prefix.selector = PathPrefix::Selector::kAny;
      ASSIGN_OR_RETURN(prefix.count, ParsePathCount());
    }
  } else if (Accept(Keyword::kShortest)) {
    prefix.has_selector = true;
    prefix.selector = PathPrefix::Selector::kShortest;
    ASSIGN_OR_RETURN(prefix.count, ParsePathCount());
    bare_shortest = true;
  }
  AcceptPathMode(&prefix.mode);
  if (!Accept(Keyword::kPath)) Accept(Keyword::kPaths);
  if (bare_shortest && (Accept(Keyword::kGroup) || Accept(Keyword::kGroups))) {
    prefix.selector = PathPrefix::Selector::kShortestGroups;
  }
  prefix.span = Since(begin);
  if (prefix.selector == PathPrefix::Selector::kShortest && prefix.count == nullptr) {
    return Error(kInvalidPattern, prefix.span, "SHORTEST does not say how many",
                 "SHORTEST takes a count of paths, or GROUP",
                 "write ANY SHORTEST, ALL SHORTEST, SHORTEST 1 or SHORTEST GROUP");
  }
  if (IsPathPrefixAhead()) {
    return Error(kInvalidPattern, Peek().span, StrCat("unexpected ", KeywordText(Peek().keyword)),
                 "a prefix is a selector, then a mode, then PATH or PATHS: ALL SHORTEST TRAIL PATHS", "");
  }
  return prefix;
}

absl::StatusOr<PathAlternatives> Parser::ParsePathAlternatives(bool alternatives) {
  const SourcePosition begin = Here();
  PathAlternatives path;
  for (;;) {
    ASSIGN_OR_RETURN(PathTerm term, ParsePathTerm());
    path.terms.push_back(std::move(term));
    if (!alternatives || !At(TokenKind::kPipe)) break;
    const bool multiset = NextIs(TokenKind::kPlus) && Peek(2).kind == TokenKind::kPipe;
    const auto kind = multiset ? PathAlternatives::Kind::kMultiset : PathAlternatives::Kind::kSet;
    if (path.terms.size() > 1 && kind != path.kind) {
      return Error(kInvalidPattern, Peek().span, "| and |+| side by side", "alternatives are joined in one way",
                   "put parentheses around some of them");
    }
    path.kind = kind;
    Skip(multiset ? 3 : 1);
  }
  path.span = Since(begin);
  return path;
}

absl::StatusOr<PathTerm> Parser::ParsePathTerm() {
  const SourcePosition begin = Here();
  PathTerm term;
  for (;;) {
    const bool edge =
        At(TokenKind::kMinus) || (At(TokenKind::kLess) && (NextIs(TokenKind::kMinus) || NextIs(TokenKind::kTilde)));
    if (!edge && !At(TokenKind::kLeftParen) && !At(TokenKind::kTilde)) break;
    ASSIGN_OR_RETURN(PathFactor factor, ParsePathFactor());
    term.factors.push_back(std::move(factor));
  }
  if (term.factors.empty()) {
    return Unexpected("a path such as (a)-[:R]->(b), its nodes in parentheses",
                      {"WALK", "TRAIL", "SIMPLE", "ACYCLIC", "ALL", "ANY", "SHORTEST", "REPEATABLE", "DIFFERENT"});
  }
  term.span = Since(begin);
  return term;
}

absl::StatusOr<PathFactor> Parser::ParsePathFactor() {
  const SourcePosition begin = Here();
  PathFactor factor;
  if (!At(TokenKind::kLeftParen)) {
    ASSIGN_OR_RETURN(factor, ParseEdge());
  } else if (IsParenthesizedPathAhead()) {
    ASSIGN_OR_RETURN(factor.element, ParseParenthesizedPath());
  } else {
    ASSIGN_OR_RETURN(factor, ParseNode());
  }
  RETURN_IF_ERROR(ParseQuantifier(&factor));
  factor.span = Since(begin);
  return factor;
}

absl::StatusOr<std::unique_ptr<ParenthesizedPath>> Parser::ParseParenthesizedPath() {
  const Nesting nesting(this);
  RETURN_IF_ERROR(CheckNesting());
  RETURN_IF_ERROR(Expect(TokenKind::kLeftParen));
  auto path = std::make_unique<ParenthesizedPath>();
  if (IsNameToken(Peek()) && NextIs(TokenKind::kEqual)) {
    ASSIGN_OR_RETURN(path->variable, ParseName("the name of a path"));
    Skip();
  }
  if (AcceptPathMode(&path->mode)) {
    if (!Accept(Keyword::kPath)) Accept(Keyword::kPaths);
  } else if (IsPathPrefixAhead()) {
    return Error(kInvalidPattern, Peek().span, StrCat(KeywordText(Peek().keyword), " inside a parenthesised path"),
                 "selectors choose among whole paths and stand in front of them",
                 "only a mode may stand here: WALK, TRAIL, SIMPLE, ACYCLIC");
  }
  ASSIGN_OR_RETURN(path->path, ParsePathAlternatives(/*alternatives=*/true));
  if (Accept(Keyword::kWhere)) {
    ASSIGN_OR_RETURN(path->where, ParseCondition());
  }
  RETURN_IF_ERROR(Expect(TokenKind::kRightParen));
  return path;
}

absl::StatusOr<PathFactor> Parser::ParseNode() {
  RETURN_IF_ERROR(Expect(TokenKind::kLeftParen));
  NodePattern node;
  RETURN_IF_ERROR(ParseElementFill(&node.fill, /*var_length=*/nullptr));
  RETURN_IF_ERROR(Expect(TokenKind::kRightParen));
  PathFactor factor;
  factor.element = std::move(node);
  return factor;
}

absl::StatusOr<PathFactor> Parser::ParseEdge() {
  const SourcePosition begin = Here();
  const bool left = Accept(TokenKind::kLess);
  if (At(TokenKind::kTilde)) {
    return Unsupported(Peek().span, "undirected edges (~) are not part of the language",
                       "every claim has a direction; write -[...]- for either one");
  }
  RETURN_IF_ERROR(Expect(TokenKind::kMinus));
  EdgePattern edge;
  PathFactor factor;
  bool right = false;
  if (At(TokenKind::kSlash)) {
    return Unsupported(Since(begin), "simplified path patterns (-/.../->) are not part of the language",
                       "write the edge out: -[:R]->");
  }
  if (Accept(TokenKind::kLeftBracket)) {
    RETURN_IF_ERROR(ParseElementFill(&edge.fill, &factor.quantifier));
    RETURN_IF_ERROR(Expect(TokenKind::kRightBracket));
    RETURN_IF_ERROR(Expect(TokenKind::kMinus));
    right = Accept(TokenKind::kGreater);
  } else {
    Accept(TokenKind::kMinus);  // `--`; a lone `-` is GQL's short form
    right = Accept(TokenKind::kGreater);
  }
  edge.direction = left == right ? EdgeDirection::kAny : left ? EdgeDirection::kLeft : EdgeDirection::kRight;
  factor.element = std::move(edge);
  return factor;
}

// [variable] [:labels] [*range] [{properties}] [WHERE condition]; the range only where `var_length` is not null.
absl::Status Parser::ParseElementFill(ElementFill* fill, std::optional<Quantifier>* var_length) {
  const Nesting nesting(this);
  RETURN_IF_ERROR(CheckNesting());
  if (IsNameToken(Peek())) {
    ASSIGN_OR_RETURN(fill->variable, ParseName("a variable"));
  }
  if (At(Keyword::kIs)) {
    return Unsupported(Peek().span, "IS in a pattern is not supported", "write a colon before the label: (n:Label)");
  }
  if (Accept(TokenKind::kColon)) {
    ASSIGN_OR_RETURN(fill->labels, ParseLabels(/*edge=*/var_length != nullptr, /*bar_ends=*/false));
  }
  if (var_length != nullptr && At(TokenKind::kStar)) {
    ASSIGN_OR_RETURN(*var_length, ParseVarLength());
  }
  if (At(TokenKind::kParameter)) {
    return Error(kParameterInPattern, Peek().span, "a parameter in place of the properties of a pattern",
                 "a pattern names its properties, so that the query can be planned", "write {name: $name}");
  }
  if (At(TokenKind::kLeftBrace)) {
    int height = 0;
    ASSIGN_OR_RETURN(fill->properties, ParseMap(&height));
  }
  if (Accept(Keyword::kWhere)) {
    ASSIGN_OR_RETURN(fill->where, ParseCondition());
  }
  const TokenKind close = var_length != nullptr ? TokenKind::kRightBracket : TokenKind::kRightParen;
  if (At(close)) return absl::OkStatus();
  std::string expected;
  if (!fill->variable.has_value() && !fill->labels.has_value()) expected = "a variable, ";
  if (!fill->labels.has_value()) expected += "':', ";
  if (!fill->properties.has_value()) expected += "'{', ";
  if (fill->where == nullptr) expected += "WHERE or ";
  return Unexpected(StrCat(expected, TokenKindText(close)), {"WHERE"});
}

// openCypher's *, *2, *1..3, *..3, *1..
absl::StatusOr<Quantifier> Parser::ParseVarLength() {
  const SourcePosition begin = Here();
  Skip();
  Quantifier quantifier;
  quantifier.var_length = true;
  quantifier.min = 1;
  const bool has_min = At(TokenKind::kInteger);
  if (has_min) {
    ASSIGN_OR_RETURN(quantifier.min, ParseBound());
  }
  if (Accept(TokenKind::kDotDot)) {
    if (At(TokenKind::kInteger)) {
      ASSIGN_OR_RETURN(quantifier.max, ParseBound());
    }
  } else if (has_min) {
    quantifier.max = quantifier.min;
  }
  quantifier.span = Since(begin);
  return quantifier;
}

absl::StatusOr<int64_t> Parser::ParseBound() {
  if (!At(TokenKind::kInteger)) return Unexpected("a number");
  if (Peek().integer > static_cast<uint64_t>(INT64_MAX)) {
    return Error(kInvalidQuantifier, Peek().span, "this bound does not fit into 64 bits", "", "");
  }
  const auto bound = static_cast<int64_t>(Peek().integer);
  Skip();
  return bound;
}

// *, +, ?, {n}, {n,m}, {n,}, {,m} after an edge or a parenthesised path.
absl::Status Parser::ParseQuantifier(PathFactor* factor) {
  const SourcePosition begin = Here();
  Quantifier quantifier;
  if (Accept(TokenKind::kStar)) {
    quantifier.min = 0;
  } else if (Accept(TokenKind::kPlus)) {
    quantifier.min = 1;
  } else if (Accept(TokenKind::kQuestion)) {
    quantifier.max = 1;
    quantifier.optional = true;
  } else if (At(TokenKind::kLeftBrace) && (NextIs(TokenKind::kInteger) || NextIs(TokenKind::kComma))) {
    Skip();
    const bool has_min = At(TokenKind::kInteger);
    if (has_min) {
      ASSIGN_OR_RETURN(quantifier.min, ParseBound());
    }
    if (!Accept(TokenKind::kComma)) {
      quantifier.max = quantifier.min;
    } else if (At(TokenKind::kInteger)) {
      ASSIGN_OR_RETURN(quantifier.max, ParseBound());
    }
    if (At(TokenKind::kDotDot)) {
      return Error(kInvalidQuantifier, Peek().span, "'..' in a quantifier", "bounds are parted by a comma",
                   "write {1,3}");
    }
    RETURN_IF_ERROR(Expect(TokenKind::kRightBrace));
  } else {
    return absl::OkStatus();
  }
  quantifier.span = Since(begin);
  if (factor->AsNode() != nullptr) {
    return Error(kInvalidQuantifier, quantifier.span, "a quantifier on a node",
                 "only edges and parenthesised paths repeat",
                 "put the node and its edge in parentheses: ((a)-->(b)){2}");
  }
  if (factor->quantifier.has_value()) {
    return Error(kInvalidQuantifier, quantifier.span, "two quantifiers on one edge", "an edge repeats by one rule",
                 "keep either the * inside the brackets or the quantifier after them");
  }
  if (quantifier.max.has_value() && *quantifier.max < quantifier.min) {
    return Error(kInvalidQuantifier, quantifier.span, "the upper bound is below the lower one",
                 "{from,to} counts upwards", "");
  }
  factor->quantifier = quantifier;
  return absl::OkStatus();
}

// A|B, A&B, A:B, !A, %, (A); `!` binds strongest, then & and :, then |. In an edge `|:` is also `|`. With `bar_ends` a
// | outside parentheses is left for whoever asked.
absl::StatusOr<LabelExpression> Parser::ParseLabels(bool edge, bool bar_ends) {
  const SourcePosition begin = Here();
  ASSIGN_OR_RETURN(LabelExpression first, ParseLabelConjunction(edge));
  if (bar_ends || !At(TokenKind::kPipe)) return first;
  LabelExpression labels;
  labels.kind = LabelExpression::Kind::kOr;
  labels.operands.push_back(std::move(first));
  while (Accept(TokenKind::kPipe)) {
    if (edge) Accept(TokenKind::kColon);
    ASSIGN_OR_RETURN(LabelExpression next, ParseLabelConjunction(edge));
    labels.operands.push_back(std::move(next));
  }
  labels.span = Since(begin);
  return labels;
}

absl::StatusOr<LabelExpression> Parser::ParseLabelConjunction(bool edge) {
  const SourcePosition begin = Here();
  ASSIGN_OR_RETURN(LabelExpression first, ParseLabelFactor(edge));
  if (!At(TokenKind::kAmpersand) && !At(TokenKind::kColon)) return first;
  LabelExpression labels;
  labels.kind = LabelExpression::Kind::kAnd;
  labels.operands.push_back(std::move(first));
  while (Accept(TokenKind::kAmpersand) || Accept(TokenKind::kColon)) {
    ASSIGN_OR_RETURN(LabelExpression next, ParseLabelFactor(edge));
    labels.operands.push_back(std::move(next));
  }
  labels.span = Since(begin);
  return labels;
}

absl::StatusOr<LabelExpression> Parser::ParseLabelFactor(bool edge) {
  const Nesting nesting(this);
  RETURN_IF_ERROR(CheckNesting());
  const SourcePosition begin = Here();
  LabelExpression label;
  if (Accept(TokenKind::kPercent)) {
    label.kind = LabelExpression::Kind::kWildcard;
  } else if (Accept(TokenKind::kExclamation)) {
    label.kind = LabelExpression::Kind::kNot;
    ASSIGN_OR_RETURN(LabelExpression operand, ParseLabelFactor(edge));
    label.operands.push_back(std::move(operand));
  } else if (Accept(TokenKind::kLeftParen)) {
    ASSIGN_OR_RETURN(label, ParseLabels(edge, /*bar_ends=*/false));
    RETURN_IF_ERROR(Expect(TokenKind::kRightParen));
  } else {
    ASSIGN_OR_RETURN(label.name, ParseWord(edge ? "the name of a relation, %, ! or '('" : "a label, %, ! or '('"));
  }
  label.span = Since(begin);
  return label;
}

}  // namespace dossier::ast
