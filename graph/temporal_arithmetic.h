// What lies between two calendar values, and where a duration leads to from one.
//
// Adding takes the months first, then the days, then the seconds. A month too short for the day ends on its last:
// 31 January and a month is 28 or 29 February. Months and days move the calendar of the zone, seconds move the
// instant: a day after noon is noon, whatever the clocks did that night, and 24 hours are not always that. A date has
// whole days alone, so of the seconds whole days count; a time of day has no days, so only the seconds do, and it goes
// round at midnight.
#ifndef DOSSIER_GRAPH_TEMPORAL_ARITHMETIC_H_
#define DOSSIER_GRAPH_TEMPORAL_ARITHMETIC_H_

#include <optional>

#include "graph/duration.h"
#include "graph/temporal.h"

namespace dossier {

// temporal + duration, of the same kind; nothing where it lies beyond the years there are.
std::optional<Temporal> Plus(const Temporal& temporal, const Duration& duration);

// From `from` to `to`, below zero where `to` is earlier. What one of the two lacks it takes from the other: a time its
// date, a local value its zone; a date is its midnight. Of two times of day there are no months and days between.
Duration MonthsBetween(const Temporal& from, const Temporal& to);   // whole months
Duration DaysBetween(const Temporal& from, const Temporal& to);     // whole days
Duration SecondsBetween(const Temporal& from, const Temporal& to);  // all of it, in seconds
// Months, then days, then seconds: what Plus(from, ...) takes to `to`.
Duration Between(const Temporal& from, const Temporal& to);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_TEMPORAL_ARITHMETIC_H_
