#include "graph/temporal_arithmetic.h"

#include <cstdint>
#include <limits>
#include <random>
#include <string>

#include "graph/base/text.h"
#include "graph/temporal_text.h"
#include "graph/time_zone.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

Temporal D(std::string_view text) { return *ParseDate(text); }
Temporal T(std::string_view text) { return *ParseLocalTime(text); }
Temporal ZT(std::string_view text) { return *ParseZonedTime(text); }
Temporal L(std::string_view text) { return *ParseLocalDateTime(text); }
Temporal Z(std::string_view text) { return *ParseZonedDateTime(text); }

std::string Sum(const Temporal& temporal, std::string_view duration) {
  const auto sum = Plus(temporal, *ParseDuration(duration));
  return sum.has_value() ? ToString(*sum) : "beyond";
}

TEST(TemporalArithmetic, DatesMoveByMonthsThenDaysThenWholeDaysOfSeconds) {
  EXPECT_EQ(Sum(D("1984-10-11"), "P12Y5M14DT16H13M10S"), "1997-03-25");
  EXPECT_EQ(Sum(D("1984-10-11"), "P12Y11M29DT33H58M13.5S"), "1997-10-11");
  EXPECT_EQ(Sum(D("2020-01-31"), "P1M"), "2020-02-29");
  EXPECT_EQ(Sum(D("2020-01-31"), "P1M1D"), "2020-03-01");
  EXPECT_EQ(Sum(D("2020-01-01"), "PT-23H-59M-59.5S"), "2020-01-01");
  EXPECT_EQ(Sum(D("2020-01-01"), "PT-24H-0.5S"), "2019-12-31");
}

TEST(TemporalArithmetic, TimesGoRoundAtMidnight) {
  EXPECT_EQ(Sum(T("12:31:14.000000001"), "P12Y5M14DT16H13M10.000000002S"), "04:44:24.000000003");
  EXPECT_EQ(Sum(T("00:00"), "PT-0.000000001S"), "23:59:59.999999999");
  EXPECT_EQ(Sum(ZT("23:00+01:00"), "PT2H"), "01:00+01:00");
}

TEST(TemporalArithmetic, DaysMoveTheClockOfTheZoneAndHoursTheInstant) {
  EXPECT_EQ(Sum(L("1984-10-11T12:31:14.000000001"), "P12Y5M14DT16H13M10.000000002S"), "1997-03-26T04:44:24.000000003");
  const Temporal eve = Z("2017-10-28T12:00[Europe/Stockholm]");
  EXPECT_EQ(Sum(eve, "P1D"), "2017-10-29T12:00+01:00[Europe/Stockholm]");
  EXPECT_EQ(Sum(eve, "PT24H"), "2017-10-29T11:00+01:00[Europe/Stockholm]");
  EXPECT_EQ(Sum(Z("2017-10-28T02:30[Europe/Stockholm]"), "P1D"), "2017-10-29T02:30+02:00[Europe/Stockholm]");
  EXPECT_EQ(Sum(Z("2017-03-25T02:30[Europe/Stockholm]"), "P1D"), "2017-03-26T03:30+02:00[Europe/Stockholm]");
}

TEST(TemporalArithmetic, NothingLiesBeyondTheCalendar) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(Sum(D("+999999999-12-31"), "P1D"), "beyond");
  EXPECT_EQ(Sum(D("-999999999-01-01"), "P-1M"), "beyond");
  EXPECT_EQ(Sum(D("-999999999-01-01"), "P1999999998Y11M30D"), "+999999999-12-31");
  EXPECT_EQ(Sum(L("+999999999-12-31T23:59:59"), "PT1S"), "beyond");
  EXPECT_EQ(Sum(Z("+999999999-12-31T23:59:59Z"), "PT1S"), "beyond");
  for (const int64_t most : {kMost, -kMost, std::numeric_limits<int64_t>::min()}) {
    for (const Temporal& from : {D("2020-01-01"), L("2020-01-01T00:00"), Z("2020-01-01T00:00Z")}) {
      EXPECT_FALSE(Plus(from, {.months = most}).has_value());
      EXPECT_FALSE(Plus(from, {.days = most}).has_value());
      EXPECT_FALSE(Plus(from, {.seconds = most}).has_value());
      EXPECT_FALSE(Plus(from, {.days = most, .seconds = most}).has_value());
    }
    EXPECT_TRUE(Plus(T("00:00"), {.months = most, .days = most, .seconds = most}).has_value());
  }
}

TEST(TemporalArithmetic, BetweenCountsMonthsThenDaysThenSeconds) {
  EXPECT_EQ(ToString(Between(D("1984-10-11"), D("2015-06-24"))), "P30Y8M13D");
  EXPECT_EQ(ToString(Between(D("2015-06-24"), D("1984-10-11"))), "P-30Y-8M-13D");
  EXPECT_EQ(ToString(Between(L("2018-01-02T10:00:00.1"), L("2018-01-01T10:00:00.2"))), "PT-23H-59M-59.9S");
  EXPECT_EQ(ToString(Between(D("-999999999-01-01"), D("+999999999-12-31"))), "P1999999998Y11M30D");
  EXPECT_EQ(
      ToString(Between(Z("2017-10-28T23:00+02:00[Europe/Stockholm]"), Z("2017-10-29T04:00+01:00[Europe/Stockholm]"))),
      "PT6H");
}

TEST(TemporalArithmetic, WhatOneLacksItTakesFromTheOther) {
  EXPECT_EQ(ToString(Between(D("1984-10-11"), T("16:30"))), "PT16H30M");
  EXPECT_EQ(ToString(Between(T("14:30"), D("2015-06-24"))), "PT-14H-30M");
  EXPECT_EQ(ToString(Between(T("14:30"), ZT("16:30+0100"))), "PT2H");
  EXPECT_EQ(ToString(Between(ZT("14:30Z"), ZT("16:30+0100"))), "PT1H");
  EXPECT_EQ(ToString(Between(ZT("14:30+01:00"), Z("2015-07-21T21:40:32.142+0100"))), "PT7H10M32.142S");
  EXPECT_EQ(ToString(MonthsBetween(D("2018-07-21"), Z("2016-07-21T21:40:32.142+0100"))), "P-1Y-11M");
  EXPECT_EQ(ToString(MonthsBetween(Z("2018-07-21T21:40:36.143+0500"), Z("1984-07-21T22:40:36.143+0200"))), "P-33Y-11M");
  EXPECT_EQ(ToString(DaysBetween(Z("2014-07-21T21:40:36.143+0200"), D("2015-06-24"))), "P337D");
  EXPECT_EQ(ToString(DaysBetween(T("14:30"), D("2015-06-24"))), "PT0S");
  EXPECT_EQ(ToString(DaysBetween(T("14:30"), T("16:30"))), "PT0S");
  EXPECT_EQ(ToString(SecondsBetween(D("1984-10-11"), D("1984-10-12"))), "PT24H");
  EXPECT_EQ(ToString(SecondsBetween(Z("2017-10-29T00:00[Europe/Stockholm]"), L("2017-10-29T04:00"))), "PT5H");
}

// What Between measures, Plus walks.
TEST(TemporalArithmetic, BetweenAndPlusAgree) {
  const uint32_t seed = 20150721;
  SCOPED_TRACE(StrCat("seed ", seed));
  std::mt19937_64 random(seed);
  std::uniform_int_distribution<int64_t> seconds(-5'000'000'000, 5'000'000'000);
  std::uniform_int_distribution<int64_t> nanosecond(0, kNanosecondsPerSecond - 1);
  const TimeZone zones[] = {{}, TimeZone::OfOffset(-12'345), {"Europe/Stockholm", 0}, {"America/New_York", 0}};
  for (int i = 0; i < 4000; ++i) {
    const auto at = [&](const TimeZone& zone) { return FromInstant(seconds(random), nanosecond(random), zone); };
    const ZonedDateTime from = at(zones[i % 4]);
    const ZonedDateTime to = at(zones[i / 4 % 4]);
    const auto there = Plus(from, Between(from, to));
    ASSERT_TRUE(there.has_value());
    const auto& reached = std::get<ZonedDateTime>(*there);
    EXPECT_EQ(reached.epoch_seconds(), to.epoch_seconds()) << ToString(from) << " " << ToString(to);
    EXPECT_EQ(reached.local.time.nanosecond(), to.local.time.nanosecond());
    const Duration exact = SecondsBetween(from, to);
    EXPECT_EQ(exact.seconds < 0, to < from);
    EXPECT_EQ(ToString(SecondsBetween(to, from)), ToString(*Negate(exact)));
  }
}

}  // namespace
}  // namespace dossier
