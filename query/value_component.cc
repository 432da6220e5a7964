#include "query/value_component.h"

#include <array>
#include <cmath>

#include "graph/civil_time.h"
#include "graph/time_text.h"

namespace dossier {
namespace {

template <typename T>
struct Component {
  std::string_view name;
  Value (*read)(const T&);
};

// The day or the second that `instant` begins, as a time.
Value Instant(int64_t instant) {
  if (instant == kMinTime || instant == kMaxTime) return Value();
  absl::StatusOr<EdtfTime> time = EdtfTime::Parse(FormatInstant(instant));
  return time.ok() ? Value::Time(*std::move(time)) : Value();
}

// A latest start may be "a second before": the day it lies in is what is meant. The same for ends, which are the first
// second after.
Value LastOf(int64_t instant) {
  if (instant <= kMinTime + 1 || instant >= kMaxTime - 1) return Value();
  if (FloorDivide(instant + 1, kSecondsPerDay) != FloorDivide(instant, kSecondsPerDay)) {
    return Instant(FloorDivide(instant, kSecondsPerDay) * kSecondsPerDay);
  }
  return Instant(instant);
}

Value Year(const EdtfTime& time) {
  const TimeBounds& bounds = time.bounds();
  if (bounds.earliest_start <= kMinTime + 1 || bounds.latest_end >= kMaxTime - 1) return Value();
  const int64_t first = CivilFromSeconds(bounds.earliest_start).year;
  return first == CivilFromSeconds(bounds.latest_end - 1).year ? Value::Integer(first) : Value();
}

constexpr std::array<Component<EdtfTime>, 9> kTimeComponents = {{
    {"text", [](const EdtfTime& t) { return Value::String(t.text()); }},
    {"earliest_start", [](const EdtfTime& t) { return Instant(t.bounds().earliest_start); }},
    {"latest_start", [](const EdtfTime& t) { return LastOf(t.bounds().latest_start); }},
    {"earliest_end",
     [](const EdtfTime& t) {
       const int64_t end = t.bounds().earliest_end;
       return end == kMaxTime                        ? Value()
              : end <= t.bounds().earliest_start + 1 ? Instant(t.bounds().earliest_start)
                                                     : LastOf(end - 1);
     }},
    {"latest_end",
     [](const EdtfTime& t) { return t.bounds().latest_end == kMaxTime ? Value() : LastOf(t.bounds().latest_end - 1); }},
    {"year", Year},
    {"approximate", [](const EdtfTime& t) { return Value::Boolean(t.approximate()); }},
    {"uncertain", [](const EdtfTime& t) { return Value::Boolean(t.uncertain()); }},
    {"undated", [](const EdtfTime& t) { return Value::Boolean(t.is_undated()); }},
}};

constexpr std::array<Component<Quantity>, 12> kQuantityComponents = {{
    {"low", [](const Quantity& q) { return QuantityNumber(q.low); }},
    {"high", [](const Quantity& q) { return QuantityNumber(q.high); }},
    {"value", [](const Quantity& q) { return q.IsExact() ? QuantityNumber(q.low) : Value(); }},
    {"unit", [](const Quantity& q) { return Value::String(q.unit); }},
    {"basis", [](const Quantity& q) { return Value::String(q.basis); }},
    {"text", [](const Quantity& q) { return Value::String(q.text.empty() ? FormatBounds(q) : q.text); }},
    {"exact", [](const Quantity& q) { return Value::Boolean(q.IsExact()); }},
    {"approximate", [](const Quantity& q) { return Value::Boolean(q.approximate); }},
    {"vague", [](const Quantity& q) { return Value::Boolean(q.vague); }},
    {"unknown", [](const Quantity& q) { return Value::Boolean(q.unknown); }},
    {"derived", [](const Quantity& q) { return Value::Boolean(q.derived); }},
    {"countable", [](const Quantity& q) { return Value::Boolean(q.countable); }},
}};

template <typename T, size_t kCount>
std::optional<Value> Read(const std::array<Component<T>, kCount>& components, const T& object, std::string_view name) {
  for (const Component<T>& component : components) {
    if (component.name == name) return component.read(object);
  }
  return std::nullopt;
}

template <typename T, size_t kCount>
std::vector<std::string> NamesOf(const std::array<Component<T>, kCount>& components) {
  std::vector<std::string> names;
  for (const Component<T>& component : components) names.emplace_back(component.name);
  return names;
}

}  // namespace

Value QuantityNumber(double bound) {
  if (!std::isfinite(bound)) return Value();
  constexpr double kExactLimit = 9007199254740992.0;  // 2^53
  if (std::trunc(bound) == bound && std::abs(bound) <= kExactLimit) return Value::Integer(static_cast<int64_t>(bound));
  return Value::Float(bound);
}

std::optional<Value> TimeComponent(const EdtfTime& time, std::string_view name) {
  return Read(kTimeComponents, time, name);
}
std::optional<Value> QuantityComponent(const Quantity& quantity, std::string_view name) {
  return Read(kQuantityComponents, quantity, name);
}

const std::vector<std::string>& TimeComponentNames() {
  static const auto* const kNames = new std::vector<std::string>(NamesOf(kTimeComponents));
  return *kNames;
}
const std::vector<std::string>& QuantityComponentNames() {
  static const auto* const kNames = new std::vector<std::string>(NamesOf(kQuantityComponents));
  return *kNames;
}

}  // namespace dossier
