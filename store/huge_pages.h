// Memory that is about to be filled from one end to the other, or read at random, is had cheaper in large pages: a
// fault and an entry of the processor's table for two megabytes instead of 512 of each.
#ifndef DOSSIER_STORE_HUGE_PAGES_H_
#define DOSSIER_STORE_HUGE_PAGES_H_

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>

namespace dossier::store_internal {

// Asks for them for what lies wholly within [begin, begin + bytes), before it is first touched. The system may not have
// any, and nothing but the time it takes depends on it.
inline void UseHugePages(void* begin, size_t bytes) {
  constexpr uintptr_t kPage = uintptr_t{2} << 20;
  const uintptr_t first = (reinterpret_cast<uintptr_t>(begin) + kPage - 1) & ~(kPage - 1);
  const uintptr_t end = (reinterpret_cast<uintptr_t>(begin) + bytes) & ~(kPage - 1);
  if (first < end) madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);
}

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_HUGE_PAGES_H_
