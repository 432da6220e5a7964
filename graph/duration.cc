#include "graph/duration.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "absl/numeric/int128.h"
#include "graph/base/text.h"
#include "graph/temporal.h"

namespace dossier {
namespace {

using Wide = absl::int128;

constexpr int64_t kDecimalScale = 1'000'000'000'000'000'000;  // 10^18
constexpr int kDecimalDigits = 18;

std::optional<int64_t> Narrow(Wide number) {
  if (number < std::numeric_limits<int64_t>::min() || number > std::numeric_limits<int64_t>::max()) return std::nullopt;
  return static_cast<int64_t>(number);
}

// A part of a duration: whole units and a broken rest in 1/scale of a unit.
struct Part {
  Wide whole = 0;
  Wide rest = 0;
};

// Carries the rests downwards. Precondition: 0 < scale <= 2^63, and the rests are smaller than it.
std::optional<Duration> Settle(Part months, Part days, Part seconds, Part nanoseconds, Wide scale) {
  // In nanoseconds / scale.
  const Wide day = Wide(kNanosecondsPerDay) * scale;
  Wide rest = months.rest * kMeanSecondsPerMonth * kNanosecondsPerSecond + days.rest * kNanosecondsPerDay;
  days.whole += rest / day;
  rest %= day;
  if (days.whole > 0 && rest < 0) {
    days.whole -= 1;
    rest += day;
  } else if (days.whole < 0 && rest > 0) {
    days.whole += 1;
    rest -= day;
  }
  rest += seconds.rest * kNanosecondsPerSecond + nanoseconds.rest;
  const Wide total = seconds.whole * kNanosecondsPerSecond + nanoseconds.whole + rest / scale;
  Wide whole_seconds = total / kNanosecondsPerSecond;
  Wide nanosecond = total % kNanosecondsPerSecond;
  if (nanosecond < 0) {
    nanosecond += kNanosecondsPerSecond;
    whole_seconds -= 1;
  }
  const std::optional<int64_t> m = Narrow(months.whole);
  const std::optional<int64_t> d = Narrow(days.whole);
  const std::optional<int64_t> s = Narrow(whole_seconds);
  if (!m.has_value() || !d.has_value() || !s.has_value()) return std::nullopt;
  return Duration{*m, *d, *s, static_cast<int64_t>(nanosecond)};
}

Wide MeanSeconds(const Duration& duration) {
  return Wide(duration.months) * kMeanSecondsPerMonth + Wide(duration.days) * kSecondsPerDay + duration.seconds;
}

// A decimal as numerator / denominator, where both fit.
struct Ratio {
  int64_t numerator = 0;
  int64_t denominator = 1;
};
std::optional<Ratio> AsRatio(const DecimalAmount& amount) {
  Ratio ratio{amount.fraction, kDecimalScale};
  while (ratio.denominator > 1 && ratio.numerator % 10 == 0) {
    ratio.numerator /= 10;
    ratio.denominator /= 10;
  }
  const std::optional<int64_t> numerator = Narrow(Wide(amount.whole) * ratio.denominator + ratio.numerator);
  if (!numerator.has_value()) return std::nullopt;
  ratio.numerator = *numerator;
  return ratio;
}

std::optional<Duration> DivideByRatio(const Duration& duration, Ratio divisor) {
  if (divisor.numerator == 0 || divisor.numerator == std::numeric_limits<int64_t>::min()) return std::nullopt;
  if (divisor.numerator < 0) {
    divisor.numerator = -divisor.numerator;
    divisor.denominator = -divisor.denominator;
  }
  const auto divided = [&](int64_t number) {
    const Wide dividend = Wide(number) * divisor.denominator;
    return Part{dividend / divisor.numerator, dividend % divisor.numerator};
  };
  return Settle(divided(duration.months), divided(duration.days), divided(duration.seconds),
                divided(duration.nanoseconds), divisor.numerator);
}

// A count with its unit's letter, unless it is 0.
void AppendCount(std::string* out, int64_t count, char unit) {
  if (count != 0) *out += StrCat(count, unit);
}

}  // namespace

std::strong_ordering operator<=>(const Duration& a, const Duration& b) {
  const auto order = [](auto x, auto y) {
    return x < y ? std::strong_ordering::less : y < x ? std::strong_ordering::greater : std::strong_ordering::equal;
  };
  if (const auto by = order(MeanSeconds(a), MeanSeconds(b)); by != 0) return by;
  if (const auto by = order(a.nanoseconds, b.nanoseconds); by != 0) return by;
  if (const auto by = order(a.months, b.months); by != 0) return by;
  return order(a.days, b.days);
}

std::optional<DecimalAmount> ParseDecimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::string digits;
  std::optional<size_t> point;
  size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if ((c == '.' || c == ',') && !point.has_value()) {
      point = digits.size();
    } else {
      break;
    }
  }
  if (digits.empty()) return std::nullopt;
  int exponent = 0;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    std::string_view power = text.substr(at + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), exponent);
    if (error != std::errc() || end != power.data() + power.size()) return std::nullopt;
  }
  // The digits before the point make the whole; a point outside of them is reached over zeros.
  const int64_t place = static_cast<int64_t>(point.value_or(digits.size())) + exponent;
  const auto digit = [&](int64_t index) {
    return index < 0 || index >= static_cast<int64_t>(digits.size()) ? 0 : digits[static_cast<size_t>(index)] - '0';
  };
  DecimalAmount amount;
  for (int64_t i = 0; i < place; ++i) {
    if (__builtin_mul_overflow(amount.whole, int64_t{10}, &amount.whole) ||
        __builtin_add_overflow(amount.whole, int64_t{digit(i)}, &amount.whole)) {
      return std::nullopt;
    }
    // What is left are zeros that would have overflowed by now, were there a digit before them.
    if (amount.whole == 0 && i > static_cast<int64_t>(digits.size())) break;
  }
  for (int64_t i = place; i < place + kDecimalDigits; ++i) amount.fraction = amount.fraction * 10 + digit(i);
  if (negative) return DecimalAmount{-amount.whole, -amount.fraction};
  return amount;
}

std::optional<DecimalAmount> ToDecimal(double number) {
  if (!std::isfinite(number)) return std::nullopt;
  return ParseDecimal(StrCat(number));
}

void DurationBuilder::AddTo(Sum* sum, int64_t times, const DecimalAmount& amount) {
  const Wide rest = Wide(amount.fraction) * times + sum->rest;
  const std::optional<int64_t> whole = Narrow(Wide(amount.whole) * times + sum->whole + rest / kDecimalScale);
  if (!whole.has_value()) {
    overflow_ = true;
    return;
  }
  *sum = {*whole, static_cast<int64_t>(rest % kDecimalScale)};
}

void DurationBuilder::Add(DurationUnit unit, const DecimalAmount& amount) {
  switch (unit) {
    case DurationUnit::kYear:
      return AddTo(&months_, kMonthsPerYear, amount);
    case DurationUnit::kQuarter:
      return AddTo(&months_, 3, amount);
    case DurationUnit::kMonth:
      return AddTo(&months_, 1, amount);
    case DurationUnit::kWeek:
      return AddTo(&days_, 7, amount);
    case DurationUnit::kDay:
      return AddTo(&days_, 1, amount);
    case DurationUnit::kHour:
      return AddTo(&seconds_, 3600, amount);
    case DurationUnit::kMinute:
      return AddTo(&seconds_, 60, amount);
    case DurationUnit::kSecond:
      return AddTo(&seconds_, 1, amount);
    case DurationUnit::kMillisecond:
    case DurationUnit::kMicrosecond:
    case DurationUnit::kNanosecond: {
      // Whole seconds apart, so that no count of them overflows before the sum does.
      const int64_t per_second = unit == DurationUnit::kMillisecond   ? 1'000
                                 : unit == DurationUnit::kMicrosecond ? 1'000'000
                                                                      : kNanosecondsPerSecond;
      AddTo(&seconds_, 1, {amount.whole / per_second, 0});
      return AddTo(&nanoseconds_, kNanosecondsPerSecond / per_second, {amount.whole % per_second, amount.fraction});
    }
  }
}

std::optional<Duration> DurationBuilder::Build() const {
  if (overflow_) return std::nullopt;
  const auto part = [](const Sum& sum) { return Part{sum.whole, sum.rest}; };
  return Settle(part(months_), part(days_), part(seconds_), part(nanoseconds_), kDecimalScale);
}

std::optional<Duration> Add(const Duration& a, const Duration& b) {
  return Settle({Wide(a.months) + b.months}, {Wide(a.days) + b.days}, {Wide(a.seconds) + b.seconds},
                {Wide(a.nanoseconds) + b.nanoseconds}, 1);
}

std::optional<Duration> Subtract(const Duration& a, const Duration& b) {
  return Settle({Wide(a.months) - b.months}, {Wide(a.days) - b.days}, {Wide(a.seconds) - b.seconds},
                {Wide(a.nanoseconds) - b.nanoseconds}, 1);
}

std::optional<Duration> Negate(const Duration& duration) { return Subtract({}, duration); }

std::optional<Duration> Multiply(const Duration& duration, int64_t factor) {
  return Settle({Wide(duration.months) * factor}, {Wide(duration.days) * factor}, {Wide(duration.seconds) * factor},
                {Wide(duration.nanoseconds) * factor}, 1);
}

std::optional<Duration> Multiply(const Duration& duration, double factor) {
  const std::optional<DecimalAmount> decimal = ToDecimal(factor);
  if (!decimal.has_value()) return std::nullopt;
  const auto times = [&](int64_t number) {
    const Wide rest = Wide(number) * decimal->fraction;
    return Part{Wide(number) * decimal->whole + rest / kDecimalScale, rest % kDecimalScale};
  };
  return Settle(times(duration.months), times(duration.days), times(duration.seconds), times(duration.nanoseconds),
                kDecimalScale);
}

std::optional<Duration> Divide(const Duration& duration, int64_t divisor) {
  return DivideByRatio(duration, {divisor, 1});
}

std::optional<Duration> Divide(const Duration& duration, double divisor) {
  const std::optional<DecimalAmount> decimal = ToDecimal(divisor);
  if (!decimal.has_value() || divisor == 0) return std::nullopt;
  const std::optional<Ratio> ratio = AsRatio(*decimal);
  if (ratio.has_value() && ratio->numerator != 0) return DivideByRatio(duration, *ratio);
  return Multiply(duration, 1 / divisor);  // more digits than fit: the nearest float will do
}

std::string ToString(const Duration& duration) {
  std::string date;
  AppendCount(&date, duration.months / kMonthsPerYear, 'Y');
  AppendCount(&date, duration.months % kMonthsPerYear, 'M');
  AppendCount(&date, duration.days, 'D');
  // Seconds and nanoseconds of one sign, to be read by people.
  int64_t seconds = duration.seconds;
  int64_t nanoseconds = duration.nanoseconds;
  if (seconds < 0 && nanoseconds > 0) {
    seconds += 1;
    nanoseconds -= kNanosecondsPerSecond;
  }
  std::string time;
  AppendCount(&time, seconds / 3600, 'H');
  AppendCount(&time, seconds / 60 % 60, 'M');
  const int64_t second = seconds % 60;
  if (nanoseconds != 0) {
    std::string digits = StrCat(nanoseconds < 0 ? -nanoseconds : nanoseconds);
    digits.insert(0, 9 - digits.size(), '0');
    while (digits.ends_with('0')) digits.pop_back();
    time += StrCat(seconds < 0 || nanoseconds < 0 ? "-" : "", second < 0 ? -second : second, ".", digits, "S");
  } else {
    AppendCount(&time, second, 'S');
  }
  if (date.empty() && time.empty()) return "PT0S";
  return StrCat("P", date, time.empty() ? "" : "T", time);
}

}  // namespace dossier
