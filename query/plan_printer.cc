#include "query/plan_printer.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "graph/base/text.h"
#include "query/row_estimate.h"

namespace dossier {
namespace {

double Milliseconds(std::chrono::nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }

// The plans that expressions run.
void ForEachSubquery(const Expression& expression, const std::function<void(const LogicalNode&)>& visit) {
  if (expression.plan() != nullptr) visit(*expression.plan());
  expression.ForEachChild([&](const Expression& child) { ForEachSubquery(child, visit); });
}

void ForEachExpression(const LogicalNode& step, const std::function<void(const Expression&)>& visit) {
  if (const auto* filter = std::get_if<FilterNode>(&step.node)) visit(*filter->predicate);
  if (const auto* extend = std::get_if<ExtendNode>(&step.node)) {
    for (const auto& [slot, value] : extend->values) visit(*value);
  }
  if (const auto* aggregate = std::get_if<AggregateNode>(&step.node)) {
    for (const AggregateCall& call : aggregate->aggregates) {
      for (const BoundExpression& argument : call.aggregate.arguments) visit(*argument);
    }
  }
  if (const auto* sort = std::get_if<SortNode>(&step.node)) {
    for (const SortKey& key : sort->keys) visit(*key.expression);
  }
  if (const auto* unwind = std::get_if<UnwindNode>(&step.node)) visit(*unwind->list);
  if (const auto* call = std::get_if<CallNode>(&step.node)) {
    for (const auto& argument : call->arguments) visit(*argument);
  }
}

std::string Number(double number, const char* format) {
  char text[64];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

std::string Rows(double rows) { return rows < 1e15 ? Number(std::round(rows), "%.0f") : Number(rows, "%.1e"); }

std::string Bytes(uint64_t bytes) {
  if (bytes < 1024) return StrCat(bytes, " B");
  if (bytes < (uint64_t{1} << 20)) return Number(static_cast<double>(bytes) / 1024, "%.1f KiB");
  return Number(static_cast<double>(bytes) / 1048576, "%.1f MiB");
}

using Row = std::vector<std::string>;

// The lines of a step and all below it; `prefix` stands in front of what belongs to it.
void AddLines(const PlanStep& step, const std::string& first, const std::string& rest, std::vector<Row>* rows) {
  Row row = {StrCat(first, step.name, step.details.empty() ? "" : " ", step.details), Rows(step.estimated_rows)};
  if (step.work.has_value()) {
    const StepWork& work = *step.work;
    for (std::string cell : {StrCat(work.rows), StrCat(work.calls), Number(work.self_ms, "%.3f"),
                             Number(work.total_ms, "%.3f"), Bytes(work.peak_bytes)}) {
      row.push_back(std::move(cell));
    }
  }
  rows->push_back(std::move(row));
  // A chain of inputs stays in its column; what is run for each row is set in.
  for (const PlanStep& subquery : step.subqueries)
    AddLines(subquery, StrCat(rest, "| for each: "), StrCat(rest, "|   "), rows);
  for (size_t i = 0; i < step.inputs.size(); ++i) {
    const bool one = step.inputs.size() == 1;
    AddLines(step.inputs[i], one ? rest : StrCat(rest, i, ": "), one ? rest : StrCat(rest, "   "), rows);
  }
}

}  // namespace

PlanStep DescribePlan(const LogicalNode& plan, const Image& image, const Profile* profile) {
  PlanStep step;
  const std::string text = Describe(plan);
  const size_t space = text.find(' ');
  step.name = text.substr(0, space);
  if (space != std::string::npos) step.details = text.substr(space + 1);

  double rows = 0;
  for (const LogicalPlan& input : plan.inputs) {
    step.inputs.push_back(DescribePlan(*input, image, profile));
    rows += step.inputs.back().estimated_rows;
  }
  double body_rows = 1;
  if (const auto* apply = std::get_if<ApplyNode>(&plan.node)) {
    step.subqueries.push_back(DescribePlan(*apply->body, image, profile));
    body_rows = step.subqueries.back().estimated_rows;
  }
  ForEachExpression(plan, [&](const Expression& expression) {
    ForEachSubquery(expression,
                    [&](const LogicalNode& run) { step.subqueries.push_back(DescribePlan(run, image, profile)); });
  });
  step.estimated_rows = EstimateRows(plan, rows, body_rows, image);

  if (profile == nullptr) return step;
  const OperatorWork* found = profile->Find(plan);
  const OperatorWork work = found == nullptr ? OperatorWork() : *found;
  step.work = {work.rows, work.calls, 0, Milliseconds(work.time), work.peak_bytes};
  double below = 0;
  for (const auto* parts : {&step.inputs, &step.subqueries}) {
    for (const PlanStep& part : *parts) below += part.work->total_ms;
  }
  step.work->self_ms = std::max(0.0, step.work->total_ms - below);
  return step;
}

std::string QueryPlan::ToText() const {
  std::vector<Row> rows;
  rows.push_back({"step", "estimated rows"});
  if (root.work.has_value()) {
    for (const char* title : {"rows", "calls", "self ms", "total ms", "memory"}) rows.front().emplace_back(title);
  }
  AddLines(root, "", "", &rows);
  // Numbers first, so that they stand in line however long a step's text is.
  std::vector<size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (size_t i = 1; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string out = StrCat("view: ", view, "\n");
  for (const Row& row : rows) {
    for (size_t i = 1; i < row.size(); ++i) out += StrCat(std::string(widths[i] - row[i].size(), ' '), row[i], "  ");
    out += StrCat(row[0], "\n");
  }
  return out;
}

}  // namespace dossier
