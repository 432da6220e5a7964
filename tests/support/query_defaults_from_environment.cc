// Linked into every test of queries: DOSSIER_TEST_BATCH_ROWS=2 in the environment has them run with batches of two
// rows, DOSSIER_TEST_WITHOUT=expand_steps without that rewrite of plans. Nothing that a test says of answers may
// change.
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "query/query_defaults.h"

namespace dossier {
namespace {

const bool kSet = [] {
  QueryDefaults& defaults = DefaultsOfQueries();
  if (const char* const rows = std::getenv("DOSSIER_TEST_BATCH_ROWS")) {
    defaults.batch_rows = static_cast<uint32_t>(std::strtoul(rows, nullptr, 10));
    if (defaults.batch_rows == 0) {
      std::cerr << "DOSSIER_TEST_BATCH_ROWS must be a number of rows\n";
      std::exit(2);
    }
  }
  const char* const without = std::getenv("DOSSIER_TEST_WITHOUT");
  if (without == nullptr) return true;
  for (const RewriteSwitch& rewrite : kRewriteSwitches) {
    if (rewrite.name != without) continue;
    defaults.optimizer.*rewrite.on = false;
    return true;
  }
  std::cerr << "DOSSIER_TEST_WITHOUT names no rewrite\n";
  std::exit(2);
}();

}  // namespace
}  // namespace dossier
