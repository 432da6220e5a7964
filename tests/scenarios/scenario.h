// A scenario: a graph, a query, and what has to come out. Read from a line of JSON; ../shared/tck/README.md has the
// format, runner.jsonl beside this file has examples.
#ifndef DOSSIER_TESTS_SCENARIOS_SCENARIO_H_
#define DOSSIER_TESTS_SCENARIOS_SCENARIO_H_

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace dossier {

struct Scenario {
  enum class Phase { kCompileTime, kRuntime, kAnyTime };

  std::string id;
  std::string query;
  nlohmann::ordered_json graph;                   // nodes and rels, properties as cells; null where none was given
  std::map<std::string, std::string> parameters;  // as cells
  bool read_only = true;
  bool needs_procedure = false;

  // What is expected: an error in a phase, or rows.
  bool error = false;
  Phase phase = Phase::kAnyTime;
  bool ordered = false;              // rows are a list, else a bag
  bool lists_as_bags = false;        // so are lists in cells
  std::vector<std::string> columns;  // both empty for a query that gives no rows and no columns
  std::vector<std::vector<std::string>> rows;
};

// kInvalidArgument, with what is missing or wrong, for a line that is no scenario.
absl::StatusOr<Scenario> ReadScenario(const std::string& line);

struct Outcome {
  enum class Kind { kPassed, kFailed, kSkipped };
  Kind kind = Kind::kPassed;
  std::string why;  // of a failure or a skip; of an expected error, what was said
};

// Makes the graph, runs the query as it is written, compares.
Outcome RunScenario(const Scenario& scenario);

}  // namespace dossier

#endif  // DOSSIER_TESTS_SCENARIOS_SCENARIO_H_
