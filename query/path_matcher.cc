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

// Forgets what the branch touched when it is left, so that a path found rests on what it read itself.
class TouchedMark {
 public:
  explicit TouchedMark(EvaluationContext* context)
      : touched_(context->touched()), size_(touched_ == nullptr ? 0 : touched_->size()) {}
  ~TouchedMark() {
    // Whoever was told of a path may have taken the list away.
    if (touched_ != nullptr && touched_->size() > size_) touched_->resize(size_);
  }
  TouchedMark(const TouchedMark&) = delete;
  TouchedMark& operator=(const TouchedMark&) = delete;

 private:
  std::vector<SourceItem>* touched_;
  size_t size_;
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
  return Run(program_->start) && !context.failed();
}

bool PathMatcher::Stop() {
  if ((++edges_touched_ & 1023) != 0 || context_->state() == nullptr) return false;
  absl::Status status = context_->state()->Check();
  if (status.ok()) return false;
  context_->Fail(std::move(status));
  return true;
}

bool PathMatcher::Run(uint32_t pc) {
  const PathInstruction& instruction = program_->instructions[pc];
  switch (instruction.op) {
    case PathInstruction::Op::kNode:
      return RunNode(instruction);
    case PathInstruction::Op::kEdge:
      return RunEdge(instruction);
    case PathInstruction::Op::kSplit:
      return std::all_of(instruction.targets.begin(), instruction.targets.end(),
                         [this](uint32_t target) { return Run(target); });
    case PathInstruction::Op::kLoopBegin: {
      const int64_t before = std::exchange(counters_[instruction.index], 0);
      // The list of a group variable begins anew each time its quantified part is entered.
      std::vector<Value> lists;
      for (const auto& [single, list] : instruction.factor->groups) {
        lists.push_back(std::exchange(context_->local(list), Value::OfList({})));
      }
      const bool go_on = Run(instruction.next);
      for (size_t i = 0; i < lists.size(); ++i) {
        context_->local(instruction.factor->groups[i].second) = std::move(lists[i]);
      }
      counters_[instruction.index] = before;
      return go_on;
    }
    case PathInstruction::Op::kLoopTest:
      return RunLoopTest(instruction);
    case PathInstruction::Op::kRoundBegin:
      return RunRoundBegin(instruction);
    case PathInstruction::Op::kRoundEnd:
      return RunRoundEnd(instruction);
    case PathInstruction::Op::kGroupBegin: {
      const size_t before = std::exchange(group_starts_[instruction.index], path_.vertices.size() - 1);
      const bool has_mode = instruction.group->mode.has_value();
      if (has_mode) open_modes_.push_back({*instruction.group->mode, path_.vertices.size() - 1});
      const bool go_on = Run(instruction.next);
      if (has_mode) open_modes_.pop_back();
      group_starts_[instruction.index] = before;
      return go_on;
    }
    case PathInstruction::Op::kGroupEnd:
      return RunGroupEnd(instruction);
    case PathInstruction::Op::kAccept:
      return Accept();
  }
  return true;
}

bool PathMatcher::Passes(const NodeTest& test, VertexId vertex, bool named_edge, EvaluationContext& context) {
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

bool PathMatcher::RunNode(const PathInstruction& instruction) {
  const TouchedMark mark(context_);
  const NodeTest& test = *instruction.node;
  const VertexId vertex = path_.vertices.back();
  bool bound = false;
  if (test.local != kNoLocal) {
    const Value& value = context_->local(test.local);
    bound = !value.is_null();
    if (bound && (value.type() != Value::Type::kVertex || value.vertex() != vertex)) return true;
  }
  if (!Passes(test, vertex, bound || last_edge_hidden_, *context_)) return !context_->failed();
  if (bound || test.local == kNoLocal) return Run(instruction.next);
  ScopedLocal self(context_, test.local, Value::Vertex(vertex));
  return Run(instruction.next);
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

bool PathMatcher::RunEdge(const PathInstruction& instruction) {
  const VertexId here = path_.vertices.back();
  const Image& image = context_->image();
  for (const RelationStep& step : instruction.edge->steps) {
    const bool out = program_->reversed ? step.backward : step.forward;
    const bool in = program_->reversed ? step.forward : step.backward;
    if (out) {
      for (const Neighbor& neighbor : image.Out(here, step.relation)) {
        if (!TakeEdge(instruction, neighbor)) return false;
      }
    }
    if (in) {
      for (const Neighbor& neighbor : image.In(here, step.relation)) {
        // A loop at a vertex stands in both lists and is one edge.
        if (out && neighbor.vertex == here) continue;
        if (!TakeEdge(instruction, neighbor)) return false;
      }
    }
  }
  return true;
}

bool PathMatcher::TakeEdge(const PathInstruction& instruction, const Neighbor& neighbor) {
  if (Stop()) return false;
  const TouchedMark mark(context_);
  const EdgeTest& test = *instruction.edge;
  if (!context_->view().Walks(neighbor.edge)) return true;
  if (different_edges_ &&
      (EdgeUsed(neighbor.edge, 0) || std::find(taken_->begin(), taken_->end(), neighbor.edge) != taken_->end())) {
    return true;
  }
  for (const OpenMode& open : open_modes_) {
    if (!ModeAllows(open.mode, open.from, neighbor.edge, neighbor.vertex)) return true;
  }
  if (!PropertiesMatch(test.properties, *context_,
                       [&](PropertyId property) { return context_->view().EdgeProperty(neighbor.edge, property); })) {
    return !context_->failed();
  }
  const Value self = Value::Edge(neighbor.edge);
  if (test.local != kNoLocal) {
    const Value& bound = context_->local(test.local);
    if (!bound.is_null() && !Equivalent(bound, self)) return true;
  }
  ScopedLocal local(context_, test.local, self);
  if (test.where != nullptr && !test.where->Evaluate(*context_).is_true()) return !context_->failed();
  if (context_->state() != nullptr && path_.edges.size() >= context_->state()->limits().path_length) {
    context_->Fail(ToStatus(absl::StatusCode::kResourceExhausted,
                            {.number = kPathTooLong,
                             .cause = StrCat("a path grew beyond ", context_->state()->limits().path_length, " edges"),
                             .rule = "paths are followed up to the limit of path length",
                             .hint = "bound the quantifier, or use a mode such as ACYCLIC"}));
    return false;
  }
  path_.edges.push_back(neighbor.edge);
  path_.vertices.push_back(neighbor.vertex);
  const bool before =
      std::exchange(last_edge_hidden_, context_->image().hidden(context_->image().relation(neighbor.edge)));
  const bool go_on = Run(instruction.next);
  last_edge_hidden_ = before;
  path_.edges.pop_back();
  path_.vertices.pop_back();
  return go_on;
}

bool PathMatcher::RunLoopTest(const PathInstruction& instruction) {
  const int64_t done = counters_[instruction.index];
  // Leaving first finds shorter paths first.
  if (done >= instruction.min && !Run(instruction.targets[1])) return false;
  return done >= instruction.max || Run(instruction.targets[0]);
}

bool PathMatcher::RunRoundBegin(const PathInstruction& instruction) {
  const size_t before = std::exchange(round_starts_[instruction.index], path_.edges.size());
  bool go_on;
  if (instruction.optional) {
    go_on = Run(instruction.next);
  } else {
    std::vector<Value> singles;
    for (const auto& [single, list] : instruction.factor->groups) {
      singles.push_back(std::exchange(context_->local(single), Value::Null()));
    }
    go_on = Run(instruction.next);
    for (size_t i = 0; i < singles.size(); ++i) {
      context_->local(instruction.factor->groups[i].first) = std::move(singles[i]);
    }
  }
  round_starts_[instruction.index] = before;
  return go_on;
}

bool PathMatcher::RunRoundEnd(const PathInstruction& instruction) {
  const int64_t done = counters_[instruction.index];
  // A round that went nowhere, once enough rounds are done, would go on for ever.
  if (path_.edges.size() == round_starts_[instruction.index] && done >= instruction.min) return true;
  std::vector<Value> singles, lists;
  if (!instruction.optional) {
    for (const auto& [single, list] : instruction.factor->groups) {
      List longer = context_->local(list).list();
      // Matched from the far end, the rounds come in reverse.
      longer.insert(program_->reversed ? longer.begin() : longer.end(), context_->local(single));
      lists.push_back(std::exchange(context_->local(list), Value::OfList(std::move(longer))));
      singles.push_back(std::exchange(context_->local(single), Value::Null()));
    }
  }
  counters_[instruction.index] = done + 1;
  const bool go_on = Run(instruction.next);
  counters_[instruction.index] = done;
  for (size_t i = 0; i < lists.size(); ++i) {
    const auto& [single, list] = instruction.factor->groups[i];
    context_->local(list) = std::move(lists[i]);
    context_->local(single) = std::move(singles[i]);
  }
  return go_on;
}

bool PathMatcher::RunGroupEnd(const PathInstruction& instruction) {
  const BoundGroup& group = *instruction.group;
  const size_t from = group_starts_[instruction.index];
  Value part;
  if (group.path_local != kNoLocal) {
    Path inner{{path_.vertices.begin() + static_cast<ptrdiff_t>(from), path_.vertices.end()},
               {path_.edges.begin() + static_cast<ptrdiff_t>(from), path_.edges.end()}};
    part = Value::OfPath(program_->reversed ? Reversed(inner) : std::move(inner));
  }
  // Outside of a group with a mode of its own, that mode no longer holds.
  std::optional<OpenMode> closed;
  if (group.mode.has_value()) {
    closed = open_modes_.back();
    open_modes_.pop_back();
  }
  ScopedLocal local(context_, group.path_local, std::move(part));
  bool go_on = true;
  if (group.where == nullptr || group.where->Evaluate(*context_).is_true()) {
    go_on = !context_->failed() && Run(instruction.next);
  } else {
    go_on = !context_->failed();
  }
  if (closed.has_value()) open_modes_.push_back(*closed);
  return go_on;
}

bool PathMatcher::Accept() {
  if (program_->has_alternatives) {
    std::string binding;
    for (const EdgeId edge : path_.edges) binding += StrCat(edge.value, ',');
    for (const VertexId vertex : path_.vertices) binding += StrCat(vertex.value, '.');
    for (const PatternVariable& variable : pattern_->variables)
      binding += ToString(context_->local(variable.local)) + ';';
    if (!seen_.insert(std::move(binding)).second) return true;
  }
  if (!program_->reversed) return (*found_)(path_) && !context_->failed();
  return (*found_)(Reversed(path_)) && !context_->failed();
}

}  // namespace dossier
