// Why rows are in an answer, in the numbers of its notes.
#ifndef DOSSIER_TOOLS_RENDER_WHY_H_
#define DOSSIER_TOOLS_RENDER_WHY_H_

#include <functional>
#include <string>

#include "query/witness.h"
#include "tools/render/value_printer.h"

namespace dossier {

// How the note of a number is written.
using NoteText = std::function<std::string(uint32_t)>;

// "[1][3], or [2|4]": alternatives with "or" between them, each the things that have to hold side by side, and of each
// the notes of which any one is enough. Behind them what is to be known of them: more that were not looked for, an
// aggregate, what nothing is recorded of.
std::string WhyText(const RowReasons& why, const NoteText& note);

// {"alternatives": [[[1], [3]], [[2, 4]]], "complete": true, ...}: numbers of notes, nested the same way.
Json WhyJson(const RowReasons& why);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_RENDER_WHY_H_
