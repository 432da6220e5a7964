// Durations from text: by units (P1Y2M3DT4H5M6.7S), or written like a date and a time of day (P2012-02-02T14:37:21).
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/error_codes.h"
#include "graph/temporal_text.h"
#include "graph/value_error.h"

namespace dossier {
namespace {

struct Designator {
  char letter;  // a capital
  DurationUnit unit;
};
constexpr Designator kDateUnits[] = {
    {'Y', DurationUnit::kYear}, {'M', DurationUnit::kMonth}, {'W', DurationUnit::kWeek}, {'D', DurationUnit::kDay}};
constexpr Designator kTimeUnits[] = {
    {'H', DurationUnit::kHour}, {'M', DurationUnit::kMinute}, {'S', DurationUnit::kSecond}};

char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

class DurationReader {
 public:
  explicit DurationReader(std::string_view text) : text_(text) {}

  absl::StatusOr<Duration> Read() {
    const bool negative = Accept('-');
    if (!negative) Accept('+');
    if (!AcceptLetter('P') || AtEnd()) return Malformed();
    RETURN_IF_ERROR(IsClockwise() ? ReadClockwise() : ReadUnits());
    std::optional<Duration> duration = builder_.Build();
    if (duration.has_value() && negative) duration = Negate(*duration);
    if (!duration.has_value()) return TooLong();
    return *duration;
  }

 private:
  bool AtEnd() const { return at_ == text_.size(); }
  bool Accept(char c) {
    if (AtEnd() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool AcceptLetter(char upper) {
    if (AtEnd() || Upper(text_[at_]) != upper) return false;
    ++at_;
    return true;
  }
  absl::Status Malformed() const {
    return ValueError(kBadTemporal, text_, at_, text_.size(), StrCat(Quoted(text_), " is no duration"),
                      "durations are written as in ISO 8601", "write one such as 'P1Y2M3DT4H5M6.7S'");
  }
  absl::Status TooLong() const {
    return ValueError(kTemporalOutOfRange, text_, 0, text_.size(), StrCat(Quoted(text_), " is too long"),
                      "the months, days and seconds of a duration fit into 64 bits each", "");
  }

  // No letter but the T after the P: written like a date and a time.
  bool IsClockwise() const {
    for (const char c : text_.substr(at_)) {
      if (Upper(c) >= 'A' && Upper(c) <= 'Z' && Upper(c) != 'T') return false;
    }
    return true;
  }

  // Amounts, each with its letter, in the order of the letters.
  template <size_t kCount>
  absl::Status ReadAmounts(const Designator (&units)[kCount]) {
    size_t next = 0;
    while (!AtEnd() && Upper(text_[at_]) != 'T') {
      const size_t begin = at_;
      if (!Accept('-')) Accept('+');
      if (AtEnd() || !IsDigit(text_[at_])) return Malformed();
      while (!AtEnd() && (IsDigit(text_[at_]) || text_[at_] == '.' || text_[at_] == ',')) ++at_;
      const std::string_view number = text_.substr(begin, at_ - begin);
      if (AtEnd() || !IsDigit(number.back())) return Malformed();
      while (next < kCount && units[next].letter != Upper(text_[at_])) ++next;
      if (next == kCount) return Malformed();
      ++at_;
      const std::optional<DecimalAmount> amount = ParseDecimal(number);
      if (!amount.has_value()) {
        // Two points, or more digits than fit.
        return number.find_first_of(".,") == number.find_last_of(".,") ? TooLong() : Malformed();
      }
      builder_.Add(units[next++].unit, *amount);
    }
    return absl::OkStatus();
  }

  absl::Status ReadUnits() {
    RETURN_IF_ERROR(ReadAmounts(kDateUnits));
    if (!AcceptLetter('T')) return absl::OkStatus();
    if (AtEnd()) return Malformed();
    RETURN_IF_ERROR(ReadAmounts(kTimeUnits));
    return AtEnd() ? absl::OkStatus() : Malformed();
  }

  // So many digits.
  bool ReadDigits(int digits, DurationUnit unit) {
    DecimalAmount amount;
    for (int i = 0; i < digits; ++i) {
      if (AtEnd() || !IsDigit(text_[at_])) return false;
      amount.whole = amount.whole * 10 + (text_[at_++] - '0');
    }
    builder_.Add(unit, amount);
    return true;
  }

  absl::Status ReadClockwise() {
    if (Upper(text_[at_]) != 'T') {
      if (!ReadDigits(4, DurationUnit::kYear)) return Malformed();
      const bool dashes = Accept('-');
      if (!ReadDigits(2, DurationUnit::kMonth) || Accept('-') != dashes || !ReadDigits(2, DurationUnit::kDay)) {
        return Malformed();
      }
      if (AtEnd()) return absl::OkStatus();
    }
    if (!AcceptLetter('T') || !ReadDigits(2, DurationUnit::kHour)) return Malformed();
    if (AtEnd()) return absl::OkStatus();
    const bool colons = Accept(':');
    if (!ReadDigits(2, DurationUnit::kMinute)) return Malformed();
    if (AtEnd()) return absl::OkStatus();
    if (Accept(':') != colons || !ReadDigits(2, DurationUnit::kSecond)) return Malformed();
    if (AtEnd()) return absl::OkStatus();
    if (!Accept('.') && !Accept(',')) return Malformed();
    DecimalAmount nanoseconds;
    int places = 0;
    for (; places < 9 && !AtEnd() && IsDigit(text_[at_]); ++places) {
      nanoseconds.whole = nanoseconds.whole * 10 + (text_[at_++] - '0');
    }
    if (!AtEnd() || places == 0) return Malformed();
    for (; places < 9; ++places) nanoseconds.whole *= 10;
    builder_.Add(DurationUnit::kNanosecond, nanoseconds);
    return absl::OkStatus();
  }

  std::string_view text_;
  size_t at_ = 0;
  DurationBuilder builder_;
};

}  // namespace

absl::StatusOr<Duration> ParseDuration(std::string_view text) { return DurationReader(text).Read(); }

}  // namespace dossier
