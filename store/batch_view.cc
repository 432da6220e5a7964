#include "store/batch_view.h"

#include <algorithm>
#include <string>
#include <utility>

#include "graph/base/status_macros.h"

namespace dossier::store_internal {
namespace {

// The place in batch.order() of the first key that is not less.
size_t PlaceInOrder(const Batch& batch, std::string_view key) {
  const auto before = [&batch](uint32_t place, std::string_view wanted) { return batch.changes()[place].key < wanted; };
  return static_cast<size_t>(std::lower_bound(batch.order().begin(), batch.order().end(), key, before) -
                             batch.order().begin());
}

// Walks both at once. A key of the batch hides that of the view before.
class MergingCursor : public Cursor {
 public:
  MergingCursor(std::unique_ptr<Cursor> before, std::shared_ptr<const Batch> batch, std::string_view prefix)
      : before_(std::move(before)), batch_(std::move(batch)), prefix_(prefix), at_(PlaceInOrder(*batch_, prefix)) {
    Settle();
  }
  bool Valid() const override { return change_ != nullptr || before_->Valid(); }
  void Next() override {
    if (change_ != nullptr) {
      ++at_;
    } else {
      before_->Next();
    }
    Settle();
  }
  void Seek(std::string_view key) override {
    before_->Seek(key);
    at_ = PlaceInOrder(*batch_, std::max<std::string_view>(key, prefix_));
    Settle();
  }
  std::string_view key() const override { return change_ != nullptr ? std::string_view(change_->key) : before_->key(); }
  std::string_view value() const override {
    return change_ != nullptr ? std::string_view(*change_->value) : before_->value();
  }
  absl::Status status() const override { return before_->status(); }

 private:
  // Finds which of the two is next: the batch where change_ is set, else the view before, if it has any more.
  void Settle() {
    for (;; ++at_) {
      change_ = at_ < batch_->order().size() ? &batch_->changes()[batch_->order()[at_]] : nullptr;
      if (change_ != nullptr && !change_->key.starts_with(prefix_)) change_ = nullptr;
      if (change_ == nullptr) return;
      if (before_->Valid()) {
        if (before_->key() < change_->key) {
          change_ = nullptr;
          return;
        }
        if (before_->key() == change_->key) before_->Next();
      }
      if (change_->value.has_value()) return;
    }
  }

  std::unique_ptr<Cursor> before_;
  std::shared_ptr<const Batch> batch_;
  const std::string prefix_;
  size_t at_;
  const Batch::Change* change_ = nullptr;
};

class BatchView : public KeyValueView {
 public:
  BatchView(std::shared_ptr<const KeyValueView> before, std::shared_ptr<const Batch> batch)
      : before_(std::move(before)), batch_(std::move(batch)) {}

  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const override {
    const Batch::Change* const change = Find(key);
    return change == nullptr ? before_->Get(key) : change->value;
  }
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      const std::vector<std::string>& keys) const override {
    ASSIGN_OR_RETURN(std::vector<std::optional<std::string>> found, before_->MultiGet(keys));
    for (size_t i = 0; i < keys.size(); ++i) {
      if (const Batch::Change* const change = Find(keys[i])) found[i] = change->value;
    }
    return found;
  }
  std::unique_ptr<Cursor> Scan(std::string_view prefix, bool sweep) const override {
    return std::make_unique<MergingCursor>(before_->Scan(prefix, sweep), batch_, prefix);
  }

 private:
  const Batch::Change* Find(std::string_view key) const {
    const size_t at = PlaceInOrder(*batch_, key);
    if (at == batch_->order().size()) return nullptr;
    const Batch::Change& change = batch_->changes()[batch_->order()[at]];
    return change.key == key ? &change : nullptr;
  }

  const std::shared_ptr<const KeyValueView> before_;
  const std::shared_ptr<const Batch> batch_;
};

}  // namespace

std::shared_ptr<const KeyValueView> ViewAfter(std::shared_ptr<const KeyValueView> before,
                                              std::shared_ptr<const Batch> batch) {
  return std::make_shared<BatchView>(std::move(before), std::move(batch));
}

}  // namespace dossier::store_internal
