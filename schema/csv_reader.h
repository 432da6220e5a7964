// CSV as RFC 4180 has it, row by row over a text in memory, with the place of each cell.
//
// Lines end in LF, CRLF or CR; the last one may end in nothing. A byte-order mark is passed over, and so are empty
// lines and lines that begin with `#`. A cell that begins with `"` runs to the closing `"`, with `""` for one `"`, and
// may hold commas and line breaks; in any other cell a `"` is an error. After an error the reader goes on at the next
// line, so that one slip hides no other.
#ifndef DOSSIER_SCHEMA_CSV_READER_H_
#define DOSSIER_SCHEMA_CSV_READER_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/source_span.h"

namespace dossier {

struct CsvCell {
  std::string_view text;  // quotes undone; lives until the next call of Next()
  size_t begin = 0;       // in the file, opening quote included
  size_t end = 0;         // closing quote included
};

struct CsvRow {
  SourcePosition begin;
  size_t end = 0;  // without the line break
  std::vector<CsvCell> cells;
  bool as_written = false;  // the texts of the cells lie in the text that is read, and live as long as it
};

// Why a row could not be read.
struct CsvProblem {
  int number = 0;  // from schema/error_codes.h
  size_t begin = 0;
  size_t end = 0;
  std::string cause, rule, hint;
};

// The lines and columns of the bytes [begin, end) of `text`, counted on from `known`, which lies before them.
SourceSpan SpanFrom(std::string_view text, const SourcePosition& known, size_t begin, size_t end);

class CsvReader {
 public:
  enum class Result { kRow, kProblem, kEnd };

  // `text` must outlive the reader.
  CsvReader(std::string_view text, size_t max_cell_bytes);

  // kRow: `row` is filled. kProblem: `problem` is, and of `row` begin and end.
  Result Next(CsvRow* row, CsvProblem* problem);

  size_t offset() const { return at_; }
  int line() const { return line_; }
  // Goes on at the row that begins at `offset`, on line `line`, and ends before the row that begins at or after `end`.
  void Resume(size_t offset, int line, size_t end) {
    at_ = offset;
    line_ = line;
    end_ = std::min(end, text_.size());
  }

 private:
  // A cell whose doubled quotes were undone: its bytes in unquoted_.
  struct Unquoted {
    size_t cell, begin, size;
  };

  bool AtLineEnd() const { return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }
  void SkipLineBreak();
  void SkipLine();
  bool ReadWithoutQuotes(CsvRow* row);
  bool ReadCell(CsvRow* row, CsvProblem* problem);
  bool ReadQuoted(CsvRow* row, CsvProblem* problem);
  bool BrokenQuoting(size_t cell, size_t begin, std::string cause, std::string hint, CsvProblem* problem);

  std::string_view text_;
  size_t max_cell_bytes_;
  size_t at_ = 0;
  size_t end_;
  int line_ = 1;
  std::string unquoted_;
  std::vector<Unquoted> unquoted_cells_;
};

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_CSV_READER_H_
