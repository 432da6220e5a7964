#include "graph/claim.h"

#include <algorithm>

#include "graph/base/text.h"
#include "graph/canonical_text.h"
#include "graph/content_hash.h"

namespace dossier {
namespace {

template <typename Enum, size_t kSize>
std::optional<Enum> ParseName(const std::array<std::string_view, kSize>& names, std::string_view text) {
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

template <typename Enum, size_t kSize>
std::string_view NameOf(const std::array<std::string_view, kSize>& names, Enum value) {
  const auto index = static_cast<size_t>(value);
  return index < kSize ? names[index] : "";
}

constexpr std::array<std::string_view, 9> kActs = {"asserts",    "reports",    "admits",   "denies", "retracts",
                                                   "not_admits", "no_comment", "no_reply", "refuses"};
constexpr std::array<std::string_view, 3> kPolarities = {"+", "-", "u"};
constexpr std::array<std::string_view, 4> kCertainties = {"certain", "probable", "possible", "uncommitted"};
constexpr std::array<std::string_view, 3> kRanks = {"preferred", "normal", "deprecated"};
constexpr std::array<std::string_view, 4> kNoteStates = {"", "present", "missing", "ibid"};

std::string Text(const Term& term) {
  switch (term.kind) {
    case Term::Kind::kEntity:
      return term.key;
    case Term::Kind::kClaim:
      return StrCat("claim:", term.key);
    case Term::Kind::kLiteral:
      return ToString(term.literal);
  }
  return "";
}

// The parts of a locator in the order in which they are written.
template <typename Function>
void ForEachPart(const Locator& locator, Function function) {
  function("section", locator.section);
  function("paragraph", locator.paragraph);
  function("page", locator.page);
  function("note", locator.note);
  function("table", locator.table);
  function("row", locator.row);
  function("column", locator.column);
  function("line", locator.line);
  function("characters", locator.characters);
  function("timecode", locator.timecode);
}

}  // namespace

Polarity PolarityOf(Act act) {
  switch (act) {
    case Act::kAsserts:
    case Act::kReports:
    case Act::kAdmits:
      return Polarity::kAffirms;
    case Act::kDenies:
      return Polarity::kDenies;
    default:
      return Polarity::kUncommitted;
  }
}

std::string_view Name(Act act) { return NameOf(kActs, act); }
std::string_view Name(Polarity polarity) { return NameOf(kPolarities, polarity); }
std::string_view Name(Certainty certainty) { return NameOf(kCertainties, certainty); }
std::string_view Name(Rank rank) { return NameOf(kRanks, rank); }
std::string_view Name(NoteState state) { return NameOf(kNoteStates, state); }
std::optional<Act> ParseAct(std::string_view text) { return ParseName<Act>(kActs, text); }
std::optional<Certainty> ParseCertainty(std::string_view text) { return ParseName<Certainty>(kCertainties, text); }
std::optional<Rank> ParseRank(std::string_view text) { return ParseName<Rank>(kRanks, text); }
std::optional<NoteState> ParseNoteState(std::string_view text) { return ParseName<NoteState>(kNoteStates, text); }

Term Term::Entity(std::string_view key) { return {Kind::kEntity, std::string(key), Value()}; }
Term Term::Claim(std::string_view id) { return {Kind::kClaim, std::string(id), Value()}; }
Term Term::Literal(Value value) { return {Kind::kLiteral, "", std::move(value)}; }

// As the canonical text has it, so that equal propositions have equal hashes: 1 and 1.0 are two literals.
bool operator==(const Term& a, const Term& b) {
  if (a.kind != b.kind) return false;
  if (a.kind != Term::Kind::kLiteral) return a.key == b.key;
  return CanonicalText::LiteralText(a.literal) == CanonicalText::LiteralText(b.literal);
}

ContentHash Proposition::Hash() const {
  CanonicalText text(kCanonicalProposition);
  text.PropositionOf(*this);
  return text.Hash();
}

std::string Locator::ToText() const {
  std::string text;
  ForEachPart(*this, [&text](std::string_view name, const std::string& value) {
    if (!value.empty()) text += StrCat(text.empty() ? "" : ", ", name, " ", value);
  });
  return text;
}

std::string Locator::ToCell() const {
  std::string cell;
  ForEachPart(*this, [&cell](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    cell += StrCat(cell.empty() ? "" : "; ", name, "=");
    for (const char c : value) {
      if (c == ';' || c == '\\') cell += '\\';
      cell += c;
    }
  });
  return cell;
}

bool Locator::empty() const { return *this == Locator(); }

std::string ContentIdOf(const Claim& claim) {
  CanonicalText text(kCanonicalClaim);
  text.PropositionOf(claim.proposition);
  text.Qualifiers(claim.qualifiers);
  const std::vector<std::string_view> asserters(claim.asserters.begin(), claim.asserters.end());
  const std::vector<std::string_view> cites(claim.cites.documents.begin(), claim.cites.documents.end());
  const std::vector<std::string_view> supersedes(claim.supersedes.begin(), claim.supersedes.end());
  const Locator& locator = claim.locator;
  const std::string quantity = claim.quantity.has_value() ? CanonicalText::QuantityText(*claim.quantity) : "";
  text.RestOfClaim({.valid = claim.valid.text(),
                    .has_quantity = claim.quantity.has_value(),
                    .quantity = quantity,
                    .quantity_words = claim.quantity.has_value() ? claim.quantity->text : std::string_view(),
                    .act = Name(claim.act),
                    .certainty = Name(claim.certainty),
                    .hedge = claim.hedge,
                    .asserters = asserters,
                    .said = claim.said.text(),
                    .statement = claim.statement,
                    .document = claim.document,
                    .locator = {locator.section, locator.paragraph, locator.page, locator.note, locator.table,
                                locator.row, locator.column, locator.line, locator.characters, locator.timecode},
                    .quote = claim.quote,
                    .quote_before = claim.quote_before,
                    .quote_after = claim.quote_after,
                    .cites_note = claim.cites.note,
                    .cites_documents = cites,
                    .cites_state = Name(claim.cites.state),
                    .rank = Name(claim.rank),
                    .supersedes = supersedes,
                    .note = claim.note});
  return HexOfHash(text.Hash());
}

std::string ToString(const Proposition& proposition) {
  std::string text = StrCat(Text(proposition.subject), " ", proposition.relation, " ", Text(proposition.object));
  for (size_t i = 0; i < proposition.identifying.size(); ++i) {
    const Qualifier& qualifier = proposition.identifying[i];
    text += StrCat(i == 0 ? " (" : ", ", qualifier.name, ": ", Text(qualifier.value));
  }
  return proposition.identifying.empty() ? text : StrCat(text, ")");
}

}  // namespace dossier
