// An image into an archive, and out of it: see graph/image_archive.h.
#ifndef DOSSIER_GRAPH_IMAGE_IO_H_
#define DOSSIER_GRAPH_IMAGE_IO_H_

#include <memory>

#include "graph/image.h"
#include "graph/image_archive.h"

namespace dossier {

class ImageIo {
 public:
  // What is written depends on what the image holds alone: the same store gives the same bytes.
  static void Write(const Image& image, ImageArchive* archive);
  // `texts` as for ImageBuilder::Build; `memory` is where the archive's bytes lie. What comes back may be extended by
  // an ImageBuilder before it is shared.
  static std::shared_ptr<Image> Read(ImageArchive* archive, std::shared_ptr<const ClaimTexts> texts,
                                     std::shared_ptr<const ImageMemory> memory);

 private:
  static void Archive(ImageArchive* archive, Image* image);
  static void ArchiveNames(ImageArchive* archive, Image* image);
  static void ArchiveRelation(ImageArchive* archive, Image* image, RelationId relation);
  static void ArchiveClaims(ImageArchive* archive, Image* image);
  static void ArchiveIndexes(ImageArchive* archive, Image* image);
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_IMAGE_IO_H_
