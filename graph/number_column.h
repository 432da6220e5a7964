// A number for each of many things, by their numbers: packed, maybe in memory that was lent, and behind those the
// numbers of things that came later.
#ifndef DOSSIER_GRAPH_NUMBER_COLUMN_H_
#define DOSSIER_GRAPH_NUMBER_COLUMN_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/image_archive.h"
#include "graph/packed_array.h"

namespace dossier {

class NumberColumn {
 public:
  NumberColumn() = default;
  explicit NumberColumn(PackedArray packed) : packed_(std::move(packed)) {}

  [[gnu::always_inline]] uint64_t operator[](size_t i) const {
    if (i >= packed_.size()) [[unlikely]] {
      return LateAt(i - packed_.size());
    }
    if (!part_.ready()) [[unlikely]] {
      part_.Check(packed_.bytes(i, i + 1));
    }
    return packed_[i];
  }
  size_t size() const { return packed_.size() + late_.size(); }
  // The first thing that came later, if any did.
  size_t first_late() const { return packed_.size(); }
  void Extend(std::vector<uint64_t> more) { late_ = std::move(more); }

  void Archive(ImageArchive* archive) {
    archive->BeginPart();
    packed_.Archive(archive);
    archive->EndPart(&part_);
  }

 private:
  uint64_t LateAt(size_t i) const { return i < late_.size() ? late_[i] : 0; }  // beyond: asked for by a damaged part

  PackedArray packed_;
  std::vector<uint64_t> late_;
  LentPart part_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_NUMBER_COLUMN_H_
