#include "store/store_impl.h"

#include <charconv>
#include <chrono>
#include <future>
#include <optional>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "schema/ontology_reader.h"
#include "store/batch_view.h"
#include "store/error_codes.h"
#include "store/fail_point.h"
#include "store/key_codec.h"
#include "store/record_codec.h"
#include "store/store_error.h"

namespace dossier::store_internal {
namespace {

constexpr std::string_view kFormatWord = "format ";
constexpr size_t kBytesWorthAThread = size_t{1} << 20;  // of a batch

std::string FormatText(uint32_t version) { return StrCat(kFormatWord, version, '\n'); }

std::optional<uint32_t> VersionIn(std::string_view text) {
  if (!text.starts_with(kFormatWord) || !text.ends_with('\n')) return std::nullopt;
  text.remove_prefix(kFormatWord.size());
  text.remove_suffix(1);
  uint32_t version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return version;
}

absl::Status CheckFormat(const KeyValueView& rows, const std::string& path) {
  ASSIGN_OR_RETURN(const std::optional<std::string> format, rows.Get(FormatKey()));
  if (!format.has_value()) {
    return StoreError(kNotAStore, StrCat(path, " is no Dossier store"), "",
                      "if making one was interrupted here, make it again");
  }
  const std::optional<uint32_t> version = VersionIn(*format);
  if (!version.has_value()) return Damaged(StrCat("the format of ", path, " cannot be read"));
  if (*version == kStoreFormatVersion) return absl::OkStatus();
  return StoreError(
      kStoreFormat,
      StrCat(path, " has store format ", *version, ", and this program reads format ", kStoreFormatVersion), "",
      StrCat("open it with a ", *version > kStoreFormatVersion ? "newer" : "older",
             " dossier; `dossier export` there and `dossier load` here carry it over"));
}

absl::StatusOr<Ontology> ReadStoredOntology(const KeyValueView& rows, const std::string& path) {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes, rows.Get(TagKey(Tag::kOntology)));
  if (!bytes.has_value()) return Damaged(StrCat("the ontology of ", path, " is missing"));
  ASSIGN_OR_RETURN(const std::string text, DecodeOntology(*bytes, "the record of the ontology"));
  if (text.empty()) return Ontology::Open();
  return ReadOntology(text, StrCat(path, ": ontology.toml"));
}

}  // namespace

int64_t Now() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

absl::StatusOr<std::unique_ptr<StoreImpl>> StoreImpl::Make(std::unique_ptr<KeyValueEngine> engine, std::string path,
                                                           const StoreOptions& options) {
  ASSIGN_OR_RETURN(const auto rows, engine->View());
  RETURN_IF_ERROR(CheckFormat(*rows, path));
  ASSIGN_OR_RETURN(Ontology ontology, ReadStoredOntology(*rows, path));
  std::unique_ptr<StoreImpl> store(new StoreImpl(std::move(engine), std::move(path), options, std::move(ontology)));
  // Damage to what every view needs is better known now.
  RETURN_IF_ERROR(store->MakeView().status());
  return store;
}

absl::StatusOr<std::shared_ptr<const View>> StoreImpl::MakeView() const {
  ASSIGN_OR_RETURN(auto rows, engine_->View());
  return View::Make(std::move(rows), keys_);
}

absl::Status StoreImpl::CheckWritable() const {
  if (!options_.read_only) return absl::OkStatus();
  return StoreError(kStoreReadOnly, StrCat(path_, " was opened for reading alone"), "", "open it without read_only");
}

absl::StatusOr<CommitReport> StoreImpl::Commit(PendingLoad load) {
  RETURN_IF_ERROR(CheckWritable());
  const std::lock_guard lock(commit_mutex_);
  ASSIGN_OR_RETURN(const std::shared_ptr<const View> view, MakeView());
  if (!load.documents.empty() || !load.entities.empty() || !load.claims.empty()) {
    const StoreCatalog catalog{Snapshot(view)};
    const Validator validator(&ontology_, &catalog);
    ASSIGN_OR_RETURN(LoadResult result, validator.ValidateRecords(std::move(load.documents), std::move(load.entities),
                                                                  std::move(load.claims)));
    RETURN_IF_ERROR(catalog.names_status());
    RETURN_IF_ERROR(result.status());
    Append(std::move(result.load), &load.validated);
  }
  ASSIGN_OR_RETURN(const auto writer, LoadWriter::Make(view.get(), Now()));
  RETURN_IF_ERROR(writer->AddDocuments(std::move(load.validated.documents)));
  RETURN_IF_ERROR(writer->AddEntities(std::move(load.validated.entities)));
  for (ValidatedClaim& claim : load.validated.claims) RETURN_IF_ERROR(writer->AddClaim(std::move(claim)));
  ASSIGN_OR_RETURN(LoadBatch made, writer->Finish(std::move(load.sources), load.validated.unchanged));
  return Write(std::move(made));
}

absl::StatusOr<CommitReport> StoreImpl::CommitAsRead(
    std::vector<std::string> sources,
    absl::FunctionRef<absl::StatusOr<uint64_t>(const std::shared_ptr<const View>&, LoadWriter*)> fill,
    absl::FunctionRef<void(const std::shared_ptr<const View>&)> beside) {
  RETURN_IF_ERROR(CheckWritable());
  const std::lock_guard lock(commit_mutex_);
  ASSIGN_OR_RETURN(const std::shared_ptr<const View> view, MakeView());
  ASSIGN_OR_RETURN(auto writer, LoadWriter::Make(view.get(), Now()));
  ASSIGN_OR_RETURN(const uint64_t unchanged, fill(view, writer.get()));
  ASSIGN_OR_RETURN(LoadBatch made, writer->Finish(std::move(sources), unchanged));
  writer.reset();  // its tables are large, and what comes needs memory of its own
  if (made.batch.bytes() < kBytesWorthAThread) return Write(std::move(made));
  RETURN_IF_ERROR(WriteBeside(*view, std::move(made.batch), beside));
  return made.report;
}

absl::StatusOr<CommitReport> StoreImpl::Write(LoadBatch made) {
  if (made.report.nothing_new()) return made.report;
  DOSSIER_FAIL_POINT("commit.before_write");
  RETURN_IF_ERROR(engine_->Write(made.batch, options_.sync));
  DOSSIER_FAIL_POINT("commit.written");
  return made.report;
}

absl::Status StoreImpl::WriteBeside(const View& before, Batch batch,
                                    absl::FunctionRef<void(const std::shared_ptr<const View>&)> beside) {
  DOSSIER_FAIL_POINT("commit.before_write");
  batch.Sort();
  const auto whole = std::make_shared<const Batch>(std::move(batch));
  // If the system gives no thread, it is written afterwards.
  auto written = std::async(std::launch::async | std::launch::deferred,
                            [this, whole] { return engine_->Write(*whole, options_.sync); });
  // The numbers that it gives may come to stand for other things, if the write fails: its keys are no other view's.
  auto after = View::Make(ViewAfter(before.shared_rows(), whole), std::make_shared<SharedKeys>());
  if (after.ok()) beside(*after);
  const absl::Status status = written.get();
  DOSSIER_FAIL_POINT("commit.written");
  return status;
}

absl::Status StoreImpl::RecordVerification(const Verification& verification) {
  RETURN_IF_ERROR(CheckWritable());
  const std::lock_guard lock(commit_mutex_);
  Batch batch;
  ASSIGN_OR_RETURN(std::string bytes, Encode(verification, "the record of the last verification"));
  batch.Put(TagKey(Tag::kVerification), std::move(bytes));
  return engine_->Write(batch, options_.sync);
}

absl::Status WriteEmptyStore(const Ontology& ontology, const StoreOptions& options, KeyValueEngine* engine) {
  Batch batch;
  batch.Put(FormatKey(), FormatText(kStoreFormatVersion));
  ASSIGN_OR_RETURN(std::string ontology_bytes, EncodeOntology(ontology.source_text(), "the record of the ontology"));
  batch.Put(TagKey(Tag::kOntology), std::move(ontology_bytes));
  ASSIGN_OR_RETURN(std::string counts_bytes, Encode(StoreCounts{}, "the record of counts"));
  batch.Put(TagKey(Tag::kCounts), std::move(counts_bytes));
  DOSSIER_FAIL_POINT("create.before_write");
  return engine->Write(batch, options.sync);
}

absl::StatusOr<std::unique_ptr<Store>> MakeStore(std::unique_ptr<KeyValueEngine> engine, const Ontology& ontology,
                                                 const StoreOptions& options) {
  ASSIGN_OR_RETURN(const auto rows, engine->View());
  ASSIGN_OR_RETURN(const auto format, rows->Get(FormatKey()));
  if (!format.has_value()) RETURN_IF_ERROR(WriteEmptyStore(ontology, options, engine.get()));
  ASSIGN_OR_RETURN(auto impl, StoreImpl::Make(std::move(engine), "memory", options));
  return std::make_unique<Store>(std::move(impl));
}

}  // namespace dossier::store_internal
