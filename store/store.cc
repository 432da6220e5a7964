#include "store/store.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "store/batch_writer.h"
#include "store/error_codes.h"
#include "store/fail_point.h"
#include "store/key_codec.h"
#include "store/mapped_pages.h"
#include "store/rocks_engine.h"
#include "store/store_error.h"
#include "store/store_impl.h"

namespace dossier {
namespace {

using namespace store_internal;  // NOLINT: this file is the bridge to it

namespace fs = std::filesystem;

absl::Status NotAStore(const std::string& path, std::string_view why) {
  return StoreError(kNotAStore, StrCat(path, " is no Dossier store: ", why), "", "choose another path");
}

absl::Status SystemError(const std::string& path, const std::error_code& error) {
  const bool permission = error == std::errc::permission_denied || error == std::errc::operation_not_permitted;
  return StoreError(permission ? kStoreNotPermitted : kStoreIo, StrCat(path, ": ", error.message()));
}

// A database without a single key is what a Create that was interrupted leaves. Looks without touching anything.
absl::Status CheckLeftByCreate(const std::string& path, StoreOptions options) {
  options.read_only = true;
  ASSIGN_OR_RETURN(const auto engine, OpenRocksEngine(path, false, options));
  ASSIGN_OR_RETURN(const auto rows, engine->View());
  ASSIGN_OR_RETURN(const auto format, rows->Get(FormatKey()));
  if (format.has_value()) {
    return StoreError(kStoreExists, StrCat("a store stands at ", path, " already"), "a store is never overwritten",
                      "open it, or choose another path");
  }
  const auto first = rows->Scan("", false);
  if (first->Valid()) return NotAStore(path, "it is the database of another program");
  return first->status();
}

absl::Status CheckPlaceForStore(const std::string& path, const StoreOptions& options) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    const fs::path parent = fs::absolute(path, error).lexically_normal().parent_path();
    if (fs::is_directory(parent, error)) return absl::OkStatus();
    return StoreError(kNoSuchPath, StrCat("there is no folder ", parent.string(), " to make a store in"));
  }
  if (error) return SystemError(path, error);
  if (!fs::is_directory(status)) return NotAStore(path, "it is a file");
  if (LooksLikeRocks(path)) return CheckLeftByCreate(path, options);
  if (!LooksLikeUnfinishedRocks(path)) return NotAStore(path, "it is a folder of other things");
  return absl::OkStatus();
}

}  // namespace

Store::Store(std::unique_ptr<StoreImpl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;
const std::string& Store::path() const { return impl_->path(); }
const StoreOptions& Store::options() const { return impl_->options(); }
bool Store::read_only() const { return impl_->options().read_only; }
const Ontology& Store::ontology() const { return impl_->ontology(); }

absl::StatusOr<std::unique_ptr<Store>> Store::Create(const std::string& path, const Ontology& ontology,
                                                     const StoreOptions& options) {
  if (options.read_only) {
    return StoreError(kStoreReadOnly, StrCat(path, " was to be made, but for reading alone"));
  }
  RETURN_IF_ERROR(CheckPlaceForStore(path, options));
  ASSIGN_OR_RETURN(auto engine, OpenRocksEngine(path, true, options));
  DOSSIER_FAIL_POINT("create.opened");
  RETURN_IF_ERROR(WriteEmptyStore(ontology, options, engine.get()));
  ASSIGN_OR_RETURN(auto impl, StoreImpl::Make(std::move(engine), path, options));
  return std::make_unique<Store>(std::move(impl));
}

absl::StatusOr<std::unique_ptr<Store>> Store::Open(const std::string& path, const StoreOptions& options) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    return StoreError(kNoStore, StrCat("there is no store at ", path), "",
                      StrCat("check the path, or make one: `dossier load ", path, " FOLDER`"));
  }
  if (error) return SystemError(path, error);
  if (!fs::is_directory(status)) return NotAStore(path, "it is a file");
  if (!LooksLikeRocks(path)) return NotAStore(path, "the folder holds no database");
  MapCode();
  ASSIGN_OR_RETURN(auto engine, OpenRocksEngine(path, false, options));
  ASSIGN_OR_RETURN(auto impl, StoreImpl::Make(std::move(engine), path, options));
  return std::make_unique<Store>(std::move(impl));
}

absl::StatusOr<Snapshot> Store::snapshot() const {
  ASSIGN_OR_RETURN(auto view, impl_->MakeView());
  return Snapshot(std::move(view));
}

Transaction Store::Begin() { return Transaction(impl_.get()); }

Transaction::Transaction(StoreImpl* store) : store_(store), pending_(std::make_unique<PendingLoad>()) {}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;

void Transaction::AddDocument(Document document) { pending_->documents.push_back(std::move(document)); }
void Transaction::AddEntity(Entity entity) { pending_->entities.push_back(std::move(entity)); }
void Transaction::AddClaim(Claim claim) { pending_->claims.push_back(std::move(claim)); }
void Transaction::Add(ValidatedLoad load) { Append(std::move(load), &pending_->validated); }
void Transaction::AddSource(std::string_view source) { pending_->sources.emplace_back(source); }

absl::StatusOr<CommitReport> Transaction::Commit() {
  return store_->Commit(std::move(*std::exchange(pending_, std::make_unique<PendingLoad>())));
}

}  // namespace dossier
