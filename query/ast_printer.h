// A syntax tree back to text, in one canonical form: words in capitals, every operator in parentheses, names quoted
// where they could be taken for words of the language. The text parses to the same tree again (places and the texts of
// columns aside), so Print(Parse(Print(tree))) is Print(tree); a fuzzer holds us to it.
#ifndef DOSSIER_QUERY_AST_PRINTER_H_
#define DOSSIER_QUERY_AST_PRINTER_H_

#include <string>
#include <string_view>

#include "query/ast.h"

namespace dossier {

std::string ToText(const ast::Query& query);
std::string ToText(const ast::Expression& expression);
std::string ToText(const ast::PathPattern& pattern);
std::string ToText(const ast::LabelExpression& labels);

// `name` as the text of a variable, with backquotes where needed; and `text` as a string literal.
std::string QuotedName(std::string_view name);
std::string QuotedString(std::string_view text);

}  // namespace dossier

#endif  // DOSSIER_QUERY_AST_PRINTER_H_
