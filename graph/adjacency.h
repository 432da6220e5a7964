// Who stands next to whom over one relation in one direction, in compressed-sparse-row form: the neighbours of all
// vertices in one array, sorted within each vertex, and for each vertex where its part begins.
//
// Vertices and edges lie in two arrays, because a search for what can be reached reads the vertices alone.
#ifndef DOSSIER_GRAPH_ADJACENCY_H_
#define DOSSIER_GRAPH_ADJACENCY_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <vector>

#include "graph/array.h"
#include "graph/id.h"
#include "graph/image_archive.h"
#include "graph/packed_array.h"
#include "graph/value_column.h"

namespace dossier {

// One end of a step: the vertex across and the edge that leads there.
struct Neighbor {
  VertexId vertex;
  EdgeId edge;
};

// The neighbours of one vertex, sorted by vertex, then edge. Looks into the adjacency, which must outlive it.
class Neighbors {
 public:
  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = Neighbor;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Neighbor;
    Iterator() = default;
    Iterator(const VertexId* vertex, const EdgeId* edge) : vertex_(vertex), edge_(edge) {}
    Neighbor operator*() const { return {*vertex_, *edge_}; }
    struct Arrow {
      Neighbor neighbor;
      const Neighbor* operator->() const { return &neighbor; }
    };
    Arrow operator->() const { return {**this}; }
    Neighbor operator[](difference_type n) const { return {vertex_[n], edge_[n]}; }
    Iterator& operator++() { return *this += 1; }
    Iterator operator++(int) {
      const Iterator before = *this;
      *this += 1;
      return before;
    }
    Iterator& operator--() { return *this += -1; }
    Iterator& operator+=(difference_type n) {
      vertex_ += n;
      edge_ += n;
      return *this;
    }
    Iterator& operator-=(difference_type n) { return *this += -n; }
    friend Iterator operator+(Iterator i, difference_type n) { return i += n; }
    friend difference_type operator-(const Iterator& a, const Iterator& b) { return a.vertex_ - b.vertex_; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.vertex_ == b.vertex_; }

   private:
    const VertexId* vertex_ = nullptr;
    const EdgeId* edge_ = nullptr;
  };

  Neighbors() = default;
  Neighbors(const VertexId* vertices, const EdgeId* edges, size_t size)
      : vertices_(vertices), edges_(edges), size_(size) {}

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  Neighbor operator[](size_t i) const { return {vertices_[i], edges_[i]}; }
  Iterator begin() const { return {vertices_, edges_}; }
  Iterator end() const { return {vertices_ + size_, edges_ + size_}; }
  std::span<const VertexId> vertices() const { return {vertices_, size_}; }
  std::span<const EdgeId> edges() const { return {edges_, size_}; }

 private:
  const VertexId* vertices_ = nullptr;
  const EdgeId* edges_ = nullptr;
  size_t size_ = 0;
};

class Adjacency {
 public:
  struct Entry {
    VertexId from, to;
    EdgeId edge;
  };

  Adjacency() = default;
  // In time proportional to the entries and the range of their beginnings, where edges come in rising order.
  static Adjacency Of(std::vector<Entry> entries);

  Neighbors Of(VertexId vertex) const {
    part_.Ready();
    const size_t place = beginnings_.Find(vertex.value);
    if (place == ItemIndex::kNone) return {};
    const uint32_t begin = offsets_[place];
    return {vertices_.data() + begin, edges_.data() + begin, offsets_[place + 1] - size_t{begin}};
  }
  size_t size() const { return vertices_.size(); }

  void Archive(ImageArchive* archive);

 private:
  ItemIndex beginnings_;
  Array<uint32_t> offsets_;  // one more than there are beginnings
  Array<VertexId> vertices_;
  Array<EdgeId> edges_;
  LentPart part_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_ADJACENCY_H_
