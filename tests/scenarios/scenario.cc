#include "tests/scenarios/scenario.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/image_builder.h"
#include "query/session.h"
#include "tests/scenarios/cell.h"
#include "tests/support/image_for_tests.h"
#include "tools/scratch_graph.h"

namespace dossier {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::seconds kTimeOfOneQuery{20};
constexpr int kFirstLimit = 7090;  // errors from here to kLastLimit say that a limit stopped the query
constexpr int kLastLimit = 7099;

absl::Status Wrong(std::string_view what) { return absl::InvalidArgumentError(ToAbsl(what)); }

absl::StatusOr<std::string> TextField(const Json& json, const char* name) {
  const auto at = json.find(name);
  if (at == json.end() || !at->is_string()) return Wrong(StrCat("\"", name, "\" is to be a string"));
  return at->get<std::string>();
}

// A missing flag is `otherwise`.
bool Flag(const Json& json, const char* name, bool otherwise) {
  const auto at = json.find(name);
  return at != json.end() && at->is_boolean() ? at->get<bool>() : otherwise;
}

absl::StatusOr<std::vector<std::string>> TextList(const Json& json, std::string_view what) {
  if (!json.is_array()) return Wrong(StrCat(what, " is to be a list of strings"));
  std::vector<std::string> texts;
  for (const Json& member : json) {
    if (!member.is_string()) return Wrong(StrCat(what, " is to be a list of strings"));
    texts.push_back(member.get<std::string>());
  }
  return texts;
}

absl::Status ReadError(const Json& expect, Scenario* scenario) {
  scenario->error = true;
  const auto error = expect.find("error");
  if (error == expect.end() || !error->is_object()) return Wrong("\"expect\" has no \"error\"");
  ASSIGN_OR_RETURN(const std::string phase, TextField(*error, "phase"));
  if (phase == "compile time") {
    scenario->phase = Scenario::Phase::kCompileTime;
  } else if (phase == "runtime") {
    scenario->phase = Scenario::Phase::kRuntime;
  } else if (phase != "any time") {
    return Wrong(StrCat("there is no phase \"", phase, "\""));
  }
  return absl::OkStatus();
}

absl::Status ReadExpectation(const Json& json, Scenario* scenario) {
  const auto expect = json.find("expect");
  if (expect == json.end() || !expect->is_object()) return Wrong("\"expect\" is to be an object");
  ASSIGN_OR_RETURN(std::string kind, TextField(*expect, "kind"));
  if (kind == "error") return ReadError(*expect, scenario);
  if (kind == "empty") return absl::OkStatus();
  const std::string_view bags = "_ignoring_list_order";
  if (kind.ends_with(bags)) {
    scenario->lists_as_bags = true;
    kind.resize(kind.size() - bags.size());
  }
  scenario->ordered = kind == "result_ordered";
  if (kind != "result" && !scenario->ordered) return Wrong(StrCat("there is no kind of result \"", kind, "\""));
  const auto columns = expect->find("columns");
  const auto rows = expect->find("rows");
  if (columns == expect->end() || rows == expect->end() || !rows->is_array()) {
    return Wrong("\"expect\" needs \"columns\" and \"rows\"");
  }
  ASSIGN_OR_RETURN(scenario->columns, TextList(*columns, "\"columns\""));
  for (const Json& row : *rows) {
    ASSIGN_OR_RETURN(std::vector<std::string> cells, TextList(row, "a row"));
    if (cells.size() != scenario->columns.size()) return Wrong("a row has more or fewer cells than there are columns");
    scenario->rows.push_back(std::move(cells));
  }
  return absl::OkStatus();
}

// The value of a cell; what the notation cannot say, such as date({year: 1984}), is computed by the engine itself.
absl::StatusOr<Value> ReadValue(std::string_view text) {
  const absl::StatusOr<Cell> cell = ReadCell(text);
  if (cell.ok()) return ValueOf(*cell);
  const std::unique_ptr<Session> session = Session::OverGraph(ImageBuilder(/*sourced=*/false).Build());
  ASSIGN_OR_RETURN(const Answer answer, session->Run(StrCat("RETURN ", text), {}));
  if (answer.rows.size() != 1 || answer.rows[0].values.size() != 1) return cell.status();
  return answer.rows[0].values[0];
}

// Null where `answer` is what was expected, else how it differs.
absl::StatusOr<std::optional<std::string>> Difference(const Scenario& scenario, const Answer& answer) {
  if (answer.columns != scenario.columns) {
    return StrCat("columns ", Join(answer.columns, ", "), ", expected ", Join(scenario.columns, ", "));
  }
  std::vector<std::string> wanted, found;
  for (const std::vector<std::string>& row : scenario.rows) {
    std::vector<std::string> cells;
    for (const std::string& text : row) {
      ASSIGN_OR_RETURN(const Cell cell, ReadCell(text));
      cells.push_back(ToText(cell, scenario.lists_as_bags));
    }
    wanted.push_back(Join(cells, " | "));
  }
  for (const AnswerRow& row : answer.rows) {
    std::vector<std::string> cells;
    for (const Value& value : row.values) cells.push_back(ToText(CellOf(value, *answer.view), scenario.lists_as_bags));
    found.push_back(Join(cells, " | "));
  }
  if (!scenario.ordered) {
    std::sort(wanted.begin(), wanted.end());
    std::sort(found.begin(), found.end());
  }
  if (wanted == found) return std::nullopt;
  for (size_t i = 0; i < std::max(wanted.size(), found.size()); ++i) {
    const std::string want = i < wanted.size() ? wanted[i] : "no row";
    const std::string have = i < found.size() ? found[i] : "no row";
    if (want == have) continue;
    return StrCat("rows differ (", found.size(), " found, ", wanted.size(), " expected): ", have, ", expected ", want);
  }
  return std::nullopt;
}

std::string OneLine(const absl::Status& status) {
  std::string text(ToStd(status.message()));
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

Outcome Failed(std::string why) { return {Outcome::Kind::kFailed, std::move(why)}; }

// `compiled`: what preparing said; `status`: what came of preparing and running.
Outcome JudgeError(const Scenario& scenario, const absl::Status& compiled, const absl::Status& status) {
  if (status.ok()) return Failed("no error, expected one");
  const int number = ErrorNumber(status);
  if (number >= kFirstLimit && number <= kLastLimit) return Failed(OneLine(status));
  if (scenario.phase == Scenario::Phase::kCompileTime && compiled.ok()) {
    return Failed(StrCat("an error while running, expected before: ", OneLine(status)));
  }
  if (scenario.phase == Scenario::Phase::kRuntime && !compiled.ok()) {
    return Failed(StrCat("an error before running, expected while: ", OneLine(status)));
  }
  return {Outcome::Kind::kPassed, OneLine(status)};
}

}  // namespace

absl::StatusOr<Scenario> ReadScenario(const std::string& line) {
  const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return Wrong("this is no JSON object");
  Scenario scenario;
  ASSIGN_OR_RETURN(scenario.id, TextField(json, "id"));
  ASSIGN_OR_RETURN(scenario.query, TextField(json, "query"));
  if (const auto graph = json.find("setup_graph"); graph != json.end()) scenario.graph = *graph;
  if (const auto parameters = json.find("parameters"); parameters != json.end() && !parameters->is_null()) {
    if (!parameters->is_object()) return Wrong("\"parameters\" is to be an object");
    for (const auto& [name, cell] : parameters->items()) {
      if (!cell.is_string()) return Wrong(StrCat("the parameter ", name, " is to be the text of a cell"));
      scenario.parameters.emplace(name, cell.get<std::string>());
    }
  }
  scenario.read_only = Flag(json, "read_only", true);
  scenario.needs_procedure = Flag(json, "needs_procedure", false);
  RETURN_IF_ERROR(ReadExpectation(json, &scenario));
  return scenario;
}

Outcome RunScenario(const Scenario& scenario) {
  if (!scenario.read_only) return {Outcome::Kind::kSkipped, "it writes, and the language only reads"};
  if (scenario.needs_procedure) return {Outcome::Kind::kSkipped, "it calls a procedure of its own"};
  if (scenario.graph.is_null()) return {Outcome::Kind::kSkipped, "its graph is not given as data"};
  const absl::StatusOr<ScratchGraph> graph =
      MakeScratchGraph(scenario.graph, "setup_graph", [](const Json& property) -> absl::StatusOr<Value> {
        if (!property.is_string()) return Wrong("a property is to be the text of a cell");
        return ReadValue(property.get_ref<const std::string&>());
      });
  if (!graph.ok()) return Failed(OneLine(graph.status()));
  QueryOptions options;
  options.limits.time = kTimeOfOneQuery;
  for (const auto& [name, cell] : scenario.parameters) {
    absl::StatusOr<Value> value = ReadValue(cell);
    if (!value.ok()) return Failed(StrCat("parameter ", name, ": ", OneLine(value.status())));
    options.parameters[name] = *std::move(value);
  }

  const std::unique_ptr<Session> session = Session::OverGraph(AsTested(graph->image));
  const absl::Status compiled = session->Explain(scenario.query, options).status();
  const absl::StatusOr<Answer> answer =
      compiled.ok() ? session->Run(scenario.query, options) : absl::StatusOr<Answer>(compiled);
  if (scenario.error) return JudgeError(scenario, compiled, answer.status());
  if (!answer.ok()) return Failed(OneLine(answer.status()));
  const absl::StatusOr<std::optional<std::string>> difference = Difference(scenario, *answer);
  if (!difference.ok()) return Failed(OneLine(difference.status()));
  return difference->has_value() ? Failed(**difference) : Outcome();
}

}  // namespace dossier
