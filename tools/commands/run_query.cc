#include "tools/commands/run_query.h"

#include <chrono>
#include <utility>

#include "graph/base/status_macros.h"
#include "tools/commands/command.h"
#include "tools/interrupt.h"
#include "tools/render/answer.h"

namespace dossier {

void AddRunOptions(CLI::App* app, RunOptions* options) {
  AddFormatOption(app, &options->format);
  auto* const no_sources = app->add_flag("--no-sources", options->no_sources,
                                         "Do not gather what the rows rest on; faster for large answers");
  auto* const why = app->add_flag("--why", options->why,
                                  "Tell which sources together give each row, alternatives apart: of [1][3], or [2|4]\n"
                                  "either 1 and 3 are enough, or one of 2 and 4");
  why->excludes(no_sources);
  app->add_option("--alternatives", options->alternatives, "The most alternatives that --why lists of a row")
      ->type_name("N")
      ->check(CLI::Range(int64_t{1}, int64_t{1000}))
      ->needs(why)
      ->capture_default_str();
  app->add_option("--limit-time", options->limit_time_ms, "Stop with an error after so many milliseconds")
      ->type_name("MS")
      ->check(CLI::NonNegativeNumber);
  app->add_option("--limit-rows", options->limit_rows, "Stop with an error beyond so many rows")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber);
  app->add_option("--limit-memory", options->limit_memory_mib, "Stop with an error when more is held at once; 0: never")
      ->type_name("MIB")
      ->check(CLI::Range(int64_t{0}, int64_t{1} << 30))
      ->capture_default_str();
}

absl::StatusOr<ExitCode> RunAndPrint(const Session& session, const QueryText& query, Parameters parameters,
                                     const RunOptions& options, Console* console) {
  QueryOptions run;
  run.parameters = std::move(parameters);
  run.sources = !options.no_sources;
  run.why = options.why;
  run.reason_limits.alternatives = static_cast<uint32_t>(options.alternatives);
  if (options.limit_time_ms > 0) run.limits.time = std::chrono::milliseconds(options.limit_time_ms);
  run.limits.rows = static_cast<uint64_t>(options.limit_rows);
  run.limits.memory_bytes = static_cast<uint64_t>(options.limit_memory_mib) << 20;
  run.cancelled = WatchForInterrupt();
  ProcedureCatalog procedures;
  if (options.rules != nullptr) {
    procedures = ProcedureCatalog::BuiltIn();
    procedures.Add(ContradictionsProcedure(options.rules));
    run.procedures = &procedures;
  }
  const absl::StatusOr<Answer> answer = session.Run(query.text, run);
  if (!answer.ok()) return Fail(answer.status(), console, query.text, query.file);

  AnswerStyle style{.format = options.format, .sources = !options.no_sources, .edge_ids = options.edge_ids};
  RETURN_IF_ERROR(PrintAnswer(session, *answer, style, console));
  return ExitCode::kDone;
}

}  // namespace dossier
