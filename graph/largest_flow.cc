#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>

#include "graph/graph_algorithms.h"

namespace dossier {
namespace {

// A copy of the graph, for algorithms of flow want an edge against each.
class FlowNetwork {
 public:
  FlowNetwork(const ViewGraph& graph, const EdgeWeight& weight) : network_(graph.size()) {
    const auto [begin, end] = graph.Edges();
    for (auto edge = begin; edge != end; ++edge) {
      const double capacity = weight(*edge).value_or(0);
      if (capacity == 0 || edge->from == edge->to) continue;
      const auto [along, added] = boost::add_edge(edge->from, edge->to, network_);
      const auto [against, also] = boost::add_edge(edge->to, edge->from, network_);
      network_[along] = {capacity, 0, against, edge->id};
      network_[against] = {0, 0, along, EdgeId()};
    }
  }

  double Run(uint32_t from, uint32_t to) {
    return boost::boykov_kolmogorov_max_flow(
        network_, boost::get(&Pipe::capacity, network_), boost::get(&Pipe::residual, network_),
        boost::get(&Pipe::reverse, network_), boost::get(&Vertex::predecessor, network_),
        boost::get(&Vertex::color, network_), boost::get(&Vertex::distance, network_),
        boost::get(boost::vertex_index, network_), from, to);
  }

  std::vector<std::pair<EdgeId, double>> Cut(uint32_t from) const {
    std::vector<bool> near(boost::num_vertices(network_));
    std::vector<uint32_t> open{from};
    near[from] = true;
    while (!open.empty()) {
      const uint32_t at = open.back();
      open.pop_back();
      const auto [begin, end] = boost::out_edges(at, network_);
      for (auto edge = begin; edge != end; ++edge) {
        const auto next = static_cast<uint32_t>(boost::target(*edge, network_));
        if (network_[*edge].residual <= 0 || near[next]) continue;
        near[next] = true;
        open.push_back(next);
      }
    }
    std::vector<std::pair<EdgeId, double>> cut;
    const auto [begin, end] = boost::edges(network_);
    for (auto edge = begin; edge != end; ++edge) {
      const Pipe& pipe = network_[*edge];
      if (pipe.id.valid() && near[boost::source(*edge, network_)] && !near[boost::target(*edge, network_)]) {
        cut.emplace_back(pipe.id, pipe.capacity);
      }
    }
    std::sort(cut.begin(), cut.end());
    return cut;
  }

 private:
  using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
  struct Vertex {
    boost::default_color_type color = boost::white_color;
    long distance = 0;
    Traits::edge_descriptor predecessor;
  };
  struct Pipe {
    double capacity = 0, residual = 0;
    Traits::edge_descriptor reverse;
    EdgeId id;  // invalid: only there to be against another
  };
  boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, Vertex, Pipe> network_;
};

}  // namespace

Flow LargestFlow(const ViewGraph& graph, uint32_t from, uint32_t to, const EdgeWeight& capacity) {
  FlowNetwork network(graph, capacity);
  Flow flow;
  flow.amount = network.Run(from, to);
  flow.cut = network.Cut(from);
  return flow;
}

}  // namespace dossier
