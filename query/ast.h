// A query as written: what the parser makes of the text and the binder gives a meaning to. Clauses stand in
// written order; expressions are in ast_expression.h, patterns in ast_pattern.h. Every node keeps its place in the
// text, so that whatever is wrong with it later can be shown there.
//
// The same thing in two spellings is one node: UNWIND is a FOR (with a flag), OFFSET is a SKIP, `EXISTS {(a)-->(b)}`
// is `EXISTS {MATCH (a)-->(b)}`, shortestPath(...) is a path with the prefix ANY SHORTEST (with a flag).
#ifndef DOSSIER_QUERY_AST_H_
#define DOSSIER_QUERY_AST_H_

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "graph/base/source_span.h"
#include "query/ast_expression.h"
#include "query/ast_pattern.h"

namespace dossier::ast {

// [OPTIONAL] MATCH pattern
struct MatchClause {
  bool optional = false;
  GraphPattern pattern;
};

struct SortItem {
  enum class Nulls { kDefault, kFirst, kLast };
  ExpressionPtr expression;
  bool descending = false;
  Nulls nulls = Nulls::kDefault;
  SourceSpan span;
};

// ORDER BY items SKIP n LIMIT m; each may be missing (empty, null).
struct OrderAndPage {
  std::vector<SortItem> order_by;
  ExpressionPtr skip;
  ExpressionPtr limit;

  bool empty() const { return order_by.empty() && skip == nullptr && limit == nullptr; }
};

struct ProjectionItem {
  ExpressionPtr expression;
  std::optional<Name> alias;
  std::string text;  // the expression as written: the name of its column where there is no alias
  SourceSpan span;
};

// RETURN or WITH, with all that hangs on it.
struct ProjectionClause {
  enum class Kind { kReturn, kWith };
  Kind kind = Kind::kReturn;
  bool distinct = false;
  bool star = false;  // *, alone or before items
  std::vector<ProjectionItem> items;
  std::optional<std::vector<Name>> group_by;  // RETURN ... GROUP BY a, b; an empty list is GROUP BY ()
  OrderAndPage page;
  ExpressionPtr where;  // WITH ... WHERE; null if absent
};

// ORDER BY, SKIP, LIMIT as a clause of its own, before RETURN.
struct PageClause {
  OrderAndPage page;
};

// LET a = e, b = f
struct LetClause {
  struct Binding {
    Name variable;
    ExpressionPtr value;
  };
  std::vector<Binding> bindings;
};

// FILTER [WHERE] condition
struct FilterClause {
  ExpressionPtr condition;
};

// FOR v IN list [WITH ORDINALITY | OFFSET i], and UNWIND list AS v.
struct ForClause {
  enum class Counter {
    kNone,
    kOrdinality,  // from 1
    kOffset,      // from 0
  };
  Name variable;
  ExpressionPtr list;
  Counter counter = Counter::kNone;
  std::optional<Name> counter_variable;
  bool unwind = false;  // openCypher's rules: null gives no row, what is no list is a list of one
};

struct YieldItem {
  Name column;
  std::optional<Name> alias;
};

// [OPTIONAL] CALL space.name[(arguments)] [YIELD ...]
struct CallClause {
  bool optional = false;
  std::vector<Name> procedure;
  bool has_arguments = false;  // were there parentheses? Without, the arguments come from parameters
  std::vector<ExpressionPtr> arguments;
  bool yield_star = false;
  std::optional<std::vector<YieldItem>> yield;  // none: no YIELD, or YIELD *
  ExpressionPtr where;                          // YIELD ... WHERE; null if absent
};

// [OPTIONAL] CALL [(a, b)] { query }
struct SubqueryClause {
  bool optional = false;
  std::optional<std::vector<Name>> imports;  // none: no list was written; (*) sets import_all
  bool import_all = false;
  std::unique_ptr<Query> query;
};

struct Clause {
  std::variant<MatchClause, ProjectionClause, PageClause, LetClause, FilterClause, ForClause, CallClause,
               SubqueryClause>
      node;
  SourceSpan span;

  template <typename T>
  const T* As() const {
    return std::get_if<T>(&node);
  }
};

// Clauses up to a UNION or the end.
struct SingleQuery {
  std::vector<Clause> clauses;  // one or more
  SourceSpan span;
};

// What USE names: calls such as certainty('possible'), all of which one claim must satisfy.
struct View {
  std::vector<ExpressionPtr> terms;  // each a FunctionCall
  SourceSpan span;
};

struct Query {
  enum class Explain { kNone, kExplain, kProfile };
  Explain explain = Explain::kNone;
  std::optional<View> view;
  std::vector<SingleQuery> parts;  // one or more, joined by UNION
  bool union_all = false;          // UNION ALL between all of them (the two kinds do not mix)
  SourceSpan span;
};

}  // namespace dossier::ast

#endif  // DOSSIER_QUERY_AST_H_
