// Cells: the notation in which scenarios write values, `[1, 'a', (:A {k: 1.0})]`, as a tree that can be compared.
//
//   null  true  1  1.0  NaN  Inf  'text' (only \\ and \' are escapes)  [list]  {k: map}
//   (:A:B {k: 1}) node   [:T {k: 1}] relationship   <(:A)-[:T]->(:B)<-[:U]-()> path
//
// Two cells are the same where their canonical texts are: 1 and 1.0 differ, null equals null and NaN equals NaN, map
// keys and labels have no order, a path keeps the direction of each step.
#ifndef DOSSIER_TESTS_SCENARIOS_CELL_H_
#define DOSSIER_TESTS_SCENARIOS_CELL_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/value.h"
#include "graph/view.h"

namespace dossier {

struct Cell {
  enum class Kind : uint8_t {
    kNull,
    kBoolean,       // text: true or false
    kInteger,       // text: its digits
    kFloat,         // text: the shortest that reads back as the same number
    kString,        // text
    kList,          // members
    kMap,           // names and members, sorted by name
    kNode,          // names: labels, sorted; members: one map
    kRelationship,  // text: its type; members: one map
    kPath,          // members: node, relationship, node, ...; names: "->" or "<-" for each relationship
  };
  Kind kind = Kind::kNull;
  std::string text;
  std::vector<std::string> names;
  std::vector<Cell> members;
};

// Reads one cell that fills `text` (white space aside). kInvalidArgument, with the place, for what is none.
absl::StatusOr<Cell> ReadCell(std::string_view text);

// The cell that an answer's value is printed as. What the notation has no sign for (dates, durations) is its text.
Cell CellOf(const Value& value, const View& view);

// The value that a cell stands for; kInvalidArgument for nodes, relationships and paths.
absl::StatusOr<Value> ValueOf(const Cell& cell);

// The cell as text, the same for cells that are the same. `lists_as_bags`: lists are compared without their order.
std::string ToText(const Cell& cell, bool lists_as_bags = false);

}  // namespace dossier

#endif  // DOSSIER_TESTS_SCENARIOS_CELL_H_
