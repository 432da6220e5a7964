#include "store/fail_point.h"

#ifdef DOSSIER_FAIL_POINTS
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>

namespace dossier::store_internal {

void ReachFailPoint(const char* name) {
  static std::mutex mutex;
  static int times = 0;
  const std::lock_guard lock(mutex);
  const char* wanted = std::getenv("DOSSIER_FAIL_AT");
  if (wanted == nullptr) return;
  std::string_view at = wanted;
  int turn = 1;
  if (const size_t colon = at.find(':'); colon != std::string_view::npos) {
    turn = std::atoi(wanted + colon + 1);
    at = at.substr(0, colon);
  }
  if (at == name && ++times == turn) std::raise(SIGKILL);
}

}  // namespace dossier::store_internal
#endif
