// Any bytes go into the lexer. Tokens lie in order inside the text, brackets point at each other, and a quoted name or
// string, written out again, is the same token.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "graph/base/diagnostic.h"
#include "query/ast_printer.h"
#include "query/lexer.h"

namespace dossier {
namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

void CheckAgain(std::string_view text, const Token& token) {
  const auto tokens = Tokenize(text);
  Expect(tokens.ok() && tokens->size() == 2);
  Expect(tokens->front().text == token.text);
}

void Lex(std::string_view text) {
  const auto tokens = Tokenize(text);
  if (!tokens.ok()) {
    Expect(DiagnosticsOf(tokens.status()).size() == 1);
    return;
  }
  size_t end = 0;
  for (size_t i = 0; i < tokens->size(); ++i) {
    const Token& token = (*tokens)[i];
    Expect(token.span.begin.offset >= end && token.span.end.offset >= token.span.begin.offset);
    end = token.span.end.offset;
    if (token.partner >= 0) Expect((*tokens)[static_cast<size_t>(token.partner)].partner == static_cast<int32_t>(i));
    if (token.kind == TokenKind::kString) CheckAgain(QuotedString(token.text), token);
    if (token.kind == TokenKind::kName || token.kind == TokenKind::kQuotedName)
      CheckAgain(QuotedName(token.text), token);
  }
  Expect(tokens->back().kind == TokenKind::kEnd && end <= text.size());
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  dossier::Lex({reinterpret_cast<const char*>(data), size});
  return 0;
}
