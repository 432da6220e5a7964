#include "query/path_matcher.h"

#include <algorithm>

#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/execution.h"

namespace dossier {
namespace {

// Sets a local for as long as the scope lasts.
class ScopedLocal {
 public:
  ScopedLocal(EvaluationContext* context, uint32_t local, Value value) : context_(context), local_(local) {
    if (local_ == kNoLocal) return;
    before_ = std::exchange(context_->local(local_), std::move(value));
  }
  ~ScopedLocal() {
    if (local_ != kNoLocal) context_->local(local_) = std::move(before_);
  }
  ScopedLocal(const ScopedLocal&) = delete;
  ScopedLocal& operator=(const ScopedLocal&) = delete;

 private:
  EvaluationContext* context_;
  uint32_t local_;
  Value before_;
};

Value ReadVertexProperty(VertexId vertex, PropertyId property, EvaluationContext& context) {
  EdgeId source;
  Value value = context.view().VertexProperty(vertex, property, &source);
  if (source.valid() && context.touched() != nullptr) context.touched()->push_back(SourceItem::Of(source));
  return value;
}

bool PropertiesMatch(const std::vector<PropertyTest>& properties, EvaluationContext& context, const auto& read) {
  for (const PropertyTest& property : properties) {
    if (!property.property.valid()) return false;
    const Value wanted = property.value->Evaluate(context);
    if (context.failed() || Equals(read(property.property), wanted) != Ternary::kTrue) return false;
  }
  return true;
}

Path Reversed(const Path& path) {
  return {{path.vertices.rbegin(), path.vertices.rend()}, {path.edges.rbegin(), path.edges.rend()}};
}

}  // namespace

PathMatcher::PathMatcher(const BoundPathPattern* pattern, const PathProgram* program, bool different_edges)
    : pattern_(pattern), program_(program), different_edges_(different_edges) {
  counters_.resize(program->loops);
  round_starts_.resize(program->loops);
  round_values_.resize(program->loops);
  group_starts_.resize(program->groups);
}

bool PathMatcher::Match(VertexId start, const std::vector<EdgeId>& taken, EvaluationContext& context,
                        const Found& found) {
  context_ = &context;
  found_ = &found;
  taken_ = &taken;
  path_.vertices.assign(1, start);
  path_.edges.clear();
  last_edge_hidden_ = false;
  open_modes_.clear();
  seen_.clear();
  if (pattern_->mode.has_value()) open_modes_.push_back({*pattern_->mode, 0});

  frames_.clear();
  frames_.emplace_back().pc = program_->start;
  while (!frames_.empty()) {
    switch (Advance(frames_.back())) {
      case Move::kGoOn:
        frames_.emplace_back().pc = next_;
        break;
      case Move::kLeave:
        frames_.pop_back();
        break;
      case Move::kStop:
        for (; !frames_.empty(); frames_.pop_back()) Undo(frames_.back());
        return false;
    }
  }
  return !context.failed();
}

bool PathMatcher::Stop() {
  if ((++edges_tried_ & 1023) != 0 || context_->state() == nullptr) return false;
  absl::Status status = context_->state()->Check();
  if (status.ok()) return false;
  context_->Fail(std::move(status));
  return true;
}

PathMatcher::Move PathMatcher::GoOn(Frame& frame, uint32_t pc) {
  frame.done_something = true;
  next_ = pc;
  return Move::kGoOn;
}

PathMatcher::Move PathMatcher::Advance(Frame& frame) {
  const PathInstruction& instruction = program_->instructions[frame.pc];
  const bool first_turn = frame.turn++ == 0;
  if (first_turn) {
    frame.touched = context_->touched() == nullptr ? 0 : context_->touched()->size();
  } else {
    Undo(frame);
  }
  switch (instruction.op) {
    case PathInstruction::Op::kEdge:
      return NextEdge(instruction, frame);
    case PathInstruction::Op::kSplit:
      return frame.turn <= instruction.targets.size() ? GoOn(frame, instruction.targets[frame.turn - 1]) : Move::kLeave;
    case PathInstruction::Op::kLoopTest:
      return NextRound(instruction, frame);
    default:
      break;
  }
  if (!first_turn) return Move::kLeave;  // the rest have one way to go on
  switch (instruction.op) {
    case PathInstruction::Op::kNode:
      return EnterNode(instruction, frame);
    case PathInstruction::Op::kLoopBegin:
      frame.number = std::exchange(counters_[instruction.index], 0);
      round_values_[instruction.index].assign(instruction.factor->groups.size(), {});
      return GoOn(frame, instruction.next);
    case PathInstruction::Op::kRoundBegin:
      frame.number = std::exchange(round_starts_[instruction.index], static_cast<int64_t>(path_.edges.size()));
      if (!instruction.optional) {
        for (const auto& [single, list] : instruction.factor->groups) {
          frame.saved.push_back(std::exchange(context_->local(single), Value::Null()));
        }
      }
      return GoOn(frame, instruction.next);
    case PathInstruction::Op::kRoundEnd:
      return EndRound(instruction, frame);
    case PathInstruction::Op::kGroupBegin: {
      const size_t from = path_.vertices.size() - 1;
      frame.number = std::exchange(group_starts_[instruction.index], static_cast<int64_t>(from));
      if (instruction.group->mode.has_value()) open_modes_.push_back({*instruction.group->mode, from});
      return GoOn(frame, instruction.next);
    }
    case PathInstruction::Op::kGroupEnd:
      return EndGroup(instruction, frame);
    default:
      return Accept();
  }
}

void PathMatcher::Undo(Frame& frame) {
  // Forgets what the branch touched, so that a path found rests on what it read itself.
  if (std::vector<SourceItem>* touched = context_->touched(); touched != nullptr && touched->size() > frame.touched) {
    touched->resize(frame.touched);
  }
  if (!frame.done_something) return;
  frame.done_something = false;
  const PathInstruction& instruction = program_->instructions[frame.pc];
  const auto restore = [&](uint32_t local) {
    if (frame.saved.empty()) return;
    context_->local(local) = std::move(frame.saved.back());
    frame.saved.pop_back();
  };
  switch (instruction.op) {
    case PathInstruction::Op::kNode:
      restore(instruction.node->local);
      return;
    case PathInstruction::Op::kEdge:
      path_.edges.pop_back();
      path_.vertices.pop_back();
      last_edge_hidden_ = frame.was_hidden;
      restore(instruction.edge->local);
      return;
    case PathInstruction::Op::kLoopBegin:
      counters_[instruction.index] = frame.number;
      return;
    case PathInstruction::Op::kLoopTest:
      for (auto group = instruction.factor->groups.rbegin(); group != instruction.factor->groups.rend(); ++group) {
        restore(group->second);
      }
      return;
    case PathInstruction::Op::kRoundBegin:
      round_starts_[instruction.index] = frame.number;
      for (auto group = instruction.factor->groups.rbegin(); group != instruction.factor->groups.rend(); ++group) {
        restore(group->first);
      }
      return;
    case PathInstruction::Op::kRoundEnd:
      --counters_[instruction.index];
      if (instruction.optional) return;
      for (size_t i = instruction.factor->groups.size(); i-- > 0;) {
        round_values_[instruction.index][i].pop_back();
        restore(instruction.factor->groups[i].first);
      }
      return;
    case PathInstruction::Op::kGroupBegin:
      if (instruction.group->mode.has_value()) open_modes_.pop_back();
      group_starts_[instruction.index] = frame.number;
      return;
    case PathInstruction::Op::kGroupEnd:
      if (frame.mode_closed) open_modes_.push_back({frame.closed_mode, static_cast<size_t>(frame.number)});
      if (instruction.group->path_local != kNoLocal) restore(instruction.group->path_local);
      return;
    case PathInstruction::Op::kSplit:
    case PathInstruction::Op::kAccept:
      return;
  }
}

bool PathMatcher::Passes(const NodeTest& test, VertexId vertex, bool named_edge) const {
  EvaluationContext& context = *context_;
  const Image& image = context.image();
  if (!test.any_label && !test.signatures[image.signature(vertex)]) return false;
  // Documents and claims have to be named: by a label, or by the edge that leads to them.
  if (!test.provenance && !named_edge && image.kind(vertex) != VertexKind::kEntity) return false;
  if (!PropertiesMatch(test.properties, context,
                       [&](PropertyId property) { return ReadVertexProperty(vertex, property, context); })) {
    return false;
  }
  if (test.where == nullptr) return true;
  ScopedLocal self(&context, test.local, Value::Vertex(vertex));
  return test.where->Evaluate(context).is_true();
}

PathMatcher::Move PathMatcher::EnterNode(const PathInstruction& instruction, Frame& frame) {
  const NodeTest& test = *instruction.node;
  const VertexId vertex = path_.vertices.back();
  bool bound = false;
  if (test.local != kNoLocal) {
    const Value& value = context_->local(test.local);
    bound = !value.is_null();
    if (bound && (value.type() != Value::Type::kVertex || value.vertex() != vertex)) return Move::kLeave;
  }
  if (!Passes(test, vertex, bound || last_edge_hidden_)) {
    if (context_->failed()) return Move::kStop;
    Undo(frame);  // what a failed test has touched
    return Move::kLeave;
  }
  if (!bound && test.local != kNoLocal) {
    frame.saved.push_back(std::exchange(context_->local(test.local), Value::Vertex(vertex)));
  }
  return GoOn(frame, instruction.next);
}

bool PathMatcher::EdgeUsed(EdgeId edge, size_t from) const {
  return std::find(path_.edges.begin() + static_cast<ptrdiff_t>(from), path_.edges.end(), edge) != path_.edges.end();
}

bool PathMatcher::ModeAllows(ast::PathMode mode, size_t from, EdgeId edge, VertexId vertex) const {
  const auto begin = path_.vertices.begin() + static_cast<ptrdiff_t>(from);
  switch (mode) {
    case ast::PathMode::kWalk:
      return true;
    case ast::PathMode::kTrail:
      return !EdgeUsed(edge, from);
    case ast::PathMode::kAcyclic:
      return std::find(begin, path_.vertices.end(), vertex) == path_.vertices.end();
    case ast::PathMode::kSimple:
      // Only the first vertex may come back, and then as the last: nothing follows a closed path.
      if (path_.vertices.size() - from > 1 && *begin == path_.vertices.back()) return false;
      return std::find(begin + 1, path_.vertices.end(), vertex) == path_.vertices.end();
  }
  return true;
}

PathMatcher::Move PathMatcher::NextEdge(const PathInstruction& instruction, Frame& frame) {
  const VertexId here = path_.vertices.back();
  const Image& image = context_->image();
  const std::vector<RelationStep>& steps = instruction.edge->steps;
  for (; frame.step < steps.size(); ++frame.step, frame.way = 0) {
    const RelationStep& step = steps[frame.step];
    const bool out = program_->reversed ? step.backward : step.forward;
    const bool in = program_->reversed ? step.forward : step.backward;
    for (; frame.way < 2; ++frame.way, frame.neighbor = 0) {
      const bool outward = frame.way == 0;
      if (outward ? !out : !in) continue;
      const auto neighbors = outward ? image.Out(here, step.relation) : image.In(here, step.relation);
      while (frame.neighbor < neighbors.size()) {
        const Neighbor& neighbor = neighbors[frame.neighbor++];
        // A loop at a vertex stands in both lists and is one edge.
        if (!outward && out && neighbor.vertex == here) continue;
        if (Stop()) return Move::kStop;
        const Move move = TakeEdge(instruction, neighbor, frame);
        if (move != Move::kLeave) return move;
        Undo(frame);  // what a failed test has touched
      }
    }
  }
  return Move::kLeave;
}

PathMatcher::Move PathMatcher::TakeEdge(const PathInstruction& instruction, const Neighbor& neighbor, Frame& frame) {
  const EdgeTest& test = *instruction.edge;
  if (!context_->view().Walks(neighbor.edge)) return Move::kLeave;
  if (different_edges_ &&
      (EdgeUsed(neighbor.edge, 0) || std::find(taken_->begin(), taken_->end(), neighbor.edge) != taken_->end())) {
    return Move::kLeave;
  }
  for (const OpenMode& open : open_modes_) {
    if (!ModeAllows(open.mode, open.from, neighbor.edge, neighbor.vertex)) return Move::kLeave;
  }
  if (!PropertiesMatch(test.properties, *context_,
                       [&](PropertyId property) { return context_->view().EdgeProperty(neighbor.edge, property); })) {
    return context_->failed() ? Move::kStop : Move::kLeave;
  }
  const Value self = Value::Edge(neighbor.edge);
  if (test.local != kNoLocal) {
    const Value& bound = context_->local(test.local);
    if (!bound.is_null() && !Equivalent(bound, self)) return Move::kLeave;
  }
  if (test.where != nullptr) {
    ScopedLocal local(context_, test.local, self);
    const bool holds = test.where->Evaluate(*context_).is_true();
    if (context_->failed()) return Move::kStop;
    if (!holds) return Move::kLeave;
  }
  if (context_->state() != nullptr && path_.edges.size() >= context_->state()->limits().path_length) {
    context_->Fail(ToStatus(absl::StatusCode::kResourceExhausted,
                            {.number = kPathTooLong,
                             .cause = StrCat("a path grew beyond ", context_->state()->limits().path_length, " edges"),
                             .rule = "paths are followed up to the limit of path length",
                             .hint = "bound the quantifier, or use a mode such as ACYCLIC"}));
    return Move::kStop;
  }
  if (test.local != kNoLocal) frame.saved.push_back(std::exchange(context_->local(test.local), self));
  frame.was_hidden =
      std::exchange(last_edge_hidden_, context_->image().hidden(context_->image().relation(neighbor.edge)));
  path_.edges.push_back(neighbor.edge);
  path_.vertices.push_back(neighbor.vertex);
  return GoOn(frame, instruction.next);
}

// First on behind the loop, which finds shorter paths first; then another round.
PathMatcher::Move PathMatcher::NextRound(const PathInstruction& instruction, Frame& frame) {
  const int64_t done = counters_[instruction.index];
  if (frame.turn == 1) {
    if (done >= instruction.min) {
      if (!instruction.optional) {
        for (size_t i = 0; i < instruction.factor->groups.size(); ++i) {
          List values = round_values_[instruction.index][i];
          // Matched from the far end, the rounds have come in reverse.
          if (program_->reversed) std::reverse(values.begin(), values.end());
          const uint32_t list = instruction.factor->groups[i].second;
          frame.saved.push_back(std::exchange(context_->local(list), Value::OfList(std::move(values))));
        }
      }
      return GoOn(frame, instruction.targets[1]);
    }
    ++frame.turn;
  }
  return frame.turn == 2 && done < instruction.max ? GoOn(frame, instruction.targets[0]) : Move::kLeave;
}

PathMatcher::Move PathMatcher::EndRound(const PathInstruction& instruction, Frame& frame) {
  // A round that went nowhere, once enough rounds are done, would go on for ever.
  if (static_cast<int64_t>(path_.edges.size()) == round_starts_[instruction.index] &&
      counters_[instruction.index] >= instruction.min) {
    return Move::kLeave;
  }
  ++counters_[instruction.index];
  if (!instruction.optional) {
    for (size_t i = 0; i < instruction.factor->groups.size(); ++i) {
      Value& single = context_->local(instruction.factor->groups[i].first);
      round_values_[instruction.index][i].push_back(single);
      frame.saved.push_back(std::exchange(single, Value::Null()));
    }
  }
  return GoOn(frame, instruction.next);
}

PathMatcher::Move PathMatcher::EndGroup(const PathInstruction& instruction, Frame& frame) {
  const BoundGroup& group = *instruction.group;
  if (group.path_local != kNoLocal) {
    const auto from = static_cast<ptrdiff_t>(group_starts_[instruction.index]);
    Path inner{{path_.vertices.begin() + from, path_.vertices.end()}, {path_.edges.begin() + from, path_.edges.end()}};
    Value part = Value::OfPath(program_->reversed ? Reversed(inner) : std::move(inner));
    frame.saved.push_back(std::exchange(context_->local(group.path_local), std::move(part)));
  }
  // Outside of a group with a mode of its own, that mode no longer holds.
  if (group.mode.has_value()) {
    frame.mode_closed = true;
    frame.closed_mode = open_modes_.back().mode;
    frame.number = static_cast<int64_t>(open_modes_.back().from);
    open_modes_.pop_back();
  }
  frame.done_something = true;
  if (group.where != nullptr) {
    const bool holds = group.where->Evaluate(*context_).is_true();
    if (context_->failed()) return Move::kStop;
    if (!holds) {
      Undo(frame);
      return Move::kLeave;
    }
  }
  return GoOn(frame, instruction.next);
}

PathMatcher::Move PathMatcher::Accept() {
  if (program_->has_alternatives) {
    std::string binding;
    for (const EdgeId edge : path_.edges) binding += StrCat(edge.value, ',');
    for (const VertexId vertex : path_.vertices) binding += StrCat(vertex.value, '.');
    for (const PatternVariable& variable : pattern_->variables) {
      binding += ToString(context_->local(variable.local)) + ';';
    }
    if (!seen_.insert(std::move(binding)).second) return Move::kLeave;
  }
  const bool go_on = program_->reversed ? (*found_)(Reversed(path_)) : (*found_)(path_);
  return go_on && !context_->failed() ? Move::kLeave : Move::kStop;
}

}  // namespace dossier
