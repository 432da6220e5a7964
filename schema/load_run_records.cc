// Records that are built in code, and not read from files.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "graph/content_hash.h"
#include "schema/error_codes.h"
#include "schema/load_run.h"
#include "schema/load_run_reporters.h"
#include "schema/record_checks.h"

namespace dossier {

absl::StatusOr<LoadResult> LoadRun::Records(std::vector<Document> documents, std::vector<Entity> entities,
                                            std::vector<Claim> claims) {
  size_t number = 0;
  bool is_new = false;
  const auto next_row = [&number] { return RowId{0, number++, 0, 0}; };
  for (const Document& document : documents) known_.AddDocument(document.key, next_row(), &is_new);
  for (Entity& entity : entities) {
    std::sort(entity.types.begin(), entity.types.end());
    known_.AddEntity(entity.key, entity.types, next_row(), &is_new);
  }
  built_ = entities;
  for (const Claim& claim : claims) {
    const RowId row = next_row();
    if (!claim.id.empty()) known_.AddClaim(claim.id, row);
  }
  number = documents.size();
  for (Entity& entity : entities) {
    RecordReporter reporter(this, StrCat("entity ", Quote(entity.key)));
    TakeEntity(std::move(entity), false, next_row(), &reporter);
  }
  number = 0;
  for (Document& document : documents) {
    RecordReporter reporter(this, StrCat("document ", Quote(document.key)));
    TakeDocument(std::move(document), next_row(), &reporter);
  }
  SettleThings();
  RETURN_IF_ERROR(GiveThings());
  number = documents.size() + entities.size();
  for (Claim& claim : claims) {
    const RowId row = next_row();
    const std::string id = claim.id;
    RecordReporter reporter(this,
                            id.empty() ? StrCat("claim ", ToString(claim.proposition)) : StrCat("claim ", Quote(id)));
    const RowId* first = id.empty() ? nullptr : known_.LoadClaim(id);
    if (first != nullptr && !(*first == row)) {
      reporter.Report(kIdTwice, Column::kId, "a second time", "an id stands for one claim", "choose another id", 0,
                      std::string_view::npos);
    }
    CheckBuiltClaim(claim, &reporter);
    std::optional<ValidatedClaim> validated = claim_validator_.Check(std::move(claim), &reporter);
    if (validated.has_value()) RETURN_IF_ERROR(TakeClaim(*std::move(validated), !id.empty(), row, &reporter));
    if (reporter.clean()) continue;
    if (!id.empty()) RefuseId(id, reporter.first_reason());
    Reject(row, reporter.Row());
  }
  RETURN_IF_ERROR(SettleWaiting());
  return Finish();
}

absl::StatusOr<ValidatedClaim> LoadRun::OneClaim(Claim claim) {
  RecordReporter reporter(
      this, claim.id.empty() ? StrCat("claim ", ToString(claim.proposition)) : StrCat("claim ", Quote(claim.id)));
  CheckBuiltClaim(claim, &reporter);
  std::optional<ValidatedClaim> validated = claim_validator_.Check(std::move(claim), &reporter);
  if (validated.has_value()) {
    for (const ClaimValidator::Reference& reference : ClaimValidator::References(validated->claim())) {
      if (known_.StoreHasClaim(reference.id)) continue;
      reporter.Report(kUnknownClaim, reference.column, StrCat("unknown claim ", Quote(reference.id)),
                      "a claim that another refers to is in the store", "", 0, std::string_view::npos);
    }
    const std::optional<std::string> stored = known_.StoreClaim(validated->claim().id);
    if (stored.has_value() && *stored != ContentIdOf(validated->claim())) {
      reporter.Report(kClaimChanged, Column::kId, "the store has another claim under that id",
                      "claims are appended, never overwritten",
                      "give the new claim an id of its own, and name the old one in 'supersedes'", 0,
                      std::string_view::npos);
    }
  }
  RETURN_IF_ERROR(known_.status());
  if (!reporter.clean()) return Finish().status();
  return *std::move(validated);
}

}  // namespace dossier
