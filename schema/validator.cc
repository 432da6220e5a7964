#include "schema/validator.h"

#include <span>
#include <utility>
#include <vector>

#include "schema/load_run.h"

namespace dossier {

absl::Status LoadResult::status() const {
  if (violations.empty()) return absl::OkStatus();
  return ToStatus(absl::StatusCode::kInvalidArgument, violations);
}

Validator::Validator(const Ontology* ontology, const Catalog* catalog) : Validator(ontology, catalog, Options()) {}
Validator::Validator(const Ontology* ontology, const Catalog* catalog, Options options)
    : ontology_(ontology), catalog_(catalog), options_(std::move(options)) {}

absl::StatusOr<LoadResult> Validator::ValidateFiles(std::span<const ClaimFile> files) const {
  return LoadRun(ontology_, catalog_, options_).Files(files);
}

absl::StatusOr<LoadResult> Validator::ValidateRecords(std::vector<Document> documents, std::vector<Entity> entities,
                                                      std::vector<Claim> claims) const {
  return LoadRun(ontology_, catalog_, options_).Records(std::move(documents), std::move(entities), std::move(claims));
}

absl::StatusOr<ValidatedClaim> Validator::ValidateClaim(Claim claim) const {
  return LoadRun(ontology_, catalog_, options_).OneClaim(std::move(claim));
}

}  // namespace dossier
