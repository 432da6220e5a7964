// Functions on texts. Positions and lengths count code points.
#include <algorithm>

#include "query/arithmetic.h"
#include "query/error_codes.h"
#include "query/function.h"
#include "query/unicode_text.h"

namespace dossier {
namespace {

using Arguments = std::span<const Value>;

template <std::string (*kFunction)(std::string_view)>
Value OfText(const FunctionCall&, Arguments arguments) {
  return Value::String(kFunction(arguments[0].string()));
}

Value Length(const FunctionCall&, Arguments arguments) {
  return Value::Integer(static_cast<int64_t>(CodePoints(arguments[0].string())));
}
Value ByteLength(const FunctionCall&, Arguments arguments) {
  return Value::Integer(static_cast<int64_t>(arguments[0].string().size()));
}

Value Negative(const FunctionCall& call, int64_t number) {
  return call.Fail(kNumberOutOfRange, "a position or a length is not below 0", "not " + std::to_string(number));
}

Value Left(const FunctionCall& call, Arguments arguments) {
  const int64_t length = arguments[1].integer();
  if (length < 0) return Negative(call, length);
  return Value::String(Substring(arguments[0].string(), 0, static_cast<size_t>(length)));
}

Value Right(const FunctionCall& call, Arguments arguments) {
  const int64_t length = arguments[1].integer();
  if (length < 0) return Negative(call, length);
  const std::string& text = arguments[0].string();
  const size_t size = CodePoints(text);
  return Value::String(Substring(text, size - std::min(size, static_cast<size_t>(length)), size));
}

Value SubstringOf(const FunctionCall& call, Arguments arguments) {
  const int64_t start = arguments[1].integer();
  const int64_t length = arguments.size() > 2 ? arguments[2].integer() : INT64_MAX;
  if (start < 0 || length < 0) return Negative(call, std::min(start, length));
  return Value::String(Substring(arguments[0].string(), static_cast<size_t>(start), static_cast<size_t>(length)));
}

Value Replace(const FunctionCall& call, Arguments arguments) {
  const std::string& text = arguments[0].string();
  const std::string& search = arguments[1].string();
  const std::string& by = arguments[2].string();
  if (search.empty()) return arguments[0];
  std::string out;
  size_t from = 0;
  for (size_t at = text.find(search); at != std::string::npos; at = text.find(search, from)) {
    out.append(text, from, at - from);
    out += by;
    from = at + search.size();
    if (out.size() > kMaxTextLength) return call.Fail(kListTooLong, "the text would be longer than 64 MB");
  }
  out.append(text, from);
  return Value::String(out);
}

void SplitBy(std::string_view text, std::string_view separator, List* pieces) {
  if (separator.empty()) {
    for (size_t at = 0; at < text.size();) {
      const size_t next = at + ByteOffset(text.substr(at), 1);
      pieces->push_back(Value::String(text.substr(at, next - at)));
      at = next;
    }
    return;
  }
  size_t from = 0;
  for (size_t at = text.find(separator); at != std::string_view::npos; at = text.find(separator, from)) {
    pieces->push_back(Value::String(text.substr(from, at - from)));
    from = at + separator.size();
  }
  pieces->push_back(Value::String(text.substr(from)));
}

Value SplitText(const FunctionCall&, Arguments arguments) {
  List pieces;
  SplitBy(arguments[0].string(), arguments[1].string(), &pieces);
  return Value::OfList(std::move(pieces));
}

// Takes what stands in `characters` (white space if not given) off the ends asked for.
template <bool kLeft, bool kRight>
Value TrimText(const FunctionCall&, Arguments arguments) {
  std::string_view text = arguments[0].string();
  if (arguments.size() == 1) {
    if (kLeft) text = TrimLeft(text);
    if (kRight) text = TrimRight(text);
    return Value::String(text);
  }
  List characters;
  SplitBy(arguments[1].string(), "", &characters);
  const auto strip = [&](auto stands_there, auto drop) {
    bool again = !text.empty();
    while (again) {
      again = false;
      for (const Value& character : characters) {
        if (text.empty() || !stands_there(character.string())) continue;
        drop(character.string().size());
        again = true;
      }
    }
  };
  if (kLeft) {
    strip([&](std::string_view c) { return text.starts_with(c); }, [&](size_t n) { text.remove_prefix(n); });
  }
  if (kRight) {
    strip([&](std::string_view c) { return text.ends_with(c); }, [&](size_t n) { text.remove_suffix(n); });
  }
  return Value::String(text);
}

Value JoinTexts(const FunctionCall& call, Arguments arguments) {
  std::string out;
  for (const Value& piece : arguments[0].list()) {
    if (piece.is_null()) continue;
    if (&piece != &arguments[0].list().front()) out += arguments[1].string();
    out += ToString(piece);
    if (out.size() > kMaxTextLength) return call.Fail(kListTooLong, "the text would be longer than 64 MB");
  }
  return Value::String(out);
}

}  // namespace

std::span<const Function> StringFunctions() {
  constexpr StaticType kText = StaticType::kString;
  static const auto* const kTable = new std::vector<Function>{
      {"toUpper(text)", {kStringMask}, 0, kText, OfText<UpperCase>},
      {"upper(text)", {kStringMask}, 0, kText, OfText<UpperCase>},
      {"toLower(text)", {kStringMask}, 0, kText, OfText<LowerCase>},
      {"lower(text)", {kStringMask}, 0, kText, OfText<LowerCase>},
      {"char_length(text)", {kStringMask}, 0, StaticType::kInteger, Length},
      {"character_length(text)", {kStringMask}, 0, StaticType::kInteger, Length},
      {"byte_length(text)", {kStringMask}, 0, StaticType::kInteger, ByteLength},
      {"left(text, length)", {kStringMask, kIntegerMask}, 0, kText, Left},
      {"right(text, length)", {kStringMask, kIntegerMask}, 0, kText, Right},
      {"substring(text, start[, length])", {kStringMask, kIntegerMask, kIntegerMask}, 1, kText, SubstringOf},
      {"replace(text, search, by)", {kStringMask, kStringMask, kStringMask}, 0, kText, Replace},
      {"split(text, separator)", {kStringMask, kStringMask}, 0, StaticType::kList, SplitText},
      {"trim(text)", {kStringMask}, 0, kText, TrimText<true, true>},
      {"btrim(text[, characters])", {kStringMask, kStringMask}, 1, kText, TrimText<true, true>},
      {"ltrim(text[, characters])", {kStringMask, kStringMask}, 1, kText, TrimText<true, false>},
      {"rtrim(text[, characters])", {kStringMask, kStringMask}, 1, kText, TrimText<false, true>},
      {"join(list, separator)", {kListMask, kStringMask}, 0, kText, JoinTexts},
  };
  return *kTable;
}

}  // namespace dossier
