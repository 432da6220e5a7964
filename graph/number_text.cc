#include "graph/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "graph/base/text.h"

namespace dossier {
namespace {

struct Replacement {
  std::string_view from;
  std::string_view to;
};
// A space that groups digits becomes a tab, which the digits below know; it is white space elsewhere.
constexpr std::array<Replacement, 12> kTypography = {{
    {"\u00A0", "\t"},  // no-break space
    {"\u2007", "\t"},  // figure space
    {"\u2009", "\t"},  // thin space
    {"\u202F", "\t"},  // narrow no-break space
    {"\u2010", "-"},
    {"\u2011", "-"},
    {"\u2013", "-"},
    {"\u2014", "-"},
    {"\u2212", "-"},
    {"\u2248", "~"},
    {"\u2264", "<="},
    {"\u2265", ">="},
}};

// The text in lower case and ASCII, with the original byte of each byte.
struct Plain {
  std::string text;
  std::vector<size_t> origin;  // one more than the text has bytes
};
Plain MakePlain(std::string_view text) {
  Plain plain;
  for (size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    const auto found = std::find_if(kTypography.begin(), kTypography.end(),
                                    [&](const Replacement& r) { return rest.starts_with(r.from); });
    const std::string_view from = found == kTypography.end() ? rest.substr(0, 1) : found->from;
    plain.text += found == kTypography.end() ? AsciiLower(from) : std::string(found->to);
    plain.origin.resize(plain.text.size(), i);
    i += from.size();
  }
  plain.origin.push_back(text.size());
  return plain;
}

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || c == '\'' || static_cast<unsigned char>(c) >= 0x80; }

size_t CountDigits(std::string_view text, size_t at) {
  size_t count = 0;
  while (at + count < text.size() && IsDigit(text[at + count])) ++count;
  return count;
}

// Digits, groups of three after commas or narrow spaces, a point and more digits.
size_t EndOfDigits(std::string_view text, size_t begin, bool* malformed) {
  const size_t first_group = CountDigits(text, begin);
  size_t at = begin + first_group;
  while (at + 1 < text.size() && (text[at] == ',' || text[at] == '\t') && IsDigit(text[at + 1])) {
    const size_t group = CountDigits(text, at + 1);
    *malformed |= group != 3 || first_group > 3;
    at += 1 + group;
  }
  if (at + 1 < text.size() && text[at] == '.' && IsDigit(text[at + 1])) at += 1 + CountDigits(text, at + 1);
  return at;
}

struct NamedNumber {
  std::string_view name;
  int value;
};
constexpr std::array<NamedNumber, 28> kSmallNumbers = {{
    {"zero", 0},      {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},
    {"six", 6},       {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},
    {"twelve", 12},   {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17},
    {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},   {"fifty", 50},
    {"sixty", 60},    {"seventy", 70},  {"eighty", 80},   {"ninety", 90},
}};
std::optional<int> SmallNumber(std::string_view word) {
  for (const NamedNumber& number : kSmallNumbers) {
    if (number.name == word) return number.value;
  }
  return std::nullopt;
}

struct NamedScale {
  std::string_view name;
  int exponent;  // of ten; scales that round are those from thousand on
};
constexpr std::array<NamedScale, 6> kScales = {
    {{"hundred", 2}, {"thousand", 3}, {"million", 6}, {"billion", 9}, {"bn", 9}, {"trillion", 12}}};
int ExponentOf(std::string_view word) {
  for (const NamedScale& scale : kScales) {
    if (scale.name == word) return scale.exponent;
  }
  return 0;
}

// A number of words up to and with a scale: "two hundred and fifty thousand". Words are added up in `below` until a
// scale multiplies them; scales go down from left to right.
class WordReader {
 public:
  WordReader(const std::vector<NumberToken>& tokens, size_t at) : tokens_(tokens), at_(at) {}

  std::optional<WrittenNumber> Read(size_t* at) {
    if ((Word() == "a" || Word() == "an") && (ExponentOf(Word(1)) > 0 || Word(1) == "dozen")) ++at_;
    bool any = false;
    while (TakeOne()) any = true;
    if (!any) return std::nullopt;
    *at = at_;
    return WrittenNumber{total_ + below_, step_, std::max(1.0, step_)};
  }

 private:
  std::string_view Word(size_t ahead = 0) const {
    return at_ + ahead < tokens_.size() ? std::string_view(tokens_[at_ + ahead].text) : std::string_view();
  }

  bool TakeOne() {
    // "two hundred and fifty", "twenty-six": the joint belongs to the number only if more of it follows.
    const bool joint = begun_ && ((Word() == "and" && below_ >= 100) || (Word() == "-" && below_ >= 20));
    const std::string_view word = Word(joint ? 1 : 0);
    if (const std::optional<int> small = SmallNumber(word); small.has_value()) {
      const auto room = static_cast<int64_t>(below_) % 100;
      const bool fits =
          !begun_ || last_was_scale_ || (*small < 10 ? *small > 0 && room >= 20 && room % 10 == 0 : false);
      if (!fits) return false;
      below_ += *small;
      step_ = 0;
      last_was_scale_ = false;
    } else if (!joint && word == "dozen" && !dozen_) {
      below_ = std::max(1.0, below_) * 12;
      dozen_ = true;
      last_was_scale_ = false;
    } else if (const int exponent = ExponentOf(word); !joint && exponent > 0 && exponent < last_exponent_) {
      if (exponent == 2) {
        if (below_ >= 100) return false;
        below_ = std::max(1.0, below_) * 100;
      } else {
        total_ += std::max(1.0, below_) * std::pow(10.0, exponent);
        below_ = 0;
        step_ = std::pow(10.0, exponent);
        last_exponent_ = exponent;
      }
      last_was_scale_ = true;
    } else {
      return false;
    }
    begun_ = true;
    at_ += joint ? 2 : 1;
    return true;
  }

  const std::vector<NumberToken>& tokens_;
  size_t at_;
  double total_ = 0;
  double below_ = 0;
  double step_ = 0;
  int last_exponent_ = 100;
  bool begun_ = false;
  bool last_was_scale_ = false;
  bool dozen_ = false;
};

WrittenNumber ReadDigits(const std::vector<NumberToken>& tokens, size_t* at) {
  std::string digits;
  for (const char c : tokens[*at].text) {
    if (IsDigit(c) || c == '.') digits += c;
  }
  const size_t point = digits.find('.');
  const int decimals =
      point == std::string::npos ? 0 : static_cast<int>(std::min<size_t>(digits.size() - point - 1, 400));
  int exponent = 0;
  bool rounded = false;
  double dozens = 1;
  for (++*at; *at < tokens.size(); ++*at) {
    const int more = ExponentOf(tokens[*at].text);
    if (more == 0 && (!tokens[*at].Is("dozen") || dozens > 1)) break;
    if (more == 0) dozens = 12;
    exponent = std::min(exponent + more, 1000);
    rounded |= more >= 3;
  }
  digits += StrCat('e', exponent);
  WrittenNumber number;
  // Read as one literal, so that 1.1 million is the double nearest to 1,100,000 and not a product's rounding.
  if (std::from_chars(digits.data(), digits.data() + digits.size(), number.value).ec != std::errc()) {
    number.value =
        digits.find_first_of("123456789") < digits.find('.') ? HUGE_VAL : 0;  // else too small to tell from 0
  }
  number.value *= dozens;
  number.scale = std::pow(10.0, exponent) * dozens;
  if (rounded) number.step = std::pow(10.0, exponent - decimals) * dozens;
  return number;
}

}  // namespace

std::vector<NumberToken> TokenizeNumberText(std::string_view text) {
  const Plain plain = MakePlain(text);
  const std::string_view rest = plain.text;
  std::vector<NumberToken> tokens;
  for (size_t at = 0; at < rest.size();) {
    if (IsSpace(rest[at])) {
      ++at;
      continue;
    }
    NumberToken token;
    size_t end = at + 1;
    if (IsDigit(rest[at])) {
      bool malformed = false;
      end = EndOfDigits(rest, at, &malformed);
      token.kind = malformed ? NumberToken::Kind::kMalformed : NumberToken::Kind::kDigits;
    } else if (IsLetter(rest[at])) {
      while (end < rest.size() && IsLetter(rest[end])) ++end;
      token.kind = NumberToken::Kind::kWord;
    } else {
      const std::string_view two = rest.substr(at, 2);
      if (two == ">=" || two == "<=" || two == "..") end = at + 2;
    }
    token.text = rest.substr(at, end - at);
    token.begin = plain.origin[at];
    token.end = plain.origin[end];
    tokens.push_back(std::move(token));
    at = end;
  }
  return tokens;
}

std::optional<WrittenNumber> ReadNumber(const std::vector<NumberToken>& tokens, size_t* at) {
  if (*at >= tokens.size()) return std::nullopt;
  if (tokens[*at].kind == NumberToken::Kind::kDigits) return ReadDigits(tokens, at);
  return WordReader(tokens, *at).Read(at);
}

double ScaleOf(std::string_view word, bool plural) {
  if (plural) {
    if (!word.ends_with('s')) return 0;
    word.remove_suffix(1);
  }
  if (word == "ten") return plural ? 10 : 0;
  if (word == "dozen") return 12;
  if (word == "score") return 20;
  const int exponent = ExponentOf(word);
  return exponent > 0 && word != "bn" ? std::pow(10.0, exponent) : 0;
}

std::string FormatNumber(double value) {
  char buffer[400];
  const auto result = std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::fixed);
  const std::string_view digits(buffer, static_cast<size_t>(result.ptr - buffer));
  if (digits.find('.') != std::string_view::npos) return std::string(digits);
  std::string grouped;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) grouped += ',';
    grouped += digits[i];
  }
  return grouped;
}

}  // namespace dossier
