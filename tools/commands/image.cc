// dossier image: writes the image that makes opening a store a matter of milliseconds.
#include <memory>
#include <string>

#include "graph/base/status_macros.h"
#include "store/image_loader.h"
#include "tools/commands/command.h"

namespace dossier {
namespace {

absl::StatusOr<ExitCode> WriteImageOf(const std::string& db) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenForReading(db));
  RETURN_IF_ERROR(WriteImage(*store));
  return ExitCode::kDone;
}

}  // namespace

Command AddImage(CLI::App* parent) {
  const auto db = std::make_shared<std::string>();
  CLI::App* app = parent->add_subcommand("image", "Write the image that makes opening fast");
  app->add_option("DB", *db, "The store")->required();
  app->footer(
      "The image is what queries walk, as a file in the store's folder. `dossier load` writes it; this command does\n"
      "after a program has added to the store, or after the file was deleted. No answer depends on it: where it is\n"
      "missing, old or damaged, opening builds it from the claims, which takes some seconds a million.\n"
      "\n"
      "Example:\n  dossier image my.db");
  return {app, [db](Console*) { return WriteImageOf(*db); }};
}

}  // namespace dossier
