// Who stands next to whom over one relation in one direction, in compressed-sparse-row form: the neighbours of all
// vertices in one array, sorted within each vertex, and for each vertex where its part begins. What is added to a
// mapped one later stands beside: of each vertex that got more, all of its neighbours.
//
// Vertices and edges lie in two arrays, because a search for what can be reached reads the vertices alone; the edges,
// which are read less often, are packed.
#ifndef DOSSIER_GRAPH_ADJACENCY_H_
#define DOSSIER_GRAPH_ADJACENCY_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "graph/array.h"
#include "graph/id.h"
#include "graph/image_archive.h"
#include "graph/made_once.h"
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
    Iterator(const VertexId* vertices, const PackedArray* edges, size_t place)
        : vertices_(vertices), edges_(edges), place_(place) {}
    [[gnu::always_inline]] Neighbor operator*() const { return (*this)[0]; }
    struct Arrow {
      Neighbor neighbor;
      const Neighbor* operator->() const { return &neighbor; }
    };
    Arrow operator->() const { return {**this}; }
    [[gnu::always_inline]] Neighbor operator[](difference_type n) const {
      const size_t at = place_ + static_cast<size_t>(n);
      return {vertices_[at], EdgeId(static_cast<uint32_t>((*edges_)[at]))};
    }
    Iterator& operator++() { return *this += 1; }
    Iterator operator++(int) {
      const Iterator before = *this;
      *this += 1;
      return before;
    }
    Iterator& operator--() { return *this += -1; }
    Iterator& operator+=(difference_type n) {
      place_ += static_cast<size_t>(n);
      return *this;
    }
    Iterator& operator-=(difference_type n) { return *this += -n; }
    friend Iterator operator+(Iterator i, difference_type n) { return i += n; }
    friend difference_type operator-(const Iterator& a, const Iterator& b) {
      return static_cast<difference_type>(a.place_ - b.place_);
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.place_ == b.place_; }

   private:
    const VertexId* vertices_ = nullptr;
    const PackedArray* edges_ = nullptr;
    size_t place_ = 0;
  };

  Neighbors() = default;
  // Places `begin` up to `end` of both arrays.
  Neighbors(const VertexId* vertices, const PackedArray* edges, size_t begin, size_t end)
      : vertices_(vertices), edges_(edges), begin_(begin), end_(end) {}

  size_t size() const { return end_ - begin_; }
  bool empty() const { return begin_ == end_; }
  [[gnu::always_inline]] Neighbor operator[](size_t i) const { return *(begin() + static_cast<std::ptrdiff_t>(i)); }
  Iterator begin() const { return {vertices_, edges_, begin_}; }
  Iterator end() const { return {vertices_, edges_, end_}; }
  std::span<const VertexId> vertices() const { return {vertices_ + begin_, size()}; }
  // The numbers of the edges, from that of neighbour `first` on.
  void ReadEdges(size_t first, std::span<uint32_t> edges) const {
    if (edges.empty()) return;
    const PackedArray::Reader reader = edges_->reader();
    for (size_t i = 0; i < edges.size(); ++i) edges[i] = static_cast<uint32_t>(reader[begin_ + first + i]);
  }

 private:
  const VertexId* vertices_ = nullptr;
  const PackedArray* edges_ = nullptr;
  size_t begin_ = 0, end_ = 0;
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

  // Adds to it, in time proportional to what is added; at the first question, to the neighbours of the vertices that
  // got more. Once at most.
  void Extend(std::vector<Entry> entries);

  Neighbors Of(VertexId vertex) const {
    if (late_ != nullptr) [[unlikely]] {
      if (const auto at = late().of.find(vertex.value); at != late().of.end()) {
        return {late().vertices.data(), &late().edges, at->second.first, at->second.second};
      }
    }
    return EarlyOf(vertex);
  }
  size_t size() const { return vertices_.size() + (late_ == nullptr ? 0 : late_->entries.size()); }

  // Of one that was not extended.
  void Archive(ImageArchive* archive);

 private:
  struct Late {
    absl::flat_hash_map<uint32_t, std::pair<size_t, size_t>> of;  // where the neighbours of a vertex begin and end
    std::vector<VertexId> vertices;
    PackedArray edges;
  };
  // The lists are made at the first question, as they hold what was there before.
  struct Extension {
    std::vector<Entry> entries;  // by beginning
    MadeOnce<Late> late;
  };
  const Late& late() const {
    return late_->late.Get([this](Late* late) { Place(late_->entries, late); });
  }
  void Place(const std::vector<Entry>& entries, Late* late) const;
  void CheckFor(VertexId vertex) const;
  Neighbors EarlyOf(VertexId vertex) const {
    if (!part_.ready()) [[unlikely]] {
      CheckFor(vertex);
    }
    const size_t place = beginnings_.Find(vertex.value);
    if (place == ItemIndex::kNone) return {};
    const size_t begin = offsets_[place], end = offsets_[place + 1];
    if (begin > end || end > vertices_.size()) return {};  // of a damaged part
    return {vertices_.data(), &edges_, begin, end};
  }

  ItemIndex beginnings_;
  PackedArray offsets_;  // one more than there are beginnings
  Array<VertexId> vertices_;
  PackedArray edges_;
  LentPart part_;
  std::unique_ptr<const Extension> late_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_ADJACENCY_H_
