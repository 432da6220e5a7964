#include "graph/value_index.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace dossier {

ValueIndex::ValueIndex(const ValueColumn& column) : made_(true) {
  if (column.codes() <= 2 * column.cells() + 64) {
    PlaceByCode(column);
  } else {
    SortByCode(column);
  }
}

// Where codes are no more than cells, each code's part is found by counting.
void ValueIndex::PlaceByCode(const ValueColumn& column) {
  std::vector<uint64_t> offsets(column.codes() + 1);
  bool rises = true;
  uint32_t last = 0;
  for (size_t place = 0; place < column.cells(); ++place) {
    const uint64_t code = column.CodeAt(place);
    if (code == ValueColumn::kNoCode) continue;
    ++offsets[code + 1];
    const uint32_t item = column.ItemAt(place);
    rises = rises && last <= item;
    last = item;
  }
  for (size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
  offsets_ = PackedArray::Line(offsets);
  std::vector<uint32_t> items(offsets.back());
  std::vector<uint64_t>& next = offsets;  // where the next item of each code goes
  for (size_t place = 0; place < column.cells(); ++place) {
    const uint64_t code = column.CodeAt(place);
    if (code != ValueColumn::kNoCode) items[next[code]++] = column.ItemAt(place);
  }
  for (uint64_t code = 0; code + 1 < offsets_.size() && !rises; ++code) {
    std::sort(items.begin() + static_cast<std::ptrdiff_t>(offsets_[code]),
              items.begin() + static_cast<std::ptrdiff_t>(offsets_[code + 1]));
  }
  items_ = std::move(items);
}

void ValueIndex::SortByCode(const ValueColumn& column) {
  std::vector<std::pair<uint64_t, uint32_t>> cells;
  cells.reserve(column.cells());
  for (size_t place = 0; place < column.cells(); ++place) {
    const uint64_t code = column.CodeAt(place);
    if (code != ValueColumn::kNoCode) cells.emplace_back(code, column.ItemAt(place));
  }
  if (!std::is_sorted(cells.begin(), cells.end())) std::sort(cells.begin(), cells.end());
  std::vector<uint32_t> items;
  items.reserve(cells.size());
  for (const auto& [code, item] : cells) items.push_back(item);
  items_ = std::move(items);
  std::vector<uint64_t> codes;
  codes.reserve(cells.size());
  for (const auto& [code, item] : cells) codes.push_back(code);
  codes_ = PackedArray::Line(codes);
}

std::span<const uint32_t> ValueIndex::Items(ValueColumn::CodeRange codes) const {
  if (codes.empty() || items_.empty()) return {};
  const bool by_code = !offsets_.empty();
  if (!part_.ready()) {
    part_.Check(codes_.bytes());
    part_.Check(offsets_.bytes(codes.begin, codes.begin + 1));
    part_.Check(offsets_.bytes(codes.end, codes.end + 1));
  }
  const size_t begin = by_code ? offsets_[codes.begin] : codes_.LowerBound(codes.begin);
  const size_t end = by_code ? offsets_[codes.end] : codes_.LowerBound(codes.end);
  if (begin > end || end > items_.size()) return {};  // of a damaged part
  part_.Check(items_.bytes(begin, end));
  return {items_.data() + begin, end - begin};
}

void ValueIndex::Archive(ImageArchive* archive) {
  archive->Number(&made_);
  archive->BeginPart();
  offsets_.Archive(archive);
  archive->Items(&items_);
  codes_.Archive(archive);
  archive->EndPart(&part_);
}

}  // namespace dossier
