// Which group a row belongs to, by the values of some slots: a look-up in an array where they come as codes of few
// values, in a hash table of codes or of values otherwise.
#ifndef DOSSIER_QUERY_GROUP_INDEX_H_
#define DOSSIER_QUERY_GROUP_INDEX_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "query/batch.h"
#include "query/row_key.h"

namespace dossier {

class GroupIndex {
 public:
  // Slots must outlive the index. Without any there is one group.
  explicit GroupIndex(const std::vector<Slot>* keys) : keys_(*keys) {}

  // The group of each row of `batch`; calls `add(row)` for the first row of each new group, which are numbered as they
  // come. `groups` must have, under the same slots, a row for each group that there is.
  template <typename Add>
  void GroupsOf(const Batch& batch, const Batch& groups, std::vector<uint32_t>* found, const Add& add) {
    found->clear();
    if (keys_.empty()) {
      if (count_ == 0 && !batch.empty()) {
        add(0);
        count_ = 1;
      }
      return found->resize(batch.rows(), 0);
    }
    if (by_code_ && !TakesCodesOf(batch)) BecomeByValue(groups);
    found->resize(batch.rows());
    const bool two = keys_.size() > 1;
    const uint32_t* const first = by_code_ ? batch.column(keys_[0]).numbers().data() : nullptr;
    const uint32_t* const second = by_code_ && two ? batch.column(keys_[1]).numbers().data() : nullptr;
    for (uint32_t row = 0; row < batch.rows(); ++row) {
      uint32_t* const group =
          first == nullptr ? ByValue(batch, row) : ByCodes(first[row], second == nullptr ? 0 : second[row]);
      if (*group == kNew) {
        *group = count_++;
        add(row);
      }
      (*found)[row] = *group;
    }
  }
  void Clear();
  // About how many bytes it takes.
  uint64_t bytes() const;

 private:
  static constexpr uint32_t kNew = ~uint32_t{0};
  static constexpr size_t kMostCodes = 2;                    // of a key, to fit into 64 bits
  static constexpr uint64_t kMostCells = uint64_t{1} << 20;  // of the array

  // Whether the batch has codes of the same coders as those before it.
  bool TakesCodesOf(const Batch& batch);
  void BecomeByValue(const Batch& groups);
  // Of one key, or of two.
  uint32_t* ByCodes(uint32_t a, uint32_t b) {
    if (a < usual_first_ && b < usual_second_) return &cells_[uint64_t{a} * usual_second_ + b];
    return &by_codes_.try_emplace(uint64_t{a} << 32 | b, kNew).first->second;
  }
  uint32_t* ByValue(const Batch& batch, uint32_t row) {
    return &by_values_.try_emplace(KeyOf(batch, row, keys_), kNew).first->second;
  }

  const std::vector<Slot>& keys_;
  bool by_code_ = true;
  std::vector<const ValueCoder*> coders_;  // of the keys, once they are known
  // How many codes of each are usual, and the groups by these, mixed; none where they are too many.
  uint32_t usual_first_ = 0, usual_second_ = 0;
  std::vector<uint32_t> cells_;
  absl::flat_hash_map<uint64_t, uint32_t> by_codes_;
  absl::flat_hash_map<RowKey, uint32_t, RowKeyHash, RowKeyEqual> by_values_;
  uint32_t count_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_GROUP_INDEX_H_
