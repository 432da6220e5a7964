// How many, as sources say it: bounds, not a number. "At least 238" is no 238, and "unknown" is no zero.
//
//   as written                      counted things          measured stuff         marks
//   42, 5,500,000                   [42, 42]                [42, 42]
//   5.5 million                     [5450000, 5549999]      [5.45M, 5.55M)         rounded to the last digit written
//   about 20, ~20, c. 20            [20, 20]                [20, 20]               approximate
//   at least 238, >=238, 238+       [238, inf)              [238, inf)
//   more than 40, >40, over 40      [41, inf)               (40, inf)
//   up to 12, at most 12, <=12      [0, 12]                 [0, 12]
//   fewer than 5, <5                [0, 4]                  [0, 5)
//   10-20, between 10 and 20, 10..20  [10, 20]              [10, 20]
//   dozens, hundreds, several       [24, inf) [200, inf) [2, inf)                  vague
//   unknown                         [0, inf)                [0, inf)               unknown: declared, but not how many
//   none, no, zero                  [0, 0]                  [0, 0]
//   5 percent, 5%                   [5, 5]                  [5, 5]                 the unit becomes "percent"
//
// Number words from "one" to "ninety-nine", with hundred and the scales (thousand, million, billion, trillion),
// are read as digits. Nothing is below zero. A quantity that a claim does not give at all is no Quantity.
//
// Approximate has no bound invented for it. It is read as "within a factor of kApproximateFactor" when two
// quantities are compared, once even where both are approximate: about 20 and 40 may be the same thing, about 20
// and 41 not.
//
// Invariants: 0 <= low <= high; an infinite high is open; of counted things, finite ends are whole and closed.
#ifndef DOSSIER_GRAPH_QUANTITY_H_
#define DOSSIER_GRAPH_QUANTITY_H_

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/ternary.h"

namespace dossier {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
inline constexpr double kApproximateFactor = 2.0;
inline constexpr double kMaxWrittenQuantity = 1e15;  // whole numbers up to twice this are exact in a double

struct Quantity {
  double low = 0;
  double high = kInfinity;
  bool low_open = false;     // more than low, not low itself
  bool high_open = true;     // less than high, not high itself
  bool countable = true;     // whole things: states, attacks, munitions; not tonnes, kilometres, percent
  bool approximate = false;  // "about"
  bool vague = false;        // "dozens", "several": a word, not a number
  bool unknown = false;      // "declared, quantity unknown"
  bool derived = false;      // computed here (Sum, Product), said by no source
  std::string unit;          // what one of it is: "submunition", "state", "percent"
  std::string basis;         // what is being counted, where the unit does not say it
  std::string text;          // as written; empty if derived

  // Exactly `value` of `unit`.
  static Quantity Exactly(double value, std::string_view unit = "", bool countable = true);

  bool IsExact() const { return low == high && !approximate && !vague && !unknown; }
  // Percentages and anything "per" something: they never add up.
  bool IsRate() const;
  friend bool operator==(const Quantity&, const Quantity&) = default;
};

// The same bounds and marks, whatever the unit, the basis and the words.
bool SameBounds(const Quantity& a, const Quantity& b);

// Reads `text` as in the table above, letter case and white space (no-break and thin spaces too) ignored. The
// unit may follow the number ("42 attacks", where unit is "attack") and is otherwise as given. Basis is left to
// the caller. Errors, all kInvalidArgument with a Diagnostic, its place counted within `text`:
//   E1021 not a quantity   E1022 low above high   E1023 "2.5" of counted things   E1024 above 1e15
absl::StatusOr<Quantity> ParseQuantity(std::string_view text, std::string_view unit = "", bool countable = true);

// For people, and read again by ParseQuantity to the same bounds and marks: "at least 238", "10 to 20", "about 20",
// "at most 12", "at least 24 (said vaguely)", "unknown". Without the unit.
std::string FormatBounds(const Quantity& quantity);
// The same with its unit: "at least 238 attacks", "5 percent", "unknown number of munitions"; ends in "(derived)"
// where it was computed here.
std::string FormatQuantity(const Quantity& quantity);

enum class Comparison : uint8_t { kLess, kLessOrEqual, kGreater, kGreaterOrEqual, kEqual, kNotEqual };

// kTrue if it holds for all values within the bounds, kFalse for none, kOpen otherwise: "at least 238 > 100" is
// true, "at least 238 > 300" is open, "at least 238 < 200" false. Units are not looked at: ask SameKind first.
Ternary Compare(const Quantity& a, Comparison comparison, const Quantity& b,
                double approximate_factor = kApproximateFactor);
Ternary Compare(const Quantity& a, Comparison comparison, double number,
                double approximate_factor = kApproximateFactor);

// Same unit and same basis (letter case ignored), so that comparing and adding mean something.
bool SameKind(const Quantity& a, const Quantity& b);

// No value fits both: Compare(a, kEqual, b) is kFalse. False for different kinds, which do not clash; and what is
// wholly unknown fits everything.
bool Disjoint(const Quantity& a, const Quantity& b, double approximate_factor = kApproximateFactor);

// The sum of quantities of one kind: bounds add, marks (approximate, vague, unknown) carry over, and the result
// is derived unless there is only one. Errors, kInvalidArgument (kFailedPrecondition for the empty sum):
//   E1025 different units or bases   E1026 rates and percentages   E1027 nothing to add   E1024 beyond a double
absl::StatusOr<Quantity> Sum(const std::vector<Quantity>& quantities);
// Adds one more to what Sum of at least two gave; `sum` stays as it is where that fails.
absl::Status AddTo(const Quantity& quantity, Quantity* sum);

// a times b, as in "10 carriers of 126 submunitions each": bounds multiply, marks carry over, always derived.
// The unit and basis of the result are the caller's to name. Errors: E1024 beyond a double.
absl::StatusOr<Quantity> Product(const Quantity& a, const Quantity& b, std::string_view unit,
                                 std::string_view basis = "");

}  // namespace dossier

#endif  // DOSSIER_GRAPH_QUANTITY_H_
