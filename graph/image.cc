#include "graph/image.h"

#include <algorithm>
#include <cstring>

#include "graph/base/text.h"
#include "graph/provenance.h"
#include "graph/value_index.h"

namespace dossier {
namespace {

template <typename Id>
Id FindIn(const absl::flat_hash_map<std::string, uint32_t>& index, std::string_view name) {
  const auto at = index.find(ToAbsl(name));
  return at == index.end() ? Id() : Id(at->second);
}

// The first place from `begin` on, of `count`, where there is another number than at `begin`.
uint32_t EndOfRun(const uint16_t* numbers, uint32_t begin, uint32_t count) {
  const uint64_t four = numbers[begin] * uint64_t{0x0001000100010001};
  uint32_t at = begin + 1;
  for (; at + 4 <= count; at += 4) {
    uint64_t here;
    std::memcpy(&here, numbers + at, sizeof here);
    if (here != four) break;
  }
  while (at < count && numbers[at] == numbers[begin]) ++at;
  return at;
}

}  // namespace

struct Image::Indexes {
  std::mutex mutex;
  absl::flat_hash_map<uint32_t, std::unique_ptr<const ValueIndex>> entities, literals, edges, claims;

  const ValueIndex& Of(absl::flat_hash_map<uint32_t, std::unique_ptr<const ValueIndex>>* made, uint32_t number,
                       const ValueColumn& column) {
    const std::lock_guard<std::mutex> lock(mutex);
    std::unique_ptr<const ValueIndex>& index = (*made)[number];
    if (index == nullptr) index = std::make_unique<const ValueIndex>(column);
    return *index;
  }
};

Image::Image() : indexes_(std::make_unique<Indexes>()) {}
Image::~Image() = default;

LabelId Image::FindLabel(std::string_view name) const { return FindIn<LabelId>(label_index_, name); }
RelationId Image::FindRelation(std::string_view name) const { return FindIn<RelationId>(relation_index_, name); }
PropertyId Image::FindProperty(std::string_view name) const { return FindIn<PropertyId>(property_index_, name); }

uint32_t Image::NextEntity(uint32_t from, const std::vector<bool>& signatures) const {
  while (from < entity_count_ && !signatures[signature(VertexId(from))]) {
    from = signatures_part_.ready() ? EndOfRun(signature_of_.data(), from, entity_count_) : from + 1;
  }
  return from;
}

VertexId Image::FindKey(std::string_view key) const {
  const VertexId vertex = keys_.Find(key);
  if (vertex.valid() || claim_texts_ == nullptr) return vertex;
  const ClaimId claim = claim_texts_->Find(key);
  return claim.valid() && claim.value < claim_count_ ? MakeVertex(VertexKind::kClaim, claim.value) : VertexId();
}

std::string Image::key(VertexId vertex) const {
  if (KindOf(vertex) == VertexKind::kClaim && claim_texts_ != nullptr) {
    return claim_texts_->IdOf(ClaimId(NumberOf(vertex)));
  }
  return std::string(keys_.KeyOf(vertex));
}

Value Image::VertexProperty(VertexId vertex, PropertyId property) const {
  if (!property.valid()) return Value::Null();
  if (is_key(property) && KindOf(vertex) != VertexKind::kClaim) return Value::String(keys_.KeyOf(vertex));
  Value value = ColumnOf(ColumnsOf(KindOf(vertex)), property).Get(NumberOf(vertex));
  if (!value.is_null() || KindOf(vertex) != VertexKind::kClaim || claim_texts_ == nullptr) return value;
  return claim_texts_->Read(ClaimId(NumberOf(vertex)), property_name(property));
}

Value Image::EdgeProperty(EdgeId edge, PropertyId property) const {
  if (!is_hidden(edge)) return EdgeColumn(property).Get(edge.value);
  const int position = provenance().position(edge);
  if (position < 0 || property_name(property) != "position") return Value::Null();
  return Value::Integer(position);
}

ClaimId Image::ClaimOfHiddenEdge(EdgeId edge) const {
  return is_hidden(edge) && edge.valid() ? provenance().claim(edge) : ClaimId();
}

std::vector<std::pair<PropertyId, Value>> ImageClaim::qualifiers() const {
  std::vector<std::pair<PropertyId, Value>> all;
  for (uint32_t i = 0; i < image_->claim_columns_.size(); ++i) {
    Value value = image_->claim_columns_[i].Get(claim_.value);
    if (!value.is_null()) all.emplace_back(PropertyId(i), std::move(value));
  }
  return all;
}

std::vector<std::pair<PropertyId, Value>> Image::VertexProperties(VertexId vertex) const {
  std::vector<std::pair<PropertyId, Value>> all;
  if (key_property_.valid() && KindOf(vertex) != VertexKind::kClaim) {
    all.emplace_back(key_property_, VertexProperty(vertex, key_property_));
  }
  const std::vector<ValueColumn>& columns = ColumnsOf(KindOf(vertex));
  for (uint32_t i = 0; i < columns.size(); ++i) {
    Value value = columns[i].Get(NumberOf(vertex));
    if (!value.is_null()) all.emplace_back(PropertyId(i), std::move(value));
  }
  if (KindOf(vertex) == VertexKind::kClaim && claim_texts_ != nullptr) {
    for (auto& [name, value] : claim_texts_->ReadAll(ClaimId(NumberOf(vertex)))) {
      const PropertyId property = FindProperty(name);
      if (property.valid()) all.emplace_back(property, std::move(value));
    }
  }
  std::sort(all.begin(), all.end(),
            [this](const auto& a, const auto& b) { return property_name(a.first) < property_name(b.first); });
  return all;
}

std::vector<std::pair<PropertyId, Value>> Image::EdgeProperties(EdgeId edge) const {
  std::vector<std::pair<PropertyId, Value>> all;
  for (uint32_t i = 0; i < property_count(); ++i) {
    Value value = EdgeProperty(edge, PropertyId(i));
    if (!value.is_null()) all.emplace_back(PropertyId(i), std::move(value));
  }
  std::sort(all.begin(), all.end(),
            [this](const auto& a, const auto& b) { return property_name(a.first) < property_name(b.first); });
  return all;
}

namespace {

// `index` is of the image file, and knows nothing of what the column was extended by.
std::vector<uint32_t> ItemsWith(const ValueColumn& column, const ValueIndex& index, ValueColumn::CodeRange codes) {
  std::vector<uint32_t> items;
  for (const uint32_t item : index.Items(column.EarlyCodes(codes))) {
    if (!column.late_cells().contains(item)) items.push_back(item);
  }
  for (const auto& [item, code] : column.late_cells()) {
    if (codes.Contains(code)) items.push_back(item);
  }
  return items;
}

std::vector<uint32_t> ItemsOf(std::span<const uint32_t> items) { return {items.begin(), items.end()}; }

}  // namespace

std::vector<uint32_t> Image::EntitiesWith(PropertyId property, ValueColumn::CodeRange codes) const {
  const ValueColumn& column = EntityColumn(property);
  if (property.value < entity_indexes_.size() && entity_indexes_[property.value].made()) {
    const ValueIndex& index = entity_indexes_[property.value];
    return column.extended() ? ItemsWith(column, index, codes) : ItemsOf(index.Items(codes));
  }
  return ItemsOf(indexes_->Of(&indexes_->entities, property.value, column).Items(codes));
}
std::vector<uint32_t> Image::LiteralsWith(RelationId relation, ValueColumn::CodeRange codes) const {
  const ValueColumn& column = LiteralValues(relation);
  const ValueIndex& index = relations_[relation.value].literal_index;
  if (index.made()) return column.extended() ? ItemsWith(column, index, codes) : ItemsOf(index.Items(codes));
  return ItemsOf(indexes_->Of(&indexes_->literals, relation.value, column).Items(codes));
}

std::span<const uint32_t> Image::EdgesWith(PropertyId property, ValueColumn::CodeRange codes) const {
  return indexes_->Of(&indexes_->edges, property.value, EdgeColumn(property)).Items(codes);
}
std::span<const uint32_t> Image::ClaimsWith(PropertyId property, ValueColumn::CodeRange codes) const {
  return indexes_->Of(&indexes_->claims, property.value, ClaimColumn(property)).Items(codes);
}

// --- Edges read off claims. ---

// Has checked what ClaimsOf reads.
void Image::CheckClaimsOf(EdgeId edge) const {
  if (edge.value + size_t{1} >= claims_.offsets.size()) return;
  claims_.lists_part.Check(claims_.offsets.bytes(edge.value, edge.value + size_t{2}));
  claims_.lists_part.Check(claims_.by_edge.bytes(claims_.offsets[edge.value], claims_.offsets[edge.value + size_t{1}]));
}

const Provenance& Image::provenance() const {
  std::call_once(provenance_made_,
                 [this] { provenance_ = std::make_unique<const Provenance>(*this, kFirstHiddenEdge); });
  return *provenance_;
}
VertexId Image::HiddenSource(EdgeId edge) const { return provenance().source(edge); }
VertexId Image::HiddenTarget(EdgeId edge) const { return provenance().target(edge); }
RelationId Image::HiddenRelation(EdgeId edge) const { return provenance().relation(edge); }
uint32_t Image::HiddenEdgesOf(RelationId relation) const {
  const std::string& name = relation_name(relation);
  if (name == "CITES") return static_cast<uint32_t>(cited_documents_.size());
  if (name == "SAYS") return static_cast<uint32_t>(statements_.size());
  if (name == "SUPERSEDES") return static_cast<uint32_t>(superseded_.size());
  return name == "ASSERTED_BY" && asserters_.size() == 0 ? 0 : claim_count_;
}
const Adjacency& Image::HiddenOut(RelationId relation) const { return provenance().Out(relation); }
const Adjacency& Image::HiddenIn(RelationId relation) const { return provenance().In(relation); }

}  // namespace dossier
