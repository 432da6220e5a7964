#include "schema/row_parser.h"

#include <algorithm>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "graph/edtf.h"
#include "graph/quantity.h"
#include "schema/error_codes.h"
#include "schema/literals.h"

namespace dossier {
namespace {

constexpr size_t kMaxKeptTimes = 100000;
constexpr size_t kMaxCandidatesListed = 8;

template <typename Enum>
Enum ParseWord(const RawRecord& record, Column column, std::optional<Enum> (*parse)(std::string_view), Enum otherwise,
               const std::vector<std::string>& words, FieldReporter* reporter) {
  const std::string_view text = record.Text(column);
  if (text.empty()) return otherwise;
  if (const auto value = parse(text)) return *value;
  std::string hint = DidYouMean(text, words, "choose one of them");
  reporter->Report(kUnknownWord, column, StrCat(Quote(text), " is no ", Name(column)),
                   StrCat("'", Name(column), "' is one of ", Join(words, ", ")), std::move(hint));
  return otherwise;
}

bool LooksLikeKey(std::string_view text) {
  return text.find('/') != std::string_view::npos && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
         });
}

// What a value's own reader found, put into the words of a row.
struct Fault {
  std::string cause, hint;
  size_t begin = 0, end = 0;
};
Fault FaultOf(const absl::Status& status) {
  const auto diagnostics = DiagnosticsOf(status);
  if (diagnostics.empty()) return {std::string(ToStd(status.message())), "", 0, 0};
  const Diagnostic& first = diagnostics.front();
  return {first.cause, first.hint, first.place.begin.offset, first.place.end.offset};
}

}  // namespace

bool CheckGiven(const RawRecord& record, Column column, FieldReporter* reporter) {
  if (!record.Text(column).empty()) return true;
  reporter->Report(kEmptyCell, column, StrCat("'", Name(column), "' is empty"),
                   StrCat("each ", Name(record.kind), " has a ", Name(column)), "fill it in");
  return false;
}

Entity RowParser::SketchEntity(const RawRecord& record) {
  Entity entity;
  entity.key = record.Text(Column::kKey);
  entity.name = record.Text(Column::kName);
  entity.types = SketchTypes(record);
  if (record.kind == RecordKind::kGroup) return entity;
  for (const ListValue& value : SplitList(record.Text(Column::kAliases))) {
    entity.aliases.push_back(ParseAlias(value, false, nullptr));
  }
  return entity;
}

std::vector<std::string> RowParser::SketchTypes(const RawRecord& record) {
  if (record.kind == RecordKind::kGroup) return {std::string(kGroupType)};
  std::vector<std::string> types;
  for (ListValue& type : SplitList(record.Text(Column::kType))) types.push_back(std::move(type.text));
  std::sort(types.begin(), types.end());
  types.erase(std::unique(types.begin(), types.end()), types.end());
  return types;
}

Entity RowParser::ParseEntity(const RawRecord& record, FieldReporter* reporter) {
  Entity entity = SketchEntity(record);
  entity.description = record.Text(Column::kDescription);
  if (record.kind == RecordKind::kGroup) return entity;

  entity.aliases.clear();
  for (const ListValue& value : SplitList(record.Text(Column::kAliases))) {
    Alias alias = ParseAlias(value, true, reporter);
    if (std::find(entity.aliases.begin(), entity.aliases.end(), alias) == entity.aliases.end()) {
      entity.aliases.push_back(std::move(alias));
    }
  }
  return entity;
}

// text [@language] [^doc/key] [ "[" EDTF "]" ]
Alias RowParser::ParseAlias(const ListValue& value, bool check, FieldReporter* reporter) {
  Alias alias;
  std::string_view text = value.text;
  if (text.ends_with(']')) {
    const size_t open = text.find('[');
    const std::string_view inside = open == std::string_view::npos ? "" : text.substr(open + 1, text.size() - open - 2);
    // "Foo [bar]" is a name; only what begins as a time does is one.
    if (open != 0 && !inside.empty() &&
        std::string_view("0123456789.-YX[{/").find(inside.front()) != std::string_view::npos) {
      if (check) {
        alias.valid = ParseTime(inside, Column::kAliases, value.begin + open + 1, reporter);
      } else if (auto time = EdtfTime::Parse(inside); time.ok()) {
        alias.valid = *std::move(time);
      }
      text = Trim(text.substr(0, open));
    }
  }
  if (const size_t caret = text.rfind('^'); caret != std::string_view::npos) {
    alias.document = Trim(text.substr(caret + 1));
    text = Trim(text.substr(0, caret));
  }
  if (const size_t at = text.rfind('@'); at != std::string_view::npos && IsLanguage(text.substr(at + 1))) {
    alias.language = text.substr(at + 1);
    text = Trim(text.substr(0, at));
  }
  alias.text = text;
  return alias;
}

Document RowParser::ParseDocument(const RawRecord& record, FieldReporter* reporter) {
  Document document;
  document.key = record.Text(Column::kKey);
  document.title = record.Text(Column::kTitle);
  const std::string_view publisher = record.Text(Column::kPublisher);
  if (!publisher.empty()) {
    document.publisher = ParseEntityName(publisher, Column::kPublisher, 0, publisher.size(), {}, reporter);
  }
  for (ListValue& author : SplitList(record.Text(Column::kAuthor))) {
    // An author may be a name that no entity has.
    const auto matches = known_->Resolve(author.text, {});
    if (matches.empty() && LooksLikeKey(author.text)) {
      ParseEntityName(author.text, Column::kAuthor, author.begin, author.end, {}, reporter);
    }
    document.authors.push_back(matches.size() == 1 ? matches[0].key : std::move(author.text));
  }
  document.date = ParseTime(record.Text(Column::kDate), Column::kDate, 0, reporter);
  document.kind = record.Text(Column::kKind);
  document.language = record.Text(Column::kLanguage);
  document.url = record.Text(Column::kUrl);
  document.file = record.Text(Column::kFile);
  document.sha256 = AsciiLower(record.Text(Column::kSha256));
  document.part_of = record.Text(Column::kPartOf);
  document.note = record.Text(Column::kNote);
  return document;
}

EdtfTime RowParser::ParseTime(std::string_view text, Column column, size_t offset, FieldReporter* reporter) {
  if (text.empty()) return {};
  if (const auto kept = times_.find(ToAbsl(text)); kept != times_.end()) return kept->second;
  auto time = EdtfTime::Parse(text);
  if (time.ok()) {
    if (times_.size() < kMaxKeptTimes) times_.emplace(std::string(text), *time);
    return *std::move(time);
  }
  Fault fault = FaultOf(time.status());
  if (fault.hint.empty()) fault.hint = "as in 2015, 2015-09-30, 2014/2015, 2015-09-30/.., 1996~; empty if not dated";
  reporter->Report(kBadDate, column, std::move(fault.cause), "times are written in EDTF, ISO 8601-2",
                   std::move(fault.hint), offset + fault.begin, offset + std::max(fault.end, fault.begin + 1));
  return {};
}

std::optional<Quantity> RowParser::ParseQuantityCell(std::string_view text, std::string_view unit,
                                                     std::string_view counting, bool countable, Column column,
                                                     FieldReporter* reporter) {
  auto quantity = ParseQuantity(text, unit, countable);
  if (quantity.ok()) {
    quantity->basis = counting;
    return *std::move(quantity);
  }
  Fault fault = FaultOf(quantity.status());
  if (fault.hint.empty()) fault.hint = "as in 42, at least 238, more than 40, about 20, 5.5 million, 10-20, unknown";
  reporter->Report(kBadQuantityCell, column, std::move(fault.cause),
                   "quantities are written as docs/claim-files.md says", std::move(fault.hint), fault.begin,
                   std::max(fault.end, fault.begin + 1));
  return std::nullopt;
}

std::string RowParser::ParseEntityName(std::string_view text, Column column, size_t begin, size_t end,
                                       const NameContext& context, FieldReporter* reporter) {
  // Keys are the rule, and need no list of candidates.
  if (known_->FindEntity(text) != nullptr) return std::string(text);
  const std::vector<NameMatch> matches = known_->Resolve(text, context);
  if (matches.size() == 1) return matches[0].key;
  if (matches.empty()) {
    reporter->Report(kUnknownEntity, column, StrCat("unknown entity ", Quote(text)),
                     "what a row refers to is in an entities file, or in the store",
                     reporter->wants_hints() ? known_->Suggestion(text) : "", begin, end);
    return "";
  }
  std::string candidates;
  for (size_t i = 0; i < matches.size() && i < kMaxCandidatesListed; ++i) {
    candidates += StrCat(i == 0 ? "" : ", ", matches[i].key, " (", known_->NameOf(matches[i].key), ")");
  }
  if (matches.size() > kMaxCandidatesListed)
    candidates += StrCat(" and ", matches.size() - kMaxCandidatesListed, " more");
  reporter->Report(kAmbiguousName, column, StrCat("ambiguous name ", Quote(text), ": ", candidates),
                   "a name may be used where it means one entity", "give the key of the one that is meant", begin, end);
  return "";
}

Term RowParser::ParseReference(std::string_view text, Column column, size_t begin, size_t end,
                               const NameContext& context, FieldReporter* reporter) {
  if (text.starts_with("claim:")) {
    const std::string_view id = Trim(text.substr(6));
    if (id.empty()) {
      reporter->Report(kUnknownClaim, column, "'claim:' without an id", "a cell that names a claim is claim:ID", "",
                       begin, end);
    }
    return Term::Claim(id);
  }
  return Term::Entity(ParseEntityName(text, column, begin, end, context, reporter));
}

Value RowParser::ParseLiteral(ValueType type, std::string_view text, Column column, size_t begin, size_t end,
                              std::string_view unit, std::string_view counting, bool countable,
                              FieldReporter* reporter) {
  std::string_view wanted;
  switch (type) {
    case ValueType::kEntity:
    case ValueType::kString:
      return Value::String(text);
    case ValueType::kInteger:
      if (const auto value = ToInteger(text)) return Value::Integer(*value);
      wanted = "as in 126 or -3, without separators";
      break;
    case ValueType::kNumber:
      if (const auto value = ToNumber(text)) return Value::Float(*value);
      wanted = "as in 2.5 or 1e6, with a decimal point";
      break;
    case ValueType::kBoolean:
      if (text == "true") return Value::Boolean(true);
      if (text == "false") return Value::Boolean(false);
      wanted = "write true or false";
      break;
    case ValueType::kUrl:
      if (IsUrl(text)) return Value::String(text);
      wanted = "as in https://example.org/report";
      break;
    case ValueType::kTime: {
      EdtfTime time = ParseTime(text, column, begin, reporter);
      return time.is_undated() ? Value() : Value::Time(std::move(time));
    }
    case ValueType::kQuantity: {
      auto quantity = ParseQuantityCell(text, unit, counting, countable, column, reporter);
      return quantity.has_value() ? Value::OfQuantity(*std::move(quantity)) : Value();
    }
  }
  reporter->Report(kBadLiteral, column, StrCat(Quote(text), " is no value of type ", Name(type)),
                   "a literal is written as the ontology's value type says", std::string(wanted), begin, end);
  return Value();
}

// In an open ontology nothing says whether an entity or a literal is meant: what names an entity is one; what looks
// like a key, or stands with a relation in capitals, was meant to be one; all else is a literal.
Term RowParser::ParseOpenTerm(std::string_view name, std::string_view text, Column column, size_t begin, size_t end,
                              const NameContext& context, FieldReporter* reporter) {
  const bool capitals = std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (text.starts_with("claim:") || capitals || LooksLikeKey(text) || known_->Resolve(text, context).size() == 1) {
    return ParseReference(text, column, begin, end, context, reporter);
  }
  if (const auto integer = ToInteger(text)) return Term::Literal(Value::Integer(*integer));
  if (const auto number = ToNumber(text)) return Term::Literal(Value::Float(*number));
  if (text == "true" || text == "false") return Term::Literal(Value::Boolean(text == "true"));
  return Term::Literal(Value::String(text));
}

Term RowParser::ParseObject(const Relation* relation, std::string_view relation_name, std::string_view text,
                            Column column, std::string_view unit, std::string_view counting, const NameContext& context,
                            FieldReporter* reporter) {
  if (relation == nullptr) {
    return ParseOpenTerm(relation_name, text, column, 0, text.size(), context, reporter);
  }
  if (!relation->is_attribute()) return ParseReference(text, column, 0, text.size(), context, reporter);
  return Term::Literal(
      ParseLiteral(relation->value, text, column, 0, text.size(), unit, counting, relation->countable, reporter));
}

std::vector<Qualifier> RowParser::ParseQualifiers(const Relation* relation, const RawCell& cell, Column column,
                                                  const NameContext& context, FieldReporter* reporter) {
  std::vector<Qualifier> qualifiers;
  if (cell.text.empty()) return qualifiers;
  for (const ListValue& value : SplitList(cell.text)) {
    const size_t equals = value.text.find('=');
    const std::string_view name = Trim(std::string_view(value.text).substr(0, equals));
    const std::string_view text =
        equals == std::string::npos ? "" : Trim(std::string_view(value.text).substr(equals + 1));
    if (name.empty() || text.empty()) {
      reporter->Report(kBadQualifier, column, StrCat(Quote(value.text), " is no qualifier"),
                       "qualifiers are written name=value; name=value", "a ';' inside a value is written '\\;'",
                       value.begin, value.end);
      continue;
    }
    const QualifierRule* rule = relation != nullptr ? relation->FindQualifier(name) : nullptr;
    Qualifier qualifier;
    qualifier.name = name;
    if (rule != nullptr && rule->value != ValueType::kEntity) {
      qualifier.value = Term::Literal(
          ParseLiteral(rule->value, text, column, value.begin, value.end, "", "", relation->countable, reporter));
    } else if (rule != nullptr) {
      qualifier.value = ParseReference(text, column, value.begin, value.end, context, reporter);
    } else if (ontology_->is_open()) {
      qualifier.value = ParseOpenTerm(name, text, column, value.begin, value.end, context, reporter);
    } else {
      qualifier.value = Term::Literal(Value::String(text));  // the claim validator says that there is none of that name
    }
    qualifiers.push_back(std::move(qualifier));
  }
  return qualifiers;
}

const Relation* RowParser::ParseRelation(std::string_view name, Column column, bool* inverse, FieldReporter* reporter) {
  *inverse = false;
  if (const Relation* relation = ontology_->FindRelation(name)) return relation;
  if (const Relation* relation = ontology_->FindByInverse(name)) {
    *inverse = true;
    return relation;
  }
  if (!ontology_->is_open()) {
    reporter->Report(kUnknownRelation, column, StrCat("unknown relation ", Quote(name)),
                     "a relation must be declared in the ontology",
                     DidYouMean(name, ontology_->RelationNames(), "mend the spelling, or declare it in the ontology"));
  }
  return nullptr;
}

Locator RowParser::ParseLocator(const RawRecord& record, FieldReporter* reporter) {
  static const std::vector<std::string> kParts = {"section", "paragraph", "page", "note",       "table",
                                                  "row",     "column",    "line", "characters", "timecode"};
  Locator locator;
  std::string* const parts[] = {&locator.section,    &locator.paragraph, &locator.page,   &locator.note,
                                &locator.table,      &locator.row,       &locator.column, &locator.line,
                                &locator.characters, &locator.timecode};
  for (const ListValue& value : SplitList(record.Text(Column::kLocator))) {
    const size_t equals = value.text.find('=');
    const std::string_view name = Trim(std::string_view(value.text).substr(0, equals));
    const auto known = std::find(kParts.begin(), kParts.end(), name);
    std::string_view text;
    if (equals != std::string::npos) text = Trim(std::string_view(value.text).substr(equals + 1));
    const char* cause = nullptr;
    std::string hint;
    if (text.empty()) {
      cause = " is not part=value";
      hint = "as in section=Policy; paragraph=3 (a ';' inside a value is written '\\;')";
    } else if (known == kParts.end()) {
      cause = " names no part of a locator";
      hint = DidYouMean(name, kParts, "choose the part that comes closest, and put the rest into the note");
    } else if (!parts[known - kParts.begin()]->empty()) {
      cause = " gives the same part a second time";
      hint = "make two claims of it, or keep one";
    }
    if (cause != nullptr) {
      reporter->Report(kBadLocator, Column::kLocator, StrCat(Quote(value.text), cause),
                       StrCat("a locator is made of ", Join(kParts, ", ")), std::move(hint), value.begin, value.end);
      continue;
    }
    *parts[known - kParts.begin()] = text;
  }
  return locator;
}

std::vector<std::string> RowParser::ParseDocumentList(const RawRecord& record, Column column) {
  std::vector<std::string> documents;
  for (ListValue& value : SplitList(record.Text(column))) documents.push_back(std::move(value.text));
  return documents;
}

void RowParser::ParseSource(const RawRecord& record, bool act_required, Claim* claim, FieldReporter* reporter) {
  static const std::vector<std::string> kActs = {"asserts",    "reports",    "admits",   "denies", "retracts",
                                                 "not_admits", "no_comment", "no_reply", "refuses"};
  static const std::vector<std::string> kCertainties = {"certain", "probable", "possible", "uncommitted"};
  static const std::vector<std::string> kRanks = {"preferred", "normal", "deprecated"};
  static const std::vector<std::string> kStates = {"present", "missing", "ibid"};

  if (act_required) CheckGiven(record, Column::kAct, reporter);
  claim->act = ParseWord(record, Column::kAct, &ParseAct, Act::kAsserts, kActs, reporter);
  claim->certainty =
      ParseWord(record, Column::kCertainty, &ParseCertainty, Certainty::kCertain, kCertainties, reporter);
  claim->rank = ParseWord(record, Column::kRank, &ParseRank, Rank::kNormal, kRanks, reporter);
  // An unknown state still is one, and the note beside it is in order.
  claim->cites.state =
      ParseWord(record, Column::kCitesState, &ParseNoteState,
                record.Text(Column::kCitesState).empty() ? NoteState::kNone : NoteState::kPresent, kStates, reporter);
  claim->hedge = record.Text(Column::kHedge);
  claim->document = record.Text(Column::kDocument);
  claim->said = ParseTime(record.Text(Column::kSaid), Column::kSaid, 0, reporter);

  NameContext context{claim->document, std::nullopt};
  if (!claim->said.is_undated()) context.time = claim->said.throughout();
  if (!record.Text(Column::kAsserters).empty()) {
    for (const ListValue& value : SplitList(record.Text(Column::kAsserters))) {
      std::string key = ParseEntityName(value.text, Column::kAsserters, value.begin, value.end, context, reporter);
      if (!key.empty()) claim->asserters.push_back(std::move(key));
    }
  }
  const std::string_view statement = record.Text(Column::kStatement);
  if (!statement.empty()) {
    claim->statement = ParseEntityName(statement, Column::kStatement, 0, statement.size(), context, reporter);
  }
  if (!claim->document.empty() && CheckGiven(record, Column::kLocator, reporter)) {
    claim->locator = ParseLocator(record, reporter);
  }
  claim->quote = record.Text(Column::kQuote);
  claim->quote_before = record.Text(Column::kQuoteBefore);
  claim->quote_after = record.Text(Column::kQuoteAfter);
  claim->cites.note = record.Text(Column::kCitesNote);
  if (!record.Text(Column::kCitesDocument).empty()) {
    claim->cites.documents = ParseDocumentList(record, Column::kCitesDocument);
  }
  claim->note = record.Text(Column::kNote);
}

ParsedClaim RowParser::ParseClaim(const RawRecord& record, FieldReporter* reporter) {
  ParsedClaim parsed;
  Claim& claim = parsed.claim;
  claim.id = record.Text(Column::kId);
  if (claim.id.starts_with("claim:")) claim.id.erase(0, 6);
  ParseSource(record, true, &claim, reporter);
  claim.valid = ParseTime(record.Text(Column::kValid), Column::kValid, 0, reporter);

  const std::string_view relation_name = record.Text(Column::kRelation);
  const std::string_view subject = record.Text(Column::kSubject), object = record.Text(Column::kObject);
  const std::string_view unit = record.Text(Column::kUnit), counting = record.Text(Column::kCounting);
  NameContext context{claim.document, std::nullopt};
  if (!claim.valid.is_undated()) context.time = claim.valid.throughout();

  const bool has_subject = CheckGiven(record, Column::kSubject, reporter);
  const bool has_object = CheckGiven(record, Column::kObject, reporter);
  const Relation* relation = nullptr;
  if (CheckGiven(record, Column::kRelation, reporter)) {
    relation = ParseRelation(relation_name, Column::kRelation, &parsed.inverse, reporter);
  }
  Proposition& proposition = claim.proposition;
  const bool readable = relation != nullptr || (ontology_->is_open() && !relation_name.empty());
  if (readable) proposition.relation = relation != nullptr ? relation->name : relation_name;
  if (has_subject) {
    proposition.subject = ParseReference(subject, Column::kSubject, 0, subject.size(), context, reporter);
  }
  const bool quantity_is_object =
      relation != nullptr && relation->value == ValueType::kQuantity && record.Text(Column::kQuantity).empty();
  if (has_object && readable) {
    proposition.object = ParseObject(relation, relation_name, object, Column::kObject, quantity_is_object ? unit : "",
                                     quantity_is_object ? counting : "", context, reporter);
  }
  if (parsed.inverse) std::swap(proposition.subject, proposition.object);
  if (readable) {
    claim.qualifiers = ParseQualifiers(relation, record[Column::kQualifiers], Column::kQualifiers, context, reporter);
  }

  const std::string_view quantity = record.Text(Column::kQuantity);
  if (!quantity.empty()) {
    claim.quantity = ParseQuantityCell(quantity, unit, counting, relation == nullptr || relation->countable,
                                       Column::kQuantity, reporter);
  } else if ((!unit.empty() || !counting.empty()) && !quantity_is_object) {
    const Column column = unit.empty() ? Column::kCounting : Column::kUnit;
    reporter->Report(kUnitWithoutQuantity, column, StrCat("'", Name(column), "' without a quantity"),
                     "unit and counting say what a quantity is of",
                     "fill in 'quantity' ('unknown' where the source gives no number), or leave it empty");
  }
  if (!record.Text(Column::kSupersedes).empty()) {
    for (ListValue& value : SplitList(record.Text(Column::kSupersedes))) {
      claim.supersedes.push_back(value.text.starts_with("claim:") ? value.text.substr(6) : std::move(value.text));
    }
  }
  return parsed;
}

}  // namespace dossier
