#include "query/unicode_text.h"

#include "unicode/bytestream.h"
#include "unicode/casemap.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace dossier {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

template <typename Map>
std::string Mapped(std::string_view text, const Map& map) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
  UErrorCode error = U_ZERO_ERROR;
  map(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink, error);
  return U_SUCCESS(error) ? out : std::string(text);
}

}  // namespace

size_t CodePoints(std::string_view text) {
  size_t count = 0;
  for (const char c : text) count += IsContinuation(c) ? 0 : 1;
  return count;
}

size_t ByteOffset(std::string_view text, size_t index) {
  size_t at = 0;
  while (at < text.size() && index > 0) {
    ++at;
    while (at < text.size() && IsContinuation(text[at])) ++at;
    --index;
  }
  return at;
}

std::string_view Substring(std::string_view text, size_t start, size_t count) {
  text.remove_prefix(ByteOffset(text, start));
  return text.substr(0, ByteOffset(text, count));
}

std::string Reversed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t end = text.size(); end > 0;) {
    size_t begin = end - 1;
    while (begin > 0 && IsContinuation(text[begin])) --begin;
    out.append(text.substr(begin, end - begin));
    end = begin;
  }
  return out;
}

std::string UpperCase(std::string_view text) {
  return Mapped(text, [](icu::StringPiece from, icu::ByteSink& sink, UErrorCode& error) {
    icu::CaseMap::utf8ToUpper("", 0, from, sink, nullptr, error);
  });
}

std::string LowerCase(std::string_view text) {
  return Mapped(text, [](icu::StringPiece from, icu::ByteSink& sink, UErrorCode& error) {
    icu::CaseMap::utf8ToLower("", 0, from, sink, nullptr, error);
  });
}

std::string_view TrimLeft(std::string_view text) {
  int32_t at = 0;
  const auto length = static_cast<int32_t>(text.size());
  while (at < length) {
    int32_t next = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), next, length, c);
    if (c < 0 || !u_isUWhiteSpace(c)) break;
    at = next;
  }
  return text.substr(static_cast<size_t>(at));
}

std::string_view TrimRight(std::string_view text) {
  auto end = static_cast<int32_t>(text.size());
  while (end > 0) {
    int32_t before = end;
    UChar32 c = 0;
    U8_PREV(text.data(), 0, before, c);
    if (c < 0 || !u_isUWhiteSpace(c)) break;
    end = before;
  }
  return text.substr(0, static_cast<size_t>(end));
}

}  // namespace dossier
