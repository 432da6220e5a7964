// From a value to the items that have it: the cells of a column in the order of their codes.
#ifndef DOSSIER_GRAPH_VALUE_INDEX_H_
#define DOSSIER_GRAPH_VALUE_INDEX_H_

#include <cstdint>
#include <span>
#include <vector>

#include "graph/value_column.h"

namespace dossier {

class ValueIndex {
 public:
  ValueIndex() = default;
  // In time proportional to the cells and the codes.
  explicit ValueIndex(const ValueColumn& column);

  // The items whose values have these codes: by code, then by number.
  std::span<const uint32_t> Items(ValueColumn::CodeRange codes) const;

 private:
  std::vector<uint32_t> offsets_;  // by code; empty where items are searched for by their codes
  std::vector<uint32_t> items_;
  std::vector<uint64_t> codes_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_VALUE_INDEX_H_
