// A path pattern as a small program, the way regular-expression engines do it (Thompson's construction; re2): each
// instruction tests or moves, and alternatives are splits. A program reads a path from one end to the other; it can
// be made for either end, and what is found is turned the right way round.
//
// A thread of the program stands at an instruction and carries a few words: counters of quantifiers, where a part with
// a mode of its own began, and registers, which hold the elements that a later condition reads. Two threads that stand
// at the same instruction with the same words have the same future; that is what searches rest on (path_automaton.h).
#ifndef DOSSIER_QUERY_PATH_PROGRAM_H_
#define DOSSIER_QUERY_PATH_PROGRAM_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "query/pattern.h"

namespace dossier {

inline constexpr uint32_t kNoWord = 0xFFFFFFFF;

struct PathInstruction {
  enum class Op : uint8_t {
    kNode,        // test and bind the present vertex
    kEdge,        // step over an edge
    kCheck,       // a condition on elements bound by now
    kSplit,       // try each of `targets`
    kLoopTest,    // next round (targets[0]) while counter < max, leave (targets[1]) once counter >= min
    kRoundBegin,  // forget the round's registers
    kRoundEnd,    // counter + 1, back to the test
    kGroupBegin,  // a parenthesised path begins here
    kGroupEnd,    // ... and ends here
    kForget,      // clear registers that nothing reads any more
    kAccept,
  };
  Op op = Op::kAccept;
  uint32_t next = 0;
  std::vector<uint32_t> targets;
  const NodeTest* node = nullptr;
  const EdgeTest* edge = nullptr;
  const BoundGroup* group = nullptr;
  const Condition* condition = nullptr;
  // The counter of a loop, the register of an element, where a group with a mode began; of a split whose operands are
  // told apart (|+|): the number of its first operand.
  uint32_t word = kNoWord;
  uint32_t path_word = kNoWord;         // where a group began whose path a condition reads
  std::vector<uint32_t> cleared_words;  // of a round, or to forget
  int64_t min = 0, max = 0;             // of a loop
  bool optional = false;                // of a loop: `?`, whose variables are those around it
  // Of an edge: what follows it up to the next edge asks of vertices nothing but their labels, and which of the bound
  // ones they are.
  bool labels_only = false;
};

// What a condition reads is found here while it is judged.
struct PathRegister {
  uint32_t local = kNoLocal;
  uint32_t word = kNoWord;
  ElementVariable::Kind kind = ElementVariable::Kind::kVertex;
};

struct PathProgram {
  std::vector<PathInstruction> instructions;
  uint32_t start = 0;
  uint32_t words = 0;
  std::vector<PathRegister> registers;
  bool reversed = false;
  // Some part can only be judged by looking back at the whole path: a mode in parentheses, a condition on a group
  // variable. Then paths that meet in one place may have different futures.
  bool needs_history = false;
  std::vector<uint32_t> read_lists;  // group variables that conditions read, by their number in the pattern's elements
  // Node test that the path begins (or ends) with, where it surely does; else null.
  const NodeTest* first = nullptr;
  const NodeTest* last = nullptr;

  std::string ToString() const;
};

// Nothing where a condition reads what is matched only after it has to be judged, read from this end.
// `pattern` must outlive the program.
std::optional<PathProgram> CompilePath(const BoundPathPattern& pattern, bool reversed);

// Whether some part of the path may be repeated.
bool HasQuantifier(const BoundPathPattern& pattern);

// The node test that a path surely begins (or, `last`, ends) with as written; null where there is none.
const NodeTest* EndNode(const BoundPath& path, bool last);

}  // namespace dossier

#endif  // DOSSIER_QUERY_PATH_PROGRAM_H_
