#include "query/optimizer.h"

#include "query/rewrites/count_paths.h"

namespace dossier {

void Optimize(const OptimizerOptions& options, bool sources, BoundQuery* query) {
  if (options.count_paths && !sources) CountPaths(query->plan.get(), &query->slots);
}

}  // namespace dossier
