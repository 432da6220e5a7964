#include "query/group_index.h"

namespace dossier {

bool GroupIndex::TakesCodesOf(const Batch& batch) {
  if (keys_.empty() || keys_.size() > kMostCodes) return false;
  const bool first = coders_.empty();
  for (size_t i = 0; i < keys_.size(); ++i) {
    const BatchColumn& column = batch.column(keys_[i]);
    if (column.kind() != BatchColumn::Kind::kCodes) return false;
    if (!first && column.coder() != coders_[i]) return false;
  }
  if (!first) return true;
  for (const Slot slot : keys_) coders_.push_back(batch.column(slot).coder());
  const uint32_t a = coders_[0]->usual_codes(), b = keys_.size() > 1 ? coders_[1]->usual_codes() : 1;
  if (uint64_t{a} * b <= kMostCells) {
    usual_first_ = a;
    usual_second_ = b;
    cells_.assign(uint64_t{a} * b, kNew);
  }
  return true;
}

void GroupIndex::BecomeByValue(const Batch& groups) {
  by_code_ = false;
  coders_.clear();
  usual_first_ = usual_second_ = 0;
  cells_ = {};
  by_codes_.clear();
  for (uint32_t group = 0; group < count_; ++group) *ByValue(groups, group) = group;
}

void GroupIndex::Clear() {
  by_code_ = true;
  coders_.clear();
  usual_first_ = usual_second_ = 0;
  cells_ = {};
  by_codes_.clear();
  by_values_.clear();
  count_ = 0;
}

uint64_t GroupIndex::bytes() const {
  uint64_t bytes = cells_.size() * sizeof(uint32_t) + by_codes_.size() * 16;
  if (!by_values_.empty()) bytes += by_values_.size() * BytesOf(by_values_.begin()->first);
  return bytes;
}

}  // namespace dossier
