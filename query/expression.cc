#include "query/expression.h"

namespace dossier {

void Expression::EvaluateAll(EvaluationContext& context, const Batch& batch, std::vector<Value>* values) const {
  values->clear();
  values->reserve(batch.rows());
  for (uint32_t row = 0; row < batch.rows() && !context.failed(); ++row) {
    context.SetRow(&batch, row);
    values->push_back(Evaluate(context));
  }
  values->resize(batch.rows());
}

}  // namespace dossier
