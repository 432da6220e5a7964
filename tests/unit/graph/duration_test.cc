#include "graph/duration.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "gtest/gtest.h"

namespace dossier {
namespace {

std::string Text(const std::optional<Duration>& duration) {
  return duration.has_value() ? ToString(*duration) : "too long";
}

std::string Of(DurationUnit unit, double amount) {
  DurationBuilder builder;
  builder.Add(unit, *ToDecimal(amount));
  return Text(builder.Build());
}

TEST(Duration, BrokenUnitsCarryDownwards) {
  EXPECT_EQ(Of(DurationUnit::kYear, 12.5), "P12Y6M");
  EXPECT_EQ(Of(DurationUnit::kMonth, 0.75), "P22DT19H51M49.5S");
  EXPECT_EQ(Of(DurationUnit::kMonth, -0.5), "P-15DT-5H-14M-33S");
  EXPECT_EQ(Of(DurationUnit::kWeek, 2.5), "P17DT12H");
  EXPECT_EQ(Of(DurationUnit::kDay, 1.1), "P1DT2H24M");
  EXPECT_EQ(Of(DurationUnit::kHour, 0.1), "PT6M");
  EXPECT_EQ(Of(DurationUnit::kMillisecond, 1500.5), "PT1.5005S");
  EXPECT_EQ(Of(DurationUnit::kNanosecond, 0.9), "PT0S");
}

TEST(Duration, WholeUnitsDoNotCarryFromSecondsToDays) {
  DurationBuilder builder;
  builder.Add(DurationUnit::kDay, {1, 0});
  builder.Add(DurationUnit::kHour, {40, 0});
  builder.Add(DurationUnit::kSecond, {70, 0});
  builder.Add(DurationUnit::kNanosecond, {-1, 0});
  EXPECT_EQ(Text(builder.Build()), "P1DT40H1M9.999999999S");
}

TEST(Duration, BrokenMonthsAndDaysOfTwoSignsMeet) {
  DurationBuilder builder;
  builder.Add(DurationUnit::kMonth, *ToDecimal(-0.5));
  builder.Add(DurationUnit::kDay, {16, 0});
  EXPECT_EQ(Text(builder.Build()), "PT18H45M27S");
}

TEST(Duration, SecondsAreKeptDownwardsAndPrintedWithOneSign) {
  const Duration half = *Negate({.nanoseconds = 500'000'000});
  EXPECT_EQ(half.seconds, -1);
  EXPECT_EQ(half.nanoseconds, 500'000'000);
  EXPECT_EQ(ToString(half), "PT-0.5S");
  EXPECT_EQ(ToString(Duration{.seconds = -86400, .nanoseconds = 100'000'000}), "PT-23H-59M-59.9S");
  EXPECT_EQ(ToString(Duration{2, -28, 113'900, 0}), "P2M-28DT31H38M20S");
  EXPECT_EQ(ToString(Duration{}), "PT0S");
}

TEST(Duration, Arithmetic) {
  const Duration a = {149, 14, 58'390, 0};
  EXPECT_EQ(Text(Multiply(a, int64_t{2})), "P24Y10M28DT32H26M20S");
  EXPECT_EQ(Text(Multiply(a, 0.5)), "P6Y2M22DT13H21M8S");
  EXPECT_EQ(Text(Divide(a, int64_t{2})), "P6Y2M22DT13H21M8S");
  EXPECT_EQ(Text(Divide(a, 2.0)), "P6Y2M22DT13H21M8S");
  EXPECT_EQ(Text(Divide(a, -1.0)), "P-12Y-5M-14DT-16H-13M-10S");
  EXPECT_EQ(Text(Divide({.months = 1}, int64_t{3})), "P10DT3H29M42S");
  EXPECT_EQ(Text(Divide({.days = 3}, 0.3)), "P10D");
  EXPECT_EQ(Text(Add(a, {.nanoseconds = 1})), "P12Y5M14DT16H13M10.000000001S");
  EXPECT_EQ(Text(Subtract(a, a)), "PT0S");
}

TEST(Duration, WhatDoesNotFitIsNoDuration) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  EXPECT_EQ(Text(Add({.months = kMost}, {.months = 1})), "too long");
  EXPECT_EQ(Text(Negate({.days = std::numeric_limits<int64_t>::min()})), "too long");
  EXPECT_EQ(Text(Multiply({.seconds = kMost}, 2.0)), "too long");
  EXPECT_EQ(Text(Multiply({.seconds = kMost}, 1e300)), "too long");
  EXPECT_EQ(Text(Multiply({.seconds = kMost}, 1e-300)), "PT0S");
  EXPECT_EQ(Text(Divide({.days = 1}, 0.0)), "too long");
  EXPECT_EQ(Text(Divide({.days = 1}, int64_t{0})), "too long");
  EXPECT_EQ(Text(Divide({.days = 1}, std::nan(""))), "too long");
  EXPECT_EQ(Text(Divide({.days = 1}, 1e-300)), "too long");
  EXPECT_EQ(Text(Divide({.days = 1}, 12345.678901234567)), "PT6.998400062S");
  DurationBuilder builder;
  builder.Add(DurationUnit::kYear, {kMost, 0});
  EXPECT_EQ(Text(builder.Build()), "too long");
}

TEST(Duration, OrdersByMeanLength) {
  EXPECT_LT((Duration{.days = 30}), (Duration{.months = 1}));
  EXPECT_LT((Duration{.months = 1}), (Duration{.days = 31}));
  EXPECT_LT((Duration{.seconds = 86400}), (Duration{.days = 1}));  // of one length: equal only to itself
  EXPECT_NE((Duration{.seconds = 86400}), (Duration{.days = 1}));
  EXPECT_LT((Duration{.nanoseconds = 1}), (Duration{.nanoseconds = 2}));
}

TEST(Duration, DecimalsAreReadExactly) {
  const auto decimal = [](std::string_view text) {
    const auto amount = ParseDecimal(text);
    return amount.has_value() ? std::to_string(amount->whole) + "|" + std::to_string(amount->fraction) : "none";
  };
  EXPECT_EQ(decimal("12"), "12|0");
  EXPECT_EQ(decimal("-0.75"), "0|-750000000000000000");
  EXPECT_EQ(decimal("1,5"), "1|500000000000000000");
  EXPECT_EQ(decimal("1.5e3"), "1500|0");
  EXPECT_EQ(decimal("15e-3"), "0|15000000000000000");
  EXPECT_EQ(decimal("1e-30"), "0|0");
  EXPECT_EQ(decimal("0e999999999"), "0|0");
  EXPECT_EQ(decimal("1e19"), "none");
  EXPECT_EQ(decimal(""), "none");
  EXPECT_EQ(decimal("1.2.3"), "none");
  EXPECT_EQ(decimal("1x"), "none");
}

}  // namespace
}  // namespace dossier
