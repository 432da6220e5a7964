#include "graph/image_archive.h"

#include <utility>

namespace dossier {

void LentPart::Lend(std::vector<Bytes> memory, std::function<void(Bytes)> check) {
  state_ = std::make_unique<State>();
  uint64_t size = 0;
  for (const Bytes bytes : memory) size += bytes.size();
  // A look costs some five nanoseconds, and checking everything a tenth of one a byte.
  state_->enough_looks = 1024 + size / 256;
  state_->memory = std::move(memory);
  state_->check = std::move(check);
}

void LentPart::Check(Bytes bytes) const {
  if (ready() || bytes.empty()) return;
  const uint64_t looks =
      state_->looks.load(std::memory_order_relaxed);  // of threads that look at once some are not counted
  if (looks >= state_->enough_looks) return CheckAll();
  state_->looks.store(looks + 1, std::memory_order_relaxed);
  state_->check(bytes);
}

void LentPart::CheckAll() const {
  for (const Bytes bytes : state_->memory) {
    if (!bytes.empty()) state_->check(bytes);
  }
  state_->ready.store(true, std::memory_order_release);
}

}  // namespace dossier
