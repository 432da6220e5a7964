#include "store/view.h"

#include <algorithm>
#include <limits>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/content_hash.h"
#include "store/column.h"
#include "store/key_codec.h"
#include "store/record_block.h"
#include "store/store_error.h"

namespace dossier::store_internal {

std::optional<std::string> KnownKeys::Find(uint32_t number) const {
  const std::lock_guard lock(mutex_);
  if (number >= keys_.size() || keys_[number].empty()) return std::nullopt;
  return keys_[number];
}

void KnownKeys::Set(uint32_t number, std::string key) {
  const std::lock_guard lock(mutex_);
  if (number >= keys_.size()) keys_.resize(number + 1);
  keys_[number] = std::move(key);
}

namespace {

template <typename Record>
struct BlocksOf;
template <>
struct BlocksOf<PropositionRecord> {
  using Number = PropositionNumber;
  static constexpr Tag kTag = Tag::kPropositions;
  static constexpr std::string_view kKind = "proposition";
};
template <>
struct BlocksOf<ClaimRecord> {
  using Number = ClaimId;
  static constexpr Tag kTag = Tag::kClaims;
  static constexpr std::string_view kKind = "claim";
};

// A block together with the numbers of its records.
template <typename Record>
struct NumberedBlock {
  uint32_t first = 0, last = 0;
  BlockReader<Record> records;

  static absl::StatusOr<NumberedBlock> Open(std::string_view key, std::string_view value) {
    const std::string_view kind = BlocksOf<Record>::kKind;
    const auto last = NumberInKey(BlocksOf<Record>::kTag, key);
    if (!last.has_value()) return Damaged(StrCat("a key among the blocks of ", kind, "s is malformed"));
    ASSIGN_OR_RETURN(auto records,
                     BlockReader<Record>::Open(std::string(value), StrCat("the block up to ", kind, " ", *last)));
    if (records.count() == 0 || records.count() - 1 > *last) {
      return Damaged(StrCat("the block up to ", kind, " ", *last, " has an impossible number of records"));
    }
    const uint32_t first = *last - (records.count() - 1);
    return NumberedBlock{first, *last, std::move(records)};
  }
};

// Calls `visit(i, record)` for the record of each of `numbers`, which ascend.
template <typename Record, typename Visit>
absl::Status ReadRecords(const KeyValueView& rows, const std::vector<uint32_t>& numbers, const Visit& visit) {
  if (numbers.empty()) return absl::OkStatus();
  using Number = typename BlocksOf<Record>::Number;
  const auto missing = [](uint32_t number) {
    return Damaged(StrCat(What(BlocksOf<Record>::kKind, number), " is missing"));
  };
  const auto cursor = rows.Scan(TagKey(BlocksOf<Record>::kTag), false);
  std::optional<NumberedBlock<Record>> block;
  for (size_t i = 0; i < numbers.size(); ++i) {
    const uint32_t number = numbers[i];
    if (!block.has_value() || number > block->last) {
      cursor->Seek(KeyOf(Number(number)));
      RETURN_IF_ERROR(cursor->status());
      if (!cursor->Valid()) return missing(number);
      ASSIGN_OR_RETURN(block, NumberedBlock<Record>::Open(cursor->key(), cursor->value()));
    }
    if (number < block->first) return missing(number);
    ASSIGN_OR_RETURN(Record record, block->records.At(number - block->first));
    RETURN_IF_ERROR(visit(i, std::move(record)));
  }
  return absl::OkStatus();
}

// Calls `visit(number, record)` for the records of the range, each read by `read(records, i, &record)`.
template <typename Record, typename Read, typename Visit>
absl::Status ScanRecords(const KeyValueView& rows, NumberRange range, const Read& read, const Visit& visit) {
  using Number = typename BlocksOf<Record>::Number;
  const auto cursor = rows.Scan(TagKey(BlocksOf<Record>::kTag), /*sweep=*/range.begin == 0);
  if (range.begin > 0) cursor->Seek(KeyOf(Number(range.begin)));
  Record record;
  for (uint64_t next = range.begin; next < range.end && cursor->Valid(); cursor->Next()) {
    ASSIGN_OR_RETURN(const auto block, NumberedBlock<Record>::Open(cursor->key(), cursor->value()));
    if (next == range.begin ? block.first > next : block.first != next) {
      return Damaged(StrCat(What(BlocksOf<Record>::kKind, next), " is missing, or there twice"));
    }
    for (; next <= block.last && next < range.end; ++next) {
      const auto number = static_cast<uint32_t>(next);
      RETURN_IF_ERROR(read(block.records, number - block.first, &record));
      RETURN_IF_ERROR(visit(Number(number), record));
    }
  }
  return cursor->status();
}

}  // namespace

std::string What(std::string_view kind, uint64_t number) { return StrCat(kind, " ", number); }

absl::StatusOr<std::shared_ptr<const View>> View::Make(std::shared_ptr<const KeyValueView> rows,
                                                       std::shared_ptr<SharedKeys> keys) {
  std::shared_ptr<View> view(new View());
  view->rows_ = std::move(rows);
  view->keys_ = std::move(keys);
  ASSIGN_OR_RETURN(const std::string bytes, view->RecordAt(TagKey(Tag::kCounts), "the record of counts"));
  ASSIGN_OR_RETURN(view->counts_, DecodeCounts(bytes, "the record of counts"));
  return std::shared_ptr<const View>(std::move(view));
}

absl::StatusOr<std::optional<uint32_t>> View::NumberAt(const std::string& index_key) const {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes, rows_->Get(index_key));
  if (!bytes.has_value()) return std::optional<uint32_t>();
  const auto number = DecodeNumber(*bytes);
  if (!number.has_value()) return Damaged("an index entry does not hold a number");
  return number;
}

absl::StatusOr<std::vector<std::optional<uint32_t>>> View::NumbersAt(const std::vector<std::string>& index_keys) const {
  ASSIGN_OR_RETURN(const auto found, rows_->MultiGet(index_keys));
  std::vector<std::optional<uint32_t>> numbers(found.size());
  for (size_t i = 0; i < found.size(); ++i) {
    if (!found[i].has_value()) continue;
    numbers[i] = DecodeNumber(*found[i]);
    if (!numbers[i].has_value()) return Damaged("an index entry does not hold a number");
  }
  return numbers;
}

absl::StatusOr<std::string> View::RecordAt(const std::string& key, std::string_view what) const {
  ASSIGN_OR_RETURN(std::optional<std::string> bytes, rows_->Get(key));
  if (!bytes.has_value()) return Damaged(StrCat(what, " is missing"));
  return *std::move(bytes);
}

absl::StatusOr<std::string> View::EntityKeyOf(uint32_t number) const {
  if (auto known = keys_->entities.Find(number)) return *std::move(known);
  const std::string what = What("entity", number);
  ASSIGN_OR_RETURN(const std::string bytes, RecordAt(KeyOf(EntityNumber(number)), what));
  ASSIGN_OR_RETURN(std::string key, DecodeEntityKey(bytes, what));
  keys_->entities.Set(number, key);
  return key;
}

absl::StatusOr<std::string> View::DocumentKeyOf(uint32_t number) const {
  if (auto known = keys_->documents.Find(number)) return *std::move(known);
  const std::string what = What("document", number);
  ASSIGN_OR_RETURN(const std::string bytes, RecordAt(KeyOf(DocumentNumber(number)), what));
  ASSIGN_OR_RETURN(std::string key, DecodeDocumentKey(bytes, what));
  keys_->documents.Set(number, key);
  return key;
}

absl::StatusOr<std::string> View::ClaimIdOf(uint32_t number) const {
  ASSIGN_OR_RETURN(std::vector<StoredClaim> claims, ReadClaims({ClaimId(number)}));
  return std::move(claims.front().claim.id);
}

absl::StatusOr<const IndexRuns*> View::index_runs() const {
  std::call_once(runs_once_, [this] {
    const auto bytes = rows_->Get(TagKey(Tag::kIndexRuns));
    runs_status_ = bytes.status();
    if (!bytes.ok() || !bytes->has_value()) return;  // nothing has a hash yet
    auto runs = DecodeIndexRuns(**bytes, "the record of the indexes");
    runs_status_ = runs.status();
    if (runs.ok()) runs_ = *std::move(runs);
  });
  if (!runs_status_.ok()) return runs_status_;
  return &runs_;
}

absl::StatusOr<std::optional<ClaimId>> View::FindClaim(std::string_view id) const {
  ASSIGN_OR_RETURN(const IndexRuns* runs, index_runs());
  HashIndexReader index(rows_.get(), Tag::kClaimsById, &runs->claims, false);
  return FindClaim(id, &index);
}

absl::StatusOr<std::optional<ClaimId>> View::FindClaim(std::string_view id, HashIndexReader* index) const {
  ASSIGN_OR_RETURN(const std::vector<uint32_t> candidates, index->Find(IndexHash(HashOfId(id))));
  for (const uint32_t number : candidates) {
    ASSIGN_OR_RETURN(const std::string found, ClaimIdOf(number));
    if (found == id) return std::optional<ClaimId>(ClaimId(number));
  }
  return std::optional<ClaimId>();
}

absl::StatusOr<std::optional<PropositionNumber>> View::FindProposition(const Proposition& proposition) const {
  ASSIGN_OR_RETURN(const IndexRuns* runs, index_runs());
  HashIndexReader index(rows_.get(), Tag::kPropositionsByHash, &runs->propositions, false);
  return FindProposition(proposition, proposition.Hash(), &index);
}

absl::StatusOr<std::optional<PropositionNumber>> View::FindProposition(const Proposition& proposition,
                                                                       const ContentHash& hash,
                                                                       HashIndexReader* index) const {
  ASSIGN_OR_RETURN(const std::vector<uint32_t> candidates, index->Find(IndexHash(hash)));
  for (const uint32_t number : candidates) {
    ASSIGN_OR_RETURN(PropositionRecord record, PropositionAt(PropositionNumber(number)));
    ASSIGN_OR_RETURN(const Proposition found, Compose(std::move(record)));
    if (found == proposition) return std::optional<PropositionNumber>(PropositionNumber(number));
  }
  return std::optional<PropositionNumber>();
}

absl::StatusOr<PropositionRecord> View::PropositionAt(PropositionNumber number) const {
  PropositionRecord found;
  RETURN_IF_ERROR(ReadRecords<PropositionRecord>(*rows_, {number.value}, [&found](size_t, PropositionRecord record) {
    found = std::move(record);
    return absl::OkStatus();
  }));
  return found;
}

absl::Status View::ScanPropositionRecords(
    NumberRange range, absl::FunctionRef<absl::Status(PropositionNumber, PropositionRecord&)> visit) const {
  const auto read = [](const auto& records, uint32_t i, PropositionRecord* record) { return records.Read(i, record); };
  return ScanRecords<PropositionRecord>(*rows_, range, read, visit);
}

absl::Status View::ScanClaimRecords(NumberRange range,
                                    absl::FunctionRef<absl::Status(ClaimId, ClaimRecord&)> visit) const {
  const auto read = [](const auto& records, uint32_t i, ClaimRecord* record) { return records.Read(i, record); };
  return ScanRecords<ClaimRecord>(*rows_, range, read, visit);
}

absl::Status View::ScanClaimsWithoutWords(NumberRange range,
                                          absl::FunctionRef<absl::Status(ClaimId, ClaimRecord&)> visit) const {
  const auto read = [](const auto& records, uint32_t i, ClaimRecord* record) {
    return records.ReadWithoutWords(i, record);
  };
  return ScanRecords<ClaimRecord>(*rows_, range, read, visit);
}

absl::StatusOr<std::vector<ClaimId>> View::ClaimsOfProposition(PropositionNumber number) const {
  ASSIGN_OR_RETURN(const PropositionRecord record, PropositionAt(number));
  std::vector<ClaimId> claims = {ClaimId(record.first_claim)};
  RETURN_IF_ERROR(Scan(ClaimsOf(number), false, [&](std::string_view key, std::string_view) -> absl::Status {
    const auto pair = PairInKey(Tag::kFurtherClaims, key);
    if (!pair.has_value()) return Damaged("a key in an index of claims is malformed");
    claims.emplace_back(pair->second);
    return absl::OkStatus();
  }));
  return claims;
}

absl::StatusOr<std::vector<ClaimId>> View::ClaimsOfDocument(DocumentNumber number) const {
  std::vector<ClaimId> claims;
  RETURN_IF_ERROR(Scan(ClaimsOf(number), false, [&](std::string_view key, std::string_view value) -> absl::Status {
    ASSIGN_OR_RETURN(const std::vector<uint32_t> some, ClaimsInEntry(key, value));
    for (const uint32_t claim : some) claims.emplace_back(claim);
    return absl::OkStatus();
  }));
  return claims;
}

absl::StatusOr<std::vector<uint32_t>> ClaimsInEntry(std::string_view key, std::string_view rises) {
  const auto pair = PairInKey(Tag::kClaimsOfDocument, key);
  if (!pair.has_value()) return Damaged("a key in an index of claims is malformed");
  std::vector<uint32_t> claims = {pair->second};
  ColumnReader in(rises);
  while (!in.AtEnd()) {
    uint64_t rise = 0;
    if (!in.GetNumber(&rise) || rise == 0 || rise > std::numeric_limits<uint32_t>::max() - claims.back()) {
      return Damaged("an entry in the index of claims by document is damaged");
    }
    claims.push_back(static_cast<uint32_t>(claims.back() + rise));
  }
  return claims;
}

absl::StatusOr<Term> View::Compose(TermRecord record) const {
  Term term;
  switch (record.kind) {
    case TermRecord::Kind::kEntity: {
      ASSIGN_OR_RETURN(term.key, EntityKeyOf(record.number));
      break;
    }
    case TermRecord::Kind::kDocument: {
      ASSIGN_OR_RETURN(term.key, DocumentKeyOf(record.number));
      break;
    }
    case TermRecord::Kind::kClaim: {
      term.kind = Term::Kind::kClaim;
      ASSIGN_OR_RETURN(term.key, ClaimIdOf(record.number));
      break;
    }
    case TermRecord::Kind::kLiteral:
      term.kind = Term::Kind::kLiteral;
      term.literal = std::move(record.literal);
      break;
  }
  return term;
}

absl::StatusOr<std::vector<Qualifier>> View::Compose(std::vector<QualifierRecord> records) const {
  std::vector<Qualifier> qualifiers;
  qualifiers.reserve(records.size());
  for (QualifierRecord& record : records) {
    ASSIGN_OR_RETURN(Term value, Compose(std::move(record.value)));
    qualifiers.push_back({std::move(record.name), std::move(value)});
  }
  return qualifiers;
}

absl::StatusOr<std::vector<std::string>> View::EntityKeysOf(const std::vector<uint32_t>& numbers) const {
  std::vector<std::string> keys;
  keys.reserve(numbers.size());
  for (const uint32_t number : numbers) {
    ASSIGN_OR_RETURN(std::string key, EntityKeyOf(number));
    keys.push_back(std::move(key));
  }
  return keys;
}

absl::StatusOr<Proposition> View::Compose(PropositionRecord record) const {
  Proposition proposition;
  ASSIGN_OR_RETURN(proposition.subject, Compose(std::move(record.subject)));
  proposition.relation = std::move(record.relation);
  ASSIGN_OR_RETURN(proposition.object, Compose(std::move(record.object)));
  ASSIGN_OR_RETURN(proposition.identifying, Compose(std::move(record.identifying)));
  return proposition;
}

absl::StatusOr<std::vector<StoredClaim>> View::Compose(std::vector<std::pair<ClaimId, ClaimRecord>> records) const {
  std::vector<uint32_t> numbers;
  numbers.reserve(records.size());
  for (const auto& [number, record] : records) numbers.push_back(record.proposition.value);
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  std::vector<Proposition> propositions(numbers.size());
  RETURN_IF_ERROR(ReadRecords<PropositionRecord>(*rows_, numbers, [&](size_t i, PropositionRecord record) {
    auto composed = Compose(std::move(record));
    if (composed.ok()) propositions[i] = *std::move(composed);
    return composed.status();
  }));

  std::vector<StoredClaim> claims;
  claims.reserve(records.size());
  for (auto& [number, record] : records) {
    StoredClaim& stored = claims.emplace_back();
    stored.number = number;
    stored.proposition = record.proposition;
    stored.document = record.document;
    stored.claim = std::move(record.rest);
    Claim& claim = stored.claim;
    const auto at = std::lower_bound(numbers.begin(), numbers.end(), record.proposition.value);
    claim.proposition = propositions[static_cast<size_t>(at - numbers.begin())];
    ASSIGN_OR_RETURN(claim.qualifiers, Compose(std::move(record.qualifiers)));
    ASSIGN_OR_RETURN(claim.asserters, EntityKeysOf(record.asserters));
    if (record.statement.has_value()) {
      ASSIGN_OR_RETURN(claim.statement, EntityKeyOf(*record.statement));
    }
    ASSIGN_OR_RETURN(claim.document, DocumentKeyOf(record.document.value));
    for (const uint32_t cited : record.cites) {
      ASSIGN_OR_RETURN(std::string key, DocumentKeyOf(cited));
      claim.cites.documents.push_back(std::move(key));
    }
    for (const uint32_t old : record.supersedes) {
      ASSIGN_OR_RETURN(std::string id, ClaimIdOf(old));
      claim.supersedes.push_back(std::move(id));
    }
    if (record.id_by_content) claim.id = ContentIdOf(claim);
  }
  return claims;
}

absl::StatusOr<std::vector<StoredClaim>> View::ReadClaims(const std::vector<ClaimId>& numbers) const {
  std::vector<size_t> order(numbers.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return numbers[a] < numbers[b]; });
  std::vector<uint32_t> ascending;
  for (const size_t i : order) ascending.push_back(numbers[i].value);

  std::vector<std::pair<ClaimId, ClaimRecord>> records(numbers.size());
  RETURN_IF_ERROR(ReadRecords<ClaimRecord>(*rows_, ascending, [&](size_t i, ClaimRecord record) {
    records[order[i]] = {ClaimId(ascending[i]), std::move(record)};
    return absl::OkStatus();
  }));
  return Compose(std::move(records));
}

absl::Status View::Scan(std::string_view prefix, bool sweep,
                        absl::FunctionRef<absl::Status(std::string_view, std::string_view)> visit) const {
  const auto cursor = rows_->Scan(prefix, sweep);
  for (; cursor->Valid(); cursor->Next()) RETURN_IF_ERROR(visit(cursor->key(), cursor->value()));
  return cursor->status();
}

}  // namespace dossier::store_internal
