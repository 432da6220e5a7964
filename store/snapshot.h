// A view of a store as it stood at one commit: all of that commit and of those before it, nothing of later ones.
//
// A snapshot is a value to share: copies are cheap, see the same, and keep the store's files alive until the last
// is gone, even where the Store itself is closed first. All methods may be called from many threads at once.
//
// What comes back is complete: keys and ids in the place of numbers, times and quantities read. Errors of any method:
//   kDataLoss     a record or an index is damaged; the message names it (and the file, where a checksum found it)
//   kUnavailable, kResourceExhausted, kPermissionDenied, kInternal   the disk, as the system reports it
// A thing that is not there is no error where the method returns an optional.
#ifndef DOSSIER_STORE_SNAPSHOT_H_
#define DOSSIER_STORE_SNAPSHOT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "graph/claim.h"
#include "graph/id.h"
#include "store/numbers.h"
#include "store/records.h"
#include "store/verification.h"

namespace dossier {

namespace store_internal {
class View;
}

class Snapshot {
 public:
  // Number of the last load that this view holds; 0 for a store that nothing was loaded into. Grows with each commit
  // that adds or changes anything; the same number of the same store is the same content.
  uint64_t sequence() const;
  // How many of each there are. Numbers run from 0 to one below the count, without holes.
  const StoreCounts& counts() const;

  // By key (of entities and documents), by id (of claims) or by content (of propositions).
  absl::StatusOr<std::optional<StoredEntity>> FindEntity(std::string_view key) const;
  absl::StatusOr<std::optional<StoredDocument>> FindDocument(std::string_view key) const;
  absl::StatusOr<std::optional<StoredClaim>> FindClaim(std::string_view id) const;
  absl::StatusOr<std::optional<StoredProposition>> FindProposition(const Proposition& proposition) const;

  // By number; kNotFound (E4010) for one that this view does not hold.
  absl::StatusOr<StoredEntity> GetEntity(EntityNumber number) const;
  absl::StatusOr<StoredDocument> GetDocument(DocumentNumber number) const;
  absl::StatusOr<StoredProposition> GetProposition(PropositionNumber number) const;
  absl::StatusOr<StoredClaim> GetClaim(ClaimId number) const;
  // Many at once, in the order asked for; the way to fetch the footnotes of an answer.
  absl::StatusOr<std::vector<StoredClaim>> GetClaims(const std::vector<ClaimId>& numbers) const;

  // Numbers of the claims on a proposition, or resting on a document, ascending; empty where there are none.
  absl::StatusOr<std::vector<ClaimId>> ClaimsOfProposition(PropositionNumber number) const;
  absl::StatusOr<std::vector<ClaimId>> ClaimsOfDocument(DocumentNumber number) const;

  // Each calls `visit` for every record in ascending order of number. The reference is good during the call alone.
  // A status of `visit` that is not OK ends the scan and comes back from it.
  absl::Status ScanEntities(absl::FunctionRef<absl::Status(const StoredEntity&)> visit) const;
  absl::Status ScanDocuments(absl::FunctionRef<absl::Status(const StoredDocument&)> visit) const;
  absl::Status ScanPropositions(absl::FunctionRef<absl::Status(const StoredProposition&)> visit) const;
  absl::Status ScanClaims(absl::FunctionRef<absl::Status(const StoredClaim&)> visit) const;
  // The log of loads, oldest first: what each brought, as ranges of numbers.
  absl::Status ScanLoads(absl::FunctionRef<absl::Status(const LoadRecord&)> visit) const;

  // The outcome of the last `verify` with documents, which rule R7 reads; nullopt if there was none. It may be older
  // than this view: compare its `sequence`.
  absl::StatusOr<std::optional<Verification>> LastVerification() const;

  // The view's inner side, for the rest of store/.
  explicit Snapshot(std::shared_ptr<const store_internal::View> view);
  const store_internal::View& view() const { return *view_; }

 private:
  std::shared_ptr<const store_internal::View> view_;
};

}  // namespace dossier

#endif  // DOSSIER_STORE_SNAPSHOT_H_
