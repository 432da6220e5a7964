// R7: what a document refers to and does not have.
#include <algorithm>
#include <charconv>
#include <map>

#include "graph/base/status_macros.h"
#include "graph/base/text.h"
#include "query/contradiction_context.h"

namespace dossier::contradiction {
namespace {

// The number that a note's label is, or nothing.
std::optional<int> NumberOf(const std::string& label) {
  int number = 0;
  const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), number);
  if (error != std::errc() || end != label.data() + label.size()) return std::nullopt;
  return number;
}

Draft DraftOf(std::vector<ClaimId> claims, std::string detail) {
  SortClaims(&claims);
  Draft draft;
  draft.rule = Rule::kDocument;
  draft.grade = Grade::kHard;
  draft.sides[0] = std::move(claims);
  draft.detail = std::move(detail);
  return draft;
}

}  // namespace

absl::Status FindDocument(const Context& context, const ClaimReader& reader, const Verification* verification,
                          std::vector<Draft>* drafts) {
  const Image& image = context.image();
  // Notes matter whatever the claim says, silence included.
  const auto counts = [&](ClaimId claim) {
    const ContradictionOptions& options = context.options();
    return options.view != nullptr ? options.view->Admits(claim)
                                   : image.claim(claim).closed() == std::numeric_limits<int64_t>::max();
  };
  using Notes = std::map<std::pair<VertexId, std::string>, std::vector<ClaimId>>;
  Notes missing, ibid;
  for (uint32_t i = 0; i < image.claim_count(); ++i) {
    const ClaimId claim(i);
    const NoteState state = image.claim(claim).note();
    if ((state != NoteState::kMissing && state != NoteState::kIbid) || !counts(claim)) continue;
    ASSIGN_OR_RETURN(const Claim words, reader.ReadClaim(claim));
    (state == NoteState::kMissing ? missing : ibid)[{image.claim(claim).document(), words.cites.note}].push_back(claim);
  }
  for (const auto& [note, claims] : missing) drafts->push_back(DraftOf(claims, StrCat("missing ", note.second)));
  for (const auto& [note, claims] : ibid) {
    const std::optional<int> number = NumberOf(note.second);
    if (!number.has_value()) continue;
    const std::string before = StrCat(*number - 1);
    const auto at = missing.find({note.first, before});
    if (at != missing.end()) drafts->push_back(DraftOf(claims, StrCat("ibid ", note.second, " ", before)));
  }
  if (verification == nullptr) return absl::OkStatus();
  for (const QuoteFinding& finding : verification->not_found) {
    // A verification may be of a later state of the store than the image.
    if (finding.state != QuoteState::kMissing || finding.claim.value >= image.claim_count()) continue;
    if (counts(finding.claim)) drafts->push_back(DraftOf({finding.claim}, "quote"));
  }
  return absl::OkStatus();
}

}  // namespace dossier::contradiction
