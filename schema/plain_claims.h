// Claims that have passed every rule, in the form in which most of a bulk load goes from the files into the store: no
// strings of their own, references as the store's numbers.
//
// Most rows of a large load are plain: their references are keys, they refer to no other claim, nothing in them is left
// to find out. Such a row never becomes a Claim. Where there is the least doubt about a row it does, and the rules of
// schema/claim_validator.h decide, and find the words for what is wrong. So what is here stands for claims in which
// nothing is wrong.
#ifndef DOSSIER_SCHEMA_PLAIN_CLAIMS_H_
#define DOSSIER_SCHEMA_PLAIN_CLAIMS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "graph/claim.h"

namespace dossier {

// The decimal number that `text` is as one writes it, of 18 digits at most; nullopt for all else.
inline std::optional<uint64_t> AsDecimal(std::string_view text) {
  constexpr size_t kMostDigits = 18;
  if (text.empty() || text.size() > kMostDigits || (text[0] == '0' && text.size() > 1)) return std::nullopt;
  uint64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<uint64_t>(c - '0');
  }
  return number;
}

// A text as a code: 0 the empty text, 2n+1 the decimal number n, 2i+2 the text i of its PlainTexts.
struct PlainText {
  uint64_t code = 0;
  bool empty() const { return code == 0; }
  bool is_decimal() const { return (code & 1) != 0; }
  uint64_t decimal() const { return code >> 1; }
  size_t index() const { return code / 2 - 1; }  // precondition: neither of the two
};

// Texts, each once. Those of the files stay where they are.
class PlainTexts {
 public:
  PlainTexts() = default;
  // Can be moved but not copied: what it finds texts by lies in its own copies of them.
  PlainTexts(PlainTexts&&) = default;
  PlainTexts& operator=(PlainTexts&&) = default;

  // `lasting`: bytes that stay where they are for as long as the texts are used; what is not in them is copied.
  PlainText Add(std::string_view text, std::string_view lasting);
  std::string_view at(size_t index) const { return texts_[index]; }
  // Another one after each Clear(), and for any other texts: whoever remembers codes can tell what they belong to.
  uint64_t serial() const { return serial_; }
  size_t size() const { return texts_.size(); }
  void Clear();

 private:
  static uint64_t NextSerial();
  std::vector<std::string_view> texts_;
  absl::flat_hash_map<absl::string_view, uint64_t> codes_;
  std::deque<std::string> copies_;
  uint64_t serial_ = NextSerial();
};

struct PlainTerm {
  enum class Kind : uint8_t { kEntity, kDocument, kString, kInteger, kFloat, kBoolean, kTime, kQuantity };
  Kind kind = Kind::kEntity;
  uint64_t value = 0;  // number in the store, code of a text, the integer, bits of the float, truth, quantity's place
};

struct PlainQualifier {
  PlainText name;
  PlainTerm value;
};

// As graph/quantity.h has it, but for the texts.
struct PlainQuantity {
  double low = 0, high = 0;
  bool low_open = false, high_open = false, countable = true, approximate = false, vague = false, unknown = false,
       derived = false;
  PlainText unit, basis, text;
};

// What most claims have nothing of.
struct PlainRest {
  PlainText id;  // where it is not made of the content
  PlainText hedge, quote, quote_before, quote_after, cites_note, note;
  NoteState cites_state = NoteState::kNone;
};

// A part of a locator: which one, as graph/claim.h has them from section to timecode, and what it says.
struct PlainLocatorPart {
  uint32_t part = 0;
  PlainText text;
};

// One thread writes them and another one reads them, so they are small: two lines of the processor's caches.
struct PlainClaim {
  // Parts of the lists of PlainClaims: [first, first + count).
  struct Part {
    uint32_t first = 0, count = 0;
  };
  bool id_by_content = true;
  Act act = Act::kAsserts;
  Certainty certainty = Certainty::kCertain;
  Rank rank = Rank::kNormal;
  uint32_t document = 0;
  PlainTerm subject, object;
  PlainText relation, valid, said;
  uint32_t statement = 0;        // 1 + its number; 0: none
  uint32_t quantity = 0;         // 1 + its place; 0: none
  uint32_t rest = 0;             // 1 + its place; 0: nothing of it
  Part identifying, qualifiers;  // of qualifiers()
  Part asserters, cited;         // of numbers()
  Part locator;                  // of locators()
};

// What a claim is known by, as ValidatedClaim has it.
struct PlainHashes {
  ContentHash id{}, proposition{};
};

// Where its row stands: see RowId.
struct PlainPlace {
  size_t begin = 0, end = 0;
  int line = 0;
};

// The plain claims of some rows of one file, and what they have in common.
class PlainClaims {
 public:
  std::span<const PlainClaim> claims() const { return claims_; }
  // Of each of them.
  std::span<const PlainHashes> hashes() const { return hashes_; }
  std::span<const PlainPlace> places() const { return places_; }
  const PlainTexts& texts() const { return texts_; }
  std::span<const PlainQualifier> qualifiers(const PlainClaim::Part& part) const {
    return std::span(qualifiers_).subspan(part.first, part.count);
  }
  std::span<const uint32_t> numbers(const PlainClaim::Part& part) const {
    return std::span(numbers_).subspan(part.first, part.count);
  }
  std::span<const PlainLocatorPart> locator(const PlainClaim& claim) const {
    return std::span(locators_).subspan(claim.locator.first, claim.locator.count);
  }
  const PlainQuantity& quantity(size_t place) const { return quantities_[place]; }
  const PlainRest& rest(const PlainClaim& claim) const { return claim.rest == 0 ? no_rest_ : rests_[claim.rest - 1]; }
  // ContentIdOf the i-th claim, which has an id of its own, as bytes.
  const ContentHash& content(size_t i) const { return contents_.find(i)->second; }

  void Clear();

 private:
  friend class PlainReader;  // the only one that fills it
  std::vector<PlainClaim> claims_;
  std::vector<PlainHashes> hashes_;
  std::vector<PlainPlace> places_;
  PlainTexts texts_;
  std::vector<PlainQualifier> qualifiers_;
  std::vector<uint32_t> numbers_;
  std::vector<PlainLocatorPart> locators_;
  std::vector<PlainQuantity> quantities_;
  std::vector<PlainRest> rests_;
  PlainRest no_rest_;
  absl::flat_hash_map<size_t, ContentHash> contents_;  // by the place of the claim
};

// Who takes them: the store.
class PlainSink {
 public:
  virtual ~PlainSink() = default;

  // The number of what has this key, in the load or in the store; nullopt for what has none. May be asked by many
  // threads, once the documents and entities of the load have been given, and while claims are taken.
  virtual absl::StatusOr<std::optional<uint32_t>> NumberOfEntity(std::string_view key) const = 0;
  virtual absl::StatusOr<std::optional<uint32_t>> NumberOfDocument(std::string_view key) const = 0;
  // The same of the entity at this place among those that were given.
  virtual uint32_t NumberOfEntityAt(uint32_t place) const = 0;

  // About so many claims will come: for a thread that has the time to get the memory that they will take. Documents and
  // entities may be given meanwhile, but no claim taken.
  virtual void FetchMemory(size_t claims) const = 0;

  enum class Answer : uint8_t {
    kTaken,
    kUnchanged,  // it is there already
    kAsk,        // this has to be looked at as a Claim; nothing was taken
  };
  // Takes the i-th of `claims`. One thread at a time, in order; an error is the store's and ends the load.
  virtual absl::StatusOr<Answer> Take(const PlainClaims& claims, size_t i) = 0;
};

}  // namespace dossier

#endif  // DOSSIER_SCHEMA_PLAIN_CLAIMS_H_
