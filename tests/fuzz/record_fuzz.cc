// Records: no bytes crash a decoder, every error is damage that names its record, and what is read is written again
// to bytes that read the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "graph/base/diagnostic.h"
#include "store/error_codes.h"
#include "store/record_codec.h"

namespace dossier::store_internal {
namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

template <typename Record>
void Check(const absl::StatusOr<Record>& read, absl::StatusOr<Record> (*decode)(std::string_view, std::string_view)) {
  if (!read.ok()) {
    Expect(read.status().code() == absl::StatusCode::kDataLoss && ErrorNumber(read.status()) == kStoreDamaged);
    return;
  }
  const auto bytes = Encode(*read, "record");
  if (!bytes.ok()) return Expect(ErrorNumber(bytes.status()) == kRecordTooLarge);
  const auto again = decode(*bytes, "record");
  Expect(again.ok() && *Encode(*again, "record") == *bytes);
}

}  // namespace
}  // namespace dossier::store_internal

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dossier::store_internal;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 7) {
    case 0:
      Check(DecodeClaim(bytes, "record"), DecodeClaim);
      break;
    case 1:
      Check(DecodeProposition(bytes, "record"), DecodeProposition);
      break;
    case 2:
      Check(DecodeEntity(bytes, "record"), DecodeEntity);
      break;
    case 3:
      Check(DecodeDocument(bytes, "record"), DecodeDocument);
      break;
    case 4:
      Check(DecodeLoad(bytes, "record"), DecodeLoad);
      break;
    case 5:
      Check(DecodeCounts(bytes, "record"), DecodeCounts);
      break;
    case 6:
      Check(DecodeVerification(bytes, "record"), DecodeVerification);
      break;
  }
  return 0;
}
