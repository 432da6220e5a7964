// The logical plan: what is to be done with rows, as a tree that EXPLAIN prints. The clause binder makes it, the
// planner has chosen the order and direction of its matches, the plan mapper turns it into operators.
#ifndef DOSSIER_QUERY_LOGICAL_PLAN_H_
#define DOSSIER_QUERY_LOGICAL_PLAN_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "graph/time_bounds.h"
#include "query/aggregate.h"
#include "query/edge_lookup.h"
#include "query/expression_binder.h"
#include "query/path_program.h"
#include "query/pattern.h"
#include "query/procedure.h"

namespace dossier {

struct LogicalNode;
using LogicalPlan = std::unique_ptr<LogicalNode>;

// The row to start from: empty, or an outer row in a subquery.
struct ArgumentNode {};

// Each input row, with each path that matches from it.
struct MatchNode {
  std::shared_ptr<const BoundPathPattern> pattern;
  PathProgram program;
  bool different_edges = false;          // the match mode in force, for EXPLAIN
  std::vector<Slot> taken;               // traces of the clause's other paths, whose edges must not be used again
  std::vector<PatternVariable> loads;    // bound before: what has to be found
  std::vector<PatternVariable> joins;    // bound before, and compared with what a selector has chosen
  std::vector<PatternVariable> stores;   // bound here: local to slot
  std::vector<PatternVariable> context;  // bound before and not in this path, but its conditions may speak of them
  // Where to begin.
  enum class Start : uint8_t { kBound, kKey, kProperty, kScan };
  Start start = Start::kScan;
  uint32_t start_local = kNoLocal;         // kBound: the vertex stands in this local
  std::shared_ptr<const Expression> key;   // kKey: the vertex with this key
  const PropertyTest* property = nullptr;  // kProperty: those with its value
  uint32_t target_local = kNoLocal;        // the vertex where every path ends, where that is bound before
  double estimate = 0;                     // vertices to begin at
  // Where only the number of paths is asked for: one row for each pair of ends, and that number in this slot.
  Slot count = kNoSlot;
  bool any_path = false;  // one path for each pair of ends will do, in place of ALL
  // A condition above rejects paths that are not in this order of time: they need not be followed.
  std::optional<TimeOrder::Mode> time_order;
  std::vector<EdgeLookup> lookups;  // edges of which the few that can pass may be listed first
};

// Each input row with each vertex that the test lets pass; where the vertex is bound already, the rows of those that
// pass. Vertices are looked up by key or by the value of a property where that can be, else all are tried.
struct ScanNode {
  std::shared_ptr<const BoundPathPattern> pattern;  // whose test it is
  const NodeTest* test = nullptr;                   // null: any entity
  Slot slot = 0;
  bool bound = false;
  std::shared_ptr<const Expression> key;
  const PropertyTest* property = nullptr;
  std::vector<PatternVariable> context;  // bound before: what the test may speak of
  double estimate = 0;
  // Of a path that is taken apart, and begins here: what is in force for all of it, for EXPLAIN.
  bool begins_path = false, different_edges = false, any_path = false;
};

// Each input row with each step from the vertex in `from`: over one edge, or, with `rounds`, over as many as that says;
// then each vertex that is reached is given once.
struct ExpandNode {
  struct Rounds {
    int64_t min = 0, max = 0;
  };
  std::shared_ptr<const BoundPathPattern> pattern;  // whose tests these are
  const EdgeTest* edge = nullptr;
  bool reversed = false;           // read from its end to its beginning
  const NodeTest* node = nullptr;  // where the step ends; null: anywhere
  Slot from = 0, to = 0;
  bool into = false;  // `to` is bound already
  Slot edge_slot = kNoSlot;
  std::vector<Slot> other_edges;  // edges that this one must not be
  std::optional<Rounds> rounds;
  // A second step, on from `to` to a vertex that is bound already.
  struct Closing {
    const EdgeTest* edge = nullptr;
    bool reversed = false;
    Slot to = 0;
    Slot edge_slot = kNoSlot;
    bool not_the_same = false;  // the two edges must not be one
  };
  std::optional<Closing> closing;
  // Where steps are only counted, apart by some values: a row stands for all steps with the same ones, or for some of
  // them, and neither the edge nor `to` is given.
  struct Counted {
    struct By {
      Slot slot = 0;  // where the value is put
      bool of_edge = false;
      PropertyId property;
      std::string text;  // as written
    };
    static constexpr size_t kMostValues = 2;  // beyond this, most rows would stand for one step
    std::vector<By> by;
    Slot count = 0;  // how many steps
  };
  std::optional<Counted> counted;
  std::vector<PatternVariable> context;  // bound before: what the tests may speak of
};

// OPTIONAL MATCH and CALL { }: the body is run for each input row, which its ArgumentNodes give. The input row comes
// out with the columns of each row that the body gives.
struct ApplyNode {
  bool optional = false;  // one row with nulls where the body gives none
  LogicalPlan body;
  std::vector<Slot> from;  // the body's columns
  std::vector<Slot> to;    // where they are put, one for each of `from`
};

struct FilterNode {
  std::shared_ptr<const Expression> predicate;
};

// New values beside the old ones.
struct ExtendNode {
  std::vector<std::pair<Slot, std::shared_ptr<const Expression>>> values;
};

// Groups by the values of `keys`; a group's row is its first row with the aggregates' results.
struct AggregateNode {
  std::vector<Slot> keys;
  std::vector<AggregateCall> aggregates;
};

// Rows that differ in these slots; of equal ones the first, resting on what all of them rest on.
struct DistinctNode {
  std::vector<Slot> slots;
};

struct SortKey {
  std::shared_ptr<const Expression> expression;
  bool descending = false;
  bool nulls_first = false;
};

struct SortNode {
  std::vector<SortKey> keys;
  // Of the page above, where nobody else reads the rows: no more than both together are asked for. `skip` may be null.
  std::shared_ptr<const Expression> skip, limit;
};

struct PageNode {
  std::shared_ptr<const Expression> skip, limit;  // either may be null
};

// A row for each element of a list.
struct UnwindNode {
  std::shared_ptr<const Expression> list;
  Slot element = 0;
  Slot counter = kNoSlot;
  int64_t first = 0;          // of the counter
  bool unwind_rules = false;  // null gives no row, what is no list is a list of one
};

// Each input row with each row that the procedure gives.
struct CallNode {
  std::shared_ptr<const Procedure> procedure;
  const ProcedureCatalog* catalog = nullptr;
  std::vector<std::shared_ptr<const Expression>> arguments;
  std::vector<std::pair<size_t, Slot>> yields;  // which column is put where
  bool optional = false;                        // a row with nulls where it gives none
  SourceSpan place;
};

// One part after the other; column i of each part is put into `columns[i]`.
struct UnionNode {
  std::vector<std::vector<Slot>> parts;  // by input: the slots of its columns
  std::vector<Slot> columns;
};

struct LogicalNode {
  std::variant<ArgumentNode, MatchNode, ScanNode, ExpandNode, ApplyNode, FilterNode, ExtendNode, AggregateNode,
               DistinctNode, SortNode, PageNode, UnwindNode, CallNode, UnionNode>
      node;
  std::vector<LogicalPlan> inputs;
};

LogicalPlan MakeNode(decltype(LogicalNode::node) node, LogicalPlan input);

// One step in a line, its name first.
std::string Describe(const LogicalNode& step);

// A query ready to be run any number of times, by several threads at once.
struct BoundQuery {
  LogicalPlan plan;
  std::vector<std::string> columns;
  std::vector<Slot> column_slots;
  uint32_t slots = 0;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_LOGICAL_PLAN_H_
