#include "graph/image_builder.h"

#include <algorithm>
#include <mutex>

#include "absl/hash/hash.h"
#include "graph/base/huge_pages.h"
#include "graph/base/text.h"
#include "graph/provenance.h"
#include "graph/view.h"

namespace dossier {
namespace {

using Twice = ValueColumnBuilder::Twice;

// By what name a claim as a node and a document are told from other vertices.
constexpr std::string_view kClaimLabel = "Claim", kDocumentLabel = "Document";

template <typename Item>
uint32_t Intern(absl::flat_hash_map<std::string, uint32_t>* index, std::vector<Item>* items, std::string_view name) {
  const auto [at, is_new] = index->try_emplace(std::string(name), static_cast<uint32_t>(items->size()));
  if (is_new) items->emplace_back();
  return at->second;
}

// The same for the same labels, which are sorted.
std::string SignatureText(const std::vector<LabelId>& labels) {
  std::string text;
  for (const LabelId label : labels) text += StrCat(label.value, ' ');
  return text;
}

// Edges of a relation that two of its columns are made of.
class SharedEntries {
 public:
  explicit SharedEntries(LongList<Adjacency::Entry> entries) : entries_(std::move(entries)) {}
  // To one copied, to the other, which comes last, given away.
  std::vector<Adjacency::Entry> Give() {
    const std::lock_guard lock(mutex_);
    if (given_) return std::move(rest_);
    given_ = true;
    rest_ = entries_.Take();
    std::vector<Adjacency::Entry> copy;
    ReserveHuge(rest_.size(), &copy);
    copy.assign(rest_.begin(), rest_.end());
    return copy;
  }

 private:
  std::mutex mutex_;
  LongList<Adjacency::Entry> entries_;
  std::vector<Adjacency::Entry> rest_;
  bool given_ = false;
};

void AddAll(std::vector<ValueColumnBuilder>* builders, std::vector<ValueColumn>* columns, Tasks* tasks) {
  columns->resize(builders->size());
  for (size_t i = 0; i < builders->size(); ++i) {
    if ((*builders)[i].empty()) continue;
    tasks->push_back([builder = &(*builders)[i], column = &(*columns)[i]] {
      *column = std::move(*builder).Build();
      *builder = ValueColumnBuilder();  // gives back its memory
    });
  }
}

}  // namespace

ImageBuilder::ImageBuilder(bool sourced) : image_(new Image()) {
  image_->sourced_ = sourced;
  if (!sourced) return;
  for (const std::string_view name : kProvenanceRelations) image_->relations_[Relation(name).value].hidden = true;
  Property("position");
  image_->document_signature_ = Signature({Label(kDocumentLabel)});
  image_->claim_signature_ = Signature({Label(kClaimLabel)});
}
ImageBuilder::ImageBuilder(std::shared_ptr<Image> image)
    : image_(std::move(image)),
      extends_(true),
      first_edge_(image_->edge_count()),
      first_claim_(image_->claim_count()),
      first_of_{image_->entity_count(), image_->document_count(), image_->claim_count()},
      claims_(first_claim_) {
  for (uint32_t i = 0; i < image_->signature_count(); ++i) {
    signature_index_.emplace(SignatureText(image_->signatures_[i]), i);
  }
  parts_.resize(image_->relation_count());
  SizeColumns();
}
ImageBuilder::~ImageBuilder() = default;

void ImageBuilder::SizeColumns() {
  const size_t count = image_->property_count();
  for (auto* columns : {&entity_columns_, &document_columns_, &node_columns_}) columns->resize(count);
  while (edge_columns_.size() < count) edge_columns_.emplace_back(Twice::kListOfBoth);
}

void ImageBuilder::Reserve(size_t entities, size_t edges) {
  entity_keys_.reserve(entities);
  signature_of_.reserve(entities);
  for (auto* numbers : {&sources_, &targets_, &relation_of_}) ReserveHuge(edges, numbers);
}

LabelId ImageBuilder::Label(std::string_view name) {
  const uint32_t number = Intern(&image_->label_index_, &image_->labels_, name);
  if (image_->labels_[number].empty()) image_->labels_[number] = name;
  return LabelId(number);
}

RelationId ImageBuilder::Relation(std::string_view name) {
  const uint32_t number = Intern(&image_->relation_index_, &image_->relations_, name);
  image_->relations_[number].name = name;
  if (parts_.size() <= number) parts_.resize(number + size_t{1});
  return RelationId(number);
}

PropertyId ImageBuilder::Property(std::string_view name) {
  const uint32_t number = Intern(&image_->property_index_, &image_->properties_, name);
  if (image_->properties_[number].empty()) image_->properties_[number] = name;
  if (entity_columns_.size() <= number) SizeColumns();
  return PropertyId(number);
}

uint32_t ImageBuilder::Signature(std::vector<LabelId> labels) {
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  const uint32_t number = Intern(&signature_index_, &image_->signatures_, SignatureText(labels));
  image_->signatures_[number] = std::move(labels);
  if (image_->signature_sizes_.size() <= number) image_->signature_sizes_.push_back(0);
  return number;
}

VertexId ImageBuilder::AddEntity(std::string_view key, std::vector<LabelId> labels) {
  const VertexId vertex = MakeVertex(VertexKind::kEntity, image_->entity_count_++);
  const uint32_t signature = Signature(std::move(labels));
  signature_of_.push_back(static_cast<uint16_t>(signature));
  ++image_->signature_sizes_[signature];
  entity_keys_.emplace_back(key);
  return vertex;
}

VertexId ImageBuilder::AddDocument(std::string_view key) {
  const VertexId vertex = MakeVertex(VertexKind::kDocument, image_->document_count_++);
  ++image_->signature_sizes_[image_->document_signature_];
  document_keys_.emplace_back(key);
  return vertex;
}

VertexId ImageBuilder::NameClaim(std::string_view id) {
  const VertexId vertex = MakeVertex(VertexKind::kClaim, first_claim_ + static_cast<uint32_t>(claim_keys_.size()));
  SetVertexProperty(vertex, Property("id"), Value::String(id));
  claim_keys_.emplace_back(id);
  return vertex;
}

void ImageBuilder::SetVertexProperty(VertexId vertex, PropertyId property, Value value) {
  const VertexKind kind = KindOf(vertex);
  auto& columns = kind == VertexKind::kEntity     ? entity_columns_
                  : kind == VertexKind::kDocument ? document_columns_
                                                  : node_columns_;
  columns[property.value].Add(NumberOf(vertex), value);
  replaces_ = replaces_ || (extends_ && NumberOf(vertex) < first_of_[static_cast<size_t>(kind)]);
}

EdgeId ImageBuilder::AddEdge(VertexId source, RelationId relation, VertexId target) {
  const EdgeId edge(first_edge_ + static_cast<uint32_t>(sources_.size()));
  sources_.push_back(source.value);
  targets_.push_back(target.value + 1);
  relation_of_.push_back(relation.value);
  parts_[relation.value].edges.push_back({source, target, edge});
  return edge;
}

EdgeId ImageBuilder::AddLiteral(VertexId source, RelationId relation, Value value) {
  const EdgeId edge(first_edge_ + static_cast<uint32_t>(sources_.size()));
  sources_.push_back(source.value);
  targets_.push_back(0);
  relation_of_.push_back(relation.value);
  RelationParts& parts = parts_[relation.value];
  if (parts.literals.empty()) Property(image_->relations_[relation.value].name);
  parts.literals.push_back({source, VertexId(), edge});
  parts.values.Add(edge.value, value);
  return edge;
}

void ImageBuilder::AddEdgeProperty(EdgeId edge, PropertyId property, Value value) {
  edge_columns_[property.value].Add(edge.value, value);
}

ClaimId ImageBuilder::AddClaim(const ClaimColumns& claim) {
  ClaimColumns renamed = claim;
  for (auto& [name, value] : renamed.qualifiers) name = claims_.Qualifier(image_->property_name(name));
  return claims_.Add(renamed);
}

VertexId ImageBuilder::FindKey(std::string_view key) const {
  if (extends_) {
    if (const VertexId vertex = image_->keys_.Find(key); vertex.valid()) return vertex;
  }
  IndexKeys();
  const auto at = key_index_.find(key);
  return at == key_index_.end() ? VertexId() : *at;
}

void ImageBuilder::IndexKeys() const {
  for (const VertexKind kind : {VertexKind::kEntity, VertexKind::kDocument, VertexKind::kClaim}) {
    uint32_t& indexed = keys_indexed_[static_cast<size_t>(kind)];
    const uint32_t first = first_of_[static_cast<size_t>(kind)];
    for (const std::vector<std::string>& keys = KeysOf(kind); indexed < keys.size(); ++indexed) {
      if (!keys[indexed].empty()) key_index_.insert(MakeVertex(kind, first + indexed));
    }
  }
}

size_t ImageBuilder::KeyHash::operator()(std::string_view key) const { return absl::HashOf(ToAbsl(key)); }

std::string_view ImageBuilder::KeyOf(VertexId vertex) const {
  const VertexKind kind = KindOf(vertex);
  return KeysOf(kind)[NumberOf(vertex) - first_of_[static_cast<size_t>(kind)]];
}

void ImageBuilder::NoteLiteralRelation(RelationId relation) {
  const PropertyId property = image_->FindProperty(image_->relation_name(relation));
  if (image_->literal_relations_.size() < image_->property_count()) {
    image_->literal_relations_.resize(image_->property_count());
  }
  if (image_->literal_relations_[property.value].valid()) return;
  image_->literal_relations_[property.value] = relation;
  image_->literal_properties_.push_back(property);
}

// Which signatures the ends of these edges have, beside those that are known of the relation.
void ImageBuilder::NoteEnds(std::span<const Adjacency::Entry> edges, Image::Relation* relation) const {
  std::vector<bool> sources(image_->signature_count()), targets(image_->signature_count());
  for (const uint32_t signature : relation->source_signatures) sources[signature] = true;
  for (const uint32_t signature : relation->target_signatures) targets[signature] = true;
  for (const Adjacency::Entry& edge : edges) {
    sources[image_->signature(edge.from)] = true;
    targets[image_->signature(edge.to)] = true;
  }
  const auto numbers = [](const std::vector<bool>& met) {
    std::vector<uint32_t> signatures;
    for (uint32_t i = 0; i < met.size(); ++i) {
      if (met[i]) signatures.push_back(i);
    }
    return signatures;
  };
  relation->source_signatures = numbers(sources);
  relation->target_signatures = numbers(targets);
}

void ImageBuilder::BuildRelations(Tasks* tasks) {
  image_->literal_relations_.resize(image_->property_count());
  for (uint32_t i = 0; i < image_->relation_count(); ++i) {
    Image::Relation* const relation = &image_->relations_[i];
    RelationParts* const parts = &parts_[i];
    if (!parts->edges.empty()) {
      // Two tasks from one list: whichever comes first copies it, and the other one takes it.
      const auto entries = std::make_shared<SharedEntries>(std::move(parts->edges));
      tasks->push_back([this, relation, entries] {
        std::vector<Adjacency::Entry> out = entries->Give();
        NoteEnds(out, relation);
        relation->out = Adjacency::Of(std::move(out));
      });
      tasks->push_back([relation, entries] {
        std::vector<Adjacency::Entry> in = entries->Give();
        for (Adjacency::Entry& entry : in) std::swap(entry.from, entry.to);
        relation->in = Adjacency::Of(std::move(in));
      });
    } else {
      relation->out = Adjacency::Of(std::vector<Adjacency::Entry>());
      relation->in = Adjacency::Of(std::vector<Adjacency::Entry>());
    }
    if (parts->literals.empty()) continue;
    NoteLiteralRelation(RelationId(i));
    tasks->push_back([relation, parts] {
      relation->literals = std::move(parts->values).Build();
      parts->values = ValueColumnBuilder();
    });
    tasks->push_back([relation, parts] { relation->literals_of = LiteralLists(parts->literals.Take()); });
  }
}

void ImageBuilder::BuildVertices(Tasks* tasks) {
  Image& image = *image_;
  AddAll(&entity_columns_, &image.entity_columns_, tasks);
  AddAll(&document_columns_, &image.document_columns_, tasks);
  AddAll(&node_columns_, &image.node_columns_, tasks);
  image.signature_of_ = std::move(signature_of_);
  tasks->push_back([this] {
    key_index_.clear();
    image_->keys_ = KeyTable(entity_keys_, document_keys_, claim_keys_);
    for (auto* keys : {&entity_keys_, &document_keys_, &claim_keys_}) *keys = {};
  });
}

void ImageBuilder::BuildEdges(Tasks* tasks) {
  Image& image = *image_;
  image.edges_.entities = image.entity_count_;
  image.edges_.documents = image.document_count_;
  AddAll(&edge_columns_, &image.edge_columns_, tasks);
  const auto place = [&image](uint32_t vertex) { return image.PlaceOf(VertexId(vertex)); };
  tasks->push_back([this, place] {
    for (uint32_t& source : sources_) source = place(source);
    image_->edges_.sources = NumberColumn(PackedArray::Flat32(std::exchange(sources_, {})));
  });
  tasks->push_back([this, place] {
    for (uint32_t& target : targets_) target = target == 0 ? 0 : place(target - 1) + 1;
    image_->edges_.targets = NumberColumn(PackedArray::Flat32(std::exchange(targets_, {})));
  });
  tasks->push_back(
      [this] { image_->edges_.relations = NumberColumn(PackedArray::Flat32(std::exchange(relation_of_, {}))); });
}

void ImageBuilder::BuildClaims(Tasks* tasks) {
  Image& image = *image_;
  image.claim_count_ = claims_.count();
  if (image.sourced_) image.signature_sizes_[image.claim_signature_] = claims_.count();
  claims_.AddTasks(static_cast<uint32_t>(sources_.size()), tasks);
  for (auto& [name, column] : claims_.columns().qualifiers) Property(name);
}

void ImageBuilder::TakeColumns() {
  Image& image = *image_;
  ClaimsBuilder::Columns& columns = claims_.columns();
  image.claims_ = {std::move(columns.propositions), std::move(columns.documents), std::move(columns.acts),
                   std::move(columns.offsets),      std::move(columns.by_edge),   {}};
  image.asserters_ = std::move(columns.asserters);
  image.cited_documents_ = std::move(columns.cited_documents);
  image.statements_ = std::move(columns.statements);
  image.superseded_ = std::move(columns.superseded);
  image.valid_ = std::move(columns.valid);
  image.said_ = std::move(columns.said);
  image.quantities_ = std::move(columns.quantities);
  image.recorded_ = std::move(columns.recorded);
  image.closed_ = std::move(columns.closed);
  for (auto& [name, column] : columns.qualifiers) {
    const PropertyId property = Property(name);
    if (image.claim_columns_.size() <= property.value) image.claim_columns_.resize(property.value + size_t{1});
    image.claim_columns_[property.value] = std::move(column);
  }
}

// So that nobody who opens the image need go over all claims for the view that nearly everybody asks through.
void ImageBuilder::BuildWalked() {
  if (!image_->sourced_) return;
  const std::shared_ptr<const Image> unowned(image_.get(), [](const Image*) {});
  const View view(unowned, ClaimFilter());
  for (uint32_t i = 0; i < image_->relation_count(); ++i) image_->relations_[i].walked = view.WalksAll(RelationId(i));
  image_->walked_ = std::vector<uint64_t>(view.walked().begin(), view.walked().end());
}

std::shared_ptr<const Image> ImageBuilder::Build(std::shared_ptr<const ClaimTexts> texts) {
  if (extends_) {
    Extend();
    if (texts != nullptr) image_->claim_texts_ = std::move(texts);
    return std::move(image_);
  }
  Tasks tasks;
  BuildClaims(&tasks);  // which may bring new names of properties
  BuildVertices(&tasks);
  BuildEdges(&tasks);
  BuildRelations(&tasks);
  RunAll(std::move(tasks));
  TakeColumns();
  image_->claim_texts_ = std::move(texts);
  BuildWalked();
  return std::move(image_);
}

}  // namespace dossier
