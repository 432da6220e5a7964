// From a store's snapshot to the image that queries walk.
//
// Entities, documents, propositions and claims keep the store's numbers: a vertex is its kind and that number, an
// EdgeId is a PropositionNumber, a ClaimId is the store's.
//
// Building an image reads every record of the store, so it is kept in a file (folder `image` in the store's own), one
// for the state after the last load, which opening maps in a moment. No answer depends on the file: where it is
// missing, of another state, or damaged, the image is built.
#ifndef DOSSIER_STORE_IMAGE_LOADER_H_
#define DOSSIER_STORE_IMAGE_LOADER_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/image.h"
#include "store/snapshot.h"
#include "store/store.h"

namespace dossier {

// Maps the store's image file if it stands for `snapshot`, else builds the image.
absl::StatusOr<std::shared_ptr<const Image>> OpenImage(const Store& store, const Snapshot& snapshot);

// Reads the whole snapshot: time and memory in proportion to it. kDataLoss where the store contradicts itself.
absl::StatusOr<std::shared_ptr<const Image>> BuildImage(const Snapshot& snapshot);

// Builds the image of the store's present state and writes its file, in the place of those of other states. Nothing
// happens where it is there, or where the store is in memory alone. Reading processes go on with the file that they
// have mapped.
absl::Status WriteImage(const Store& store);

// Checks all of the image file of `snapshot`: kDataLoss names it where a part is damaged, which costs time when that
// part is first used, and never an answer. OK where there is no such file.
absl::Status VerifyImage(const Store& store, const Snapshot& snapshot);

}  // namespace dossier

#endif  // DOSSIER_STORE_IMAGE_LOADER_H_
