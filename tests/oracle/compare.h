// The engine beside the oracle, on one case.
#ifndef DOSSIER_TESTS_ORACLE_COMPARE_H_
#define DOSSIER_TESTS_ORACLE_COMPARE_H_

#include <memory>
#include <string>

#include "query/session.h"
#include "tests/oracle/evaluate.h"
#include "tests/oracle/query_case.h"
#include "tools/scratch_graph.h"

namespace dossier::oracle {

// The engine over one graph, reached as `dossier query --graph` reaches it.
class Engine {
 public:
  explicit Engine(const Graph& graph);

  struct Result {
    absl::Status status;
    std::vector<Row> rows;
  };
  Result Run(const std::string& query) const;

 private:
  std::string Cell(const Value& value) const;

  ScratchGraph graph_;
  std::unique_ptr<Session> session_;
};

struct Verdict {
  enum class Kind {
    kAgree,
    kUndecided,   // too large for the oracle
    kWrongRows,   // silently
    kRefused,     // a query that means something
    kNotRefused,  // one that has to be
  };
  Kind kind = Kind::kAgree;
  int error_number = 0;  // of the engine, where it refused
  bool choice = false;   // some selector left one
  std::string expected;  // for people
  std::string got;
};

Verdict CompareCase(const Engine& engine, const QueryCase& query_case, const Bounds& bounds);

}  // namespace dossier::oracle

#endif  // DOSSIER_TESTS_ORACLE_COMPARE_H_
