// Text to tokens. White space and comments (`// ...` to the end of the line, `/* ... */`) part tokens and vanish.
//
//   name       letter or _ , then letters, digits, _        any script; or anything between backquotes
//   integer    12  1_000  0x1F  0o17  0b101                 up to 2^63; the sign is the parser's
//   float      1.5  1.  .5  1e10                            `1..3` is a range, not a float
//   string     'text' "text"                                '' inside '...' is one quote; escapes as below
//   parameter  $name  $0  $`a b`
//   escapes    \\ \' \" \` \b \f \n \r \t \uXXXX (pairs make one character) \UXXXXXXXX
#ifndef DOSSIER_QUERY_LEXER_H_
#define DOSSIER_QUERY_LEXER_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "query/token.h"

namespace dossier {

// The tokens of `text` in order, always with a kEnd at the end; brackets know their partners. On failure
// kInvalidArgument with a Diagnostic of 5003 to 5009. Linear in the length of the text; thread-safe.
absl::StatusOr<std::vector<Token>> Tokenize(std::string_view text);

// Whether `word` reads as one unquoted name, so that a printer need not quote it.
bool IsPlainName(std::string_view word);

}  // namespace dossier

#endif  // DOSSIER_QUERY_LEXER_H_
