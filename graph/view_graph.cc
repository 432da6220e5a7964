#include "graph/view_graph.h"

#include <algorithm>
#include <span>
#include <tuple>

namespace dossier {

ViewGraph::ViewGraph(const View* view, const std::vector<RelationId>& relations, Direction direction,
                     std::function<bool(uint64_t)> spend)
    : view_(view), spend_(std::move(spend)) {
  for (const RelationId relation : relations) {
    if (direction != Direction::kIn) AddPart(relation, true, false);
    if (direction != Direction::kOut) AddPart(relation, false, direction == Direction::kBoth);
  }
}

void ViewGraph::AddPart(RelationId relation, bool outward, bool both) {
  const Image& image = view_->image();
  const auto all_lead_to_entities = [&](bool targets) {
    const std::span<const uint32_t> signatures = image.EndSignatures(relation, targets);
    return std::none_of(signatures.begin(), signatures.end(),
                        [&](uint32_t signature) { return image.is_of_provenance(signature); });
  };
  const bool all = view_->WalksAll(relation) && !image.hidden(relation) && !both;
  parts_.push_back(
      {relation, outward, both, all && all_lead_to_entities(outward), all && all_lead_to_entities(!outward)});
}

ViewGraph::EdgeIterator::EdgeIterator(const ViewGraph* graph, uint32_t vertex, bool into, bool end)
    : graph_(graph), vertex_(vertex), into_(into), part_(end ? graph->parts_.size() : 0) {
  if (end) return;
  graph->Spend(1);
  Settle();
}

void ViewGraph::EdgeIterator::Settle() {
  const Image& image = graph_->view_->image();
  for (; part_ < graph_->parts_.size(); ++part_, place_ = 0) {
    const Part& part = graph_->parts_[part_];
    if (place_ == 0) {
      const bool outward = part.outward != into_;
      neighbors_ = outward ? image.Out(VertexId(vertex_), part.relation) : image.In(VertexId(vertex_), part.relation);
      all_count_ = into_ ? part.all_count_back : part.all_count;
      graph_->Spend(neighbors_.size());
    }
    if (all_count_) {
      if (place_ < neighbors_.size()) return;
      continue;
    }
    for (; place_ < neighbors_.size(); ++place_) {
      const Neighbor neighbor = neighbors_[place_];
      const bool loop_again = part.both && neighbor.vertex.value == vertex_;
      if (KindOf(neighbor.vertex) == VertexKind::kEntity && !loop_again && graph_->view_->Walks(neighbor.edge)) return;
    }
  }
}

ViewGraph::EdgeListIterator::EdgeListIterator(const ViewGraph* graph, uint32_t vertex)
    : graph_(graph), vertex_(vertex) {
  if (vertex_ == graph_->size()) return;
  std::tie(edge_, end_) = graph_->OutEdges(vertex_);
  Settle();
}

void ViewGraph::EdgeListIterator::Settle() {
  while (edge_ == end_) {
    if (++vertex_ == graph_->size()) return;
    std::tie(edge_, end_) = graph_->OutEdges(vertex_);
  }
}

}  // namespace dossier
