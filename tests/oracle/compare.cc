#include "tests/oracle/compare.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/status/status.h"
#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "tests/support/image_for_tests.h"

namespace dossier::oracle {
namespace {

constexpr size_t kLinesShown = 12;

std::string ToText(const Row& row) {
  std::string text;
  for (const std::string& cell : row) text += (text.empty() ? "" : " | ") + cell;
  return text;
}

std::string ToText(const Bag& bag) {
  std::string text;
  size_t lines = 0;
  for (const auto& [row, count] : bag) {
    if (++lines > kLinesShown) return text + "  ... " + std::to_string(bag.size()) + " in all\n";
    text += "  " + (count > 1 ? std::to_string(count) + " x " : "") + ToText(row) + "\n";
  }
  return text.empty() ? "  no rows\n" : text;
}

Bag BagOf(const std::vector<Row>& rows) {
  Bag bag;
  for (const Row& row : rows) ++bag[row];
  return bag;
}

int CountOf(const Bag& bag) {
  int count = 0;
  for (const auto& [row, times] : bag) count += times;
  return count;
}

std::string OnlyIn(const Bag& a, const Bag& b) {
  Bag rest;
  for (const auto& [row, count] : a) {
    const auto other = b.find(row);
    const int more = count - (other == b.end() ? 0 : other->second);
    if (more > 0) rest[row] = more;
  }
  return ToText(rest);
}

// The walk that a cell of a path spells; empty where it is none of the graph.
Walk WalkOfText(const Graph& graph, const std::string& text) {
  Walk walk;
  std::string word;
  bool node = false;
  const auto number = [](const auto& list, const std::string& id) {
    for (size_t i = 0; i < list.size(); ++i) {
      if (list[i].id == id) return static_cast<int>(i);
    }
    return -1;
  };
  for (const char c : text) {
    if (c == '(') {
      node = true;
      word.clear();
    } else if (c == ')' || (c == '-' && !node)) {
      if (!word.empty())
        (node ? walk.nodes : walk.edges).push_back(node ? number(graph.nodes, word) : number(graph.edges, word));
      if (c == ')') node = false;
      word.clear();
    } else if (c != '-') {
      word += c;
    }
  }
  const bool known = std::count(walk.nodes.begin(), walk.nodes.end(), -1) == 0 &&
                     std::count(walk.edges.begin(), walk.edges.end(), -1) == 0;
  return known && walk.nodes.size() == walk.edges.size() + 1 ? walk : Walk();
}

class Comparison {
 public:
  Comparison(const QueryCase& query_case, const Answer& answer, const std::vector<Row>& rows, Verdict& verdict)
      : case_(query_case), answer_(answer), rows_(rows), verdict_(verdict) {}

  void Run() {
    if (answer_.choice >= 0) {
      verdict_.choice = true;
      return case_.result.kind == Return::Kind::kCount ? CompareChosenCount() : CompareChosenRows();
    }
    const Bag expected = Project();
    switch (case_.result.kind) {
      case Return::Kind::kCount:
        return CompareNumber(CountOf(answer_.rows), CountOf(answer_.rows));
      case Return::Kind::kRows:
        return CompareBags(expected, BagOf(rows_));
      case Return::Kind::kDistinct: {
        Bag distinct = expected;
        for (auto& [row, count] : distinct) count = 1;
        return CompareBags(distinct, BagOf(rows_));
      }
      case Return::Kind::kGroups: {
        Bag groups;
        for (const auto& [row, count] : expected) {
          Row group = row;
          group.push_back(std::to_string(count));
          groups[group] = 1;
        }
        return CompareBags(groups, BagOf(rows_));
      }
      case Return::Kind::kLimit: {
        const Bag got = BagOf(rows_);
        if (CountOf(got) != std::min(case_.result.limit, CountOf(expected))) {
          return Differ("  " + std::to_string(case_.result.limit) + " rows of\n" + ToText(expected), ToText(got));
        }
        for (const auto& [row, count] : got) {
          const auto found = expected.find(row);
          if (found == expected.end() || found->second < count) return Differ(ToText(expected), ToText(got));
        }
        return;
      }
    }
  }

 private:
  void Differ(std::string expected, std::string got) {
    verdict_.kind = Verdict::Kind::kWrongRows;
    verdict_.expected = std::move(expected);
    verdict_.got = std::move(got);
  }

  void CompareBags(const Bag& expected, const Bag& got) {
    if (expected == got) return;
    Differ(ToText(expected) + " missing:\n" + OnlyIn(expected, got),
           ToText(got) + " too many:\n" + OnlyIn(got, expected));
  }

  void CompareNumber(int low, int high) {
    const std::string got = rows_.size() == 1 && rows_[0].size() == 1 ? rows_[0][0] : "";
    for (int number = low; number <= high; ++number) {
      if (got == std::to_string(number)) return;
    }
    Differ("  " + std::to_string(low) + (high > low ? " to " + std::to_string(high) : "") + "\n", ToText(BagOf(rows_)));
  }

  // The expected rows with the columns asked for.
  Bag Project() const {
    std::vector<size_t> columns;
    for (const std::string& name : case_.result.columns) {
      columns.push_back(std::find(answer_.columns.begin(), answer_.columns.end(), name) - answer_.columns.begin());
    }
    Bag bag;
    for (const auto& [row, count] : answer_.rows) {
      Row projected;
      for (const size_t column : columns) projected.push_back(row[column]);
      bag[projected] += count;
    }
    return bag;
  }

  // Between the fewest and the most rows that a choice can give.
  void CompareChosenCount() {
    int low = 0, high = 0;
    for (const Partition& partition : answer_.partitions) {
      std::vector<int> counts;
      int left = partition.due;
      for (const Candidate& candidate : partition.candidates) {
        const int count = CountOf(candidate.rows);
        if (!candidate.must) {
          counts.push_back(count);
          continue;
        }
        --left;
        low += count;
        high += count;
      }
      std::sort(counts.begin(), counts.end());
      for (int i = 0; i < left; ++i) {
        low += counts[i];
        high += counts[counts.size() - 1 - i];
      }
    }
    CompareNumber(low, high);
  }

  // Candidates that look alike in the rows are one class: of each class some whole number has been kept, no fewer
  // than must and no more than there are; of all together, those that leave no row included, as many as are due.
  void CompareChosenRows() {
    struct Class {
      int members = 0;
      int must = 0;
      const Bag* rows = nullptr;
    };
    Bag left = BagOf(rows_);
    for (const Partition& partition : answer_.partitions) {
      std::map<Row, Class> classes;
      for (const Candidate& candidate : partition.candidates) {
        Class& of = classes[candidate.signature];
        ++of.members;
        of.must += candidate.must;
        of.rows = &candidate.rows;
      }
      int seen = 0, unseen_must = 0, unseen = 0;
      for (const auto& [signature, of] : classes) {
        if (of.rows->empty()) {
          unseen += of.members;
          unseen_must += of.must;
          continue;
        }
        const auto& [sample, sample_count] = *of.rows->begin();
        const auto found = left.find(sample);
        const int kept = found == left.end() ? 0 : found->second / sample_count;
        if (kept < of.must || kept > of.members) return DifferInChoice();
        for (const auto& [row, count] : *of.rows) {
          if (kept == 0) break;
          const auto at = left.find(row);
          if (at == left.end() || at->second != kept * count) return DifferInChoice();
          left.erase(at);
        }
        seen += kept;
      }
      if (seen + unseen_must > partition.due || seen + unseen < partition.due) return DifferInChoice();
    }
    if (!left.empty()) DifferInChoice();
  }

  void DifferInChoice() {
    std::string expected;
    for (const Partition& partition : answer_.partitions) {
      expected += "  " + std::to_string(partition.due) + " of:\n";
      for (const Candidate& candidate : partition.candidates) {
        expected += std::string("  ") + (candidate.must ? "always " : "") + "(" + ToText(candidate.signature) + ")\n" +
                    ToText(candidate.rows);
      }
    }
    Differ(expected, ToText(BagOf(rows_)));
  }

  const QueryCase& case_;
  const Answer& answer_;
  const std::vector<Row>& rows_;
  Verdict& verdict_;
};

}  // namespace

Engine::Engine(const Graph& graph) {
  absl::StatusOr<ScratchGraph> read = ReadScratchGraph(ToJson(graph).dump(), "generated");
  if (!read.ok()) std::abort();  // a fault of the test itself
  graph_ = *std::move(read);
  session_ = Session::OverGraph(AsTested(graph_.image));
}

Engine::Result Engine::Run(const std::string& query) const {
  QueryOptions options;
  options.sources = false;
  options.limits.time = std::chrono::seconds(10);  // far more than any case takes
  options.limits.rows = 1'000'000;
  const absl::StatusOr<dossier::Answer> answer = session_->Run(query, options);
  if (!answer.ok()) return {.status = answer.status()};
  Result result;
  for (const AnswerRow& row : answer->rows) {
    Row cells;
    for (const Value& value : row.values) cells.push_back(Cell(value));
    result.rows.push_back(std::move(cells));
  }
  return result;
}

std::string Engine::Cell(const Value& value) const {
  switch (value.type()) {
    case Value::Type::kVertex:
      return std::string(graph_.image->key(value.vertex()));
    case Value::Type::kEdge:
      return graph_.edge_ids[value.edge().value];
    case Value::Type::kPath: {
      const Path& path = value.path();
      std::string text = "(" + std::string(graph_.image->key(path.vertices[0])) + ")";
      for (size_t i = 0; i < path.edges.size(); ++i) {
        text += "-" + graph_.edge_ids[path.edges[i].value] + "-(" +
                std::string(graph_.image->key(path.vertices[i + 1])) + ")";
      }
      return text;
    }
    case Value::Type::kList: {
      std::string text = "[";
      for (const Value& element : value.list()) text += (text.size() > 1 ? ", " : "") + Cell(element);
      return text + "]";
    }
    case Value::Type::kNull:
      return "null";
    default:
      return ToString(value);
  }
}

Verdict CompareCase(const Engine& engine, const QueryCase& query_case, const Bounds& bounds) {
  const Engine::Result result = engine.Run(QueryText(query_case));
  // Paths that the engine chose freely may be longer than any that the oracle would list by itself.
  std::map<int, std::vector<Walk>> found;
  for (size_t i = 0; i < query_case.match.paths.size(); ++i) {
    const PathPattern& path = query_case.match.paths[i];
    const auto& columns = query_case.result.columns;
    const auto column = std::find(columns.begin(), columns.end(), path.variable);
    if (path.selector != Selector::kAny || query_case.result.kind != Return::Kind::kRows || column == columns.end()) {
      continue;
    }
    for (const Row& row : result.rows) {
      Walk walk = WalkOfText(query_case.graph, row[column - columns.begin()]);
      if (!walk.nodes.empty()) found[static_cast<int>(i)].push_back(std::move(walk));
    }
  }
  Verdict verdict;
  const std::optional<Answer> answer = Evaluate(query_case.graph, query_case.match, bounds, found);
  if (!answer.has_value()) {
    verdict.kind = Verdict::Kind::kUndecided;
    return verdict;
  }
  if (answer->refused) {
    verdict.expected = "  to be refused: " + Analyse(query_case.match).refusal + "\n";
    if (result.status.ok()) {
      verdict.kind = Verdict::Kind::kNotRefused;
      verdict.got = ToText(BagOf(result.rows));
    } else if (result.status.code() != absl::StatusCode::kInvalidArgument) {
      verdict.kind = Verdict::Kind::kNotRefused;
      verdict.got = "  " + std::string(ToStd(result.status.message())) + "\n";
    }
    return verdict;
  }
  if (!result.status.ok()) {
    verdict.kind = Verdict::Kind::kRefused;
    verdict.error_number = ErrorNumber(result.status);
    verdict.expected = answer->choice < 0 ? ToText(answer->rows) : "  a choice\n";
    verdict.got = "  " + std::string(ToStd(result.status.message())) + "\n";
    return verdict;
  }
  Comparison(query_case, *answer, result.rows, verdict).Run();
  return verdict;
}

}  // namespace dossier::oracle
