#include "store/text_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

#include "graph/base/huge_pages.h"
#include "graph/base/text.h"
#include "store/error_codes.h"
#include "store/store_error.h"

namespace dossier::store_internal {

absl::StatusOr<std::string> ReadTextFile(const std::string& path) {
  const auto failed = [&] {
    const int number = errno == ENOENT || errno == EISDIR || errno == ENOTDIR ? kNoSuchPath
                       : errno == EACCES || errno == EPERM                    ? kStoreNotPermitted
                                                                              : kStoreIo;
    return StoreError(number, StrCat("cannot read ", path, ": ", std::strerror(errno)));
  };
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
