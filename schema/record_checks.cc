#include "schema/record_checks.h"

#include <algorithm>
#include <utility>

#include "graph/base/text.h"
#include "schema/error_codes.h"

namespace dossier {
namespace {

constexpr size_t kMaxKeyBytes = 1000;
constexpr size_t kQuotedBytes = 60;

bool IsSha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void CheckFilled(std::string_view text, Column column, std::string_view what, FieldReporter* reporter) {
  if (!Trim(text).empty()) return;
  reporter->Report(kEmptyCell, column, StrCat("'", Name(column), "' is empty"),
                   StrCat("each ", what, " has a ", Name(column)), "fill it in");
}

}  // namespace

std::string OneOf(const std::vector<std::string>& names) {
  std::string text;
  for (size_t i = 0; i < names.size(); ++i)
    text += StrCat(i == 0 ? "" : i + 1 == names.size() ? " or " : ", ", names[i]);
  return text;
}

std::string DidYouMean(std::string_view wanted, const std::vector<std::string>& names, std::string_view otherwise) {
  const std::string closest = ClosestName(wanted, names);
  return closest.empty() ? std::string(otherwise) : StrCat("did you mean '", closest, "'?");
}

std::string Quote(std::string_view text) {
  std::string_view shown = text.substr(0, kQuotedBytes);
  if (shown.size() < text.size()) {
    while (!shown.empty() && (static_cast<unsigned char>(text[shown.size()]) & 0xC0) == 0x80) shown.remove_suffix(1);
  }
  std::string out = "'";
  for (const char c : shown) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return out + (shown.size() < text.size() ? "...'" : "'");
}

bool CheckKey(std::string_view key, Column column, std::string_view what, FieldReporter* reporter) {
  if (key.size() > kMaxKeyBytes) {
    reporter->Report(kCellTooLong, column, StrCat(what, " of ", key.size(), " bytes"),
                     StrCat(what, " holds at most ", kMaxKeyBytes, " bytes"), "choose a shorter one");
    return false;
  }
  if (key.starts_with("claim:")) {
    reporter->Report(kBadKey, column, StrCat(what, " ", Quote(key), " begins with 'claim:'"),
                     "'claim:' marks a reference to a claim", "take it away");
    return false;
  }
  const size_t bad = key.find_first_of(" \t\r\n\v\f;=^\\\"");
  const bool control =
      std::any_of(key.begin(), key.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (bad == std::string_view::npos && !control) return true;
  reporter->Report(
      kBadKey, column,
      StrCat(what, " ", Quote(key), " has ",
             bad == std::string_view::npos                                              ? "a control character"
             : std::string_view(" \t\r\n\v\f").find(key[bad]) != std::string_view::npos ? "white space"
                                                                                        : StrCat("a '", key[bad], "'"),
             " in it"),
      "a key or id has no white space and none of ; = ^ \\ \"", "write type/some-name, as in state/russia",
      std::min(bad, key.size()), bad == std::string_view::npos ? bad : bad + 1);
  return false;
}

bool CheckDocumentKey(std::string_view key, Column column, FieldReporter* reporter) {
  if (key.size() > kMaxKeyBytes) return CheckKey(key, column, "a document's key", reporter);
  for (size_t i = 0; i < key.size(); ++i) {
    const char c = key[i];
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/') continue;
    reporter->Report(
        kBadKey, column,
        StrCat("the key ", Quote(key), " of a document has a '", Quote(key.substr(i, 1)).substr(1, 1), "' in it"),
        "a document's key is lower case letters, digits and - _ . /", "as in doc/ccw-2007-wp10", i, i + 1);
    return false;
  }
  return true;
}

// Two to eight letters, then groups of letters and digits: the shape of BCP 47, not its register.
bool IsLanguage(std::string_view text) {
  size_t group = 0;
  bool first = true;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || text[i] == '-') {
      if (group < (first ? 2U : 1U) || group > 8) return false;
      first = false;
      group = 0;
      continue;
    }
    const char c = text[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && (first || c < '0' || c > '9')) return false;
    ++group;
  }
  return true;
}

bool IsUrl(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < 2 || colon + 1 == text.size()) return false;
  if (text.find_first_of(" \t\r\n\"<>") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '.' ||
           c == '-';
  });
}

void CheckEntity(const Entity& entity, const Ontology& ontology, KnownThings* known, FieldReporter* reporter) {
  CheckFilled(entity.key, Column::kKey, "entity", reporter);
  CheckFilled(entity.name, Column::kName, "entity", reporter);
  if (!entity.key.empty()) CheckKey(entity.key, Column::kKey, "a key", reporter);
  if (entity.types.empty()) CheckFilled("", Column::kType, "entity", reporter);
  for (const std::string& type : entity.types) {
    if (type == kDocumentType || type == kClaimType) {
      reporter->Report(kUnknownType, Column::kType, StrCat("an entity cannot be of type '", type, "'"),
                       "documents and claims are made by the store",
                       type == kDocumentType ? "describe it in a documents file" : "refer to it as claim:ID");
      continue;
    }
    const EntityType* declared = ontology.FindType(type);
    if (declared == nullptr && !ontology.is_open()) {
      reporter->Report(kUnknownType, Column::kType, StrCat("unknown type ", Quote(type)),
                       "a type must be declared in the ontology",
                       DidYouMean(type, ontology.TypeNames(), "mend the spelling, or declare it in the ontology"));
    }
    if (declared == nullptr) continue;
    for (const std::string& other : entity.types) {
      if (other <= type || !std::binary_search(declared->excludes.begin(), declared->excludes.end(), other)) continue;
      reporter->Report(
          kTypesExclude, Column::kType, StrCat(Quote(entity.key), " cannot be both ", type, " and ", other),
          "the ontology says that the two exclude each other", "make two entities of it, or keep one type");
    }
  }
  for (const Alias& alias : entity.aliases) {
    if (alias.text.empty()) {
      reporter->Report(kBadAlias, Column::kAliases, "an alias without a text",
                       "an alias is written text@language^doc/key[time]", "take it away");
    }
    if (!alias.document.empty() && known->FindDocument(alias.document) == nullptr) {
      reporter->Report(
          kBadAlias, Column::kAliases,
          StrCat("the alias ", Quote(alias.text), " is limited to ", Quote(alias.document), ", which is no document"),
          "an alias is written text@language^doc/key[time]", "add the document, or mend its key");
    }
  }
}

void CheckDocument(const Document& document, KnownThings* known, FieldReporter* reporter) {
  CheckFilled(document.key, Column::kKey, "document", reporter);
  CheckFilled(document.title, Column::kTitle, "document", reporter);
  if (!document.key.empty()) CheckDocumentKey(document.key, Column::kKey, reporter);
  if (!document.publisher.empty()) {
    const KnownEntity* publisher = known->FindEntity(document.publisher);
    if (publisher == nullptr) {
      reporter->Report(kUnknownEntity, Column::kPublisher, StrCat("unknown entity ", Quote(document.publisher)),
                       "what a row refers to is in an entities file, or in the store",
                       known->Suggestion(document.publisher));
    } else if (!publisher->accepted) {
      reporter->DependsOn(publisher->reason);
    }
  }
  if (!document.language.empty() && !IsLanguage(document.language)) {
    reporter->Report(kBadDocumentField, Column::kLanguage, StrCat(Quote(document.language), " is no language tag"),
                     "languages are named as in BCP 47", "as in en, ru, pt-BR");
  }
  if (!document.url.empty() && !IsUrl(document.url)) {
    reporter->Report(kBadDocumentField, Column::kUrl, StrCat(Quote(document.url), " is no address"),
                     "an address is a URL with its scheme and without spaces", "as in https://example.org/report");
  }
  if (!document.sha256.empty() && !IsSha256(document.sha256)) {
    reporter->Report(kBadDocumentField, Column::kSha256, StrCat(Quote(document.sha256), " is no SHA-256"),
                     "a SHA-256 has 64 hexadecimal digits", "sha256sum prints it");
  } else if (document.sha256.empty() && !document.file.empty()) {
    reporter->Report(kEmptyCell, Column::kSha256, "a document with a file and without its checksum",
                     "sha256 is required where file is given", "sha256sum prints it");
  }
  if (document.part_of.empty()) return;
  if (document.part_of == document.key) {
    reporter->Report(kRefersToItself, Column::kPartOf, "a document that is part of itself",
                     "part_of names the document that this one is an annex or a page of", "leave it empty");
  } else if (known->FindDocument(document.part_of) == nullptr) {
    reporter->Report(kUnknownDocument, Column::kPartOf, StrCat("unknown document ", Quote(document.part_of)),
                     "every document is described in a documents file, or is in the store",
                     "add it there, or mend the key");
  }
}

void CheckBuiltClaim(const Claim& claim, FieldReporter* reporter) {
  const Proposition& proposition = claim.proposition;
  CheckFilled(proposition.relation, Column::kRelation, "claim", reporter);
  const auto check_term = [reporter](const Term& term, Column column) {
    if (term.kind != Term::Kind::kLiteral) return CheckFilled(term.key, column, "claim", reporter);
    switch (term.literal.type()) {
      case Value::Type::kString:
      case Value::Type::kInteger:
      case Value::Type::kFloat:
      case Value::Type::kBoolean:
      case Value::Type::kTime:
      case Value::Type::kQuantity:
        return;
      default:
        reporter->Report(kBadLiteral, column, StrCat("a ", TypeName(term.literal.type())),
                         "a literal is a string, number, boolean, time or quantity", "");
    }
  };
  check_term(proposition.subject, Column::kSubject);
  check_term(proposition.object, Column::kObject);
  for (const auto* qualifiers : {&proposition.identifying, &claim.qualifiers}) {
    for (const Qualifier& qualifier : *qualifiers) check_term(qualifier.value, Column::kQualifiers);
  }
  if (claim.locator.empty() && !claim.document.empty()) CheckFilled("", Column::kLocator, "claim", reporter);
  for (const std::string* text : {&claim.hedge, &claim.quote, &claim.quote_before, &claim.quote_after, &claim.note,
                                  &claim.cites.note, &proposition.relation}) {
    if (FindInvalidUtf8(*text) == std::string_view::npos) continue;
    reporter->Report(kNotUtf8, Column::kNote, "a text that is no UTF-8", "all texts are UTF-8", "");
    return;
  }
}

}  // namespace dossier
