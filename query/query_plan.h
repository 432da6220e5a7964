// A query's plan for people and programs: what EXPLAIN and PROFILE give.
#ifndef DOSSIER_QUERY_QUERY_PLAN_H_
#define DOSSIER_QUERY_QUERY_PLAN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dossier {

// What a step did, under PROFILE.
struct StepWork {
  uint64_t rows = 0;
  uint64_t calls = 0;
  double self_ms = 0;   // without its inputs and subqueries
  double total_ms = 0;  // with them
  uint64_t peak_bytes = 0;
};

struct PlanStep {
  std::string name;     // "Match"
  std::string details;  // "(a)-[:KNOWS]->(b)  [different edges, ...]"
  double estimated_rows = 0;
  std::optional<StepWork> work;
  // Where its rows come from; then what it runs for each row (the body of CALL { } or OPTIONAL MATCH, EXISTS { }, ...).
  std::vector<PlanStep> inputs;
  std::vector<PlanStep> subqueries;
};

struct QueryPlan {
  std::string view;  // whose claims count
  PlanStep root;

  // A table with a line a step, the last step first.
  std::string ToText() const;
};

}  // namespace dossier

#endif  // DOSSIER_QUERY_QUERY_PLAN_H_
