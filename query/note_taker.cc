#include "query/note_taker.h"

#include <algorithm>
#include <utility>

namespace dossier {

absl::StatusOr<std::vector<uint32_t>> NoteTaker::NotesOf(const SourceItems& items, EvaluationContext* context) {
  std::vector<uint32_t> numbers;
  for (const SourceItem& item : items) {
    if (!context->Spend()) return context->status();
    if (item.kind == SourceItem::Kind::kClaim) numbers.push_back(NumberOf(ClaimId(item.number), false));
    if (item.kind != SourceItem::Kind::kProposition) continue;
    const EdgeId edge(item.number);
    const bool disputed = view_.Disputed(edge);
    for (const ClaimId claim : view_.Support(edge)) numbers.push_back(NumberOf(claim, disputed));
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

RowReasons NoteTaker::ReasonsOf(const WitnessFinder::Found& found, WitnessFinder* finder) {
  RowReasons reasons;
  reasons.complete = found.complete;
  reasons.nothing_recorded = found.nothing_recorded;
  reasons.aggregated = found.aggregated;
  for (const SourceItems& items : found.alternatives) {
    Witness& witness = reasons.alternatives.emplace_back();
    for (const SourceItem& item : items) {
      // A claim that is met as a node is spoken of, whatever denies it.
      const EdgeId edge = item.kind == SourceItem::Kind::kProposition ? EdgeId(item.number)
                          : item.kind == SourceItem::Kind::kValue     ? finder->EdgeOf(item)
                                                                      : EdgeId();
      const bool disputed = edge.valid() && view_.Disputed(edge);
      WitnessMember& member = witness.emplace_back();
      for (const ClaimId claim : finder->SupportOf(item)) member.notes.push_back(NumberOf(claim, disputed));
      std::sort(member.notes.begin(), member.notes.end());
    }
    std::sort(witness.begin(), witness.end(),
              [](const WitnessMember& a, const WitnessMember& b) { return a.notes < b.notes; });
  }
  std::sort(reasons.alternatives.begin(), reasons.alternatives.end(), [](const Witness& a, const Witness& b) {
    if (a.size() != b.size()) return a.size() < b.size();
    return std::lexicographical_compare(
        a.begin(), a.end(), b.begin(), b.end(),
        [](const WitnessMember& x, const WitnessMember& y) { return x.notes < y.notes; });
  });
  return reasons;
}

uint32_t NoteTaker::NumberOf(ClaimId claim, bool disputed) {
  const auto [at, is_new] = numbers_.try_emplace(claim.value, static_cast<uint32_t>(notes_->size() + 1));
  if (is_new) notes_->push_back({at->second, claim, disputed});
  return at->second;
}

}  // namespace dossier
