// The smallest pieces of a query's text. Signs that make up arrows come one by one: `-[r]->` is `-` `[` `r` `]` `-`
// `>`, because `a<-1` and `(a)<-[r]-(b)` can only be told apart by the parser, and because people write spaces there.
#ifndef DOSSIER_QUERY_TOKEN_H_
#define DOSSIER_QUERY_TOKEN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/base/source_span.h"
#include "query/keyword.h"

namespace dossier {

enum class TokenKind : uint8_t {
  kEnd,         // after the last one
  kName,        // a word; `keyword` says whether it is one of ours
  kQuotedName,  // `a b`
  kParameter,   // $name, $0, $`a b`
  kString,      // 'text' or "text"
  kInteger,     // magnitude in `integer`
  kFloat,       // value in `real`
  kLeftParen,
  kRightParen,
  kLeftBracket,
  kRightBracket,
  kLeftBrace,
  kRightBrace,
  kComma,
  kDot,
  kDotDot,
  kColon,
  kSemicolon,
  kPipe,
  kPipePipe,
  kAmpersand,
  kExclamation,
  kQuestion,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kPercent,
  kCaret,
  kTilde,
  kEqual,
  kEqualTilde,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Keyword keyword = Keyword::kNone_;  // only of a kName
  // Of a bracket, the index of its partner in the token list; -1 where it has none.
  int32_t partner = -1;
  SourceSpan span;
  std::string text;      // the name, or the string with its escapes resolved
  uint64_t integer = 0;  // at most 2^63, which only a minus before it makes valid
  double real = 0;
};

// "'('", "a name", "a string": what an error message calls it.
std::string_view TokenKindText(TokenKind kind);

}  // namespace dossier

#endif  // DOSSIER_QUERY_TOKEN_H_
