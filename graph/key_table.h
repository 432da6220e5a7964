// From the key of an entity or a document, or the id of a claim of a scratch graph, to its vertex, and back.
#ifndef DOSSIER_GRAPH_KEY_TABLE_H_
#define DOSSIER_GRAPH_KEY_TABLE_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/array.h"
#include "graph/id.h"
#include "graph/image_archive.h"
#include "graph/text_table.h"

namespace dossier {

class KeyTable {
 public:
  KeyTable() = default;
  // By number. An empty key is none; of one key twice the first counts.
  KeyTable(std::span<const std::string> entities, std::span<const std::string> documents,
           std::span<const std::string> claims);

  // Adds keys that it does not have, of vertices whose numbers follow those that it has.
  void Extend(std::vector<std::string> entities, std::vector<std::string> documents, std::vector<std::string> claims);

  // Invalid for a key that nothing has.
  VertexId Find(std::string_view key) const;
  // Empty for what has none. Looks into the table.
  std::string_view KeyOf(VertexId vertex) const;

  // Of a table that was not extended.
  void Archive(ImageArchive* archive);

 private:
  struct Kind {
    TextTable texts;
    std::vector<std::string> late;
  };
  const Kind& KindOfVertex(VertexKind kind) const {
    return kind == VertexKind::kEntity ? entities_ : (kind == VertexKind::kDocument ? documents_ : claims_);
  }

  Kind entities_, documents_, claims_;
  // Open addressing by hash: a vertex, or invalid in an empty place. Their number is a power of two, or 0. As vertices
  // are kept with 1 added, so that 0 is none and a damaged table is an empty one.
  Array<uint32_t> slots_;
  absl::flat_hash_map<std::string, VertexId> late_;
  LentPart part_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_KEY_TABLE_H_
