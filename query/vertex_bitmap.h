// A set of vertices, by their places in the image.
#ifndef DOSSIER_QUERY_VERTEX_BITMAP_H_
#define DOSSIER_QUERY_VERTEX_BITMAP_H_

#include <cstdint>
#include <vector>

namespace dossier {

class VertexBitmap {
 public:
  // Makes room; what is in the set stays.
  void Prepare(uint32_t places) { words_.resize(places / 64 + 1); }
  bool Contains(uint32_t place) const { return (words_[place / 64] >> (place % 64) & 1) != 0; }
  // False if it was there already.
  bool Insert(uint32_t place) {
    uint64_t& word = words_[place / 64];
    const uint64_t bit = uint64_t{1} << (place % 64);
    if ((word & bit) != 0) return false;
    word |= bit;
    return true;
  }
  void Clear() { words_.clear(); }
  void Erase(uint32_t place) { words_[place / 64] &= ~(uint64_t{1} << (place % 64)); }

 private:
  std::vector<uint64_t> words_;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_VERTEX_BITMAP_H_
