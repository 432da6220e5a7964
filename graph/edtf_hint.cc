#include "graph/edtf_hint.h"

#include <array>
#include <vector>

#include "graph/base/text.h"

namespace dossier {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

bool IsSmallLetter(char c) { return c >= 'a' && c <= 'z'; }

// The runs of digits and of letters in a lowered text; everything else parts them.
std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t i = 0; i < text.size();) {
    const auto same = IsDigit(text[i]) ? IsDigit : IsSmallLetter;
    size_t end = i;
    while (end < text.size() && same(text[end])) ++end;
    if (end > i) words.push_back(text.substr(i, end - i));
    i = end > i ? end : i + 1;
  }
  return words;
}

bool IsNumber(std::string_view word) { return !word.empty() && IsDigit(word[0]); }
bool IsYear(std::string_view word) { return IsNumber(word) && word.size() == 4; }
bool IsDayOrMonth(std::string_view word) { return IsNumber(word) && word.size() <= 2; }
std::string Padded(std::string_view number) { return number.size() == 1 ? StrCat('0', number) : std::string(number); }
int ToInt(std::string_view number) {  // of at most two digits
  int value = 0;
  for (const char c : number) value = value * 10 + (c - '0');
  return value;
}

// "09" for sep, sept and september; empty for other words.
std::string MonthOf(std::string_view word) {
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (word.starts_with(kMonths[i])) return Padded(StrCat(i + 1));
  }
  return "";
}

// "Sept 2015", "30 September 2015", "September 30, 2015".
std::string FromMonthName(const std::vector<std::string_view>& words) {
  std::string year, month, day;
  for (const std::string_view word : words) {
    if (IsYear(word))
      year = word;
    else if (IsDayOrMonth(word))
      day = Padded(word);
    else if (month.empty())
      month = MonthOf(word);
  }
  if (year.empty() || month.empty()) return "";
  return day.empty() ? StrCat(year, '-', month) : StrCat(year, '-', month, '-', day);
}

// "30/09/2015", "30.9.2015", "2015-9-3", "2014-2015".
std::string FromNumbers(const std::vector<std::string_view>& words) {
  if (words.size() == 2 && IsYear(words[0]) && IsYear(words[1])) {
    return StrCat(words[0], '/', words[1], " for from the one to the other, [", words[0], "..", words[1],
                  "] for once within");
  }
  if (words.size() == 2 && IsYear(words[0]) && IsDayOrMonth(words[1])) return StrCat(words[0], '-', Padded(words[1]));
  if (words.size() != 3) return "";
  if (IsYear(words[0]) && IsDayOrMonth(words[1]) && IsDayOrMonth(words[2])) {
    return StrCat(words[0], '-', Padded(words[1]), '-', Padded(words[2]));
  }
  if (!IsDayOrMonth(words[0]) || !IsDayOrMonth(words[1]) || !IsYear(words[2])) return "";
  if (ToInt(words[0]) > 12) return StrCat(words[2], '-', Padded(words[1]), '-', Padded(words[0]));
  if (ToInt(words[1]) > 12) return StrCat(words[2], '-', Padded(words[0]), '-', Padded(words[1]));
  return StrCat(words[2], "-MM-DD, month before day");
}

// A word in front of a date: "c. 1996", "since 2015", "before 1985".
std::string FromFirstWord(std::string_view word, const std::string& date) {
  if (word == "c" || word == "ca" || word == "circa" || word == "about" || word == "around") return date + "~";
  if (word == "since" || word == "from") return date + "/..";
  if (word == "after") return StrCat('[', date, "..]");
  if (word == "until" || word == "till" || word == "to") return "../" + date;
  if (word == "before" || word == "by") return StrCat("[..", date, ']');
  return "";
}

std::string Suggestion(const std::string& text) {
  std::vector<std::string_view> words = Words(text);
  if (words.size() == 2 && IsYear(words[0]) && words[1] == "s" && words[0][3] == '0') {
    return words[0].substr(2) == "00"
               ? StrCat(words[0].substr(0, 2), "XX, or ", words[0].substr(0, 3), "X for ten years")
               : StrCat(words[0].substr(0, 3), 'X');
  }
  if (words.size() >= 2 && !IsNumber(words[0]) && MonthOf(words[0]).empty()) {
    const std::vector<std::string_view> rest(words.begin() + 1, words.end());
    std::string date = FromMonthName(rest);
    if (date.empty()) date = rest.size() == 1 && IsYear(rest[0]) ? std::string(rest[0]) : FromNumbers(rest);
    return date.empty() || !IsDigit(date.back()) ? "" : FromFirstWord(words[0], date);
  }
  if (words.size() == 2 && IsYear(words[0]) && (words[1] == "present" || words[1] == "now" || words[1] == "today")) {
    return StrCat(words[0], "/..");
  }
  const std::string named = FromMonthName(words);
  return named.empty() ? FromNumbers(words) : named;
}

}  // namespace

std::string EdtfHint(std::string_view text) {
  constexpr size_t kLongest = 40;  // of what could be a slip in a single date
  text = Trim(text);
  if (text.empty()) return "write a date such as 2015, 2015-09 or 2015-09-30, or leave an undated cell empty";
  const std::string suggestion = text.size() > kLongest ? "" : Suggestion(AsciiLower(text));
  if (!suggestion.empty()) return "write " + suggestion;
  return "write 2015-09-30, 2015-09, 2015, 2014/2015, 2015-09-30/.., [2014..2015] or 1996~";
}

}  // namespace dossier
