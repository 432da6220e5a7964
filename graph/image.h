// The image: what a store or a scratch graph holds, as columns in memory, ready to be walked.
//
// Vertices, labels, relations, properties, edges and claims are dense numbers; each relation has its adjacency in
// compressed-sparse-row form in both directions, so that a step of a path is a walk over an array. An edge is a
// proposition between two vertices; a proposition with a literal object takes a number in the same series but
// stands in no adjacency: it is the source of a property. Claims hang on both. An image is derived from a store's
// snapshot (or from a file) and never changes: readers share it freely across threads.
//
// What of it a query may see is decided by a view (graph/view.h).
#ifndef DOSSIER_GRAPH_IMAGE_H_
#define DOSSIER_GRAPH_IMAGE_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/claim.h"
#include "graph/id.h"
#include "graph/time_bounds.h"
#include "graph/value.h"

namespace dossier {

// What kind of thing a vertex stands for. Documents and claims have to be named in a pattern to be met.
enum class VertexKind : uint8_t { kEntity, kDocument, kClaim };

// One end of a step: the vertex across and the edge that leads there.
struct Neighbor {
  VertexId vertex;
  EdgeId edge;
};

// A claim as the image keeps it; the words (quote, locator, hedge) stay in the store.
struct ClaimColumns {
  EdgeId proposition;
  VertexId vertex;    // the claim as a node
  VertexId document;  // invalid in an image without documents
  Act act = Act::kAsserts;
  Certainty certainty = Certainty::kCertain;
  Rank rank = Rank::kNormal;
  std::vector<VertexId> asserters;  // innermost first
  EdtfTime valid;
  EdtfTime said;
  std::optional<Quantity> quantity;
  std::vector<std::pair<PropertyId, Value>> qualifiers;    // those that do not identify
  int64_t recorded = std::numeric_limits<int64_t>::min();  // microseconds since 1970
  int64_t closed = std::numeric_limits<int64_t>::max();    // when superseded or retracted; max: current
  NoteState note = NoteState::kNone;                       // of the note that it cites
};

class Image {
 public:
  uint32_t vertex_count() const { return static_cast<uint32_t>(kinds_.size()); }
  uint32_t edge_count() const { return static_cast<uint32_t>(edges_.size()); }
  uint32_t claim_count() const { return static_cast<uint32_t>(claims_.size()); }

  // Names. Find* give an invalid id for a name that nothing in the image bears.
  LabelId FindLabel(std::string_view name) const;
  RelationId FindRelation(std::string_view name) const;
  PropertyId FindProperty(std::string_view name) const;
  const std::string& label_name(LabelId label) const { return labels_[label.value]; }
  const std::string& relation_name(RelationId relation) const { return relations_[relation.value].name; }
  const std::string& property_name(PropertyId property) const { return properties_[property.value]; }
  uint32_t label_count() const { return static_cast<uint32_t>(labels_.size()); }
  uint32_t relation_count() const { return static_cast<uint32_t>(relations_.size()); }
  uint32_t property_count() const { return static_cast<uint32_t>(properties_.size()); }

  // Vertices.
  VertexKind kind(VertexId vertex) const { return kinds_[vertex.value]; }
  std::span<const LabelId> labels(VertexId vertex) const { return signatures_[signature_of_[vertex.value]]; }
  // Vertices with the same labels share a signature number, so that a label test is one look-up.
  uint32_t signature(VertexId vertex) const { return signature_of_[vertex.value]; }
  uint32_t signature_count() const { return static_cast<uint32_t>(signatures_.size()); }
  std::span<const LabelId> signature_labels(uint32_t signature) const { return signatures_[signature]; }
  uint32_t vertices_of(uint32_t signature) const { return signature_sizes_[signature]; }
  // A property that no source disputes: key, name, or anything of a scratch graph. Null where it has none.
  Value VertexProperty(VertexId vertex, PropertyId property) const;
  // The vertex of an entity or document with this key, or of a claim with this id; invalid if there is none.
  VertexId FindKey(std::string_view key) const;
  std::string_view key(VertexId vertex) const { return keys_[vertex.value]; }

  // Edges, and propositions with literal objects (`target` is invalid there).
  VertexId source(EdgeId edge) const { return edges_[edge.value].source; }
  VertexId target(EdgeId edge) const { return edges_[edge.value].target; }
  RelationId relation(EdgeId edge) const { return edges_[edge.value].relation; }
  bool is_literal(EdgeId edge) const { return !edges_[edge.value].target.valid(); }
  const Value& literal(EdgeId edge) const { return literals_.at(edge.value); }
  // An identifying qualifier, or a property of an edge of a scratch graph. Null where it has none. Where a
  // qualifier occurs more than once, a list.
  Value EdgeProperty(EdgeId edge, PropertyId property) const;
  // Made by the store from a claim's own fields (SUBJECT, ASSERTED_BY, ...): only met when named.
  bool hidden(RelationId relation) const { return relations_[relation.value].hidden; }

  // Neighbours over one relation, sorted by vertex, then edge. Every edge is there, whatever the view.
  std::span<const Neighbor> Out(VertexId vertex, RelationId relation) const;
  std::span<const Neighbor> In(VertexId vertex, RelationId relation) const;
  uint32_t edges_of(RelationId relation) const { return relations_[relation.value].edges; }
  // Propositions with literal objects on a vertex under a property's name, in the order recorded.
  std::span<const EdgeId> Literals(VertexId vertex, PropertyId property) const;

  // Claims. Edges of a scratch graph and hidden edges have none.
  const ClaimColumns& claim(ClaimId claim) const { return claims_[claim.value]; }
  std::span<const ClaimId> ClaimsOf(EdgeId edge) const;
  // The claim that a claim node stands for, or that a hidden edge was read off; invalid for others.
  ClaimId ClaimOfVertex(VertexId vertex) const;
  ClaimId ClaimOfHiddenEdge(EdgeId edge) const;
  // Whether edges rest on claims at all: false for a scratch graph, whose edges are all walked.
  bool sourced() const { return sourced_; }

  // All properties of a vertex or an edge that VertexProperty and EdgeProperty know, sorted by name.
  std::vector<std::pair<PropertyId, Value>> VertexProperties(VertexId vertex) const;
  std::vector<std::pair<PropertyId, Value>> EdgeProperties(EdgeId edge) const;
  // Properties under which some vertex has literal propositions.
  std::span<const PropertyId> literal_properties() const { return literal_properties_; }

 private:
  friend class ImageBuilder;
  Image() = default;

  struct EdgeColumns {
    VertexId source, target;
    RelationId relation;
  };
  struct Adjacency {
    std::vector<uint32_t> offsets;  // vertex_count() + 1, or empty if no edge
    std::vector<Neighbor> neighbors;
    std::span<const Neighbor> Of(VertexId vertex) const {
      if (offsets.empty()) return {};
      return {neighbors.data() + offsets[vertex.value], neighbors.data() + offsets[vertex.value + 1]};
    }
  };
  struct Relation {
    std::string name;
    bool hidden = false;
    uint32_t edges = 0;
    Adjacency out, in;
  };
  // Values by vertex or edge number; dense where many have one.
  struct PropertyColumn {
    std::vector<Value> dense;
    absl::flat_hash_map<uint32_t, Value> sparse;
    Value Get(uint32_t number) const;
    void Set(uint32_t number, Value value, size_t count);
  };

  bool sourced_ = false;
  std::vector<VertexKind> kinds_;
  std::vector<std::string> keys_;
  std::vector<uint32_t> signature_of_;
  std::vector<std::vector<LabelId>> signatures_;
  std::vector<uint32_t> signature_sizes_;
  std::vector<std::string> labels_, properties_;
  std::vector<Relation> relations_;
  std::vector<EdgeColumns> edges_;
  absl::flat_hash_map<uint32_t, Value> literals_;
  std::vector<PropertyColumn> vertex_columns_, edge_columns_;  // by property number
  absl::flat_hash_map<uint64_t, std::vector<EdgeId>> vertex_literals_;
  std::vector<PropertyId> literal_properties_;
  std::vector<ClaimColumns> claims_;
  std::vector<uint32_t> claim_offsets_;  // by edge number
  std::vector<ClaimId> claims_by_edge_;
  absl::flat_hash_map<uint32_t, ClaimId> claim_of_vertex_, claim_of_hidden_edge_;
  absl::flat_hash_map<std::string, uint32_t> label_index_, relation_index_, property_index_, key_index_;
};

// Makes an image. Not thread-safe; Build() ends its use.
class ImageBuilder {
 public:
  // `sourced`: edges exist through claims (a store), or by themselves (a scratch graph).
  explicit ImageBuilder(bool sourced);
  ~ImageBuilder();

  LabelId Label(std::string_view name);  // made at first use, as are relations and properties
  RelationId Relation(std::string_view name, bool hidden = false);
  PropertyId Property(std::string_view name);

  // `key` must be new, or empty for a vertex that has none.
  VertexId AddVertex(VertexKind kind, std::string_view key, std::vector<LabelId> labels);
  void SetVertexProperty(VertexId vertex, PropertyId property, Value value);
  EdgeId AddEdge(VertexId source, RelationId relation, VertexId target);
  // A property value with sources: the relation's name is the property's.
  EdgeId AddLiteral(VertexId source, RelationId relation, Value value);
  // Setting a property twice makes a list of both (a qualifier that occurs more than once).
  void AddEdgeProperty(EdgeId edge, PropertyId property, Value value);
  // Claims must be added in the order recorded. The claim's node must have been added as a vertex.
  ClaimId AddClaim(ClaimColumns claim);
  // An edge read off a claim's own fields, such as ASSERTED_BY.
  EdgeId AddHiddenEdge(VertexId source, RelationId relation, VertexId target, ClaimId claim);
  // When `claim` was superseded or retracted (microseconds).
  void CloseClaim(ClaimId claim, int64_t when);
  VertexId FindKey(std::string_view key) const;

  std::shared_ptr<const Image> Build();

 private:
  std::unique_ptr<Image> image_;
  absl::flat_hash_map<std::string, uint32_t> signature_index_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_IMAGE_H_
