// Builds an image from the records of a snapshot. Claims, which are most of the work, are read by a thread of their
// own.
#include <thread>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/container/flat_hash_map.h"
#include "graph/base/huge_pages.h"
#include "graph/base/status_macros.h"
#include "graph/image_builder.h"
#include "store/claim_texts.h"
#include "store/image_loader.h"
#include "store/image_records.h"
#include "store/key_codec.h"
#include "store/view.h"

namespace dossier {
namespace {

using store_internal::ClaimRecord;
using store_internal::ClaimSummary;
using store_internal::ImageNumbers;
using store_internal::ImageRecords;
using store_internal::PropositionRecord;

// Reads all claims, in a thread of its own.
class ClaimsReader {
 public:
  ClaimsReader(const Snapshot& snapshot, const ImageNumbers* numbers) : snapshot_(snapshot), numbers_(*numbers) {
    builder_.Reserve(numbers_.counts().claims);
    ReserveHuge(numbers_.counts().claims, &claims_);
  }

  void Run() {
    status_ = snapshot_.view().ScanClaimsWithoutWords(
        {0, numbers_.counts().claims}, [this](ClaimId, const ClaimRecord& claim) { return AddClaim(claim); });
    if (status_.ok()) CloseClaims();
    claims_ = {};
  }
  const absl::Status& status() const { return status_; }
  ClaimsBuilder Take() && { return std::move(builder_); }

 private:
  absl::Status AddClaim(const ClaimRecord& record) {
    RETURN_IF_ERROR(numbers_.ColumnsOf(record, &builder_, &columns_));
    if (times_.empty() || times_.back() != columns_.recorded) times_.push_back(columns_.recorded);
    claims_.push_back({store_internal::SummaryOf(columns_).asserter, static_cast<uint32_t>(times_.size() - 1)});
    const ClaimId number = builder_.Add(columns_);
    if (columns_.act == Act::kRetracts) retractions_.push_back(number);
    for (const ClaimId old : columns_.supersedes) superseded_.push_back({number, old});
    return absl::OkStatus();
  }

  // A claim ends when another supersedes it, or when its asserter retracts what it says.
  void CloseClaims() {
    for (const auto& [by, old] : superseded_) builder_.Close(old, times_[claims_[by.value].time]);
    if (retractions_.empty()) return;
    absl::flat_hash_map<uint32_t, std::vector<uint32_t>> by_proposition;
    const std::vector<uint32_t>& proposition_of = builder_.rows().propositions;
    for (const ClaimId number : retractions_) by_proposition[proposition_of[number.value]];
    for (uint32_t i = 0; i < claims_.size(); ++i) {
      const auto at = by_proposition.find(proposition_of[i]);
      if (at != by_proposition.end()) at->second.push_back(i);
    }
    for (const ClaimId number : retractions_) {
      const ClaimSummary retraction = SummaryOf(number.value);
      for (const uint32_t i : by_proposition[proposition_of[number.value]]) {
        if (EndedBy(SummaryOf(i), retraction)) builder_.Close(ClaimId(i), retraction.recorded);
      }
    }
  }

  // What the builder does not give back, in little room: there are few times of recording, one a load mostly.
  struct Summary {
    VertexId asserter;
    uint32_t time;
  };
  ClaimSummary SummaryOf(uint32_t claim) const {
    return {claims_[claim].asserter, builder_.ActOf(ClaimId(claim)), times_[claims_[claim].time]};
  }

  const Snapshot& snapshot_;
  const ImageNumbers& numbers_;
  ClaimsBuilder builder_;
  absl::Status status_;
  ClaimColumns columns_;  // of one claim after the other
  std::vector<Summary> claims_;
  std::vector<int64_t> times_;
  std::vector<std::pair<ClaimId, ClaimId>> superseded_;
  std::vector<ClaimId> retractions_;
};

class ImageReader {
 public:
  ImageReader(const Snapshot& snapshot, const StoreCounts& counts) : snapshot_(snapshot), numbers_(counts) {}

  absl::StatusOr<std::shared_ptr<const Image>> Run() {
    ClaimsReader claims(snapshot_, &numbers_);
    std::thread reading_claims([&claims] { claims.Run(); });
    const absl::Cleanup joined = [&reading_claims] {
      if (reading_claims.joinable()) reading_claims.join();
    };
    builder_.Reserve(numbers_.counts().entities, numbers_.counts().propositions);
    builder_.ReadKeysAs(key_);
    // What a view reads off the columns of claims, or off their words, has to have a name to be asked for by.
    for (const char* field : {"act", "polarity", "certainty", "rank", "relation", "said", "valid", "quantity",
                              "recorded", "id", "hedge", "quote", "locator", "note", "cites_note", "cites_state"}) {
      builder_.Property(field);
    }
    RETURN_IF_ERROR(snapshot_.ScanEntities([this](const StoredEntity& stored) {
      if (stored.number.value < numbers_.counts().entities) records_.AddEntity(stored.entity);
      return absl::OkStatus();
    }));
    RETURN_IF_ERROR(snapshot_.ScanDocuments([this](const StoredDocument& stored) {
      if (stored.number.value < numbers_.counts().documents) records_.AddDocument(stored.document);
      return absl::OkStatus();
    }));
    RETURN_IF_ERROR(records_.LinkDocuments());
    absl::Status propositions = snapshot_.view().ScanPropositionRecords(
        {0, numbers_.counts().propositions}, [this](PropositionNumber, const PropositionRecord& proposition) {
          return records_.AddProposition(proposition);
        });
    reading_claims.join();
    RETURN_IF_ERROR(propositions);
    RETURN_IF_ERROR(claims.status());
    builder_.TakeClaims(std::move(claims).Take());
    return builder_.Build(store_internal::MakeClaimTexts(snapshot_));
  }

 private:
  // The builder would have to look at all keys to find a few.
  absl::StatusOr<VertexId> FindKey(std::string_view key) const {
    ASSIGN_OR_RETURN(const auto entity, snapshot_.view().NumberAt(store_internal::EntityByKey(key)));
    if (entity.has_value()) return numbers_.VertexOf(VertexKind::kEntity, *entity);
    ASSIGN_OR_RETURN(const auto document, snapshot_.view().NumberAt(store_internal::DocumentByKey(key)));
    if (document.has_value()) return numbers_.VertexOf(VertexKind::kDocument, *document);
    return VertexId();
  }

  const Snapshot& snapshot_;
  const ImageNumbers numbers_;
  ImageBuilder builder_{/*sourced=*/true};
  const PropertyId key_ = builder_.Property("key");
  ImageRecords records_{&numbers_, &builder_, [this](std::string_view key) { return FindKey(key); }};
};

}  // namespace

absl::StatusOr<std::shared_ptr<const Image>> BuildImage(const Snapshot& snapshot) {
  return BuildImage(snapshot, snapshot.counts());
}

absl::StatusOr<std::shared_ptr<const Image>> BuildImage(const Snapshot& snapshot, const StoreCounts& counts) {
  return ImageReader(snapshot, counts).Run();
}

}  // namespace dossier
