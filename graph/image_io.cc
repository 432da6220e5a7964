#include "graph/image_io.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace dossier {
namespace {

void ArchiveIds(ImageArchive* archive, auto* ids) {
  archive->Count(ids);
  for (auto& id : *ids) archive->Number(&id.value);
}

void ArchiveTexts(ImageArchive* archive, std::vector<std::string>* texts) {
  archive->Count(texts);
  for (std::string& text : *texts) archive->Text(&text);
}

void IndexByName(const std::vector<std::string>& names, absl::flat_hash_map<std::string, uint32_t>* index) {
  for (uint32_t i = 0; i < names.size(); ++i) index->try_emplace(names[i], i);
}

bool WorthAnIndex(const ValueColumn& column) { return !column.empty() && column.is_plain(); }

}  // namespace

void ImageIo::Write(const Image& image, ImageArchive* archive) {
  Archive(archive, const_cast<Image*>(&image));  // which only reads it, as it goes over the same members both ways
}

std::shared_ptr<Image> ImageIo::Read(ImageArchive* archive, std::shared_ptr<const ClaimTexts> texts,
                                     std::shared_ptr<const ImageMemory> memory) {
  std::shared_ptr<Image> image(new Image());
  image->memory_ = std::move(memory);
  Archive(archive, image.get());
  image->claim_texts_ = std::move(texts);
  IndexByName(image->labels_, &image->label_index_);
  IndexByName(image->properties_, &image->property_index_);
  for (uint32_t i = 0; i < image->relations_.size(); ++i) {
    image->relation_index_.try_emplace(image->relations_[i].name, i);
  }
  return image;
}

void ImageIo::ArchiveNames(ImageArchive* archive, Image* image) {
  archive->Number(&image->sourced_);
  archive->Number(&image->entity_count_);
  archive->Number(&image->document_count_);
  archive->Number(&image->claim_count_);
  archive->Number(&image->document_signature_);
  archive->Number(&image->claim_signature_);
  archive->Number(&image->key_property_.value);
  ArchiveTexts(archive, &image->labels_);
  ArchiveTexts(archive, &image->properties_);
  archive->Count(&image->signatures_);
  for (std::vector<LabelId>& labels : image->signatures_) ArchiveIds(archive, &labels);
  archive->Count(&image->signature_sizes_);
  for (uint32_t& size : image->signature_sizes_) archive->Number(&size);
  ArchiveIds(archive, &image->literal_properties_);
  ArchiveIds(archive, &image->literal_relations_);
  archive->Count(&image->relations_);
  for (Image::Relation& relation : image->relations_) {
    archive->Text(&relation.name);
    archive->Number(&relation.hidden);
    archive->Number(&relation.walked);
  }
}

void ImageIo::ArchiveRelation(ImageArchive* archive, Image* image, RelationId number) {
  Image::Relation& relation = image->relations_[number.value];
  for (std::vector<uint32_t>* signatures : {&relation.source_signatures, &relation.target_signatures}) {
    archive->Count(signatures);
    for (uint32_t& signature : *signatures) archive->Number(&signature);
  }
  relation.out.Archive(archive);
  relation.in.Archive(archive);
  relation.literals.Archive(archive);
  relation.literals_of.Archive(archive);
  bool indexed = WorthAnIndex(relation.literals);
  archive->Number(&indexed);
  if (!indexed) return;
  if (archive->reading() || relation.literal_index.made()) return relation.literal_index.Archive(archive);
  ValueIndex(relation.literals).Archive(archive);
}

void ImageIo::ArchiveClaims(ImageArchive* archive, Image* image) {
  Image::Claims& claims = image->claims_;
  for (NumberColumn* column : {&claims.propositions, &claims.documents, &claims.acts}) column->Archive(archive);
  archive->BeginPart();
  for (PackedArray* array : {&claims.offsets, &claims.by_edge}) array->Archive(archive);
  archive->EndPart(&claims.lists_part);
  for (ValueColumn* column : {&image->valid_, &image->said_, &image->quantities_, &image->recorded_, &image->closed_}) {
    column->Archive(archive);
  }
  for (auto* lists : {&image->asserters_, &image->cited_documents_, &image->statements_}) lists->Archive(archive);
  image->superseded_.Archive(archive);
  archive->BeginPart();
  archive->Items(&image->walked_);
  archive->EndPart(&image->walked_part_);
}

void ImageIo::ArchiveIndexes(ImageArchive* archive, Image* image) {
  if (archive->reading()) image->entity_indexes_.resize(image->entity_columns_.size());
  for (size_t i = 0; i < image->entity_columns_.size(); ++i) {
    bool indexed = WorthAnIndex(image->entity_columns_[i]);
    archive->Number(&indexed);
    if (!indexed) continue;
    if (archive->reading() || (i < image->entity_indexes_.size() && image->entity_indexes_[i].made())) {
      image->entity_indexes_[i].Archive(archive);
    } else {
      ValueIndex(image->entity_columns_[i]).Archive(archive);
    }
  }
}

void ImageIo::Archive(ImageArchive* archive, Image* image) {
  ArchiveNames(archive, image);
  image->keys_.Archive(archive);
  archive->BeginPart();
  archive->Items(&image->signature_of_);
  archive->EndPart(&image->signatures_part_);
  Image::Edges& edges = image->edges_;
  for (NumberColumn* column : {&edges.sources, &edges.targets, &edges.relations}) column->Archive(archive);
  edges.entities = image->entity_count_;
  edges.documents = image->document_count_;
  for (uint32_t i = 0; i < image->relations_.size(); ++i) ArchiveRelation(archive, image, RelationId(i));
  for (auto* columns : {&image->entity_columns_, &image->document_columns_, &image->node_columns_,
                        &image->edge_columns_, &image->claim_columns_}) {
    archive->Count(columns);
    for (ValueColumn& column : *columns) column.Archive(archive);
  }
  ArchiveClaims(archive, image);
  ArchiveIndexes(archive, image);
}

}  // namespace dossier
