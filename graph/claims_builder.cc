#include "graph/claims_builder.h"

#include <algorithm>

#include "graph/base/text.h"

namespace dossier {

PropertyId ClaimsBuilder::Qualifier(std::string_view name) {
  if (const auto known = numbers_.find(ToAbsl(name)); known != numbers_.end()) return PropertyId(known->second);
  const auto number = static_cast<uint32_t>(rows_.qualifiers.size());
  numbers_.emplace(name, number);
  rows_.qualifiers.emplace_back(name, ValueColumnBuilder(ValueColumnBuilder::Twice::kListOfBoth));
  return PropertyId(number);
}

ClaimId ClaimsBuilder::Add(const ClaimColumns& claim) {
  const uint32_t item = first_ + count();
  rows_.propositions.push_back(claim.proposition.value);
  rows_.documents.push_back(claim.document.valid() ? NumberOf(claim.document) + uint64_t{1} : 0);
  rows_.acts.push_back(static_cast<uint64_t>(claim.act) | static_cast<uint64_t>(claim.certainty) << 4 |
                       static_cast<uint64_t>(claim.rank) << 6 | static_cast<uint64_t>(claim.note) << 8);
  rows_.asserters.Add(item, claim.asserters);
  if (!claim.valid.is_undated()) rows_.valid.Add(item, Value::Time(claim.valid));
  if (!claim.said.is_undated()) rows_.said.Add(item, Value::Time(claim.said));
  if (claim.quantity.has_value()) rows_.quantities.Add(item, Value::OfQuantity(*claim.quantity));
  for (const auto& [name, value] : claim.qualifiers) rows_.qualifiers[name.value].second.Add(item, value);
  if (claim.recorded != std::numeric_limits<int64_t>::min()) rows_.recorded.Add(item, Value::Integer(claim.recorded));
  rows_.cited_documents.Add(item, claim.cited_documents);
  if (claim.statement.valid()) rows_.statements.Add(item, {claim.statement});
  rows_.superseded.Add(item, claim.supersedes);
  return ClaimId(item);
}

void ClaimsBuilder::Close(ClaimId claim, int64_t when) {
  const auto [at, is_new] = rows_.closed.try_emplace(claim.value, when);
  if (!is_new) at->second = std::min(at->second, when);
}

void ClaimsBuilder::Finish(uint32_t edges) {
  finished_ = true;
  std::vector<uint64_t> offsets(edges + size_t{1});
  for (const uint64_t edge : rows_.propositions) ++offsets[edge + 1];
  for (size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
  std::vector<uint64_t> by_edge(rows_.propositions.size());
  std::vector<uint64_t> next = offsets;
  for (size_t i = 0; i < rows_.propositions.size(); ++i) by_edge[next[rows_.propositions[i]]++] = i;
  columns_.offsets = PackedArray::Line(offsets);
  columns_.by_edge = PackedArray::Line(by_edge);
  columns_.propositions = NumberColumn(PackedArray::Line(rows_.propositions));
  columns_.documents = NumberColumn(PackedArray::Flat(rows_.documents));
  columns_.acts = NumberColumn(PackedArray::Flat(rows_.acts));
  columns_.asserters = std::move(rows_.asserters).Build();
  columns_.cited_documents = std::move(rows_.cited_documents).Build();
  columns_.statements = std::move(rows_.statements).Build();
  columns_.superseded = std::move(rows_.superseded).Build();
  columns_.valid = std::move(rows_.valid).Build();
  columns_.said = std::move(rows_.said).Build();
  columns_.quantities = std::move(rows_.quantities).Build();
  columns_.recorded = std::move(rows_.recorded).Build();
  ValueColumnBuilder closed;
  for (const auto& [claim, when] : rows_.closed) closed.Add(claim, Value::Integer(when));
  columns_.closed = std::move(closed).Build();
  for (auto& [name, builder] : rows_.qualifiers) columns_.qualifiers.emplace_back(name, std::move(builder).Build());
}

}  // namespace dossier
