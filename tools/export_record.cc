#include "tools/export_record.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "graph/quantity.h"
#include "schema/claim_file_reader.h"

namespace dossier {
namespace {

void Put(Json* record, const char* field, std::string_view text) {
  if (!text.empty()) (*record)[field] = std::string(text);
}

void Put(Json* record, const char* field, const std::vector<std::string>& values) {
  if (!values.empty()) (*record)[field] = values;
}

std::string QuantityText(const Quantity& quantity) {
  return quantity.text.empty() ? FormatBounds(quantity) : quantity.text;
}

std::string TermText(const Term& term) {
  switch (term.kind) {
    case Term::Kind::kEntity:
      return term.key;
    case Term::Kind::kClaim:
      return StrCat("claim:", term.key);
    case Term::Kind::kLiteral:
      return term.literal.type() == Value::Type::kQuantity ? QuantityText(term.literal.quantity())
                                                           : ToString(term.literal);
  }
  return "";
}

// "Ivory Coast@en^doc/a[2015]"
std::string AliasText(const Alias& alias) {
  std::string text = alias.text;
  if (!alias.language.empty()) text += StrCat("@", alias.language);
  if (!alias.document.empty()) text += StrCat("^", alias.document);
  if (!alias.valid.is_undated()) text += StrCat("[", alias.valid.text(), "]");
  return text;
}

}  // namespace

Json RecordOf(const Document& document) {
  Json record = {{"record", "document"}, {"key", document.key}, {"title", document.title}};
  Put(&record, "publisher", document.publisher);
  Put(&record, "author", document.authors);
  Put(&record, "date", document.date.text());
  Put(&record, "kind", document.kind);
  Put(&record, "language", document.language);
  Put(&record, "url", document.url);
  Put(&record, "file", document.file);
  Put(&record, "sha256", document.sha256);
  Put(&record, "part_of", document.part_of);
  Put(&record, "note", document.note);
  return record;
}

Json RecordOf(const Entity& entity) {
  Json record = {{"record", "entity"}, {"key", entity.key}, {"type", entity.types}, {"name", entity.name}};
  std::vector<std::string> aliases;
  for (const Alias& alias : entity.aliases) aliases.push_back(AliasText(alias));
  Put(&record, "aliases", aliases);
  Put(&record, "description", entity.description);
  return record;
}

Json RecordOf(const Claim& claim) {
  const Proposition& said = claim.proposition;
  Json record = {{"record", "claim"},
                 {"id", claim.id},
                 {"subject", TermText(said.subject)},
                 {"relation", said.relation},
                 {"object", TermText(said.object)}};
  std::vector<std::string> qualifiers;
  for (const auto* part : {&said.identifying, &claim.qualifiers}) {
    for (const Qualifier& qualifier : *part)
      qualifiers.push_back(StrCat(qualifier.name, "=", TermText(qualifier.value)));
  }
  Put(&record, "qualifiers", qualifiers);
  Put(&record, "valid", claim.valid.text());
  if (claim.quantity.has_value()) {
    Put(&record, "quantity", QuantityText(*claim.quantity));
    Put(&record, "unit", claim.quantity->unit);
    Put(&record, "counting", claim.quantity->basis);
  } else if (said.object.kind == Term::Kind::kLiteral && said.object.literal.type() == Value::Type::kQuantity) {
    Put(&record, "unit", said.object.literal.quantity().unit);
    Put(&record, "counting", said.object.literal.quantity().basis);
  }
  record["act"] = Name(claim.act);
  if (claim.certainty != Certainty::kCertain) record["certainty"] = Name(claim.certainty);
  Put(&record, "hedge", claim.hedge);
  Put(&record, "asserters", claim.asserters);
  Put(&record, "said", claim.said.text());
  Put(&record, "statement", claim.statement);
  record["document"] = claim.document;
  Put(&record, "locator", claim.locator.ToCell());
  Put(&record, "quote", claim.quote);
  Put(&record, "quote_before", claim.quote_before);
  Put(&record, "quote_after", claim.quote_after);
  Put(&record, "cites_note", claim.cites.note);
  Put(&record, "cites_document", claim.cites.documents);
  Put(&record, "cites_state", Name(claim.cites.state));
  if (claim.rank != Rank::kNormal) record["rank"] = Name(claim.rank);
  Put(&record, "supersedes", claim.supersedes);
  Put(&record, "note", claim.note);
  return record;
}

}  // namespace dossier
