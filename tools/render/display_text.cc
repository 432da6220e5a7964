#include "tools/render/display_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

namespace dossier {
namespace {

// The character that begins at `*offset`, which moves behind it; U+FFFD for what is no UTF-8.
UChar32 NextCharacter(std::string_view text, size_t* offset) {
  int32_t at = 0;
  UChar32 character = 0;
  const std::string_view rest = text.substr(*offset, 4);
  const auto* bytes = reinterpret_cast<const uint8_t*>(rest.data());
  U8_NEXT_OR_FFFD(bytes, at, static_cast<int32_t>(rest.size()), character);
  *offset += static_cast<size_t>(at);
  return character;
}

size_t WidthOfCharacter(UChar32 character) {
  if (character < 0x300) return 1;
  switch (u_charType(character)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  const int32_t width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

bool TurnsDirection(UChar32 character) {
  return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
}

// The byte length of the longest beginning of `text` that takes at most `width` columns.
size_t FittingBytes(std::string_view text, size_t width) {
  size_t used = 0;
  size_t offset = 0;
  while (offset < text.size()) {
    size_t next = offset;
    used += WidthOfCharacter(NextCharacter(text, &next));
    if (used > width) break;
    offset = next;
  }
  return offset;
}

}  // namespace

std::string Harmless(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  size_t offset = 0;
  while (offset < text.size()) {
    size_t next = offset;
    const UChar32 character = NextCharacter(text, &next);
    if (character == '\n' || character == '\t' || character == '\r' || character == 0x2028 || character == 0x2029) {
      out += ' ';
    } else if (character == 0xFFFD || u_charType(character) == U_CONTROL_CHAR || TurnsDirection(character)) {
      out += "\xEF\xBF\xBD";
    } else {
      out += text.substr(offset, next - offset);
    }
    offset = next;
  }
  return out;
}

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t offset = 0; offset < text.size();) width += WidthOfCharacter(NextCharacter(text, &offset));
  return width;
}

std::string CutToWidth(std::string_view text, size_t width) {
  if (text.size() <= width || DisplayWidth(text) <= width) return std::string(text);
  const std::string_view dots = std::string_view("...").substr(0, std::min<size_t>(3, width));
  return std::string(text.substr(0, FittingBytes(text, width - dots.size()))) + std::string(dots);
}

std::vector<std::string> Wrap(std::string_view text, size_t width) {
  width = std::max<size_t>(width, 2);
  std::vector<std::string> lines;
  std::string line;
  size_t used = 0;
  const auto finish = [&] {
    lines.push_back(std::move(line));
    line.clear();
    used = 0;
  };
  while (!text.empty()) {
    if (text.front() == ' ') {
      text.remove_prefix(1);
      continue;
    }
    std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    const size_t columns = DisplayWidth(word);
    if (used > 0 && columns <= width - std::min(width, used + 1)) {
      line += ' ';
      line += word;
      used += 1 + columns;
      continue;
    }
    if (used > 0) finish();
    while (DisplayWidth(word) > width) {
      const size_t bytes = FittingBytes(word, width);
      line = std::string(word.substr(0, bytes));
      word.remove_prefix(bytes);
      finish();
    }
    line = std::string(word);
    used = DisplayWidth(word);
  }
  if (used > 0 || lines.empty()) finish();
  return lines;
}

std::string Paragraph(std::string_view first, std::string_view text, size_t indent, size_t width) {
  const size_t room = width == std::string::npos ? width : std::max<size_t>(width, indent + 8) - indent;
  std::string out;
  for (const std::string& line : Wrap(text, room)) {
    out += out.empty() ? std::string(first) : std::string(indent, ' ');
    out += line;
    out += '\n';
  }
  return out;
}

}  // namespace dossier
