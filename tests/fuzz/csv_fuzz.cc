// CSV: no text crashes the reader, every cell lies in the text, places are in order, and reading always ends.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "schema/csv_reader.h"

namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  dossier::CsvReader reader(input, 64);
  dossier::CsvRow row;
  dossier::CsvProblem problem;
  size_t last = 0;
  for (size_t rows = 0;; ++rows) {
    Expect(rows <= size);
    const auto result = reader.Next(&row, &problem);
    if (result == dossier::CsvReader::Result::kEnd) break;
    Expect(row.begin.offset >= last && row.end >= row.begin.offset && row.end <= size);
    Expect(reader.offset() > row.begin.offset && reader.offset() <= size);
    last = reader.offset();
    if (result == dossier::CsvReader::Result::kProblem) {
      Expect(problem.number != 0 && !problem.cause.empty());
      Expect(problem.begin >= row.begin.offset && problem.begin <= problem.end && problem.end <= size);
      // Lines counted while reading agree with lines counted for a message.
      Expect(dossier::SpanFrom(input, row.begin, problem.begin, problem.end).begin.line >= row.begin.line);
      continue;
    }
    size_t at = row.begin.offset;
    for (const dossier::CsvCell& cell : row.cells) {
      Expect(cell.begin >= at && cell.begin <= cell.end && cell.end <= row.end);
      Expect(cell.text.size() <= cell.end - cell.begin && cell.text.size() <= 64);
      at = cell.end;
    }
  }
  Expect(reader.offset() == size);
  return 0;
}
