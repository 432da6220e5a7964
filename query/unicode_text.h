// Texts by code point. Offsets and lengths in the language count code points, not bytes.
#ifndef DOSSIER_QUERY_UNICODE_TEXT_H_
#define DOSSIER_QUERY_UNICODE_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier {

// All take well-formed UTF-8; of anything else they give something, and stay within it.
size_t CodePoints(std::string_view text);
// The byte at which code point number `index` begins; text.size() beyond the end.
size_t ByteOffset(std::string_view text, size_t index);
// `count` code points from number `start` on, as many as there are.
std::string_view Substring(std::string_view text, size_t start, size_t count);
std::string Reversed(std::string_view text);
// By Unicode's full mappings (ß becomes SS), for no language in particular.
std::string UpperCase(std::string_view text);
std::string LowerCase(std::string_view text);
// Without the white space of Unicode at either end.
std::string_view TrimLeft(std::string_view text);
std::string_view TrimRight(std::string_view text);

}  // namespace dossier

#endif  // DOSSIER_QUERY_UNICODE_TEXT_H_
