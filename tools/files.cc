#include "tools/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

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
  // A file appears whole or not at all, by renaming; what is no file (a device, a pipe) would be replaced by one.
  std::error_code unknown;
  const auto type = std::filesystem::status(path, unknown).type();
  const bool in_place = type != std::filesystem::file_type::regular && type != std::filesystem::file_type::not_found;
  const std::string draft = in_place ? path : path + ".part";
  File file(std::fopen(draft.c_str(), "wb"));
  if (file == nullptr) return FileError(kFileNotWritten, path, "cannot be written");
  const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() &&
                       std::fflush(file.get()) == 0;
  if (!written || std::fclose(file.release()) != 0 ||
      (!in_place && std::rename(draft.c_str(), path.c_str()) != 0)) {
    absl::Status error = FileError(kFileNotWritten, path, "cannot be written");
    if (!in_place) std::remove(draft.c_str());
    return error;
  }
  return absl::OkStatus();
}

}  // namespace dossier
