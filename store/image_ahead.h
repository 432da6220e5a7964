// The image of a state that a store is about to reach, made while the records of that state are written down.
#ifndef DOSSIER_STORE_IMAGE_AHEAD_H_
#define DOSSIER_STORE_IMAGE_AHEAD_H_

#include <string>

#include "absl/status/status.h"
#include "store/snapshot.h"
#include "store/store.h"

namespace dossier::store_internal {

// Where a store is never reached, or the process dies, nothing is there but a file that no one reads, and that the next
// image takes away.
class ImageAhead {
 public:
  // The store must outlive it.
  explicit ImageAhead(const Store* store) : store_(*store) {}
  ~ImageAhead();
  ImageAhead(const ImageAhead&) = delete;
  ImageAhead& operator=(const ImageAhead&) = delete;

  // Builds the image of `after` and writes its file beside its place. Once at most.
  absl::Status Make(const Snapshot& after);
  // Puts it there, in the place of those of other states. Precondition: Make() was OK, and the store has reached the
  // state.
  absl::Status Place();

 private:
  const Store& store_;
  std::string path_, beside_;
};

// Whether the image files that there are leave it so much to add to come to `snapshot` that another one is worth its
// making (RefreshImage).
absl::StatusOr<bool> NeedsImage(const Store& store, const Snapshot& snapshot);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_IMAGE_AHEAD_H_
