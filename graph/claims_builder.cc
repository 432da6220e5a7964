#include "graph/claims_builder.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "graph/base/huge_pages.h"
#include "graph/base/text.h"

namespace dossier {

void ClaimsBuilder::Reserve(size_t claims) {
  for (auto* numbers : {&rows_.propositions, &rows_.documents, &rows_.acts}) ReserveHuge(claims, numbers);
}

PropertyId ClaimsBuilder::Qualifier(std::string_view name) {
  // Few names, and those of one claim are mostly those of the claim before.
  constexpr size_t kMostCompared = 4;
  for (size_t i = 0; i < std::min(kMostCompared, rows_.qualifiers.size()); ++i) {
    if (rows_.qualifiers[i].first == name) return PropertyId(static_cast<uint32_t>(i));
  }
  if (const auto known = numbers_.find(ToAbsl(name)); known != numbers_.end()) return PropertyId(known->second);
  const auto number = static_cast<uint32_t>(rows_.qualifiers.size());
  numbers_.emplace(name, number);
  rows_.qualifiers.emplace_back(name, ValueColumnBuilder(ValueColumnBuilder::Twice::kListOfBoth));
  return PropertyId(number);
}

ClaimId ClaimsBuilder::Add(const ClaimColumns& claim) {
  const uint32_t item = first_ + count();
  rows_.propositions.push_back(claim.proposition.value);
  rows_.documents.push_back(claim.document.valid() ? NumberOf(claim.document) + 1 : 0);
  rows_.acts.push_back(static_cast<uint32_t>(claim.act) | static_cast<uint32_t>(claim.certainty) << 4 |
                       static_cast<uint32_t>(claim.rank) << 6 | static_cast<uint32_t>(claim.note) << 8);
  rows_.asserters.Add(item, claim.asserters);
  if (!claim.valid.is_undated()) rows_.valid.AddTime(item, claim.valid);
  if (!claim.said.is_undated()) rows_.said.AddTime(item, claim.said);
  if (claim.quantity.has_value()) rows_.quantities.AddQuantity(item, *claim.quantity);
  for (const auto& [name, value] : claim.qualifiers) rows_.qualifiers[name.value].second.Add(item, value);
  if (claim.recorded != std::numeric_limits<int64_t>::min()) rows_.recorded.Add(item, Value::Integer(claim.recorded));
  rows_.cited_documents.Add(item, claim.cited_documents);
  if (claim.statement.valid()) rows_.statements.Add(item, {&claim.statement, 1});
  rows_.superseded.Add(item, claim.supersedes);
  return ClaimId(item);
}

void ClaimsBuilder::Close(ClaimId claim, int64_t when) {
  const auto [at, is_new] = rows_.closed.try_emplace(claim.value, when);
  if (!is_new) at->second = std::min(at->second, when);
}

// The propositions of claims, and the other way round.
void ClaimsBuilder::BuildLists(uint32_t edges) {
  std::vector<uint32_t> propositions = std::move(rows_.propositions);
  // Place edge + 1 counts up from where the claims of the edge begin to where they end, which the next edge's begin.
  std::vector<uint32_t> offsets = HugeVector<uint32_t>(edges + size_t{2});
  for (const uint32_t edge : propositions) ++offsets[edge + size_t{2}];
  for (size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
  std::vector<uint32_t> by_edge = HugeVector<uint32_t>(propositions.size());
  for (uint32_t i = 0; i < propositions.size(); ++i) by_edge[offsets[propositions[i] + size_t{1}]++] = i;
  columns_.offsets = PackedArray::Line32({offsets.data(), offsets.size() - 1});
  offsets = {};
  columns_.by_edge = PackedArray::Line32(by_edge);
  by_edge = {};
  columns_.propositions = NumberColumn(PackedArray::Line32(propositions));
}

void ClaimsBuilder::AddTasks(uint32_t edges, Tasks* tasks) {
  const auto build = [tasks](auto* rows, auto* column) {
    tasks->push_back([rows, column] {
      *column = std::move(*rows).Build();
      *rows = std::remove_reference_t<decltype(*rows)>();  // gives back its memory
    });
  };
  const auto pack = [tasks](std::vector<uint32_t>* rows, NumberColumn* column) {
    tasks->push_back([rows, column] { *column = NumberColumn(PackedArray::Flat32(std::exchange(*rows, {}))); });
  };
  tasks->push_back([this, edges] { BuildLists(edges); });
  build(&rows_.asserters, &columns_.asserters);
  build(&rows_.recorded, &columns_.recorded);
  columns_.qualifiers.resize(rows_.qualifiers.size());
  for (size_t i = 0; i < rows_.qualifiers.size(); ++i) {
    columns_.qualifiers[i].first = rows_.qualifiers[i].first;
    build(&rows_.qualifiers[i].second, &columns_.qualifiers[i].second);
  }
  build(&rows_.valid, &columns_.valid);
  build(&rows_.said, &columns_.said);
  build(&rows_.quantities, &columns_.quantities);
  build(&rows_.cited_documents, &columns_.cited_documents);
  build(&rows_.statements, &columns_.statements);
  build(&rows_.superseded, &columns_.superseded);
  pack(&rows_.documents, &columns_.documents);
  pack(&rows_.acts, &columns_.acts);
  tasks->push_back([this] {
    ValueColumnBuilder closed;
    for (const auto& [claim, when] : rows_.closed) closed.Add(claim, Value::Integer(when));
    columns_.closed = std::move(closed).Build();
  });
}

}  // namespace dossier
