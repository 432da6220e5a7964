#include "schema/plain_reader.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <iterator>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/content_hash.h"
#include "graph/edtf.h"
#include "graph/quantity.h"
#include "schema/doubt.h"
#include "schema/literals.h"
#include "schema/record_checks.h"

namespace dossier {
namespace {

// No longer row is plain: then no text, and no list, comes near a limit.
constexpr size_t kMostBytesOfPlainRow = size_t{64} << 10;
constexpr size_t kMostKeptTimes = 100000;
constexpr size_t kMostQualifiers = 64;  // of a relation: as many as bits

bool IsListSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Calls `visit` for each value of a list cell, as SplitList has it, until one gives false; false as well for a list
// with escapes.
template <typename Visit>
bool ForEachValue(std::string_view cell, const Visit& visit) {
  if (cell.find('\\') != std::string_view::npos) return false;
  for (size_t at = 0; at <= cell.size();) {
    const size_t stop = std::min(cell.find(';', at), cell.size());
    size_t begin = at, end = stop;
    while (begin < end && IsListSpace(cell[begin])) ++begin;
    while (end > begin && IsListSpace(cell[end - 1])) --end;
    if (begin < end && !visit(cell.substr(begin, end - begin))) return false;
    at = stop + 1;
  }
  return true;
}

// `name=value` as its two sides; both empty where there is none.
std::pair<std::string_view, std::string_view> SplitAtEquals(std::string_view text) {
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos) return {};
  return {Trim(text.substr(0, equals)), Trim(text.substr(equals + 1))};
}

constexpr std::string_view kLocatorParts[] = {"section", "paragraph", "page", "note",       "table",
                                              "row",     "column",    "line", "characters", "timecode"};

// A whole number that is exact as a quantity and as a double.
constexpr uint64_t kMostPlainNumber = static_cast<uint64_t>(kMaxWrittenQuantity);

// CanonicalText::QuantityText of exactly so many, without a unit.
void WriteExactly(uint64_t number, bool countable, std::string_view basis, std::string* text) {
  char digits[40];
  // As StrCat writes it: not "100000", but "1e+05".
  const size_t size =
      static_cast<size_t>(std::to_chars(digits, std::end(digits), static_cast<double>(number)).ptr - digits);
  text->assign(digits, size);
  *text += ' ';
  text->append(digits, size);
  *text += countable ? " 0010000 0:" : " 0000000 0:";
  *text += basis;
}

template <typename Enum>
bool ReadWord(std::string_view text, std::optional<Enum> (*parse)(std::string_view), Enum otherwise, Enum* word) {
  const std::optional<Enum> read = text.empty() ? otherwise : parse(text);
  if (read.has_value()) *word = *read;
  return read.has_value();
}

}  // namespace

// --- What is known beforehand. ---

absl::StatusOr<PlainThings> PlainThings::Make(KnownThings* known, const PlainSink* sink) {
  PlainThings things(known, sink);
  const auto types_of = [&things](const std::vector<std::string>& types) {
    // There are few lists, and most entities are of the type of the one before.
    const auto found = std::find(things.types_.rbegin(), things.types_.rend(), types);
    if (found != things.types_.rend()) return static_cast<uint32_t>(things.types_.rend() - found - 1);
    things.types_.push_back(types);
    return static_cast<uint32_t>(things.types_.size() - 1);
  };
  absl::Status status;
  const std::vector<std::string>* last_list = nullptr;  // each list is kept once
  uint32_t last_types = 0;
  known->ForEachLoadEntity([&](std::string_view key, const KnownEntity* entity) {
    if (!entity->accepted || !status.ok()) return;
    absl::StatusOr<std::optional<uint32_t>> number = std::nullopt;
    if (entity->to_load.has_value()) {
      number = sink->NumberOfEntityAt(*entity->to_load);
    } else {
      number = sink->NumberOfEntity(key);  // the store has it as it is
    }
    status.Update(number.status());
    if (!number.ok() || !number->has_value()) return;
    if (entity->types != last_list) {
      last_list = entity->types;
      last_types = types_of(*last_list);
    }
    things.entities_.Add(key, {**number, last_types, false});
  });
  RETURN_IF_ERROR(status);
  const uint32_t document_type = types_of({std::string(kDocumentType)});
  // Publishers are few: each document gets the same text, so that reading it does not wait for memory.
  absl::flat_hash_map<absl::string_view, std::string_view> publishers;
  std::vector<std::pair<std::string_view, KnownSource>> sources;
  known->ForEachLoadDocument([&](std::string_view key, const KnownDocument& document) {
    if (!document.accepted || !status.ok()) return;
    const auto number = sink->NumberOfDocument(key);
    status.Update(number.status());
    if (!number.ok() || !number->has_value()) return;
    const std::string_view publisher = document.document.publisher;
    sources.push_back({key, {**number, 0, false, publishers.try_emplace(ToAbsl(publisher), publisher).first->second}});
    // An entity of that key comes first wherever a reference is looked up.
    const auto entity = known->LoadEntity(key) == nullptr ? sink->NumberOfEntity(key) : std::optional<uint32_t>(0);
    status.Update(entity.status());
    if (entity.ok() && !entity->has_value()) things.entities_.Add(key, {**number, document_type, true});
  });
  RETURN_IF_ERROR(status);
  things.entities_.Settle();
  for (auto& [key, source] : sources) {
    if (const auto publisher = things.entities_.Find(source.publisher); publisher.has_value()) {
      source.publisher_known = !publisher->is_document;
      source.publisher_number = publisher->number;
    }
    if (source.publisher.empty() || source.publisher_known) things.documents_.Add(key, source);
  }
  things.documents_.Settle();
  return things;
}

PlainReader::PlainReader(const Ontology* ontology, const PlainThings* things, size_t max_field_bytes)
    : ontology_(*ontology),
      things_(*things),
      max_row_bytes_(std::min(kMostBytesOfPlainRow, max_field_bytes)),
      has_given_ids_(things->known()->HasLoadClaims()),
      plans_(ontology->relations().size()),
      statement_types_({std::string(kStatementType)}),
      types_(things->types()) {}

PlainReader::RelationPlan* PlainReader::PlanOf(std::string_view relation) {
  if (relation == last_relation_) return plan_;
  last_relation_ = relation;
  plan_ = nullptr;
  const Relation* found = ontology_.FindRelation(relation);
  if (found == nullptr || found->from_fields || found->qualifiers.size() > kMostQualifiers) return nullptr;
  plan_ = &plans_[static_cast<size_t>(found - ontology_.relations().data())];
  if (plan_->relation == nullptr) {
    plan_->relation = found;
    plan_->ranges.resize(found->qualifiers.size());
    plan_->words.resize(found->qualifiers.size());
    plan_->names.resize(found->qualifiers.size());
    for (size_t i = 0; i < found->qualifiers.size(); ++i) {
      if (found->qualifiers[i].required) plan_->required |= uint64_t{1} << i;
    }
  }
  return plan_;
}

std::optional<KnownThing> PlainReader::FindThing(std::string_view key, const ThingPlace& place) {
  if (const auto thing = things_.entities().Find(key, place)) return thing;
  const auto [kept, is_new] = store_things_.try_emplace(std::string(key));
  std::optional<KnownThing>& thing = kept->second;
  if (is_new) {
    const KnownEntity* known = things_.known()->FindEntity(key);
    if (known != nullptr && known->accepted) {
      auto number = things_.sink().NumberOfEntity(key);
      const bool is_document = number.ok() && !number->has_value();
      if (is_document) number = things_.sink().NumberOfDocument(key);
      if (number.ok() && number->has_value()) thing = {**number, TypesOf(*known->types), is_document};
    }
  }
  return thing;
}

std::optional<KnownSource> PlainReader::FindSource(std::string_view key, const SourcePlace& place) {
  if (const auto source = things_.documents().Find(key, place)) return source;
  const auto [kept, is_new] = store_sources_.try_emplace(std::string(key));
  std::optional<KnownSource>& source = kept->second;
  if (is_new) {
    const KnownDocument* known = things_.known()->FindDocument(key);
    if (known != nullptr && known->accepted) {
      const auto number = things_.sink().NumberOfDocument(key);
      if (number.ok() && number->has_value()) source = SourceOf(**number, known->document.publisher);
    }
  }
  return source;
}

KnownSource PlainReader::SourceOf(uint32_t number, std::string_view publisher) {
  KnownSource source{number, 0, false, publisher};
  const auto thing = publisher.empty() ? std::nullopt : FindThing(publisher);
  if (thing.has_value() && !thing->is_document) {
    source.publisher_known = true;
    source.publisher_number = thing->number;
  }
  return source;
}

uint32_t PlainReader::TypesOf(const std::vector<std::string>& types) {
  const auto found = std::find(types_.begin(), types_.end(), types);
  const auto place = static_cast<uint32_t>(found - types_.begin());
  if (found == types_.end()) types_.push_back(types);
  return place;
}

bool PlainReader::Admits(const std::vector<std::string>& allowed, Admitted* known, uint32_t types) {
  if (allowed.empty()) return true;
  if (types >= known->size()) known->resize(types_.size());
  uint8_t& admitted = (*known)[types];
  if (admitted == 0) admitted = ontology_.Admits(allowed, types_[types]) ? 1 : 2;
  return admitted == 1;
}

// --- A row. ---

PlainReader::Ahead PlainReader::LookAhead(const RawRecord& record) {
  const ThingTable<KnownThing>& entities = things_.entities();
  const ThingTable<KnownSource>& documents = things_.documents();
  Ahead ahead;
  ahead.subject = entities.PlaceOf(record.Text(Column::kSubject), &subject_word_);
  ahead.object = entities.PlaceOf(record.Text(Column::kObject), &object_word_);
  ahead.source = documents.PlaceOf(record.Text(Column::kDocument), &source_word_);
  entities.Fetch(ahead.subject);
  entities.Fetch(ahead.object);
  documents.Fetch(ahead.source);
  return ahead;
}

bool PlainReader::Read(const RawRecord& record, const Ahead& ahead, const RowId& row, std::string_view text,
                       PlainClaims* claims) {
  if (row.end - row.offset > max_row_bytes_) return false;
  claims_ = claims;
  file_text_ = text;
  claim_ = PlainClaim();
  fields_ = CanonicalFields();
  qualifiers_.clear();
  if (!made_.empty()) made_.clear();
  const size_t qualifiers = claims->qualifiers_.size(), numbers = claims->numbers_.size(),
               locators = claims->locators_.size(), quantities = claims->quantities_.size(),
               rests = claims->rests_.size();
  std::string_view id = record.Text(Column::kId);
  if (id.starts_with("claim:")) id.remove_prefix(6);
  if (ReadRow(record, ahead)) {
    if (IsKnownByContent(id)) {
      AddWaiting(row);
      return true;
    }
    CanonicalText::HashBoth(texts_.proposition, texts_.claim, &hashes_.proposition, &hashes_.id);
    if (ReadId(id, row)) {
      AddHashed(row);
      return true;
    }
  }
  claims->qualifiers_.resize(qualifiers);
  claims->numbers_.resize(numbers);
  claims->locators_.resize(locators);
  claims->quantities_.resize(quantities);
  claims->rests_.resize(rests);
  return false;
}

void PlainReader::AddHashed(const RowId& row) {
  Finish();  // the one that waits is the last
  claims_->claims_.push_back(claim_);
  claims_->hashes_.push_back(hashes_);
  claims_->places_.push_back({row.offset, row.end, row.line});
}

void PlainReader::AddWaiting(const RowId& row) {
  std::vector<PlainHashes>& hashes = claims_->hashes_;
  claims_->claims_.push_back(claim_);
  hashes.emplace_back();
  claims_->places_.push_back({row.offset, row.end, row.line});
  if (is_waiting_) {
    PlainHashes& waiting = hashes[hashes.size() - 2];
    CanonicalText::HashBoth(waiting_texts_.proposition, texts_.proposition, &waiting.proposition,
                            &hashes.back().proposition);
    CanonicalText::HashBoth(waiting_texts_.claim, texts_.claim, &waiting.id, &hashes.back().id);
  } else {
    std::swap(texts_, waiting_texts_);
  }
  is_waiting_ = !is_waiting_;
}

void PlainReader::Finish() {
  if (!is_waiting_) return;
  is_waiting_ = false;
  PlainHashes& waiting = claims_->hashes_.back();
  CanonicalText::HashBoth(waiting_texts_.proposition, waiting_texts_.claim, &waiting.proposition, &waiting.id);
}

PlainRest& PlainReader::Rest() {
  std::vector<PlainRest>& rests = claims_->rests_;
  if (claim_.rest == 0) {
    rests.emplace_back();
    claim_.rest = static_cast<uint32_t>(rests.size());
  }
  return rests.back();
}

bool PlainReader::ReadRow(const RawRecord& record, const Ahead& ahead) {
  if (!record.Text(Column::kSupersedes).empty()) return false;
  if (!ReadSource(record, ahead) || !ReadProposition(record, ahead)) return false;
  const Relation& relation = *plan_->relation;
  if (!ReadTime(record.Text(Column::kValid), &fields_.valid)) return false;
  claim_.valid = Text(fields_.valid);
  const std::string_view quantity = record.Text(Column::kQuantity), unit = record.Text(Column::kUnit),
                         counting = record.Text(Column::kCounting);
  if (!quantity.empty()) {
    if (!ReadQuantity(quantity, unit, counting, relation.countable, &claim_.quantity)) return false;
    ++claim_.quantity;
    fields_.has_quantity = true;
    fields_.quantity = quantity_;
    fields_.quantity_words = quantity;
  } else if ((!unit.empty() || !counting.empty()) && relation.value != ValueType::kQuantity) {
    return false;
  }
  WriteCanonical();
  return true;
}

bool PlainReader::ReadProposition(const RawRecord& record, const Ahead& ahead) {
  const std::string_view subject = record.Text(Column::kSubject), object = record.Text(Column::kObject);
  if (subject.empty() || object.empty() || PlanOf(record.Text(Column::kRelation)) == nullptr) return false;
  RelationPlan* const plan = plan_;
  const Relation& relation = *plan->relation;
  if (!ReadEntity(subject, ahead.subject, relation.subject, &plan->subject, &subject_)) return false;
  if (relation.is_attribute()) {
    const bool is_quantity = relation.value == ValueType::kQuantity && record.Text(Column::kQuantity).empty();
    if (!ReadLiteral(relation.value, object, is_quantity ? record.Text(Column::kUnit) : "",
                     is_quantity ? record.Text(Column::kCounting) : "", relation.countable, &object_)) {
      return false;
    }
  } else if (!ReadEntity(object, ahead.object, relation.object, &plan->object, &object_)) {
    return false;
  }
  if (!ReadQualifiers(record.Text(Column::kQualifiers))) return false;
  if (relation.symmetric && object_.type == 0 && object_.text < subject_.text) std::swap(subject_, object_);
  claim_.subject = subject_.value;
  if (plan->serial != claims_->texts_.serial()) {
    plan->serial = claims_->texts_.serial();
    plan->name = Text(relation.name);
    for (size_t i = 0; i < plan->names.size(); ++i) plan->names[i] = Text(relation.qualifiers[i].name);
  }
  claim_.relation = plan->name;
  claim_.object = object_.value;
  return true;
}

bool PlainReader::ReadEntity(std::string_view text, const ThingPlace& place, const std::vector<std::string>& allowed,
                             Admitted* admitted, ReadTerm* term) {
  if (text.starts_with("claim:")) return false;
  const auto thing = FindThing(text, place);
  if (!thing.has_value() || !Admits(allowed, admitted, thing->types)) return false;
  *term = {{thing->is_document ? PlainTerm::Kind::kDocument : PlainTerm::Kind::kEntity, thing->number}, 0, text};
  return true;
}

bool PlainReader::ReadLiteral(ValueType type, std::string_view text, std::string_view unit, std::string_view counting,
                              bool countable, ReadTerm* term) {
  using Kind = PlainTerm::Kind;
  switch (type) {
    case ValueType::kEntity:
      return false;
    case ValueType::kUrl:
      if (!IsUrl(text)) return false;
      [[fallthrough]];
    case ValueType::kString:
      *term = {{Kind::kString, Text(text).code}, 's', text};
      return true;
    case ValueType::kInteger: {
      if (const auto decimal = AsDecimal(text)) {
        *term = {{Kind::kInteger, *decimal}, 'i', text};
        return true;
      }
      const auto integer = ToInteger(text);
      if (!integer.has_value()) return false;
      *term = {{Kind::kInteger, static_cast<uint64_t>(*integer)}, 'i', made_.emplace_back(StrCat(*integer))};
      return true;
    }
    case ValueType::kNumber: {
      const auto number = ToNumber(text);
      if (!number.has_value()) return false;
      *term = {{Kind::kFloat, std::bit_cast<uint64_t>(*number)}, 'f', made_.emplace_back(StrCat(*number))};
      return true;
    }
    case ValueType::kBoolean:
      if (text != "true" && text != "false") return false;
      *term = {{Kind::kBoolean, text == "true" ? uint64_t{1} : 0}, 'b', text == "true" ? "1" : "0"};
      return true;
    case ValueType::kTime: {
      std::string_view time;
      if (!ReadTime(text, &time)) return false;
      *term = {{Kind::kTime, Text(time).code}, 't', time};
      return true;
    }
    case ValueType::kQuantity: {
      uint32_t place = 0;
      if (!ReadQuantity(text, unit, counting, countable, &place)) return false;
      *term = {{Kind::kQuantity, place}, 'q', made_.emplace_back(quantity_)};
      return true;
    }
  }
  return false;
}

bool PlainReader::ReadQualifiers(std::string_view cell) {
  RelationPlan* const plan = plan_;
  const Relation& relation = *plan->relation;
  uint64_t given = 0;
  const bool good =
      cell.empty() || ForEachValue(cell, [&](std::string_view value) {
        const auto [name, text] = SplitAtEquals(value);
        const QualifierRule* rule = name.empty() || text.empty() ? nullptr : relation.FindQualifier(name);
        if (rule == nullptr) return false;
        const auto place = static_cast<size_t>(rule - relation.qualifiers.data());
        const uint64_t bit = uint64_t{1} << place;
        if ((given & bit) != 0) return false;  // twice: whether that may be, and in which order
        given |= bit;
        ReadQualifier& read = qualifiers_.emplace_back();
        read.rule = place;
        if (rule->value == ValueType::kEntity) {
          return ReadEntity(text, things_.entities().PlaceOf(text, &plan->words[place]), rule->range,
                            &plan->ranges[place], &read.term);
        }
        if (!ReadLiteral(rule->value, text, "", "", relation.countable, &read.term)) return false;
        if (rule->values.empty()) return true;
        return read.term.type == 's' && std::find(rule->values.begin(), rule->values.end(), text) != rule->values.end();
      });
  if (!good || (plan->required & ~given) != 0) return false;
  // The relation has them by name, which is the order that claims have.
  std::sort(qualifiers_.begin(), qualifiers_.end(),
            [](const ReadQualifier& a, const ReadQualifier& b) { return a.rule < b.rule; });
  return true;
}

bool PlainReader::ReadSource(const RawRecord& record, const Ahead& ahead) {
  const std::string_view act = record.Text(Column::kAct), document = record.Text(Column::kDocument);
  NoteState note = NoteState::kNone;
  if (act.empty() || document.empty() || !ReadWord(act, &ParseAct, Act::kAsserts, &claim_.act) ||
      !ReadWord(record.Text(Column::kCertainty), &ParseCertainty, Certainty::kCertain, &claim_.certainty) ||
      !ReadWord(record.Text(Column::kRank), &ParseRank, Rank::kNormal, &claim_.rank) ||
      !ReadWord(record.Text(Column::kCitesState), &ParseNoteState, NoteState::kNone, &note)) {
    return false;
  }
  fields_.act = Name(claim_.act);
  fields_.certainty = Name(claim_.certainty);
  fields_.rank = Name(claim_.rank);
  fields_.cites_state = Name(note);
  if (note != NoteState::kNone) Rest().cites_state = note;
  if (document != last_document_ || !source_.has_value()) {
    source_ = FindSource(document, ahead.source);
    last_document_ = document;
  }
  const std::optional<KnownSource>& source = source_;
  things_.entities().FetchEntry(ahead.subject);
  things_.entities().FetchEntry(ahead.object);
  if (!source.has_value() || !ReadLocator(record.Text(Column::kLocator))) return false;
  claim_.document = source->number;
  fields_.document = document;

  if (!ReadTime(record.Text(Column::kSaid), &fields_.said)) return false;
  claim_.said = Text(fields_.said);
  asserters_.clear();
  const std::string_view given = record.Text(Column::kAsserters);
  if (!given.empty() && !ForEachValue(given, [this](std::string_view key) {
        asserters_.push_back(key);
        return true;
      })) {
    return false;
  }
  claim_.asserters.first = static_cast<uint32_t>(claims_->numbers_.size());
  if (asserters_.empty() && !source->publisher.empty()) {
    if (!source->publisher_known) return false;
    claims_->numbers_.push_back(source->publisher_number);
    asserters_.push_back(source->publisher);
  } else {
    for (const std::string_view asserter : asserters_) {
      const auto thing = FindThing(asserter);
      if (!thing.has_value() || thing->is_document) return false;
      claims_->numbers_.push_back(thing->number);
    }
  }
  claim_.asserters.count = static_cast<uint32_t>(asserters_.size());
  fields_.asserters = asserters_;

  const std::string_view statement = record.Text(Column::kStatement);
  if (!statement.empty()) {
    const auto thing = FindThing(statement);
    if (!thing.has_value() || thing->is_document || !Admits(statement_types_, &statements_, thing->types)) return false;
    claim_.statement = thing->number + 1;
    fields_.statement = statement;
  }

  cites_.clear();
  const std::string_view cited = record.Text(Column::kCitesDocument);
  if (!cited.empty() && !ForEachValue(cited, [this](std::string_view key) {
        cites_.push_back(key);
        return true;
      })) {
    return false;
  }
  claim_.cited.first = static_cast<uint32_t>(claims_->numbers_.size());
  for (const std::string_view key : cites_) {
    const auto found = FindSource(key);
    if (!found.has_value()) return false;
    claims_->numbers_.push_back(found->number);
  }
  claim_.cited.count = static_cast<uint32_t>(cites_.size());
  fields_.cites_documents = cites_;

  const auto take = [&record, this](Column column, std::string_view* field, PlainText PlainRest::*text) {
    *field = record.Text(column);
    if (!field->empty()) Rest().*text = Text(*field);
  };
  take(Column::kHedge, &fields_.hedge, &PlainRest::hedge);
  take(Column::kQuote, &fields_.quote, &PlainRest::quote);
  take(Column::kQuoteBefore, &fields_.quote_before, &PlainRest::quote_before);
  take(Column::kQuoteAfter, &fields_.quote_after, &PlainRest::quote_after);
  take(Column::kCitesNote, &fields_.cites_note, &PlainRest::cites_note);
  take(Column::kNote, &fields_.note, &PlainRest::note);
  return fields_.cites_note.empty() == (note == NoteState::kNone);
}

bool PlainReader::ReadLocator(std::string_view cell) {
  claim_.locator.first = static_cast<uint32_t>(claims_->locators_.size());
  return !cell.empty() && ForEachValue(cell, [this](std::string_view value) {
    const auto [name, text] = SplitAtEquals(value);
    const auto* const part = std::find(std::begin(kLocatorParts), std::end(kLocatorParts), name);
    if (text.empty() || part == std::end(kLocatorParts)) return false;
    const auto place = static_cast<uint32_t>(part - std::begin(kLocatorParts));
    if (!fields_.locator[place].empty()) return false;
    fields_.locator[place] = text;
    claims_->locators_.push_back({place, Text(text)});
    ++claim_.locator.count;
    return true;
  });
}

bool PlainReader::ReadTime(std::string_view text, std::string_view* time) {
  if (text.empty()) return true;
  const auto known = times_.find(ToAbsl(text));
  if (known != times_.end()) {
    *time = known->second;
    return true;
  }
  const auto parsed = EdtfTime::Parse(text);
  if (!parsed.ok() || parsed->is_undated()) return false;
  *time = times_.size() < kMostKeptTimes ? times_.emplace(std::string(text), parsed->text()).first->second
                                         : made_.emplace_back(parsed->text());
  return true;
}

bool PlainReader::ReadQuantity(std::string_view text, std::string_view unit, std::string_view counting, bool countable,
                               uint32_t* place) {
  *place = static_cast<uint32_t>(claims_->quantities_.size());
  // Units have a say in what a number means: of percent nothing is counted.
  const auto number = unit.empty() ? AsDecimal(text) : std::nullopt;
  if (number.has_value() && *number <= kMostPlainNumber) {
    PlainQuantity& quantity = claims_->quantities_.emplace_back();
    quantity.low = quantity.high = static_cast<double>(*number);
    quantity.countable = countable;
    quantity.basis = Text(counting);
    quantity.text = Text(text);
    WriteExactly(*number, countable, counting, &quantity_);
    return true;
  }
  auto read = ParseQuantity(text, unit, countable);
  if (!read.ok()) return false;
  read->basis = counting;
  quantity_ = CanonicalText::QuantityText(*read);
  claims_->quantities_.push_back({.low = read->low,
                                  .high = read->high,
                                  .low_open = read->low_open,
                                  .high_open = read->high_open,
                                  .countable = read->countable,
                                  .approximate = read->approximate,
                                  .vague = read->vague,
                                  .unknown = read->unknown,
                                  .derived = read->derived,
                                  .unit = Text(read->unit),
                                  .basis = Text(read->basis),
                                  .text = Text(read->text)});
  return true;
}

// --- What it is known by. ---

void PlainReader::WriteQualifiers(bool identifying, CanonicalText* text, PlainClaim::Part* part) {
  const std::vector<QualifierRule>& rules = plan_->relation->qualifiers;
  part->first = static_cast<uint32_t>(claims_->qualifiers_.size());
  part->count =
      static_cast<uint32_t>(std::count_if(qualifiers_.begin(), qualifiers_.end(), [&](const ReadQualifier& read) {
        return rules[read.rule].identifies == identifying;
      }));
  text->Count(part->count);
  if (part->count == 0) return;
  for (const auto& [place, term] : qualifiers_) {
    const QualifierRule& rule = rules[place];
    if (rule.identifies != identifying) continue;
    text->Field(rule.name);
    term.type == 0 ? text->EntityTerm(term.text) : text->LiteralTerm(term.type, term.text);
    claims_->qualifiers_.push_back({plan_->names[place], term.value});
  }
}

void PlainReader::WriteCanonical() {
  CanonicalText& proposition = texts_.proposition;
  CanonicalText& claim = texts_.claim;
  proposition.Begin(kCanonicalProposition);
  const size_t tag = proposition.text().size();
  proposition.EntityTerm(subject_.text);
  proposition.Field(plan_->relation->name);
  object_.type == 0 ? proposition.EntityTerm(object_.text) : proposition.LiteralTerm(object_.type, object_.text);
  WriteQualifiers(true, &proposition, &claim_.identifying);
  claim.Begin(kCanonicalClaim);
  claim.Append(proposition.text().substr(tag));
  WriteQualifiers(false, &claim, &claim_.qualifiers);
  claim.RestOfClaim(fields_);
}

// Precondition: hashes_.id is that of the content.
bool PlainReader::ReadId(std::string_view id, const RowId& row) {
  const ContentHash content = hashes_.id;
  // Some row may have been given the id that this one has by what it says.
  if (id.empty()) return !has_given_ids_ || things_.known()->LoadClaim(HexOfHash(content)) == nullptr;
  Doubt doubt;
  const RowId* const first = things_.known()->LoadClaim(id);
  if (!CheckKey(id, Column::kId, "an id", &doubt) || first == nullptr || !(*first == row)) return false;
  hashes_.id = HashOfId(id);
  if (HashOfHex(id).has_value()) return hashes_.id == content;  // then it is as good as none
  claim_.id_by_content = false;
  Rest().id = Text(id);
  claims_->contents_.insert_or_assign(claims_->claims_.size(), content);
  return true;
}

}  // namespace dossier
