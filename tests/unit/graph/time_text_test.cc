#include "graph/time_text.h"

#include "graph/civil_time.h"
#include "graph/edtf.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

TimeBounds BoundsOf(std::string_view text) {
  const auto time = EdtfTime::Parse(text);
  EXPECT_TRUE(time.ok()) << text;
  return time.ok() ? time->bounds() : TimeBounds();
}
int64_t Day(int64_t year, int month, int day) { return SecondsFromCivil({year, month, day}); }

TEST(TimeTextTest, Instants) {
  EXPECT_EQ(FormatInstant(0), "1970-01-01");
  EXPECT_EQ(FormatInstant(-1), "1969-12-31T23:59:59Z");
  EXPECT_EQ(FormatInstant(kMinTime), "..");
  EXPECT_EQ(FormatInstant(Day(12345, 1, 1)), "Y12345-01-01");
  EXPECT_EQ(FormatInstant(Day(-5, 1, 1)), "-0005-01-01");
  EXPECT_FALSE(FormatInstant(kMinTime + 1).empty());
  EXPECT_FALSE(FormatInstant(kMaxTime - 1).empty());
}

TEST(TimeTextTest, Spans) {
  EXPECT_EQ(FormatSpan(Day(2015, 1, 1), Day(2016, 1, 1)), "2015");
  EXPECT_EQ(FormatSpan(Day(2014, 1, 1), Day(2016, 1, 1)), "2014 to 2015");
  EXPECT_EQ(FormatSpan(Day(2015, 12, 1), Day(2016, 1, 1)), "2015-12");
  EXPECT_EQ(FormatSpan(Day(2015, 12, 23), Day(2016, 7, 1)), "2015-12-23 to 2016-06-30");
  EXPECT_EQ(FormatSpan(Day(2015, 12, 23), kMaxTime), "2015-12-23 to ..");
  EXPECT_EQ(FormatSpan(0, 1), "1970-01-01T00:00:00Z");
}

TEST(TimeTextTest, BoundsInWords) {
  const std::pair<const char*, const char*> cases[] = {
      {"2015", "in 2015"},
      {"2015-12", "in 2015-12"},
      {"2015-12-23", "on 2015-12-23"},
      {"2015-12-23T10:30:00Z", "at 2015-12-23T10:30:00Z"},
      {"2015-12-23T00:00:00Z", "at 2015-12-23T00:00:00Z"},
      {"[2014..2015]", "between 2014 and 2015"},
      {"[2015-12-23..2016-06-30]", "between 2015-12-23 and 2016-06-30"},
      {"1996~", "between 1995 and 1997"},
      {"2014/2015", "from 2014 to 2015"},
      {"2015-12-23/2016-06", "from 2015-12-23 to 2016-06"},
      {"2015-09-30/..", "since 2015-09-30"},
      {"2015/", "from 2015 to an unknown time"},
      {"../1985", "until 1985"},
      {"/1985", "from an unknown time to 1985"},
      {"[..1985-05]", "at some time before 1985-06-01"},
      {"[1760-12..]", "at some time from 1760-12-01 on"},
      {"../..", "always"},
      {"1984~/2004-06", "from between 1983 and 1985 to 2004-06"},
  };
  for (const auto& [text, words] : cases) EXPECT_EQ(FormatBounds(BoundsOf(text)), words) << text;
  EXPECT_EQ(FormatBounds(TimeBounds::Undated()), "undated");
  EXPECT_EQ(FormatBounds(AsExtent(BoundsOf("2015"))), "throughout 2015");
  EXPECT_EQ(FormatBounds(AsExtent(BoundsOf("2015-12-23/2016-06-30"))), "from 2015-12-23 to 2016-06-30");
}

TEST(TimeTextTest, LengthsInWords) {
  EXPECT_EQ(FormatLength(Day(2015, 12, 23), Day(2016, 6, 30)), "six months");
  EXPECT_EQ(FormatLength(Day(2015, 12, 23), Day(2015, 12, 24)), "one day");
  EXPECT_EQ(FormatLength(Day(2015, 12, 1), Day(2015, 12, 14)), "13 days");
  EXPECT_EQ(FormatLength(Day(2015, 1, 31), Day(2015, 2, 27)), "27 days");
  EXPECT_EQ(FormatLength(Day(2014, 1, 1), Day(2016, 4, 2)), "two years and three months");
  EXPECT_EQ(FormatLength(Day(2014, 1, 1), Day(2015, 1, 1)), "one year");
  EXPECT_EQ(FormatLength(5, 7), "less than a day");
  EXPECT_EQ(FormatLength(86399, 86401), "less than a day");
  EXPECT_EQ(FormatLength(7, 7), "no time");
  EXPECT_EQ(FormatLength(7, kMaxTime), "an unknown time");
  EXPECT_FALSE(FormatLength(kMinTime + 1, kMaxTime - 1).empty());
}

TEST(TimeTextTest, OverlapsInWords) {
  EXPECT_EQ(FormatOverlap(BoundsOf("2015-09-30/2016-06-30"), BoundsOf("2015-12-23/..")),
            "between 2015-12-23 and 2016-06-30");
  EXPECT_EQ(FormatOverlap(BoundsOf("2015-09-30/.."), BoundsOf("2015-12-23/..")), "from 2015-12-23 on");
  EXPECT_EQ(FormatOverlap(BoundsOf("2015"), BoundsOf("2014/2016")), "in 2015");
  EXPECT_EQ(FormatOverlap(BoundsOf("2015"), BoundsOf("2016")), "never");
  EXPECT_EQ(FormatOverlap(TimeBounds(), TimeBounds()), "at any time");
}

}  // namespace
}  // namespace dossier
