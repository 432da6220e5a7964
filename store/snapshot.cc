#include "store/snapshot.h"

#include <utility>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "store/error_codes.h"
#include "store/key_codec.h"
#include "store/record_codec.h"
#include "store/store_error.h"
#include "store/view.h"

namespace dossier {
namespace {

using namespace store_internal;  // NOLINT: this file is the bridge to it

constexpr size_t kClaimsAtOnce = 512;

absl::Status CheckNumber(std::string_view kind, uint32_t number, uint32_t count) {
  if (number < count) return absl::OkStatus();
  return StoreError(kNoSuchNumber, StrCat("there is no ", kind, " ", number, " among ", count),
                    "numbers mean something in the store that gave them, from the load on that brought them");
}

absl::StatusOr<uint32_t> NumberOfRow(Tag tag, std::string_view key, std::string_view kind) {
  const auto number = NumberInKey(tag, key);
  if (!number.has_value()) return Damaged(StrCat("a key among the records of kind ", kind, " is malformed"));
  return *number;
}

}  // namespace

Snapshot::Snapshot(std::shared_ptr<const View> view) : view_(std::move(view)) {}

uint64_t Snapshot::sequence() const { return view_->counts().loads; }
const StoreCounts& Snapshot::counts() const { return view_->counts(); }

absl::StatusOr<std::optional<StoredEntity>> Snapshot::FindEntity(std::string_view key) const {
  ASSIGN_OR_RETURN(const auto number, view_->NumberAt(EntityByKey(key)));
  if (!number.has_value()) return std::optional<StoredEntity>();
  ASSIGN_OR_RETURN(StoredEntity entity, GetEntity(EntityNumber(*number)));
  return std::optional<StoredEntity>(std::move(entity));
}

absl::StatusOr<std::optional<StoredDocument>> Snapshot::FindDocument(std::string_view key) const {
  ASSIGN_OR_RETURN(const auto number, view_->NumberAt(DocumentByKey(key)));
  if (!number.has_value()) return std::optional<StoredDocument>();
  ASSIGN_OR_RETURN(StoredDocument document, GetDocument(DocumentNumber(*number)));
  return std::optional<StoredDocument>(std::move(document));
}

absl::StatusOr<std::optional<StoredClaim>> Snapshot::FindClaim(std::string_view id) const {
  ASSIGN_OR_RETURN(const auto number, view_->FindClaim(id));
  if (!number.has_value()) return std::optional<StoredClaim>();
  ASSIGN_OR_RETURN(StoredClaim claim, GetClaim(*number));
  return std::optional<StoredClaim>(std::move(claim));
}

absl::StatusOr<std::optional<StoredProposition>> Snapshot::FindProposition(const Proposition& proposition) const {
  ASSIGN_OR_RETURN(const auto number, view_->FindProposition(proposition));
  if (!number.has_value()) return std::optional<StoredProposition>();
  ASSIGN_OR_RETURN(StoredProposition found, GetProposition(*number));
  return std::optional<StoredProposition>(std::move(found));
}

absl::StatusOr<StoredEntity> Snapshot::GetEntity(EntityNumber number) const {
  RETURN_IF_ERROR(CheckNumber("entity", number.value, counts().entities));
  const std::string what = What("entity", number.value);
  ASSIGN_OR_RETURN(const std::string bytes, view_->RecordAt(KeyOf(number), what));
  ASSIGN_OR_RETURN(Entity entity, DecodeEntity(bytes, what));
  return StoredEntity{number, std::move(entity)};
}

absl::StatusOr<StoredDocument> Snapshot::GetDocument(DocumentNumber number) const {
  RETURN_IF_ERROR(CheckNumber("document", number.value, counts().documents));
  const std::string what = What("document", number.value);
  ASSIGN_OR_RETURN(const std::string bytes, view_->RecordAt(KeyOf(number), what));
  ASSIGN_OR_RETURN(Document document, DecodeDocument(bytes, what));
  return StoredDocument{number, std::move(document)};
}

absl::StatusOr<StoredProposition> Snapshot::GetProposition(PropositionNumber number) const {
  RETURN_IF_ERROR(CheckNumber("proposition", number.value, counts().propositions));
  ASSIGN_OR_RETURN(PropositionRecord record, view_->PropositionAt(number));
  ASSIGN_OR_RETURN(Proposition proposition, view_->Compose(std::move(record)));
  return StoredProposition{number, std::move(proposition)};
}

absl::StatusOr<StoredClaim> Snapshot::GetClaim(ClaimId number) const {
  ASSIGN_OR_RETURN(std::vector<StoredClaim> claims, GetClaims({number}));
  return std::move(claims.front());
}

absl::StatusOr<std::vector<StoredClaim>> Snapshot::GetClaims(const std::vector<ClaimId>& numbers) const {
  for (const ClaimId number : numbers) RETURN_IF_ERROR(CheckNumber("claim", number.value, counts().claims));
  return view_->ReadClaims(numbers);
}

absl::StatusOr<std::vector<ClaimId>> Snapshot::ClaimsOfProposition(PropositionNumber number) const {
  if (number.value >= counts().propositions) return std::vector<ClaimId>();
  return view_->ClaimsOfProposition(number);
}

absl::StatusOr<std::vector<ClaimId>> Snapshot::ClaimsOfDocument(DocumentNumber number) const {
  return view_->ClaimsOfDocument(number);
}

absl::Status Snapshot::ScanEntities(absl::FunctionRef<absl::Status(const StoredEntity&)> visit) const {
  return view_->Scan(TagKey(Tag::kEntity), true, [&](std::string_view key, std::string_view value) -> absl::Status {
    ASSIGN_OR_RETURN(const uint32_t number, NumberOfRow(Tag::kEntity, key, "entity"));
    ASSIGN_OR_RETURN(Entity entity, DecodeEntity(value, What("entity", number)));
    return visit({EntityNumber(number), std::move(entity)});
  });
}

absl::Status Snapshot::ScanDocuments(absl::FunctionRef<absl::Status(const StoredDocument&)> visit) const {
  return view_->Scan(TagKey(Tag::kDocument), true, [&](std::string_view key, std::string_view value) -> absl::Status {
    ASSIGN_OR_RETURN(const uint32_t number, NumberOfRow(Tag::kDocument, key, "document"));
    ASSIGN_OR_RETURN(Document document, DecodeDocument(value, What("document", number)));
    return visit({DocumentNumber(number), std::move(document)});
  });
}

absl::Status Snapshot::ScanPropositions(absl::FunctionRef<absl::Status(const StoredProposition&)> visit) const {
  return view_->ScanPropositionRecords({}, [&](PropositionNumber number, PropositionRecord& record) -> absl::Status {
    ASSIGN_OR_RETURN(Proposition proposition, view_->Compose(std::move(record)));
    return visit({number, std::move(proposition)});
  });
}

absl::Status Snapshot::ScanClaims(absl::FunctionRef<absl::Status(const StoredClaim&)> visit) const {
  std::vector<std::pair<ClaimId, ClaimRecord>> some;
  const auto visit_some = [&]() -> absl::Status {
    ASSIGN_OR_RETURN(const std::vector<StoredClaim> claims, view_->Compose(std::move(some)));
    some.clear();
    for (const StoredClaim& claim : claims) RETURN_IF_ERROR(visit(claim));
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(view_->ScanClaimRecords({}, [&](ClaimId number, ClaimRecord& record) {
    some.emplace_back(number, std::move(record));
    return some.size() < kClaimsAtOnce ? absl::OkStatus() : visit_some();
  }));
  return visit_some();
}

absl::Status Snapshot::ScanLoads(absl::FunctionRef<absl::Status(const LoadRecord&)> visit) const {
  return view_->Scan(TagKey(Tag::kLoad), true, [&](std::string_view key, std::string_view value) -> absl::Status {
    const auto number = LoadInKey(key);
    if (!number.has_value()) return Damaged("a key among the records of kind load is malformed");
    ASSIGN_OR_RETURN(const LoadRecord load, DecodeLoad(value, What("load", *number)));
    return visit(load);
  });
}

absl::StatusOr<std::optional<Verification>> Snapshot::LastVerification() const {
  ASSIGN_OR_RETURN(const auto bytes, view_->rows().Get(TagKey(Tag::kVerification)));
  if (!bytes.has_value()) return std::optional<Verification>();
  ASSIGN_OR_RETURN(Verification verification, DecodeVerification(*bytes, "the record of the last verification"));
  return std::optional<Verification>(std::move(verification));
}

}  // namespace dossier
