// rocksdb::Status -> absl::Status, with nothing lost: the class by what a caller can do about it, the engine's words
// (which name the file) in the cause. Private to the RocksDB engine.
#ifndef DOSSIER_STORE_ROCKS_STATUS_H_
#define DOSSIER_STORE_ROCKS_STATUS_H_

#include <string_view>

#include "absl/status/status.h"
#include "rocksdb/status.h"

namespace dossier::store_internal {

// `doing` begins the message: "cannot open my.db".
absl::Status FromRocks(const rocksdb::Status& status, std::string_view doing);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_ROCKS_STATUS_H_
