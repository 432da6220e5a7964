// Any bytes are parsed as a query and as an expression. What parses is printed; the print parses, and prints the same.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "graph/base/diagnostic.h"
#include "query/ast_printer.h"
#include "query/parser.h"

namespace dossier {
namespace {

void Expect(bool holds, const std::string& printed) {
  if (holds) return;
  std::fprintf(stderr, "printed as: %s\n", printed.c_str());
  std::abort();
}

const ast::Query& Tree(const ast::Query& query) { return query; }
const ast::Expression& Tree(const ast::ExpressionPtr& expression) { return *expression; }

template <typename Parse>
void RoundTrip(std::string_view text, Parse parse) {
  const auto tree = parse(text);
  if (!tree.ok()) {
    Expect(ErrorNumber(tree.status()) >= 5000 && ErrorNumber(tree.status()) < 6000, "");
    return;
  }
  const std::string printed = ToText(Tree(*tree));
  const auto again = parse(printed);
  // Parentheses that the print adds may nest deeper than a text at the very limit did.
  if (!again.ok() && ErrorNumber(again.status()) == 5040) return;
  Expect(again.ok(), printed);
  Expect(ToText(Tree(*again)) == printed, printed);
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  dossier::RoundTrip(text, dossier::ParseQuery);
  dossier::RoundTrip(text, dossier::ParseExpression);
  return 0;
}
