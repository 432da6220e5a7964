// Many texts one behind the other in one piece of memory, by number.
#ifndef DOSSIER_GRAPH_TEXT_TABLE_H_
#define DOSSIER_GRAPH_TEXT_TABLE_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/array.h"
#include "graph/base/huge_pages.h"
#include "graph/image_archive.h"
#include "graph/packed_array.h"

namespace dossier {

class TextTable {
 public:
  TextTable() = default;
  static TextTable Of(std::span<const std::string> texts) {
    std::vector<uint64_t> offsets;
    offsets.reserve(texts.size() + 1);
    offsets.push_back(0);
    for (const std::string& text : texts) offsets.push_back(offsets.back() + text.size());
    std::vector<char> bytes;
    ReserveHuge(offsets.back(), &bytes);
    for (const std::string& text : texts) bytes.insert(bytes.end(), text.begin(), text.end());
    return Of(offsets, std::move(bytes));
  }
  // Text i from byte offsets[i] up to offsets[i + 1].
  static TextTable Of(std::span<const uint64_t> offsets, std::vector<char> bytes) {
    TextTable table;
    table.offsets_ = PackedArray::Line(offsets);
    table.bytes_ = std::move(bytes);
    return table;
  }

  size_t size() const { return offsets_.empty() ? 0 : offsets_.size() - 1; }
  std::string_view operator[](size_t i) const {
    const size_t begin = offsets_[i], end = offsets_[i + 1];
    if (begin > end || end > bytes_.size()) return {};  // of a damaged part, which reads as zeros
    return {bytes_.data() + begin, end - begin};
  }

  // Has checked what is read of text i, where the table is a part of `part` and that is not ready.
  void Check(const LentPart& part, size_t i) const {
    part.Check(offsets_.bytes(i, i + 2));
    if (i < size()) part.Check(bytes_.bytes(offsets_[i], offsets_[i + 1]));
  }

  void Archive(ImageArchive* archive) {
    offsets_.Archive(archive);
    archive->Items(&bytes_);
  }

 private:
  PackedArray offsets_;  // one more than there are texts
  Array<char> bytes_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_TEXT_TABLE_H_
