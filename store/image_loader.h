// From a store's snapshot to the image that queries walk.
//
// Entities, documents, propositions and claims keep the store's numbers: a vertex is its kind and that number, an
// EdgeId is a PropositionNumber, a ClaimId is the store's.
//
// Building an image reads every record of the store, so it is kept in a file (folder `image` in the store's own), which
// opening maps in a moment; what was loaded after it was written is read from the store and added. No answer depends on
// the file: where it is missing, of a state that the store was never in, or damaged, the image is built.
#ifndef DOSSIER_STORE_IMAGE_LOADER_H_
#define DOSSIER_STORE_IMAGE_LOADER_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/image.h"
#include "store/snapshot.h"
#include "store/store.h"

namespace dossier {

// Maps the store's image file and adds what `snapshot` has more, or builds the image.
absl::StatusOr<std::shared_ptr<const Image>> OpenImage(const Store& store, const Snapshot& snapshot);

// Reads the whole snapshot: time and memory in proportion to it. kDataLoss where the store contradicts itself.
absl::StatusOr<std::shared_ptr<const Image>> BuildImage(const Snapshot& snapshot);
// As the store stood when it held `counts`, but with what was later said of the same entities and documents.
absl::StatusOr<std::shared_ptr<const Image>> BuildImage(const Snapshot& snapshot, const StoreCounts& counts);

// Builds the image of the store's present state and writes its file, in the place of those of other states. Nothing
// happens where it is there, or where the store is in memory alone. Reading processes go on with the file that they
// have mapped.
absl::Status WriteImage(const Store& store);

// The same, unless there is an image file to which the store has so little to add (some thousand records) that opening
// would hardly be faster: what to do after a load.
absl::Status RefreshImage(const Store& store);

// Checks all of the image file that OpenImage would map: kDataLoss names it where a part is damaged, which costs time
// when that part is first used, and never an answer. OK where there is no such file.
absl::Status VerifyImage(const Store& store, const Snapshot& snapshot);

}  // namespace dossier

#endif  // DOSSIER_STORE_IMAGE_LOADER_H_
