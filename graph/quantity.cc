#include "graph/quantity.h"

#include <algorithm>
#include <cmath>

#include "absl/status/status.h"
#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/error_codes.h"
#include "graph/value_error.h"

namespace dossier {
namespace {

// For every pair of values within the bounds: a is less than b, a is no more than b.
bool AlwaysLess(const Quantity& a, const Quantity& b) {
  return a.high < b.low || (a.high == b.low && (a.high_open || b.low_open));
}
bool NeverMore(const Quantity& a, const Quantity& b) { return a.high <= b.low; }

// a with the factor taken into account for both: whether a or b is the approximate one makes no difference to which
// of them is less, and where both are, the factor counts once.
Quantity Widened(const Quantity& a, const Quantity& b, double factor) {
  Quantity wide = a;
  if (!a.approximate && !b.approximate) return wide;
  wide.low /= factor;
  wide.high *= factor;
  wide.countable = false;
  return wide;
}

Ternary CompareWidened(const Quantity& a, Comparison comparison, const Quantity& b) {
  switch (comparison) {
    case Comparison::kLess:
      return ToTernary(AlwaysLess(a, b), !NeverMore(b, a));
    case Comparison::kLessOrEqual:
      return ToTernary(NeverMore(a, b), !AlwaysLess(b, a));
    case Comparison::kGreater:
      return CompareWidened(b, Comparison::kLess, a);
    case Comparison::kGreaterOrEqual:
      return CompareWidened(b, Comparison::kLessOrEqual, a);
    case Comparison::kEqual:
      return And(CompareWidened(a, Comparison::kLessOrEqual, b), CompareWidened(b, Comparison::kLessOrEqual, a));
    case Comparison::kNotEqual:
      return Not(CompareWidened(a, Comparison::kEqual, b));
  }
  return Ternary::kOpen;
}

bool IsFraction(const Quantity& q) { return q.low == q.high && q.low != std::floor(q.low); }

absl::Status ComputedError(absl::StatusCode code, int number, std::string_view cause, std::string_view rule,
                           std::string_view hint) {
  Diagnostic diagnostic;
  diagnostic.number = number;
  diagnostic.cause = cause;
  diagnostic.rule = rule;
  diagnostic.hint = hint;
  return ToStatus(code, diagnostic);
}

absl::Status TooLarge(std::string_view what) {
  return ComputedError(absl::StatusCode::kInvalidArgument, kQuantityTooLarge, StrCat("the ", what, " is too large"),
                       "a quantity has a finite lower bound", "use a larger unit");
}

std::string KindWords(const Quantity& q) {
  const std::string unit = q.unit.empty() ? "no unit" : Quoted(q.unit);
  return q.basis.empty() ? unit : StrCat(unit, " counting ", Quoted(q.basis));
}

void TakeMarks(const Quantity& from, Quantity* to) {
  to->approximate |= from.approximate;
  to->vague |= from.vague;
  to->unknown |= from.unknown;
  to->countable &= from.countable;
}

// The product of two ends of bounds. Zero times anything is zero, reached if the zero is.
struct End {
  double value;
  bool open;
};
End Times(End a, End b) {
  const bool a_is_zero = a.value == 0, b_is_zero = b.value == 0;
  if (!a_is_zero && !b_is_zero) return {a.value * b.value, a.open || b.open};
  return {0, !(a_is_zero && !a.open) && !(b_is_zero && !b.open)};
}

absl::Status CheckAddend(const Quantity& quantity) {
  if (!quantity.IsRate()) return absl::OkStatus();
  return ComputedError(absl::StatusCode::kInvalidArgument, kQuantityIsRate, StrCat("cannot add ", KindWords(quantity)),
                       "rates and percentages do not add up", "sum what they are rates of");
}

}  // namespace

Quantity Quantity::Exactly(double value, std::string_view unit, bool countable) {
  Quantity q;
  q.low = q.high = value;
  q.high_open = false;
  q.countable = countable;
  q.unit = unit;
  return q;
}

bool Quantity::IsRate() const {
  for (const std::string& words : {AsciiLower(unit), AsciiLower(basis)}) {
    if (words == "%" || words == "percent" || words == "per cent" || words == "percentage") return true;
    if (words.starts_with("per ") || words.find(" per ") != std::string::npos) return true;
  }
  return unit.find('/') != std::string::npos;
}

bool SameBounds(const Quantity& a, const Quantity& b) {
  return a.low == b.low && a.high == b.high && a.low_open == b.low_open && a.high_open == b.high_open &&
         a.approximate == b.approximate && a.vague == b.vague && a.unknown == b.unknown;
}

Ternary Compare(const Quantity& a, Comparison comparison, const Quantity& b, double approximate_factor) {
  // No number of whole things is a fraction, even one between the bounds.
  if ((a.countable && IsFraction(b)) || (b.countable && IsFraction(a))) {
    const bool exact = !a.approximate && !b.approximate;
    if (exact && comparison == Comparison::kEqual) return Ternary::kFalse;
    if (exact && comparison == Comparison::kNotEqual) return Ternary::kTrue;
  }
  return CompareWidened(Widened(a, b, approximate_factor), comparison, b);
}

Ternary Compare(const Quantity& a, Comparison comparison, double number, double approximate_factor) {
  return Compare(a, comparison, Quantity::Exactly(number, "", false), approximate_factor);
}

bool SameKind(const Quantity& a, const Quantity& b) {
  return EqualsIgnoringAsciiCase(a.unit, b.unit) && EqualsIgnoringAsciiCase(a.basis, b.basis);
}

bool Disjoint(const Quantity& a, const Quantity& b, double approximate_factor) {
  return SameKind(a, b) && Compare(a, Comparison::kEqual, b, approximate_factor) == Ternary::kFalse;
}

absl::StatusOr<Quantity> Sum(const std::vector<Quantity>& quantities) {
  if (quantities.empty()) {
    return ComputedError(absl::StatusCode::kFailedPrecondition, kQuantityNothing, "there is nothing to add",
                         "a sum of no quantities has no unit and is not zero", "check that any were found");
  }
  Quantity sum = quantities.front();
  if (quantities.size() == 1) return sum;
  RETURN_IF_ERROR(CheckAddend(sum));
  sum.text.clear();
  sum.derived = true;
  for (size_t i = 1; i < quantities.size(); ++i) RETURN_IF_ERROR(AddTo(quantities[i], &sum));
  return sum;
}

absl::Status AddTo(const Quantity& quantity, Quantity* sum) {
  // What is called just as the sum is may be added as that might.
  if (quantity.unit != sum->unit || quantity.basis != sum->basis) {
    if (!SameKind(quantity, *sum)) {
      return ComputedError(absl::StatusCode::kInvalidArgument, kQuantityMixedUnits,
                           StrCat("cannot add ", KindWords(*sum), " and ", KindWords(quantity)),
                           "only quantities of one unit, counting the same, add up", "sum each kind by itself");
    }
    RETURN_IF_ERROR(CheckAddend(quantity));
  }
  const double low = sum->low + quantity.low;
  if (!std::isfinite(low)) return TooLarge("sum");
  sum->low = low;
  sum->high += quantity.high;
  sum->low_open |= quantity.low_open;
  sum->high_open |= quantity.high_open || !std::isfinite(sum->high);
  TakeMarks(quantity, sum);
  return absl::OkStatus();
}

absl::StatusOr<Quantity> Product(const Quantity& a, const Quantity& b, std::string_view unit, std::string_view basis) {
  const End low = Times({a.low, a.low_open}, {b.low, b.low_open});
  const End high = Times({a.high, a.high_open}, {b.high, b.high_open});
  if (!std::isfinite(low.value)) return TooLarge("product");
  Quantity product = a;
  TakeMarks(b, &product);
  product.low = low.value;
  product.low_open = low.open;
  product.high = high.value;
  product.high_open = high.open || !std::isfinite(high.value);
  product.derived = true;
  product.unit = unit;
  product.basis = basis;
  product.text.clear();
  return product;
}

}  // namespace dossier
