// Each input row with each vertex that lies between two of its vertices: it is reached over one edge from the first,
// and leads over another to the second. What closes a cycle is found by intersecting two lists of neighbours, so that
// the many ways on that do not come back are never made rows.
//
// The second vertex stays the same for many rows, one after the other: then its neighbours are held as a bitmap.
#include <algorithm>
#include <vector>

#include "graph/base/status_macros.h"
#include "query/edge_walk.h"
#include "query/element_test.h"
#include "query/operators/operators.h"
#include "query/vertex_bitmap.h"

namespace dossier {
namespace {

class IntersectOperator : public UnaryOperator {
 public:
  IntersectOperator(const OperatorContext& context, const ExpandNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)),
        node_(node),
        all_have_labels_(AllHaveLabels(node.node, *node.edge, node.reversed, evaluation().image())) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    batch_.Clear();
    row_ = 0;
    found_.clear();
    next_ = 0;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    SourceTracker tracker(context());
    while (out->rows() < context().batch_rows) {
      if (next_ < found_.size()) {
        RETURN_IF_ERROR(Add(out, &tracker));
        continue;
      }
      if (row_ >= batch_.rows()) {
        RETURN_IF_ERROR(input().Next(&batch_));
        row_ = 0;
        if (batch_.empty()) return absl::OkStatus();
        RETURN_IF_ERROR(state().Check());
      }
      Intersect();
      ++row_;
      if (evaluation().failed()) return evaluation().status();
    }
    return absl::OkStatus();
  }

 private:
  struct Found {
    Neighbor step;
    EdgeId closing;
  };
  // A bitmap of so many neighbours pays for itself with this many look-ups.
  static constexpr size_t kNeighborsPerLookUp = 8;

  // Fills found_ for the row.
  void Intersect() {
    found_.clear();
    next_ = 0;
    const Value& from = batch_.at(node_.from, row_);
    const Value& to = batch_.at(node_.closing->to, row_);
    if (from.type() != Value::Type::kVertex || to.type() != Value::Type::kVertex) return;
    const Image& image = evaluation().image();
    const View& view = evaluation().view();
    const bool again = closed_at_ == to.vertex();
    if (!again) GatherClosing(to.vertex());
    if (closing_.empty()) return;
    others_.clear();
    for (const Slot slot : node_.other_edges) {
      const Value& edge = batch_.at(slot, row_);
      if (edge.type() == Value::Type::kEdge) others_.push_back(edge.edge());
    }
    size_t looked = 0;
    ForEachEdge(*node_.edge, node_.reversed, from.vertex(), view, [&](const Neighbor& step) {
      ++looked;
      if (!has_bitmap_ && (again || looked * kNeighborsPerLookUp > closing_.size())) MakeBitmap();
      if (has_bitmap_ && !bitmap_.Contains(image.PlaceOf(step.vertex))) return true;
      auto at = std::lower_bound(closing_.begin(), closing_.end(), step.vertex,
                                 [](const Neighbor& neighbor, VertexId vertex) { return neighbor.vertex < vertex; });
      for (; at != closing_.end() && at->vertex == step.vertex; ++at) AddFound(step, at->edge);
      return true;
    });
    evaluation().Spend(looked + found_.size() + 1);
  }

  void AddFound(const Neighbor& step, EdgeId closing) {
    const auto is_other = [&](EdgeId edge) { return std::find(others_.begin(), others_.end(), edge) != others_.end(); };
    const NodeTest* node = node_.node;
    if (!all_have_labels_ && !HasLabels(node, step.vertex, evaluation().image())) {
      return;
    }
    if (!others_.empty() && (is_other(step.edge) || is_other(closing))) return;
    if (node_.closing->not_the_same && step.edge == closing) return;
    found_.push_back({step, closing});
  }

  // The ways to come to `to`, read from there.
  void GatherClosing(VertexId to) {
    if (has_bitmap_) {
      for (const Neighbor& neighbor : closing_) bitmap_.Erase(evaluation().image().PlaceOf(neighbor.vertex));
    }
    has_bitmap_ = false;
    closed_at_ = to;
    closing_.clear();
    ForEachEdge(*node_.closing->edge, !node_.closing->reversed, to, evaluation().view(), [&](const Neighbor& neighbor) {
      closing_.push_back(neighbor);
      return true;
    });
    const auto before = [](const Neighbor& a, const Neighbor& b) {
      return a.vertex != b.vertex ? a.vertex < b.vertex : a.edge < b.edge;
    };
    if (!std::is_sorted(closing_.begin(), closing_.end(), before)) std::sort(closing_.begin(), closing_.end(), before);
  }

  void MakeBitmap() {
    bitmap_.Prepare(evaluation().image().vertex_count());
    for (const Neighbor& neighbor : closing_) bitmap_.Insert(evaluation().image().PlaceOf(neighbor.vertex));
    has_bitmap_ = true;
  }

  // found_ is of the row before row_.
  absl::Status Add(Batch* out, SourceTracker* tracker) {
    const uint32_t from_row = row_ - 1;
    evaluation().SetRow(&batch_, from_row);
    LoadContext(node_.context, batch_, from_row, &evaluation());
    for (; next_ < found_.size() && out->rows() < context().batch_rows; ++next_) {
      const Found& found = found_[next_];
      const bool passes =
          node_.node == nullptr || IsPlain(*node_.node) || HoldsFor(*node_.node, found.step.vertex, evaluation());
      RETURN_IF_ERROR(evaluation().status());
      if (!passes) {
        tracker->Drop();
        continue;
      }
      const uint32_t row = out->AddRow(batch_, from_row);
      out->Set(node_.to, row, Value::Vertex(found.step.vertex));
      if (node_.edge_slot != kNoSlot) out->Set(node_.edge_slot, row, Value::Edge(found.step.edge));
      if (node_.closing->edge_slot != kNoSlot) out->Set(node_.closing->edge_slot, row, Value::Edge(found.closing));
      if (!state().track_sources()) continue;
      tracker->MoveTo(out, row);
      for (const EdgeId edge : {found.step.edge, found.closing}) {
        const ClaimId claim = evaluation().image().ClaimOfHiddenEdge(edge);
        out->sources(row).Add({claim.valid() ? SourceItem::Of(claim) : SourceItem::Of(edge)});
      }
      AddClaimSource(found.step.vertex, evaluation(), state(), out, row);
    }
    return absl::OkStatus();
  }

  const ExpandNode& node_;
  const bool all_have_labels_;
  Batch batch_;
  uint32_t row_ = 0;  // the next one
  std::vector<Found> found_;
  size_t next_ = 0;
  VertexId closed_at_;  // of closing_ and the bitmap
  std::vector<Neighbor> closing_;
  bool has_bitmap_ = false;
  VertexBitmap bitmap_;
  std::vector<EdgeId> others_;
};

}  // namespace

OperatorPtr MakeIntersect(const OperatorContext& context, const ExpandNode& node, OperatorPtr input) {
  return std::make_unique<IntersectOperator>(context, node, std::move(input));
}

}  // namespace dossier
