// What a row may refer to: the things of the load at hand, and those that stand in the store. Not for use outside
// schema/.
#ifndef DOSSIER_SCHEMA_KNOWN_THINGS_H_
#define DOSSIER_SCHEMA_KNOWN_THINGS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/status.h"
#include "graph/claim.h"
#include "schema/entity_table.h"
#include "schema/names.h"
#include "schema/validator.h"

namespace dossier {

struct KnownDocument {
  Document document;
  std::optional<RowId> row;
  bool accepted = false;
  ViolationId reason = 0;
};

// What the load gives is added by one thread. While nobody adds, references may be looked up from many.
class KnownThings {
 public:
  // Adds what the entities of the load are called to an index; may be asked by any thread.
  using NameReader = std::function<void(NameIndex*)>;
  KnownThings(const Catalog* catalog, NameReader names) : catalog_(catalog), read_names_(std::move(names)) {}
  KnownThings(const KnownThings&) = delete;
  KnownThings& operator=(const KnownThings&) = delete;

  const Catalog& catalog() const { return *catalog_; }
  // The first failure of the catalog; what is unknown for that reason is no fault of the input.
  absl::Status status() const {
    if (!failed_) return absl::OkStatus();
    const std::lock_guard lock(mutex_);
    return status_;
  }

  // Makes room for about so many entities.
  void ExpectEntities(size_t count) { entities_->Reserve(count); }

  // --- What the load gives. Each returns what is known under that key; is_new tells whether it was not before. ---
  KnownEntity* AddEntity(std::string_view key, std::vector<std::string> types, const RowId& row, bool* is_new);
  KnownDocument* AddDocument(std::string_view key, const RowId& row, bool* is_new);
  size_t load_entity_count() const { return entities_->size(); }
  // False if another row has the id already.
  bool AddClaim(std::string_view id, const RowId& row);

  KnownEntity* LoadEntity(std::string_view key);
  // The same for whoever goes over the entities in the order in which they were added: the one at `place` is looked at
  // first, and the place moves on if it is the one.
  KnownEntity* LoadEntity(std::string_view key, size_t* place);
  KnownDocument* LoadDocument(std::string_view key);
  const RowId* LoadClaim(std::string_view id) const;
  // Whether any row of the load gives its claim an id.
  bool HasLoadClaims() const { return !claims_.empty(); }

  // KnownEntity::to_load by key, for as long as whoever asks wants it.
  PlaceOfEntity PlacesInLoad() const;

  // In the order in which they were added.
  template <typename Visit>
  void ForEachLoadEntity(const Visit& visit) {
    for (size_t i = 0; i < entities_->size(); ++i) visit(entities_->at(i).key, &entities_->at(i).entity);
  }
  // In no particular order.
  template <typename Visit>
  void ForEachLoadDocument(const Visit& visit) const {
    for (const auto& [key, document] : documents_) visit(std::string_view(key), document);
  }

  // --- What a reference finds, load or store; null if neither has it. Live as long as this. ---
  const KnownEntity* FindEntity(std::string_view key);  // a document counts as an entity of type Document
  const KnownDocument* FindDocument(std::string_view key);
  bool StoreHasClaim(std::string_view id);
  // ContentIdOf the claim that the store has under `id`.
  std::optional<std::string> StoreClaim(std::string_view id);
  std::optional<Entity> StoreEntity(std::string_view key);

  // The entities that a text may mean, by key or name.
  std::vector<NameMatch> Resolve(std::string_view text, const NameContext& context);
  // "did you mean ...?" for a text that means none, or what else to do.
  std::string Suggestion(std::string_view text);
  std::string NameOf(std::string_view key) const;

 private:
  template <typename T>
  T Take(absl::StatusOr<T> found);
  // Of the load's entities. Most loads refer to everything by its key, so the index is made when it is first asked for.
  const NameIndex& names() const;
  const std::vector<std::string>* Shared(std::vector<std::string> types);

  const Catalog* catalog_;
  const NameReader read_names_;
  // Guards all that looking up changes, and the catalog. Lookups call each other.
  mutable std::recursive_mutex mutex_;
  absl::Status status_;
  std::atomic<bool> failed_{false};
  std::shared_ptr<EntityTable> entities_ = std::make_shared<EntityTable>();
  absl::node_hash_map<std::string, KnownDocument> documents_;
  // Of the store, as far as looked up; nothing where the store has nothing.
  absl::node_hash_map<std::string, std::optional<KnownEntity>> store_entities_;
  absl::node_hash_map<std::string, std::optional<KnownDocument>> store_documents_;
  absl::flat_hash_map<std::string, RowId> claims_;
  std::set<std::vector<std::string>> type_lists_;  // there are few
  const std::vector<std::string>* last_types_ = nullptr;
  mutable NameIndex names_;
  mutable std::atomic<bool> named_{false};
  absl::flat_hash_map<std::string, std::string> suggestions_;
};

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_KNOWN_THINGS_H_
