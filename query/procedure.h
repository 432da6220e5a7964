// Procedures: CALL name(arguments) YIELD columns. Each family has a file (procedures_*.cc) and a line in BuiltIn();
// to add a procedure: write its body, add its entry to the family's table, a test, a line to the reference.
//
// A body gives all rows of one call. It says for each row what the row rests on, looks at
// `call.context.state()->Check()` now and then if it works for long, and is never given a null for a parameter that
// does not take one.
#ifndef DOSSIER_QUERY_PROCEDURE_H_
#define DOSSIER_QUERY_PROCEDURE_H_

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "graph/base/source_span.h"
#include "query/evaluation.h"
#include "query/execution.h"
#include "query/expression.h"
#include "query/expression_type.h"

namespace dossier {

struct Procedure;
class ProcedureCatalog;

// The rows of one call, as a body gives them.
class ProcedureRows {
 public:
  struct Row {
    std::vector<Value> values;  // one a column of the procedure
    std::vector<SourceItem> sources;
  };
  explicit ProcedureRows(ExecutionState* state) : memory_(state) {}

  // E7092 over the limit of memory: hand it on.
  absl::Status Add(std::vector<Value> values, std::vector<SourceItem> sources = {});
  void Clear();
  std::vector<Row>& rows() { return rows_; }

 private:
  HeldMemory memory_;
  std::vector<Row> rows_;
};

// What a body sees of its call, beside the arguments.
struct ProcedureCall {
  const Procedure& procedure;
  const SourceSpan& place;
  EvaluationContext& context;
  const ProcedureCatalog& catalog;
  ProcedureRows* rows;

  // An error at the call, with the procedure's name in front.
  absl::Status Error(int number, std::string_view cause, std::string_view hint = "") const;
};

using ProcedureBody = std::function<absl::Status(const ProcedureCall& call, std::span<const Value> arguments)>;

struct ProcedureParameter {
  std::string name;
  TypeMask types = kAnyMask;
  bool optional = false;  // may be left out, as may all after it; the body then sees null
  bool nullable = false;
};

struct ProcedureColumn {
  std::string name;
  StaticType type = StaticType::kAny;
};

struct Procedure {
  std::string name;         // as documented: "db.labels"
  std::string description;  // a sentence
  std::vector<ProcedureParameter> parameters;
  std::vector<ProcedureColumn> columns;  // none: CALL lets rows pass as they are
  ProcedureBody body;

  // "sources(of) YIELD claim, document"
  std::string Signature() const;
};

// Procedures by name, letter case ignored.
class ProcedureCatalog {
 public:
  // What every query can call.
  static const ProcedureCatalog& BuiltIn();

  // One of the same name is replaced.
  void Add(Procedure procedure);
  // Null if there is none. Lives as long as whoever holds it.
  std::shared_ptr<const Procedure> Find(std::string_view name) const;
  // Sorted by name.
  std::vector<std::shared_ptr<const Procedure>> All() const;

 private:
  std::map<std::string, std::shared_ptr<const Procedure>> by_name_;  // lower case
};

// The families.
std::vector<Procedure> CatalogProcedures();   // what there is: labels, relations, properties, procedures
std::vector<Procedure> ClaimProcedures();     // contradictions, sources
std::vector<Procedure> WhyProcedures();       // why rows are in the answer of a query
std::vector<Procedure> NameProcedures();      // nodes by names that are spelt about right
std::vector<Procedure> SamenessProcedures();  // pairs of nodes that may be one
std::vector<Procedure> GraphProcedures();     // the graph as a whole: components, dominators, centrality
std::vector<Procedure> RouteProcedures();     // between two nodes: lightest route, flow, cut

}  // namespace dossier

#endif  // DOSSIER_QUERY_PROCEDURE_H_
