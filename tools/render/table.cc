#include "tools/render/table.h"

#include <algorithm>
#include <numeric>

#include "graph/base/text.h"
#include "tools/render/display_text.h"

namespace dossier {
namespace {

constexpr size_t kGap = 2;
constexpr size_t kNarrowestColumn = 8;

// The widths of the columns so that all fit, the widest giving way first; empty if they cannot.
std::vector<size_t> Fit(std::vector<size_t> widths, size_t room) {
  size_t total = std::accumulate(widths.begin(), widths.end(), size_t{0});
  while (total > room) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kNarrowestColumn) return {};
    // Down to the next narrower one at a stride, so that wide tables do not take a step a column each.
    size_t next = kNarrowestColumn;
    for (const size_t width : widths) {
      if (width < *widest) next = std::max(next, width);
    }
    const size_t cut = std::max<size_t>(1, std::min((*widest - next) / 2, total - room));
    *widest -= cut;
    total -= cut;
  }
  return widths;
}

void AppendLine(const std::vector<std::string>& cells, const std::vector<size_t>& widths,
                const std::vector<bool>& right, std::string* out) {
  std::string line;
  for (size_t column = 0; column < cells.size(); ++column) {
    const size_t width = DisplayWidth(cells[column]);
    const std::string padding(widths[column] - std::min(widths[column], width), ' ');
    if (column > 0) line.append(kGap, ' ');
    line += !right.empty() && right[column] ? padding + cells[column] : cells[column] + padding;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  *out += line + '\n';
}

void AppendRow(const std::vector<std::string>& row, const std::vector<size_t>& widths, const std::vector<bool>& right,
               std::string* out) {
  std::vector<std::vector<std::string>> cells;
  size_t height = 1;
  for (size_t column = 0; column < row.size(); ++column) {
    cells.push_back(DisplayWidth(row[column]) <= widths[column] ? std::vector<std::string>{row[column]}
                                                                : Wrap(row[column], widths[column]));
    height = std::max(height, cells.back().size());
  }
  for (size_t line = 0; line < height; ++line) {
    std::vector<std::string> pieces;
    for (const auto& cell : cells) pieces.push_back(line < cell.size() ? cell[line] : "");
    AppendLine(pieces, widths, right, out);
  }
}

std::string AsBlocks(const Table& table, size_t width) {
  std::string out;
  for (const auto& row : table.rows) {
    if (!out.empty()) out += '\n';
    for (size_t column = 0; column < row.size(); ++column) {
      if (row[column].empty()) continue;
      // A long name takes its line with the value; a short one has the value hang beside it.
      const std::string name = StrCat(table.columns[column], ": ");
      out += DisplayWidth(name) <= width / 2 ? Paragraph(name, row[column], DisplayWidth(name), width)
                                             : Paragraph("", name + row[column], 2, width);
    }
  }
  return out;
}

}  // namespace

std::string ToText(const Table& table, size_t width) {
  std::vector<size_t> widths;
  for (const std::string& column : table.columns) widths.push_back(DisplayWidth(column));
  for (const auto& row : table.rows) {
    for (size_t column = 0; column < row.size(); ++column) {
      widths[column] = std::max(widths[column], DisplayWidth(row[column]));
    }
  }
  const size_t gaps = kGap * (widths.empty() ? 0 : widths.size() - 1);
  const std::vector<size_t> fitted = width <= gaps ? std::vector<size_t>() : Fit(widths, width - gaps);
  if (fitted.empty()) return AsBlocks(table, width);

  std::string out;
  AppendRow(table.columns, fitted, table.right_aligned, &out);
  std::vector<std::string> rule;
  rule.reserve(fitted.size());
  for (const size_t column : fitted) rule.emplace_back(column, '-');
  AppendLine(rule, fitted, {}, &out);
  for (const auto& row : table.rows) AppendRow(row, fitted, table.right_aligned, &out);
  return out;
}

std::string CsvRecord(const std::vector<std::string>& cells) {
  std::string out;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    const std::string& cell = cells[i];
    // An only cell that is empty would read back as an empty line.
    if (cell.find_first_of(",\"\r\n") == std::string::npos && !(cell.empty() && cells.size() == 1)) {
      out += cell;
      continue;
    }
    out += '"';
    for (const char c : cell) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  return out + "\r\n";
}

}  // namespace dossier
