#include "query/execution.h"

#include <algorithm>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "query/derivations.h"
#include "query/error_codes.h"
#include "query/operator.h"

namespace dossier {
namespace {

std::string MemoryText(uint64_t bytes) {
  constexpr uint64_t kMebibyte = uint64_t{1} << 20;
  return bytes % kMebibyte == 0 ? StrCat(bytes / kMebibyte, " MiB") : StrCat(bytes, " bytes");
}

}  // namespace

ExecutionState::ExecutionState(const QueryLimits& limits, const std::atomic<bool>* cancelled, bool track_sources)
    : limits_(limits),
      cancelled_(cancelled),
      track_sources_(track_sources),
      started_(std::chrono::steady_clock::now()) {}

ExecutionState::~ExecutionState() = default;

absl::Status ExecutionState::Check() {
  if (cancelled_ != nullptr && cancelled_->load(std::memory_order_relaxed)) {
    return ToStatus(absl::StatusCode::kCancelled, {.number = kCancelled, .cause = "the query was cancelled"});
  }
  if (limits_.time.has_value() && std::chrono::steady_clock::now() - started_ > *limits_.time) {
    return ToStatus(absl::StatusCode::kDeadlineExceeded,
                    {.number = kOutOfTime,
                     .cause = StrCat("the query ran longer than ", limits_.time->count(), " ms"),
                     .rule = "the limit of time",
                     .hint = "narrow the pattern, bound its quantifiers, or raise the limit"});
  }
  return derivations_ == nullptr ? absl::OkStatus() : derivations_->status();
}

QueryLimits ExecutionState::LimitsLeft() const {
  QueryLimits left = limits_;
  if (left.time.has_value()) {
    const auto spent = std::chrono::steady_clock::now() - started_;
    left.time = std::max(std::chrono::milliseconds(0),
                         *left.time - std::chrono::duration_cast<std::chrono::milliseconds>(spent));
  }
  // No memory at all would mean no limit.
  if (left.memory_bytes != 0) left.memory_bytes -= std::min(left.memory_bytes - 1, held_bytes_);
  return left;
}

void ExecutionState::KeepDerivations() { derivations_ = std::make_unique<Derivations>(this); }

absl::Status ExecutionState::HoldBytes(uint64_t bytes) {
  held_bytes_ += bytes;
  if (limits_.memory_bytes == 0 || held_bytes_ <= limits_.memory_bytes) return absl::OkStatus();
  return ToStatus(absl::StatusCode::kResourceExhausted,
                  {.number = kTooMuchHeld,
                   .cause = StrCat("the query would hold more than ", MemoryText(limits_.memory_bytes), " at once"),
                   .rule = "the limit of memory",
                   .hint = "filter before sorting, grouping or collecting, count paths in place of listing them, add "
                           "LIMIT, or raise the limit"});
}

std::unique_ptr<Operator>& ExecutionState::Subquery(const void* plan) { return subqueries_[plan]; }

}  // namespace dossier
