// The numbers of the errors that graph/ gives, one line each; docs/errors.md explains them at more length.
// A number, once released, is never given another meaning.
#ifndef DOSSIER_GRAPH_ERROR_CODES_H_
#define DOSSIER_GRAPH_ERROR_CODES_H_

namespace dossier {

// Times (graph/edtf.h).
inline constexpr int kBadEdtf = 1001;              // the text is not a date, interval or set of EDTF
inline constexpr int kEdtfNoSuchDate = 1002;       // the calendar has no such month, day, hour or season
inline constexpr int kEdtfEndsBeforeStart = 1003;  // an interval, or a range in a set, ends before it starts
inline constexpr int kEdtfYearTooFar = 1004;       // a year more than 50 thousand million years away

// Quantities (graph/quantity.h).
inline constexpr int kBadQuantity = 1021;         // the text is not a quantity in any form that is read
inline constexpr int kQuantityEmptyRange = 1022;  // the lower bound lies above the upper one
inline constexpr int kQuantityNotWhole = 1023;    // a broken number of things that are counted in whole ones
inline constexpr int kQuantityTooLarge = 1024;    // beyond what can be kept exactly
inline constexpr int kQuantityMixedUnits = 1025;  // quantities of different units or of different things
inline constexpr int kQuantityIsRate = 1026;      // rates and percentages do not add up
inline constexpr int kQuantityNothing = 1027;     // a sum of no quantities at all

// Calendar values (graph/temporal_text.h).
inline constexpr int kBadTemporal = 1041;         // the text is no date, time, datetime, duration or offset
inline constexpr int kNoSuchTemporal = 1042;      // the calendar or the clock has no such month, day, hour, offset
inline constexpr int kUnknownTimeZone = 1043;     // no time zone of this name, or it had another offset then
inline constexpr int kTemporalOutOfRange = 1044;  // beyond the years, or the lengths, that there are

}  // namespace dossier

#endif  // DOSSIER_GRAPH_ERROR_CODES_H_
