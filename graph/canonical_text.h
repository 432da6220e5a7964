// The canonical text that the identities of propositions and claims are hashes of. For graph/claim.h, and for whoever
// has the fields of a claim without having a Claim; others ask Proposition::Hash() and ContentIdOf().
//
// Each field is written as its length in bytes, a colon and the bytes; a list as the number of its members, a semicolon
// and the members. No two different things share a text, whatever their fields hold. These hashes stand in files on
// disk and in other people's citations: the text of a proposition or of a claim can never change; another form would
// need another first field.
//
//   proposition ::= field("dossier/proposition/1") term(subject) field(relation) term(object) qualifiers
//   term        ::= kind field(key or literal)           kind ::= "e" | "c" | "l"
//   literal     ::= type text                            type ::= "n" null | "b" | "i" | "f" | "s" | "t" | "q"
//   qualifiers  ::= count ";" { field(name) term }
//   claim       ::= field("dossier/claim/1") term(subject) ... qualifiers, and the fields in the order of RestOfClaim
//
// A quantity as a literal is its bounds, marks, unit and basis, not its words: "42" and "forty-two" are one value.
// A time is its EDTF text.
#ifndef DOSSIER_GRAPH_CANONICAL_TEXT_H_
#define DOSSIER_GRAPH_CANONICAL_TEXT_H_

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/claim.h"

namespace dossier {

inline constexpr std::string_view kCanonicalProposition = "dossier/proposition/1";
inline constexpr std::string_view kCanonicalClaim = "dossier/claim/1";

// What a claim says beyond its proposition and its qualifiers.
struct CanonicalFields {
  std::string_view valid;
  bool has_quantity = false;
  std::string_view quantity, quantity_words;  // QuantityText, and as written
  std::string_view act, certainty, hedge;
  std::span<const std::string_view> asserters;
  std::string_view said, statement, document;
  std::array<std::string_view, 10> locator;  // from section to timecode, as graph/claim.h has them
  std::string_view quote, quote_before, quote_after, cites_note;
  std::span<const std::string_view> cites_documents;
  std::string_view cites_state, rank;
  std::span<const std::string_view> supersedes;
  std::string_view note;
};

class CanonicalText {
 public:
  CanonicalText() = default;
  explicit CanonicalText(std::string_view tag) { Begin(tag); }

  // Empties it first.
  void Begin(std::string_view tag) {
    size_ = 0;
    Field(tag);
  }
  void Field(std::string_view bytes) {
    char* const at = Room(bytes.size());
    if (bytes.empty()) {  // as most fields of a claim are
      at[0] = '0';
      at[1] = ':';
      size_ += 2;
      return;
    }
    char* after = Number(bytes.size(), at);
    *after++ = ':';
    Copy(bytes, after);
  }
  void Count(size_t count) {
    char* const after = Number(count, Room(0));
    *after = ';';
    size_ = static_cast<size_t>(after + 1 - text_.data());
  }

  void EntityTerm(std::string_view key) {
    Append("e");
    Field(key);
  }
  void ClaimTerm(std::string_view id) {
    Append("c");
    Field(id);
  }
  void LiteralTerm(char type, std::string_view text) {
    char* after = Room(text.size());
    *after++ = 'l';
    after = Number(text.size() + 1, after);
    *after++ = ':';
    *after++ = type;
    Copy(text, after);
  }
  void TermOf(const Term& term);
  void Qualifiers(const std::vector<Qualifier>& qualifiers);
  void PropositionOf(const Proposition& proposition);
  void Texts(std::span<const std::string_view> texts) {
    Count(texts.size());
    for (const std::string_view text : texts) Field(text);
  }
  void RestOfClaim(const CanonicalFields& fields);

  // What was written before, once more: the proposition of a claim is a part of its text.
  void Append(std::string_view canonical) { Copy(canonical, Room(canonical.size())); }
  std::string_view text() const { return {text_.data(), size_}; }

  ContentHash Hash() const;
  // Of two texts, which takes less time than one after the other.
  static void HashBoth(const CanonicalText& first, const CanonicalText& second, ContentHash* of_first,
                       ContentHash* of_second);

  static std::string LiteralText(const Value& value);  // with its type
  static std::string QuantityText(const Quantity& quantity);

 private:
  static constexpr size_t kMostBesides = 32;  // a length, a colon and what else stands beside a text

  // So many fields that are empty, one behind the other.
  void Empty(size_t fields) {
    constexpr std::string_view kEmpty = "0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:";
    static_assert(kEmpty.size() == kMostBesides);
    for (; fields > 0;) {
      const size_t some = std::min(fields, kEmpty.size() / 2);
      std::memcpy(Room(0), kEmpty.data(), kEmpty.size());
      size_ += 2 * some;
      fields -= some;
    }
  }

  // Where the text goes on, with room for `bytes` and what stands beside them.
  char* Room(size_t bytes) {
    if (size_ + bytes + kMostBesides > text_.size()) text_.resize(2 * (size_ + bytes + kMostBesides) + 512);
    return text_.data() + size_;
  }
  // Returns where it ends.
  static char* Number(size_t number, char* at) {
    if (number < 10) {
      *at = static_cast<char>('0' + number);
      return at + 1;
    }
    return std::to_chars(at, at + 20, number).ptr;
  }
  // The text ends with them. Most are a few bytes, for which a call takes longer than the copying.
  void Copy(std::string_view bytes, char* at) {
    const char* const from = bytes.data();
    const size_t size = bytes.size();
    if (size > 32) {
      std::memcpy(at, from, size);
    } else if (size >= 16) {
      CopyEnds<16>(from, size, at);
    } else if (size >= 8) {
      CopyEnds<8>(from, size, at);
    } else if (size >= 4) {
      CopyEnds<4>(from, size, at);
    } else {
      for (size_t i = 0; i < size; ++i) at[i] = from[i];
    }
    size_ = static_cast<size_t>(at + bytes.size() - text_.data());
  }

  // The first and the last so many of `size` bytes, which are all of them.
  template <size_t kPart>
  static void CopyEnds(const char* from, size_t size, char* at) {
    char first[kPart], last[kPart];
    std::memcpy(first, from, kPart);
    std::memcpy(last, from + size - kPart, kPart);
    std::memcpy(at, first, kPart);
    std::memcpy(at + size - kPart, last, kPart);
  }

  std::string text_;  // its first size_ bytes
  size_t size_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_CANONICAL_TEXT_H_
