// From a store's snapshot to the image that queries walk.
//
// Vertices are the entities, then the documents, then the claims, each in the store's order; edges are the
// propositions in the store's order (an EdgeId is a PropositionNumber), then what is read off the claims' own fields;
// a ClaimId is the store's.
#ifndef DOSSIER_STORE_IMAGE_LOADER_H_
#define DOSSIER_STORE_IMAGE_LOADER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "graph/image.h"
#include "schema/names.h"
#include "store/snapshot.h"

namespace dossier {

struct LoadedImage {
  std::shared_ptr<const Image> image;
  std::shared_ptr<const NameIndex> names;
};

// Reads the whole snapshot: time and memory in proportion to it. kDataLoss where the store contradicts itself.
absl::StatusOr<LoadedImage> LoadImage(const Snapshot& snapshot);

// The document that a vertex of such an image stands for.
DocumentNumber DocumentOfVertex(const Snapshot& snapshot, VertexId vertex);

}  // namespace dossier

#endif  // DOSSIER_STORE_IMAGE_LOADER_H_
