// How an ImageBuilder adds to an image that was mapped from a file: each column takes what is new beside it.
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "graph/image_builder.h"
#include "graph/view.h"

namespace dossier {
namespace {

void ExtendAll(std::vector<ValueColumnBuilder>* more, std::vector<ValueColumn>* columns) {
  if (columns->size() < more->size()) columns->resize(more->size());
  for (size_t i = 0; i < more->size(); ++i) (*columns)[i].Extend(std::move((*more)[i]));
}

std::vector<uint64_t> Wide(const std::vector<uint32_t>& numbers) { return {numbers.begin(), numbers.end()}; }

}  // namespace

void ImageBuilder::Extend() {
  ExtendVertices();
  ExtendEdges();
  ExtendClaims();  // which may bring new names of properties
  ExtendAll(&entity_columns_, &image_->entity_columns_);
  ExtendAll(&document_columns_, &image_->document_columns_);
  ExtendAll(&node_columns_, &image_->node_columns_);
  ExtendAll(&edge_columns_, &image_->edge_columns_);
  if (replaces_) SettleVertices();
  ExtendWalked();
}

void ImageBuilder::ExtendVertices() {
  Image& image = *image_;
  image.keys_.Extend(std::move(entity_keys_), std::move(document_keys_), std::move(claim_keys_));
  if (signature_of_.empty()) return;
  image.signatures_part_.Ready();
  std::vector<uint16_t> all(image.signature_of_.begin(), image.signature_of_.end());
  all.insert(all.end(), signature_of_.begin(), signature_of_.end());
  image.signature_of_ = std::move(all);
}

void ImageBuilder::ExtendEdges() {
  Image& image = *image_;
  for (uint32_t i = 0; i < image.relation_count(); ++i) {
    Image::Relation& relation = image.relations_[i];
    RelationParts& parts = parts_[i];
    std::vector<Adjacency::Entry> out = parts.edges.Take(), in = out;
    NoteEnds(out, &relation);
    for (Adjacency::Entry& entry : in) std::swap(entry.from, entry.to);
    relation.out.Extend(std::move(out));
    relation.in.Extend(std::move(in));
    if (parts.literals.empty()) continue;
    NoteLiteralRelation(RelationId(i));
    relation.literals.Extend(std::move(parts.values));
    relation.literals_of.Extend(parts.literals.Take());
  }
  image.edges_.sources.Extend(Wide(sources_));
  image.edges_.targets.Extend(Wide(targets_));
  image.edges_.relations.Extend(Wide(relation_of_));
}

void ImageBuilder::ExtendClaims() {
  Image& image = *image_;
  ClaimsBuilder::Rows& rows = claims_.rows();
  // The claims of each edge that got some, those of old first.
  std::map<uint32_t, std::vector<uint64_t>> of;
  for (size_t i = 0; i < rows.propositions.size(); ++i) {
    of[rows.propositions[i]].push_back(first_claim_ + i);
  }
  auto late = std::make_unique<Image::LateClaims>();
  std::vector<uint64_t> by_edge;
  for (const auto& [edge, claims] : of) {
    const size_t begin = by_edge.size();
    for (const ClaimId claim : image.ClaimsOf(EdgeId(edge))) by_edge.push_back(claim.value);
    by_edge.insert(by_edge.end(), claims.begin(), claims.end());
    late->of[edge] = {begin, by_edge.size()};
  }
  late->by_edge = PackedArray::Line(by_edge);
  image.late_claims_ = std::move(late);
  image.claim_count_ += claims_.count();
  if (image.sourced_) image.signature_sizes_[image.claim_signature_] += claims_.count();
  image.claims_.propositions.Extend(Wide(rows.propositions));
  image.claims_.documents.Extend(Wide(rows.documents));
  image.claims_.acts.Extend(Wide(rows.acts));
  image.asserters_.Extend(rows.asserters);
  image.cited_documents_.Extend(rows.cited_documents);
  image.statements_.Extend(rows.statements);
  image.superseded_.Extend(rows.superseded);
  image.valid_.Extend(std::move(rows.valid));
  image.said_.Extend(std::move(rows.said));
  image.quantities_.Extend(std::move(rows.quantities));
  image.recorded_.Extend(std::move(rows.recorded));
  ValueColumnBuilder closed;
  for (const auto& [claim, when] : rows.closed) {
    if (image.claim(ClaimId(claim)).closed() > when) closed.Add(claim, Value::Integer(when));
  }
  image.closed_.Extend(std::move(closed));
  for (auto& [name, builder] : rows.qualifiers) {
    const PropertyId property = Property(name);
    if (image.claim_columns_.size() <= property.value) image.claim_columns_.resize(property.value + size_t{1});
    image.claim_columns_[property.value].Extend(std::move(builder));
  }
}

// What was replaced cannot be built again as it was, if it should be damaged: that is found out now.
void ImageBuilder::SettleVertices() {
  for (const auto* columns : {&image_->entity_columns_, &image_->document_columns_, &image_->node_columns_}) {
    for (const ValueColumn& column : *columns) column.Settle();
  }
}

// Only edges that have new claims, or claims that ended, can have changed. A relation that was not walked as a whole
// may be now; nobody is hurt who does not know.
void ImageBuilder::ExtendWalked() {
  Image& image = *image_;
  if (!image.sourced_) return;
  std::vector<uint64_t> walked(image.walked_by_default().begin(), image.walked_by_default().end());
  walked.resize(image.edge_count() / 64 + 1);
  image.walked_ = walked;
  absl::flat_hash_set<uint32_t> changed;
  for (const auto& [edge, claims] : image.late_claims_->of) changed.insert(edge);
  for (const auto& [claim, when] : claims_.rows().closed)
    changed.insert(image.claim(ClaimId(claim)).proposition().value);
  for (uint32_t edge = first_edge_; edge < image.edge_count(); ++edge) changed.insert(edge);
  const std::shared_ptr<const Image> unowned(&image, [](const Image*) {});
  const View view(unowned, ClaimFilter());
  for (const uint32_t edge : changed) {
    const bool walks = !view.Support(EdgeId(edge)).empty();
    const uint64_t bit = uint64_t{1} << (edge % 64);
    walked[edge / 64] = walks ? walked[edge / 64] | bit : walked[edge / 64] & ~bit;
    if (!walks) image.relations_[image.relation(EdgeId(edge)).value].walked = false;
  }
  image.walked_ = std::move(walked);
}

}  // namespace dossier
