// What a run gives back: what was wrong in the order of the files, whichever reading found it.
#include "schema/load_run.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace dossier {

LoadResult LoadRun::Finish() {
  // In the order of the files, whichever reading found it.
  std::vector<ViolationId> order(result_.violations.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [this](ViolationId a, ViolationId b) {
    return std::pair(violation_files_[a], result_.violations[a].place.begin.offset) <
           std::pair(violation_files_[b], result_.violations[b].place.begin.offset);
  });
  std::vector<ViolationId> moved_to(order.size());
  std::vector<Diagnostic> violations;
  for (size_t i = 0; i < order.size(); ++i) {
    moved_to[order[i]] = i;
    violations.push_back(std::move(result_.violations[order[i]]));
  }
  result_.violations = std::move(violations);

  std::vector<size_t> rows(result_.rejected.size());
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  std::stable_sort(rows.begin(), rows.end(), [this](size_t a, size_t b) {
    return std::pair(rejected_order_[a].file, rejected_order_[a].offset) <
           std::pair(rejected_order_[b].file, rejected_order_[b].offset);
  });
  std::vector<RejectedRow> rejected;
  for (const size_t i : rows) {
    RejectedRow& row = result_.rejected[i];
    for (size_t& reason : row.reasons) reason = moved_to[reason];
    std::sort(row.reasons.begin(), row.reasons.end());
    rejected.push_back(std::move(row));
  }
  result_.rejected = std::move(rejected);
  return std::move(result_);
}

}  // namespace dossier
