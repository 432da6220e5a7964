// Ctrl-C: the first one asks whatever runs to stop cleanly, a second one ends the process.
#ifndef DOSSIER_TOOLS_INTERRUPT_H_
#define DOSSIER_TOOLS_INTERRUPT_H_

#include <atomic>

namespace dossier {

// From now on SIGINT and SIGTERM set the flag that comes back, which lives as long as the process.
const std::atomic<bool>* WatchForInterrupt();

}  // namespace dossier

#endif  // DOSSIER_TOOLS_INTERRUPT_H_
