// dossier load: claim files into a store.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "store/loader.h"
#include "tools/commands/command.h"

namespace dossier {
namespace {

struct Options {
  std::string db;
  std::vector<std::string> paths;
  bool skip_bad_rows = false;
  std::string rejects;
};

std::string ProgressLine(const LoadProgress& progress) {
  const std::string percent = progress.total == 0 ? "" : StrCat(" ", progress.done * 100 / progress.total, " %");
  switch (progress.stage) {
    case LoadProgress::Stage::kReading:
      return StrCat("Reading ", progress.file);
    case LoadProgress::Stage::kValidating:
      return StrCat("Checking", percent);
    case LoadProgress::Stage::kCommitting:
      return "Writing";
    case LoadProgress::Stage::kImage:
      return "Writing the image";
    case LoadProgress::Stage::kDone:
      return "";
  }
  return "";
}

std::string Seconds(double seconds) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.1f s", seconds);
  return text;
}

std::string Summary(const LoadReport& report, const std::string& db) {
  const CommitReport& commit = report.commit;
  std::string text = StrCat("Read ", Count(report.files, "file"), " in ", Seconds(report.seconds), ". ");
  if (commit.nothing_new()) {
    return text + StrCat("Nothing new: all of it is in ", db, " already.\n");
  }
  text +=
      StrCat("Added to ", db, ": ", Count(commit.claims_added, "claim"), " on ",
             Count(commit.propositions_added, "new proposition"), ", ",
             Count(commit.entities_added, "entity", "entities"), ", ", Count(commit.documents_added, "document"), ".");
  const uint64_t updated = commit.entities_updated + commit.documents_updated;
  if (updated > 0) text += StrCat(" Updated: ", Count(updated, "record"), ".");
  if (commit.unchanged > 0) text += StrCat(" There already: ", Count(commit.unchanged, "record"), ".");
  return text + "\n";
}

absl::StatusOr<ExitCode> Load(const Options& options, Console* console) {
  LoadOptions load;
  load.skip_bad_rows = options.skip_bad_rows;
  load.rejects_path = options.rejects;
  load.progress = [console](const LoadProgress& progress) { console->Progress(ProgressLine(progress)); };

  absl::StatusOr<std::unique_ptr<Store>> store = OpenOrCreateForLoad(options.db, options.paths);
  if (!store.ok()) return store.status();
  const absl::StatusOr<LoadReport> report = LoadFiles(store->get(), options.paths, load);
  console->ClearProgress();
  if (!report.ok()) {
    const ExitCode code = Fail(report.status(), console);
    if (code == ExitCode::kWrong) {
      const size_t problems = DiagnosticsOf(report.status()).size();
      console->Err(StrCat("Nothing was loaded: ", Count(problems, "problem"), ".",
                          problems > 0 ? " (--skip-bad-rows loads the good rows)" : "", "\n"));
    }
    return code;
  }
  for (const Diagnostic& rejected : report->rejected) console->Err(rejected.ToString() + "\n");
  if (report->rows_rejected > 0) {
    console->Err(StrCat("Left out: ", Count(report->rows_rejected, "row"),
                        options.rejects.empty() ? "" : StrCat("; they stand in ", options.rejects), ".\n"));
  }
  console->Out(Summary(*report, options.db));
  if (!report->image.ok()) {
    console->Err("All is loaded, but its image could not be written, so that opening the store takes longer:\n");
    Report(report->image, console);
  }
  return ExitCode::kDone;
}

}  // namespace

Command AddLoad(CLI::App* parent) {
  const auto options = std::make_shared<Options>();
  CLI::App* app = parent->add_subcommand("load", "Load claim files into a store, all or nothing");
  app->add_option("DB", options->db, "The store; made if nothing is there and a folder brings an ontology.toml")
      ->required();
  app->add_option("PATH", options->paths, "Claim files, or folders of them (docs/claim-files.md)")->required();
  app->add_flag("--skip-bad-rows", options->skip_bad_rows,
                "Load the good rows and leave out the bad ones, and those that refer to them");
  app->add_option("--rejects", options->rejects,
                  "With --skip-bad-rows: write the rows left out to this CSV file, with reasons")
      ->needs(app->get_option("--skip-bad-rows"));
  app->footer(
      "A load is visible as a whole or not at all. Where rows are bad, all of them are listed with file, line and "
      "column,\n"
      "and nothing is loaded. Loading the same again adds nothing.\n"
      "\n"
      "Examples:\n"
      "  dossier load my.db data/russia-2017\n"
      "  dossier load my.db claims-2018.csv entities-2018.csv\n"
      "  dossier load my.db incoming/ --skip-bad-rows --rejects rejected.csv");
  return {app, [options](Console* console) { return Load(*options, console); }};
}

}  // namespace dossier
