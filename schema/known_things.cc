#include "schema/known_things.h"

#include <algorithm>
#include <utility>

#include "graph/base/text.h"
#include "schema/ontology.h"

namespace dossier {
namespace {

// Looking for what was meant reads every name, so a file in which all names are unknown gets this many suggestions.
constexpr size_t kMaxSuggestions = 200;
constexpr char kNothingClose[] = "mend it, or add the entity to an entities file";

}  // namespace

template <typename T>
T KnownThings::Take(absl::StatusOr<T> found) {
  if (found.ok()) return *std::move(found);
  status_.Update(found.status());
  failed_ = true;
  return T();
}

const std::vector<std::string>* KnownThings::Shared(std::vector<std::string> types) {
  // Most entities are of the types of the one before.
  if (last_types_ == nullptr || types != *last_types_) last_types_ = &*type_lists_.insert(std::move(types)).first;
  return last_types_;
}

KnownEntity* KnownThings::AddEntity(std::string_view key, std::vector<std::string> types, const RowId& row,
                                    bool* is_new) {
  KnownEntity* const entity = &entities_->Add(key, is_new)->entity;
  if (*is_new) {
    entity->types = Shared(std::move(types));
    entity->row = row;
  }
  return entity;
}

const NameIndex& KnownThings::names() const {
  if (named_.load(std::memory_order_acquire)) return names_;
  const std::lock_guard lock(mutex_);
  if (!named_.load(std::memory_order_relaxed)) read_names_(&names_);
  named_.store(true, std::memory_order_release);
  return names_;
}

KnownDocument* KnownThings::AddDocument(std::string_view key, const RowId& row, bool* is_new) {
  const auto [known, inserted] = documents_.try_emplace(std::string(key));
  *is_new = inserted;
  if (inserted) known->second.row = row;
  return &known->second;
}

bool KnownThings::AddClaim(std::string_view id, const RowId& row) {
  return claims_.try_emplace(std::string(id), row).second;
}

KnownEntity* KnownThings::LoadEntity(std::string_view key) {
  EntityTable::Entry* const found = entities_->Find(key);
  return found == nullptr ? nullptr : &found->entity;
}

KnownEntity* KnownThings::LoadEntity(std::string_view key, size_t* place) {
  if (*place == entities_->size() || entities_->at(*place).key != key) return LoadEntity(key);
  return &entities_->at((*place)++).entity;
}

PlaceOfEntity KnownThings::PlacesInLoad() const {
  return [entities = entities_](std::string_view key) {
    const EntityTable::Entry* const found = entities->Find(key);
    return found == nullptr ? std::nullopt : found->entity.to_load;
  };
}

KnownDocument* KnownThings::LoadDocument(std::string_view key) {
  const auto found = documents_.find(ToAbsl(key));
  return found == documents_.end() ? nullptr : &found->second;
}

const RowId* KnownThings::LoadClaim(std::string_view id) const {
  const auto found = claims_.find(ToAbsl(id));
  return found == claims_.end() ? nullptr : &found->second;
}

const KnownEntity* KnownThings::FindEntity(std::string_view key) {
  if (const KnownEntity* known = LoadEntity(key)) return known;
  const std::lock_guard lock(mutex_);
  const auto cached = store_entities_.find(ToAbsl(key));
  if (cached != store_entities_.end()) return cached->second.has_value() ? &*cached->second : nullptr;
  std::optional<KnownEntity> known;
  if (auto entity = StoreEntity(key)) {
    known.emplace();
    known->types = Shared(std::move(entity->types));
    known->accepted = true;
  } else if (const KnownDocument* document = FindDocument(key)) {
    known.emplace();
    known->types = Shared({std::string(kDocumentType)});
    known->row = document->row;
    known->accepted = document->accepted;
    known->reason = document->reason;
  }
  const auto kept = store_entities_.emplace(std::string(key), std::move(known)).first;
  return kept->second.has_value() ? &*kept->second : nullptr;
}

const KnownDocument* KnownThings::FindDocument(std::string_view key) {
  if (const KnownDocument* known = LoadDocument(key)) return known;
  const std::lock_guard lock(mutex_);
  if (catalog_->empty()) return nullptr;
  const auto cached = store_documents_.find(ToAbsl(key));
  if (cached != store_documents_.end()) return cached->second.has_value() ? &*cached->second : nullptr;
  std::optional<KnownDocument> known;
  if (auto document = Take(catalog_->FindDocument(key))) {
    known.emplace();
    known->document = *std::move(document);
    known->accepted = true;
  }
  const auto kept = store_documents_.emplace(std::string(key), std::move(known)).first;
  return kept->second.has_value() ? &*kept->second : nullptr;
}

bool KnownThings::StoreHasClaim(std::string_view id) { return StoreClaim(id).has_value(); }

std::optional<std::string> KnownThings::StoreClaim(std::string_view id) {
  const std::lock_guard lock(mutex_);
  if (catalog_->empty()) return std::nullopt;
  return Take(catalog_->FindClaim(id));
}

std::optional<Entity> KnownThings::StoreEntity(std::string_view key) {
  const std::lock_guard lock(mutex_);
  if (catalog_->empty()) return std::nullopt;
  return Take(catalog_->FindEntity(key));
}

std::vector<NameMatch> KnownThings::Resolve(std::string_view text, const NameContext& context) {
  if (FindEntity(text) != nullptr) return {{std::string(text), NameReading::kKey, false}};
  std::vector<NameMatch> matches = names().Resolve(text, context);
  const std::lock_guard lock(mutex_);
  if (catalog_->empty()) return matches;
  std::vector<NameMatch> stored = catalog_->names().Resolve(text, context);
  matches.insert(matches.end(), stored.begin(), stored.end());
  if (matches.empty()) return matches;
  // The strongest reading of both together, as one index would have found it.
  const auto strength = [](const NameMatch& match) { return std::pair(match.reading, !match.in_document); };
  const auto best =
      strength(*std::min_element(matches.begin(), matches.end(),
                                 [&](const NameMatch& a, const NameMatch& b) { return strength(a) < strength(b); }));
  std::erase_if(matches, [&](const NameMatch& match) { return strength(match) != best; });
  std::sort(matches.begin(), matches.end(), [](const NameMatch& a, const NameMatch& b) { return a.key < b.key; });
  matches.erase(std::unique(matches.begin(), matches.end()), matches.end());
  return matches;
}

std::string KnownThings::Suggestion(std::string_view text) {
  const std::lock_guard lock(mutex_);
  const auto known = suggestions_.find(ToAbsl(text));
  if (known != suggestions_.end()) return known->second;
  if (suggestions_.size() >= kMaxSuggestions) return kNothingClose;
  std::vector<std::string> keys = names().Suggest(text);
  if (keys.empty() && !catalog_->empty()) keys = catalog_->names().Suggest(text);
  std::string hint;
  for (size_t i = 0; i < keys.size(); ++i) {
    hint += StrCat(i == 0 ? "did you mean '" : i + 1 == keys.size() ? "' or '" : "', '", keys[i]);
  }
  hint += hint.empty() ? kNothingClose : "'?";
  suggestions_.emplace(std::string(text), hint);
  return hint;
}

std::string KnownThings::NameOf(std::string_view key) const {
  if (names().HasKey(key)) return names().NameOf(key);
  const std::lock_guard lock(mutex_);
  return catalog_->names().NameOf(key);
}

}  // namespace dossier
