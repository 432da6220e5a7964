// Quantities: no text crashes the reader, and what is read and printed reads back to the same bounds.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "graph/quantity.h"

namespace dossier {
namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

void CheckError(const absl::Status& status, std::string_view input) {
  const auto diagnostics = DiagnosticsOf(status);
  Expect(diagnostics.size() == 1 && diagnostics[0].number >= 1021 && diagnostics[0].number <= 1024);
  Expect(diagnostics[0].place.known() && diagnostics[0].place.end.offset <= input.size());
  Expect(FindInvalidUtf8(input) != std::string_view::npos ||
         FindInvalidUtf8(ToStd(status.message())) == std::string_view::npos);
}

void CheckQuantity(const Quantity& q, std::string_view unit, bool countable) {
  Expect(q.low >= 0 && std::isfinite(q.low) && q.low <= q.high && !q.derived && !q.text.empty());
  Expect(std::isfinite(q.high) ? q.high <= kMaxWrittenQuantity : q.high_open);
  Expect(!q.countable || (q.low == std::floor(q.low) && !q.low_open && q.high_open == !std::isfinite(q.high)));

  const std::string printed[] = {q.text, FormatBounds(q), FormatQuantity(q)};
  for (const std::string& text : printed) {
    const auto again = ParseQuantity(text, q.unit.empty() ? unit : q.unit, countable);
    Expect(again.ok() && SameBounds(*again, q));
  }
  Expect(!Disjoint(q, q) && Possibly(Compare(q, Comparison::kEqual, q)) &&
         Possibly(Compare(q, Comparison::kLessOrEqual, q)));
  Expect(Certainly(Compare(q, Comparison::kGreaterOrEqual, 0)));
  Expect(q.IsRate() || Sum({q, q}).ok());
  const auto square = Product(q, q, "");
  Expect(square.ok() && square->low <= square->high && square->low == q.low * q.low);
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  for (const bool countable : {true, false}) {
    for (const char* unit : {"", "attack", "percent"}) {
      const auto q = dossier::ParseQuantity(input, unit, countable);
      if (q.ok()) {
        dossier::CheckQuantity(*q, unit, countable);
      } else {
        dossier::CheckError(q.status(), input);
      }
    }
  }
  return 0;
}
