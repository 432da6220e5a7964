// dossier export: everything in a store as JSON Lines, which load back to an equal store.
#include <memory>
#include <string>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "schema/ontology.h"
#include "tools/commands/command.h"
#include "tools/export_record.h"
#include "tools/files.h"

namespace dossier {
namespace {

struct Options {
  std::string db;
  std::string output;
  std::string ontology;
};

absl::StatusOr<ExitCode> Export(const Options& options, Console* console) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenForReading(options.db));
  ASSIGN_OR_RETURN(const Snapshot snapshot, store->snapshot());
  if (!options.ontology.empty()) {
    const std::string& text = store->ontology().source_text();
    RETURN_IF_ERROR(WriteWholeFile(
        options.ontology,
        text.empty() ? "[ontology]\nname = \"open\"\nversion = \"1\"\nunknown_types = \"allow\"\n" : text));
  }
  std::string to_file;
  const bool in_file = !options.output.empty() && options.output != "-";
  const auto print = [&](const Json& record) {
    if (in_file) {
      to_file += ToText(record) + "\n";
    } else {
      console->Out(ToText(record) + "\n");
    }
    // Nobody reads on: no need to read the rest of the store either.
    return console->closed() ? absl::CancelledError("no reader") : absl::OkStatus();
  };
  const auto all = [&]() -> absl::Status {
    RETURN_IF_ERROR(snapshot.ScanDocuments([&](const StoredDocument& d) { return print(RecordOf(d.document)); }));
    RETURN_IF_ERROR(snapshot.ScanEntities([&](const StoredEntity& e) { return print(RecordOf(e.entity)); }));
    return snapshot.ScanClaims([&](const StoredClaim& c) { return print(RecordOf(c.claim)); });
  };
  if (const absl::Status status = all(); !status.ok()) {
    if (console->closed()) return ExitCode::kDone;
    return status;
  }
  if (in_file) {
    RETURN_IF_ERROR(WriteWholeFile(options.output, to_file));
    const StoreCounts& counts = snapshot.counts();
    console->Err(StrCat("Wrote ", Count(counts.documents, "document"), ", ",
                        Count(counts.entities, "entity", "entities"), " and ", Count(counts.claims, "claim"), " to ",
                        options.output, ".\n"));
  }
  return ExitCode::kDone;
}

}  // namespace

Command AddExport(CLI::App* parent) {
  const auto options = std::make_shared<Options>();
  CLI::App* app = parent->add_subcommand("export", "Print everything as JSON Lines, which can be loaded again");
  app->add_option("DB", options->db, "The store")->required();
  app->add_option("--output", options->output, "Write to this file instead of standard output")->type_name("FILE");
  app->add_option("--ontology", options->ontology, "Write the store's ontology to this file")->type_name("FILE");
  app->footer(
      "One record a line (docs/claim-files.md): documents, entities, claims, in the order in which they were first "
      "loaded.\n"
      "Groups come as the entities and claims that were made of them.\n"
      "\n"
      "Examples:\n"
      "  dossier export my.db | head -3\n"
      "  dossier export my.db --output claims.jsonl --ontology ontology.toml\n"
      "  dossier init copy.db --ontology ontology.toml && dossier load copy.db claims.jsonl");
  return {app, [options](Console* console) { return Export(*options, console); }};
}

}  // namespace dossier
