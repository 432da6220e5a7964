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
#include "graph/content_hash.h"
#include "store/error_codes.h"
#include "store/hash_index.h"
#include "store/image_loader.h"
#include "store/key_codec.h"
#include "store/quote_finder.h"
#include "store/record_block.h"
#include "store/record_codec.h"
#include "store/store_error.h"
#include "store/store_impl.h"
#include "store/text_file.h"

namespace dossier {
namespace {

using namespace store_internal;  // NOLINT: this file is the bridge to it

namespace fs = std::filesystem;

constexpr Tag kTags[] = {
    Tag::kFormat,          Tag::kOntology,      Tag::kCounts,     Tag::kVerification,       Tag::kIndexRuns,
    Tag::kEntity,          Tag::kDocument,      Tag::kLoad,       Tag::kPropositions,       Tag::kClaims,
    Tag::kEntityByKey,     Tag::kDocumentByKey, Tag::kClaimsById, Tag::kPropositionsByHash, Tag::kFurtherClaims,
    Tag::kClaimsOfDocument};

constexpr size_t kClaimsAtOnce = 512;

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
    CheckNumbered(Tag::kEntityByKey, "entities by key", entity_keys_);
    CheckNumbered(Tag::kDocumentByKey, "documents by key", document_keys_);
    const auto runs = view_.index_runs();
    Problem(runs.status());
    if (runs.ok()) {
      CheckHashes(Tag::kClaimsById, "claims by id", (*runs)->claims, claim_hashes_);
      CheckHashes(Tag::kPropositionsByHash, "propositions by hash", (*runs)->propositions, proposition_hashes_);
    }
    CheckClaimsOfPropositions();
    CheckClaimsOfDocuments();
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

  // Reads all blocks of a tag; `check` gets each record that can be read once, ascending.
  template <typename Record, typename Check>
  void CheckBlocks(Tag tag, std::string_view kind, uint32_t count, const Check& check) {
    uint64_t expected = 0;
    Problem(view_.Scan(TagKey(tag), true, [&](std::string_view key, std::string_view value) {
      const auto last = NumberInKey(tag, key);
      if (!last.has_value() || *last >= count) {
        Problem(StrCat("among the blocks of ", kind, "s is one that the counts do not know"));
        return absl::OkStatus();
      }
      const auto block = BlockReader<Record>::Open(std::string(value), StrCat("the block up to ", kind, " ", *last));
      if (!block.ok()) {
        Problem(block.status());
        expected = uint64_t{*last} + 1;
        return absl::OkStatus();
      }
      const uint64_t first = uint64_t{*last} + 1 - block->count();
      if (block->count() == 0 || first < expected) {
        Problem(StrCat("the block up to ", kind, " ", *last, " holds too few records, or some that another one has"));
        return absl::OkStatus();
      }
      for (; expected < first; ++expected) Problem(StrCat(kind, " ", expected, " is missing"));
      for (; expected <= *last; ++expected) {
        Progress();
        auto record = block->At(static_cast<uint32_t>(expected - first));
        Problem(record.status());
        if (record.ok()) check(static_cast<uint32_t>(expected), *std::move(record), What(kind, expected));
      }
      return absl::OkStatus();
    }));
    for (; expected < count; ++expected) Problem(StrCat(kind, " ", expected, " is missing"));
  }

  void CheckPropositions() {
    proposition_hashes_.resize(counts_.propositions);
    first_claims_.resize(counts_.propositions, ClaimId::kInvalid);
    CheckBlocks<PropositionRecord>(Tag::kPropositions, "proposition", counts_.propositions,
                                   [&](uint32_t number, PropositionRecord record, const std::string& what) {
                                     first_claims_[number] = record.first_claim;
                                     bool complete = CheckTerm(record.subject, what);
                                     complete = CheckTerm(record.object, what) && complete;
                                     for (const QualifierRecord& q : record.identifying)
                                       complete = CheckTerm(q.value, what) && complete;
                                     if (!complete) return;
                                     const auto proposition = view_.Compose(std::move(record));
                                     Problem(proposition.status());
                                     if (proposition.ok()) proposition_hashes_[number] = IndexHash(proposition->Hash());
                                   });
  }

  void CheckClaims() {
    claim_hashes_.resize(counts_.claims);
    claim_propositions_.resize(counts_.claims, PropositionNumber::kInvalid);
    claim_documents_.resize(counts_.claims, DocumentNumber::kInvalid);
    size_t load = 0;
    std::vector<std::pair<ClaimId, ClaimRecord>> without_id;
    CheckBlocks<ClaimRecord>(
        Tag::kClaims, "claim", counts_.claims, [&](uint32_t number, ClaimRecord record, const std::string& what) {
          if (record.rest.id.empty() && !record.id_by_content) Problem(StrCat(what, " has no id"));
          bool complete = CheckNumber(record.proposition.value, counts_.propositions, what, "proposition");
          complete = CheckNumber(record.document.value, counts_.documents, what, "document") && complete;
          for (const QualifierRecord& q : record.qualifiers) complete = CheckTerm(q.value, what) && complete;
          for (const uint32_t one : record.asserters) {
            complete = CheckNumber(one, counts_.entities, what, "entity") && complete;
          }
          for (const uint32_t one : record.cites) {
            complete = CheckNumber(one, counts_.documents, what, "document") && complete;
          }
          for (const uint32_t one : record.supersedes) {
            complete = CheckNumber(one, counts_.claims, what, "claim") && complete;
          }
          if (record.statement.has_value()) {
            complete = CheckNumber(*record.statement, counts_.entities, what, "entity") && complete;
          }
          while (load < load_ends_.size() && load_ends_[load].claims <= number) ++load;
          if (load == load_ends_.size() || load_ends_[load].number != record.rest.load ||
              load_ends_[load].recorded != record.rest.recorded) {
            Problem(StrCat(what, " is not of the load in whose range it lies"));
          }
          claim_propositions_[number] = record.proposition.value;
          claim_documents_[number] = record.document.value;
          if (!record.id_by_content) {
            claim_hashes_[number] = IndexHash(HashOfId(record.rest.id));
          } else if (complete) {
            without_id.emplace_back(ClaimId(number), std::move(record));
            if (without_id.size() == kClaimsAtOnce) FindIds(std::exchange(without_id, {}));
          }
        });
    FindIds(std::move(without_id));
  }

  void FindIds(std::vector<std::pair<ClaimId, ClaimRecord>> records) {
    const auto claims = view_.Compose(std::move(records));
    Problem(claims.status());
    if (!claims.ok()) return;
    for (const StoredClaim& stored : *claims) {
      claim_hashes_[stored.number.value] = IndexHash(HashOfId(stored.claim.id));
    }
  }

  // An index from names to numbers: `names[number]` is what each record has to stand under.
  void CheckNumbered(Tag tag, std::string_view index, const std::vector<std::string>& names) {
    std::vector<bool> seen(names.size());
    Problem(view_.Scan(TagKey(tag), true, [&](std::string_view key, std::string_view value) {
      ++report_->index_entries_checked;
      const std::optional<std::string> name = TextInKey(tag, key);
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

  // An index of hashes: `hashes[number]` is what each record has to stand under, where it could be found out.
  void CheckHashes(Tag tag, std::string_view index, const std::vector<IndexRun>& runs,
                   const std::vector<std::optional<uint32_t>>& hashes) {
    std::vector<bool> seen(hashes.size());
    std::vector<uint64_t> entries(runs.size());
    Problem(view_.Scan(TagKey(tag), true, [&](std::string_view key, std::string_view value) {
      const auto pair = PairInKey(tag, key);
      const auto run = std::find_if(runs.begin(), runs.end(),
                                    [&](const IndexRun& one) { return pair.has_value() && one.number == pair->first; });
      if (run == runs.end() || pair->second >> run->bits != 0) {
        Problem(StrCat("the index of ", index, " has a bucket that belongs to nothing"));
        return absl::OkStatus();
      }
      const auto bucket = DecodeBucket(value, pair->second, run->bits);
      Problem(bucket.status());
      if (!bucket.ok()) return absl::OkStatus();
      entries[static_cast<size_t>(run - runs.begin())] += bucket->size();
      report_->index_entries_checked += bucket->size();
      for (const IndexEntry& entry : *bucket) {
        if (entry.number >= hashes.size()) {
          Problem(StrCat("the index of ", index, " has an entry that leads nowhere"));
        } else if (hashes[entry.number].value_or(entry.hash) != entry.hash) {
          Problem(StrCat("the index of ", index, " leads to ", entry.number, " under a hash that is not its own"));
        } else if (seen[entry.number]) {
          Problem(StrCat("the index of ", index, " holds ", entry.number, " twice"));
        } else {
          seen[entry.number] = true;
        }
      }
      return absl::OkStatus();
    }));
    for (size_t i = 0; i < runs.size(); ++i) {
      if (entries[i] != runs[i].entries) {
        Problem(StrCat("run ", runs[i].number, " of the index of ", index, " does not hold what it should"));
      }
    }
    for (size_t i = 0; i < seen.size(); ++i) {
      if (!seen[i]) Problem(StrCat("the index of ", index, " does not hold ", i));
    }
  }

  // Each claim is the first of its proposition, or stands under it.
  void CheckClaimsOfPropositions() {
    std::vector<bool> seen(counts_.claims);
    for (uint32_t i = 0; i < first_claims_.size(); ++i) {
      const uint32_t claim = first_claims_[i];
      if (claim >= seen.size() || claim_propositions_[claim] != i) {
        Problem(StrCat("proposition ", i, " does not begin with a claim on it, and so may have no source"));
      } else {
        seen[claim] = true;
      }
    }
    Problem(view_.Scan(TagKey(Tag::kFurtherClaims), true, [&](std::string_view key, std::string_view value) {
      ++report_->index_entries_checked;
      const auto pair = PairInKey(Tag::kFurtherClaims, key);
      if (!pair.has_value() || !value.empty() || pair->second >= seen.size() || seen[pair->second] ||
          pair->first >= first_claims_.size() || claim_propositions_[pair->second] != pair->first ||
          first_claims_[pair->first] > pair->second) {
        Problem("the index of claims by proposition has an entry that no claim asks for");
      } else {
        seen[pair->second] = true;
      }
      return absl::OkStatus();
    }));
    for (size_t i = 0; i < seen.size(); ++i) {
      if (!seen[i]) Problem(StrCat("the index of claims by proposition does not hold claim ", i));
    }
  }

  void CheckClaimsOfDocuments() {
    std::vector<bool> seen(counts_.claims);
    Problem(view_.Scan(TagKey(Tag::kClaimsOfDocument), true, [&](std::string_view key, std::string_view value) {
      const auto claims = ClaimsInEntry(key, value);
      Problem(claims.status());
      if (!claims.ok()) return absl::OkStatus();
      const uint32_t document = PairInKey(Tag::kClaimsOfDocument, key)->first;
      for (const uint32_t claim : *claims) {
        ++report_->index_entries_checked;
        if (claim >= seen.size() || seen[claim] || claim_documents_[claim] != document) {
          Problem("the index of claims by document has an entry that no claim asks for");
        } else {
          seen[claim] = true;
        }
      }
      return absl::OkStatus();
    }));
    for (size_t i = 0; i < seen.size(); ++i) {
      if (!seen[i]) Problem(StrCat("the index of claims by document does not hold claim ", i));
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
  std::vector<std::string> entity_keys_, document_keys_;
  std::vector<std::optional<uint32_t>> claim_hashes_, proposition_hashes_;
  std::vector<uint32_t> first_claims_, claim_propositions_, claim_documents_;
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
  verifier.Problem(VerifyImage(*store, snapshot));

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
