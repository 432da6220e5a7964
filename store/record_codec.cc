#include "store/record_codec.h"

#include <capnp/message.h>
#include <capnp/serialize-packed.h>
#include <kj/exception.h>
#include <kj/io.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "schema/record.capnp.h"
#include "store/error_codes.h"
#include "store/format.h"
#include "store/hash_index.h"
#include "store/record_block.h"
#include "store/store_error.h"

namespace dossier::store_internal {
namespace {

constexpr size_t kScratchWords = 256;
constexpr int kMaxNesting = 8;  // an entity's deepest: entity, aliases, alias, text

capnp::Text::Reader ToText(std::string_view text) { return {text.data(), text.size()}; }
std::string FromText(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

// A pointer to an empty text costs nine bytes, none costs none.
#define DOSSIER_SET_TEXT(builder, Field, text) \
  if (!(text).empty()) (builder).set##Field(ToText(text))

// Writes a record that `fill(Builder)` fills in. kj throws where memory ends or a size is out of reach.
template <typename Layout, typename Fill>
absl::StatusOr<std::string> Write(std::string_view what, const Fill& fill) {
  try {
    capnp::word scratch[kScratchWords] = {};
    capnp::MallocMessageBuilder message(kj::arrayPtr(scratch, kScratchWords));
    fill(message.initRoot<Layout>());
    if (message.sizeInWords() * sizeof(capnp::word) > kMaxRecordBytes) {
      return StoreError(kRecordTooLarge, StrCat(what, " takes ", message.sizeInWords() * sizeof(capnp::word), " bytes"),
                        StrCat("a record takes at most ", kMaxRecordBytes), "shorten its texts");
    }
    kj::VectorOutputStream out(1024);
    capnp::writePackedMessage(out, message);
    const auto bytes = out.getArray();
    return std::string(bytes.asChars().begin(), bytes.size());
  } catch (const kj::Exception& e) {
    return StoreError(kRecordTooLarge, StrCat(what, " cannot be encoded: ", e.getDescription().cStr()));
  } catch (const std::exception& e) {
    return StoreError(kRecordTooLarge, StrCat(what, " cannot be encoded: ", e.what()));
  }
}

// Reads a record through `take(Reader)`, which returns a StatusOr. Every exception becomes a status here.
template <typename Layout, typename Take>
auto Read(std::string_view bytes, std::string_view what, const Take& take)
    -> decltype(take(std::declval<typename Layout::Reader>())) {
  try {
    kj::ArrayInputStream in(kj::arrayPtr(reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()));
    capnp::ReaderOptions limits;
    limits.traversalLimitInWords = kMaxRecordBytes / sizeof(capnp::word);
    limits.nestingLimit = kMaxNesting;
    capnp::PackedMessageReader message(in, limits);
    auto taken = take(message.getRoot<Layout>());
    if (!taken.ok()) return Damaged(StrCat(what, " is damaged: ", ToStd(taken.status().message())));
    if (in.tryGetReadBuffer().size() != 0) return Damaged(StrCat(what, " is damaged: more bytes than its record"));
    return taken;
  } catch (const kj::Exception& e) {
    return Damaged(StrCat(what, " is damaged: ", e.getDescription().cStr()));
  } catch (const std::exception& e) {
    return Damaged(StrCat(what, " is damaged: ", e.what()));
  }
}

absl::Status Bad(std::string_view cause) { return absl::DataLossError(ToAbsl(cause)); }

absl::StatusOr<EdtfTime> TakeTime(capnp::Text::Reader text) {
  if (text.size() == 0) return EdtfTime();
  return EdtfTime::Parse(std::string_view(text.begin(), text.size()));
}

template <typename Enum>
absl::Status TakeEnum(uint8_t number, Enum last, Enum* out) {
  if (number > static_cast<uint8_t>(last)) return Bad(StrCat("unknown constant ", int{number}));
  *out = static_cast<Enum>(number);
  return absl::OkStatus();
}

std::vector<uint32_t> TakeNumbers(capnp::List<uint32_t>::Reader list) {
  std::vector<uint32_t> numbers;
  for (const uint32_t number : list) numbers.push_back(number);
  return numbers;
}
std::vector<std::string> TakeTexts(capnp::List<capnp::Text>::Reader list) {
  std::vector<std::string> texts;
  for (const auto text : list) texts.push_back(FromText(text));
  return texts;
}
template <typename Builder>
void PutNumbers(Builder list, const std::vector<uint32_t>& numbers) {
  for (size_t i = 0; i < numbers.size(); ++i) list.set(i, numbers[i]);
}
template <typename Builder>
void PutTexts(Builder list, const std::vector<std::string>& texts) {
  for (size_t i = 0; i < texts.size(); ++i) list.set(i, ToText(texts[i]));
}

void Put(layout::Counts::Builder out, const StoreCounts& counts) {
  out.setEntities(counts.entities);
  out.setDocuments(counts.documents);
  out.setPropositions(counts.propositions);
  out.setClaims(counts.claims);
  out.setLoads(counts.loads);
}

StoreCounts Take(layout::Counts::Reader in) {
  return {in.getEntities(), in.getDocuments(), in.getPropositions(), in.getClaims(), in.getLoads()};
}

template <typename Number>
std::vector<uint32_t> Plain(const std::vector<Number>& numbers) {
  std::vector<uint32_t> plain;
  for (const Number number : numbers) plain.push_back(number.value);
  return plain;
}

template <typename Number>
std::vector<Number> Typed(const std::vector<uint32_t>& numbers) {
  std::vector<Number> typed;
  for (const uint32_t number : numbers) typed.emplace_back(number);
  return typed;
}

}  // namespace

absl::StatusOr<std::string> Encode(const Entity& entity, std::string_view what) {
  return Write<layout::Entity>(what, [&](layout::Entity::Builder out) {
    DOSSIER_SET_TEXT(out, Key, entity.key);
    PutTexts(out.initTypes(entity.types.size()), entity.types);
    DOSSIER_SET_TEXT(out, Name, entity.name);
    if (!entity.aliases.empty()) {
      auto aliases = out.initAliases(entity.aliases.size());
      for (size_t i = 0; i < entity.aliases.size(); ++i) {
        DOSSIER_SET_TEXT(aliases[i], Text, entity.aliases[i].text);
        DOSSIER_SET_TEXT(aliases[i], Language, entity.aliases[i].language);
        DOSSIER_SET_TEXT(aliases[i], Document, entity.aliases[i].document);
        DOSSIER_SET_TEXT(aliases[i], Valid, entity.aliases[i].valid.text());
      }
    }
    DOSSIER_SET_TEXT(out, Description, entity.description);
  });
}

absl::StatusOr<Entity> DecodeEntity(std::string_view bytes, std::string_view what) {
  return Read<layout::Entity>(bytes, what, [](layout::Entity::Reader in) -> absl::StatusOr<Entity> {
    Entity entity;
    entity.key = FromText(in.getKey());
    entity.types = TakeTexts(in.getTypes());
    entity.name = FromText(in.getName());
    for (const auto one : in.getAliases()) {
      ASSIGN_OR_RETURN(EdtfTime valid, TakeTime(one.getValid()));
      entity.aliases.push_back(
          {FromText(one.getText()), FromText(one.getLanguage()), FromText(one.getDocument()), std::move(valid)});
    }
    entity.description = FromText(in.getDescription());
    return entity;
  });
}

absl::StatusOr<std::string> Encode(const Document& document, std::string_view what) {
  return Write<layout::Document>(what, [&](layout::Document::Builder out) {
    DOSSIER_SET_TEXT(out, Key, document.key);
    DOSSIER_SET_TEXT(out, Title, document.title);
    DOSSIER_SET_TEXT(out, Publisher, document.publisher);
    if (!document.authors.empty()) PutTexts(out.initAuthors(document.authors.size()), document.authors);
    DOSSIER_SET_TEXT(out, Date, document.date.text());
    DOSSIER_SET_TEXT(out, Kind, document.kind);
    DOSSIER_SET_TEXT(out, Language, document.language);
    DOSSIER_SET_TEXT(out, Url, document.url);
    DOSSIER_SET_TEXT(out, File, document.file);
    DOSSIER_SET_TEXT(out, Sha256, document.sha256);
    DOSSIER_SET_TEXT(out, PartOf, document.part_of);
    DOSSIER_SET_TEXT(out, Note, document.note);
  });
}

absl::StatusOr<Document> DecodeDocument(std::string_view bytes, std::string_view what) {
  return Read<layout::Document>(bytes, what, [](layout::Document::Reader in) -> absl::StatusOr<Document> {
    Document document;
    document.key = FromText(in.getKey());
    document.title = FromText(in.getTitle());
    document.publisher = FromText(in.getPublisher());
    document.authors = TakeTexts(in.getAuthors());
    ASSIGN_OR_RETURN(document.date, TakeTime(in.getDate()));
    document.kind = FromText(in.getKind());
    document.language = FromText(in.getLanguage());
    document.url = FromText(in.getUrl());
    document.file = FromText(in.getFile());
    document.sha256 = FromText(in.getSha256());
    document.part_of = FromText(in.getPartOf());
    document.note = FromText(in.getNote());
    return document;
  });
}

namespace {

template <typename Record>
absl::StatusOr<std::string> EncodeAlone(const Record& record, std::string_view what) {
  BlockWriter<Record> block;
  RETURN_IF_ERROR(block.Add(record, what));
  return block.Take();
}

template <typename Record>
absl::StatusOr<Record> DecodeAlone(std::string_view bytes, std::string_view what) {
  ASSIGN_OR_RETURN(const auto block, BlockReader<Record>::Open(std::string(bytes), what));
  if (block.count() != 1) return Damaged(StrCat(what, " is damaged: not one record"));
  return block.At(0);
}

}  // namespace

absl::StatusOr<std::string> Encode(const PropositionRecord& proposition, std::string_view what) {
  return EncodeAlone(proposition, what);
}
absl::StatusOr<PropositionRecord> DecodeProposition(std::string_view bytes, std::string_view what) {
  return DecodeAlone<PropositionRecord>(bytes, what);
}
absl::StatusOr<std::string> Encode(const ClaimRecord& claim, std::string_view what) { return EncodeAlone(claim, what); }
absl::StatusOr<ClaimRecord> DecodeClaim(std::string_view bytes, std::string_view what) {
  return DecodeAlone<ClaimRecord>(bytes, what);
}

absl::StatusOr<std::string> Encode(const StoreCounts& counts, std::string_view what) {
  return Write<layout::Counts>(what, [&](layout::Counts::Builder out) { Put(out, counts); });
}

absl::StatusOr<StoreCounts> DecodeCounts(std::string_view bytes, std::string_view what) {
  return Read<layout::Counts>(bytes, what,
                              [](layout::Counts::Reader in) -> absl::StatusOr<StoreCounts> { return Take(in); });
}

absl::StatusOr<std::string> Encode(const LoadRecord& load, std::string_view what) {
  return Write<layout::Load>(what, [&](layout::Load::Builder out) {
    out.setNumber(load.number);
    out.setRecorded(load.recorded);
    if (!load.sources.empty()) PutTexts(out.initSources(load.sources.size()), load.sources);
    Put(out.initBefore(), load.before);
    Put(out.initAfter(), load.after);
    if (!load.updated_entities.empty()) {
      PutNumbers(out.initUpdatedEntities(load.updated_entities.size()), Plain(load.updated_entities));
    }
    if (!load.updated_documents.empty()) {
      PutNumbers(out.initUpdatedDocuments(load.updated_documents.size()), Plain(load.updated_documents));
    }
  });
}

absl::StatusOr<LoadRecord> DecodeLoad(std::string_view bytes, std::string_view what) {
  return Read<layout::Load>(bytes, what, [](layout::Load::Reader in) -> absl::StatusOr<LoadRecord> {
    LoadRecord load;
    load.number = in.getNumber();
    load.recorded = in.getRecorded();
    load.sources = TakeTexts(in.getSources());
    load.before = Take(in.getBefore());
    load.after = Take(in.getAfter());
    load.updated_entities = Typed<EntityNumber>(TakeNumbers(in.getUpdatedEntities()));
    load.updated_documents = Typed<DocumentNumber>(TakeNumbers(in.getUpdatedDocuments()));
    return load;
  });
}

absl::StatusOr<std::string> Encode(const Verification& verification, std::string_view what) {
  return Write<layout::Verification>(what, [&](layout::Verification::Builder out) {
    out.setWhen(verification.when);
    out.setSequence(verification.sequence);
    out.setQuotesFound(verification.quotes_found);
    out.setWithoutQuote(verification.without_quote);
    auto claims = out.initClaims(verification.not_found.size());
    auto claim_states = out.initClaimStates(verification.not_found.size());
    for (size_t i = 0; i < verification.not_found.size(); ++i) {
      claims.set(i, verification.not_found[i].claim.value);
      claim_states.set(i, static_cast<uint8_t>(verification.not_found[i].state));
    }
    auto documents = out.initDocuments(verification.documents.size());
    auto document_states = out.initDocumentStates(verification.documents.size());
    for (size_t i = 0; i < verification.documents.size(); ++i) {
      documents.set(i, verification.documents[i].document.value);
      document_states.set(i, static_cast<uint8_t>(verification.documents[i].state));
    }
  });
}

absl::StatusOr<Verification> DecodeVerification(std::string_view bytes, std::string_view what) {
  return Read<layout::Verification>(bytes, what, [](layout::Verification::Reader in) -> absl::StatusOr<Verification> {
    Verification verification;
    verification.when = in.getWhen();
    verification.sequence = in.getSequence();
    verification.quotes_found = in.getQuotesFound();
    verification.without_quote = in.getWithoutQuote();
    const auto claims = in.getClaims();
    const auto claim_states = in.getClaimStates();
    const auto documents = in.getDocuments();
    const auto document_states = in.getDocumentStates();
    if (claims.size() != claim_states.size() || documents.size() != document_states.size()) {
      return Bad("lists of different lengths");
    }
    for (uint32_t i = 0; i < claims.size(); ++i) {
      QuoteFinding finding{ClaimId(claims[i])};
      RETURN_IF_ERROR(TakeEnum(claim_states[i], QuoteState::kUnreadable, &finding.state));
      verification.not_found.push_back(finding);
    }
    for (uint32_t i = 0; i < documents.size(); ++i) {
      DocumentFinding finding{DocumentNumber(documents[i])};
      RETURN_IF_ERROR(TakeEnum(document_states[i], DocumentState::kCitedOnly, &finding.state));
      verification.documents.push_back(finding);
    }
    return verification;
  });
}

absl::StatusOr<std::string> EncodeOntology(std::string_view toml, std::string_view what) {
  return Write<layout::Ontology>(what, [&](layout::Ontology::Builder out) { out.setToml(ToText(toml)); });
}

absl::StatusOr<std::string> DecodeOntology(std::string_view bytes, std::string_view what) {
  return Read<layout::Ontology>(
      bytes, what, [](layout::Ontology::Reader in) -> absl::StatusOr<std::string> { return FromText(in.getToml()); });
}

absl::StatusOr<std::string> DecodeEntityKey(std::string_view bytes, std::string_view what) {
  return Read<layout::Entity>(
      bytes, what, [](layout::Entity::Reader in) -> absl::StatusOr<std::string> { return FromText(in.getKey()); });
}

absl::StatusOr<std::string> DecodeDocumentKey(std::string_view bytes, std::string_view what) {
  return Read<layout::Document>(
      bytes, what, [](layout::Document::Reader in) -> absl::StatusOr<std::string> { return FromText(in.getKey()); });
}

absl::StatusOr<std::string> Encode(const IndexRuns& runs, std::string_view what) {
  return Write<layout::IndexRuns>(what, [&](layout::IndexRuns::Builder out) {
    const auto put = [](auto list, const std::vector<IndexRun>& all) {
      for (size_t i = 0; i < all.size(); ++i) {
        list[i].setNumber(all[i].number);
        list[i].setBits(all[i].bits);
        list[i].setEntries(all[i].entries);
      }
    };
    put(out.initClaims(runs.claims.size()), runs.claims);
    put(out.initPropositions(runs.propositions.size()), runs.propositions);
  });
}

absl::StatusOr<IndexRuns> DecodeIndexRuns(std::string_view bytes, std::string_view what) {
  return Read<layout::IndexRuns>(bytes, what, [](layout::IndexRuns::Reader in) -> absl::StatusOr<IndexRuns> {
    IndexRuns runs;
    for (const auto one : in.getClaims()) runs.claims.push_back({one.getNumber(), one.getBits(), one.getEntries()});
    for (const auto one : in.getPropositions()) {
      runs.propositions.push_back({one.getNumber(), one.getBits(), one.getEntries()});
    }
    for (const auto* all : {&runs.claims, &runs.propositions}) {
      for (const IndexRun& run : *all) {
        if (run.bits > kMostBucketBits) return Bad("an index of too many buckets");
      }
    }
    return runs;
  });
}

#undef DOSSIER_SET_TEXT

}  // namespace dossier::store_internal
