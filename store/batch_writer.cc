// Validated records -> one batch over all indexes.
//
// In this order, because each step needs the numbers that the ones before it gave: documents and entities are merged
// with what is there; claims that are there already drop out, the others get numbers; propositions are found by hash
// or numbered; only then, when every reference can be resolved, are propositions and claims encoded.
#include "store/batch_writer.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "store/error_codes.h"
#include "store/key_codec.h"
#include "store/store_error.h"

namespace dossier::store_internal {
namespace {

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
  std::vector<Record> merged;
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

class BatchMaker {
 public:
  BatchMaker(const View& view, int64_t now) : view_(view), counts_(view.counts()), now_(now) {}

  absl::Status AddDocuments(std::vector<Document> documents);
  absl::Status AddEntities(std::vector<Entity> entities);
  absl::Status AddClaims(const std::vector<ValidatedClaim>& claims);
  absl::StatusOr<LoadBatch> Finish(std::vector<std::string> sources, uint64_t unchanged);

 private:
  struct NewClaim {
    const Claim* claim;
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
  absl::StatusOr<std::vector<NewClaim>> NumberClaims(const std::vector<ValidatedClaim>& claims);
  absl::Status EncodeClaims(const std::vector<NewClaim>& claims);
  absl::StatusOr<PropositionNumber> NumberProposition(const Proposition& proposition, std::optional<uint32_t> in_store,
                                                      std::string_view claim);

  // From keys to numbers, in this load or in the store; nullopt (and an offender) for what is in neither.
  absl::StatusOr<std::optional<uint32_t>> Resolve(std::string_view text, std::string index_key, NumberByText* known);
  absl::StatusOr<std::optional<uint32_t>> ResolveOrOffend(std::string_view kind, std::string_view text,
                                                          std::string_view claim);
  absl::StatusOr<TermRecord> Resolve(const Term& term, std::string_view claim);
  absl::StatusOr<std::vector<QualifierRecord>> Resolve(const std::vector<Qualifier>& qualifiers,
                                                       std::string_view claim);
  absl::StatusOr<std::vector<uint32_t>> ResolveAll(std::string_view kind, const std::vector<std::string>& texts,
                                                   std::string_view claim);

  const View& view_;
  StoreCounts counts_;
  int64_t now_;
  Batch batch_;
  CommitReport report_;
  std::vector<Diagnostic> offenders_;
  std::vector<EntityNumber> updated_entities_;
  std::vector<DocumentNumber> updated_documents_;
  NumberByText entities_, documents_, claims_;
  absl::flat_hash_map<ContentHash, uint32_t> propositions_;
};

absl::Status BatchMaker::AddDocuments(std::vector<Document> documents) {
  documents = MergeByKey(std::move(documents));
  std::vector<std::string> keys;
  for (const Document& document : documents) keys.push_back(DocumentByKey(document.key));
  ASSIGN_OR_RETURN(const auto numbers, view_.NumbersAt(keys));
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

absl::Status BatchMaker::AddEntities(std::vector<Entity> entities) {
  entities = MergeByKey(std::move(entities));
  std::vector<std::string> keys;
  for (const Entity& entity : entities) keys.push_back(EntityByKey(entity.key));
  ASSIGN_OR_RETURN(const auto numbers, view_.NumbersAt(keys));
  for (size_t i = 0; i < entities.size(); ++i) {
    Entity& entity = entities[i];
    const std::string what = StrCat("entity ", entity.key);
    std::optional<uint32_t> number = numbers[i];
    if (number.has_value()) {
      entities_[entity.key] = *number;
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
      entities_[entity.key] = *number;
      ++report_.entities_added;
      batch_.Put(keys[i], EncodeNumber(*number));
    }
    ASSIGN_OR_RETURN(std::string bytes, Encode(entity, what));
    batch_.Put(KeyOf(EntityNumber(*number)), std::move(bytes));
  }
  return absl::OkStatus();
}

// The same claim again is nothing new; another under its id is an error.
absl::Status BatchMaker::CheckSame(const Claim& claim, ClaimId there) {
  ASSIGN_OR_RETURN(const std::vector<StoredClaim> stored, view_.ReadClaims({there}));
  if (ContentIdOf(stored.front().claim) == ContentIdOf(claim)) {
    ++report_.unchanged;
  } else {
    Offend(kClaimDiffers, StrCat("claim ", claim.id, " is in the store already and says something else"),
           "claims are never overwritten", StrCat("give the new one another id, and `supersedes` = ", claim.id));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<BatchMaker::NewClaim>> BatchMaker::NumberClaims(const std::vector<ValidatedClaim>& claims) {
  std::vector<std::string> keys;
  keys.reserve(claims.size());
  for (const ValidatedClaim& claim : claims) keys.push_back(ClaimById(claim.claim().id));
  ASSIGN_OR_RETURN(const auto numbers, view_.NumbersAt(keys));
  std::vector<NewClaim> added;
  for (size_t i = 0; i < claims.size(); ++i) {
    const Claim& claim = claims[i].claim();
    if (numbers[i].has_value()) {
      RETURN_IF_ERROR(CheckSame(claim, ClaimId(*numbers[i])));
      continue;
    }
    if (const auto twin = claims_.find(claim.id); twin != claims_.end()) {
      const Claim& first = *added[twin->second - view_.counts().claims].claim;
      if (ContentIdOf(first) == ContentIdOf(claim)) {
        ++report_.unchanged;
      } else {
        Offend(kClaimDiffers, StrCat("claim ", claim.id, " comes twice and says two things"),
               "an id belongs to one claim", "give each an id of its own");
      }
      continue;
    }
    ASSIGN_OR_RETURN(const uint32_t number, NextNumber("claim", &counts_.claims));
    claims_[claim.id] = number;
    batch_.Put(keys[i], EncodeNumber(number));
    added.push_back({&claim, ClaimId(number)});
  }
  report_.claims_added = added.size();
  return added;
}

absl::Status BatchMaker::AddClaims(const std::vector<ValidatedClaim>& claims) {
  ASSIGN_OR_RETURN(const std::vector<NewClaim> added, NumberClaims(claims));
  return EncodeClaims(added);
}

absl::StatusOr<std::optional<uint32_t>> BatchMaker::Resolve(std::string_view text, std::string index_key,
                                                            NumberByText* known) {
  if (const auto at = known->find(ToAbsl(text)); at != known->end()) return std::optional<uint32_t>(at->second);
  ASSIGN_OR_RETURN(const std::optional<uint32_t> number, view_.NumberAt(index_key));
  if (number.has_value()) known->emplace(text, *number);
  return number;
}

absl::StatusOr<std::optional<uint32_t>> BatchMaker::ResolveOrOffend(std::string_view kind, std::string_view text,
                                                                    std::string_view claim) {
  std::optional<uint32_t> number;
  if (kind == "entity") {
    ASSIGN_OR_RETURN(number, Resolve(text, EntityByKey(text), &entities_));
  } else if (kind == "document") {
    ASSIGN_OR_RETURN(number, Resolve(text, DocumentByKey(text), &documents_));
  } else {
    ASSIGN_OR_RETURN(number, Resolve(text, ClaimById(text), &claims_));
  }
  if (!number.has_value()) {
    Offend(kDanglingReference, StrCat("claim ", claim, " refers to the ", kind, " ", text, ", which is nowhere"),
           "what a claim refers to is in the store or in the same load", "add it, or mend the name");
  }
  return number;
}

absl::StatusOr<TermRecord> BatchMaker::Resolve(const Term& term, std::string_view claim) {
  TermRecord record;
  std::optional<uint32_t> number;
  switch (term.kind) {
    case Term::Kind::kLiteral:
      record.kind = TermRecord::Kind::kLiteral;
      record.literal = term.literal;
      return record;
    case Term::Kind::kClaim: {
      record.kind = TermRecord::Kind::kClaim;
      ASSIGN_OR_RETURN(number, ResolveOrOffend("claim", term.key, claim));
      break;
    }
    case Term::Kind::kEntity: {
      // A document may stand where an entity can; then it is known by its document's key.
      ASSIGN_OR_RETURN(number, Resolve(term.key, EntityByKey(term.key), &entities_));
      if (number.has_value()) break;
      ASSIGN_OR_RETURN(number, Resolve(term.key, DocumentByKey(term.key), &documents_));
      record.kind = TermRecord::Kind::kDocument;
      if (number.has_value()) break;
      ASSIGN_OR_RETURN(number, ResolveOrOffend("entity", term.key, claim));
      break;
    }
  }
  record.number = number.value_or(0);
  return record;
}

absl::StatusOr<std::vector<QualifierRecord>> BatchMaker::Resolve(const std::vector<Qualifier>& qualifiers,
                                                                 std::string_view claim) {
  std::vector<QualifierRecord> records;
  for (const Qualifier& qualifier : qualifiers) {
    ASSIGN_OR_RETURN(TermRecord value, Resolve(qualifier.value, claim));
    records.push_back({qualifier.name, std::move(value)});
  }
  return records;
}

absl::StatusOr<std::vector<uint32_t>> BatchMaker::ResolveAll(std::string_view kind,
                                                             const std::vector<std::string>& texts,
                                                             std::string_view claim) {
  std::vector<uint32_t> numbers;
  for (const std::string& text : texts) {
    ASSIGN_OR_RETURN(const auto number, ResolveOrOffend(kind, text, claim));
    numbers.push_back(number.value_or(0));
  }
  return numbers;
}

absl::StatusOr<PropositionNumber> BatchMaker::NumberProposition(const Proposition& proposition,
                                                                std::optional<uint32_t> in_store,
                                                                std::string_view claim) {
  if (in_store.has_value()) return PropositionNumber(*in_store);
  const ContentHash hash = proposition.Hash();
  if (const auto known = propositions_.find(hash); known != propositions_.end())
    return PropositionNumber(known->second);
  ASSIGN_OR_RETURN(const uint32_t number, NextNumber("proposition", &counts_.propositions));
  propositions_[hash] = number;
  ++report_.propositions_added;

  PropositionRecord record;
  record.relation = proposition.relation;
  ASSIGN_OR_RETURN(record.subject, Resolve(proposition.subject, claim));
  ASSIGN_OR_RETURN(record.object, Resolve(proposition.object, claim));
  ASSIGN_OR_RETURN(record.identifying, Resolve(proposition.identifying, claim));
  ASSIGN_OR_RETURN(std::string bytes, Encode(record, StrCat("the proposition of claim ", claim)));
  batch_.Put(KeyOf(PropositionNumber(number)), std::move(bytes));
  batch_.Put(PropositionByHash(hash), EncodeNumber(number));
  return PropositionNumber(number);
}

absl::Status BatchMaker::EncodeClaims(const std::vector<NewClaim>& claims) {
  std::vector<std::string> hashes;
  hashes.reserve(claims.size());
  for (const NewClaim& added : claims) hashes.push_back(PropositionByHash(added.claim->proposition.Hash()));
  ASSIGN_OR_RETURN(const auto propositions, view_.NumbersAt(hashes));

  for (size_t i = 0; i < claims.size(); ++i) {
    const Claim& claim = *claims[i].claim;
    const ClaimId number = claims[i].number;
    ClaimRecord record;
    record.rest = claim;
    record.rest.proposition = {};
    record.rest.recorded = now_;
    record.rest.load = view_.counts().loads + 1;
    ASSIGN_OR_RETURN(record.proposition, NumberProposition(claim.proposition, propositions[i], claim.id));
    ASSIGN_OR_RETURN(const auto document, ResolveOrOffend("document", claim.document, claim.id));
    record.document = DocumentNumber(document.value_or(0));
    ASSIGN_OR_RETURN(record.qualifiers, Resolve(claim.qualifiers, claim.id));
    ASSIGN_OR_RETURN(record.asserters, ResolveAll("entity", claim.asserters, claim.id));
    if (!claim.statement.empty()) {
      ASSIGN_OR_RETURN(record.statement, ResolveOrOffend("entity", claim.statement, claim.id));
    }
    ASSIGN_OR_RETURN(record.cites, ResolveAll("document", claim.cites.documents, claim.id));
    ASSIGN_OR_RETURN(record.supersedes, ResolveAll("claim", claim.supersedes, claim.id));
    ASSIGN_OR_RETURN(std::string bytes, Encode(record, StrCat("claim ", claim.id)));
    batch_.Put(KeyOf(number), std::move(bytes));
    batch_.Put(ClaimOfProposition(record.proposition, number), "");
    batch_.Put(ClaimOfDocument(record.document, number), "");
  }
  return absl::OkStatus();
}

absl::StatusOr<LoadBatch> BatchMaker::Finish(std::vector<std::string> sources, uint64_t unchanged) {
  if (!offenders_.empty()) return ToStatus(absl::StatusCode::kInvalidArgument, offenders_);
  report_.unchanged += unchanged;
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

}  // namespace

void Append(ValidatedLoad more, ValidatedLoad* load) {
  std::move(more.documents.begin(), more.documents.end(), std::back_inserter(load->documents));
  std::move(more.entities.begin(), more.entities.end(), std::back_inserter(load->entities));
  std::move(more.claims.begin(), more.claims.end(), std::back_inserter(load->claims));
  load->unchanged += more.unchanged;
}

absl::StatusOr<LoadBatch> MakeBatch(const View& view, ValidatedLoad load, std::vector<std::string> sources,
                                    int64_t now) {
  // The log of loads never runs backwards, whatever the clock does.
  if (view.counts().loads > 0) {
    const std::string what = What("load", view.counts().loads);
    ASSIGN_OR_RETURN(const std::string bytes, view.RecordAt(LoadKey(view.counts().loads), what));
    ASSIGN_OR_RETURN(const LoadRecord last, DecodeLoad(bytes, what));
    now = std::max(now, last.recorded);
  }
  BatchMaker maker(view, now);
  RETURN_IF_ERROR(maker.AddDocuments(std::move(load.documents)));
  RETURN_IF_ERROR(maker.AddEntities(std::move(load.entities)));
  RETURN_IF_ERROR(maker.AddClaims(load.claims));
  return maker.Finish(std::move(sources), load.unchanged);
}

}  // namespace dossier::store_internal
