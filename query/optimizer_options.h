// Which rewrites of a plan are on. All are, but in tests that compare a query's answers with and without one.
#ifndef DOSSIER_QUERY_OPTIMIZER_OPTIONS_H_
#define DOSSIER_QUERY_OPTIMIZER_OPTIONS_H_

#include <string_view>

namespace dossier {

struct OptimizerOptions {
  bool count_paths = true;            // paths that are only counted are not listed
  bool one_path_for_distinct = true;  // nor are those that DISTINCT would make one of
  bool bind_ends = true;              // ends that are named by a value are looked up first
  bool expand_steps = true;           // chains of edges are followed step by step
  bool push_down_filters = true;      // conditions are judged as soon as they can be
  bool order_clauses = true;          // MATCH clauses side by side are matched in the order that is cheapest
  bool keep_time_order = true;        // paths are given up where in_time_order() would reject them
  bool count_steps = true;            // steps that are only counted are not made rows
  bool look_up_edges = true;          // edges that have to have a value are looked up by it
  bool top_rows = true;               // where a page follows, no more rows are sorted than it needs
};

// All of them, under their names.
struct RewriteSwitch {
  std::string_view name;
  bool OptimizerOptions::*on;
};
inline constexpr RewriteSwitch kRewriteSwitches[] = {
    {"count_paths", &OptimizerOptions::count_paths},
    {"one_path_for_distinct", &OptimizerOptions::one_path_for_distinct},
    {"bind_ends", &OptimizerOptions::bind_ends},
    {"expand_steps", &OptimizerOptions::expand_steps},
    {"push_down_filters", &OptimizerOptions::push_down_filters},
    {"order_clauses", &OptimizerOptions::order_clauses},
    {"keep_time_order", &OptimizerOptions::keep_time_order},
    {"count_steps", &OptimizerOptions::count_steps},
    {"look_up_edges", &OptimizerOptions::look_up_edges},
    {"top_rows", &OptimizerOptions::top_rows},
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_OPTIMIZER_OPTIONS_H_
