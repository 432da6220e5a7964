// Runs scenarios, one JSON object a line, and says which failed and why:
//
//   scenario_runner FILE.jsonl... [--report REPORT.json] [--errors]
//
// Prints the id of each scenario that failed, and under it the reason; closes with "N passed, N failed, N skipped".
// --report writes {"passed": [id], "failed": [{"id", "why"}], "skipped": [{"id", "why"}]}; --errors also prints what
// was said where an error was expected, to see that it is the right one. A line that is no scenario is a failed one,
// named by its place. Exit code: 0 if nothing failed, 1 if something did, 2 for a wrong call, or
// where a file cannot be read or written.
#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "graph/base/text.h"
#include "tests/scenarios/scenario.h"
#include "tools/files.h"

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

struct Tally {
  int passed = 0, failed = 0, skipped = 0;
  Json report = {{"passed", Json::array()}, {"failed", Json::array()}, {"skipped", Json::array()}};
};

void Count(const std::string& id, const Outcome& outcome, bool print_errors, Tally* tally) {
  switch (outcome.kind) {
    case Outcome::Kind::kPassed:
      ++tally->passed;
      tally->report["passed"].push_back(id);
      if (print_errors && !outcome.why.empty()) std::cout << id << "\n    as expected: " << outcome.why << "\n";
      return;
    case Outcome::Kind::kFailed:
      ++tally->failed;
      tally->report["failed"].push_back({{"id", id}, {"why", outcome.why}});
      std::cout << id << "\n    " << outcome.why << "\n";
      return;
    case Outcome::Kind::kSkipped:
      ++tally->skipped;
      tally->report["skipped"].push_back({{"id", id}, {"why", outcome.why}});
      return;
  }
}

void RunFile(const std::string& file, const std::string& text, bool print_errors, Tally* tally) {
  std::istringstream lines(text);
  size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (Trim(line).empty()) continue;
    const absl::StatusOr<Scenario> scenario = ReadScenario(line);
    if (scenario.ok()) {
      Count(scenario->id, RunScenario(*scenario), print_errors, tally);
    } else {
      const std::string why = StrCat("not a scenario: ", ToStd(scenario.status().message()));
      Count(StrCat(file, ":", number), {Outcome::Kind::kFailed, why}, print_errors, tally);
    }
  }
}

int Main(int argc, char** argv) {
  CLI::App app("Runs scenarios of the query language");
  std::vector<std::string> files;
  std::string report;
  bool print_errors = false;
  app.add_option("FILE", files, "Scenarios, one JSON object a line")->required();
  app.add_option("--report", report, "Write the outcome of each as JSON to this file");
  app.add_flag("--errors", print_errors, "Also print the errors that were expected");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }

  Tally tally;
  for (const std::string& file : files) {
    const absl::StatusOr<std::string> text = ReadWholeFile(file);
    if (!text.ok()) {
      std::cerr << text.status().message() << "\n";
      return 2;
    }
    RunFile(file, *text, print_errors, &tally);
  }
  if (!report.empty()) {
    const std::string text = tally.report.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
    if (const absl::Status written = WriteWholeFile(report, text); !written.ok()) {
      std::cerr << written.message() << "\n";
      return 2;
    }
  }
  std::cout << tally.passed << " passed, " << tally.failed << " failed, " << tally.skipped << " skipped\n";
  return tally.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) { return dossier::Main(argc, argv); }
