// A file's bytes, read whole or in parts.
#ifndef DOSSIER_STORE_TEXT_FILE_H_
#define DOSSIER_STORE_TEXT_FILE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "schema/claim_file_reader.h"

namespace dossier::store_internal {

// kNotFound E4030 where it is not there or no file, kPermissionDenied E4009, kInternal E4011 where reading fails.
absl::StatusOr<std::string> ReadTextFile(const std::string& path);

// The same file to be read in parts, as long as it stays as it is: kFailedPrecondition E4035 once it has changed. Null
// for what is no regular file, or so small that it may as well be read whole.
absl::StatusOr<std::shared_ptr<const TextSource>> OpenTextFile(const std::string& path);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_TEXT_FILE_H_
