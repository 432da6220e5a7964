#include "query/ast_printer.h"

#include <utility>

#include "graph/base/text.h"
#include "query/ast_printer_internal.h"
#include "query/keyword.h"
#include "query/lexer.h"

namespace dossier {
namespace {

std::string Backquoted(std::string_view name) {
  std::string out = "`";
  for (const char c : name) {
    if (c == '`') out += '`';
    out += c;
  }
  return out + '`';
}

template <typename Node>
std::string PrintOne(const Node& node) {
  ast::Printer printer;
  printer.Print(node);
  return printer.Take();
}

}  // namespace

std::string ToText(const ast::Query& query) { return PrintOne(query); }
std::string ToText(const ast::Expression& expression) { return PrintOne(expression); }
std::string ToText(const ast::PathPattern& pattern) { return PrintOne(pattern); }
std::string ToText(const ast::LabelExpression& labels) { return PrintOne(labels); }

std::string QuotedName(std::string_view name) {
  const bool plain = IsPlainName(name) && FindKeyword(name) == Keyword::kNone_;
  return plain ? std::string(name) : Backquoted(name);
}

std::string QuotedString(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out = "'";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\'' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '\'';
}

namespace ast {

void Printer::AddName(const Name& name) { Add(QuotedName(name.text)); }

void Printer::AddWord(const Name& name) { Add(IsPlainName(name.text) ? name.text : Backquoted(name.text)); }

void Printer::AddNames(const std::vector<Name>& names) {
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) {
      Add(".");
      AddWord(names[i]);
      continue;
    }
    // `count(...)` is written without quotes; what would begin something else than a call is not.
    const Keyword keyword = FindKeyword(names[i].text);
    const bool special =
        IsReserved(keyword) || keyword == Keyword::kShortestPath || keyword == Keyword::kAllShortestPaths;
    special ? AddName(names[i]) : AddWord(names[i]);
  }
}

void Printer::AddVariables(const std::vector<Name>& names) {
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) Add(", ");
    AddName(names[i]);
  }
}

void Printer::AddWhere(const ExpressionPtr& condition) {
  if (condition == nullptr) return;
  Add(" WHERE ");
  Print(*condition);
}

void Printer::AddList(const std::vector<ExpressionPtr>& expressions) {
  for (size_t i = 0; i < expressions.size(); ++i) {
    if (i > 0) Add(", ");
    Print(*expressions[i]);
  }
}

void Printer::Print(const Query& query) {
  if (query.explain == Query::Explain::kExplain) Add("EXPLAIN ");
  if (query.explain == Query::Explain::kProfile) Add("PROFILE ");
  if (query.view.has_value()) {
    Add("USE ");
    AddList(query.view->terms);
    Add(" ");
  }
  for (size_t i = 0; i < query.parts.size(); ++i) {
    if (i > 0) Add(query.union_all ? " UNION ALL " : " UNION ");
    Print(query.parts[i]);
  }
}

void Printer::Print(const SingleQuery& query) {
  for (size_t i = 0; i < query.clauses.size(); ++i) {
    if (i > 0) Add(" ");
    std::visit([this](const auto& clause) { Print(clause); }, query.clauses[i].node);
  }
}

void Printer::Print(const MatchClause& clause) {
  Add(clause.optional ? "OPTIONAL MATCH " : "MATCH ");
  Print(clause.pattern);
}

void Printer::Print(const ProjectionClause& clause) {
  Add(clause.kind == ProjectionClause::Kind::kReturn ? "RETURN" : "WITH");
  if (clause.distinct) Add(" DISTINCT");
  if (clause.star) Add(" *");
  for (size_t i = 0; i < clause.items.size(); ++i) {
    Add(i > 0 || clause.star ? ", " : " ");
    Print(*clause.items[i].expression);
    if (!clause.items[i].alias.has_value()) continue;
    Add(" AS ");
    AddName(*clause.items[i].alias);
  }
  if (clause.group_by.has_value()) {
    Add(" GROUP BY ");
    if (clause.group_by->empty()) Add("()");
    AddVariables(*clause.group_by);
  }
  if (!clause.page.empty()) {
    Add(" ");
    Print(clause.page);
  }
  AddWhere(clause.where);
}

void Printer::Print(const PageClause& clause) { Print(clause.page); }

void Printer::Print(const OrderAndPage& page) {
  std::string_view space = "";
  if (!page.order_by.empty()) {
    Add("ORDER BY ");
    for (size_t i = 0; i < page.order_by.size(); ++i) {
      if (i > 0) Add(", ");
      Print(page.order_by[i]);
    }
    space = " ";
  }
  if (page.skip != nullptr) {
    Add(space);
    Add("SKIP ");
    Print(*page.skip);
    space = " ";
  }
  if (page.limit != nullptr) {
    Add(space);
    Add("LIMIT ");
    Print(*page.limit);
  }
}

void Printer::Print(const SortItem& item) {
  Print(*item.expression);
  if (item.descending) Add(" DESC");
  if (item.nulls == SortItem::Nulls::kFirst) Add(" NULLS FIRST");
  if (item.nulls == SortItem::Nulls::kLast) Add(" NULLS LAST");
}

void Printer::Print(const LetClause& clause) {
  Add("LET ");
  for (size_t i = 0; i < clause.bindings.size(); ++i) {
    if (i > 0) Add(", ");
    AddName(clause.bindings[i].variable);
    Add(" = ");
    Print(*clause.bindings[i].value);
  }
}

void Printer::Print(const FilterClause& clause) {
  Add("FILTER ");
  Print(*clause.condition);
}

void Printer::Print(const ForClause& clause) {
  if (clause.unwind) {
    Add("UNWIND ");
    Print(*clause.list);
    Add(" AS ");
    AddName(clause.variable);
    return;
  }
  Add("FOR ");
  AddName(clause.variable);
  Add(" IN ");
  Print(*clause.list);
  if (!clause.counter_variable.has_value()) return;
  Add(clause.counter == ForClause::Counter::kOffset ? " WITH OFFSET " : " WITH ORDINALITY ");
  AddName(*clause.counter_variable);
}

void Printer::Print(const CallClause& clause) {
  Add(clause.optional ? "OPTIONAL CALL " : "CALL ");
  AddNames(clause.procedure);
  if (clause.has_arguments) {
    Add("(");
    AddList(clause.arguments);
    Add(")");
  }
  if (clause.yield_star) Add(" YIELD *");
  if (clause.yield.has_value()) {
    Add(" YIELD ");
    for (size_t i = 0; i < clause.yield->size(); ++i) {
      const YieldItem& item = (*clause.yield)[i];
      if (i > 0) Add(", ");
      AddName(item.column);
      if (!item.alias.has_value()) continue;
      Add(" AS ");
      AddName(*item.alias);
    }
  }
  AddWhere(clause.where);
}

void Printer::Print(const SubqueryClause& clause) {
  Add(clause.optional ? "OPTIONAL CALL " : "CALL ");
  if (clause.import_all) Add("(*) ");
  if (clause.imports.has_value()) {
    Add("(");
    AddVariables(*clause.imports);
    Add(") ");
  }
  Add("{ ");
  Print(*clause.query);
  Add(" }");
}

}  // namespace ast
}  // namespace dossier
