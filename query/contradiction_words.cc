#include "query/contradiction_words.h"

#include <algorithm>
#include <array>

#include "absl/container/flat_hash_set.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/time_text.h"

namespace dossier::contradiction {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

// Whether `text` has a number of `length` digits at `at`.
bool DigitsAt(std::string_view text, size_t at, size_t length) {
  if (at + length > text.size()) return false;
  return std::all_of(text.begin() + at, text.begin() + at + length, IsDigit);
}

// "is", "was" and "has" as they follow a plural.
std::string Agreeing(std::string phrase, bool plural) {
  if (!plural) return phrase;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kForms = {
      {{"is ", "are "}, {"was ", "were "}, {"has ", "have "}}};
  for (const auto& [one, many] : kForms) {
    if (phrase.substr(0, one.size()) == one) return StrCat(many, phrase.substr(one.size()));
  }
  return phrase;
}

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}
bool StartsWith(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

}  // namespace

std::string Spaced(std::string_view name) {
  std::string words = AsciiLower(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string Listed(const std::vector<std::string>& items, std::string_view last) {
  std::string text;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? StrCat(" ", last, " ") : ", ";
    text += items[i];
  }
  return text;
}

std::string SpellDates(std::string_view text) {
  std::string out;
  size_t at = 0;
  while (at < text.size()) {
    const bool starts = at == 0 || (!IsDigit(text[at - 1]) && text[at - 1] != '-');
    if (starts && DigitsAt(text, at, 4) && at + 4 < text.size() && text[at + 4] == '-' && DigitsAt(text, at + 5, 2)) {
      const int month = (text[at + 5] - '0') * 10 + (text[at + 6] - '0');
      if (month >= 1 && month <= 12) {
        const std::string_view year = text.substr(at, 4);
        const bool has_day = at + 7 < text.size() && text[at + 7] == '-' && DigitsAt(text, at + 8, 2);
        if (has_day) {
          const int day = (text[at + 8] - '0') * 10 + (text[at + 9] - '0');
          out += StrCat(day, " ", kMonths[static_cast<size_t>(month - 1)], " ", year);
          at += 10;
        } else {
          out += StrCat(kMonths[static_cast<size_t>(month - 1)], " ", year);
          at += 7;
        }
        continue;
      }
    }
    out += text[at++];
  }
  return out;
}

std::string Words::DocumentName(VertexId document) const {
  if (!document.valid()) return "the document";
  for (const char* field : {"title", "name"}) {
    const PropertyId property = image_.FindProperty(field);
    const Value title = property.valid() ? image_.VertexProperty(document, property) : Value::Null();
    if (title.type() == Value::Type::kString) return StrCat("“", title.string(), "”");
  }
  return image_.key(document);
}

std::string Words::NameOf(VertexId vertex) const {
  if (!vertex.valid()) return "somebody";
  if (image_.kind(vertex) == VertexKind::kDocument) return DocumentName(vertex);
  if (image_.kind(vertex) == VertexKind::kClaim) {
    const ClaimId claim = image_.ClaimOfVertex(vertex);
    if (!claim.valid()) return StrCat("the claim ", image_.key(vertex));
    return StrCat("the claim by ", Speaker(claim), " on what ", image_.key(vertex), " says");
  }
  const std::string name = names_.NameOf(image_.key(vertex));
  if (name.empty() || !IsLower(name.front())) return name;
  // A common noun: in the plural, where the entity has one among its names.
  const PropertyId aliases = image_.FindProperty("aliases");
  const Value others = aliases.valid() ? image_.VertexProperty(vertex, aliases) : Value::Null();
  if (others.type() == Value::Type::kList) {
    for (const Value& alias : others.list()) {
      if (alias.type() != Value::Type::kString) continue;
      if (alias.string() == name + "s" || alias.string() == name + "es") return alias.string();
    }
  }
  if (context_.HasType(vertex, kGroupType)) return StrCat("“", name, "”");
  if (context_.IsEvent(vertex) && !StartsWith(name, "the ") && !StartsWith(name, "a ")) return StrCat("the ", name);
  return name;
}

bool Words::IsPlural(VertexId vertex, const std::string& shown) const {
  const std::string name = names_.NameOf(image_.key(vertex));
  return shown.size() > name.size() && StartsWith(shown, name) && EndsWith(shown, "s");
}

std::string Words::ValueText(const Value& value) const {
  switch (value.type()) {
    case Value::Type::kVertex:
      return NameOf(value.vertex());
    case Value::Type::kString:
      return StrCat("“", value.string(), "”");
    case Value::Type::kTime:
      return SpellDates(FormatBounds(value.time().bounds()));
    case Value::Type::kQuantity:
      return FormatQuantity(value.quantity());
    case Value::Type::kList: {
      std::vector<std::string> items;
      for (const Value& item : value.list()) items.push_back(ValueText(item));
      return Listed(items, "and");
    }
    default:
      return ToString(value);
  }
}

std::string Words::PhraseOf(const Relation& relation) const {
  if (!relation.phrase.empty()) return relation.phrase;
  const std::string words = Spaced(relation.name);
  if (relation.is_attribute()) return StrCat("has ", words);
  const std::string first = words.substr(0, words.find(' '));
  if (EndsWith(first, "s") || EndsWith(first, "ed")) return words;
  for (const std::string_view preposition : {" of", " to", " in", " at", " by", " with", " from", " near", " on"}) {
    if (EndsWith(words, preposition)) return StrCat("is ", words);
  }
  return words;
}

std::string Words::QualifierText(const Relation& relation, PropertyId name, const Value& value) const {
  const std::string& word = image_.property_name(name);
  const QualifierRule* rule = relation.FindQualifier(word);
  if (rule != nullptr && !rule->phrase.empty()) {
    const std::string text = value.type() == Value::Type::kString ? value.string() : ValueText(value);
    return StrCat(" ", rule->phrase, " ", text);
  }
  if (value.type() == Value::Type::kVertex) {
    if (context_.IsEvent(value.vertex())) return StrCat(" in ", ValueText(value));
    for (const std::string& along : relation.EntailsUpward(word)) {
      const Relation* containment = context_.ontology().FindRelation(along);
      if (containment != nullptr && containment->containment == Containment::kLocatedIn) {
        return StrCat(" in ", ValueText(value));
      }
    }
  }
  return StrCat(" (", Spaced(word), ": ", ValueText(value), ")");
}

std::string Words::Clause(EdgeId edge, VertexId self) const {
  const Relation& relation = context_.relation_of(edge);
  const auto end = [&](VertexId vertex) { return vertex == self && self.valid() ? std::string("it") : NameOf(vertex); };
  const std::string subject = end(image_.source(edge));
  std::string text = StrCat(subject, " ", Agreeing(PhraseOf(relation), IsPlural(image_.source(edge), subject)));
  if (context_.HasType(image_.source(edge), kGroupType) && !StartsWith(text, "“") && !StartsWith(text, "it ")) {
    text = StrCat("“", subject, "”", text.substr(subject.size()));
  }
  const bool of_a_kind = relation.containment == Containment::kKindOf;  // "a kind of rocket", not "of rockets"
  const std::string object = image_.is_literal(edge) ? ValueText(image_.literal(edge))
                             : of_a_kind             ? names_.NameOf(image_.key(image_.target(edge)))
                                                     : end(image_.target(edge));
  if (!object.empty()) text += StrCat(" ", object);
  for (const auto& [name, value] : context_.IdentifyingQualifiers(edge)) text += QualifierText(relation, name, value);
  return text;
}

std::string Words::Clause(ClaimId number, bool speaker_is_it) const {
  const ImageClaim claim = image_.claim(number);
  std::string text = Clause(claim.proposition(), speaker_is_it ? context_.asserter(number) : VertexId());
  const Relation& relation = context_.relation_of(claim.proposition());
  for (const auto& [name, value] : claim.qualifiers()) text += QualifierText(relation, name, value);
  const bool is_quantity = image_.is_literal(claim.proposition()) &&
                           image_.literal(claim.proposition()).type() == Value::Type::kQuantity;
  if (claim.quantity().has_value() && !is_quantity) text += StrCat(" (", FormatQuantity(*claim.quantity()), ")");
  if (!claim.valid().is_undated()) text += StrCat(" ", SpellDates(FormatBounds(claim.valid().bounds())));
  return text;
}

std::string Words::Speaker(ClaimId claim) const {
  const VertexId asserter = context_.asserter(claim);
  if (!asserter.valid()) return DocumentName(image_.claim(claim).document());
  const std::string name = NameOf(asserter);
  return !name.empty() && IsLower(name.front()) && !StartsWith(name, "the ") ? StrCat("the ", name) : name;
}

absl::StatusOr<std::string> Words::HedgeOf(ClaimId claim) const {
  ASSIGN_OR_RETURN(const Claim words, reader_.ReadClaim(claim));
  if (words.hedge.empty()) return std::string(Name(image_.claim(claim).certainty()));
  return StrCat(Name(image_.claim(claim).certainty()), ": “", words.hedge, "”");
}

bool Words::OneSpeakerInTwoDocuments(const Draft& draft) const {
  absl::flat_hash_set<VertexId> speakers;
  std::array<absl::flat_hash_set<VertexId>, 2> documents;
  for (size_t side = 0; side < 2; ++side) {
    for (const ClaimId claim : draft.sides[side]) {
      speakers.insert(context_.asserter(claim));
      documents[side].insert(image_.claim(claim).document());
    }
  }
  const auto in_both = [&](VertexId document) { return documents[1].contains(document); };
  return speakers.size() == 1 && std::none_of(documents[0].begin(), documents[0].end(), in_both);
}

absl::StatusOr<std::vector<Words::Voice>> Words::VoicesOf(const std::vector<ClaimId>& claims,
                                                          bool name_documents) const {
  std::vector<Voice> voices;
  for (const ClaimId number : claims) {
    const ImageClaim claim = image_.claim(number);
    const char* verb = claim.act() == Act::kDenies    ? "denies"
                       : claim.act() == Act::kReports ? "reports"
                       : claim.act() == Act::kAdmits  ? "admits"
                                                    : "says";
    std::string head = Speaker(number);
    if (name_documents && context_.asserter(number).valid()) {
      head += StrCat(", in ", DocumentName(claim.document()), ",");
    }
    head += StrCat(" ", verb);
    if (claim.certainty() != Certainty::kCertain) {
      ASSIGN_OR_RETURN(const std::string hedge, HedgeOf(number));
      head += StrCat(" (", hedge, ")");
    }
    if (claim.asserters().size() > 1) {
      std::vector<std::string> others;
      for (size_t i = 1; i < claim.asserters().size(); ++i) others.push_back(NameOf(claim.asserters()[i]));
      head += StrCat(", by ", Listed(others, "and"), ",");
    }
    if (!claim.said().is_undated()) head += StrCat(" ", SpellDates(FormatBounds(claim.said().bounds())));
    auto voice = std::find_if(voices.begin(), voices.end(), [&](const Voice& v) { return v.head == head; });
    if (voice == voices.end()) {
      voices.push_back({head, {}, 0});
      voice = std::prev(voices.end());
    }
    const std::string clause = StrCat("that ", Clause(number, true));
    if (std::find(voice->clauses.begin(), voice->clauses.end(), clause) != voice->clauses.end()) continue;
    if (voice->clauses.size() < kMostClauses) {
      voice->clauses.push_back(clause);
    } else {
      ++voice->more;
    }
  }
  return voices;
}

std::string Words::Tell(const std::vector<Voice>& voices, bool with_head) {
  std::vector<std::string> sentences;
  size_t more_voices = 0;
  for (const Voice& voice : voices) {
    if (sentences.size() >= kMostClauses) {
      ++more_voices;
      continue;
    }
    std::vector<std::string> clauses = voice.clauses;
    if (voice.more > 0) clauses.push_back(StrCat(voice.more, voice.more == 1 ? " thing more" : " things more"));
    sentences.push_back(StrCat(with_head ? StrCat(voice.head, " ") : "", Listed(clauses, "and")));
  }
  if (more_voices > 0) sentences.push_back(StrCat(more_voices, more_voices == 1 ? " other says so" : " others say so"));
  return Listed(sentences, "and");
}

std::string Words::TimeText(const When& when) const { return SpellDates(FormatBounds(when.bounds)); }

}  // namespace dossier::contradiction
