// [...] and {...}: lists, maps, and the comprehensions and projections that begin like them.
#include "graph/base/status_macros.h"
#include "query/error_codes.h"
#include "query/parser_internal.h"

namespace dossier::ast {

absl::StatusOr<ExpressionPtr> Parser::ParseBracketed() {
  if (IsPatternComprehensionAhead()) return ParsePatternComprehension();
  if (IsListComprehensionAhead()) return ParseListComprehension();
  return ParseListLiteral();
}

absl::StatusOr<ExpressionPtr> Parser::ParseListLiteral() {
  const SourcePosition begin = Here();
  Skip();
  ListLiteral list;
  int height = 0;
  if (!Accept(TokenKind::kRightBracket)) {
    do {
      ASSIGN_OR_RETURN(ExpressionPtr element, ParseValue());
      height = std::max(height, element->height);
      list.elements.push_back(std::move(element));
    } while (Accept(TokenKind::kComma));
    if (!Accept(TokenKind::kRightBracket)) return Unexpected("',' or ']'");
  }
  return Make(begin, height, std::move(list));
}

absl::StatusOr<ExpressionPtr> Parser::ParseListComprehension() {
  const SourcePosition begin = Here();
  Skip();
  ListComprehension list;
  ASSIGN_OR_RETURN(list.variable, ParseName("the name of a new variable"));
  RETURN_IF_ERROR(Expect(Keyword::kIn));
  ASSIGN_OR_RETURN(list.list, ParseExpression({.bar_ends_labels = true}));
  if (Accept(Keyword::kWhere)) {
    ASSIGN_OR_RETURN(list.where, ParseExpression({.condition = true, .bar_ends_labels = true}));
  }
  if (Accept(TokenKind::kPipe)) {
    ASSIGN_OR_RETURN(list.result, ParseValue());
  }
  RETURN_IF_ERROR(Expect(TokenKind::kRightBracket));
  const int height = HeightOf(list.list, list.where, list.result);
  return Make(begin, height, std::move(list));
}

absl::StatusOr<ExpressionPtr> Parser::ParsePatternComprehension() {
  const SourcePosition begin = Here();
  Skip();
  PatternComprehension list;
  int height = 0;
  ASSIGN_OR_RETURN(PathPattern pattern, Measure(&height, [&] { return ParsePathPattern(/*alternatives=*/false); }));
  list.pattern = std::make_unique<PathPattern>(std::move(pattern));
  if (Accept(Keyword::kWhere)) {
    ASSIGN_OR_RETURN(list.where, ParseExpression({.condition = true, .bar_ends_labels = true}));
  }
  RETURN_IF_ERROR(Expect(TokenKind::kPipe));
  ASSIGN_OR_RETURN(list.result, ParseValue());
  RETURN_IF_ERROR(Expect(TokenKind::kRightBracket));
  height = std::max(height, HeightOf(list.where, list.result));
  return Make(begin, height, std::move(list));
}

// {key: value, ...}; `height` becomes that of the highest value.
absl::StatusOr<MapLiteral> Parser::ParseMap(int* height) {
  RETURN_IF_ERROR(Expect(TokenKind::kLeftBrace));
  MapLiteral map;
  if (Accept(TokenKind::kRightBrace)) return map;
  do {
    MapEntry entry;
    ASSIGN_OR_RETURN(entry.key, ParseWord("a key"));
    RETURN_IF_ERROR(Expect(TokenKind::kColon));
    ASSIGN_OR_RETURN(entry.value, ParseValue());
    *height = std::max(*height, entry.value->height);
    map.entries.push_back(std::move(entry));
  } while (Accept(TokenKind::kComma));
  if (!Accept(TokenKind::kRightBrace)) return Unexpected("',' or '}'");
  return map;
}

absl::StatusOr<ExpressionPtr> Parser::ParseMapLiteral() {
  const SourcePosition begin = Here();
  int height = 0;
  ASSIGN_OR_RETURN(MapLiteral map, ParseMap(&height));
  return Make(begin, height, std::move(map));
}

// n{.a, .*, b: 1, c}
absl::StatusOr<ExpressionPtr> Parser::ParseMapProjection() {
  const SourcePosition begin = Here();
  MapProjection projection;
  ASSIGN_OR_RETURN(projection.variable, ParseName("a variable"));
  RETURN_IF_ERROR(Expect(TokenKind::kLeftBrace));
  int height = 0;
  if (!Accept(TokenKind::kRightBrace)) {
    do {
      MapProjection::Item item;
      if (Accept(TokenKind::kDot)) {
        if (Accept(TokenKind::kStar)) {
          item.kind = MapProjection::Item::Kind::kAll;
        } else {
          item.kind = MapProjection::Item::Kind::kProperty;
          ASSIGN_OR_RETURN(item.name, ParseWord("the name of a property, or *"));
        }
      } else if (IsWordToken(Peek()) && NextIs(TokenKind::kColon)) {
        item.kind = MapProjection::Item::Kind::kEntry;
        ASSIGN_OR_RETURN(item.name, ParseWord("a key"));
        Skip();
        ASSIGN_OR_RETURN(item.value, ParseValue());
        height = std::max(height, item.value->height);
      } else {
        item.kind = MapProjection::Item::Kind::kVariable;
        ASSIGN_OR_RETURN(item.name, ParseName(".property, .*, key: value or a variable"));
      }
      projection.items.push_back(std::move(item));
    } while (Accept(TokenKind::kComma));
    if (!Accept(TokenKind::kRightBrace)) return Unexpected("',' or '}'");
  }
  return Make(begin, height, std::move(projection));
}

}  // namespace dossier::ast
