// A subcommand of `dossier`: what it adds to the command line, and what it does.
#ifndef DOSSIER_TOOLS_COMMANDS_COMMAND_H_
#define DOSSIER_TOOLS_COMMANDS_COMMAND_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "store/store.h"
#include "tools/console.h"
#include "tools/exit_code.h"
#include "tools/render/format.h"

namespace dossier {

struct Command {
  CLI::App* app = nullptr;  // owned by the parser that it was added to
  // Runs it, once the command line was parsed. An error is reported by the caller (Report()), as far as the command has
  // not done so itself and given back an exit code.
  std::function<absl::StatusOr<ExitCode>(Console* console)> run;
};

Command AddInit(CLI::App* parent);
Command AddLoad(CLI::App* parent);
Command AddQuery(CLI::App* parent);
Command AddAsk(CLI::App* parent);
Command AddFind(CLI::App* parent);
Command AddContradictions(CLI::App* parent);
Command AddJudge(CLI::App* parent);
Command AddVerify(CLI::App* parent);
Command AddStats(CLI::App* parent);
Command AddExport(CLI::App* parent);
Command AddImage(CLI::App* parent);

// --- What commands have in common. ---

// Every diagnostic of a status a line, on standard error. Where it has a place in `text` (a query), the line there with
// a caret below it; `file` is what that text is called, or empty.
void Report(const absl::Status& status, Console* console, std::string_view text = {}, std::string_view file = {});

// Reports, and the exit code that goes with it.
ExitCode Fail(const absl::Status& status, Console* console, std::string_view text = {}, std::string_view file = {});

// The store at `path`, for reading.
absl::StatusOr<std::unique_ptr<Store>> OpenForReading(const std::string& path);

void AddFormatOption(CLI::App* app, Format* format);

// The forms that a command line may take, where they are more than the parser can tell by itself.
void SetUsage(CLI::App* app, std::string usage);

// "1,850"
std::string WithCommas(uint64_t number);
// "1 claim", "2 claims"; "s" is appended unless `plural` is given.
std::string Count(uint64_t number, std::string_view one, std::string_view plural = {});

}  // namespace dossier

#endif  // DOSSIER_TOOLS_COMMANDS_COMMAND_H_
