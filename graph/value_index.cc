#include "graph/value_index.h"

#include <algorithm>
#include <utility>

namespace dossier {

ValueIndex::ValueIndex(const ValueColumn& column) {
  std::vector<std::pair<uint64_t, uint32_t>> cells;
  cells.reserve(column.cells());
  for (size_t place = 0; place < column.cells(); ++place) {
    const uint64_t code = column.CodeAt(place);
    if (code != ValueColumn::kNoCode) cells.emplace_back(code, column.ItemAt(place));
  }
  if (!std::is_sorted(cells.begin(), cells.end())) std::sort(cells.begin(), cells.end());
  items_.reserve(cells.size());
  for (const auto& [code, item] : cells) items_.push_back(item);
  if (column.codes() <= 2 * cells.size() + 64) {
    offsets_.resize(column.codes() + 1);
    for (const auto& [code, item] : cells) ++offsets_[code + 1];
    for (size_t i = 1; i < offsets_.size(); ++i) offsets_[i] += offsets_[i - 1];
  } else {
    for (const auto& [code, item] : cells) codes_.push_back(code);
  }
}

std::span<const uint32_t> ValueIndex::Items(ValueColumn::CodeRange codes) const {
  if (codes.empty() || items_.empty()) return {};
  size_t begin, end;
  if (!offsets_.empty()) {
    begin = offsets_[codes.begin];
    end = offsets_[codes.end];
  } else {
    begin = static_cast<size_t>(std::lower_bound(codes_.begin(), codes_.end(), codes.begin) - codes_.begin());
    end = static_cast<size_t>(std::lower_bound(codes_.begin(), codes_.end(), codes.end) - codes_.begin());
  }
  return {items_.data() + begin, end - begin};
}

}  // namespace dossier
