// Reads and prints quantities. The reader takes tokens from left to right:
//
//   quantity ::= {filler} (range | one-sided | unknown | vague | none | plain) [unit] {mark}
//   range    ::= ("between" | "from") number ("and" | "to" | "-") number
//   one-sided::= lower (vague | number) [("and" | "but") upper number] | upper number
//   vague    ::= "dozens" | "tens of thousands" | "several" ["hundred"] ...
//   plain    ::= number [("-" | ".." | "to") number | "+" | "or more" | "or fewer"]
//   number   ::= {about} digits-or-words ["%"]
//   mark     ::= "(said vaguely)" | "(in part unknown)"          as FormatBounds writes them
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/error_codes.h"
#include "graph/number_text.h"
#include "graph/quantity.h"
#include "graph/value_error.h"

namespace dossier {
namespace {

constexpr std::string_view kRule = "a quantity is a number or its bounds, as a source has it";
constexpr std::string_view kVagueMark = "( said vaguely )";
constexpr std::string_view kUnknownMark = "( in part unknown )";

// How things may be put. A phrase is tokens with one space between; the first of a list that fits is taken, so the
// longer of two with the same beginning stands first.
template <size_t kCount>
using Phrases = std::array<std::string_view, kCount>;

constexpr Phrases<6> kFiller = {"exactly", "a total of", "total of", "only", "just", "="};
constexpr Phrases<15> kAbout = {"about",    "around",       "approximately", "approx .", "approx",  "circa",
                                "ca .",     "ca",           "c .",           "c",        "roughly", "~",
                                "close to", "an estimated", "estimated"};
constexpr Phrases<3> kNearly = {"some", "nearly", "almost"};  // only in front of a number
constexpr Phrases<9> kAtLeast = {"at least",      ">=",         "no fewer than", "no less than", "not fewer than",
                                 "not less than", "minimum of", "minimum",       "upwards of"};
constexpr Phrases<7> kMoreThan = {"more than", ">", "over", "above", "greater than", "in excess of", "exceeding"};
constexpr Phrases<8> kAtMost = {"at most",       "up to",      "<=",      "no more than",
                                "not more than", "maximum of", "maximum", "as many as"};
constexpr Phrases<5> kLessThan = {"fewer than", "less than", "<", "under", "below"};
constexpr Phrases<2> kOrMore = {"+", "or more"};
constexpr Phrases<2> kOrLess = {"or fewer", "or less"};
constexpr Phrases<9> kUnknown = {"an unknown number", "unknown number", "unknown amount", "unknown", "not known",
                                 "unspecified",       "undisclosed",    "not given",      "?"};
constexpr Phrases<3> kNone = {"none", "no", "nil"};
constexpr Phrases<10> kSeveral = {"several",  "a few",    "few",      "many", "numerous",
                                  "multiple", "a number", "a couple", "some", "a lot"};
constexpr Phrases<3> kPercent = {"%", "percent", "per cent"};

std::string Singular(std::string_view word) {
  if (word.ends_with("ies")) return StrCat(word.substr(0, word.size() - 3), 'y');
  if (word.ends_with('s')) word.remove_suffix(1);
  return std::string(word);
}

std::string Plural(const std::string& word) {
  if (word.ends_with('s') || word.empty()) return word;
  if (word.ends_with('y') && word.size() > 1 &&
      std::string_view("aeiou").find(word[word.size() - 2]) == std::string_view::npos) {
    return StrCat(std::string_view(word).substr(0, word.size() - 1), "ies");
  }
  return StrCat(word, 's');
}

bool IsPercent(std::string_view unit) {
  const std::string lower = AsciiLower(unit);
  return lower == "percent" || lower == "%" || lower == "per cent";
}

std::string Normalised(std::string_view unit) {
  std::string out;
  for (const NumberToken& token : TokenizeNumberText(unit)) out += (out.empty() ? "" : " ") + token.text;
  return out;
}

class QuantityParser {
 public:
  QuantityParser(std::string_view text, std::string_view unit, bool countable)
      : text_(text), tokens_(TokenizeNumberText(text)) {
    q_.text = Trim(text);
    q_.unit = IsPercent(unit) ? "percent" : unit;
    q_.countable = countable && !IsPercent(unit);
  }

  absl::StatusOr<Quantity> Parse() {
    if (tokens_.empty())
      return Bad("there is no quantity here", "leave the cell empty, or write unknown where the source says so");
    while (TakeAny(kFiller)) {
    }
    RETURN_IF_ERROR(ParseAmount());
    RETURN_IF_ERROR(ParseUnit());
    for (bool more = true; more;) {
      const bool vague = Take(kVagueMark), unknown = Take(kUnknownMark);
      q_.vague |= vague;
      q_.unknown |= unknown;
      more = vague || unknown;
    }
    if (at_ < tokens_.size()) return Unexpected();
    RETURN_IF_ERROR(CheckBounds());
    return q_;
  }

 private:
  // --- Tokens ---
  std::string_view Token(size_t at) const {
    return at < tokens_.size() ? std::string_view(tokens_[at].text) : std::string_view();
  }
  bool Take(std::string_view phrase) {
    size_t at = at_;
    for (;;) {
      const size_t space = std::min(phrase.find(' '), phrase.size());
      if (Token(at++) != phrase.substr(0, space)) return false;
      if (space == phrase.size()) break;
      phrase.remove_prefix(space + 1);
    }
    at_ = at;
    return true;
  }
  template <size_t kCount>
  bool TakeAny(const Phrases<kCount>& phrases) {
    return std::any_of(phrases.begin(), phrases.end(), [this](std::string_view phrase) { return Take(phrase); });
  }

  // --- Errors ---
  absl::Status ErrorAt(int number, size_t token, std::string_view cause, std::string_view hint) const {
    const size_t begin = token < tokens_.size() ? tokens_[token].begin : text_.size();
    return ValueError(number, text_, begin, text_.size(), cause, kRule, hint);
  }
  absl::Status Bad(std::string_view cause, std::string_view hint) const {
    return ErrorAt(kBadQuantity, at_, cause, hint);
  }
  absl::Status Whole(int number, std::string_view cause, std::string_view hint) const {
    return ErrorAt(number, 0, StrCat(Quoted(q_.text), ' ', cause), hint);
  }
  absl::Status Unexpected() const {
    if (at_ >= tokens_.size())
      return Bad(StrCat(Quoted(q_.text), " is not a whole quantity"), "write a number after it");
    const std::string cause =
        StrCat(Quoted(q_.text), " is not a quantity: unexpected ", Quoted(text_.substr(tokens_[at_].begin)));
    using Kind = NumberToken::Kind;
    const Kind kind = tokens_[at_].kind;
    const bool after_digits = at_ > 0 && tokens_[at_ - 1].kind == Kind::kDigits;
    if (kind == Kind::kMalformed ||
        (after_digits && (kind == Kind::kDigits || Token(at_) == "." || Token(at_) == ","))) {
      return Bad(cause, "set thousands apart by commas and decimals by a point: 5,500,000 or 1.5 million");
    }
    if (Token(at_) == "-") return Bad(cause, "nothing is below zero; a range is written 10-20");
    if (at_ > 0 && kind == Kind::kWord) return Bad(cause, "the unit and what is counted have columns of their own");
    return Bad(cause,
               "write 42, 5.5 million, about 20, at least 238, more than 40, up to 12, 10-20, dozens or unknown");
  }

  // --- Numbers ---
  void TakeAbout() {
    while (TakeAny(kAbout) || TakeNearly()) q_.approximate = true;
  }
  // "some 20", but not "some" alone, which is vague.
  bool TakeNearly() {
    const size_t before = at_;
    if (!TakeAny(kNearly)) return false;
    size_t number = at_;
    if (ReadNumber(tokens_, &number).has_value()) return true;
    at_ = before;
    return false;
  }
  absl::Status TakeNumber(WrittenNumber* number) {
    TakeAbout();
    const size_t begin = at_;
    const std::optional<WrittenNumber> read = ReadNumber(tokens_, &at_);
    if (!read.has_value()) return Unexpected();
    if (!(read->value <= kMaxWrittenQuantity))
      return ErrorAt(kQuantityTooLarge, begin, StrCat(Quoted(q_.text), " is too large"), "use a larger unit");
    *number = *read;
    if (!TakeAny(kPercent)) return absl::OkStatus();
    if (!q_.unit.empty() && q_.unit != "percent") {
      at_ = begin;
      return Bad(StrCat("a percentage, where the unit is ", Quoted(q_.unit)), "give it the unit percent");
    }
    q_.unit = "percent";
    q_.countable = false;
    return absl::OkStatus();
  }

  // --- The forms ---
  absl::Status ParseAmount() {
    const size_t begin = at_;
    if (Take("between") || Take("from")) {
      WrittenNumber low, high;
      RETURN_IF_ERROR(TakeNumber(&low));
      if (!Take("and") && !Take("to") && !Take("-")) return Unexpected();
      RETURN_IF_ERROR(TakeNumber(&high));
      SetRange(low, high);
      return absl::OkStatus();
    }
    q_.low_open = TakeAny(kMoreThan);
    if (q_.low_open || TakeAny(kAtLeast)) return ParseLowerBound();
    if (TakeUpper()) return ParseUpperBound();
    if (TakeAny(kUnknown)) {
      q_.unknown = true;
      Take("of");
      return absl::OkStatus();
    }
    TakeAbout();
    if (at_ == begin && TakeVague()) return absl::OkStatus();
    if (at_ == begin && TakeAny(kNone)) {
      SetPoint({});
      return absl::OkStatus();
    }
    return ParsePlain();
  }

  absl::Status ParseLowerBound() {
    if (TakeVague()) return absl::OkStatus();
    WrittenNumber low;
    RETURN_IF_ERROR(TakeNumber(&low));
    q_.low = low.value;
    const size_t joint = at_;
    if ((Take("and") || Take("but")) && TakeUpper()) return ParseUpperBound();
    at_ = joint;
    return absl::OkStatus();
  }

  bool TakeUpper() {
    q_.high_open = TakeAny(kLessThan);
    if (q_.high_open || TakeAny(kAtMost)) return true;
    q_.high_open = true;  // as of infinity
    return false;
  }
  absl::Status ParseUpperBound() {
    WrittenNumber high;
    RETURN_IF_ERROR(TakeNumber(&high));
    q_.high = high.value;
    return absl::OkStatus();
  }

  absl::Status ParsePlain() {
    WrittenNumber number, high;
    RETURN_IF_ERROR(TakeNumber(&number));
    if (Take("-") || Take("..") || Take("to")) {
      RETURN_IF_ERROR(TakeNumber(&high));
      SetRange(number, high);
    } else if (TakeAny(kOrMore)) {
      q_.low = number.value;
    } else if (TakeAny(kOrLess)) {
      q_.high = number.value;
      q_.high_open = false;
    } else {
      SetPoint(number);
    }
    return absl::OkStatus();
  }

  // "dozens", "tens of thousands", "several", "a few hundred": two of what the word says, at the least.
  bool TakeVague() {
    double scale = 1;
    if (TakeAny(kSeveral)) {
      if (const double more = ScaleOf(Token(at_), false); more > 0) {
        scale = more;
        ++at_;
      }
    } else if (const double more = ScaleOf(Token(at_), true); more > 0) {
      scale = more;
      ++at_;
      if (const double of = Token(at_) == "of" ? ScaleOf(Token(at_ + 1), true) : 0; of > 0) {
        scale *= of;
        at_ += 2;
      }
    } else {
      return false;
    }
    Take("of");
    q_.vague = true;
    q_.low = 2 * scale;
    q_.low_open = false;
    return true;
  }

  void SetPoint(const WrittenNumber& number) {
    is_point_ = true;
    q_.low = q_.high = number.value;
    q_.high_open = false;
    if (number.step == 0 || q_.approximate) return;
    q_.low = std::max(0.0, number.value - number.step / 2);
    q_.high = number.value + number.step / 2;
    q_.high_open = true;
  }

  // "2-3 million" is two to three million, "500 to 2 thousand" is not five hundred thousand.
  void SetRange(const WrittenNumber& low, const WrittenNumber& high) {
    const bool shares_scale = low.scale == 1 && high.scale >= 100 && low.value * high.scale <= high.value;
    const double scaled = low.value * high.scale, whole = std::round(scaled);
    q_.low = !shares_scale ? low.value : std::abs(scaled - whole) <= 1e-12 * whole ? whole : scaled;
    q_.high = high.value;
    q_.high_open = false;
  }

  // The unit may stand behind the number, in the singular or the plural.
  absl::Status ParseUnit() {
    const size_t begin = at_;
    std::string words;
    for (; at_ < tokens_.size() && Token(at_) != "("; ++at_) words += (words.empty() ? "" : " ") + tokens_[at_].text;
    if (words.empty()) return absl::OkStatus();
    const std::string unit = Normalised(q_.unit);
    if (!unit.empty() && (words == unit || words == Plural(unit) || Singular(words) == Singular(unit)))
      return absl::OkStatus();
    at_ = begin;
    return Unexpected();
  }

  // Whole things have whole, closed ends; and some number must fit.
  absl::Status CheckBounds() {
    if (q_.countable) {
      q_.low = q_.low_open ? std::floor(q_.low) + 1 : std::ceil(q_.low);
      q_.low_open = false;
      if (std::isfinite(q_.high)) {
        q_.high = q_.high_open ? std::ceil(q_.high) - 1 : std::floor(q_.high);
        q_.high_open = false;
      }
    }
    const bool empty = q_.low > q_.high || (q_.low == q_.high && (q_.low_open || q_.high_open));
    if (empty && is_point_) {
      return Whole(kQuantityNotWhole, "is not a whole number, of something that is counted in whole ones",
                   "declare countable = false in the ontology where it is measured, not counted");
    }
    if (empty) return Whole(kQuantityEmptyRange, "leaves no number that fits", "the lower bound comes first: 10-20");
    if (q_.low > kMaxWrittenQuantity || (q_.high > kMaxWrittenQuantity && std::isfinite(q_.high))) {
      return Whole(kQuantityTooLarge, "is too large", "use a larger unit");
    }
    return absl::OkStatus();
  }

  std::string_view text_;
  std::vector<NumberToken> tokens_;
  size_t at_ = 0;
  bool is_point_ = false;  // one number, rounded or not, and no bounds
  Quantity q_;
};

// The bounds without the marks.
std::string BoundsWords(const Quantity& q) {
  const std::string about = q.approximate ? "about " : "";
  const std::string low = about + FormatNumber(q.low);
  if (!std::isfinite(q.high)) return StrCat(q.low_open ? "more than " : "at least ", low);
  if (q.low == q.high) return low;
  const std::string_view upper = q.high_open ? "less than " : "at most ";
  if (q.low == 0 && !q.low_open) return StrCat(upper, about, FormatNumber(q.high));
  if (!q.low_open && !q.high_open) return StrCat(low, " to ", FormatNumber(q.high));
  return StrCat(q.low_open ? "more than " : "at least ", low, " and ", upper, FormatNumber(q.high));
}

bool IsWhollyUnknown(const Quantity& q) { return q.unknown && q.low == 0 && !q.low_open && !std::isfinite(q.high); }

std::string MarkWords(const Quantity& q) {
  std::string marks;
  if (q.vague) marks += " (said vaguely)";
  if (q.unknown && !IsWhollyUnknown(q)) marks += " (in part unknown)";
  return marks;
}

}  // namespace

absl::StatusOr<Quantity> ParseQuantity(std::string_view text, std::string_view unit, bool countable) {
  // A plain number, as in most tables, needs no reading of words.
  constexpr size_t kPlainDigits = 9;
  const bool plain = !text.empty() && text.size() <= kPlainDigits && text[0] != '0' &&
                     std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (plain && !IsPercent(unit)) {
    uint32_t number = 0;
    for (const char c : text) number = number * 10 + static_cast<uint32_t>(c - '0');
    Quantity quantity = Quantity::Exactly(number, unit, countable);
    quantity.text = text;
    return quantity;
  }
  return QuantityParser(text, unit, countable).Parse();
}

std::string FormatBounds(const Quantity& q) {
  return IsWhollyUnknown(q) ? StrCat("unknown", MarkWords(q)) : BoundsWords(q) + MarkWords(q);
}

std::string FormatQuantity(const Quantity& q) {
  std::string out;
  if (IsWhollyUnknown(q)) {
    out = q.unit.empty() ? "unknown"
          : q.countable  ? StrCat("unknown number of ", Plural(q.unit))
                         : StrCat("unknown amount of ", q.unit);
  } else {
    const bool one = q.low == 1 && q.high == 1;
    out = BoundsWords(q);
    if (!q.unit.empty()) out += StrCat(' ', q.countable && !one ? Plural(q.unit) : q.unit);
  }
  out += MarkWords(q);
  return q.derived ? out + " (derived)" : out;
}

}  // namespace dossier
