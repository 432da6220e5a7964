// Validated records -> one batch over all indexes.
//
// In this order, because each step needs the numbers that the ones before it gave: documents and entities are merged
// with what is there; a claim that is there already drops out, any other gets a number; its proposition is found by
// hash or numbered; then, as every reference can be resolved, both go into their blocks. Indexes come last, sorted.
#include "store/batch_writer.h"

#include <algorithm>
#include <future>
#include <iterator>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "graph/base/huge_pages.h"
#include "graph/base/long_list.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/content_hash.h"
#include "store/column.h"
#include "store/error_codes.h"
#include "store/hash_index.h"
#include "store/key_codec.h"
#include "store/number_table.h"
#include "store/record_block.h"
#include "store/store_error.h"

namespace dossier::store_internal {
namespace {

constexpr size_t kWorthAThread = 20000;  // entries of an index, or entities
constexpr size_t kClaimsInEntry = 512;   // of the index of claims by document
constexpr size_t kMostGroupsPerItem = 4;
constexpr size_t kChangesInClaims = 6;  // for so many as a block has: blocks of both kinds, buckets, lists of documents
// So many plain claims ahead the tables are fetched into the caches, for as many at once: each waits for the
// processor to find its page, and those of one loop do so side by side.
constexpr size_t kTakenAhead = 32;
constexpr uint32_t kMostRecords = std::numeric_limits<uint32_t>::max() - 1;

using NumberByText = absl::flat_hash_map<std::string, uint32_t>;

void Replace(const std::string& given, std::string* field) {
  if (!given.empty()) *field = given;
}

void Merge(const Document& given, Document* there) {
  Replace(given.title, &there->title);
  Replace(given.publisher, &there->publisher);
  if (!given.authors.empty()) there->authors = given.authors;
  if (!given.date.is_undated()) there->date = given.date;
  Replace(given.kind, &there->kind);
  Replace(given.language, &there->language);
  Replace(given.url, &there->url);
  Replace(given.file, &there->file);
  Replace(given.sha256, &there->sha256);
  Replace(given.part_of, &there->part_of);
  Replace(given.note, &there->note);
}

void AddAlias(const Alias& alias, std::vector<Alias>* aliases) {
  if (std::find(aliases->begin(), aliases->end(), alias) == aliases->end()) aliases->push_back(alias);
}

// Types are the caller's to compare. What an entity was once called it can still be found by.
void Merge(const Entity& given, Entity* there) {
  if (!given.name.empty() && !there->name.empty() && given.name != there->name) {
    AddAlias({.text = there->name}, &there->aliases);
  }
  Replace(given.name, &there->name);
  for (const Alias& alias : given.aliases) AddAlias(alias, &there->aliases);
  Replace(given.description, &there->description);
}

// The last of a key holds everything that was said of it in this load.
template <typename Record>
std::vector<Record> MergeByKey(std::vector<Record> records) {
  absl::flat_hash_map<std::string, size_t> place;
  place.reserve(records.size());
  std::vector<Record> merged;
  merged.reserve(records.size());
  for (Record& record : records) {
    const auto [at, first] = place.emplace(record.key, merged.size());
    if (first) {
      merged.push_back(std::move(record));
    } else {
      Merge(record, &merged[at->second]);
    }
  }
  return merged;
}

// Whether finding its id from its content takes the ids of other claims.
bool RefersToClaims(const Claim& claim) {
  const auto is_claim = [](const Term& term) { return term.kind == Term::Kind::kClaim; };
  const auto holds_claim = [&](const Qualifier& qualifier) { return is_claim(qualifier.value); };
  return is_claim(claim.proposition.subject) || is_claim(claim.proposition.object) || !claim.supersedes.empty() ||
         std::any_of(claim.qualifiers.begin(), claim.qualifiers.end(), holds_claim) ||
         std::any_of(claim.proposition.identifying.begin(), claim.proposition.identifying.end(), holds_claim);
}

struct NumberedEntity {
  EntityNumber number;
  const Entity* entity = nullptr;
  bool is_new = false;
  std::string bytes;
};

// Makes the bytes, half of them in another thread, and calls `meanwhile`. The first that is too large is the error.
template <typename Meanwhile>
absl::Status EncodeAll(std::span<NumberedEntity> entities, const Meanwhile& meanwhile) {
  const auto encode = [](std::span<NumberedEntity> some) -> absl::Status {
    for (NumberedEntity& one : some) {
      auto bytes = Encode(*one.entity, "");
      // Its name is made only where it is needed.
      if (!bytes.ok()) return Encode(*one.entity, StrCat("entity ", one.entity->key)).status();
      one.bytes = *std::move(bytes);
    }
    return absl::OkStatus();
  };
  const auto when = entities.size() >= kWorthAThread ? std::launch::async | std::launch::deferred  // if it can
                                                     : std::launch::deferred;
  const size_t half = entities.size() / 2;
  auto later = std::async(when, encode, entities.subspan(half));
  meanwhile();
  const absl::Status first = encode(entities.first(half));
  const absl::Status second = later.get();
  return first.ok() ? second : first;
}

// Calls `visit` for each number that occurs in `group_of`, ascending, with the items that have it, ascending; the first
// item is number `first`.
template <typename Visit>
void ForEachGroup(const std::vector<uint32_t>& group_of, uint32_t first, const Visit& visit) {
  if (group_of.empty()) return;
  const auto [least, most] = std::minmax_element(group_of.begin(), group_of.end());
  // Numbers that lie close together are their own places; of others, those that there are make a list.
  std::vector<uint32_t> groups;
  const size_t range = *most - *least + size_t{1};
  if (range / kMostGroupsPerItem > group_of.size()) {
    groups = group_of;
    std::sort(groups.begin(), groups.end());
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  }
  const auto place_of = [&, least = *least](uint32_t group) {
    if (groups.empty()) return size_t{group - least};
    return static_cast<size_t>(std::lower_bound(groups.begin(), groups.end(), group) - groups.begin());
  };
  // Each counts up from where the items of its group begin to where they end, which is where those of the next begin.
  std::vector<uint32_t> ends((groups.empty() ? range : groups.size()) + 1);
  for (const uint32_t group : group_of) ++ends[place_of(group) + 1];
  for (size_t i = 1; i < ends.size(); ++i) ends[i] += ends[i - 1];
  std::vector<uint32_t> items = HugeVector<uint32_t>(group_of.size());
  for (uint32_t i = 0; i < group_of.size(); ++i) items[ends[place_of(group_of[i])]++] = first + i;
  uint32_t begin = 0;
  for (size_t i = 0; i + 1 < ends.size(); begin = ends[i++]) {
    const uint32_t group = groups.empty() ? *least + static_cast<uint32_t>(i) : groups[i];
    if (ends[i] > begin) visit(group, std::span<const uint32_t>(items).subspan(begin, ends[i] - begin));
  }
}

std::vector<IndexEntry> EntriesOf(NumberTable numbers) {
  numbers.ForgetPlaces();  // half of its memory
  std::vector<IndexEntry> entries;
  ReserveHuge(numbers.hashes().size(), &entries);
  uint32_t number = numbers.first();
  for (const ContentHash& hash : numbers.hashes()) entries.push_back({IndexHash(hash), number++});
  return entries;
}

}  // namespace

class LoadWriter::Impl : public PlainSink {
 public:
  Impl(const View* view, const IndexRuns* runs, int64_t now)
      : view_(*view), counts_(view->counts()), now_(now), runs_(*runs) {}

  absl::StatusOr<std::optional<uint32_t>> NumberOfEntity(std::string_view key) const override {
    if (place_of_entity_) {
      if (const auto place = place_of_entity_(key)) return std::optional<uint32_t>(entity_numbers_[*place]);
    }
    if (view_.counts().entities == 0) return std::optional<uint32_t>();
    return view_.NumberAt(EntityByKey(key));
  }
  absl::StatusOr<std::optional<uint32_t>> NumberOfDocument(std::string_view key) const override {
    if (const auto at = documents_.find(ToAbsl(key)); at != documents_.end()) {
      return std::optional<uint32_t>(at->second);
    }
    if (view_.counts().documents == 0) return std::optional<uint32_t>();
    return view_.NumberAt(DocumentByKey(key));
  }
  uint32_t NumberOfEntityAt(uint32_t place) const override { return entity_numbers_[place]; }
  void FetchMemory(size_t claims) const override {
    claims_.FetchMemory(claims);
    propositions_.FetchMemory(claims);
  }
  absl::StatusOr<Answer> Take(const PlainClaims& claims, size_t i) override;

  absl::Status AddDocuments(std::vector<Document> documents);
  absl::Status AddEntities(std::vector<Entity> entities, PlaceOfEntity place_of);
  absl::Status AddClaim(ValidatedClaim&& validated);
  void Expect(size_t claims) {
    expected_ = claims;
    claims_.Reserve(claims);
    propositions_.Reserve(claims);
  }
  bool Holds(const ContentHash& id_hash) { return claims_.Find(id_hash).has_value(); }
  absl::StatusOr<LoadBatch> Finish(std::vector<std::string> sources, uint64_t unchanged);

 private:
  struct NewClaim {
    ValidatedClaim claim;
    ClaimId number;
  };

  void Offend(int number, std::string_view cause, std::string_view rule, std::string_view hint) {
    Diagnostic diagnostic;
    diagnostic.number = number;
    diagnostic.cause = cause;
    diagnostic.rule = rule;
    diagnostic.hint = hint;
    offenders_.push_back(std::move(diagnostic));
  }
  static absl::StatusOr<uint32_t> NextNumber(std::string_view kind, uint32_t* count) {
    if (*count >= kMostRecords) return StoreError(kStoreFull, StrCat("no number is left for another ", kind));
    return (*count)++;
  }

  absl::Status CheckSame(const Claim& claim, ClaimId there);
  void CheckTwin(const ValidatedClaim& claim, uint32_t twin);
  absl::StatusOr<bool> CanBeResolved(const Claim& claim);
  absl::Status EncodeClaim(ValidatedClaim&& validated, ClaimId number);
  absl::StatusOr<PropositionNumber> NumberProposition(const Proposition& proposition, const ContentHash& hash,
                                                      ClaimId claim, std::string_view claim_id);
  absl::StatusOr<std::optional<PropositionNumber>> PlainPropositionInStore(const ContentHash& hash);
  absl::StatusOr<PropositionNumber> NumberPlainProposition(const PlainClaims& claims, size_t i, ClaimId number,
                                                           std::optional<uint32_t> known);
  absl::Status WriteIndexes();
  void WriteClaimsOfDocuments();

  // From keys to numbers, in this load or in the store; nullopt (and an offender) for what is in neither.
  absl::StatusOr<std::optional<uint32_t>> ResolveEntity(std::string_view key);
  absl::StatusOr<std::optional<uint32_t>> ResolveDocument(std::string_view key);
  absl::StatusOr<std::optional<uint32_t>> ResolveClaim(std::string_view id);
  absl::StatusOr<uint32_t> Need(absl::StatusOr<std::optional<uint32_t>> number, std::string_view kind,
                                std::string_view text, std::string_view claim);
  absl::Status Resolve(const Term& term, std::string_view claim, TermRecord* record);
  absl::Status Resolve(const std::vector<Qualifier>& qualifiers, std::string_view claim,
                       std::vector<QualifierRecord>* records);

  const View& view_;
  StoreCounts counts_;
  int64_t now_;
  size_t expected_ = 0;  // claims
  IndexRuns runs_;
  const IndexRuns runs_before_ = runs_;
  HashIndexReader claim_index_{&view_.rows(), Tag::kClaimsById, &runs_before_.claims, true};
  HashIndexReader proposition_index_{&view_.rows(), Tag::kPropositionsByHash, &runs_before_.propositions, true};
  Batch batch_;
  CommitReport report_;
  std::vector<Diagnostic> offenders_;
  std::vector<EntityNumber> updated_entities_;
  std::vector<DocumentNumber> updated_documents_;
  // Of what the load gives: other threads look there while claims are taken.
  NumberByText documents_;
  PlaceOfEntity place_of_entity_;
  std::vector<uint32_t> entity_numbers_;           // by that place
  NumberByText found_entities_, found_documents_;  // of the store, as far as looked up
  NumberTable claims_{counts_.claims};             // by HashOfId
  // By the claim's number, where the id is not made of it: what a second claim under the id would have to say as well.
  absl::flat_hash_map<uint32_t, ContentHash> contents_;
  NumberTable propositions_{counts_.propositions};
  LongList<uint32_t> documents_of_claims_;  // of the claims that are added, in their order
  BlockWriter<PropositionRecord> proposition_block_;
  BlockWriter<ClaimRecord> claim_block_;
  std::vector<NewClaim> waiting_;
};

absl::Status LoadWriter::Impl::AddDocuments(std::vector<Document> documents) {
  documents = MergeByKey(std::move(documents));
  std::vector<std::string> keys;
  for (const Document& document : documents) keys.push_back(DocumentByKey(document.key));
  std::vector<std::optional<uint32_t>> numbers(keys.size());
  if (view_.counts().documents > 0) {
    ASSIGN_OR_RETURN(numbers, view_.NumbersAt(keys));
  }
  for (size_t i = 0; i < documents.size(); ++i) {
    Document& document = documents[i];
    const std::string what = StrCat("document ", document.key);
    std::optional<uint32_t> number = numbers[i];
    if (number.has_value()) {
      documents_[document.key] = *number;
      ASSIGN_OR_RETURN(const std::string bytes, view_.RecordAt(KeyOf(DocumentNumber(*number)), what));
      ASSIGN_OR_RETURN(const Document there, DecodeDocument(bytes, what));
      Document merged = there;
      Merge(document, &merged);
      if (merged == there) {
        ++report_.unchanged;
        continue;
      }
      document = std::move(merged);
      ++report_.documents_updated;
      updated_documents_.emplace_back(*number);
    } else {
      ASSIGN_OR_RETURN(number, NextNumber("document", &counts_.documents));
      documents_[document.key] = *number;
      ++report_.documents_added;
      batch_.Put(keys[i], EncodeNumber(*number));
    }
    ASSIGN_OR_RETURN(std::string bytes, Encode(document, what));
    batch_.Put(KeyOf(DocumentNumber(*number)), std::move(bytes));
  }
  return absl::OkStatus();
}

absl::Status LoadWriter::Impl::AddEntities(std::vector<Entity> entities, PlaceOfEntity place_of) {
  place_of_entity_ = std::move(place_of);
  entity_numbers_.resize(entities.size());
  std::vector<std::optional<uint32_t>> numbers(entities.size());
  if (view_.counts().entities > 0) {
    std::vector<std::string> keys;
    keys.reserve(entities.size());
    for (const Entity& entity : entities) keys.push_back(EntityByKey(entity.key));
    ASSIGN_OR_RETURN(numbers, view_.NumbersAt(keys));
  }
  std::vector<NumberedEntity> written;
  written.reserve(entities.size());
  // And what the claims come to, so that all of it need not move for them.
  batch_.Reserve(2 * entities.size() + expected_ * kChangesInClaims / kRecordsInBlock);
  for (size_t i = 0; i < entities.size(); ++i) {
    Entity& entity = entities[i];
    std::optional<uint32_t> number = numbers[i];
    if (number.has_value()) {
      const std::string what = StrCat("entity ", entity.key);
      entity_numbers_[i] = *number;
      ASSIGN_OR_RETURN(const std::string bytes, view_.RecordAt(KeyOf(EntityNumber(*number)), what));
      ASSIGN_OR_RETURN(const Entity there, DecodeEntity(bytes, what));
      if (!entity.types.empty() && entity.types != there.types) {
        Offend(kEntityTypeChanged,
               StrCat(what, " is of type ", Join(there.types, ", "), " in the store, and of type ",
                      Join(entity.types, ", "), " here"),
               "an entity keeps its types", "give the other thing another key");
        continue;
      }
      Entity merged = there;
      Merge(entity, &merged);
      if (merged == there) {
        ++report_.unchanged;
        continue;
      }
      entity = std::move(merged);
      ++report_.entities_updated;
      updated_entities_.emplace_back(*number);
    } else {
      ASSIGN_OR_RETURN(number, NextNumber("entity", &counts_.entities));
      entity_numbers_[i] = *number;
      ++report_.entities_added;
    }
    written.push_back({EntityNumber(*number), &entity, !numbers[i].has_value(), std::string()});
  }
  RETURN_IF_ERROR(EncodeAll(written, [&written, this] {
    for (const NumberedEntity& one : written) {
      if (one.is_new) batch_.Put(EntityByKey(one.entity->key), EncodeNumber(one.number.value));
    }
  }));
  for (NumberedEntity& entity : written) batch_.Put(KeyOf(entity.number), std::move(entity.bytes));
  return absl::OkStatus();
}

// The same claim again is nothing new; another under its id is an error.
absl::Status LoadWriter::Impl::CheckSame(const Claim& claim, ClaimId there) {
  ASSIGN_OR_RETURN(const std::vector<StoredClaim> stored, view_.ReadClaims({there}));
  if (ContentIdOf(stored.front().claim) == ContentIdOf(claim)) {
    ++report_.unchanged;
  } else {
    Offend(kClaimDiffers, StrCat("claim ", claim.id, " is in the store already and says something else"),
           "claims are never overwritten", StrCat("give the new one another id, and `supersedes` = ", claim.id));
  }
  return absl::OkStatus();
}

void LoadWriter::Impl::CheckTwin(const ValidatedClaim& claim, uint32_t twin) {
  const bool by_content = claim.id_by_content();
  const auto content = contents_.find(twin);
  if (content == contents_.end() ? by_content
                                 : !by_content && content->second == HashOfId(ContentIdOf(claim.claim()))) {
    ++report_.unchanged;
  } else {
    Offend(kClaimDiffers, StrCat("claim ", claim.claim().id, " comes twice and says two things"),
           "an id belongs to one claim", "give each an id of its own");
  }
}

absl::Status LoadWriter::Impl::AddClaim(ValidatedClaim&& validated) {
  const Claim& claim = validated.claim();
  if (const auto twin = claims_.Find(validated.id_hash())) {
    CheckTwin(validated, *twin);
    return absl::OkStatus();
  }
  if (!runs_before_.claims.empty()) {
    ASSIGN_OR_RETURN(const auto there, view_.FindClaim(claim.id, &claim_index_));
    if (there.has_value()) return CheckSame(claim, *there);
  }
  ASSIGN_OR_RETURN(const uint32_t number, NextNumber("claim", &counts_.claims));
  claims_.Add(validated.id_hash());
  if (!validated.id_by_content()) contents_.emplace(number, HashOfId(ContentIdOf(claim)));
  ++report_.claims_added;
  bool ready = waiting_.empty();
  if (ready) {
    ASSIGN_OR_RETURN(ready, CanBeResolved(claim));
  }
  if (ready) return EncodeClaim(std::move(validated), ClaimId(number));
  waiting_.push_back({std::move(validated), ClaimId(number)});
  return absl::OkStatus();
}

absl::StatusOr<PlainSink::Answer> LoadWriter::Impl::Take(const PlainClaims& claims, size_t i) {
  if (i % kTakenAhead == 0) {
    const size_t end = std::min(i + 2 * kTakenAhead, claims.hashes().size());
    for (size_t soon = i == 0 ? 0 : i + kTakenAhead; soon < end; ++soon) {
      claims_.Prefetch(claims.hashes()[soon].id);
      propositions_.Prefetch(claims.hashes()[soon].proposition);
    }
  }
  const PlainClaim& claim = claims.claims()[i];
  const PlainHashes& hashes = claims.hashes()[i];
  if (!waiting_.empty()) return Answer::kAsk;  // it would have to wait as well
  const std::optional<uint32_t> proposition_known = propositions_.Find(hashes.proposition);
  // Where nothing was said on its proposition yet, a claim whose id is what it says cannot be there: one more table
  // that most loads of millions never look into, and so never make.
  const bool is_first = !proposition_known.has_value() && runs_before_.propositions.empty();
  if (!(is_first && claim.id_by_content)) {
    if (claims_.Find(hashes.id).has_value()) return claim.id_by_content ? Answer::kUnchanged : Answer::kAsk;
    if (!runs_before_.claims.empty()) {
      ASSIGN_OR_RETURN(const auto candidates, claim_index_.Find(IndexHash(hashes.id)));
      if (!candidates.empty()) return Answer::kAsk;
    }
  }
  ASSIGN_OR_RETURN(const uint32_t number, NextNumber("claim", &counts_.claims));
  claims_.Add(hashes.id);
  if (!claim.id_by_content) contents_.emplace(number, claims.content(i));
  ++report_.claims_added;
  ASSIGN_OR_RETURN(const PropositionNumber proposition,
                   NumberPlainProposition(claims, i, ClaimId(number), proposition_known));
  claim_block_.AddPlain(claims, claim, proposition, view_.counts().loads + 1, now_);
  if (claim_block_.full()) batch_.Put(KeyOf(ClaimId(number)), claim_block_.Take());
  documents_of_claims_.push_back(claim.document);
  return Answer::kTaken;
}

absl::StatusOr<std::optional<PropositionNumber>> LoadWriter::Impl::PlainPropositionInStore(const ContentHash& hash) {
  if (runs_before_.propositions.empty()) return std::optional<PropositionNumber>();
  ASSIGN_OR_RETURN(const auto candidates, proposition_index_.Find(IndexHash(hash)));
  for (const uint32_t candidate : candidates) {
    ASSIGN_OR_RETURN(PropositionRecord record, view_.PropositionAt(PropositionNumber(candidate)));
    ASSIGN_OR_RETURN(const Proposition found, view_.Compose(std::move(record)));
    if (found.Hash() == hash) return std::optional<PropositionNumber>(candidate);
  }
  return std::optional<PropositionNumber>();
}

absl::StatusOr<PropositionNumber> LoadWriter::Impl::NumberPlainProposition(const PlainClaims& claims, size_t i,
                                                                           ClaimId number,
                                                                           std::optional<uint32_t> known) {
  const ContentHash& hash = claims.hashes()[i].proposition;
  std::optional<PropositionNumber> there;
  if (known.has_value()) {
    there = PropositionNumber(*known);
  } else {
    ASSIGN_OR_RETURN(there, PlainPropositionInStore(hash));
  }
  if (there.has_value()) {
    batch_.Put(FurtherClaim(*there, number), "");
    return *there;
  }
  ASSIGN_OR_RETURN(const uint32_t added, NextNumber("proposition", &counts_.propositions));
  propositions_.Add(hash);
  ++report_.propositions_added;
  proposition_block_.AddPlain(claims, claims.claims()[i], number.value);
  if (proposition_block_.full()) batch_.Put(KeyOf(PropositionNumber(added)), proposition_block_.Take());
  return PropositionNumber(added);
}

// Whether all claims that it refers to have numbers.
absl::StatusOr<bool> LoadWriter::Impl::CanBeResolved(const Claim& claim) {
  const auto has_number = [this](const Term& term) -> absl::StatusOr<bool> {
    if (term.kind != Term::Kind::kClaim) return true;
    ASSIGN_OR_RETURN(const auto number, ResolveClaim(term.key));
    return number.has_value();
  };
  for (const Term* term : {&claim.proposition.subject, &claim.proposition.object}) {
    ASSIGN_OR_RETURN(const bool found, has_number(*term));
    if (!found) return false;
  }
  for (const auto* qualifiers : {&claim.proposition.identifying, &claim.qualifiers}) {
    for (const Qualifier& qualifier : *qualifiers) {
      ASSIGN_OR_RETURN(const bool found, has_number(qualifier.value));
      if (!found) return false;
    }
  }
  for (const std::string& id : claim.supersedes) {
    ASSIGN_OR_RETURN(const auto number, ResolveClaim(id));
    if (!number.has_value()) return false;
  }
  return true;
}

absl::StatusOr<std::optional<uint32_t>> LoadWriter::Impl::ResolveEntity(std::string_view key) {
  const auto found = found_entities_.find(ToAbsl(key));
  if (found != found_entities_.end()) return std::optional<uint32_t>(found->second);
  ASSIGN_OR_RETURN(const std::optional<uint32_t> number, NumberOfEntity(key));
  if (number.has_value() && view_.counts().entities > 0) found_entities_.emplace(key, *number);
  return number;
}

absl::StatusOr<std::optional<uint32_t>> LoadWriter::Impl::ResolveDocument(std::string_view key) {
  const auto found = found_documents_.find(ToAbsl(key));
  if (found != found_documents_.end()) return std::optional<uint32_t>(found->second);
  ASSIGN_OR_RETURN(const std::optional<uint32_t> number, NumberOfDocument(key));
  if (number.has_value() && view_.counts().documents > 0) found_documents_.emplace(key, *number);
  return number;
}

absl::StatusOr<std::optional<uint32_t>> LoadWriter::Impl::ResolveClaim(std::string_view id) {
  if (const auto number = claims_.Find(HashOfId(id))) return number;
  if (runs_before_.claims.empty()) return std::optional<uint32_t>();
  ASSIGN_OR_RETURN(const auto number, view_.FindClaim(id, &claim_index_));
  return number.has_value() ? std::optional<uint32_t>(number->value) : std::nullopt;
}

absl::StatusOr<uint32_t> LoadWriter::Impl::Need(absl::StatusOr<std::optional<uint32_t>> number, std::string_view kind,
                                                std::string_view text, std::string_view claim) {
  if (!number.ok()) return number.status();
  if (!number->has_value()) {
    Offend(kDanglingReference, StrCat("claim ", claim, " refers to the ", kind, " ", text, ", which is nowhere"),
           "what a claim refers to is in the store or in the same load", "add it, or mend the name");
  }
  return number->value_or(0);
}

absl::Status LoadWriter::Impl::Resolve(const Term& term, std::string_view claim, TermRecord* record) {
  switch (term.kind) {
    case Term::Kind::kLiteral:
      record->kind = TermRecord::Kind::kLiteral;
      record->literal = term.literal;
      break;
    case Term::Kind::kClaim: {
      record->kind = TermRecord::Kind::kClaim;
      ASSIGN_OR_RETURN(record->number, Need(ResolveClaim(term.key), "claim", term.key, claim));
      break;
    }
    case Term::Kind::kEntity: {
      // A document may stand where an entity can; then it is known by its document's key.
      ASSIGN_OR_RETURN(auto number, ResolveEntity(term.key));
      record->kind = TermRecord::Kind::kEntity;
      if (!number.has_value()) {
        ASSIGN_OR_RETURN(number, ResolveDocument(term.key));
        if (number.has_value()) record->kind = TermRecord::Kind::kDocument;
      }
      ASSIGN_OR_RETURN(record->number, Need(number, "entity", term.key, claim));
      break;
    }
  }
  return absl::OkStatus();
}

absl::Status LoadWriter::Impl::Resolve(const std::vector<Qualifier>& qualifiers, std::string_view claim,
                                       std::vector<QualifierRecord>* records) {
  records->resize(qualifiers.size());
  for (size_t i = 0; i < qualifiers.size(); ++i) {
    RETURN_IF_ERROR(Resolve(qualifiers[i].value, claim, &(*records)[i].value));
    (*records)[i].name = qualifiers[i].name;
  }
  return absl::OkStatus();
}

absl::StatusOr<PropositionNumber> LoadWriter::Impl::NumberProposition(const Proposition& proposition,
                                                                      const ContentHash& hash, ClaimId claim,
                                                                      std::string_view claim_id) {
  std::optional<PropositionNumber> there;
  if (const auto known = propositions_.Find(hash)) {
    there = PropositionNumber(*known);
  } else if (!runs_before_.propositions.empty()) {
    ASSIGN_OR_RETURN(there, view_.FindProposition(proposition, hash, &proposition_index_));
  }
  if (there.has_value()) {
    batch_.Put(FurtherClaim(*there, claim), "");
    return *there;
  }
  ASSIGN_OR_RETURN(const uint32_t added, NextNumber("proposition", &counts_.propositions));
  const PropositionNumber number(added);
  propositions_.Add(hash);
  ++report_.propositions_added;

  PropositionRecord record;
  record.relation = proposition.relation;
  record.first_claim = claim.value;
  RETURN_IF_ERROR(Resolve(proposition.subject, claim_id, &record.subject));
  RETURN_IF_ERROR(Resolve(proposition.object, claim_id, &record.object));
  RETURN_IF_ERROR(Resolve(proposition.identifying, claim_id, &record.identifying));
  RETURN_IF_ERROR(proposition_block_.Add(record, "the proposition of a claim"));
  if (proposition_block_.full()) batch_.Put(KeyOf(number), proposition_block_.Take());
  return number;
}

absl::Status LoadWriter::Impl::EncodeClaim(ValidatedClaim&& validated, ClaimId number) {
  ClaimRecord record;
  record.id_by_content = validated.id_by_content() && !RefersToClaims(validated.claim());
  const ContentHash& hash = validated.proposition_hash();
  Claim&& claim = std::move(validated).claim();  // stays where it is; whoever gave it takes it apart
  const std::string& id = claim.id;
  ASSIGN_OR_RETURN(record.proposition, NumberProposition(claim.proposition, hash, number, id));
  claim.recorded = now_;
  claim.load = view_.counts().loads + 1;
  ASSIGN_OR_RETURN(record.document.value, Need(ResolveDocument(claim.document), "document", claim.document, id));
  RETURN_IF_ERROR(Resolve(claim.qualifiers, id, &record.qualifiers));
  for (const std::string& asserter : claim.asserters) {
    ASSIGN_OR_RETURN(const uint32_t entity, Need(ResolveEntity(asserter), "entity", asserter, id));
    record.asserters.push_back(entity);
  }
  if (!claim.statement.empty()) {
    ASSIGN_OR_RETURN(record.statement, Need(ResolveEntity(claim.statement), "entity", claim.statement, id));
  }
  for (const std::string& document : claim.cites.documents) {
    ASSIGN_OR_RETURN(const uint32_t cited, Need(ResolveDocument(document), "document", document, id));
    record.cites.push_back(cited);
  }
  for (const std::string& old : claim.supersedes) {
    ASSIGN_OR_RETURN(const uint32_t superseded, Need(ResolveClaim(old), "claim", old, id));
    record.supersedes.push_back(superseded);
  }
  const absl::Status added = claim_block_.Add(record, claim, "a claim");
  // Its name is made only where it is needed.
  if (!added.ok()) return claim_block_.Add(record, claim, StrCat("claim ", id));
  if (claim_block_.full()) batch_.Put(KeyOf(number), claim_block_.Take());
  documents_of_claims_.push_back(record.document.value);
  return absl::OkStatus();
}

absl::Status LoadWriter::Impl::WriteIndexes() {
  // The two indexes have nothing to do with each other, and sorting takes its time.
  Batch propositions;
  const auto when = propositions_.hashes().size() >= kWorthAThread
                        ? std::launch::async | std::launch::deferred  // if it can
                        : std::launch::deferred;
  auto of_propositions = std::async(when, [&] {
    return AddToHashIndex(view_.rows(), Tag::kPropositionsByHash, EntriesOf(std::move(propositions_)),
                          &runs_.propositions, &propositions);
  });
  const absl::Status of_claims =
      AddToHashIndex(view_.rows(), Tag::kClaimsById, EntriesOf(std::move(claims_)), &runs_.claims, &batch_);
  RETURN_IF_ERROR(of_propositions.get());
  RETURN_IF_ERROR(of_claims);
  batch_.Append(std::move(propositions));
  if (runs_ != runs_before_) {
    ASSIGN_OR_RETURN(std::string bytes, Encode(runs_, "the record of the indexes"));
    batch_.Put(TagKey(Tag::kIndexRuns), std::move(bytes));
  }
  WriteClaimsOfDocuments();
  return absl::OkStatus();
}

// Claims lie in their documents' lists, and not in their own order, once all are there: a list that grows while they
// are taken would be waited for at nearly every claim.
void LoadWriter::Impl::WriteClaimsOfDocuments() {
  const std::vector<uint32_t> documents = documents_of_claims_.Take();
  ForEachGroup(documents, view_.counts().claims, [this](uint32_t document, std::span<const uint32_t> claims) {
    for (size_t begin = 0; begin < claims.size(); begin += kClaimsInEntry) {
      std::string rises;
      for (size_t i = begin + 1; i < std::min(begin + kClaimsInEntry, claims.size()); ++i) {
        PutVarint(claims[i] - claims[i - 1], &rises);
      }
      batch_.Put(ClaimsOfDocument(DocumentNumber(document), ClaimId(claims[begin])), std::move(rises));
    }
  });
}

absl::StatusOr<LoadBatch> LoadWriter::Impl::Finish(std::vector<std::string> sources, uint64_t unchanged) {
  for (NewClaim& waiting : waiting_) RETURN_IF_ERROR(EncodeClaim(std::move(waiting.claim), waiting.number));
  waiting_.clear();
  if (!offenders_.empty()) return ToStatus(absl::StatusCode::kInvalidArgument, offenders_);
  report_.unchanged += unchanged;
  if (proposition_block_.count() > 0) {
    batch_.Put(KeyOf(PropositionNumber(counts_.propositions - 1)), proposition_block_.Take());
  }
  if (claim_block_.count() > 0) batch_.Put(KeyOf(ClaimId(counts_.claims - 1)), claim_block_.Take());
  RETURN_IF_ERROR(WriteIndexes());
  if (batch_.changes().empty()) return LoadBatch{Batch(), report_};

  report_.load = ++counts_.loads;
  LoadRecord load;
  load.number = report_.load;
  load.recorded = now_;
  load.sources = std::move(sources);
  load.before = view_.counts();
  load.after = counts_;
  load.updated_entities = std::move(updated_entities_);
  load.updated_documents = std::move(updated_documents_);
  ASSIGN_OR_RETURN(std::string load_bytes, Encode(load, What("load", load.number)));
  batch_.Put(LoadKey(load.number), std::move(load_bytes));
  ASSIGN_OR_RETURN(std::string counts_bytes, Encode(counts_, "the record of counts"));
  batch_.Put(TagKey(Tag::kCounts), std::move(counts_bytes));
  return LoadBatch{std::move(batch_), report_};
}

void Append(ValidatedLoad more, ValidatedLoad* load) {
  std::move(more.documents.begin(), more.documents.end(), std::back_inserter(load->documents));
  std::move(more.entities.begin(), more.entities.end(), std::back_inserter(load->entities));
  std::move(more.claims.begin(), more.claims.end(), std::back_inserter(load->claims));
  load->unchanged += more.unchanged;
}

void LoadWriter::Expect(size_t claims) { impl_->Expect(claims); }
PlainSink* LoadWriter::plain_sink() { return impl_.get(); }
bool LoadWriter::Holds(const ContentHash& id_hash) const { return impl_->Holds(id_hash); }
LoadWriter::LoadWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LoadWriter::~LoadWriter() = default;

absl::StatusOr<std::unique_ptr<LoadWriter>> LoadWriter::Make(const View* view, int64_t now) {
  // The log of loads never runs backwards, whatever the clock does.
  if (view->counts().loads > 0) {
    const std::string what = What("load", view->counts().loads);
    ASSIGN_OR_RETURN(const std::string bytes, view->RecordAt(LoadKey(view->counts().loads), what));
    ASSIGN_OR_RETURN(const LoadRecord last, DecodeLoad(bytes, what));
    now = std::max(now, last.recorded);
  }
  ASSIGN_OR_RETURN(const IndexRuns* runs, view->index_runs());
  return std::unique_ptr<LoadWriter>(new LoadWriter(std::make_unique<Impl>(view, runs, now)));
}

absl::Status LoadWriter::AddDocuments(std::vector<Document> documents) {
  return impl_->AddDocuments(std::move(documents));
}
absl::Status LoadWriter::AddEntities(std::vector<Entity> entities) {
  entities = MergeByKey(std::move(entities));
  NumberByText places;
  places.reserve(entities.size());
  for (const Entity& entity : entities) places.emplace(entity.key, static_cast<uint32_t>(places.size()));
  return AddEntities(std::move(entities), [places = std::move(places)](std::string_view key) {
    const auto at = places.find(ToAbsl(key));
    return at == places.end() ? std::nullopt : std::optional<uint32_t>(at->second);
  });
}
absl::Status LoadWriter::AddEntities(std::vector<Entity> entities, PlaceOfEntity place_of) {
  return impl_->AddEntities(std::move(entities), std::move(place_of));
}
absl::Status LoadWriter::AddClaim(ValidatedClaim&& claim) { return impl_->AddClaim(std::move(claim)); }
absl::StatusOr<LoadBatch> LoadWriter::Finish(std::vector<std::string> sources, uint64_t unchanged) {
  return impl_->Finish(std::move(sources), unchanged);
}

}  // namespace dossier::store_internal
