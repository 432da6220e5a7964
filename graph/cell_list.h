// The cells of a column on their way: of which item, and a whole number that says what it holds. Most columns of a
// large image are short ranges of integers, or places in a list of values, so that a cell takes eight bytes as long as
// all numbers lie within 2^31 of the first, and sixteen from then on.
#ifndef DOSSIER_GRAPH_CELL_LIST_H_
#define DOSSIER_GRAPH_CELL_LIST_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/base/huge_pages.h"
#include "graph/base/long_list.h"

namespace dossier {

class CellList {
 public:
  struct Cell {
    uint32_t item = 0;
    int64_t content = 0;
  };

  void push_back(const Cell& cell) {
    if (!far_.empty()) return far_.push_back(cell);
    if (near_.empty()) least_ = static_cast<uint64_t>(cell.content) - (uint64_t{1} << 31);
    const uint64_t above = static_cast<uint64_t>(cell.content) - least_;
    if (above >> 32 == 0) return near_.push_back({cell.item, static_cast<uint32_t>(above)});
    near_.ForEach([this](const Near& near) { far_.push_back(ToCell(near)); });
    near_ = LongList<Near>();
    far_.push_back(cell);
  }
  size_t size() const { return near_.size() + far_.size(); }
  bool empty() const { return size() == 0; }
  // Calls `visit` for each cell, in order.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    near_.ForEach([&](const Near& near) { visit(ToCell(near)); });
    far_.ForEach(visit);
  }
  // Puts what `place_of` gives in the place of each content: numbers from 0 up to 2^32 - 1.
  template <typename PlaceOf>
  void Replace(const PlaceOf& place_of) {
    near_.ForEach([&](Near& near) { near.above = static_cast<uint32_t>(place_of(ToCell(near).content)); });
    least_ = 0;
    far_.ForEach([&](Cell& cell) { cell.content = place_of(cell.content); });
  }
  // Leaves the list empty.
  std::vector<Cell> Take() {
    if (!far_.empty()) return far_.Take();
    std::vector<Cell> all;
    ReserveHuge(size(), &all);
    near_.ForEach([&](const Near& near) { all.push_back(ToCell(near)); });
    near_ = LongList<Near>();
    return all;
  }

 private:
  struct Near {
    uint32_t item = 0;
    uint32_t above = 0;  // least_
  };
  Cell ToCell(const Near& near) const { return {near.item, static_cast<int64_t>(least_ + near.above)}; }

  uint64_t least_ = 0;  // modulo 2^64
  LongList<Near> near_;
  LongList<Cell> far_;  // all, once one is too far from the first
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_CELL_LIST_H_
