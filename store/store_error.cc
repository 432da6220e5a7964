#include "store/store_error.h"

#include "store/error_codes.h"

namespace dossier::store_internal {

absl::StatusCode CodeOf(int number) {
  switch (number) {
    case kNoStore:
    case kNoSuchNumber:
    case kNoSuchPath:
    case kNothingToLoad:
      return absl::StatusCode::kNotFound;
    case kStoreExists:
      return absl::StatusCode::kAlreadyExists;
    case kNotAStore:
    case kStoreFormat:
    case kStoreReadOnly:
    case kOtherOntology:
    case kNoOntology:
    case kFileChanged:
      return absl::StatusCode::kFailedPrecondition;
    case kStoreBusy:
      return absl::StatusCode::kUnavailable;
    case kStoreDamaged:
      return absl::StatusCode::kDataLoss;
    case kDiskFull:
    case kStoreFull:
      return absl::StatusCode::kResourceExhausted;
    case kStoreNotPermitted:
      return absl::StatusCode::kPermissionDenied;
    case kClaimDiffers:
    case kEntityTypeChanged:
    case kDanglingReference:
    case kRecordTooLarge:
    case kRejectsNotWritten:
      return absl::StatusCode::kInvalidArgument;
    default:
      return absl::StatusCode::kInternal;
  }
}

absl::Status StoreError(int number, std::string_view cause, std::string_view rule, std::string_view hint) {
  Diagnostic diagnostic;
  diagnostic.number = number;
  diagnostic.cause = cause;
  diagnostic.rule = rule;
  diagnostic.hint = hint;
  return ToStatus(CodeOf(number), diagnostic);
}

absl::Status Damaged(std::string_view cause) {
  return StoreError(kStoreDamaged, cause, "", "run `dossier verify`, and restore the store from a copy");
}

}  // namespace dossier::store_internal
