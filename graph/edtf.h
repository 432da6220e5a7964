// Times as sources give them: EDTF, the Extended Date/Time Format of ISO 8601-2:2019 (loc.gov/standards/datetime).
//
// The text is kept as written; what can be compared is four bounds (graph/time_bounds.h). How a form maps:
//
//   form                              start lies in            end lies in             section of the LoC page
//   2015, 2015-09, 2015-09-30         any second of it         any second of it        Level 0, Date
//   2015-09-30T10:00:00Z, +02:00, -05 that second              that second             Level 0, Date and Time
//   2014/2015                         any second of 2014       any second of 2015      Level 0, Time Interval
//   2015-09-30/..   open end          that day                 never (kMaxTime)        Level 1, Extended Interval
//   2015-09-30/     unknown end       that day                 any time after          Level 1, Extended Interval
//   ../1985, /1985  open, unknown     -for ever; any time      1985                    Level 1, Extended Interval
//   201X, 2004-XX, 1985-04-XX         any second of what it may be, both               Level 1, Unspecified digits
//   156X-12-25, XXXX-12-XX, 1984-1X   from the first such day to the last, both        Level 2, Unspecified Digit
//   2001-21 .. 2001-41                any second of the season (below), both           Level 1 and 2, Season
//   Y170000002, -1985, Y-17E7         as a year                                        Level 1 and 2, Year
//   1950S2                            1900 to 1999             the same                Level 2, Significant digits
//   [2014..2015], [1667,1760-12]      any second from the first member to the last: once, within
//   {2014..2015}, {1667,1760-12}      as 2014/2015 where the members leave no gap; else as [..], because four
//                                     bounds cannot say "not in between"               Level 2, Set representation
//   [..1760], [1760..], {..1984}      with no first or no last member: no limit there
//
// - A lone date is thus the same as an interval from it to itself: the thing began and ended at some time in it.
//   That is what a date means for an event. For a state ("State Party in 2015"), a date means all of it: take
//   AsExtent(bounds()), or throughout(), which does so only for the forms where it makes sense.
// - Half-open ends: an end "in 2015" has latest_end = 2016-01-01T00:00:00Z, the first second after it.
// - `~` (approximate), `?` (uncertain) and `%` (both) widen the bounds by one unit of the component marked, before
//   and after: 1996~ is 1995 to 1997, 2015-09-30~ is 29 September to 1 October, 2004~-06-11 a year either way,
//   and 199X~ ten years. So a mark makes more things possible and fewer certain, and nothing at the border of
//   what is written is ever certain. A mark after a component holds for all to its left, the nearest of which is
//   the unit; one before a component, for that one alone; of several marks the coarsest unit counts.
// - Seasons 21-24 and 25-28 are the northern meteorological ones (spring = March to May; winter = December to
//   February of the next year), 29-32 the southern (spring = September to November; summer = December to
//   February of the next year), 33-36 quarters, 37-39 thirds, 40-41 halves of the year.
// - Dates, and times of day without a zone, are read as UTC. A leap second counts as the second before it.
// - Beyond the standard: a time of day may leave out the seconds, and may bound an interval.
#ifndef DOSSIER_GRAPH_EDTF_H_
#define DOSSIER_GRAPH_EDTF_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "graph/time_bounds.h"

namespace dossier {

// A value: cheap to copy, comparable; equal when written the same. Safe to read from many threads.
class EdtfTime {
 public:
  enum class Form : uint8_t {
    kUndated,   // no text at all
    kDate,      // a year, month, day, season, mask: "at some time in it", or all of it, as the reader knows
    kInstant,   // a date with a time of day
    kInterval,  // from a start to an end, throughout
    kOneOf,     // [...]: once, at some time within
    kAllOf,     // {...}: at each of the members
  };

  // Undated: bounds() is TimeBounds::Undated(), text() is empty.
  EdtfTime() = default;

  // Reads `text`; white space around it is dropped. Errors, all kInvalidArgument with a Diagnostic whose place
  // is line 1 and the column within `text` (a reader of files puts its own in):
  //   E1001 not EDTF (an empty text too: what is undated has no text), with what would be right where the form
  //         is a common one ("30/09/2015", "1990s", "c. 1996", "since 2015")
  //   E1002 no such month, day, hour, season   E1003 ends before it starts   E1004 a year out of reach
  static absl::StatusOr<EdtfTime> Parse(std::string_view text);

  // As written, which Parse reads again to an equal value.
  const std::string& text() const { return text_; }
  Form form() const { return form_; }

  const TimeBounds& bounds() const { return bounds_; }
  // bounds(), but a lone date is taken as an extent: all of 2015. Masks, sets, intervals and marked (~ ? %) dates
  // stay as they are, because they are not known to fill their bounds.
  TimeBounds throughout() const;

  // Said to go on from a start to an end (an interval, {..}, a date read as its extent), not once within ([..]).
  bool is_period() const { return form_ != Form::kOneOf && form_ != Form::kUndated; }
  bool is_undated() const { return form_ == Form::kUndated; }
  bool approximate() const { return approximate_; }  // ~ or % somewhere in it
  bool uncertain() const { return uncertain_; }      // ? or % somewhere in it
  bool unspecified() const { return unspecified_; }  // an X somewhere in it, or S digits

  friend bool operator==(const EdtfTime& a, const EdtfTime& b) { return a.text_ == b.text_; }

 private:
  std::string text_;
  TimeBounds bounds_;
  Form form_ = Form::kUndated;
  bool approximate_ = false;
  bool uncertain_ = false;
  bool unspecified_ = false;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_EDTF_H_
