#include "tools/exit_code.h"

#include "graph/base/diagnostic.h"
#include "store/error_codes.h"

namespace dossier {

ExitCode ExitCodeOf(const absl::Status& status) {
  if (status.ok()) return ExitCode::kDone;
  switch (ErrorNumber(status)) {
    case kStoreFormat:
    case kStoreBusy:
    case kStoreDamaged:
    case kDiskFull:
    case kStoreNotPermitted:
    case kStoreIo:
    case kStoreFull:
      return ExitCode::kStore;
    default:
      break;
  }
  switch (status.code()) {
    case absl::StatusCode::kCancelled:
      return ExitCode::kInterrupted;
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kInternal:
      return ExitCode::kStore;
    default:
      return ExitCode::kWrong;
  }
}

}  // namespace dossier
