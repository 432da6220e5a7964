// The sentences of a finding: what it says, what it assumes, when, and what would resolve it.
#include <algorithm>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/time_text.h"
#include "query/contradiction_words.h"

namespace dossier::contradiction {
namespace {

constexpr int64_t kDay = 24 * 60 * 60;

bool StartsWith(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

std::string Capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace

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
      std::string text = StrCat("that what ", Speaker(assumption.claim),
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
                       : image_.is_literal(edge)                  ? ValueText(image_.literal(edge))
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

// Of a change, whether all that stands on the second side came after all that stands on the first. One position may have
// been held until 2011 and another stated in 2007.
bool Words::SecondIsLater(const Draft& draft) const {
  const auto time_of = [&](ClaimId claim) {
    const When when = context_.TimeOf(claim, Reading::kOnce);
    const bool position = context_.relation_of(image_.claim(claim).proposition()).kind == RelationKind::kPosition;
    return position && when.dated ? when.bounds : image_.claim(claim).said().bounds();
  };
  return std::all_of(draft.sides[1].begin(), draft.sides[1].end(), [&](ClaimId later) {
    return std::all_of(draft.sides[0].begin(), draft.sides[0].end(),
                       [&](ClaimId earlier) { return PossiblyBefore(time_of(earlier), time_of(later)); });
  });
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
    text = StrCat(Tell(first, true),
                  draft.rule == Rule::kChange ? (SecondIsLater(draft) ? "; later, " : "; at another time, ")
                  : same_voice                ? ", but also "
                                              : ", but ",
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
    if (std::find(assumptions.begin(), assumptions.end(), words) == assumptions.end()) {
      assumptions.push_back(std::move(words));
    }
  }
  return StrCat(text,
                draft.rule == Rule::kChange ? " It is a change only on the assumption "
                                            : " They conflict only on the assumption ",
                Listed(assumptions, "and"), ".");
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
