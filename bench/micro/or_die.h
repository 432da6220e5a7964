// For set-ups: without what they make there is nothing to measure.
#ifndef DOSSIER_BENCH_MICRO_OR_DIE_H_
#define DOSSIER_BENCH_MICRO_OR_DIE_H_

#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/status/status.h"

namespace dossier::bench {

inline void OrDie(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << status << '\n';
  std::exit(1);
}

// Of an absl::StatusOr, what it holds.
template <typename Result>
auto OrDie(Result result) {
  OrDie(result.status());
  return *std::move(result);
}

}  // namespace dossier::bench

#endif  // DOSSIER_BENCH_MICRO_OR_DIE_H_
