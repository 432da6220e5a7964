// A path pattern as a small program, the way regular-expression engines do it (Thompson's construction; re2): each
// instruction tests or moves, and alternatives are splits. A program reads a path from one end to the other; it can
// be made for either end, and the matcher turns what it finds the right way round.
#ifndef DOSSIER_QUERY_PATH_PROGRAM_H_
#define DOSSIER_QUERY_PATH_PROGRAM_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "query/pattern.h"

namespace dossier {

struct PathInstruction {
  enum class Op : uint8_t {
    kNode,        // test and bind the current vertex
    kEdge,        // step over an edge
    kSplit,       // try each of `targets`
    kLoopBegin,   // counter := 0
    kLoopTest,    // next round (targets[0]) while counter < max, leave (targets[1]) once counter >= min
    kRoundBegin,  // forget the round's variables
    kRoundEnd,    // append them to their lists, counter + 1, back to the test
    kGroupBegin,  // remember where a parenthesised path begins
    kGroupEnd,    // its mode, its path variable, its WHERE
    kAccept,
  };
  Op op = Op::kAccept;
  uint32_t next = 0;
  std::vector<uint32_t> targets;
  const NodeTest* node = nullptr;
  const EdgeTest* edge = nullptr;
  const BoundGroup* group = nullptr;
  const BoundFactor* factor = nullptr;
  uint32_t index = 0;  // of the loop's counter or of the group's start
  int64_t min = 0, max = 0;
  bool optional = false;  // `?`: variables stay single
};

struct PathProgram {
  std::vector<PathInstruction> instructions;
  uint32_t start = 0;
  uint32_t loops = 0, groups = 0;
  bool reversed = false;
  bool has_alternatives = false;  // with set meaning: the same match twice is one
  // Node test that the path begins with, where it surely begins with one; else null.
  const NodeTest* first = nullptr;

  std::string ToString() const;
};

// `pattern` must outlive the program.
PathProgram CompilePath(const BoundPathPattern& pattern, bool reversed);

}  // namespace dossier

#endif  // DOSSIER_QUERY_PATH_PROGRAM_H_
