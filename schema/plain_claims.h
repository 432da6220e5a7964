// Claims that have passed every rule, in the form in which most of a bulk load goes from the files into the store: no
// strings of their own, references as the store's numbers.
//
// Most rows of a large load are plain: their references are keys, they refer to no other claim, nothing in them is left
// to find out. Such a row never becomes a Claim. Where there is the least doubt about a row it does, and the rules of
// schema/claim_validator.h decide, and find the words for what is wrong. So what is here stands for claims in which
// nothing is wrong.
#ifndef DOSSIER_SCHEMA_PLAIN_CLAIMS_H_
#define DOSSIER_SCHEMA_PLAIN_CLAIMS_H_

#include <array>
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
std::optional<uint64_t> AsDecimal(std::string_view text);

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
  Quantity bounds;  // with empty texts
  PlainText unit, basis, text;
};

struct PlainClaim {
  ContentHash id_hash{}, proposition_hash{};  // as ValidatedClaim has them
  bool id_by_content = true;
  Act act = Act::kAsserts;
  Certainty certainty = Certainty::kCertain;
  Rank rank = Rank::kNormal;
  uint32_t document = 0;
  std::optional<uint32_t> statement;
  PlainTerm subject, object;
  PlainText relation;
  // Parts of the lists of PlainClaims: [first, first + count).
  struct Part {
    uint32_t first = 0, count = 0;
  };
  Part identifying, qualifiers;      // of qualifiers()
  Part asserters, cited;             // of numbers()
  PlainText id, valid, said, hedge;  // the id where it is not made of the content
  uint32_t quantity = 0;             // 1 + its place; 0: none
  std::array<PlainText, 10> locator;
  PlainText quote, quote_before, quote_after, cites_note, note;
  NoteState cites_state = NoteState::kNone;

  // Where its row stands: see RowId.
  int line = 0;
  size_t begin = 0, end = 0;
};

// The plain claims of some rows of one file, and what they have in common.
class PlainClaims {
 public:
  std::span<const PlainClaim> claims() const { return claims_; }
  const PlainTexts& texts() const { return texts_; }
  std::span<const PlainQualifier> qualifiers(const PlainClaim::Part& part) const {
    return std::span(qualifiers_).subspan(part.first, part.count);
  }
  std::span<const uint32_t> numbers(const PlainClaim::Part& part) const {
    return std::span(numbers_).subspan(part.first, part.count);
  }
  const PlainQuantity& quantity(size_t place) const { return quantities_[place]; }
  // ContentIdOf the i-th claim that has an id of its own, as bytes.
  const ContentHash& content(const PlainClaim& claim) const;

  void Clear();

 private:
  friend class PlainReader;  // the only one that fills it
  std::vector<PlainClaim> claims_;
  PlainTexts texts_;
  std::vector<PlainQualifier> qualifiers_;
  std::vector<uint32_t> numbers_;
  std::vector<PlainQuantity> quantities_;
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
