#include "query/expression_type.h"

#include <string_view>
#include <vector>

#include "graph/base/text.h"

namespace dossier {
namespace {

std::string Article(std::string_view noun) {
  if (noun == "null") return "null";
  return StrCat(noun.find_first_of("aeiou") == 0 ? "an " : "a ", noun);
}

}  // namespace

TypeMask MaskOf(StaticType type) {
  switch (type) {
    case StaticType::kAny:
      return kAnyMask;
    case StaticType::kNull:
      return 0;
    case StaticType::kBoolean:
      return kBooleanMask;
    case StaticType::kInteger:
      return kIntegerMask;
    case StaticType::kFloat:
      return kFloatMask;
    case StaticType::kNumber:
      return kNumberMask;
    case StaticType::kString:
      return kStringMask;
    case StaticType::kList:
    case StaticType::kEdgeList:
    case StaticType::kVertexList:
      return kListMask;
    case StaticType::kMap:
      return kMapMask;
    case StaticType::kVertex:
      return kVertexMask;
    case StaticType::kEdge:
      return kEdgeMask;
    case StaticType::kPath:
      return kPathMask;
    case StaticType::kTime:
      return kTimeMask;
    case StaticType::kQuantity:
      return kQuantityMask;
    case StaticType::kDate:
      return kDateMask;
    case StaticType::kLocalTime:
      return kLocalTimeMask;
    case StaticType::kZonedTime:
      return kZonedTimeMask;
    case StaticType::kLocalDateTime:
      return kLocalDateTimeMask;
    case StaticType::kZonedDateTime:
      return kZonedDateTimeMask;
    case StaticType::kTemporal:
      return kTemporalMask;
    case StaticType::kDuration:
      return kDurationMask;
  }
  return kAnyMask;
}

StaticType StaticTypeOf(const Value& value) {
  switch (value.type()) {
    case Value::Type::kMap:
      return StaticType::kMap;
    case Value::Type::kVertex:
      return StaticType::kVertex;
    case Value::Type::kEdge:
      return StaticType::kEdge;
    case Value::Type::kList:
      return StaticType::kList;
    case Value::Type::kPath:
      return StaticType::kPath;
    case Value::Type::kZonedDateTime:
      return StaticType::kZonedDateTime;
    case Value::Type::kLocalDateTime:
      return StaticType::kLocalDateTime;
    case Value::Type::kDate:
      return StaticType::kDate;
    case Value::Type::kZonedTime:
      return StaticType::kZonedTime;
    case Value::Type::kLocalTime:
      return StaticType::kLocalTime;
    case Value::Type::kDuration:
      return StaticType::kDuration;
    case Value::Type::kTime:
      return StaticType::kTime;
    case Value::Type::kQuantity:
      return StaticType::kQuantity;
    case Value::Type::kString:
      return StaticType::kString;
    case Value::Type::kBoolean:
      return StaticType::kBoolean;
    case Value::Type::kInteger:
      return StaticType::kInteger;
    case Value::Type::kFloat:
      return StaticType::kFloat;
    case Value::Type::kNull:
      return StaticType::kNull;
  }
  return StaticType::kAny;
}

StaticType Join(StaticType a, StaticType b) {
  if (a == b || b == StaticType::kNull) return a;
  if (a == StaticType::kNull) return b;
  const TypeMask both = MaskOf(a) | MaskOf(b);
  if ((both & ~kNumberMask) == 0) return StaticType::kNumber;
  if ((both & ~kTemporalMask) == 0) return StaticType::kTemporal;
  return both == kListMask ? StaticType::kList : StaticType::kAny;
}

std::string WithArticle(Value::Type type) { return Article(TypeName(type)); }

std::string WithArticle(StaticType type) {
  switch (type) {
    case StaticType::kAny:
      return "any value";
    case StaticType::kNumber:
      return "a number";
    case StaticType::kVertexList:
      return "a list of nodes";
    case StaticType::kEdgeList:
      return "a list of edges";
    case StaticType::kTemporal:
      return "a date or time";
    case StaticType::kNull:
      return "null";
    default:
      break;
  }
  return WithArticles(MaskOf(type));
}

std::string WithArticles(TypeMask types) {
  if (types == kAnyMask) return "any value";
  std::vector<std::string> names;
  if ((types & kNumberMask) == kNumberMask) {
    names.emplace_back("a number");
    types &= ~kNumberMask;
  }
  if ((types & kTemporalMask) == kTemporalMask) {
    names.emplace_back("a date or time");
    types &= ~kTemporalMask;
  }
  for (uint32_t type = 0; type <= static_cast<uint32_t>(Value::Type::kNull); ++type) {
    if ((types >> type & 1) != 0) names.push_back(WithArticle(static_cast<Value::Type>(type)));
  }
  std::string out;
  for (size_t i = 0; i < names.size(); ++i) {
    out += StrCat(i == 0 ? "" : i + 1 == names.size() ? " or " : ", ", names[i]);
  }
  return out;
}

}  // namespace dossier
