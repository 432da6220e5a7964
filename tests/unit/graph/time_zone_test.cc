#include "graph/time_zone.h"

#include <string>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "graph/temporal_text.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

TimeZone Zone(std::string_view text) { return ParseTimeZone(text).value_or(TimeZone{"none", 0}); }

std::string At(std::string_view local, std::string_view zone, std::optional<int32_t> preferred = std::nullopt) {
  return ToString(FromLocal(*ParseLocalDateTime(local), Zone(zone), preferred));
}

TEST(TimeZone, NamesAndOffsets) {
  EXPECT_EQ(Zone("+01:00"), TimeZone::OfOffset(3600));
  EXPECT_EQ(Zone("Z"), TimeZone());
  EXPECT_EQ(Zone("Europe/Stockholm"), (TimeZone{"Europe/Stockholm", 0}));
  EXPECT_EQ(Zone("America/Los Angeles").name, "America/Los_Angeles");
  EXPECT_EQ(ErrorNumber(ParseTimeZone("Europe/Atlantis").status()), 1043);
  EXPECT_EQ(ErrorNumber(ParseTimeZone("europe/stockholm").status()), 1043);
  EXPECT_EQ(ErrorNumber(ParseTimeZone("").status()), 1043);
  EXPECT_EQ(ErrorNumber(ParseTimeZone(std::string(100, 'A')).status()), 1043);
  EXPECT_EQ(ErrorNumber(ParseTimeZone("+19:00").status()), 1042);
  EXPECT_EQ(ErrorNumber(ParseTimeZone("+x").status()), 1041);
}

TEST(TimeZone, OffsetsChangeWithTheSeason) {
  EXPECT_EQ(At("1984-10-11T12:00", "Europe/Stockholm"), "1984-10-11T12:00+01:00[Europe/Stockholm]");
  EXPECT_EQ(At("1984-03-28T12:00", "Europe/Stockholm"), "1984-03-28T12:00+02:00[Europe/Stockholm]");
  EXPECT_EQ(At("1984-10-11T12:00", "Pacific/Honolulu"), "1984-10-11T12:00-10:00[Pacific/Honolulu]");
}

TEST(TimeZone, RulesReachFarBothWays) {
  // Before there was standard time: Stockholm's own.
  EXPECT_EQ(At("1818-07-21T21:40", "Europe/Stockholm"), "1818-07-21T21:40+01:12:12[Europe/Stockholm]");
  EXPECT_EQ(At("9999-07-01T00:00", "Europe/Stockholm"), "9999-07-01T00:00+02:00[Europe/Stockholm]");
  EXPECT_EQ(At("+999999999-07-01T00:00", "Europe/Stockholm"), "+999999999-07-01T00:00+02:00[Europe/Stockholm]");
  EXPECT_EQ(At("-999999999-07-01T00:00", "Europe/Stockholm"), "-999999999-07-01T00:00+01:12:12[Europe/Stockholm]");
}

TEST(TimeZone, ATimeThatTheClocksSkippedIsThatMuchLater) {
  EXPECT_EQ(At("2017-03-26T02:30:00.5", "Europe/Stockholm"), "2017-03-26T03:30:00.500+02:00[Europe/Stockholm]");
}

TEST(TimeZone, ATimeThatTheClocksShowedTwiceIsTheFirstUnlessAsked) {
  EXPECT_EQ(At("2017-10-29T02:30", "Europe/Stockholm"), "2017-10-29T02:30+02:00[Europe/Stockholm]");
  EXPECT_EQ(At("2017-10-29T02:30", "Europe/Stockholm", 3600), "2017-10-29T02:30+01:00[Europe/Stockholm]");
  EXPECT_EQ(At("2017-10-29T02:30", "Europe/Stockholm", 7200), "2017-10-29T02:30+02:00[Europe/Stockholm]");
  EXPECT_EQ(At("2017-07-01T02:30", "Europe/Stockholm", 3600), "2017-07-01T02:30+02:00[Europe/Stockholm]");
}

TEST(TimeZone, AnInstantHasOneClockTimeInEachZone) {
  const ZonedDateTime there = FromInstant(469020674, 645876123, Zone("Europe/Stockholm"));
  EXPECT_EQ(ToString(there), "1984-11-11T12:31:14.645876123+01:00[Europe/Stockholm]");
  EXPECT_EQ(there.epoch_seconds(), 469020674);
  EXPECT_EQ(ToString(FromInstant(-1, 0, TimeZone::OfOffset(-3600))), "1969-12-31T22:59:59-01:00");
}

}  // namespace
}  // namespace dossier
