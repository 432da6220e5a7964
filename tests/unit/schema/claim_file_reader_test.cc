#include "schema/claim_file_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "graph/base/text.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Reading {
  std::vector<RawRecord> records;  // without their texts
  std::vector<std::string> texts;  // "column=text ..." of each record
  std::vector<std::string> errors;
  size_t unreadable = 0;
};

Reading Read(const ClaimFile& file, size_t max_cell_bytes = 1000) {
  Reading reading;
  std::vector<Diagnostic> violations;
  ClaimFileReader reader(file, {max_cell_bytes}, &violations);
  RawRecord record;
  while (reader.Next(&record)) {
    std::string text;
    for (size_t i = 0; i < kColumnCount; ++i) {
      const auto column = static_cast<Column>(i);
      if (!record.Text(column).empty()) text += StrCat(text.empty() ? "" : " ", Name(column), "=", record.Text(column));
    }
    reading.texts.push_back(text);
    reading.records.push_back(record);
  }
  reading.unreadable = reader.unreadable_rows();
  for (const Diagnostic& violation : violations) reading.errors.push_back(violation.ToString());
  return reading;
}

TEST(ClaimFileReader, ReadsColumnsInAnyOrder) {
  const Reading reading = Read({"data/entities-x.csv", "name, type ,key\n A ,T,a/b\n,,\n\"# no\",,\nC,T,c/d\n"});
  EXPECT_THAT(reading.errors, IsEmpty());
  EXPECT_THAT(reading.texts, ElementsAre("key=a/b name=A type=T", "key=c/d name=C type=T"));
  EXPECT_EQ(reading.records[1].begin.line, 5);
}

TEST(ClaimFileReader, TellsWhereACellStands) {
  const ClaimFile file{"entities.csv", "key,type,name,aliases\na/b,T,A,\"x; \"\"y\"\"; z\"\n"};
  const Reading reading = Read(file);
  ASSERT_EQ(reading.records.size(), 1u);
  EXPECT_EQ(PlaceOf(file, reading.records[0], Column::kName).begin.column, 7);
  const SourceSpan place = PlaceOf(file, reading.records[0], Column::kAliases, 8, 9);
  EXPECT_EQ(file.text.substr(place.begin.offset, place.end.offset - place.begin.offset), "z");
  EXPECT_EQ(PlaceOf(file, reading.records[0], Column::kDescription).begin.column, 1);
}

TEST(ClaimFileReader, RefusesABadHeader) {
  const Reading reading = Read({"entities.csv", "key,typ,key,\nx,y,z,\n"});
  EXPECT_THAT(reading.texts, IsEmpty());
  EXPECT_THAT(reading.errors,
              ElementsAre(HasSubstr("entities.csv:1:5: E3006: unknown column 'typ'"), HasSubstr("1:9: E3008"),
                          HasSubstr("E3006: a column without a name"), HasSubstr("E3007: there is no column 'type'"),
                          HasSubstr("E3007: there is no column 'name'")));
  EXPECT_THAT(reading.errors[0], HasSubstr("did you mean 'type'?"));
  EXPECT_THAT(Read({"entities.csv", ""}).errors, ElementsAre(HasSubstr("E3007")));
  EXPECT_THAT(Read({"people.csv", "key\n"}).errors, ElementsAre(HasSubstr("E3009")));
}

TEST(ClaimFileReader, PassesOverRowsThatItCannotRead) {
  const Reading reading = Read({"entities.csv", "key,type,name\na,T,A\nb,T\nc,T,C,x\nd,\"T,D\ne,T,\xff\nf,T," +
                                                    std::string(50, 'x') + "\ng,T,G\n"},
                               40);
  EXPECT_THAT(reading.texts, ElementsAre("key=a name=A type=T", "key=g name=G type=T"));
  EXPECT_THAT(reading.errors, ElementsAre(HasSubstr(":3:4: E3003: 2 cells"), HasSubstr(":4:7: E3003: 4 cells"),
                                          HasSubstr(":5:3: E3002"), HasSubstr(":6:5: E3001: byte 0xFF"),
                                          HasSubstr(":7:5: E3005: a cell of 50 bytes")));
  EXPECT_EQ(reading.unreadable, 5u);
}

TEST(ClaimFileReader, SuspectsUtf16) {
  EXPECT_THAT(Read({"entities.csv", std::string("\xFF\xFEk\0e\0y\0\n\0", 10)}).errors[0], HasSubstr("UTF-16"));
}

TEST(ClaimFileReader, ReadsJsonLines) {
  const Reading reading =
      Read({"x.jsonl", R"({"record": "entity", "key": "a/b", "type": ["T", "U;V"], "name": "A\u00e9", "aliases": null}
  
{"record": "claim", "subject": "a/b", "quantity": 42, "quote": " x "}
)"});
  EXPECT_THAT(reading.errors, IsEmpty());
  EXPECT_THAT(reading.texts, ElementsAre("key=a/b name=Aé type=T; U\\;V", "quantity=42 quote=x subject=a/b"));
  EXPECT_EQ(reading.records[1].begin.line, 3);
}

TEST(ClaimFileReader, TellsWhereAJsonFieldStands) {
  const ClaimFile file{"x.jsonl", R"({"record": "claim", "note": "\"subject\"", "subject" : "a/b"})"};
  const Reading reading = Read(file);
  ASSERT_EQ(reading.records.size(), 1u);
  const SourceSpan place = PlaceOf(file, reading.records[0], Column::kSubject);
  EXPECT_EQ(file.text.substr(place.begin.offset, place.end.offset - place.begin.offset), "\"a/b\"");
}

// Wherever a file is cut between two rows, the readers of its parts read together what one reader does.
TEST(ClaimFileReader, SharesTheRowsOfAFile) {
  const ClaimFile csv{
      "claims.csv",
      "subject,relation,object,act,document,locator\n"
      "a,R,b,asserts,d,page=1\n# no row\n\nc,R,\"two\nlines\",asserts,d,page=2\nbad\ne,R,f,asserts,d,p\n"};
  const ClaimFile json{"claims.jsonl",
                       "{\"record\": \"entity\", \"key\": \"a\"}\n\n{\"record\": \"entity\", \"key\": \"b\"}\n"};
  for (const ClaimFile& file : {csv, json}) {
    std::vector<Diagnostic> none;
    RawRecord record;
    ClaimFileReader whole(file, {}, &none);
    std::vector<ClaimFileReader::Place> places = {whole.place()};
    std::vector<int> lines;
    while (whole.Next(&record)) {
      places.push_back(whole.place());
      lines.push_back(record.begin.line);
    }
    EXPECT_EQ(lines, file.name == csv.name ? std::vector<int>({2, 5, 8}) : std::vector<int>({1, 3}));
    std::vector<int> in_parts;
    for (size_t i = 0; i + 1 < places.size(); ++i) {
      ClaimFileReader part(file, {}, &none);
      part.Resume(places[i], places[i + 1].offset);
      while (part.Next(&record)) in_parts.push_back(record.begin.line);
    }
    EXPECT_EQ(in_parts, lines);
  }
}

TEST(ClaimFileReader, RefusesOtherJson) {
  const Reading reading = Read({"x.jsonl", R"({"record": "claim", "subject": }
[1]
3
{"record": "claim", "subject": {"a": "b"}}
{"record": "claim", "subject": [["a"]]}
{"record": "claim", "subject": "a", "subject": "b"}
{"record": "person"}
{"subject": "a"}
{"record": "claim", "subjekt": "a"}
{"record": "claim", "quantity": 1e999}
)"});
  EXPECT_THAT(reading.texts, IsEmpty());
  EXPECT_THAT(reading.errors, ElementsAre(HasSubstr(":1:32: E3010: not JSON"), HasSubstr(":2:1: E3010"),
                                          HasSubstr(":3:1: E3010"), HasSubstr(":4:1: E3010"), HasSubstr(":5:1: E3010"),
                                          HasSubstr(":6:1: E3008"), HasSubstr(":7:1: E3009"), HasSubstr(":8:1: E3009"),
                                          HasSubstr(":9:32: E3006"), HasSubstr(":10:")));
}

TEST(SplitList, CutsTheSameWithAndWithoutEscapes) {
  for (const std::string cell : {"", " ", ";", "a", " a ", "a;b", "; a ;; b\t;", "a b ;\tc"}) {
    const auto plain = SplitList(cell), escaped = SplitList(cell + ";\\\\");
    ASSERT_EQ(escaped.size(), plain.size() + 1) << cell;
    for (size_t i = 0; i < plain.size(); ++i) {
      EXPECT_EQ(plain[i].text, escaped[i].text);
      EXPECT_EQ(plain[i].begin, escaped[i].begin);
      EXPECT_EQ(plain[i].end, escaped[i].end);
    }
  }
}

TEST(SplitList, CutsAtSemicolons) {
  const auto values = SplitList(" a ; b\\;c;; d\\\\ ;e\\f");
  ASSERT_EQ(values.size(), 4u);
  EXPECT_EQ(values[0].text, "a");
  EXPECT_EQ(values[0].begin, 1u);
  EXPECT_EQ(values[1].text, "b;c");
  EXPECT_EQ(values[2].text, "d\\");
  EXPECT_EQ(values[3].text, "e\\f");
  EXPECT_THAT(SplitList(" ; "), IsEmpty());
  for (const std::string text : {"a;b", "a\\;b", "\\", "a\\\\"}) {
    const auto again = SplitList(EscapeListValue(text));
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].text, text);
  }
}

}  // namespace
}  // namespace dossier
