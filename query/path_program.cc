#include "query/path_program.h"

#include <algorithm>
#include <limits>

#include "graph/base/text.h"

namespace dossier {
namespace {

class Compiler {
 public:
  Compiler(PathProgram* program, bool reversed) : program_(program), reversed_(reversed) {}

  // Each Compile* emits code that goes on at `next` and gives the number of its first instruction. Code is made
  // from the end, so that `next` is always known.
  uint32_t Compile(const BoundPath& path, uint32_t next) {
    if (path.terms.size() == 1) return Compile(path.terms.front(), next);
    PathInstruction split{.op = PathInstruction::Op::kSplit};
    for (const BoundTerm& term : path.terms) split.targets.push_back(Compile(term, next));
    if (!path.multiset) program_->has_alternatives = true;
    return Emit(std::move(split));
  }

 private:
  uint32_t Compile(const BoundTerm& term, uint32_t next) {
    const auto add = [&](const BoundFactor& factor) { next = Compile(factor, next); };
    if (reversed_) {
      std::for_each(term.factors.begin(), term.factors.end(), add);
    } else {
      std::for_each(term.factors.rbegin(), term.factors.rend(), add);
    }
    return next;
  }

  uint32_t Compile(const BoundFactor& factor, uint32_t next) {
    if (!factor.quantifier.has_value()) return CompileElement(factor, next);
    const uint32_t counter = program_->loops++;
    const uint32_t test = Emit({.op = PathInstruction::Op::kLoopTest, .factor = &factor, .index = counter});
    const uint32_t round_end =
        Emit({.op = PathInstruction::Op::kRoundEnd, .next = test, .factor = &factor, .index = counter});
    const uint32_t body = CompileElement(factor, round_end);
    const uint32_t round =
        Emit({.op = PathInstruction::Op::kRoundBegin, .next = body, .factor = &factor, .index = counter});
    PathInstruction& loop = program_->instructions[test];
    loop.targets = {round, next};
    loop.min = factor.quantifier->min;
    loop.max = factor.quantifier->max.value_or(std::numeric_limits<int64_t>::max());
    for (const uint32_t i : {test, round_end, round}) program_->instructions[i].optional = factor.quantifier->optional;
    return Emit({.op = PathInstruction::Op::kLoopBegin, .next = test, .factor = &factor, .index = counter});
  }

  uint32_t CompileElement(const BoundFactor& factor, uint32_t next) {
    if (const auto* node = std::get_if<NodeTest>(&factor.element)) {
      return Emit({.op = PathInstruction::Op::kNode, .next = next, .node = node});
    }
    if (const auto* edge = std::get_if<EdgeTest>(&factor.element)) {
      return Emit({.op = PathInstruction::Op::kEdge, .next = next, .edge = edge});
    }
    const auto& group = std::get<BoundGroup>(factor.element);
    const uint32_t number = program_->groups++;
    const uint32_t end = Emit({.op = PathInstruction::Op::kGroupEnd, .next = next, .group = &group, .index = number});
    const uint32_t body = Compile(*group.path, end);
    return Emit({.op = PathInstruction::Op::kGroupBegin, .next = body, .group = &group, .index = number});
  }

  uint32_t Emit(PathInstruction instruction) {
    program_->instructions.push_back(std::move(instruction));
    return static_cast<uint32_t>(program_->instructions.size() - 1);
  }

  PathProgram* program_;
  bool reversed_;
};

std::string_view OpName(PathInstruction::Op op) {
  switch (op) {
    case PathInstruction::Op::kNode:
      return "node";
    case PathInstruction::Op::kEdge:
      return "edge";
    case PathInstruction::Op::kSplit:
      return "split";
    case PathInstruction::Op::kLoopBegin:
      return "loop";
    case PathInstruction::Op::kLoopTest:
      return "test";
    case PathInstruction::Op::kRoundBegin:
      return "round";
    case PathInstruction::Op::kRoundEnd:
      return "end round";
    case PathInstruction::Op::kGroupBegin:
      return "group";
    case PathInstruction::Op::kGroupEnd:
      return "end group";
    case PathInstruction::Op::kAccept:
      return "accept";
  }
  return "";
}

}  // namespace

PathProgram CompilePath(const BoundPathPattern& pattern, bool reversed) {
  PathProgram program;
  program.reversed = reversed;
  program.instructions.push_back({.op = PathInstruction::Op::kAccept});
  Compiler compiler(&program, reversed);
  program.start = compiler.Compile(pattern.path, 0);
  const PathInstruction& first = program.instructions[program.start];
  if (first.op == PathInstruction::Op::kNode) program.first = first.node;
  return program;
}

std::string PathProgram::ToString() const {
  std::string out;
  for (uint32_t i = 0; i < instructions.size(); ++i) {
    const PathInstruction& instruction = instructions[i];
    out += StrCat(i == start ? "> " : "  ", i, ": ", OpName(instruction.op));
    if (instruction.node != nullptr) out += StrCat(' ', instruction.node->text);
    if (instruction.edge != nullptr) out += StrCat(' ', instruction.edge->text);
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
