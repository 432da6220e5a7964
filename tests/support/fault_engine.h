// An engine that fails where a test says so: the Nth write, or the Nth read, and every one after it.
#ifndef DOSSIER_TESTS_SUPPORT_FAULT_ENGINE_H_
#define DOSSIER_TESTS_SUPPORT_FAULT_ENGINE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/key_value_engine.h"
#include "store/store_error.h"

namespace dossier::store_internal {

// Shared by the engine, its views and the test.
struct Faults {
  std::atomic<int64_t> writes_left{INT64_MAX};  // that succeed
  std::atomic<int64_t> reads_left{INT64_MAX};
  int number = 0;  // of the error that comes then
  std::atomic<int64_t> reads{0};

  absl::Status Read() {
    ++reads;
    return --reads_left < 0 ? StoreError(number, "injected") : absl::OkStatus();
  }
};

class FaultCursor : public Cursor {
 public:
  FaultCursor(std::unique_ptr<Cursor> base, std::shared_ptr<Faults> faults)
      : base_(std::move(base)), faults_(std::move(faults)), status_(faults_->Read()) {}
  bool Valid() const override { return status_.ok() && base_->Valid(); }
  void Next() override {
    status_ = faults_->Read();
    if (status_.ok()) base_->Next();
  }
  void Seek(std::string_view key) override {
    status_ = faults_->Read();
    if (status_.ok()) base_->Seek(key);
  }
  std::string_view key() const override { return base_->key(); }
  std::string_view value() const override { return base_->value(); }
  absl::Status status() const override { return status_.ok() ? base_->status() : status_; }

 private:
  std::unique_ptr<Cursor> base_;
  std::shared_ptr<Faults> faults_;
  absl::Status status_;
};

class FaultView : public KeyValueView {
 public:
  FaultView(std::shared_ptr<const KeyValueView> base, std::shared_ptr<Faults> faults)
      : base_(std::move(base)), faults_(std::move(faults)) {}
  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const override {
    if (absl::Status status = faults_->Read(); !status.ok()) return status;
    return base_->Get(key);
  }
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      const std::vector<std::string>& keys) const override {
    if (absl::Status status = faults_->Read(); !status.ok()) return status;
    return base_->MultiGet(keys);
  }
  std::unique_ptr<Cursor> Scan(std::string_view prefix, bool sweep) const override {
    return std::make_unique<FaultCursor>(base_->Scan(prefix, sweep), faults_);
  }

 private:
  std::shared_ptr<const KeyValueView> base_;
  std::shared_ptr<Faults> faults_;
};

class FaultEngine : public KeyValueEngine {
 public:
  FaultEngine(std::unique_ptr<KeyValueEngine> base, std::shared_ptr<Faults> faults)
      : base_(std::move(base)), faults_(std::move(faults)) {}
  absl::StatusOr<std::shared_ptr<const KeyValueView>> View() const override {
    auto view = base_->View();
    if (!view.ok()) return view.status();
    return std::make_shared<FaultView>(*std::move(view), faults_);
  }
  absl::Status Write(const Batch& batch, bool sync) override {
    if (--faults_->writes_left < 0) return StoreError(faults_->number, "injected");
    return base_->Write(batch, sync);
  }
  absl::Status VerifyChecksums() const override { return base_->VerifyChecksums(); }
  absl::StatusOr<uint64_t> BytesOnDisk() const override { return base_->BytesOnDisk(); }

 private:
  std::unique_ptr<KeyValueEngine> base_;
  std::shared_ptr<Faults> faults_;
};

}  // namespace dossier::store_internal

#endif  // DOSSIER_TESTS_SUPPORT_FAULT_ENGINE_H_
