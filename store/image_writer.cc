// An image as the bytes of a file: sections as they come, checksums, the directory, and last the header.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <future>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/image_io.h"
#include "store/error_codes.h"
#include "store/fail_point.h"
#include "store/image_file.h"
#include "store/image_layout.h"
#include "store/store_error.h"

namespace dossier::store_internal {
namespace {

// The checksums of blocks, of bytes that come piece by piece.
class BlockChecksums {
 public:
  explicit BlockChecksums(uint64_t block_size) : block_size_(block_size) {}

  // `offset`: of the bytes in the file, where those before it end.
  void Add(uint64_t offset, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const uint64_t room = block_size_ - offset % block_size_;
      const auto piece = bytes.first(std::min<uint64_t>(room, bytes.size()));
      if (begun_.empty() && piece.size() == room) {
        checksums_.push_back(ChecksumOf(piece));
      } else {
        begun_.insert(begun_.end(), piece.begin(), piece.end());
        if (piece.size() == room) Close();
      }
      offset += piece.size();
      bytes = bytes.subspan(piece.size());
    }
  }
  std::vector<uint64_t> Finish() && {
    if (!begun_.empty()) Close();
    return std::move(checksums_);
  }

 private:
  void Close() {
    checksums_.push_back(ChecksumOf(begun_));
    begun_.clear();
  }

  const uint64_t block_size_;
  std::vector<std::byte> begun_;  // a block
  std::vector<uint64_t> checksums_;
};

// Gathers small writes. The first error stays; what comes after it is dropped.
class Output {
 public:
  Output(int file, const std::string* name, uint64_t block_size) : checksums(block_size), file_(file), name_(*name) {}

  uint64_t offset() const { return offset_; }
  // What belongs to a block.
  void WriteChecked(const void* data, size_t size) {
    checksums.Add(offset_, {static_cast<const std::byte*>(data), size});
    Write(data, size);
  }
  void Write(const void* data, size_t size) {
    offset_ += size;
    if (buffer_.size() + size > kBuffer) Flush();
    if (size > kBuffer) return WriteOut(static_cast<const char*>(data), size);
    buffer_.append(static_cast<const char*>(data), size);
  }
  void Align() {
    static constexpr char kPadding[kSectionAlignment] = {};
    WriteChecked(kPadding, (kSectionAlignment - offset_ % kSectionAlignment) % kSectionAlignment);
  }
  absl::Status Finish(const ImageHeader& header) {
    Flush();
    if (status_.ok() && pwrite(file_, &header, sizeof header, 0) != sizeof header) status_ = FileError(name_, "write");
    return status_;
  }

  BlockChecksums checksums;

 private:
  static constexpr size_t kBuffer = size_t{1} << 18;
  void Flush() {
    WriteOut(buffer_.data(), buffer_.size());
    buffer_.clear();
  }
  void WriteOut(const char* data, size_t size) {
    while (size > 0 && status_.ok()) {
      const ssize_t written = ::write(file_, data, size);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        status_ = FileError(name_, "write");
        return;
      }
      data += written;
      size -= static_cast<size_t>(written);
    }
  }

  const int file_;
  const std::string& name_;
  std::string buffer_;
  uint64_t offset_ = 0;
  absl::Status status_;
};

class Writer : public ImageArchive {
 public:
  explicit Writer(Output* out) : out_(*out) {}
  using ImageArchive::Number;
  bool reading() const override { return false; }
  void Number(uint64_t* number) override { directory.numbers.push_back(*number); }
  void Text(std::string* text) override { directory.texts.push_back(*text); }
  void BeginPart() override {}
  void Bytes(std::span<const std::byte>* bytes) override {
    out_.Align();
    directory.sections.push_back({out_.offset(), bytes->size()});
    out_.WriteChecked(bytes->data(), bytes->size());
  }
  void EndPart(LentPart*) override {}
  void Fail() override { failed = true; }

  ImageDirectory directory;
  bool failed = false;

 private:
  Output& out_;
};

}  // namespace

absl::Status WriteImageTo(int file, const std::string& name, const Image& image, uint64_t stamp, uint64_t block_size) {
  Output out(file, &name, block_size);
  ImageHeader header = {};
  out.Write(&header, sizeof header);
  static constexpr char kRest[kSectionAlignment - sizeof header] = {};
  out.Write(kRest, sizeof kRest);  // the first block begins behind the header
  Writer writer(&out);
  ImageIo::Write(image, &writer);
  if (writer.failed) {
    return StoreError(kStoreIo, StrCat("cannot write ", name, ": the graph has values that images do not hold"));
  }
  writer.directory.stamp = stamp;
  writer.directory.block_size = block_size;
  out.Align();
  const std::vector<uint64_t> checksums = std::move(out.checksums).Finish();
  const auto checksum_bytes = std::as_bytes(std::span(checksums));
  writer.directory.checksums = {out.offset(), checksum_bytes.size()};
  writer.directory.checksum = ChecksumOf(checksum_bytes);
  out.Write(checksum_bytes.data(), checksum_bytes.size());
  const std::string directory = EncodeImageDirectory(writer.directory);
  std::memcpy(header.magic, kImageMagic, sizeof header.magic);
  header.directory_offset = out.offset();
  header.directory_size = directory.size();
  header.directory_checksum = ChecksumOf(std::as_bytes(std::span(directory)));
  header.checksum = ChecksumOf(header);
  out.Write(directory.data(), directory.size());
  return out.Finish(header);
}

absl::StatusOr<std::string> WriteImageFileBeside(std::shared_ptr<const Image> image, uint64_t stamp,
                                                 const std::string& path, uint64_t block_size) {
  std::string beside = StrCat(path, ".", getpid(), ".part");
  const int file = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return FileError(beside, "write");
  absl::Status status = WriteImageTo(file, beside, *image, stamp, block_size);
  DOSSIER_FAIL_POINT("image.written");
  // Taking a large image apart takes as long as waiting for the disk.
  const auto given_back =
      std::async(std::launch::async | std::launch::deferred, [image = std::move(image)]() mutable { image.reset(); });
  if (status.ok() && fsync(file) != 0) status = FileError(beside, "write");
  if (close(file) != 0 && status.ok()) status = FileError(beside, "write");
  if (status.ok()) return beside;
  unlink(beside.c_str());
  return status;
}

absl::Status PutImageFile(const std::string& beside, const std::string& path) {
  return std::rename(beside.c_str(), path.c_str()) == 0 ? absl::OkStatus() : FileError(path, "write");
}

absl::Status WriteImageFile(const Image& image, uint64_t stamp, const std::string& path, uint64_t block_size) {
  const std::shared_ptr<const Image> unowned(&image, [](const Image*) {});
  ASSIGN_OR_RETURN(const std::string beside, WriteImageFileBeside(unowned, stamp, path, block_size));
  absl::Status status = PutImageFile(beside, path);
  if (!status.ok()) unlink(beside.c_str());
  return status;
}

}  // namespace dossier::store_internal
