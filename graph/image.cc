#include "graph/image.h"

#include <algorithm>

#include "graph/base/text.h"

namespace dossier {
namespace {

uint64_t LiteralKey(VertexId vertex, PropertyId property) {
  return (static_cast<uint64_t>(vertex.value) << 32) | property.value;
}

template <typename Id>
Id FindIn(const absl::flat_hash_map<std::string, uint32_t>& index, std::string_view name) {
  const auto at = index.find(ToAbsl(name));
  return at == index.end() ? Id() : Id(at->second);
}

template <typename Item>
uint32_t Intern(absl::flat_hash_map<std::string, uint32_t>* index, std::vector<Item>* items, std::string_view name) {
  const auto [at, is_new] = index->try_emplace(std::string(name), static_cast<uint32_t>(items->size()));
  if (is_new) items->emplace_back();
  return at->second;
}

}  // namespace

Value Image::PropertyColumn::Get(uint32_t number) const {
  if (!dense.empty()) return number < dense.size() ? dense[number] : Value::Null();
  const auto at = sparse.find(number);
  return at == sparse.end() ? Value::Null() : at->second;
}

void Image::PropertyColumn::Set(uint32_t number, Value value, size_t count) {
  if (dense.empty()) {
    sparse[number] = std::move(value);
    // A hash entry costs some 40 bytes, a dense cell 16: switch where a third of the cells are filled.
    if (sparse.size() < 64 || sparse.size() * 3 < count) return;
    dense.resize(count);
    for (auto& [at, cell] : sparse) dense[at] = std::move(cell);
    sparse.clear();
    return;
  }
  if (number >= dense.size()) dense.resize(std::max<size_t>(count, number + size_t{1}));
  dense[number] = std::move(value);
}

LabelId Image::FindLabel(std::string_view name) const { return FindIn<LabelId>(label_index_, name); }
RelationId Image::FindRelation(std::string_view name) const { return FindIn<RelationId>(relation_index_, name); }
PropertyId Image::FindProperty(std::string_view name) const { return FindIn<PropertyId>(property_index_, name); }
VertexId Image::FindKey(std::string_view key) const { return FindIn<VertexId>(key_index_, key); }

Value Image::VertexProperty(VertexId vertex, PropertyId property) const {
  return property.value < vertex_columns_.size() ? vertex_columns_[property.value].Get(vertex.value) : Value::Null();
}
Value Image::EdgeProperty(EdgeId edge, PropertyId property) const {
  return property.value < edge_columns_.size() ? edge_columns_[property.value].Get(edge.value) : Value::Null();
}

std::span<const Neighbor> Image::Out(VertexId vertex, RelationId relation) const {
  return relations_[relation.value].out.Of(vertex);
}
std::span<const Neighbor> Image::In(VertexId vertex, RelationId relation) const {
  return relations_[relation.value].in.Of(vertex);
}

std::span<const EdgeId> Image::Literals(VertexId vertex, PropertyId property) const {
  const auto at = vertex_literals_.find(LiteralKey(vertex, property));
  if (at == vertex_literals_.end()) return {};
  return at->second;
}

std::span<const ClaimId> Image::ClaimsOf(EdgeId edge) const {
  if (edge.value + 1 >= claim_offsets_.size()) return {};
  return {claims_by_edge_.data() + claim_offsets_[edge.value], claims_by_edge_.data() + claim_offsets_[edge.value + 1]};
}
ClaimId Image::ClaimOfVertex(VertexId vertex) const {
  const auto at = claim_of_vertex_.find(vertex.value);
  return at == claim_of_vertex_.end() ? ClaimId() : at->second;
}
ClaimId Image::ClaimOfHiddenEdge(EdgeId edge) const {
  const auto at = claim_of_hidden_edge_.find(edge.value);
  return at == claim_of_hidden_edge_.end() ? ClaimId() : at->second;
}

std::vector<std::pair<PropertyId, Value>> Image::VertexProperties(VertexId vertex) const {
  std::vector<std::pair<PropertyId, Value>> all;
  for (uint32_t i = 0; i < vertex_columns_.size(); ++i) {
    Value value = vertex_columns_[i].Get(vertex.value);
    if (!value.is_null()) all.emplace_back(PropertyId(i), std::move(value));
  }
  std::sort(all.begin(), all.end(),
            [this](const auto& a, const auto& b) { return property_name(a.first) < property_name(b.first); });
  return all;
}

std::vector<std::pair<PropertyId, Value>> Image::EdgeProperties(EdgeId edge) const {
  std::vector<std::pair<PropertyId, Value>> all;
  for (uint32_t i = 0; i < edge_columns_.size(); ++i) {
    Value value = edge_columns_[i].Get(edge.value);
    if (!value.is_null()) all.emplace_back(PropertyId(i), std::move(value));
  }
  std::sort(all.begin(), all.end(),
            [this](const auto& a, const auto& b) { return property_name(a.first) < property_name(b.first); });
  return all;
}

ImageBuilder::ImageBuilder(bool sourced) : image_(new Image()) { image_->sourced_ = sourced; }
ImageBuilder::~ImageBuilder() = default;

LabelId ImageBuilder::Label(std::string_view name) {
  const uint32_t number = Intern(&image_->label_index_, &image_->labels_, name);
  if (image_->labels_[number].empty()) image_->labels_[number] = name;
  return LabelId(number);
}

RelationId ImageBuilder::Relation(std::string_view name, bool hidden) {
  const uint32_t number = Intern(&image_->relation_index_, &image_->relations_, name);
  Image::Relation& relation = image_->relations_[number];
  if (relation.name.empty()) relation.name = name;
  if (hidden) relation.hidden = true;
  return RelationId(number);
}

PropertyId ImageBuilder::Property(std::string_view name) {
  const uint32_t number = Intern(&image_->property_index_, &image_->properties_, name);
  if (image_->properties_[number].empty()) image_->properties_[number] = name;
  if (image_->vertex_columns_.size() <= number) {
    image_->vertex_columns_.resize(number + size_t{1});
    image_->edge_columns_.resize(number + size_t{1});
  }
  return PropertyId(number);
}

VertexId ImageBuilder::AddVertex(VertexKind kind, std::string_view key, std::vector<LabelId> labels) {
  const VertexId vertex(image_->vertex_count());
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  std::string signature;
  for (const LabelId label : labels) signature += StrCat(label.value, ' ');
  const uint32_t number = Intern(&signature_index_, &image_->signatures_, signature);
  image_->signatures_[number] = std::move(labels);
  image_->kinds_.push_back(kind);
  image_->keys_.emplace_back(key);
  image_->signature_of_.push_back(number);
  if (image_->signature_sizes_.size() <= number) image_->signature_sizes_.push_back(0);
  ++image_->signature_sizes_[number];
  if (!key.empty()) image_->key_index_.try_emplace(std::string(key), vertex.value);
  return vertex;
}

void ImageBuilder::SetVertexProperty(VertexId vertex, PropertyId property, Value value) {
  if (value.is_null()) return;
  image_->vertex_columns_[property.value].Set(vertex.value, std::move(value), image_->vertex_count());
}

EdgeId ImageBuilder::AddEdge(VertexId source, RelationId relation, VertexId target) {
  const EdgeId edge(image_->edge_count());
  image_->edges_.push_back({source, target, relation});
  ++image_->relations_[relation.value].edges;
  return edge;
}

EdgeId ImageBuilder::AddLiteral(VertexId source, RelationId relation, Value value) {
  const EdgeId edge(image_->edge_count());
  const PropertyId property = Property(image_->relations_[relation.value].name);
  image_->edges_.push_back({source, VertexId(), relation});
  image_->literals_.emplace(edge.value, std::move(value));
  image_->vertex_literals_[LiteralKey(source, property)].push_back(edge);
  auto& names = image_->literal_properties_;
  if (std::find(names.begin(), names.end(), property) == names.end()) names.push_back(property);
  return edge;
}

void ImageBuilder::AddEdgeProperty(EdgeId edge, PropertyId property, Value value) {
  if (value.is_null()) return;
  Image::PropertyColumn& column = image_->edge_columns_[property.value];
  const Value before = column.Get(edge.value);
  if (!before.is_null()) {
    List both = before.type() == Value::Type::kList ? before.list() : List{before};
    both.push_back(std::move(value));
    value = Value::OfList(std::move(both));
  }
  column.Set(edge.value, std::move(value), image_->edge_count());
}

ClaimId ImageBuilder::AddClaim(ClaimColumns claim) {
  const ClaimId number(image_->claim_count());
  if (claim.vertex.valid()) image_->claim_of_vertex_.emplace(claim.vertex.value, number);
  image_->claims_.push_back(std::move(claim));
  return number;
}

EdgeId ImageBuilder::AddHiddenEdge(VertexId source, RelationId relation, VertexId target, ClaimId claim) {
  const EdgeId edge = AddEdge(source, relation, target);
  image_->claim_of_hidden_edge_.emplace(edge.value, claim);
  return edge;
}

void ImageBuilder::CloseClaim(ClaimId claim, int64_t when) {
  int64_t& closed = image_->claims_[claim.value].closed;
  closed = std::min(closed, when);
}

VertexId ImageBuilder::FindKey(std::string_view key) const { return image_->FindKey(key); }

std::shared_ptr<const Image> ImageBuilder::Build() {
  Image& image = *image_;
  // Counting sort by end point, per relation and direction.
  const size_t vertices = image.vertex_count();
  for (Image::Relation& relation : image.relations_) {
    if (relation.edges == 0) continue;
    relation.out.offsets.assign(vertices + 1, 0);
    relation.in.offsets.assign(vertices + 1, 0);
    relation.out.neighbors.resize(relation.edges);
    relation.in.neighbors.resize(relation.edges);
  }
  for (const auto& edge : image.edges_) {
    if (!edge.target.valid()) continue;
    Image::Relation& relation = image.relations_[edge.relation.value];
    ++relation.out.offsets[edge.source.value + 1];
    ++relation.in.offsets[edge.target.value + 1];
  }
  for (Image::Relation& relation : image.relations_) {
    for (size_t i = 1; i < relation.out.offsets.size(); ++i) {
      relation.out.offsets[i] += relation.out.offsets[i - 1];
      relation.in.offsets[i] += relation.in.offsets[i - 1];
    }
  }
  std::vector<std::vector<uint32_t>> out_next(image.relations_.size()), in_next(image.relations_.size());
  for (size_t i = 0; i < image.relations_.size(); ++i) {
    out_next[i] = image.relations_[i].out.offsets;
    in_next[i] = image.relations_[i].in.offsets;
  }
  for (uint32_t number = 0; number < image.edge_count(); ++number) {
    const auto& edge = image.edges_[number];
    if (!edge.target.valid()) continue;
    const uint32_t r = edge.relation.value;
    Image::Relation& relation = image.relations_[r];
    relation.out.neighbors[out_next[r][edge.source.value]++] = {edge.target, EdgeId(number)};
    relation.in.neighbors[in_next[r][edge.target.value]++] = {edge.source, EdgeId(number)};
  }
  const auto by_vertex = [](const Neighbor& a, const Neighbor& b) {
    return a.vertex != b.vertex ? a.vertex < b.vertex : a.edge < b.edge;
  };
  for (Image::Relation& relation : image.relations_) {
    for (Image::Adjacency* adjacency : {&relation.out, &relation.in}) {
      for (size_t v = 0; v + 1 < adjacency->offsets.size(); ++v) {
        std::sort(adjacency->neighbors.begin() + adjacency->offsets[v],
                  adjacency->neighbors.begin() + adjacency->offsets[v + 1], by_vertex);
      }
    }
  }
  image.claim_offsets_.assign(image.edge_count() + size_t{1}, 0);
  for (const ClaimColumns& claim : image.claims_) ++image.claim_offsets_[claim.proposition.value + 1];
  for (size_t i = 1; i < image.claim_offsets_.size(); ++i) image.claim_offsets_[i] += image.claim_offsets_[i - 1];
  image.claims_by_edge_.resize(image.claim_count());
  std::vector<uint32_t> next(image.claim_offsets_.begin(), image.claim_offsets_.end());
  for (uint32_t i = 0; i < image.claim_count(); ++i) {
    image.claims_by_edge_[next[image.claims_[i].proposition.value]++] = ClaimId(i);
  }
  return std::shared_ptr<const Image>(std::move(image_));
}

}  // namespace dossier
