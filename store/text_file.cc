#include "store/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "graph/base/huge_pages.h"
#include "graph/base/text.h"
#include "store/error_codes.h"
#include "store/store_error.h"

namespace dossier::store_internal {
namespace {

constexpr size_t kWorthParts = size_t{1} << 20;

// What errno says.
absl::Status CannotRead(const std::string& path) {
  const int number = errno == ENOENT || errno == EISDIR || errno == ENOTDIR ? kNoSuchPath
                     : errno == EACCES || errno == EPERM                    ? kStoreNotPermitted
                                                                            : kStoreIo;
  return StoreError(number, StrCat("cannot read ", path, ": ", std::strerror(errno)));
}

class TextFile : public TextSource {
 public:
  TextFile(std::string path, int file, const struct stat& opened)
      : path_(std::move(path)), file_(file), opened_(opened) {}
  ~TextFile() override { close(file_); }
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;

  size_t size() const override { return static_cast<size_t>(opened_.st_size); }
  absl::Status Read(size_t begin, size_t end, std::string* text) const override {
    text->resize(end - begin);
    if (text->size() >= kWorthParts) UseHugePages(text->data(), text->size());
    for (size_t done = 0; done < text->size();) {
      const ssize_t read = pread(file_, text->data() + done, text->size() - done, static_cast<off_t>(begin + done));
      if (read < 0 && errno == EINTR) continue;
      if (read < 0) return CannotRead(path_);
      if (read == 0) return Changed();
      done += static_cast<size_t>(read);
    }
    return absl::OkStatus();
  }
  absl::Status CheckUnchanged() const override {
    struct stat now;
    if (fstat(file_, &now) != 0) return CannotRead(path_);
    const bool same = now.st_size == opened_.st_size && now.st_mtim.tv_sec == opened_.st_mtim.tv_sec &&
                      now.st_mtim.tv_nsec == opened_.st_mtim.tv_nsec;
    return same ? absl::OkStatus() : Changed();
  }

 private:
  absl::Status Changed() const {
    return StoreError(kFileChanged, StrCat(path_, " was changed while it was loaded"),
                      "all of a load is read from files as they were at one time", "load it again");
  }

  const std::string path_;
  const int file_;
  const struct stat opened_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const TextSource>> OpenTextFile(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // who opens a pipe would wait for its writer
  if (file < 0) return CannotRead(path);
  struct stat opened;
  if (fstat(file, &opened) != 0 || !S_ISREG(opened.st_mode) || static_cast<size_t>(opened.st_size) < kWorthParts) {
    close(file);
    return std::shared_ptr<const TextSource>();
  }
  return std::make_shared<TextFile>(path, file, opened);
}

absl::StatusOr<std::string> ReadTextFile(const std::string& path) {
  const auto failed = [&] { return CannotRead(path); };
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (file == nullptr) return failed();
  std::string text;
  std::error_code unknown;  // a pipe has no size, and is read all the same
  if (const auto size = std::filesystem::file_size(path, unknown); !unknown) {
    text.reserve(size);
    UseHugePages(text.data(), size);
  }
  char buffer[1 << 16];
  while (const size_t read = std::fread(buffer, 1, sizeof(buffer), file.get())) text.append(buffer, read);
  if (std::ferror(file.get()) != 0) return failed();
  return text;
}

}  // namespace dossier::store_internal
