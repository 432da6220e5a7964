// Times in EDTF: no text crashes the reader, and what it reads has bounds in order and reads back the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "graph/edtf.h"
#include "graph/time_text.h"

namespace dossier {
namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

void CheckError(const absl::Status& status, std::string_view input) {
  const auto diagnostics = DiagnosticsOf(status);
  Expect(diagnostics.size() == 1 && diagnostics[0].number >= 1001 && diagnostics[0].number <= 1004);
  Expect(diagnostics[0].place.known() && diagnostics[0].place.end.offset <= input.size());
  Expect(FindInvalidUtf8(input) != std::string_view::npos ||
         FindInvalidUtf8(ToStd(status.message())) == std::string_view::npos);
}

void CheckTime(const EdtfTime& time) {
  const TimeBounds& t = time.bounds();
  Expect(t.IsValid() && time.throughout().IsValid() && AsExtent(t).IsValid() && !time.is_undated());
  Expect(PossiblyOverlaps(t, t) && PossiblyDuring(t, t) && PossiblyStartsNoEarlier(t, t) &&
         !PossiblyBefore(AsExtent(t), t));
  Expect(Intersection(t, t) == t && KnownUntil(t, 0).IsValid());

  const auto again = EdtfTime::Parse(time.text());
  Expect(again.ok() && *again == time && again->bounds() == t && again->form() == time.form());
  Expect(!FormatBounds(t).empty() && !FormatOverlap(t, t).empty());
  Expect(!FormatLength(t.earliest_start, t.latest_end).empty() && !FormatSpan(t.earliest_start, t.latest_end).empty());
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto time = dossier::EdtfTime::Parse(input);
  if (time.ok()) {
    dossier::CheckTime(*time);
  } else {
    dossier::CheckError(time.status(), input);
  }
  return 0;
}
