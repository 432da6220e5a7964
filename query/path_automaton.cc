#include "query/path_automaton.h"

#include <algorithm>

#include "query/edge_walk.h"
#include "query/element_test.h"
#include "query/expression_nodes.h"
#include "query/path_binding.h"

namespace dossier {
namespace {

using Op = PathInstruction::Op;

// Words hold numbers from 1; 0 is nothing.
constexpr uint32_t kNothing = 0;
constexpr size_t kMostTableBits = 3;  // bound vertices that tables tell apart

template <typename Test>
bool Reads(const Test& test) {
  return !test.properties.empty() || !test.conditions.empty();
}

}  // namespace

PathAutomaton::PathAutomaton(const BoundPathPattern* pattern, const PathProgram* program)
    : pattern_(pattern), program_(program) {
  for (const PathInstruction& instruction : program->instructions) {
    reads_ |= instruction.op == Op::kCheck;
    if (instruction.node != nullptr) reads_ |= Reads(*instruction.node);
    if (instruction.edge != nullptr) reads_ |= Reads(*instruction.edge);
    if (instruction.op != Op::kGroupBegin) continue;
    if (instruction.word != kNoWord) mode_groups_.push_back({instruction.word, *instruction.group->mode});
    if (instruction.path_word != kNoWord) FindReadGroup(instruction);
  }
}

void PathAutomaton::FindReadGroup(const PathInstruction& begin) {
  ReadGroup group{begin.path_word, std::nullopt, false};
  const uint32_t local = begin.group->local;
  size_t readers = 0, conjuncts = 0;
  for (const PathInstruction& instruction : program_->instructions) {
    if (instruction.op != Op::kCheck) continue;
    const std::vector<uint32_t>& reads = instruction.condition->reads;
    if (std::find(reads.begin(), reads.end(), local) != reads.end()) ++readers;
  }
  for (const Condition& condition : begin.group->conditions) {
    for (const Expression* conjunct : ConjunctsOf(*condition.expression)) {
      ++conjuncts;
      const std::optional<TimeOrderTest> test = TimeOrderOf(*conjunct);
      const auto path = test.has_value() ? VariableOf(*test->path) : std::nullopt;
      const bool own = path.has_value() && path->kind == VariableReference::Kind::kLocal && path->index == local;
      if (own && group.time_order != TimeOrder::Mode::kCertain) group.time_order = test->mode;
    }
  }
  group.nothing_else = group.time_order.has_value() && readers == 1 && conjuncts == 1;
  keeps_time_order_ |= group.time_order.has_value();
  read_groups_.push_back(group);
}

void PathAutomaton::KeepTimeOrder(TimeOrder::Mode mode) {
  time_order_ = mode;
  keeps_time_order_ = true;
}

void PathAutomaton::Begin(EvaluationContext* context, std::span<const uint32_t> bound, const std::vector<EdgeId>* taken,
                          const EdgeLookups* lookups) {
  context_ = context;
  bound_ = bound;
  taken_ = taken;
  lookups_ = lookups;
  bound_vertices_.clear();
  for (const uint32_t local : bound_) {
    const Value& value = context->local(local);
    if (value.type() == Value::Type::kVertex) bound_vertices_.push_back(value.vertex());
  }
}

// --- Numbers for threads, states and annotations. ---

uint32_t PathAutomaton::ThreadNumber(Thread thread) {
  const auto [at, is_new] = thread_numbers_.try_emplace(std::move(thread), static_cast<uint32_t>(threads_.size()));
  if (is_new) {
    threads_.push_back(at->first);
    tables_by_thread_.emplace_back();
  }
  return at->second;
}

uint32_t PathAutomaton::StateNumber(std::vector<uint32_t> threads) {
  std::sort(threads.begin(), threads.end());
  threads.erase(std::unique(threads.begin(), threads.end()), threads.end());
  const auto [at, is_new] = state_numbers_.try_emplace(std::move(threads), static_cast<uint32_t>(states_.size()));
  if (is_new) {
    State& state = states_.emplace_back();
    for (const uint32_t thread : at->first) {
      if (program_->instructions[threads_[thread].pc].op == Op::kAccept) {
        state.accepts = true;
      } else {
        state.threads.push_back(thread);
      }
    }
  }
  return at->second;
}

bool PathAutomaton::DescribeFuture(const Transition& last, const WalkedPath& before,
                                   std::vector<uint32_t>* description) const {
  const auto position = static_cast<uint32_t>(before.vertices.size());
  description->push_back(states_[last.state].accepts ? 1 : 0);
  for (const uint32_t number : states_[last.state].threads) {
    Thread thread = threads_[number];
    for (const ReadGroup& group : read_groups_) {
      uint32_t& begun = thread.words[group.word];
      if (begun == kNothing) continue;
      if (begun == position + 1) {
        begun = 1;
        continue;
      }
      if (!group.nothing_else) return false;
      std::vector<EdgeId> edges(before.edges.begin() + (begun - 1), before.edges.end());
      edges.push_back(last.edge);
      const auto border =
          static_cast<uint64_t>(TimeOrderBorder({edges, *group.time_order, program_->reversed}, context_->view()));
      description->push_back(static_cast<uint32_t>(border));
      description->push_back(static_cast<uint32_t>(border >> 32));
      begun = 2;
    }
    for (const ModeGroup& group : mode_groups_) {
      uint32_t& begun = thread.words[group.word];
      if (begun != kNothing && begun != position + 1) return false;
      // A part that begins right here begins anew, wherever that is.
      if (begun != kNothing) begun = 1;
    }
    description->push_back(thread.pc);
    description->insert(description->end(), thread.words.begin(), thread.words.end());
  }
  return true;
}

uint32_t PathAutomaton::AnnotationNumber(Marks marks) {
  std::sort(marks.begin(), marks.end());
  const auto [at, is_new] = annotation_numbers_.try_emplace(std::vector<uint32_t>(marks.begin(), marks.end()),
                                                            static_cast<uint32_t>(annotations_.size()));
  if (is_new) annotations_.push_back(at->first);
  return at->second;
}

// Which labels the vertex has, and which of the bound vertices it is.
size_t PathAutomaton::TableIndex(VertexId vertex) const {
  size_t index = context_->image().signature(vertex);
  for (const VertexId bound : bound_vertices_) index = index * 2 + (bound == vertex ? 1 : 0);
  return index;
}

// --- One thread over one edge. ---

bool PathAutomaton::PassElement(uint32_t local, uint32_t word, uint32_t number, const Value& self, Moving* thread,
                                bool* repeats) const {
  *repeats = false;
  if (local != kNoLocal && std::find(bound_.begin(), bound_.end(), local) != bound_.end()) {
    const Value& wanted = context_->local(local);
    if (wanted.type() != self.type() || !Equivalent(wanted, self)) return false;
  }
  if (word == kNoWord) return true;
  uint32_t& kept = thread->words[word];
  if (kept != kNothing && kept != number + 1) return false;
  *repeats = kept != kNothing;
  kept = number + 1;
  return true;
}

// Variables at one place of the path are a set: a second time in the same round adds nothing.
void PathAutomaton::Mark(uint32_t variable, bool repeats, Moving* thread) {
  if (variable == kNoVariable) return;
  const uint32_t bound = PathMark::Of(PathMark::Kind::kElement, variable);
  const uint32_t again = PathMark::Of(PathMark::Kind::kRepeat, variable);
  const auto round = thread->marks.begin() + thread->round_marks;
  if (std::any_of(round, thread->marks.end(), [&](uint32_t mark) { return mark == bound || mark == again; })) return;
  thread->marks.push_back(repeats ? again : bound);
}

bool PathAutomaton::PassNode(const PathInstruction& instruction, VertexId vertex, Moving* thread) {
  const NodeTest& test = *instruction.node;
  const Image& image = context_->image();
  if (!test.any_label && !test.signatures[image.signature(vertex)]) return false;
  const bool is_bound = test.local != kNoLocal && std::find(bound_.begin(), bound_.end(), test.local) != bound_.end();
  if (!test.provenance && !is_bound && image.kind(vertex) != VertexKind::kEntity) return false;
  const Value self = Value::Vertex(vertex);
  bool repeats;
  if (!PassElement(test.local, instruction.word, vertex.value, self, thread, &repeats)) return false;
  if (!HoldsFor(test, vertex, *context_)) return false;
  Mark(test.variable, repeats, thread);
  return true;
}

bool PathAutomaton::PassEdge(const PathInstruction& instruction, EdgeId edge, Moving* thread) {
  const EdgeTest& test = *instruction.edge;
  const Value self = Value::Edge(edge);
  bool repeats;
  if (!PassElement(test.local, instruction.word, edge.value, self, thread, &repeats)) return false;
  if (!HoldsFor(test, edge, *context_)) return false;
  Mark(test.variable, repeats, thread);
  return true;
}

void PathAutomaton::LoadRegisters(const Moving& thread, const Neighbor& here, const WalkedPath* walked) {
  for (const PathRegister& kept : program_->registers) {
    if (std::find(bound_.begin(), bound_.end(), kept.local) != bound_.end()) continue;
    const uint32_t word = thread.words[kept.word];
    Value& local = context_->local(kept.local);
    if (word == kNothing) {
      local = Value::Null();
    } else if (kept.kind == ElementVariable::Kind::kVertex) {
      local = Value::Vertex(VertexId(word - 1));
    } else if (kept.kind == ElementVariable::Kind::kEdge) {
      local = Value::Edge(EdgeId(word - 1));
    } else {
      WalkedPath part;
      if (walked != nullptr) {
        const auto from = static_cast<ptrdiff_t>(word - 1);
        part.vertices.assign(walked->vertices.begin() + from, walked->vertices.end());
        if (from < static_cast<ptrdiff_t>(walked->edges.size())) {
          part.edges.assign(walked->edges.begin() + from, walked->edges.end());
        }
      }
      if (here.edge.valid() && !part.vertices.empty()) part.edges.push_back(here.edge);
      part.vertices.push_back(here.vertex);
      local = Value::OfPath(WrittenPath(part, program_->reversed));
    }
  }
}

bool PathAutomaton::PassCheck(const Condition& condition, const Moving& thread, const Neighbor& here,
                              const WalkedPath* walked) {
  LoadRegisters(thread, here, walked);
  if (program_->needs_history) {
    static const WalkedPath kNowhereYet;
    BindElements(*this, walked == nullptr ? kNowhereYet : *walked, here, thread.marks, /*lists_only=*/true, context_);
  }
  return condition.expression->Evaluate(*context_).is_true() && !context_->failed();
}

bool PathAutomaton::ModesAllow(const Words& words, const Neighbor& next, const WalkedPath& walked) const {
  for (const ModeGroup& group : mode_groups_) {
    if (words[group.word] == kNothing) continue;
    const auto from = static_cast<ptrdiff_t>(words[group.word] - 1);
    const auto first = walked.vertices.begin() + from;
    if (group.mode == ast::PathMode::kTrail) {
      const auto edges = walked.edges.begin() + from;
      if (std::find(edges, walked.edges.end(), next.edge) != walked.edges.end()) return false;
    } else if (group.mode == ast::PathMode::kAcyclic) {
      if (std::find(first, walked.vertices.end(), next.vertex) != walked.vertices.end()) return false;
    } else {
      // SIMPLE: only the first vertex may come back, and then as the last: nothing follows a closed path.
      if (walked.vertices.end() - first > 1 && *first == walked.vertices.back()) return false;
      if (std::find(first + 1, walked.vertices.end(), next.vertex) != walked.vertices.end()) return false;
    }
  }
  return true;
}

bool PathAutomaton::TimeAllows(const Words& words, EdgeId next, const WalkedPath& walked) const {
  const std::span<const EdgeId> edges = walked.edges;
  const View& view = context_->view();
  if (time_order_.has_value() && !StaysInTimeOrder({edges, *time_order_, program_->reversed}, next, view)) return false;
  return std::all_of(read_groups_.begin(), read_groups_.end(), [&](const ReadGroup& group) {
    if (!group.time_order.has_value() || words[group.word] == kNothing) return true;
    const auto part = edges.subspan(std::min<size_t>(words[group.word] - 1, edges.size()));
    return StaysInTimeOrder({part, *group.time_order, program_->reversed}, next, view);
  });
}

// One instruction that consumes nothing, or the end. False: the thread is done with (arrived, split or dropped).
bool PathAutomaton::Advance(Moving* thread, const Neighbor& here, const WalkedPath* walked,
                            std::vector<Arrival>* arrivals) {
  const PathInstruction& instruction = program_->instructions[thread->pc];
  const auto position = static_cast<uint32_t>(walked == nullptr ? 0 : walked->vertices.size());
  const auto mark = [&](PathMark::Kind kind, uint32_t number) { thread->marks.push_back(PathMark::Of(kind, number)); };
  switch (instruction.op) {
    case Op::kEdge:
      arrivals->push_back({AnnotationNumber(thread->marks), ThreadNumber({thread->pc, std::move(thread->words)})});
      return false;
    case Op::kAccept:
      arrivals->push_back({AnnotationNumber(thread->marks), ThreadNumber({thread->pc, {}})});
      return false;
    case Op::kNode:
      if (!PassNode(instruction, here.vertex, thread)) return false;
      break;
    case Op::kCheck:
      if (!PassCheck(*instruction.condition, *thread, here, walked)) return false;
      break;
    case Op::kSplit:
      for (uint32_t i = 0; i < instruction.targets.size(); ++i) {
        Moving& branch = moving_.emplace_back(*thread);
        branch.pc = instruction.targets[i];
        if (instruction.word != kNoWord) {
          branch.marks.push_back(PathMark::Of(PathMark::Kind::kBranch, instruction.word + i));
        }
      }
      return false;
    case Op::kLoopTest: {
      const int64_t done = instruction.word == kNoWord ? 0 : thread->words[instruction.word];
      if (done < instruction.max) {
        Moving& round = moving_.emplace_back(*thread);
        round.pc = instruction.targets[0];
      }
      if (done < instruction.min) return false;
      if (instruction.word != kNoWord) thread->words[instruction.word] = 0;
      thread->pc = instruction.targets[1];
      return true;
    }
    case Op::kRoundBegin:
    case Op::kRoundEnd:
    case Op::kForget:
      for (const uint32_t word : instruction.cleared_words) thread->words[word] = kNothing;
      if (instruction.op != Op::kForget && !instruction.optional)
        thread->round_marks = static_cast<uint32_t>(thread->marks.size());
      if (instruction.op == Op::kRoundEnd && instruction.word != kNoWord) {
        // Beyond the smallest number of rounds an endless quantifier need not count on.
        uint32_t& done = thread->words[instruction.word];
        if (instruction.max != std::numeric_limits<int64_t>::max() || done < instruction.min) ++done;
      }
      break;
    case Op::kGroupBegin:
      if (instruction.word != kNoWord) thread->words[instruction.word] = position + 1;
      if (instruction.path_word != kNoWord) thread->words[instruction.path_word] = position + 1;
      if (instruction.group->variable != kNoVariable) mark(PathMark::Kind::kPathBegins, instruction.group->variable);
      break;
    case Op::kGroupEnd:
      if (instruction.word != kNoWord) thread->words[instruction.word] = kNothing;
      if (instruction.group->variable != kNoVariable) mark(PathMark::Kind::kPathEnds, instruction.group->variable);
      break;
  }
  thread->pc = instruction.next;
  return true;
}

bool PathAutomaton::Run(Moving first, const Neighbor& here, const WalkedPath* walked, std::vector<Arrival>* arrivals) {
  std::vector<SourceItem>* const touched = context_->touched();
  moving_.clear();
  moving_.push_back(std::move(first));
  while (!moving_.empty()) {
    Moving thread = std::move(moving_.back());
    moving_.pop_back();
    const size_t before = touched == nullptr ? 0 : touched->size();
    const size_t arrived = arrivals->size() + moving_.size();
    while (Advance(&thread, here, walked, arrivals)) {
    }
    if (context_->failed()) return false;
    // A thread that was dropped leaves no trace of what it read.
    if (touched != nullptr && arrivals->size() + moving_.size() == arrived) touched->resize(before);
  }
  return true;
}

const PathAutomaton::Arrivals* PathAutomaton::Cross(uint32_t number, const Neighbor& neighbor,
                                                    const WalkedPath* walked) {
  const uint32_t pc = threads_[number].pc;
  const PathInstruction& instruction = program_->instructions[pc];
  arrivals_.known = false;
  arrivals_.threads.clear();
  arrivals_.states.clear();
  if (!mode_groups_.empty() && !ModesAllow(threads_[number].words, neighbor, *walked)) return &arrivals_;
  if (keeps_time_order_ && walked != nullptr && !TimeAllows(threads_[number].words, neighbor.edge, *walked)) {
    return &arrivals_;
  }
  Moving thread{instruction.next, threads_[number].words, {}};
  std::vector<SourceItem>* const touched = context_->touched();
  const size_t before = touched == nullptr ? 0 : touched->size();
  if (!PassEdge(instruction, neighbor.edge, &thread)) {
    if (touched != nullptr) touched->resize(before);
    return context_->failed() ? nullptr : &arrivals_;
  }
  const bool by_table = instruction.labels_only && bound_vertices_.size() <= kMostTableBits;
  if (!by_table) {
    if (!Run(std::move(thread), neighbor, walked, &arrivals_.threads)) return nullptr;
    if (arrivals_.threads.empty() && touched != nullptr) touched->resize(before);
    return &arrivals_;
  }
  const size_t index = TableIndex(neighbor.vertex);
  const auto known = [&]() -> Arrivals& {
    std::vector<Arrivals>& table = tables_by_thread_[number];
    if (table.size() <= index) table.resize(index + 1);
    return table[index];
  };
  if (!known().known) {
    Arrivals computed;
    if (!Run(std::move(thread), neighbor, walked, &computed.threads)) return nullptr;
    Group(&computed);
    computed.known = true;
    known() = std::move(computed);
  }
  return &known();
}

void PathAutomaton::Group(Arrivals* arrivals) {
  std::sort(arrivals->threads.begin(), arrivals->threads.end(),
            [](const Arrival& a, const Arrival& b) { return a.annotation < b.annotation; });
  for (size_t i = 0; i < arrivals->threads.size();) {
    const uint32_t annotation = arrivals->threads[i].annotation;
    std::vector<uint32_t> threads;
    for (; i < arrivals->threads.size() && arrivals->threads[i].annotation == annotation; ++i) {
      threads.push_back(arrivals->threads[i].thread);
    }
    arrivals->states.emplace_back(annotation, StateNumber(std::move(threads)));
  }
}

// --- Whole states. ---

template <typename Visit>
bool PathAutomaton::ForEachAllowedEdge(const EdgeTest& test, VertexId vertex, const Visit& visit) const {
  const auto visit_allowed = [&](const Neighbor& neighbor) {
    if (!taken_->empty() && std::find(taken_->begin(), taken_->end(), neighbor.edge) != taken_->end()) return true;
    return visit(neighbor);
  };
  if (const EdgeWays* ways = lookups_ == nullptr ? nullptr : lookups_->Of(test)) {
    const std::span<const Neighbor> steps = ways->From(vertex);
    return std::all_of(steps.begin(), steps.end(), visit_allowed);
  }
  return ForEachEdge(test, program_->reversed, vertex, context_->view(), visit_allowed);
}

// Does the pattern allow to go from `vertex` over the edge of `next`?
bool PathAutomaton::Leads(const EdgeTest& test, VertexId vertex, const Neighbor& next) const {
  const Image& image = context_->image();
  const bool outward = image.source(next.edge) == vertex;
  const bool inward = image.target(next.edge) == vertex;
  return std::any_of(test.steps.begin(), test.steps.end(), [&](const RelationStep& step) {
    if (step.relation != image.relation(next.edge)) return false;
    const bool out = program_->reversed ? step.backward : step.forward;
    const bool in = program_->reversed ? step.forward : step.backward;
    return (out && outward) || (in && inward);
  });
}

bool PathAutomaton::Start(VertexId vertex, std::vector<Transition>* out) {
  Arrivals arrivals;
  if (!Run({program_->start, Words(program_->words), {}}, {vertex, EdgeId()}, nullptr, &arrivals.threads)) return false;
  Group(&arrivals);
  for (const auto& [annotation, state] : arrivals.states) out->push_back({EdgeId(), vertex, annotation, state});
  return true;
}

bool PathAutomaton::Step(VertexId vertex, uint32_t state, const WalkedPath* walked, std::vector<Transition>* out) {
  const size_t thread_count = states_[state].threads.size();
  if (thread_count == 1) {
    const uint32_t number = states_[state].threads.front();
    const EdgeTest& test = *program_->instructions[threads_[number].pc].edge;
    return ForEachAllowedEdge(test, vertex, [&](const Neighbor& neighbor) {
      const Arrivals* arrivals = Cross(number, neighbor, walked);
      if (arrivals == nullptr) return false;
      if (!arrivals->known && !arrivals->threads.empty()) Group(&arrivals_);
      for (const auto& [annotation, next] : arrivals->states) {
        out->push_back({neighbor.edge, neighbor.vertex, annotation, next});
      }
      return true;
    });
  }
  candidates_.clear();
  for (size_t i = 0; i < thread_count; ++i) {
    const uint32_t number = states_[state].threads[i];
    const EdgeTest& test = *program_->instructions[threads_[number].pc].edge;
    const bool fine = ForEachAllowedEdge(test, vertex, [&](const Neighbor& neighbor) {
      const Arrivals* arrivals = Cross(number, neighbor, walked);
      if (arrivals == nullptr) return false;
      for (const Arrival& arrival : arrivals->threads) candidates_.push_back({neighbor.edge, neighbor.vertex, arrival});
      return true;
    });
    if (!fine) return false;
  }
  Emit(out);
  return true;
}

bool PathAutomaton::StepOver(VertexId vertex, uint32_t state, const Neighbor& next, const WalkedPath* walked,
                             std::vector<Transition>* out) {
  candidates_.clear();
  const std::vector<uint32_t> threads = states_[state].threads;
  for (const uint32_t number : threads) {
    if (!Leads(*program_->instructions[threads_[number].pc].edge, vertex, next)) continue;
    const Arrivals* arrivals = Cross(number, next, walked);
    if (arrivals == nullptr) return false;
    for (const Arrival& arrival : arrivals->threads) candidates_.push_back({next.edge, next.vertex, arrival});
  }
  Emit(out);
  return true;
}

// Sorts the candidates by edge and annotation; those that have read the same are one state.
void PathAutomaton::Emit(std::vector<Transition>* out) {
  std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
    return a.edge != b.edge ? a.edge < b.edge : a.arrival.annotation < b.arrival.annotation;
  });
  std::vector<uint32_t> threads;
  for (size_t i = 0; i < candidates_.size();) {
    const Candidate first = candidates_[i];
    threads.clear();
    for (; i < candidates_.size() && candidates_[i].edge == first.edge &&
           candidates_[i].arrival.annotation == first.arrival.annotation;
         ++i) {
      threads.push_back(candidates_[i].arrival.thread);
    }
    out->push_back({first.edge, first.vertex, first.arrival.annotation, StateNumber(threads)});
  }
}

bool PathAutomaton::Retrace(const WalkedPath& walked) {
  if (!reads_) return true;
  std::vector<Transition> starts;
  if (!Start(walked.vertices.front(), &starts)) return false;
  const auto start = std::find_if(starts.begin(), starts.end(), [&](const Transition& transition) {
    return transition.annotation == walked.annotations.front();
  });
  if (start == starts.end()) return true;
  uint32_t state = start->state;
  WalkedPath before;
  before.Push(EdgeId(), walked.vertices.front(), walked.annotations.front());
  for (size_t i = 0; i < walked.edges.size(); ++i) {
    const Neighbor next{walked.vertices[i + 1], walked.edges[i]};
    std::vector<uint32_t> arrived;
    const std::vector<uint32_t> threads = states_[state].threads;
    for (const uint32_t number : threads) {
      if (!Leads(*program_->instructions[threads_[number].pc].edge, walked.vertices[i], next)) continue;
      const Arrivals* arrivals = Cross(number, next, &before);
      if (arrivals == nullptr) return false;
      for (const Arrival& arrival : arrivals->threads) {
        if (arrival.annotation == walked.annotations[i + 1]) arrived.push_back(arrival.thread);
      }
    }
    if (arrived.empty()) return true;
    state = StateNumber(std::move(arrived));
    before.Push(next.edge, next.vertex, walked.annotations[i + 1]);
  }
  return true;
}

}  // namespace dossier
