// Numbers as people write and read them: "5,500,000", "5.5 million", "twenty-six", "two dozen". Not for use outside
// graph/; quantities (graph/quantity.h) are made of them.
#ifndef DOSSIER_GRAPH_NUMBER_TEXT_H_
#define DOSSIER_GRAPH_NUMBER_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// A piece of a text that may hold a number. Lower case; typographic dashes, spaces and signs made ASCII.
struct NumberToken {
  enum class Kind : uint8_t {
    kDigits,     // 42, 5,500,000, 5.5
    kMalformed,  // digits with commas in odd places: 1,5
    kWord,       // letters, or anything that is not ASCII
    kSymbol,     // >= <= .. or one character
  };
  Kind kind = Kind::kSymbol;
  std::string text;
  size_t begin = 0;  // bytes of the original text
  size_t end = 0;

  bool Is(std::string_view word) const { return text == word; }
};
std::vector<NumberToken> TokenizeNumberText(std::string_view text);

struct WrittenNumber {
  double value = 0;  // finite unless too large for a double
  // What the last digit written counts, where the number was rounded to it: 100,000 for "5.5 million". 0 for numbers
  // written out to their last digit: 42, 5,500,000, 2.5, "twenty-six", "two dozen".
  double step = 0;
  // What a word after the digits multiplied them by: 1,000,000 for "5.5 million", 1 for 42.
  double scale = 1;
};
// The number that begins at tokens[*at], which is moved past it; nothing, and *at kept, if none does.
std::optional<WrittenNumber> ReadNumber(const std::vector<NumberToken>& tokens, size_t* at);

// 1e3 for "thousand", also 12 for "dozen", in the singular or, as in "hundreds", the plural; 0 for other words.
double ScaleOf(std::string_view word, bool plural);

// "5,500,000", "2.5": never with an exponent, read again by ReadNumber to the same number.
std::string FormatNumber(double value);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_NUMBER_TEXT_H_
