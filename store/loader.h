// From claim files (docs/claim-files.md) into a store, all or nothing.
#ifndef DOSSIER_STORE_LOADER_H_
#define DOSSIER_STORE_LOADER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/base/diagnostic.h"
#include "store/options.h"
#include "store/store.h"

namespace dossier {

struct LoadProgress {
  enum class Stage : uint8_t { kReading, kValidating, kCommitting, kImage, kDone };
  Stage stage = Stage::kReading;
  std::string file;   // being read; else empty
  uint64_t done = 0;  // files read so far, or bytes validated
  uint64_t total = 0;
};

struct LoadOptions {
  // Called now and then from the loading thread.
  std::function<void(const LoadProgress&)> progress;
  // Load the good rows and leave out the bad ones, and with them the rows that depend on those, instead of refusing
  // all. The report lists what was left out.
  bool skip_bad_rows = false;
  // Where the rejected rows are written as CSV: file, line, column, error, reason, row as it stood. Empty: nowhere.
  // Written before the commit, so that no row is lost between the two.
  std::string rejects_path;
};

struct LoadReport {
  CommitReport commit;
  uint64_t files = 0;
  uint64_t rows_rejected = 0;
  std::vector<Diagnostic> rejected;  // why, in the order of the files; only with skip_bad_rows
  // Of writing the image (store/image_loader.h) for what is in the store now. Not OK: all is loaded, but the first
  // question takes longer.
  absl::Status image;
  double seconds = 0;
};

// Loads files, and folders of files, as one commit. Rows are checked by several threads, and checked claims go to the
// writer one by one. A load holds some 55 bytes a claim and 600 an entity, and 130 a claim more while the image is made
// (docs/performance.md); large claim files are read in parts. Other commits to the store wait until it is done. Which
// kind a file is follows from its name; subfolders and files of unknown kinds inside a folder are passed over.
//   kInvalidArgument  rows are bad, and `skip_bad_rows` is off: nothing was loaded, the status lists every one with
//                     its file, line and column
//   kNotFound E4030   no such file or folder          E4031 a folder without any claim file
//   kFailedPrecondition E4032  a folder's ontology.toml is not the store's
//                       E4035  a file was changed while it was loaded
//   and those of Transaction::Commit
absl::StatusOr<LoadReport> LoadFiles(Store* store, const std::vector<std::string>& paths,
                                     const LoadOptions& options = {});

// For `dossier load DB PATH...`: opens the store at `db`, or, where nothing is there, makes one with the ontology.toml
// of the first of the folders `paths` that has one. A store that nothing was loaded into yet takes that ontology, too.
//   kFailedPrecondition E4033  nothing at `db`, and no folder brings an ontology
absl::StatusOr<std::unique_ptr<Store>> OpenOrCreateForLoad(const std::string& db, const std::vector<std::string>& paths,
                                                           const StoreOptions& options = {});

}  // namespace dossier

#endif  // DOSSIER_STORE_LOADER_H_
