// How store/ says what is wrong: a status with one Diagnostic and the class that fits its number.
#ifndef DOSSIER_STORE_STORE_ERROR_H_
#define DOSSIER_STORE_STORE_ERROR_H_

#include <string_view>

#include "absl/status/status.h"
#include "graph/base/diagnostic.h"

namespace dossier::store_internal {

absl::StatusCode CodeOf(int number);
absl::Status StoreError(int number, std::string_view cause, std::string_view rule = "", std::string_view hint = "");
// kDataLoss, E4007.
absl::Status Damaged(std::string_view cause);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_STORE_ERROR_H_
