// Finds quotes in the text of a document, white space collapsed, at the place that a claim's locator names.
//
// Of the occurrences of a quote, those count that stand alone as words ("Oman" is not in "Romania"), unless there are
// no others. They are narrowed, in this order, by
//   quote_before, quote_after   the text that stands right beside it
//   note       where a line begins with "[40]", the note 40 goes from there to the next such line
//   line, characters            as numbered from 1, "12" or "12-14"
//   section    a heading is a line that is the section's name, or begins with it and a colon; the quote stands after it
// What no occurrence fits makes the quote "moved". If several are left, one that stands before the next heading, and
// then one in the numbered paragraph, is taken; if there are still several, the quote is ambiguous.
// A part of a locator that the text does not show (pages, table cells) narrows nothing.
#ifndef DOSSIER_STORE_QUOTE_FINDER_H_
#define DOSSIER_STORE_QUOTE_FINDER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/claim.h"
#include "store/verification.h"

namespace dossier::store_internal {

class QuoteFinder {
 public:
  // `sections`: all names of sections that claims on this document use, so that the end of each can be seen.
  QuoteFinder(std::string_view text, const std::vector<std::string>& sections);

  // Precondition: the claim has a quote.
  QuoteState Find(const Claim& claim) const;

 private:
  struct Range {
    size_t begin = 0, end = 0;
    bool Holds(size_t at) const { return begin <= at && at < end; }
  };
  // A line of the text that is not empty.
  struct Line {
    size_t begin = 0;        // in text_
    size_t characters = 0;   // code points of the original before it
    size_t number = 0;       // from 1
    bool after_gap = false;  // an empty line, or the start of the text, stands before it
  };

  void Collapse(std::string_view text);
  std::string_view TextOf(size_t line) const;
  size_t LineAt(size_t at) const;
  std::vector<size_t> Occurrences(std::string_view quote) const;
  bool StandsAlone(size_t at, size_t length) const;
  // The number of characters of the original before `at`; exact within a line that has no white space collapsed.
  size_t CharactersBefore(size_t at) const;

  std::string text_;  // white space collapsed
  std::vector<Line> lines_;
  std::map<std::string, Range> notes_;
  std::map<std::string, Range> sections_;
};

// `text` with each run of white space (Unicode's, too) made one space, and none at the ends.
std::string CollapseWhiteSpace(std::string_view text);

}  // namespace dossier::store_internal

#endif  // DOSSIER_STORE_QUOTE_FINDER_H_
