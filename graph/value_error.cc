#include "graph/value_error.h"

#include <algorithm>
#include <cstdint>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"

namespace dossier {
namespace {

constexpr size_t kQuotedBytes = 60;

bool IsContinuation(char c) { return (static_cast<uint8_t>(c) & 0xC0) == 0x80; }

SourcePosition PositionAt(std::string_view text, size_t offset) {
  offset = std::min(offset, text.size());
  SourcePosition position{offset, 1, 1};
  for (size_t i = 0; i < offset; ++i) position.column += IsContinuation(text[i]) ? 0 : 1;
  return position;
}

}  // namespace

std::string Quoted(std::string_view text) {
  std::string_view shown = text.substr(0, kQuotedBytes);
  if (shown.size() < text.size()) {
    while (!shown.empty() && IsContinuation(text[shown.size()])) shown.remove_suffix(1);
  }
  const bool well_formed = FindInvalidUtf8(shown) == std::string_view::npos;
  std::string out = "'";
  for (const char c : shown) {
    const auto byte = static_cast<uint8_t>(c);
    out += byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !well_formed) ? '?' : c;
  }
  return out + (shown.size() < text.size() ? "...'" : "'");
}

absl::Status ValueError(int number, std::string_view text, size_t begin, size_t end, std::string_view cause,
                        std::string_view rule, std::string_view hint) {
  Diagnostic diagnostic;
  diagnostic.number = number;
  diagnostic.place = {PositionAt(text, begin), PositionAt(text, std::max(begin, end))};
  diagnostic.cause = cause;
  diagnostic.rule = rule;
  diagnostic.hint = hint;
  return ToStatus(absl::StatusCode::kInvalidArgument, diagnostic);
}

}  // namespace dossier
