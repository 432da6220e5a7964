#include "graph/base/diagnostic.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "absl/strings/cord.h"
#include "graph/base/text.h"

namespace dossier {
namespace {

constexpr char kPayloadUrl[] = "dossier/diagnostics";

// The payload is a private, in-process encoding: length-prefixed fields in the order of the struct.
void PutNumber(std::string* out, uint64_t value) {
  char bytes[8];
  std::memcpy(bytes, &value, sizeof(bytes));
  out->append(bytes, sizeof(bytes));
}
void PutText(std::string* out, std::string_view text) {
  PutNumber(out, text.size());
  out->append(text);
}

class PayloadReader {
 public:
  explicit PayloadReader(std::string_view bytes) : bytes_(bytes) {}
  bool AtEnd() const { return bytes_.empty(); }
  uint64_t Number() {
    uint64_t value = 0;
    if (bytes_.size() < sizeof(value)) {
      bytes_ = {};
      return 0;
    }
    std::memcpy(&value, bytes_.data(), sizeof(value));
    bytes_.remove_prefix(sizeof(value));
    return value;
  }
  std::string Text() {
    const uint64_t size = std::min<uint64_t>(Number(), bytes_.size());
    std::string text(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return text;
  }
  SourcePosition Position() {
    SourcePosition position;
    position.offset = Number();
    position.line = static_cast<int>(Number());
    position.column = static_cast<int>(Number());
    return position;
  }

 private:
  std::string_view bytes_;
};

void PutPosition(std::string* out, const SourcePosition& position) {
  PutNumber(out, position.offset);
  PutNumber(out, static_cast<uint64_t>(position.line));
  PutNumber(out, static_cast<uint64_t>(position.column));
}

}  // namespace

std::string Diagnostic::ToString() const {
  std::string out;
  if (!file.empty()) out = file;
  if (place.known()) {
    if (!out.empty()) out += ':';
    out += StrCat(place.begin.line, ':', place.begin.column);
  }
  if (!out.empty()) out += ": ";
  out += StrCat('E', number, ": ", cause);
  if (!rule.empty()) out += StrCat(" (", rule, ")");
  if (!hint.empty()) out += StrCat("; ", hint);
  return out;
}

absl::Status ToStatus(absl::StatusCode code, const Diagnostic& diagnostic) {
  return ToStatus(code, std::vector<Diagnostic>{diagnostic});
}

absl::Status ToStatus(absl::StatusCode code, const std::vector<Diagnostic>& diagnostics) {
  std::string message;
  std::string payload;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!message.empty()) message += '\n';
    message += diagnostic.ToString();
    PutNumber(&payload, static_cast<uint64_t>(diagnostic.number));
    PutText(&payload, diagnostic.file);
    PutPosition(&payload, diagnostic.place.begin);
    PutPosition(&payload, diagnostic.place.end);
    PutText(&payload, diagnostic.cause);
    PutText(&payload, diagnostic.rule);
    PutText(&payload, diagnostic.hint);
  }
  absl::Status status(code, message);
  status.SetPayload(kPayloadUrl, absl::Cord(payload));
  return status;
}

std::vector<Diagnostic> DiagnosticsOf(const absl::Status& status) {
  std::vector<Diagnostic> diagnostics;
  const auto payload = status.GetPayload(kPayloadUrl);
  if (!payload.has_value()) return diagnostics;
  const std::string bytes(*payload);
  PayloadReader reader(bytes);
  while (!reader.AtEnd()) {
    Diagnostic diagnostic;
    diagnostic.number = static_cast<int>(reader.Number());
    diagnostic.file = reader.Text();
    diagnostic.place.begin = reader.Position();
    diagnostic.place.end = reader.Position();
    diagnostic.cause = reader.Text();
    diagnostic.rule = reader.Text();
    diagnostic.hint = reader.Text();
    diagnostics.push_back(std::move(diagnostic));
  }
  return diagnostics;
}

int ErrorNumber(const absl::Status& status) {
  const std::vector<Diagnostic> diagnostics = DiagnosticsOf(status);
  return diagnostics.empty() ? 0 : diagnostics.front().number;
}

std::string CaretExcerpt(std::string_view text, const SourceSpan& place, int width) {
  if (!place.known() || place.begin.offset > text.size()) return "";
  const size_t before = text.substr(0, place.begin.offset).rfind('\n');
  const size_t line_begin = before == std::string_view::npos ? 0 : before + 1;
  const size_t line_end = std::min(text.find('\n', place.begin.offset), text.size());
  const auto is_continuation = [](char c) { return (static_cast<uint8_t>(c) & 0xC0) == 0x80; };

  // Cut at code-point borders, so that a long line still shows the place.
  size_t from = line_begin;
  const size_t room = static_cast<size_t>(std::max(width, 20));
  if (place.begin.offset - line_begin > room / 2 && line_end - line_begin > room) from = place.begin.offset - room / 2;
  while (from < line_end && is_continuation(text[from])) ++from;
  size_t to = std::min(line_end, from + room);
  while (to < line_end && is_continuation(text[to])) ++to;

  std::string carets;
  const size_t mark_end = std::clamp(place.end.offset, place.begin.offset + 1, std::max(to, place.begin.offset + 1));
  for (size_t i = from; i < std::max(mark_end, from); ++i) {
    if (i < text.size() && is_continuation(text[i])) continue;
    carets += i < place.begin.offset ? (text[i] == '\t' ? '\t' : ' ') : '^';
  }
  return StrCat("  ", text.substr(from, to - from), "\n  ", carets, "\n");
}

}  // namespace dossier
