// Memory that is about to be filled from one end to the other, or read at random, is had cheaper in large pages: a
// fault and an entry of the processor's table for two megabytes instead of 512 of each.
#ifndef DOSSIER_GRAPH_BASE_HUGE_PAGES_H_
#define DOSSIER_GRAPH_BASE_HUGE_PAGES_H_

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dossier {

// Asks for them for what lies wholly within [begin, begin + bytes), before it is first touched. The system may not have
// any, and nothing but the time it takes depends on it.
inline void UseHugePages(void* begin, size_t bytes) {
  constexpr uintptr_t kPage = uintptr_t{2} << 20;
  const uintptr_t first = (reinterpret_cast<uintptr_t>(begin) + kPage - 1) & ~(kPage - 1);
  const uintptr_t end = (reinterpret_cast<uintptr_t>(begin) + bytes) & ~(kPage - 1);
  if (first < end) madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);
}

// Room for so many items, in such pages where there is enough of it.
template <typename T>
void ReserveHuge(size_t items, std::vector<T>* vector) {
  if (items <= vector->capacity()) return;
  vector->reserve(items);
  UseHugePages(vector->data(), items * sizeof(T));
}

template <typename T>
std::vector<T> HugeVector(size_t items, const T& item = T()) {
  std::vector<T> vector;
  ReserveHuge(items, &vector);
  vector.assign(items, item);
  return vector;
}

}  // namespace dossier

#endif  // DOSSIER_GRAPH_BASE_HUGE_PAGES_H_
