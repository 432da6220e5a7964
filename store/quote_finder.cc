#include "store/quote_finder.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace dossier::store_internal {
namespace {

// The length in bytes of the white space that `text` begins with, or 0.
size_t WhiteSpaceAt(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')) return 1;
  if (text.starts_with("\xC2\xA0") || text.starts_with("\xC2\x85")) return 2;
  static constexpr std::string_view kThree[] = {"\xE1\x9A\x80", "\xE2\x80\xA8", "\xE2\x80\xA9",
                                                "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
  for (const std::string_view space : kThree) {
    if (text.starts_with(space)) return 3;
  }
  // U+2000 to U+200A, the spaces of typesetters.
  if (text.size() >= 3 && text.starts_with("\xE2\x80")) {
    const auto last = static_cast<uint8_t>(text[2]);
    if (last >= 0x80 && last <= 0x8A) return 3;
  }
  return 0;
}

bool IsContinuation(char c) { return (static_cast<uint8_t>(c) & 0xC0) == 0x80; }

bool IsWordByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<uint8_t>(c) >= 0x80;
}

// Letters and digits; of what is not ASCII everything but the punctuation of U+2000 to U+206F and of Latin-1.
bool BeginsWithWord(std::string_view text) {
  if (text.empty() || !IsWordByte(text[0])) return false;
  return !text.starts_with("\xE2\x80") && !text.starts_with("\xE2\x81") && !text.starts_with("\xC2");
}
bool EndsWithWord(std::string_view text) {
  if (text.empty()) return false;
  size_t begin = text.size() - 1;
  while (begin > 0 && IsContinuation(text[begin])) --begin;
  return BeginsWithWord(text.substr(begin));
}

std::optional<size_t> ParseNumber(std::string_view text) {
  size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// "12" or "12-14".
std::optional<std::pair<size_t, size_t>> ParseRange(std::string_view text) {
  const size_t dash = text.find('-');
  const auto first = ParseNumber(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : ParseNumber(text.substr(dash + 1));
  if (!first.has_value() || !last.has_value()) return std::nullopt;
  return std::pair(*first, *last);
}

// Keeps what `fits`; false (and everything kept) if nothing does.
template <typename Fits>
bool Narrow(const Fits& fits, std::vector<size_t>* places) {
  std::vector<size_t> kept;
  std::copy_if(places->begin(), places->end(), std::back_inserter(kept), fits);
  if (kept.empty()) return false;
  *places = std::move(kept);
  return true;
}

// The label of a note that a line begins with: "40" of "[40] A total of ...".
std::optional<std::string> NoteLabel(std::string_view line) {
  if (!line.starts_with("[")) return std::nullopt;
  const size_t end = line.find(']');
  if (end == std::string_view::npos || end < 2 || end > 8) return std::nullopt;
  return std::string(line.substr(1, end - 1));
}

bool IsHeading(std::string_view line, std::string_view name) {
  return line == name || (line.size() > name.size() && line.starts_with(name) && line[name.size()] == ':');
}

}  // namespace

std::string CollapseWhiteSpace(std::string_view text) {
  std::string collapsed;
  while (!text.empty()) {
    if (const size_t space = WhiteSpaceAt(text); space > 0) {
      if (!collapsed.empty() && collapsed.back() != ' ') collapsed += ' ';
      text.remove_prefix(space);
    } else {
      collapsed += text[0];
      text.remove_prefix(1);
    }
  }
  if (!collapsed.empty() && collapsed.back() == ' ') collapsed.pop_back();
  return collapsed;
}

QuoteFinder::QuoteFinder(std::string_view text, const std::vector<std::string>& sections) {
  Collapse(text);

  // Each note ends where the next begins, each section where the next heading stands.
  Range* note = nullptr;
  std::vector<std::pair<std::string, size_t>> headings;
  for (size_t i = 0; i < lines_.size(); ++i) {
    const std::string_view line = TextOf(i);
    if (const auto label = NoteLabel(line)) {
      if (note != nullptr) note->end = lines_[i].begin;
      note = &notes_[*label];
      *note = {lines_[i].begin, text_.size()};
    }
    for (const std::string& name : sections) {
      const std::string collapsed = CollapseWhiteSpace(name);
      if (!collapsed.empty() && IsHeading(line, collapsed)) headings.emplace_back(name, lines_[i].begin);
    }
  }
  for (size_t i = 0; i < headings.size(); ++i) {
    const size_t end = i + 1 < headings.size() ? headings[i + 1].second : text_.size();
    sections_.emplace(headings[i].first, Range{headings[i].second, end});  // of two such headings the first
  }
}

void QuoteFinder::Collapse(std::string_view text) {
  size_t line_number = 1, characters = 0;
  bool line_begins = true, gap = true;
  text_.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    if (const size_t space = WhiteSpaceAt(text.substr(i)); space > 0) {
      if (!text_.empty() && text_.back() != ' ') text_ += ' ';
      ++characters;
      if (text[i] == '\n') {
        if (line_begins) gap = true;
        ++line_number;
        line_begins = true;
      }
      i += space;
      continue;
    }
    if (line_begins) lines_.push_back({text_.size(), characters, line_number, gap});
    if (line_begins) gap = false;
    line_begins = false;
    if (!IsContinuation(text[i])) ++characters;
    text_ += text[i++];
  }
  if (!text_.empty() && text_.back() == ' ') text_.pop_back();
}

std::string_view QuoteFinder::TextOf(size_t line) const {
  const size_t end = line + 1 < lines_.size() ? lines_[line + 1].begin : text_.size();
  std::string_view text = std::string_view(text_).substr(lines_[line].begin, end - lines_[line].begin);
  if (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

size_t QuoteFinder::LineAt(size_t at) const {
  const auto after = std::upper_bound(lines_.begin(), lines_.end(), at,
                                      [](size_t place, const Line& line) { return place < line.begin; });
  return static_cast<size_t>(after - lines_.begin()) - 1;
}

size_t QuoteFinder::CharactersBefore(size_t at) const {
  const Line& line = lines_[LineAt(at)];
  size_t characters = line.characters;
  for (size_t i = line.begin; i < at; ++i) characters += IsContinuation(text_[i]) ? 0 : 1;
  return characters;
}

bool QuoteFinder::StandsAlone(size_t at, size_t length) const {
  const std::string_view before = std::string_view(text_).substr(0, at);
  const std::string_view quote = std::string_view(text_).substr(at, length);
  const std::string_view after = std::string_view(text_).substr(at + length);
  return !(EndsWithWord(before) && BeginsWithWord(quote)) && !(EndsWithWord(quote) && BeginsWithWord(after));
}

std::vector<size_t> QuoteFinder::Occurrences(std::string_view quote) const {
  std::vector<size_t> places;
  for (size_t at = text_.find(quote); at != std::string::npos; at = text_.find(quote, at + 1)) places.push_back(at);
  Narrow([&](size_t at) { return StandsAlone(at, quote.size()); }, &places);
  return places;
}

QuoteState QuoteFinder::Find(const Claim& claim) const {
  const std::string quote = CollapseWhiteSpace(claim.quote);
  if (quote.empty()) return QuoteState::kMissing;
  std::vector<size_t> places = Occurrences(quote);
  if (places.empty()) return QuoteState::kMissing;

  const std::string before = CollapseWhiteSpace(claim.quote_before), after = CollapseWhiteSpace(claim.quote_after);
  const auto has_neighbours = [&](size_t at) {
    std::string_view left = std::string_view(text_).substr(0, at);
    std::string_view right = std::string_view(text_).substr(at + quote.size());
    if (!before.empty() && left.ends_with(' ')) left.remove_suffix(1);
    if (!after.empty() && right.starts_with(' ')) right.remove_prefix(1);
    return left.ends_with(before) && right.starts_with(after);
  };
  if (!Narrow(has_neighbours, &places)) return QuoteState::kMoved;

  const Locator& locator = claim.locator;
  if (const auto note = notes_.find(locator.note); note != notes_.end()) {
    if (!Narrow([&](size_t at) { return note->second.Holds(at); }, &places)) return QuoteState::kMoved;
  }
  if (const auto lines = ParseRange(locator.line)) {
    const auto in_lines = [&](size_t at) {
      const size_t number = lines_[LineAt(at)].number;
      return lines->first <= number && number <= lines->second;
    };
    if (!Narrow(in_lines, &places)) return QuoteState::kMoved;
  }
  if (const auto characters = ParseRange(locator.characters)) {
    const auto in_characters = [&](size_t at) {
      const size_t first = CharactersBefore(at) + 1;
      return characters->first <= first && first <= characters->second;
    };
    if (!Narrow(in_characters, &places)) return QuoteState::kMoved;
  }
  const auto section = sections_.find(locator.section);
  if (section != sections_.end()) {
    if (!Narrow([&](size_t at) { return section->second.begin <= at; }, &places)) return QuoteState::kMoved;
  }
  if (places.size() == 1) return QuoteState::kFound;

  // Sections may have headings inside that other claims name, so these two only choose.
  if (section != sections_.end()) {
    Narrow([&](size_t at) { return section->second.Holds(at); }, &places);
    if (const auto paragraph = ParseNumber(locator.paragraph)) {
      const auto in_paragraph = [&](size_t at) {
        size_t count = 0;
        for (size_t i = LineAt(section->second.begin) + 1; i <= LineAt(at); ++i) count += lines_[i].after_gap ? 1 : 0;
        return count == *paragraph;
      };
      Narrow(in_paragraph, &places);
    }
  }
  return places.size() == 1 ? QuoteState::kFound : QuoteState::kAmbiguous;
}

}  // namespace dossier::store_internal
