#include "store/image_loader.h"

#include <cerrno>
#include <filesystem>
#include <span>
#include <string>
#include <system_error>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "store/claim_texts.h"
#include "store/image_file.h"
#include "store/image_layout.h"
#include "store/key_codec.h"
#include "store/view.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

// Where the image of this state belongs; empty for a store without a folder.
std::string FileOf(const Store& store, const Snapshot& snapshot) {
  if (store.path().empty()) return "";
  return (fs::path(store.path()) / "image" / StrCat(snapshot.sequence(), ".image")).string();
}

// Tells this state from any other that the store was or will be in: a load that was lost in a power cut is followed by
// another one of the same number, but not of the same record.
absl::StatusOr<uint64_t> StampOf(const Snapshot& snapshot) {
  if (snapshot.sequence() == 0) return 0;
  ASSIGN_OR_RETURN(const std::string load, snapshot.view().RecordAt(store_internal::LoadKey(snapshot.sequence()),
                                                                    store_internal::What("load", snapshot.sequence())));
  return store_internal::ChecksumOf(std::as_bytes(std::span(load)));
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Image>> OpenImage(const Store& store, const Snapshot& snapshot) {
  const std::string path = FileOf(store, snapshot);
  if (!path.empty() && store.options().use_image) {
    ASSIGN_OR_RETURN(const uint64_t stamp, StampOf(snapshot));
    auto mapped = store_internal::MapImageFile(path, stamp, store_internal::MakeClaimTexts(snapshot),
                                               [snapshot] { return BuildImage(snapshot); });
    if (mapped.ok()) return mapped;
  }
  return BuildImage(snapshot);
}

absl::Status WriteImage(const Store& store) {
  ASSIGN_OR_RETURN(const Snapshot snapshot, store.snapshot());
  const std::string path = FileOf(store, snapshot);
  if (path.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const uint64_t stamp, StampOf(snapshot));
  if (store_internal::MapImageFile(path, stamp, nullptr, nullptr).ok()) return absl::OkStatus();
  const fs::path folder = fs::path(path).parent_path();
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) {
    errno = error.value();
    return store_internal::FileError(folder.string(), "make");
  }
  ASSIGN_OR_RETURN(const std::shared_ptr<const Image> image, BuildImage(snapshot));
  RETURN_IF_ERROR(store_internal::WriteImageFile(*image, stamp, path));
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (entry.path() != path) fs::remove(entry.path(), error);
  }
  return absl::OkStatus();
}

absl::Status VerifyImage(const Store& store, const Snapshot& snapshot) {
  const std::string path = FileOf(store, snapshot);
  if (path.empty()) return absl::OkStatus();
  absl::Status status = store_internal::VerifyImageFile(path);
  return absl::IsDataLoss(status) ? status : absl::OkStatus();
}

}  // namespace dossier
