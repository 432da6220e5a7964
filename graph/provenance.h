// Claims as nodes of the graph: the edges that are read off their own fields (SUBJECT, OBJECT, FROM_DOCUMENT,
// ASSERTED_BY, CITES, SUPERSEDES, and SAYS, which leads from a statement to its claims), so that a pattern can walk
// from a claim to whoever made it. Made from the image's columns when it is first asked for, in time proportional to
// the claims.
#ifndef DOSSIER_GRAPH_PROVENANCE_H_
#define DOSSIER_GRAPH_PROVENANCE_H_

#include <string_view>
#include <vector>

#include "graph/adjacency.h"
#include "graph/image.h"

namespace dossier {

// What the relations are called, in the order of Provenance's numbers.
inline constexpr std::string_view kProvenanceRelations[] = {"SUBJECT", "OBJECT",     "FROM_DOCUMENT", "ASSERTED_BY",
                                                            "CITES",   "SUPERSEDES", "SAYS"};

class Provenance {
 public:
  // Edges get the numbers from `first_edge` on.
  Provenance(const Image& image, uint32_t first_edge);

  // Of the hidden relations; nothing for others.
  const Adjacency& Out(RelationId relation) const { return Of(relation).out; }
  const Adjacency& In(RelationId relation) const { return Of(relation).in; }
  VertexId source(EdgeId edge) const { return edges_[edge.value - first_edge_].source; }
  VertexId target(EdgeId edge) const { return edges_[edge.value - first_edge_].target; }
  RelationId relation(EdgeId edge) const { return edges_[edge.value - first_edge_].relation; }
  ClaimId claim(EdgeId edge) const { return edges_[edge.value - first_edge_].claim; }
  // Of ASSERTED_BY: 0 for the innermost asserter; -1 for other edges.
  int position(EdgeId edge) const { return edges_[edge.value - first_edge_].position; }

 private:
  struct Edge {
    VertexId source, target;
    RelationId relation;
    ClaimId claim;
    int position = -1;
  };
  struct Directions {
    Adjacency out, in;
  };
  const Directions& Of(RelationId relation) const;
  void Add(VertexId source, RelationId relation, VertexId target, ClaimId claim, int position = -1);

  uint32_t first_edge_;
  std::vector<Edge> edges_;
  std::vector<RelationId> relations_;
  std::vector<Directions> directions_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_PROVENANCE_H_
