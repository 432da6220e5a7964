#include "graph/civil_time.h"

#include <chrono>

#include "gtest/gtest.h"

namespace dossier {
namespace {

TEST(CivilTimeTest, AgreesWithChronoWhereChronoReaches) {
  using std::chrono::days;
  using std::chrono::sys_days;
  // A prime step visits every month, day and leap rule within ten thousand years.
  for (int64_t day = -3'000'000; day < 2'000'000; day += 17) {
    const std::chrono::year_month_day expected{sys_days{days{day}}};
    const CivilDate date = CivilFromDays(day);
    ASSERT_EQ(date.year, static_cast<int>(expected.year())) << day;
    ASSERT_EQ(date.month, static_cast<int>(static_cast<unsigned>(expected.month()))) << day;
    ASSERT_EQ(date.day, static_cast<int>(static_cast<unsigned>(expected.day()))) << day;
    ASSERT_EQ(DaysFromCivil(date), day);
    ASSERT_LE(date.day, DaysInMonth(date.year, date.month));
  }
}

TEST(CivilTimeTest, GoesToYearsFarAway) {
  for (const int64_t year :
       {int64_t{-200'000'000'000}, int64_t{-170000000}, int64_t{170000002}, int64_t{200'000'000'000}}) {
    for (const CivilDate& date : {CivilDate{year, 1, 1}, CivilDate{year, 12, 31}, CivilDate{year, 2, 28}}) {
      EXPECT_EQ(CivilFromSeconds(SecondsFromCivil(date)), date) << year;
    }
  }
}

TEST(CivilTimeTest, AddMonthsKeepsTheDayOrTakesTheLastOne) {
  EXPECT_EQ(AddMonths({2015, 1, 31}, 1), (CivilDate{2015, 2, 28}));
  EXPECT_EQ(AddMonths({2016, 1, 31}, 1), (CivilDate{2016, 2, 29}));
  EXPECT_EQ(AddMonths({2015, 12, 15}, 1), (CivilDate{2016, 1, 15}));
  EXPECT_EQ(AddMonths({2015, 1, 15}, -13), (CivilDate{2013, 12, 15}));
  EXPECT_EQ(AddMonths({0, 1, 1}, -1), (CivilDate{-1, 12, 1}));
}

}  // namespace
}  // namespace dossier
