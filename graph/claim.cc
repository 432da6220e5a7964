// The canonical text that identities are hashes of. Each field is written as its length in bytes, a colon and the
// bytes; a list as the number of its members, a semicolon and the members. No two different things share a text,
// whatever their fields hold. These hashes stand in files on disk and in other people's citations: the text of a
// proposition or of a claim can never change; another form would need another first field.
//
//   proposition ::= field("dossier/proposition/1") term(subject) field(relation) term(object) qualifiers
//   term        ::= kind field(key or literal)           kind ::= "e" | "c" | "l"
//   literal     ::= type text                            type ::= "n" null | "b" | "i" | "f" | "s" | "t" | "q"
//   qualifiers  ::= count ";" { field(name) term }
//   claim       ::= field("dossier/claim/1") and the fields in the order of WriteClaim
//
// A quantity as a literal is its bounds, marks, unit and basis, not its words: "42" and "forty-two" are one value.
// A time is its EDTF text.
#include "graph/claim.h"

#include <algorithm>
#include <charconv>

#include "graph/base/sha256.h"
#include "graph/base/text.h"

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

class CanonicalText {
 public:
  explicit CanonicalText(std::string_view tag) {
    text_.reserve(512);
    Field(tag);
  }

  void Field(std::string_view bytes) {
    if (bytes.empty()) {  // as most fields of a claim are
      text_.append("0:", 2);
      return;
    }
    Number(bytes.size());
    text_ += ':';
    text_ += bytes;
  }
  void Count(size_t count) {
    Number(count);
    text_ += ';';
  }
  void TermOf(const Term& term) {
    switch (term.kind) {
      case Term::Kind::kEntity:
        text_ += 'e';
        return Field(term.key);
      case Term::Kind::kClaim:
        text_ += 'c';
        return Field(term.key);
      case Term::Kind::kLiteral:
        text_ += 'l';
        return Field(LiteralText(term.literal));
    }
  }
  void Qualifiers(const std::vector<Qualifier>& qualifiers) {
    Count(qualifiers.size());
    for (const Qualifier& qualifier : qualifiers) {
      Field(qualifier.name);
      TermOf(qualifier.value);
    }
  }
  void Texts(const std::vector<std::string>& texts) {
    Count(texts.size());
    for (const std::string& text : texts) Field(text);
  }
  void PropositionOf(const Proposition& proposition) {
    TermOf(proposition.subject);
    Field(proposition.relation);
    TermOf(proposition.object);
    Qualifiers(proposition.identifying);
  }

  ContentHash Hash() const {
    const Sha256Digest digest = Sha256(text_);
    ContentHash hash;
    std::copy_n(digest.begin(), hash.size(), hash.begin());
    return hash;
  }

  static std::string LiteralText(const Value& value);
  static std::string QuantityText(const Quantity& quantity);

 private:
  void Number(size_t number) {
    char buffer[24];
    const auto result = std::to_chars(buffer, buffer + sizeof(buffer), number);
    text_.append(buffer, result.ptr);
  }

  std::string text_;
};

std::string CanonicalText::QuantityText(const Quantity& quantity) {
  std::string marks;
  for (const bool mark : {quantity.low_open, quantity.high_open, quantity.countable, quantity.approximate,
                          quantity.vague, quantity.unknown, quantity.derived}) {
    marks += mark ? '1' : '0';
  }
  return StrCat(quantity.low, ' ', quantity.high, ' ', marks, ' ', quantity.unit.size(), ':', quantity.unit,
                quantity.basis);
}

std::string CanonicalText::LiteralText(const Value& value) {
  switch (value.type()) {
    case Value::Type::kBoolean:
      return value.boolean() ? "b1" : "b0";
    case Value::Type::kInteger:
      return StrCat('i', value.integer());
    case Value::Type::kFloat:
      return StrCat('f', value.floating());
    case Value::Type::kString:
      return StrCat('s', value.string());
    case Value::Type::kTime:
      return StrCat('t', value.time().text());
    case Value::Type::kQuantity:
      return StrCat('q', QuantityText(value.quantity()));
    default:
      return "n";  // null, and what no claim can hold
  }
}

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
  CanonicalText text("dossier/proposition/1");
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
  CanonicalText text("dossier/claim/1");
  text.PropositionOf(claim.proposition);
  text.Qualifiers(claim.qualifiers);
  text.Field(claim.valid.text());
  text.Count(claim.quantity.has_value() ? 1 : 0);
  if (claim.quantity.has_value()) {
    text.Field(CanonicalText::QuantityText(*claim.quantity));
    text.Field(claim.quantity->text);
  }
  text.Field(Name(claim.act));
  text.Field(Name(claim.certainty));
  text.Field(claim.hedge);
  text.Texts(claim.asserters);
  text.Field(claim.said.text());
  text.Field(claim.statement);
  text.Field(claim.document);
  ForEachPart(claim.locator, [&text](std::string_view, const std::string& value) { text.Field(value); });
  text.Field(claim.quote);
  text.Field(claim.quote_before);
  text.Field(claim.quote_after);
  text.Field(claim.cites.note);
  text.Texts(claim.cites.documents);
  text.Field(Name(claim.cites.state));
  text.Field(Name(claim.rank));
  text.Texts(claim.supersedes);
  text.Field(claim.note);
  return ToHex(text.Hash());
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
