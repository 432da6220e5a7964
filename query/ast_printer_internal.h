// The printer itself, for the ast_printer*.cc files alone: it writes to the end of one string.
#ifndef DOSSIER_QUERY_AST_PRINTER_INTERNAL_H_
#define DOSSIER_QUERY_AST_PRINTER_INTERNAL_H_

#include <string>
#include <string_view>
#include <vector>

#include "query/ast.h"

namespace dossier::ast {

class Printer {
 public:
  // --- ast_printer.cc: queries and clauses ---
  void Print(const Query& query);

  // --- ast_printer_expression.cc ---
  void Print(const Expression& expression);

  // --- ast_printer_pattern.cc ---
  void Print(const LabelExpression& labels);
  void Print(const PathPattern& pattern);
  void Print(const GraphPattern& pattern);

  std::string Take() { return std::move(out_); }

 private:
  void Print(const SingleQuery& query);
  void Print(const MatchClause& clause);
  void Print(const ProjectionClause& clause);
  void Print(const PageClause& clause);
  void Print(const LetClause& clause);
  void Print(const FilterClause& clause);
  void Print(const ForClause& clause);
  void Print(const CallClause& clause);
  void Print(const SubqueryClause& clause);
  void Print(const OrderAndPage& page);
  void Print(const SortItem& item);

  void PrintApart(const Expression& expression, bool parentheses);
  void Print(const Literal& literal);
  void Print(const TypedLiteral& literal);
  void Print(const Parameter& parameter);
  void Print(const Variable& variable);
  void Print(const PropertyAccess& access);
  void Print(const Subscript& subscript);
  void Print(const Slice& slice);
  void Print(const ListLiteral& list);
  void Print(const MapLiteral& map);
  void Print(const MapProjection& projection);
  void Print(const Unary& unary);
  void Print(const Binary& binary);
  void Print(const Logical& logical);
  void Print(const Comparison& comparison);
  void Print(const IsCheck& check);
  void Print(const LabelPredicate& predicate);
  void Print(const FunctionCall& call);
  void Print(const Case& expression);
  void Print(const ListComprehension& list);
  void Print(const PatternComprehension& list);
  void Print(const Quantified& quantified);
  void Print(const Reduce& reduce);
  void Print(const PatternPredicate& predicate);
  void Print(const ShortestPath& shortest);
  void Print(const Subquery& subquery);

  void Print(const PathPrefix& prefix);
  void Print(const PathAlternatives& path);
  void Print(const PathTerm& term);
  void Print(const PathFactor& factor);
  void Print(const ParenthesizedPath& path);
  void PrintNode(const NodePattern& node);
  void PrintEdge(const EdgePattern& edge, const std::optional<Quantifier>& quantifier);
  void PrintFill(const ElementFill& fill, const std::optional<Quantifier>& quantifier);
  void PrintQuantifier(const Quantifier& quantifier);

  void Add(std::string_view text) { out_.append(text); }
  void AddName(const Name& name);                 // a variable
  void AddWord(const Name& name);                 // a label, a property
  void AddNames(const std::vector<Name>& names);  // a.b.c of a function or procedure
  void AddVariables(const std::vector<Name>& names);
  void AddWhere(const ExpressionPtr& condition);
  void AddList(const std::vector<ExpressionPtr>& expressions);

  std::string out_;
};

}  // namespace dossier::ast

#endif  // DOSSIER_QUERY_AST_PRINTER_INTERNAL_H_
