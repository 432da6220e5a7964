#include "query/path_program.h"

#include <algorithm>
#include <limits>

#include "graph/base/text.h"
#include "query/condition_placement.h"

namespace dossier {
namespace {

using Op = PathInstruction::Op;

class Compiler {
 public:
  Compiler(const BoundPathPattern& pattern, const ConditionPlacement& placement, PathProgram* program)
      : pattern_(pattern), placement_(placement), program_(program) {}

  void Run() {
    CountBindings(pattern_.path);
    program_->instructions.push_back({.op = Op::kAccept});
    program_->start = Compile(pattern_.path, 0);
    FindLabelsOnly();
  }

 private:
  // Elements that are bound in more than one place are compared, and so have to be kept.
  void CountBindings(const BoundPath& path) {
    for (const BoundTerm& term : path.terms) {
      for (const BoundFactor& factor : term.factors) {
        if (const auto* node = std::get_if<NodeTest>(&factor.element)) {
          ++bindings_[node->local];
        } else if (const auto* edge = std::get_if<EdgeTest>(&factor.element)) {
          ++bindings_[edge->local];
        } else {
          CountBindings(*std::get<BoundGroup>(factor.element).path);
        }
      }
    }
  }

  // Each Compile* emits code that goes on at `next` and gives the number of its first instruction. Code is made
  // from the end, so that `next` is always known.
  uint32_t Compile(const BoundPath& path, uint32_t next) {
    if (path.terms.size() == 1) return Compile(path.terms.front(), next);
    PathInstruction split{.op = Op::kSplit};
    for (const BoundTerm& term : path.terms) split.targets.push_back(Compile(term, next));
    // Operands of |+| leave a mark each, so that the same path through two of them stays two.
    if (path.multiset) split.word = std::exchange(branches_, branches_ + static_cast<uint32_t>(path.terms.size()));
    return Emit(std::move(split));
  }

  uint32_t Compile(const BoundTerm& term, uint32_t next) {
    const auto add = [&](const BoundFactor& factor) { next = Compile(factor, next); };
    if (program_->reversed) {
      std::for_each(term.factors.begin(), term.factors.end(), add);
    } else {
      std::for_each(term.factors.rbegin(), term.factors.rend(), add);
    }
    return next;
  }

  uint32_t Compile(const BoundFactor& factor, uint32_t next) {
    if (!factor.quantifier.has_value()) next = EmitForget(factor, next);
    next = EmitChecks(placement_.behind, factor, next);
    if (!factor.quantifier.has_value()) return CompileElement(factor, next);
    const int64_t min = factor.quantifier->min;
    const int64_t max = factor.quantifier->max.value_or(std::numeric_limits<int64_t>::max());
    // `*` needs no counting.
    const bool counts = min > 0 || factor.quantifier->max.has_value();
    const uint32_t counter = counts ? NewWord() : kNoWord;
    const uint32_t test = Emit({.op = Op::kLoopTest, .word = counter, .min = min, .max = max});
    const uint32_t round_end = Emit({.op = Op::kRoundEnd, .next = test, .word = counter, .min = min, .max = max});
    const uint32_t body =
        CompileElement(factor, EmitChecks(placement_.in_round, factor, EmitForget(factor, round_end)));
    PathInstruction begin{.op = Op::kRoundBegin, .next = body, .optional = factor.quantifier->optional};
    for (const uint32_t local : factor.round_locals) {
      const auto kept = registers_.find(local);
      if (kept != registers_.end()) begin.cleared_words.push_back(kept->second);
    }
    program_->instructions[round_end].cleared_words = begin.cleared_words;
    program_->instructions[round_end].optional = begin.optional;
    const uint32_t round = Emit(std::move(begin));
    program_->instructions[test].targets = {round, next};
    return test;
  }

  uint32_t CompileElement(const BoundFactor& factor, uint32_t next) {
    if (const auto* node = std::get_if<NodeTest>(&factor.element)) {
      const uint32_t word = RegisterOf(node->local, ElementVariable::Kind::kVertex);
      return Emit({.op = Op::kNode, .next = next, .node = node, .word = word});
    }
    if (const auto* edge = std::get_if<EdgeTest>(&factor.element)) {
      const uint32_t word = RegisterOf(edge->local, ElementVariable::Kind::kEdge);
      return Emit({.op = Op::kEdge, .next = next, .edge = edge, .word = word});
    }
    const auto& group = std::get<BoundGroup>(factor.element);
    const bool restricts = group.mode.has_value() && *group.mode != ast::PathMode::kWalk;
    const bool read = group.local != kNoLocal && placement_.kept.contains(group.local);
    if (!restricts && !read && group.variable == kNoVariable) return Compile(*group.path, next);
    // Where it began has to be known for its mode, and for a condition that reads its path.
    if (restricts || read) program_->needs_history = true;
    const uint32_t word = restricts ? NewWord() : kNoWord;
    const uint32_t path_word = read ? *PathWordOf(factor) : kNoWord;
    const uint32_t end = Emit({.op = Op::kGroupEnd, .next = next, .group = &group, .word = word});
    const uint32_t body = Compile(*group.path, end);
    return Emit({.op = Op::kGroupBegin, .next = body, .group = &group, .word = word, .path_word = path_word});
  }

  uint32_t EmitChecks(const ConditionPlacement::ByFactor& places, const BoundFactor& factor, uint32_t next) {
    const auto at = places.find(&factor);
    if (at == places.end()) return next;
    for (const Condition* condition : at->second) {
      NoteLists(*condition);
      next = Emit({.op = Op::kCheck, .next = next, .condition = condition});
    }
    return next;
  }

  // Behind the conditions that read the path of a group, so that searches need not tell apart where it began.
  uint32_t EmitForget(const BoundFactor& factor, uint32_t next) {
    const uint32_t* word = PathWordOf(factor);
    return word == nullptr ? next : Emit({.op = Op::kForget, .next = next, .cleared_words = {*word}});
  }

  // The lists that a condition reads have to be put together from the path.
  void NoteLists(const Condition& condition) {
    for (uint32_t i = 0; i < pattern_.elements.size(); ++i) {
      const ElementVariable& element = pattern_.elements[i];
      const auto& reads = condition.reads;
      if (!element.group || std::find(reads.begin(), reads.end(), element.local) == reads.end()) continue;
      program_->needs_history = true;
      program_->read_lists.push_back(i);
    }
  }

  // Where it is kept where a parenthesised path began that some condition reads; null for any other factor.
  const uint32_t* PathWordOf(const BoundFactor& factor) {
    const auto* group = std::get_if<BoundGroup>(&factor.element);
    if (group == nullptr || group->local == kNoLocal || !placement_.kept.contains(group->local)) return nullptr;
    const auto [at, is_new] = registers_.try_emplace(group->local, 0);
    if (is_new) {
      at->second = NewWord();
      program_->registers.push_back({group->local, at->second, ElementVariable::Kind::kPath});
    }
    return &at->second;
  }

  uint32_t RegisterOf(uint32_t local, ElementVariable::Kind kind) {
    if (local == kNoLocal || (bindings_[local] < 2 && !placement_.kept.contains(local))) return kNoWord;
    const auto [at, is_new] = registers_.try_emplace(local, 0);
    if (is_new) {
      at->second = NewWord();
      program_->registers.push_back({local, at->second, kind});
    }
    return at->second;
  }

  // An edge whose way on to the next edge is decided by labels alone can be walked by table.
  void FindLabelsOnly() {
    const auto& code = program_->instructions;
    for (PathInstruction& instruction : program_->instructions) {
      if (instruction.op != Op::kEdge) continue;
      std::vector<uint32_t> open = {instruction.next};
      std::vector<bool> seen(code.size());
      bool labels_only = instruction.word == kNoWord && !program_->needs_history;
      while (!open.empty() && labels_only) {
        const uint32_t pc = open.back();
        open.pop_back();
        if (seen[pc]) continue;
        seen[pc] = true;
        const PathInstruction& at = code[pc];
        if (at.op == Op::kEdge || at.op == Op::kAccept) continue;
        const bool tests =
            at.op == Op::kNode && (!at.node->properties.empty() || !at.node->conditions.empty() || at.word != kNoWord);
        labels_only = !tests && at.op != Op::kCheck;
        if (at.targets.empty()) {
          open.push_back(at.next);
        } else {
          open.insert(open.end(), at.targets.begin(), at.targets.end());
        }
      }
      instruction.labels_only = labels_only;
    }
  }

  uint32_t NewWord() { return program_->words++; }

  uint32_t Emit(PathInstruction instruction) {
    program_->instructions.push_back(std::move(instruction));
    return static_cast<uint32_t>(program_->instructions.size() - 1);
  }

  const BoundPathPattern& pattern_;
  const ConditionPlacement& placement_;
  PathProgram* program_;
  absl::flat_hash_map<uint32_t, int> bindings_;        // by local
  absl::flat_hash_map<uint32_t, uint32_t> registers_;  // by local: its word
  uint32_t branches_ = 0;                              // operands of |+| so far
};

std::string_view OpName(Op op) {
  switch (op) {
    case Op::kNode:
      return "node";
    case Op::kEdge:
      return "edge";
    case Op::kCheck:
      return "check";
    case Op::kSplit:
      return "split";
    case Op::kLoopTest:
      return "test";
    case Op::kRoundBegin:
      return "round";
    case Op::kRoundEnd:
      return "end round";
    case Op::kGroupBegin:
      return "group";
    case Op::kGroupEnd:
      return "end group";
    case Op::kForget:
      return "forget";
    case Op::kAccept:
      return "accept";
  }
  return "";
}

bool HasQuantifier(const BoundPath& path) {
  return std::any_of(path.terms.begin(), path.terms.end(), [](const BoundTerm& term) {
    return std::any_of(term.factors.begin(), term.factors.end(), [](const BoundFactor& factor) {
      if (factor.quantifier.has_value()) return true;
      const auto* group = std::get_if<BoundGroup>(&factor.element);
      return group != nullptr && HasQuantifier(*group->path);
    });
  });
}

}  // namespace

bool HasQuantifier(const BoundPathPattern& pattern) { return HasQuantifier(pattern.path); }

const NodeTest* EndNode(const BoundPath& path, bool last) {
  if (path.terms.size() != 1 || path.terms.front().factors.empty()) return nullptr;
  const auto& factors = path.terms.front().factors;
  const BoundFactor& factor = last ? factors.back() : factors.front();
  if (factor.quantifier.has_value()) return nullptr;
  if (const auto* group = std::get_if<BoundGroup>(&factor.element)) return EndNode(*group->path, last);
  return std::get_if<NodeTest>(&factor.element);
}

std::optional<PathProgram> CompilePath(const BoundPathPattern& pattern, bool reversed) {
  const std::optional<ConditionPlacement> placement = PlaceConditions(pattern, reversed);
  if (!placement.has_value()) return std::nullopt;
  PathProgram program;
  program.reversed = reversed;
  program.first = EndNode(pattern.path, reversed);
  program.last = EndNode(pattern.path, !reversed);
  Compiler(pattern, *placement, &program).Run();
  return program;
}

std::string PathProgram::ToString() const {
  std::string out;
  for (uint32_t i = 0; i < instructions.size(); ++i) {
    const PathInstruction& instruction = instructions[i];
    out += StrCat(i == start ? "> " : "  ", i, ": ", OpName(instruction.op));
    if (instruction.node != nullptr) out += StrCat(' ', instruction.node->text);
    if (instruction.edge != nullptr) out += StrCat(' ', instruction.edge->text);
    if (instruction.condition != nullptr) out += StrCat(' ', instruction.condition->expression->ToString());
    if (instruction.targets.empty()) {
      out += StrCat(" -> ", instruction.next);
    } else {
      for (const uint32_t target : instruction.targets) out += StrCat(" -> ", target);
    }
    out += '\n';
  }
  return out;
}

}  // namespace dossier
