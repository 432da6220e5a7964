// Expressions as written: one struct a kind, held in a std::variant, so that a reader of the tree says
// `std::visit` (or `expression.As<Variable>()`) and the compiler lists the kinds it forgot.
//
// Nothing here knows a schema: `a.b.c` is property access on whatever `a` turns out to be, `count(x)` is a call
// of a function of that name. Meaning is the binder's. Two shapes differ from the usual binary tree on purpose:
// chains of AND, OR and XOR are one node with many operands (a filter of ten thousand ORs is flat), and a chain of
// comparisons `a < b <= c` is one node, as it means `a < b AND b <= c` with b computed once.
//
// The parser promises: no tree is higher than kMaxTreeHeight (parser.h), so recursion over it is safe.
#ifndef DOSSIER_QUERY_AST_EXPRESSION_H_
#define DOSSIER_QUERY_AST_EXPRESSION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "graph/base/source_span.h"

namespace dossier::ast {

struct Expression;
struct PathPattern;
struct Query;
using ExpressionPtr = std::unique_ptr<Expression>;

// A name and where it was written: a variable, an alias, a label, a property, a function.
struct Name {
  std::string text;  // without backquotes, escapes resolved
  SourceSpan span;
};

// Which labels a node, or which relations an edge may have. `A|B`, `A&B` and openCypher's `A:B`, `!A`, `%`.
struct LabelExpression {
  enum class Kind {
    kName,      // name
    kWildcard,  // %: any label at all
    kNot,       // one operand
    kAnd,       // two operands or more
    kOr,        // two operands or more
  };
  Kind kind = Kind::kName;
  Name name;
  std::vector<LabelExpression> operands;
  SourceSpan span;
};

// null, true, 12, 1.5, 'text'. A minus directly before a number belongs to the literal.
struct Literal {
  std::variant<std::monostate, bool, int64_t, double, std::string> value;  // monostate: null
};

// DATE '2015-12-01', DURATION 'P1Y': the text is judged by the binder.
struct TypedLiteral {
  enum class Type { kDate, kTime, kDateTime, kDuration };
  Type type = Type::kDate;
  std::string text;
};

struct Parameter {
  std::string name;  // without the $; may be digits
};

struct Variable {
  std::string name;
};

// object.name
struct PropertyAccess {
  ExpressionPtr object;
  Name property;
};

// list[index], map[key]
struct Subscript {
  ExpressionPtr object;
  ExpressionPtr index;
};

// list[from..to], either end may be missing.
struct Slice {
  ExpressionPtr object;
  ExpressionPtr from;
  ExpressionPtr to;
};

struct ListLiteral {
  std::vector<ExpressionPtr> elements;
};

struct MapEntry {
  Name key;
  ExpressionPtr value;
};

// {a: 1, b: 2}; keys in written order, a repeated key is the binder's to judge.
struct MapLiteral {
  std::vector<MapEntry> entries;
};

// n{.a, .*, b: 1, c}
struct MapProjection {
  struct Item {
    enum class Kind {
      kProperty,  // .name
      kAll,       // .*
      kEntry,     // name: value
      kVariable,  // name, which stands for name: name
    };
    Kind kind = Kind::kProperty;
    Name name;
    ExpressionPtr value;
  };
  Name variable;
  std::vector<Item> items;
};

enum class UnaryOperator { kNot, kMinus, kPlus };

struct Unary {
  UnaryOperator op = UnaryOperator::kNot;
  ExpressionPtr operand;
};

enum class BinaryOperator {
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kModulo,
  kPower,   // left-associative: 2 ^ 3 ^ 2 is (2 ^ 3) ^ 2, as in openCypher
  kConcat,  // ||
  kIn,
  kStartsWith,
  kEndsWith,
  kContains,
  kMatches,  // =~
};

struct Binary {
  BinaryOperator op = BinaryOperator::kAdd;
  ExpressionPtr left;
  ExpressionPtr right;
};

enum class LogicalOperator { kAnd, kOr, kXor };

// Two operands or more, in written order.
struct Logical {
  LogicalOperator op = LogicalOperator::kAnd;
  std::vector<ExpressionPtr> operands;
};

enum class ComparisonOperator { kEqual, kNotEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual };

// first op operand [op operand]...; one link or more.
struct Comparison {
  struct Link {
    ComparisonOperator op = ComparisonOperator::kEqual;
    ExpressionPtr operand;
  };
  ExpressionPtr first;
  std::vector<Link> links;
};

// operand IS [NOT] NULL | TRUE | FALSE | UNKNOWN
struct IsCheck {
  enum class What { kNull, kTrue, kFalse, kUnknown };
  ExpressionPtr operand;
  What what = What::kNull;
  bool negated = false;
};

// n:A|B as a condition, or n IS [NOT] LABELED A|B.
struct LabelPredicate {
  ExpressionPtr operand;
  LabelExpression labels;
  bool negated = false;
};

// space.name([DISTINCT] arguments) or count(*).
struct FunctionCall {
  std::vector<Name> name;  // one part or more
  bool distinct = false;
  bool star = false;  // count(*): no arguments
  std::vector<ExpressionPtr> arguments;

  // The parts with dots between them, as written (case kept).
  std::string FullName() const {
    std::string full;
    for (const Name& part : name) {
      if (!full.empty()) full += '.';
      full += part.text;
    }
    return full;
  }
};

// CASE [operand] WHEN a THEN b ... [ELSE c] END
struct Case {
  struct Branch {
    ExpressionPtr when;
    ExpressionPtr then;
  };
  ExpressionPtr operand;  // null in a searched CASE
  std::vector<Branch> branches;
  ExpressionPtr otherwise;  // null: ELSE null
};

// [variable IN list WHERE condition | result]; condition and result may be null. `[x IN l]` is one too.
struct ListComprehension {
  Name variable;
  ExpressionPtr list;
  ExpressionPtr where;
  ExpressionPtr result;
};

// [p = (a)-->(b) WHERE condition | result]; the path variable stands in the pattern.
struct PatternComprehension {
  std::unique_ptr<PathPattern> pattern;
  ExpressionPtr where;  // may be null
  ExpressionPtr result;
};

// all(variable IN list WHERE condition) and its three sisters.
struct Quantified {
  enum class Kind { kAll, kAny, kNone, kSingle };
  Kind kind = Kind::kAll;
  Name variable;
  ExpressionPtr list;
  ExpressionPtr where;
};

// reduce(accumulator = start, variable IN list | step)
struct Reduce {
  Name accumulator;
  ExpressionPtr start;
  Name variable;
  ExpressionPtr list;
  ExpressionPtr step;
};

// (a)-[:R]->(b) as a condition: does such a path exist? Only where a condition is asked for.
struct PatternPredicate {
  std::unique_ptr<PathPattern> pattern;
};

// shortestPath((a)-[*]-(b)) or allShortestPaths(...) as a value; which of the two stands in the pattern's prefix.
struct ShortestPath {
  std::unique_ptr<PathPattern> pattern;
};

// EXISTS { ... }, COUNT { ... }, COLLECT { ... }. A bare pattern inside is one MATCH clause; for EXISTS and COUNT
// the RETURN may be missing.
struct Subquery {
  enum class Kind { kExists, kCount, kCollect };
  Kind kind = Kind::kExists;
  std::unique_ptr<Query> query;
};

struct Expression {
  using Node = std::variant<Literal, TypedLiteral, Parameter, Variable, PropertyAccess, Subscript, Slice, ListLiteral,
                            MapLiteral, MapProjection, Unary, Binary, Logical, Comparison, IsCheck, LabelPredicate,
                            FunctionCall, Case, ListComprehension, PatternComprehension, Quantified, Reduce,
                            PatternPredicate, ShortestPath, Subquery>;
  Node node;
  SourceSpan span;
  int height = 1;  // levels of expressions below and including this one

  // The node as a T, or null where it is of another kind.
  template <typename T>
  const T* As() const {
    return std::get_if<T>(&node);
  }
  template <typename T>
  T* As() {
    return std::get_if<T>(&node);
  }
};

}  // namespace dossier::ast

#endif  // DOSSIER_QUERY_AST_EXPRESSION_H_
