#include "graph/key_table.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/base/text.h"

namespace dossier {
namespace {

// Stays the same for ever: it decides where keys lie in files.
uint64_t HashOfKey(std::string_view key) { return XXH3_64bits(key.data(), key.size()); }

}  // namespace

KeyTable::KeyTable(std::span<const std::string> entities, std::span<const std::string> documents,
                   std::span<const std::string> claims)
    : entities_{TextTable::Of(entities), {}},
      documents_{TextTable::Of(documents), {}},
      claims_{TextTable::Of(claims), {}} {
  const std::pair<VertexKind, std::span<const std::string>> kinds[] = {
      {VertexKind::kEntity, entities}, {VertexKind::kDocument, documents}, {VertexKind::kClaim, claims}};
  size_t named = 0;
  for (const auto& [kind, keys] : kinds) {
    named += keys.size() - static_cast<size_t>(std::count(keys.begin(), keys.end(), std::string()));
  }
  if (named == 0) return;
  std::vector<uint32_t> slots(std::bit_ceil(named + named / 2 + 1));
  for (const auto& [kind, keys] : kinds) {
    for (uint32_t number = 0; number < keys.size(); ++number) {
      if (keys[number].empty()) continue;
      const uint32_t entry = MakeVertex(kind, number).value + 1;
      size_t at = HashOfKey(keys[number]) & (slots.size() - 1);
      while (slots[at] != 0 && KeyOf(VertexId(slots[at] - 1)) != keys[number]) at = (at + 1) & (slots.size() - 1);
      if (slots[at] == 0) slots[at] = entry;
    }
  }
  slots_ = std::move(slots);
}

void KeyTable::Extend(std::vector<std::string> entities, std::vector<std::string> documents,
                      std::vector<std::string> claims) {
  const std::tuple<VertexKind, Kind*, std::vector<std::string>*> kinds[] = {
      {VertexKind::kEntity, &entities_, &entities},
      {VertexKind::kDocument, &documents_, &documents},
      {VertexKind::kClaim, &claims_, &claims}};
  for (const auto& [kind, there, more] : kinds) {
    for (std::string& key : *more) {
      const auto number = static_cast<uint32_t>(there->texts.size() + there->late.size());
      if (!key.empty()) late_.emplace(key, MakeVertex(kind, number));
      there->late.push_back(std::move(key));
    }
  }
}

VertexId KeyTable::Find(std::string_view key) const {
  if (const auto late = late_.find(ToAbsl(key)); late != late_.end()) return late->second;
  if (slots_.empty() || key.empty()) return VertexId();
  size_t at = HashOfKey(key) & (slots_.size() - 1);
  for (size_t tried = 0; tried < slots_.size(); ++tried) {
    if (!part_.ready()) part_.Check(slots_.bytes(at, at + 1));
    if (slots_[at] == 0) break;
    const VertexId vertex(slots_[at] - 1);
    if (KeyOf(vertex) == key) return vertex;
    at = (at + 1) & (slots_.size() - 1);
  }
  return VertexId();
}

std::string_view KeyTable::KeyOf(VertexId vertex) const {
  const Kind& kind = KindOfVertex(KindOf(vertex));
  const size_t number = NumberOf(vertex), early = kind.texts.size();
  if (number < early && !part_.ready()) kind.texts.Check(part_, number);
  if (number < early) return kind.texts[number];
  return number - early < kind.late.size() ? std::string_view(kind.late[number - early]) : std::string_view();
}

void KeyTable::Archive(ImageArchive* archive) {
  archive->BeginPart();
  for (Kind* kind : {&entities_, &documents_, &claims_}) kind->texts.Archive(archive);
  archive->Items(&slots_);
  archive->EndPart(&part_);
  if (!slots_.empty() && !std::has_single_bit(slots_.size())) archive->Fail();
}

}  // namespace dossier
