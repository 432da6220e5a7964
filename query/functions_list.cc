// Functions on lists, and on texts and maps where they work like lists.
#include "query/arithmetic.h"
#include "query/error_codes.h"
#include "query/function.h"
#include "query/stable_sort.h"
#include "query/unicode_text.h"

namespace dossier {
namespace {

using Type = Value::Type;
using Arguments = std::span<const Value>;

Value Size(const FunctionCall&, Arguments arguments) {
  const Value& value = arguments[0];
  switch (value.type()) {
    case Type::kString:
      return Value::Integer(static_cast<int64_t>(CodePoints(value.string())));
    case Type::kMap:
      return Value::Integer(static_cast<int64_t>(value.map().size()));
    case Type::kPath:
      return Value::Integer(static_cast<int64_t>(value.path().vertices.size() + value.path().edges.size()));
    default:
      return Value::Integer(static_cast<int64_t>(value.list().size()));
  }
}

Value IsEmpty(const FunctionCall& call, Arguments arguments) {
  return Value::Boolean(Size(call, arguments).integer() == 0);
}

Value Head(const FunctionCall&, Arguments arguments) {
  return arguments[0].list().empty() ? Value() : arguments[0].list().front();
}
Value Last(const FunctionCall&, Arguments arguments) {
  return arguments[0].list().empty() ? Value() : arguments[0].list().back();
}
Value Tail(const FunctionCall&, Arguments arguments) {
  const List& list = arguments[0].list();
  return Value::OfList(list.empty() ? List() : List(list.begin() + 1, list.end()));
}

Value Reverse(const FunctionCall&, Arguments arguments) {
  if (arguments[0].type() == Type::kString) return Value::String(Reversed(arguments[0].string()));
  return Value::OfList(List(arguments[0].list().rbegin(), arguments[0].list().rend()));
}

// Both ends included.
Value Range(const FunctionCall& call, Arguments arguments) {
  const int64_t from = arguments[0].integer();
  const int64_t to = arguments[1].integer();
  const int64_t step = arguments.size() > 2 ? arguments[2].integer() : 1;
  if (step == 0) return call.Fail(kNumberOutOfRange, "a step of 0 never arrives", "use a step above or below 0");
  if (step > 0 ? from > to : from < to) return Value::OfList({});
  // As unsigned, because the distance may not fit into 63 bits.
  const uint64_t distance = step > 0 ? static_cast<uint64_t>(to) - static_cast<uint64_t>(from)
                                     : static_cast<uint64_t>(from) - static_cast<uint64_t>(to);
  const uint64_t stride = step > 0 ? static_cast<uint64_t>(step) : uint64_t{0} - static_cast<uint64_t>(step);
  const uint64_t count = distance / stride + 1;
  if (distance / stride >= kMaxListLength) {
    return call.Fail(kListTooLong, "the list would have over 10 million elements");
  }
  List list;
  list.reserve(count);
  for (uint64_t i = 0; i < count; ++i) {
    if (i % 1024 == 0 && !call.context.Spend(1024)) return Value();
    list.push_back(Value::Integer(static_cast<int64_t>(static_cast<uint64_t>(from) + i * static_cast<uint64_t>(step))));
  }
  return Value::OfList(std::move(list));
}

// In the order of ORDER BY; an extension.
Value Sorted(const FunctionCall& call, Arguments arguments) {
  List list = arguments[0].list();
  const auto less = [](const Value& a, const Value& b) { return Order(a, b) < 0; };
  const bool done = StableSort(&list, less, [&](uint64_t steps) { return call.context.Spend(steps); });
  return done ? Value::OfList(std::move(list)) : Value();
}

}  // namespace

std::span<const Function> ListFunctions() {
  constexpr TypeMask kSized = kListMask | kStringMask | kMapMask;
  static const auto* const kTable = new std::vector<Function>{
      {"size(list)", {kListMask | kStringMask}, 0, StaticType::kInteger, Size},
      {"cardinality(value)", {kListMask | kMapMask | kPathMask}, 0, StaticType::kInteger, Size},
      {"isEmpty(value)", {kSized}, 0, StaticType::kBoolean, IsEmpty},
      {"head(list)", {kListMask}, 0, StaticType::kAny, Head},
      {"last(list)", {kListMask}, 0, StaticType::kAny, Last},
      {"tail(list)", {kListMask}, 0, StaticType::kList, Tail},
      {"reverse(list)", {kListMask | kStringMask}, 0, StaticType::kAny, Reverse},
      {"range(from, to[, step])", {kIntegerMask, kIntegerMask, kIntegerMask}, 1, StaticType::kList, Range},
      {"sorted(list)", {kListMask}, 0, StaticType::kList, Sorted},
  };
  return *kTable;
}

}  // namespace dossier
