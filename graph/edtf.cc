#include "graph/edtf.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/edtf_date.h"
#include "graph/edtf_hint.h"
#include "graph/error_codes.h"
#include "graph/value_error.h"

namespace dossier {
namespace {

constexpr std::string_view kRule = "times are written in EDTF, ISO 8601-2";

// The bytes [begin, end) of a text.
struct Range {
  size_t begin;
  size_t end;
};

// What a text says before it is wrapped into an EdtfTime.
struct Reading {
  TimeBounds bounds;
  EdtfTime::Form form = EdtfTime::Form::kUndated;
  bool approximate = false;
  bool uncertain = false;
  bool unspecified = false;

  void TakeFlags(const EdtfDate& date) {
    approximate |= date.approximate;
    uncertain |= date.uncertain;
    unspecified |= date.unspecified;
  }
};

// A member of a set: a date, or a range from one to another; the first and last may be without a limit.
struct Member {
  std::optional<EdtfDate> first;  // nothing: open
  std::optional<EdtfDate> last;

  int64_t begin() const { return first.has_value() ? first->begin : kMinTime; }
  int64_t end() const { return last.has_value() ? last->end : kMaxTime; }
  bool IsPlain() const { return (!first.has_value() || first->IsPlain()) && (!last.has_value() || last->IsPlain()); }
};

class EdtfParser {
 public:
  explicit EdtfParser(std::string_view text) : text_(text) {}

  absl::StatusOr<Reading> Parse() {
    const Range all = Trimmed({0, text_.size()});
    const std::string_view whole = Slice(all);
    if (whole.empty()) return Bad(all, "there is no time here");
    const char first = whole.front();
    if (first == '[' || first == '{') {
      if (whole.size() < 2 || whole.back() != (first == '[' ? ']' : '}')) return Bad(all, "a set is not closed");
      return ParseSet({all.begin + 1, all.end - 1}, first == '[');
    }
    const size_t slash = whole.find('/');
    // "30/09/2015" has two: it is no interval, and the hint for it is about dates.
    if (slash != std::string_view::npos && whole.find('/', slash + 1) == std::string_view::npos) {
      return ParseInterval({all.begin, all.begin + slash}, {all.begin + slash + 1, all.end});
    }
    return ParseLoneDate(all);
  }

 private:
  std::string_view Slice(const Range& range) const { return text_.substr(range.begin, range.end - range.begin); }
  Range Trimmed(const Range& range) const {
    const std::string_view slice = Slice(range);
    const std::string_view trimmed = Trim(slice);
    const size_t begin = trimmed.empty() ? range.end : static_cast<size_t>(trimmed.data() - text_.data());
    return {begin, begin + trimmed.size()};
  }
  absl::Status Bad(const Range& range, std::string_view cause, std::string_view hint = "") const {
    return ValueError(kBadEdtf, text_, range.begin, range.end, cause, kRule,
                      hint.empty() ? EdtfHint(Slice(range)) : hint);
  }
  absl::Status EndsBeforeStart(const Range& range, std::string_view hint) const {
    return ValueError(kEdtfEndsBeforeStart, text_, range.begin, range.end,
                      StrCat(Quoted(Slice(range)), " ends before it starts"), "an end follows its start", hint);
  }
  absl::StatusOr<EdtfDate> ParseDate(const Range& range) {
    ASSIGN_OR_RETURN(const EdtfDate date, ParseEdtfDate(text_, range.begin, range.end));
    reading_.TakeFlags(date);
    return date;
  }

  absl::StatusOr<Reading> ParseLoneDate(const Range& range) {
    if (Slice(range) == "..")
      return Bad(range, "'..' is no time by itself", "write 2015/.. or ../2015; ../.. for always");
    ASSIGN_OR_RETURN(const EdtfDate date, ParseDate(range));
    reading_.form = date.has_time_of_day ? EdtfTime::Form::kInstant : EdtfTime::Form::kDate;
    reading_.bounds = TimeBounds::Within(date.begin, date.end);
    return reading_;
  }

  // One side of an interval; of the bounds returned only the start, or only the end, is meant.
  absl::StatusOr<TimeBounds> ParseSide(const Range& range) {
    if (range.begin == range.end) return TimeBounds::Undated();
    if (Slice(range) == "..") return TimeBounds::Always();
    ASSIGN_OR_RETURN(const EdtfDate date, ParseDate(range));
    return TimeBounds::Within(date.begin, date.end);
  }

  absl::StatusOr<Reading> ParseInterval(const Range& left, const Range& right) {
    const Range whole = {left.begin, right.end};
    if (left.begin == left.end && right.begin == right.end) {
      return Bad(whole, "an interval with neither start nor end",
                 "leave an undated cell empty, or write ../.. for always");
    }
    ASSIGN_OR_RETURN(const TimeBounds start, ParseSide(left));
    ASSIGN_OR_RETURN(const TimeBounds end, ParseSide(right));
    const std::optional<TimeBounds> bounds = FromStartToEnd(start, end);
    if (!bounds.has_value()) return EndsBeforeStart(whole, StrCat("write ", Slice(right), '/', Slice(left)));
    reading_.form = EdtfTime::Form::kInterval;
    reading_.bounds = *bounds;
    return reading_;
  }

  absl::StatusOr<Member> ParseMember(const Range& range, bool is_first, bool is_last) {
    const std::string_view slice = Slice(range);
    const size_t dots = slice.find("..");
    Member member;
    if (dots == std::string_view::npos) {
      ASSIGN_OR_RETURN(member.first, ParseDate(range));
      member.last = member.first;
      return member;
    }
    const Range left = {range.begin, range.begin + dots};
    const Range right = {left.end + 2, range.end};
    const bool open_left = left.begin == left.end, open_right = right.begin == right.end;
    if ((open_left && open_right) || (open_left && !is_first) || (open_right && !is_last)) {
      return Bad(range, "only the first member of a set may be open to the left, and only the last to the right",
                 "write [..1984], [1984..] or [1984..1986]");
    }
    if (!open_left) {
      ASSIGN_OR_RETURN(member.first, ParseDate(left));
    }
    if (!open_right) {
      ASSIGN_OR_RETURN(member.last, ParseDate(right));
    }
    if (!open_left && !open_right && member.last->begin < member.first->begin) {
      return EndsBeforeStart(range, StrCat("write ", Slice(right), "..", Slice(left)));
    }
    return member;
  }

  absl::StatusOr<Reading> ParseSet(const Range& inside, bool one_of) {
    if (Trim(Slice(inside)).empty()) return Bad(inside, "a set without members", "write [2014..2015] or {2014,2015}");
    std::vector<Member> members;
    for (size_t at = inside.begin;;) {
      const size_t comma = std::min(text_.find(',', at), inside.end);
      ASSIGN_OR_RETURN(Member member, ParseMember(Trimmed({at, comma}), members.empty(), comma == inside.end));
      members.push_back(std::move(member));
      if (comma == inside.end) break;
      at = comma + 1;
    }
    reading_.form = one_of ? EdtfTime::Form::kOneOf : EdtfTime::Form::kAllOf;
    reading_.bounds = one_of ? WithinAll(members) : ThroughAll(std::move(members));
    return reading_;
  }

  // At some time from the first member to the last.
  static TimeBounds WithinAll(const std::vector<Member>& members) {
    int64_t begin = kMaxTime, end = kMinTime;
    for (const Member& member : members) {
      begin = std::min(begin, member.begin());
      end = std::max(end, member.end());
    }
    return TimeBounds::Within(begin, end);
  }

  // From the first member to the last, where each goes on where the one before leaves off.
  static TimeBounds ThroughAll(std::vector<Member> members) {
    std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.begin() < b.begin(); });
    const Member* last = &members.front();
    for (const Member& member : members) {
      if (!member.IsPlain() || member.begin() > last->end()) return WithinAll(members);
      if (member.end() > last->end()) last = &member;
    }
    const auto border = [](const std::optional<EdtfDate>& date) {
      return date.has_value() ? TimeBounds::Within(date->begin, date->end) : TimeBounds::Always();
    };
    return FromStartToEnd(border(members.front().first), border(last->last)).value_or(WithinAll(members));
  }

  std::string_view text_;
  Reading reading_;
};

}  // namespace

absl::StatusOr<EdtfTime> EdtfTime::Parse(std::string_view text) {
  ASSIGN_OR_RETURN(const Reading reading, EdtfParser(text).Parse());
  EdtfTime time;
  time.text_ = Trim(text);
  time.bounds_ = reading.bounds;
  time.form_ = reading.form;
  time.approximate_ = reading.approximate;
  time.uncertain_ = reading.uncertain;
  time.unspecified_ = reading.unspecified;
  return time;
}

TimeBounds EdtfTime::throughout() const {
  const bool fills = form_ == Form::kDate && !approximate_ && !uncertain_ && !unspecified_;
  return fills ? AsExtent(bounds_) : bounds_;
}

}  // namespace dossier
