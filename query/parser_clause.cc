// One clause each. A clause ends where its grammar ends, not at the next known word; so what follows it is judged once,
// by ParseClause, which can then name everything that could have stood there.
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/parser_internal.h"

namespace dossier::ast {
namespace {

// What may stand where a clause may, for "did you mean ...?".
const std::vector<std::string>& ClauseWords() {
  static const auto* const kWords = new std::vector<std::string>{
      "MATCH", "OPTIONAL", "WHERE", "RETURN", "WITH", "ORDER", "SKIP",     "OFFSET", "LIMIT",
      "UNION", "UNWIND",   "LET",   "FILTER", "FOR",  "CALL",  "DISTINCT", "GROUP",  "AS"};
  return *kWords;
}

constexpr char kWhyReadOnly[] = "Dossier's query language only reads, as nothing may be stored without its source";
constexpr char kHowToLoad[] = "load claims with a claim file and the command 'dossier load'";
constexpr std::string_view kClauses = "MATCH, OPTIONAL MATCH, WITH, LET, FILTER, FOR, UNWIND, CALL or RETURN";

// What may stand after a clause, beside the next one.
std::string_view MayFollow(const Clause& clause) {
  if (const auto* match = clause.As<MatchClause>()) {
    return match->pattern.where == nullptr ? "more of the path, ',', WHERE" : "an operator";
  }
  if (const auto* projection = clause.As<ProjectionClause>()) {
    if (projection->where != nullptr) return "an operator";
    const OrderAndPage& page = projection->page;
    if (page.limit != nullptr) return "an operator";
    if (page.skip != nullptr) return "an operator, LIMIT";
    if (!page.order_by.empty()) return "an operator, ASC, DESC, ',', SKIP, LIMIT";
    const bool named = projection->items.empty() || projection->items.back().alias.has_value();
    return named ? "',', ORDER BY, SKIP, LIMIT" : "an operator, AS, ',', ORDER BY, SKIP, LIMIT";
  }
  if (const auto* call = clause.As<CallClause>()) {
    return call->yield.has_value() || call->yield_star ? "AS, ',', WHERE" : "'(', YIELD";
  }
  if (clause.As<SubqueryClause>() != nullptr) return "";
  if (clause.As<LetClause>() != nullptr) return "an operator, ','";
  return "an operator";
}

// Whether a word after an expression is likeliest meant as the name of its column.
bool NamesColumn(std::string_view word) {
  return FindKeyword(word) == Keyword::kNone_ && HintForForeignWord(word).empty() &&
         ClosestName(word, ClauseWords()).empty();
}

}  // namespace

bool Parser::AtClauseStart() const {
  switch (Peek().keyword) {
    case Keyword::kMatch:
    case Keyword::kOptional:
    case Keyword::kReturn:
    case Keyword::kWith:
    case Keyword::kOrder:
    case Keyword::kSkip:
    case Keyword::kOffset:
    case Keyword::kLimit:
    case Keyword::kLet:
    case Keyword::kFilter:
    case Keyword::kFor:
    case Keyword::kUnwind:
    case Keyword::kCall:
      return true;
    default:
      return false;
  }
}

// Where a query, or one part of it, is over.
bool Parser::AtClauseEnd() const {
  const bool closes = At(TokenKind::kRightBrace) || At(TokenKind::kRightParen);
  return At(TokenKind::kEnd) || At(TokenKind::kSemicolon) || At(Keyword::kUnion) || (closes && Peek().partner >= 0);
}

absl::StatusOr<Clause> Parser::ParseClause() {
  const Nesting nesting(this);
  RETURN_IF_ERROR(CheckNesting());
  const SourcePosition begin = Here();
  Clause clause;
  switch (Peek().keyword) {
    case Keyword::kMatch: {
      Skip();
      ASSIGN_OR_RETURN(clause.node, ParseMatch(/*optional=*/false));
      break;
    }
    case Keyword::kOptional: {
      Skip();
      if (At(Keyword::kCall)) {
        ASSIGN_OR_RETURN(clause, ParseCall(/*optional=*/true));
        break;
      }
      if (At(TokenKind::kLeftBrace)) return Unsupported(Peek().span, "OPTIONAL { ... }", "write OPTIONAL MATCH");
      RETURN_IF_ERROR(Expect(Keyword::kMatch));
      ASSIGN_OR_RETURN(clause.node, ParseMatch(/*optional=*/true));
      break;
    }
    case Keyword::kReturn: {
      Skip();
      ASSIGN_OR_RETURN(clause.node, ParseProjection(ProjectionClause::Kind::kReturn));
      break;
    }
    case Keyword::kWith: {
      Skip();
      ASSIGN_OR_RETURN(clause.node, ParseProjection(ProjectionClause::Kind::kWith));
      break;
    }
    case Keyword::kOrder:
    case Keyword::kSkip:
    case Keyword::kOffset:
    case Keyword::kLimit: {
      ASSIGN_OR_RETURN(OrderAndPage page, ParseOrderAndPage());
      clause.node = PageClause{std::move(page)};
      break;
    }
    case Keyword::kLet: {
      ASSIGN_OR_RETURN(clause.node, ParseLet());
      break;
    }
    case Keyword::kFilter: {
      ASSIGN_OR_RETURN(clause.node, ParseFilter());
      break;
    }
    case Keyword::kFor: {
      ASSIGN_OR_RETURN(clause.node, ParseFor());
      break;
    }
    case Keyword::kUnwind: {
      ASSIGN_OR_RETURN(clause.node, ParseUnwind());
      break;
    }
    case Keyword::kCall: {
      ASSIGN_OR_RETURN(clause, ParseCall(/*optional=*/false));
      break;
    }
    default:
      return RefuseClause();
  }
  clause.span = Since(begin);
  may_follow_ = MayFollow(clause);
  return clause;
}

// Why what stands here is no clause. Never OK.
absl::Status Parser::RefuseClause() const {
  const Token& token = Peek();
  switch (token.keyword) {
    case Keyword::kLoad:
      if (!EqualsIgnoringAsciiCase(Peek(1).text, "CSV")) break;
      [[fallthrough]];
    case Keyword::kCreate:
    case Keyword::kMerge:
    case Keyword::kSet:
    case Keyword::kDelete:
    case Keyword::kDetach:
    case Keyword::kNodetach:
    case Keyword::kRemove:
    case Keyword::kForeach:
    case Keyword::kInsert:
    case Keyword::kDrop:
      return Error(kReadOnlyLanguage, token.span, StrCat(KeywordText(token.keyword), " would write"), kWhyReadOnly,
                   kHowToLoad);
    case Keyword::kWhere:
      return Error(kClauseOrder, token.span, "WHERE is not a clause of its own here",
                   "WHERE belongs to MATCH, WITH, YIELD or a pattern, directly after it",
                   "write FILTER to keep some of the rows");
    case Keyword::kNext:
      return Unsupported(token.span, "NEXT is not supported", "pass rows on with WITH");
    case Keyword::kExcept:
    case Keyword::kIntersect:
    case Keyword::kOtherwise:
      return Unsupported(token.span, StrCat(KeywordText(token.keyword), " is not supported"),
                         "queries are joined by UNION or UNION ALL; NOT EXISTS { ... } leaves rows out");
    case Keyword::kSelect:
      return Unsupported(token.span, "SELECT is not supported", "write MATCH ... RETURN ...");
    case Keyword::kFinish:
      return Unsupported(token.span, "FINISH is not supported", "end the query with RETURN");
    case Keyword::kUsing:
      return Unsupported(token.span, "hints are not supported", "leave USING out: the planner chooses by itself");
    case Keyword::kUse:
      return Error(kClauseOrder, token.span, "USE is not in front",
                   "USE names the view of the whole query, in front of it", "");
    case Keyword::kExplain:
    case Keyword::kProfile:
      return Error(kClauseOrder, token.span, StrCat(KeywordText(token.keyword), " is not in front"),
                   "EXPLAIN and PROFILE stand in front of the whole query, before USE", "");
    default:
      break;
  }
  if (EqualsIgnoringAsciiCase(token.text, "UPDATE") && token.kind == TokenKind::kName && may_follow_.empty()) {
    return Error(kReadOnlyLanguage, token.span, "UPDATE would write", kWhyReadOnly, kHowToLoad);
  }
  if (may_follow_.empty()) return Unexpected(StrCat("a clause: ", kClauses), ClauseWords());
  return Unexpected(StrCat(may_follow_, ", or the next clause: ", kClauses), ClauseWords());
}

absl::StatusOr<MatchClause> Parser::ParseMatch(bool optional) {
  MatchClause match;
  match.optional = optional;
  ASSIGN_OR_RETURN(match.pattern, ParseGraphPattern());
  return match;
}

absl::StatusOr<ProjectionClause> Parser::ParseProjection(ProjectionClause::Kind kind) {
  ProjectionClause clause;
  clause.kind = kind;
  if (Accept(Keyword::kDistinct)) {
    clause.distinct = true;
  } else if (At(Keyword::kAll) && IsAllQuantifierAhead()) {
    Skip();
  }
  bool more = true;
  if (Accept(TokenKind::kStar)) {
    clause.star = true;
    more = Accept(TokenKind::kComma);
  }
  while (more) {
    ASSIGN_OR_RETURN(ProjectionItem item, ParseProjectionItem());
    const bool is_variable = item.expression->As<Variable>() != nullptr;
    if (kind == ProjectionClause::Kind::kWith && !item.alias.has_value() && !is_variable) {
      return Error(kMissingAlias, item.span, StrCat("'", item.text, "' has no name"),
                   "in WITH, what is not a variable needs a name to be known by later",
                   StrCat("write ", item.text, " AS name"));
    }
    clause.items.push_back(std::move(item));
    more = Accept(TokenKind::kComma);
  }
  if (kind == ProjectionClause::Kind::kReturn && At(Keyword::kGroup)) {
    Skip();
    RETURN_IF_ERROR(Expect(Keyword::kBy));
    clause.group_by.emplace();
    if (Accept(TokenKind::kLeftParen)) {
      RETURN_IF_ERROR(Expect(TokenKind::kRightParen));
    } else {
      do {
        ASSIGN_OR_RETURN(Name name, ParseName("the name of a variable; GROUP BY takes no expressions"));
        if (At(TokenKind::kDot) || At(TokenKind::kLeftParen)) {
          return Unsupported(Since(name.span.begin), "GROUP BY an expression",
                             "GROUP BY takes variables: name the expression with LET before");
        }
        clause.group_by->push_back(std::move(name));
      } while (Accept(TokenKind::kComma));
    }
  }
  ASSIGN_OR_RETURN(clause.page, ParseOrderAndPage());
  if (kind == ProjectionClause::Kind::kWith && Accept(Keyword::kWhere)) {
    ASSIGN_OR_RETURN(clause.where, ParseCondition());
  }
  return clause;
}

absl::StatusOr<ProjectionItem> Parser::ParseProjectionItem() {
  const SourcePosition begin = Here();
  ProjectionItem item;
  ASSIGN_OR_RETURN(item.expression, ParseValue());
  item.text = TextOf(Since(begin));
  if (Accept(Keyword::kAs)) {
    ASSIGN_OR_RETURN(item.alias, ParseName("a name after AS"));
  } else if (At(TokenKind::kName) && NamesColumn(Peek().text)) {
    return Error(kUnexpectedToken, Peek().span, StrCat("unexpected '", Peek().text, "'"),
                 "the name of a column stands after AS", StrCat("write ", item.text, " AS ", Peek().text));
  }
  item.span = Since(begin);
  return item;
}

absl::StatusOr<OrderAndPage> Parser::ParseOrderAndPage() {
  OrderAndPage page;
  if (Accept(Keyword::kOrder)) {
    RETURN_IF_ERROR(Expect(Keyword::kBy));
    do {
      ASSIGN_OR_RETURN(SortItem item, ParseSortItem());
      page.order_by.push_back(std::move(item));
    } while (Accept(TokenKind::kComma));
  }
  if (Accept(Keyword::kSkip) || Accept(Keyword::kOffset)) {
    ASSIGN_OR_RETURN(page.skip, ParseValue());
  }
  if (Accept(Keyword::kLimit)) {
    ASSIGN_OR_RETURN(page.limit, ParseValue());
    if (At(Keyword::kSkip) || At(Keyword::kOffset)) {
      return Error(kClauseOrder, Peek().span, StrCat(KeywordText(Peek().keyword), " after LIMIT"),
                   "rows are skipped first and limited then, and are written so", "write SKIP before LIMIT");
    }
  }
  return page;
}

absl::StatusOr<SortItem> Parser::ParseSortItem() {
  const SourcePosition begin = Here();
  SortItem item;
  ASSIGN_OR_RETURN(item.expression, ParseValue());
  if (Accept(Keyword::kDesc) || Accept(Keyword::kDescending)) {
    item.descending = true;
  } else if (Accept(Keyword::kAsc)) {
    item.descending = false;
  } else {
    Accept(Keyword::kAscending);
  }
  if (Accept(Keyword::kNulls)) {
    if (Accept(Keyword::kFirst)) {
      item.nulls = SortItem::Nulls::kFirst;
    } else if (Accept(Keyword::kLast)) {
      item.nulls = SortItem::Nulls::kLast;
    } else {
      return Unexpected("FIRST or LAST", {"FIRST", "LAST"});
    }
  }
  item.span = Since(begin);
  return item;
}

absl::StatusOr<LetClause> Parser::ParseLet() {
  Skip();
  LetClause let;
  do {
    LetClause::Binding binding;
    ASSIGN_OR_RETURN(binding.variable, ParseName("the name of a new variable"));
    RETURN_IF_ERROR(Expect(TokenKind::kEqual));
    ASSIGN_OR_RETURN(binding.value, ParseValue());
    let.bindings.push_back(std::move(binding));
  } while (Accept(TokenKind::kComma));
  return let;
}

absl::StatusOr<FilterClause> Parser::ParseFilter() {
  Skip();
  Accept(Keyword::kWhere);
  FilterClause filter;
  ASSIGN_OR_RETURN(filter.condition, ParseCondition());
  return filter;
}

absl::StatusOr<ForClause> Parser::ParseFor() {
  Skip();
  ForClause loop;
  ASSIGN_OR_RETURN(loop.variable, ParseName("the name of a new variable"));
  RETURN_IF_ERROR(Expect(Keyword::kIn));
  ASSIGN_OR_RETURN(loop.list, ParseValue());
  const bool counts = NextIs(Keyword::kOrdinality) || NextIs(Keyword::kOffset);
  // `WITH offset AS x` is a clause of its own.
  if (At(Keyword::kWith) && counts && IsNameToken(Peek(2))) {
    Skip();
    loop.counter = At(Keyword::kOffset) ? ForClause::Counter::kOffset : ForClause::Counter::kOrdinality;
    Skip();
    ASSIGN_OR_RETURN(loop.counter_variable, ParseName("the name of a new variable"));
  }
  return loop;
}

absl::StatusOr<ForClause> Parser::ParseUnwind() {
  Skip();
  ForClause loop;
  loop.unwind = true;
  ASSIGN_OR_RETURN(loop.list, ParseValue());
  RETURN_IF_ERROR(Expect(Keyword::kAs));
  ASSIGN_OR_RETURN(loop.variable, ParseName("the name of a new variable"));
  return loop;
}

absl::StatusOr<Clause> Parser::ParseCall(bool optional) {
  Skip();
  Clause clause;
  if (At(TokenKind::kLeftBrace) || At(TokenKind::kLeftParen)) {
    ASSIGN_OR_RETURN(clause.node, ParseCallSubquery(optional));
    return clause;
  }
  CallClause call;
  call.optional = optional;
  ASSIGN_OR_RETURN(call.procedure, ParseDottedName("the name of a procedure, or '{'"));
  if (Accept(TokenKind::kLeftParen)) {
    call.has_arguments = true;
    if (!Accept(TokenKind::kRightParen)) {
      do {
        ASSIGN_OR_RETURN(ExpressionPtr argument, ParseValue());
        call.arguments.push_back(std::move(argument));
      } while (Accept(TokenKind::kComma));
      if (!Accept(TokenKind::kRightParen)) return Unexpected("',' or ')'");
    }
  }
  if (Accept(Keyword::kYield)) RETURN_IF_ERROR(ParseYield(&call));
  clause.node = std::move(call);
  return clause;
}

absl::Status Parser::ParseYield(CallClause* call) {
  if (Accept(TokenKind::kStar)) {
    call->yield_star = true;
  } else {
    call->yield.emplace();
    do {
      YieldItem item;
      ASSIGN_OR_RETURN(item.column, ParseName("the name of a column, or *"));
      if (Accept(Keyword::kAs)) {
        ASSIGN_OR_RETURN(item.alias, ParseName("a name after AS"));
      }
      call->yield->push_back(std::move(item));
    } while (Accept(TokenKind::kComma));
  }
  if (Accept(Keyword::kWhere)) {
    ASSIGN_OR_RETURN(call->where, ParseCondition());
  }
  return absl::OkStatus();
}

absl::StatusOr<SubqueryClause> Parser::ParseCallSubquery(bool optional) {
  SubqueryClause clause;
  clause.optional = optional;
  if (Accept(TokenKind::kLeftParen)) {
    if (Accept(TokenKind::kStar)) {
      clause.import_all = true;
      RETURN_IF_ERROR(Expect(TokenKind::kRightParen));
    } else {
      ASSIGN_OR_RETURN(clause.imports, ParseNamesUntil(TokenKind::kRightParen));
    }
  }
  ASSIGN_OR_RETURN(clause.query, ParseBracedQuery(QueryPlace::kSubquery));
  if (At(Keyword::kIn)) return Unsupported(Peek().span, "CALL { ... } IN TRANSACTIONS is not supported", "");
  return clause;
}

}  // namespace dossier::ast
