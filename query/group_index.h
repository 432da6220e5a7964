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
    for (uint32_t row = 0; row < batch.rows(); ++row) {
      uint32_t* const group = by_code_ ? ByCode(batch, row) : ByValue(batch, row);
      if (*group == kNew) {
        *group = count_++;
        add(row);
      }
      found->push_back(*group);
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
  uint32_t* ByCode(const Batch& batch, uint32_t row) {
    uint64_t key = 0, cell = 0;
    bool usual = !cells_.empty();
    for (size_t i = 0; i < keys_.size(); ++i) {
      const uint32_t code = batch.column(keys_[i]).numbers()[row];
      key = key << 32 | code;
      usual = usual && code < usual_codes_[i];
      cell = cell * usual_codes_[i] + code;
    }
    return usual ? &cells_[cell] : &by_codes_.try_emplace(key, kNew).first->second;
  }
  uint32_t* ByValue(const Batch& batch, uint32_t row) {
    return &by_values_.try_emplace(KeyOf(batch, row, keys_), kNew).first->second;
  }

  const std::vector<Slot>& keys_;
  bool by_code_ = true;
  std::vector<const ValueCoder*> coders_;  // of the keys, once they are known
  std::vector<uint32_t> usual_codes_;      // of each
  std::vector<uint32_t> cells_;            // by the codes that are usual, mixed; empty where those are too many
  absl::flat_hash_map<uint64_t, uint32_t> by_codes_;
  absl::flat_hash_map<RowKey, uint32_t, RowKeyHash, RowKeyEqual> by_values_;
  uint32_t count_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_GROUP_INDEX_H_
