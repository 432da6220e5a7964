// The image as a graph for algorithms, seen through a view: they run on the columns as they are, without a copy.
//
// Vertices are the numbers of entities; edges are those of the chosen relations that the view walks, between entities,
// in the direction chosen. Looking at edges counts work, and where that says stop, Stopped is thrown through the
// algorithm: whoever runs one catches it, so that nobody else ever sees it. Boost.Graph's algorithms run on it by way
// of graph/view_graph_bgl.h.
#ifndef DOSSIER_GRAPH_VIEW_GRAPH_H_
#define DOSSIER_GRAPH_VIEW_GRAPH_H_

#include <boost/iterator/iterator_facade.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "graph/view.h"

namespace dossier {

class ViewGraph {
 public:
  enum class Direction : uint8_t { kOut, kIn, kBoth };
  struct Edge {
    uint32_t from = 0, to = 0;
    EdgeId id;
    friend bool operator==(const Edge& a, const Edge& b) { return a.id == b.id && a.from == b.from && a.to == b.to; }
  };
  struct Stopped {};

  // `spend` is told of steps of work and gives false once it has to stop. All must outlive the graph.
  ViewGraph(const View* view, const std::vector<RelationId>& relations, Direction direction,
            std::function<bool(uint64_t)> spend);

  const View& view() const { return *view_; }
  uint32_t size() const { return view_->image().entity_count(); }
  void Spend(uint64_t steps) const {
    if (!spend_(steps)) throw Stopped();
  }

  // The edges that lead from a vertex, or to it.
  class EdgeIterator : public boost::iterator_facade<EdgeIterator, Edge, boost::forward_traversal_tag, const Edge> {
   public:
    EdgeIterator() = default;
    EdgeIterator(const ViewGraph* graph, uint32_t vertex, bool into, bool end);

   private:
    friend class boost::iterator_core_access;
    void increment() {
      ++place_;
      if (!all_count_ || place_ == neighbors_.size()) Settle();
    }
    bool equal(const EdgeIterator& other) const { return part_ == other.part_ && place_ == other.place_; }
    Edge dereference() const {
      const Neighbor neighbor = neighbors_[place_];
      if (into_) return {neighbor.vertex.value, vertex_, neighbor.edge};
      return {vertex_, neighbor.vertex.value, neighbor.edge};
    }
    // Goes on to the next edge that counts, from this one on.
    void Settle();

    const ViewGraph* graph_ = nullptr;
    uint32_t vertex_ = 0;
    bool into_ = false;
    size_t part_ = 0;
    size_t place_ = 0;
    Neighbors neighbors_;     // of parts_[part_]
    bool all_count_ = false;  // all of these
  };

  std::pair<EdgeIterator, EdgeIterator> OutEdges(uint32_t vertex) const {
    return {EdgeIterator(this, vertex, false, false), EdgeIterator(this, vertex, false, true)};
  }
  std::pair<EdgeIterator, EdgeIterator> InEdges(uint32_t vertex) const {
    return {EdgeIterator(this, vertex, true, false), EdgeIterator(this, vertex, true, true)};
  }

  // All edges, by the vertex that they lead from.
  class EdgeListIterator
      : public boost::iterator_facade<EdgeListIterator, Edge, boost::forward_traversal_tag, const Edge> {
   public:
    EdgeListIterator() = default;
    EdgeListIterator(const ViewGraph* graph, uint32_t vertex);

   private:
    friend class boost::iterator_core_access;
    void increment() {
      ++edge_;
      Settle();
    }
    bool equal(const EdgeListIterator& other) const {
      return vertex_ == other.vertex_ && (vertex_ == graph_->size() || edge_ == other.edge_);
    }
    Edge dereference() const { return *edge_; }
    void Settle();

    const ViewGraph* graph_ = nullptr;
    uint32_t vertex_ = 0;
    EdgeIterator edge_, end_;
  };

  std::pair<EdgeListIterator, EdgeListIterator> Edges() const {
    return {EdgeListIterator(this, 0), EdgeListIterator(this, size())};
  }

 private:
  struct Part {
    RelationId relation;
    bool outward;
    bool both;  // the other way has a part of its own, where loops are counted
    // Whether all edges count, followed as `outward` says, or the other way.
    bool all_count = false, all_count_back = false;
  };
  void AddPart(RelationId relation, bool outward, bool both);

  const View* view_;
  std::vector<Part> parts_;
  std::function<bool(uint64_t)> spend_;
};

}  // namespace dossier

#endif  // DOSSIER_GRAPH_VIEW_GRAPH_H_
