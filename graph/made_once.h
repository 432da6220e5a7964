// Something that is made when it is first asked for, once, by whichever thread comes first.
#ifndef DOSSIER_GRAPH_MADE_ONCE_H_
#define DOSSIER_GRAPH_MADE_ONCE_H_

#include <atomic>
#include <mutex>

namespace dossier {

template <typename T>
class MadeOnce {
 public:
  // `make(&value)` fills in what is empty so far.
  template <typename Make>
  [[gnu::always_inline]] const T& Get(const Make& make) const {
    if (!made_.load(std::memory_order_acquire)) [[unlikely]] {
      std::call_once(once_, [&] {
        make(&value_);
        made_.store(true, std::memory_order_release);
      });
    }
    return value_;
  }

 private:
  mutable std::once_flag once_;
  mutable std::atomic<bool> made_ = false;
  mutable T value_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_MADE_ONCE_H_
