#include "store/image_layout.h"

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <kj/exception.h>
#include <xxhash.h>
#ifdef __x86_64__
#include <xxh_x86dispatch.h>  // the widest registers that the machine at hand has
#endif

#include <cerrno>
#include <cstring>

#include "graph/base/text.h"
#include "schema/image.capnp.h"
#include "store/error_codes.h"
#include "store/store_error.h"

namespace dossier::store_internal {

uint64_t ChecksumOf(std::span<const std::byte> bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }
uint64_t ChecksumOf(const ImageHeader& header) { return XXH3_64bits(&header, offsetof(ImageHeader, checksum)); }

std::string EncodeImageDirectory(const ImageDirectory& directory) {
  capnp::MallocMessageBuilder message;
  auto root = message.initRoot<image::Directory>();
  root.setStamp(directory.stamp);
  auto numbers = root.initNumbers(static_cast<unsigned>(directory.numbers.size()));
  for (unsigned i = 0; i < numbers.size(); ++i) numbers.set(i, directory.numbers[i]);
  auto texts = root.initTexts(static_cast<unsigned>(directory.texts.size()));
  for (unsigned i = 0; i < texts.size(); ++i) texts.set(i, directory.texts[i].c_str());
  auto sections = root.initSections(static_cast<unsigned>(directory.sections.size()));
  for (unsigned i = 0; i < sections.size(); ++i) {
    sections[i].setOffset(directory.sections[i].offset);
    sections[i].setSize(directory.sections[i].size);
  }
  root.setBlockSize(directory.block_size);
  auto checksums = root.initChecksums();
  checksums.setOffset(directory.checksums.offset);
  checksums.setSize(directory.checksums.size);
  root.setChecksum(directory.checksum);
  const auto words = capnp::messageToFlatArray(message);
  const auto bytes = words.asBytes();
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

bool DecodeImageDirectory(std::span<const std::byte> bytes, ImageDirectory* directory) {
  try {
    const kj::ArrayPtr<const capnp::word> words(reinterpret_cast<const capnp::word*>(bytes.data()),
                                                bytes.size() / sizeof(capnp::word));
    capnp::FlatArrayMessageReader message(words);
    const auto root = message.getRoot<image::Directory>();
    directory->stamp = root.getStamp();
    for (const uint64_t number : root.getNumbers()) directory->numbers.push_back(number);
    for (const auto text : root.getTexts()) directory->texts.emplace_back(text.begin(), text.size());
    for (const auto section : root.getSections()) {
      directory->sections.push_back({section.getOffset(), section.getSize()});
    }
    directory->block_size = root.getBlockSize();
    directory->checksums = {root.getChecksums().getOffset(), root.getChecksums().getSize()};
    directory->checksum = root.getChecksum();
    return true;
  } catch (const kj::Exception&) {  // Cap'n Proto's way of saying that bytes mean nothing
    return false;
  }
}

absl::Status FileError(const std::string& name, const char* what) {
  const int error = errno;
  const int number = error == ENOSPC || error == EDQUOT || error == EFBIG  ? kDiskFull
                     : error == EACCES || error == EPERM || error == EROFS ? kStoreNotPermitted
                     : error == ENOENT                                     ? kNoSuchPath
                                                                           : kStoreIo;
  return StoreError(number, StrCat("cannot ", what, " ", name, ": ", std::strerror(error)));
}

}  // namespace dossier::store_internal
