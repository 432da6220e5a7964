// Patterns as bound: what a node or an edge must be like, and where what is found is put.
//
// A variable has one local that expressions read while the path is being matched (the element of the present round,
// where it stands under a quantifier) and one that the finished match fills for the row (then a list of all rounds: a
// group variable). Outside of quantifiers the two are the same.
#ifndef DOSSIER_QUERY_PATTERN_H_
#define DOSSIER_QUERY_PATTERN_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "graph/id.h"
#include "query/ast_pattern.h"
#include "query/batch.h"
#include "query/expression.h"

namespace dossier {

inline constexpr uint32_t kNoLocal = 0xFFFFFFFF;
inline constexpr Slot kNoSlot = 0xFFFFFFFF;
inline constexpr uint32_t kNoVariable = 0xFFFFFFFF;

// A condition inside a pattern, and the locals of the same path that it reads.
struct Condition {
  std::shared_ptr<const Expression> expression;
  std::vector<uint32_t> reads;
};

// {name: value} inside an element, asked of the element by name. The value reads no other element of the path (else it
// is bound as a condition).
struct PropertyTest {
  std::string name;
  PropertyId property;  // invalid where the image knows no such property: nothing matches
  std::shared_ptr<const Expression> value;
  bool outer_only = false;  // reads nothing of this pattern: known before the match begins
};

struct NodeTest {
  bool any_label = true;
  std::vector<bool> signatures;  // by signature number; unused where any_label
  // May meet claims and documents: it names such a label, or stands beside an edge that names a relation of theirs.
  bool provenance = false;
  std::vector<PropertyTest> properties;
  std::vector<Condition> conditions;
  uint32_t local = kNoLocal;        // the element while matching, where anything reads it
  uint32_t variable = kNoVariable;  // its number in BoundPathPattern::elements
  std::string text;                 // for EXPLAIN: "(s:State)"
};

// A relation to follow, and which ways.
struct RelationStep {
  RelationId relation;
  bool forward = false;   // from source to target
  bool backward = false;  // from target to source
};

struct EdgeTest {
  std::vector<RelationStep> steps;
  std::vector<PropertyTest> properties;
  std::vector<Condition> conditions;
  uint32_t local = kNoLocal;
  uint32_t variable = kNoVariable;
  std::string text;
};

struct BoundPath;

// ( path WHERE ... ), with what may hang on it.
struct BoundGroup {
  std::unique_ptr<BoundPath> path;
  std::optional<ast::PathMode> mode;
  std::vector<Condition> conditions;  // none or one
  uint32_t local = kNoLocal;          // of a path variable of its own
  uint32_t variable = kNoVariable;
};

struct BoundFactor {
  std::variant<NodeTest, EdgeTest, BoundGroup> element;
  std::optional<ast::Quantifier> quantifier;
  std::vector<uint32_t> round_locals;  // locals that each round of the quantifier begins anew
};

struct BoundTerm {
  std::vector<BoundFactor> factors;
};

// Alternatives, one or more.
struct BoundPath {
  bool multiset = false;
  std::vector<BoundTerm> terms;
};

// A named element (or parenthesised path) of a path: what a match puts where.
struct ElementVariable {
  enum class Kind : uint8_t { kVertex, kEdge, kPath };
  Kind kind = Kind::kVertex;
  bool group = false;         // stands under a quantifier: the row gets a list
  uint32_t local = kNoLocal;  // filled for the row
};

// A variable that a pattern binds: its local while matching, its slot in the row.
struct PatternVariable {
  std::string name;  // empty if nobody can name it
  uint32_t local = kNoLocal;
  Slot slot = kNoSlot;
  StaticType type = StaticType::kAny;
  bool bound_before = false;  // by an earlier clause, or by the pattern that a condition with this one stands in ...
  uint32_t outer_local = kNoLocal;  // ... of which it is this local
};

// Which of the paths between two ends a match keeps.
struct PathSelector {
  enum class Kind : uint8_t {
    kAll,
    kAny,       // `count` of them, whichever
    kShortest,  // the `count` shortest, ties broken somehow
    kGroups,    // all paths of the `count` smallest lengths
  };
  Kind kind = Kind::kAll;
  std::shared_ptr<const Expression> count;  // null: one
};

// What the path as a whole may not do twice.
struct PathRestrictor {
  bool edges_once = false;  // TRAIL, or under DIFFERENT EDGES
  enum class Vertices : uint8_t {
    kFree,
    kOnce,         // ACYCLIC
    kOnceOrClose,  // SIMPLE: the first vertex may come back as the last
  };
  Vertices vertices = Vertices::kFree;

  bool restricts() const { return edges_once || vertices != Vertices::kFree; }
};

struct BoundPathPattern {
  BoundPath path;
  PathSelector selector;
  PathRestrictor restrictor;
  bool function_form = false;      // shortestPath(...)
  uint32_t path_local = kNoLocal;  // of the path variable
  // Where the edges of the match are kept as a path, for other paths of the same MATCH (DIFFERENT EDGES).
  Slot trace = kNoSlot;
  std::vector<ElementVariable> elements;
  std::vector<PatternVariable> variables;  // named in this path, or read by its conditions
  std::vector<uint32_t> foreign_reads;     // locals of other paths of the clause that its conditions read
  std::string text;                        // as written, for EXPLAIN
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_PATTERN_H_
