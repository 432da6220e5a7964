#include "store/loader.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <optional>
#include <system_error>
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "schema/claim_file_reader.h"
#include "schema/ontology_reader.h"
#include "schema/validator.h"
#include "store/error_codes.h"
#include "store/image_ahead.h"
#include "store/image_loader.h"
#include "store/rocks_engine.h"
#include "store/store_error.h"
#include "store/store_impl.h"
#include "store/text_file.h"

namespace dossier {
namespace {

using namespace store_internal;  // NOLINT: this file is the bridge to it

namespace fs = std::filesystem;

constexpr size_t kBytesOfShortClaim = 90;  // its row in a file: who expects too many pays less than a byte a byte
constexpr char kOntologyFile[] = "ontology.toml";

bool IsClaimFile(const fs::path& path) {
  const std::string name = path.filename().string();
  return IsJsonLines(name) || (path.extension() == ".csv" && KindOfFile(name).has_value());
}

// What `paths` name, folders taken apart: files in the order of the paths, those of a folder by name.
struct Inputs {
  std::vector<std::string> claim_files;
  std::vector<std::string> ontologies;
};

absl::StatusOr<Inputs> ListInputs(const std::vector<std::string>& paths) {
  Inputs inputs;
  for (const std::string& path : paths) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
      return StoreError(kNoSuchPath, StrCat("there is no file or folder ", path), "", "check the spelling");
    }
    if (!fs::is_directory(status)) {
      (fs::path(path).filename() == kOntologyFile ? inputs.ontologies : inputs.claim_files).push_back(path);
      continue;
    }
    std::vector<std::string> files;
    for (fs::directory_iterator file(path, error), end; !error && file != end; file.increment(error)) {
      std::error_code ignored;  // what cannot be looked at cannot be read either, and fails there
      if (file->is_directory(ignored)) continue;
      if (IsClaimFile(file->path())) files.push_back(file->path().string());
      if (file->path().filename() == kOntologyFile) inputs.ontologies.push_back(file->path().string());
    }
    if (error) return StoreError(kNoSuchPath, StrCat("cannot list ", path, ": ", error.message()));
    if (files.empty()) {
      return StoreError(kNothingToLoad, StrCat("no file in ", path, " is a claim file"),
                        "names begin with documents, entities, claims or groups and end in .csv or .jsonl",
                        "see docs/claim-files.md");
    }
    std::sort(files.begin(), files.end());
    std::move(files.begin(), files.end(), std::back_inserter(inputs.claim_files));
  }
  return inputs;
}

absl::Status CheckSameOntology(const Store& store, const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    ASSIGN_OR_RETURN(const std::string text, ReadTextFile(file));
    if (text == store.ontology().source_text()) continue;
    return StoreError(kOtherOntology, StrCat(file, " is not the ontology of ", store.path()),
                      "a store keeps the ontology that its claims were checked by",
                      "load the folder into a new store, or name its claim files one by one");
  }
  return absl::OkStatus();
}

std::string CsvCell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string cell = "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + '"';
}

absl::Status WriteRejects(const std::string& path, const LoadResult& result) {
  std::ofstream out(path, std::ios::binary);
  out << "file,line,column,error,reason,row\n";
  for (const RejectedRow& row : result.rejected) {
    for (const size_t reason : row.reasons) {
      if (reason >= result.violations.size()) continue;
      const Diagnostic& why = result.violations[reason];
      out << CsvCell(row.file) << ',' << why.place.begin.line << ',' << why.place.begin.column << ",E" << why.number
          << ',' << CsvCell(why.hint.empty() ? why.cause : StrCat(why.cause, "; ", why.hint)) << ','
          << CsvCell(row.text) << '\n';
    }
  }
  out.close();
  if (out) return absl::OkStatus();
  return StoreError(kRejectsNotWritten, StrCat("cannot write the rejected rows to ", path, ": ", std::strerror(errno)),
                    "rows are never left out without a trace", "name a file that can be written");
}

class Loader {
 public:
  Loader(Store* store, const LoadOptions& options) : store_(store), options_(options) {}

  absl::StatusOr<LoadReport> Load(const std::vector<std::string>& paths) {
    const auto begin = std::chrono::steady_clock::now();
    ASSIGN_OR_RETURN(const Inputs inputs, ListInputs(paths));
    RETURN_IF_ERROR(CheckSameOntology(*store_, inputs.ontologies));
    LoadReport report;
    report.files = inputs.claim_files.size();
    std::vector<std::string> sources;
    for (const std::string& file : inputs.claim_files) {
      // Absolute, so that what stands beside the files (named questions) is found from any folder later.
      std::error_code unknown;
      const std::filesystem::path whole = std::filesystem::absolute(file, unknown).lexically_normal();
      sources.push_back(unknown ? file : whole.string());
    }
    ASSIGN_OR_RETURN(std::vector<ClaimFile> files, Read(inputs.claim_files));
    const auto fill = [&](const std::shared_ptr<const View>& view, LoadWriter* writer) -> absl::StatusOr<uint64_t> {
      ASSIGN_OR_RETURN(LoadResult result, Validate(files, view, writer));
      if (!options_.skip_bad_rows) RETURN_IF_ERROR(result.status());
      if (!options_.rejects_path.empty()) RETURN_IF_ERROR(WriteRejects(options_.rejects_path, result));
      report.rows_rejected = result.rejected.size();
      report.rejected = std::move(result.violations);
      Report({.stage = LoadProgress::Stage::kCommitting});
      files = {};  // what comes needs memory of its own
      return result.load.unchanged;
    };
    ImageAhead image(store_);
    std::optional<absl::Status> made;
    const auto make_image = [&](const std::shared_ptr<const View>& after) {
      const Snapshot snapshot(after);
      const auto needs = NeedsImage(*store_, snapshot);
      if (!needs.ok() || !*needs) return;
      Report({.stage = LoadProgress::Stage::kImage});
      made = image.Make(snapshot);
    };
    ASSIGN_OR_RETURN(report.commit, store_->impl().CommitAsRead(std::move(sources), fill, make_image));
    Report({.stage = LoadProgress::Stage::kImage});
    if (made.has_value()) {
      report.image = made->ok() ? image.Place() : *made;
    } else {
      report.image = RefreshImage(*store_);
    }
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    Report({.stage = LoadProgress::Stage::kDone});
    return report;
  }

 private:
  void Report(LoadProgress progress) const {
    if (options_.progress) options_.progress(progress);
  }

  absl::StatusOr<std::vector<ClaimFile>> Read(const std::vector<std::string>& paths) const {
    std::vector<std::optional<absl::StatusOr<ClaimFile>>> read_files(paths.size());
    const auto taken = std::make_unique<std::atomic<bool>[]>(paths.size());
    const auto read = [&](size_t i) {
      if (!taken[i].exchange(true)) read_files[i] = Read(paths[i]);
    };
    {
      // Much of reading is being given the memory for it, so a second thread comes from the other end.
      const auto when = paths.size() > 1 ? std::launch::async | std::launch::deferred  // if it can
                                         : std::launch::deferred;
      const std::future<void> last_ones = std::async(when, [&] {
        for (size_t i = paths.size(); i > 0; --i) read(i - 1);
      });
      for (size_t i = 0; i < paths.size(); ++i) {
        Report({.stage = LoadProgress::Stage::kReading, .file = paths[i], .done = i, .total = paths.size()});
        read(i);
      }
      last_ones.wait();
    }
    std::vector<ClaimFile> files;
    for (size_t i = 0; i < paths.size(); ++i) {
      RETURN_IF_ERROR(read_files[i]->status());
      files.push_back(**std::move(read_files[i]));
    }
    return files;
  }

  // Large files of claims stay where they are, and are read in parts; things are looked up all the time.
  static absl::StatusOr<ClaimFile> Read(const std::string& path) {
    ClaimFile file{path, ""};
    if (KindOfFile(path) == RecordKind::kClaim) {
      ASSIGN_OR_RETURN(file.source, OpenTextFile(path));
    }
    if (file.source == nullptr) {
      ASSIGN_OR_RETURN(file.text, ReadTextFile(path));
    }
    return file;
  }

  absl::StatusOr<LoadResult> Validate(const std::vector<ClaimFile>& files, const std::shared_ptr<const View>& view,
                                      LoadWriter* writer) const {
    size_t bytes = 0;
    for (const ClaimFile& file : files) bytes += file.size();
    writer->Expect(bytes / kBytesOfShortClaim);
    const StoreCatalog catalog{Snapshot(view)};
    Validator::Options options;
    options.progress = [this](size_t done, size_t all) {
      Report({.stage = LoadProgress::Stage::kValidating, .done = done, .total = all});
    };
    options.things_sink = [writer](ValidatedThings things) {
      RETURN_IF_ERROR(writer->AddDocuments(std::move(things.documents)));
      return writer->AddEntities(std::move(things.entities), std::move(things.place_of_entity));
    };
    options.sink = [writer](ValidatedClaim&& claim) { return writer->AddClaim(std::move(claim)); };
    options.sunk = [writer](const ContentHash& id_hash) { return writer->Holds(id_hash); };
    options.plain_sink = writer->plain_sink();
    const Validator validator(&store_->ontology(), &catalog, std::move(options));
    ASSIGN_OR_RETURN(LoadResult result, validator.ValidateFiles(files));
    RETURN_IF_ERROR(catalog.names_status());
    return result;
  }

  Store* store_;
  const LoadOptions& options_;
};

absl::StatusOr<uint64_t> LoadsOf(const Store& store) {
  ASSIGN_OR_RETURN(const Snapshot snapshot, store.snapshot());
  return snapshot.sequence();
}

// A store that nothing was loaded into takes the ontology of what is loaded first: its maker may have mended the file
// since a first try was refused.
absl::StatusOr<std::unique_ptr<Store>> GiveOntology(std::unique_ptr<Store> store, const std::string& file) {
  ASSIGN_OR_RETURN(const std::string text, ReadTextFile(file));
  if (text == store->ontology().source_text()) return store;
  ASSIGN_OR_RETURN(const Ontology ontology, ReadOntology(text, file));
  const std::string path = store->path();
  const StoreOptions options = store->impl().options();
  store.reset();
  ASSIGN_OR_RETURN(auto engine, OpenRocksEngine(path, false, options));
  RETURN_IF_ERROR(WriteEmptyStore(ontology, options, engine.get()));
  ASSIGN_OR_RETURN(auto impl, StoreImpl::Make(std::move(engine), path, options));
  return std::make_unique<Store>(std::move(impl));
}

}  // namespace

absl::StatusOr<LoadReport> LoadFiles(Store* store, const std::vector<std::string>& paths, const LoadOptions& options) {
  return Loader(store, options).Load(paths);
}

absl::StatusOr<std::unique_ptr<Store>> OpenOrCreateForLoad(const std::string& db, const std::vector<std::string>& paths,
                                                           const StoreOptions& options) {
  ASSIGN_OR_RETURN(const Inputs inputs, ListInputs(paths));
  std::error_code error;
  // A folder without a database is left to Create, which takes what an interrupted one left, and nothing else.
  if (fs::exists(db, error) && (!fs::is_directory(db, error) || LooksLikeRocks(db))) {
    auto store = Store::Open(db, options);
    if (store.ok()) {
      // Not a snapshot here: it would keep open what GiveOntology has to close.
      const absl::StatusOr<uint64_t> loads = LoadsOf(**store);
      if (!loads.ok()) return loads.status();
      if (*loads > 0 || inputs.ontologies.empty() || options.read_only) return store;
      return GiveOntology(*std::move(store), inputs.ontologies.front());
    }
    if (ErrorNumber(store.status()) != kNotAStore || !fs::is_directory(db, error)) return store;
  }
  if (inputs.ontologies.empty()) {
    return StoreError(kNoOntology, StrCat("there is no store at ", db, " yet, and nothing to load brings an ontology"),
                      "a new store needs an ontology",
                      StrCat("name a folder with an ", kOntologyFile, ", or make the store first: `dossier init`"));
  }
  ASSIGN_OR_RETURN(const std::string text, ReadTextFile(inputs.ontologies.front()));
  ASSIGN_OR_RETURN(const Ontology ontology, ReadOntology(text, inputs.ontologies.front()));
  return Store::Create(db, ontology, options);
}

}  // namespace dossier
