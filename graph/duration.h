// A duration: months, days, seconds and nanoseconds, kept apart, because no month has a fixed number of days and not
// every day has 24 hours. Adding one to a date therefore does what a calendar does (graph/temporal_arithmetic.h).
//
// Whole units never carry from seconds to days or from days to months. Broken ones carry downwards, by the mean
// lengths of the Gregorian calendar: half a month is 15 days, 5 hours, 14 minutes and 33 seconds.
#ifndef DOSSIER_GRAPH_DURATION_H_
#define DOSSIER_GRAPH_DURATION_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace dossier {

struct Duration {
  int64_t months = 0;
  int64_t days = 0;
  int64_t seconds = 0;
  int64_t nanoseconds = 0;  // 0 to 999,999,999, so the seconds are rounded downwards: -0.5 s is -1 s and 500,000,000 ns

  // Equal where all four are: P1D is not PT24H.
  friend bool operator==(const Duration&, const Duration&) = default;
  // A total order for sorting, by length with months and days of mean length; of equal ones the fewer months first,
  // then the fewer days. There is no other sense in which one duration is less than another.
  friend std::strong_ordering operator<=>(const Duration& a, const Duration& b);
};

inline constexpr int64_t kMonthsPerYear = 12;
inline constexpr int64_t kMeanSecondsPerMonth = 2'629'746;  // 365.2425 days a year

// Units of which a duration may be made, broken ones too; see DurationBuilder.
enum class DurationUnit : uint8_t {
  kYear,
  kQuarter,
  kMonth,
  kWeek,
  kDay,
  kHour,
  kMinute,
  kSecond,
  kMillisecond,
  kMicrosecond,
  kNanosecond,
};

// A decimal number, exactly: whole + fraction / 10^18 (both of one sign).
struct DecimalAmount {
  int64_t whole = 0;
  int64_t fraction = 0;
};
// "12", "-0.75", "1,5", "1e-3", as written or as the shortest text of a float; digits after the eighteenth are dropped.
// Nothing where it is no such number or too large.
std::optional<DecimalAmount> ParseDecimal(std::string_view text);
std::optional<DecimalAmount> ToDecimal(double number);

// Sums amounts of units; broken ones carry downwards once all are there.
class DurationBuilder {
 public:
  void Add(DurationUnit unit, const DecimalAmount& amount);
  // Nothing where it does not fit into 64 bits.
  std::optional<Duration> Build() const;

 private:
  // Whole units, and what is over, in units of 10^-18.
  struct Sum {
    int64_t whole = 0;
    int64_t rest = 0;
  };
  void AddTo(Sum* sum, int64_t times, const DecimalAmount& amount);

  Sum months_, days_, seconds_, nanoseconds_;
  bool overflow_ = false;
};

// Each nothing where the result does not fit into 64 bits.
std::optional<Duration> Negate(const Duration& duration);
std::optional<Duration> Add(const Duration& a, const Duration& b);
std::optional<Duration> Subtract(const Duration& a, const Duration& b);
// duration * factor and duration / divisor, part by part, what is broken carried downwards. Also nothing where the
// number is not finite or, dividing, 0.
std::optional<Duration> Multiply(const Duration& duration, double factor);
std::optional<Duration> Multiply(const Duration& duration, int64_t factor);
std::optional<Duration> Divide(const Duration& duration, double divisor);
std::optional<Duration> Divide(const Duration& duration, int64_t divisor);

// "P12Y5M14DT16H13M10.5S", "PT-23H-59M-59.9S", "PT0S": years and months, days, hours and less, each with its own sign.
std::string ToString(const Duration& duration);

template <typename Hash>
Hash AbslHashValue(Hash state, const Duration& duration) {
  return Hash::combine(std::move(state), duration.months, duration.days, duration.seconds, duration.nanoseconds);
}

}  // namespace dossier

#endif  // DOSSIER_GRAPH_DURATION_H_
