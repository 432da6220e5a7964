// What was committed after an image file was written, added to the image when it is mapped: so that a load of one claim
// into a store of millions is seen by the next session in milliseconds.
#ifndef DOSSIER_STORE_IMAGE_EXTENSION_H_
#define DOSSIER_STORE_IMAGE_EXTENSION_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/image.h"
#include "store/records.h"
#include "store/snapshot.h"

namespace dossier::store_internal {

// The loads of `snapshot` after load number `sequence`, in order.
absl::StatusOr<std::vector<LoadRecord>> LoadsAfter(uint64_t sequence, const Snapshot& snapshot);

// How many records they brought or changed.
uint64_t RecordsOf(const std::vector<LoadRecord>& loads);

// Adds to the mapped image, which stands for the state before the first of `loads`, what they brought, in time
// proportional to it. Afterwards it stands for `snapshot`, of which they are the last loads. Errors: those of reading
// the snapshot; the image is then good for nothing.
absl::StatusOr<std::shared_ptr<const Image>> ExtendImage(std::shared_ptr<Image> image,
                                                         const std::vector<LoadRecord>& loads,
                                                         const Snapshot& snapshot);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_IMAGE_EXTENSION_H_
