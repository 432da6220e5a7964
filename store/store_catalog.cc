#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "graph/base/status_macros.h"
#include "store/store.h"

namespace dossier {

struct StoreCatalog::Names {
  std::once_flag once;
  std::atomic<bool> made = false;
  NameIndex index;
  absl::Status status;
};

StoreCatalog::StoreCatalog(Snapshot snapshot) : snapshot_(std::move(snapshot)), names_(std::make_unique<Names>()) {}
StoreCatalog::~StoreCatalog() = default;

bool StoreCatalog::empty() const { return snapshot_.counts().loads == 0; }

absl::StatusOr<std::optional<Entity>> StoreCatalog::FindEntity(std::string_view key) const {
  ASSIGN_OR_RETURN(auto found, snapshot_.FindEntity(key));
  if (!found.has_value()) return std::optional<Entity>();
  return std::optional<Entity>(std::move(found->entity));
}

absl::StatusOr<std::optional<Document>> StoreCatalog::FindDocument(std::string_view key) const {
  ASSIGN_OR_RETURN(auto found, snapshot_.FindDocument(key));
  if (!found.has_value()) return std::optional<Document>();
  return std::optional<Document>(std::move(found->document));
}

absl::StatusOr<std::optional<std::string>> StoreCatalog::FindClaim(std::string_view id) const {
  ASSIGN_OR_RETURN(const auto found, snapshot_.FindClaim(id));
  if (!found.has_value()) return std::optional<std::string>();
  return std::optional<std::string>(ContentIdOf(found->claim));
}

const NameIndex& StoreCatalog::names() const {
  std::call_once(names_->once, [this] {
    names_->status = snapshot_.ScanEntities([this](const StoredEntity& stored) {
      names_->index.Add(stored.entity);
      return absl::OkStatus();
    });
    names_->made.store(true, std::memory_order_release);
  });
  return names_->index;
}

absl::Status StoreCatalog::names_status() const {
  return names_->made.load(std::memory_order_acquire) ? names_->status : absl::OkStatus();
}

}  // namespace dossier
