// What analysts decided about findings of contradictions.
//
// A judgement is a claim like any other: about the first claim of the finding's side 0, with the built-in relation
// `judgement`, the verdict as its object, and three qualifiers: the finding, what it rested on, and the reason. Its
// asserter is the analyst. A later judgement of the same finding supersedes it, so the last one counts and all are
// kept.
//
// It holds for the finding as it was. A finding's id changes with the claims on its sides; what else it rests on
// (grade, chain, assumptions) is remembered as a hash, its basis. Where that is another now, the judgement has lapsed.
#ifndef DOSSIER_QUERY_JUDGEMENT_H_
#define DOSSIER_QUERY_JUDGEMENT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "graph/claim.h"
#include "graph/id.h"
#include "graph/image.h"
#include "query/contradictions.h"

namespace dossier {

enum class Verdict : uint8_t {
  kConfirmed,  // they contradict each other
  kRejected,   // they do not
  kResolved,   // they did, and it is known which is right
  kReopened,   // an earlier verdict is taken back
};

std::string_view Name(Verdict verdict);  // "confirmed", "rejected", "resolved", "reopened"
// By name, letter case ignored; E6205 for any other text, with the known ones.
absl::StatusOr<Verdict> ParseVerdict(std::string_view text);

struct Judgement {
  ClaimId claim;
  Verdict verdict = Verdict::kConfirmed;
  std::string reason;
  VertexId analyst;
  EdtfTime said;
  std::string finding, basis;
};

// What the finding rests on beside the claims of its sides: 16 hex digits, the same in every store.
std::string BasisOf(const Image& image, const Finding& finding);

// The judgements of a store that count: the last of each finding.
class Judgements {
 public:
  explicit Judgements(const Image& image);

  // The judgement on the finding, if there is one that was not taken back; `*lapsed` tells whether something under it
  // has changed since.
  const Judgement* Of(const Finding& finding, bool* lapsed) const;
  // Whether the finding need not be reported: it was judged, and nothing has changed.
  bool Settles(const Finding& finding) const;
  // The last one on a finding by its id, whatever it rested on, even if it reopens the finding; null if there is none.
  const Judgement* Latest(std::string_view finding) const;

 private:
  const Image& image_;
  absl::flat_hash_map<std::string, Judgement> by_finding_;
};

// The claim that says so. `analyst` and `document` are keys, `said` a date; `earlier` is superseded, if given.
Claim MakeJudgement(const Image& image, const Finding& finding, Verdict verdict, std::string_view reason,
                    std::string_view analyst, std::string_view document, const EdtfTime& said,
                    const Judgement* earlier);

}  // namespace dossier

#endif  // DOSSIER_QUERY_JUDGEMENT_H_
