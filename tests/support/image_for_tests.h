// Runs tests of queries over images as users meet them: with DOSSIER_TEST_IMAGE=mapped in the environment an image goes
// through a file, with DOSSIER_TEST_IMAGE=damaged through one in which each section has a wrong byte, and with
// DOSSIER_TEST_IMAGE=stale half of it through a file, to which the rest is added.
#ifndef DOSSIER_TESTS_SUPPORT_IMAGE_FOR_TESTS_H_
#define DOSSIER_TESTS_SUPPORT_IMAGE_FOR_TESTS_H_

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "graph/image.h"
#include "graph/image_builder.h"
#include "store/image_file.h"
#include "store/image_layout.h"

namespace dossier {

// Flips one bit in the middle of each section of the image file that is not empty, or of section `only`. Gives back how
// many sections there are.
inline size_t DamageImageFile(const std::string& path, size_t only = ~size_t{0}) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  store_internal::ImageHeader header;
  file.read(reinterpret_cast<char*>(&header), sizeof header);
  // Eight bytes at a time, for its alignment.
  std::vector<uint64_t> words((header.directory_size + 7) / 8);
  file.seekg(static_cast<std::streamoff>(header.directory_offset));
  file.read(reinterpret_cast<char*>(words.data()), static_cast<std::streamsize>(header.directory_size));
  store_internal::ImageDirectory directory;
  store_internal::DecodeImageDirectory(std::as_bytes(std::span(words)).first(header.directory_size), &directory);
  for (size_t i = 0; i < directory.sections.size(); ++i) {
    const auto& section = directory.sections[i];
    if (section.size == 0 || (only != ~size_t{0} && only != i)) continue;
    const auto place = static_cast<std::streamoff>(section.offset + section.size / 2);
    file.seekg(place);
    const char byte = static_cast<char>(file.get());
    file.seekp(place);
    file.put(static_cast<char>(byte ^ 4));
  }
  return directory.sections.size();
}

// The image, by way of a file; null where it has values that image files do not hold.
inline std::shared_ptr<Image> ThroughFile(const std::shared_ptr<const Image>& image, bool damaged) {
  const std::string path =
      (std::filesystem::temp_directory_path() / StrCat("dossier-image-", getpid(), ".image")).string();
  // Small blocks, so that reading meets many of them.
  if (!store_internal::WriteImageFile(*image, 7, path, /*block_size=*/128).ok()) return nullptr;
  if (damaged) DamageImageFile(path);
  auto mapped = store_internal::MapImageFile(path, 7, nullptr, [image] { return image; });
  std::filesystem::remove(path);
  return mapped.ok() ? *std::move(mapped) : nullptr;
}

// Gives a part of a graph without claims to a builder that has what comes before that part.
inline void CopyPart(const Image& image, uint32_t first_entity, uint32_t end_entity, uint32_t first_edge,
                     uint32_t end_edge, ImageBuilder* builder) {
  for (uint32_t i = first_entity; i < end_entity; ++i) {
    const VertexId from = MakeVertex(VertexKind::kEntity, i);
    std::vector<LabelId> labels;
    for (const LabelId label : image.labels(from)) labels.push_back(builder->Label(image.label_name(label)));
    const VertexId to = builder->AddEntity(image.key(from), std::move(labels));
    for (const auto& [property, value] : image.VertexProperties(from)) {
      builder->SetVertexProperty(to, builder->Property(image.property_name(property)), value);
    }
  }
  for (uint32_t i = first_edge; i < end_edge; ++i) {
    const EdgeId from(i);
    const RelationId relation = builder->Relation(image.relation_name(image.relation(from)));
    const EdgeId to = builder->AddEdge(image.source(from), relation, image.target(from));
    for (const auto& [property, value] : image.EdgeProperties(from)) {
      builder->AddEdgeProperty(to, builder->Property(image.property_name(property)), value);
    }
  }
}

// The image, half of which comes from a file and half was added to that; null where a file cannot hold it.
inline std::shared_ptr<const Image> HalfThroughFile(const std::shared_ptr<const Image>& image) {
  const uint32_t edges = image->edge_count() / 2;
  uint32_t entities = image->entity_count() / 2;
  for (uint32_t i = 0; i < edges; ++i) {
    entities = std::max({entities, image->source(EdgeId(i)).value + 1, image->target(EdgeId(i)).value + 1});
  }
  ImageBuilder first(/*sourced=*/false);
  CopyPart(*image, 0, entities, 0, edges, &first);
  std::shared_ptr<Image> half = ThroughFile(first.Build(), /*damaged=*/false);
  if (half == nullptr) return nullptr;
  ImageBuilder second(std::move(half));
  CopyPart(*image, entities, image->entity_count(), edges, image->edge_count(), &second);
  return second.Build();
}

inline std::shared_ptr<const Image> AsTested(std::shared_ptr<const Image> image) {
  const char* const how = std::getenv("DOSSIER_TEST_IMAGE");
  if (how == nullptr) return image;
  std::shared_ptr<const Image> tested;
  if (std::string_view(how) == "stale") {
    tested = HalfThroughFile(image);
  } else {
    tested = ThroughFile(image, std::string_view(how) == "damaged");
  }
  return tested == nullptr ? image : tested;
}

}  // namespace dossier

#endif  // DOSSIER_TESTS_SUPPORT_IMAGE_FOR_TESTS_H_
