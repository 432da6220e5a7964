#include "store/rocks_status.h"

#include <cerrno>
#include <cstring>
#include <string>

#include "graph/base/text.h"
#include "store/error_codes.h"
#include "store/store_error.h"

namespace dossier::store_internal {
namespace {

bool Has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// RocksDB gives the system's errors as text alone, except for a few.
bool Says(std::string_view text, int system_error) { return Has(text, std::strerror(system_error)); }

int NumberOf(const rocksdb::Status& status, std::string_view text) {
  if (status.IsCorruption()) return kStoreDamaged;
  if (status.IsNoSpace() || status.subcode() == rocksdb::Status::kSpaceLimit || Says(text, ENOSPC) ||
      Says(text, EDQUOT) || Says(text, EFBIG)) {
    return kDiskFull;
  }
  // "While lock file: my.db/LOCK: Resource temporarily unavailable", or "lock hold by current process".
  if (Has(text, "While lock file") || Has(text, "lock hold by current process") || status.IsBusy()) {
    if (!Says(text, EACCES) && !Says(text, EROFS)) return kStoreBusy;
  }
  if (Says(text, EACCES) || Says(text, EPERM) || Says(text, EROFS)) return kStoreNotPermitted;
  // A file that the store's own list names is gone; that there is no store at all was found out before.
  if (status.IsPathNotFound() || Says(text, ENOENT)) return kStoreDamaged;
  return kStoreIo;
}

std::string_view HintOf(int number) {
  switch (number) {
    case kStoreDamaged:
      return "run `dossier verify`, and restore the store from a copy";
    case kStoreBusy:
      return "wait for the other process, or open for reading alone";
    case kDiskFull:
      return "free some space, open the store again and repeat";
    case kStoreNotPermitted:
      return "check owner and mode of the folder";
    default:
      return "";
  }
}

}  // namespace

absl::Status FromRocks(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = status.ToString();
  const int number = NumberOf(status, text);
  return StoreError(number, StrCat(doing, ": ", text), "", HintOf(number));
}

}  // namespace dossier::store_internal
