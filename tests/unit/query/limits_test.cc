// Limits name themselves, and a query stops within a tenth of a second whatever it is doing.

#include <string>

#include "graph/base/diagnostic.h"
#include "graph/image.h"
#include "gtest/gtest.h"
#include "query/session.h"

namespace dossier {
namespace {

std::unique_ptr<Session> EmptySession() { return Session::OverGraph(ImageBuilder(/*sourced=*/false).Build()); }

int ErrorNumber(const absl::Status& status) {
  const std::vector<Diagnostic> told = DiagnosticsOf(status);
  return told.empty() ? 0 : told[0].number;
}

// Each holds far more than a megabyte: rows, keys, groups, lists, the answer.
TEST(MemoryLimitTest, WhateverHoldsRowsIsCounted) {
  const std::unique_ptr<Session> session = EmptySession();
  QueryOptions options;
  options.limits.memory_bytes = uint64_t{1} << 20;
  for (const char* query : {
           "UNWIND range(1, 100000) AS x RETURN x",
           "UNWIND range(1, 100000) AS x WITH x ORDER BY x RETURN count(*)",
           "UNWIND range(1, 100000) AS x WITH DISTINCT x RETURN count(*)",
           "UNWIND range(1, 100000) AS x WITH x, count(*) AS n RETURN count(*)",
           "UNWIND range(1, 100000) AS x WITH collect(x) AS l RETURN size(l)",
           "UNWIND range(1, 100000) AS x RETURN count(DISTINCT x)",
           "UNWIND range(1, 100000) AS x RETURN percentileCont(x, 0.5)",
           "RETURN size(COLLECT { UNWIND range(1, 100000) AS x RETURN x })",
       }) {
    const absl::Status status = session->Run(query, options).status();
    EXPECT_EQ(ErrorNumber(status), 7092) << query << "\n" << status;
    EXPECT_NE(status.message().find("the limit of memory"), std::string::npos) << status;
  }
}

TEST(MemoryLimitTest, WhatIsGivenBackCountsNoLonger) {
  const std::unique_ptr<Session> session = EmptySession();
  QueryOptions options;
  options.limits.memory_bytes = uint64_t{4} << 20;
  // A thousand subqueries of a hundred kilobytes each, one after the other.
  const auto answer = session->Run(
      "UNWIND range(1, 1000) AS x "
      "RETURN sum(size(COLLECT { UNWIND range(1, 1000) AS y RETURN y ORDER BY y })) AS n",
      options);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->rows[0].values[0].integer(), 1'000'000);
}

}  // namespace
}  // namespace dossier
