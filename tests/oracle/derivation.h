// How a pattern is matched by a walk: the definitions, one state at a time.
//
// A Derivation is one way of having matched the beginning of a pattern with a walk so far: what of the pattern is
// still to do, what its variables are bound to, and the marks it has left. Reading one more edge turns a derivation
// into those that follow from it. Whoever drives it decides which walks to read (path_matches.cc lists them all).
#ifndef DOSSIER_TESTS_ORACLE_DERIVATION_H_
#define DOSSIER_TESTS_ORACLE_DERIVATION_H_

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/oracle/graph.h"
#include "tests/oracle/pattern.h"

namespace dossier::oracle {

// A named variable at a position of the walk (nodes at 0, 2, ..., edges between them), or the operand of |+| taken.
struct Mark {
  int position = 0;
  int variable = 0;  // negative: -1 - number of the |+|
  int operand = 0;
  friend auto operator<=>(const Mark&, const Mark&) = default;
};

inline constexpr int kMaxVariables = 16;

struct Binding {
  int16_t element = -1;  // of a single variable; negative: not bound
  int16_t size = 0;      // of a group variable
  friend bool operator==(const Binding&, const Binding&) = default;
};
using Bindings = std::array<Binding, kMaxVariables>;

struct Derivation {
  int to_do = -1;  // a frame of the Deriver; negative: all of the pattern is matched
  Bindings bindings;
  std::vector<Mark> marks;
};

// Derivations at one place of a walk.
struct Front {
  std::vector<Derivation> waiting;  // each for an edge
  std::vector<Derivation> done;     // the walk so far is a match
};

// Three-valued truth of a condition: 1 true, 0 false, -1 unknown. `value_of` gives operands.
struct OperandValue {
  enum class Kind { kNull, kScalar, kElement } kind = Kind::kNull;
  Scalar scalar;
  int element = -1;
};
// Of an element: the property, or null.
Scalar PropertyOf(const Graph& graph, bool node, int number, const std::string& name);

namespace internal {
int Compare(Condition::Comparison comparison, const OperandValue& left, const OperandValue& right);
}

inline int TruthOf(const Condition& condition, auto&& value_of) {
  switch (condition.kind) {
    case Condition::Kind::kCompare:
      return internal::Compare(condition.comparison, value_of(condition.left), value_of(condition.right));
    case Condition::Kind::kIsNull:
      return value_of(condition.left).kind == OperandValue::Kind::kNull;
    case Condition::Kind::kIsNotNull:
      return value_of(condition.left).kind != OperandValue::Kind::kNull;
    case Condition::Kind::kNot: {
      const int inner = TruthOf(condition.operands[0], value_of);
      return inner < 0 ? -1 : 1 - inner;
    }
    case Condition::Kind::kAnd:
    case Condition::Kind::kOr: {
      const int decisive = condition.kind == Condition::Kind::kOr ? 1 : 0;
      int truth = 1 - decisive;
      for (const Condition& operand : condition.operands) {
        const int inner = TruthOf(operand, value_of);
        if (inner == decisive) return decisive;
        if (inner < 0) truth = -1;
      }
      return truth;
    }
  }
  return -1;
}

class Deriver {
 public:
  // Both must outlive the deriver.
  Deriver(const Graph& graph, const PathPattern& path);

  // Before the first edge: at a node.
  Front Start(const Walk& walk);
  // After one more edge: `walk` has it already, `waiting` are the derivations before it.
  Front Read(const Walk& walk, const std::vector<Derivation>& waiting);

  // A key such that two derivations with equal keys have the same futures, whatever walk led there. They differ in
  // marks and in what has been counted beyond where counting matters.
  std::string FutureOf(const Derivation& derivation, const Walk& walk) const;

  // Drops derivations that no match can tell apart: equal futures and equal marks. There may be exponentially many.
  void DropDuplicates(const Walk& walk, std::vector<Derivation>& derivations) const;

  // How much work was done so far; each step takes about a microsecond and some hundred bytes.
  int steps() const { return steps_; }

  // By number, as in marks.
  const std::vector<std::string>& variables() const { return variables_; }

 private:
  struct Frame {
    enum class Kind { kPattern, kCloseParenthesis, kCloseIteration } kind = Kind::kPattern;
    const Pattern* pattern = nullptr;
    int iteration = 0;  // the number of the iteration that ends here, from 1
    int start = 0;      // edges read before the parenthesis began
    Bindings outside;   // before the iteration
    int marks = 0;      // left before the iteration
    int next = -1;
  };

  int NumberOf(const std::string& variable) const;
  void Number(const Pattern& pattern);
  int Push(Frame frame);
  void Advance(const Walk& walk, Derivation derivation, Front& front);
  void Loop(const Walk& walk, const Pattern& quantified, int done, int next, Derivation derivation, Front& front);
  void LeaveIteration(const Frame& frame, Derivation& derivation);
  void MarkOnce(Derivation& derivation, int first) const;
  bool Bind(const Pattern& element, int number, int position, Derivation& derivation) const;
  OperandValue ValueOf(const Operand& operand, const Bindings& bindings) const;
  bool MayGoOn(const Walk& walk, int to_do) const;

  const Graph& graph_;
  const PathPattern& path_;
  std::vector<std::string> variables_;
  std::vector<bool> is_node_;                          // by variable
  bool sizes_matter_ = false;                          // some condition within the pattern asks for the size of a group
  std::map<const Pattern*, std::vector<int>> inside_;  // variables declared in the body of a quantifier
  std::map<const Pattern*, int> multiset_numbers_;
  int steps_ = 0;
  std::vector<Frame> frames_;  // linked by `next`, shared by derivations, never changed
};

// Whether a walk is allowed by a mode.
bool Allows(Mode mode, const Walk& walk, int from_edge = 0);
// Whether some longer walk may be, going on from it.
bool MayGrow(Mode mode, const Walk& walk, int from_edge = 0);

}  // namespace dossier::oracle

#endif  // DOSSIER_TESTS_ORACLE_DERIVATION_H_
