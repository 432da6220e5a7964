#include "store/memory_engine.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace dossier::store_internal {
namespace {

using Entries = std::map<std::string, std::string, std::less<>>;

class MemoryCursor : public Cursor {
 public:
  MemoryCursor(std::shared_ptr<const Entries> entries, std::string prefix)
      : entries_(std::move(entries)), prefix_(std::move(prefix)), at_(entries_->lower_bound(prefix_)) {}
  bool Valid() const override { return at_ != entries_->end() && at_->first.starts_with(prefix_); }
  void Next() override { ++at_; }
  void Seek(std::string_view key) override { at_ = entries_->lower_bound(std::max<std::string_view>(key, prefix_)); }
  std::string_view key() const override { return at_->first; }
  std::string_view value() const override { return at_->second; }
  absl::Status status() const override { return absl::OkStatus(); }

 private:
  std::shared_ptr<const Entries> entries_;
  std::string prefix_;
  Entries::const_iterator at_;
};

class MemoryView : public KeyValueView {
 public:
  explicit MemoryView(std::shared_ptr<const Entries> entries) : entries_(std::move(entries)) {}
  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const override {
    const auto at = entries_->find(key);
    return at == entries_->end() ? std::nullopt : std::optional<std::string>(at->second);
  }
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      const std::vector<std::string>& keys) const override {
    std::vector<std::optional<std::string>> found;
    for (const std::string& key : keys) found.push_back(*Get(key));
    return found;
  }
  std::unique_ptr<Cursor> Scan(std::string_view prefix, bool /*sweep*/) const override {
    return std::make_unique<MemoryCursor>(entries_, std::string(prefix));
  }

 private:
  std::shared_ptr<const Entries> entries_;
};

class MemoryEngine : public KeyValueEngine {
 public:
  absl::StatusOr<std::shared_ptr<const KeyValueView>> View() const override {
    const std::lock_guard lock(mutex_);
    return std::make_shared<MemoryView>(entries_);
  }
  absl::Status Write(const Batch& batch, bool /*sync*/) override {
    const std::lock_guard lock(mutex_);
    auto changed = std::make_shared<Entries>(*entries_);
    for (const Batch::Change& change : batch.changes()) {
      if (change.value.has_value()) {
        (*changed)[change.key] = *change.value;
      } else {
        changed->erase(change.key);
      }
    }
    entries_ = std::move(changed);
    return absl::OkStatus();
  }
  absl::Status VerifyChecksums() const override { return absl::OkStatus(); }
  absl::StatusOr<uint64_t> BytesOnDisk() const override { return 0; }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Entries> entries_ = std::make_shared<const Entries>();
};

}  // namespace

std::unique_ptr<KeyValueEngine> MakeMemoryEngine() { return std::make_unique<MemoryEngine>(); }

}  // namespace dossier::store_internal
