#include "schema/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "graph/base/text.h"
#include "schema/error_codes.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;

// Rows as "line: cell|cell", problems as "line:column E1234".
std::vector<std::string> Read(std::string_view text, size_t max_cell_bytes = 1000) {
  std::vector<std::string> out;
  CsvReader reader(text, max_cell_bytes);
  CsvRow row;
  CsvProblem problem;
  for (;;) {
    switch (reader.Next(&row, &problem)) {
      case CsvReader::Result::kEnd:
        return out;
      case CsvReader::Result::kProblem: {
        const SourceSpan place = SpanFrom(text, row.begin, problem.begin, problem.end);
        out.push_back(StrCat(place.begin.line, ":", place.begin.column, " E", problem.number));
        break;
      }
      case CsvReader::Result::kRow: {
        std::string line = StrCat(row.begin.line, ": ");
        for (size_t i = 0; i < row.cells.size(); ++i) line += StrCat(i == 0 ? "" : "|", row.cells[i].text);
        out.push_back(line);
      }
    }
  }
}

TEST(CsvReader, ReadsCells) {
  EXPECT_THAT(Read("a,b\n1,2\n"), ElementsAre("1: a|b", "2: 1|2"));
  EXPECT_THAT(Read("a,b\n1,2"), ElementsAre("1: a|b", "2: 1|2"));
  EXPECT_THAT(Read(",\n"), ElementsAre("1: |"));
  EXPECT_THAT(Read("a,"), ElementsAre("1: a|"));
  EXPECT_THAT(Read(""), ElementsAre());
}

// Rows are read many bytes at a time where they can be. So one row is the same wherever it stands in the text, with
// whatever length of cells, and with any other before and behind it.
TEST(CsvReader, ReadsTheSameRowsWhereverTheyLie) {
  for (size_t length = 0; length < 40; ++length) {
    for (size_t before = 0; before < 20; ++before) {
      const std::string cell(length, 'x'), first(before, 'y');
      const std::string row = StrCat(first, ",", cell, ",,", cell, ",z");
      const std::string cells = StrCat(first, "|", cell, "||", cell, "|z");
      EXPECT_THAT(Read(StrCat(row, "\n", row, "\r\n", row, "\n\"", cell, "\",2\n", row)),
                  ElementsAre(StrCat("1: ", cells), StrCat("2: ", cells), StrCat("3: ", cells),
                              StrCat("4: ", cell, "|2"), StrCat("5: ", cells)));
      if (length < 2) continue;
      EXPECT_THAT(Read(StrCat(row, "\n1,2\n"), length - 1), ElementsAre(testing::HasSubstr("1:"), "2: 1|2"));
      EXPECT_THAT(Read(StrCat("1,", cell, "\"\n1,2\n")),
                  ElementsAre(StrCat("1:3 E", static_cast<int>(kBrokenQuoting)), "2: 1|2"));
    }
  }
}

TEST(CsvReader, ReadsQuotedCells) {
  EXPECT_THAT(Read("\"a,b\",\"c\"\"d\"\n\"\",x\n"), ElementsAre("1: a,b|c\"d", "2: |x"));
  EXPECT_THAT(Read("\"\"\"\",\"a\"\"\"\"b\",\"\"\"c\"\n"), ElementsAre("1: \"|a\"\"b|\"c"));
  EXPECT_THAT(Read("\"a\nb\",c\nd,e\n"), ElementsAre("1: a\nb|c", "3: d|e"));
}

TEST(CsvReader, ReadsEveryKindOfLineBreak) {
  EXPECT_THAT(Read("a\r\nb\r\n"), ElementsAre("1: a", "2: b"));
  EXPECT_THAT(Read("a\rb\r"), ElementsAre("1: a", "2: b"));
  EXPECT_THAT(Read("\"x\r\ny\"\r\nb"), ElementsAre("1: x\r\ny", "3: b"));
  EXPECT_THAT(Read("\"x\ry\"\rb"), ElementsAre("1: x\ry", "3: b"));
}

TEST(CsvReader, PassesOverMarksCommentsAndEmptyLines) {
  EXPECT_THAT(Read("\xEF\xBB\xBF# what \"this is\na,b\n\n\n#c,d\n1,2\n"), ElementsAre("2: a|b", "6: 1|2"));
}

TEST(CsvReader, BrokenQuotingHasItsPlaceAndHidesNothing) {
  EXPECT_THAT(Read("a,b\nx,\"y\nc,d\n"), ElementsAre("1: a|b", "2:3 E3002", "3: c|d"));
  EXPECT_THAT(Read("a\nx\"y\nc\n"), ElementsAre("1: a", "2:1 E3002", "3: c"));
  EXPECT_THAT(Read("a\n\"x\"y\nc\n"), ElementsAre("1: a", "2:1 E3002", "3: c"));
  EXPECT_THAT(Read("\"x\nb,\"c\"\nd\n"), ElementsAre("1:1 E3002", "2: b|c", "3: d"));
  EXPECT_THAT(Read("\"a\nb\",\"x\nc\n"), ElementsAre("2:4 E3002", "3: c"));
}

TEST(CsvReader, LongCellsAreRefused) {
  EXPECT_THAT(Read("abcd\nabcde\nx\n", 4), ElementsAre("1: abcd", "2:1 E3005", "3: x"));
  EXPECT_THAT(Read("\"ab\"\"d\"\n\"ab\"\"de\"\n", 4), ElementsAre("1: ab\"d", "2:1 E3005"));
}

TEST(CsvReader, ColumnsCountCodePoints) {
  const std::string text = "é,\"x";
  EXPECT_THAT(Read(text), ElementsAre("1:3 E3002"));
}

TEST(CsvReader, CellsKnowWhereTheyStand) {
  CsvReader reader("ab,\"c\"\"d\"\n", 100);
  CsvRow row;
  CsvProblem problem;
  ASSERT_EQ(reader.Next(&row, &problem), CsvReader::Result::kRow);
  ASSERT_EQ(row.cells.size(), 2u);
  EXPECT_EQ(row.cells[1].begin, 3u);
  EXPECT_EQ(row.cells[1].end, 9u);
  EXPECT_EQ(row.end, 9u);
}

}  // namespace
}  // namespace dossier
