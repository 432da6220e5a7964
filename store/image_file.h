// Image files: an image on disk, to be mapped in the place of being built from the store's records.
//
// A file stands for one state of a store; what the store has more is added when it is mapped. It can be deleted at any
// time, and what is missing, damaged or of a state that never was is made again. So its layout is free to change with
// the program, and is told by its magic.
//
//   file      ::= header *section checksums directory
//   header    ::= magic directory-offset directory-size directory-checksum header-checksum      numbers ::= 8OCTET
//   section   ::= the bytes of one array of the image (graph/image_archive.h), from a multiple of 64 on
//   checksums ::= *number, one for each block of the bytes between header and checksums
//   directory ::= Directory of schema/image.capnp, unpacked
//
// Numbers have their lowest byte first; checksums are XXH3, 64 bits. Blocks begin at multiples of their size in the
// file. Opening reads header, checksums and directory; a block is checked when it is first used.
#ifndef DOSSIER_STORE_IMAGE_FILE_H_
#define DOSSIER_STORE_IMAGE_FILE_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/image.h"

namespace dossier::store_internal {

// What a checksum is for: a page, as that is the least that is read of a file.
inline constexpr uint64_t kImageBlock = 4096;

// Writes the file as a whole or not at all: beside `path` first, then in its place. `stamp` tells the states of a store
// apart; blocks are small in tests alone. Errors: kDiskFull, kStoreNotPermitted, kStoreIo, by what the system says.
absl::Status WriteImageFile(const Image& image, uint64_t stamp, const std::string& path,
                            uint64_t block_size = kImageBlock);
// The same in two steps, with the same errors; an image that nobody else has is taken apart meanwhile. Between them the
// file lies where the first one says, and is the caller's to take away, also where the second one fails.
absl::StatusOr<std::string> WriteImageFileBeside(std::shared_ptr<const Image> image, uint64_t stamp,
                                                 const std::string& path, uint64_t block_size = kImageBlock);
absl::Status PutImageFile(const std::string& beside, const std::string& path);

// Which blocks of an image file have been found sound, so that a process checks each once, and not each session anew.
// It is for one file at a time, the last that was mapped, and knows when another stands in its place or somebody has
// written to it. Safe from many threads.
class SoundBlocks {
 public:
  using Flags = std::vector<std::atomic<bool>>;

  // Those of the file that is open there. `checksum`: of its header.
  std::shared_ptr<Flags> Of(int file, uint64_t checksum, size_t blocks);

 private:
  // What tells a file as it is now from any other, as far as the system knows.
  struct Identity {
    uint64_t device = 0, inode = 0, size = 0, checksum = 0;
    int64_t changed_seconds = 0, changed_nanoseconds = 0;
    friend bool operator==(const Identity&, const Identity&) = default;
  };
  std::mutex mutex_;
  Identity identity_;
  std::shared_ptr<Flags> sound_;
};

// Maps the file. `sound`, where given, is told what was found sound, and asked; it may go before the image. `rebuild`
// makes the image again from what the store holds, for the day on which a block turns out to be damaged: it is then put
// right in memory, and nobody notices but for the time it takes.
//   kNotFound            no file there
//   kFailedPrecondition  of another stamp or of another layout
//   kDataLoss            header or directory are damaged
// What comes back may be extended (graph/image_builder.h) before it is shared.
absl::StatusOr<std::shared_ptr<Image>> MapImageFile(
    const std::string& path, uint64_t stamp, std::shared_ptr<const ClaimTexts> texts,
    std::function<absl::StatusOr<std::shared_ptr<const Image>>()> rebuild, SoundBlocks* sound = nullptr);

// Checks all of it: kDataLoss names the first block that is damaged.
absl::Status VerifyImageFile(const std::string& path);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_IMAGE_FILE_H_
