#include "schema/csv_reader.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "graph/base/text.h"
#include "schema/error_codes.h"

namespace dossier {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kCsvRule = "CSV is written as RFC 4180 says";

// What ends a cell that does not begin with a quotation mark, or has no place in it.
constexpr std::array<bool, 256> kEndsCell = [] {
  std::array<bool, 256> ends{};
  for (const char c : {',', '\n', '\r', '"'}) ends[static_cast<uint8_t>(c)] = true;
  return ends;
}();

// So many bytes are looked at together for what ends a cell.
constexpr size_t kTogether = 16;

// A bit for each of the next bytes that ends a cell or a row, or is a quotation mark.
uint32_t EndsAmong(const char* bytes) {
#ifdef __SSE2__
  const __m128i these = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const auto equal = [&these](char c) { return _mm_cmpeq_epi8(these, _mm_set1_epi8(c)); };
  const __m128i ends = _mm_or_si128(_mm_or_si128(equal(','), equal('\n')), _mm_or_si128(equal('\r'), equal('"')));
  return static_cast<uint32_t>(_mm_movemask_epi8(ends));
#else
  uint32_t ends = 0;
  for (size_t i = 0; i < kTogether; ++i) ends |= uint32_t{kEndsCell[static_cast<uint8_t>(bytes[i])]} << i;
  return ends;
#endif
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

void Advance(std::string_view text, size_t to, SourcePosition* position) {
  to = std::min(to, text.size());
  for (; position->offset < to; ++position->offset) {
    const char c = text[position->offset];
    const bool lone_return = c == '\r' && (position->offset + 1 >= text.size() || text[position->offset + 1] != '\n');
    if (c == '\n' || lone_return) {
      ++position->line;
      position->column = 1;
    } else if (!IsContinuation(c)) {
      ++position->column;
    }
  }
}

}  // namespace

SourceSpan SpanFrom(std::string_view text, const SourcePosition& known, size_t begin, size_t end) {
  SourceSpan span{known, known};
  Advance(text, begin, &span.begin);
  span.end = span.begin;
  Advance(text, std::max(begin, end), &span.end);
  return span;
}

CsvReader::CsvReader(std::string_view text, size_t max_cell_bytes)
    : text_(text), max_cell_bytes_(max_cell_bytes), end_(text.size()) {
  if (text_.substr(0, kByteOrderMark.size()) == kByteOrderMark) at_ = kByteOrderMark.size();
}

void CsvReader::SkipLineBreak() {
  if (at_ >= text_.size()) return;
  at_ += text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1;
  ++line_;
}

void CsvReader::SkipLine() {
  at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
  SkipLineBreak();
}

CsvReader::Result CsvReader::Next(CsvRow* row, CsvProblem* problem) {
  while (at_ < end_ && (AtLineEnd() || text_[at_] == '#')) SkipLine();
  if (at_ >= end_) return Result::kEnd;
  row->begin = {at_, line_, 1};
  row->as_written = ReadWithoutQuotes(row);
  if (row->as_written) return Result::kRow;
  row->cells.clear();
  unquoted_.clear();
  unquoted_cells_.clear();
  bool good = true;
  for (;;) {
    if (!ReadCell(row, problem)) {
      // Most often a quote is missing on the line where the cell begins: what follows that line is worth reading.
      row->end = std::min(text_.find_first_of("\r\n", problem->begin), text_.size());
      line_ = SpanFrom(text_, row->begin, row->end, row->end).begin.line;
      at_ = row->end;
      SkipLineBreak();
      return Result::kProblem;
    }
    const CsvCell& cell = row->cells.back();
    if (good && cell.text.size() > max_cell_bytes_) {
      good = false;
      *problem = {kCellTooLong,
                  cell.begin,
                  cell.end,
                  StrCat("a cell of ", cell.text.size(), " bytes"),
                  StrCat("a cell holds at most ", max_cell_bytes_, " bytes"),
                  "if that is more than you wrote, look for a quotation mark that is not closed"};
    }
    if (AtLineEnd()) break;
    ++at_;  // the comma
  }
  row->end = at_;
  SkipLineBreak();
  for (const Unquoted& unquoted : unquoted_cells_) {
    row->cells[unquoted.cell].text = std::string_view(unquoted_).substr(unquoted.begin, unquoted.size);
  }
  return good ? Result::kRow : Result::kProblem;
}

// As most rows are: one line without quotation marks, and no cell too long. False, and nothing has happened, for any
// other, and for one that ends in a carriage return or near the end of the text.
bool CsvReader::ReadWithoutQuotes(CsvRow* row) {
  size_t cells = 0, begin = at_;
  for (size_t at = at_; at + kTogether <= text_.size(); at += kTogether) {
    for (uint32_t ends = EndsAmong(text_.data() + at); ends != 0; ends &= ends - 1) {
      const size_t end = at + static_cast<size_t>(std::countr_zero(ends));
      const char c = text_[end];
      if (c == '"' || c == '\r' || end - begin > max_cell_bytes_) return false;
      if (cells == row->cells.size()) row->cells.emplace_back();
      row->cells[cells++] = {std::string_view(text_.data() + begin, end - begin), begin, end};
      begin = end + 1;
      if (c == ',') continue;
      row->cells.resize(cells);
      row->end = end;
      at_ = begin;
      ++line_;
      return true;
    }
  }
  return false;
}

bool CsvReader::ReadCell(CsvRow* row, CsvProblem* problem) {
  if (at_ < text_.size() && text_[at_] == '"') return ReadQuoted(row, problem);
  const size_t begin = at_;
  size_t at = begin;
  while (at < text_.size() && !kEndsCell[static_cast<uint8_t>(text_[at])]) ++at;
  at_ = at;
  if (at < text_.size() && text_[at] == '"') {
    return BrokenQuoting(begin, at, "a quotation mark inside a cell that does not begin with one",
                         "put the whole cell between quotation marks and double those inside, with no space before",
                         problem);
  }
  row->cells.push_back({text_.substr(begin, at_ - begin), begin, at_});
  return true;
}

bool CsvReader::ReadQuoted(CsvRow* row, CsvProblem* problem) {
  const size_t begin = at_;
  size_t copied = begin + 1;  // what lies before it is in unquoted_ already
  bool doubled = false;
  const size_t unquoted_begin = unquoted_.size();
  size_t at = begin + 1;
  for (;;) {
    const size_t quote = text_.find('"', at);
    if (quote == std::string_view::npos) {
      return BrokenQuoting(begin, begin, "a quotation mark is opened here and never closed",
                           "close it, or double it where it belongs to the text of a quoted cell", problem);
    }
    at = quote + 1;
    if (at < text_.size() && text_[at] == '"') {
      doubled = true;
      unquoted_.append(text_, copied, at - copied);
      copied = ++at;
      continue;
    }
    break;
  }
  // Lines inside a cell are lines of the file as well.
  for (size_t i = begin; i < at; ++i) {
    line_ += text_[i] == '\n' || (text_[i] == '\r' && text_[i + 1] != '\n') ? 1 : 0;
  }
  at_ = at;
  if (!AtLineEnd() && text_[at_] != ',') {
    return BrokenQuoting(
        begin, at_, "text after the closing quotation mark of a cell",
        "double the quotation marks inside a quoted cell, and look whether an earlier one is not closed", problem);
  }
  row->cells.push_back({text_.substr(begin + 1, at - begin - 2), begin, at});
  if (doubled) {
    unquoted_.append(text_, copied, at - 1 - copied);
    unquoted_cells_.push_back({row->cells.size() - 1, unquoted_begin, unquoted_.size() - unquoted_begin});
    // Its true size now, for the limit; its true text once unquoted_ has stopped growing.
    row->cells.back().text = row->cells.back().text.substr(0, unquoted_.size() - unquoted_begin);
  }
  return true;
}

bool CsvReader::BrokenQuoting(size_t cell, size_t begin, std::string cause, std::string hint, CsvProblem* problem) {
  *problem = {kBrokenQuoting,        cell,           std::min(begin + 1, text_.size()), std::move(cause),
              std::string(kCsvRule), std::move(hint)};
  return false;
}

}  // namespace dossier
