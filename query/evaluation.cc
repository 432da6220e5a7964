#include "query/evaluation.h"

#include "query/execution.h"

namespace dossier {

bool EvaluationContext::Look() {
  spent_ = 0;
  if (state_ != nullptr) {
    absl::Status status = state_->Check();
    if (!status.ok()) Fail(std::move(status));
  }
  return !failed();
}

}  // namespace dossier
