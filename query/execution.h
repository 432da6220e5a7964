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
  uint64_t rows = 0;                   // of the answer
  uint64_t held_values = 100'000'000;  // values that sorting, grouping and collecting may hold at once
  uint32_t path_length = 10'000;       // edges in one path
};

class Operator;
struct OperatorContext;

class ExecutionState {
 public:
  // `cancelled` may be null; setting it from any thread (or a signal handler) stops the query.
  ExecutionState(const QueryLimits& limits, const std::atomic<bool>* cancelled, bool track_sources);
  ~ExecutionState();

  const QueryLimits& limits() const { return limits_; }
  bool track_sources() const { return track_sources_; }

  // E7090 cancelled, E7091 out of time, or OK. Cheap; call it about once a thousand steps.
  absl::Status Check();
  // Counts values that an operator holds on to; E7092 over the limit.
  absl::Status Hold(uint64_t values);

  // The operators of a subquery, made at its first use and kept for the next row. `plan` is its identity.
  std::unique_ptr<Operator>& Subquery(const void* plan);
  // What those operators are made with; must live as long as this.
  void SetOperatorContext(const OperatorContext* context) { operator_context_ = context; }
  const OperatorContext* operator_context() const { return operator_context_; }

 private:
  QueryLimits limits_;
  const std::atomic<bool>* cancelled_;
  bool track_sources_;
  std::chrono::steady_clock::time_point started_;
  uint64_t held_ = 0;
  const OperatorContext* operator_context_ = nullptr;
  absl::flat_hash_map<const void*, std::unique_ptr<Operator>> subqueries_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_EXECUTION_H_
