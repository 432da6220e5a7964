// The image: what a store or a scratch graph holds, as columns in memory, ready to be walked.
//
// Vertices, labels, relations, properties, edges and claims are dense numbers; each relation has its adjacency in
// compressed-sparse-row form in both directions, so that a step of a path is a walk over an array. An edge is a
// proposition between two vertices; a proposition with a literal object takes a number in the same series but stands in
// no adjacency: it is the source of a property. Claims hang on both. An image is derived from a store's snapshot (or
// from a file) and never changes: readers share it freely across threads. It may lie in memory that somebody lent, such
// as a mapped file (graph/image_archive.h); then nothing of it is read before it is needed. What was committed after
// the file was written is added when it is opened (ImageBuilder), beside the columns: few cells, which hide those that
// they replace.
//
// Claims as nodes, and the edges read off their fields (ASSERTED_BY, ...), are several times as many as the edges and
// seldom asked for: they are made at the first question that names one (graph/provenance.h). Quotes, ids and other
// words of claims are not in the image at all: ClaimTexts reads them.
//
// What of it a query may see is decided by a view (graph/view.h).
#ifndef DOSSIER_GRAPH_IMAGE_H_
#define DOSSIER_GRAPH_IMAGE_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "graph/adjacency.h"
#include "graph/array.h"
#include "graph/claim.h"
#include "graph/id.h"
#include "graph/image_archive.h"
#include "graph/key_table.h"
#include "graph/list_column.h"
#include "graph/literal_lists.h"
#include "graph/number_column.h"
#include "graph/packed_array.h"
#include "graph/packed_list.h"
#include "graph/value.h"
#include "graph/value_column.h"
#include "graph/value_index.h"

namespace dossier {

class Image;
class ImageClaim;
class Provenance;

// The words of claims, which stay in the store until somebody asks. Safe to call from many threads. What cannot be read
// is null, empty or invalid, and `failures` tells.
class ClaimTexts {
 public:
  virtual ~ClaimTexts() = default;
  virtual std::string IdOf(ClaimId claim) const = 0;
  virtual ClaimId Find(std::string_view id) const = 0;
  // Under the name of a property of claim nodes: id, quote, hedge, locator, ...; null where the claim has none.
  virtual Value Read(ClaimId claim, std::string_view name) const = 0;
  virtual std::vector<std::pair<std::string, Value>> ReadAll(ClaimId claim) const = 0;
  // How many readings have failed so far, and why the last of them did.
  virtual uint64_t failures() const = 0;
  virtual absl::Status last_failure() const = 0;
};

// Memory that an image was lent: kept for as long as the image lives.
class ImageMemory {
 public:
  virtual ~ImageMemory() = default;
  // Not OK once some part of it was found damaged and could not be made good: then answers mean nothing.
  virtual absl::Status status() const = 0;
};

class Image {
 public:
  ~Image();

  // Vertices of all kinds, and of each. Number i of 0 to vertex_count() is vertex VertexAt(i), and the other way round.
  uint32_t vertex_count() const { return entity_count_ + document_count_ + claim_count_; }
  uint32_t entity_count() const { return entity_count_; }
  uint32_t document_count() const { return document_count_; }
  VertexId VertexAt(uint32_t place) const {
    if (place < entity_count_) return VertexId(place);
    place -= entity_count_;
    return place < document_count_ ? MakeVertex(VertexKind::kDocument, place)
                                   : MakeVertex(VertexKind::kClaim, place - document_count_);
  }
  uint32_t PlaceOf(VertexId vertex) const {
    switch (KindOf(vertex)) {
      case VertexKind::kEntity:
        return vertex.value;
      case VertexKind::kDocument:
        return entity_count_ + NumberOf(vertex);
      default:
        return entity_count_ + document_count_ + NumberOf(vertex);
    }
  }
  // Propositions, with literal objects or without; not the edges read off claims, which are numbered apart.
  uint32_t edge_count() const { return static_cast<uint32_t>(edges_.sources.size()); }
  uint32_t claim_count() const { return claim_count_; }

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
  VertexKind kind(VertexId vertex) const { return KindOf(vertex); }
  std::span<const LabelId> labels(VertexId vertex) const { return signatures_[signature(vertex)]; }
  // Vertices with the same labels share a signature number, so that a label test is one look-up.
  [[gnu::always_inline]] uint32_t signature(VertexId vertex) const {
    if (!signatures_part_.ready() && KindOf(vertex) == VertexKind::kEntity) [[unlikely]] {
      signatures_part_.Check(signature_of_.bytes(vertex.value, vertex.value + size_t{1}));
    }
    return KindOf(vertex) == VertexKind::kEntity     ? signature_of_[vertex.value]
           : KindOf(vertex) == VertexKind::kDocument ? document_signature_
                                                     : claim_signature_;
  }
  // The first entity from number `from` on whose signature is one of those: by the number of each, whether it is meant.
  // entity_count() where there is none. Entities come in runs of one signature, which are passed over at once.
  uint32_t NextEntity(uint32_t from, const std::vector<bool>& signatures) const;
  uint32_t signature_count() const { return static_cast<uint32_t>(signatures_.size()); }
  std::span<const LabelId> signature_labels(uint32_t signature) const { return signatures_[signature]; }
  uint32_t vertices_of(uint32_t signature) const { return signature_sizes_[signature]; }
  // Whether documents or claims have it.
  bool is_of_provenance(uint32_t signature) const {
    return signature == document_signature_ || signature == claim_signature_;
  }
  // A property that no source disputes: key, name, or anything of a scratch graph. Null where it has none. The key of
  // an entity or a document stands in no column (see is_key).
  Value VertexProperty(VertexId vertex, PropertyId property) const;
  // The vertex of an entity or document with this key, or of a claim with this id; invalid if there is none.
  VertexId FindKey(std::string_view key) const;
  std::string key(VertexId vertex) const;
  // Whether the property of that number is the key itself, which FindKey looks up.
  bool is_key(PropertyId property) const { return property == key_property_ && property.valid(); }

  // Edges, and propositions with literal objects (`target` is invalid there).
  VertexId source(EdgeId edge) const {
    return is_hidden(edge) ? HiddenSource(edge) : edges_.EndAt(edge, static_cast<uint32_t>(edges_.sources[edge.value]));
  }
  VertexId target(EdgeId edge) const {
    if (is_hidden(edge)) return HiddenTarget(edge);
    const auto end = static_cast<uint32_t>(edges_.targets[edge.value]);
    return end == 0 ? VertexId() : edges_.EndAt(edge, end - 1);
  }
  RelationId relation(EdgeId edge) const {
    return is_hidden(edge) ? HiddenRelation(edge) : RelationId(static_cast<uint32_t>(edges_.relations[edge.value]));
  }
  bool is_literal(EdgeId edge) const { return !target(edge).valid(); }
  Value literal(EdgeId edge) const { return relations_[relation(edge).value].literals.Get(edge.value); }
  // An identifying qualifier, or a property of an edge of a scratch graph. Null where it has none. Where a
  // qualifier occurs more than once, a list.
  Value EdgeProperty(EdgeId edge, PropertyId property) const;
  // Made by the store from a claim's own fields (SUBJECT, ASSERTED_BY, ...): only met when named.
  bool hidden(RelationId relation) const { return relations_[relation.value].hidden; }
  static bool is_hidden(EdgeId edge) { return edge.value >= kFirstHiddenEdge; }

  // Neighbours over one relation, sorted by vertex, then edge. Every edge is there, whatever the view.
  Neighbors Out(VertexId vertex, RelationId relation) const { return OutOf(relation).Of(vertex); }
  Neighbors In(VertexId vertex, RelationId relation) const { return InOf(relation).Of(vertex); }
  const Adjacency& OutOf(RelationId relation) const {
    const Relation& columns = relations_[relation.value];
    return columns.hidden ? HiddenOut(relation) : columns.out;
  }
  const Adjacency& InOf(RelationId relation) const {
    const Relation& columns = relations_[relation.value];
    return columns.hidden ? HiddenIn(relation) : columns.in;
  }
  // How many edges the relation has; of a hidden one about how many, and 0 exactly where there are none.
  uint32_t edges_of(RelationId relation) const {
    return hidden(relation) ? HiddenEdgesOf(relation) : static_cast<uint32_t>(OutOf(relation).size());
  }
  // Propositions with literal objects on a vertex under a property's name, in the order recorded.
  PackedList<EdgeId> Literals(VertexId vertex, PropertyId property) const {
    const RelationId relation = LiteralRelation(property);
    return relation.valid() ? relations_[relation.value].literals_of.Of(vertex, edge_count()) : PackedList<EdgeId>();
  }
  // The relation of which those propositions are, invalid where there are none; and their values, by edge number.
  RelationId LiteralRelation(PropertyId property) const {
    return property.value < literal_relations_.size() ? literal_relations_[property.value] : RelationId();
  }
  // The signatures of the vertices at which edges of the relation begin, or end with `targets`, rising. Those of edges
  // that stand there, not of the few that a view walks. Of a hidden relation nothing is known, and all may be.
  std::span<const uint32_t> EndSignatures(RelationId relation, bool targets) const {
    const Relation& columns = relations_[relation.value];
    return targets ? columns.target_signatures : columns.source_signatures;
  }
  const ValueColumn& LiteralValues(RelationId relation) const { return relations_[relation.value].literals; }

  // Claims. Edges of a scratch graph and hidden edges have none.
  ImageClaim claim(ClaimId claim) const;
  // In the order recorded.
  PackedList<ClaimId> ClaimsOf(EdgeId edge) const {
    if (late_claims_ != nullptr) [[unlikely]] {
      if (const auto at = late_claims_->of.find(edge.value); at != late_claims_->of.end()) {
        return {&late_claims_->by_edge, at->second.first, at->second.second, claim_count_};
      }
    }
    if (!claims_.lists_part.ready()) [[unlikely]] {
      CheckClaimsOf(edge);
    }
    if (edge.value + size_t{1} >= claims_.offsets.size()) return {};
    const size_t begin = claims_.offsets[edge.value], end = claims_.offsets[edge.value + size_t{1}];
    if (begin > end || end > claims_.by_edge.size()) return {};  // of a damaged part
    return {&claims_.by_edge, begin, end, claim_count_};
  }
  // Whether each edge that is not hidden rests on one claim, which has its number.
  bool claims_are_edges() const {
    return late_claims_ == nullptr && claims_.offsets.counts_up() && claims_.by_edge.counts_up() &&
           claims_.offsets.size() == edge_count() + size_t{1} && claims_.by_edge.size() == edge_count();
  }
  // The claim that a claim node stands for, or that a hidden edge was read off; invalid for others.
  ClaimId ClaimOfVertex(VertexId vertex) const {
    return KindOf(vertex) == VertexKind::kClaim && vertex.valid() ? ClaimId(NumberOf(vertex)) : ClaimId();
  }
  ClaimId ClaimOfHiddenEdge(EdgeId edge) const;
  // Whether edges rest on claims at all: false for a scratch graph, whose edges are all walked.
  bool sourced() const { return sourced_; }
  // Null where nothing more is known of claims than the columns hold.
  const ClaimTexts* claim_texts() const { return claim_texts_.get(); }
  // Not OK where memory that was lent turned out damaged beyond repair.
  absl::Status status() const { return memory_ == nullptr ? absl::OkStatus() : memory_->status(); }

  // What a query without USE walks (see View): a bit an edge, and by relation whether it walks all. Empty where the
  // image rests on no claims.
  std::span<const uint64_t> walked_by_default() const {
    walked_part_.Ready();
    return walked_.span();
  }
  bool walks_all_by_default(RelationId relation) const { return relations_[relation.value].walked; }

  // All properties of a vertex or an edge that VertexProperty and EdgeProperty know, sorted by name.
  std::vector<std::pair<PropertyId, Value>> VertexProperties(VertexId vertex) const;
  std::vector<std::pair<PropertyId, Value>> EdgeProperties(EdgeId edge) const;
  // Properties under which some vertex has literal propositions.
  std::span<const PropertyId> literal_properties() const { return literal_properties_; }

  // Which vertices have one of these codes in EntityColumn(property), or literal propositions with one of those in
  // LiteralValues, in no order. Where no index of the image file knows, one is made at the first question for each
  // property, in time proportional to the column.
  std::vector<uint32_t> EntitiesWith(PropertyId property, ValueColumn::CodeRange codes) const;
  std::vector<uint32_t> LiteralsWith(RelationId relation, ValueColumn::CodeRange codes) const;

  // The same of edges in EdgeColumn, and of claims in ClaimColumn; such an index is always made at the first question.
  // What comes back lives as long as the image.
  std::span<const uint32_t> EdgesWith(PropertyId property, ValueColumn::CodeRange codes) const;
  std::span<const uint32_t> ClaimsWith(PropertyId property, ValueColumn::CodeRange codes) const;

  // Columns, for whoever reads many cells. By the number of the entity, edge or claim.
  const ValueColumn& EntityColumn(PropertyId property) const { return ColumnOf(entity_columns_, property); }
  const ValueColumn& EdgeColumn(PropertyId property) const { return ColumnOf(edge_columns_, property); }
  // Of qualifiers that do not identify.
  const ValueColumn& ClaimColumn(PropertyId property) const { return ColumnOf(claim_columns_, property); }
  const ValueColumn& QuantityColumn() const { return quantities_; }
  const ValueColumn& ValidColumn() const { return valid_; }

 private:
  friend class ImageBuilder;
  friend class ImageClaim;
  friend class ImageIo;
  friend class Provenance;
  static constexpr uint32_t kFirstHiddenEdge = 1U << 31;
  Image();

  struct Relation {
    std::string name;
    bool hidden = false;
    bool walked = true;  // all of it by default
    std::vector<uint32_t> source_signatures, target_signatures;
    Adjacency out, in;
    ValueColumn literals;  // by edge
    LiteralLists literals_of;
    ValueIndex literal_index;  // of a mapped image
  };
  // Vertices as places, which are smaller than their numbers, among so many entities and documents; of edges that came
  // later, when there were more of those, as numbers. Targets with 1 added, 0 for a literal.
  struct Edges {
    NumberColumn sources, targets, relations;
    uint32_t entities = 0, documents = 0;

    VertexId EndAt(EdgeId edge, uint32_t end) const {
      if (edge.value >= sources.first_late()) [[unlikely]] {
        return VertexId(end);
      }
      if (end < entities) return VertexId(end);
      end -= entities;
      return end < documents ? MakeVertex(VertexKind::kDocument, end) : MakeVertex(VertexKind::kClaim, end - documents);
    }
  };
  // By number, but for `offsets`, which are by edge, and `by_edge`, in which each edge's claims are neighbours.
  struct Claims {
    NumberColumn propositions;
    NumberColumn documents;  // 1 + its number, 0: none
    NumberColumn acts;       // act, certainty, rank and note, mixed
    PackedArray offsets, by_edge;
    LentPart lists_part;
  };
  // Of each edge that got claims after those, all its claims.
  struct LateClaims {
    absl::flat_hash_map<uint32_t, std::pair<size_t, size_t>> of;
    PackedArray by_edge;
  };

  static const ValueColumn& ColumnOf(const std::vector<ValueColumn>& columns, PropertyId property) {
    static const ValueColumn kNothing;
    return property.value < columns.size() ? columns[property.value] : kNothing;
  }
  const std::vector<ValueColumn>& ColumnsOf(VertexKind kind) const {
    return kind == VertexKind::kEntity ? entity_columns_
                                       : (kind == VertexKind::kDocument ? document_columns_ : node_columns_);
  }
  const Provenance& provenance() const;
  VertexId HiddenSource(EdgeId edge) const;
  VertexId HiddenTarget(EdgeId edge) const;
  RelationId HiddenRelation(EdgeId edge) const;
  uint32_t HiddenEdgesOf(RelationId relation) const;
  const Adjacency& HiddenOut(RelationId relation) const;
  const Adjacency& HiddenIn(RelationId relation) const;

  bool sourced_ = false;
  uint32_t entity_count_ = 0, document_count_ = 0, claim_count_ = 0;
  KeyTable keys_;
  PropertyId key_property_;  // invalid where `key` is a property like any other
  Array<uint16_t> signature_of_;
  LentPart signatures_part_;
  uint32_t document_signature_ = 0, claim_signature_ = 0;
  std::vector<std::vector<LabelId>> signatures_;
  std::vector<uint32_t> signature_sizes_;
  std::vector<std::string> labels_, properties_;
  absl::flat_hash_map<std::string, uint32_t> label_index_, relation_index_, property_index_;
  std::vector<Relation> relations_;
  Edges edges_;
  // By property number. Of claims as nodes only where no ClaimTexts reads them.
  std::vector<ValueColumn> entity_columns_, document_columns_, node_columns_, edge_columns_, claim_columns_;
  std::vector<PropertyId> literal_properties_;
  std::vector<RelationId> literal_relations_;  // by property number

  Claims claims_;
  std::unique_ptr<const LateClaims> late_claims_;
  void CheckClaimsOf(EdgeId edge) const;
  ValueColumn valid_, said_, quantities_, recorded_, closed_;
  ListColumn<VertexId> asserters_, cited_documents_, statements_;
  ListColumn<ClaimId> superseded_;
  Array<uint64_t> walked_;
  LentPart walked_part_;
  std::shared_ptr<const ClaimTexts> claim_texts_;
  std::shared_ptr<const ImageMemory> memory_;

  // Of a mapped image, where the column is plain: by property. Others are made when they are asked for.
  std::vector<ValueIndex> entity_indexes_;

  mutable std::once_flag provenance_made_;
  mutable std::unique_ptr<const Provenance> provenance_;
  struct Indexes;
  std::unique_ptr<Indexes> indexes_;
};

// A claim as the image keeps it: where its fields are read. As small as a number; the image must outlive it.
class ImageClaim {
 public:
  ImageClaim(const Image* image, ClaimId claim) : image_(image), claim_(claim) {}

  EdgeId proposition() const {
    const uint64_t edge = image_->claims_.propositions[claim_.value];
    return EdgeId(edge < image_->edge_count() ? static_cast<uint32_t>(edge) : 0);  // beyond: of a damaged part
  }
  VertexId vertex() const { return MakeVertex(VertexKind::kClaim, claim_.value); }  // the claim as a node
  VertexId document() const {  // invalid in an image without documents
    const uint64_t number = image_->claims_.documents[claim_.value];
    return number == 0 ? VertexId() : MakeVertex(VertexKind::kDocument, static_cast<uint32_t>(number - 1));
  }
  Act act() const { return static_cast<Act>(mixed() & 15); }
  Polarity polarity() const { return PolarityOf(act()); }
  Certainty certainty() const { return static_cast<Certainty>(mixed() >> 4 & 3); }
  Rank rank() const { return static_cast<Rank>(mixed() >> 6 & 3); }
  NoteState note() const { return static_cast<NoteState>(mixed() >> 8 & 3); }  // of the note that it cites
  std::span<const VertexId> asserters() const { return image_->asserters_.Of(claim_.value); }  // innermost first
  EdtfTime valid() const { return TimeIn(image_->valid_); }
  EdtfTime said() const { return TimeIn(image_->said_); }
  Value valid_value() const { return image_->valid_.Get(claim_.value); }  // null where it is undated
  Value said_value() const { return image_->said_.Get(claim_.value); }
  std::optional<Quantity> quantity() const {
    const Value value = quantity_value();
    return value.is_null() ? std::nullopt : std::optional(value.quantity());
  }
  Value quantity_value() const { return image_->quantities_.Get(claim_.value); }
  // A qualifier that does not identify; null where the claim has none. All of them, by number of the name.
  Value Qualifier(PropertyId name) const { return image_->ClaimColumn(name).Get(claim_.value); }
  std::vector<std::pair<PropertyId, Value>> qualifiers() const;
  int64_t recorded() const {  // microseconds since 1970
    const Value value = image_->recorded_.Get(claim_.value);
    return value.is_null() ? std::numeric_limits<int64_t>::min() : value.integer();
  }
  int64_t closed() const {  // when it was superseded or retracted; max: it is current
    const Value value = image_->closed_.Get(claim_.value);
    return value.is_null() ? std::numeric_limits<int64_t>::max() : value.integer();
  }

 private:
  uint64_t mixed() const { return image_->claims_.acts[claim_.value]; }
  EdtfTime TimeIn(const ValueColumn& column) const {
    const Value value = column.Get(claim_.value);
    return value.is_null() ? EdtfTime() : value.time();
  }

  const Image* image_;
  ClaimId claim_;
};

inline ImageClaim Image::claim(ClaimId claim) const { return {this, claim}; }

}  // namespace dossier

#endif  // DOSSIER_GRAPH_IMAGE_H_
