#include "tests/oracle/evaluate.h"

#include <algorithm>
#include <set>

#include "tests/oracle/derivation.h"
#include "tests/oracle/path_matches.h"

namespace dossier::oracle {
namespace {

class Joiner {
 public:
  Joiner(const Graph& graph, const Match& match, const Bounds& bounds)
      : graph_(graph), match_(match), analysis_(Analyse(match)), bounds_(bounds) {}

  std::optional<Answer> Run(const std::map<int, std::vector<Walk>>& found) {
    if (!analysis_.refusal.empty()) return Answer{.refused = true};
    const bool different_edges = EffectiveMode(match_) == MatchMode::kDifferentEdges;
    for (size_t i = 0; i < match_.paths.size(); ++i) {
      const PathPattern& path = match_.paths[i];
      const auto walks = found.find(static_cast<int>(i));
      std::optional<std::vector<PathMatch>> matches = ListMatches(
          graph_, path, different_edges, bounds_, walks == found.end() ? std::vector<Walk>() : walks->second);
      if (!matches.has_value()) return std::nullopt;
      matches_.push_back(std::move(*matches));
      selections_.push_back(Select(path, matches_.back()));
      for (const auto& [ends, selection] : selections_.back()) {
        if (selection.may.empty()) continue;
        if (answer_.choice >= 0 && answer_.choice != static_cast<int>(i)) return std::nullopt;
        answer_.choice = static_cast<int>(i);
      }
    }
    for (const VariableInfo& variable : analysis_.variables) {
      if (!variable.returnable) continue;
      if (answer_.choice >= 0 && BelongsTo(variable, answer_.choice)) {
        answer_.choice_columns.push_back(static_cast<int>(answer_.columns.size()));
      }
      answer_.columns.push_back(variable.name);
    }
    chosen_.resize(match_.paths.size());
    if (answer_.choice < 0) {
      target_ = &answer_.rows;
      if (!Join(0)) return std::nullopt;
      return std::move(answer_);
    }
    for (const auto& [ends, selection] : selections_[answer_.choice]) {
      Partition partition{.due = selection.due};
      for (const int member : selection.must) AddCandidate(member, true, partition);
      for (const int member : selection.may) AddCandidate(member, false, partition);
      if (gave_up_) return std::nullopt;
      answer_.partitions.push_back(std::move(partition));
    }
    return std::move(answer_);
  }

 private:
  bool BelongsTo(const VariableInfo& variable, int path) const {
    if (variable.kind == VariableInfo::Kind::kPath) return match_.paths[path].variable == variable.name;
    return std::find(variable.paths.begin(), variable.paths.end(), path) != variable.paths.end();
  }

  void AddCandidate(int member, bool must, Partition& partition) {
    Candidate candidate{.must = must};
    chosen_[answer_.choice] = &matches_[answer_.choice][member];
    for (const int column : answer_.choice_columns) {
      candidate.signature.push_back(Cell(answer_.columns[column], answer_.choice));
    }
    target_ = &candidate.rows;
    if (!Join(0)) gave_up_ = true;
    partition.candidates.push_back(std::move(candidate));
  }

  // Chooses a match for `path` and those after it. False: too many rows.
  bool Join(size_t path) {
    if (path == match_.paths.size()) return AddRow();
    if (static_cast<int>(path) == answer_.choice) return Join(path + 1);
    for (const auto& [ends, selection] : selections_[path]) {
      for (const int member : selection.must) {
        chosen_[path] = &matches_[path][member];
        if (++joined_ > bounds_.rows * 10 || !Join(path + 1)) return false;
      }
    }
    return true;
  }

  bool AddRow() {
    for (const VariableInfo& variable : analysis_.variables) {
      for (size_t i = 1; i < variable.paths.size(); ++i) {
        // Single in all of them: wherever it stands in a path, it is one element.
        if (ElementsOf(variable.paths[i], variable.name)[0] != ElementsOf(variable.paths[0], variable.name)[0]) {
          return true;
        }
      }
    }
    if (EffectiveMode(match_) == MatchMode::kDifferentEdges) {
      std::set<int> used;
      for (const PathMatch* match : chosen_) {
        for (const int edge : match->walk.edges) {
          if (!used.insert(edge).second) return true;
        }
      }
    }
    if (match_.where.has_value() &&
        TruthOf(*match_.where, [this](const Operand& operand) { return ValueOf(operand); }) != 1) {
      return true;
    }
    Row row;
    for (const std::string& column : answer_.columns) row.push_back(Cell(column, std::nullopt));
    ++(*target_)[row];
    return ++rows_ <= bounds_.rows;
  }

  const std::vector<int>& ElementsOf(int path, const std::string& variable) const {
    static const std::vector<int> kNone;
    const auto found = chosen_[path]->elements.find(variable);
    return found == chosen_[path]->elements.end() ? kNone : found->second;
  }

  const PathMatch* PathOf(const std::string& variable) const {
    for (size_t i = 0; i < match_.paths.size(); ++i) {
      if (match_.paths[i].variable == variable) return chosen_[i];
    }
    return nullptr;
  }

  OperandValue ValueOf(const Operand& operand) const {
    OperandValue value;
    if (operand.kind == Operand::Kind::kConstant) {
      value.scalar = operand.constant;
    } else if (operand.kind == Operand::Kind::kLength) {
      value.scalar = int64_t{PathOf(operand.variable)->walk.length()};
    } else {
      const VariableInfo& variable = *analysis_.Find(operand.variable);
      const std::vector<int>& elements = ElementsOf(variable.paths[0], variable.name);
      if (operand.kind == Operand::Kind::kSize) {
        value.scalar = static_cast<int64_t>(elements.size());
      } else if (!elements.empty() && operand.kind == Operand::Kind::kElement) {
        return {.kind = OperandValue::Kind::kElement, .element = elements[0]};
      } else if (!elements.empty()) {
        value.scalar = PropertyOf(graph_, variable.kind == VariableInfo::Kind::kNode, elements[0], operand.property);
      }
    }
    value.kind = value.scalar.index() == 0 ? OperandValue::Kind::kNull : OperandValue::Kind::kScalar;
    return value;
  }

  // As the match of `path` has it; without, that of any path that has it.
  std::string Cell(const std::string& name, std::optional<int> path) const {
    const VariableInfo& variable = *analysis_.Find(name);
    if (variable.kind == VariableInfo::Kind::kPath) return ToText(graph_, PathOf(name)->walk);
    const std::vector<int>& elements = ElementsOf(path.value_or(variable.paths[0]), name);
    const auto id = [&](int element) {
      return variable.kind == VariableInfo::Kind::kNode ? graph_.nodes[element].id : graph_.edges[element].id;
    };
    if (!variable.group) return elements.empty() ? "null" : id(elements[0]);
    std::string text = "[";
    for (const int element : elements) text += (text.size() > 1 ? ", " : "") + id(element);
    return text + "]";
  }

  const Graph& graph_;
  const Match& match_;
  const Analysis analysis_;
  const Bounds& bounds_;
  std::vector<std::vector<PathMatch>> matches_;                       // by path
  std::vector<std::map<std::pair<int, int>, Selection>> selections_;  // by path
  std::vector<const PathMatch*> chosen_;                              // by path
  Bag* target_ = nullptr;
  Answer answer_;
  int rows_ = 0;
  int joined_ = 0;
  bool gave_up_ = false;
};

}  // namespace

std::optional<Answer> Evaluate(const Graph& graph, const Match& match, const Bounds& bounds,
                               const std::map<int, std::vector<Walk>>& found) {
  return Joiner(graph, match, bounds).Run(found);
}

}  // namespace dossier::oracle
