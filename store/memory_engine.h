// An engine in memory: for tests, and for trying the layers above without a disk. Each batch copies all keys.
#ifndef DOSSIER_STORE_MEMORY_ENGINE_H_
#define DOSSIER_STORE_MEMORY_ENGINE_H_

#include <memory>

#include "store/key_value_engine.h"

namespace dossier::store_internal {

std::unique_ptr<KeyValueEngine> MakeMemoryEngine();

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_MEMORY_ENGINE_H_
