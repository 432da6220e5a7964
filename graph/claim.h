// What is a claim: one source's stance on one proposition. The words are those of docs/claim-files.md.
//
// These are plain values that copy and compare, with keys instead of numbers: what files hold, what the validator
// checks and what comes back when a claim is cited. The store and the image number them densely.
#ifndef DOSSIER_GRAPH_CLAIM_H_
#define DOSSIER_GRAPH_CLAIM_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/edtf.h"
#include "graph/quantity.h"
#include "graph/value.h"

namespace dossier {

// The numbers stand in records on disk: never change one, only add.
enum class Act : uint8_t {
  kAsserts = 0,
  kReports = 1,
  kAdmits = 2,
  kDenies = 3,
  kRetracts = 4,
  kNotAdmits = 5,
  kNoComment = 6,
  kNoReply = 7,
  kRefuses = 8,
};
enum class Polarity : uint8_t { kAffirms = 0, kDenies = 1, kUncommitted = 2 };
// From strongest to weakest, so that "at least probable" is <= kProbable.
enum class Certainty : uint8_t { kCertain = 0, kProbable = 1, kPossible = 2, kUncommitted = 3 };
enum class Rank : uint8_t { kPreferred = 0, kNormal = 1, kDeprecated = 2 };
enum class NoteState : uint8_t { kNone = 0, kPresent = 1, kMissing = 2, kIbid = 3 };

// asserts, reports, admits affirm; denies denies; the rest, retracts too, are uncommitted: a retraction closes
// another claim and says nothing itself.
Polarity PolarityOf(Act act);

// Names as files and queries spell them ("not_admits", "+", "probable"); Parse* give nullopt for any other text.
std::string_view Name(Act act);
std::string_view Name(Polarity polarity);  // "+", "-", "u"
std::string_view Name(Certainty certainty);
std::string_view Name(Rank rank);
std::string_view Name(NoteState state);  // "" for kNone
std::optional<Act> ParseAct(std::string_view text);
std::optional<Certainty> ParseCertainty(std::string_view text);
std::optional<Rank> ParseRank(std::string_view text);
std::optional<NoteState> ParseNoteState(std::string_view text);

// What stands at one end of a proposition, or as the value of a qualifier.
struct Term {
  enum class Kind : uint8_t { kEntity = 0, kClaim = 1, kLiteral = 2 };
  Kind kind = Kind::kEntity;
  std::string key;  // of an entity, or the id of a claim
  Value literal;    // string, integer, float, boolean, time or quantity

  static Term Entity(std::string_view key);
  static Term Claim(std::string_view id);
  static Term Literal(Value value);
  friend bool operator==(const Term& a, const Term& b);
};

struct Qualifier {
  std::string name;
  Term value;
  friend bool operator==(const Qualifier&, const Qualifier&) = default;
};

// 128 bits of SHA-256 over a canonical text; the identity of propositions and of claims without an id.
using ContentHash = std::array<uint8_t, 16>;

struct Proposition {
  Term subject;
  std::string relation;
  Term object;
  std::vector<Qualifier> identifying;  // sorted by name, then value; a name may occur more than once

  // The same for the same subject, relation, object and identifying qualifiers, on every machine and for ever.
  ContentHash Hash() const;
  friend bool operator==(const Proposition&, const Proposition&) = default;
};

// Where in a document. Empty strings are parts that are not given.
struct Locator {
  std::string section, paragraph, page, note, table, row, column, line, characters, timecode;
  // "section Policy, paragraph 3, note 40", for people.
  std::string ToText() const;
  // "section=Policy; paragraph=3; note=40", as claim files write it.
  std::string ToCell() const;
  bool empty() const;
  friend bool operator==(const Locator&, const Locator&) = default;
};

// The note that a document gives for a claim, and where it leads.
struct Citation {
  std::string note;                    // label as printed
  std::vector<std::string> documents;  // keys of the documents that the note names
  NoteState state = NoteState::kNone;
  friend bool operator==(const Citation&, const Citation&) = default;
};

struct Claim {
  std::string id;  // given, or hex of ContentIdOf
  Proposition proposition;
  std::vector<Qualifier> qualifiers;  // those that do not identify; sorted by name, then value
  EdtfTime valid;                     // undated if not given
  std::optional<Quantity> quantity;
  Act act = Act::kAsserts;
  Certainty certainty = Certainty::kCertain;
  std::string hedge;
  std::vector<std::string> asserters;  // keys of entities, innermost first; never empty once validated, unless the
                                       // document has no publisher either
  EdtfTime said;
  std::string statement;  // key of a Statement, or empty
  std::string document;   // key
  Locator locator;
  std::string quote, quote_before, quote_after;
  Citation cites;
  Rank rank = Rank::kNormal;
  std::vector<std::string> supersedes;  // ids of claims
  std::string note;

  // Set by the store when the claim is recorded.
  int64_t recorded = 0;  // microseconds since 1970-01-01 UTC
  uint64_t load = 0;     // number of the load that brought it

  Polarity polarity() const { return PolarityOf(act); }
};

// The identity of a claim that has no id of its own: a hash of all fields but id, recorded and load. 32 hex digits.
std::string ContentIdOf(const Claim& claim);

struct Document {
  std::string key, title;
  std::string publisher;             // key of an entity, or empty
  std::vector<std::string> authors;  // keys or names as printed
  EdtfTime date;                     // of publication
  std::string kind, language, url;
  std::string file, sha256;  // of the text; empty for a document that is only cited
  std::string part_of;       // key of a document, or empty
  std::string note;
  friend bool operator==(const Document&, const Document&) = default;
};

struct Alias {
  std::string text;
  std::string language;  // BCP 47, or empty
  std::string document;  // valid in this document only, or empty
  EdtfTime valid;        // valid in this time only, or undated
  friend bool operator==(const Alias&, const Alias&) = default;
};

struct Entity {
  std::string key;
  std::vector<std::string> types;  // sorted; at least one
  std::string name;
  std::vector<Alias> aliases;
  std::string description;
  friend bool operator==(const Entity&, const Entity&) = default;
};

// A proposition in words: "Russia USED RBK-500 (place: Georgia)", with keys as given.
std::string ToString(const Proposition& proposition);

}  // namespace dossier

#endif  // DOSSIER_GRAPH_CLAIM_H_
