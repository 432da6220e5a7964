// The dossier command: reads the command line, runs one subcommand, tells how it went.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <sstream>
#include <string>
#include <vector>

#include "graph/base/text.h"
#include "store/store.h"
#include "tools/commands/command.h"
#include "tools/console.h"
#include "tools/exit_code.h"

namespace dossier {
namespace {

constexpr const char* kFooter =
    "First steps:\n"
    "  dossier load my.db data/russia-2017            make a store of claims\n"
    "  dossier ask my.db                              what can be asked\n"
    "  dossier ask my.db buyers-of --munition Smerch  one answer, with footnotes\n"
    "  dossier contradictions my.db --grade hard      which claims cannot both be true\n"
    "\n"
    "`dossier SUBCOMMAND --help` explains each, with examples.\n"
    "\n"
    "Exit codes: 0 done, 1 the input or the question is wrong, 2 usage, 3 the store is damaged or busy.";

int Main(int argc, char** argv) {
  // A reader that goes away shows as an error of write(), which Console takes quietly.
  std::signal(SIGPIPE, SIG_IGN);
  Console console(STDOUT_FILENO, STDERR_FILENO);

  CLI::App app("Dossier: an embedded graph store for sourced claims. Every answer names what it rests on.", "dossier");
  app.get_formatter()->column_width(32);
  app.set_version_flag("--version", StrCat("dossier ", DOSSIER_VERSION, " (store format ", kStoreFormatVersion, ")"));
  app.footer(kFooter);
  app.require_subcommand(0, 1);
  const std::vector<Command> commands = {AddInit(&app),  AddLoad(&app),           AddAsk(&app),   AddQuery(&app),
                                         AddFind(&app),  AddContradictions(&app), AddJudge(&app), AddVerify(&app),
                                         AddStats(&app), AddExport(&app),         AddImage(&app)};
  ExitCode code = ExitCode::kDone;
  bool answered = false;  // by a help text or the version: nothing is left to run
  try {
    app.parse(argc, argv);
    if (app.get_subcommands().empty()) {
      console.Err(app.help());
      code = ExitCode::kUsage;
    }
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream err;
    const int status = app.exit(error, out, err);
    console.Out(out.str());
    console.Err(err.str());
    if (status != 0) code = ExitCode::kUsage;
    answered = true;
  }
  for (const Command& command : commands) {
    if (answered || code != ExitCode::kDone || !command.app->parsed()) continue;
    const absl::StatusOr<ExitCode> done = command.run(&console);
    code = done.ok() ? *done : Fail(done.status(), &console);
  }
  if (const absl::Status written = console.Finish(); !written.ok()) {
    Report(written, &console);
    if (code == ExitCode::kDone) code = ExitCode::kWrong;
  }
  return static_cast<int>(code);
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) { return dossier::Main(argc, argv); }
