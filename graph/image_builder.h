// Makes an image, thing by thing, in the order in which they are numbered; or adds things to one that was mapped.
#ifndef DOSSIER_GRAPH_IMAGE_BUILDER_H_
#define DOSSIER_GRAPH_IMAGE_BUILDER_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/base/long_list.h"
#include "graph/base/run_all.h"
#include "graph/claims_builder.h"
#include "graph/image.h"

namespace dossier {

// Not thread-safe; Build() ends its use.
class ImageBuilder {
 public:
  // `sourced`: edges exist through claims (a store), or by themselves (a scratch graph).
  explicit ImageBuilder(bool sourced);
  // Adds to an image of ImageIo::Read that nobody else has seen, and that was not added to before. Costs time and
  // memory by what is added and by the neighbours of the vertices that get more, and a bit an edge and two bytes an
  // entity of what is there. What is given for a vertex that there is takes the place of what it has.
  explicit ImageBuilder(std::shared_ptr<Image> image);
  ImageBuilder(const ImageBuilder&) = delete;
  ImageBuilder& operator=(const ImageBuilder&) = delete;
  ~ImageBuilder();

  LabelId Label(std::string_view name);  // made at first use, as are relations and properties
  RelationId Relation(std::string_view name);
  PropertyId Property(std::string_view name);

  // `key` must be new, or empty for a vertex that has none. Labels of documents and claims are their kind's.
  VertexId AddEntity(std::string_view key, std::vector<LabelId> labels);
  VertexId AddDocument(std::string_view key);
  // From now on the keys of entities and documents are also what this property of theirs reads.
  void ReadKeysAs(PropertyId property) { image_->key_property_ = property; }
  // Gives the next of the claims that have no id yet one; for an image without ClaimTexts.
  VertexId NameClaim(std::string_view id);
  void SetVertexProperty(VertexId vertex, PropertyId property, Value value);
  EdgeId AddEdge(VertexId source, RelationId relation, VertexId target);
  // A property value with sources: the relation's name is the property's.
  EdgeId AddLiteral(VertexId source, RelationId relation, Value value);
  // Setting a property twice makes a list of both (a qualifier that occurs more than once).
  void AddEdgeProperty(EdgeId edge, PropertyId property, Value value);
  // Claims must be added in the order recorded. Number i is node MakeVertex(kClaim, i), from the beginning.
  ClaimId AddClaim(const ClaimColumns& claim);
  // When `claim` was superseded or retracted (microseconds).
  void CloseClaim(ClaimId claim, int64_t when) { claims_.Close(claim, when); }
  // What there is so far of an image that is added to; of what is being added only names and numbers.
  const Image& image() const { return *image_; }
  // That so many will come.
  void Reserve(size_t entities, size_t edges);
  // All claims at once, in the place of AddClaim and CloseClaim.
  void TakeClaims(ClaimsBuilder claims) { claims_ = std::move(claims); }
  VertexId FindKey(std::string_view key) const;  // of an entity, a document or a claim that was named

  // `texts` may be null: then what SetVertexProperty said of claims is all there is.
  std::shared_ptr<const Image> Build(std::shared_ptr<const ClaimTexts> texts = nullptr);

 private:
  struct RelationParts {
    LongList<Adjacency::Entry> edges;
    LongList<Adjacency::Entry> literals;  // without `to`
    ValueColumnBuilder values;
  };
  uint32_t Signature(std::vector<LabelId> labels);
  void SizeColumns();
  void NoteLiteralRelation(RelationId relation);
  void NoteEnds(std::span<const Adjacency::Entry> edges, Image::Relation* relation) const;
  void BuildRelations(Tasks* tasks);
  void BuildVertices(Tasks* tasks);
  void BuildEdges(Tasks* tasks);
  void BuildClaims(Tasks* tasks);
  void TakeColumns();
  void BuildWalked();
  // In graph/image_extension.cc.
  void Extend();
  void ExtendVertices();
  void ExtendEdges();
  void ExtendClaims();
  void ExtendWalked();
  void SettleVertices();

  std::shared_ptr<Image> image_;
  bool extends_ = false;
  bool replaces_ = false;                      // something that vertices of the mapped image have
  uint32_t first_edge_ = 0, first_claim_ = 0;  // of those that are added
  std::array<uint32_t, 3> first_of_ = {};      // the same by kind of vertex
  std::vector<std::string> entity_keys_, document_keys_, claim_keys_;
  // Vertices by their keys, which stand above.
  struct KeyHash {
    using is_transparent = void;
    const ImageBuilder* builder;
    size_t operator()(std::string_view key) const;
    size_t operator()(VertexId vertex) const { return (*this)(builder->KeyOf(vertex)); }
  };
  struct SameKey {
    using is_transparent = void;
    const ImageBuilder* builder;
    bool operator()(VertexId a, std::string_view b) const { return builder->KeyOf(a) == b; }
    bool operator()(VertexId a, VertexId b) const { return builder->KeyOf(a) == builder->KeyOf(b); }
  };
  std::string_view KeyOf(VertexId vertex) const;  // of one that was added
  const std::vector<std::string>& KeysOf(VertexKind kind) const {
    return kind == VertexKind::kEntity ? entity_keys_ : kind == VertexKind::kDocument ? document_keys_ : claim_keys_;
  }
  using KeyIndex = absl::flat_hash_set<VertexId, KeyHash, SameKey>;
  void IndexKeys() const;
  // Of those that were asked for; filled up at each question, as most builders are asked for few keys, or none.
  mutable KeyIndex key_index_{0, KeyHash{this}, SameKey{this}};
  mutable std::array<uint32_t, 3> keys_indexed_ = {};  // by kind of vertex
  absl::flat_hash_map<std::string, uint32_t> signature_index_;
  std::vector<uint16_t> signature_of_;
  std::vector<uint32_t> sources_, targets_,
      relation_of_;  // targets with 1 added, 0 for a literal
  std::vector<RelationParts> parts_;
  std::vector<ValueColumnBuilder> entity_columns_, document_columns_, node_columns_, edge_columns_;
  ClaimsBuilder claims_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_IMAGE_BUILDER_H_
