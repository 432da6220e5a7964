// Where the words of claims and documents are read from: the store, for the rows that are returned.
#ifndef DOSSIER_QUERY_CLAIM_READER_H_
#define DOSSIER_QUERY_CLAIM_READER_H_

#include <optional>

#include "absl/status/statusor.h"
#include "graph/claim.h"
#include "graph/id.h"
#include "store/verification.h"

namespace dossier {

// Implementations are safe to call from many threads.
class ClaimReader {
 public:
  virtual ~ClaimReader() = default;
  // The claim that the image numbers so. kNotFound or kDataLoss if the store and the image disagree.
  virtual absl::StatusOr<Claim> ReadClaim(ClaimId claim) const = 0;
  // The document that the image has as this vertex.
  virtual absl::StatusOr<Document> ReadDocument(VertexId document) const = 0;
  // What the last verification of the store found; nothing if there was none.
  virtual absl::StatusOr<std::optional<Verification>> LastVerification() const { return std::nullopt; }
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_CLAIM_READER_H_
