// Which rewrites of a plan are on. All are, but in tests that compare a query's answers with and without one.
#ifndef DOSSIER_QUERY_OPTIMIZER_OPTIONS_H_
#define DOSSIER_QUERY_OPTIMIZER_OPTIONS_H_

namespace dossier {

struct OptimizerOptions {
  bool count_paths = true;            // paths that are only counted are not listed
  bool one_path_for_distinct = true;  // nor are those that DISTINCT would make one of
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_OPTIMIZER_OPTIONS_H_
