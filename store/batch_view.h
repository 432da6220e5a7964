// What a store will hold once a batch is written, before it is: for whoever makes something of the new state while the
// engine writes it down.
#ifndef DOSSIER_STORE_BATCH_VIEW_H_
#define DOSSIER_STORE_BATCH_VIEW_H_

#include <memory>

#include "store/key_value_engine.h"

namespace dossier::store_internal {

// Precondition: `batch` is sorted. Errors are those of `before`.
std::shared_ptr<const KeyValueView> ViewAfter(std::shared_ptr<const KeyValueView> before,
                                              std::shared_ptr<const Batch> batch);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_BATCH_VIEW_H_
