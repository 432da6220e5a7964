// Times in words, for tables and for the sentences that explain a finding.
#ifndef DOSSIER_GRAPH_TIME_TEXT_H_
#define DOSSIER_GRAPH_TIME_TEXT_H_

#include <cstdint>
#include <string>

#include "graph/time_bounds.h"

namespace dossier {

// "2015-12-23", or "2015-12-23T10:30:00Z" where it is not midnight; ".." for kMinTime and kMaxTime. Years beyond
// four digits as EDTF has them: "Y12345-01-01".
std::string FormatInstant(int64_t instant);

// The seconds [begin, end) by the shortest name that fits: "2015", "2015-12", "2015-12-23", "2014 to 2015",
// "2015-12-23 to 2016-06-30" (the last day is included).
std::string FormatSpan(int64_t begin, int64_t end);

// What the bounds say: "undated", "always"; of a time once within: "in 2015", "on 2015-12-23", "at
// 2015-12-23T10:30:00Z", "between 2015-12-23 and 2016-06-30", "at some time before 1985-06-01", "at some time from
// 1760-12-01 on"; of a period: "from 2014 to 2015", "throughout 2015", "since 2015-09-30", "until 1985", "from 2015 to
// an unknown time".
std::string FormatBounds(const TimeBounds& bounds);

// The whole units from one instant to a later one, the largest that fits: "two years and three months",
// "six months", "one day", "13 days", "less than a day"; "no time" if none; "an unknown time" for no limit.
std::string FormatLength(int64_t from, int64_t to);

// When a and b may both be so: "between 2015-12-23 and 2016-06-30", "in 2015", "from 2015-09-30 on"; "never" if
// they cannot overlap, "at any time" if nothing limits it.
std::string FormatOverlap(const TimeBounds& a, const TimeBounds& b);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_TIME_TEXT_H_
