// The engine on RocksDB: one column family, checksums always verified.
#ifndef DOSSIER_STORE_ROCKS_ENGINE_H_
#define DOSSIER_STORE_ROCKS_ENGINE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "store/key_value_engine.h"
#include "store/options.h"

namespace dossier::store_internal {

// Whether a folder looks like what RocksDB makes: it has a CURRENT file; or, `unfinished`, nothing but what RocksDB
// writes before that one.
bool LooksLikeRocks(const std::string& folder);
bool LooksLikeUnfinishedRocks(const std::string& folder);

// `create`: makes the database where there is none. Errors: busy, damaged, disk full, not permitted (E4005 to E4011).
absl::StatusOr<std::unique_ptr<KeyValueEngine>> OpenRocksEngine(const std::string& path, bool create,
                                                                const StoreOptions& options);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_ROCKS_ENGINE_H_
