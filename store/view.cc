#include "store/view.h"

#include "absl/container/flat_hash_map.h"
#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "store/key_codec.h"
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
  const std::string what = What("claim", number);
  ASSIGN_OR_RETURN(const std::string bytes, RecordAt(KeyOf(ClaimId(number)), what));
  return DecodeClaimIdText(bytes, what);
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
  absl::flat_hash_map<uint32_t, size_t> place;
  std::vector<std::string> keys;
  for (const auto& [number, record] : records) {
    if (place.emplace(record.proposition.value, keys.size()).second) keys.push_back(KeyOf(record.proposition));
  }
  ASSIGN_OR_RETURN(const auto found, rows_->MultiGet(keys));
  std::vector<Proposition> propositions(keys.size());
  for (const auto& [number, at] : place) {
    const std::string what = What("proposition", number);
    if (!found[at].has_value()) return Damaged(StrCat(what, " is missing"));
    ASSIGN_OR_RETURN(PropositionRecord record, DecodeProposition(*found[at], what));
    ASSIGN_OR_RETURN(propositions[at], Compose(std::move(record)));
  }

  std::vector<StoredClaim> claims;
  claims.reserve(records.size());
  for (auto& [number, record] : records) {
    StoredClaim& stored = claims.emplace_back();
    stored.number = number;
    stored.proposition = record.proposition;
    stored.document = record.document;
    stored.claim = std::move(record.rest);
    Claim& claim = stored.claim;
    claim.proposition = propositions[place[record.proposition.value]];
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
  }
  return claims;
}

absl::StatusOr<std::vector<StoredClaim>> View::ReadClaims(const std::vector<ClaimId>& numbers) const {
  std::vector<std::string> keys;
  keys.reserve(numbers.size());
  for (const ClaimId number : numbers) keys.push_back(KeyOf(number));
  ASSIGN_OR_RETURN(const auto found, rows_->MultiGet(keys));
  std::vector<std::pair<ClaimId, ClaimRecord>> records;
  records.reserve(numbers.size());
  for (size_t i = 0; i < numbers.size(); ++i) {
    const std::string what = What("claim", numbers[i].value);
    if (!found[i].has_value()) return Damaged(StrCat(what, " is missing"));
    ASSIGN_OR_RETURN(ClaimRecord record, DecodeClaim(*found[i], what));
    records.emplace_back(numbers[i], std::move(record));
  }
  return Compose(std::move(records));
}

absl::Status View::Scan(std::string_view prefix, bool sweep,
                        absl::FunctionRef<absl::Status(std::string_view, std::string_view)> visit) const {
  const auto cursor = rows_->Scan(prefix, sweep);
  for (; cursor->Valid(); cursor->Next()) RETURN_IF_ERROR(visit(cursor->key(), cursor->value()));
  return cursor->status();
}

}  // namespace dossier::store_internal
