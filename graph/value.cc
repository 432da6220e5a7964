#include "graph/value.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <variant>

#include "absl/hash/hash.h"
#include "graph/base/text.h"

namespace dossier {

template <typename T>
struct Value::Box : Value::Shared {
  explicit Box(T value) : object(std::move(value)) {}
  T object;
};

template <typename T>
Value Value::Make(Type type, T object) {
  Value value;
  value.payload_.shared = new Box<T>(std::move(object));
  value.type_ = type;
  return value;
}

template <typename T>
const T& Value::Object() const {
  return static_cast<const Box<T>*>(payload_.shared)->object;
}

void Value::Delete() {
  switch (type_) {
    case Type::kString:
      delete static_cast<Box<std::string>*>(payload_.shared);
      break;
    case Type::kList:
      delete static_cast<Box<List>*>(payload_.shared);
      break;
    case Type::kMap:
      delete static_cast<Box<Map>*>(payload_.shared);
      break;
    case Type::kPath:
      delete static_cast<Box<Path>*>(payload_.shared);
      break;
    case Type::kZonedDateTime:
    case Type::kLocalDateTime:
    case Type::kDate:
    case Type::kZonedTime:
    case Type::kLocalTime:
      delete static_cast<Box<Temporal>*>(payload_.shared);
      break;
    case Type::kDuration:
      delete static_cast<Box<Duration>*>(payload_.shared);
      break;
    case Type::kTime:
      delete static_cast<Box<EdtfTime>*>(payload_.shared);
      break;
    case Type::kQuantity:
      delete static_cast<Box<Quantity>*>(payload_.shared);
      break;
    case Type::kVertex:
    case Type::kEdge:
    case Type::kBoolean:
    case Type::kInteger:
    case Type::kFloat:
    case Type::kNull:
      break;
  }
}

Value Value::Boolean(bool boolean) {
  Value value;
  value.type_ = Type::kBoolean;
  value.payload_.integer = 0;
  value.payload_.boolean = boolean;
  return value;
}
Value Value::Integer(int64_t integer) {
  Value value;
  value.type_ = Type::kInteger;
  value.payload_.integer = integer;
  return value;
}
Value Value::Float(double floating) {
  Value value;
  value.type_ = Type::kFloat;
  value.payload_.floating = floating;
  return value;
}
Value Value::Vertex(VertexId vertex) {
  Value value;
  value.type_ = Type::kVertex;
  value.payload_.number = vertex.value;
  return value;
}
Value Value::Edge(EdgeId edge) {
  Value value;
  value.type_ = Type::kEdge;
  value.payload_.number = edge.value;
  return value;
}
Value Value::String(std::string_view text) { return Make(Type::kString, std::string(text)); }
Value Value::OfList(List list) {
  uint32_t deepest = 0;
  for (const Value& element : list) deepest = std::max(deepest, element.Depth());
  Value value = Make(Type::kList, std::move(list));
  value.payload_.shared->depth = deepest + 1;
  return value;
}
Value Value::OfMap(Map map) {
  std::stable_sort(map.begin(), map.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  Map unique;
  unique.reserve(map.size());
  uint32_t deepest = 0;
  for (auto& entry : map) {
    deepest = std::max(deepest, entry.second.Depth());
    if (!unique.empty() && unique.back().first == entry.first) {
      unique.back().second = std::move(entry.second);
    } else {
      unique.push_back(std::move(entry));
    }
  }
  Value value = Make(Type::kMap, std::move(unique));
  value.payload_.shared->depth = deepest + 1;
  return value;
}
Value Value::OfPath(Path path) { return Make(Type::kPath, std::move(path)); }
Value Value::OfTemporal(Temporal temporal) {
  constexpr Type kTypes[] = {Type::kDate, Type::kLocalTime, Type::kZonedTime, Type::kLocalDateTime,
                             Type::kZonedDateTime};  // in the order of the variant's alternatives
  static_assert(std::size(kTypes) == std::variant_size_v<Temporal>);
  const Type type = kTypes[temporal.index()];
  return Make(type, std::move(temporal));
}
Value Value::OfDuration(Duration duration) { return Make(Type::kDuration, duration); }
Value Value::Time(EdtfTime time) { return Make(Type::kTime, std::move(time)); }
Value Value::OfQuantity(Quantity quantity) { return Make(Type::kQuantity, std::move(quantity)); }

const std::string& Value::string() const { return Object<std::string>(); }
const List& Value::list() const { return Object<List>(); }
const Map& Value::map() const { return Object<Map>(); }
const Path& Value::path() const { return Object<Path>(); }
const Temporal& Value::temporal() const { return Object<Temporal>(); }
const Duration& Value::duration() const { return Object<Duration>(); }
const EdtfTime& Value::time() const { return Object<EdtfTime>(); }
const Quantity& Value::quantity() const { return Object<Quantity>(); }

Value Value::Lookup(std::string_view name) const {
  if (type_ != Type::kMap) return Null();
  const Map& entries = map();
  const auto at = std::lower_bound(entries.begin(), entries.end(), name,
                                   [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
  return at != entries.end() && at->first == name ? at->second : Null();
}

size_t Value::SharedBytes(int depth) const {
  if (!is_shared()) return 0;
  constexpr size_t kHead = 32;  // the reference count and what the allocator adds
  size_t bytes = kHead;
  // The first, middle and last element stand for all.
  const auto of_elements = [depth](size_t count, const auto& bytes_of) -> size_t {
    if (count == 0 || depth == 0) return 0;
    return (bytes_of(0) + bytes_of(count / 2) + bytes_of(count - 1)) * count / 3;
  };
  switch (type_) {
    case Type::kString:
      bytes += sizeof(std::string) + string().capacity();
      break;
    case Type::kList: {
      const List& elements = list();
      bytes += sizeof(List) + elements.capacity() * sizeof(Value) +
               of_elements(elements.size(), [&](size_t i) { return elements[i].SharedBytes(depth - 1); });
      break;
    }
    case Type::kMap: {
      const Map& entries = map();
      bytes += sizeof(Map) + entries.capacity() * sizeof(Map::value_type) +
               of_elements(entries.size(), [&](size_t i) { return entries[i].second.SharedBytes(depth - 1); });
      break;
    }
    case Type::kPath:
      bytes += sizeof(Path) + path().vertices.capacity() * sizeof(VertexId) + path().edges.capacity() * sizeof(EdgeId);
      break;
    default:
      bytes += sizeof(Quantity);  // the largest of the rest
      break;
  }
  return bytes / payload_.shared->references.load(std::memory_order_relaxed);
}

std::string_view TypeName(Value::Type type) {
  switch (type) {
    case Value::Type::kMap:
      return "map";
    case Value::Type::kVertex:
      return "node";
    case Value::Type::kEdge:
      return "edge";
    case Value::Type::kList:
      return "list";
    case Value::Type::kPath:
      return "path";
    case Value::Type::kZonedDateTime:
      return "zoned datetime";
    case Value::Type::kLocalDateTime:
      return "local datetime";
    case Value::Type::kDate:
      return "date";
    case Value::Type::kZonedTime:
      return "zoned time";
    case Value::Type::kLocalTime:
      return "local time";
    case Value::Type::kDuration:
      return "duration";
    case Value::Type::kTime:
      return "uncertain time";
    case Value::Type::kQuantity:
      return "quantity";
    case Value::Type::kString:
      return "string";
    case Value::Type::kBoolean:
      return "boolean";
    case Value::Type::kInteger:
      return "integer";
    case Value::Type::kFloat:
      return "float";
    case Value::Type::kNull:
      return "null";
  }
  return "unknown";
}

namespace {

int Sign(auto a, auto b) { return a < b ? -1 : b < a ? 1 : 0; }

// Exact comparison of a 64-bit integer with a double that is not NaN, without rounding either.
int CompareIntegerWithFloat(int64_t integer, double floating) {
  if (floating >= 9223372036854775808.0) return -1;
  if (floating < -9223372036854775808.0) return 1;
  const double whole = std::trunc(floating);
  const auto truncated = static_cast<int64_t>(whole);
  if (integer != truncated) return integer < truncated ? -1 : 1;
  return Sign(whole, floating);
}

bool IsNan(const Value& value) { return value.type() == Value::Type::kFloat && std::isnan(value.floating()); }

// Precondition: both numbers, neither NaN.
int CompareNumbers(const Value& a, const Value& b) {
  const bool a_integer = a.type() == Value::Type::kInteger;
  const bool b_integer = b.type() == Value::Type::kInteger;
  if (a_integer && b_integer) return Sign(a.integer(), b.integer());
  if (a_integer) return CompareIntegerWithFloat(a.integer(), b.floating());
  if (b_integer) return -CompareIntegerWithFloat(b.integer(), a.floating());
  return Sign(a.floating(), b.floating());
}

Ternary OfBool(bool value) { return value ? Ternary::kTrue : Ternary::kFalse; }

Ternary EqualLists(const List& a, const List& b) {
  if (a.size() != b.size()) return Ternary::kFalse;
  Ternary all = Ternary::kTrue;
  for (size_t i = 0; i < a.size(); ++i) all = And(all, Equals(a[i], b[i]));
  return all;
}

Ternary EqualMaps(const Map& a, const Map& b) {
  if (a.size() != b.size()) return Ternary::kFalse;
  Ternary all = Ternary::kTrue;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].first != b[i].first) return Ternary::kFalse;
    all = And(all, Equals(a[i].second, b[i].second));
  }
  return all;
}

// 5 carriers are neither more nor fewer than 3 munitions, nor as many as 5 of them.
Ternary CompareQuantities(const Quantity& a, Comparison comparison, const Quantity& b) {
  return SameKind(a, b) ? Compare(a, comparison, b) : Ternary::kOpen;
}

// a < b for kLess, a <= b for kLessOrEqual; kOpen where the types do not compare.
Ternary Compared(const Value& a, const Value& b, Comparison comparison) {
  const auto holds = [comparison](int order) {
    return OfBool(comparison == Comparison::kLess ? order < 0 : order <= 0);
  };
  if (a.is_null() || b.is_null()) return Ternary::kOpen;
  if (a.is_number() && b.is_number()) {
    return IsNan(a) || IsNan(b) ? Ternary::kFalse : holds(CompareNumbers(a, b));
  }
  if (a.type() == Value::Type::kQuantity && b.is_number()) return Compare(a.quantity(), comparison, b.AsDouble());
  if (a.is_number() && b.type() == Value::Type::kQuantity) {
    return Compare(b.quantity(), comparison == Comparison::kLess ? Comparison::kGreater : Comparison::kGreaterOrEqual,
                   a.AsDouble());
  }
  if (a.type() != b.type()) return Ternary::kOpen;
  switch (a.type()) {
    case Value::Type::kString:
      return holds(Sign(a.string(), b.string()));
    case Value::Type::kBoolean:
      return holds(Sign(a.boolean(), b.boolean()));
    case Value::Type::kZonedDateTime:
    case Value::Type::kLocalDateTime:
    case Value::Type::kDate:
    case Value::Type::kZonedTime:
    case Value::Type::kLocalTime:
      return holds(Sign(a.temporal(), b.temporal()));
    case Value::Type::kTime:
      return comparison == Comparison::kLess ? Before(a.time().bounds(), b.time().bounds())
                                             : ToTernary(CertainlyNotAfter(a.time().bounds(), b.time().bounds()),
                                                         PossiblyNotAfter(a.time().bounds(), b.time().bounds()));
    case Value::Type::kQuantity:
      return CompareQuantities(a.quantity(), comparison, b.quantity());
    case Value::Type::kList: {
      const size_t shared = std::min(a.list().size(), b.list().size());
      for (size_t i = 0; i < shared; ++i) {
        const Ternary equal = Equals(a.list()[i], b.list()[i]);
        if (equal == Ternary::kTrue) continue;
        if (equal == Ternary::kOpen) return Ternary::kOpen;
        return Compared(a.list()[i], b.list()[i], comparison);
      }
      return holds(Sign(a.list().size(), b.list().size()));
    }
    default:
      return Ternary::kOpen;
  }
}

int OrderPaths(const Path& a, const Path& b) {
  const size_t shared = std::min(a.edges.size(), b.edges.size());
  for (size_t i = 0; i <= shared; ++i) {
    if (const int order = Sign(a.vertices[i].value, b.vertices[i].value); order != 0) return order;
    if (i == shared) break;
    if (const int order = Sign(a.edges[i].value, b.edges[i].value); order != 0) return order;
  }
  return Sign(a.edges.size(), b.edges.size());
}

int OrderTimes(const EdtfTime& a, const EdtfTime& b) {
  const TimeBounds& x = a.bounds();
  const TimeBounds& y = b.bounds();
  if (const int order = Sign(x.earliest_start, y.earliest_start); order != 0) return order;
  if (const int order = Sign(x.latest_end, y.latest_end); order != 0) return order;
  return Sign(a.text(), b.text());
}

int OrderQuantities(const Quantity& a, const Quantity& b) {
  if (const int order = Sign(a.low, b.low); order != 0) return order;
  if (const int order = Sign(a.high, b.high); order != 0) return order;
  if (const int order = Sign(a.unit, b.unit); order != 0) return order;
  return Sign(FormatBounds(a), FormatBounds(b));
}

size_t Combine(size_t seed, size_t next) { return absl::HashOf(seed, next); }

}  // namespace

Ternary Equals(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return Ternary::kOpen;
  if (a.is_number() && b.is_number()) return OfBool(!IsNan(a) && !IsNan(b) && CompareNumbers(a, b) == 0);
  if (a.type() == Value::Type::kQuantity && b.is_number()) {
    return Compare(a.quantity(), Comparison::kEqual, b.AsDouble());
  }
  if (a.is_number() && b.type() == Value::Type::kQuantity) return Equals(b, a);
  if (a.type() != b.type()) return Ternary::kFalse;
  switch (a.type()) {
    case Value::Type::kList:
      return EqualLists(a.list(), b.list());
    case Value::Type::kMap:
      return EqualMaps(a.map(), b.map());
    case Value::Type::kQuantity:
      return CompareQuantities(a.quantity(), Comparison::kEqual, b.quantity());
    default:
      return OfBool(Order(a, b) == 0);
  }
}

Ternary Less(const Value& a, const Value& b) { return Compared(a, b, Comparison::kLess); }
Ternary LessOrEqual(const Value& a, const Value& b) { return Compared(a, b, Comparison::kLessOrEqual); }

bool Equivalent(const Value& a, const Value& b) { return Order(a, b) == 0; }

int Order(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) {
    if (IsNan(a) || IsNan(b)) return Sign(IsNan(a), IsNan(b));
    return CompareNumbers(a, b);
  }
  if (a.type() != b.type()) return Sign(a.type(), b.type());
  switch (a.type()) {
    case Value::Type::kNull:
      return 0;
    case Value::Type::kBoolean:
      return Sign(a.boolean(), b.boolean());
    case Value::Type::kVertex:
      return Sign(a.vertex().value, b.vertex().value);
    case Value::Type::kEdge:
      return Sign(a.edge().value, b.edge().value);
    case Value::Type::kString:
      return Sign(a.string(), b.string());
    case Value::Type::kPath:
      return OrderPaths(a.path(), b.path());
    case Value::Type::kZonedDateTime:
    case Value::Type::kLocalDateTime:
    case Value::Type::kDate:
    case Value::Type::kZonedTime:
    case Value::Type::kLocalTime:
      return Sign(a.temporal(), b.temporal());
    case Value::Type::kDuration:
      return Sign(a.duration(), b.duration());
    case Value::Type::kTime:
      return OrderTimes(a.time(), b.time());
    case Value::Type::kQuantity:
      return OrderQuantities(a.quantity(), b.quantity());
    case Value::Type::kList: {
      const size_t shared = std::min(a.list().size(), b.list().size());
      for (size_t i = 0; i < shared; ++i) {
        if (const int order = Order(a.list()[i], b.list()[i]); order != 0) return order;
      }
      return Sign(a.list().size(), b.list().size());
    }
    case Value::Type::kMap: {
      if (const int order = Sign(a.map().size(), b.map().size()); order != 0) return order;
      for (size_t i = 0; i < a.map().size(); ++i) {
        if (const int order = Sign(a.map()[i].first, b.map()[i].first); order != 0) return order;
      }
      for (size_t i = 0; i < a.map().size(); ++i) {
        if (const int order = Order(a.map()[i].second, b.map()[i].second); order != 0) return order;
      }
      return 0;
    }
    case Value::Type::kInteger:
    case Value::Type::kFloat:
      break;  // handled above
  }
  return 0;
}

size_t HashOf(const Value& value) {
  const auto type = static_cast<size_t>(value.type());
  switch (value.type()) {
    case Value::Type::kNull:
      return absl::HashOf(type);
    case Value::Type::kBoolean:
      return absl::HashOf(type, value.boolean());
    case Value::Type::kVertex:
      return absl::HashOf(type, value.vertex().value);
    case Value::Type::kEdge:
      return absl::HashOf(type, value.edge().value);
    case Value::Type::kInteger:
      return absl::HashOf(value.integer());
    case Value::Type::kFloat: {
      // A float that is a whole number hashes as that integer, since the two are equivalent.
      const double floating = value.floating();
      if (std::isnan(floating)) return absl::HashOf(type);
      if (floating >= -9223372036854775808.0 && floating < 9223372036854775808.0 && std::trunc(floating) == floating) {
        return absl::HashOf(static_cast<int64_t>(floating));
      }
      return absl::HashOf(std::bit_cast<uint64_t>(floating));
    }
    case Value::Type::kString:
      return absl::HashOf(value.string());
    case Value::Type::kZonedDateTime:
    case Value::Type::kLocalDateTime:
    case Value::Type::kDate:
    case Value::Type::kZonedTime:
    case Value::Type::kLocalTime:
      return std::visit([type](const auto& temporal) { return absl::HashOf(type, temporal); }, value.temporal());
    case Value::Type::kDuration:
      return absl::HashOf(type, value.duration());
    case Value::Type::kTime:
      return absl::HashOf(type, value.time().text());
    case Value::Type::kQuantity:
      return absl::HashOf(type, value.quantity().low, value.quantity().high, value.quantity().unit);
    case Value::Type::kPath: {
      size_t hash = type;
      for (const VertexId vertex : value.path().vertices) hash = Combine(hash, vertex.value);
      for (const EdgeId edge : value.path().edges) hash = Combine(hash, edge.value);
      return hash;
    }
    case Value::Type::kList: {
      size_t hash = type;
      for (const Value& element : value.list()) hash = Combine(hash, HashOf(element));
      return hash;
    }
    case Value::Type::kMap: {
      size_t hash = type;
      for (const auto& [name, element] : value.map()) hash = Combine(absl::HashOf(hash, name), HashOf(element));
      return hash;
    }
  }
  return 0;
}

std::string FloatToString(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  std::string text = StrCat(value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

namespace {

std::string Quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string Nested(const Value& value) {
  return value.type() == Value::Type::kString ? Quoted(value.string()) : ToString(value);
}

}  // namespace

std::string ToString(const Value& value) {
  switch (value.type()) {
    case Value::Type::kNull:
      return "null";
    case Value::Type::kBoolean:
      return value.boolean() ? "true" : "false";
    case Value::Type::kInteger:
      return StrCat(value.integer());
    case Value::Type::kFloat:
      return FloatToString(value.floating());
    case Value::Type::kString:
      return value.string();
    case Value::Type::kVertex:
      return StrCat("(#", value.vertex().value, ")");
    case Value::Type::kEdge:
      return StrCat("[#", value.edge().value, "]");
    case Value::Type::kZonedDateTime:
    case Value::Type::kLocalDateTime:
    case Value::Type::kDate:
    case Value::Type::kZonedTime:
    case Value::Type::kLocalTime:
      return ToString(value.temporal());
    case Value::Type::kDuration:
      return ToString(value.duration());
    case Value::Type::kTime:
      return value.time().text();
    case Value::Type::kQuantity:
      return FormatQuantity(value.quantity());
    case Value::Type::kPath: {
      const Path& path = value.path();
      std::string out = "<";
      for (size_t i = 0; i < path.vertices.size(); ++i) {
        if (i > 0) out += StrCat("-[#", path.edges[i - 1].value, "]-");
        out += StrCat("(#", path.vertices[i].value, ")");
      }
      return out + ">";
    }
    case Value::Type::kList: {
      std::string out = "[";
      for (const Value& element : value.list()) out += StrCat(out.size() > 1 ? ", " : "", Nested(element));
      return out + "]";
    }
    case Value::Type::kMap: {
      std::string out = "{";
      for (const auto& [name, element] : value.map()) {
        out += StrCat(out.size() > 1 ? ", " : "", name, ": ", Nested(element));
      }
      return out + "}";
    }
  }
  return "";
}

}  // namespace dossier
