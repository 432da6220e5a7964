// Running a query and printing its answer, as `query` and `ask` both do.
#ifndef DOSSIER_TOOLS_COMMANDS_RUN_QUERY_H_
#define DOSSIER_TOOLS_COMMANDS_RUN_QUERY_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "query/field_rule.h"
#include "query/session.h"
#include "tools/console.h"
#include "tools/exit_code.h"
#include "tools/render/format.h"

namespace dossier {

struct RunOptions {
  Format format = Format::kTable;
  bool no_sources = false;
  bool why = false;
  int64_t alternatives = ReasonLimits().alternatives;
  int64_t limit_time_ms = 0;  // 0: none
  int64_t limit_rows = 0;
  int64_t limit_memory_mib = static_cast<int64_t>(QueryLimits().memory_bytes >> 20);
  RuleSource rules;                                    // of the store's field, for CALL contradictions(...)
  const std::vector<std::string>* edge_ids = nullptr;  // of a scratch graph
};

void AddRunOptions(CLI::App* app, RunOptions* options);

struct QueryText {
  std::string text;
  std::string file;  // where it was read from, or empty
};

// Runs it until it is done or Ctrl-C is pressed. Errors of the query are reported here, with the line and a caret.
absl::StatusOr<ExitCode> RunAndPrint(const Session& session, const QueryText& query, Parameters parameters,
                                     const RunOptions& options, Console* console);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_COMMANDS_RUN_QUERY_H_
