#include "store/image_extension.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "graph/base/status_macros.h"
#include "graph/image_builder.h"
#include "store/image_records.h"
#include "store/key_codec.h"
#include "store/record_codec.h"
#include "store/view.h"

namespace dossier::store_internal {
namespace {

class ImageExtender {
 public:
  ImageExtender(std::shared_ptr<Image> image, const Snapshot& snapshot, const StoreCounts& before)
      : snapshot_(snapshot), before_(before), numbers_(snapshot.counts()), builder_(std::move(image)) {}

  absl::StatusOr<std::shared_ptr<const Image>> Run(const std::vector<LoadRecord>& loads) {
    RETURN_IF_ERROR(AddVertices(loads));
    RETURN_IF_ERROR(records_.LinkDocuments());
    RETURN_IF_ERROR(snapshot_.view().ScanPropositionRecords(
        {before_.propositions, snapshot_.counts().propositions},
        [this](PropositionNumber, const PropositionRecord& record) { return records_.AddProposition(record); }));
    RETURN_IF_ERROR(snapshot_.view().ScanClaimsWithoutWords(
        {before_.claims, snapshot_.counts().claims},
        [this](ClaimId number, const ClaimRecord& record) { return AddClaim(number, record); }));
    for (const auto& [proposition, claims] : claims_of_) CloseRetracted(proposition, claims);
    builder_.TakeClaims(std::move(claims_));
    return builder_.Build();
  }

 private:
  struct Summary : ClaimSummary {
    ClaimId number;
  };

  absl::Status AddVertices(const std::vector<LoadRecord>& loads) {
    const StoreCounts& after = snapshot_.counts();
    absl::flat_hash_set<uint32_t> entities,
        documents;  // those that were there, and were given more
    for (const LoadRecord& load : loads) {
      for (const EntityNumber number : load.updated_entities) entities.insert(number.value);
      for (const DocumentNumber number : load.updated_documents) documents.insert(number.value);
    }
    for (uint32_t number = before_.entities; number < after.entities; ++number) {
      ASSIGN_OR_RETURN(const StoredEntity stored, snapshot_.GetEntity(EntityNumber(number)));
      records_.AddEntity(stored.entity);
    }
    for (uint32_t number = before_.documents; number < after.documents; ++number) {
      ASSIGN_OR_RETURN(const StoredDocument stored, snapshot_.GetDocument(DocumentNumber(number)));
      records_.AddDocument(stored.document);
    }
    for (const uint32_t number : entities) {
      if (number >= before_.entities) continue;
      ASSIGN_OR_RETURN(const StoredEntity stored, snapshot_.GetEntity(EntityNumber(number)));
      records_.UpdateEntity(MakeVertex(VertexKind::kEntity, number), stored.entity);
    }
    for (const uint32_t number : documents) {
      if (number >= before_.documents) continue;
      ASSIGN_OR_RETURN(const StoredDocument stored, snapshot_.GetDocument(DocumentNumber(number)));
      records_.UpdateDocument(MakeVertex(VertexKind::kDocument, number), stored.document);
    }
    return absl::OkStatus();
  }

  absl::Status AddClaim(ClaimId number, const ClaimRecord& record) {
    ClaimColumns columns;
    RETURN_IF_ERROR(numbers_.ColumnsOf(record, &claims_, &columns));
    claims_.Add(columns);
    for (const ClaimId old : columns.supersedes) claims_.Close(old, columns.recorded);
    claims_of_[columns.proposition.value].push_back({SummaryOf(columns), number});
    return absl::OkStatus();
  }

  // As BuildImage does it: a claim ends when its asserter retracts what it says, the retraction being recorded no
  // earlier. Either of the two, or both, are new.
  void CloseRetracted(uint32_t proposition, const std::vector<Summary>& added) {
    std::vector<Summary> all;
    if (proposition < before_.propositions) {
      for (const ClaimId number : builder_.image().ClaimsOf(EdgeId(proposition))) {
        const ImageClaim claim = builder_.image().claim(number);
        const VertexId asserter = claim.asserters().empty() ? VertexId() : claim.asserters().front();
        all.push_back({{asserter, claim.act(), claim.recorded()}, number});
      }
    }
    all.insert(all.end(), added.begin(), added.end());
    for (const Summary& retraction : all) {
      for (const Summary& claim : all) {
        const bool is_new = retraction.number.value >= before_.claims || claim.number.value >= before_.claims;
        if (is_new && EndedBy(claim, retraction)) claims_.Close(claim.number, retraction.recorded);
      }
    }
  }

  const Snapshot& snapshot_;
  const StoreCounts before_;
  const ImageNumbers numbers_;
  ImageBuilder builder_;
  ImageRecords records_{&numbers_, &builder_, [this](std::string_view key) { return builder_.FindKey(key); }};
  ClaimsBuilder claims_{before_.claims};
  absl::flat_hash_map<uint32_t, std::vector<Summary>> claims_of_;  // by proposition
};

}  // namespace

absl::StatusOr<std::vector<LoadRecord>> LoadsAfter(uint64_t sequence, const Snapshot& snapshot) {
  std::vector<LoadRecord> loads;
  for (uint64_t number = sequence + 1; number <= snapshot.sequence(); ++number) {
    const std::string what = What("load", number);
    ASSIGN_OR_RETURN(const std::string bytes, snapshot.view().RecordAt(LoadKey(number), what));
    ASSIGN_OR_RETURN(loads.emplace_back(), DecodeLoad(bytes, what));
  }
  return loads;
}

uint64_t RecordsOf(const std::vector<LoadRecord>& loads) {
  uint64_t records = 0;
  for (const LoadRecord& load : loads) {
    records += load.after.entities - load.before.entities;
    records += load.after.documents - load.before.documents;
    records += load.after.propositions - load.before.propositions;
    records += load.after.claims - load.before.claims;
    records += load.updated_entities.size() + load.updated_documents.size();
  }
  return records;
}

absl::StatusOr<std::shared_ptr<const Image>> ExtendImage(std::shared_ptr<Image> image,
                                                         const std::vector<LoadRecord>& loads,
                                                         const Snapshot& snapshot) {
  return ImageExtender(std::move(image), snapshot, loads.front().before).Run(loads);
}

}  // namespace dossier::store_internal
