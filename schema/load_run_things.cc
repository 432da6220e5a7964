// Entities and documents of a load: merged with what the store has, refused with what they rest on.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "schema/error_codes.h"
#include "schema/load_run.h"
#include "schema/load_run_reporters.h"
#include "schema/record_checks.h"

namespace dossier {
namespace {

void AddAlias(Alias alias, Entity* entity) {
  if (alias.text.empty()) return;
  if (std::find(entity->aliases.begin(), entity->aliases.end(), alias) != entity->aliases.end()) return;
  entity->aliases.push_back(std::move(alias));
}

// `entity` with what `other` adds to it.
void Merge(const Entity& other, Entity* entity) {
  if (other.name != entity->name) AddAlias({other.name, "", "", {}}, entity);
  for (const Alias& alias : other.aliases) AddAlias(alias, entity);
  if (entity->description.empty()) entity->description = other.description;
}

}  // namespace

void LoadRun::TakeEntity(Entity entity, bool is_group, const RowId& row, Reporter* reporter) {
  CheckEntity(entity, ontology_, &known_, reporter);
  KnownEntity* known = entity.key.empty() ? nullptr : known_.LoadEntity(entity.key, &next_entity_);
  std::optional<Entity> stored;
  if (known != nullptr) {
    stored = known_.StoreEntity(entity.key);
    const bool again = known->row.has_value() && !(*known->row == row);
    if (is_group && again) {
      reporter->Report(kGroupTwice, Column::kKey, StrCat("the group ", Quote(entity.key), " a second time"),
                       "a row of a groups file is one source's list or total",
                       StrCat("make two groups of it; the first is at ", Describe(*known->row)), 0,
                       std::string_view::npos);
    } else if (again && *known->types != entity.types) {
      reporter->Report(kKeyWithOtherType, Column::kType,
                       StrCat(Quote(entity.key), " as ", OneOf(entity.types), ", and as ", OneOf(*known->types), " at ",
                              Describe(*known->row)),
                       "a key stands for one entity, of one type",
                       "choose another key, or give both rows the same type", 0, std::string_view::npos);
    }
    if (stored.has_value() && stored->types != entity.types) {
      reporter->Report(
          kKeyWithOtherType, Column::kType,
          StrCat(Quote(entity.key), " as ", OneOf(entity.types), ", and as ", OneOf(stored->types), " in the store"),
          "a key stands for one entity, of one type", "choose another key, or the type that it has", 0,
          std::string_view::npos);
    }
    if (known_.FindDocument(entity.key) != nullptr) {
      reporter->Report(kKeyWithOtherType, Column::kKey, StrCat(Quote(entity.key), " is the key of a document"),
                       "a key stands for one thing", "choose another key", 0, std::string_view::npos);
    }
  }
  if (!reporter->clean()) {
    if (known != nullptr && !known->accepted) known->reason = reporter->first_reason();
    // A group's row is rejected once, with its claims.
    if (is_group) {
      group_reasons_[std::pair(row.file, row.offset)] = reporter->reasons();
    } else {
      Reject(row, reporter->Row());
    }
    return;
  }
  const bool accepted_before = known->accepted;
  known->accepted = true;
  if (accepted_before) {
    if (known->to_load.has_value()) return Merge(entity, &result_.load.entities[*known->to_load]);
    // The row before said nothing that the store does not have; this one may.
  }
  if (stored.has_value()) {
    Merge(*stored, &entity);
    Entity same = entity;
    const auto by_text = [](const Alias& a, const Alias& b) {
      return std::tie(a.text, a.language, a.document, a.valid.text()) <
             std::tie(b.text, b.language, b.document, b.valid.text());
    };
    std::sort(same.aliases.begin(), same.aliases.end(), by_text);
    std::sort(stored->aliases.begin(), stored->aliases.end(), by_text);
    if (same == *stored) {
      ++result_.load.unchanged;
      return;
    }
  }
  known->to_load = static_cast<uint32_t>(result_.load.entities.size());
  result_.load.entities.push_back(std::move(entity));
}

void LoadRun::TakeDocument(Document document, const RowId& row, Reporter* reporter) {
  CheckDocument(document, &known_, reporter);
  KnownDocument* known = document.key.empty() ? nullptr : known_.LoadDocument(document.key);
  std::optional<Document> stored;
  bool same_again = false;
  if (known != nullptr) {
    const bool again = known->row.has_value() && !(*known->row == row);
    same_again = again && known->accepted && known->document == document;
    if (again && known->accepted && !same_again) {
      reporter->Report(kDocumentTwice, Column::kKey,
                       StrCat("the document ", Quote(document.key), " again, and not as at ", Describe(*known->row)),
                       "a document is described once", "keep one of the two rows, or choose another key", 0,
                       std::string_view::npos);
    }
    if (!known_.catalog().empty()) {
      auto found = known_.catalog().FindDocument(document.key);
      if (found.ok()) stored = *std::move(found);
    }
    if (stored.has_value() && !stored->sha256.empty() && !document.sha256.empty() &&
        stored->sha256 != document.sha256) {
      reporter->Report(
          kDocumentChanged, Column::kSha256,
          StrCat("the store has ", Quote(document.key), " with another text (SHA-256 ", stored->sha256, ")"),
          "claims rest on the text that they were read in", "give the new text a key of its own, as another document",
          0, std::string_view::npos);
    }
  }
  if (!reporter->clean()) {
    if (known != nullptr && !known->accepted) known->reason = reporter->first_reason();
    Reject(row, reporter->Row());
    return;
  }
  known->accepted = true;
  known->document = document;
  if (same_again || (stored.has_value() && *stored == document)) {
    ++result_.load.unchanged;
    return;
  }
  result_.load.documents.push_back(std::move(document));
}

void LoadRun::SettleThings() {
  if (result_.violations.empty()) return;  // then nothing was refused
  std::vector<Entity>& entities = result_.load.entities;
  std::vector<Document>& documents = result_.load.documents;
  const auto refuse = [this](auto* known, std::string label, ViolationId reason) {
    known->accepted = false;
    known->reason = reason;
    RejectedRow row = RowAt(*known->row, std::move(label));
    row.reasons = {reason};
    Reject(*known->row, std::move(row));
  };
  // Whatever is refused may be what others rest on. Chains of such are short.
  for (bool changed = true; changed;) {
    changed = false;
    const size_t things_before = entities.size() + documents.size();
    std::erase_if(entities, [&](const Entity& entity) {
      for (const Alias& alias : entity.aliases) {
        const KnownDocument* document = alias.document.empty() ? nullptr : known_.FindDocument(alias.document);
        if (document == nullptr || document->accepted) continue;
        refuse(known_.LoadEntity(entity.key), StrCat("entity ", Quote(entity.key)), document->reason);
        return true;
      }
      return false;
    });
    std::erase_if(documents, [&](const Document& document) {
      const KnownEntity* publisher = document.publisher.empty() ? nullptr : known_.FindEntity(document.publisher);
      const KnownDocument* whole = document.part_of.empty() ? nullptr : known_.FindDocument(document.part_of);
      const bool bad_publisher = publisher != nullptr && !publisher->accepted;
      if (!bad_publisher && (whole == nullptr || whole->accepted)) return false;
      refuse(known_.LoadDocument(document.key), StrCat("document ", Quote(document.key)),
             bad_publisher ? publisher->reason : whole->reason);
      return true;
    });
    changed = entities.size() + documents.size() != things_before;
  }
}

}  // namespace dossier
