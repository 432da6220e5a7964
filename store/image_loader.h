// From a store's snapshot to the image that queries walk.
//
// Entities, documents, propositions and claims keep the store's numbers: a vertex is its kind and that number, an
// EdgeId is a PropositionNumber, a ClaimId is the store's.
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

}  // namespace dossier

#endif  // DOSSIER_STORE_IMAGE_LOADER_H_
