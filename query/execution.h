// What all parts of one running query share: its limits, whether it was cancelled, and what it has done so far.
#ifndef DOSSIER_QUERY_EXECUTION_H_
#define DOSSIER_QUERY_EXECUTION_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"

namespace dossier {

// Limits of one query; each stops it with an error that names the limit. Zero or unset: none.
struct QueryLimits {
  std::optional<std::chrono::milliseconds> time;
  uint64_t rows = 0;                          // of the answer
  uint64_t memory_bytes = uint64_t{1} << 30;  // held at once: rows, groups, lists, paths, the answer
  uint32_t path_length = 10'000;              // edges in one path
};

class Derivations;
class Operator;
struct OperatorContext;

class ExecutionState {
 public:
  // `cancelled` may be null; setting it from any thread (or a signal handler) stops the query.
  ExecutionState(const QueryLimits& limits, const std::atomic<bool>* cancelled, bool track_sources);
  ~ExecutionState();

  const QueryLimits& limits() const { return limits_; }
  // What is left of the limits for a query that is asked inside this one.
  QueryLimits LimitsLeft() const;
  const std::atomic<bool>* cancelled() const { return cancelled_; }
  bool track_sources() const { return track_sources_; }

  // How rows came about, from now on; null where nobody asks why they are there.
  void KeepDerivations();
  Derivations* derivations() const { return derivations_.get(); }

  // Whether another query asks this one why its rows are there.
  void SetAskedWhy() { asked_why_ = true; }
  bool asked_why() const { return asked_why_; }

  // E7090 cancelled, E7091 out of time, or OK. Cheap; call it about once a thousand steps.
  absl::Status Check();
  // Counts bytes that something holds on to beyond the row at hand; E7092 over the limit, and then they count as held
  // all the same, so that what was asked for is always what is given back. HeldMemory gives back by itself.
  absl::Status HoldBytes(uint64_t bytes);
  void ReleaseBytes(uint64_t bytes) { held_bytes_ -= bytes; }
  uint64_t held_bytes() const { return held_bytes_; }

  // The operators of a subquery, made at its first use and kept for the next row. `plan` is its identity.
  std::unique_ptr<Operator>& Subquery(const void* plan);
  // What those operators are made with; must live as long as this.
  void SetOperatorContext(const OperatorContext* context) { operator_context_ = context; }
  const OperatorContext* operator_context() const { return operator_context_; }

 private:
  QueryLimits limits_;
  const std::atomic<bool>* cancelled_;
  bool track_sources_;
  bool asked_why_ = false;
  std::chrono::steady_clock::time_point started_;
  uint64_t held_bytes_ = 0;
  const OperatorContext* operator_context_ = nullptr;
  absl::flat_hash_map<const void*, std::unique_ptr<Operator>> subqueries_;
  std::unique_ptr<Derivations> derivations_;
};

// What one holder (an operator, a list that grows) holds; given back when it is cleared or ends.
class HeldMemory {
 public:
  // `state` may be null, as in tests of bare expressions: then there is no limit. It must outlive this.
  explicit HeldMemory(ExecutionState* state) : state_(state) {}
  ~HeldMemory() { Clear(); }
  HeldMemory(const HeldMemory&) = delete;
  HeldMemory& operator=(const HeldMemory&) = delete;

  // E7092 over the limit of memory.
  absl::Status Add(uint64_t bytes) {
    bytes_ += bytes;
    if (bytes_ > peak_bytes_) peak_bytes_ = bytes_;
    return state_ == nullptr ? absl::OkStatus() : state_->HoldBytes(bytes);
  }
  void Clear() {
    if (state_ != nullptr) state_->ReleaseBytes(bytes_);
    bytes_ = 0;
  }
  uint64_t bytes() const { return bytes_; }
  uint64_t peak_bytes() const { return peak_bytes_; }

 private:
  ExecutionState* state_;
  uint64_t bytes_ = 0;
  uint64_t peak_bytes_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_EXECUTION_H_
