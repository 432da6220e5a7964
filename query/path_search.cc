#include "query/path_search.h"

#include <utility>

#include "graph/base/diagnostic.h"
#include "graph/base/text.h"
#include "query/error_codes.h"
#include "query/execution.h"

namespace dossier {

bool SearchTicker::Tick() {
  if ((++ticks_ & 1023) != 0 || context_->state() == nullptr) return true;
  absl::Status status = context_->state()->Check();
  if (status.ok()) return true;
  context_->Fail(std::move(status));
  return false;
}

bool CheckPathLength(size_t edges, EvaluationContext* context) {
  if (context->state() == nullptr || edges <= context->state()->limits().path_length) return true;
  context->Fail(ToStatus(absl::StatusCode::kResourceExhausted,
                         {.number = kPathTooLong,
                          .cause = StrCat("a path grew beyond ", context->state()->limits().path_length, " edges"),
                          .rule = "paths are followed up to the limit of path length",
                          .hint = "bound the quantifier, or use a mode such as ACYCLIC"}));
  return false;
}

}  // namespace dossier
