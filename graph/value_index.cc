#include "graph/value_index.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace dossier {

ValueIndex::ValueIndex(const ValueColumn& column) : made_(true) {
  const auto for_each_cell = [&column](const auto& visit) {
    for (size_t place = 0; place < column.cells(); ++place) {
      const uint64_t code = column.CodeAt(place);
      if (code != ValueColumn::kNoCode) visit(code, column.ItemAt(place));
    }
  };
  size_t count = 0;
  for_each_cell([&count](uint64_t, uint32_t) { ++count; });
  std::vector<uint32_t> items(count);
  std::vector<uint64_t> numbers;
  if (column.codes() <= 2 * count + 64) {
    // Where the items of a code begin is counted up to where they end, which is where those of the next one begin.
    numbers.resize(column.codes() + 2);
    for_each_cell([&numbers](uint64_t code, uint32_t) { ++numbers[code + 2]; });
    for (size_t i = 1; i < numbers.size(); ++i) numbers[i] += numbers[i - 1];
    for_each_cell([&](uint64_t code, uint32_t item) { items[numbers[code + 1]++] = item; });
    numbers.pop_back();
    offsets_ = PackedArray::Line(numbers);
  } else {
    std::vector<std::pair<uint64_t, uint32_t>> cells;
    cells.reserve(count);
    for_each_cell([&cells](uint64_t code, uint32_t item) { cells.emplace_back(code, item); });
    if (!std::is_sorted(cells.begin(), cells.end())) std::sort(cells.begin(), cells.end());
    for (size_t i = 0; i < count; ++i) {
      numbers.push_back(cells[i].first);
      items[i] = cells[i].second;
    }
    codes_ = PackedArray::Line(numbers);
  }
  items_ = std::move(items);
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
