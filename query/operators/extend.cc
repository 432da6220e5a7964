// Computes new values beside the old ones: RETURN, WITH and LET.
#include <memory>
#include <optional>
#include <vector>

#include "graph/base/status_macros.h"
#include "query/expression_nodes.h"
#include "query/operators/operators.h"
#include "query/property_coder.h"

namespace dossier {
namespace {

class ExtendOperator : public UnaryOperator {
 public:
  ExtendOperator(const OperatorContext& context, const ExtendNode& node, OperatorPtr input)
      : UnaryOperator(context, std::move(input)), node_(node) {
    for (const auto& [slot, expression] : node_.values) {
      const std::optional<PropertyOf> property = PropertyAccessOf(*expression);
      if (!property.has_value() || !property->property.valid()) return;
      const std::optional<VariableReference> object = VariableOf(*property->object);
      if (!object.has_value() || object->kind != VariableReference::Kind::kSlot) return;
      coders_.push_back({slot, object->index, property->property, {}});
    }
  }

 protected:
  absl::Status DoNext(Batch* out) override {
    RETURN_IF_ERROR(input().Next(out));
    memory().Clear();
    if (!state().track_sources() && coders_.size() == node_.values.size() && WriteCodes(out)) return absl::OkStatus();
    uint64_t bytes = 0;
    SourceTracker tracker(context());
    for (uint32_t row = 0; row < out->rows(); ++row) {
      evaluation().SetRow(out, row);
      for (const auto& [slot, expression] : node_.values) {
        Value value = expression->Evaluate(evaluation());
        if (!evaluation().Spend() || evaluation().failed()) return evaluation().status();
        bytes += value.SharedBytes();
        out->Set(slot, row, std::move(value));
      }
      // A row may make a list of a hundred megabytes: account for it before the next one does.
      if (bytes > kWorthCounting) {
        RETURN_IF_ERROR(memory().Add(bytes));
        bytes = 0;
      }
      tracker.MoveTo(out, row);
    }
    return absl::OkStatus();
  }

 private:
  // A value that is but a property of a node or an edge: by kind of element, as nothing else says what the slot holds.
  struct Coder {
    Slot slot = 0, object = 0;
    PropertyId property;
    std::unique_ptr<PropertyCoder> by_kind[2];
  };

  // Writes codes in the place of values, where all values are such properties. False if they are not.
  bool WriteCodes(Batch* out) {
    for (Coder& coder : coders_) {
      const BatchColumn::Kind kind = out->column(coder.object).kind();
      if (kind != BatchColumn::Kind::kVertices && kind != BatchColumn::Kind::kEdges) return false;
      const bool vertices = kind == BatchColumn::Kind::kVertices;
      std::unique_ptr<PropertyCoder>& made = coder.by_kind[vertices ? 0 : 1];
      if (made == nullptr) {
        made = std::make_unique<PropertyCoder>(
            evaluation().view(), coder.property,
            vertices ? PropertyColumns::Kind::kVertices : PropertyColumns::Kind::kEdges);
      }
      if (!made->usable()) return false;
    }
    if (!evaluation().Spend(out->rows())) return false;  // which the long way says again
    for (Coder& coder : coders_) {
      const BatchColumn& objects = out->column(coder.object);
      PropertyCoder& made = *coder.by_kind[objects.kind() == BatchColumn::Kind::kVertices ? 0 : 1];
      std::vector<uint32_t> codes(objects.size());
      made.CodesOf(objects.numbers(), codes);
      out->column(coder.slot).SetCodes(&made, std::move(codes));
    }
    return true;
  }

  static constexpr uint64_t kWorthCounting = 16384;
  const ExtendNode& node_;
  std::vector<Coder> coders_;  // one a value, or fewer: then values are computed
};

}  // namespace

OperatorPtr MakeExtend(const OperatorContext& context, const ExtendNode& node, OperatorPtr input) {
  return std::make_unique<ExtendOperator>(context, node, std::move(input));
}

}  // namespace dossier
