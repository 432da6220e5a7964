#include "store/image_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/image_io.h"
#include "store/error_codes.h"
#include "store/image_layout.h"
#include "store/mapped_pages.h"
#include "store/store_error.h"

namespace dossier::store_internal {
namespace {

absl::Status DamagedImage(const std::string& name, std::string_view what) {
  return StoreError(kStoreDamaged, StrCat("the image file ", name, " is damaged: ", what), "",
                    "delete it: it is made again from the store");
}

// A file in memory, of which changes stay in this process.
class Mapping {
 public:
  static absl::StatusOr<Mapping> Of(int file, const std::string& name) {
    struct stat status;
    if (fstat(file, &status) != 0) return FileError(name, "read");
    const auto size = static_cast<size_t>(status.st_size);
    if (size < sizeof(ImageHeader)) return DamagedImage(name, "it is too short");
    void* memory = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (memory == MAP_FAILED) return FileError(name, "map");
    return Mapping({static_cast<std::byte*>(memory), size});
  }
  Mapping(Mapping&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  Mapping& operator=(Mapping&&) = delete;
  ~Mapping() {
    if (!bytes_.empty()) munmap(bytes_.data(), bytes_.size());
  }

  std::span<const std::byte> bytes() const { return bytes_; }
  std::span<const std::byte> At(const ImageSection& range) const { return bytes().subspan(range.offset, range.size); }
  // Where `from` has no bytes, zeros.
  bool Overwrite(const ImageSection& range, const std::byte* from) {
    if (mprotect(bytes_.data(), bytes_.size(), PROT_READ | PROT_WRITE) != 0) return false;
    std::byte* const to = bytes_.data() + range.offset;
    if (from == nullptr) {
      std::memset(to, 0, range.size);
    } else {
      std::memcpy(to, from, range.size);
    }
    return true;
  }

 private:
  explicit Mapping(std::span<std::byte> bytes) : bytes_(bytes) {}
  std::span<std::byte> bytes_;
};

absl::StatusOr<ImageDirectory> ReadDirectory(const Mapping& mapping, const std::string& name) {
  const std::span<const std::byte> bytes = mapping.bytes();
  ImageHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::memcmp(header.magic, kImageMagic, sizeof header.magic) != 0) {
    return StoreError(kStoreFormat, StrCat("the image file ", name, " has another layout"));
  }
  if (header.checksum != ChecksumOf(header)) return DamagedImage(name, "its header does not fit its checksum");
  const uint64_t offset = header.directory_offset, size = header.directory_size;
  if (offset % 8 != 0 || offset > bytes.size() || size > bytes.size() - offset) {
    return DamagedImage(name, "it is too short");
  }
  const auto directory_bytes = bytes.subspan(offset, size);
  ImageDirectory directory;
  if (ChecksumOf(directory_bytes) != header.directory_checksum || !DecodeImageDirectory(directory_bytes, &directory)) {
    return DamagedImage(name, "its directory does not fit its checksum");
  }
  const ImageSection& checksums = directory.checksums;
  if (checksums.offset < offset) MapPages(bytes.subspan(checksums.offset, offset - checksums.offset));
  const bool fits = std::has_single_bit(directory.block_size) && directory.block_size > kSectionAlignment &&
                    checksums.offset % kSectionAlignment == 0 && checksums.offset <= offset &&
                    checksums.size <= offset - checksums.offset &&
                    checksums.size == BlocksUpTo(checksums.offset, directory.block_size) * sizeof(uint64_t);
  if (!fits || ChecksumOf(mapping.At(checksums)) != directory.checksum) {
    return DamagedImage(name, "its checksums do not fit theirs");
  }
  for (const ImageSection& section : directory.sections) {
    if (section.offset % kSectionAlignment != 0 || section.offset < kSectionAlignment ||
        section.offset > checksums.offset || section.size > checksums.offset - section.offset) {
      return DamagedImage(name, "a section lies outside of it");
    }
  }
  return directory;
}

using Rebuild = std::function<absl::StatusOr<std::shared_ptr<const Image>>()>;

class MappedImage : public ImageMemory {
 public:
  MappedImage(Mapping mapping, ImageDirectory directory, std::string name, Rebuild rebuild,
              std::shared_ptr<SoundBlocks::Flags> sound)
      : mapping_(std::move(mapping)),
        directory_(std::move(directory)),
        name_(std::move(name)),
        rebuild_(std::move(rebuild)),
        block_bits_(std::countr_zero(directory_.block_size)),
        checksums_(ChecksumsIn(mapping_, directory_)),
        sound_(std::move(sound)),
        ready_(blocks()) {}

  const ImageDirectory& directory() const { return directory_; }
  std::span<const std::byte> Section(size_t number) const { return mapping_.At(directory_.sections[number]); }
  size_t blocks() const { return checksums_.size(); }
  ImageSection Block(size_t number) const {
    const uint64_t begin = std::max(uint64_t{number} << block_bits_, uint64_t{kSectionAlignment});
    const uint64_t end = std::min(uint64_t{number + 1} << block_bits_, directory_.checksums.offset);
    return {begin, std::max(begin, end) - begin};
  }
  bool Sound(size_t number) const { return ChecksumOf(mapping_.At(Block(number))) == checksums_[number]; }
  // The numbers and texts are needed at opening alone.
  void ForgetNames() {
    directory_.numbers = {};
    directory_.texts = {};
  }

  // Called before anybody reads these bytes.
  void Check(std::span<const std::byte> bytes) {
    const auto begin = static_cast<size_t>(bytes.data() - mapping_.bytes().data());
    const size_t end = (begin + bytes.size() - 1) >> block_bits_;
    for (size_t number = begin >> block_bits_; number <= end; ++number) {
      if (!ready_[number].load(std::memory_order_acquire)) CheckBlock(number);
    }
  }

  absl::Status status() const override {
    const std::lock_guard<std::mutex> lock(mutex_);
    return status_;
  }

 private:
  static std::span<const uint64_t> ChecksumsIn(const Mapping& mapping, const ImageDirectory& directory) {
    const std::span<const std::byte> bytes = mapping.At(directory.checksums);
    return {reinterpret_cast<const uint64_t*>(bytes.data()), bytes.size() / sizeof(uint64_t)};
  }

  void CheckBlock(size_t number) {
    const bool known = sound_ != nullptr && (*sound_)[number].load(std::memory_order_relaxed);
    if (!known) {
      const std::lock_guard<std::mutex> lock(mutex_);  // so that nobody else puts it right meanwhile
      if (ready_[number].load(std::memory_order_relaxed)) return;
      if (!Sound(number)) {
        PutRight(number);
      } else if (sound_ != nullptr) {
        (*sound_)[number].store(true, std::memory_order_relaxed);
      }
    }
    ready_[number].store(true, std::memory_order_release);
  }

  void PutRight(size_t number) {
    if (!good_.has_value() && status_.ok()) status_ = MakeGood();
    const std::vector<std::byte> block = good_.has_value() ? MadeGood(Block(number)) : std::vector<std::byte>();
    const bool same = !block.empty() && ChecksumOf(block) == checksums_[number];
    if (mapping_.Overwrite(Block(number), same ? block.data() : nullptr) && same) return;
    if (status_.ok()) status_ = DamagedImage(name_, "and the store no longer gives what it was made from");
  }

  // A block with what the good image has of the sections in it, as far as these are of the same size; between sections
  // there are zeros.
  std::vector<std::byte> MadeGood(const ImageSection& block) const {
    std::vector<std::byte> bytes(block.size);
    for (size_t i = 0; i < std::min(directory_.sections.size(), good_directory_.sections.size()); ++i) {
      const ImageSection &section = directory_.sections[i], &good = good_directory_.sections[i];
      const uint64_t begin = std::max(section.offset, block.offset);
      const uint64_t end = std::min(section.offset + section.size, block.offset + block.size);
      if (begin >= end) continue;
      const std::byte* from = (good.size == section.size ? good_->At(good) : mapping_.At(section)).data();
      std::memcpy(bytes.data() + (begin - block.offset), from + (begin - section.offset), end - begin);
    }
    return bytes;
  }

  // The image made again, in memory alone.
  absl::Status MakeGood() {
    ASSIGN_OR_RETURN(const std::shared_ptr<const Image> image, rebuild_());
    const int file = memfd_create("dossier image", MFD_CLOEXEC);
    if (file < 0) return FileError("memory", "get");
    absl::Status status = WriteImageTo(file, "memory", *image, directory_.stamp, directory_.block_size);
    absl::StatusOr<Mapping> mapping = Mapping::Of(file, "memory");
    close(file);
    RETURN_IF_ERROR(status);
    RETURN_IF_ERROR(mapping.status());
    ASSIGN_OR_RETURN(good_directory_, ReadDirectory(*mapping, "memory"));
    good_.emplace(*std::move(mapping));
    return absl::OkStatus();
  }

  Mapping mapping_;
  ImageDirectory directory_;
  const std::string name_;
  const Rebuild rebuild_;
  const int block_bits_;
  const std::span<const uint64_t> checksums_;
  const std::shared_ptr<SoundBlocks::Flags> sound_;  // null: nobody remembers
  std::vector<std::atomic<bool>> ready_;             // by block: whether it may be read
  mutable std::mutex mutex_;
  std::optional<Mapping> good_;
  ImageDirectory good_directory_;
  absl::Status status_;
};

class Reader : public ImageArchive {
 public:
  explicit Reader(MappedImage* memory) : memory_(memory), directory_(memory->directory()) {}
  using ImageArchive::Number;
  bool reading() const override { return true; }
  void Number(uint64_t* number) override { *number = Next(directory_.numbers, &number_); }
  void Text(std::string* text) override { *text = Next(directory_.texts, &text_); }
  void BeginPart() override { memory_of_part_.clear(); }
  void Bytes(std::span<const std::byte>* bytes) override {
    const size_t number = section_;
    Next(directory_.sections, &section_);
    *bytes = failed_ ? std::span<const std::byte>() : memory_->Section(number);
    if (!bytes->empty()) memory_of_part_.push_back(*bytes);
  }
  void EndPart(LentPart* part) override {
    if (memory_of_part_.empty()) return;
    part->Lend(std::move(memory_of_part_), [memory = memory_](LentPart::Bytes bytes) { memory->Check(bytes); });
    memory_of_part_ = {};
  }
  void Fail() override { failed_ = true; }
  bool sound() const {
    return !failed_ && number_ == directory_.numbers.size() && text_ == directory_.texts.size() &&
           section_ == directory_.sections.size();
  }

 private:
  template <typename Item>
  Item Next(const std::vector<Item>& items, size_t* next) {
    if (*next >= items.size()) failed_ = true;
    return failed_ ? Item() : items[(*next)++];
  }

  MappedImage* memory_;
  const ImageDirectory& directory_;
  size_t number_ = 0, text_ = 0, section_ = 0;
  std::vector<LentPart::Bytes> memory_of_part_;
  bool failed_ = false;
};

absl::StatusOr<std::unique_ptr<MappedImage>> Map(const std::string& path, Rebuild rebuild, SoundBlocks* sound) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return FileError(path, "read");
  const absl::Cleanup closed = [file] { close(file); };
  ASSIGN_OR_RETURN(Mapping mapping, Mapping::Of(file, path));
  ASSIGN_OR_RETURN(ImageDirectory directory, ReadDirectory(mapping, path));
  std::shared_ptr<SoundBlocks::Flags> flags;
  if (sound != nullptr) {
    ImageHeader header;
    std::memcpy(&header, mapping.bytes().data(), sizeof header);
    flags = sound->Of(file, header.checksum, directory.checksums.size / sizeof(uint64_t));
  }
  return std::make_unique<MappedImage>(std::move(mapping), std::move(directory), path, std::move(rebuild),
                                       std::move(flags));
}

}  // namespace

std::shared_ptr<SoundBlocks::Flags> SoundBlocks::Of(int file, uint64_t checksum, size_t blocks) {
  struct stat status;
  if (fstat(file, &status) != 0) return nullptr;
  const Identity identity{.device = status.st_dev,
                          .inode = status.st_ino,
                          .size = static_cast<uint64_t>(status.st_size),
                          .checksum = checksum,
                          .changed_seconds = status.st_ctim.tv_sec,
                          .changed_nanoseconds = status.st_ctim.tv_nsec};
  const std::lock_guard lock(mutex_);
  if (sound_ == nullptr || !(identity == identity_) || sound_->size() != blocks) {
    identity_ = identity;
    sound_ = std::make_shared<Flags>(blocks);
  }
  return sound_;
}

absl::StatusOr<std::shared_ptr<Image>> MapImageFile(const std::string& path, uint64_t stamp,
                                                    std::shared_ptr<const ClaimTexts> texts, Rebuild rebuild,
                                                    SoundBlocks* sound) {
  ASSIGN_OR_RETURN(std::unique_ptr<MappedImage> mapped, Map(path, std::move(rebuild), sound));
  if (mapped->directory().stamp != stamp) {
    return StoreError(kStoreFormat, StrCat("the image file ", path, " is of another state of the store"));
  }
  const std::shared_ptr<MappedImage> memory = std::move(mapped);
  Reader reader(memory.get());
  std::shared_ptr<Image> image = ImageIo::Read(&reader, std::move(texts), memory);
  if (!reader.sound()) return DamagedImage(path, "its directory means nothing");
  memory->ForgetNames();
  return image;
}

absl::Status VerifyImageFile(const std::string& path) {
  ASSIGN_OR_RETURN(const std::unique_ptr<MappedImage> mapped, Map(path, nullptr, nullptr));
  for (size_t i = 0; i < mapped->blocks(); ++i) {
    if (mapped->Sound(i)) continue;
    return DamagedImage(path,
                        StrCat("what stands from byte ", mapped->Block(i).offset, " on does not fit its checksum"));
  }
  return absl::OkStatus();
}

}  // namespace dossier::store_internal
