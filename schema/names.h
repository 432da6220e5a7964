// Names: which entities a text may mean.
//
// Three readings, of which the first that finds anything decides:
//   1. the exact key
//   2. a name or alias, folded: letter case, accents, width and other compatibility forms, white space, dashes,
//      apostrophes and quotation marks make no difference ("Cote d’Ivoire" finds "Côte d'Ivoire"). An alias that is
//      limited to the document at hand goes before all others
//   3. the same, written in Latin letters: "РБК-500" finds "RBK-500" and the other way round
// Whole names only: "PTAB-2.5" never finds "PTAB-2.5M".
#ifndef DOSSIER_SCHEMA_NAMES_H_
#define DOSSIER_SCHEMA_NAMES_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "graph/claim.h"
#include "graph/time_bounds.h"

namespace dossier {

// Reading 2 and reading 3 of `text`, which must be UTF-8. May be called from many threads.
std::string FoldName(std::string_view text);
std::string TransliterateName(std::string_view text);

// Where a name was met. An alias that is limited to another document or to another time does not count there; where
// nothing is said, every alias counts.
struct NameContext {
  std::string_view document;
  std::optional<TimeBounds> time;
};

enum class NameReading : uint8_t { kKey = 1, kFolded = 2, kTransliterated = 3 };

struct NameMatch {
  std::string key;
  NameReading reading = NameReading::kKey;
  bool in_document = false;  // by an alias that is limited to the document at hand
  friend bool operator==(const NameMatch&, const NameMatch&) = default;
};

// May be read from many threads while nobody adds.
class NameIndex {
 public:
  // Adds the names of an entity. Adding one key again adds its further names.
  void Add(const Entity& entity);

  // All entities that `text` may mean by the strongest reading that finds any, sorted by key; empty if none does.
  std::vector<NameMatch> Resolve(std::string_view text, const NameContext& context = {}) const;

  // The keys of up to `limit` entities whose key or names are spelt most like `text`, closest first.
  // Looks at every name: for messages, not for loops.
  std::vector<std::string> Suggest(std::string_view text, size_t limit = 3) const;

  // Each key once; each name once for every reading under which it is known (2 or 3), with the keys of the entities that
  // bear it. In no particular order. Not to be changed meanwhile; what `visit` gets lives as long as the index.
  void VisitKeys(const std::function<void(std::string_view key)>& visit) const;
  void VisitNames(
      const std::function<void(std::string_view name, const std::vector<std::string_view>& keys)>& visit) const;

  bool HasKey(std::string_view key) const;
  // The name to print, or the key where it has none; of an unknown key, the key.
  std::string NameOf(std::string_view key) const;
  size_t size() const { return entities_.size(); }

 private:
  struct Known {
    std::string key, name;
  };
  // A name of entities_[entity].
  struct Use {
    uint32_t entity = 0;
    uint32_t scope = 0;  // scopes_[scope - 1], or 0 where it is valid everywhere and always
  };
  struct Scope {
    std::string document;
    EdtfTime valid;
  };
  using Uses = absl::InlinedVector<Use, 1>;
  using Table = absl::flat_hash_map<std::string, Uses>;

  void AddName(uint32_t entity, std::string_view name, uint32_t scope);
  void Collect(const Table& table, std::string_view folded, const NameContext& context, bool* scoped,
               std::vector<uint32_t>* found) const;

  std::vector<Known> entities_;
  std::vector<Scope> scopes_;
  absl::flat_hash_map<std::string, uint32_t> by_key_;
  Table folded_;
  Table latin_;  // only names whose reading 3 is not their reading 2
};

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_NAMES_H_
