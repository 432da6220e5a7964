// A path program run over the graph as a deterministic automaton, made while it is walked.
//
// The program is nondeterministic: one path may be matched by several threads at once. Here all threads that have read
// the same path, and bound the same variables at the same places of it, are one state. So each match (a path with its
// variables: a path binding of ISO 39075; Deutsch et al., "Graph Pattern Matching in GQL and SQL/PGQ", section 6) is
// read by exactly one run, and searches may count runs, merge runs that meet in one vertex and state, and never have
// to compare what they find in order to drop repeats.
//
// What a step binds is its annotation: a number for a sorted list of marks. Threads are interned (place in the
// program, counters, registers), states are sorted lists of threads, and where only labels decide what comes after an
// edge, the answer is kept by thread and label signature, so that a walk over a quantified edge is a table look-up.
//
// Not thread-safe; one for each running operator. It may be used for many rows and starts.
#ifndef DOSSIER_QUERY_PATH_AUTOMATON_H_
#define DOSSIER_QUERY_PATH_AUTOMATON_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "query/edge_lookup.h"
#include "query/evaluation.h"
#include "query/path_program.h"
#include "query/time_order.h"

namespace dossier {

// What a mark says of the place in the path where it stands.
struct PathMark {
  enum class Kind : uint8_t {
    kElement,     // a variable is bound here
    kRepeat,      // ... and stands here again, in the same round of a quantifier
    kPathBegins,  // a parenthesised path
    kPathEnds,
    kBranch,  // which operand of |+| is taken
  };
  static constexpr uint32_t kKinds = 5;
  static uint32_t Of(Kind kind, uint32_t number) { return number * kKinds + static_cast<uint32_t>(kind); }
  static Kind KindOf(uint32_t mark) { return static_cast<Kind>(mark % kKinds); }
  static uint32_t NumberOf(uint32_t mark) { return mark / kKinds; }  // of the variable, or of the operand
};

// A path as it was walked, from the vertex where the search began. `annotations[i]` says what is bound at vertex i and
// at the edge before it.
struct WalkedPath {
  std::vector<VertexId> vertices;
  std::vector<EdgeId> edges;
  std::vector<uint32_t> annotations;

  void Push(EdgeId edge, VertexId vertex, uint32_t annotation) {
    if (edge.valid()) edges.push_back(edge);
    vertices.push_back(vertex);
    annotations.push_back(annotation);
  }
  void Pop() {
    if (!edges.empty()) edges.pop_back();
    vertices.pop_back();
    annotations.pop_back();
  }
  void Clear() {
    vertices.clear();
    edges.clear();
    annotations.clear();
  }
};

class PathAutomaton {
 public:
  // A state reached at a vertex over an edge (invalid: the search begins here).
  struct Transition {
    EdgeId edge;
    VertexId vertex;
    uint32_t annotation = 0;
    uint32_t state = 0;
  };

  // Both must outlive the automaton.
  PathAutomaton(const BoundPathPattern* pattern, const PathProgram* program);

  // Paths that are not in this order of time will be rejected, and need not be followed. Not where they are counted
  // without being walked.
  void KeepTimeOrder(TimeOrder::Mode mode);

  // Before the first search for a row. `bound`: locals that hold an element already, which is what the pattern has to
  // find there; `taken`: edges that may not be used. All must live until the next call.
  // `lookups` (may be null): where some edges were looked up, the others cannot pass.
  void Begin(EvaluationContext* context, std::span<const uint32_t> bound, const std::vector<EdgeId>* taken,
             const EdgeLookups* lookups);

  // Appends the ways to begin at `vertex`, or to go on from `vertex` in `state`; no two with the same edge and
  // annotation. `walked` is the way that leads there; it may be null where the program needs no history.
  // False: the evaluation failed (see the context's status).
  bool Start(VertexId vertex, std::vector<Transition>* out);
  bool Step(VertexId vertex, uint32_t state, const WalkedPath* walked, std::vector<Transition>* out);

  // The same over one edge alone, which the pattern allows or not.
  bool StepOver(VertexId vertex, uint32_t state, const Neighbor& next, const WalkedPath* walked,
                std::vector<Transition>* out);

  // Does a path that is in this state match as it stands? May it go on?
  bool accepts(uint32_t state) const { return states_[state].accepts; }
  bool goes_on(uint32_t state) const { return !states_[state].threads.empty(); }
  // Appends what tells the state of `last` apart from others whose future differs, `before` being the way there but for
  // that last step. False where all of the way matters: some thread is inside a part with a mode of its own, or one
  // whose path is to be judged.
  bool DescribeFuture(const Transition& last, const WalkedPath& before, std::vector<uint32_t>* description) const;

  const std::vector<uint32_t>& marks(uint32_t annotation) const { return annotations_[annotation]; }
  uint32_t state_count() const { return static_cast<uint32_t>(states_.size()); }
  const PathProgram& program() const { return *program_; }
  const BoundPathPattern& pattern() const { return *pattern_; }

  // Notes in the context what the conditions of a path that matches have read (EvaluationContext::touched).
  // False: the evaluation failed.
  bool Retrace(const WalkedPath& walked);

 private:
  using Words = absl::InlinedVector<uint32_t, 6>;
  using Marks = absl::InlinedVector<uint32_t, 6>;

  // A thread that waits at an edge, or (pc 0) has matched.
  struct Thread {
    uint32_t pc = 0;
    Words words;
    friend bool operator==(const Thread&, const Thread&) = default;
    template <typename H>
    friend H AbslHashValue(H hash, const Thread& thread) {
      return H::combine(std::move(hash), thread.pc, thread.words);
    }
  };
  struct State {
    bool accepts = false;
    std::vector<uint32_t> threads;  // that wait at edges; sorted
  };
  // A thread after an edge, before the next.
  struct Arrival {
    uint32_t annotation = 0;
    uint32_t thread = 0;
  };
  // All that one thread gives over one edge: by thread, and (where it is alone in its state) as the next states.
  struct Arrivals {
    bool known = false;
    std::vector<Arrival> threads;
    std::vector<std::pair<uint32_t, uint32_t>> states;  // annotation, state
  };
  struct Candidate {
    EdgeId edge;
    VertexId vertex;
    Arrival arrival;
  };
  // A group with a mode of its own, while a thread is inside: where it began stands in `word`.
  struct ModeGroup {
    uint32_t word;
    ast::PathMode mode;
  };
  // A parenthesised path that a condition reads: where it began stands in `word`. In some cases the condition asks for
  // an order of time, and in some of these for nothing else.
  struct ReadGroup {
    uint32_t word;
    std::optional<TimeOrder::Mode> time_order;
    bool nothing_else = false;
  };
  // A thread on its way through instructions that consume nothing.
  struct Moving {
    uint32_t pc = 0;
    Words words;
    Marks marks;
    uint32_t round_marks = 0;  // where the marks of the present round begin
  };

  // ForEachEdge (query/edge_walk.h), without the edges in `taken_`, and of those that were looked up no others.
  template <typename Visit>
  bool ForEachAllowedEdge(const EdgeTest& test, VertexId vertex, const Visit& visit) const;
  bool Leads(const EdgeTest& test, VertexId vertex, const Neighbor& next) const;
  // What comes of following thread `number` over one edge; null if the evaluation failed. Valid until the next call.
  const Arrivals* Cross(uint32_t number, const Neighbor& neighbor, const WalkedPath* walked);
  // Runs a thread from an instruction to the next edges, at `vertex`, to which `edge` led; appends what arrives.
  bool Run(Moving first, const Neighbor& here, const WalkedPath* walked, std::vector<Arrival>* arrivals);
  bool Advance(Moving* thread, const Neighbor& here, const WalkedPath* walked, std::vector<Arrival>* arrivals);
  // Each: false if the thread ends here (or the evaluation failed).
  bool PassNode(const PathInstruction& instruction, VertexId vertex, Moving* thread);
  bool PassEdge(const PathInstruction& instruction, EdgeId edge, Moving* thread);
  bool PassCheck(const Condition& condition, const Moving& thread, const Neighbor& here, const WalkedPath* walked);
  bool PassElement(uint32_t local, uint32_t word, uint32_t number, const Value& self, Moving* thread,
                   bool* repeats) const;
  static void Mark(uint32_t variable, bool repeats, Moving* thread);
  void FindReadGroup(const PathInstruction& begin);
  bool TimeAllows(const Words& words, EdgeId next, const WalkedPath& walked) const;
  bool ModesAllow(const Words& words, const Neighbor& next, const WalkedPath& walked) const;
  void LoadRegisters(const Moving& thread, const Neighbor& here, const WalkedPath* walked);
  // The states that arrivals make, those with the same annotation together.
  void Group(Arrivals* arrivals);
  // The same for candidates_ over several edges.
  void Emit(std::vector<Transition>* out);

  uint32_t ThreadNumber(Thread thread);
  uint32_t StateNumber(std::vector<uint32_t> threads);  // sorts and drops repeats
  uint32_t AnnotationNumber(Marks marks);               // sorts
  size_t TableIndex(VertexId vertex) const;

  const BoundPathPattern* pattern_;
  const PathProgram* program_;
  EvaluationContext* context_ = nullptr;
  const std::vector<EdgeId>* taken_ = nullptr;
  const EdgeLookups* lookups_ = nullptr;
  std::span<const uint32_t> bound_;       // locals that hold an element already
  std::vector<VertexId> bound_vertices_;  // ... and those of them that are vertices

  std::vector<Thread> threads_;
  absl::flat_hash_map<Thread, uint32_t> thread_numbers_;
  std::vector<State> states_;
  absl::flat_hash_map<std::vector<uint32_t>, uint32_t> state_numbers_;
  std::vector<std::vector<uint32_t>> annotations_;
  absl::flat_hash_map<std::vector<uint32_t>, uint32_t> annotation_numbers_;
  std::vector<std::vector<Arrivals>> tables_by_thread_;  // by thread, then TableIndex

  std::vector<ModeGroup> mode_groups_;
  std::vector<ReadGroup> read_groups_;
  bool keeps_time_order_ = false;              // of any path that is named below
  std::optional<TimeOrder::Mode> time_order_;  // of the whole path
  bool reads_ = false;                         // some condition reads a property

  Arrivals arrivals_;  // of the last Cross, where it is not a table's
  std::vector<Candidate> candidates_;
  std::vector<Moving> moving_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_PATH_AUTOMATON_H_
