// One pass over the text by code point. Positions are kept as the pass goes, so no error has to count lines again.
#include "query/lexer.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "graph/base/diagnostic.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace dossier {
namespace {

constexpr uint64_t kLargestMagnitude = uint64_t{1} << 63;
constexpr int32_t kNoCodePoint = -1;

bool IsDigit(int32_t c) { return c >= '0' && c <= '9'; }

bool IsSpace(int32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
  return u_isUWhiteSpace(c) != 0 || c == 0x180E || c == 0x200B || c == 0xFEFF;
}

bool IsNameStart(int32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return u_hasBinaryProperty(c, UCHAR_ID_START) != 0 || u_charType(c) == U_CONNECTOR_PUNCTUATION;
}

bool IsNamePart(int32_t c) {
  if (c < 0x80) return IsNameStart(c) || IsDigit(c);
  return IsNameStart(c) || u_hasBinaryProperty(c, UCHAR_ID_CONTINUE) != 0 || u_charType(c) == U_CURRENCY_SYMBOL;
}

// The value of a digit in bases up to 16, or -1.
int DigitValue(int32_t c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void AppendCodePoint(std::string* out, int32_t c) {
  uint8_t bytes[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out->append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
}

// "U+00A7" style, for characters that may not be visible.
std::string CodePointText(int32_t c) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string digits;
  for (uint32_t rest = static_cast<uint32_t>(c); rest > 0 || digits.size() < 4; rest /= 16) {
    digits.insert(digits.begin(), kHex[rest % 16]);
  }
  return "U+" + digits;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  absl::StatusOr<std::vector<Token>> Run() {
    at_.line = 1;
    at_.column = 1;
    RETURN_IF_ERROR(CheckEncoding());
    for (;;) {
      RETURN_IF_ERROR(SkipSpaceAndComments());
      start_ = at_;
      if (AtEnd()) break;
      Token token;
      RETURN_IF_ERROR(Next(&token));
      token.span = {start_, at_};
      Push(std::move(token));
    }
    tokens_.push_back(Token{.span = {at_, at_}});
    return std::move(tokens_);
  }

 private:
  bool AtEnd() const { return at_.offset >= text_.size(); }

  // The byte `ahead` bytes on, or 0 past the end.
  char Byte(size_t ahead = 0) const { return at_.offset + ahead < text_.size() ? text_[at_.offset + ahead] : '\0'; }

  int32_t CodePoint() const {
    if (AtEnd()) return kNoCodePoint;
    int32_t c;
    size_t i = at_.offset;
    U8_NEXT_UNSAFE(text_.data(), i, c);
    return c;
  }

  // Steps over one code point; the text is known to be well-formed.
  void Advance() {
    const char lead = text_[at_.offset];
    if (lead == '\n') {
      ++at_.line;
      at_.column = 0;
    }
    ++at_.column;
    ++at_.offset;
    while (!AtEnd() && (static_cast<uint8_t>(text_[at_.offset]) & 0xC0) == 0x80) ++at_.offset;
  }
  void Advance(size_t count) {
    for (size_t i = 0; i < count; ++i) Advance();
  }

  absl::Status Error(int number, SourceSpan place, std::string cause, std::string rule, std::string hint) const {
    return ToStatus(absl::StatusCode::kInvalidArgument, Diagnostic{.number = number,
                                                                   .place = place,
                                                                   .cause = std::move(cause),
                                                                   .rule = std::move(rule),
                                                                   .hint = std::move(hint)});
  }

  absl::Status CheckEncoding() {
    const size_t bad = FindInvalidUtf8(text_);
    if (bad == std::string_view::npos) return absl::OkStatus();
    while (at_.offset < bad) Advance();
    SourceSpan place = {at_, at_};
    ++place.end.offset;
    ++place.end.column;
    return Error(kInvalidEncoding, place, "the text is not valid UTF-8 here", "a query is UTF-8 text",
                 "save the text as UTF-8");
  }

  absl::Status SkipSpaceAndComments() {
    while (!AtEnd()) {
      if (Byte() == '/' && Byte(1) == '/') {
        while (!AtEnd() && Byte() != '\n') Advance();
      } else if (Byte() == '/' && Byte(1) == '*') {
        const SourcePosition open = at_;
        Advance(2);
        const SourceSpan place = {open, at_};
        while (!AtEnd() && !(Byte() == '*' && Byte(1) == '/')) Advance();
        if (AtEnd()) return Error(kUnterminatedText, place, "this comment is never closed", "", "close it with */");
        Advance(2);
      } else if (IsSpace(CodePoint())) {
        Advance();
      } else {
        break;
      }
    }
    return absl::OkStatus();
  }

  absl::Status Next(Token* token) {
    const int32_t c = CodePoint();
    if (IsNameStart(c)) {
      Word(token);
      return absl::OkStatus();
    }
    if (IsDigit(c) || (c == '.' && IsDigit(Byte(1)))) return Number(token);
    if (c == '\'' || c == '"') return String(token);
    if (c == '`') {
      token->kind = TokenKind::kQuotedName;
      return QuotedName(&token->text);
    }
    if (c == '$') return Parameter(token);
    return Sign(token);
  }

  void Word(Token* token) {
    token->kind = TokenKind::kName;
    while (IsNamePart(CodePoint())) Advance();
    token->text = text_.substr(start_.offset, at_.offset - start_.offset);
    token->keyword = FindKeyword(token->text);
  }

  absl::Status QuotedName(std::string* name) {
    const SourcePosition open = at_;
    Advance();
    const SourceSpan place = {open, at_};
    for (;;) {
      if (AtEnd()) return Error(kUnterminatedText, place, "this quoted name is never closed", "", "close it with `");
      if (Byte() == '`') {
        Advance();
        if (Byte() != '`') break;
      }
      const size_t from = at_.offset;
      Advance();
      name->append(text_.substr(from, at_.offset - from));
    }
    return absl::OkStatus();
  }

  absl::Status Parameter(Token* token) {
    token->kind = TokenKind::kParameter;
    Advance();
    if (Byte() == '`') return QuotedName(&token->text);
    const size_t from = at_.offset;
    while (IsNamePart(CodePoint())) Advance();
    token->text = text_.substr(from, at_.offset - from);
    if (token->text.empty()) {
      return Error(kUnexpectedCharacter, {start_, at_}, "'$' without a name", "a parameter is $name, $0 or $`any name`",
                   "");
    }
    return absl::OkStatus();
  }

  // A quote character in a row ends the string, two in a row are one quote of it.
  absl::Status String(Token* token) {
    token->kind = TokenKind::kString;
    const char quote = Byte();
    Advance();
    const SourceSpan open = {start_, at_};
    for (;;) {
      if (AtEnd()) {
        return Error(kUnterminatedText, open, "this string is never closed", "", StrCat("close it with ", quote));
      }
      if (Byte() == quote) {
        Advance();
        if (Byte() != quote) return absl::OkStatus();
      } else if (Byte() == '\\') {
        RETURN_IF_ERROR(Escape(&token->text));
        continue;
      }
      const size_t from = at_.offset;
      Advance();
      token->text.append(text_.substr(from, at_.offset - from));
    }
  }

  absl::Status Escape(std::string* out) {
    const SourcePosition from = at_;
    Advance();
    const char letter = Byte();
    if (!AtEnd()) Advance();
    switch (letter) {
      case '\\':
      case '\'':
      case '"':
      case '`':
        out->push_back(letter);
        return absl::OkStatus();
      case 'b':
        out->push_back('\b');
        return absl::OkStatus();
      case 'f':
        out->push_back('\f');
        return absl::OkStatus();
      case 'n':
        out->push_back('\n');
        return absl::OkStatus();
      case 'r':
        out->push_back('\r');
        return absl::OkStatus();
      case 't':
        out->push_back('\t');
        return absl::OkStatus();
      case 'u':
      case 'U':
        return UnicodeEscape(from, letter == 'u' ? 4 : 8, out);
      default:
        return Error(
            kInvalidEscape, {from, at_}, StrCat("unknown escape ", text_.substr(from.offset, at_.offset - from.offset)),
            "known are \\\\ \\' \\\" \\` \\b \\f \\n \\r \\t \\uXXXX \\UXXXXXXXX", "write \\\\ for a backslash");
    }
  }

  // The value of `count` hexadecimal digits, or nothing (and then nobody needs the position).
  std::optional<int64_t> HexDigits(int count) {
    int64_t value = 0;
    for (int i = 0; i < count; ++i) {
      const int digit = DigitValue(Byte());
      if (digit < 0) return std::nullopt;
      value = value * 16 + digit;
      Advance();
    }
    return value;
  }

  absl::Status UnicodeEscape(SourcePosition from, int digits, std::string* out) {
    const auto bad = [&](std::string cause) {
      return Error(kInvalidEscape, {from, at_}, std::move(cause), "\\u takes 4 hexadecimal digits, \\U takes 8",
                   "write for example \\u00e9 for é");
    };
    std::optional<int64_t> value = HexDigits(digits);
    if (!value.has_value()) return bad("a Unicode escape has too few hexadecimal digits");
    if (digits == 4 && U16_IS_LEAD(*value) && Byte() == '\\' && Byte(1) == 'u') {
      Advance(2);
      const std::optional<int64_t> trail = HexDigits(4);
      if (!trail.has_value()) return bad("a Unicode escape has too few hexadecimal digits");
      if (!U16_IS_TRAIL(*trail)) return bad("the second half of a surrogate pair is missing");
      value = U16_GET_SUPPLEMENTARY(*value, *trail);
    }
    if (*value > 0x10FFFF) return bad("a Unicode escape beyond U+10FFFF");
    if (U_IS_SURROGATE(*value)) return bad("half of a surrogate pair is no character");
    AppendCodePoint(out, static_cast<int32_t>(*value));
    return absl::OkStatus();
  }

  // Steps over digits of `base` with single underscores between them; false where there is none or an underscore hangs.
  bool Digits(int base, std::string* digits) {
    bool last_is_digit = false;
    for (;;) {
      const char c = Byte();
      const int value = DigitValue(c);
      if (value >= 0 && value < base) {
        digits->push_back(c);
        last_is_digit = true;
      } else if (c == '_' && last_is_digit) {
        last_is_digit = false;
      } else {
        return last_is_digit;
      }
      Advance();
    }
  }

  absl::Status BadNumber() {
    while (IsNamePart(CodePoint())) Advance();
    return Error(kInvalidNumber, {start_, at_},
                 StrCat("'", text_.substr(start_.offset, at_.offset - start_.offset), "' is not a number"),
                 "numbers are 12, 1_000, 0x1F, 0o17, 0b101, 1.5, .5, 1e10",
                 "a name cannot begin with a digit; quote it with backquotes");
  }

  absl::Status Number(Token* token) {
    const char prefix = Byte(1);
    if (Byte() == '0' &&
        (prefix == 'x' || prefix == 'X' || prefix == 'o' || prefix == 'O' || prefix == 'b' || prefix == 'B')) {
      const int base = prefix == 'x' || prefix == 'X' ? 16 : prefix == 'o' || prefix == 'O' ? 8 : 2;
      Advance(2);
      std::string digits;
      if (!Digits(base, &digits) || IsNamePart(CodePoint())) return BadNumber();
      return Integer(digits, base, token);
    }
    std::string digits;
    bool is_float = false;
    if (Byte() != '.' && !Digits(10, &digits)) return BadNumber();
    // `1..3` is a range, and so is what follows a number and two dots.
    if (Byte() == '.' && Byte(1) != '.') {
      is_float = true;
      digits.push_back('.');
      Advance();
      if (IsDigit(Byte()) && !Digits(10, &digits)) return BadNumber();
    }
    if (Byte() == 'e' || Byte() == 'E') {
      is_float = true;
      digits.push_back('e');
      Advance();
      if (Byte() == '+' || Byte() == '-') {
        digits.push_back(Byte());
        Advance();
      }
      if (!Digits(10, &digits)) return BadNumber();
    }
    if (IsNamePart(CodePoint())) return BadNumber();
    if (!is_float) return Integer(digits, 10, token);
    token->kind = TokenKind::kFloat;
    if (!absl::SimpleAtod(digits, &token->real)) return BadNumber();
    if (std::isinf(token->real)) {
      return Error(kFloatOverflow, {start_, at_}, "this number is too large for a floating-point number",
                   "floating-point numbers go up to about 1.79e308", "");
    }
    return absl::OkStatus();
  }

  absl::Status Integer(std::string_view digits, int base, Token* token) {
    token->kind = TokenKind::kInteger;
    uint64_t value = 0;
    for (const char c : digits) {
      const uint64_t digit = static_cast<uint64_t>(DigitValue(c));
      if (value > (kLargestMagnitude - digit) / static_cast<uint64_t>(base)) {
        return Error(kIntegerOverflow, {start_, at_}, "this integer does not fit into 64 bits",
                     "integers go from -9223372036854775808 to 9223372036854775807", "write it as a float: 1e19");
      }
      value = value * static_cast<uint64_t>(base) + digit;
    }
    token->integer = value;
    return absl::OkStatus();
  }

  absl::Status Sign(Token* token) {
    const char c = Byte();
    const char next = Byte(1);
    const auto take = [&](TokenKind kind, size_t size) {
      token->kind = kind;
      Advance(size);
      return absl::OkStatus();
    };
    switch (c) {
      case '(':
        return take(TokenKind::kLeftParen, 1);
      case ')':
        return take(TokenKind::kRightParen, 1);
      case '[':
        return take(TokenKind::kLeftBracket, 1);
      case ']':
        return take(TokenKind::kRightBracket, 1);
      case '{':
        return take(TokenKind::kLeftBrace, 1);
      case '}':
        return take(TokenKind::kRightBrace, 1);
      case ',':
        return take(TokenKind::kComma, 1);
      case '.':
        return next == '.' ? take(TokenKind::kDotDot, 2) : take(TokenKind::kDot, 1);
      case ':':
        return take(TokenKind::kColon, 1);
      case ';':
        return take(TokenKind::kSemicolon, 1);
      case '|':
        return next == '|' ? take(TokenKind::kPipePipe, 2) : take(TokenKind::kPipe, 1);
      case '&':
        return take(TokenKind::kAmpersand, 1);
      case '!':
        return take(TokenKind::kExclamation, 1);
      case '?':
        return take(TokenKind::kQuestion, 1);
      case '+':
        return take(TokenKind::kPlus, 1);
      case '-':
        return take(TokenKind::kMinus, 1);
      case '*':
        return take(TokenKind::kStar, 1);
      case '/':
        return take(TokenKind::kSlash, 1);
      case '%':
        return take(TokenKind::kPercent, 1);
      case '^':
        return take(TokenKind::kCaret, 1);
      case '~':
        return take(TokenKind::kTilde, 1);
      case '=':
        return next == '~' ? take(TokenKind::kEqualTilde, 2) : take(TokenKind::kEqual, 1);
      case '<':
        if (next == '=') return take(TokenKind::kLessOrEqual, 2);
        return next == '>' ? take(TokenKind::kNotEqual, 2) : take(TokenKind::kLess, 1);
      case '>':
        return next == '=' ? take(TokenKind::kGreaterOrEqual, 2) : take(TokenKind::kGreater, 1);
      default:
        return StrangeCharacter();
    }
  }

  absl::Status StrangeCharacter() {
    const int32_t c = CodePoint();
    const size_t from = at_.offset;
    Advance();
    std::string hint;
    switch (c) {
      case 0x2018:
      case 0x2019:
      case 0x201C:
      case 0x201D:
      case 0x201E:
      case 0xAB:
      case 0xBB:
        hint = "this is a typographic quote; write ' or \"";
        break;
      case 0x2010:
      case 0x2011:
      case 0x2012:
      case 0x2013:
      case 0x2014:
      case 0x2212:
        hint = "this is a typographic dash; write -";
        break;
      default:
        hint = "inside a name it needs backquotes";
    }
    const bool visible = u_isgraph(c) != 0;
    return Error(
        kUnexpectedCharacter, {start_, at_},
        visible ? StrCat("unexpected character '", text_.substr(from, at_.offset - from), "' (", CodePointText(c), ")")
                : StrCat("unexpected character ", CodePointText(c)),
        "", hint);
  }

  // Appends the token and ties brackets to their partners.
  void Push(Token token) {
    const auto index = static_cast<int32_t>(tokens_.size());
    switch (token.kind) {
      case TokenKind::kLeftParen:
      case TokenKind::kLeftBracket:
      case TokenKind::kLeftBrace:
        open_.push_back(index);
        break;
      case TokenKind::kRightParen:
      case TokenKind::kRightBracket:
      case TokenKind::kRightBrace:
        // Each closing kind follows its opening kind in the enumeration.
        if (!open_.empty() && static_cast<int>(tokens_[open_.back()].kind) + 1 == static_cast<int>(token.kind)) {
          token.partner = open_.back();
          tokens_[open_.back()].partner = index;
          open_.pop_back();
        }
        break;
      default:
        break;
    }
    tokens_.push_back(std::move(token));
  }

  const std::string_view text_;
  SourcePosition at_;
  SourcePosition start_;  // of the token being read
  std::vector<Token> tokens_;
  std::vector<int32_t> open_;  // brackets not closed yet
};

}  // namespace

absl::StatusOr<std::vector<Token>> Tokenize(std::string_view text) {
  if (text.size() > static_cast<size_t>(std::numeric_limits<int32_t>::max())) {
    return ToStatus(absl::StatusCode::kInvalidArgument,
                    Diagnostic{.number = kExpressionTooLarge, .cause = "the text of the query is larger than 2 GiB"});
  }
  return Lexer(text).Run();
}

bool IsPlainName(std::string_view word) {
  if (word.empty() || FindInvalidUtf8(word) != std::string_view::npos) return false;
  for (size_t i = 0; i < word.size();) {
    const bool first = i == 0;
    int32_t c;
    U8_NEXT_UNSAFE(word.data(), i, c);
    if (first ? !IsNameStart(c) : !IsNamePart(c)) return false;
  }
  return true;
}

}  // namespace dossier
