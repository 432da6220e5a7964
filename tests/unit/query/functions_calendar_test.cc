// Dates, times and durations in expressions. What a text may look like is tested in graph/, what follows from it here.
#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query/expression_nodes.h"
#include "tests/unit/query/expression_fixture.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

struct Case {
  const char* text;
  const char* expected;
};

void Check(const std::vector<Case>& cases) {
  ExpressionBench bench = ScratchBench();
  for (const Case& c : cases) EXPECT_EQ(bench.Run(c.text), c.expected) << c.text;
}

TEST(CalendarFunctions, DatesFromFields) {
  Check({
      {"date({year: 1984, month: 10, day: 11})", "1984-10-11"},
      {"date({year: 1984, month: 10})", "1984-10-01"},
      {"date({year: 1984})", "1984-01-01"},
      {"date({year: -5})", "-0005-01-01"},
      {"date({year: 1984, week: 10, dayOfWeek: 3})", "1984-03-07"},
      {"date({year: 1817, week: 1})", "1816-12-30"},
      {"date({year: 1984, quarter: 3, dayOfQuarter: 45})", "1984-08-14"},
      {"date({year: 1984, ordinalDay: 202})", "1984-07-20"},
      {"date({year: 1984, month: null})", "null"},
      {"date(null)", "null"},
  });
}

TEST(CalendarFunctions, FieldsThatMakeNoValueAreErrorsAtBindTimeWhereConstant) {
  Check({
      {"date({year: 1984, month: 13})", "E6011"},
      {"date({year: 1984, month: 2, day: 30})", "E6011"},
      {"date({month: 2})", "E6011"},
      {"date({year: 1984, day: 2})", "E6011"},
      {"date({year: 1984, dayOfWeek: 2})", "E6011"},
      {"date({year: 1984, dayOfQuarter: 2})", "E6011"},
      {"date({year: 1984, month: 2, week: 3})", "E6011"},
      {"date({year: 2021, week: 53})", "E6011"},
      {"date({year: 1984.0})", "E6011"},
      {"date({year: 1000000000})", "E6011"},
      {"date({year: 999999999, week: 52, dayOfWeek: 7})", "E6011"},
      {"date({})", "E6011"},
      {"date({year: 1984, hour: 1})", "E6011"},
      {"date({year: 1984, timezone: 'Z'})", "E6011"},
      {"date('2015-13-01')", "E6011"},
      {"date(1)", "E6010"},
      {"date({date: localtime('12:00')})", "E6011"},
      {"localtime({minute: 1})", "E6011"},
      {"localtime({hour: 1, second: 1})", "E6011"},
      {"localtime({hour: 1, nanosecond: 1})", "E6011"},
      {"localtime({hour: 1, minute: 1, second: 1, millisecond: 1, microsecond: 1000})", "E6011"},
      {"localtime({time: date('2015')})", "E6011"},
      {"localdatetime({year: 1984, hour: 1})", "E6011"},
      {"datetime({year: 1984, timezone: 'Mars/Olympus'})", "E6011"},
      {"datetime({year: 1984, timezone: 1})", "E6011"},
      {"datetime({datetime: datetime('2015'), date: date('2015')})", "E6011"},
      {"date(a.name)", "E7006"},
      {"date({year: a.age, month: a.age})", "E7010"},
      {"date({year: a.age, moon: 1})", "E7010"},
  });
  ExpressionBench bench = ScratchBench();
  EXPECT_THAT(bench.Complaint("date({year: 1984, mont: 1})"), HasSubstr("did you mean 'month'?"));
  EXPECT_THAT(bench.Complaint("date({year: 1984, day: 1})"), HasSubstr("'day' without 'month'"));
  EXPECT_THAT(bench.Complaint("date('2015-02-30')"), HasSubstr("that month has the days 1 to 28"));
}

TEST(CalendarFunctions, TimesFromFields) {
  Check({
      {"localtime({hour: 12, minute: 31, second: 14, nanosecond: 789, millisecond: 123, microsecond: 456})",
       "12:31:14.123456789"},
      {"localtime({hour: 12, minute: 31, second: 14, nanosecond: 645876123})", "12:31:14.645876123"},
      {"localtime({hour: 12, minute: 31, second: 14, millisecond: 1, nanosecond: 2000})", "12:31:14.001002"},
      {"localtime({hour: 12})", "12:00"},
      {"time({hour: 12, timezone: '-02:05:07'})", "12:00-02:05:07"},
      {"time({hour: 12})", "12:00Z"},
      {"localdatetime({year: 1984})", "1984-01-01T00:00"},
      {"localdatetime({year: 1984, ordinalDay: 202, hour: 12})", "1984-07-20T12:00"},
      {"datetime({year: 1984, month: 10, day: 11, timezone: 'Europe/Stockholm'})",
       "1984-10-11T00:00+01:00[Europe/Stockholm]"},
      {"datetime({epochSeconds: -1, nanosecond: 5})", "1969-12-31T23:59:59.000000005Z"},
      {"datetime({epochMillis: 469020674645, timezone: 'Europe/Stockholm'})",
       "1984-11-11T12:31:14.645+01:00[Europe/Stockholm]"},
      {"datetime.fromepoch(416779, 999999999)", "1970-01-05T19:46:19.999999999Z"},
      {"datetime.fromEpochMillis(-1)", "1969-12-31T23:59:59.999Z"},
      {"datetime.fromepoch(0, 1000000000)", "E6011"},
  });
}

TEST(CalendarFunctions, FieldsOfOtherValuesAreTakenAndOverridden) {
  Check({
      {"date({date: date('1816-12-30'), week: 2, dayOfWeek: 3})", "1817-01-08"},
      {"date({date: date('1984-10-11'), day: 28})", "1984-10-28"},
      {"date({date: date('1984-10-31'), month: 2})", "1984-02-29"},
      {"date({date: date('1984-11-11'), quarter: 3})", "1984-08-11"},
      {"date({date: datetime('1984-10-11T12:00+01:00'), year: 28})", "0028-10-11"},
      {"localtime({time: datetime('1984-10-11T12:00:01+01:00'), second: 42})", "12:00:42"},
      {"localdatetime({date: date('1984-10-11'), time: localtime('12:31'), hour: 1})", "1984-10-11T01:31"},
      {"localdatetime({datetime: datetime('1984-10-11T12:00+01:00'), day: 28, second: 42})", "1984-10-28T12:00:42"},
      {"date(localdatetime('1984-10-11T12:00'))", "1984-10-11"},
      {"localtime(datetime('1984-10-11T12:00+01:00'))", "12:00"},
      {"time(datetime({year: 1984, month: 10, day: 11, hour: 12, timezone: 'Europe/Stockholm'}))", "12:00+01:00"},
      {"time(localtime('12:31'))", "12:31Z"},
      {"localdatetime(date('1984-10-11'))", "1984-10-11T00:00"},
      {"datetime(localdatetime('1984-10-11T12:00'))", "1984-10-11T12:00Z"},
      {"date(localtime('12:00'))", "E6011"},
      {"localtime(date('1984-10-11'))", "E6011"},
  });
}

TEST(CalendarFunctions, AnotherTimezoneKeepsTheInstantOfAZonedSource) {
  Check({
      {"time({time: localtime('12:31'), timezone: '+05:00'})", "12:31+05:00"},
      {"time({time: time('12:31+01:00'), second: 42, timezone: '+05:00'})", "16:31:42+05:00"},
      {"time({time: time('01:31+01:00'), timezone: '-05:00'})", "19:31-05:00"},
      {"datetime({date: date('1984-03-28'), time: datetime('1984-10-11T12:00[Europe/Stockholm]')})",
       "1984-03-28T12:00+02:00[Europe/Stockholm]"},
      {"datetime({date: date('1984-10-28'), time: time('12:31:14+01:00'), second: 42, timezone: 'Pacific/Honolulu'})",
       "1984-10-28T01:31:42-10:00[Pacific/Honolulu]"},
      {"datetime({date: datetime('1984-10-11T12:00+01:00'), time: localtime('12:31')})", "1984-10-11T12:31Z"},
  });
}

TEST(CalendarFunctions, TheClockStandsStillWithinAQuery) {
  Check({
      {"date() = date.statement() AND date() = date.transaction()", "true"},
      {"localtime() = localtime()", "true"},
      {"datetime() = datetime.statement()", "true"},
      {"datetime() = datetime.transaction('Europe/Stockholm')", "false"},
      {"datetime.statement('Europe/Stockholm').timezone", "Europe/Stockholm"},
      {"datetime({timezone: 'Europe/Stockholm'}).epochSeconds = datetime().epochSeconds", "true"},
      {"datetime.realtime() >= datetime()", "true"},
      {"time.realtime('+01:00').offset", "+01:00"},
      {"duration.inSeconds(localdatetime(), localdatetime())", "PT0S"},
      {"date() >= date('2024-01-01')", "true"},
      {"datetime.realtime('Mars/Olympus')", "E7006"},
      {"date(null)", "null"},
      {"date.transaction(null)", "null"},
  });
}

TEST(CalendarFunctions, GqlSpellings) {
  Check({
      {"current_date = date()", "true"},
      {"CURRENT_TIMESTAMP = datetime()", "true"},
      {"current_time = time()", "true"},
      {"local_time = localtime()", "true"},
      {"LOCAL_TIMESTAMP = localdatetime()", "true"},
      {"local_time('12:31')", "12:31"},
      {"zoned_time('12:31+01')", "12:31+01:00"},
      {"local_datetime('2015-07-21T12:31')", "2015-07-21T12:31"},
      {"zoned_datetime('2015-07-21T12:31-01')", "2015-07-21T12:31-01:00"},
      {"duration_between(date('2015-07-21'), date('2015-07-22'))", "P1D"},
      {"DATE '2015-07-21'", "2015-07-21"},
      {"TIME '12:31'", "12:31"},
      {"TIME '12:31+01:00'", "12:31+01:00"},
      {"DATETIME '2015-07-21T12:31'", "2015-07-21T12:31"},
      {"TIMESTAMP '2015-07-21T12:31Z'", "2015-07-21T12:31Z"},
      {"DATETIME '2015-07-21T12:31[Europe/London]'", "2015-07-21T12:31+01:00[Europe/London]"},
      {"DURATION 'P1Y'", "P1Y"},
      {"DATE '2015-02-30'", "E6011"},
      {"DURATION '1 year'", "E6011"},
  });
}

TEST(CalendarFunctions, Truncation) {
  Check({
      {"date.truncate('millennium', date('2017-10-11'), {day: 2})", "2000-01-02"},
      {"date.truncate('century', date('1984-10-11'))", "1900-01-01"},
      {"date.truncate('century', date('-0005-10-11'))", "-0100-01-01"},
      {"date.truncate('decade', date('1984-10-11'))", "1980-01-01"},
      {"date.truncate('weekYear', localdatetime('1984-01-01T12:31'), {day: 5})", "1983-01-05"},
      {"date.truncate('quarter', date('1984-11-11'))", "1984-10-01"},
      {"date.truncate('WEEK', date('1984-10-11'), {dayOfWeek: 2})", "1984-10-09"},
      {"localdatetime.truncate('day', date('1984-10-11'), {nanosecond: 2})", "1984-10-11T00:00:00.000000002"},
      {"localdatetime.truncate('millisecond', localdatetime('1984-10-11T12:31:14.645876123'), {nanosecond: 2})",
       "1984-10-11T12:31:14.645000002"},
      {"localdatetime.truncate('millisecond', localdatetime('1984-10-11T12:31:14.645876123'), {microsecond: 2})",
       "1984-10-11T12:31:14.645002"},
      {"localdatetime.truncate('second', localdatetime('1984-10-11T12:31:14.645876123'), {millisecond: 2})",
       "1984-10-11T12:31:14.002"},
      {"localtime.truncate('hour', time('12:31:14+01:00'), {minute: 5})", "12:05"},
      {"localtime.truncate('day', localtime('12:31:14'))", "00:00"},
      {"time.truncate('minute', datetime('1984-10-11T12:31:14-01:00'))", "12:31-01:00"},
      {"time.truncate('minute', datetime('1984-10-11T12:31:14-01:00'), {timezone: '+01:00'})", "12:31+01:00"},
      {"datetime.truncate('year', datetime('1984-10-11T12:31[Europe/Stockholm]'))",
       "1984-01-01T00:00+01:00[Europe/Stockholm]"},
      {"datetime.truncate('month', datetime('1984-07-11T12:31-01:00'), {timezone: 'Europe/Stockholm', day: 2})",
       "1984-07-02T00:00+02:00[Europe/Stockholm]"},
      {"datetime.truncate('hour', localdatetime('1984-10-11T12:31'))", "1984-10-11T12:00Z"},
      {"date.truncate('day') = date()", "true"},
      {"date.truncate('day', null)", "null"},
      {"date.truncate('hour', datetime('1984'))", "E6011"},
      {"localtime.truncate('month', localtime('12:00'))", "E6011"},
      {"localdatetime.truncate('hour', date('1984'))", "E6011"},
      {"localtime.truncate('day', date('1984'))", "E6011"},
      {"date.truncate('fortnight', date('1984'))", "E6011"},
      {"date.truncate('millennium', date('-999999999-01-01'))", "E6011"},
      {"localtime.truncate('millisecond', localtime('12:00'), {nanosecond: 1000000})", "E6011"},
      {"date.truncate('month', a.name)", "E7001"},
  });
}

TEST(CalendarFunctions, Durations) {
  Check({
      {"duration({years: 12.5, months: 5.5, days: 14.5, hours: 16.5, minutes: 12.5, seconds: 70.5, nanoseconds: 3})",
       "P12Y11M29DT33H58M13.500000003S"},
      {"duration({quarters: 1, weeks: 1, milliseconds: 1, microseconds: 1})", "P3M7DT0.001001S"},
      {"duration({days: 14, hours: -16})", "P14DT-16H"},
      {"duration('P5M1.5D')", "P5M1DT12H"},
      {"duration(duration('P1D'))", "P1D"},
      {"duration({day: 1})", "E6011"},
      {"duration({days: '1'})", "E6011"},
      {"duration({years: 9223372036854775807})", "E6011"},
      {"duration({})", "E6011"},
      {"duration({days: null})", "null"},
      {"duration('1 day')", "E6011"},
      {"duration(a.name)", "E7006"},
      {"duration.between(date('1984-10-11'), date('2015-06-24'))", "P30Y8M13D"},
      {"duration.inMonths(date('2018-03-11'), date('2016-06-24'))", "P-1Y-8M"},
      {"duration.inDays(date('1984-10-11'), localdatetime('2016-07-21T21:45:22.142'))", "P11606D"},
      {"duration.inSeconds(date('1984-10-11'), localtime('16:30'))", "PT16H30M"},
      {"duration.between(date('1984-10-11'), null)", "null"},
      {"duration.between(date('1984-10-11'), 1)", "E6010"},
  });
}

TEST(CalendarFunctions, Arithmetic) {
  Check({
      {"date('2020-01-31') + duration('P1M')", "2020-02-29"},
      {"duration('P1M') + date('2020-01-31')", "2020-02-29"},
      {"date('2020-01-31') - duration('P1D')", "2020-01-30"},
      {"duration('P1D') + duration('PT24H')", "P1DT24H"},
      {"duration('P1D') - duration('P2D')", "P-1D"},
      {"duration('P1D') * 2", "P2D"},
      {"0.5 * duration('P1D')", "PT12H"},
      {"duration('P1D') / 2", "PT12H"},
      {"-duration('P1DT0.5S')", "P-1DT-0.5S"},
      {"duration('P1D') / 0", "E7004"},
      {"duration('P1D') * (0.0 / 0)", "E7011"},
      {"date('+999999999-12-31') + duration('P1D')", "E7011"},
      {"date('2020-01-31') + null", "null"},
      {"[date('2020-01-31')] + date('2020-01-30')", "[2020-01-31, 2020-01-30]"},
      {"date('2020-01-31') - date('2020-01-30')", "E6010"},
      {"date('2020-01-31') + 1", "E6010"},
      {"2 / duration('P1D')", "E6010"},
      {"+duration('P1D')", "E6010"},
      {"[x IN [1, date('2020-01-31')] | x + 1]", "E7001"},
      {"[x IN [date('2020-01-31'), 1] | x - x]", "E7001"},
  });
  ExpressionBench bench = ScratchBench();
  for (const char* difference : {"date('2020-01-31') - date('2020-01-30')", "[x IN [date('2020-01-31'), 1] | x - x]"}) {
    EXPECT_THAT(bench.Complaint(difference), HasSubstr("duration.between(from, to)"));
  }
}

TEST(CalendarFunctions, Comparison) {
  Check({
      {"date('1980-12-24') < date('1984-10-11')", "true"},
      {"time('10:00+01:00') < time('09:35:14Z')", "true"},
      {"time('10:00+01:00') = time('09:00Z')", "false"},
      {"datetime('1984-10-11T12:31+05:00') >= datetime('1984-10-11T12:31+05:00')", "true"},
      {"date('1984-10-11') = localdatetime('1984-10-11')", "false"},
      {"date('1984-10-11') < localdatetime('1984-10-12')", "null"},
      {"duration('P1D') = duration('PT24H')", "false"},
      {"duration('PT60S') = duration('PT1M')", "true"},
      {"duration('P1D') < duration('P2D')", "null"},
      {"date('1984-10-11') = null", "null"},
      {"date('1984-10-11') IN [date('1984-10-11')]", "true"},
  });
}

TEST(CalendarFunctions, Components) {
  Check({
      {"[date('1984-10-11').year, date('1984-10-11').quarter, date('1984-10-11').week, date('1984-10-11').weekYear]",
       "[1984, 4, 41, 1984]"},
      {"[date('1984-10-11').ordinalDay, date('1984-10-11').weekDay, date('1984-10-11').dayOfQuarter]", "[285, 4, 11]"},
      {"[localtime('12:31:14.645876123').hour, localtime('12:31:14.645876123').microsecond]", "[12, 645876]"},
      {"datetime('1984-11-11T12:31:14.645[Europe/Stockholm]').timezone", "Europe/Stockholm"},
      {"datetime('1984-11-11T12:31:14.645[Europe/Stockholm]').offsetMinutes", "60"},
      {"datetime('1984-11-11T12:31:14.645[Europe/Stockholm]').epochMillis", "469020674645"},
      {"datetime('+999999999-01-01').epochMillis", "null"},
      {"datetime({epochMillis: 9223372036854775807}).year", "292278994"},
      {"datetime({epochSeconds: 9223372036854775807})", "E6011"},
      {"time('12:00-01:30').timezone", "-01:30"},
      {"time('12:00-01:30').offsetSeconds", "-5400"},
      {"duration('P1Y4M10DT1H1M1.111111111S').quarters", "5"},
      {"duration('P1Y4M10DT1H1M1.111111111S').microseconds", "3661111111"},
      {"duration('P1Y4M10DT1H1M1.111111111S').microsecondsOfSecond", "111111"},
      {"duration('PT9223372036854775807S').nanoseconds", "null"},
      {"date('1984-10-11')['month']", "10"},
      {"date('1984-10-11').hour", "E6004"},
      {"date('1984-10-11').yaer", "E6004"},
      {"duration('P1D').day", "E6004"},
      {"[x IN [date('1984-10-11'), 1] | x.hour]", "E7001"},
  });
  ExpressionBench bench = ScratchBench();
  EXPECT_THAT(bench.Complaint("duration('P1D').day"), HasSubstr("did you mean 'days'?"));
}

TEST(CalendarFunctions, DatesStandBesideUncertainTimes) {
  Check({
      {"before(edtf('2014'), date('2015-01-01'))", "true"},
      {"before(edtf('2014/2015'), date('2015-01-01'))", "false"},
      {"during(edtf('2015-09-30'), date('2015-09-30'))", "true"},
      {"during(edtf('2015-09'), date('2015-09-30'))", "null"},
      {"overlaps(edtf('2015-09-30T10:00:00Z'), datetime('2015-09-30T12:00+02:00'))", "true"},
      {"after(localdatetime('2015-09-30T12:00'), date('2015-09-29'))", "true"},
      {"before(edtf('2014'), localtime('12:00'))", "E6010"},
  });
}

TEST(CalendarFunctions, TextAndTypes) {
  Check({
      {"toString(date('1984-10-11'))", "1984-10-11"},
      {"datetime(toString(datetime('1984-10-11T12:31+01:00'))) = datetime('1984-10-11T12:31+01:00')", "true"},
      {"toString(duration('P12Y5M14DT16H13M10S'))", "P12Y5M14DT16H13M10S"},
      {"valueType(datetime())", "zoned datetime"},
      {"valueType(duration('P1D'))", "duration"},
      {"size(toString(date()))", "10"},
  });
}

TEST(CalendarFunctions, ConstantsAreMadeOnceAndTheClockIsNoConstant) {
  ExpressionBench bench = ScratchBench();
  const auto constant = [&bench](const char* text) { return ConstantOf(**bench.Bind(text)) != nullptr; };
  EXPECT_TRUE(constant("date({year: 1984})"));
  EXPECT_TRUE(constant("date('1984')"));
  EXPECT_TRUE(constant("duration.inDays(date('1984'), date('1985'))"));
  EXPECT_FALSE(constant("date()"));
  EXPECT_FALSE(constant("date({timezone: '+01:00'})"));
  EXPECT_FALSE(constant("date({year: a.age})"));
}

// The rows "| `expression` | `value` |" of the reference.
TEST(CalendarFunctions, TheExamplesOfTheReferenceHold) {
  std::ifstream page(DOSSIER_CALENDAR_REFERENCE);
  ASSERT_TRUE(page.is_open()) << DOSSIER_CALENDAR_REFERENCE;
  ExpressionBench bench = ScratchBench();
  bool examples = false;
  int count = 0;
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("|")) examples = false;
    if (line == "| expression | value |") examples = true;
    if (!examples || !line.starts_with("| `")) continue;
    const size_t middle = line.find("` | `");
    ASSERT_NE(middle, std::string::npos) << line;
    const std::string value = line.substr(middle + 5, line.rfind('`') - middle - 5);
    EXPECT_EQ(bench.Run(line.substr(3, middle - 3)), value) << line;
    ++count;
  }
  EXPECT_GT(count, 40);
}

}  // namespace
}  // namespace dossier
