#include "graph/temporal_text.h"

#include <string>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

template <typename T>
std::string Shown(const absl::StatusOr<T>& value) {
  return value.ok() ? ToString(*value) : StrCat("E", ErrorNumber(value.status()));
}
std::string OfDate(std::string_view text) { return Shown(ParseDate(text)); }
std::string OfTime(std::string_view text) { return Shown(ParseLocalTime(text)); }
std::string OfZonedTime(std::string_view text) { return Shown(ParseZonedTime(text)); }
std::string OfLocal(std::string_view text) { return Shown(ParseLocalDateTime(text)); }
std::string OfZoned(std::string_view text) { return Shown(ParseZonedDateTime(text)); }
std::string OfDuration(std::string_view text) { return Shown(ParseDuration(text)); }

TEST(TemporalText, Dates) {
  for (const char* text : {"2015-07-21", "20150721", "2015-W30-2", "2015W302", "2015-202", "2015202", "2015-Q3-21",
                           "2015Q321", "+2015-07-21", "2015-7-21"}) {
    EXPECT_EQ(OfDate(text), "2015-07-21") << text;
  }
  EXPECT_EQ(OfDate("2015-07"), "2015-07-01");
  EXPECT_EQ(OfDate("201507"), "2015-07-01");
  EXPECT_EQ(OfDate("2015-W30"), "2015-07-20");
  EXPECT_EQ(OfDate("2015W30"), "2015-07-20");
  EXPECT_EQ(OfDate("2015-Q2"), "2015-04-01");
  EXPECT_EQ(OfDate("2015Q2"), "2015-04-01");
  EXPECT_EQ(OfDate("2015"), "2015-01-01");
  EXPECT_EQ(OfDate("-0044-03-15"), "-0044-03-15");
  EXPECT_EQ(OfDate("+999999999-12-31"), "+999999999-12-31");
  EXPECT_EQ(OfDate("-999999999-01-01"), "-999999999-01-01");
}

TEST(TemporalText, DatesThatAreNone) {
  for (const char* text : {"", "x", "15-07-21", "2015-", "2015-07-", "2015-07-21 ", "21.07.2015", "20150", "201507211",
                           "2015-W", "2015Q", "2015-Q3-", "+", "2015-07-21T10:00"}) {
    EXPECT_EQ(OfDate(text), "E1041") << text;
  }
  for (const char* text : {"2015-13", "2015-02-29", "20150230", "2015-W54", "2015-W30-8", "2015-366", "2015-Q5",
                           "2015-Q1-91", "2015-000"}) {
    EXPECT_EQ(OfDate(text), "E1042") << text;
  }
  EXPECT_EQ(OfDate("+1234567890-01-01"), "E1044");
  EXPECT_EQ(OfDate("+999999999-W52-7"), "E1044");  // in January of the year after
}

TEST(TemporalText, Times) {
  EXPECT_EQ(OfTime("21:40:32.142"), "21:40:32.142");
  EXPECT_EQ(OfTime("214032.142"), "21:40:32.142");
  EXPECT_EQ(OfTime("214032,142"), "21:40:32.142");
  EXPECT_EQ(OfTime("21:40:32"), "21:40:32");
  EXPECT_EQ(OfTime("2140"), "21:40");
  EXPECT_EQ(OfTime("21"), "21:00");
  EXPECT_EQ(OfTime("9:05"), "09:05");
  for (const char* text : {"", "9", "214", "21:", "21:40:", "21:40:32.", "21:40:32.1234567890", "21.5", "21:40Z"}) {
    EXPECT_EQ(OfTime(text), "E1041") << text;
  }
  for (const char* text : {"24:00", "21:60", "21:40:60"}) EXPECT_EQ(OfTime(text), "E1042") << text;
}

TEST(TemporalText, ZonedTimes) {
  EXPECT_EQ(OfZonedTime("21:40:32.142+0100"), "21:40:32.142+01:00");
  EXPECT_EQ(OfZonedTime("214032-01:30"), "21:40:32-01:30");
  EXPECT_EQ(OfZonedTime("2140-00:00"), "21:40Z");
  EXPECT_EQ(OfZonedTime("21+18:00"), "21:00+18:00");
  EXPECT_EQ(OfZonedTime("21+02:05:59"), "21:00+02:05:59");
  EXPECT_EQ(OfZonedTime("21-020507"), "21:00-02:05:07");
  EXPECT_EQ(OfZonedTime("21:40"), "21:40Z");
  EXPECT_EQ(OfZonedTime("21:40+18:01"), "E1042");
  EXPECT_EQ(OfZonedTime("21:40+1:2"), "E1041");
  EXPECT_EQ(OfZonedTime("21:40+01:00[Europe/Stockholm]"), "E1041");
}

TEST(TemporalText, Datetimes) {
  EXPECT_EQ(OfLocal("2015-07-21T21:40:32.142"), "2015-07-21T21:40:32.142");
  EXPECT_EQ(OfLocal("2015-W30-2T214032.142"), "2015-07-21T21:40:32.142");
  EXPECT_EQ(OfLocal("2015T214032"), "2015-01-01T21:40:32");
  EXPECT_EQ(OfLocal("20150721"), "2015-07-21T00:00");
  EXPECT_EQ(OfLocal("2015-07-21T"), "E1041");
  EXPECT_EQ(OfZoned("2015-07-21T21:40:32.142+0100"), "2015-07-21T21:40:32.142+01:00");
  EXPECT_EQ(OfZoned("2015T214032-0100"), "2015-01-01T21:40:32-01:00");
  EXPECT_EQ(OfZoned("2015202T21+18:00"), "2015-07-21T21:00+18:00");
  EXPECT_EQ(OfZoned("2015-07-21T21:40"), "2015-07-21T21:40Z");
}

TEST(TemporalText, ZonesHaveTheOffsetOfThereAndThen) {
  EXPECT_EQ(OfZoned("2015-07-21T21:40:32.142+02:00[Europe/Stockholm]"),
            "2015-07-21T21:40:32.142+02:00[Europe/Stockholm]");
  EXPECT_EQ(OfZoned("2015-07-21T21:40:32[Europe/London]"), "2015-07-21T21:40:32+01:00[Europe/London]");
  EXPECT_EQ(OfZoned("2015-07-21T21:40-04[America/New_York]"), "2015-07-21T21:40-04:00[America/New_York]");
  EXPECT_EQ(OfZoned("2015-07-21T21:40+0845[Australia/Eucla]"), "2015-07-21T21:40+08:45[Australia/Eucla]");
  EXPECT_EQ(OfZoned("2015-07-21T21:40+03:00[Europe/Stockholm]"), "E1043");
  for (const char* zone : {"Europe/Atlantis", "", "../../etc/passwd", "/etc/localtime", "Europe", "zone.tab",
                           "localtime", "Fixed/UTC+01:00:00", "+01:00"}) {
    EXPECT_EQ(OfZoned(StrCat("2015-07-21T21:40[", zone, "]")), "E1043") << zone;
  }
  EXPECT_EQ(OfZoned("2015-07-21T21:40[Europe/Stockholm"), "E1041");
}

TEST(TemporalText, Durations) {
  EXPECT_EQ(OfDuration("P14DT16H12M"), "P14DT16H12M");
  EXPECT_EQ(OfDuration("P5M1.5D"), "P5M1DT12H");
  EXPECT_EQ(OfDuration("P0.75M"), "P22DT19H51M49.5S");
  EXPECT_EQ(OfDuration("PT0,75M"), "PT45S");
  EXPECT_EQ(OfDuration("P2.5W"), "P17DT12H");
  EXPECT_EQ(OfDuration("P12Y5M14DT16H12M70S"), "P12Y5M14DT16H13M10S");
  EXPECT_EQ(OfDuration("-P1Y-2M"), "P-10M");
  EXPECT_EQ(OfDuration("PT-0.5S"), "PT-0.5S");
  EXPECT_EQ(OfDuration("P2012-02-02T14:37:21.545"), "P2012Y2M2DT14H37M21.545S");
  EXPECT_EQ(OfDuration("P20120202T143721,545"), "P2012Y2M2DT14H37M21.545S");
  EXPECT_EQ(OfDuration("P2012-02-02"), "P2012Y2M2D");
  EXPECT_EQ(OfDuration("PT14:37"), "PT14H37M");
  for (const char* text :
       {"",      "P",     "PT",         "P1DT",         "1D",     "P1",        "PD",
        "P1S",   "P1D1M", "PT1M1H",     "P1D1D",        "P1.D",   "P.5D",      "P1.2.3D",
        "P--1D", "P1DX",  "P2012-0202", "P2012-02-02T", "PT14:3", "PT1437:21", "P2012-02-02T14:37:21."}) {
    EXPECT_EQ(OfDuration(text), "E1041") << text;
  }
  EXPECT_EQ(OfDuration("P99999999999999999999D"), "E1044");
  EXPECT_EQ(OfDuration("P9223372036854775807Y"), "E1044");
}

TEST(TemporalText, ErrorsShowThePlace) {
  const absl::Status status = ParseDate("2015-13-01").status();
  const auto diagnostics = DiagnosticsOf(status);
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(diagnostics[0].cause, "no such date: '2015-13-01'");
  EXPECT_EQ(diagnostics[0].rule, "months go from 1 to 12");
}

}  // namespace
}  // namespace dossier
