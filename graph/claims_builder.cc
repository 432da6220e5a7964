#include "graph/claims_builder.h"

#include <algorithm>

#include "graph/base/text.h"

namespace dossier {

PropertyId ClaimsBuilder::Qualifier(std::string_view name) {
  if (const auto known = numbers_.find(ToAbsl(name)); known != numbers_.end()) return PropertyId(known->second);
  const auto number = static_cast<uint32_t>(qualifiers_.size());
  numbers_.emplace(name, number);
  qualifiers_.emplace_back(name, ValueColumnBuilder(ValueColumnBuilder::Twice::kListOfBoth));
  return PropertyId(number);
}

ClaimId ClaimsBuilder::Add(const ClaimColumns& claim) {
  const uint32_t item = count();
  propositions_.push_back(claim.proposition.value);
  documents_.push_back(claim.document.valid() ? NumberOf(claim.document) + uint64_t{1} : 0);
  acts_.push_back(static_cast<uint64_t>(claim.act) | static_cast<uint64_t>(claim.certainty) << 4 |
                  static_cast<uint64_t>(claim.rank) << 6 | static_cast<uint64_t>(claim.note) << 8);
  asserters_.Add(item, claim.asserters);
  if (!claim.valid.is_undated()) valid_.Add(item, Value::Time(claim.valid));
  if (!claim.said.is_undated()) said_.Add(item, Value::Time(claim.said));
  if (claim.quantity.has_value()) quantities_.Add(item, Value::OfQuantity(*claim.quantity));
  for (const auto& [name, value] : claim.qualifiers) qualifiers_[name.value].second.Add(item, value);
  if (claim.recorded != std::numeric_limits<int64_t>::min()) recorded_.Add(item, Value::Integer(claim.recorded));
  cited_documents_.Add(item, claim.cited_documents);
  if (claim.statement.valid()) statements_.Add(item, {claim.statement});
  superseded_.Add(item, claim.supersedes);
  return ClaimId(item);
}

void ClaimsBuilder::Close(ClaimId claim, int64_t when) {
  const auto [at, is_new] = closed_.try_emplace(claim.value, when);
  if (!is_new) at->second = std::min(at->second, when);
}

void ClaimsBuilder::Finish(uint32_t edges) {
  finished_ = true;
  std::vector<uint64_t> offsets(edges + size_t{1});
  for (const uint64_t edge : propositions_) ++offsets[edge + 1];
  for (size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
  std::vector<uint64_t> by_edge(propositions_.size());
  std::vector<uint64_t> next = offsets;
  for (size_t i = 0; i < propositions_.size(); ++i) by_edge[next[propositions_[i]]++] = i;
  columns_.offsets = PackedArray::Line(offsets);
  columns_.by_edge = PackedArray::Line(by_edge);
  columns_.propositions = PackedArray::Line(propositions_);
  columns_.documents = PackedArray::Flat(documents_);
  columns_.acts = PackedArray::Flat(acts_);
  columns_.asserters = std::move(asserters_).Build();
  columns_.cited_documents = std::move(cited_documents_).Build();
  columns_.statements = std::move(statements_).Build();
  columns_.superseded = std::move(superseded_).Build();
  columns_.valid = std::move(valid_).Build();
  columns_.said = std::move(said_).Build();
  columns_.quantities = std::move(quantities_).Build();
  columns_.recorded = std::move(recorded_).Build();
  ValueColumnBuilder closed;
  for (const auto& [claim, when] : closed_) closed.Add(claim, Value::Integer(when));
  columns_.closed = std::move(closed).Build();
  for (auto& [name, builder] : qualifiers_) columns_.qualifiers.emplace_back(name, std::move(builder).Build());
}

}  // namespace dossier
