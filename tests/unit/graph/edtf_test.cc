#include "graph/edtf.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "graph/base/diagnostic.h"
#include "graph/error_codes.h"
#include "graph/time_text.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

EdtfTime Parsed(std::string_view text) {
  const auto time = EdtfTime::Parse(text);
  EXPECT_TRUE(time.ok()) << text << ": " << time.status();
  return time.ok() ? *time : EdtfTime();
}
TimeBounds BoundsOf(std::string_view text) { return Parsed(text).bounds(); }

// The four bounds as "start of the start .. last second of the start | first second of the end .. end".
std::string Shown(const TimeBounds& t) {
  const auto at = [](int64_t instant, bool last_second) {
    return last_second && instant != kMinTime && instant != kMaxTime ? FormatInstant(instant + 1)
                                                                     : FormatInstant(instant);
  };
  return at(t.earliest_start, false) + " " + (t.latest_start >= kMaxTime - 1 ? "any" : at(t.latest_start, true)) +
         " | " +
         (t.earliest_end <= kMinTime + 1 ? "any"
          : t.earliest_end == kMaxTime   ? ".."
                                         : FormatInstant(t.earliest_end - 1)) +
         " " + at(t.latest_end, false);
}
std::string Shown(std::string_view text) { return Shown(BoundsOf(text)); }

// What lies within one span shows it twice.
std::string Once(const std::string& begin, const std::string& end) {
  return begin + " " + end + " | " + begin + " " + end;
}

TEST(EdtfTest, Level0Dates) {
  EXPECT_EQ(Shown("2015"), Once("2015-01-01", "2016-01-01"));
  EXPECT_EQ(Shown("1985-04"), Once("1985-04-01", "1985-05-01"));
  EXPECT_EQ(Shown("1985-12"), Once("1985-12-01", "1986-01-01"));
  EXPECT_EQ(Shown("1985-04-12"), Once("1985-04-12", "1985-04-13"));
  EXPECT_EQ(Shown("2016-02-29"), Once("2016-02-29", "2016-03-01"));
  EXPECT_EQ(Shown("0000"), Once("0000-01-01", "0001-01-01"));
  EXPECT_EQ(BoundsOf("1970-01-01"), TimeBounds::Within(0, 86400));
  EXPECT_EQ(BoundsOf("2015-09-30").earliest_start, 1443571200);
}

TEST(EdtfTest, Level0DateTimes) {
  EXPECT_EQ(BoundsOf("1970-01-01T00:00:01Z"), TimeBounds::At(1));
  EXPECT_EQ(BoundsOf("1970-01-01T00:00:01"), TimeBounds::At(1));
  EXPECT_EQ(BoundsOf("1985-04-12T23:20:30-04"), BoundsOf("1985-04-13T03:20:30Z"));
  EXPECT_EQ(BoundsOf("1985-04-12T23:20:30+04:30"), BoundsOf("1985-04-12T18:50:30Z"));
  EXPECT_EQ(BoundsOf("1970-01-01T00:10Z"), TimeBounds::Within(600, 660));
  EXPECT_EQ(BoundsOf("2016-12-31T23:59:60Z"), BoundsOf("2016-12-31T23:59:59Z"));
  EXPECT_EQ(BoundsOf("2016-12-31T18:59:60-05:00"), BoundsOf("2016-12-31T23:59:59Z"));
  EXPECT_EQ(Parsed("1985-04-12T23:20:30Z").form(), EdtfTime::Form::kInstant);
}

TEST(EdtfTest, Level0Intervals) {
  EXPECT_EQ(Shown("1964/2008"), "1964-01-01 1965-01-01 | 2008-01-01 2009-01-01");
  EXPECT_EQ(Shown("2004-02-01/2005-02-08"), "2004-02-01 2004-02-02 | 2005-02-08 2005-02-09");
  EXPECT_EQ(Shown("2005/2006-02"), "2005-01-01 2006-01-01 | 2006-02-01 2006-03-01");
  // The start comes before the end, which tells more where they share their year.
  EXPECT_EQ(Shown("2015/2015-06"), "2015-01-01 2015-07-01 | 2015-06-01 2015-07-01");
  EXPECT_EQ(BoundsOf("2015/2015"), BoundsOf("2015"));
}

TEST(EdtfTest, Level1LongAndNegativeYears) {
  EXPECT_EQ(Shown("Y170000002"), Once("Y170000002-01-01", "Y170000003-01-01"));
  EXPECT_EQ(Shown("Y-170000002"), Once("Y-170000002-01-01", "Y-170000001-01-01"));
  EXPECT_EQ(Shown("-1985"), Once("-1985-01-01", "-1984-01-01"));
  EXPECT_EQ(Shown("-0001-12-31"), Once("-0001-12-31", "0000-01-01"));
  EXPECT_EQ(Shown("Y50000000000"), Once("Y50000000000-01-01", "Y50000000001-01-01"));
}

TEST(EdtfTest, Level1And2Seasons) {
  EXPECT_EQ(Shown("2001-21"), Once("2001-03-01", "2001-06-01"));
  EXPECT_EQ(Shown("2001-24"), Once("2001-12-01", "2002-03-01"));
  EXPECT_EQ(Shown("2001-25"), Shown("2001-21"));
  EXPECT_EQ(Shown("2001-29"), Once("2001-09-01", "2001-12-01"));
  EXPECT_EQ(Shown("2001-34"), Once("2001-04-01", "2001-07-01"));
  EXPECT_EQ(Shown("2001-39"), Once("2001-09-01", "2002-01-01"));
  EXPECT_EQ(Shown("2001-41"), Once("2001-07-01", "2002-01-01"));
  EXPECT_EQ(Shown("2001-21~"), Once("2000-12-01", "2001-09-01"));
}

TEST(EdtfTest, Level1And2UnspecifiedDigits) {
  EXPECT_EQ(Shown("201X"), Once("2010-01-01", "2020-01-01"));
  EXPECT_EQ(Shown("20XX"), Once("2000-01-01", "2100-01-01"));
  EXPECT_EQ(Shown("-01XX"), Once("-0199-01-01", "-0099-01-01"));
  EXPECT_EQ(Shown("-000X"), Once("-0009-01-01", "0000-01-01"));
  EXPECT_EQ(Shown("2004-XX"), Once("2004-01-01", "2005-01-01"));
  EXPECT_EQ(Shown("1985-04-XX"), Once("1985-04-01", "1985-05-01"));
  EXPECT_EQ(Shown("1985-XX-XX"), Once("1985-01-01", "1986-01-01"));
  EXPECT_EQ(Shown("156X-12-25"), Once("1560-12-25", "1569-12-26"));
  EXPECT_EQ(Shown("XXXX-12-XX"), Once("0000-12-01", "Y10000-01-01"));
  EXPECT_EQ(Shown("1XXX-12"), Once("1000-12-01", "2000-01-01"));
  EXPECT_EQ(Shown("1984-1X"), Once("1984-10-01", "1985-01-01"));
  EXPECT_EQ(Shown("2015-02-X9"), Once("2015-02-09", "2015-02-20"));
  EXPECT_EQ(Shown("201X-02-29"), Once("2012-02-29", "2016-03-01"));
  EXPECT_EQ(Shown("-201X-02-29"), Once("-2016-02-29", "-2012-03-01"));
  EXPECT_TRUE(Parsed("2004-XX").unspecified());
}

TEST(EdtfTest, Level1OpenAndUnknownEndsDiffer) {
  EXPECT_EQ(Shown("2015-09-30/.."), "2015-09-30 2015-10-01 | .. ..");
  EXPECT_EQ(Shown("../1985"), ".. .. | 1985-01-01 1986-01-01");
  EXPECT_EQ(Shown("/1985"), ".. 1986-01-01 | 1985-01-01 1986-01-01");
  EXPECT_EQ(BoundsOf("1985/").latest_end, kMaxTime);
  EXPECT_EQ(BoundsOf("1985/").earliest_end, BoundsOf("1985").earliest_end);
  EXPECT_EQ(BoundsOf("../.."), TimeBounds::Always());
  EXPECT_TRUE(BoundsOf("/..").IsOpenEnded());
  const TimeBounds later = BoundsOf("2020");
  EXPECT_EQ(Overlaps(BoundsOf("1985/.."), later), Ternary::kTrue);
  EXPECT_EQ(Overlaps(BoundsOf("1985/"), later), Ternary::kOpen);
  EXPECT_EQ(Before(BoundsOf("../1985"), BoundsOf("1950")), Ternary::kFalse);
  EXPECT_EQ(Overlaps(BoundsOf("../1985"), BoundsOf("1950")), Ternary::kTrue);
  EXPECT_EQ(Overlaps(BoundsOf("/1985"), BoundsOf("1950")), Ternary::kOpen);
}

TEST(EdtfTest, MarksWidenByOneUnitOfWhatTheyMark) {
  EXPECT_EQ(Shown("1996~"), Once("1995-01-01", "1998-01-01"));
  EXPECT_EQ(Shown("1996?"), Shown("1996~"));
  EXPECT_EQ(Shown("1996%"), Shown("1996~"));
  EXPECT_EQ(Shown("2004-06~"), Once("2004-05-01", "2004-08-01"));
  EXPECT_EQ(Shown("2015-09-30~"), Once("2015-09-29", "2015-10-02"));
  EXPECT_EQ(Shown("199X~"), Once("1980-01-01", "2010-01-01"));
  // Level 2: by component and by group.
  EXPECT_EQ(Shown("2004~-06-11"), Once("2003-06-11", "2005-06-12"));
  EXPECT_EQ(Shown("2004-06~-11"), Once("2004-05-11", "2004-07-12"));
  EXPECT_EQ(Shown("2004-%06-11"), Shown("2004-06~-11"));
  EXPECT_EQ(Shown("?2004-06-~11"), Shown("2004~-06-11"));
  // A month that is too short loses no day: the shifted 31 January may be any day up to the end of February.
  EXPECT_EQ(Shown("2015-01~-30"), Once("2014-12-30", "2015-03-01"));
  EXPECT_EQ(Shown("1984~/2004-06"), "1983-01-01 1986-01-01 | 2004-06-01 2004-07-01");
  EXPECT_EQ(Shown("2004-06-~01/2004-06-~20"), "2004-05-31 2004-06-03 | 2004-06-19 2004-06-22");

  const EdtfTime uncertain = Parsed("1984?"), approximate = Parsed("1984~"), both = Parsed("1984%");
  EXPECT_TRUE(uncertain.uncertain() && !uncertain.approximate());
  EXPECT_TRUE(!approximate.uncertain() && approximate.approximate());
  EXPECT_TRUE(both.uncertain() && both.approximate());
  EXPECT_TRUE(Parsed("[1984~,1990]").approximate());
}

TEST(EdtfTest, MarksMakeMorePossibleAndLessCertain) {
  EXPECT_EQ(Before(BoundsOf("1996"), BoundsOf("1997")), Ternary::kTrue);
  EXPECT_EQ(Before(BoundsOf("1996~"), BoundsOf("1997")), Ternary::kOpen);
  EXPECT_EQ(Before(BoundsOf("1996~"), BoundsOf("1998")), Ternary::kTrue);
}

TEST(EdtfTest, Level2ExponentsAndSignificantDigits) {
  EXPECT_EQ(Shown("Y-17E7"), Once("Y-170000000-01-01", "Y-169999999-01-01"));
  EXPECT_EQ(Shown("1950S2"), Once("1900-01-01", "2000-01-01"));
  EXPECT_EQ(Shown("1950S3"), Once("1950-01-01", "1960-01-01"));
  EXPECT_EQ(Shown("1950S9"), Shown("1950"));
  EXPECT_EQ(Shown("-1950S2"), Once("-1999-01-01", "-1899-01-01"));
  EXPECT_EQ(Shown("Y171010000S3"), Once("Y171000000-01-01", "Y172000000-01-01"));
  EXPECT_EQ(Shown("Y3388E2S3"), Once("Y338000-01-01", "Y339000-01-01"));
}

TEST(EdtfTest, Level2OneOfASet) {
  EXPECT_EQ(Shown("[2014..2015]"), Once("2014-01-01", "2016-01-01"));
  EXPECT_EQ(Shown("[1667,1668, 1670..1672]"), Once("1667-01-01", "1673-01-01"));
  EXPECT_EQ(Shown("[1667,1760-12]"), Once("1667-01-01", "1761-01-01"));
  EXPECT_EQ(Shown("[1760-12,1667]"), Once("1667-01-01", "1761-01-01"));
  EXPECT_EQ(BoundsOf("[..1760-12-03]").latest_end, BoundsOf("1760-12-03").latest_end);
  EXPECT_EQ(BoundsOf("[..1760-12-03]").earliest_start, kMinTime);
  EXPECT_TRUE(CertainlyOverlaps(BoundsOf("[..1760]"), BoundsOf("../..")));
  EXPECT_EQ(Shown("[1760-01,1760-02,1760-12..]").substr(0, 10), "1760-01-01");
  EXPECT_EQ(BoundsOf("[1760-12..]").latest_end, kMaxTime);
  EXPECT_FALSE(BoundsOf("[1760-12..]").IsOpenEnded());
  EXPECT_FALSE(Parsed("[2014..2015]").is_period());
  // The two readings of "2014-2015" differ at the turn of the year, which the period certainly covers.
  EXPECT_TRUE(CertainlyOverlaps(BoundsOf("2014/2015"), BoundsOf("2014-12-31T23:59:59Z/2015-01-01T00:00:00Z")));
  EXPECT_FALSE(CertainlyOverlaps(BoundsOf("[2014..2015]"), BoundsOf("2014-12-31T23:59:59Z/2015-01-01T00:00:00Z")));
}

TEST(EdtfTest, Level2AllOfASet) {
  EXPECT_EQ(BoundsOf("{2014..2016}"), BoundsOf("2014/2016"));
  EXPECT_EQ(BoundsOf("{2015,2014,2016}"), BoundsOf("2014/2016"));
  EXPECT_EQ(BoundsOf("{2014,2014-05}"), BoundsOf("2014"));
  EXPECT_EQ(BoundsOf("{..1984}"), BoundsOf("../1984"));
  EXPECT_EQ(BoundsOf("{1984..}"), BoundsOf("1984/.."));
  // With a gap nothing is certain about what lies in it.
  EXPECT_EQ(Shown("{1960,1970}"), Once("1960-01-01", "1971-01-01"));
  EXPECT_FALSE(CertainlyOverlaps(BoundsOf("{1960,1970}"), AsExtent(BoundsOf("1965"))));
  EXPECT_TRUE(Parsed("{1960,1970}").is_period());
}

TEST(EdtfTest, ALoneDateCanBeReadAsItsExtent) {
  EXPECT_EQ(Parsed("2015").throughout(), AsExtent(BoundsOf("2015")));
  EXPECT_EQ(Overlaps(Parsed("2015").throughout(), BoundsOf("2015-06-30")), Ternary::kTrue);
  for (const char* text : {"2015~", "201X", "[2014..2015]", "2014/2015", "1950S2", "2015-01-01T10:00:00Z"}) {
    EXPECT_EQ(Parsed(text).throughout(), BoundsOf(text)) << text;
  }
}

TEST(EdtfTest, KeepsTheTextAndComparesByIt) {
  EXPECT_EQ(Parsed(" 1996~ \n").text(), "1996~");
  EXPECT_EQ(Parsed("1996~"), Parsed(" 1996~"));
  EXPECT_FALSE(Parsed("1996~") == Parsed("1996?"));
  EXPECT_TRUE(EdtfTime().is_undated());
  EXPECT_EQ(EdtfTime().bounds(), TimeBounds::Undated());
}

void ExpectError(std::string_view text, int number, std::string_view hint = "") {
  const auto time = EdtfTime::Parse(text);
  ASSERT_FALSE(time.ok()) << text;
  const auto diagnostics = DiagnosticsOf(time.status());
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(diagnostics[0].number, number) << time.status();
  EXPECT_EQ(diagnostics[0].place.begin.line, 1);
  EXPECT_FALSE(diagnostics[0].cause.empty() || diagnostics[0].rule.empty());
  EXPECT_THAT(diagnostics[0].hint, HasSubstr(std::string(hint))) << time.status();
}

TEST(EdtfTest, WhatIsNoEdtfSaysWhatWouldBe) {
  ExpectError("", kBadEdtf, "empty");
  ExpectError("  ", kBadEdtf);
  ExpectError("unknown", kBadEdtf);
  ExpectError("30/09/2015", kBadEdtf, "write 2015-09-30");
  ExpectError("9/30/2015", kBadEdtf, "write 2015-09-30");
  ExpectError("03.04.2015", kBadEdtf, "month before day");
  ExpectError("2015-9-3", kBadEdtf, "write 2015-09-03");
  ExpectError("2015-9", kBadEdtf, "write 2015-09");
  ExpectError("Sept 2015", kBadEdtf, "write 2015-09");
  ExpectError("30 September 2015", kBadEdtf, "write 2015-09-30");
  ExpectError("September 3, 2015", kBadEdtf, "write 2015-09-03");
  ExpectError("1990s", kBadEdtf, "write 199X");
  ExpectError("2014-2015", kBadEdtf, "2014/2015");
  ExpectError("2014–2015", kBadEdtf, "[2014..2015]");
  ExpectError("c. 1996", kBadEdtf, "write 1996~");
  ExpectError("since 2015", kBadEdtf, "write 2015/..");
  ExpectError("since 30 September 2015", kBadEdtf, "write 2015-09-30/..");
  ExpectError("before 1985", kBadEdtf, "[..1985]");
  ExpectError("until May 1985", kBadEdtf, "../1985-05");
  ExpectError("2015-present", kBadEdtf, "2015/..");
  for (const char* text : {"/",
                           "..",
                           "2015-",
                           "2015-09-",
                           "-",
                           "Y",
                           "Y2015",
                           "Y-2015",
                           "YE7",
                           "Y1E",
                           "20155",
                           "2015-091",
                           "20150930",
                           "2015S",
                           "2015S0",
                           "201XS2",
                           "201x",
                           "[2015",
                           "[]",
                           "{ }",
                           "[..]",
                           "[2014,..2015]",
                           "[2014..,2015]",
                           "[2014..2015..2016]",
                           "2014/2015/2016",
                           "2015-09-30T",
                           "2015-09T10:00:00Z",
                           "2015-09-30T10",
                           "2015-09-30T10:00:00+",
                           "2015-09-30T10:00:00Zx",
                           "2015-09-30~T10:00:00Z",
                           "2015-09-XXT10:00:00Z",
                           "[2014/2015]",
                           "2015-09-30T1X:00:00Z",

                           "\xFF",
                           "2015\n2016"}) {
    ExpectError(text, kBadEdtf);
  }
}

TEST(EdtfTest, WhatTheCalendarDoesNotHave) {
  for (const char* text : {"2015-02-29",
                           "2015-13",
                           "2015-00",
                           "2015-20",
                           "2015-42",
                           "2015-99",
                           "2015-01-32",
                           "2015-01-00",
                           "2015-02-3X",
                           "2015-04-31",
                           "2015-4X",
                           "201X-02-30",
                           "2013-02-29",
                           "-0000",
                           "2001-21-05",
                           "2015-09-30T24:00:00Z",
                           "2015-09-30T10:60:00Z",
                           "2015-09-30T10:00:61Z",
                           "2015-09-30T10:00:60Z",
                           "2015-09-30T10:00:00+24"}) {
    ExpectError(text, kEdtfNoSuchDate);
  }
}

TEST(EdtfTest, EndsBeforeStartsAndFarYears) {
  ExpectError("2016/2015", kEdtfEndsBeforeStart, "2015/2016");
  ExpectError("2015-06/2015-05-31", kEdtfEndsBeforeStart);
  ExpectError("[1672..1670]", kEdtfEndsBeforeStart, "1670..1672");
  ExpectError("Y50000000001", kEdtfYearTooFar);
  ExpectError("Y1E99999999999", kEdtfYearTooFar);
  ExpectError("Y-99999999999999999999999999999", kEdtfYearTooFar);
}

TEST(EdtfTest, ThePlaceOfAnErrorIsWhereReadingStopped) {
  const auto diagnostics = DiagnosticsOf(EdtfTime::Parse(" 2014/20 15").status());
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(diagnostics[0].place.begin.column, 7);
}

// Whatever is read has bounds in order, also at the far ends of time.
TEST(EdtfTest, BoundsAreAlwaysValid) {
  std::vector<std::string> dates = {"",
                                    "..",
                                    "0000",
                                    "9999",
                                    "XXXX",
                                    "-9999",
                                    "2015~",
                                    "2015-2",
                                    "2015-24",
                                    "2015-XX-31",
                                    "XXXX-02-29",
                                    "Y5E10~",
                                    "Y-5E10~",
                                    "1950S1%",
                                    "Y5E10S1~",
                                    "Y-5E10S1~",
                                    "2015-09-30T23:59:59-12:00"};
  size_t read = 0;
  for (const std::string& a : dates) {
    for (const std::string& b : dates) {
      for (const std::string& text : {a + "/" + b, "[" + a + "," + b + "]", "{" + a + ".." + b + "}", a + b}) {
        const auto time = EdtfTime::Parse(text);
        if (!time.ok()) continue;
        ++read;
        const TimeBounds t = time->bounds();
        EXPECT_TRUE(t.IsValid()) << text;
        EXPECT_TRUE(time->throughout().IsValid()) << text;
        EXPECT_TRUE(PossiblyOverlaps(t, t) && PossiblyDuring(t, t) && PossiblyStartsNoEarlier(t, t)) << text;
        EXPECT_FALSE(FormatBounds(t).empty());
        EXPECT_FALSE(FormatLength(t.earliest_start, t.latest_end).empty());
      }
    }
  }
  EXPECT_GT(read, 300u);
}

}  // namespace
}  // namespace dossier
