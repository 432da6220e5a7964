// Calendar values from text: no text crashes the readers, and what they read prints and reads back the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "graph/temporal_arithmetic.h"
#include "graph/temporal_text.h"
#include "graph/time_zone.h"

namespace dossier {
namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

template <typename T>
bool Check(std::string_view input, absl::StatusOr<T> (*parse)(std::string_view), T* read) {
  const absl::StatusOr<T> value = parse(input);
  if (!value.ok()) {
    const auto diagnostics = DiagnosticsOf(value.status());
    Expect(diagnostics.size() == 1 && diagnostics[0].number >= 1041 && diagnostics[0].number <= 1044);
    Expect(diagnostics[0].place.known() && diagnostics[0].place.end.offset <= input.size());
    Expect(FindInvalidUtf8(input) != std::string_view::npos ||
           FindInvalidUtf8(ToStd(value.status().message())) == std::string_view::npos);
    return false;
  }
  const absl::StatusOr<T> again = parse(ToString(*value));
  Expect(again.ok() && *again == *value);
  *read = *value;
  return true;
}

template <typename T>
void CheckTemporal(std::string_view input, absl::StatusOr<T> (*parse)(std::string_view), const Duration& duration) {
  T value;
  if (!Check(input, parse, &value)) return;
  const Temporal temporal(value);
  const auto date = DateOf(temporal);
  Expect(!date.has_value() || IsInRange(*date));
  Expect(Between(temporal, temporal) == Duration());
  const auto moved = Plus(temporal, duration);
  if (moved.has_value()) {
    Expect(moved->index() == temporal.index() && !ToString(*moved).empty());
    Between(temporal, *moved);
  }
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dossier;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  Duration duration{1, -1, 86'399, 1};
  if (Check(input, ParseDuration, &duration)) {
    Multiply(duration, 0.3);
    Divide(duration, int64_t{7});
  }
  CheckTemporal(input, ParseDate, duration);
  CheckTemporal(input, ParseLocalTime, duration);
  CheckTemporal(input, ParseZonedTime, duration);
  CheckTemporal(input, ParseLocalDateTime, duration);
  CheckTemporal(input, ParseZonedDateTime, duration);
  const auto zone = ParseTimeZone(input);
  if (zone.ok()) FromInstant(0, 0, *zone);
  return 0;
}
