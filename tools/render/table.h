// A table of text for a terminal or a page.
#ifndef DOSSIER_TOOLS_RENDER_TABLE_H_
#define DOSSIER_TOOLS_RENDER_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

namespace dossier {

struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // each as long as `columns`; cells that Harmless() has passed
  std::vector<bool> right_aligned;             // by column; empty: none
};

// Lines, each ending in a line break. Where the columns do not fit into `width`, the widest are narrowed and their
// cells wrapped; where not even that helps, each row stands as a block of "column: value" lines.
std::string ToText(const Table& table, size_t width);

// "a,b" as a record of RFC 4180, ending in CRLF.
std::string CsvRecord(const std::vector<std::string>& cells);

}  // namespace dossier

#endif  // DOSSIER_TOOLS_RENDER_TABLE_H_
