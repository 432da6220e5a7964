// From the key of an entity or a document, or the id of a claim of a scratch graph, to its vertex, and back.
#ifndef DOSSIER_GRAPH_KEY_TABLE_H_
#define DOSSIER_GRAPH_KEY_TABLE_H_

#include <span>
#include <string>
#include <string_view>

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

  // Invalid for a key that nothing has.
  VertexId Find(std::string_view key) const;
  // Empty for what has none. Looks into the table.
  std::string_view KeyOf(VertexId vertex) const;

  void Archive(ImageArchive* archive);

 private:
  TextTable entities_, documents_, claims_;
  // Open addressing by hash: a vertex, or invalid in an empty place. Their number is a power of two, or 0. As vertices
  // are kept with 1 added, so that 0 is none and a damaged table is an empty one.
  Array<uint32_t> slots_;
  LentPart part_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_KEY_TABLE_H_
