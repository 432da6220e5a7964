#include "graph/canonical_text.h"

#include <algorithm>
#include <utility>

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
  Count(fields.has_quantity ? 1 : 0);
  if (fields.has_quantity) {
    Field(fields.quantity);
    Field(fields.quantity_words);
  }
  Field(fields.act);
  Field(fields.certainty);
  Field(fields.hedge);
  Texts(fields.asserters);
  Field(fields.said);
  Field(fields.statement);
  Field(fields.document);
  // Most of these are empty.
  size_t empty = 0;
  const auto add = [this, &empty](std::string_view field) {
    if (field.empty()) {
      ++empty;
      return;
    }
    Empty(std::exchange(empty, 0));
    Field(field);
  };
  for (const std::string_view part : fields.locator) add(part);
  add(fields.quote);
  add(fields.quote_before);
  add(fields.quote_after);
  add(fields.cites_note);
  Empty(empty);
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

void CanonicalText::HashBoth(const CanonicalText& first, const CanonicalText& second, ContentHash* of_first,
                             ContentHash* of_second) {
  const auto [one, other] = Sha256OfBoth(first.text(), second.text());
  std::copy_n(one.begin(), of_first->size(), of_first->begin());
  std::copy_n(other.begin(), of_second->size(), of_second->begin());
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
