// Which rewrites of a plan are on. All are, but in tests that compare a query's answers with and without one.
#ifndef DOSSIER_QUERY_OPTIMIZER_OPTIONS_H_
#define DOSSIER_QUERY_OPTIMIZER_OPTIONS_H_

namespace dossier {

struct OptimizerOptions {
  bool count_paths = true;            // paths that are only counted are not listed
  bool one_path_for_distinct = true;  // nor are those that DISTINCT would make one of
  bool bind_ends = true;              // ends that are named by a value are looked up first
  bool expand_steps = true;           // chains of edges are followed step by step
  bool push_down_filters = true;      // conditions are judged as soon as they can be
  bool order_clauses = true;          // MATCH clauses side by side are matched in the order that is cheapest
  bool keep_time_order = true;        // paths are given up where in_time_order() would reject them
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_OPTIMIZER_OPTIONS_H_
