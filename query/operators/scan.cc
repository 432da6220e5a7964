// Each input row with each vertex that a node test lets pass: the vertex with a key, those with a value of a property,
// or all of them, one after the other.
#include <optional>
#include <utility>
#include <vector>

#include "graph/base/status_macros.h"
#include "query/element_test.h"
#include "query/operators/operators.h"
#include "query/vertex_lookup.h"

namespace dossier {
namespace {

class ScanOperator : public UnaryOperator {
 public:
  ScanOperator(const OperatorContext& context, const ScanNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)),
        node_(node),
        remembers_(node.property != nullptr && !node.bound && node.test->properties.size() == 1 &&
                   node.test->conditions.empty() && !context.state->track_sources()) {}

  void Reset(const Batch* outer, uint32_t row) override {
    UnaryOperator::Reset(outer, row);
    batch_.Clear();
    row_ = 0;
    begun_ = false;
    looked_up_.reset();
    judged_ = false;
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    SourceTracker tracker(context());
    bool resumed = false;  // the evaluation context is that of the present row
    while (out->rows() < context().batch_rows) {
      if (row_ >= batch_.rows()) {
        RETURN_IF_ERROR(input().Next(&batch_));
        row_ = 0;
        begun_ = false;
        if (batch_.empty()) return absl::OkStatus();
      }
      if (!begun_ || !resumed) {
        evaluation().SetRow(&batch_, row_);
        LoadContext(node_.context, batch_, row_, &evaluation());
        resumed = true;
      }
      if (!begun_) {
        RETURN_IF_ERROR(Begin());
        begun_ = true;
      }
      VertexId vertex;
      if (!NextVertex(&vertex)) {
        RETURN_IF_ERROR(evaluation().status());
        ++row_;
        begun_ = false;
        continue;
      }
      const uint32_t row = out->AddRow(batch_, row_);
      out->Set(node_.slot, row, Value::Vertex(vertex));
      AddClaimSource(vertex, evaluation(), state(), out, row);
      tracker.MoveTo(out, row);
    }
    return absl::OkStatus();
  }

 private:
  // Finds the candidates for the present row: listed in candidates_, or (all_) every vertex.
  absl::Status Begin() {
    RETURN_IF_ERROR(state().Check());
    next_ = 0;
    if (node_.property != nullptr && !node_.bound && node_.key == nullptr) return LookUp();
    candidates_.clear();
    all_ = false;
    if (node_.bound) {
      const Value& bound = batch_.at(node_.slot, row_);
      if (bound.type() == Value::Type::kVertex) candidates_.push_back(bound.vertex());
    } else if (node_.key != nullptr) {
      const Value key = node_.key->Evaluate(evaluation());
      RETURN_IF_ERROR(evaluation().status());
      if (key.type() != Value::Type::kString) return absl::OkStatus();
      const VertexId vertex = evaluation().image().FindKey(key.string());
      if (vertex.valid()) candidates_.push_back(vertex);
    } else {
      all_ = true;
    }
    return absl::OkStatus();
  }

  // Row after row may ask for the same value.
  absl::Status LookUp() {
    const PropertyTest& test = *node_.property;
    const Value wanted = test.property.valid() ? test.value->Evaluate(evaluation()) : Value();
    RETURN_IF_ERROR(evaluation().status());
    if (looked_up_.has_value() && Equivalent(*looked_up_, wanted)) return absl::OkStatus();
    candidates_.clear();
    all_ = !LookUpVertices(evaluation().image(), test.property, wanted, &candidates_);
    looked_up_ = wanted;
    passed_.clear();
    judged_ = false;
    return absl::OkStatus();
  }

  bool NextVertex(VertexId* vertex) {
    const Image& image = evaluation().image();
    // Documents and claims, which are many, come only where they are named.
    const bool entities = node_.test == nullptr || !node_.test->provenance;
    const size_t all = entities ? image.entity_count() : image.vertex_count();
    const size_t count = all_ ? all : candidates_.size();
    while (next_ < count) {
      if (all_ && node_.test != nullptr && !node_.test->any_label && next_ < image.entity_count()) {
        next_ = image.NextEntity(static_cast<uint32_t>(next_), node_.test->signatures);
        if (next_ == count) break;
      }
      *vertex = all_ ? image.VertexAt(static_cast<uint32_t>(next_)) : candidates_[next_];
      ++next_;
      if (!evaluation().Spend()) return false;
      if (judged_) return true;
      if (node_.test == nullptr) {
        if (node_.bound || KindOf(*vertex) == VertexKind::kEntity) return true;
        continue;
      }
      // What is bound already may be a document or a claim, whatever the pattern names.
      if (node_.bound ? !node_.test->any_label && !node_.test->signatures[image.signature(*vertex)]
                      : !HasLabels(*node_.test, *vertex, image)) {
        continue;
      }
      std::vector<SourceItem>* const touched = evaluation().touched();
      const size_t before = touched == nullptr ? 0 : touched->size();
      if (IsPlain(*node_.test) || HoldsFor(*node_.test, *vertex, evaluation())) {
        if (remembers_) passed_.push_back(*vertex);
        return true;
      }
      if (evaluation().failed()) return false;
      if (touched != nullptr) touched->resize(before);
    }
    if (remembers_ && !all_ && !judged_) {
      candidates_ = std::move(passed_);
      judged_ = true;
    }
    return false;
  }

  const ScanNode& node_;
  Batch batch_;
  uint32_t row_ = 0;
  bool begun_ = false;  // with the present row
  bool all_ = false;
  std::vector<VertexId> candidates_;
  size_t next_ = 0;
  // Of a look-up by value: for which one candidates_ are; and, where the test asks for nothing else, those that passed.
  const bool remembers_;
  std::optional<Value> looked_up_;
  std::vector<VertexId> passed_;
  bool judged_ = false;  // candidates_ are those that passed
};

}  // namespace

void LoadContext(const std::vector<PatternVariable>& variables, const Batch& batch, uint32_t row,
                 EvaluationContext* evaluation) {
  for (const PatternVariable& variable : variables) evaluation->local(variable.local) = batch.at(variable.slot, row);
}

void AddClaimSource(VertexId vertex, const EvaluationContext& evaluation, const ExecutionState& state, Batch* batch,
                    uint32_t row) {
  if (!state.track_sources()) return;
  const ClaimId claim = evaluation.image().ClaimOfVertex(vertex);
  if (claim.valid()) batch->sources(row).Add({SourceItem::Of(claim)});
}

OperatorPtr MakeScan(const OperatorContext& context, const ScanNode& node, OperatorPtr input) {
  return std::make_unique<ScanOperator>(context, node, std::move(input));
}

}  // namespace dossier
