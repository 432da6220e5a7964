#include "graph/temporal.h"

#include <string>

#include "absl/hash/hash.h"
#include "graph/base/text.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

Date On(int64_t year, int month, int day) { return ToDate({year, month, day}); }

TEST(Temporal, DatesPrintAsIso8601HasThem) {
  EXPECT_EQ(ToString(On(1984, 10, 11)), "1984-10-11");
  EXPECT_EQ(ToString(On(28, 1, 1)), "0028-01-01");
  EXPECT_EQ(ToString(On(0, 12, 31)), "0000-12-31");
  EXPECT_EQ(ToString(On(-1, 1, 1)), "-0001-01-01");
  EXPECT_EQ(ToString(On(kMaxYear, 12, 31)), "+999999999-12-31");
  EXPECT_EQ(ToString(On(kMinYear, 1, 1)), "-999999999-01-01");
}

TEST(Temporal, TimesPrintWhatIsNotZeroByThreesOfDigits) {
  const auto at = [](int64_t seconds, int64_t nanosecond) {
    return ToString(LocalTime{seconds * kNanosecondsPerSecond + nanosecond});
  };
  EXPECT_EQ(at(0, 0), "00:00");
  EXPECT_EQ(at(12 * 3600 + 31 * 60, 0), "12:31");
  EXPECT_EQ(at(14, 0), "00:00:14");
  EXPECT_EQ(at(0, 500'000'000), "00:00:00.500");
  EXPECT_EQ(at(0, 645'876'000), "00:00:00.645876");
  EXPECT_EQ(at(86399, 1), "23:59:59.000000001");
}

TEST(Temporal, OffsetsPrintSecondsWhereTheyHaveSome) {
  EXPECT_EQ(OffsetToString(0), "Z");
  EXPECT_EQ(OffsetToString(3600), "+01:00");
  EXPECT_EQ(OffsetToString(-(2 * 3600 + 5 * 60 + 7)), "-02:05:07");
}

TEST(Temporal, WeeksAreThoseOfIso8601) {
  const auto week = [](Date date) {
    const WeekDate found = WeekOf(date);
    return StrCat(found.year, "-W", found.week, "-", DayOfWeek(date));
  };
  EXPECT_EQ(week(On(1984, 10, 11)), "1984-W41-4");
  EXPECT_EQ(week(On(2021, 1, 1)), "2020-W53-5");
  EXPECT_EQ(week(On(1816, 12, 30)), "1817-W1-1");
  EXPECT_EQ(week(On(-1, 1, 1)), "-2-W53-5");
  EXPECT_EQ(WeeksInYear(2020), 53);
  EXPECT_EQ(WeeksInYear(2021), 52);
  EXPECT_EQ(FirstDayOfWeek(1817, 1), On(1816, 12, 30));
}

TEST(Temporal, EveryDayIsFoundAgainByEachOfItsNames) {
  for (int64_t days = -800'000; days < 800'000; days += 97) {
    const Date date = {days};
    const WeekDate week = WeekOf(date);
    EXPECT_EQ(FirstDayOfWeek(week.year, week.week).days + DayOfWeek(date) - 1, days);
    EXPECT_LE(week.week, WeeksInYear(week.year));
    const CivilDate civil = ToCivil(date);
    EXPECT_EQ(On(civil.year, 1, 1).days + DayOfYear(date) - 1, days);
    EXPECT_EQ(On(civil.year, Quarter(date) * 3 - 2, 1).days + DayOfQuarter(date) - 1, days);
    EXPECT_LE(DayOfQuarter(date), DaysInQuarter(civil.year, Quarter(date)));
  }
}

TEST(Temporal, ZonedValuesOrderByInstantThenFromWestToEastThenByName) {
  const auto at = [](int hour, int32_t offset, std::string zone = "") {
    return ZonedDateTime{{On(2020, 1, 1), {hour * 3600 * kNanosecondsPerSecond}}, offset, std::move(zone)};
  };
  EXPECT_LT(at(12, 3600), at(12, 0));
  EXPECT_LT(at(12, 0), at(13, 3600));
  EXPECT_NE(at(12, 0), at(13, 3600));
  EXPECT_LT(at(13, 3600), at(13, 3600, "Europe/Oslo"));
  EXPECT_LT(at(13, 3600, "Europe/Oslo"), at(13, 3600, "Europe/Stockholm"));
  const auto time = [](int hour, int32_t offset) { return ZonedTime{{hour * 3600 * kNanosecondsPerSecond}, offset}; };
  EXPECT_LT(time(12, 3600), time(12, 0));
  EXPECT_LT(time(12, 0), time(13, 3600));
  EXPECT_EQ(absl::HashOf(time(12, 0)), absl::HashOf(time(12, 0)));
}

TEST(Temporal, SecondsBeforeTheEpochFallOnTheDayBefore) {
  const LocalDateTime time = FromSeconds(-1, 5);
  EXPECT_EQ(ToString(time), "1969-12-31T23:59:59.000000005");
  EXPECT_EQ(time.seconds(), -1);
}

TEST(Temporal, TheCalendarEnds) {
  EXPECT_TRUE(IsInRange(On(kMaxYear, 12, 31)));
  EXPECT_FALSE(IsInRange(On(kMaxYear + 1, 1, 1)));
  EXPECT_TRUE(IsInRange(On(kMinYear, 1, 1)));
  EXPECT_FALSE(IsInRange(On(kMinYear - 1, 12, 31)));
}

}  // namespace
}  // namespace dossier
