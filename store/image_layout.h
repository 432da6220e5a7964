// What image_file.cc and image_writer.cc agree on; see store/image_file.h.
#ifndef DOSSIER_STORE_IMAGE_LAYOUT_H_
#define DOSSIER_STORE_IMAGE_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "graph/image.h"

namespace dossier::store_internal {

// The last byte counts the layouts. Change it with anything that an archive writes.
inline constexpr char kImageMagic[8] = {'D', 'O', 'S', 'S', 'I', 'M', 'G', 3};
inline constexpr size_t kSectionAlignment = 64;

struct ImageHeader {
  char magic[8];
  uint64_t directory_offset = 0, directory_size = 0, directory_checksum = 0;
  uint64_t checksum = 0;  // of the fields before it
};
static_assert(sizeof(ImageHeader) == 40);

struct ImageSection {
  uint64_t offset = 0, size = 0;
};

struct ImageDirectory {
  uint64_t stamp = 0;
  std::vector<uint64_t> numbers;
  std::vector<std::string> texts;
  std::vector<ImageSection> sections;
  uint64_t block_size = 0;
  ImageSection checksums;  // a number a block
  uint64_t checksum = 0;   // of these
};

uint64_t ChecksumOf(std::span<const std::byte> bytes);
uint64_t ChecksumOf(const ImageHeader& header);

std::string EncodeImageDirectory(const ImageDirectory& directory);
// False for bytes that are none. They must be aligned to 8.
bool DecodeImageDirectory(std::span<const std::byte> bytes, ImageDirectory* directory);

// How many blocks there are of the bytes before `end`. None of those up to the first section.
constexpr uint64_t BlocksUpTo(uint64_t end, uint64_t block_size) {
  return end > kSectionAlignment ? (end + block_size - 1) / block_size : 0;
}

// Writes a whole file from its beginning. An error is the system's, about `name`.
absl::Status WriteImageTo(int file, const std::string& name, const Image& image, uint64_t stamp, uint64_t block_size);

// What the system says of a file, as a status of the store's.
absl::Status FileError(const std::string& name, const char* what);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_IMAGE_LAYOUT_H_
