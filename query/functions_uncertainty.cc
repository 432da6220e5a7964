// Functions on uncertain times and quantities; extensions of ours. A comparison that is true for some of the cases
// that the bounds allow and not for others is null; certainly() and possibly() make two values of the three.
#include <utility>
#include <variant>

#include "graph/base/text.h"
#include "graph/temporal.h"
#include "graph/time_bounds.h"
#include "query/arithmetic.h"
#include "query/error_codes.h"
#include "query/expression_error.h"
#include "query/function.h"
#include "query/property_read.h"
#include "query/value_component.h"

namespace dossier {
namespace {

using Type = Value::Type;
using Arguments = std::span<const Value>;

// The seconds that a date or a datetime covers; a local one is read as UTC, as texts are.
std::pair<int64_t, int64_t> SecondsOf(const Temporal& temporal) {
  if (const auto* time = std::get_if<ZonedDateTime>(&temporal))
    return {time->epoch_seconds(), time->epoch_seconds() + 1};
  if (const auto* time = std::get_if<LocalDateTime>(&temporal)) return {time->seconds(), time->seconds() + 1};
  const int64_t start = DateOf(temporal)->days * kSecondsPerDay;
  return {start, start + kSecondsPerDay};
}

Value Edtf(const FunctionCall& call, Arguments arguments) {
  absl::StatusOr<EdtfTime> time = EdtfTime::Parse(arguments[0].string());
  if (time.ok()) return Value::Time(*std::move(time));
  return call.Fail(kUnreadableText, StrCat("'", arguments[0].string(), "' is no time"),
                   "write an EDTF time such as 2015-09, 2014/2015 or 2015-09-30/..");
}

Value ToQuantity(const FunctionCall& call, Arguments arguments) {
  const std::string unit = arguments.size() > 1 ? arguments[1].string() : "";
  absl::StatusOr<Quantity> quantity = ParseQuantity(arguments[0].string(), unit);
  if (quantity.ok()) return Value::OfQuantity(*std::move(quantity));
  return call.Fail(kUnreadableText, StrCat("'", arguments[0].string(), "' is no quantity"),
                   "write it as a source would: 42, at least 238, about 20, 5.5 million");
}

// When a value says: an uncertain time once within its bounds, because nobody said that it went on throughout; a text,
// with which the asker names a period, the whole of it, and so a date or a datetime. So something of 2015-09 is
// certainly during '2015', while two things of 2015 only possibly overlap (docs/decisions/0001-lone-dates.md).
bool ReadBounds(const FunctionCall& call, const Value& value, TimeBounds* bounds) {
  if (value.type() == Type::kTime) {
    *bounds = value.time().bounds();
    return true;
  }
  if (value.is_temporal()) {
    const auto [begin, end] = SecondsOf(value.temporal());
    *bounds = TimeBounds::Throughout(begin, end);
    return true;
  }
  const Value parsed = Edtf(call, Arguments(&value, 1));
  if (parsed.is_null()) return false;
  *bounds = parsed.time().throughout();
  return true;
}

template <Ternary (*Compare)(const TimeBounds&, const TimeBounds&)>
Value CompareTimes(const FunctionCall& call, Arguments arguments) {
  TimeBounds a, b;
  if (!ReadBounds(call, arguments[0], &a) || !ReadBounds(call, arguments[1], &b)) return Value::Null();
  return ToValue(Compare(a, b));
}

Value Low(const FunctionCall&, Arguments arguments) { return QuantityNumber(arguments[0].quantity().low); }
Value High(const FunctionCall&, Arguments arguments) { return QuantityNumber(arguments[0].quantity().high); }
Value Unit(const FunctionCall&, Arguments arguments) { return Value::String(arguments[0].quantity().unit); }

Ternary BeforeOf(const TimeBounds& a, const TimeBounds& b) { return Before(a, b); }
Ternary AfterOf(const TimeBounds& a, const TimeBounds& b) { return After(a, b); }
Ternary OverlapsOf(const TimeBounds& a, const TimeBounds& b) { return Overlaps(a, b); }
Ternary DuringOf(const TimeBounds& a, const TimeBounds& b) { return During(a, b); }

Value CertainlyTrue(const FunctionCall&, Arguments arguments) { return Value::Boolean(arguments[0].is_true()); }
Value PossiblyTrue(const FunctionCall&, Arguments arguments) { return Value::Boolean(!arguments[0].is_false()); }

// Each step of the path starts no earlier than the one before. A step without a time of its own may be at any time.
Value InTimeOrder(const FunctionCall& call, Arguments arguments) {
  const bool possible = arguments.size() > 1 && arguments[1].string() == "possible";
  if (arguments.size() > 1 && !possible && arguments[1].string() != "certain") {
    return call.Fail(kUnreadableText, StrCat("'", arguments[1].string(), "' is neither 'certain' nor 'possible'"));
  }
  TimeOrder order(possible ? TimeOrder::Mode::kPossible : TimeOrder::Mode::kCertain);
  const PropertyId valid = call.context.image().FindProperty("valid");
  for (const EdgeId edge : arguments[0].path().edges) {
    const Value time = ReadEdgeProperty(edge, valid, call.context);
    if (!order.Add(time.type() == Type::kTime ? time.time().bounds() : TimeBounds::Undated())) {
      return Value::Boolean(false);
    }
  }
  return Value::Boolean(true);
}

}  // namespace

std::span<const Function> UncertaintyFunctions() {
  constexpr TypeMask kTimeText = kTimeMask | kStringMask | kDateMask | kLocalDateTimeMask | kZonedDateTimeMask;
  static const auto* const kTable = new std::vector<Function>{
      {"edtf(text)", {kStringMask}, 0, StaticType::kTime, Edtf},
      {"quantity(text[, unit])", {kStringMask, kStringMask}, 1, StaticType::kQuantity, ToQuantity},
      {"low(quantity)", {kQuantityMask}, 0, StaticType::kNumber, Low},
      {"high(quantity)", {kQuantityMask}, 0, StaticType::kNumber, High},
      {"unit(quantity)", {kQuantityMask}, 0, StaticType::kString, Unit},
      {"before(time, time)", {kTimeText, kTimeText}, 0, StaticType::kBoolean, CompareTimes<BeforeOf>},
      {"after(time, time)", {kTimeText, kTimeText}, 0, StaticType::kBoolean, CompareTimes<AfterOf>},
      {"overlaps(time, time)", {kTimeText, kTimeText}, 0, StaticType::kBoolean, CompareTimes<OverlapsOf>},
      {"during(time, time)", {kTimeText, kTimeText}, 0, StaticType::kBoolean, CompareTimes<DuringOf>},
      {"certainly(condition)", {kBooleanMask}, 0, StaticType::kBoolean, CertainlyTrue, Function::Nulls::kSeen},
      {"possibly(condition)", {kBooleanMask}, 0, StaticType::kBoolean, PossiblyTrue, Function::Nulls::kSeen},
      {"in_time_order(path[, mode])", {kPathMask, kStringMask}, 1, StaticType::kBoolean, InTimeOrder},
  };
  return *kTable;
}

}  // namespace dossier
