// Each input row with each edge of a relation and its two ends, in the order of the edges' numbers.
#include <algorithm>
#include <vector>

#include "graph/base/status_macros.h"
#include "query/element_test.h"
#include "query/operators/operators.h"

namespace dossier {
namespace {

class ScanEdgesOperator : public UnaryOperator {
 public:
  ScanEdgesOperator(const OperatorContext& context, const ScanEdgesNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)),
        node_(node),
        relation_(node.step.edge->steps[0].relation),
        forward_(node.step.edge->steps[0].forward != node.step.reversed) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    batch_.Clear();
    row_ = 0;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    const auto [first, end] = evaluation().image().EdgeNumbers(relation_);
    while (out->rows() < context().batch_rows) {
      if (row_ >= batch_.rows()) {
        RETURN_IF_ERROR(input().Next(&batch_));
        row_ = 0;
        next_ = first;
        if (batch_.empty()) return absl::OkStatus();
      }
      const uint32_t begun = next_;
      Gather(context().batch_rows - out->rows(), end);
      if (!evaluation().Spend(next_ - begun + 1)) return evaluation().status();
      RETURN_IF_ERROR(state().Check());
      Add(out);
      if (next_ < end) continue;
      ++row_;
      next_ = first;
    }
    return absl::OkStatus();
  }

 private:
  struct Found {
    VertexId from, to;
    EdgeId edge;
  };

  // Goes on from next_ until there are `wanted` edges in found_, or none left below `end`.
  void Gather(uint32_t wanted, uint32_t end) {
    const Image& image = evaluation().image();
    const View& view = evaluation().view();
    const bool walks_all = view.WalksAll(relation_);
    found_.clear();
    for (; next_ < end && found_.size() < wanted; ++next_) {
      const EdgeId edge(next_);
      if (image.relation(edge) != relation_ || !(walks_all || view.Walks(edge))) continue;
      const VertexId target = image.target(edge);
      if (!target.valid()) continue;  // a literal
      const VertexId source = image.source(edge);
      const Found found = forward_ ? Found{source, target, edge} : Found{target, source, edge};
      if (MayBe(node_.scan.test, found.from, image) && MayBe(node_.step.node, found.to, image)) found_.push_back(found);
    }
  }

  static bool MayBe(const NodeTest* test, VertexId vertex, const Image& image) {
    return test == nullptr ? KindOf(vertex) == VertexKind::kEntity : HasLabels(*test, vertex, image);
  }

  void Add(Batch* out) {
    const uint32_t first = out->rows();
    const auto count = static_cast<uint32_t>(found_.size());
    out->AddRows(batch_, row_, count);
    BatchColumn& from = out->column(node_.scan.slot);
    for (uint32_t i = 0; i < count; ++i) from.SetVertex(first + i, found_[i].from);
    BatchColumn& to = out->column(node_.step.to);
    for (uint32_t i = 0; i < count; ++i) to.SetVertex(first + i, found_[i].to);
    if (node_.step.edge_slot == kNoSlot) return;
    BatchColumn& edges = out->column(node_.step.edge_slot);
    for (uint32_t i = 0; i < count; ++i) edges.SetEdge(first + i, found_[i].edge);
  }

  const ScanEdgesNode& node_;
  const RelationId relation_;
  const bool forward_;
  Batch batch_;
  uint32_t row_ = 0, next_ = 0;
  std::vector<Found> found_;
};

}  // namespace

OperatorPtr MakeScanEdges(const OperatorContext& context, const ScanEdgesNode& node, OperatorPtr input) {
  return std::make_unique<ScanEdgesOperator>(context, node, std::move(input));
}

}  // namespace dossier
