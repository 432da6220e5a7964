#include "schema/claim_validator.h"

#include <algorithm>
#include <utility>

#include "graph/base/text.h"
#include "schema/error_codes.h"

namespace dossier {
namespace {

// A total order on terms, so that equal propositions are written the same.
bool Before(const Term& a, const Term& b) {
  if (a.kind != b.kind) return a.kind < b.kind;
  if (a.kind != Term::Kind::kLiteral) return a.key < b.key;
  const int order = Order(a.literal, b.literal);
  return order != 0 ? order < 0 : a.literal.type() < b.literal.type();
}

bool Before(const Qualifier& a, const Qualifier& b) {
  return a.name != b.name ? a.name < b.name : Before(a.value, b.value);
}

void SortQualifiers(std::vector<Qualifier>* qualifiers) {
  if (qualifiers->size() < 2) return;
  std::sort(qualifiers->begin(), qualifiers->end(),
            [](const Qualifier& a, const Qualifier& b) { return Before(a, b); });
  qualifiers->erase(std::unique(qualifiers->begin(), qualifiers->end()), qualifiers->end());
}

}  // namespace

std::optional<ValidatedClaim> ClaimValidator::Check(Claim&& claim, FieldReporter* reporter) {
  const Relation* relation = ontology_->FindRelation(claim.proposition.relation);
  if (!claim.id.empty()) CheckKey(claim.id, Column::kId, "an id", reporter);
  CheckRelation(relation, &claim, reporter);
  CheckQualifiers(relation, &claim, reporter);
  CheckSource(&claim, reporter);
  CheckLengths(claim, reporter);
  if (!reporter->clean()) return std::nullopt;
  PutInOrder(relation, &claim);
  // An id that is the hash of the content is as good as none: exports write it out.
  bool id_by_content = claim.id.empty() || claim.id.size() == 2 * ContentHash().size();
  if (id_by_content) {
    std::string content_id = ContentIdOf(claim);
    if (claim.id.empty())
      claim.id = std::move(content_id);
    else
      id_by_content = claim.id == content_id;
  }
  for (const Reference& reference : References(claim)) {
    if (reference.id != claim.id) continue;
    reporter->Report(kRefersToItself, reference.column, StrCat("claim ", Quote(claim.id), " refers to itself"),
                     "a claim is about, or replaces, another one", "give the id of the claim that is meant");
    return std::nullopt;
  }
  return std::optional<ValidatedClaim>(std::in_place, ValidatedClaim::Passed(), std::move(claim), id_by_content);
}

std::vector<ClaimValidator::Reference> ClaimValidator::References(const Claim& claim) {
  std::vector<Reference> references;
  const auto add = [&references](const Term& term, Column column) {
    if (term.kind == Term::Kind::kClaim && !term.key.empty()) references.push_back({column, term.key});
  };
  add(claim.proposition.subject, Column::kSubject);
  add(claim.proposition.object, Column::kObject);
  for (const auto* qualifiers : {&claim.proposition.identifying, &claim.qualifiers}) {
    for (const Qualifier& qualifier : *qualifiers) add(qualifier.value, Column::kQualifiers);
  }
  for (const std::string& id : claim.supersedes) references.push_back({Column::kSupersedes, id});
  return references;
}

void ClaimValidator::CheckRelation(const Relation* relation, Claim* claim, FieldReporter* reporter) {
  const Proposition& proposition = claim->proposition;
  if (relation == nullptr) {
    if (proposition.relation.empty()) return;  // reported by whoever read it
    if (!ontology_->is_open()) {
      reporter->Report(kUnknownRelation, Column::kRelation, StrCat("unknown relation ", Quote(proposition.relation)),
                       "a relation must be declared in the ontology",
                       DidYouMean(proposition.relation, ontology_->RelationNames(),
                                  "mend the spelling, or declare it in the ontology"));
      return;
    }
    if (proposition.subject.kind == Term::Kind::kLiteral) {
      reporter->Report(kWrongTermKind, Column::kSubject, "the subject is a literal",
                       "a subject is an entity or a claim", "give the entity's key");
    }
    CheckTerm(proposition.subject, {}, "subject", nullptr, Column::kSubject, reporter);
    CheckTerm(proposition.object, {}, "object", nullptr, Column::kObject, reporter);
    return;
  }
  if (relation->from_fields) {
    reporter->Report(
        kNotToBeClaimed, Column::kRelation, StrCat("relation '", relation->name, "' cannot be claimed"),
        "SUBJECT, OBJECT, ASSERTED_BY, FROM_DOCUMENT, CITES, SAYS and SUPERSEDES are read off the claims' own "
        "fields",
        "fill in the claim's column instead, or declare a relation of your own");
    return;
  }
  if (proposition.subject.kind == Term::Kind::kLiteral) {
    reporter->Report(kWrongTermKind, Column::kSubject, "the subject is a literal", "a subject is an entity or a claim",
                     "give the entity's key");
  } else {
    CheckTerm(proposition.subject, relation->subject, "subject", relation, Column::kSubject, reporter);
  }
  if (relation->is_attribute()) {
    CheckLiteral(proposition.object.literal, relation->value, "object", *relation, Column::kObject, reporter);
    if (proposition.object.kind != Term::Kind::kLiteral && !proposition.object.key.empty()) {
      reporter->Report(kWrongTermKind, Column::kObject,
                       StrCat("the object of '", relation->name, "' is an entity or a claim"),
                       StrCat("the object of '", relation->name, "' is a literal of type ", Name(relation->value)),
                       "give the value itself");
    }
  } else if (proposition.object.kind == Term::Kind::kLiteral) {
    if (!proposition.object.literal.is_null()) {
      reporter->Report(kWrongTermKind, Column::kObject, StrCat("the object of '", relation->name, "' is a literal"),
                       StrCat("the object of '", relation->name, "' is an entity or a claim"), "give the entity's key");
    }
  } else {
    CheckTerm(proposition.object, relation->object, "object", relation, Column::kObject, reporter);
  }
}

void ClaimValidator::CheckTerm(const Term& term, const std::vector<std::string>& allowed, std::string_view role,
                               const Relation* relation, Column column, FieldReporter* reporter) {
  static const std::vector<std::string> claim_type = {std::string(kClaimType)};
  if (term.kind == Term::Kind::kLiteral || term.key.empty()) return;
  const std::vector<std::string>* types = &claim_type;
  if (term.kind == Term::Kind::kEntity) {
    const KnownEntity* known = known_->FindEntity(term.key);
    if (known == nullptr) return CheckEntity(term.key, column, reporter);
    if (!known->accepted) return reporter->DependsOn(known->reason);
    types = known->types;
  }
  if (ontology_->Admits(allowed, *types)) return;
  const bool is_claim = term.kind == Term::Kind::kClaim;
  reporter->Report(kWrongType, column,
                   StrCat(Quote(term.key), is_claim ? " is a claim" : StrCat(", of type ", OneOf(*types), ","),
                          is_claim ? ", which" : "", " cannot be the ", role,
                          relation == nullptr ? "" : StrCat(" of ", relation->name)),
                   StrCat("the ontology takes there ", OneOf(allowed)),
                   "check the key, the relation and which way round it goes");
}

bool ClaimValidator::CheckLiteral(const Value& value, ValueType type, std::string_view role, const Relation& relation,
                                  Column column, FieldReporter* reporter) {
  using Type = Value::Type;
  if (value.is_null()) return true;  // reported by whoever read it, or an entity
  bool fits = false;
  switch (type) {
    case ValueType::kString:
    case ValueType::kUrl:
      fits = value.type() == Type::kString;
      break;
    case ValueType::kInteger:
      fits = value.type() == Type::kInteger;
      break;
    case ValueType::kNumber:
      fits = value.is_number();
      break;
    case ValueType::kBoolean:
      fits = value.type() == Type::kBoolean;
      break;
    case ValueType::kTime:
      fits = value.type() == Type::kTime;
      break;
    case ValueType::kQuantity:
      fits = value.type() == Type::kQuantity;
      break;
    case ValueType::kEntity:
      break;
  }
  if (fits) return true;
  reporter->Report(kWrongTermKind, column,
                   StrCat("the ", role, " of ", relation.name, " is of type ", TypeName(value.type())),
                   StrCat("the ontology takes there a value of type ", Name(type)), "give a value of that type");
  return false;
}

void ClaimValidator::CheckQualifiers(const Relation* relation, Claim* claim, FieldReporter* reporter) {
  std::vector<Qualifier> all = std::move(claim->proposition.identifying);
  claim->proposition.identifying.clear();
  for (Qualifier& qualifier : claim->qualifiers) all.push_back(std::move(qualifier));
  claim->qualifiers.clear();
  if (relation == nullptr && !ontology_->is_open()) return;  // reported already

  SortQualifiers(&all);
  for (size_t i = 0; i < all.size(); ++i) {
    Qualifier& qualifier = all[i];
    const QualifierRule* rule = relation != nullptr ? relation->FindQualifier(qualifier.name) : nullptr;
    const bool is_literal = qualifier.value.kind == Term::Kind::kLiteral;
    bool identifies = !is_literal;
    if (rule == nullptr) {
      if (!ontology_->is_open()) {
        std::vector<std::string> names;
        for (const QualifierRule& declared : relation->qualifiers) names.push_back(declared.name);
        std::string hint = DidYouMean(qualifier.name, names);
        if (hint.empty()) hint = names.empty() ? "it takes none" : StrCat("it takes ", OneOf(names));
        reporter->Report(kUnknownQualifier, Column::kQualifiers,
                         StrCat("relation '", relation->name, "' takes no qualifier ", Quote(qualifier.name)),
                         "a qualifier must be declared for the relation", std::move(hint));
        continue;
      }
      CheckTerm(qualifier.value, {}, "qualifier", nullptr, Column::kQualifiers, reporter);
    } else {
      identifies = rule->identifies;
      const std::string what = StrCat("qualifier ", rule->name);
      if (rule->value == ValueType::kEntity) {
        if (is_literal && !qualifier.value.literal.is_null()) {
          reporter->Report(kWrongTermKind, Column::kQualifiers, StrCat("the ", what, " is a literal"),
                           "the ontology takes there an entity", "give the entity's key");
        }
        CheckTerm(qualifier.value, rule->range, what, relation, Column::kQualifiers, reporter);
      } else if (!is_literal) {
        reporter->Report(kWrongTermKind, Column::kQualifiers, StrCat("the ", what, " is an entity or a claim"),
                         StrCat("the ontology takes there a value of type ", Name(rule->value)),
                         "give the value itself");
      } else if (CheckLiteral(qualifier.value.literal, rule->value, what, *relation, Column::kQualifiers, reporter) &&
                 !rule->values.empty() && !qualifier.value.literal.is_null()) {
        const std::string text = ToString(qualifier.value.literal);
        if (std::find(rule->values.begin(), rule->values.end(), text) == rule->values.end()) {
          std::string hint = DidYouMean(text, rule->values, "choose one of them");
          reporter->Report(kBadQualifier, Column::kQualifiers, StrCat(Quote(text), " is no ", rule->name),
                           StrCat("the ", what, " is one of ", OneOf(rule->values)), std::move(hint));
        }
      }
      // The next one, because those before have been moved away.
      if (rule->single_valued && i + 1 < all.size() && all[i + 1].name == qualifier.name) {
        reporter->Report(kBadQualifier, Column::kQualifiers, StrCat("two values for the ", what),
                         "the ontology says that it has one", "make two claims of it, or keep one value");
      }
    }
    (identifies ? claim->proposition.identifying : claim->qualifiers).push_back(std::move(qualifier));
  }
  if (relation == nullptr) return;
  for (const QualifierRule& rule : relation->qualifiers) {
    if (!rule.required) continue;
    const auto is_it = [&rule](const Qualifier& qualifier) { return qualifier.name == rule.name; };
    const auto& held = rule.identifies ? claim->proposition.identifying : claim->qualifiers;
    if (std::any_of(held.begin(), held.end(), is_it)) continue;
    reporter->Report(
        kMissingQualifier, Column::kQualifiers,
        StrCat("a claim of '", relation->name, "' without the qualifier '", rule.name, "'"), "the ontology requires it",
        rule.values.empty() ? StrCat("add ", rule.name, "=...") : StrCat("add ", rule.name, "=", OneOf(rule.values)));
  }
}

void ClaimValidator::CheckEntity(std::string_view key, Column column, FieldReporter* reporter) {
  if (key.empty()) return;
  const KnownEntity* known = known_->FindEntity(key);
  if (known != nullptr) {
    if (!known->accepted) reporter->DependsOn(known->reason);
    return;
  }
  reporter->Report(kUnknownEntity, column, StrCat("unknown entity ", Quote(key)),
                   "what a claim refers to is in an entities file, or in the store",
                   reporter->wants_hints() ? known_->Suggestion(key) : "");
}

void ClaimValidator::CheckDocument(std::string_view key, Column column, FieldReporter* reporter) {
  const KnownDocument* known = known_->FindDocument(key);
  if (known != nullptr) {
    if (!known->accepted) reporter->DependsOn(known->reason);
    return;
  }
  reporter->Report(kUnknownDocument, column, StrCat("unknown document ", Quote(key)),
                   "every document is described in a documents file, or is in the store",
                   "add it there, or mend the key");
}

void ClaimValidator::CheckSourceOf(std::string_view document, FieldReporter* reporter) {
  if (document.empty()) {
    reporter->Report(kNoSource, Column::kDocument, "a claim without a source",
                     "every claim names the document that it was read in", "fill in 'document', and 'locator'");
  } else {
    CheckDocument(document, Column::kDocument, reporter);
  }
}

void ClaimValidator::CheckSource(Claim* claim, FieldReporter* reporter) {
  CheckSourceOf(claim->document, reporter);
  for (const std::string& asserter : claim->asserters) CheckEntity(asserter, Column::kAsserters, reporter);
  if (claim->asserters.empty() && !claim->document.empty()) {
    const KnownDocument* document = known_->FindDocument(claim->document);
    if (document != nullptr && !document->document.publisher.empty()) {
      claim->asserters = {document->document.publisher};
    }
  }
  if (!claim->statement.empty()) {
    const KnownEntity* known = known_->FindEntity(claim->statement);
    if (known == nullptr || !known->accepted) {
      CheckEntity(claim->statement, Column::kStatement, reporter);
    } else if (!ontology_->Admits({std::string(kStatementType)}, *known->types)) {
      reporter->Report(
          kNotAStatement, Column::kStatement, StrCat(Quote(claim->statement), " is of type ", OneOf(*known->types)),
          "a claim is made in an entity of type Statement", "name the speech act here, and who made it in 'asserters'");
    }
  }
  for (const std::string& document : claim->cites.documents) CheckDocument(document, Column::kCitesDocument, reporter);
  if (claim->cites.note.empty() != (claim->cites.state == NoteState::kNone)) {
    const bool no_note = claim->cites.note.empty();
    reporter->Report(kCitationClash, no_note ? Column::kCitesState : Column::kCitesNote,
                     no_note ? "'cites_state' without a note" : "a note without its state",
                     "cites_note and cites_state come together",
                     no_note ? "fill in 'cites_note'" : "write present, missing or ibid into 'cites_state'");
  }
}

void ClaimValidator::CheckLengths(const Claim& claim, FieldReporter* reporter) {
  const auto check = [&](const std::string& text, Column column) {
    if (text.size() <= max_field_bytes_) return;
    reporter->Report(kCellTooLong, column, StrCat("a text of ", text.size(), " bytes"),
                     StrCat("a field holds at most ", max_field_bytes_, " bytes"), "");
  };
  check(claim.hedge, Column::kHedge);
  check(claim.quote, Column::kQuote);
  check(claim.quote_before, Column::kQuoteBefore);
  check(claim.quote_after, Column::kQuoteAfter);
  check(claim.cites.note, Column::kCitesNote);
  check(claim.note, Column::kNote);
  check(claim.proposition.relation, Column::kRelation);
}

void ClaimValidator::PutInOrder(const Relation* relation, Claim* claim) {
  SortQualifiers(&claim->proposition.identifying);
  SortQualifiers(&claim->qualifiers);
  if (relation != nullptr && relation->symmetric && Before(claim->proposition.object, claim->proposition.subject)) {
    std::swap(claim->proposition.subject, claim->proposition.object);
  }
}

}  // namespace dossier
