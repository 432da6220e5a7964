// Patterns as bound: what a node or an edge must be like, and where what is found is put.
//
// While a path is being matched, its elements are locals of the evaluation context; once it is found, they are
// copied to the row's slots. A variable inside a quantified part is a local during one round and a list (a group
// variable) in the row.
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

// {name: value} inside an element, asked of the element by name.
struct PropertyTest {
  std::string name;
  PropertyId property;  // invalid where the image knows no such property: nothing matches
  std::shared_ptr<const Expression> value;
  bool outer_only = false;  // reads nothing of this pattern: known before the match begins
};

struct NodeTest {
  bool any_label = true;
  std::vector<bool> signatures;  // by signature number; unused where any_label
  bool provenance = false;       // names Claim or Document, and so may meet them
  std::vector<PropertyTest> properties;
  std::shared_ptr<const Expression> where;  // null if absent
  uint32_t local = kNoLocal;                // where the node is put
  std::string text;                         // for EXPLAIN: "(s:State)"
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
  std::shared_ptr<const Expression> where;
  uint32_t local = kNoLocal;
  std::string text;
};

struct BoundPath;

// ( path WHERE ... ), with what may hang on it.
struct BoundGroup {
  std::unique_ptr<BoundPath> path;
  std::optional<ast::PathMode> mode;
  std::shared_ptr<const Expression> where;
  uint32_t path_local = kNoLocal;  // of a path variable of its own
};

struct BoundFactor {
  std::variant<NodeTest, EdgeTest, BoundGroup> element;
  std::optional<ast::Quantifier> quantifier;
  // Locals that become lists because this factor is quantified (none for `?`): the local of one round, and the
  // local of the list.
  std::vector<std::pair<uint32_t, uint32_t>> groups;
};

struct BoundTerm {
  std::vector<BoundFactor> factors;
};

// Alternatives, one or more.
struct BoundPath {
  bool multiset = false;
  std::vector<BoundTerm> terms;
};

// A variable that a pattern binds: its local while matching, its slot in the row.
struct PatternVariable {
  std::string name;  // empty if nobody can name it
  uint32_t local = kNoLocal;
  Slot slot = kNoSlot;
  StaticType type = StaticType::kAny;
  bool bound_before = false;  // by an earlier clause, or an earlier path of this one
};

struct BoundPathPattern {
  BoundPath path;
  std::optional<ast::PathMode> mode;  // in front of the whole
  uint32_t path_local = kNoLocal;     // of the path variable
  // Where the edges of the match are kept as a path, for other paths of the same MATCH (DIFFERENT EDGES).
  Slot trace = kNoSlot;
  std::vector<PatternVariable> variables;
  std::string text;  // as written, for EXPLAIN
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_PATTERN_H_
