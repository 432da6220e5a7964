// Each input row with each edge that leads on from one of its vertices.
#include <algorithm>
#include <span>
#include <vector>

#include "graph/base/status_macros.h"
#include "query/edge_walk.h"
#include "query/element_test.h"
#include "query/operators/operators.h"

namespace dossier {
namespace {

class ExpandOperator : public UnaryOperator {
 public:
  ExpandOperator(const OperatorContext& context, const ExpandNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)),
        node_(node),
        plain_(IsPlain(*node.edge) && (node.node == nullptr || IsPlain(*node.node))),
        all_have_labels_(AllHaveLabels(node.node, *node.edge, node.reversed, evaluation().image())) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    batch_.Clear();
    row_ = 0;
    begun_ = false;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    SourceTracker tracker(context());
    while (out->rows() < context().batch_rows) {
      if (row_ >= batch_.rows()) {
        RETURN_IF_ERROR(input().Next(&batch_));
        row_ = 0;
        begun_ = false;
        if (batch_.empty()) return absl::OkStatus();
        RETURN_IF_ERROR(state().Check());
      }
      evaluation().SetRow(&batch_, row_);
      LoadContext(node_.context, batch_, row_, &evaluation());
      if (!begun_) {
        vertices_.clear();
        edges_.clear();
        next_ = 0;
        begun_ = true;
        Gather();
      }
      RETURN_IF_ERROR(plain_ ? AddAll(out) : AddSome(out, &tracker));
      if (next_ == vertices_.size()) {
        ++row_;
        begun_ = false;
      }
    }
    return absl::OkStatus();
  }

 private:
  // The steps of the present row, as far as relations, labels and what is bound already decide.
  void Gather() {
    const Value& from = batch_.at(node_.from, row_);
    if (from.type() != Value::Type::kVertex) return;
    const Image& image = evaluation().image();
    VertexId target;
    if (node_.into) {
      const Value& bound = batch_.at(node_.to, row_);
      if (bound.type() != Value::Type::kVertex) return;
      target = bound.vertex();
    }
    others_.clear();
    for (const Slot slot : node_.other_edges) {
      const Value& edge = batch_.at(slot, row_);
      if (edge.type() == Value::Type::kEdge) others_.push_back(edge.edge());
    }
    if (!target.valid() && others_.empty()) return GatherLists(from.vertex(), image);
    ForEachEdge(*node_.edge, node_.reversed, from.vertex(), evaluation().view(), [&](const Neighbor& step) {
      if (target.valid() && step.vertex != target) return true;
      if (!MayBe(step.vertex, target.valid(), image)) return true;
      if (std::find(others_.begin(), others_.end(), step.edge) == others_.end()) Add(step);
      return true;
    });
  }

  void Add(const Neighbor& step) {
    vertices_.push_back(step.vertex.value);
    edges_.push_back(step.edge.value);
  }

  // All steps, list after list.
  void GatherLists(VertexId from, const Image& image) {
    ForEachList(*node_.edge, node_.reversed, from, evaluation().view(),
                [&](const Neighbors& steps, bool all, bool skip_loops) {
                  const size_t first = vertices_.size();
                  if (all && !skip_loops) {
                    vertices_.resize(first + steps.size());
                    edges_.resize(first + steps.size());
                    const std::span<const VertexId> vertices = steps.vertices();
                    for (size_t i = 0; i < vertices.size(); ++i) vertices_[first + i] = vertices[i].value;
                    if (node_.edge_slot != kNoSlot || !plain_ || state().track_sources()) {
                      steps.ReadEdges(0, std::span(edges_).subspan(first));
                    }
                  } else {
                    for (const Neighbor step : steps) {
                      if (skip_loops && step.vertex == from) continue;
                      if (all || evaluation().view().Walks(step.edge)) Add(step);
                    }
                  }
                  if (!all_have_labels_) KeepThoseThatMayBe(first, image);
                  return true;
                });
  }

  void KeepThoseThatMayBe(size_t first, const Image& image) {
    size_t kept = first;
    for (size_t i = first; i < vertices_.size(); ++i) {
      vertices_[kept] = vertices_[i];
      edges_[kept] = edges_[i];
      kept += MayBe(VertexId(vertices_[i]), false, image) ? 1 : 0;
    }
    vertices_.resize(kept);
    edges_.resize(kept);
  }

  // What is bound already may be a document or a claim, whatever the pattern names.
  bool MayBe(VertexId vertex, bool bound, const Image& image) const {
    if (!bound) return HasLabels(node_.node, vertex, image);
    return node_.node == nullptr || node_.node->any_label || node_.node->signatures[image.signature(vertex)];
  }

  absl::Status AddAll(Batch* out) {
    const size_t count = std::min(vertices_.size() - next_, size_t{context().batch_rows} - out->rows());
    if (!evaluation().Spend(count + 1)) return evaluation().status();
    const uint32_t first = out->rows();
    out->AddRows(batch_, row_, static_cast<uint32_t>(count));
    const auto part = [&](const std::vector<uint32_t>& numbers) { return std::span(numbers).subspan(next_, count); };
    if (!node_.into) out->column(node_.to).SetLast(BatchColumn::Kind::kVertices, part(vertices_));
    if (node_.edge_slot != kNoSlot) out->column(node_.edge_slot).SetLast(BatchColumn::Kind::kEdges, part(edges_));
    for (uint32_t i = 0; i < count && state().track_sources(); ++i) AddSources(StepAt(next_ + i), first + i, out);
    next_ += count;
    return absl::OkStatus();
  }

  absl::Status AddSome(Batch* out, SourceTracker* tracker) {
    for (; next_ < vertices_.size() && out->rows() < context().batch_rows; ++next_) {
      const Neighbor step = StepAt(next_);
      if (!evaluation().Spend()) return evaluation().status();
      const bool passes = HoldsFor(*node_.edge, step.edge, evaluation()) &&
                          (node_.node == nullptr || HoldsFor(*node_.node, step.vertex, evaluation()));
      RETURN_IF_ERROR(evaluation().status());
      if (passes) {
        const uint32_t row = out->AddRow(batch_, row_);
        if (!node_.into) out->Set(node_.to, row, Value::Vertex(step.vertex));
        if (node_.edge_slot != kNoSlot) out->Set(node_.edge_slot, row, Value::Edge(step.edge));
        if (state().track_sources()) AddSources(step, row, out);
        tracker->MoveTo(out, row);
      } else {
        tracker->Drop();
      }
    }
    return absl::OkStatus();
  }

  Neighbor StepAt(size_t i) const { return {VertexId(vertices_[i]), EdgeId(edges_[i])}; }

  void AddSources(const Neighbor& step, uint32_t row, Batch* out) {
    const ClaimId claim = evaluation().image().ClaimOfHiddenEdge(step.edge);
    out->sources(row).Add({claim.valid() ? SourceItem::Of(claim) : SourceItem::Of(step.edge)});
    AddClaimSource(step.vertex, evaluation(), state(), out, row);
  }

  const ExpandNode& node_;
  const bool plain_;  // Gather decides everything
  const bool all_have_labels_;
  Batch batch_;
  uint32_t row_ = 0;
  bool begun_ = false;                      // with the present row
  std::vector<uint32_t> vertices_, edges_;  // the steps; edges are known where anybody asks for them
  size_t next_ = 0;
  std::vector<EdgeId> others_;
};

}  // namespace

OperatorPtr MakeExpand(const OperatorContext& context, const ExpandNode& node, OperatorPtr input) {
  return std::make_unique<ExpandOperator>(context, node, std::move(input));
}

}  // namespace dossier
