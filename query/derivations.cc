#include "query/derivations.h"

#include <algorithm>

namespace dossier {
namespace {

uint64_t BytesOfItems(const SourceItems& items) { return sizeof(items) + items.capacity() * sizeof(SourceItem); }

void SortOut(SourceItems* items) {
  std::sort(items->begin(), items->end());
  items->erase(std::unique(items->begin(), items->end()), items->end());
}

}  // namespace

void Derivations::Hold(uint64_t bytes) {
  absl::Status status = memory_.Add(bytes);
  if (status_.ok()) status_ = std::move(status);
}

SourceItem Derivations::Add(Choice choice) {
  uint64_t bytes = sizeof(choice) + BytesOfItems(choice.shown);
  for (const SourceItems& items : choice.alternatives) bytes += BytesOfItems(items);
  Hold(bytes);
  choices_.push_back(std::move(choice));
  return {SourceItem::Kind::kChoice, choices() - 1};
}

std::optional<SourceItem> Derivations::ValueOf(EdgeId edge, PropertyId property, const View& view) {
  const Image& image = view.image();
  if (!property.valid() || Image::is_hidden(edge)) return std::nullopt;
  const auto [known, is_new] = known_values_.try_emplace({edge, property}, std::nullopt);
  if (!is_new) return known->second;
  if (!image.EdgeProperty(edge, property).is_null()) return std::nullopt;  // part of what the proposition is
  const Value best = view.EdgeProperty(edge, property);
  if (best.is_null()) return std::nullopt;
  const std::vector<ClaimId> support = view.Support(edge);
  EdgeValue value{edge, {}};
  for (const ClaimId claim : support) {
    if (Equivalent(view.ClaimColumn(property).Get(claim.value), best)) value.claims.push_back(claim);
  }
  if (value.claims.size() == support.size()) return std::nullopt;
  std::sort(value.claims.begin(), value.claims.end());
  Hold(sizeof(value) + value.claims.capacity() * sizeof(ClaimId));
  known->second = SourceItem{SourceItem::Kind::kValue, static_cast<uint32_t>(values_.size())};
  values_.push_back(std::move(value));
  return known->second;
}

SourceItem Derivations::Absence(const std::string& pattern) {
  const auto at = std::find(absences_.begin(), absences_.end(), pattern);  // one a subquery of the text: a few
  const auto number = static_cast<uint32_t>(at - absences_.begin());
  if (at == absences_.end()) absences_.push_back(pattern);
  return {SourceItem::Kind::kAbsence, number};
}

void Derivations::Flatten(const SourceItems& items, SourceItems* out) const {
  for (const SourceItem& item : items) {
    if (item.kind != SourceItem::Kind::kChoice) {
      out->push_back(item);
      continue;
    }
    const SourceItems& shown = choices_[item.number].shown;
    out->insert(out->end(), shown.begin(), shown.end());
  }
}

size_t AlternativeGatherer::Add(SourceItems items) {
  SortOut(&items);
  if (alternatives_.size() >= kMost && !alternatives_.contains(items)) {
    complete_ = false;
    return 0;
  }
  const size_t bytes = BytesOfItems(items);
  return alternatives_.insert(std::move(items)).second ? bytes + 4 * sizeof(void*) : 0;
}

SourceItems AlternativeGatherer::Take(const SourceItems& shown, Derivations* derivations) {
  Derivations::Choice choice;
  choice.complete = complete_;
  derivations->Flatten(shown, &choice.shown);
  SortOut(&choice.shown);
  if (alternatives_.size() == 1 && complete_) {
    SourceItems only = *alternatives_.begin(), flat;
    derivations->Flatten(only, &flat);
    SortOut(&flat);
    if (flat == choice.shown) return only;
  }
  choice.alternatives.assign(alternatives_.begin(), alternatives_.end());
  return {derivations->Add(std::move(choice))};
}

}  // namespace dossier
