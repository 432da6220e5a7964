#include "graph/canonical_text.h"

#include <algorithm>

#include "graph/base/sha256.h"
#include "graph/base/text.h"

namespace dossier {

void CanonicalText::TermOf(const Term& term) {
  switch (term.kind) {
    case Term::Kind::kEntity:
      return EntityTerm(term.key);
    case Term::Kind::kClaim:
      return ClaimTerm(term.key);
    case Term::Kind::kLiteral:
      Append("l");
      return Field(LiteralText(term.literal));
  }
}

void CanonicalText::Qualifiers(const std::vector<Qualifier>& qualifiers) {
  Count(qualifiers.size());
  for (const Qualifier& qualifier : qualifiers) {
    Field(qualifier.name);
    TermOf(qualifier.value);
  }
}

void CanonicalText::PropositionOf(const Proposition& proposition) {
  TermOf(proposition.subject);
  Field(proposition.relation);
  TermOf(proposition.object);
  Qualifiers(proposition.identifying);
}

void CanonicalText::RestOfClaim(const CanonicalFields& fields) {
  Field(fields.valid);
  Count(fields.quantity != nullptr ? 1 : 0);
  if (fields.quantity != nullptr) {
    Field(QuantityText(*fields.quantity));
    Field(fields.quantity->text);
  }
  Field(fields.act);
  Field(fields.certainty);
  Field(fields.hedge);
  Texts(fields.asserters);
  Field(fields.said);
  Field(fields.statement);
  Field(fields.document);
  for (const std::string_view part : fields.locator) Field(part);
  Field(fields.quote);
  Field(fields.quote_before);
  Field(fields.quote_after);
  Field(fields.cites_note);
  Texts(fields.cites_documents);
  Field(fields.cites_state);
  Field(fields.rank);
  Texts(fields.supersedes);
  Field(fields.note);
}

ContentHash CanonicalText::Hash() const {
  const Sha256Digest digest = Sha256(text());
  ContentHash hash;
  std::copy_n(digest.begin(), hash.size(), hash.begin());
  return hash;
}

std::string CanonicalText::QuantityText(const Quantity& quantity) {
  char marks[7];
  char* mark = marks;
  for (const bool set : {quantity.low_open, quantity.high_open, quantity.countable, quantity.approximate,
                         quantity.vague, quantity.unknown, quantity.derived}) {
    *mark++ = set ? '1' : '0';
  }
  return StrCat(quantity.low, ' ', quantity.high, ' ', std::string_view(marks, sizeof(marks)), ' ',
                quantity.unit.size(), ':', quantity.unit, quantity.basis);
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

}  // namespace dossier
