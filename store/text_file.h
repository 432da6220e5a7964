// A file's bytes, read whole.
#ifndef DOSSIER_STORE_TEXT_FILE_H_
#define DOSSIER_STORE_TEXT_FILE_H_

#include <string>

#include "absl/status/statusor.h"

namespace dossier::store_internal {

// kNotFound E4030 where it is not there or no file, kPermissionDenied E4009, kInternal E4011 where reading fails.
absl::StatusOr<std::string> ReadTextFile(const std::string& path);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_TEXT_FILE_H_
