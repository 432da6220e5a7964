// Verification of a store (against itself) and of its quotes (against the documents).
//
// The invariants are those that store/format.h numbers. Records are read first, each kind in the order of its numbers,
// and what an index must say is noted; then each index is read and held against the notes, entry by entry and in
// number. What is noted takes some 30 bytes a claim.
#include "store/verify.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/base/sha256.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "store/error_codes.h"
#include "store/key_codec.h"
#include "store/quote_finder.h"
#include "store/record_codec.h"
#include "store/store_error.h"
#include "store/store_impl.h"
#include "store/text_file.h"

namespace dossier {
namespace {

using namespace store_internal;  // NOLINT: this file is the bridge to it

namespace fs = std::filesystem;

constexpr Tag kTags[] = {Tag::kFormat,
                         Tag::kOntology,
                         Tag::kCounts,
                         Tag::kVerification,
                         Tag::kEntity,
                         Tag::kDocument,
                         Tag::kProposition,
                         Tag::kClaim,
                         Tag::kLoad,
                         Tag::kEntityByKey,
                         Tag::kDocumentByKey,
                         Tag::kClaimById,
                         Tag::kPropositionByHash,
                         Tag::kClaimsOfProposition,
                         Tag::kClaimsOfDocument};

class StoreVerifier {
 public:
  StoreVerifier(const View& view, const VerifyOptions& options, VerifyReport* report)
      : view_(view), counts_(view.counts()), options_(options), report_(report) {}

  void Run() {
    CheckTags();
    CheckLoads();
    CheckEntities();
    CheckDocuments();
    CheckReferencesByKey();
    CheckPropositions();
    CheckClaims();
    CheckNumbered(Tag::kEntityByKey, "entities by key", entity_keys_, TextInKey);
    CheckNumbered(Tag::kDocumentByKey, "documents by key", document_keys_, TextInKey);
    CheckNumbered(Tag::kClaimById, "claims by id", claim_ids_, [](Tag, std::string_view key) { return IdInKey(key); });
    CheckNumbered(Tag::kPropositionByHash, "propositions by hash", proposition_hashes_, TextInKey);
    CheckPairs(Tag::kClaimsOfProposition, "claims by proposition", claim_propositions_);
    CheckPairs(Tag::kClaimsOfDocument, "claims by document", claim_documents_);
    CheckEachHasClaim();
  }

  void Problem(std::string text) {
    if (report_->problems_in_all++ < options_.max_problems) report_->problems.push_back(std::move(text));
  }
  void Problem(const absl::Status& status) {
    if (!status.ok()) Problem(std::string(ToStd(status.message())));
  }

 private:
  void Progress() {
    if (++report_->records_checked % 4096 == 0 && options_.progress) {
      options_.progress(report_->records_checked,
                        uint64_t{counts_.entities} + counts_.documents + counts_.propositions + counts_.claims);
    }
  }

  // Reads all records of a tag; `check` gets each number once, ascending. A record that is bad does not end it.
  template <typename Check>
  void CheckRecords(Tag tag, std::string_view kind, uint32_t count, const Check& check) {
    uint32_t expected = 0;
    Problem(view_.Scan(TagKey(tag), true, [&](std::string_view key, std::string_view value) {
      Progress();
      const auto number = NumberInKey(tag, key);
      if (!number.has_value() || *number >= count) {
        Problem(StrCat("among the records of kind ", kind, " is one that the counts do not know"));
        return absl::OkStatus();
      }
      for (; expected < *number; ++expected) Problem(StrCat(kind, " ", expected, " is missing"));
      expected = *number + 1;
      Problem(check(*number, value, What(kind, *number)));
      return absl::OkStatus();
    }));
    for (; expected < count; ++expected) Problem(StrCat(kind, " ", expected, " is missing"));
  }

  void CheckTags() {
    for (int byte = 0; byte < 256; ++byte) {
      const Tag tag = static_cast<Tag>(byte);
      if (std::find(std::begin(kTags), std::end(kTags), tag) != std::end(kTags)) continue;
      const auto cursor = view_.rows().Scan(TagKey(tag), true);
      if (cursor->Valid()) Problem(StrCat("there are keys with the unknown tag ", byte));
      Problem(cursor->status());
    }
  }

  void CheckLoads() {
    uint64_t expected = 1;
    StoreCounts before;
    int64_t recorded = 0;
    Problem(view_.Scan(TagKey(Tag::kLoad), true, [&](std::string_view key, std::string_view value) {
      Progress();
      const auto number = LoadInKey(key);
      if (!number.has_value()) {
        Problem("a key in the log of loads is malformed");
        return absl::OkStatus();
      }
      const std::string what = What("load", *number);
      const auto load = DecodeLoad(value, what);
      if (!load.ok()) {
        Problem(load.status());
        return absl::OkStatus();
      }
      if (*number != expected || load->number != expected) Problem(StrCat(what, " stands where ", expected, " should"));
      if (load->before != before) Problem(StrCat(what, " does not begin where the one before it ended"));
      if (load->recorded < recorded) Problem(StrCat(what, " was recorded before the one before it"));
      for (const EntityNumber entity : load->updated_entities)
        CheckNumber(entity.value, counts_.entities, what, "entity");
      for (const DocumentNumber doc : load->updated_documents)
        CheckNumber(doc.value, counts_.documents, what, "document");
      before = load->after;
      recorded = load->recorded;
      load_ends_.push_back({load->after.claims, load->number, load->recorded});
      ++expected;
      return absl::OkStatus();
    }));
    if (before != counts_) Problem("the counts are not those that the last load ended with");
  }

  void CheckEntities() {
    entity_keys_.resize(counts_.entities);
    CheckRecords(Tag::kEntity, "entity", counts_.entities,
                 [&](uint32_t number, std::string_view value, const std::string& what) -> absl::Status {
                   ASSIGN_OR_RETURN(const Entity entity, DecodeEntity(value, what));
                   if (entity.key.empty() || entity.types.empty()) Problem(StrCat(what, " has no key or no type"));
                   for (const Alias& alias : entity.aliases) NoteKey(&named_documents_, alias.document, what);
                   entity_keys_[number] = entity.key;
                   return absl::OkStatus();
                 });
  }

  void CheckDocuments() {
    document_keys_.resize(counts_.documents);
    CheckRecords(Tag::kDocument, "document", counts_.documents,
                 [&](uint32_t number, std::string_view value, const std::string& what) -> absl::Status {
                   ASSIGN_OR_RETURN(const Document document, DecodeDocument(value, what));
                   if (document.key.empty()) Problem(StrCat(what, " has no key"));
                   NoteKey(&named_documents_, document.part_of, what);
                   NoteKey(&named_entities_, document.publisher, what);
                   document_keys_[number] = document.key;
                   return absl::OkStatus();
                 });
  }

  static void NoteKey(absl::flat_hash_map<std::string, std::string>* named, const std::string& key,
                      const std::string& what) {
    if (!key.empty()) named->emplace(key, what);
  }

  void CheckReferencesByKey() {
    const auto check = [&](const auto& named, const std::vector<std::string>& keys, std::string_view kind) {
      const absl::flat_hash_set<std::string> known(keys.begin(), keys.end());
      for (const auto& [key, what] : named) {
        if (!known.contains(key)) Problem(StrCat(what, " names the ", kind, " ", key, ", which is nowhere"));
      }
    };
    check(named_entities_, entity_keys_, "entity");
    check(named_documents_, document_keys_, "document");
  }

  bool CheckNumber(uint32_t number, uint32_t count, const std::string& what, std::string_view kind) {
    if (number < count) return true;
    Problem(StrCat(what, " refers to ", kind, " ", number, ", which is nowhere"));
    return false;
  }
  bool CheckTerm(const TermRecord& term, const std::string& what) {
    switch (term.kind) {
      case TermRecord::Kind::kEntity:
        return CheckNumber(term.number, counts_.entities, what, "entity");
      case TermRecord::Kind::kDocument:
        return CheckNumber(term.number, counts_.documents, what, "document");
      case TermRecord::Kind::kClaim:
        return CheckNumber(term.number, counts_.claims, what, "claim");
      case TermRecord::Kind::kLiteral:
        break;
    }
    return true;
  }

  void CheckPropositions() {
    proposition_hashes_.resize(counts_.propositions);
    CheckRecords(Tag::kProposition, "proposition", counts_.propositions,
                 [&](uint32_t number, std::string_view value, const std::string& what) -> absl::Status {
                   ASSIGN_OR_RETURN(PropositionRecord record, DecodeProposition(value, what));
                   bool complete = CheckTerm(record.subject, what);
                   complete = CheckTerm(record.object, what) && complete;
                   for (const QualifierRecord& q : record.identifying) complete = CheckTerm(q.value, what) && complete;
                   if (!complete) return absl::OkStatus();
                   ASSIGN_OR_RETURN(const Proposition proposition, view_.Compose(std::move(record)));
                   const ContentHash hash = proposition.Hash();
                   proposition_hashes_[number].assign(hash.begin(), hash.end());
                   return absl::OkStatus();
                 });
  }

  void CheckClaims() {
    claim_ids_.resize(counts_.claims);
    claim_propositions_.resize(counts_.claims);
    claim_documents_.resize(counts_.claims);
    size_t load = 0;
    CheckRecords(Tag::kClaim, "claim", counts_.claims,
                 [&](uint32_t number, std::string_view value, const std::string& what) -> absl::Status {
                   ASSIGN_OR_RETURN(const ClaimRecord record, DecodeClaim(value, what));
                   if (record.rest.id.empty()) Problem(StrCat(what, " has no id"));
                   CheckNumber(record.proposition.value, counts_.propositions, what, "proposition");
                   CheckNumber(record.document.value, counts_.documents, what, "document");
                   for (const QualifierRecord& q : record.qualifiers) CheckTerm(q.value, what);
                   for (const uint32_t one : record.asserters) CheckNumber(one, counts_.entities, what, "entity");
                   for (const uint32_t one : record.cites) CheckNumber(one, counts_.documents, what, "document");
                   for (const uint32_t one : record.supersedes) CheckNumber(one, counts_.claims, what, "claim");
                   if (record.statement.has_value()) CheckNumber(*record.statement, counts_.entities, what, "entity");
                   while (load < load_ends_.size() && load_ends_[load].claims <= number) ++load;
                   if (load == load_ends_.size() || load_ends_[load].number != record.rest.load ||
                       load_ends_[load].recorded != record.rest.recorded) {
                     Problem(StrCat(what, " is not of the load in whose range it lies"));
                   }
                   claim_ids_[number] = record.rest.id;
                   claim_propositions_[number] = record.proposition.value;
                   claim_documents_[number] = record.document.value;
                   return absl::OkStatus();
                 });
  }

  // An index from names to numbers: `names[number]` is what each record has to stand under.
  template <typename NameOf>
  void CheckNumbered(Tag tag, std::string_view index, const std::vector<std::string>& names, const NameOf& name_of) {
    std::vector<bool> seen(names.size());
    Problem(view_.Scan(TagKey(tag), true, [&](std::string_view key, std::string_view value) {
      ++report_->index_entries_checked;
      const std::optional<std::string> name = name_of(tag, key);
      const std::optional<uint32_t> number = DecodeNumber(value);
      if (!name.has_value() || !number.has_value() || *number >= names.size()) {
        Problem(StrCat("the index of ", index, " has an entry that leads nowhere"));
      } else if (names[*number] != *name) {
        Problem(StrCat("the index of ", index, " leads to ", *number, " under a name that is not its own"));
      } else {
        seen[*number] = true;
      }
      return absl::OkStatus();
    }));
    for (size_t i = 0; i < seen.size(); ++i) {
      if (!seen[i]) Problem(StrCat("the index of ", index, " does not hold ", i));
    }
  }

  // An index of claims under something: `owners[claim]` is what each has to stand under.
  void CheckPairs(Tag tag, std::string_view index, const std::vector<uint32_t>& owners) {
    std::vector<bool> seen(owners.size());
    Problem(view_.Scan(TagKey(tag), true, [&](std::string_view key, std::string_view value) {
      ++report_->index_entries_checked;
      const auto pair = PairInKey(tag, key);
      if (!pair.has_value() || !value.empty() || pair->second >= owners.size() || owners[pair->second] != pair->first) {
        Problem(StrCat("the index of ", index, " has an entry that no claim asks for"));
      } else {
        seen[pair->second] = true;
      }
      return absl::OkStatus();
    }));
    for (size_t i = 0; i < seen.size(); ++i) {
      if (!seen[i]) Problem(StrCat("the index of ", index, " does not hold claim ", i));
    }
  }

  void CheckEachHasClaim() {
    std::vector<bool> claimed(counts_.propositions);
    for (const uint32_t proposition : claim_propositions_) {
      if (proposition < claimed.size()) claimed[proposition] = true;
    }
    for (size_t i = 0; i < claimed.size(); ++i) {
      if (!claimed[i]) Problem(StrCat("proposition ", i, " has no claim, and so no source"));
    }
  }

  struct LoadEnd {
    uint32_t claims;
    uint64_t number;
    int64_t recorded;
  };

  const View& view_;
  const StoreCounts counts_;
  const VerifyOptions& options_;
  VerifyReport* report_;
  std::vector<std::string> entity_keys_, document_keys_, claim_ids_, proposition_hashes_;
  std::vector<uint32_t> claim_propositions_, claim_documents_;
  std::vector<LoadEnd> load_ends_;
  // Keys that records name, and one record that does.
  absl::flat_hash_map<std::string, std::string> named_entities_, named_documents_;
};

// The text of a document where its file is there and the right one, and what is to be said of it.
struct DocumentText {
  DocumentState state = DocumentState::kCitedOnly;
  std::string text;
};

absl::StatusOr<DocumentText> ReadDocument(const std::string& folder, const Document& document) {
  DocumentText found;
  if (document.file.empty()) return found;
  // The name comes from a claim file: it must not lead out of the folder.
  const fs::path relative = fs::path(document.file).lexically_normal();
  if (relative.is_absolute() || (!relative.empty() && *relative.begin() == "..")) {
    found.state = DocumentState::kFileMissing;
    return found;
  }
  auto text = ReadTextFile((fs::path(folder) / relative).string());
  if (!text.ok()) {
    if (text.status().code() != absl::StatusCode::kNotFound) return text.status();
    found.state = DocumentState::kFileMissing;
    return found;
  }
  found.state = Sha256Hex(*text) == AsciiLower(document.sha256) ? DocumentState::kMatches : DocumentState::kDiffers;
  found.text = *std::move(text);
  return found;
}

absl::Status CheckQuotesOf(const Snapshot& snapshot, const StoredDocument& stored, const std::string& folder,
                           Verification* verification) {
  ASSIGN_OR_RETURN(const DocumentText document, ReadDocument(folder, stored.document));
  verification->documents.push_back({stored.number, document.state});
  ASSIGN_OR_RETURN(const std::vector<ClaimId> numbers, snapshot.ClaimsOfDocument(stored.number));
  ASSIGN_OR_RETURN(const std::vector<StoredClaim> claims, snapshot.GetClaims(numbers));

  std::optional<QuoteFinder> finder;
  if (document.state == DocumentState::kMatches) {
    std::vector<std::string> sections;
    for (const StoredClaim& claim : claims) sections.push_back(claim.claim.locator.section);
    std::sort(sections.begin(), sections.end());
    sections.erase(std::unique(sections.begin(), sections.end()), sections.end());
    finder.emplace(document.text, sections);
  }
  for (const StoredClaim& claim : claims) {
    if (claim.claim.quote.empty() || document.state == DocumentState::kCitedOnly) {
      ++verification->without_quote;
      continue;
    }
    const QuoteState state = finder.has_value() ? finder->Find(claim.claim) : QuoteState::kUnreadable;
    if (state == QuoteState::kFound) {
      ++verification->quotes_found;
    } else {
      verification->not_found.push_back({claim.number, state});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Verification> CheckQuotes(const Snapshot& snapshot, const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return StoreError(kNoSuchPath, StrCat("there is no folder ", folder, " with documents"));
  }
  Verification verification;
  verification.when = Now();
  verification.sequence = snapshot.sequence();
  RETURN_IF_ERROR(snapshot.ScanDocuments(
      [&](const StoredDocument& stored) { return CheckQuotesOf(snapshot, stored, folder, &verification); }));
  std::sort(verification.not_found.begin(), verification.not_found.end(),
            [](const QuoteFinding& a, const QuoteFinding& b) { return a.claim < b.claim; });
  return verification;
}

}  // namespace

absl::StatusOr<VerifyReport> Verify(Store* store, const VerifyOptions& options) {
  VerifyReport report;
  ASSIGN_OR_RETURN(const Snapshot snapshot, store->snapshot());
  report.sequence = snapshot.sequence();
  ASSIGN_OR_RETURN(report.bytes_on_disk, store->impl().engine().BytesOnDisk());

  StoreVerifier verifier(snapshot.view(), options, &report);
  verifier.Problem(store->impl().engine().VerifyChecksums());
  verifier.Run();

  if (options.documents.empty()) return report;
  auto quotes = CheckQuotes(snapshot, options.documents);
  // What is damaged in the store is in the report already, and must not hide the rest of it.
  if (quotes.ok()) {
    report.quotes = *std::move(quotes);
    if (options.record && !store->read_only()) RETURN_IF_ERROR(store->impl().RecordVerification(*report.quotes));
  } else if (quotes.status().code() == absl::StatusCode::kDataLoss) {
    verifier.Problem(quotes.status());
  } else {
    return quotes.status();
  }
  return report;
}

}  // namespace dossier
