#include "tests/oracle/derivation.h"

#include <algorithm>
#include <set>

namespace dossier::oracle {
namespace {

using Kind = Pattern::Kind;

bool Holds(const LabelTest& test, const std::vector<std::string>& labels) {
  switch (test.kind) {
    case LabelTest::Kind::kName:
      return std::find(labels.begin(), labels.end(), test.name) != labels.end();
    case LabelTest::Kind::kWildcard:
      return !labels.empty();
    case LabelTest::Kind::kNot:
      return !Holds(test.operands[0], labels);
    case LabelTest::Kind::kAnd:
      return std::all_of(test.operands.begin(), test.operands.end(), [&](const auto& t) { return Holds(t, labels); });
    case LabelTest::Kind::kOr:
      return std::any_of(test.operands.begin(), test.operands.end(), [&](const auto& t) { return Holds(t, labels); });
  }
  return false;
}

bool AsksForSize(const Condition& condition) {
  return condition.left.kind == Operand::Kind::kSize || condition.right.kind == Operand::Kind::kSize ||
         std::any_of(condition.operands.begin(), condition.operands.end(), AsksForSize);
}

}  // namespace

Scalar PropertyOf(const Graph& graph, bool node, int number, const std::string& name) {
  const auto& properties = node ? graph.nodes[number].properties : graph.edges[number].properties;
  const auto found = properties.find(name);
  return found == properties.end() ? Scalar() : found->second;
}

namespace internal {

int Compare(Condition::Comparison comparison, const OperandValue& left, const OperandValue& right) {
  using Comparison = Condition::Comparison;
  if (left.kind == OperandValue::Kind::kNull || right.kind == OperandValue::Kind::kNull) return -1;
  if (left.kind == OperandValue::Kind::kElement || right.kind == OperandValue::Kind::kElement) {
    const bool same = left.kind == right.kind && left.element == right.element;
    return comparison == Comparison::kEqual ? same : !same;
  }
  if (comparison == Comparison::kEqual) return left.scalar == right.scalar;
  if (comparison == Comparison::kNotEqual) return left.scalar != right.scalar;
  if (left.scalar.index() != right.scalar.index()) return -1;
  switch (comparison) {
    case Comparison::kLess:
      return left.scalar < right.scalar;
    case Comparison::kLessOrEqual:
      return left.scalar <= right.scalar;
    case Comparison::kGreater:
      return left.scalar > right.scalar;
    default:
      return left.scalar >= right.scalar;
  }
}

}  // namespace internal

bool Allows(Mode mode, const Walk& walk, int from_edge) {
  switch (mode) {
    case Mode::kWalk:
      return true;
    case Mode::kTrail: {
      const std::set<int> edges(walk.edges.begin() + from_edge, walk.edges.end());
      return static_cast<int>(edges.size()) == walk.length() - from_edge;
    }
    case Mode::kAcyclic: {
      const std::set<int> nodes(walk.nodes.begin() + from_edge, walk.nodes.end());
      return static_cast<int>(nodes.size()) == walk.length() - from_edge + 1;
    }
    case Mode::kSimple: {
      if (walk.length() == from_edge) return true;
      // The last node may be the first; all others are different.
      const std::set<int> all_but_first(walk.nodes.begin() + from_edge + 1, walk.nodes.end());
      const std::set<int> all_but_last(walk.nodes.begin() + from_edge, walk.nodes.end() - 1);
      return static_cast<int>(all_but_first.size()) == walk.length() - from_edge &&
             static_cast<int>(all_but_last.size()) == walk.length() - from_edge;
    }
  }
  return false;
}

bool MayGrow(Mode mode, const Walk& walk, int from_edge) {
  if (!Allows(mode, walk, from_edge)) return false;
  // A simple walk that has come home is at its end.
  return mode != Mode::kSimple || walk.length() == from_edge || walk.nodes[from_edge] != walk.nodes.back();
}

Deriver::Deriver(const Graph& graph, const PathPattern& path) : graph_(graph), path_(path) { Number(path.pattern); }

int Deriver::NumberOf(const std::string& variable) const {
  const auto found = std::find(variables_.begin(), variables_.end(), variable);
  return found == variables_.end() ? -1 : static_cast<int>(found - variables_.begin());
}

void Deriver::Number(const Pattern& pattern) {
  const size_t before = variables_.size();
  if (!pattern.variable.empty() && NumberOf(pattern.variable) < 0) {
    variables_.push_back(pattern.variable);
    is_node_.push_back(pattern.kind == Kind::kNode);
  }
  if (pattern.where.has_value() && AsksForSize(*pattern.where)) sizes_matter_ = true;
  if (pattern.kind == Kind::kAlternation && pattern.multiset) {
    multiset_numbers_.emplace(&pattern, static_cast<int>(multiset_numbers_.size()));
  }
  for (const Pattern& child : pattern.children) Number(child);
  if (pattern.kind == Kind::kQuantified && !pattern.optional) {
    for (size_t i = before; i < variables_.size(); ++i) inside_[&pattern].push_back(static_cast<int>(i));
  }
}

int Deriver::Push(Frame frame) {
  frames_.push_back(std::move(frame));
  return static_cast<int>(frames_.size()) - 1;
}

Front Deriver::Start(const Walk& walk) {
  Front front;
  Derivation derivation;
  derivation.to_do = Push({.pattern = &path_.pattern});
  Advance(walk, std::move(derivation), front);
  return front;
}

Front Deriver::Read(const Walk& walk, const std::vector<Derivation>& waiting) {
  Front front;
  const int edge = walk.edges.back();
  const int from = walk.nodes[walk.nodes.size() - 2];
  const int to = walk.nodes.back();
  const bool along = graph_.edges[edge].source == from && graph_.edges[edge].target == to;
  const bool against = graph_.edges[edge].target == from && graph_.edges[edge].source == to;
  for (const Derivation& before : waiting) {
    const Pattern& element = *frames_[before.to_do].pattern;
    if (element.direction == Direction::kRight  ? !along
        : element.direction == Direction::kLeft ? !against
                                                : !along && !against) {
      continue;
    }
    Derivation after = before;
    after.to_do = frames_[before.to_do].next;
    if (!Bind(element, edge, 2 * walk.length() - 1, after) || !MayGoOn(walk, after.to_do)) continue;
    Advance(walk, std::move(after), front);
  }
  return front;
}

// Whether the modes of the parentheses that are open still hold.
bool Deriver::MayGoOn(const Walk& walk, int to_do) const {
  for (int at = to_do; at >= 0; at = frames_[at].next) {
    const Frame& frame = frames_[at];
    if (frame.kind != Frame::Kind::kCloseParenthesis || !frame.pattern->mode.has_value()) continue;
    if (!Allows(*frame.pattern->mode, walk, frame.start)) return false;
  }
  return true;
}

bool Deriver::Bind(const Pattern& element, int number, int position, Derivation& derivation) const {
  const bool node = element.kind == Kind::kNode;
  if (element.labels.has_value()) {
    const std::vector<std::string> labels =
        node ? graph_.nodes[number].labels : std::vector<std::string>{graph_.edges[number].type};
    if (!Holds(*element.labels, labels)) return false;
  }
  for (const auto& [name, value] : element.properties) {
    if (PropertyOf(graph_, node, number, name) != value) return false;
  }
  if (!element.variable.empty()) {
    const int variable = NumberOf(element.variable);
    Binding& binding = derivation.bindings[variable];
    if (binding.element >= 0 && binding.element != number) return false;
    binding.element = static_cast<int16_t>(number);
    derivation.marks.push_back({.position = position, .variable = variable});
  }
  if (!element.where.has_value()) return true;
  return TruthOf(*element.where, [&](const Operand& operand) { return ValueOf(operand, derivation.bindings); }) == 1;
}

OperandValue Deriver::ValueOf(const Operand& operand, const Bindings& bindings) const {
  OperandValue value;
  if (operand.kind == Operand::Kind::kConstant) {
    value.scalar = operand.constant;
  } else {
    const int variable = NumberOf(operand.variable);
    const Binding& binding = bindings[variable];
    switch (operand.kind) {
      case Operand::Kind::kSize:
        value.scalar = int64_t{binding.size};
        break;
      case Operand::Kind::kElement:
        if (binding.element >= 0) return {.kind = OperandValue::Kind::kElement, .element = binding.element};
        break;
      default:
        if (binding.element >= 0) {
          value.scalar = PropertyOf(graph_, is_node_[variable], binding.element, operand.property);
        }
        break;
    }
  }
  value.kind = value.scalar.index() == 0 ? OperandValue::Kind::kNull : OperandValue::Kind::kScalar;
  return value;
}

// Does all that needs no further edge.
void Deriver::Advance(const Walk& walk, Derivation derivation, Front& front) {
  ++steps_;
  if (derivation.to_do < 0) {
    MarkOnce(derivation, 0);
    front.done.push_back(std::move(derivation));
    return;
  }
  const Frame frame = frames_[derivation.to_do];  // a copy: frames_ grows below
  const Pattern& pattern = *frame.pattern;
  if (frame.kind == Frame::Kind::kCloseParenthesis) {
    if (pattern.mode.has_value() && !Allows(*pattern.mode, walk, frame.start)) return;
    if (pattern.where.has_value() &&
        TruthOf(*pattern.where, [&](const Operand& operand) { return ValueOf(operand, derivation.bindings); }) != 1) {
      return;
    }
    derivation.to_do = frame.next;
    return Advance(walk, std::move(derivation), front);
  }
  if (frame.kind == Frame::Kind::kCloseIteration) {
    if (!pattern.optional) LeaveIteration(frame, derivation);
    return Loop(walk, pattern, frame.iteration, frame.next, std::move(derivation), front);
  }
  switch (pattern.kind) {
    case Kind::kNode:
      derivation.to_do = frame.next;
      if (!Bind(pattern, walk.nodes.back(), 2 * walk.length(), derivation)) return;
      return Advance(walk, std::move(derivation), front);
    case Kind::kEdge:
      front.waiting.push_back(std::move(derivation));
      return;
    case Kind::kSequence: {
      int next = frame.next;
      for (size_t i = pattern.children.size(); i-- > 0;) next = Push({.pattern = &pattern.children[i], .next = next});
      derivation.to_do = next;
      return Advance(walk, std::move(derivation), front);
    }
    case Kind::kAlternation:
      for (size_t i = 0; i < pattern.children.size(); ++i) {
        Derivation operand = derivation;
        if (pattern.multiset) {
          operand.marks.push_back({.position = 2 * walk.length(),
                                   .variable = -1 - multiset_numbers_.at(&pattern),
                                   .operand = static_cast<int>(i)});
        }
        operand.to_do = Push({.pattern = &pattern.children[i], .next = frame.next});
        Advance(walk, std::move(operand), front);
      }
      return;
    case Kind::kQuantified:
      return Loop(walk, pattern, 0, frame.next, std::move(derivation), front);
    case Kind::kParenthesized: {
      const int close = Push(
          {.kind = Frame::Kind::kCloseParenthesis, .pattern = &pattern, .start = walk.length(), .next = frame.next});
      derivation.to_do = Push({.pattern = &pattern.children[0], .next = close});
      return Advance(walk, std::move(derivation), front);
    }
  }
}

// After `done` iterations: leave the loop, or begin another.
void Deriver::Loop(const Walk& walk, const Pattern& quantified, int done, int next, Derivation derivation,
                   Front& front) {
  if (!quantified.max.has_value() || done < *quantified.max) {
    Derivation inside = derivation;
    const int close = Push({.kind = Frame::Kind::kCloseIteration,
                            .pattern = &quantified,
                            .iteration = done + 1,
                            .outside = derivation.bindings,
                            .marks = static_cast<int>(derivation.marks.size()),
                            .next = next});
    if (!quantified.optional) {
      for (const int variable : inside_[&quantified]) inside.bindings[variable] = Binding();
    }
    inside.to_do = Push({.pattern = &quantified.children[0], .next = close});
    Advance(walk, std::move(inside), front);
  }
  if (done >= quantified.min) {
    derivation.to_do = next;
    Advance(walk, std::move(derivation), front);
  }
}

// A single variable may be written twice at one position, as in (a)(a): one mark says it. Two iterations that bind it
// at one position are two. Of the marks from number `first` on.
void Deriver::MarkOnce(Derivation& derivation, int first) const {
  std::set<Mark> seen;
  const auto begin = derivation.marks.begin() + first;
  derivation.marks.erase(std::remove_if(begin, derivation.marks.end(),
                                        [&](const Mark& mark) {
                                          return mark.variable >= 0 &&
                                                 derivation.bindings[mark.variable].element >= 0 &&
                                                 !seen.insert(mark).second;
                                        }),
                         derivation.marks.end());
}

// What was bound in the iteration joins the groups outside.
void Deriver::LeaveIteration(const Frame& frame, Derivation& derivation) {
  MarkOnce(derivation, frame.marks);
  for (const int variable : inside_[frame.pattern]) {
    const Binding inside = derivation.bindings[variable];
    Binding outside = frame.outside[variable];
    outside.size = static_cast<int16_t>(outside.size + (inside.element >= 0 ? 1 : inside.size));
    derivation.bindings[variable] = outside;
  }
}

void Deriver::DropDuplicates(const Walk& walk, std::vector<Derivation>& derivations) const {
  if (derivations.size() < 2) return;
  std::set<std::string> seen;
  std::erase_if(derivations, [&](const Derivation& derivation) {
    std::string key = FutureOf(derivation, walk);
    std::multiset<Mark> variables;
    for (const Mark& mark : derivation.marks) {
      if (mark.variable >= 0) {
        variables.insert(mark);
      } else {
        key += " +" + std::to_string(mark.position) + " " + std::to_string(mark.variable) + " " +
               std::to_string(mark.operand);
      }
    }
    for (const Mark& mark : variables) key += " " + std::to_string(mark.position) + ":" + std::to_string(mark.variable);
    return !seen.insert(std::move(key)).second;
  });
}

std::string Deriver::FutureOf(const Derivation& derivation, const Walk& walk) const {
  std::string key = std::to_string(walk.nodes.back());
  const auto add = [&key](int number) {
    key += ' ';
    key += std::to_string(number);
  };
  const auto add_bindings = [&](const Bindings& bindings) {
    for (size_t i = 0; i < variables_.size(); ++i) {
      add(bindings[i].element);
      if (sizes_matter_) add(bindings[i].size);
    }
  };
  add_bindings(derivation.bindings);
  for (int at = derivation.to_do; at >= 0; at = frames_[at].next) {
    const Frame& frame = frames_[at];
    key += " |" + std::to_string(reinterpret_cast<uintptr_t>(frame.pattern));
    add(static_cast<int>(frame.kind));
    if (frame.kind == Frame::Kind::kCloseIteration) {
      // Beyond the minimum of an unbounded quantifier, one iteration is like another.
      add(frame.pattern->max.has_value() ? frame.iteration : std::min(frame.iteration, frame.pattern->min + 1));
      add_bindings(frame.outside);
    } else if (frame.kind == Frame::Kind::kCloseParenthesis && frame.pattern->mode.has_value() &&
               *frame.pattern->mode != Mode::kWalk) {
      for (int i = frame.start; i < walk.length(); ++i) {
        add(walk.nodes[i]);
        add(walk.edges[i]);
      }
    }
  }
  return key;
}

}  // namespace dossier::oracle
