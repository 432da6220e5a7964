// Lists of numbers for some of many items: which documents a claim cites, say. Equal lists are kept once.
#ifndef DOSSIER_GRAPH_LIST_COLUMN_H_
#define DOSSIER_GRAPH_LIST_COLUMN_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/array.h"
#include "graph/base/huge_pages.h"
#include "graph/base/long_list.h"
#include "graph/image_archive.h"
#include "graph/packed_array.h"
#include "graph/value_column.h"

namespace dossier {

template <typename Id>
class ListColumnBuilder;

template <typename Id>
class ListColumn {
 public:
  // 0 exactly where no item has a list; else at least as many as have one.
  size_t size() const { return items_.size() + late_.size(); }
  std::span<const Id> Of(uint32_t item) const {
    if (!part_.ready()) [[unlikely]] {
      CheckFor(item);
    }
    const size_t place = items_.Find(item);
    if (place == ItemIndex::kNone) {
      if (late_.empty()) return {};
      const auto late = late_.find(item);
      return late == late_.end() ? std::span<const Id>() : late->second;
    }
    const uint64_t list = lists_[place];
    const uint32_t begin = offsets_[list], end = offsets_[list + 1];
    if (begin > end || end > ids_.size()) return {};  // of a damaged part
    return {ids_.data() + begin, end - size_t{begin}};
  }

  // Adds lists of items beyond those that it has.
  void Extend(const ListColumnBuilder<Id>& more);

  // Of one that was not extended.
  void Archive(ImageArchive* archive) {
    archive->BeginPart();
    items_.Archive(archive);
    lists_.Archive(archive);
    archive->Items(&offsets_);
    archive->Items(&ids_);
    archive->EndPart(&part_);
  }

 private:
  template <typename>
  friend class ListColumnBuilder;
  void CheckFor(uint32_t item) const {
    part_.Check(items_.bytes());
    const size_t place = items_.Find(item);
    if (place == ItemIndex::kNone) return;
    part_.Check(lists_.bytes(place, place + 1));
    const uint64_t list = lists_[place];
    part_.Check(offsets_.bytes(list, list + 2));
    part_.Check(ids_.bytes(offsets_[list], offsets_[list + 1]));
  }
  ItemIndex items_;
  PackedArray lists_;        // by place: which list; 0 is the empty one
  Array<uint32_t> offsets_;  // by list, and one more
  Array<Id> ids_;
  LentPart part_;
  absl::flat_hash_map<uint32_t, std::vector<Id>> late_;  // by item
};

template <typename Id>
class ListColumnBuilder {
 public:
  // Items must rise.
  void Add(uint32_t item, std::span<const Id> list) {
    if (list.empty()) return;
    last_item_ = item;
    cells_.push_back({item, list.size() == 1 ? NumberOf(list[0]) : NumberOf({list.begin(), list.end()})});
  }
  ListColumn<Id> Build() && {
    ListColumn<Id> column;
    if (cells_.empty()) return column;
    uint32_t first = last_item_;
    cells_.ForEach([&](const Cell& cell) { first = std::min(first, cell.item); });
    if (auto close = ItemIndex::OfClose(first, last_item_, cells_.size())) {
      column.items_ = *std::move(close);
    } else {
      std::vector<uint32_t> items;
      ReserveHuge(cells_.size(), &items);
      cells_.ForEach([&](const Cell& cell) { items.push_back(cell.item); });
      column.items_ = ItemIndex::Of(std::move(items));
    }
    std::vector<uint32_t> lists = HugeVector<uint32_t>(column.items_.size());
    cells_.ForEach([&](const Cell& cell) { lists[column.items_.Find(cell.item)] = cell.list; });
    cells_ = LongList<Cell>();
    column.lists_ = PackedArray::Flat32(lists);
    column.offsets_ = std::move(offsets_);
    column.ids_ = std::move(ids_);
    return column;
  }

 private:
  friend class ListColumn<Id>;
  struct Cell {
    uint32_t item, list;
  };
  // Most lists hold one thing, and those are found by it.
  uint32_t NumberOf(Id id) {
    const auto [at, is_new] = singles_.try_emplace(id.value, static_cast<uint32_t>(offsets_.size() - 1));
    if (is_new) Append({&id, 1});
    return at->second;
  }
  uint32_t NumberOf(std::vector<Id> list) {
    const auto [at, is_new] = known_.try_emplace(std::move(list), static_cast<uint32_t>(offsets_.size() - 1));
    if (is_new) Append(at->first);
    return at->second;
  }
  void Append(std::span<const Id> list) {
    ids_.insert(ids_.end(), list.begin(), list.end());
    offsets_.push_back(static_cast<uint32_t>(ids_.size()));
  }

  absl::flat_hash_map<uint32_t, uint32_t> singles_;
  absl::flat_hash_map<std::vector<Id>, uint32_t> known_;
  LongList<Cell> cells_;
  uint32_t last_item_ = 0;
  std::vector<uint32_t> offsets_ = {0, 0};
  std::vector<Id> ids_;
};

template <typename Id>
void ListColumn<Id>::Extend(const ListColumnBuilder<Id>& more) {
  more.cells_.ForEach([&](const auto& cell) {
    late_[cell.item].assign(more.ids_.begin() + more.offsets_[cell.list],
                            more.ids_.begin() + more.offsets_[cell.list + size_t{1}]);
  });
}

}  // namespace dossier

#endif  // DOSSIER_GRAPH_LIST_COLUMN_H_
