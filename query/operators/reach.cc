// Each input row with each vertex that some walk over a repeated edge leads to, once: breadth first, over a bitmap.
//
// A vertex that is reached by n steps and later by more has to be followed once only, from where it was reached with
// the fewest, provided that so many are enough. Up to the least number of rounds, levels are followed as sets.
#include <algorithm>
#include <vector>

#include "graph/base/status_macros.h"
#include "query/edge_walk.h"
#include "query/element_test.h"
#include "query/operators/operators.h"
#include "query/vertex_bitmap.h"

namespace dossier {
namespace {

class ReachOperator : public UnaryOperator {
 public:
  ReachOperator(const OperatorContext& context, const ExpandNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)),
        node_(node),
        repeatable_(!node.into && IsPlain(*node.edge) && (node.node == nullptr || IsPlain(*node.node))) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    batch_.Clear();
    row_ = 0;
    begun_ = false;
    memory().Clear();
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    while (out->rows() < context().batch_rows) {
      if (row_ >= batch_.rows()) {
        RETURN_IF_ERROR(input().Next(&batch_));
        row_ = 0;
        begun_ = false;
        if (batch_.empty()) return absl::OkStatus();
      }
      evaluation().SetRow(&batch_, row_);
      LoadContext(node_.context, batch_, row_, &evaluation());
      if (!begun_) {
        begun_ = true;
        next_ = 0;
        RETURN_IF_ERROR(Search());
      }
      const size_t count = std::min(ends_.size() - next_, size_t{context().batch_rows} - out->rows());
      const uint32_t first = out->rows();
      out->AddRows(batch_, row_, static_cast<uint32_t>(count));
      if (!node_.into) {
        BatchColumn& column = out->column(node_.to);
        for (uint32_t i = 0; i < count; ++i) column.SetVertex(first + i, ends_[next_ + i]);
      }
      next_ += count;
      if (next_ == ends_.size()) {
        ++row_;
        begun_ = false;
      }
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Search() {
    const Value from = batch_.at(node_.from, row_);
    // The same place again, as where many rows meet one hierarchy: what was found before still stands.
    if (repeatable_ && from.type() == Value::Type::kVertex && from.vertex() == searched_from_) return absl::OkStatus();
    ends_.clear();
    searched_from_ = VertexId();
    if (from.type() != Value::Type::kVertex) return absl::OkStatus();
    target_ = VertexId();
    if (node_.into) {
      const Value bound = batch_.at(node_.to, row_);
      if (bound.type() != Value::Type::kVertex) return absl::OkStatus();
      target_ = bound.vertex();
    }
    seen_.Prepare(evaluation().image().vertex_count());
    const absl::Status status = Walk(from.vertex());
    for (const VertexId vertex : reached_) seen_.Erase(evaluation().image().PlaceOf(vertex));
    reached_.clear();
    if (status.ok()) searched_from_ = from.vertex();
    return status;
  }

  // reached_ holds what is in seen_, level after level.
  absl::Status Walk(VertexId from) {
    const int64_t least = node_.rounds->min;
    std::vector<VertexId> level{from};
    for (int64_t rounds = 0; rounds < least && !level.empty(); ++rounds) {
      std::vector<VertexId> next;
      for (const VertexId vertex : level) RETURN_IF_ERROR(Step(vertex, &next));
      for (const VertexId vertex : next) seen_.Erase(evaluation().image().PlaceOf(vertex));
      level = std::move(next);
    }
    for (const VertexId vertex : level) {
      seen_.Insert(evaluation().image().PlaceOf(vertex));
      RETURN_IF_ERROR(AddEnd(vertex));
    }
    reached_ = std::move(level);
    size_t begin = 0;
    for (int64_t rounds = least; rounds < node_.rounds->max && begin < reached_.size(); ++rounds) {
      if (target_.valid() && !ends_.empty()) break;
      const size_t end = reached_.size();
      for (; begin < end; ++begin) RETURN_IF_ERROR(Step(reached_[begin], &reached_));
      for (size_t i = end; i < reached_.size(); ++i) RETURN_IF_ERROR(AddEnd(reached_[i]));
      const uint64_t bytes = reached_.size() * 2 * sizeof(VertexId);
      if (bytes > memory().bytes()) RETURN_IF_ERROR(memory().Add(bytes - memory().bytes()));
    }
    return absl::OkStatus();
  }

  // Adds to `next` what one step leads to and is not in seen_ yet.
  absl::Status Step(VertexId vertex, std::vector<VertexId>* next) {
    const Image& image = evaluation().image();
    const View& view = evaluation().view();
    const auto reach = [&](VertexId reached) {
      if (seen_.Insert(image.PlaceOf(reached))) next->push_back(reached);
    };
    uint64_t steps = 1;
    if (IsPlain(*node_.edge)) {
      const size_t before = next->size();
      ForEachNeighbor(*node_.edge, node_.reversed, vertex, view, reach);
      steps += next->size() - before;
    } else {
      ForEachEdge(*node_.edge, node_.reversed, vertex, view, [&](const Neighbor& step) {
        ++steps;
        if (HoldsFor(*node_.edge, step.edge, evaluation())) reach(step.vertex);
        return !evaluation().failed();
      });
    }
    return evaluation().Spend(steps) ? absl::OkStatus() : evaluation().status();
  }

  absl::Status AddEnd(VertexId vertex) {
    if (target_.valid()) {
      if (vertex == target_) ends_.push_back(vertex);
      return absl::OkStatus();
    }
    if (node_.node == nullptr ? KindOf(vertex) != VertexKind::kEntity
                              : !HasLabels(*node_.node, vertex, evaluation().image())) {
      return absl::OkStatus();
    }
    if (node_.node == nullptr || IsPlain(*node_.node) || HoldsFor(*node_.node, vertex, evaluation())) {
      ends_.push_back(vertex);
    }
    return evaluation().status();
  }

  const ExpandNode& node_;
  const bool repeatable_;  // what is found depends on where the search begins alone
  Batch batch_;
  uint32_t row_ = 0;
  bool begun_ = false;  // with the present row
  VertexBitmap seen_;
  std::vector<VertexId> reached_, ends_;
  VertexId searched_from_;  // what ends_ are the ends of
  size_t next_ = 0;
  VertexId target_;
};

}  // namespace

OperatorPtr MakeReach(const OperatorContext& context, const ExpandNode& node, OperatorPtr input) {
  return std::make_unique<ReachOperator>(context, node, std::move(input));
}

}  // namespace dossier
