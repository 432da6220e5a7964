// dossier init: an empty store.
#include <memory>
#include <string>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "schema/ontology.h"
#include "schema/ontology_reader.h"
#include "tools/commands/command.h"
#include "tools/files.h"

namespace dossier {
namespace {

struct Options {
  std::string db;
  std::string ontology;
};

absl::StatusOr<ExitCode> Init(const Options& options, Console* console) {
  Ontology ontology = Ontology::Open();
  if (!options.ontology.empty()) {
    ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(options.ontology));
    absl::StatusOr<Ontology> read = ReadOntology(text, options.ontology);
    if (!read.ok()) return Fail(read.status(), console, text, options.ontology);
    ontology = *std::move(read);
  }
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, Store::Create(options.db, ontology));
  console->Out(StrCat("Made an empty store at ", options.db,
                      options.ontology.empty() ? " that takes any type and any relation.\n"
                                               : StrCat(" with the ontology '", ontology.name(), "'.\n")));
  return ExitCode::kDone;
}

}  // namespace

Command AddInit(CLI::App* parent) {
  const auto options = std::make_shared<Options>();
  CLI::App* app = parent->add_subcommand("init", "Make an empty store");
  app->add_option("DB", options->db, "Folder that the store is made in; it must not exist yet, or be empty")
      ->required();
  app->add_option("--ontology", options->ontology,
                  "What may be said in it (docs/ontology.md). Without one the store is open: any type, any relation");
  app->footer(
      "A store keeps its ontology for life. `dossier load` on a path where nothing is makes the store itself, where a\n"
      "folder brings an ontology.toml along; init is for the other cases.\n"
      "\n"
      "Examples:\n"
      "  dossier init new.db --ontology data/template/ontology.toml\n"
      "  dossier init notes.db");
  return {app, [options](Console* console) { return Init(*options, console); }};
}

}  // namespace dossier
