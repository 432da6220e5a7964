#include "store/image_loader.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "store/claim_texts.h"
#include "store/image_ahead.h"
#include "store/image_extension.h"
#include "store/image_file.h"
#include "store/image_layout.h"
#include "store/key_codec.h"
#include "store/store_impl.h"
#include "store/view.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kFewRecords = 2000;  // to be added in a few milliseconds
constexpr uint64_t kMostAddedOf = 4;    // a quarter of what is there; beyond, building is faster

fs::path FolderOf(const Store& store) { return fs::path(store.path()) / "image"; }

std::string FileOf(const Store& store, uint64_t sequence) {
  return (FolderOf(store) / StrCat(sequence, ".image")).string();
}

// Tells this state from any other that the store was or will be in: a load that was lost in a power cut is followed by
// another one of the same number, but not of the same record.
absl::StatusOr<uint64_t> StampOf(const Snapshot& snapshot, uint64_t sequence) {
  if (sequence == 0) return 0;
  ASSIGN_OR_RETURN(const std::string load,
                   snapshot.view().RecordAt(store_internal::LoadKey(sequence), store_internal::What("load", sequence)));
  return store_internal::ChecksumOf(std::as_bytes(std::span(load)));
}

// The states of this snapshot and of those before it for which there are files, the newest first.
std::vector<uint64_t> SequencesWithFiles(const Store& store, const Snapshot& snapshot) {
  std::vector<uint64_t> sequences;
  if (store.path().empty()) return sequences;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(FolderOf(store), error)) {
    const std::string name = entry.path().filename().string();
    uint64_t sequence = 0;
    const auto [end, wrong] = std::from_chars(name.data(), name.data() + name.size(), sequence);
    if (wrong == std::errc() && std::string_view(end) == ".image" && sequence <= snapshot.sequence()) {
      sequences.push_back(sequence);
    }
  }
  std::sort(sequences.rbegin(), sequences.rend());
  return sequences;
}

uint64_t RecordsIn(const StoreCounts& counts) {
  return uint64_t{counts.entities} + counts.documents + counts.propositions + counts.claims;
}

// The image of the snapshot by way of the file of an earlier state or of this one; null where that is of no use.
absl::StatusOr<std::shared_ptr<const Image>> MapImage(const Store& store, uint64_t sequence, const Snapshot& snapshot) {
  ASSIGN_OR_RETURN(const uint64_t stamp, StampOf(snapshot, sequence));
  ASSIGN_OR_RETURN(const std::vector<LoadRecord> loads, store_internal::LoadsAfter(sequence, snapshot));
  const StoreCounts counts = loads.empty() ? snapshot.counts() : loads.front().before;
  const uint64_t added = store_internal::RecordsOf(loads);
  if (added > kFewRecords && added > RecordsIn(counts) / kMostAddedOf) return nullptr;
  // Where an entity was given another name since, what is damaged could not be made again as it was.
  const bool renamed = std::any_of(loads.begin(), loads.end(), [](const LoadRecord& load) {
    return !load.updated_entities.empty() || !load.updated_documents.empty();
  });
  if (renamed && !store_internal::VerifyImageFile(FileOf(store, sequence)).ok()) return nullptr;
  auto mapped = store_internal::MapImageFile(
      FileOf(store, sequence), stamp, store_internal::MakeClaimTexts(snapshot),
      [snapshot, counts] { return BuildImage(snapshot, counts); }, store.impl().sound_blocks());
  if (!mapped.ok()) return nullptr;
  if (loads.empty()) return *std::move(mapped);
  return store_internal::ExtendImage(*std::move(mapped), loads, snapshot);
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Image>> OpenImage(const Store& store, const Snapshot& snapshot) {
  if (store.options().use_image) {
    for (const uint64_t sequence : SequencesWithFiles(store, snapshot)) {
      ASSIGN_OR_RETURN(std::shared_ptr<const Image> image, MapImage(store, sequence, snapshot));
      if (image != nullptr) return image;
    }
  }
  return BuildImage(snapshot);
}

absl::Status WriteImage(const Store& store) {
  if (store.path().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Snapshot snapshot, store.snapshot());
  const std::string path = FileOf(store, snapshot.sequence());
  ASSIGN_OR_RETURN(const uint64_t stamp, StampOf(snapshot, snapshot.sequence()));
  if (store_internal::MapImageFile(path, stamp, nullptr, nullptr).ok()) return absl::OkStatus();
  store_internal::ImageAhead image(&store);
  RETURN_IF_ERROR(image.Make(snapshot));
  return image.Place();
}

absl::Status RefreshImage(const Store& store) {
  ASSIGN_OR_RETURN(const Snapshot snapshot, store.snapshot());
  ASSIGN_OR_RETURN(const bool needs, store_internal::NeedsImage(store, snapshot));
  return needs ? WriteImage(store) : absl::OkStatus();
}

namespace store_internal {

absl::StatusOr<bool> NeedsImage(const Store& store, const Snapshot& snapshot) {
  if (store.path().empty()) return false;
  for (const uint64_t sequence : SequencesWithFiles(store, snapshot)) {
    ASSIGN_OR_RETURN(const std::vector<LoadRecord> loads, LoadsAfter(sequence, snapshot));
    if (RecordsOf(loads) > kFewRecords) break;
    ASSIGN_OR_RETURN(const uint64_t stamp, StampOf(snapshot, sequence));
    if (MapImageFile(FileOf(store, sequence), stamp, nullptr, nullptr).ok()) return false;
  }
  return true;
}

absl::Status ImageAhead::Make(const Snapshot& after) {
  ASSIGN_OR_RETURN(const uint64_t stamp, StampOf(after, after.sequence()));
  const fs::path folder = FolderOf(store_);
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) {
    errno = error.value();
    return FileError(folder.string(), "make");
  }
  path_ = FileOf(store_, after.sequence());
  ASSIGN_OR_RETURN(std::shared_ptr<const Image> image, BuildImage(after));
  ASSIGN_OR_RETURN(beside_, WriteImageFileBeside(std::move(image), stamp, path_));
  return absl::OkStatus();
}

absl::Status ImageAhead::Place() {
  RETURN_IF_ERROR(PutImageFile(beside_, path_));
  beside_.clear();
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(FolderOf(store_), error)) {
    if (entry.path() != path_) fs::remove(entry.path(), error);
  }
  return absl::OkStatus();
}

ImageAhead::~ImageAhead() {
  std::error_code not_there;
  if (!beside_.empty()) fs::remove(beside_, not_there);
}

}  // namespace store_internal

absl::Status VerifyImage(const Store& store, const Snapshot& snapshot) {
  const std::vector<uint64_t> sequences = SequencesWithFiles(store, snapshot);
  if (sequences.empty()) return absl::OkStatus();
  absl::Status status = store_internal::VerifyImageFile(FileOf(store, sequences.front()));
  return absl::IsDataLoss(status) ? status : absl::OkStatus();
}

}  // namespace dossier
