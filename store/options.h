// How a store is opened. Every field has a default that fits a laptop and a store of some million claims.
#ifndef DOSSIER_STORE_OPTIONS_H_
#define DOSSIER_STORE_OPTIONS_H_

#include <cstddef>
#include <cstdint>

namespace dossier {

struct StoreOptions {
  // Open for reading alone. Takes no lock, so any number of readers go beside one writer; sees what was committed
  // before the opening, never what came after. Commit() and the like answer kFailedPrecondition.
  bool read_only = false;

  // Map the image file, where there is one for the present state (store/image_loader.h). Off: sessions build the image
  // from the records, whatever files there are.
  bool use_image = true;

  // A commit comes back only when it would survive a power cut (fsync). Off: it survives the death of the process,
  // not that of the machine; the store stays whole either way, and loses at most its last commits.
  bool sync = true;

  // Memory that blocks read from disk may take, in bytes. Larger helps where claims are cited all over a large store.
  size_t block_cache_bytes = size_t{32} << 20;

  // Memory that a running load may fill before it is written out, in bytes. Larger makes large loads faster.
  size_t write_buffer_bytes = size_t{64} << 20;
};

}  // namespace dossier

#endif  // DOSSIER_STORE_OPTIONS_H_
