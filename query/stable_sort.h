// A stable sort that can be stopped: sorting ten million values takes seconds.
#ifndef DOSSIER_QUERY_STABLE_SORT_H_
#define DOSSIER_QUERY_STABLE_SORT_H_

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace dossier {

// Sorts `items` by `less`, equal ones staying in order. `go_on(steps)` is asked every few thousand comparisons; once it
// says no, false comes back, and the items are in any order and some of them may be lost.
template <typename T, typename Less, typename GoOn>
bool StableSort(std::vector<T>* items, const Less& less, const GoOn& go_on) {
  constexpr size_t kRun = 1024;  // items sorted, or merged, between two looks
  const size_t count = items->size();
  for (size_t at = 0; at < count; at += kRun) {
    const auto begin = items->begin() + static_cast<std::ptrdiff_t>(at);
    std::stable_sort(begin, begin + static_cast<std::ptrdiff_t>(std::min(kRun, count - at)), less);
    if (!go_on(kRun)) return false;
  }
  std::vector<T> merged(count > kRun ? count : 0);
  for (size_t width = kRun; width < count; width *= 2) {
    for (size_t at = 0; at < count; at += 2 * width) {
      size_t left = at, right = std::min(at + width, count), to = at;
      const size_t left_end = right, right_end = std::min(at + 2 * width, count);
      while (to < right_end) {
        const bool from_right = left == left_end || (right < right_end && less((*items)[right], (*items)[left]));
        merged[to++] = std::move((*items)[from_right ? right++ : left++]);
        if (to % kRun == 0 && !go_on(kRun)) return false;
      }
    }
    items->swap(merged);
  }
  return true;
}

}  // namespace dossier

#endif  // DOSSIER_QUERY_STABLE_SORT_H_
