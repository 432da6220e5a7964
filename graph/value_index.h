// From a value to the items that have it: the cells of a column in the order of their codes.
#ifndef DOSSIER_GRAPH_VALUE_INDEX_H_
#define DOSSIER_GRAPH_VALUE_INDEX_H_

#include <cstdint>
#include <span>

#include "graph/array.h"
#include "graph/image_archive.h"
#include "graph/packed_array.h"
#include "graph/value_column.h"

namespace dossier {

class ValueIndex {
 public:
  ValueIndex() = default;
  // In time proportional to the cells and the codes.
  explicit ValueIndex(const ValueColumn& column);

  // Whether it stands for a column at all.
  bool made() const { return made_; }
  // The items whose values have these codes: by code, then by number.
  std::span<const uint32_t> Items(ValueColumn::CodeRange codes) const;

  void Archive(ImageArchive* archive);

 private:
  void PlaceByCode(const ValueColumn& column);
  void SortByCode(const ValueColumn& column);

  bool made_ = false;
  PackedArray offsets_;  // by code; empty where items are searched for by their codes
  Array<uint32_t> items_;
  PackedArray codes_;
  LentPart part_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_VALUE_INDEX_H_
