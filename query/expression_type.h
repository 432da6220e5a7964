// Sets of types, for what an operator or a function takes, before the query runs and while it does.
#ifndef DOSSIER_QUERY_EXPRESSION_TYPE_H_
#define DOSSIER_QUERY_EXPRESSION_TYPE_H_

#include <cstdint>
#include <string>

#include "graph/value.h"
#include "query/expression.h"

namespace dossier {

// A set of Value::Type.
using TypeMask = uint32_t;

constexpr TypeMask MaskOf(Value::Type type) { return TypeMask{1} << static_cast<uint32_t>(type); }

inline constexpr TypeMask kMapMask = MaskOf(Value::Type::kMap);
inline constexpr TypeMask kVertexMask = MaskOf(Value::Type::kVertex);
inline constexpr TypeMask kEdgeMask = MaskOf(Value::Type::kEdge);
inline constexpr TypeMask kListMask = MaskOf(Value::Type::kList);
inline constexpr TypeMask kPathMask = MaskOf(Value::Type::kPath);
inline constexpr TypeMask kTimeMask = MaskOf(Value::Type::kTime);
inline constexpr TypeMask kQuantityMask = MaskOf(Value::Type::kQuantity);
// Calendar values.
inline constexpr TypeMask kDateMask = MaskOf(Value::Type::kDate);
inline constexpr TypeMask kLocalTimeMask = MaskOf(Value::Type::kLocalTime);
inline constexpr TypeMask kZonedTimeMask = MaskOf(Value::Type::kZonedTime);
inline constexpr TypeMask kLocalDateTimeMask = MaskOf(Value::Type::kLocalDateTime);
inline constexpr TypeMask kZonedDateTimeMask = MaskOf(Value::Type::kZonedDateTime);
inline constexpr TypeMask kTemporalMask =
    kDateMask | kLocalTimeMask | kZonedTimeMask | kLocalDateTimeMask | kZonedDateTimeMask;
inline constexpr TypeMask kDurationMask = MaskOf(Value::Type::kDuration);
// What has components, to be had with a point: t.year, q.low.
inline constexpr TypeMask kComponentMask = kTemporalMask | kDurationMask | kTimeMask | kQuantityMask;
inline constexpr TypeMask kStringMask = MaskOf(Value::Type::kString);
inline constexpr TypeMask kBooleanMask = MaskOf(Value::Type::kBoolean);
inline constexpr TypeMask kIntegerMask = MaskOf(Value::Type::kInteger);
inline constexpr TypeMask kFloatMask = MaskOf(Value::Type::kFloat);
inline constexpr TypeMask kNumberMask = kIntegerMask | kFloatMask;
inline constexpr TypeMask kAnyMask = ~TypeMask{0};

// The types that a value of this static type may have, null aside.
TypeMask MaskOf(StaticType type);
// Can a value of static type `type` ever be one of `accepted`? Null always can.
inline bool MayBe(StaticType type, TypeMask accepted) {
  return type == StaticType::kNull || (MaskOf(type) & accepted) != 0;
}

StaticType StaticTypeOf(const Value& value);
// The narrowest static type that holds both.
StaticType Join(StaticType a, StaticType b);

// "a string", "an integer", "a list of edges".
std::string WithArticle(StaticType type);
std::string WithArticle(Value::Type type);
// "a string, a list or a map".
std::string WithArticles(TypeMask types);

}  // namespace dossier

#endif  // DOSSIER_QUERY_EXPRESSION_TYPE_H_
