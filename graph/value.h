// A value: what a cell of an answer, a property or the literal object of a claim holds.
//
// Sixteen bytes: a type and either the thing itself (null, boolean, integer, float, vertex, edge) or a shared,
// immutable object (string, list, map, path, calendar value, duration, uncertain time, quantity). Copies are cheap and
// independent; values may be read from many threads. A vertex or an edge is a number of the image it came from; its
// key, labels and properties are asked of that image.
//
// Three kinds of sameness, as the standards have them (openCypher 9, "Equality and comparability"; ISO 39075, 22.14):
//   Equals      three-valued: null if either is null or unknowable; 1 = 1.0
//   Equivalent  two-valued, for DISTINCT, grouping and hash joins: null with null, NaN with NaN; 1 with 1.0
//   Order       total, across types, for ORDER BY: nodes and edges first, then ... numbers, null last
#ifndef DOSSIER_GRAPH_VALUE_H_
#define DOSSIER_GRAPH_VALUE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/duration.h"
#include "graph/edtf.h"
#include "graph/id.h"
#include "graph/quantity.h"
#include "graph/temporal.h"
#include "graph/ternary.h"

namespace dossier {

class Value;

// A walk: vertices.size() == edges.size() + 1, edge i lies between vertices i and i + 1, in either direction.
struct Path {
  std::vector<VertexId> vertices;
  std::vector<EdgeId> edges;
  friend bool operator==(const Path&, const Path&) = default;
};

using List = std::vector<Value>;
// Sorted by name, names distinct (MakeMap sees to it).
using Map = std::vector<std::pair<std::string, Value>>;

class Value {
 public:
  // The order of the constants is the order across types (see Order).
  enum class Type : uint8_t {
    kMap,
    kVertex,
    kEdge,
    kList,
    kPath,
    kZonedDateTime,
    kLocalDateTime,
    kDate,
    kZonedTime,
    kLocalTime,
    kDuration,
    kTime,      // an uncertain time (EDTF)
    kQuantity,  // a quantity with bounds
    kString,
    kBoolean,
    kInteger,
    kFloat,
    kNull,
  };

  Value() : type_(Type::kNull) { payload_.integer = 0; }
  Value(const Value& other) : type_(other.type_), payload_(other.payload_) { Retain(); }
  Value(Value&& other) noexcept : type_(other.type_), payload_(other.payload_) { other.type_ = Type::kNull; }
  Value& operator=(const Value& other) {
    Value copy(other);
    Swap(copy);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    Swap(other);
    return *this;
  }
  ~Value() { Release(); }

  static Value Null() { return Value(); }
  static Value Boolean(bool value);
  static Value Integer(int64_t value);
  static Value Float(double value);
  static Value String(std::string_view value);
  static Value OfList(List value);
  static Value OfMap(Map value);  // sorts by name; of equal names the last wins
  static Value Vertex(VertexId value);
  static Value Edge(EdgeId value);
  static Value OfPath(Path value);
  static Value OfTemporal(Temporal value);  // its kind decides the type: kZonedDateTime to kLocalTime
  static Value OfDuration(Duration value);
  static Value Time(EdtfTime value);
  static Value OfQuantity(Quantity value);

  Type type() const { return type_; }
  bool is_null() const { return type_ == Type::kNull; }
  bool is_number() const { return type_ == Type::kInteger || type_ == Type::kFloat; }
  bool is_temporal() const { return type_ >= Type::kZonedDateTime && type_ <= Type::kLocalTime; }
  bool is_true() const { return type_ == Type::kBoolean && payload_.boolean; }
  bool is_false() const { return type_ == Type::kBoolean && !payload_.boolean; }

  // Precondition of each: type() is the one named. References live as long as any copy of this value.
  bool boolean() const { return payload_.boolean; }
  int64_t integer() const { return payload_.integer; }
  double floating() const { return payload_.floating; }
  const std::string& string() const;
  const List& list() const;
  const Map& map() const;
  VertexId vertex() const { return VertexId(payload_.number); }
  EdgeId edge() const { return EdgeId(payload_.number); }
  const Path& path() const;
  const Temporal& temporal() const;  // precondition: is_temporal()
  const Duration& duration() const;
  const EdtfTime& time() const;
  const Quantity& quantity() const;

  // Of a number (precondition: is_number()).
  double AsDouble() const {
    return type_ == Type::kInteger ? static_cast<double>(payload_.integer) : payload_.floating;
  }
  // The value under `name` in a map, or null.
  Value Lookup(std::string_view name) const;
  // About how many bytes a holder of this value keeps alive beyond the sixteen of the value itself: its part of the
  // shared object, which all who hold the object bear alike. Takes constant time: of a list or map it looks at a few
  // elements, `depth` levels down, and takes the others for their like.
  size_t SharedBytes(int depth = 2) const;
  // How many lists and maps lie inside one another: 0 for what is neither, 1 for a list of numbers. Constant time.
  // Freeing, comparing, hashing and printing go down by recursion, so whoever makes values from data in a loop keeps
  // them within kMaxDepth.
  uint32_t Depth() const { return type_ == Type::kList || type_ == Type::kMap ? payload_.shared->depth : 0; }
  static constexpr uint32_t kMaxDepth = 1000;

 private:
  // The head of a shared object; the object follows it.
  struct Shared {
    std::atomic<uint32_t> references{1};
    uint32_t depth = 0;  // see Depth()
  };
  template <typename T>
  struct Box;
  union Payload {
    bool boolean;
    int64_t integer;
    double floating;
    uint32_t number;
    Shared* shared;
  };

  template <typename T>
  static Value Make(Type type, T object);
  template <typename T>
  const T& Object() const;

  bool is_shared() const { return type_ == Type::kMap || (type_ >= Type::kList && type_ <= Type::kString); }
  void Retain() const {
    if (is_shared()) payload_.shared->references.fetch_add(1, std::memory_order_relaxed);
  }
  void Release() {
    if (is_shared() && payload_.shared->references.fetch_sub(1, std::memory_order_acq_rel) == 1) Delete();
  }
  void Delete();
  void Swap(Value& other) noexcept {
    std::swap(type_, other.type_);
    std::swap(payload_, other.payload_);
  }

  Type type_;
  Payload payload_;
};
static_assert(sizeof(Value) == 16);

// The type's name as messages print it: "integer", "list", "node", "edge".
std::string_view TypeName(Value::Type type);

// Three-valued equality. kOpen where a null takes part and decides. Values of types that cannot be equal are kFalse.
Ternary Equals(const Value& a, const Value& b);
// Three-valued a < b (and a <= b): defined within numbers, strings, booleans, lists, each type of calendar values, and
// uncertain times; kOpen otherwise, durations included: whether a month is longer than 30 days depends on the month.
// Comparing with NaN is kFalse. Uncertain times compare certainly (kTrue), not possibly (kFalse), else kOpen.
// Quantities of different kinds compare as kOpen, here and in Equals.
Ternary Less(const Value& a, const Value& b);
Ternary LessOrEqual(const Value& a, const Value& b);

// Two-valued sameness and a hash that agrees with it.
bool Equivalent(const Value& a, const Value& b);
size_t HashOf(const Value& value);

// Negative, zero or positive; a total order that agrees with Equivalent. Null is largest, NaN the largest number.
int Order(const Value& a, const Value& b);

struct ValueHash {
  size_t operator()(const Value& value) const { return HashOf(value); }
};
struct ValueEquivalent {
  bool operator()(const Value& a, const Value& b) const { return Equivalent(a, b); }
};

// As a person reads it; strings bare at the top and quoted inside lists and maps. Vertices and edges print as
// (#12) and [#3]: whoever has the image prints better.
std::string ToString(const Value& value);
// The shortest text that reads back as the same float, always with a point or an exponent: 1.0, 1e+20, NaN.
std::string FloatToString(double value);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_VALUE_H_
