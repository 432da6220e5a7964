// Patterns as the oracle has them: a tree of plain values that is made by the generator (or read off a parsed query,
// from_ast.h), prints itself as the text of a query, and is evaluated straight from the definitions (evaluate.h).
//
// Nothing of the engine is used here, so that its lexer, parser and binder are under test as well.
#ifndef DOSSIER_TESTS_ORACLE_PATTERN_H_
#define DOSSIER_TESTS_ORACLE_PATTERN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/oracle/graph.h"

namespace dossier::oracle {

struct LabelTest {
  enum class Kind { kName, kWildcard, kNot, kAnd, kOr };
  Kind kind = Kind::kName;
  std::string name;
  std::vector<LabelTest> operands;
};

// One side of a comparison.
struct Operand {
  enum class Kind {
    kConstant,  // 3
    kProperty,  // variable.property
    kElement,   // variable: the node or edge itself
    kSize,      // size(variable), of a group variable
    kLength,    // length(variable), of a path variable
  };
  Kind kind = Kind::kConstant;
  std::string variable;
  std::string property;
  Scalar constant;
};

// Three-valued, as SQL has it: a comparison with null is unknown, and what is unknown does not hold.
struct Condition {
  enum class Kind { kCompare, kIsNull, kIsNotNull, kNot, kAnd, kOr };
  enum class Comparison { kEqual, kNotEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual };
  Kind kind = Kind::kCompare;
  Comparison comparison = Comparison::kEqual;
  Operand left;
  Operand right;
  std::vector<Condition> operands;
};

enum class Mode { kWalk, kTrail, kAcyclic, kSimple };
enum class Direction { kRight, kLeft, kAny };

struct Pattern {
  enum class Kind {
    kNode,
    kEdge,
    kSequence,       // children in a row
    kAlternation,    // children with | (or |+|) between them; only at the top or within kParenthesized
    kQuantified,     // one child, an edge or kParenthesized
    kParenthesized,  // one child
  };
  Kind kind = Kind::kNode;
  std::vector<Pattern> children;

  // Of nodes and edges. `where` belongs to kParenthesized as well.
  std::string variable;  // empty: anonymous
  std::optional<LabelTest> labels;
  std::vector<std::pair<std::string, Scalar>> properties;
  std::optional<Condition> where;
  Direction direction = Direction::kRight;

  bool multiset = false;  // kAlternation: |+|

  // kQuantified
  int min = 1;
  std::optional<int> max;   // none: without bound
  bool optional = false;    // `?`: zero or one, and what is named inside stays single
  bool var_length = false;  // written -[e*1..3]->; the child is an edge

  std::optional<Mode> mode;  // kParenthesized
};

enum class Selector { kAll, kAny, kAllShortest, kAnyShortest, kShortest, kShortestGroups };

struct PathPattern {
  std::string variable;  // of the path; empty: none
  Selector selector = Selector::kAll;
  bool has_selector = false;   // false: kAll, and not written
  int count = 1;               // of kAny, kShortest and kShortestGroups
  bool count_written = true;   // false: left out; only with count == 1, and not for kShortest
  std::optional<Mode> mode;    // none: WALK
  bool function_form = false;  // shortestPath(...) or allShortestPaths(...): the selector over trails
  Pattern pattern;
};

enum class MatchMode { kRepeatableElements, kDifferentEdges };

struct Match {
  std::optional<MatchMode> mode;
  std::vector<PathPattern> paths;
  bool keep = false;  // write the prefix, the same for all paths, as KEEP
  std::optional<Condition> where;
};

// The mode in force: the one written, else DIFFERENT EDGES unless some path has a mode or a selector.
MatchMode EffectiveMode(const Match& match);
// The path mode in force; trails for the function form.
Mode EffectiveMode(const PathPattern& path);

int MinLength(const Pattern& pattern);
// None: no bound.
std::optional<int> MaxLength(const Pattern& pattern);

// What a variable is over the whole MATCH.
struct VariableInfo {
  std::string name;
  enum class Kind { kNode, kEdge, kPath } kind = Kind::kNode;
  bool group = false;        // a list of what it was bound to
  bool conditional = false;  // may be null
  // Whether its value is beyond dispute: a variable that stands twice within one iteration of a quantifier may be
  // counted once or twice in its list, and nobody says which.
  bool returnable = true;
  std::vector<int> paths;  // the path patterns it stands in
};

// All variables in the order of their first place, path variables first; what forbids the pattern; and whether a query
// with it has to be refused.
struct Analysis {
  std::vector<VariableInfo> variables;
  // What is illegal (a name of two kinds, a condition on what is not bound to its left, a group variable in two
  // places), or legal but of a meaning that readers of the standard differ about (|+| within |, or where no name says
  // at which node it begins; a variable that stands twice in iterations of no fixed length). Empty: all well.
  std::string complaint;
  // The first rule that says no, or empty: an unbounded quantifier that no mode, selector or match mode holds; a
  // quantifier on what may be no edge at all; a selector beside other paths under DIFFERENT EDGES.
  std::string refusal;
  const VariableInfo* Find(const std::string& name) const;
};
Analysis Analyse(const Match& match);

// As a query has it, from MATCH to the end of WHERE.
std::string ToText(const Match& match);

}  // namespace dossier::oracle

#endif  // DOSSIER_TESTS_ORACLE_PATTERN_H_
