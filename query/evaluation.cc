#include "query/evaluation.h"

#include "query/error_codes.h"
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

void EvaluationContext::ForgiveValues() {
  const int number = ErrorNumber(status_);
  if (number >= kWrongValueType && number < kCancelled) status_ = absl::OkStatus();
}

Derivations* EvaluationContext::KeptDerivations() const { return state_ == nullptr ? nullptr : state_->derivations(); }

}  // namespace dossier
