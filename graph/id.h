// Dense numbers for what a graph holds. Each is a type of its own, so that a vertex is never taken for an edge.
//
// Numbers count from 0 and mean something only together with the image (or the store) that gave them; keys and
// claim ids are what stays the same for ever.
#ifndef DOSSIER_GRAPH_ID_H_
#define DOSSIER_GRAPH_ID_H_

#include <compare>
#include <cstdint>
#include <limits>
#include <utility>

namespace dossier {

template <typename Tag>
struct DenseId {
  static constexpr uint32_t kInvalid = std::numeric_limits<uint32_t>::max();
  uint32_t value = kInvalid;

  constexpr DenseId() = default;
  constexpr explicit DenseId(uint32_t number) : value(number) {}
  constexpr bool valid() const { return value != kInvalid; }
  friend constexpr auto operator<=>(const DenseId&, const DenseId&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, DenseId id) {
    return H::combine(std::move(hash), id.value);
  }
};

using VertexId = DenseId<struct VertexTag>;      // an entity, a document or a claim as a node of the image (see below)
using EdgeId = DenseId<struct EdgeTag>;          // a proposition between nodes, as an edge of the image
using LabelId = DenseId<struct LabelTag>;        // a type of entity
using RelationId = DenseId<struct RelationTag>;  // a type of edge
using PropertyId = DenseId<struct PropertyTag>;  // a name of a property or of a qualifier
using ClaimId = DenseId<struct ClaimTag>;        // a claim, numbered as recorded

// What kind of thing a vertex stands for. Documents and claims have to be named in a pattern to be met.
enum class VertexKind : uint8_t { kEntity, kDocument, kClaim };

// The kind stands in a vertex's highest bits (0 entity, 10 document, 11 claim), before its number among its kind; so
// vertices keep their numbers whatever is added later, and sort entities first, then documents, then claims.
constexpr VertexId MakeVertex(VertexKind kind, uint32_t number) {
  return VertexId(kind == VertexKind::kEntity ? number : (kind == VertexKind::kDocument ? 2U : 3U) << 30 | number);
}
constexpr VertexKind KindOf(VertexId vertex) {
  return vertex.value >> 31 == 0 ? VertexKind::kEntity
                                 : (vertex.value >> 30 == 2 ? VertexKind::kDocument : VertexKind::kClaim);
}
constexpr uint32_t NumberOf(VertexId vertex) {
  return KindOf(vertex) == VertexKind::kEntity ? vertex.value : vertex.value & ((1U << 30) - 1);
}

}  // namespace dossier

#endif  // DOSSIER_GRAPH_ID_H_
