#include "query/judgement.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/sha256.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "schema/judgement_names.h"

namespace dossier {
namespace {

constexpr std::array<Verdict, 4> kVerdicts = {Verdict::kConfirmed, Verdict::kRejected, Verdict::kResolved,
                                              Verdict::kReopened};

std::string KeyOf(const Image& image, ClaimId claim) { return image.key(image.claim(claim).vertex()); }

}  // namespace

std::string_view Name(Verdict verdict) {
  constexpr std::array<std::string_view, 4> kNames = {"confirmed", "rejected", "resolved", "reopened"};
  return kNames[static_cast<size_t>(verdict)];
}

absl::StatusOr<Verdict> ParseVerdict(std::string_view text) {
  for (const Verdict verdict : kVerdicts) {
    if (EqualsIgnoringAsciiCase(text, Name(verdict))) return verdict;
  }
  return ToStatus(absl::StatusCode::kInvalidArgument, {.number = kUnknownVerdict,
                                                       .cause = StrCat("there is no verdict '", text, "'"),
                                                       .rule = "a finding is judged in one of four words",
                                                       .hint = "one of confirmed, rejected, resolved, reopened"});
}

std::string BasisOf(const Image& image, const Finding& finding) {
  std::string text = StrCat(finding.id, "\n", Name(finding.grade));
  for (const InferenceStep& step : finding.chain) {
    std::vector<std::string> keys;
    for (const ClaimId claim : step.claims) keys.push_back(KeyOf(image, claim));
    std::sort(keys.begin(), keys.end());
    text += StrCat("\n", keys.empty() ? step.text : Join(keys, "\x1f"));
  }
  for (const std::string& assumption : finding.assumptions) text += StrCat("\n? ", assumption);
  return Sha256Hex(text).substr(0, 16);
}

Judgements::Judgements(const Image& image) : image_(image) {
  const RelationId relation = image.FindRelation(kJudgement);
  if (!relation.valid()) return;
  const PropertyId of = image.FindProperty(kJudgedFinding), basis = image.FindProperty(kJudgementBasis),
                   reason = image.FindProperty(kJudgementReason);
  const auto text = [](const Value& value) {
    return value.type() == Value::Type::kString ? std::string(value.string()) : std::string();
  };
  for (uint32_t i = 0; i < image.edge_count(); ++i) {
    const EdgeId edge(i);
    if (image.relation(edge) != relation || !image.is_literal(edge)) continue;
    const absl::StatusOr<Verdict> verdict = ParseVerdict(text(image.literal(edge)));
    if (!verdict.ok()) continue;  // not one of ours: read from a claim file
    const std::string finding = of.valid() ? text(image.EdgeProperty(edge, of)) : "";
    for (const ClaimId number : image.ClaimsOf(edge)) {
      const ImageClaim claim = image.claim(number);
      if (claim.polarity() != Polarity::kAffirms || claim.closed() != std::numeric_limits<int64_t>::max()) continue;
      Judgement judgement;
      judgement.claim = number;
      judgement.verdict = *verdict;
      judgement.finding = finding;
      if (basis.valid()) judgement.basis = text(claim.Qualifier(basis));
      if (reason.valid()) judgement.reason = text(claim.Qualifier(reason));
      if (!claim.asserters().empty()) judgement.analyst = claim.asserters().front();
      judgement.said = claim.said();
      // Of two that stand (one came by a claim file), the one that this store learnt last.
      const auto [at, is_new] = by_finding_.try_emplace(finding, judgement);
      if (!is_new && at->second.claim < number) at->second = std::move(judgement);
    }
  }
}

const Judgement* Judgements::Latest(std::string_view finding) const {
  const auto at = by_finding_.find(ToAbsl(finding));
  return at == by_finding_.end() ? nullptr : &at->second;
}

const Judgement* Judgements::Of(const Finding& finding, bool* lapsed) const {
  const Judgement* judgement = Latest(finding.id);
  if (judgement != nullptr && judgement->verdict == Verdict::kReopened) judgement = nullptr;
  *lapsed = judgement != nullptr && judgement->basis != BasisOf(image_, finding);
  return judgement;
}

bool Judgements::Settles(const Finding& finding) const {
  bool lapsed = false;
  return Of(finding, &lapsed) != nullptr && !lapsed;
}

Claim MakeJudgement(const Image& image, const Finding& finding, Verdict verdict, std::string_view reason,
                    std::string_view analyst, std::string_view document, const EdtfTime& said,
                    const Judgement* earlier) {
  Claim claim;
  std::vector<std::string> keys;
  for (const ClaimId one : finding.sides[0]) keys.push_back(KeyOf(image, one));
  claim.proposition.subject = Term::Claim(*std::min_element(keys.begin(), keys.end()));
  claim.proposition.relation = kJudgement;
  claim.proposition.object = Term::Literal(Value::String(Name(verdict)));
  claim.proposition.identifying = {{std::string(kJudgedFinding), Term::Literal(Value::String(finding.id))}};
  claim.qualifiers = {
      {std::string(kJudgementBasis), Term::Literal(Value::String(BasisOf(image, finding)))},
      {std::string(kJudgementReason), Term::Literal(Value::String(reason))},
  };
  claim.asserters = {std::string(analyst)};
  claim.document = document;
  claim.locator.row = finding.id;
  claim.said = said;
  if (earlier != nullptr) claim.supersedes = {KeyOf(image, earlier->claim)};
  return claim;
}

}  // namespace dossier
