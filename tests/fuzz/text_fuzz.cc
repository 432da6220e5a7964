// The texts that errors are made of: any bytes may stand in a query or a claim file that is reported on.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"

namespace dossier {
namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

// The first two bytes choose the place that is excerpted, the rest is the text.
void ExcerptAnyPlace(std::string_view input) {
  if (input.size() < 2) return;
  const size_t begin = static_cast<uint8_t>(input[0]);
  const size_t length = static_cast<uint8_t>(input[1]);
  const std::string_view text = input.substr(2);
  const SourceSpan place{{begin, 1, 1}, {begin + length, 1, 1}};
  const std::string excerpt = CaretExcerpt(text, place, 40);
  if (FindInvalidUtf8(text) == std::string_view::npos) Expect(FindInvalidUtf8(excerpt) == std::string_view::npos);
}

void SurviveAStatus(std::string_view input) {
  const std::string text(input);
  const Diagnostic diagnostic{.number = 3004, .file = text, .cause = text, .hint = text};
  const auto carried = DiagnosticsOf(ToStatus(absl::StatusCode::kInvalidArgument, {diagnostic, diagnostic}));
  Expect(carried.size() == 2 && carried[1].file == text && carried[1].rule.empty() && carried[1].hint == text);
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  dossier::ExcerptAnyPlace(input);
  dossier::SurviveAStatus(input);
  const auto pieces = dossier::Split(input, ',');
  dossier::Expect(pieces.size() == static_cast<size_t>(std::count(input.begin(), input.end(), ',')) + 1);
  return 0;
}
