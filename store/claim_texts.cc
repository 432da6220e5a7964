#include "store/claim_texts.h"

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/view.h"

namespace dossier::store_internal {
namespace {

// A reader of one property of a claim soon asks for another of the same.
class SnapshotClaimTexts : public ClaimTexts {
 public:
  explicit SnapshotClaimTexts(Snapshot snapshot) : snapshot_(std::move(snapshot)) {}

  std::string IdOf(ClaimId claim) const override {
    auto id = snapshot_.view().ClaimIdOf(claim.value);
    if (!id.ok()) Failed(id.status());
    return std::move(id).value_or(std::string());
  }
  ClaimId Find(std::string_view id) const override {
    const auto number = snapshot_.view().FindClaim(id);
    if (!number.ok()) Failed(number.status());
    return number.ok() && number->has_value() ? **number : ClaimId();
  }
  Value Read(ClaimId claim, std::string_view name) const override {
    if (name == "id") return Value::String(IdOf(claim));
    for (auto& [field, value] : ReadAll(claim)) {
      if (field == name) return std::move(value);
    }
    return Value::Null();
  }
  std::vector<std::pair<std::string, Value>> ReadAll(ClaimId number) const override {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (number != last_number_) {
      absl::StatusOr<StoredClaim> stored = snapshot_.GetClaim(number);
      if (!stored.ok()) Failed(stored.status());
      last_number_ = stored.ok() ? number : ClaimId();
      last_ = stored.ok() ? std::move(stored->claim) : Claim();
    }
    std::vector<std::pair<std::string, Value>> all;
    const auto add = [&](std::string_view name, std::string_view text) {
      if (!text.empty()) all.emplace_back(name, Value::String(text));
    };
    add("id", last_.id);
    add("hedge", last_.hedge);
    add("quote", last_.quote);
    add("locator", last_.locator.ToText());
    add("note", last_.note);
    add("cites_note", last_.cites.note);
    add("cites_state", Name(last_.cites.state));
    return all;
  }
  uint64_t failures() const override { return failures_.load(std::memory_order_acquire); }
  absl::Status last_failure() const override {
    const std::lock_guard<std::mutex> lock(failure_mutex_);
    return last_failure_;
  }

 private:
  void Failed(absl::Status status) const {
    const std::lock_guard<std::mutex> lock(failure_mutex_);
    last_failure_ = std::move(status);
    failures_.fetch_add(1, std::memory_order_release);
  }

  const Snapshot snapshot_;
  mutable std::atomic<uint64_t> failures_ = 0;
  mutable std::mutex failure_mutex_;
  mutable absl::Status last_failure_;
  mutable std::mutex mutex_;
  mutable ClaimId last_number_;
  mutable Claim last_;
};

}  // namespace

std::shared_ptr<const ClaimTexts> MakeClaimTexts(Snapshot snapshot) {
  return std::make_shared<SnapshotClaimTexts>(std::move(snapshot));
}

}  // namespace dossier::store_internal
