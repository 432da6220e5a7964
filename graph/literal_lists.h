// Which propositions with literal objects of one relation stand on which vertex, by number. Mostly one on each,
// numbered as the vertices are: then it takes no memory to speak of.
#ifndef DOSSIER_GRAPH_LITERAL_LISTS_H_
#define DOSSIER_GRAPH_LITERAL_LISTS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/adjacency.h"
#include "graph/id.h"
#include "graph/image_archive.h"
#include "graph/made_once.h"
#include "graph/packed_array.h"
#include "graph/packed_list.h"
#include "graph/value_column.h"

namespace dossier {

class LiteralLists {
 public:
  LiteralLists() = default;
  // Of entries without `to`, whose edges rise.
  explicit LiteralLists(std::vector<Adjacency::Entry> entries);

  // Adds entries like those, whose edges come after all that it has. Once at most.
  void Extend(std::vector<Adjacency::Entry> entries);

  // `edge_count`: how many edges there are in all.
  PackedList<EdgeId> Of(VertexId vertex, uint32_t edge_count) const {
    if (late_ != nullptr) [[unlikely]] {
      if (const auto at = late().of.find(vertex.value); at != late().of.end()) {
        return {&late().edges, at->second.first, at->second.second, edge_count};
      }
    }
    return EarlyOf(vertex, edge_count);
  }

  // Of lists that were not extended.
  void Archive(ImageArchive* archive);

 private:
  // Of each vertex that got more, all that stands on it.
  struct Late {
    absl::flat_hash_map<uint32_t, std::pair<size_t, size_t>> of;
    PackedArray edges;
  };
  struct Extension {
    std::vector<Adjacency::Entry> entries;  // by vertex
    MadeOnce<Late> late;
  };
  const Late& late() const {
    return late_->late.Get([this](Late* late) { Place(late_->entries, late); });
  }
  void Place(const std::vector<Adjacency::Entry>& entries, Late* late) const;
  void CheckFor(VertexId vertex) const;
  PackedList<EdgeId> EarlyOf(VertexId vertex, uint32_t edge_count) const {
    if (!part_.ready()) [[unlikely]] {
      CheckFor(vertex);
    }
    const size_t place = vertices_.Find(vertex.value);
    if (place == ItemIndex::kNone) return {};
    const size_t begin = offsets_[place], end = offsets_[place + 1];
    if (begin > end || end > edges_.size()) return {};  // of a damaged part
    return {&edges_, begin, end, edge_count};
  }

  ItemIndex vertices_;
  PackedArray offsets_;  // one more than there are vertices
  PackedArray edges_;
  LentPart part_;
  std::unique_ptr<const Extension> late_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_LITERAL_LISTS_H_
