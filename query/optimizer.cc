#include "query/optimizer.h"

#include "query/rewrites/count_paths.h"
#include "query/rewrites/one_path_for_distinct.h"

namespace dossier {

void Optimize(const OptimizerOptions& options, bool sources, BoundQuery* query) {
  if (sources) return;  // a row rests on all the paths that it stands for
  if (options.one_path_for_distinct) OnePathForDistinct(query->plan.get());
  if (options.count_paths) CountPaths(query->plan.get(), &query->slots);
}

}  // namespace dossier
