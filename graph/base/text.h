// The bridge between std::string_view, which our interfaces use, and absl::string_view, which in Debian 12's
// Abseil is a type of its own. Use StrCat, Join and the rest from here, and ToAbsl() where a call insists.
#ifndef DOSSIER_GRAPH_BASE_TEXT_H_
#define DOSSIER_GRAPH_BASE_TEXT_H_

#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/string_view.h"

namespace dossier {

inline absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view ToStd(absl::string_view text) { return {text.data(), text.size()}; }

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

namespace text_internal {
inline void Append(std::string* out, std::string_view piece) { out->append(piece); }
inline void Append(std::string* out, char piece) { out->push_back(piece); }
template <typename Number>
  requires(std::integral<Number> || std::floating_point<Number>)
void Append(std::string* out, Number piece) {
  char buffer[40];
  const auto result = std::to_chars(buffer, buffer + sizeof(buffer), piece);
  out->append(buffer, result.ptr);
}
}  // namespace text_internal

// Joins strings, characters and numbers into one string. Floating-point numbers take the shortest form that
// reads back as the same number.
template <typename... Pieces>
std::string StrCat(const Pieces&... pieces) {
  std::string out;
  (text_internal::Append(&out, pieces), ...);
  return out;
}

// The pieces with `separator` between them.
std::string Join(const std::vector<std::string>& pieces, std::string_view separator);

// Without the white space (ASCII) at both ends.
std::string_view Trim(std::string_view text);

// `text` cut at each `separator`; an empty text gives one empty piece.
std::vector<std::string_view> Split(std::string_view text, char separator);

// A-Z lowered, everything else as it is. For keywords, never for names (those need Unicode: schema/names.h).
std::string AsciiLower(std::string_view text);
bool EqualsIgnoringAsciiCase(std::string_view a, std::string_view b);

// Number of edits (insert, delete, replace, swap of neighbours) between two texts, by byte; stops counting at
// `limit` and then returns limit + 1.
size_t EditDistance(std::string_view a, std::string_view b, size_t limit);

// Of `candidates`, the one closest to `wanted` (case ignored) where it is close enough to be a slip of the
// keyboard; else empty. For "did you mean ...?".
std::string ClosestName(std::string_view wanted, const std::vector<std::string>& candidates);

// The byte offset of the first malformed UTF-8 sequence (overlong forms, surrogates and values past U+10FFFF
// included), or npos where the text is well-formed.
size_t FindInvalidUtf8(std::string_view text);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_BASE_TEXT_H_
