#include "query/contradiction_words.h"

#include <algorithm>
#include <array>

#include "absl/container/flat_hash_set.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/time_text.h"

namespace dossier::contradiction {
namespace {

constexpr size_t kMostClauses = 3;
constexpr int64_t kDay = 24 * 60 * 60;
constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

// Whether `text` has a number of `length` digits at `at`.
bool DigitsAt(std::string_view text, size_t at, size_t length) {
  if (at + length > text.size()) return false;
  return std::all_of(text.begin() + at, text.begin() + at + length, IsDigit);
}

std::string Spaced(std::string_view name) {
  std::string words = AsciiLower(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
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

std::string Listed(const std::vector<std::string>& items, std::string_view last) {
  std::string text;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? StrCat(" ", last, " ") : ", ";
    text += items[i];
  }
  return text;
}

std::string Capitalised(std::string text) {
  if (!text.empty() && IsLower(text.front())) text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace

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

absl::StatusOr<std::string> Words::AssumptionText(const Assumption& assumption) const {
  using Kind = Assumption::Kind;
  switch (assumption.kind) {
    case Kind::kCertainty: {
      ASSIGN_OR_RETURN(const std::string hedge, HedgeOf(assumption.claim));
      const bool denies = image_.claim(assumption.claim).polarity() == Polarity::kDenies;
      return StrCat("that ", Speaker(assumption.claim), " is right in ", denies ? "denying" : "saying",
                    ", as no more than ", hedge, ", that ", Clause(assumption.claim, false));
    }
    case Kind::kUndated: {
      const When other = context_.TimeOf(assumption.other, Reading::kOnce);
      const EdtfTime& said = image_.claim(assumption.claim).said();
      if (!other.dated) {
        return StrCat("that what ", Speaker(assumption.claim), " and ", Speaker(assumption.other),
                      " say, which bears no date, is about the same time");
      }
      std::string text =
          StrCat("that what ", Speaker(assumption.claim),
                 image_.claim(assumption.claim).polarity() == Polarity::kDenies ? " denies" : " says",
                 ", which bears no date");
      if (!said.is_undated()) text += StrCat(" but that it was said ", SpellDates(FormatBounds(said.bounds())));
      return StrCat(text, ", is about the time of the other claim, ", TimeText(other));
    }
    case Kind::kOverlap:
      return StrCat(
          "that the two times, which may overlap, do: ", TimeText(context_.TimeOf(assumption.claim, Reading::kOnce)),
          ", and ", TimeText(context_.TimeOf(assumption.other, Reading::kOnce)));
    case Kind::kPersistence: {
      const When denied = context_.TimeOf(assumption.claim, Reading::kThroughout);
      const When later = context_.TimeOf(assumption.other, Reading::kOnce);
      const int64_t begins = later.bounds.earliest_start, ends = later.bounds.latest_end;
      const bool brief = ends != kMaxTime && ends - begins <= 31 * kDay;
      return StrCat("that what ", Speaker(assumption.claim), " denied ",
                    TimeText(context_.TimeOf(assumption.claim, Reading::kOnce)), " still held ", TimeText(later), ", ",
                    FormatLength(denied.bounds.earliest_start, brief ? ends : begins), " later");
    }
    case Kind::kContainment:
      return StrCat("that ", Clause(assumption.edge), ", which is not certain");
    case Kind::kEvidence:
      return StrCat("that what ", Speaker(assumption.claim), " tells of, that ", Clause(assumption.claim, false),
                    ", is what it is taken to be evidence of");
    case Kind::kImplication:
    case Kind::kOther:
      return StartsWith(assumption.text, "that ") ? assumption.text : StrCat("that ", assumption.text);
  }
  return std::string();
}

std::string Words::OverlapText(const Draft& draft) const {
  if (!draft.times.has_value()) return "";
  const auto& [first, second] = *draft.times;
  if (first.dated && second.dated) {
    if (PossiblyOverlaps(first.bounds, second.bounds)) return SpellDates(FormatOverlap(first.bounds, second.bounds));
    return StrCat("at no time that the claims name: the one is ", TimeText(first), ", the other ", TimeText(second));
  }
  if (!first.dated && !second.dated) return "at any time: neither side is dated";
  return StrCat(TimeText(first.dated ? first : second), ", if the side that is not dated does");
}

std::string Words::ExplainCount(const Draft& draft) const {
  const ClaimId count = draft.sides[0].front();
  const EdgeId edge = image_.claim(count).proposition();
  const std::string group = names_.NameOf(image_.key(image_.source(edge)));
  std::string stated = image_.claim(count).quantity().has_value() ? FormatQuantity(*image_.claim(count).quantity())
                       : image_.is_literal(edge)                ? ValueText(image_.literal(edge))
                                                                : "another number";
  const std::string head = StrCat(Speaker(count), " gives the number of “", group, "” as ", stated, ", but ");
  const std::vector<std::string_view> words = Split(draft.detail, ' ');
  if (StartsWith(draft.detail, "list ")) {
    return StrCat(
        head, words[1] == "closed" ? "the list has " : "the list, which does not claim to be complete, has already ",
        words[2], words[2] == "1" ? " name" : " names");
  }
  if (StartsWith(draft.detail, "parts ")) {
    return StrCat(head, "the parts that it is made of come to ", draft.detail.substr(6));
  }
  const ClaimId other = draft.sides[1].front();
  if (StartsWith(draft.detail, "part ")) {
    return StrCat(head, "“", names_.NameOf(image_.key(image_.source(image_.claim(other).proposition()))),
                  "”, which is a part of it, as ", draft.detail.substr(5));
  }
  return StrCat(head, Speaker(other), " gives it as ",
                image_.is_literal(image_.claim(other).proposition())
                    ? ValueText(image_.literal(image_.claim(other).proposition()))
                    : "another number");
}

absl::StatusOr<std::string> Words::ExplainDocument(const Draft& draft) const {
  const ClaimId first = draft.sides[0].front();
  const std::string document = DocumentName(image_.claim(first).document());
  const size_t count = draft.sides[0].size();
  const std::vector<std::string_view> words = Split(draft.detail, ' ');
  const std::string rest = StrCat(count, count == 1 ? " claim" : " claims");
  if (words[0] == "missing") {
    return StrCat(document, " refers to note ", words[1], " for ", rest, ", but has no such note; ",
                  count == 1 ? "the claim is that " : "among them is that ", Clause(first, false));
  }
  if (words[0] == "ibid") {
    return StrCat("Note ", words[1], " of ", document, " says “Ibid.” and so refers to note ", words[2],
                  ", which the document does not have; on it ",
                  count == 1 ? "rests the claim that " : "rest, among others, that ", Clause(first, false));
  }
  ASSIGN_OR_RETURN(const Claim claim, reader_.ReadClaim(first));
  return StrCat("The quote “", claim.quote, "”, given for the claim that ", Clause(first, false), ", is not in ",
                document);
}

absl::StatusOr<std::string> Words::Explain(const Draft& draft) const {
  std::string text;
  if (draft.rule == Rule::kCount) {
    text = ExplainCount(draft);
  } else if (draft.rule == Rule::kDocument) {
    ASSIGN_OR_RETURN(text, ExplainDocument(draft));
  } else {
    const bool name_documents = OneSpeakerInTwoDocuments(draft);
    ASSIGN_OR_RETURN(const std::vector<Voice> first, VoicesOf(draft.sides[0], name_documents));
    ASSIGN_OR_RETURN(const std::vector<Voice> second, VoicesOf(draft.sides[1], name_documents));
    const bool same_voice = first.size() == 1 && second.size() == 1 && first[0].head == second[0].head;
    text = StrCat(Tell(first, true), draft.rule == Rule::kChange ? "; later, " : same_voice ? ", but also " : ", but ",
                  Tell(second, !same_voice || draft.rule == Rule::kChange));
    if (draft.rule == Rule::kFunctional && !draft.detail.empty()) {
      text += StrCat("; there can be only one “", Spaced(draft.detail), "”");
    }
    const bool adds = draft.rule == Rule::kOrder || draft.rule == Rule::kQuantity;
    if (adds && !draft.detail.empty()) text += StrCat("; ", draft.detail);
  }
  if (draft.rule == Rule::kPolarity || draft.rule == Rule::kChange || draft.rule == Rule::kOrder) {
    std::vector<std::string> steps;
    for (const ChainStep& step : draft.chain) {
      if (step.edge.valid()) steps.push_back(Clause(step.edge));
    }
    if (!steps.empty()) text += StrCat("; for ", Listed(steps, "and"));
  }
  text = Capitalised(std::move(text)) + ".";
  if (draft.assumptions.empty()) return text;
  std::vector<std::string> assumptions;
  for (const Assumption& assumption : draft.assumptions) {
    if (assumptions.size() == kMostClauses) {
      assumptions.push_back("more, listed below");
      break;
    }
    ASSIGN_OR_RETURN(std::string words, AssumptionText(assumption));
    assumptions.push_back(std::move(words));
  }
  return StrCat(text, draft.rule == Rule::kChange ? " It is a change only on the assumption "
                                                   : " They conflict only on the assumption ", Listed(assumptions, "and"), ".");
}

std::string Words::ResolutionOf(const Draft& draft) const {
  using Kind = Assumption::Kind;
  for (const Assumption& assumption : draft.assumptions) {
    switch (assumption.kind) {
      case Kind::kPersistence:
        return StrCat("what ", Speaker(assumption.claim), " said of the later time, if anything");
      case Kind::kUndated:
        return StrCat("the date of what ", Speaker(assumption.claim), " speaks of: see its source");
      case Kind::kOverlap:
        return "more exact dates of the two claims";
      case Kind::kImplication:
        return "a source on the step between the two, which nobody here states";
      case Kind::kContainment:
        return StrCat("a source on whether ", Clause(assumption.edge));
      case Kind::kEvidence:
        return "a look at the evidence itself";
      case Kind::kCertainty:
      case Kind::kOther:
        break;
    }
  }
  switch (draft.rule) {
    case Rule::kCount:
      return StartsWith(draft.detail, "list ")
                 ? "the names behind the number: which is missing, or was counted and not printed"
                 : "how the total was reached: which of its parts was counted otherwise";
    case Rule::kDocument:
      return draft.detail == "quote" ? "the document at the place named: correct the quote, or withdraw the claim"
                                     : "another edition of the document, or its author: what the note was to say";
    case Rule::kChange:
      return "nothing has to be: say which of the two is meant, or superseded";
    case Rule::kOrder:
      return "the two dates: which of them is wrong, or of something else";
    case Rule::kQuantity:
      return "what each source counted, where, and when";
    default:
      return "a source independent of both sides; or a correction or retraction by one of them";
  }
}

absl::StatusOr<Finding> Words::Tell(const Draft& draft) const {
  Finding finding;
  finding.rule = draft.rule;
  finding.grade = draft.grade;
  finding.sides = draft.sides;
  ASSIGN_OR_RETURN(finding.explanation, Explain(draft));
  for (const ChainStep& step : draft.chain) {
    if (step.edge.valid()) {
      finding.chain.push_back({Clause(step.edge), context_.Affirming(step.edge)});
    } else {
      finding.chain.push_back({StrCat(step.text, " (ontology)"), {}});
    }
  }
  finding.overlap = OverlapText(draft);
  for (const Assumption& assumption : draft.assumptions) {
    ASSIGN_OR_RETURN(std::string words, AssumptionText(assumption));
    if (std::find(finding.assumptions.begin(), finding.assumptions.end(), words) == finding.assumptions.end()) {
      finding.assumptions.push_back(std::move(words));
    }
  }
  finding.resolution = ResolutionOf(draft);
  return finding;
}

}  // namespace dossier::contradiction
