// How queries run where their options do not say. Tests alone change it, to run whole suites with other batches and
// without each rewrite of plans (tests/support/query_defaults_from_environment.cc).
#ifndef DOSSIER_QUERY_QUERY_DEFAULTS_H_
#define DOSSIER_QUERY_QUERY_DEFAULTS_H_

#include <cstdint>

#include "query/optimizer_options.h"

namespace dossier {

struct QueryDefaults {
  OptimizerOptions optimizer;
  uint32_t batch_rows = 1024;  // operators hand on at most so many at a time
};

// Not to be changed once options were made or a query has run.
inline QueryDefaults& DefaultsOfQueries() {
  static QueryDefaults defaults;
  return defaults;
}

}  // namespace dossier

#endif  // DOSSIER_QUERY_QUERY_DEFAULTS_H_
