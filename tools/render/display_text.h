// How wide a text stands on a terminal, and how it is cut and wrapped to fit. Texts are UTF-8; width counts columns:
// two for wide East Asian characters and emoji, none for combining marks.
#ifndef DOSSIER_TOOLS_RENDER_DISPLAY_TEXT_H_
#define DOSSIER_TOOLS_RENDER_DISPLAY_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// `text` with all that could move a terminal's cursor made visible or a space, so that no quote of any document can
// paint over the answer: control characters, line breaks, marks that turn the direction of writing.
std::string Harmless(std::string_view text);

size_t DisplayWidth(std::string_view text);

// At most `width` columns of it, with "..." at the end where something was cut.
std::string CutToWidth(std::string_view text, size_t width);

// Lines of at most `width` columns (at least 2), broken at spaces, and inside a word only where it is longer than a
// line. Never empty: an empty text is one empty line.
std::vector<std::string> Wrap(std::string_view text, size_t width);

// `text` wrapped as a paragraph: the first line begins with `first`, the others with as many spaces as `indent`.
// Each line ends in a line break.
std::string Paragraph(std::string_view first, std::string_view text, size_t indent, size_t width);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_RENDER_DISPLAY_TEXT_H_
