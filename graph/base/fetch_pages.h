// Memory that is about to be filled, had from the system beforehand by a thread that has nothing else to do. Where the
// system clears what it gives, or has to ask for it itself, that takes longer than the filling.
#ifndef DOSSIER_GRAPH_BASE_FETCH_PAGES_H_
#define DOSSIER_GRAPH_BASE_FETCH_PAGES_H_

#include <sys/mman.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dossier {

// Whoever fills the memory may do so meanwhile. Where the system cannot do it beforehand, it gives pages as they are
// touched, as ever.
inline void FetchPages(const void* begin, size_t bytes) {
#ifdef MADV_POPULATE_WRITE
  constexpr uintptr_t kPage = uintptr_t{2} << 20, kAtOnce = 4 * kPage;  // nobody else gets memory meanwhile
  uintptr_t at = (reinterpret_cast<uintptr_t>(begin) + kPage - 1) & ~(kPage - 1);
  const uintptr_t end = (reinterpret_cast<uintptr_t>(begin) + bytes) & ~(kPage - 1);
  for (uintptr_t next = at; at < end; at = next) {
    next = std::min(at + kAtOnce, end);
    if (madvise(reinterpret_cast<void*>(at), next - at, MADV_POPULATE_WRITE) != 0) return;
  }
#else
  (void)begin;
  (void)bytes;
#endif
}

// Of the room that a vector has, the part of its first so many items.
template <typename T>
void FetchPages(const std::vector<T>& vector, size_t items) {
  FetchPages(vector.data(), std::min(items, vector.capacity()) * sizeof(T));
}

}  // namespace dossier

#endif  // DOSSIER_GRAPH_BASE_FETCH_PAGES_H_
