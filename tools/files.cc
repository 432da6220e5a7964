#include "tools/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "tools/error_codes.h"

namespace dossier {
namespace {

struct CloseFile {
  void operator()(FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};
using File = std::unique_ptr<FILE, CloseFile>;

absl::Status FileError(int number, const std::string& path, std::string_view what) {
  const std::string reason = std::strerror(errno);
  return ToStatus(absl::StatusCode::kInvalidArgument,
                  Diagnostic{.number = number, .file = path, .cause = StrCat(what, ": ", reason)});
}

}  // namespace

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  const File file(path == "-" ? stdin : std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return FileError(kFileNotRead, path, "cannot be read");
  std::string text;
  char buffer[1 << 16];
  size_t got = 0;
  while ((got = std::fread(buffer, 1, sizeof(buffer), file.get())) > 0) text.append(buffer, got);
  if (std::ferror(file.get()) != 0) return FileError(kFileNotRead, path, "cannot be read");
  return text;
}

absl::Status WriteWholeFile(const std::string& path, std::string_view text) {
  const std::string draft = path + ".part";
  File file(std::fopen(draft.c_str(), "wb"));
  if (file == nullptr) return FileError(kFileNotWritten, path, "cannot be written");
  const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() &&
                       std::fflush(file.get()) == 0;
  if (!written || std::fclose(file.release()) != 0 || std::rename(draft.c_str(), path.c_str()) != 0) {
    absl::Status error = FileError(kFileNotWritten, path, "cannot be written");
    std::remove(draft.c_str());
    return error;
  }
  return absl::OkStatus();
}

}  // namespace dossier
