// Each input row with each path that matches from it. The search for one vertex to begin at runs to its end before
// rows are handed on, so a batch may grow beyond its usual size; a LIMIT above sees rows after each such search.
#include <algorithm>

#include "graph/base/status_macros.h"
#include "query/operators/operators.h"
#include "query/path_matcher.h"

namespace dossier {
namespace {

class MatchOperator : public UnaryOperator {
 public:
  MatchOperator(const OperatorContext& context, const MatchNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)),
        node_(node),
        matcher_(node.pattern.get(), &node.program, node.different_edges) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    batch_.Clear();
    row_ = 0;
    begun_ = false;
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
      if (!begun_) {
        begun_ = true;
        next_start_ = 0;
        ASSIGN_OR_RETURN(const bool possible, Begin());
        if (!possible) {
          ++row_;
          begun_ = false;
          continue;
        }
      }
      // Expressions inside the pattern see the input row and the locals.
      evaluation().SetRow(&batch_, row_);
      LoadLocals();
      VertexId start;
      if (!NextStart(&start)) {
        ++row_;
        begun_ = false;
        continue;
      }
      SourceTracker tracker(context());
      const auto add = [&](const Path& path) {
        AddRow(path, out);
        return true;
      };
      matcher_.Match(start, taken_, evaluation(), add);
      RETURN_IF_ERROR(evaluation().status());
      tracker.Drop();
    }
    return absl::OkStatus();
  }

 private:
  // Gets ready for a new input row; false if it cannot match.
  absl::StatusOr<bool> Begin() {
    evaluation().SetRow(&batch_, row_);
    RETURN_IF_ERROR(state().Check());
    for (const PatternVariable& variable : node_.loads) {
      if (variable.slot != kNoSlot && batch_.at(variable.slot, row_).is_null()) return false;
    }
    taken_.clear();
    for (const Slot slot : node_.taken) {
      const Value& trace = batch_.at(slot, row_);
      if (trace.type() != Value::Type::kPath) continue;
      taken_.insert(taken_.end(), trace.path().edges.begin(), trace.path().edges.end());
    }
    LoadLocals();
    starts_.clear();
    switch (node_.start) {
      case MatchNode::Start::kBound: {
        const Value& bound = evaluation().local(node_.start_local);
        if (bound.type() != Value::Type::kVertex) return false;
        starts_.push_back(bound.vertex());
        return true;
      }
      case MatchNode::Start::kKey: {
        const Value key = node_.key->Evaluate(evaluation());
        RETURN_IF_ERROR(evaluation().status());
        if (key.type() != Value::Type::kString) return false;
        const VertexId vertex = evaluation().image().FindKey(key.string());
        if (!vertex.valid()) return false;
        starts_.push_back(vertex);
        return true;
      }
      case MatchNode::Start::kScan:
        return true;
    }
    return false;
  }

  void LoadLocals() {
    for (const PatternVariable& variable : node_.stores) {
      if (variable.local != kNoLocal) evaluation().local(variable.local) = Value::Null();
    }
    for (const PatternVariable& variable : node_.loads) {
      if (variable.slot == kNoSlot) continue;
      // The list of a group variable is built while matching and compared afterwards.
      const bool group = variable.type == StaticType::kEdgeList || variable.type == StaticType::kVertexList;
      evaluation().local(variable.local) = group ? Value::Null() : batch_.at(variable.slot, row_);
    }
    for (const PatternVariable& variable : node_.context) {
      if (variable.slot != kNoSlot) evaluation().local(variable.local) = batch_.at(variable.slot, row_);
    }
  }

  bool NextStart(VertexId* start) {
    if (node_.start != MatchNode::Start::kScan) {
      if (next_start_ >= starts_.size()) return false;
      *start = starts_[next_start_++];
      return true;
    }
    const Image& image = evaluation().image();
    const NodeTest* first = node_.program.first;
    for (; next_start_ < image.vertex_count(); ++next_start_) {
      const VertexId vertex(next_start_);
      if (first != nullptr) {
        if (!first->any_label && !first->signatures[image.signature(vertex)]) continue;
        if (!first->provenance && image.kind(vertex) != VertexKind::kEntity) continue;
      }
      *start = vertex;
      ++next_start_;
      return true;
    }
    return false;
  }

  void AddRow(const Path& path, Batch* out) {
    for (const PatternVariable& variable : node_.loads) {
      const bool group = variable.type == StaticType::kEdgeList || variable.type == StaticType::kVertexList;
      if (group && variable.slot != kNoSlot &&
          Equals(evaluation().local(variable.local), batch_.at(variable.slot, row_)) != Ternary::kTrue) {
        return;
      }
    }
    const uint32_t row = out->AddRow(batch_, row_);
    for (const PatternVariable& variable : node_.stores) {
      if (variable.slot == kNoSlot) continue;
      if (variable.local == node_.pattern->path_local) {
        out->at(variable.slot, row) = Value::OfPath(path);
      } else {
        out->at(variable.slot, row) = evaluation().local(variable.local);
      }
    }
    if (node_.pattern->trace != kNoSlot) out->at(node_.pattern->trace, row) = Value::OfPath(path);
    if (state().track_sources()) AddSources(path, &out->sources(row));
  }

  void AddSources(const Path& path, SourceSet* sources) {
    const Image& image = evaluation().image();
    std::vector<SourceItem> items;
    if (evaluation().touched() != nullptr) items = *evaluation().touched();
    for (const EdgeId edge : path.edges) {
      const ClaimId claim = image.ClaimOfHiddenEdge(edge);
      items.push_back(claim.valid() ? SourceItem::Of(claim) : SourceItem::Of(edge));
    }
    for (const VertexId vertex : path.vertices) {
      const ClaimId claim = image.ClaimOfVertex(vertex);
      if (claim.valid()) items.push_back(SourceItem::Of(claim));
    }
    sources->Add(std::move(items));
  }

  const MatchNode& node_;
  PathMatcher matcher_;
  Batch batch_;
  uint32_t row_ = 0;
  bool begun_ = false;
  std::vector<VertexId> starts_;
  uint32_t next_start_ = 0;
  std::vector<EdgeId> taken_;
};

}  // namespace

OperatorPtr MakeMatch(const OperatorContext& context, const MatchNode& node, OperatorPtr input) {
  return std::make_unique<MatchOperator>(context, node, std::move(input));
}

}  // namespace dossier
