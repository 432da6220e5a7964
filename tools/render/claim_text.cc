#include "tools/render/claim_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/claim_reader.h"
#include "schema/names.h"
#include "tools/render/display_text.h"

namespace dossier {
namespace {

// Of those that a note names, how many are printed; JSON has them all.
constexpr size_t kNamedDocuments = 2;

// As a sentence has it, between who and what.
std::string_view Verb(Act act) {
  switch (act) {
    case Act::kNotAdmits:
      return "does not admit";
    case Act::kNoComment:
      return "does not comment on";
    case Act::kNoReply:
      return "does not reply on";
    case Act::kRefuses:
      return "refuses";
    default:
      return Name(act);
  }
}

std::string Quoted(std::string_view text) { return StrCat("“", text, "”"); }

void AddPart(std::string* text, std::string_view part) {
  if (part.empty()) return;
  if (!text->empty()) *text += ", ";
  *text += part;
}

}  // namespace

ClaimText::ClaimText(const Session* session) : session_(session) {}

absl::StatusOr<CitedClaim> ClaimText::Read(ClaimId claim) {
  CitedClaim cited;
  ASSIGN_OR_RETURN(cited.claim, session_->claims()->ReadClaim(claim));
  ASSIGN_OR_RETURN(cited.document, session_->claims()->ReadDocument(session_->image().claim(claim).document()));
  return cited;
}

std::string ClaimText::NameOf(std::string_view key) const {
  const Image& image = session_->image();
  const VertexId vertex = image.FindKey(key);
  const Value name = vertex.valid() ? image.VertexProperty(vertex, image.FindProperty("name")) : Value::Null();
  return name.type() == Value::Type::kString ? name.string() : std::string(key);
}

std::string ClaimText::DocumentTitle(std::string_view key) const {
  if (const auto known = titles_.find(std::string(key)); known != titles_.end()) return known->second;
  std::string title(key);
  const VertexId vertex = session_->image().FindKey(key);
  if (vertex.valid() && session_->image().kind(vertex) == VertexKind::kDocument) {
    const auto document = session_->claims()->ReadDocument(vertex);
    if (document.ok() && !document->title.empty()) title = document->title;
  }
  return titles_.emplace(std::string(key), std::move(title)).first->second;
}

std::string ClaimText::TermText(const Term& term) const {
  switch (term.kind) {
    case Term::Kind::kEntity:
      return NameOf(term.key);
    case Term::Kind::kClaim:
      return StrCat("claim ", term.key);
    case Term::Kind::kLiteral:
      return term.literal.type() == Value::Type::kQuantity ? FormatQuantity(term.literal.quantity())
                                                           : ToString(term.literal);
  }
  return "";
}

std::string ClaimText::Asserters(const Claim& claim) const {
  std::string text;
  for (const std::string& asserter : claim.asserters) text += StrCat(text.empty() ? "" : ", in ", NameOf(asserter));
  return text.empty() ? "nobody named" : text;
}

std::string ClaimText::Stance(const Claim& claim) const {
  std::string aside;
  if (claim.certainty != Certainty::kCertain) AddPart(&aside, Name(claim.certainty));
  if (!claim.hedge.empty()) AddPart(&aside, Quoted(claim.hedge));
  if (claim.rank != Rank::kNormal) AddPart(&aside, StrCat(Name(claim.rank), " by who coded it"));
  return aside.empty() ? std::string(Verb(claim.act)) : StrCat(Verb(claim.act), " (", aside, ")");
}

std::string ClaimText::Statement(const Claim& claim) const {
  const Proposition& said = claim.proposition;
  std::string text = StrCat(TermText(said.subject), " ", said.relation, " ", TermText(said.object));
  std::string aside;
  for (const Qualifier& qualifier : said.identifying) {
    AddPart(&aside, StrCat(qualifier.name, ": ", TermText(qualifier.value)));
  }
  for (const Qualifier& qualifier : claim.qualifiers) {
    AddPart(&aside, StrCat(qualifier.name, ": ", TermText(qualifier.value)));
  }
  if (claim.quantity.has_value()) {
    AddPart(&aside, StrCat("quantity: ", FormatQuantity(*claim.quantity)));
    if (!claim.quantity->basis.empty()) AddPart(&aside, StrCat("counting: ", claim.quantity->basis));
  }
  if (!claim.valid.is_undated()) AddPart(&aside, StrCat("valid: ", claim.valid.text()));
  return aside.empty() ? text : StrCat(text, " (", aside, ")");
}

std::string ClaimText::Place(const CitedClaim& cited) const {
  const Claim& claim = cited.claim;
  std::string text;
  const bool publisher_speaks =
      std::find(claim.asserters.begin(), claim.asserters.end(), cited.document.publisher) != claim.asserters.end();
  if (!cited.document.publisher.empty() && !publisher_speaks) {
    text = StrCat("reported by ", NameOf(cited.document.publisher), ": ");
  }
  text += Quoted(cited.document.title.empty() ? cited.document.key : cited.document.title);
  if (!cited.document.date.is_undated()) AddPart(&text, cited.document.date.text());
  AddPart(&text, claim.locator.ToText());
  if (!claim.said.is_undated()) AddPart(&text, StrCat("said ", claim.said.text()));

  std::string cites;
  if (!claim.cites.note.empty()) cites = StrCat("note ", claim.cites.note);
  // A note that names seven handbooks would bury the claim under them.
  const size_t cited_documents = claim.cites.documents.size();
  const size_t named = cited_documents <= kNamedDocuments + 1 ? cited_documents : kNamedDocuments;
  for (size_t i = 0; i < named; ++i) AddPart(&cites, Quoted(DocumentTitle(claim.cites.documents[i])));
  if (named < cited_documents) cites += StrCat(" and ", cited_documents - named, " documents more");
  if (claim.cites.state == NoteState::kMissing) AddPart(&cites, "which is missing");
  if (claim.cites.state == NoteState::kIbid) AddPart(&cites, "an “ibid.” to another note");
  if (!cites.empty()) text += StrCat("; cites ", cites);
  return text;
}

std::string ClaimText::OneLine(const CitedClaim& cited) const {
  std::string text =
      StrCat(Asserters(cited.claim), " ", Stance(cited.claim), ": ", Statement(cited.claim), ". ", Place(cited));
  if (!cited.claim.quote.empty()) text += StrCat(": ", Quoted(cited.claim.quote));
  return Harmless(text);
}

std::string ClaimText::Block(const CitedClaim& cited, std::string_view first, size_t width) const {
  const size_t indent = DisplayWidth(first);
  const std::string margin(indent, ' ');
  std::string text =
      Paragraph(first, Harmless(StrCat(Asserters(cited.claim), " ", Stance(cited.claim), ": ", Statement(cited.claim))),
                indent, width);
  text += Paragraph(margin, Harmless(Place(cited)), indent, width);
  if (!cited.claim.quote.empty()) text += Paragraph(margin, Harmless(Quoted(cited.claim.quote)), indent, width);
  return text;
}

Json ClaimText::ToJson(const CitedClaim& cited) const {
  const Claim& claim = cited.claim;
  Json asserters = Json::array();
  for (const std::string& asserter : claim.asserters) asserters.push_back(NameOf(asserter));
  Json json = {{"asserters", std::move(asserters)},
               {"act", Name(claim.act)},
               {"document", cited.document.title.empty() ? cited.document.key : cited.document.title},
               {"date", cited.document.date.text()},
               {"locator", claim.locator.ToText()},
               {"quote", claim.quote},
               {"claim", claim.id},
               {"proposition", Statement(claim)},
               {"certainty", Name(claim.certainty)}};
  if (!claim.hedge.empty()) json["hedge"] = claim.hedge;
  if (!claim.said.is_undated()) json["said"] = claim.said.text();
  if (!cited.document.publisher.empty()) json["reporter"] = NameOf(cited.document.publisher);
  json["document_key"] = cited.document.key;
  if (!claim.cites.note.empty() || !claim.cites.documents.empty()) {
    Json documents = Json::array();
    for (const std::string& document : claim.cites.documents) documents.push_back(DocumentTitle(document));
    json["cites"] = {
        {"note", claim.cites.note}, {"documents", std::move(documents)}, {"state", Name(claim.cites.state)}};
  }
  return json;
}

}  // namespace dossier
