// Patterns as written: nodes and edges in a row, with quantifiers, alternatives and the words in front that say
// which paths count (the mode, or restrictor) and how many are kept (the selector).
//
// Kept as written, and so left to the binder: two edges with no node between them, two nodes side by side (the
// same node), whether an unbounded quantifier is held by a mode, a selector or DIFFERENT EDGES, and which match
// mode holds where none is given (DESIGN.md, section 4).
#ifndef DOSSIER_QUERY_AST_PATTERN_H_
#define DOSSIER_QUERY_AST_PATTERN_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "graph/base/source_span.h"
#include "query/ast_expression.h"

namespace dossier::ast {

// What stands inside the brackets of a node or an edge.
struct ElementFill {
  std::optional<Name> variable;
  std::optional<LabelExpression> labels;
  std::optional<MapLiteral> properties;
  ExpressionPtr where;  // null if absent
};

struct NodePattern {
  ElementFill fill;
};

enum class EdgeDirection {
  kRight,  // ->
  kLeft,   // <-
  kAny,    // either way: -, --, -[]-, <-[]->, <-->, <->
};

struct EdgePattern {
  ElementFill fill;
  EdgeDirection direction = EdgeDirection::kAny;
};

// How often the thing before it may come in a row.
struct Quantifier {
  int64_t min = 0;
  std::optional<int64_t> max;  // none: without bound
  // `?`: zero or one, and unlike {0,1} what is named inside stays single (or null), not a list.
  bool optional = false;
  // openCypher's `*1..3` inside the brackets of an edge. Counts like {1,3}; the edge's variable is a list in both, but
  // the edge's properties hold for each edge and the clause's default is DIFFERENT EDGES.
  bool var_length = false;
  SourceSpan span;
};

enum class PathMode { kWalk, kTrail, kSimple, kAcyclic };

struct ParenthesizedPath;

// One node, edge or parenthesised path, with its quantifier. Nodes have none.
struct PathFactor {
  std::variant<NodePattern, EdgePattern, std::unique_ptr<ParenthesizedPath>> element;
  std::optional<Quantifier> quantifier;
  SourceSpan span;

  const NodePattern* AsNode() const { return std::get_if<NodePattern>(&element); }
  const EdgePattern* AsEdge() const { return std::get_if<EdgePattern>(&element); }
  const ParenthesizedPath* AsPath() const {
    const auto* path = std::get_if<std::unique_ptr<ParenthesizedPath>>(&element);
    return path == nullptr ? nullptr : path->get();
  }
};

// Factors in a row; one or more.
struct PathTerm {
  std::vector<PathFactor> factors;
  SourceSpan span;
};

// term | term | ..., or term |+| term |+| ...; one or more.
struct PathAlternatives {
  enum class Kind {
    kSet,       // |   : a path that two alternatives find is one path
    kMultiset,  // |+| : it is two
  };
  Kind kind = Kind::kSet;  // means nothing where there is one term
  std::vector<PathTerm> terms;
  SourceSpan span;
};

// ([p =] [mode] path [WHERE condition])
struct ParenthesizedPath {
  std::optional<Name> variable;
  std::optional<PathMode> mode;
  PathAlternatives path;
  ExpressionPtr where;  // null if absent
};

// The words in front of a path.
struct PathPrefix {
  enum class Selector {
    kAll,             // every path: ALL, or a mode alone
    kAny,             // count of them, whichever (one where count is null)
    kAllShortest,     // ALL SHORTEST
    kAnyShortest,     // ANY SHORTEST
    kShortest,        // SHORTEST k: the k shortest, ties broken somehow; count is never null
    kShortestGroups,  // SHORTEST k GROUPS: all paths of the k smallest lengths (one where count is null)
  };
  Selector selector = Selector::kAll;
  bool has_selector = false;  // whether ALL, ANY or SHORTEST was written, or only a mode
  std::optional<PathMode> mode;
  ExpressionPtr count;  // an integer literal or a parameter; may be null
  SourceSpan span;
};

// [p =] [prefix] path. shortestPath(...) is ANY SHORTEST and allShortestPaths(...) is ALL SHORTEST, with
// `function_form` set, for openCypher's rules hold there (DIFFERENT EDGES inside the path).
struct PathPattern {
  std::optional<Name> variable;
  std::optional<PathPrefix> prefix;
  bool function_form = false;
  PathAlternatives path;
  SourceSpan span;
};

enum class MatchMode { kRepeatableElements, kDifferentEdges };

// What follows MATCH.
struct GraphPattern {
  std::optional<MatchMode> mode;
  std::vector<PathPattern> paths;  // one or more
  std::optional<PathPrefix> keep;  // KEEP prefix
  ExpressionPtr where;             // null if absent
  SourceSpan span;
};

}  // namespace dossier::ast

#endif  // DOSSIER_QUERY_AST_PATTERN_H_
