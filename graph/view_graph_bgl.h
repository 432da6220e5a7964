// The functions and traits by which Boost.Graph's algorithms see a ViewGraph: it models VertexListGraph, EdgeListGraph
// and BidirectionalGraph (boost.org/doc/libs/1_74_0/libs/graph/doc).
#ifndef DOSSIER_GRAPH_VIEW_GRAPH_BGL_H_
#define DOSSIER_GRAPH_VIEW_GRAPH_BGL_H_

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "graph/view_graph.h"

namespace dossier {

inline std::pair<boost::counting_iterator<uint32_t>, boost::counting_iterator<uint32_t>> vertices(
    const ViewGraph& graph) {
  return {boost::counting_iterator<uint32_t>(0), boost::counting_iterator<uint32_t>(graph.size())};
}
inline uint32_t num_vertices(const ViewGraph& graph) { return graph.size(); }
inline std::pair<ViewGraph::EdgeIterator, ViewGraph::EdgeIterator> out_edges(uint32_t vertex, const ViewGraph& graph) {
  return graph.OutEdges(vertex);
}
inline std::pair<ViewGraph::EdgeIterator, ViewGraph::EdgeIterator> in_edges(uint32_t vertex, const ViewGraph& graph) {
  return graph.InEdges(vertex);
}
inline std::pair<ViewGraph::EdgeListIterator, ViewGraph::EdgeListIterator> edges(const ViewGraph& graph) {
  return graph.Edges();
}
inline size_t out_degree(uint32_t vertex, const ViewGraph& graph) {
  const auto [begin, end] = out_edges(vertex, graph);
  return static_cast<size_t>(std::distance(begin, end));
}
inline size_t in_degree(uint32_t vertex, const ViewGraph& graph) {
  const auto [begin, end] = in_edges(vertex, graph);
  return static_cast<size_t>(std::distance(begin, end));
}
inline size_t degree(uint32_t vertex, const ViewGraph& graph) {
  return in_degree(vertex, graph) + out_degree(vertex, graph);
}
inline size_t num_edges(const ViewGraph& graph) {
  const auto [begin, end] = edges(graph);
  return static_cast<size_t>(std::distance(begin, end));
}
inline uint32_t source(const ViewGraph::Edge& edge, const ViewGraph&) { return edge.from; }
inline uint32_t target(const ViewGraph::Edge& edge, const ViewGraph&) { return edge.to; }
inline boost::typed_identity_property_map<uint32_t> get(boost::vertex_index_t, const ViewGraph&) { return {}; }
inline uint32_t get(boost::vertex_index_t, const ViewGraph&, uint32_t vertex) { return vertex; }

}  // namespace dossier

namespace boost {

template <>
struct graph_traits<dossier::ViewGraph> {
  using vertex_descriptor = uint32_t;
  using edge_descriptor = dossier::ViewGraph::Edge;
  using directed_category = bidirectional_tag;
  using edge_parallel_category = allow_parallel_edge_tag;
  struct traversal_category : bidirectional_graph_tag, vertex_list_graph_tag, edge_list_graph_tag {};
  using vertex_iterator = counting_iterator<uint32_t>;
  using out_edge_iterator = dossier::ViewGraph::EdgeIterator;
  using in_edge_iterator = dossier::ViewGraph::EdgeIterator;
  using edge_iterator = dossier::ViewGraph::EdgeListIterator;
  using degree_size_type = size_t;
  using vertices_size_type = uint32_t;
  using edges_size_type = size_t;
  static vertex_descriptor null_vertex() { return 0xFFFFFFFF; }
};

// Some algorithms ask about the type as they were given it.
template <>
struct graph_traits<const dossier::ViewGraph> : graph_traits<dossier::ViewGraph> {};

template <>
struct property_map<dossier::ViewGraph, vertex_index_t> {
  using type = typed_identity_property_map<uint32_t>;
  using const_type = type;
};

}  // namespace boost

#endif  // DOSSIER_GRAPH_VIEW_GRAPH_BGL_H_
