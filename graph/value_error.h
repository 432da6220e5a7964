// How the readers of single values (times, quantities) say what is wrong with one. Not for use outside graph/.
#ifndef DOSSIER_GRAPH_VALUE_ERROR_H_
#define DOSSIER_GRAPH_VALUE_ERROR_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace dossier {

// `text` in single quotes, cut to a line's length and free of what would break a terminal.
std::string Quoted(std::string_view text);

// An invalid-argument status with one Diagnostic, placed at bytes [begin, end) of the value `text`.
absl::Status ValueError(int number, std::string_view text, size_t begin, size_t end, std::string_view cause,
                        std::string_view rule, std::string_view hint);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_VALUE_ERROR_H_
