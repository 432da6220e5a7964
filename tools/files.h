// Files that the command reads and writes as a whole.
#ifndef DOSSIER_TOOLS_FILES_H_
#define DOSSIER_TOOLS_FILES_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace dossier {

// The file's bytes; "-" is standard input. E9011 if it cannot be read.
absl::StatusOr<std::string> ReadWholeFile(const std::string& path);

// Makes the file, or replaces it once all is written. E9012 if it cannot be written; an old file is then as it was.
absl::Status WriteWholeFile(const std::string& path, std::string_view text);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_FILES_H_
